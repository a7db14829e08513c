from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PIL import ImageChops
from tests.render.drawings import CAFE, SPA, bar, cells, grid, opened, own_icon, photo, plain, share_of

from walletcard.errors import InvalidCardError
from walletcard.model import Color, Design, StripSpec
from walletcard.render import artwork, hero, strip

VARIANTS = [Design(background=b).variant(v) for b in ("#D0021B", "#2E7D32") for v in ("dark", "light", "tinted")]
BASE = grid(10, 6, reward_at=10, milestones=(3,), used=(3,))


def test_a_complete_card_is_filled_and_lit() -> None:  # R11
    assert strip(replace(BASE, look="complete")) is strip(replace(BASE, filled=10, lit=True))
    assert strip(bar(look="complete")) is strip(bar(600))


def test_a_used_pack_stays_used_when_complete() -> None:
    pack = grid(10, 0, mode="countdown")

    assert strip(replace(pack, look="complete")) is strip(pack)


@pytest.mark.parametrize("look", ["expired", "closed"])
@pytest.mark.parametrize(
    "spec", [BASE, bar(), grid(8, 3, mode="countdown"), grid(5, 2, icon_picture=own_icon(), icon_mode="full")]
)
def test_a_card_that_is_over_has_little_ink_and_no_hue(spec: StripSpec, look: str) -> None:  # R11
    fresh, over = (opened(strip(one, scale=1)) for one in (spec, replace(spec, look=look)))
    ground = CAFE.palette.background

    for _, found in over.getcolors(100_000) or []:
        assert isinstance(found, tuple)
        shifts = [part - under for part, under in zip(found, ground.rgb, strict=True)]
        assert found[0] - found[2] <= ground.red - ground.blue + 3, "no warmer than the background"
        assert all(shift < 200 for shift in shifts)
    assert (
        share_of(fresh, CAFE.palette.disc) == share_of(over, CAFE.palette.disc)
        or share_of(over, CAFE.palette.disc) == 0
    )


def test_expired_keeps_every_cell_where_it_was() -> None:
    assert cells(strip(replace(BASE, look="expired"), scale=1)) == cells(strip(BASE, scale=1))


def test_closed_is_struck_through_and_expired_is_not() -> None:  # R11: told apart by shape
    expired, closed = (opened(strip(replace(BASE, look=look), scale=1)) for look in ("expired", "closed"))

    assert ImageChops.difference(expired, closed).getbbox() == pytest.approx((13, 10, 362, 135), abs=6)


def test_the_stroke_runs_with_the_reading() -> None:
    left, right = (opened(strip(plain(look="closed", direction=way), scale=1)) for way in ("ltr", "rtl"))

    assert left.getpixel((18, 130)) != left.getpixel((18, 14))
    assert right.getpixel((356, 130)) != right.getpixel((356, 14))


def test_looks_are_drawn_on_every_canvas() -> None:
    for draw in (hero, artwork):
        assert len({draw(replace(BASE, look=look)).key for look in ("normal", "complete", "expired", "closed")}) == 4


def test_an_unknown_look_is_refused() -> None:
    with pytest.raises(InvalidCardError) as caught:
        replace(BASE, look="void")

    assert caught.value.code == "strip.look"


@pytest.mark.parametrize("design", [CAFE, SPA, Design(background="#FFE600"), Design(background="#777777")])
def test_a_card_that_is_over_is_never_refused_for_its_paleness(design: Design) -> None:
    assert strip(replace(BASE, colours=design.palette, look="expired"), scale=1).width == 375


def _seen(color: Color, kind: str) -> float:
    """How light a colour is to an eye without one kind of cone (Viénot, Brettel, Mollon 1999)."""
    red, green, blue = (math.pow(part / 255, 2.2) for part in color.rgb)
    shares = {"protan": (0.11238, 0.88762, 0.0), "deutan": (0.29275, 0.70725, 0.0), "grey": (0.2126, 0.7152, 0.0722)}
    r, g, b = shares[kind]
    return r * red + g * green + b * blue


@pytest.mark.parametrize("kind", ["protan", "deutan", "grey"])
@pytest.mark.parametrize("design", [CAFE, SPA, *VARIANTS])
def test_inks_stand_out_for_every_eye(design: Design, kind: str) -> None:  # R27
    palette = design.palette
    for ink in (palette.disc, palette.ring, palette.mark):
        light, dark = sorted((_seen(ink, kind), _seen(palette.background, kind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 1.7, ink


def test_a_photo_loses_its_hue_with_the_card() -> None:
    over = opened(strip(grid(5, 2, photo=photo(), look="expired"), scale=1))
    ground = CAFE.palette.background

    for _, found in over.getcolors(100_000) or []:
        assert isinstance(found, tuple)
        assert found[0] - found[2] <= ground.red - ground.blue + 8
