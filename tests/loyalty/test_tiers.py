"""The invariants of tiers, T1 to T6, each by its name; and the ladder of the mobile massage."""

from datetime import date
from typing import Any

import pytest
from tests.businesses import anna, massage, moscow, sessions
from tests.cards import run

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.loyalty._standing import next_tier
from walletcard.model import HeldTier, Tier


def reverse(event: str) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=moscow(12, 1), event=event)


def after(count: int, **changes: Any) -> wc.Card:
    club = massage(**changes)
    return wc.replay(club, anna(club), sessions(count))


@pytest.mark.parametrize(
    ("count", "tier"),
    [(0, "base"), (4, "base"), (5, "silver"), (14, "silver"), (15, "gold"), (30, "gold"), (31, "platinum")],
)
def test_t2_thresholds_are_inclusive(count: int, tier: str) -> None:
    assert after(count).tier == tier


def test_t2_the_discounts_of_the_ladder() -> None:
    assert [tier.discount for tier in massage().tiers] == [0, 10, 15, 20]


def test_t2_either_measure_qualifies() -> None:
    tiers = (Tier(id="base", name="B", min_sessions=0), Tier(id="top", name="T", min_sessions=5, min_spend=1000_00))
    club = massage(tiers=tiers)

    rich, promoted = run(club, anna(club), wc.Event.purchase(id="p", at=moscow(4, 1), amount=1000_00))
    often = wc.replay(club, anna(club), sessions(5))

    assert (rich.tier, promoted.tier, often.tier) == ("top", "top", "top")


@pytest.mark.parametrize(
    ("tiers", "code"),
    [
        ((Tier(id="a", name="A", min_sessions=1),), "tier.first"),
        ((Tier(id="a", name="A"), Tier(id="b", name="B")), "tier.threshold"),
        ((Tier(id="a", name="A"), Tier(id="a", name="B", min_sessions=2)), "tier.duplicate"),
        (
            (Tier(id="a", name="A"), Tier(id="b", name="B", min_sessions=5), Tier(id="c", name="C", min_sessions=5)),
            "tier.order",
        ),
        (
            (Tier(id="a", name="A"), Tier(id="b", name="B", min_spend=5), Tier(id="c", name="C", min_spend=4)),
            "tier.order",
        ),
        (("gold",), "list.entry"),
    ],
)
def test_t2_a_ladder_goes_up_strictly_from_where_everybody_starts(tiers: tuple[Any, ...], code: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        massage(tiers=tiers)

    assert refused.value.code == code


def test_t3_promotion_happens_in_the_event_that_reaches_the_threshold() -> None:
    club = massage()
    card, _ = run(club, anna(club), *sessions(4))

    card, outcome = run(club, card, *sessions(1, first=5))

    assert (card.tier, outcome.tier) == ("silver", "silver")
    assert "Новый уровень: Серебро." in outcome.text
    assert next(notice.key for notice in outcome.notices) == "tier_up"


def test_t3_demotion_happens_only_in_settle() -> None:
    club = massage(tier_window_months=3)
    card = wc.replay(club, anna(club), sessions(5))
    late = wc.Event.visit(id="late", at=moscow(12, 1))

    visited, outcome = run(club, card, late)
    settled, told = wc.settle(club, visited, at=moscow(12, 1))

    assert (visited.tier, outcome.tier) == ("silver", None)
    assert (settled.tier, told.tier) == ("base", "base")


def test_t1_a_window_counts_its_months_to_the_day() -> None:
    club = massage(tier_window_months=3)
    card = wc.replay(club, anna(club), sessions(5))  # 1 to 5 April: the first falls out on 2 July.

    assert wc.settle(club, card, at=moscow(6, 30, 23))[0].tier == "silver"
    assert wc.settle(club, card, at=moscow(7, 1))[0].tier == "base"


def test_t1_without_a_window_a_tier_is_for_life() -> None:
    assert wc.settle(massage(), after(5), at=moscow(12, 31, year=2035))[0].tier == "silver"


def test_t1_a_granted_tier_holds_through_its_day_whatever_was_earned() -> None:
    club = massage()
    vip = wc.Event.grant(id="vip", at=moscow(4, 1), tier="gold", until=date(2026, 4, 30))

    card, outcome = run(club, anna(club), vip)
    kept, _ = wc.settle(club, card, at=moscow(4, 30, 23))
    over, _ = wc.settle(club, card, at=moscow(5, 1))

    assert (card.tier, card.held, outcome.tier) == ("base", HeldTier(tier="gold", until=date(2026, 4, 30)), "gold")
    assert kept.held == card.held
    assert over.held is None


def test_t1_reversing_a_granted_tier_brings_the_one_before_back() -> None:
    club = massage()
    first = wc.Event.grant(id="one", at=moscow(4, 1), tier="silver")
    second = wc.Event.grant(id="two", at=moscow(4, 2), tier="gold")

    card, _ = run(club, anna(club), first, second, reverse("two"))

    assert card.held == HeldTier(tier="silver")


def test_t4_a_reversal_may_demote() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(5))

    card, outcome = run(club, card, reverse("s3"))

    assert (card.tier, outcome.tier) == ("base", "base")


