"""The invariants of points, P1 to P8, each by its name; and the numbers of the therapy studio."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.businesses import CATALOGUE, beijing, chen, studio
from tests.cards import cafe, run

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Earn, Lapse, Points


def visit(name: str, *items: str, month: int = 1, day: int = 10, **more: Any) -> wc.Event:
    return wc.Event.visit(id=name, at=beijing(month, day), items=items, **more)


def gift(name: str, points: int, *, month: int = 1, day: int = 10, until: date | None = None) -> wc.Event:
    return wc.Event.grant(id=name, at=beijing(month, day), points=points, until=until)


def redeem(name: str, *, month: int = 6, day: int = 1, **target: Any) -> wc.Event:
    return wc.Event.redeem(id=name, at=beijing(month, day), **target)


def reverse(name: str, event: str, *, month: int = 6, day: int = 2) -> wc.Event:
    return wc.Event.reverse(id=name, at=beijing(month, day), event=event)


def lots(card: wc.Card) -> dict[str, tuple[int, str]]:
    return {lot.id: (lot.left, lot.state) for lot in card.lots}


def test_points_come_by_treatment() -> None:
    club = studio()

    card, outcome = run(club, chen(club), visit("a", "acupuncture", "moxibustion", "moxibustion"))

    assert (outcome.earned, outcome.balance) == (400, 400)
    assert [(lot.points, lot.source, lot.expires) for lot in card.lots] == [
        (200, "item:acupuncture", date(2027, 1, 10)),
        (200, "item:moxibustion", date(2027, 1, 10)),
    ]


def test_p1_the_balance_is_what_is_left_of_unexpired_lots() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 60, until=date(2026, 5, 31)), gift("b", 40))

    assert card.points_on(date(2026, 5, 31)) == 100
    assert card.points_on(date(2026, 6, 1)) == 40


def test_p2_what_expires_first_is_spent_first_whenever_it_was_earned() -> None:
    club = studio()
    card, _ = run(
        club, chen(club),
        gift("forever-ish", 300, month=1, until=date(2027, 1, 1)),
        gift("later", 500, month=2, until=date(2026, 12, 31)),
        gift("soon", 100, month=3, until=date(2026, 7, 1)),
    )  # fmt: skip

    card, outcome = run(club, card, redeem("r", points=550))

    assert lots(card) == {"forever-ish.1": (300, "open"), "later.1": (50, "open"), "soon.1": (0, "open")}
    assert (outcome.spent, outcome.balance) == (550, 350)


def test_p2_ties_go_by_earning_time_then_id_and_lots_without_an_end_last() -> None:
    club = studio(points={"earn": (Earn(metric="visit", points=1),)})
    same = date(2026, 12, 31)
    card, _ = run(
        club, chen(club),
        gift("never", 10), gift("z", 10, until=same),
        gift("b", 10, day=11, until=same), gift("a", 10, day=11, until=same),
    )  # fmt: skip

    spent = []
    for number in range(4):
        before = lots(card)
        card, _ = run(club, card, redeem(f"r{number}", points=10))
        spent += [name for name, state in lots(card).items() if state != before[name]]

    assert spent == ["z.1", "a.1", "b.1", "never.1"]


@pytest.mark.parametrize(
    ("life", "last"),
    [
        ({"valid_months": 12}, date(2027, 1, 31)),
        ({"valid_months": 1}, date(2026, 2, 28)),
        ({"valid_months": 25}, date(2028, 2, 29)),
        ({"valid_days": 30}, date(2026, 3, 2)),
        ({}, None),
    ],
)
def test_p3_a_life_is_calendar_months_clamped_or_days(life: dict[str, int], last: date | None) -> None:
    club = studio(points={"earn": (Earn(metric="visit", points=10, **life),)})

    card, _ = run(club, chen(club), visit("a", day=31))

    assert card.lots[0].expires == last


def test_p3_a_lot_is_usable_through_the_end_of_its_last_local_day() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 6, 1)))

    last = wc.Event.redeem(id="r", at=beijing(6, 1, 23), points=100)
    over = wc.Event.redeem(id="r", at=beijing(6, 2, 0), points=100)

    assert wc.apply(club, card, last)[1].status == "applied"
    assert wc.apply(club, card, over)[1].reason == "insufficient"


def test_p4_the_pack_bonus_stands_in_the_same_lot() -> None:
    club = studio()

    card, outcome = run(club, chen(club), visit("a", "moxibustion-pack10"))

    assert (outcome.earned, [(lot.points, lot.left) for lot in card.lots]) == (1200, [(1200, 1200)])


def test_p4_a_bonus_is_rounded_down_once() -> None:
    assert Earn(metric="km", points=3, bonus_percent=50).gives(1) == 4
    assert Earn(metric="km", points=3, bonus_percent=50).gives(3) == 13


def test_p5_a_reversed_earning_takes_its_unspent_part_and_the_rest_is_owed() -> None:
    club = studio()
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150), reverse("x", "a"))

    assert (card.points_on(date(2026, 6, 2)), card.owed_points) == (0, 150)


def test_p5_what_is_owed_is_taken_from_the_next_earnings_and_never_shown() -> None:
    club = studio()
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150), reverse("x", "a"))

    card, first = run(club, card, visit("b", "moxibustion", month=6, day=3))
    card, second = run(club, card, visit("c", "moxibustion", month=6, day=4))

    assert (first.earned, first.balance, second.earned, second.balance) == (0, 0, 50, 50)
    assert card.owed_points == 0


def test_p5_the_till_hears_of_a_debt_when_it_is_made_and_the_outcome_names_it_until_it_is_paid() -> None:
    club = studio(locale="en")
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150))

    card, made = run(club, card, reverse("x", "a"))
    card, paying = run(club, card, visit("b", "moxibustion", month=6, day=3))
    _, paid = run(club, card, visit("c", "moxibustion", month=6, day=4))

    assert made.text == "Taken back. 150 points are owed, to come off the next earned."
    assert [one.owed_points for one in (made, paying, paid)] == [150, 50, 0]
    assert ["owed points" in one._repr_html_() for one in (made, paying, paid)] == [True, True, False]


def test_p5_a_reversal_that_leaves_no_debt_names_none() -> None:
    club = studio(locale="en")

    _, outcome = run(club, chen(club), visit("a", "acupuncture"), reverse("x", "a"))

    assert (outcome.text, outcome.owed_points) == ("Taken back.", 0)


def test_p5_a_voucher_bought_with_points_that_were_taken_back_stays_ready() -> None:
    bath = wc.Reward(id="bath", title="足浴包", points=200, valid_days=30)
    club = studio(points={"catalogue": (bath,)})
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", reward="bath"), reverse("x", "a"))
    assert ([one.state for one in card.vouchers], card.owed_points) == (["issued"], 200)

    card, outcome = run(club, card, reverse("y", "r"))

    assert ([one.state for one in card.vouchers], outcome.owed_points) == (["revoked"], 0)


def test_p5_reversing_what_paid_a_debt_brings_the_debt_back() -> None:
    club = studio()
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150), reverse("x", "a"))

    card, _ = run(club, card, visit("b", "acupuncture", month=6, day=3), reverse("y", "b", day=4))

    assert (card.points_on(date(2026, 6, 4)), card.owed_points) == (0, 150)


def test_p6_a_reversed_redemption_restores_the_same_lots_with_their_life() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 7, 1)), gift("b", 300))
    before = card.lots

    card, outcome = run(club, card, redeem("r", points=250), reverse("x", "r"))

    assert card.lots == before
    assert outcome.balance == 400


def test_p6_points_of_a_lot_that_has_expired_meanwhile_come_back_expired() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 7, 1)), redeem("r", points=60))
    settled, _ = wc.settle(club, card, at=beijing(8, 1))

    card, outcome = run(club, settled, reverse("x", "r", month=8, day=2))

    assert outcome.balance == 0
    assert lots(card) == {"a.1": (100, "expired")}


def test_p6_points_of_a_lot_that_was_taken_back_pay_the_debt_that_left() -> None:
    club = studio()
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150), reverse("x", "a"))

    card, _ = run(club, card, reverse("y", "r", day=3))

    assert (card.points_on(date(2026, 6, 3)), card.owed_points) == (0, 0)


def test_p6_what_a_later_earning_paid_of_the_debt_comes_back_too() -> None:
    club = studio()
    card, _ = run(club, chen(club), visit("a", "acupuncture"), redeem("r", points=150), reverse("x", "a"))
    card, _ = run(club, card, visit("b", "acupuncture", month=6, day=3))

    card, _ = run(club, card, reverse("y", "r", day=4))

    assert (card.points_on(date(2026, 6, 4)), card.owed_points) == (200, 0)


def test_p7_cashback_is_computed_on_the_part_paid_in_money() -> None:
    club = studio(points={"earn": (Earn(metric="amount", per=100, percent=10),)})

    _, outcome = run(club, chen(club), wc.Event.purchase(id="a", at=beijing(1, 10), amount=123_45))

    assert outcome.earned == 12


def test_p8_inactivity_needs_a_notice_in_advance() -> None:
    with pytest.raises(TypeError):
        Lapse(days=365)  # type: ignore[call-arg]
    for notice in (0, 365):
        with pytest.raises(InvalidCardError) as refused:
            Lapse(days=365, notice_days=notice)
        assert refused.value.where == "lapse.notice_days"


def test_p8_points_end_after_so_many_days_without_a_visit() -> None:
    club = studio(points={"lapse": Lapse(days=90, notice_days=14)})
    card, _ = run(club, chen(club), visit("a", "acupuncture", month=1, day=10))

    kept, _ = wc.settle(club, card, at=beijing(4, 10))
    gone, outcome = wc.settle(club, card, at=beijing(4, 11))

    assert kept.points_on(date(2026, 4, 10)) == 200
    assert (gone.points_on(date(2026, 4, 11)), outcome.expired_points) == (0, 200)


def test_p8_a_visit_after_the_lapse_does_not_save_the_old_points() -> None:
    club = studio(points={"lapse": Lapse(days=90, notice_days=14)})
    card, _ = run(club, chen(club), visit("a", "acupuncture", month=1, day=10))

    _, spent = run(club, card, redeem("r", month=4, day=11, points=100))
    card, outcome = run(club, card, visit("b", "moxibustion", month=4, day=11))

    assert (spent.reason, outcome.balance) == ("insufficient", 100)
    assert lots(card) == {"a.1": (200, "expired"), "b.1": (100, "open")}


def test_e5_a_late_event_never_brings_back_an_expired_lot() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 6, 30)))
    settled, outcome = wc.settle(club, card, at=beijing(7, 1))

    late, refused = wc.apply(club, settled, redeem("r", month=6, day=29, points=50))
    earned, applied = wc.apply(club, late, visit("b", "acupuncture", month=6, day=29))

    assert (outcome.expired_points, outcome.text) == (100, "已过期:100分。")
    assert (refused.reason, applied.status, applied.earned) == ("insufficient", "applied", 200)
    assert earned.points_on(date(2026, 7, 1)) == 200


@pytest.mark.parametrize("reward", CATALOGUE, ids=lambda reward: reward.id)
def test_every_item_of_the_catalogue_costs_its_price(reward: wc.Reward) -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 1000))

    card, outcome = run(club, card, redeem("r", reward=reward.id))

    assert (outcome.spent, outcome.balance) == (reward.points, 1000 - (reward.points or 0))
    assert outcome.redeemed is not None
    assert (outcome.redeemed.reward, outcome.redeemed.state) == (reward, "redeemed")


def test_what_points_bought_for_later_becomes_a_voucher() -> None:
    coupon = wc.Reward(id="coupon", kind="amount", value=1000, title="10元优惠券", points=100, valid_days=30)
    club = studio(points={"catalogue": (coupon,)})
    card, _ = run(club, chen(club), gift("a", 150))

    card, bought = run(club, card, redeem("r", reward="coupon"))
    used_card, used = run(club, card, redeem("u", reward="coupon", day=15))

    assert ([one.state for one in bought.issued], bought.balance) == (["issued"], 50)
    assert used.redeemed is not None
    assert (used.redeemed.state, used.balance) == ("redeemed", 50)
    assert wc.apply(club, used_card, reverse("x", "r", day=20))[1].reason == "already_spent"


def test_reversing_a_purchase_from_the_catalogue_revokes_what_it_bought() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 400))

    card, outcome = run(club, card, redeem("r", reward="head-massage"), reverse("x", "r"))

    assert (outcome.balance, [one.state for one in card.vouchers]) == (400, ["revoked"])


def test_out_of_reach_is_refused_and_changes_nothing() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 799))

    after, outcome = wc.apply(club, card, redeem("r", reward="lumbar"))

    assert (outcome.reason, outcome.balance, after) == ("insufficient", 799, card)


def test_extending_a_lot_gives_it_another_month() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 6, 30)), gift("b", 50, until=date(2026, 12, 31)))

    longer = wc.Event.extend(id="e", at=beijing(6, 1), until=date(2026, 7, 31), lot="a.1")
    extended, outcome = run(club, card, longer)
    back, _ = run(club, extended, reverse("x", "e"))

    assert outcome.status == "applied"
    assert extended.points_on(date(2026, 7, 31)) == 150
    assert back.lots == card.lots


@pytest.mark.parametrize(
    ("target", "until", "reason"),
    [
        ({"lot": "nobody.1"}, date(2027, 1, 1), "unknown_lot"),
        ({"lot": "a.1"}, date(2026, 6, 30), "not_longer"),
        ({"voucher": "a.1"}, date(2027, 1, 1), "unknown_voucher"),
        ({}, date(2026, 6, 30), "not_longer"),
    ],
)
def test_what_cannot_be_extended_says_why(target: dict[str, str], until: date, reason: str) -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 100, until=date(2026, 6, 30)))

    _, outcome = run(club, card, wc.Event.extend(id="e", at=beijing(6, 1), until=until, **target))

    assert (outcome.status, outcome.reason) == ("refused", reason)


def test_the_till_hears_what_was_earned_and_what_is_within_reach() -> None:
    club = studio()
    card, _ = run(club, chen(club), gift("a", 560))

    _, outcome = run(club, card, visit("b", "acupuncture"))

    assert outcome.text == "本次获得200分,余额760分。现在可兑换:保健枕。"
    assert [one.id for one in outcome.unlocked] == ["pillow"]
    assert [one.id for one in outcome.affordable] == ["coupon-10", "foot-bath", "head-massage", "coupon-50", "pillow"]


def test_event_points_and_the_streak_are_grants() -> None:
    club = studio()

    card, _ = run(club, chen(club), gift("lecture-1", 50), gift("lecture-2", 150), gift("streak", 500))

    assert card.points_on(date(2026, 1, 11)) == 700
    assert {lot.expires for lot in card.lots} == {date(2027, 1, 10)}


def test_points_by_any_metric() -> None:
    club = studio(points={"earn": (Earn(metric="km", per=5, points=2),)})

    _, outcome = run(club, chen(club), wc.Event.earn(id="k", at=beijing(1, 10), metric="km", quantity=23))

    assert outcome.earned == 8


def test_other_metrics_are_not_limited_and_feed_nothing_else() -> None:
    rules = (Earn(metric="km", points=1), Earn(metric="visit", points=100))
    club = studio(points={"earn": rules}, limits=wc.Limits(max_per_day=1))
    stream = [wc.Event.earn(id=f"k{n}", at=beijing(1, 10), metric="km", quantity=1) for n in range(3)]

    _, outcome = run(club, chen(club), visit("v"), *stream)

    assert (outcome.status, outcome.balance) == ("applied", 103)


def test_a_programme_without_points_refuses_them() -> None:
    club = cafe()
    card = wc.join(club, id="C1", at=beijing(1, 1))

    assert wc.apply(club, card, gift("a", 5))[1].reason == "no_points"
    assert wc.apply(club, card, redeem("r", points=5))[1].reason == "no_points"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"metric": "visit"}, "earn.gives"),
        ({"metric": "visit", "points": 1, "percent": 1}, "earn.gives"),
        ({"metric": "two words", "points": 1}, "earn.metric"),
        ({"metric": "km", "points": 1, "per": 0}, "number.range"),
        ({"metric": "km", "points": 1, "valid_days": 1, "valid_months": 1}, "earn.life"),
        ({"metric": "km", "points": 1.5}, "number.type"),
    ],
)
def test_a_wrong_earn_rule_is_refused(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        Earn(**wrong)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"earn": (Earn(metric="km", stamps=1),)}, "earn.gives"),
        ({"earn": ("km",)}, "list.entry"),
        ({"earn": (), "catalogue": (wc.Reward(id="a", title="A"),)}, "reward.price"),
        ({"earn": (), "catalogue": (CATALOGUE[0], CATALOGUE[0])}, "reward.duplicate"),
        ({"earn": (), "lapse": 365}, "lapse.type"),
    ],
)
def test_a_wrong_points_rule_is_refused(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        Points(**wrong)

    assert refused.value.code == code


def test_acceptance_card_5_4() -> None:
    """The checks of the therapy studio, one after the other."""
    club = studio()
    card, _ = run(club, chen(club), visit("pack", "moxibustion-pack10", month=2, day=10))
    assert [(lot.points, lot.expires) for lot in card.lots] == [(1200, date(2027, 2, 10))]
    card, _ = run(club, card, redeem("lumbar", reward="lumbar", month=3))
    card, _ = run(club, card, gift("lecture", 60, month=5, day=16), visit("moxa", "moxibustion", month=11, day=8))
    assert [(lot.left, lot.expires) for lot in card.lots] == [
        (400, date(2027, 2, 10)),
        (60, date(2027, 5, 16)),
        (100, date(2027, 11, 8)),
    ]

    redeemed, outcome = run(club, card, redeem("head", reward="head-massage", month=11, day=21))
    assert (redeemed.lots[0].left, outcome.balance) == (100, 260)

    back, outcome = run(club, redeemed, reverse("x", "head", month=11, day=22))
    assert (back.lots, outcome.balance) == (card.lots, 560)

    _, outcome = run(club, card, visit("needle", "acupuncture", month=11, day=21))
    assert (outcome.balance, len(outcome.affordable)) == (760, 5)

    after = beijing(2, 10, year=2027) + timedelta(days=1)
    settled, outcome = wc.settle(club, card, at=after)
    assert (outcome.expired_points, outcome.balance, settled.lots[0].state) == (400, 160, "expired")
