"""What random streams have found, each as the few events that it takes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.businesses import anna, beijing, chen, gifts, massage, moscow, sessions, studio
from tests.cards import COFFEE, at, free_cafe, run

import walletcard as wc
from walletcard.model import Expiry, HeldTier, Lapse, Milestone, Tier

OIL = wc.Reward(id="oil", title="Warm oil", uses=3)


def joined(program: wc.Program) -> wc.Card:
    return wc.join(program, id="CK-1", at=at(7, day=1))


def visit(name: str, stamps: int = 1, *, day: int = 1) -> wc.Event:
    return wc.Event.visit(id=name, at=at(10, day=day), stamps=stamps)


def reverse(event: str, *, day: int = 30) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=at(20, day=day), event=event)


def ladder(**stamps: Any) -> wc.Program:
    return free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),), **stamps})


def ending(**stamps: Any) -> wc.Program:
    return ladder(expires=Expiry(kind="cycle", days=5), **stamps)


def states(card: wc.Card) -> list[tuple[str, str]]:
    return [(voucher.id, voucher.state) for voucher in card.vouchers]


def test_e6_an_extension_refused_for_its_lot_does_not_extend_its_voucher() -> None:
    club = studio()
    reward = wc.Reward(id="tea", title="Tea", valid_days=9)
    grant = wc.Event.grant(id="g", at=beijing(1, 10), reward=reward)
    both = wc.Event.extend(id="x", at=beijing(1, 11), until=date(2026, 3, 1), voucher="g.1", lot="none.1")

    card = wc.replay(club, chen(club), [grant, both])

    assert wc.apply(club, card, both)[1].reason == "unknown_lot"
    assert [voucher.valid_to for voucher in card.vouchers] == [date(2026, 1, 19)]


def test_an_extension_of_a_voucher_and_a_lot_extends_both_and_is_taken_back_from_both() -> None:
    club = studio()
    reward = wc.Reward(id="tea", title="Tea", valid_days=9)
    grant = wc.Event.grant(id="g", at=beijing(1, 10), reward=reward, points=50, until=date(2026, 1, 20))
    until = date(2026, 3, 1)
    both = wc.Event.extend(id="x", at=beijing(1, 11), until=until, voucher="g.1", lot="g.1")

    card, _ = run(club, chen(club), grant, both)
    back, _ = run(club, card, wc.Event.reverse(id="r", at=beijing(1, 12), event="x"))

    assert (card.vouchers[0].valid_to, card.lots[0].expires) == (until, until)
    assert (back.vouchers[0].valid_to, back.lots[0].expires) == (date(2026, 1, 19), date(2026, 1, 20))


def test_a_card_whose_used_milestone_lies_ahead_of_its_cycle_comes_back_from_json() -> None:
    club = ladder()
    use = wc.Event.redeem(id="use", at=at(12), voucher="a.3")

    card, _ = run(club, joined(club), visit("a", 13), use, reverse("a"))

    assert (card.cycle, card.vouchers[2].cycle, card.vouchers[2].used) == (1, 2, 1)
    assert wc.Card.from_json(card.to_json()) == card


def test_s10_a_reversal_leaves_the_milestone_whose_stamps_have_expired() -> None:
    club = ending()

    card, outcome = run(club, joined(club), visit("a", 3), visit("b", day=10), reverse("b", day=11))

    assert states(card) == [("a.1", "issued")]
    assert outcome.revoked == ()


def test_s10_a_use_taken_back_leaves_the_milestone_whose_stamps_have_expired() -> None:
    club = ending()
    use = wc.Event.redeem(id="use", at=at(12, day=2), voucher="a.1")

    card, _ = run(club, joined(club), visit("a", 3), use, visit("b", day=10), reverse("use"))

    assert states(card) == [("a.1", "issued")]


def test_s10_taking_back_the_event_that_gave_it_revokes_a_milestone_ahead() -> None:
    club = ending()
    use = wc.Event.redeem(id="use", at=at(12, day=2), voucher="a.1")

    late, _ = run(club, joined(club), visit("a", 3), visit("b", day=10), reverse("a"))
    used, _ = run(club, joined(club), visit("a", 3), use, visit("b", day=10), reverse("a"), reverse("use"))

    assert states(late) == states(used) == [("a.1", "revoked")]


def test_s11_a_voucher_given_in_the_place_of_a_revoked_one_stays_with_its_own_giver() -> None:
    club = ending()

    card, _ = run(club, joined(club), visit("a"), visit("b", 2), reverse("a", day=2), visit("c", day=2))
    card, _ = run(club, card, visit("d", day=20), reverse("b"))

    assert states(card) == [("b.1", "revoked"), ("c.1", "issued")]


def test_s11_a_reversal_that_reopens_a_cycle_revokes_what_lies_in_the_cycles_after() -> None:
    club = ending(goal=4)

    card, outcome = run(club, joined(club), visit("a", 7), visit("b", day=10), reverse("a"))

    assert (card.cycle, card.stamps, card.owed_stamps) == (1, 1, 0)
    assert [voucher.id for voucher in outcome.revoked] == ["a.3", "a.2", "a.1"]


def test_s10_join_stamps_end_too_after_a_reversal() -> None:
    club = ending(join_stamps=2)

    card, _ = run(club, joined(club), visit("a"), reverse("a", day=2))
    settled, _ = wc.settle(club, card, at=at(10, day=7))

    assert (card.stamps, card.cycle_from, card.last_stamp) == (2, card.joined, card.joined)
    assert settled.stamps == 0


def test_s10_a_late_stamp_is_the_cycles_first_if_it_happened_first() -> None:
    club = ending()

    card, _ = run(club, joined(club), visit("b", day=4), visit("a", day=2))

    assert (card.cycle_from, card.last_stamp) == (at(10, day=2), at(10, day=4))


def test_v5_taking_the_older_load_back_leaves_the_life_of_the_newer() -> None:
    club = gifts()
    card = wc.join(club, id="SW-1", at=at(7, day=1))
    loads = [wc.Event.grant(id=name, at=at(9, day=day), money=100) for name, day in (("a", 2), ("b", 9))]

    both = wc.replay(club, card, loads)
    older, _ = run(club, both, reverse("b"))
    newer, _ = run(club, both, reverse("a"))
    neither, _ = run(club, newer, reverse("b"))

    lives = [one.balance_to for one in (both, older, newer, neither)]
    assert lives == [date(2027, 11, 9), date(2027, 11, 2), date(2027, 11, 9), None]


def test_v5_a_late_load_does_not_shorten_the_balances_life() -> None:
    club = gifts()
    card = wc.join(club, id="SW-1", at=at(7, day=1))
    loads = [wc.Event.grant(id=name, at=at(9, day=day), money=100) for name, day in (("b", 9), ("a", 2))]

    assert wc.replay(club, card, loads).balance_to == date(2027, 11, 9)


def test_t1_a_granted_level_taken_back_does_not_come_back_with_a_later_one() -> None:
    club = massage()
    grants = [
        wc.Event.grant(id=tier, at=moscow(4, day), tier=tier, until=date(2027, 1, 1))
        for day, tier in ((1, "silver"), (2, "gold"))
    ]
    undo = [wc.Event.reverse(id=f"back-{tier}", at=moscow(5, 1), event=tier) for tier in ("silver", "gold")]
    card = wc.replay(club, anna(club), grants)

    first, second = wc.replay(club, card, undo[:1]), wc.replay(club, card, undo[1:])

    assert first.held == HeldTier(tier="gold", until=date(2027, 1, 1))
    assert second.held == HeldTier(tier="silver", until=date(2027, 1, 1))
    assert wc.replay(club, card, undo).held is None


def test_e6_a_refused_redemption_leaves_a_perk_that_was_taken_back_where_it_is() -> None:
    club = massage()
    grant = wc.Event.grant(id="g", at=moscow(5, 2), tier="gold")
    lost = wc.Event.reverse(id="back", at=moscow(4, 20), event="s15")
    late = wc.Event.redeem(id="late", at=moscow(4, 21), voucher="none.1")

    card = wc.replay(club, anna(club), [*sessions(15), lost, grant, late])

    assert states(card)[1:] == [("monthly-gold-2026-04", "revoked"), ("monthly-gold-2026-05", "issued")]


def test_t1_the_same_level_granted_twice_holds_until_both_are_taken_back() -> None:
    club = massage()
    grants = [wc.Event.grant(id=name, at=moscow(4, 1), tier="gold") for name in "ab"]
    back = wc.Event.reverse(id="back-a", at=moscow(5, 1), event="a")

    card = wc.replay(club, anna(club), [*grants, back])

    assert card.held == HeldTier(tier="gold")


def test_a_card_joined_in_the_hour_that_clocks_repeat_comes_back_from_json() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    monthly = Tier(id="base", name="Base", min_sessions=0, monthly=OIL)
    club = free_cafe(welcome=COFFEE, tiers=(monthly,), zone="America/Havana")

    repeated = wc.join(club, id="CK-1", at=datetime(2026, 10, 24, 23, 30, tzinfo=beirut))
    havana = wc.join(club, id="CK-1", at=datetime(2026, 11, 1, 12, tzinfo=beirut))

    for card in (repeated, havana):
        assert wc.Card.from_json(card.to_json()) == card


def lapsing() -> wc.Program:
    return studio(points={"lapse": Lapse(days=90, notice_days=14)})


def treated(name: str, month: int, day: int) -> wc.Event:
    return wc.Event.visit(id=name, at=beijing(month, day), items=("acupuncture",))


def lots(card: wc.Card) -> dict[str, str]:
    return {lot.id: lot.state for lot in card.lots}


def test_p8_a_late_visit_does_not_end_points_that_were_earned_after_it() -> None:
    club = lapsing()

    card, _ = run(club, chen(club), treated("a", 1, 10), treated("c", 9, 1), treated("b", 6, 1))

    assert lots(card) == {"a.1": "expired", "c.1": "open", "b.1": "open"}


def test_p8_points_given_to_win_a_member_back_can_be_spent_and_outlive_the_visit() -> None:
    club = lapsing()
    grant = wc.Event.grant(id="back", at=beijing(6, 1), points=60)
    card, _ = run(club, chen(club), treated("a", 1, 10), grant)

    spent, outcome = run(club, card, wc.Event.redeem(id="r", at=beijing(6, 2), points=60))
    more = wc.apply(club, card, wc.Event.redeem(id="r", at=beijing(6, 2), points=61))[1]
    visited, _ = run(club, card, treated("b", 6, 2))

    assert (outcome.status, more.reason) == ("applied", "insufficient")
    assert lots(spent) == {"a.1": "expired", "back.1": "open"}
    assert lots(visited) == {"a.1": "expired", "back.1": "open", "b.1": "open"}


def test_p8_what_lapses_is_older_than_the_absence_to_the_day() -> None:
    club = lapsing()
    first, second = beijing(1, 10), beijing(1, 11)
    grants = [wc.Event.grant(id=name, at=moment, points=5) for name, moment in (("a", first), ("b", second))]
    card = wc.replay(club, chen(club), grants)

    settled, outcome = wc.settle(club, card, at=second + timedelta(days=90))

    assert lots(settled) == {"a.1": "expired", "b.1": "open"}
    assert outcome.expired_points == 5


def test_e2_an_events_digest_is_that_of_its_content_at_any_time() -> None:
    event = wc.Event.visit(id="a", at=at(10), amount=5, items=("latte",))

    assert event.digest == replace(event, id="b", at=event.at.astimezone(beijing(1, 1).tzinfo)).digest
    assert event.digest == replace(event, at=event.at + timedelta(minutes=1)).digest
    assert event.digest != replace(event, amount=6).digest
