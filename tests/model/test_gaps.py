"""Local times that a zone's clocks skip: refused wherever a moment comes in, with the time that was meant (B086)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from tests.cards import cafe, priya
from tests.model.test_values import hand_made

import walletcard as wc
from walletcard.errors import InvalidCardError

BERLIN = ZoneInfo("Europe/Berlin")
GAP = datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)
CLUB = cafe()


class Unnamed(tzinfo):
    """Berlin, as a library other than zoneinfo may give it."""

    def utcoffset(self, at: datetime | None) -> timedelta:
        return timedelta(hours=1 if at is None or at.replace(tzinfo=None) < datetime(2026, 3, 29, 3) else 2)  # noqa: DTZ001

    def dst(self, at: datetime | None) -> timedelta:
        return self.utcoffset(at) - timedelta(hours=1)

    def tzname(self, at: datetime | None) -> None:
        return None

    def fromutc(self, at: datetime) -> datetime:
        hours = 1 if at.replace(tzinfo=None) < datetime(2026, 3, 29, 1) else 2  # noqa: DTZ001
        return at + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: hand_made(valid_from=GAP), "face.valid_from"),
        (lambda: hand_made(expires=GAP), "face.expires"),
        (lambda: wc.Event.visit(id="a", at=GAP), "event.at"),
        (lambda: wc.join(CLUB, id="CK-1", at=GAP), "at"),
        (lambda: wc.settle(CLUB, priya(CLUB), at=GAP), "at"),
        (lambda: wc.due(CLUB, priya(CLUB), at=GAP), "at"),
        (lambda: wc.face(CLUB, priya(CLUB), at=GAP), "at"),
        (lambda: wc.measure(CLUB, [], at=GAP), "at"),
    ],
)
def test_b086_a_time_that_the_clocks_skip_is_refused_wherever_it_comes_in(
    make: Callable[[], object], where: str
) -> None:
    with pytest.raises(InvalidCardError) as refused:
        make()

    message = '02:30 on 2026-03-29 does not exist in "Europe/Berlin": the clocks skip it'
    assert [(one.code, one.where, one.message, one.hint) for one in refused.value.issues] == [
        ("time.gap", where, message, "use 03:30")
    ]


@pytest.mark.parametrize(
    ("at", "hint"),
    [
        (GAP.replace(fold=1), "use 03:30"),
        (datetime(2026, 10, 4, 2, 15, tzinfo=ZoneInfo("Australia/Lord_Howe")), "use 02:45"),
        (datetime(2026, 4, 24, 0, 30, tzinfo=ZoneInfo("Africa/Cairo")), "use 01:30"),
        (datetime(2011, 12, 30, 12, tzinfo=ZoneInfo("Pacific/Apia")), "use 2011-12-31 12:00"),
    ],
    ids=["the second time of none", "half an hour", "midnight", "a whole day"],
)
def test_b086_the_hint_is_what_clocks_show_instead(at: datetime, hint: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Event.visit(id="a", at=at)

    assert [(one.code, one.hint) for one in refused.value.issues] == [("time.gap", hint)]


def test_b086_a_zone_without_a_name_is_refused_without_one() -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Event.visit(id="a", at=GAP.replace(tzinfo=Unnamed()))

    assert refused.value.issues[0].message == "02:30 on 2026-03-29 does not exist there: the clocks skip it"


@pytest.mark.parametrize("hour", [(1, 59), (3, 0)])
def test_b086_the_minutes_on_both_sides_of_the_gap_are_taken(hour: tuple[int, int]) -> None:
    at = datetime(2026, 3, 29, *hour, tzinfo=BERLIN)

    assert wc.Event.visit(id="a", at=at).at == at
    assert hand_made(valid_from=at).valid_from == at


def test_the_hour_that_comes_twice_is_taken_and_fold_says_which() -> None:
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold) for fold in (0, 1))

    assert wc.Event.visit(id="a", at=first).at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wc.Event.visit(id="a", at=second).at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
def test_a_year_out_of_range_is_refused_as_one_in_any_zone(year: int) -> None:
    for zone in (BERLIN, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")):
        with pytest.raises(InvalidCardError) as refused:
            hand_made(expires=datetime(year, 12 if year == 9999 else 1, 31 if year == 9999 else 1, 23, tzinfo=zone))

        assert {one.code for one in refused.value.issues} <= {"time.range", "time.offset"}
