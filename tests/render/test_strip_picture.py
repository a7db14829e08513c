from __future__ import annotations

import pickle
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from PIL import ImageChops, ImageOps
from tests.render.drawings import CAFE, SPA, cells, grid, opened, pixel, plain

from walletcard.errors import InvalidCardError, RenderError
from walletcard.model import Color, Design, Palette, StripSpec
from walletcard.render import _sprites as sprites
from walletcard.render import _strip as drawing
from walletcard.render import hero, strip

COUNTS = [5, 6, 9, 10, 12, 20, 30]


def forget() -> None:
    drawing._drawn.cache_clear()
    sprites._drawn.cache_clear()


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


@pytest.mark.parametrize(("scale", "size"), [(1, (375, 144)), (2, (750, 288)), (3, (1125, 432))])
def test_a_strip_has_apples_size_at_each_scale(scale: int, size: tuple[int, int]) -> None:
    picture = strip(grid(10, 6), scale=scale)

    assert (picture.width, picture.height) == opened(picture).size == size


def test_a_hero_has_googles_size() -> None:
    assert opened(hero(grid(10, 6))).size == (1032, 336)


@pytest.mark.parametrize("scale", [0, 4, 1.5, 2.0, True, "3"])
def test_there_are_three_scales(scale: object) -> None:
    with pytest.raises(RenderError) as caught:
        strip(grid(10, 6), scale=scale)  # type: ignore[arg-type]  # the mistake

    assert caught.value.code == "image.scale"


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_picture_shows_as_many_cells_as_asked(count: int, direction: str) -> None:
    spec = grid(count, count // 2, direction=direction, milestones=(3,), reward_at=count)

    assert len(cells(strip(spec, scale=1))) == count


def test_a_hero_shows_as_many_cells_as_asked() -> None:
    assert len(cells(hero(grid(12, 7, reward_at=12, lit=True)))) == 12


@pytest.mark.parametrize("count", [0, 31, -1, True, 10.0])
def test_counts_that_cannot_be_drawn_are_refused_and_never_clamped(count: object) -> None:  # R1
    with pytest.raises(InvalidCardError):
        grid(count, 0)  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize("count", COUNTS)
def test_rtl_is_ltr_with_its_cells_mirrored_and_its_icons_not(count: int) -> None:  # R2
    spec = grid(count, count // 2, icon="leaf", milestones=(2, 4), used=(2,), reward_at=count)
    ltr, rtl = strip(spec, scale=1), strip(replace(spec, direction="rtl"), scale=1)
    left, right = opened(ltr), opened(rtl)

    boxes = cells(ltr)

    assert sorted((375 - box.right, box.top, 375 - box.left, box.bottom) for box in boxes) == sorted(cells(rtl))
    for box in boxes:
        mirrored = (375 - box.right, box.top, 375 - box.left, box.bottom)
        assert left.crop(box).tobytes() == right.crop(mirrored).tobytes()
    assert left.tobytes() != ImageOps.mirror(right).tobytes()


@pytest.mark.parametrize("count", [5, 10, 30])
def test_the_scales_are_one_drawing(count: int) -> None:  # R3
    spec = grid(count, 3, reward_at=count)
    small = cells(strip(spec, scale=1))
    large = cells(strip(spec, scale=2))

    for one, two in zip(small, large, strict=True):
        assert abs(one.middle[0] - two.middle[0] / 2) <= 0.8
        assert abs(one.middle[1] - two.middle[1] / 2) <= 0.8


def test_filled_and_empty_cells_stand_in_reading_order() -> None:  # R2, R8
    for direction in ("ltr", "rtl"):
        image = opened(strip(grid(6, 2, direction=direction), scale=1))
        boxes = cells(strip(grid(6, 2, direction=direction), scale=1))
        inside = [pixel(image, box.left + 5, box.middle[1]) == CAFE.palette.disc.rgb for box in boxes]
        assert inside == ([True, True] + [False] * 4 if direction == "ltr" else [False] * 4 + [True, True])


def test_empty_cells_hold_the_background() -> None:  # R8
    picture = strip(grid(6, 0), scale=1)

    assert {pixel(opened(picture), *box.middle) for box in cells(picture)} == {CAFE.palette.background.rgb}


def test_a_gift_ahead_reached_and_used_are_three_drawings() -> None:  # R9
    specs = [grid(6, filled, milestones=(3,), used=used) for filled, used in ((2, ()), (4, ()), (4, (3,)))]
    box = cells(strip(specs[0], scale=1))[2]

    pictures = [opened(strip(spec, scale=1)).crop(box) for spec in specs]

    assert len({picture.tobytes() for picture in pictures}) == 3
    assert pixel(pictures[0], 4, 24) != pixel(pictures[1], 4, 24)


def test_a_lit_reward_shines_where_a_waiting_one_does_not() -> None:  # R10
    waiting, ready = (opened(strip(grid(10, 10, reward_at=10, lit=lit), scale=1)) for lit in (False, True))

    box = ImageChops.difference(waiting, ready).getbbox()

    assert box is not None
    assert box[0] > 375 / 2
    assert box[1] > 144 / 2


def test_states_are_told_apart_in_greyscale() -> None:  # R8, R27
    for palette in (CAFE.palette, SPA.palette):
        spec = grid(6, 3, milestones=(2, 3, 5), used=(2,), reward_at=6, colours=palette)
        lit = replace(spec, lit=True, filled=5)
        crops = []
        for one in (spec, lit):
            grey = opened(strip(one, scale=1)).convert("L")
            crops += [grey.crop((*box[:2], box.left + 46, box.top + 46)) for box in cells(strip(one, scale=1))]
        kinds = [crops[0], crops[1], crops[2], crops[3], crops[4], crops[5], crops[11]]
        for one_crop, other in combinations(kinds, 2):
            far = ImageChops.difference(one_crop, other).point([0] * 24 + [255] * 232)
            assert far.histogram()[255] > 30


def test_plain_keeps_the_leading_part_quiet() -> None:  # R7
    for picture in (strip(plain(), scale=2), hero(plain())):
        image = opened(picture)
        quiet = image.crop((0, 0, int(image.width * 0.55), image.height))
        assert quiet.getcolors() == [(quiet.width * quiet.height, CAFE.palette.background.rgb)]
    assert opened(strip(plain(direction="rtl"))).tobytes() == ImageOps.mirror(opened(strip(plain()))).tobytes()


@pytest.mark.parametrize("design", [CAFE, SPA, Design(background="#4A2545"), Design(background="#777777")])
def test_text_stays_readable_on_the_motif(design: Design) -> None:  # R7, R17
    palette = design.palette
    image = opened(strip(plain(colours=palette), scale=1))

    for _, shade in image.getcolors() or []:
        assert isinstance(shade, tuple)
        assert palette.foreground.contrast(Color(*shade)) >= palette.foreground.contrast(palette.background)


def test_colours_that_cannot_be_told_apart_are_refused_with_all_pairs() -> None:  # R17
    weak = replace(CAFE.palette, disc=Color.parse("#50392D"), ring=Color.parse("#4A3226"))

    for draw in (strip, hero):
        with pytest.raises(InvalidCardError) as caught:
            draw(grid(10, 6, colours=weak))

        assert caught.value.code == "color.contrast"
        assert {issue.where for issue in caught.value.issues} == {"design.disc", "design.glyph", "design.ring"}
        assert "nearest" in caught.value.hint


def test_the_caller_may_overrule_contrast() -> None:  # R17
    weak = replace(CAFE.palette, ring=Color.parse("#4A3226"))

    assert strip(grid(10, 6, colours=weak), scale=1, allow=("color.contrast",)).width == 375
    assert hero(grid(10, 6, colours=weak), allow=("color.contrast",)).width == 1032


@pytest.mark.parametrize("background", ["#000000", "#FFFFFF", "#777777", "#D0021B", "#FFE600", "#0B3C5D"])
def test_one_brand_colour_is_enough(background: str) -> None:  # R18
    palette = Palette.from_background(Color.parse(background))

    assert len(cells(strip(grid(10, 6, reward_at=10, colours=palette), scale=1))) == 10


@pytest.mark.parametrize("spec", [grid(10, 6, reward_at=10), plain()])
def test_a_picture_is_opaque_with_eight_bits_and_nothing_but_pixels(spec: StripSpec) -> None:  # R6, R21, R24
    for picture in (strip(spec), hero(spec)):
        assert set(chunks(picture.png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
        assert picture.png[24:26] == bytes((8, 3))


def test_pixels_and_bytes_are_the_same_when_drawn_anew() -> None:  # R22
    specs = [grid(count, 3, reward_at=count, milestones=(2,)) for count in COUNTS] + [plain()]
    before = [strip(spec).png for spec in specs] + [hero(spec).png for spec in specs]

    forget()

    assert [strip(spec).png for spec in specs] + [hero(spec).png for spec in specs] == before


def test_equal_specs_share_one_picture_even_in_two_languages() -> None:
    one = strip(grid(10, 6, alt="6 of 9 stamps"))

    assert strip(grid(10, 6, alt="6 Stempel von 9")) is one


def test_the_key_names_what_was_drawn() -> None:  # R23
    base = grid(10, 6, reward_at=10, milestones=(4,))
    changes: list[dict[str, Any]] = [
        {"filled": 7},
        {"cells": 11},
        {"icon": "leaf"},
        {"direction": "rtl"},
        {"milestones": (5,)},
        {"used": (4,)},
        {"reward_at": None},
        {"lit": True},
        {"colours": SPA.palette},
        {"mode": "plain"},
    ]
    pictures = [strip(replace(base, **change)) for change in changes]
    others = [strip(base, scale=1), strip(base, scale=2), strip(base), hero(base)]

    assert len({picture.key for picture in pictures + others}) == len(changes) + 4
    assert all(len(picture.key) == 16 for picture in pictures)


def test_the_key_does_not_depend_on_the_file(monkeypatch: pytest.MonkeyPatch) -> None:  # R23
    spec = grid(10, 6, reward_at=10)
    before = strip(spec, scale=1)
    monkeypatch.setattr("walletcard.render._png._COMPRESSION", 1)
    forget()

    after = strip(spec, scale=1)

    forget()
    assert after.png != before.png
    assert after.key == before.key


@pytest.mark.parametrize("icon", ["cup", "leaf", "gift", "star", "tick"])
def test_files_are_small(icon: str) -> None:  # R25
    for count in (5, 10, 13, 24, 30):
        for filled in (0, count // 2, count):
            spec = grid(count, filled, icon=icon, reward_at=count, milestones=(3,))
            assert len(strip(spec).png) <= 16_000
            assert len(hero(spec).png) <= 40_000


def test_threads_may_draw_at_the_same_time() -> None:
    forget()
    specs = [grid(10, filled) for filled in range(11)] * 4

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(strip, specs))

    assert [picture.png for picture in drawn] == [strip(spec).png for spec in specs]


def test_a_picture_survives_pickling_with_its_key() -> None:
    picture = strip(grid(10, 6), scale=1)

    assert pickle.loads(pickle.dumps(picture)).key == picture.key  # noqa: S301  # our own bytes