def test_t4_the_same_event_never_both_promotes_and_demotes() -> None:
    club = massage(tier_window_months=1)
    card = wc.replay(club, anna(club), sessions(5))

    _, outcome = run(club, card, wc.Event.visit(id="late", at=moscow(12, 1)))

    assert outcome.tier is None


def test_t5_spent_points_do_not_reduce_qualification() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(5, amount=100_000))

    card, _ = run(club, card, wc.Event.redeem(id="r", at=moscow(5, 1), points=40))

    assert wc.settle(club, card, at=moscow(5, 2))[0].tier == "silver"


def test_t6_there_is_no_next_tier_at_the_top() -> None:
    club = massage()

    assert [getattr(next_tier(club, tier), "id", None) for tier in club.tiers] == ["silver", "gold", "platinum", None]


def test_the_monthly_perk_comes_with_the_level_and_once_a_month() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))
    (perk,) = [one for one in card.vouchers if one.origin == "monthly"]

    same, _ = wc.settle(club, card, at=moscow(4, 30))
    following, outcome = wc.settle(club, card, at=moscow(5, 3))

    assert (perk.id, perk.valid_to) == ("monthly-gold-2026-04", date(2026, 4, 30))
    assert same == card
    assert [one.id for one in outcome.issued] == ["monthly-gold-2026-05"]
    assert [one.state for one in following.vouchers if one.origin == "monthly"] == ["expired", "issued"]


def test_the_monthly_perk_is_redeemed_though_nobody_settled() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))

    use = wc.Event.redeem(id="r", at=moscow(6, 5), reward="half-hour")
    used, outcome = run(club, card, use)
    _, again = run(club, used, wc.Event.redeem(id="r2", at=moscow(6, 6), reward="half-hour"))

    assert outcome.redeemed is not None
    assert outcome.redeemed.id == "monthly-gold-2026-06"
    assert again.reason == "already_redeemed"


def test_a_refused_redemption_leaves_no_perk_behind() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))
    wrong = wc.Event.redeem(id="r", at=moscow(6, 5), voucher="nobody.1")

    assert wc.apply(club, card, wrong)[0] is card
    assert wc.replay(club, card, [wrong]) == card


def test_losing_the_level_takes_the_unused_perk_back() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))

    card, outcome = run(club, card, reverse("s15"))

    assert card.tier == "silver"
    assert [one.id for one in outcome.revoked if one.origin == "monthly"] == ["monthly-gold-2026-04"]


def test_joining_brings_the_welcome_voucher_once() -> None:
    club = massage()
    card = anna(club)

    assert [(one.id, one.reward.value, one.origin) for one in card.vouchers] == [("join.1", 5, "welcome")]
    used, _ = run(club, card, wc.Event.redeem(id="r", at=moscow(4, 1), reward="welcome"))
    assert wc.apply(club, used, wc.Event.redeem(id="r2", at=moscow(4, 2), reward="welcome"))[1].status == "refused"


def test_twenty_per_cent_for_a_month_after_five_sessions() -> None:
    month = wc.Reward(id="month", kind="percent", value=20, title="20 %", uses=None, valid_days=30)
    club = massage(points=None, referral=None, stamps=wc.Stamps(goal=5, reward=month, unit="sessions"))
    card = wc.replay(club, anna(club), sessions(5))

    uses = [wc.Event.redeem(id=f"u{day}", at=moscow(4, day), reward="month") for day in (6, 7, 20)]
    outcomes = []
    for event in uses:
        card, outcome = run(club, card, event)
        outcomes.append(outcome.status)

    assert outcomes == ["applied"] * 3
    assert wc.apply(club, card, wc.Event.redeem(id="late", at=moscow(5, 6), reward="month"))[1].reason == (
        "voucher_expired"
    )
