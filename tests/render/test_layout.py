from __future__ import annotations

from itertools import pairwise

import pytest
from tests.render.drawings import CAFE, grid

from walletcard.model import StripSpec
from walletcard.render._layout import HERO, ROWS, STRIP, Canvas, Cell, Look, State, diameter, place

# Part 6.2 of the specification: cells, rows, diameter in points and in Google's pixels.
TABLE = [
    (1, (1,), 56, 154),
    (4, (4,), 56, 154),
    (5, (5,), 56, 154),
    (6, (6,), 48.3, 133),
    (7, (4, 3), 54.1, 126),
    (9, (5, 4), 54.1, 126),
    (10, (5, 5), 54.1, 126),
    (11, (6, 5), 48.3, 126),
    (12, (6, 6), 48.3, 126),
    (14, (7, 7), 41.2, 113),
    (15, (5, 5, 5), 34.9, 81),
    (16, (8, 8), 36.0, 99),
    (20, (7, 7, 6), 34.9, 81),
    (24, (8, 8, 8), 34.9, 81),
    (27, (9, 9, 9), 31.9, 81),
    (30, (10, 10, 10), 28.6, 79),
]


def placed(spec: StripSpec, canvas: Canvas = STRIP, scale: int = 3) -> list[Cell]:
    return list(place(Look.of(spec), canvas, scale))


@pytest.mark.parametrize(("count", "rows", "points", "pixels"), TABLE)
def test_rows_and_diameters_are_those_of_the_table(
    count: int, rows: tuple[int, ...], points: float, pixels: float
) -> None:
    assert ROWS[count] == rows
    assert diameter(rows, STRIP) == pytest.approx(points, abs=0.06)
    assert diameter(rows, HERO) == pytest.approx(pixels, abs=0.6)


def test_every_count_to_thirty_has_rows_with_the_longer_on_top() -> None:  # R1
    assert sorted(ROWS) == list(range(1, 31))
    assert all(sum(rows) == count for count, rows in ROWS.items())
    assert all(list(rows) == sorted(rows, reverse=True) for rows in ROWS.values())


@pytest.mark.parametrize("count", range(1, 31))
def test_rtl_puts_each_cell_where_ltr_puts_its_mirror_image(count: int) -> None:  # R2
    ltr = placed(grid(count, 0, reward_at=count))
    rtl = placed(grid(count, 0, reward_at=count, direction="rtl"))

    assert [(1125 - cell.left - cell.size, cell.top, cell.size, cell.state) for cell in rtl] == [
        (cell.left, cell.top, cell.size, cell.state) for cell in ltr
    ]


def test_reading_order_starts_at_the_reading_edge_of_the_top_row() -> None:  # R2
    ltr, rtl = placed(grid(10, 3)), placed(grid(10, 3, direction="rtl"))

    assert ltr[0].left == min(cell.left for cell in ltr)
    assert rtl[0].left == max(cell.left for cell in rtl)
    assert ltr[0].top == rtl[0].top == min(cell.top for cell in ltr)


@pytest.mark.parametrize("count", range(1, 31))
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_snapping_moves_no_cell_by_more_than_half_a_pixel(count: int, scale: int) -> None:  # R3
    exact = placed(grid(count, 0), scale=1000)

    snapped = placed(grid(count, 0), scale=scale)

    for fine, cell in zip(exact, snapped, strict=True):
        assert abs(cell.left + cell.size / 2 - (fine.left + fine.size / 2) * scale / 1000) <= 0.51
        assert abs(cell.top + cell.size / 2 - (fine.top + fine.size / 2) * scale / 1000) <= 0.51


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_partial_rows_are_centred_and_start_at_the_reading_edge(direction: str) -> None:  # R4
    last_row = placed(grid(9, 0, direction=direction))[5:]
    edges = [cell.left for cell in last_row]

    assert min(edges) + max(edges) + last_row[0].size == 1125
    assert edges == sorted(edges, reverse=direction == "rtl")


@pytest.mark.parametrize("count", range(1, 31))
@pytest.mark.parametrize(("canvas", "scale"), [(STRIP, 3), (STRIP, 2), (STRIP, 1), (HERO, 1)])
def test_cells_stay_in_the_content_box_and_apart(count: int, canvas: Canvas, scale: int) -> None:
    cells = placed(grid(count, count, reward_at=count, lit=True), canvas, scale)
    side, lid = (canvas.width - canvas.box_width) / 2 * scale, (canvas.height - canvas.box_height) / 2 * scale

    assert min(cell.left for cell in cells) >= side - 1
    assert min(cell.top for cell in cells) >= lid - 1
    assert max(cell.top + cell.size for cell in cells) <= canvas.height * scale - lid + 1
    for one, other in pairwise(cells):
        assert other.top > one.top or other.left >= one.left + one.size + 0.1 * one.size


def test_the_outline_is_six_per_cent_of_the_diameter_and_at_least_a_point_and_a_half() -> None:  # R5
    assert placed(grid(5, 0))[0].stroke == round(56 * 0.06 * 3)
    assert placed(grid(30, 0))[0].stroke == round(28.6 * 0.06 * 3)
    tiny = STRIP._replace(largest=20)
    assert placed(grid(5, 0), tiny, 2)[0].stroke == 3


def test_the_reward_is_a_tenth_larger_where_there_is_room() -> None:  # R10
    roomy, tight = placed(grid(5, 0, reward_at=5)), placed(grid(10, 0, reward_at=10))

    assert roomy[4].size == pytest.approx(roomy[0].size * 1.1, abs=2)
    assert tight[9].size == tight[0].size


def test_each_cell_says_what_is_so() -> None:  # R8, R9, R10
    ahead = placed(grid(6, 2, milestones=(2, 3, 4), used=(2,), reward_at=6))
    done = placed(grid(6, 6, milestones=(3,), reward_at=6))
    lit = placed(grid(6, 5, reward_at=6, lit=True))

    assert [cell.state for cell in ahead] == [
        State.STAMPED,
        State.USED,
        State.MILESTONE,
        State.MILESTONE,
        State.EMPTY,
        State.REWARD,
    ]
    assert (done[2].state, done[5].state, lit[5].state) == (State.REACHED, State.EARNED, State.LIT)


def test_what_cannot_be_seen_is_no_part_of_the_look() -> None:
    assert Look.of(grid(6, 2, milestones=(4, 2, 2), alt="two of six")) == Look.of(grid(6, 2, milestones=(2, 4)))
    assert Look.of(grid(6, 2, lit=True)) == Look.of(grid(6, 2))
    assert Look.of(grid(0, 0, mode="plain", icon="leaf")) == Look.of(grid(0, 0, mode="plain"))
    assert Look.of(grid(6, 2)).colours is not None
    assert CAFE.palette == grid(6, 2).colours
