from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from tests.render.drawings import CAFE, Box, bar, cells, count_things, opened, own_icon, pixel, share_of

from walletcard.errors import InvalidCardError
from walletcard.model import Picture, StripSpec
from walletcard.render import artwork, hero, strip
from walletcard.render._bar import measure
from walletcard.render._layout import STRIP, Look


def parts(spec: StripSpec) -> list[Box]:
    """What stands on the background, in order from the left."""
    return sorted(cells(strip(spec, scale=1)), key=lambda box: box.left)


def is_solid(picture: Picture, box: Box) -> bool:
    return pixel(opened(picture), box.left + 6, box.middle[1]) == CAFE.palette.disc.rgb


def test_a_bar_fills_from_the_reading_start_and_ends_at_the_reward() -> None:  # R13
    walked, ahead, *rest = parts(bar(ticks=()))
    picture = strip(bar(ticks=()), scale=1)

    assert (walked.left, rest[-1].right) == (16, 359)
    assert is_solid(picture, walked)
    assert not is_solid(picture, ahead)
    assert walked.right < ahead.left < ahead.right < rest[0].left


def test_right_to_left_mirrors_the_parts_and_not_the_icons() -> None:  # R2, R13
    spec = bar(icon="leaf")
    left, right = opened(strip(spec)), opened(strip(replace(spec, direction="rtl")))
    ltr, rtl = (sorted(cells(strip(replace(spec, direction=way), scale=1))) for way in ("ltr", "rtl"))

    assert sorted((375 - box.right, box.top, 375 - box.left, box.bottom) for box in ltr) == rtl
    assert ImageChops.difference(left.transpose(Image.Transpose.FLIP_LEFT_RIGHT), right).getbbox() is not None


@pytest.mark.parametrize("value", [500, 501, 530, 560, 597, 599])
def test_the_head_stands_where_the_value_is(value: int) -> None:
    made = measure(Look.of(bar(value)), STRIP, 3)
    room = made.end - made.space - made.head - made.start

    assert abs((made.at - made.start) / room - (value - 500) / 100) < 0.01


def test_a_full_bar_lights_the_reward() -> None:
    short, full, over = (opened(strip(bar(value, ticks=()))) for value in (599, 600, 10_000))

    assert full.tobytes() == over.tobytes()
    assert share_of(full.crop((900, 0, 1125, 432)), CAFE.palette.mark) > 1.2 * share_of(
        short.crop((900, 0, 1125, 432)), CAFE.palette.mark
    )
    assert strip(bar(500)).key == strip(bar(400)).key


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("value", [560, 600])
def test_only_the_end_of_a_bar_for_a_level_is_drawn_otherwise(value: int, direction: str) -> None:
    gift = strip(bar(value, direction=direction), scale=1)
    star = strip(bar(value, direction=direction, end_icon="star"), scale=1)
    box = ImageChops.difference(opened(gift), opened(star)).getbbox()

    assert box is not None
    assert (box[0] > 290, box[2] < 85) == (direction == "ltr", direction == "rtl")
    assert gift.key != star.key


def test_an_end_that_nobody_drew_is_refused() -> None:
    with pytest.raises(InvalidCardError, match="sun"):
        bar(end_icon="sun")


def test_ticks_reached_and_ahead_are_seen_apart() -> None:
    one, other = opened(strip(bar(ticks=()), scale=2)), opened(strip(bar(), scale=2))
    box = ImageChops.difference(one, other).getbbox()

    assert box is not None
    inside = other.crop(box)
    assert share_of(inside, CAFE.palette.glyph) > 0
    assert share_of(inside, CAFE.palette.mark) > 0


@pytest.mark.parametrize("value", [521, 519, 560, 581, 579])
def test_no_tick_is_lost_under_the_head(value: int) -> None:
    none, one, two = (opened(strip(bar(value, ticks=ticks), scale=2)) for ticks in ((), (520,), (520, 580)))

    assert ImageChops.difference(none, one).getbbox() is not None
    assert ImageChops.difference(one, two).getbbox() is not None


def test_the_leading_part_is_quiet_when_asked() -> None:  # R7
    for draw, direction in ((strip, "ltr"), (hero, "rtl")):
        image = opened(draw(bar(quiet=True, direction=direction)))
        edge = image.width * 55 // 100
        quiet = image.crop(
            (0, 0, edge, image.height) if direction == "ltr" else (image.width - edge, 0, image.width, image.height)
        )
        assert share_of(quiet, CAFE.palette.background) == 1
        assert share_of(image, CAFE.palette.disc) > 0.01


def test_a_picture_as_the_stamp_does_not_touch_the_fill() -> None:
    spec = bar(ticks=(), icon_picture=own_icon(), icon_mode="full")

    assert count_things(strip(spec, scale=2)) == count_things(strip(bar(ticks=()), scale=2)) + 1


def test_points_by_the_thousand_share_few_pictures() -> None:
    keys = {strip(bar(value, start=0, end=1_000_000, ticks=()), scale=1).key for value in range(0, 1_000_000, 250)}

    assert len(keys) <= 1001


@pytest.mark.parametrize("values", [{"end": 500}, {"value": -1}, {"start": -1}, {"value": 5.5}])
def test_bars_that_lead_nowhere_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(InvalidCardError):
        bar(**values)


@settings(deadline=None)  # The first picture of a kind takes longer.
@given(
    st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6), st.lists(st.integers(0, 10**6), max_size=8),
    st.booleans(), st.sampled_from(["ltr", "rtl"]),
)  # fmt: skip
def test_any_bar_is_drawn_in_its_box(
    value: int, start: int, length: int, ticks: list[int], quiet: bool, direction: str
) -> None:
    spec = bar(value, start=start, end=start + length, ticks=tuple(ticks), quiet=quiet, direction=direction)
    for picture, side in ((strip(spec, scale=1), 16), (artwork(spec, scale=1), 20)):
        image = opened(picture)
        ground = Image.new("RGB", image.size, CAFE.palette.background.rgb)
        box = ImageChops.difference(image, ground).getbbox()
        assert box is not None
        assert box[0] >= side - 1
        assert box[2] <= image.width - side + 1
