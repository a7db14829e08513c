"""The invariants of vouchers, V1 to V4, each by its name."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cards import COFFEE, at, free_cafe, priya, run

import walletcard as wc
from walletcard.model import Voucher

OIL = wc.Reward(id="oil", title="Warm oil", valid_days=7)
MONTH = wc.Reward(id="month", title="20 % off", kind="percent", value=20, uses=None, valid_days=30)
THREE = wc.Reward(id="three", title="Three massages", uses=3)


def grant(reward: wc.Reward | str, name: str = "gift", hour: int = 9) -> wc.Event:
    return wc.Event.grant(id=name, at=at(hour), reward=reward)


def redeem(name: str, *, hour: int = 12, day: int = 21, **target: Any) -> wc.Event:
    return wc.Event.redeem(id=name, at=at(hour, day=day), **target)


def only(card: wc.Card) -> Voucher:
    (voucher,) = card.vouchers
    return voucher


def test_v1_issued_then_redeemed() -> None:
    club = free_cafe()
    card, granted = run(club, priya(club), grant(OIL))

    card, outcome = run(club, card, redeem("use"))

    assert granted.issued[0].state == "issued"
    assert only(card).state == "redeemed"
    assert outcome.redeemed == only(card)


def test_v1_only_a_reversal_moves_back() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(OIL), redeem("use"))
    settled, _ = wc.settle(club, card, at=at(9).replace(year=2028))

    card, _ = run(club, settled, wc.Event.reverse(id="r", at=at(13), event="use"))

    assert only(settled).state == "redeemed"
    assert only(card).state == "issued"


def test_v2_before_its_window_a_voucher_is_refused() -> None:
    club = free_cafe()

    _, outcome = run(club, priya(club), grant(OIL, hour=13), redeem("use", hour=12, voucher="gift.1"))

    assert outcome.reason == "voucher_not_yet"


def test_v2_after_its_last_day_a_voucher_is_refused_though_nobody_settled() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(OIL))

    on_the_last_day, _ = wc.apply(club, card, redeem("use", day=28))
    too_late, outcome = wc.apply(club, card, redeem("use", day=29))

    assert only(card).valid_to == date(2026, 11, 28)
    assert only(on_the_last_day).state == "redeemed"
    assert (outcome.reason, only(too_late).state) == ("no_voucher", "issued")
    assert wc.apply(club, card, redeem("use", day=29, voucher="gift.1"))[1].reason == "voucher_expired"


def test_v2_unlimited_uses_inside_a_window() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(MONTH), *(redeem(f"u{n}") for n in range(5)))

    assert (only(card).state, only(card).used, only(card).uses_left) == ("issued", 5, None)


def test_v2_several_uses_are_counted_down() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(THREE), redeem("a"), redeem("b"))
    left = only(card).uses_left

    card, _ = run(club, card, redeem("c"))
    _, outcome = run(club, card, redeem("d", reward="three"))

    assert (left, only(card).state, outcome.reason) == (1, "redeemed", "already_redeemed")


def test_v3_a_second_use_under_another_id_is_refused_and_under_the_same_a_duplicate() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(OIL), redeem("use", voucher="gift.1"))

    other = wc.apply(club, card, redeem("again", voucher="gift.1"))[1]
    same = wc.apply(club, card, redeem("use", voucher="gift.1"))[1]

    assert (other.status, other.reason) == ("refused", "already_redeemed")
    assert same.status == "duplicate"


def test_without_a_target_the_voucher_that_expires_first_is_used() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), grant(THREE, "never"), grant(OIL, "soon"), grant(COFFEE, "later"))

    _, outcome = run(club, card, redeem("use"))

    assert outcome.redeemed is not None
    assert outcome.redeemed.id == "soon.1"


def test_a_reward_is_redeemed_by_its_id() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(OIL, "soon"), grant(COFFEE, "later"))

    _, outcome = run(club, card, redeem("use", reward="coffee"))

    assert outcome.redeemed is not None
    assert outcome.redeemed.id == "later.1"
    assert outcome.text == "Redeemed: Free coffee."


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({}, "no_voucher"),
        ({"reward": "coffee"}, "no_voucher"),
        ({"reward": "tea"}, "unknown_reward"),
        ({"voucher": "x.1"}, "unknown_voucher"),
    ],
)
def test_nothing_to_redeem_says_why(target: dict[str, Any], reason: str) -> None:
    club = free_cafe()

    _, outcome = run(club, priya(club), redeem("use", **target))

    assert (outcome.status, outcome.reason) == ("refused", reason)


def test_a_revoked_voucher_is_refused() -> None:
    club = free_cafe()
    back = wc.Event.reverse(id="r", at=at(10), event="gift")

    _, outcome = run(club, priya(club), grant(OIL), back, redeem("use", voucher="gift.1"))

    assert outcome.reason == "voucher_revoked"


def test_a_reward_of_the_programme_is_granted_by_its_id() -> None:
    club = free_cafe()

    card, _ = run(club, priya(club), grant("coffee"))
    _, unknown = run(club, card, grant("tea", "other"))

    assert (only(card).reward, unknown.reason) == (COFFEE, "unknown_reward")


def test_settling_twice_changes_nothing_more() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), grant(OIL))
    later = at(9) + timedelta(days=400)

    once, first = wc.settle(club, card, at=later)
    twice, second = wc.settle(club, once, at=later)

    assert twice is once
    assert (len(first.expired), second.expired, second.text) == (1, (), "Nothing has expired.")
