from __future__ import annotations

import io
from dataclasses import replace
from typing import Literal

import pytest
from PIL import Image, ImageChops, ImageDraw
from tests.render.drawings import CAFE, cells, count_things, face, grid, opened, own_icon, photo, pixel, png, share_of

from walletcard.errors import InvalidCardError, RenderError
from walletcard.model import Color, Design, Face, Picture
from walletcard.render import hero, pictures, strip


def test_a_mask_takes_the_cards_colours_and_its_own_shape() -> None:  # R15
    picture = strip(grid(5, 3, icon_picture=own_icon()), scale=2)
    image, boxes = opened(picture), cells(strip(grid(5, 3), scale=2))

    assert share_of(image, "#E2483E") == 0
    assert pixel(image, boxes[0].middle[0], boxes[0].middle[1] + 8) == CAFE.palette.glyph.rgb
    assert strip(grid(5, 0, icon_picture=own_icon()), scale=2).png == strip(grid(5, 0), scale=2).png


def test_the_transparent_margin_does_not_make_the_icon_small() -> None:  # R5
    tight = Image.open(io.BytesIO(own_icon(400).png)).crop((80, 80, 320, 320))

    one, other = (strip(grid(5, 5, icon_picture=icon), scale=1) for icon in (own_icon(400), Picture(png(tight))))

    shift = ImageChops.difference(opened(one), opened(other)).convert("L").getextrema()
    assert isinstance(shift[1], float | int)
    assert shift[1] < 60  # The edge may fall between other pixels.


def test_a_full_picture_is_the_stamp_and_its_outline_the_missing_one() -> None:  # R15
    picture = strip(grid(5, 3, icon_picture=own_icon(), icon_mode="full"))
    image = opened(picture)

    assert count_things(picture) == 5
    assert share_of(image.crop((0, 0, 640, 432)), "#E2483E") > 0.05
    assert share_of(image.crop((700, 0, 1125, 432)), "#E2483E") == 0
    assert share_of(image.crop((700, 0, 1125, 432)), CAFE.palette.ring) > 0.01
    assert len(picture.png) <= 40_000


def test_icons_are_fitted_and_never_cropped_or_mirrored() -> None:
    wide = Image.new("RGBA", (400, 200))
    ImageDraw.Draw(wide).rectangle((0, 0, 399, 199), fill="#E2483E")
    wide.putpixel((0, 0), (0, 0, 0, 0))
    spec = grid(1, 1, icon_picture=Picture(png(wide)), icon_mode="full")

    directions: tuple[Literal["ltr", "rtl"], ...] = ("ltr", "rtl")
    for direction in directions:
        (box,) = cells(strip(replace(spec, direction=direction), scale=3))
        assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (Image.new("RGB", (200, 200), "#E2483E"), "image.opaque"),
        (Image.new("RGBA", (200, 200), "#E2483EFF"), "image.opaque"),
        (Image.new("RGBA", (200, 200)), "image.blank"),
    ],
)
@pytest.mark.parametrize("mode", ["mask", "full"])
def test_pictures_without_a_shape_are_refused(image: Image.Image, code: str, mode: str) -> None:  # R15
    with pytest.raises(RenderError) as caught:
        strip(grid(5, 3, icon_picture=Picture(png(image)), icon_mode=mode), allow=("color.contrast",))

    assert (caught.value.code, caught.value.where) == (code, "design.icon_picture")
    assert caught.value.hint


def test_a_full_picture_that_can_hardly_be_seen_is_refused() -> None:
    spec = grid(5, 3, icon_picture=own_icon(colour="#452B1E"), icon_mode="full")

    with pytest.raises(InvalidCardError) as caught:
        strip(spec)

    assert (caught.value.code, caught.value.issues[0].where) == ("color.contrast", "design.icon_picture")
    assert strip(spec, allow=("color.contrast",)).width == 1125


@pytest.mark.parametrize("size", [(167, 200), (200, 167), (10, 10)])
def test_small_icons_are_refused_by_the_design(size: tuple[int, int]) -> None:  # R15
    with pytest.raises(InvalidCardError) as caught:
        Design(background="#3B2418", icon_picture=png(Image.new("RGBA", size)))

    assert caught.value.code == "image.small"


def test_heavy_icons_are_refused_by_the_design() -> None:  # R15
    noise = Image.merge("RGBA", [Image.effect_noise((700, 700), 200)] * 4)

    with pytest.raises(InvalidCardError) as caught:
        Design(background="#3B2418", icon_picture=png(noise))

    assert caught.value.code == "image.large"


def test_the_app_icon_and_the_logo_show_the_own_icon() -> None:
    for mode in ("mask", "full"):
        design = Design(background="#3B2418", disc="#F2C179", icon_picture=own_icon(), icon_mode=mode)
        apple, google = (pictures(face(design), wallet=wallet) for wallet in ("apple", "google"))
        for picture in (apple["icon@3x.png"], google["logo"]):
            seen = share_of(opened(picture), "#E2483E")
            assert (seen > 0.05) == (mode == "full")


def test_a_face_keeps_icon_and_photo_in_its_json() -> None:
    design = Design(background="#3B2418", icon_picture=own_icon(), icon_mode="full", photo=photo())
    spec = design.strip(direction="rtl")

    again = Face.from_json(face(design, strip=spec).to_json())

    assert again.design == design
    assert again.strip == spec
    assert hero(spec).key == hero(again.strip or spec).key


def test_a_variant_keeps_everything_but_the_colours() -> None:  # R20
    design = Design(background="#1B6CA8", icon="drop", disc="#FFFFFF", icon_picture=own_icon(), icon_mode="full")

    dark = design.variant("dark")

    assert (dark.icon, dark.icon_picture, dark.icon_mode) == (design.icon, design.icon_picture, "full")
    assert dark.disc == Color.parse("#1B6CA8")
    with pytest.raises(InvalidCardError) as caught:
        design.variant("drak")
    assert (caught.value.code, caught.value.hint) == ("palette.unknown", 'did you mean "dark"?')
