"""Memberships, packs, gift vouchers and stamps that end: V5, V6, S10, and what time closes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.businesses import anna, gifts, massage, moscow, sessions
from tests.cards import at, free_cafe, priya, run

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.loyalty._activity import Activity
from walletcard.loyalty._standing import membership_holds
from walletcard.model import Earn, Expiry, Gift, Membership, Period, Tier


def renew(name: str, month: int, day: int, until: date | None = None, year: int = 2026) -> wc.Event:
    return wc.Event.renew(id=name, at=moscow(month, day, year=year), until=until)


def test_an_annual_pass_ends_the_day_before() -> None:
    club = massage()

    card, outcome = run(club, anna(club), renew("pass", 3, 15))

    assert card.membership == Period(first=date(2026, 3, 15), last=date(2027, 3, 14))
    assert outcome.text == "Абонемент до 14.03.2027."


def test_a_renewal_goes_on_from_the_end() -> None:
    club = massage()

    card, _ = run(club, anna(club), renew("one", 3, 15), renew("two", 12, 1))

    assert card.membership == Period(first=date(2026, 3, 15), last=date(2028, 3, 14))


def test_a_renewal_after_the_end_starts_anew() -> None:
    club = massage()

    card, _ = run(club, anna(club), renew("one", 3, 15), renew("two", 5, 1, year=2027))

    assert card.membership == Period(first=date(2027, 5, 1), last=date(2028, 4, 30))


def test_a_renewal_that_ends_no_later_is_refused() -> None:
    club = massage()
    card, _ = run(club, anna(club), renew("one", 3, 15))

    assert wc.apply(club, card, renew("two", 4, 1, until=date(2027, 3, 14)))[1].reason == "not_longer"
    assert wc.apply(club, anna(club), renew("two", 4, 1, until=date(2026, 3, 31)))[1].reason == "not_longer"


@pytest.mark.parametrize("until", [date.max, date(9999, 6, 1)])
def test_a_membership_for_ever_is_renewed_to_the_last_day_there_is_or_not_at_all(until: date) -> None:
    club = massage()
    card, _ = wc.apply(club, anna(club), wc.Event.renew(id="for-ever", at=moscow(3, 15), until=until))

    card, outcome = wc.apply(club, card, wc.Event.renew(id="again", at=moscow(4, 15)))

    assert outcome.reason == ("not_longer" if until == date.max else None)
    assert card.membership is not None
    assert card.membership.last >= date.max - timedelta(days=1)


def test_reversing_a_renewal_brings_the_time_before_back() -> None:
    club = massage()
    card, _ = run(club, anna(club), renew("one", 3, 15), renew("two", 4, 1))
    back = wc.Event.reverse(id="x", at=moscow(4, 2), event="two")

    first = wc.Event.reverse(id="y", at=moscow(4, 2), event="one")

    assert run(club, card, back)[0].membership == Period(first=date(2026, 3, 15), last=date(2027, 3, 14))
    assert wc.apply(club, card, first)[1].reason == "not_reversible"


def test_settling_closes_a_membership_that_is_over() -> None:
    club = massage()
    card, _ = run(club, anna(club), renew("one", 3, 15))

    assert wc.settle(club, card, at=moscow(3, 14, 23, year=2027))[0].membership is not None
    assert wc.settle(club, card, at=moscow(3, 15, 0, year=2027))[0].membership is None


def test_cashback_of_ten_per_cent_on_an_annual_pass() -> None:
    club = massage()
    bought = wc.Event.earn(id="pass", at=moscow(3, 15), metric="pass_price", quantity=3_600_000)

    card, outcome = run(club, anna(club), bought)

    assert (outcome.earned, card.lots[0].expires) == (3_600, date(2027, 3, 15))


@pytest.mark.parametrize(
    ("visits", "day", "holds"),
    [
        (0, date(2026, 4, 20), True),  # The first month always holds.
        (0, date(2026, 5, 20), False),
        (2, date(2026, 5, 20), True),  # Two in April carry May.
        (1, date(2026, 5, 20), False),
        (2, date(2026, 6, 20), False),
        (2, date(2027, 5, 20), False),  # Over.
    ],
)
def test_benefits_hold_while_their_condition_does(visits: int, day: date, holds: bool) -> None:
    club = massage(membership=Membership(title="Абонемент", months=12, min_visits_per_month=2))
    card = wc.replay(club, anna(club), [renew("pass", 4, 1), *sessions(visits)])
    used = Activity(club, card.entries)
    before = day.replace(day=1) - timedelta(days=1)

    found = membership_holds(
        club, card, day, used.sessions_in(before.replace(day=1), before), used.sessions_in(day.replace(day=1), day)
    )

    assert found is holds


def test_a_programme_without_memberships_refuses_them() -> None:
    club = massage(membership=None)

    assert run(club, anna(club), renew("one", 3, 15))[1].reason == "no_membership"


def test_a_pack_is_counted_down() -> None:
    pack = wc.Reward(id="ten", title="10 massages", uses=10)
    club = massage(pack=pack)
    card, _ = run(club, anna(club), wc.Event.grant(id="sold", at=moscow(4, 1), reward="ten"))

    for number in range(3):
        card, outcome = run(club, card, wc.Event.redeem(id=f"u{number}", at=moscow(4, 2 + number), reward="ten"))

    assert outcome.redeemed is not None
    assert outcome.redeemed.uses_left == 7
    assert "7 из 10" in outcome.text


def test_a_pack_of_one_is_none() -> None:
    with pytest.raises(InvalidCardError) as refused:
        massage(pack=wc.Reward(id="one", title="One massage"))

    assert refused.value.code == "pack.uses"


def gift_card(club: wc.Program, money: int = 6000) -> wc.Card:
    card = wc.join(club, id="SW-8H2K4V", member="Emma", sender="Daniel", message="An hour of quiet", at=at(9))
    return run(club, card, wc.Event.grant(id="sale", at=at(9), money=money))[0]


def pay(name: str, amount: int, *, year: int = 2026) -> wc.Event:
    return wc.Event.redeem(id=name, at=at(10).replace(year=year), amount=amount)


def test_v5_a_gift_vouchers_balance_falls_by_what_is_paid() -> None:
    club = gifts()

    card, outcome = run(club, gift_card(club), pay("a", 4500))

    assert (card.balance, card.loaded, card.balance_to) == (1500, 6000, date(2027, 11, 21))
    assert (outcome.spent, outcome.balance) == (4500, 1500)
    assert outcome.text == "£45.00 paid with the card, balance £15.00."
    assert [notice.text for notice in outcome.notices] == ["Voucher balance: £15.00"]


def test_v5_more_than_the_balance_is_refused() -> None:
    club = gifts()
    card, _ = run(club, gift_card(club), pay("a", 4500))

    after, outcome = wc.apply(club, card, pay("b", 2000))

    assert (outcome.reason, after) == ("insufficient", card)


def test_v5_nothing_left_is_zero_and_stays() -> None:
    club = gifts()

    card, outcome = run(club, gift_card(club), pay("a", 4500), pay("b", 1500))

    assert (card.balance, outcome.balance) == (0, 0)
    assert wc.apply(club, card, pay("c", 1))[1].reason == "insufficient"


@pytest.mark.parametrize("amount", [0, -5, 1.5, True])
def test_v5_only_positive_whole_amounts(amount: Any) -> None:
    with pytest.raises(InvalidCardError):
        pay("a", amount)


def test_v5_after_its_last_day_it_is_refused_and_the_money_is_kept() -> None:
    club = gifts()
    late = wc.Event.redeem(id="a", at=datetime(2027, 11, 22, 0, 30, tzinfo=UTC), amount=100)

    card, outcome = run(club, gift_card(club), late)

    assert (outcome.reason, card.balance) == ("card_expired", 6000)


def test_v5_a_payment_without_an_amount_is_told_what_is_missing() -> None:
    club = gifts()
    card = gift_card(club)

    after, outcome = wc.apply(club, card, wc.Event.redeem(id="a", at=at(10)))

    assert (outcome.reason, outcome.balance, after) == ("no_amount", 6000, card)
    assert outcome.text == "An amount is needed; the balance is £60.00."
    ended = wc.Event.redeem(id="b", at=datetime(2027, 11, 22, 0, 30, tzinfo=UTC))
    assert wc.apply(club, card, ended)[1].reason == "card_expired"
    assert wc.apply(club, card, wc.Event.redeem(id="c", at=at(10), reward="tea"))[1].reason == "unknown_reward"


def test_v5_a_gift_vouchers_reward_is_used_before_an_amount_is_asked_for() -> None:
    club = gifts(welcome=wc.Reward(id="tea", title="Tea"))
    card = gift_card(club)

    card, used = wc.apply(club, card, wc.Event.redeem(id="a", at=at(10)))

    assert (used.status, used.redeemed is not None) == ("applied", True)
    assert wc.apply(club, card, wc.Event.redeem(id="b", at=at(11)))[1].reason == "no_amount"


def test_v5_reversals_of_payments_and_loads() -> None:
    club = gifts()
    card, _ = run(club, gift_card(club), pay("a", 4500))

    def back(event: str) -> wc.Event:
        return wc.Event.reverse(id=f"back-{event}", at=at(12), event=event)

    paid_back, outcome = run(club, card, back("a"))
    unloaded, _ = run(club, paid_back, back("sale"))

    assert (paid_back.balance, outcome.earned) == (6000, 4500)
    assert (unloaded.balance, unloaded.loaded, unloaded.balance_to) == (0, 0, None)
    assert wc.apply(club, card, back("sale"))[1].reason == "already_spent"


def test_v5_money_goes_onto_gift_vouchers_alone() -> None:
    club = free_cafe()
    load = wc.Event.grant(id="a", at=at(9), money=500)

    assert wc.apply(club, priya(club), load)[1].reason == "no_balance"
    assert wc.apply(club, priya(club), pay("b", 5))[1].reason == "no_balance"


def test_v6_stackable_is_carried_to_the_outcome() -> None:
    club = free_cafe()
    voucher = wc.Reward(id="extra", title="Extra shot", stackable=True)

    _, outcome = run(club, priya(club), wc.Event.grant(id="a", at=at(9), reward=voucher))

    assert outcome.issued[0].reward.stackable


def test_a_gift_programme_is_nothing_else() -> None:
    with pytest.raises(InvalidCardError) as refused:
        massage(gift=Gift(title="Gift", currency="RUB"))

    assert refused.value.code == "program.gift"


def visit(name: str, day: int, stamps: int = 1) -> wc.Event:
    return wc.Event.visit(id=name, at=at(10, day=day), stamps=stamps)


def test_s10_stamps_end_some_days_after_the_cycles_first() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="cycle", days=5)})
    card, _ = run(club, priya(club), visit("a", 1), visit("b", 4))

    kept, _ = wc.settle(club, card, at=at(23, day=6))
    gone, outcome = wc.settle(club, card, at=at(0, day=7))

    assert (kept.stamps, gone.stamps, gone.cycle) == (2, 0, 1)
    assert outcome.text == "Expired: 2 coffees."


def test_s10_stamps_end_some_days_after_the_last() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="idle", days=5)})
    card, _ = run(club, priya(club), visit("a", 1), visit("b", 4))

    assert wc.settle(club, card, at=at(23, day=9))[0].stamps == 2
    assert wc.settle(club, card, at=at(0, day=10))[0].stamps == 0


def test_s10_a_visit_after_the_end_starts_from_nothing_though_nobody_settled() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="idle", days=5)})

    card, outcome = run(club, priya(club), visit("a", 1, 3), visit("b", 10))

    assert (card.stamps, outcome.text) == (1, "Stamp added: 1 of 9.")


def test_s10_issued_vouchers_stay() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="idle", days=5)})
    card, _ = run(club, priya(club), visit("a", 1, 11))

    gone, _ = wc.settle(club, card, at=at(0, day=10))

    assert (gone.stamps, [voucher.state for voucher in gone.vouchers]) == (0, ["issued"])


def test_s10_reversing_what_has_ended_takes_nothing_back() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="idle", days=5)})
    card, _ = run(club, priya(club), visit("a", 1, 3), visit("b", 10, 2))

    card, _ = run(club, card, wc.Event.reverse(id="x", at=at(11, day=10), event="a"))

    assert (card.stamps, card.owed_stamps) == (2, 0)


def test_s10_after_a_reversal_the_time_runs_from_the_stamps_that_are_left() -> None:
    club = free_cafe(stamps={"expires": Expiry(kind="idle", days=5)})
    card, _ = run(club, priya(club), visit("a", 1), visit("b", 4))

    card, _ = run(club, card, wc.Event.reverse(id="x", at=at(11, day=4), event="b"))

    assert card.last_stamp == at(10, day=1)
    assert wc.settle(club, card, at=at(0, day=7))[0].stamps == 0


def test_s10_a_new_cycle_has_a_time_of_its_own() -> None:
    club = free_cafe(stamps={"goal": 3, "expires": Expiry(kind="cycle", days=5)})

    card, _ = run(club, priya(club), visit("a", 1, 2), visit("b", 4, 2))

    assert (card.stamps, card.cycle, card.cycle_from) == (1, 2, at(10, day=4))


def test_stamps_for_amounts() -> None:
    rules = (Earn(metric="amount", per=1000, stamps=1), Earn(metric="item:cake", stamps=2))
    club = free_cafe(stamps={"earn": rules})

    card, _ = run(club, priya(club), wc.Event.purchase(id="a", at=at(9), amount=3999, items=("cake", "tea")))
    card, outcome = run(club, card, wc.Event.visit(id="b", at=at(10), amount=1000))

    assert (card.stamps, outcome.earned) == (7, 2)


def test_tiers_alone_make_a_programme() -> None:
    club = massage(points=None, referral=None, membership=None, welcome=None)

    assert wc.replay(club, anna(club), sessions(5)).tier == "silver"
    assert Tier(id="a", name="A").reached_by(0, 0)
