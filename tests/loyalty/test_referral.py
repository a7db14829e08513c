"""The invariants of referral, R1 to R5, each by its name."""

from datetime import date
from typing import Any

import pytest
from tests.businesses import anna, beijing, chen, massage, moscow, studio
from tests.cards import run

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Referral


def paid(name: str, month: int = 4, day: int = 1, amount: int = 300_000) -> wc.Event:
    return wc.Event.visit(id=name, at=moscow(month, day), amount=amount)


def friend(program: wc.Program, card_id: str = "TC-FRIEND") -> wc.Card:
    return wc.join(program, id=card_id, at=moscow(3, 20), referred_by="TC-9W4H6R")


def refer(name: str, friend_id: str = "TC-FRIEND", month: int = 4, day: int = 1) -> wc.Event:
    return wc.Event.refer(id=name, at=moscow(month, day), friend=friend_id, event="first")


def reverse(event: str, day: int = 5) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=moscow(4, day), event=event)


def from_referral(card: wc.Card) -> list[tuple[int, str]]:
    return [(lot.left, lot.state) for lot in card.lots if lot.source == "referral"]


def test_r1_the_first_paid_event_qualifies_and_pays_the_newcomer() -> None:
    club = massage()
    free = wc.Event.visit(id="free", at=moscow(3, 25), amount=0)

    card, unpaid = run(club, friend(club), free)
    card, outcome = run(club, card, paid("first"))

    assert unpaid.referral is None
    assert outcome.referral == ("TC-9W4H6R", "first")
    assert from_referral(card) == [(500, "open")]
    assert outcome.earned == 500 + 30


def test_r1_only_the_first_one() -> None:
    club = massage()

    card, outcome = run(club, friend(club), paid("first"), paid("second", day=2))

    assert outcome.referral is None
    assert from_referral(card) == [(500, "open")]


def test_r1_a_purchase_qualifies_too() -> None:
    club = massage()

    _, outcome = run(club, friend(club), wc.Event.purchase(id="first", at=moscow(4, 1), amount=100))

    assert outcome.referral == ("TC-9W4H6R", "first")


def test_r1_after_a_reversal_the_next_paid_event_is_the_first_that_stands() -> None:
    club = massage()

    card, outcome = run(club, friend(club), paid("first"), reverse("first"), paid("second", day=9))

    assert outcome.referral == ("TC-9W4H6R", "second")
    assert from_referral(card) == [(500, "void"), (500, "open")]


def test_r1_who_was_brought_by_nobody_pays_nobody() -> None:
    club = massage()

    assert run(club, anna(club), paid("first"))[1].referral is None


def test_r2_nobody_brings_themselves() -> None:
    club = massage()

    with pytest.raises(InvalidCardError) as refused:
        wc.join(club, id="TC-1", at=moscow(3, 1), referred_by="TC-1")
    _, outcome = run(club, anna(club), refer("f", friend_id="TC-9W4H6R"))

    assert refused.value.code == "referral.self"
    assert outcome.reason == "own_referral"


def test_r2_the_same_friend_pays_once() -> None:
    club = massage()

    _, outcome = run(club, anna(club), refer("f"), refer("f2"))

    assert outcome.reason == "already_referred"


def test_r3_the_eleventh_friend_of_a_month_does_not_pay_the_referrer() -> None:
    club = massage()
    ten = [refer(f"f{n}", friend_id=f"TC-{n}", month=11, day=n) for n in range(1, 11)]
    card, outcome = run(club, anna(club), *ten)

    refused = wc.apply(club, card, refer("f11", friend_id="TC-11", month=11, day=30))[1]
    december = wc.apply(club, card, refer("f12", friend_id="TC-12", month=12, day=1))[1]
    newcomer = run(club, friend(club, "TC-11"), paid("first", month=11, day=30))[1]

    assert (outcome.balance, outcome.text) == (5000, "Начислено 500 баллов, баланс 5\u00a0000.")
    assert (refused.reason, december.status) == ("referral_cap", "applied")
    assert newcomer.earned == 530


