"""Part 6.5 of the specification: every layout, both directions, every target."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from _six_cards import members
from PIL import ImageChops
from tests.render.drawings import CAFE, SPA, bar, cells, count_things, grid, opened, photo, pixel, plain

import walletcard as wc
from walletcard.model import Picture, StripSpec
from walletcard.render import artwork, hero, strip

COUNTS = (4, 5, 6, 8, 9, 10, 12, 15, 20, 24, 30)
TARGETS: dict[str, tuple[Callable[[StripSpec], Picture], tuple[int, int], int]] = {
    "apple-2x": (lambda spec: strip(spec, scale=2), (750, 288), 16_000),
    "apple-3x": (strip, (1125, 432), 16_000),
    "google": (hero, (1032, 336), 40_000),
}
"""How it is drawn, its size, and the most bytes it may take."""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("count", COUNTS)
def test_size_count_and_bytes(target: str, count: int) -> None:
    draw, size, most = TARGETS[target]

    for filled in (0, 1, count - 1, count):
        for direction in ("ltr", "rtl"):
            picture = draw(grid(count, filled, direction=direction, icon="heart"))
            assert (picture.width, picture.height) == size
            assert count_things(picture) == count
            assert len(picture.png) <= most


@pytest.mark.parametrize("count", COUNTS)
def test_right_to_left_is_left_to_right_with_its_cells_mirrored(count: int) -> None:
    for filled in (1, count - 1):
        spec = grid(count, filled, icon="scissors")
        ltr, rtl = strip(spec, scale=1), strip(replace(spec, direction="rtl"), scale=1)
        one, other = opened(ltr), opened(rtl)
        for box in cells(ltr):
            mirrored = (375 - box.right, box.top, 375 - box.left, box.bottom)
            assert one.crop(box).tobytes() == other.crop(mirrored).tobytes()


@pytest.mark.parametrize("design", [CAFE, SPA])
def test_the_drawn_colours_keep_their_ratios(design: wc.Design) -> None:
    picture = strip(grid(10, 6, reward_at=10, colours=design.palette), scale=3)
    image, boxes = opened(picture), cells(strip(grid(10, 6, reward_at=10, colours=design.palette), scale=1))
    drawn = {wc.Color(*found) for _, found in image.getcolors(100_000) or [] if isinstance(found, tuple)}
    ground = wc.Color(*pixel(image, 0, 0)[:3])

    assert {design.palette.disc, design.palette.glyph, design.palette.ring, design.palette.mark} <= drawn
    for ink in (design.palette.disc, design.palette.ring, design.palette.mark):
        assert ink.contrast(ground) >= 3
    assert len(boxes) == 10


def test_every_business_has_its_picture_and_its_words() -> None:
    for member in members():
        face = wc.face(member.program, member.card, at=member.at)
        assert face.strip is not None
        assert face.strip.alt
        assert (strip(face.strip).width, hero(face.strip).width) == (1125, 1032)
        assert len(strip(face.strip).png) <= 16_000


def test_a_pack_shows_what_is_left_and_what_is_used() -> None:  # R12
    spec = grid(10, 7, mode="countdown")
    left, all_ = strip(spec, scale=1), strip(replace(spec, filled=10), scale=1)
    ticked = [
        ImageChops.difference(opened(left).crop(box), opened(all_).crop(box)).getbbox() is not None
        for box in cells(all_)
    ]

    assert ticked == [False] * 7 + [True] * 3
    for box in cells(left)[7:]:  # A ring with a tick: open at its edge, not in its middle.
        assert pixel(opened(left), box.left + 8, box.middle[1]) == CAFE.palette.background.rgb


SCRIPT = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
from tests.render.test_acceptance_set import signature
print(signature())
"""


def signature() -> str:
    """The pixels and keys of one picture of every kind."""
    seen = hashlib.sha256()
    for spec in (grid(10, 6, reward_at=10, milestones=(3,)), bar(), grid(10, 7, mode="countdown"), plain(),
                 grid(10, 6, photo=photo()), grid(6, 3, look="closed"), grid(6, 3, look="expired")):  # fmt: skip
        for picture in (strip(spec, scale=2), hero(spec), artwork(spec, scale=1)):
            seen.update(opened(picture).tobytes() + picture.key.encode())
    return seen.hexdigest()


def test_pixels_and_keys_are_the_same_in_another_process() -> None:  # R22, R23
    root = Path(__file__).parents[2]

    for seed in ("1", "2"):
        command = [sys.executable, "-c", SCRIPT, str(root), str(root / "src"), str(root / "examples")]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
        assert told.strip() == signature()
