"""What is drawn is what somebody looked at. ``python -m tests.render.golden_pictures`` draws them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import ImageChops
from tests.render.drawings import opened
from tests.render.golden_pictures import FOLDER, drawings

from walletcard.model import Picture

DRAWINGS = dict(drawings())
TOLERANCE = 12  # Steps of 255: what another build of Pillow may round differently on an edge.


@pytest.mark.parametrize(("name", "draw"), DRAWINGS.items(), ids=DRAWINGS)
def test_a_picture_looks_as_it_did(name: str, draw: Callable[[], Picture]) -> None:
    golden = Picture((FOLDER / f"{name}.png").read_bytes())
    new = draw()

    far = ImageChops.difference(opened(golden), opened(new)).convert("L").point(_over(TOLERANCE))

    assert (new.width, new.height) == (golden.width, golden.height)
    assert far.histogram()[255] <= 0.0005 * new.width * new.height


def _over(limit: int) -> list[int]:
    return [0] * (limit + 1) + [255] * (255 - limit)


def test_no_golden_picture_is_left_over_and_all_are_small() -> None:
    files = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}

    assert set(files) == set(DRAWINGS)
    assert sum(files.values()) < 200_000


def test_the_tolerance_is_tight_enough_to_see_a_stamp() -> None:
    golden, other = (opened(Picture((FOLDER / f"{name}.png").read_bytes())) for name in ("icon-cup", "icon-car"))

    far = ImageChops.difference(golden, other).convert("L").point(_over(TOLERANCE))

    assert far.histogram()[255] > 0.005 * golden.width * golden.height
