from __future__ import annotations

import pytest
from tests.render.drawings import bar, count_things, grid, opened, photo, plain, share_of

from walletcard.render import artwork, strip
from walletcard.render._layout import ARTWORK, Look, diameter, place, rows_of


@pytest.mark.parametrize(("scale", "size"), [(1, (358, 448)), (2, (716, 896)), (3, (1074, 1344))])
def test_artwork_has_apples_size_at_each_scale(scale: int, size: tuple[int, int]) -> None:
    assert opened(artwork(grid(10, 6), scale=scale)).size == size


@pytest.mark.parametrize("count", range(1, 31))
def test_every_layout_fits_between_apples_texts(count: int) -> None:
    cells = list(place(Look.of(grid(count, count, reward_at=count)), ARTWORK, 1))

    assert count_things(artwork(grid(count, 1), scale=1)) == count
    assert min(cell.top for cell in cells) >= ARTWORK.centre - ARTWORK.box_height / 2 - 1
    assert max(cell.top + cell.size for cell in cells) <= ARTWORK.centre + ARTWORK.box_height / 2 + 1
    assert diameter(rows_of(count, ARTWORK), ARTWORK) >= 35
    assert sum(rows_of(count, ARTWORK)) == count
    assert list(rows_of(count, ARTWORK)) == sorted(rows_of(count, ARTWORK), reverse=True)


def test_the_places_of_texts_are_quiet() -> None:
    for spec in (grid(30, 30, reward_at=30), bar(), grid(10, 3, mode="countdown")):
        image = opened(artwork(spec, scale=1))
        for box in ((0, 0, 358, 70), (0, 310, 358, 448)):
            assert share_of(image.crop(box), spec.colours.background) == 1


def test_artwork_of_flat_art_is_small_and_of_a_photo_in_bounds() -> None:
    assert len(artwork(grid(30, 15, reward_at=30)).png) <= 40_000
    assert len(artwork(plain()).png) <= 16_000
    assert len(artwork(grid(10, 5, photo=photo(900, 1100))).png) <= 300_000


def test_artwork_and_strip_are_two_pictures_of_one_spec() -> None:
    assert artwork(grid(10, 6)).key != strip(grid(10, 6)).key
    assert artwork(grid(10, 6)) is artwork(grid(10, 6, alt="Six of ten"))
