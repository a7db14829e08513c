"""One pace for all threads, and one time limit for a call."""

import pytest
from tests.google.live.conftest import NOON, Time

from walletcard.errors import RateLimitedError
from walletcard.google._budget import Budget
from walletcard.google._pace import Pace


def test_places_are_evenly_spaced(clock: Time) -> None:
    pace = Pace(4, clock=clock)

    for _ in range(9):
        pace.take(1, Budget(30, clock=clock, sleep=clock.sleep))

    assert clock.now - NOON == 2.0


def test_who_waits_for_a_place_hears_that_google_asks_for_more(clock: Time) -> None:
    pace = Pace(1, clock=clock)
    pace.take(1, Budget(30, clock=clock, sleep=clock.sleep))

    def sleep(seconds: float) -> None:
        if not clock.slept:
            pace.hold(10)
        clock.sleep(seconds)

    pace.take(1, Budget(30, clock=clock, sleep=sleep))

    assert clock.now - NOON == 10


def test_who_waits_for_a_place_is_told_when_it_takes_too_long(clock: Time) -> None:
    pace = Pace(1, clock=clock)
    pace.take(1, Budget(30, clock=clock, sleep=clock.sleep))

    def sleep(seconds: float) -> None:
        pace.hold(500)
        clock.sleep(seconds)

    with pytest.raises(RateLimitedError) as found:
        pace.take(1, Budget(30, clock=clock, sleep=sleep))

    assert found.value.retry_after == 499


def test_a_wait_that_google_asks_for_does_not_shorten_the_call(clock: Time) -> None:
    budget = Budget(30, clock=clock, sleep=clock.sleep)

    budget.pause(5)
    budget.wait(50)

    assert (budget.left, budget.turn) == (25, 10)
    assert budget.patience == 25


def test_a_pause_of_our_own_ends_with_the_call(clock: Time) -> None:
    budget = Budget(3, clock=clock, sleep=clock.sleep)

    budget.pause(8)

    assert (clock.slept, budget.left, budget.turn) == ([3], 0, 0)
