"""The invariants of events and time, E1 to E7, each by its name."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.cards import COFFEE, at, cafe, free_cafe, noa, priya, run, spa

import walletcard as wc
from walletcard.model import Expiry, Milestone

OIL = wc.Reward(id="oil", title="Warm oil")


def visit(name: str, hour: int = 10, minute: int = 0, stamps: int = 1, amount: int | None = None) -> wc.Event:
    return wc.Event.visit(id=name, at=at(hour, minute), stamps=stamps, amount=amount)


def test_e1_apply_gives_equal_results_and_changes_nothing_it_was_given() -> None:
    club = cafe()
    card = priya(club, 8)
    before = card.to_json()

    one, two = wc.apply(club, card, visit("a")), wc.apply(club, card, visit("a"))

    assert one == two
    assert one[0].to_json() == two[0].to_json()
    assert card.to_json() == before


def test_e2_the_same_event_again_is_a_duplicate_and_no_error() -> None:
    club = cafe()
    card, _ = run(club, priya(club, 6), visit("a"))

    after, outcome = wc.apply(club, card, visit("a"))

    assert (outcome.status, outcome.conflict, outcome.reason) == ("duplicate", False, None)
    assert after is card


def test_e2_the_same_id_with_other_content_is_a_conflict() -> None:
    club = cafe()
    card, _ = run(club, priya(club, 6), visit("a"))

    _, outcome = wc.apply(club, card, visit("a", stamps=2))

    assert (outcome.status, outcome.conflict) == ("duplicate", True)
    assert outcome.text == "This event number was used before for something else: 7 of 9."


def test_e2_the_same_moment_in_another_zone_is_the_same_event() -> None:
    club = cafe()
    card, _ = run(club, priya(club), visit("a"))

    again = wc.Event.visit(id="a", at=at(10).astimezone(ZoneInfo("Asia/Tokyo")))

    assert not wc.apply(club, card, again)[1].conflict


def test_e2_a_second_delivery_may_say_another_time_and_the_first_counts() -> None:
    club = cafe()
    card, _ = run(club, priya(club), visit("a"))

    after, outcome = wc.apply(club, card, wc.Event.visit(id="a", at=at(10, 7)))

    assert (outcome.status, outcome.conflict) == ("duplicate", False)
    assert after.entries[-1].at == at(10)


def test_e3_replay_equals_one_by_one() -> None:
    club = cafe()
    events = [
        visit("a"),
        visit("a"),
        visit("b", 10, 4),
        visit("c", 11, stamps=9),
        wc.Event.redeem(id="d", at=at(12)),
        wc.Event.reverse(id="e", at=at(13), event="c"),
        visit("f", 15, stamps=2),
        visit("g", 11, 5),
    ]
    start = priya(club)

    card, _ = run(club, start, *events)

    assert wc.replay(club, start, events) == card
    assert wc.replay(club, start, events).to_json() == card.to_json()


def test_e4_days_are_those_of_the_programme_not_of_the_server() -> None:
    club = spa()
    card = noa(club, 0)
    # 23:30 and 00:30 in Jerusalem are one day in UTC, two days here.
    late, early = datetime(2026, 11, 20, 21, 30, tzinfo=UTC), datetime(2026, 11, 20, 22, 30, tzinfo=UTC)

    card, first = run(club, card, wc.Event.visit(id="late", at=late))
    _, second = run(club, card, wc.Event.visit(id="early", at=early))

    assert (first.status, second.status) == ("applied", "applied")


def test_e4_a_voucher_lasts_through_the_end_of_its_last_local_day() -> None:
    club = free_cafe()
    card, _outcome = run(club, priya(club, 8), visit("a", 23, 30))
    last = datetime(2027, 1, 20, 23, 59, 59, tzinfo=ZoneInfo("Europe/London"))

    on_the_day, _ = wc.settle(club, card, at=last)
    after, settled = wc.settle(club, card, at=last + timedelta(seconds=1))

    assert on_the_day is card
    assert [voucher.state for voucher in after.vouchers] == ["expired"]
    assert settled.expired == after.vouchers
    assert settled.text == "Expired: Free coffee."


def test_e5_a_late_event_applies_but_never_brings_back_an_expired_voucher() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a"))
    settled, _ = wc.settle(club, card, at=at(10).replace(year=2028))

    late, earned = wc.apply(club, settled, visit("b", 11))
    _, refused = wc.apply(club, late, wc.Event.redeem(id="use", at=at(12), voucher="a.1"))

    assert (earned.status, late.stamps) == ("applied", 1)
    assert [voucher.state for voucher in late.vouchers] == ["expired"]
    assert (refused.status, refused.reason) == ("refused", "voucher_expired")


def test_e5_face_shows_what_settling_would_leave() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a"))
    later = at(10).replace(year=2028)

    assert wc.face(club, card, at=later) == wc.face(club, wc.settle(club, card, at=later)[0], at=later)
    assert {field.key: field.value for field in wc.face(club, card, at=later).fields}["ready"] == "None yet"


def test_e5_an_event_from_before_the_card_was_joined_is_one_that_comes_late() -> None:
    club = cafe(limits=wc.Limits(max_per_day=1), stamps={"expires": Expiry(kind="idle", days=30)})
    card = wc.join(club, id="CK-1", at=at(9))
    paper = wc.Event.visit(id="paper", at=at(10) - timedelta(days=3))

    after, outcome = wc.apply(club, card, paper)
    again, refused = wc.apply(club, after, wc.Event.visit(id="same-day", at=paper.at + timedelta(hours=2)))

    assert (outcome.status, after.stamps, after.joined) == ("applied", 1, at(9))
    assert (refused.reason, again) == ("daily_limit", after)
    assert wc.Card.from_json(after.to_json()) == wc.replay(club, card, [paper])


def test_e6_a_refusal_names_its_reason_and_leaves_the_card_as_it_was() -> None:
    club = cafe()
    card, _ = run(club, priya(club, 6), visit("a"))

    after, outcome = wc.apply(club, card, visit("b", 10, 4))

    assert (outcome.status, outcome.reason, outcome.retry_at) == ("refused", "cooldown", at(10, 10))
    assert outcome.text == "Too soon: again from 10:10."
    assert after is card


def test_e6_a_refused_event_may_come_again() -> None:
    club = cafe()
    card, _ = run(club, priya(club), visit("a"), visit("b", 10, 4))

    _, outcome = wc.apply(club, card, visit("b", 10, 10))

    assert (outcome.status, outcome.conflict) == ("applied", False)


@pytest.mark.parametrize("stamps", [1.5, 1.0, True, "1", -1, 10**6, float("nan")])
def test_e7_quantities_are_whole_numbers(stamps: object) -> None:
    with pytest.raises(wc.WalletCardError) as refused:
        wc.Event.visit(id="a", at=at(10), stamps=stamps)  # type: ignore[arg-type]  # on purpose

    assert (refused.value.code, refused.value.where) in {
        ("number.type", "event.stamps"),
        ("number.range", "event.stamps"),
    }


def test_e7_a_visit_that_earns_nothing_is_legal_and_silent() -> None:
    club = cafe()

    card, outcome = run(club, priya(club), visit("a", stamps=0))

    assert (outcome.status, outcome.earned, outcome.notices, card.stamps) == ("applied", 0, (), 0)
    assert outcome.text == "Noted: 0 of 9."


def test_l1_the_interval_is_measured_to_the_nearest_earning_by_event_time() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10))
    card, _ = run(club, priya(club), visit("a", 10, 0), visit("b", 10, 30))

    outcomes = {m: wc.apply(club, card, visit("late", 10, m))[1] for m in (9, 10, 15, 20, 21, 25, 39, 40)}

    assert {m for m, outcome in outcomes.items() if outcome.status == "applied"} == {10, 15, 20, 40}
    assert outcomes[9].retry_at == at(10, 10)
    assert outcomes[21].retry_at == at(10, 40)


def test_l1_retry_at_is_a_moment_at_which_the_event_is_taken() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10))
    card, _ = run(club, priya(club), visit("a", 10, 0), visit("b", 10, 15), visit("c", 10, 26))

    retry = wc.apply(club, card, visit("d", 10, 1))[1].retry_at

    assert retry == at(10, 36)
    assert wc.apply(club, card, wc.Event.visit(id="d", at=retry))[1].status == "applied"


def test_l1_the_daily_limit_counts_events_not_stamps() -> None:
    club = cafe(limits=wc.Limits(max_per_day=2))
    card, _ = run(club, priya(club), visit("a", stamps=5), visit("b", 11))

    _, outcome = wc.apply(club, card, visit("c", 12))

    assert (outcome.reason, outcome.retry_at) == ("daily_limit", at(0, day=22))
    assert outcome.text == "No more today: again from 22 Nov 2026, 00:00."


def test_l1_the_daily_limit_ends_at_the_first_instant_of_a_day_without_midnight() -> None:
    # In Cairo the clocks of 24 April 2026 go from 00:00 straight to 01:00.
    cairo = ZoneInfo("Africa/Cairo")
    club = cafe(zone="Africa/Cairo", limits=wc.Limits(max_per_day=1))
    day = datetime(2026, 4, 23, 12, tzinfo=cairo)
    card, _ = run(club, priya(club), wc.Event.visit(id="a", at=day))

    retry = wc.apply(club, card, wc.Event.visit(id="b", at=day + timedelta(hours=1)))[1].retry_at

    assert retry is not None
    assert retry.astimezone(UTC) == datetime(2026, 4, 23, 22, tzinfo=UTC)


def test_l1_grants_are_not_limited() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10, max_per_day=1))
    card, _ = run(club, priya(club), visit("a"))

    _, outcome = wc.apply(club, card, wc.Event.grant(id="g", at=at(10, 1), stamps=1))

    assert outcome.status == "applied"


@pytest.mark.parametrize(("amount", "status"), [(None, "refused"), (499, "refused"), (500, "applied")])
def test_l2_the_least_purchase_is_checked_on_what_was_paid(amount: int | None, status: str) -> None:
    club = cafe(limits=wc.Limits(min_purchase=500))

    _, outcome = run(club, priya(club), visit("a", amount=amount))

    assert (outcome.status, outcome.reason) == (status, "min_purchase" if status == "refused" else None)


def test_l3_a_reversed_event_does_not_count_against_limits() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10, max_per_day=1))
    back = wc.Event.reverse(id="r", at=at(10, 1), event="a")

    _, outcome = run(club, priya(club), visit("a"), back, visit("b", 10, 2))

    assert outcome.status == "applied"


def test_l3_holds_in_a_replay_too() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=10, max_per_day=1))
    events = [visit("a"), wc.Event.reverse(id="r", at=at(10, 1), event="a"), visit("b", 10, 2), visit("c", 10, 3)]

    card = wc.replay(club, priya(club), events)

    assert [entry.id for entry in card.entries] == ["a", "r", "b"]


def test_a_closed_card_takes_nothing_more() -> None:
    club = cafe()
    card, closed = run(club, priya(club), wc.Event.close(id="end", at=at(9), reason="moved away"))

    _, outcome = wc.apply(club, card, visit("a"))

    assert (closed.text, card.state) == ("The card is closed.", "closed")
    assert outcome.reason == "card_closed"
    assert wc.face(club, card, at=at(10)).state == "closed"


def test_a_close_cannot_be_reversed() -> None:
    club = cafe()
    card, _ = run(club, priya(club), wc.Event.close(id="end", at=at(9), reason="moved away"))

    _, outcome = wc.apply(club, card, wc.Event.reverse(id="r", at=at(10), event="end"))

    assert outcome.status == "refused"


def test_a_card_of_another_programme_is_an_error() -> None:
    club = cafe()

    with pytest.raises(wc.WalletCardError) as refused:
        wc.apply(spa(), priya(club), visit("a"))

    assert (refused.value.code, refused.value.where) == ("program.mismatch", "card CK-7F3A29")


def test_g1_an_open_cycle_keeps_the_rules_it_began_with() -> None:
    old, new = free_cafe(), free_cafe(stamps={"goal": 5, "reward": wc.Reward(id="cake", title="Cake")})
    card = priya(old, 6)

    card, finished = run(new, card, visit("a", stamps=3))
    _, next_one = run(new, card, visit("b", stamps=5))

    assert [(v.reward.id, v.position) for v in finished.issued] == [("coffee", 9)]
    assert [(v.reward.id, v.position) for v in next_one.issued] == [("cake", 5)]


def test_g1_reopening_a_cycle_brings_its_rules_back() -> None:
    old, new = free_cafe(), free_cafe(stamps={"goal": 5})
    card, _ = run(new, priya(old, 8), visit("a", stamps=2))

    card, _ = run(new, card, wc.Event.reverse(id="r", at=at(11), event="a"))

    assert (card.stamps, card.cycle, card.goal) == (8, 1, 9)


def test_g1_colours_and_texts_follow_the_newest_version() -> None:
    old, new = free_cafe(), free_cafe(name="Copper Kettle", design=wc.Design(background="#000000"))

    shown = wc.face(new, priya(old, 3), at=at(10))

    assert (shown.title, shown.colours.background.hex) == ("Copper Kettle", "#000000")
    assert shown.balances[0].text == "3 of 9"


def test_v4_a_voucher_keeps_the_terms_it_was_issued_on() -> None:
    old = free_cafe()
    new = free_cafe(stamps={"reward": wc.Reward(id="coffee", title="Small coffee", valid_days=7)})
    card, _ = run(old, priya(old, 8), visit("a"))

    card, _ = run(new, card, visit("b"))

    assert card.vouchers[0].reward == COFFEE
    assert {field.key: field.value for field in wc.face(new, card, at=at(10)).fields}["ready"] == "Free coffee"


def test_json_of_a_card_is_exact_and_readable() -> None:
    club = cafe()
    card, _ = run(club, priya(club, 8), visit("a"), wc.Event.redeem(id="b", at=at(11)))

    text = card.to_json()

    assert wc.Card.from_json(text) == card
    assert wc.Card.from_json(text).to_json() == text
    assert json.loads(text)["card"]["vouchers"][0]["reward"]["title"] == "Free coffee"


def test_e3_in_the_hour_that_clocks_repeat_an_event_counts_when_it_happened() -> None:
    """London, 25 October 2026: 01:55 British time is followed, five minutes later, by 01:00 Greenwich time."""
    zone = ZoneInfo("Europe/London")
    first = datetime(2026, 10, 25, 1, 55, tzinfo=zone)
    soon = datetime(2026, 10, 25, 1, 0, tzinfo=zone, fold=1)
    club = cafe(limits=wc.Limits(min_interval_minutes=10))
    card, _ = run(club, wc.join(club, id="CK-1", at=first), wc.Event.visit(id="a", at=first))

    direct = wc.apply(club, card, wc.Event.visit(id="b", at=soon))[1]
    stored = wc.apply(club, wc.Card.from_json(card.to_json()), wc.Event.visit(id="b", at=soon))[1]

    assert (direct.reason, stored.reason) == ("cooldown", "cooldown")
    assert wc.Card.from_json(card.to_json()) == card


def test_e3_a_voucher_issued_before_the_clocks_went_back_is_usable_after() -> None:
    zone = ZoneInfo("Europe/London")
    club = free_cafe()
    card, _ = run(
        club, priya(club), wc.Event.grant(id="g", at=datetime(2026, 10, 25, 1, 55, tzinfo=zone), reward=COFFEE)
    )
    after = datetime(2026, 10, 25, 1, 0, tzinfo=zone, fold=1)

    assert wc.apply(club, card, wc.Event.redeem(id="r", at=after))[1].status == "applied"


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(wc.WalletCardError) as refused:
        wc.Event.visit(id="a", at=datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/London")))

    assert refused.value.code == "time.gap"


@pytest.mark.parametrize(("hour", "minute", "expected"), [(10, 10, at(9, day=22)), (23, 50, at(9, day=22))])
def test_e6_retry_at_mends_every_limit_that_stands_in_the_way(hour: int, minute: int, expected: datetime) -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=9 * 60, max_per_day=1))
    late = [wc.Event.visit(id="a", at=at(10)), wc.Event.visit(id="b", at=at(0, day=22))]
    card = wc.replay(club, priya(club), late[:1])

    refused = wc.apply(club, card, visit("c", hour, minute))[1]

    assert refused.retry_at is not None
    again = wc.apply(club, card, wc.Event.visit(id="c", at=refused.retry_at))[1]
    assert (refused.status, again.status) == ("refused", "applied")
    assert refused.retry_at <= expected


def test_s4_a_used_milestone_is_not_issued_again_after_cycles_were_reopened() -> None:
    club = free_cafe(stamps={"goal": 2, "milestones": (Milestone(at=1, reward=OIL),)})
    stream = [
        visit("a", stamps=2),
        visit("b", 11),
        wc.Event.redeem(id="use", at=at(12), voucher="b.1"),
        wc.Event.reverse(id="x", at=at(13), event="a"),
        visit("c", 14),
        visit("d", 15),
    ]

    card = wc.replay(club, priya(club), stream)

    assert [voucher.id for voucher in card.vouchers if voucher.cycle == 2] == ["b.1"]


def test_s11_giving_a_reward_back_whose_stamps_are_gone_revokes_it() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),)})
    stream = [
        visit("a", stamps=3),
        wc.Event.redeem(id="use", at=at(12)),
        wc.Event.reverse(id="x", at=at(13), event="a"),
        wc.Event.reverse(id="y", at=at(14), event="use"),
    ]

    card = wc.replay(club, priya(club), stream)

    assert [voucher.state for voucher in card.vouchers] == ["revoked"]


def test_s11_giving_a_granted_reward_back_whose_grant_is_gone_revokes_it() -> None:
    club = free_cafe()
    stream = [
        wc.Event.grant(id="g", at=at(9), reward=OIL),
        wc.Event.redeem(id="use", at=at(12)),
        wc.Event.reverse(id="x", at=at(13), event="g"),
        wc.Event.reverse(id="y", at=at(14), event="use"),
    ]

    card = wc.replay(club, priya(club), stream)

    assert [voucher.state for voucher in card.vouchers] == ["revoked"]


def test_joining_refuses_a_language_that_a_text_lacks_so_that_no_stamp_is_lost_later() -> None:
    reward = wc.Reward(id="coffee", title={"en": "Free coffee"})
    club = cafe(stamps={"reward": reward}, back=(), rule_text=None)

    with pytest.raises(wc.WalletCardError) as refused:
        wc.join(club, id="C1", at=at(9), locale="he")

    assert {issue.where for issue in refused.value.issues} == {"reward coffee.title"}  # type: ignore[attr-defined]


def test_long_titles_never_stop_a_stamp() -> None:
    places = tuple(Milestone(at=n, reward=wc.Reward(id=f"r{n}", title=f"{n} " + "x" * 60)) for n in range(1, 9))
    club = free_cafe(stamps={"milestones": places})

    assert wc.apply(club, priya(club), visit("a", stamps=9))[1].status == "applied"


@pytest.mark.parametrize("wrong", [None, 5, "card", {}])
def test_wrong_leading_values_are_refused_by_name(wrong: object) -> None:
    club = cafe()
    calls: dict[str, Callable[[], object]] = {
        "program": lambda: wc.apply(wrong, priya(club), visit("a")),  # type: ignore[arg-type]
        "card": lambda: wc.apply(club, wrong, visit("a")),  # type: ignore[arg-type]
        "event": lambda: wc.apply(club, priya(club), wrong),  # type: ignore[arg-type]
        "events[0]": lambda: wc.replay(club, priya(club), [wrong]),  # type: ignore[list-item]
    }

    for where, call in calls.items():
        with pytest.raises(wc.WalletCardError) as refused:
            call()
        assert (refused.value.code, refused.value.where) == ("value.type", where)


@pytest.mark.parametrize(
    ("kind", "values", "where"),
    [
        ("reverse", {}, "event.event"),
        ("close", {"stamps": 5}, "event.stamps"),
        ("redeem", {"voucher": "a.1", "reward": "zzz"}, "event.reward"),
        ("redeem", {"reward": COFFEE}, "event.reward"),
        ("purchase", {}, "event.amount"),
    ],
)
def test_an_event_has_what_its_kind_needs_and_nothing_else(kind: str, values: dict[str, Any], where: str) -> None:
    with pytest.raises(wc.WalletCardError) as refused:
        wc.Event(kind=kind, id="a", at=at(9), **values)

    assert refused.value.where == where


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"since": 1', '"since": 5', "card.rules[0].since"),
        ('"goal": 9', '"goal": 100', "card.rules[0].goal"),
        ('"used": 1', '"used": -5', "card.vouchers[0].used"),
        ('"id": "b", "at"', '"id": "a", "at"', "card.entries[2].id"),
        ('"voucher": "a.1"', '"voucher": "zzz.1"', "card.entries[2]"),
        (
            '"valid_from": "2026-11-21T10:00:00+00:00"',
            '"valid_from": "2026-11-21T10:00:00"',
            "card.vouchers[0].valid_from",
        ),
    ],
)
def test_a_stored_card_that_does_not_fit_together_is_refused(old: str, new: str, where: str) -> None:
    club = cafe()
    card, _ = run(club, priya(club, 8), visit("a"), wc.Event.redeem(id="b", at=at(11)))
    text = card.to_json()
    assert old in text

    with pytest.raises(wc.WalletCardError) as refused:
        wc.Card.from_json(text.replace(old, new))

    assert refused.value.where == where