def test_r3_a_reversed_referral_frees_its_place() -> None:
    club = massage(referral=Referral(referrer=500, newcomer=500, cap_per_month=1))

    _, outcome = run(club, anna(club), refer("f"), reverse("f"), refer("g", friend_id="TC-2", day=6))

    assert outcome.status == "applied"


def test_r3_the_month_is_the_local_one() -> None:
    club = massage(referral=Referral(referrer=500, newcomer=500, cap_per_month=1))
    late = wc.Event.refer(id="f", at=moscow(4, 30, 23), friend="TC-1", event="a")
    early = wc.Event.refer(id="g", at=moscow(5, 1, 1), friend="TC-2", event="b")

    assert run(club, anna(club), late, early)[1].status == "applied"


def test_r4_reversing_the_qualifying_event_takes_both_sides_back() -> None:
    club = massage()
    newcomer, outcome = run(club, friend(club), paid("first"), reverse("first"))
    referrer, _ = run(club, anna(club), refer("f"), reverse("f"))

    assert outcome.referral_reversed == ("TC-9W4H6R", "first")
    assert from_referral(newcomer) == [(500, "void")]
    assert from_referral(referrer) == [(500, "void")]


def test_r4_what_was_spent_of_it_is_owed() -> None:
    club = massage()
    spend = wc.Event.redeem(id="r", at=moscow(4, 2), points=200)

    card, _ = run(club, anna(club), refer("f"), spend, reverse("f"))

    assert card.owed_points == 200


def test_r5_each_side_has_its_own_amount_kind_and_life() -> None:
    fifteen = wc.Reward(id="fifteen", kind="percent", value=15, title="Скидка 15 %", valid_days=30)
    club = massage(referral=Referral(referrer=500, newcomer=fifteen, valid_days=60))

    newcomer, outcome = run(club, friend(club), paid("first"))
    referrer, _ = run(club, anna(club), refer("f"))

    assert [(one.reward.id, one.valid_to) for one in outcome.issued] == [("fifteen", date(2026, 5, 1))]
    assert from_referral(newcomer) == []
    assert [lot.expires for lot in referrer.lots] == [date(2026, 5, 31)]


def test_r5_fifteen_per_cent_on_both_sides() -> None:
    fifteen = wc.Reward(id="fifteen", kind="percent", value=15, title="Скидка 15 %", valid_days=30)
    club = massage(referral=Referral(referrer=fifteen, newcomer=fifteen))

    newcomer, _ = run(club, friend(club), paid("first"))
    referrer, outcome = run(club, anna(club), refer("f"))
    taken, _ = run(club, newcomer, reverse("first"))

    assert [one.origin for one in newcomer.vouchers] == ["welcome", "referral"]
    assert [one.origin for one in outcome.issued] == ["referral"]
    assert [one.state for one in taken.vouchers] == ["issued", "revoked"]
    assert referrer.owed_points == 0


def test_the_studio_pays_200_and_100() -> None:
    club = studio()
    newcomer = wc.join(club, id="HA-NEW", at=beijing(2, 1), referred_by="HA-2M7T5C")

    newcomer, first = run(
        club, newcomer, wc.Event.visit(id="first", at=beijing(2, 2), amount=20_000, items=("moxibustion",))
    )
    _, credited = run(club, chen(club), wc.Event.refer(id="f", at=beijing(2, 2), friend="HA-NEW", event="first"))

    assert (first.earned, credited.earned) == (200, 200)
    assert {lot.expires for lot in newcomer.lots} == {date(2027, 2, 2)}


def test_without_a_referral_rule_nothing_is_paid() -> None:
    club = massage(referral=None)

    assert run(club, friend(club), paid("first"))[1].referral is None
    assert run(club, anna(club), refer("f"))[1].reason == "no_referral"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"referral": Referral(referrer=5, newcomer=0), "points": None}, "referral.points"),
        ({"referral": 500}, "program.part"),
    ],
)
def test_a_wrong_referral_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        massage(**changes)

    assert refused.value.code == code
