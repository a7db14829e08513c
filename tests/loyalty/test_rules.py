"""The rules to the last number and word: limits, windows, lots, places and what an outcome says of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.businesses import anna, beijing, chen, gifts, massage, moscow, sessions, studio
from tests.cards import COFFEE, at, cafe, free_cafe, priya, run

import walletcard as wc
from walletcard.loyalty._standing import membership_holds, next_tier
from walletcard.model import (
    Earn,
    Expiry,
    Gift,
    HeldTier,
    Lapse,
    Membership,
    Milestone,
    Notice,
    Period,
    Points,
    Referral,
    Tier,
)

OIL = wc.Reward(id="oil", title="Warm oil", valid_days=30)
MONTHLY = wc.Reward(id="half-hour", title="Half an hour")
BASE = Tier(id="base", name="Base", min_sessions=0)


def visit(name: str, hour: int = 10, minute: int = 0, *, day: int = 21, **more: Any) -> wc.Event:
    return wc.Event.visit(id=name, at=at(hour, minute, day=day), **more)


def spent(name: str, month: int, day: int, amount: int) -> wc.Event:
    return wc.Event.purchase(id=name, at=moscow(month, day), amount=amount)


def came(name: str, month: int, day: int, **more: Any) -> wc.Event:
    return wc.Event.visit(id=name, at=moscow(month, day), **more)


def back(event: str, month: int = 12, day: int = 1) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=moscow(month, day), event=event)


def treated(name: str, month: int = 1, day: int = 10, item: str = "acupuncture") -> wc.Event:
    return wc.Event.visit(id=name, at=beijing(month, day), items=(item,))


def gift(name: str, month: int = 1, day: int = 10, **given: Any) -> wc.Event:
    return wc.Event.grant(id=name, at=beijing(month, day), **given)


def redeem(name: str, month: int = 6, day: int = 1, **target: Any) -> wc.Event:
    return wc.Event.redeem(id=name, at=beijing(month, day), **target)


def undo(event: str, month: int = 6, day: int = 2) -> wc.Event:
    return wc.Event.reverse(id=f"undo-{event}", at=beijing(month, day), event=event)


def states(card: wc.Card) -> dict[str, str]:
    return {voucher.id: voucher.state for voucher in card.vouchers}


def lots(card: wc.Card) -> dict[str, tuple[int, int, str]]:
    return {lot.id: (lot.left, lot.repaid, lot.state) for lot in card.lots}


# Limits.


def test_l1_an_earning_exactly_the_interval_from_both_neighbours_is_taken() -> None:
    club = cafe()
    card, _ = run(club, priya(club), visit("a", 10), visit("b", 10, 20))

    assert wc.apply(club, card, visit("c", 10, 10))[1].status == "applied"


def test_l1_retry_at_is_the_first_gap_that_is_wide_enough() -> None:
    club = cafe()
    card, _ = run(club, priya(club), visit("a", 10), visit("b", 10, 20), visit("c", 10, 45))

    outcome = wc.apply(club, card, visit("d", 10, 5))[1]
    late = wc.apply(club, card, visit("d", 10, 25))[1]

    assert (outcome.reason, outcome.retry_at) == ("cooldown", at(10, 10))
    assert late.retry_at == at(10, 30)


def test_l1_the_first_limit_in_the_way_gives_the_reason() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10, max_per_day=1))
    card, _ = run(club, priya(club), visit("a", 10))

    soon, later = (wc.apply(club, card, visit("b", 10, minute))[1] for minute in (5, 15))

    assert (soon.reason, later.reason) == ("cooldown", "daily_limit")
    assert soon.retry_at == later.retry_at == at(0, day=22)


def test_l1_a_day_counts_its_own_events_and_no_others() -> None:
    club = cafe(limits=wc.Limits(max_per_day=1))
    card, _ = run(club, priya(club), visit("before", 23, 59, day=20), visit("after", 0, day=22))

    assert wc.apply(club, card, visit("late", 12))[1].status == "applied"


def test_l2_a_visit_without_an_amount_pays_nothing() -> None:
    club = cafe(limits=wc.Limits(min_purchase=1))

    assert wc.apply(club, priya(club), visit("a"))[1].reason == "min_purchase"
    assert wc.apply(club, priya(club), visit("a", amount=1))[1].status == "applied"
    assert wc.apply(club, priya(club), visit("a", amount=0))[1].reason == "min_purchase"


# Tiers.


def by_spend(**changes: Any) -> wc.Program:
    return massage(tiers=(BASE, Tier(id="gold", name="Gold", min_sessions=5, min_spend=1_000)), **changes)


def test_t1_a_purchase_is_no_session() -> None:
    club = by_spend()

    card = wc.replay(club, anna(club), [spent(f"p{n}", 4, n, 1) for n in range(1, 9)])

    assert card.tier == "base"
    assert [entry.amount for entry in card.entries] == [1] * 8


def test_t1_a_visit_without_an_amount_adds_nothing_to_the_spend() -> None:
    club = massage(tiers=(BASE, Tier(id="gold", name="Gold", min_spend=1)))

    assert wc.replay(club, anna(club), sessions(3)).tier == "base"
    assert wc.replay(club, anna(club), sessions(1, amount=1)).tier == "gold"


@pytest.mark.parametrize("window", [None, 12])
def test_t1_a_late_purchase_counts_in_the_same_replay(window: int | None) -> None:
    club = by_spend(tier_window_months=window)

    card = wc.replay(club, anna(club), [spent("a", 4, 1, 100), spent("c", 4, 9, 1), spent("b", 4, 5, 899)])

    assert card.tier == "gold"


@pytest.mark.parametrize("window", [None, 12])
def test_t4_a_purchase_taken_back_counts_no_more_in_the_same_replay(window: int | None) -> None:
    club = by_spend(tier_window_months=window)

    card = wc.replay(club, anna(club), [spent("a", 4, 1, 1_000), spent("b", 4, 9, 1), back("a", 4, 10)])
    again = wc.replay(club, card, [spent("c", 4, 11, 999)])

    assert (card.tier, again.tier) == ("base", "gold")


def test_t1_the_spend_of_a_window_is_what_was_paid_in_it() -> None:
    club = by_spend(tier_window_months=1)

    card = wc.replay(club, anna(club), [spent("a", 4, 1, 600), spent("b", 5, 2, 600)])
    whole = wc.replay(club, anna(club), [spent("a", 4, 3, 600), spent("b", 5, 2, 400)])

    assert (card.tier, whole.tier) == ("base", "gold")


def test_t1_a_window_begins_the_day_after_the_same_day_of_the_month() -> None:
    club = massage(tier_window_months=1)
    visits = [came(f"s{n}", 4, 2) for n in range(5)]
    card = wc.replay(club, anna(club), visits)

    assert wc.settle(club, card, at=moscow(5, 1))[0].tier == "silver"
    assert wc.settle(club, card, at=moscow(5, 2))[0].tier == "base"


def test_t1_a_late_reversal_is_judged_by_the_newest_visit() -> None:
    club = massage(tier_window_months=1)
    card = wc.replay(club, anna(club), [came("old", 3, 5), *sessions(5, month=8)])

    assert wc.replay(club, card, [back("old", 3, 6)]).tier == "silver"


def test_t1_reversing_a_grant_of_points_leaves_the_level_and_its_perk() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))

    after, outcome = run(club, card, wc.Event.grant(id="g", at=moscow(4, 16), points=5), back("g", 4, 17))

    assert states(after)["monthly-gold-2026-04"] == "issued"
    assert (outcome.revoked, outcome.tier) == ((), None)


def test_t4_only_unused_perks_of_higher_levels_are_taken_back() -> None:
    tiers = (
        replace(BASE, monthly=MONTHLY),
        Tier(id="gold", name="Gold", min_sessions=2, monthly=replace(MONTHLY, id="oil", uses=2)),
    )
    club = massage(tiers=tiers)
    card = wc.replay(club, anna(club), sessions(2))
    used, _ = run(club, card, wc.Event.redeem(id="use", at=moscow(4, 3), reward="oil"))
    later, _ = wc.settle(club, card, at=moscow(5, 1))

    plain, outcome = run(club, card, back("s2", 4, 4))
    kept = wc.replay(club, used, [back("s2", 4, 4)])
    expired = wc.replay(club, later, [back("s2", 4, 4)])

    assert (plain.tier, outcome.tier) == ("base", "base")
    assert states(plain)["monthly-gold-2026-04"] == "revoked"
    assert states(kept)["monthly-gold-2026-04"] == "issued"
    assert states(expired)["monthly-gold-2026-04"] == "expired"
    assert states(plain)["monthly-base-2026-03"] == "issued"


def test_joining_gives_the_first_levels_perk_and_no_stamps_unless_said() -> None:
    club = massage(tiers=(replace(BASE, monthly=MONTHLY),))

    card = wc.join(club, id="TC-1", at=moscow(3, 10))

    assert states(card) == {"join.1": "issued", "monthly-base-2026-03": "issued"}
    assert card.vouchers[1].valid_to == date(2026, 3, 31)


def test_a_perk_with_a_life_of_its_own_counts_from_its_day() -> None:
    club = massage(tiers=(replace(BASE, monthly=replace(MONTHLY, valid_days=9)),))

    card = wc.join(club, id="TC-1", at=moscow(3, 10))

    assert card.vouchers[1].valid_to == date(2026, 3, 19)


def test_the_events_outcome_tells_of_the_perk_and_of_the_level() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(14))

    _, risen = run(club, card, *sessions(1, first=15))
    _, stayed = run(club, card, *sessions(1, first=13)[:0], came("x", 4, 14, amount=1))
    month, _ = run(club, wc.replay(club, anna(club), sessions(15)), came("next", 5, 3))
    _, offered = run(
        club, wc.replay(club, anna(club), sessions(15)), wc.Event.redeem(id="r", at=moscow(5, 3), points=1)
    )

    assert ([one.id for one in risen.issued], risen.tier) == (["monthly-gold-2026-04"], "gold")
    assert stayed.tier == "gold"
    assert "monthly-gold-2026-05" in states(month)
    assert offered.status == "refused"


def test_a_redemption_of_something_else_tells_of_the_perk_that_the_month_brought() -> None:
    club = massage()
    card = wc.replay(club, anna(club), [*sessions(15), wc.Event.grant(id="g", at=moscow(4, 20), points=9)])

    after, outcome = run(club, card, wc.Event.redeem(id="r", at=moscow(5, 3), points=5))

    assert [one.id for one in outcome.issued] == ["monthly-gold-2026-05"]
    assert (outcome.spent, outcome.tier) == (5, None)
    assert states(after)["monthly-gold-2026-05"] == "issued"


def test_a_closed_card_gets_no_perk_and_keeps_its_close() -> None:
    club = massage()
    close = wc.Event.close(id="end", at=moscow(5, 2), reason="moved")

    card, outcome = run(club, wc.replay(club, anna(club), sessions(15)), close)
    settled, told = wc.settle(club, card, at=moscow(6, 1))

    assert outcome.issued == told.issued == ()
    assert "monthly-gold-2026-05" not in states(card)
    assert "monthly-gold-2026-06" not in states(settled)
    assert wc.apply(club, card, close)[1].status == "duplicate"


def test_settling_tells_of_a_level_only_where_it_fell() -> None:
    club = massage(tier_window_months=1)
    card = wc.replay(club, anna(club), sessions(5))

    assert wc.settle(club, card, at=moscow(4, 6))[1].tier is None
    assert wc.settle(club, card, at=moscow(7, 6))[1].tier == "base"


def test_t1_a_granted_level_that_the_programme_has_not_is_refused() -> None:
    club = massage()
    grant = wc.Event.grant(id="g", at=moscow(4, 1), tier="diamond")

    assert wc.apply(club, anna(club), grant)[1].reason == "unknown_tier"


def test_t1_a_level_that_the_programme_lost_counts_as_the_first() -> None:
    club = massage()
    held = wc.Event.grant(id="g", at=moscow(4, 1), tier="gold")
    lost = massage(tiers=(BASE, Tier(id="silver", name="Silver", min_sessions=5)))
    card, _ = run(club, wc.replay(club, anna(club), sessions(5)), held)

    fresh, _ = run(lost, anna(club), wc.Event.grant(id="g", at=moscow(4, 2), tier="silver", until=date(2026, 4, 3)))
    visited, outcome = run(lost, card, came("x", 4, 20))
    over, told = wc.settle(lost, fresh, at=moscow(4, 4))

    assert (visited.tier, outcome.tier) == ("silver", None)
    assert (fresh.held, over.held, told.tier) == (HeldTier(tier="silver", until=date(2026, 4, 3)), None, None)


# Memberships.


def renew(name: str, month: int, day: int, until: date | None = None, year: int = 2026) -> wc.Event:
    return wc.Event.renew(id=name, at=moscow(month, day, year=year), until=until)


def test_a_renewal_on_the_last_day_goes_on_from_it() -> None:
    club = massage(membership=Membership(title="Pass", months=1))

    card, _ = run(club, anna(club), renew("a", 4, 1), renew("b", 4, 30))

    assert card.membership == Period(first=date(2026, 4, 1), last=date(2026, 5, 31))


def test_a_membership_may_be_for_one_day_and_a_shorter_one_may_follow_when_it_is_over() -> None:
    club = massage()

    card, _ = run(club, anna(club), renew("a", 4, 1, date(2026, 4, 1)))
    later, outcome = run(club, card, renew("b", 4, 2, date(2026, 4, 2)))

    assert card.membership == Period(first=date(2026, 4, 1), last=date(2026, 4, 1))
    assert (later.membership, outcome.status) == (Period(first=date(2026, 4, 2), last=date(2026, 4, 2)), "applied")


def test_a_renewal_may_be_taken_back_where_only_others_stand_after_it() -> None:
    club = massage()
    card, _ = run(club, anna(club), renew("a", 4, 1), renew("b", 4, 2), back("b", 4, 3), came("v", 4, 4))

    undone, outcome = run(club, card, back("a", 4, 5))

    assert (outcome.status, undone.membership) == ("applied", None)


# Points and lots.


def test_p2_a_replay_spends_in_the_same_order_as_one_by_one() -> None:
    club = studio()
    events = [
        gift("late", points=100, until=date(2026, 12, 1)),
        gift("soon", points=100, until=date(2026, 7, 1)),
        redeem("r1", points=50),
        gift("soonest", month=6, points=30, until=date(2026, 6, 20)),
        redeem("r2", day=15, points=40),
        undo("r1", day=16),
        redeem("r3", day=17, points=100),
        gift("x", month=6, day=18, points=5, until=date(2026, 8, 1)),
        redeem("r4", day=19, points=95),
    ]

    card = wc.replay(club, chen(club), events)

    assert card == run(club, chen(club), *events)[0]
    assert {e.id: [(t.lot, t.points) for t in e.taken] for e in card.entries if e.taken} == {
        "r1": [("soon.1", 50)],
        "r2": [("soonest.1", 30), ("soon.1", 10)],
        "r3": [("soon.1", 90), ("late.1", 10)],
        "r4": [("x.1", 5), ("late.1", 90)],
    }
    assert card.points_on(date(2026, 6, 20)) == 0


def test_p3_a_lot_that_was_spent_is_not_written_off() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", points=10, until=date(2026, 7, 1)), redeem("r", points=10))

    settled, outcome = wc.settle(club, card, at=beijing(8, 1))

    assert (settled, outcome.expired_points) == (card, 0)


def test_p3_granted_points_live_as_long_as_the_first_rules() -> None:
    rules = (Earn(metric="visit", points=1, valid_days=5), Earn(metric="km", points=1, valid_months=1))
    short, bare = studio(points={"earn": rules}), studio(points={"earn": ()}, referral=None)

    first, _ = run(short, chen(short), gift("a", points=5))
    none, outcome = run(bare, chen(bare), gift("a", points=5))

    assert (first.lots[0].expires, first.lots[0].source) == (date(2026, 1, 15), "grant")
    assert (none.lots[0].expires, outcome.earned) == (None, 5)


def test_p5_the_outcome_counts_what_is_gone() -> None:
    club = studio()
    card, _ = run(club, chen(club), treated("a"), treated("b", day=11), redeem("r", points=150))

    _, outcome = run(club, card, undo("a"))
    _, again = run(club, card, undo("a"), undo("b"))
    expired, _ = wc.settle(club, card, at=beijing(2, 1).replace(year=2027))
    _, late = run(club, expired, undo("a"))

    assert (outcome.earned, outcome.balance) == (-50, 200)
    assert (again.earned, again.balance) == (-200, 0)
    assert late.earned == 0


def test_p5_a_debt_is_paid_from_grants_and_referrals_too() -> None:
    club = studio()
    card, _ = run(club, chen(club), treated("a"), redeem("r", points=200), undo("a"))

    granted, one = run(club, card, gift("g", month=6, day=3, points=150))
    referred = wc.Event.refer(id="f", at=beijing(6, 4), friend="HA-2", event="first")
    paid, two = run(club, granted, referred)
    over, three = run(club, card, gift("g", month=6, day=3, points=250))

    assert (card.owed_points, granted.owed_points, paid.owed_points, over.owed_points) == (200, 50, 0, 0)
    assert (one.earned, one.balance, two.earned, two.balance, three.earned) == (0, 0, 150, 150, 50)
    assert "150" in one.text
    assert "50" in two.text
    assert "200" in three.text


def test_p6_what_several_earnings_paid_comes_back_newest_first() -> None:
    club = studio()
    card, _ = run(
        club, chen(club), treated("a"), redeem("r", points=200), undo("a"),
        gift("g1", month=6, day=3, points=60), gift("g2", month=6, day=4, points=70),
        gift("g3", month=6, day=5, points=50), undo("g3", day=6),
    )  # fmt: skip
    assert (card.owed_points, lots(card)["g3.1"]) == (70, (0, 50, "void"))

    returned, _ = run(club, card, undo("r", day=7))

    assert returned.owed_points == 0
    assert lots(returned) == {
        "a.1": (200, 0, "void"),
        "g1.1": (60, 0, "open"),
        "g2.1": (70, 0, "open"),
        "g3.1": (0, 50, "void"),
    }
    assert returned.points_on(date(2026, 6, 7)) == 130


def test_p6_a_part_of_a_debt_comes_back_to_the_newest_payment() -> None:
    club = studio()
    card, _ = run(
        club, chen(club), treated("a"), redeem("r1", points=80), redeem("r2", points=120), undo("a"),
        gift("g1", month=6, day=3, points=150), gift("g2", month=6, day=4, points=100),
    )  # fmt: skip

    returned, outcome = run(club, card, undo("r1", day=5))

    assert lots(returned) == {"a.1": (80, 0, "void"), "g1.1": (30, 120, "open"), "g2.1": (100, 0, "open")}
    assert outcome.earned == 80
    assert returned.owed_points == 0


def lapsing() -> wc.Program:
    return studio(points={"lapse": Lapse(days=90, notice_days=14)})


def test_p8_a_visit_that_earns_nothing_keeps_older_points_for_as_long_again() -> None:
    club = lapsing()
    seen = treated("b", 3, 1, item="talk")
    card, _ = run(club, chen(club), treated("a"), seen)

    assert wc.settle(club, card, at=beijing(5, 30))[0].points_on(date(2026, 5, 30)) == 200
    assert wc.settle(club, card, at=beijing(5, 31))[0].points_on(date(2026, 5, 31)) == 0


def test_p8_the_first_minute_of_the_day_that_counts_is_in_it() -> None:
    club = lapsing()
    midnight = beijing(3, 1, 0)
    sharp = [wc.Event.grant(id=name, at=midnight - ago, points=7) for name, ago in (
        ("in", timedelta()), ("out", timedelta(seconds=1)))]  # fmt: skip
    card = wc.replay(club, chen(club), sharp)
    later = midnight + timedelta(days=90, hours=5)

    spent_card, outcome = run(club, card, wc.Event.redeem(id="r", at=later, points=7))
    settled, _ = wc.settle(club, card, at=later)

    assert (outcome.status, [(one.lot, one.points) for one in spent_card.entries[-1].taken]) == (
        "applied",
        [("in.1", 7)],
    )
    assert lots(settled) == {"in.1": (7, 0, "open"), "out.1": (7, 0, "expired")}


def test_p8_a_measured_quantity_after_the_lapse_does_not_save_the_old_points() -> None:
    rules = (Earn(metric="km", points=1), Earn(metric="item:acupuncture", points=200))
    club = studio(points={"earn": rules, "lapse": Lapse(days=90, notice_days=14)})
    ran = wc.Event.earn(id="run", at=beijing(6, 1), metric="km", quantity=3)

    card, outcome = run(club, chen(club), treated("a"), ran)

    assert lots(card) == {"a.1": (200, 0, "expired"), "run.1": (3, 0, "open")}
    assert (outcome.earned, outcome.balance) == (3, 3)


def test_e2_a_measured_quantity_is_known_again_and_can_be_taken_back() -> None:
    club = studio(points={"earn": (Earn(metric="km", points=2),)})
    ran = wc.Event.earn(id="run", at=beijing(6, 1), metric="km", quantity=3)

    card, _ = run(club, chen(club), ran)
    undone, outcome = run(club, card, undo("run"))

    assert wc.apply(club, card, ran)[1].status == "duplicate"
    assert (lots(undone), outcome.earned) == ({"run.1": (6, 0, "void")}, -6)


def test_p3_an_extension_takes_every_usable_lot_that_ends_sooner_and_no_other() -> None:
    club = studio()
    until = date(2026, 8, 1)
    given = [
        gift("over", points=1, until=date(2026, 5, 1)),
        gift("soon", points=2, until=date(2026, 7, 1)),
        gift("same", points=4, until=until),
        gift("later", points=8, until=date(2026, 9, 1)),
    ]
    more = wc.Event.extend(id="x", at=beijing(6, 1), until=until)

    card, outcome = run(club, chen(club), *given, more)
    undone, _ = run(club, card, undo("x"))

    expected = {"over.1": date(2026, 5, 1), "soon.1": until, "same.1": until, "later.1": date(2026, 9, 1)}
    assert {lot.id: lot.expires for lot in card.lots} == expected
    assert {lot.id: lot.expires for lot in undone.lots} == {**expected, "soon.1": date(2026, 7, 1)}
    assert outcome.status == "applied"


@pytest.mark.parametrize(
    ("target", "until", "reason"),
    [
        ({"lot": "over.1"}, date(2026, 8, 1), "unknown_lot"),
        ({"lot": "soon.1"}, date(2026, 7, 1), "not_longer"),
        ({"lot": "ever.1"}, date(2026, 7, 1), "not_longer"),
        ({"voucher": "tea.1"}, date(2026, 6, 9), "not_longer"),
        ({"voucher": "ever.1"}, date(2026, 6, 9), "not_longer"),
        ({"voucher": "nobody.1"}, date(2026, 6, 9), "unknown_voucher"),
        ({"voucher": "used.1"}, date(2026, 6, 9), "already_redeemed"),
    ],
)
def test_what_cannot_live_longer_says_why(target: dict[str, str], until: date, reason: str) -> None:
    rules = (Earn(metric="item:acupuncture", points=200),)
    club = studio(points={"earn": rules})
    tea, ever = wc.Reward(id="tea", title="Tea", valid_days=8), wc.Reward(id="ever", title="Ever")
    card, _ = run(
        club, chen(club),
        gift("over", points=1, until=date(2026, 5, 1)), gift("soon", points=1, until=date(2026, 7, 1)),
        gift("ever", points=1, reward=ever), gift("used", reward=tea, month=6, day=1),
        redeem("use", voucher="used.1"), gift("tea", reward=tea, month=6, day=1),
    )  # fmt: skip

    after, outcome = wc.apply(club, card, wc.Event.extend(id="x", at=beijing(6, 2), until=until, **target))

    assert (outcome.reason, after) == (reason, card)


def test_a_voucher_lives_a_day_longer_and_an_older_extension_waits_for_the_newer() -> None:
    club = studio()
    tea = wc.Reward(id="tea", title="Tea", valid_days=8)
    card, _ = run(club, chen(club), gift("tea", month=6, day=1, reward=tea))
    assert card.vouchers[0].valid_to == date(2026, 6, 9)

    one, two = (
        wc.Event.extend(id=f"x{day}", at=beijing(6, 2), until=date(2026, 6, day), voucher="tea.1") for day in (10, 11)
    )
    longer, _ = run(club, card, one, two)
    waits, _ = run(club, longer, gift("else", month=6, day=3, points=1))

    assert longer.vouchers[0].valid_to == date(2026, 6, 11)
    assert wc.apply(club, waits, undo("x10"))[1].reason == "not_reversible"
    assert run(club, waits, undo("x11"), undo("x10"))[0].vouchers == card.vouchers


# Redemptions.


def test_a_reward_of_the_catalogue_handed_over_is_a_voucher_of_the_catalogue() -> None:
    club = studio()
    card, outcome = run(club, chen(club), treated("a"), redeem("r", reward="coupon-10"))

    assert outcome.redeemed is not None
    assert (outcome.redeemed.origin, outcome.redeemed.id, outcome.spent) == ("catalogue", "r.1", 100)
    assert card.entries[-1].vouchers == 1

    undone, told = run(club, card, undo("r"))
    assert [(one.state, one.used) for one in undone.vouchers] == [("revoked", 0)]
    assert (told.earned, [one.id for one in told.revoked]) == (100, ["r.1"])


def test_what_points_bought_and_was_used_since_keeps_the_points() -> None:
    later = wc.Reward(id="later", title="Later", points=100, valid_days=30)
    twice = wc.Reward(id="twice", title="Twice", points=100, uses=2)
    club = studio(points={"catalogue": (later, twice)})
    card, _ = run(club, chen(club), treated("a"), redeem("b1", reward="later"), redeem("b2", reward="twice"))

    once, _ = run(club, card, redeem("u1", voucher="b1.1"), redeem("u2", voucher="b2.1"))

    assert wc.apply(club, card, undo("b1"))[1].status == "applied"
    assert wc.apply(club, card, undo("b2"))[1].status == "applied"
    assert wc.apply(club, once, undo("b1"))[1].reason == "already_spent"
    assert wc.apply(club, once, undo("b2"))[1].reason == "already_spent"


def test_a_reward_that_cannot_be_redeemed_says_which_way() -> None:
    club = studio(welcome=wc.Reward(id="hello", title="Hello", valid_days=3))
    card, _ = run(
        club, chen(club), gift("own", reward=wc.Reward(id="mine", title="Mine")), redeem("u", voucher="own.1")
    )
    reasons = {name: wc.apply(club, card, redeem("r", reward=name))[1].reason for name in ("hello", "mine", "nothing")}

    assert reasons == {"hello": "voucher_expired", "mine": "already_redeemed", "nothing": "unknown_reward"}


def test_a_reward_of_the_programme_that_was_never_issued_has_no_voucher() -> None:
    club = free_cafe()

    assert wc.apply(club, priya(club), wc.Event.redeem(id="r", at=at(10), reward="coffee"))[1].reason == "no_voucher"


def test_v2_a_voucher_is_usable_from_the_very_moment_it_is_issued() -> None:
    club = free_cafe()

    _, outcome = run(club, priya(club, 8), visit("v"), wc.Event.redeem(id="r", at=at(10)))

    assert outcome.status == "applied"


def test_v5_money_is_good_through_its_last_day_or_for_ever() -> None:
    club, ever = gifts(), gifts(gift=Gift(title="Gift voucher", currency="GBP"))
    load = wc.Event.grant(id="load", at=at(9, day=1), money=500)
    pay = wc.Event.redeem(id="pay", at=datetime(2027, 11, 1, 23, tzinfo=at(9).tzinfo), amount=200)

    (card, loaded), (endless, _) = (run(one, wc.join(one, id="SW-1", at=at(8, day=1)), load) for one in (club, ever))
    _, last = run(club, card, pay)
    _, late = run(club, card, replace(pay, at=pay.at + timedelta(hours=2)))
    _, always = run(ever, endless, replace(pay, at=pay.at + timedelta(days=999)))

    assert (loaded.earned, loaded.balance, card.balance_to) == (500, 500, date(2027, 11, 1))
    assert (last.spent, last.balance, late.reason) == (200, 300, "card_expired")
    assert (endless.balance_to, always.status) == (None, "applied")


def test_v5_the_outcome_of_a_reversal_counts_the_money() -> None:
    club = gifts()
    load = wc.Event.grant(id="load", at=at(9), money=500)
    pay = wc.Event.redeem(id="pay", at=at(10), amount=200)
    card, _ = run(club, wc.join(club, id="SW-1", at=at(8)), load, pay)

    def reverse(event: str) -> wc.Event:
        return wc.Event.reverse(id=f"back-{event}", at=at(11), event=event)

    _, paid = run(club, card, reverse("pay"))
    _, spent_already = run(club, card, reverse("load"))
    empty, unloaded = run(club, card, reverse("pay"), reverse("load"))

    assert (paid.earned, paid.balance) == (200, 500)
    assert (spent_already.status, spent_already.reason) == ("refused", "already_spent")
    assert (unloaded.earned, unloaded.balance, empty.loaded) == (-500, 0, 0)


# Grants.


def test_a_grant_of_everything_is_told_and_taken_back_whole() -> None:
    both = Points(earn=(Earn(metric="visit", points=1),))
    club = free_cafe(stamps={"milestones": (Milestone(at=2, reward=OIL),)}, points=both)
    all_of_it = wc.Event.grant(id="g", at=at(9), stamps=2, points=30, reward="coffee")

    card, outcome = run(club, priya(club), all_of_it)
    undone, told = run(club, card, wc.Event.reverse(id="r", at=at(11), event="g"))

    assert [(one.id, one.origin) for one in card.vouchers] == [("g.1", "milestone"), ("g.2", "grant")]
    assert [one.id for one in outcome.issued] == ["g.1", "g.2"]
    assert (outcome.earned, outcome.stamps, card.entries[-1].vouchers) == (30, 2, 2)
    assert "2" in outcome.text
    assert states(undone) == {"g.1": "revoked", "g.2": "revoked"}
    assert (undone.stamps, undone.lots[0].state, told.earned) == (0, "void", -30)


def test_a_granted_reward_alone_is_one_voucher() -> None:
    club = massage(points=Points(earn=()))

    card, outcome = run(club, anna(club), wc.Event.grant(id="g", at=moscow(4, 1), reward="half-hour"))

    assert (card.entries[-1].vouchers, [one.id for one in outcome.issued]) == (1, ["g.1"])


def test_granted_stamps_are_told_with_what_they_paid_of_a_debt() -> None:
    club = free_cafe()
    card, _ = run(
        club, priya(club, 8), visit("a", stamps=3), wc.Event.redeem(id="use", at=at(12)),
        wc.Event.reverse(id="back", at=at(13), event="a"),
    )  # fmt: skip

    _, outcome = run(club, card, wc.Event.grant(id="g", at=at(14), stamps=3))

    assert outcome.earned == 2
    assert outcome.text == "2 stamps added: 2 of 9. 1 stamp went to what was owed."


# Referral.


def friendly(**sides: Any) -> wc.Program:
    return massage(referral=Referral(**{"referrer": 500, "newcomer": 500, **sides}))


def newcomer(program: wc.Program) -> wc.Card:
    return wc.join(program, id="TC-NEW", at=moscow(3, 20), referred_by="TC-OLD")


def told_of(name: str, friend: str = "TC-2", day: int = 5) -> wc.Event:
    return wc.Event.refer(id=name, at=moscow(4, day), friend=friend, event="their-first")


def test_r1_one_replay_pays_once_and_pays_again_after_a_reversal() -> None:
    club = friendly()
    events = [came("a", 4, 1, amount=1), came("b", 4, 2, amount=1), back("a", 4, 3), came("c", 4, 4, amount=1)]

    card = wc.replay(club, newcomer(club), events)

    assert [entry.friend for entry in card.entries] == ["TC-OLD", None, None, "TC-OLD"]
    assert card == run(club, newcomer(club), *events)[0]


def test_r1_taking_another_event_back_pays_nobody_twice() -> None:
    club = friendly()
    events = [came("a", 4, 1, amount=1), spent("b", 4, 2, 1), back("b", 4, 3), came("c", 4, 4, amount=1)]

    card = wc.replay(club, newcomer(club), events)

    assert [entry.friend for entry in card.entries] == ["TC-OLD", None, None, None]


def test_r1_who_has_brought_a_friend_still_qualifies_for_who_brought_them() -> None:
    club = friendly()

    _, outcome = run(club, newcomer(club), told_of("f"), came("a", 4, 6, amount=1))

    assert outcome.referral == ("TC-OLD", "a")


def test_r4_reversing_a_refer_event_reverses_nobody_elses() -> None:
    club = friendly()
    card, _ = run(club, newcomer(club), came("a", 4, 1, amount=10_000), told_of("f"))

    after, first = run(club, card, back("a", 4, 6))
    _, second = run(club, card, back("f", 4, 6))
    _, plain = run(club, anna(club), came("a", 4, 1, amount=1), back("a", 4, 6))

    assert (first.referral_reversed, first.earned) == (("TC-OLD", "a"), -501)
    assert (second.referral_reversed, plain.referral_reversed) == (None, None)
    assert lots(after) == {"a.1": (1, 0, "void"), "a.2": (500, 0, "void"), "f.1": (500, 0, "open")}
    assert [(entry.kind, entry.event) for entry in after.entries] == [
        ("visit", None),
        ("refer", "their-first"),
        ("reverse", "a"),
    ]


def test_r5_a_side_that_gets_nothing_gets_no_lot() -> None:
    club = friendly(referrer=0, newcomer=0)

    card, outcome = run(club, newcomer(club), came("a", 4, 1, amount=1), told_of("f"))

    assert (card.lots, outcome.status, outcome.earned) == ((), "applied", 0)
    assert wc.apply(club, card, told_of("g"))[1].reason == "already_referred"


def test_r4_a_reward_for_the_newcomer_goes_with_the_visit_that_brought_it() -> None:
    rewarded = Referral(referrer=OIL, newcomer=OIL)
    club = free_cafe(referral=rewarded, stamps={"goal": 2})
    card = wc.join(club, id="CK-NEW", at=at(8), referred_by="CK-OLD")
    refer = wc.Event.refer(id="f", at=at(12), friend="CK-2", event="x")

    card, outcome = run(club, card, visit("a", stamps=2, amount=300))
    referred, _ = run(club, card, refer)

    def reverse(event: str) -> wc.Event:
        return wc.Event.reverse(id=f"back-{event}", at=at(13), event=event)

    assert [(one.id, one.origin) for one in outcome.issued] == [("a.1", "goal"), ("a.2", "referral")]
    assert card.entries[-1].vouchers == 2
    assert states(run(club, referred, reverse("a"))[0]) == {"a.1": "revoked", "a.2": "revoked", "f.1": "issued"}
    assert states(run(club, referred, reverse("f"))[0]) == {"a.1": "issued", "a.2": "issued", "f.1": "revoked"}


def test_r4_a_voucher_taken_back_already_is_not_told_again() -> None:
    twice = replace(OIL, uses=1)
    club = free_cafe(referral=Referral(referrer=twice, newcomer=0))
    refer = wc.Event.refer(id="f", at=at(9), friend="CK-2", event="x")
    use = wc.Event.redeem(id="use", at=at(10))

    def reverse(name: str, event: str) -> wc.Event:
        return wc.Event.reverse(id=name, at=at(13), event=event)

    card, outcome = run(club, priya(club), refer, use, reverse("r1", "f"), reverse("r2", "use"))

    assert states(card) == {"f.1": "revoked"}
    assert ([one.id for one in outcome.revoked], outcome.redeemed is not None) == (["f.1"], True)


# Stamps.


def test_s10_expiry_takes_from_the_newest_events_only_what_is_in_the_open_cycle() -> None:
    club = free_cafe(stamps={"goal": 4, "expires": Expiry(kind="cycle", days=5)})
    card = wc.join(club, id="CK-1", at=at(7, day=1))
    events = [visit("a", day=1, stamps=3), visit("b", day=2, stamps=3), visit("c", day=3)]

    settled, outcome = wc.settle(club, wc.replay(club, card, events), at=at(9, day=20))

    assert [(entry.id, entry.stamps) for entry in settled.entries] == [("a", 3), ("b", 1), ("c", 0)]
    assert (settled.stamps, settled.cycle) == (0, 2)
    assert outcome.text == "Expired: 3 coffees."


def test_s10_an_idle_card_ends_after_its_last_stamp_a_new_one_after_its_first() -> None:
    card_of = {}
    for kind in ("cycle", "idle"):
        club = free_cafe(stamps={"expires": Expiry(kind=kind, days=5)})
        card = wc.join(club, id="CK-1", at=at(7, day=1))
        card_of[kind] = wc.replay(club, card, [visit("a", day=1), visit("b", day=4)])
        ended = [wc.settle(club, card_of[kind], at=at(12, day=day))[0].stamps for day in (6, 7, 9, 10)]
        assert ended == ([2, 0, 0, 0] if kind == "cycle" else [2, 2, 2, 0])

    assert card_of["idle"].cycle_from == at(10, day=1)
    assert card_of["idle"].last_stamp == at(10, day=4)


def test_s10_a_cycle_that_an_event_runs_into_begins_with_it() -> None:
    club = free_cafe(stamps={"goal": 2, "expires": Expiry(kind="cycle", days=5)})
    card = wc.join(club, id="CK-1", at=at(7, day=1))

    card = wc.replay(club, card, [visit("a", day=1), visit("b", day=3, stamps=2)])

    assert (card.cycle, card.stamps, card.cycle_from, card.last_stamp) == (2, 1, at(10, day=3), at(10, day=3))


def test_s10_a_cycle_that_is_full_has_no_time() -> None:
    club = free_cafe(stamps={"goal": 2, "expires": Expiry(kind="idle", days=5)})
    card = wc.join(club, id="CK-1", at=at(7, day=1))

    full = wc.replay(club, card, [visit("a", day=1, stamps=2)])
    settled, outcome = wc.settle(club, full, at=at(9, day=30))

    assert (full.cycle_from, full.last_stamp) == (None, None)
    assert (settled.cycle, settled.stamps, outcome.text) == (2, 0, "Nothing has expired.")


def test_s4_stamps_that_stay_below_a_milestone_do_not_give_it_again() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=2, reward=OIL), Milestone(at=9, reward=OIL))})

    card, _ = run(club, priya(club), visit("a", stamps=2), visit("b"), visit("c", stamps=6), visit("d"))

    assert [(one.id, one.origin, one.position, one.cycle) for one in card.vouchers] == [
        ("a.1", "milestone", 2, 1),
        ("c.1", "milestone", 9, 1),
        ("c.2", "goal", 9, 1),
    ]


def test_s11_a_milestone_at_the_goal_stays_while_the_goal_is_reached() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=9, reward=OIL),)})
    card, _ = run(club, priya(club, 8), visit("a"), visit("b"))

    def reverse(event: str) -> wc.Event:
        return wc.Event.reverse(id=f"back-{event}", at=at(13), event=event)

    kept, _ = run(club, card, reverse("b"))
    lost, outcome = run(club, card, reverse("b"), reverse("a"))
    again, _ = run(club, lost, visit("c", 14))

    assert states(kept) == {"a.1": "issued", "a.2": "issued"}
    assert states(lost) == {"a.1": "revoked", "a.2": "revoked"}
    assert [one.id for one in outcome.revoked] == ["a.2", "a.1"]
    assert states(again) == {"a.1": "revoked", "a.2": "revoked", "c.1": "issued", "c.2": "issued"}


def test_s11_a_place_whose_voucher_was_revoked_is_free_again_in_the_same_replay() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=2, reward=OIL),)})
    undo_a = wc.Event.reverse(id="back", at=at(13), event="a")

    card = wc.replay(club, priya(club), [visit("a", stamps=2), undo_a, visit("b", 14, stamps=2)])

    assert states(card) == {"a.1": "revoked", "b.1": "issued"}


def test_g1_the_rules_are_kept_once_for_as_long_as_they_are_the_same() -> None:
    old, new = free_cafe(stamps={"goal": 2}), free_cafe(stamps={"goal": 3})
    card, _ = run(old, priya(old), visit("a", stamps=5))

    changed, _ = run(new, card, visit("b"), visit("c", stamps=3), visit("d"))

    assert [(one.since, one.goal) for one in card.rules] == [(1, 2)]
    assert [(one.since, one.goal) for one in changed.rules] == [(1, 2), (4, 3)]
    assert (changed.cycle, changed.stamps) == (5, 1)


def test_g1_a_debt_reopens_cycles_by_the_goals_that_they_had() -> None:
    old, new = free_cafe(stamps={"goal": 2}), free_cafe(stamps={"goal": 3})
    card, _ = run(old, priya(old), visit("a", stamps=2), visit("b"))
    card, _ = run(new, card, visit("c"), visit("d", stamps=2))
    assert (card.cycle, card.stamps, card.goal) == (3, 2, 3)

    def reverse(event: str) -> wc.Event:
        return wc.Event.reverse(id=f"back-{event}", at=at(13), event=event)

    assert [(one.cycle, one.stamps, one.goal) for one in (run(new, card, reverse("d"), reverse("c"))[0],)] == [
        (2, 1, 2)
    ]
    used, _ = run(new, card, wc.Event.redeem(id="u", at=at(12), voucher="c.1"), reverse("d"), reverse("c"))
    assert (used.cycle, used.stamps, used.owed_stamps) == (3, 0, 1)


def test_g1_a_programme_that_gets_stamps_begins_with_its_open_cycle() -> None:
    points = Points(earn=(Earn(metric="visit", points=1),))
    before = replace(free_cafe(points=points), stamps=None)
    after = free_cafe(points=points)
    card, _ = run(before, wc.join(before, id="CK-1", at=at(8)), visit("a"))

    gone, _ = run(after, card, visit("b", 11, stamps=2))
    kept, outcome = run(before, gone, visit("c", 12))

    assert (card.rules, [(one.since, one.goal) for one in gone.rules], gone.stamps) == ((), [(1, 9)], 2)
    assert (kept.stamps, outcome.status, gone.rules[0].reward) == (2, "applied", COFFEE)


def test_s11_a_reversal_is_remembered_with_what_it_took_back() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club), visit("a"), wc.Event.reverse(id="back", at=at(13), event="a"))

    assert (card.entries[-1].event, card.entries[-2].reversed_by) == ("a", "back")
    assert wc.apply(club, card, wc.Event.reverse(id="more", at=at(13), event="back"))[1].reason == "not_reversible"
    assert outcome.earned == -1


def test_a_close_cannot_be_taken_back_even_by_name() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), wc.Event.close(id="end", at=at(12), reason="left"))

    assert card.entries[-1].kind == "close"
    assert wc.apply(club, card, wc.Event.reverse(id="r", at=at(13), event="end"))[1].reason == "card_closed"


# Where one rule meets another.


def undone(event: str) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=at(13), event=event)


def test_stamps_and_money_go_where_there_are_some() -> None:
    club = studio()

    assert wc.apply(club, chen(club), gift("g", stamps=1))[1].reason == "no_stamps"
    assert wc.apply(club, chen(club), gift("g", stamps=0, points=1))[1].status == "applied"


def test_v5_a_load_does_not_bring_money_that_has_ended_back_to_life() -> None:
    club, ever = gifts(), gifts(gift=Gift(title="Gift voucher", currency="GBP"))
    load = wc.Event.grant(id="a", at=at(9, day=1), money=500)
    card, _ = run(club, wc.join(club, id="SW-1", at=at(8, day=1)), load)
    endless, _ = run(ever, wc.join(ever, id="SW-1", at=at(8, day=1)), load)
    empty, _ = run(club, card, wc.Event.redeem(id="all", at=at(10, day=2), amount=500))

    def again(day: int) -> wc.Event:
        return wc.Event.grant(id="b", at=at(9, day=day).replace(year=2027), money=100)

    assert wc.apply(club, card, again(1))[1].status == "applied"
    assert wc.apply(club, card, again(2))[1].reason == "card_expired"
    assert wc.apply(club, empty, again(2))[1].status == "applied"
    assert wc.apply(ever, endless, again(2))[1].status == "applied"


def test_v5_a_longer_voucher_says_nothing_of_the_balance() -> None:
    club = gifts()
    tea = wc.Reward(id="tea", title="Tea", valid_days=900)
    events = [
        wc.Event.grant(id="a", at=at(9, day=1), money=500),
        wc.Event.grant(id="tea", at=at(9, day=2), reward=tea),
        wc.Event.extend(id="x", at=at(9, day=3), until=date(2030, 1, 1), voucher="tea.1"),
        wc.Event.grant(id="b", at=at(9, day=4), money=500),
        wc.Event.reverse(id="back", at=at(9, day=5), event="b"),
    ]

    card = wc.replay(club, wc.join(club, id="SW-1", at=at(8, day=1)), events)

    assert (card.balance, card.balance_to) == (500, date(2027, 11, 1))
    assert [one.id for entry in card.entries for one in entry.was_until] == ["balance", "voucher:tea.1", "balance"]


def test_t3_settling_at_an_earlier_day_forgets_no_visit() -> None:
    club = massage(tier_window_months=1)
    card = wc.replay(club, anna(club), sessions(5, month=8))

    assert wc.settle(club, card, at=moscow(6, 1))[0].tier == "silver"


def test_a_perk_taken_back_with_its_level_comes_again_with_it() -> None:
    club = massage()
    lost = wc.replay(club, anna(club), [*sessions(15), back("s15", 4, 16)])

    card, outcome = run(club, lost, came("again", 4, 17))

    assert (states(lost)["monthly-gold-2026-04"], states(card)["monthly-gold-2026-04"]) == ("revoked", "issued")
    assert [one.valid_from for one in outcome.issued] == [moscow(4, 17, 0)]


def test_a_late_event_brings_no_perk_of_its_month() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15, month=8))

    late, outcome = run(club, card, wc.Event.grant(id="late", at=moscow(7, 30), points=1))
    same, _ = run(club, card, wc.Event.grant(id="same", at=moscow(9, 1), points=1))

    assert (outcome.issued, list(states(late))[1:]) == ((), ["monthly-gold-2026-08"])
    assert list(states(same))[1:] == ["monthly-gold-2026-08", "monthly-gold-2026-09"]


def test_a_perk_that_is_redeemed_as_it_comes_is_not_told_of_twice() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))

    _, outcome = run(club, card, wc.Event.redeem(id="r", at=moscow(5, 3), reward="half-hour"))
    _, other = run(club, card, wc.Event.redeem(id="r", at=moscow(5, 3), voucher="monthly-gold-2026-05"))

    assert [outcome.issued, other.issued] == [(), ()]
    assert outcome.redeemed == other.redeemed


def test_a_redemption_of_another_voucher_tells_of_the_perk() -> None:
    club = massage()
    card = wc.replay(club, anna(club), [*sessions(15), wc.Event.grant(id="g", at=moscow(4, 20), reward=OIL)])

    _, outcome = run(club, card, wc.Event.redeem(id="r", at=moscow(5, 3), reward="oil"))

    assert [one.id for one in outcome.issued] == ["monthly-gold-2026-05"]


def test_p5_the_till_says_what_went_to_a_debt() -> None:
    club = studio(locale="en-GB")
    card, _ = run(club, chen(club), treated("a"), redeem("r", points=150), undo("a"))

    _, earned = run(club, card, treated("b", month=6, day=3))
    _, referred = run(club, card, wc.Event.refer(id="f", at=beijing(6, 4), friend="HA-2", event="first"))

    assert earned.text == referred.text == "50 points earned, balance 50. 150 points went to what was owed."


def test_p6_points_back_pay_what_is_still_owed_before_payments_come_back() -> None:
    club = studio()
    card, _ = run(
        club, chen(club), treated("a"), redeem("r1", points=80), redeem("r2", points=120), undo("a"),
        gift("g1", month=6, day=3, points=150),
    )  # fmt: skip

    returned, _ = run(club, card, undo("r1", day=5))

    assert (card.owed_points, returned.owed_points) == (50, 0)
    assert lots(returned) == {"a.1": (80, 0, "void"), "g1.1": (30, 120, "open")}


def test_p8_what_was_taken_back_does_not_lapse() -> None:
    club = lapsing()
    card, _ = run(club, chen(club), treated("a"), undo("a", month=1, day=11), gift("b", points=5))

    settled, outcome = wc.settle(club, card, at=beijing(6, 1))

    assert (lots(settled)["a.1"][2], lots(settled)["b.1"][2], outcome.expired_points) == ("void", "expired", 5)


def test_p8_what_a_reversal_gives_back_to_a_lapsed_lot_has_lapsed_with_it() -> None:
    club = lapsing()
    card, _ = run(club, chen(club), treated("a"), redeem("r", month=2, points=200))

    settled, _ = wc.settle(club, card, at=beijing(6, 1))
    returned, _ = run(club, settled, undo("r"))

    assert lots(returned) == {"a.1": (200, 0, "expired")}


def test_s11_what_is_left_of_a_grant_used_in_part_goes_with_it() -> None:
    club = free_cafe()
    grant, use = wc.Event.grant(id="g", at=at(9), reward=replace(OIL, uses=3)), wc.Event.redeem(id="use", at=at(10))

    card, outcome = run(club, priya(club), grant, use, undone("g"))
    unused, _ = run(club, card, undone("use"))

    assert [(one.state, one.used) for one in card.vouchers] == [("revoked", 1)]
    assert [one.id for one in outcome.revoked] == ["g.1"]
    assert [(one.state, one.used) for one in unused.vouchers] == [("revoked", 0)]


def test_s11_a_grant_used_in_part_twice_stays_gone_when_one_use_is_taken_back() -> None:
    club = free_cafe()
    uses = [wc.Event.redeem(id=name, at=at(10)) for name in ("u1", "u2")]
    grant = wc.Event.grant(id="g", at=at(9), reward=replace(OIL, uses=3))

    card, _ = run(club, priya(club), grant, *uses, undone("g"), undone("u1"))

    assert [(one.state, one.used) for one in card.vouchers] == [("revoked", 1)]


def test_s11_a_use_taken_back_revokes_a_milestone_that_other_stamps_no_longer_reach() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),)})
    use = wc.Event.redeem(id="use", at=at(11))

    card, _ = run(club, priya(club), visit("a", stamps=2), visit("b"), use, undone("a"), undone("use"))

    assert (card.stamps, states(card)) == (1, {"b.1": "revoked"})


def test_v1_a_welcome_taken_back_from_its_use_is_there_again() -> None:
    club = free_cafe(welcome=OIL)

    card, outcome = run(club, priya(club), wc.Event.redeem(id="use", at=at(10)), undone("use"))

    assert (states(card), outcome.revoked) == ({"join.1": "issued"}, ())


def test_s10_stamps_of_a_late_event_that_ended_before_the_open_cycle_began_count_for_nothing() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="cycle", days=5)})
    card, _ = run(club, wc.join(club, id="CK-1", at=at(7, day=1)), visit("now", day=20))

    late, outcome = run(club, card, visit("late", day=14))
    just, _ = run(club, card, visit("late", day=15))

    assert (late.stamps, outcome.status, outcome.earned, outcome.issued) == (1, "applied", 0, ())
    assert outcome.text == "Noted: 1 of 9."
    assert just.stamps == 2


def test_s11_the_goal_that_reopens_is_that_of_its_own_cycle() -> None:
    old, new = free_cafe(stamps={"goal": 2}), free_cafe(stamps={"goal": 3})
    card, _ = run(old, priya(old), visit("a", stamps=2), visit("b", stamps=2))
    card, _ = run(new, card, visit("c", stamps=3), visit("d"))

    lower, outcome = run(new, card, undone("a"), undone("b"))

    assert [(one.since, one.goal) for one in lower.rules] == [(1, 2)]
    assert (lower.cycle, lower.stamps, [one.id for one in outcome.revoked]) == (3, 0, ["c.1"])


def test_s11_a_milestone_of_a_reopened_cycle_is_reached_again_only_once() -> None:
    club = free_cafe(stamps={"goal": 4, "milestones": (Milestone(at=2, reward=OIL),)})
    card, _ = run(club, priya(club), visit("a", stamps=3), visit("b", stamps=2))

    lower, outcome = run(club, card, undone("b"))
    again, _ = run(club, lower, visit("c", 14, stamps=3))

    assert (lower.cycle, lower.stamps, states(lower)) == (1, 3, {"a.1": "issued", "b.1": "revoked"})
    assert [one.id for one in outcome.revoked] == ["b.1"]
    assert states(again) == {"a.1": "issued", "b.1": "revoked", "c.1": "issued", "c.2": "issued"}


def test_a_perk_taken_back_while_a_lower_level_was_held_comes_again_when_that_ends() -> None:
    club = massage()
    lower = wc.Event.grant(id="low", at=moscow(4, 16), tier="silver", until=date(2026, 4, 20))
    given = wc.Event.grant(id="given", at=moscow(4, 17), points=5)
    card = wc.replay(club, anna(club), [*sessions(15), lower, given, back("given", 4, 18)])

    held, nothing = wc.settle(club, card, at=moscow(4, 20))
    settled, outcome = wc.settle(club, card, at=moscow(4, 21))

    assert (states(held)["monthly-gold-2026-04"], nothing.issued) == ("revoked", ())
    assert (states(settled)["monthly-gold-2026-04"], settled.held) == ("issued", None)
    assert [(one.id, one.valid_from) for one in outcome.issued] == [("monthly-gold-2026-04", moscow(4, 21, 0))]
    assert outcome.expired == ()
    assert wc.settle(club, settled, at=moscow(4, 22))[1].issued == ()


def level_ids(found: Iterable[Notice]) -> list[str]:
    return [one.id for one in found if one.key == "tier_up"]


def test_t3_a_level_reached_again_is_told_again_and_otherwise_once() -> None:
    club = massage(tier_window_months=1)
    card, first = run(club, anna(club), *sessions(5))
    known = wc.due(club, wc.apply(club, card, came("more", 4, 6))[0], at=moscow(4, 6))
    fallen, _ = wc.settle(club, card, at=moscow(7, 1))

    risen, second = run(club, fallen, *[came(f"t{n}", 7, n) for n in range(1, 6)])

    assert level_ids(first.notices) == level_ids(known) == ["tier:silver:s5"]
    assert level_ids(wc.due(club, fallen, at=moscow(7, 1))) == []
    assert level_ids(second.notices) == level_ids(wc.due(club, risen, at=moscow(7, 6))) == ["tier:silver:t5"]


def test_t4_taking_back_what_reached_a_level_that_is_kept_tells_nothing_new() -> None:
    club = massage()
    card, outcome = run(club, anna(club), *sessions(6), back("s5"))

    assert (card.tier, level_ids(outcome.notices)) == ("silver", [])
    assert level_ids(wc.due(club, card, at=moscow(12, 1))) == ["tier:silver:s5"]


def test_t1_a_level_that_comes_back_when_a_lower_one_ends_is_not_told_again() -> None:
    club = massage()
    lower = wc.Event.grant(id="low", at=moscow(4, 16), tier="silver", until=date(2026, 4, 20))
    card, granted = run(club, anna(club), *sessions(15), lower)

    _, after = run(club, card, came("more", 4, 21))

    assert (level_ids(granted.notices), level_ids(after.notices)) == ([], [])
    assert level_ids(wc.due(club, card, at=moscow(4, 21))) == ["tier:gold:s15"]


def test_t1_a_granted_level_that_has_ended_hides_no_promotion() -> None:
    club = massage()
    granted = wc.Event.grant(id="high", at=moscow(3, 2), tier="platinum", until=date(2026, 3, 3))

    _, outcome = run(club, anna(club), granted, *sessions(5))

    assert level_ids(outcome.notices) == ["tier:silver:s5"]


def test_t1_a_level_that_no_event_brought_is_told_by_its_name() -> None:
    club = massage(tiers=(Tier(id="guest", name="Guest", min_sessions=0), replace(BASE, min_sessions=1)))
    card, _ = run(massage(), anna(massage()), came("a", 4, 1))

    assert level_ids(wc.due(club, card, at=moscow(4, 1))) == ["tier:base"]


def test_r1_who_paid_before_there_was_a_rule_is_no_newcomer_any_more() -> None:
    before, club = massage(referral=None), massage()
    card = wc.join(before, id="TC-2", at=moscow(3, 20), referred_by="TC-9W4H6R")
    paid, _ = run(before, card, came("free", 3, 25), came("old", 4, 1, amount=100))
    unpaid, _ = run(before, card, came("free", 3, 25))

    assert run(club, paid, came("new", 4, 2, amount=100))[1].referral is None
    assert run(club, unpaid, came("new", 4, 2, amount=100))[1].referral == ("TC-9W4H6R", "new")
    assert run(club, paid, back("old", 4, 2), came("new", 4, 3, amount=100))[1].referral == ("TC-9W4H6R", "new")


def test_r1_a_replay_knows_again_who_paid_before_there_was_a_rule() -> None:
    before, club = massage(referral=None), massage()
    card = wc.join(before, id="TC-2", at=moscow(3, 20), referred_by="TC-9W4H6R")
    card, _ = run(before, card, came("old", 4, 1, amount=100))

    again = wc.replay(
        club, card, [came("a", 4, 2, amount=100), back("old", 4, 3), came("b", 4, 4, amount=100), back("a", 4, 5)]
    )

    assert [(one.id, one.friend) for one in again.entries if one.friend] == []
    assert run(club, again, back("b", 4, 6), came("c", 4, 7, amount=1))[1].referral == ("TC-9W4H6R", "c")


def test_an_extension_waits_only_for_newer_ones_of_the_same_thing() -> None:
    club = studio()
    card, _ = run(
        club, chen(club), gift("a", points=5), gift("b", points=5), gift("tea", reward=replace(OIL, id="tea"))
    )
    until = date(2028, 1, 1)
    extensions = [
        wc.Event.extend(id="xa", at=beijing(1, 11), until=until, lot="a.1"),
        wc.Event.extend(id="xb", at=beijing(1, 12), until=until, lot="b.1"),
        wc.Event.extend(id="tea-x", at=beijing(1, 13), until=until, voucher="tea.1"),
    ]
    longer, _ = run(club, card, *extensions)

    back_a, outcome = run(club, longer, undo("xa"))
    every, _ = run(club, longer, wc.Event.extend(id="all", at=beijing(1, 14), until=date(2029, 1, 1)))

    assert outcome.status == "applied"
    assert [lot.expires for lot in back_a.lots] == [date(2027, 1, 10), until]
    assert wc.apply(club, every, undo("xa"))[1].reason == "not_reversible"
    assert wc.apply(club, every, undo("tea-x"))[1].status == "applied"


@pytest.mark.parametrize("until", [date(2026, 6, 1), date(2027, 1, 10)])
def test_an_extension_to_an_earlier_day_or_the_same_is_refused_and_changes_nothing(until: date) -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", points=5), gift("tea", reward=replace(OIL, valid_days=365)))

    for target in ({"lot": "a.1"}, {"voucher": "tea.1"}, {}):
        after, outcome = run(club, card, wc.Event.extend(id="x", at=beijing(1, 11), until=until, **target))
        assert (after, outcome.reason) == (card, "not_longer")
        assert outcome.text


def test_s11_a_close_is_not_reversible_on_a_card_that_was_opened_again_by_hand() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), wc.Event.close(id="end", at=at(12), reason="moved away"))

    assert wc.apply(club, replace(card, state="active"), undone("end"))[1].reason == "not_reversible"


def test_e3_a_refused_reversal_leaves_no_trace_in_a_replay() -> None:
    club = gifts()
    start = wc.join(club, id="SW-1", at=at(8, day=1))
    load = wc.Event.grant(id="a", at=at(9, day=1), money=500)
    pay = wc.Event.redeem(id="pay", at=at(10, day=1), amount=100)

    assert wc.replay(club, start, [load, pay, undone("a")]) == wc.replay(club, start, [load, pay])


def test_s10_a_granted_stamp_that_comes_too_late_counts_for_nothing_and_the_rest_of_the_grant_does() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="cycle", days=5)})
    card, _ = run(club, wc.join(club, id="CK-1", at=at(7, day=1)), visit("now", day=20))

    late, outcome = run(club, card, wc.Event.grant(id="late", at=at(10, day=14), stamps=2, reward=OIL))

    assert (late.stamps, outcome.earned, list(states(late))) == (1, 0, ["late.1"])


def test_s10_whether_a_late_stamp_had_ended_is_judged_by_the_rules_of_the_open_cycle() -> None:
    lasting, ending = free_cafe(stamps={"goal": 1}), free_cafe(stamps={"expires": Expiry(kind="cycle", days=5)})
    first, _ = run(lasting, wc.join(lasting, id="CK-1", at=at(7, day=1)), visit("a", day=2))
    first, _ = run(ending, first, visit("b", day=3))
    card, _ = run(ending, first, visit("now", day=20))

    assert [one.expires for one in card.rules] == [None, Expiry(kind="cycle", days=5)]
    assert run(ending, card, visit("late", day=14))[0].stamps == 1
    assert wc.settle(ending, card, at=at(12, day=25))[0].stamps == 1
    assert wc.settle(ending, card, at=at(12, day=26))[0].stamps == 0
    assert run(ending, card, visit("more", day=21), undone("more"))[0].cycle_from == at(10, day=20)


def test_s11_a_milestone_of_a_later_cycle_goes_when_an_earlier_one_is_open_again_though_its_stamps_had_ended() -> None:
    rule = {"goal": 4, "milestones": (Milestone(at=3, reward=OIL),), "expires": Expiry(kind="cycle", days=2)}
    club = free_cafe(stamps=rule)
    card, _ = run(
        club, wc.join(club, id="CK-1", at=at(7, day=1)), visit("a", day=2, stamps=4), visit("b", day=3, stamps=3)
    )
    ended, _ = wc.settle(club, card, at=at(12, day=9))

    lower, outcome = run(club, ended, wc.Event.reverse(id="back", at=at(12, day=10), event="a"))

    assert (ended.cycle, ended.stamps, states(ended)["b.1"]) == (2, 0, "issued")
    assert (lower.cycle, lower.stamps) == (1, 0)
    assert [one.id for one in outcome.revoked] == ["b.1", "a.2", "a.1"]


def test_s10_stamps_that_do_not_end_have_no_time_after_a_reversal_either() -> None:
    club = free_cafe()

    card, _ = run(club, priya(club), visit("a"), visit("b"), undone("b"))

    assert (card.stamps, card.cycle_from, card.last_stamp) == (1, None, None)


def test_v5_what_is_no_money_is_given_though_the_money_has_ended() -> None:
    club = gifts()
    load = wc.Event.grant(id="a", at=at(9, day=1), money=500)
    tea = wc.Event.grant(id="tea", at=at(9, day=2).replace(year=2027), reward=OIL)

    _, outcome = run(club, wc.join(club, id="SW-1", at=at(8, day=1)), load, tea)

    assert [one.id for one in outcome.issued] == ["tea.1"]


def test_s11_a_cycle_reopens_with_the_goal_of_the_rules_before_it_not_of_the_first() -> None:
    old, new = free_cafe(stamps={"goal": 2}), free_cafe(stamps={"goal": 3})
    card, _ = run(old, priya(old), visit("a"))
    card, _ = run(new, card, visit("b"), visit("c", stamps=3), visit("d"))

    lower, _ = run(new, card, undone("d"), undone("c"))

    assert [(one.since, one.goal) for one in card.rules] == [(1, 2), (2, 3)]
    assert (lower.cycle, lower.stamps) == (2, 0)
    assert run(new, card, visit("e"), undone("c"))[0].stamps == 2


def test_g1_a_card_keeps_the_goal_it_was_joined_with_before_its_first_stamp() -> None:
    club = free_cafe()
    card = priya(club)

    later, _ = run(free_cafe(stamps={"goal": 12}), card, visit("a"))

    assert (card.goal, later.goal) == (9, 9)


def test_p2_the_last_point_of_a_lot_can_be_spent() -> None:
    club = studio()

    card, outcome = run(club, chen(club), gift("a", points=3), redeem("r", points=2), redeem("s", points=1))

    assert (outcome.spent, outcome.balance, lots(card)) == (1, 0, {"a.1": (0, 0, "open")})


def test_t1_a_level_that_comes_back_with_a_reversal_is_not_told_again() -> None:
    club = massage()
    lower = wc.Event.grant(id="low", at=moscow(4, 16), tier="silver", until=date(2026, 12, 31))

    card, outcome = run(club, anna(club), *sessions(15), lower, back("low", 4, 17))

    assert (outcome.tier, level_ids(outcome.notices)) == ("gold", [])
    assert level_ids(wc.due(club, card, at=moscow(4, 17))) == ["tier:gold:s15"]


def test_t3_lower_thresholds_promote_with_the_next_event_and_neither_in_settle_nor_with_a_reversal() -> None:
    strict, kind = massage(), by_spend()
    card, _ = run(strict, anna(strict), *sessions(4), wc.Event.purchase(id="p", at=moscow(4, 5), amount=1_000))
    other, _ = run(kind, card, wc.Event.grant(id="g", at=moscow(4, 6), points=1), back("g", 4, 7))

    assert wc.settle(kind, card, at=moscow(4, 6))[0].tier == "base"
    assert other.tier == "base"
    assert run(kind, card, came("next", 4, 8))[0].tier == "gold"


def test_t4_a_voucher_whose_id_looks_like_a_perks_is_not_taken_back_with_a_level() -> None:
    club = massage()
    given = wc.Event.grant(id="goldabcdef", at=moscow(4, 2), reward=OIL)

    card, _ = run(club, anna(club), given, came("a", 4, 3), back("a", 4, 4))

    assert states(card)["goldabcdef.1"] == "issued"


def test_s11_every_milestone_that_one_event_gave_goes_with_it_though_its_stamps_had_ended() -> None:
    steps = tuple(Milestone(at=place, reward=OIL) for place in (1, 2, 3))
    club = free_cafe(stamps={"milestones": steps, "expires": Expiry(kind="cycle", days=2)})
    card, _ = run(club, wc.join(club, id="CK-1", at=at(7, day=1)), visit("a", day=2, stamps=3))
    ended, _ = wc.settle(club, card, at=at(12, day=9))

    lower, outcome = run(club, ended, wc.Event.reverse(id="back", at=at(12, day=10), event="a"))

    assert set(states(lower).values()) == {"revoked"}
    assert [one.id for one in outcome.revoked] == ["a.3", "a.2", "a.1"]


def test_t1_a_level_that_the_programme_lost_gives_way_to_the_one_that_is_reached() -> None:
    club = massage()
    lost = replace(anna(club), tier="bronze")

    assert run(club, lost, came("a", 4, 1))[0].tier == "base"
    assert wc.replay(club, lost, sessions(5)).tier == "silver"
    assert wc.settle(club, lost, at=moscow(4, 1))[0].tier == "bronze"


def test_v5_a_load_without_an_end_makes_the_money_endless() -> None:
    club, ever = gifts(), gifts(gift=Gift(title="Gift voucher", currency="GBP"))
    loads = [wc.Event.grant(id=name, at=at(9, day=1), money=500) for name in ("a", "b")]
    card, _ = run(club, wc.join(club, id="SW-1", at=at(8, day=1)), loads[0])

    assert run(ever, card, loads[1])[0].balance_to is None


def perk_ids(card: wc.Card) -> list[str]:
    return [one.id for one in card.vouchers if one.origin == "monthly"]


def test_t1_a_granted_level_that_the_programme_lost_hides_none() -> None:
    club = massage()
    card = replace(wc.replay(club, anna(club), sessions(15)), held=HeldTier(tier="bronze", until=None))

    assert perk_ids(wc.settle(club, card, at=moscow(5, 1))[0]) == ["monthly-gold-2026-04", "monthly-gold-2026-05"]


def test_t1_a_level_that_the_programme_lost_has_the_first_ones_perk() -> None:
    club = massage(tiers=(replace(BASE, monthly=MONTHLY), Tier(id="gold", name="Gold", min_sessions=5)))
    card = replace(anna(massage()), tier="bronze")

    assert perk_ids(wc.settle(club, card, at=moscow(5, 1))[0]) == ["monthly-base-2026-05"]


def test_t6_a_level_that_the_programme_lost_has_none_above() -> None:
    assert next_tier(massage(), Tier(id="bronze", name="Bronze")) is None


def test_benefits_of_a_membership_need_a_rule_and_a_day_in_its_time() -> None:
    club, day = massage(), date(2026, 5, 1)
    held = replace(anna(club), membership=Period(first=date(2026, 4, 1), last=day))

    assert membership_holds(club, held, day, 0, 0)
    assert not membership_holds(club, held, date(2026, 5, 2), 0, 0)
    assert not membership_holds(club, anna(club), day, 0, 0)
    assert not membership_holds(massage(membership=None), held, day, 0, 0)
    assert not membership_holds(massage(membership=None), anna(club), day, 0, 0)


def test_s11_a_stamp_that_paid_a_debt_and_came_free_again_expires_with_the_rest() -> None:
    club = free_cafe(stamps={"goal": 2, "expires": Expiry(kind="idle", days=5)})
    use = wc.Event.redeem(id="use", at=at(11))
    card, _ = run(club, wc.join(club, id="CK-1", at=at(8, day=1)), visit("a", day=1, stamps=2), use)
    card, _ = run(club, card, undone("a"), visit("b", 14), undone("use"))

    settled, _ = wc.settle(club, card, at=at(9, day=28))
    back, _ = run(club, settled, wc.Event.reverse(id="back-b", at=at(10, day=28), event="b"))

    assert (card.stamps, card.owed_stamps) == (1, 0)
    assert (settled.stamps, back.stamps, back.owed_stamps) == (0, 0, 0)
