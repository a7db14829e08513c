"""The owner's numbers, each computed by hand from a few events."""

import pickle
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.businesses import gifts, studio
from tests.cards import COFFEE, LONDON, cafe, free_cafe, spa

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Earn, Lapse, Points, Referral, Report

FIRST = datetime(2026, 1, 1, 12, tzinfo=LONDON)
CLUB = free_cafe()
COSTED = wc.Reward(id="coffee", title="Free coffee", cost=90)
Pair = tuple[wc.Card, list[wc.Event]]


def on(day: float) -> datetime:
    """The day-th day of the story at noon; day 0 is 1 January."""
    return FIRST + timedelta(days=day)


def visit(day: float, **more: Any) -> wc.Event:
    return wc.Event.visit(**{"id": f"v{day}", "at": on(day), **more})


def member(*events: wc.Event, id: str = "A", joined: float = 0, program: wc.Program = CLUB, **more: Any) -> Pair:  # noqa: A002
    return wc.join(program, id=id, at=on(joined), **more), list(events)


def report(*members: Pair, day: float = 100, program: wc.Program = CLUB, **more: Any) -> Report:
    return wc.measure(program, members, at=on(day), **more)


def visits(*days: float) -> list[wc.Event]:
    return [visit(day) for day in days]


def finisher(program: wc.Program, *after: wc.Event) -> Pair:
    """A member with a full card of nine, bought in one round on day 1, and what came then."""
    return member(visit(1, stamps=9), *after, program=program)


def test_an_empty_programme_has_nothing_and_knows_it() -> None:
    got = report()

    assert got == Report(program="copper-kettle", at=on(100), cycles=0, finishers=0, reward_cost=0)
    assert (got.active_share, got.repeat_share, got.finish_share, got.return_per_cost) == (None,) * 4


def test_members_are_the_cards_joined_by_then() -> None:
    closed = wc.Event.close(id="c", at=on(50), reason="moved away")

    got = report(member(), member(closed, id="B"), member(id="C", joined=100), member(id="D", joined=101))

    assert got.members == 3


def test_active_is_a_visit_less_than_30_days_ago_on_an_open_card() -> None:
    closed = wc.Event.close(id="c", at=on(95), reason="moved away")

    lately, today = member(*visits(0, 71)), member(*visits(100), id="B")
    got = report(lately, today, member(*visits(70), id="C"), member(visit(90), closed, id="D"), member(id="E"), day=100)

    assert got.active == 2
    assert got.active_share == 2 / 5


def test_two_coffees_on_one_day_are_one_visit() -> None:
    oil = wc.Event.purchase(id="beans", at=on(2.3), amount=900)

    got = report(member(visit(1), visit(1.2), visit(2), oil), member(visit(1), id="B"))

    assert got.visits == 3


def test_a_day_is_one_of_the_programmes_zone() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in London.
    events = [wc.Event.visit(id="a", at=late), wc.Event.visit(id="b", at=late + timedelta(hours=1))]

    got = wc.measure(CLUB, [member(*events)], at=late + timedelta(hours=1))

    assert got.visits == 2
    assert got.at.date().isoformat() == "2026-07-02"


def test_a_repeat_is_a_visit_within_30_days_and_a_recent_one_is_not_judged() -> None:
    # Day 0 is followed on day 30, day 30 not before 61, day 61 not at all; the 30 days of day 70 end today.
    got = report(member(*visits(0, 30, 61)), member(*visits(69, 70, 99), id="B"), day=100)
    later = report(member(*visits(0, 30, 61)), member(*visits(69, 70, 99), id="B"), day=101)
    twice = report(member(*visits(0, 1, 40, 80)), day=100)

    assert (got.followed, got.repeated) == (4, 2)
    assert got.repeat_share == 1 / 2
    assert (later.followed, later.repeated) == (5, 3)
    assert (twice.followed, twice.repeated) == (3, 1)


def test_the_gap_is_averaged_over_members_not_over_visits() -> None:
    often, seldom, once = member(*visits(0, 1, 2, 3)), member(*visits(0, 20), id="B"), member(*visits(5), id="C")

    assert report(often, seldom, once).gap == (1 + 20) / 2
    assert report(once).gap is None


def test_before_and_after_are_compared_for_the_same_members() -> None:
    both = member(*visits(0, 20, 40, 50, 56, 62), joined=50)
    newcomer = member(*visits(51, 52), id="B", joined=51)
    lost = member(*visits(0, 4, 50), id="C", joined=50)

    got = report(both, newcomer, lost, launched=on(45))

    assert (got.compared, got.gap_before, got.gap_after) == (1, 20, 6)
    assert got.gap == (6 + 1) / 2
    assert got.visits == 3 + 2 + 1


def test_without_launched_there_is_no_before() -> None:
    got = report(member(*visits(0, 20, 40, 50)))

    assert (got.launched, got.compared, got.gap_before, got.gap_after) == (None, 0, None, None)


def test_history_earns_nothing_and_is_held_by_no_limit() -> None:
    strict = cafe(limits=wc.Limits(min_purchase=100), stamps={"goal": 2, "reward": COSTED})
    taken_back = wc.Event.reverse(id="r", at=on(41), event="v40")

    history = [visit(0), visit(10), wc.Event.visit(id="v10", at=on(29)), visit(20), visit(40), taken_back]
    got = report(
        member(*history, visit(50, amount=300), visit(55, amount=300), joined=50, program=strict),
        program=strict,
        launched=on(45),
    )

    assert (got.gap_before, got.gap_after) == (10, 5)
    assert (got.visits, got.cycles, got.revenue, got.priced) == (2, 1, 600, 2)


def test_without_a_launch_nothing_is_history() -> None:
    got = report(member(*visits(0, 10), joined=50))

    assert (got.visits, got.gap) == (2, 10)


def test_visits_between_the_launch_and_the_card_are_nobodys() -> None:
    got = report(member(*visits(0, 4, 47, 50, 55), joined=50), launched=on(45))

    assert (got.visits, got.gap_before, got.gap_after) == (2, 4, 5)


def test_what_a_stored_card_has_taken_is_no_history() -> None:
    rules = free_cafe(stamps={"goal": 2})
    card, events = member(*visits(46, 47, 50), joined=50, program=rules)
    stored = wc.replay(rules, card, events)

    refund = wc.Event.reverse(id="r", at=on(51), event="v47")

    got = report((stored, events), program=rules, launched=on(45))
    less = report((stored, [*events, refund]), program=rules, launched=on(45))

    assert (got.visits, got.cycles) == (3, 1)
    assert (less.visits, less.cycles) == (2, 1)


def test_everything_is_counted_from_the_day_of_the_launch() -> None:
    rules = free_cafe(stamps={"goal": 2, "reward": COSTED})
    early = [visit(0, amount=100), visit(5, amount=100), wc.Event.redeem(id="u0", at=on(6))]
    later = [visit(50, amount=300), visit(52, amount=300), wc.Event.redeem(id="u1", at=on(53))]
    story = member(*early, *later, program=rules)

    whole, since = report(story, program=rules), report(story, program=rules, launched=on(50.2))

    assert (whole.visits, whole.revenue, whole.cycles, whole.redemptions, whole.reward_cost) == (4, 800, 2, 2, 180)
    assert (since.visits, since.revenue, since.cycles, since.redemptions, since.reward_cost) == (2, 600, 1, 1, 90)
    assert (since.gap_before, since.gap_after) == (5, 2)


def test_finishers_are_members_and_cycles_are_cycles() -> None:
    gift = wc.Event.grant(id="g", at=on(1), reward=COFFEE)
    got = report(finisher(CLUB, visit(2, stamps=18)), member(visit(1, stamps=8), gift, id="B"), member(id="C"))

    assert (got.cycles, got.finishers, got.finish_share) == (3, 1, 1 / 3)


def test_a_reversed_cycle_is_not_finished() -> None:
    got = report(finisher(CLUB, wc.Event.reverse(id="r", at=on(2), event="v1")))

    assert (got.cycles, got.finishers, got.visits) == (0, 0, 0)


def test_an_expired_reward_was_earned_all_the_same() -> None:
    assert report(finisher(CLUB), day=100).cycles == 1


def test_redemptions_cost_what_the_reward_says() -> None:
    rules = free_cafe(stamps={"reward": COSTED})

    got = report(finisher(rules, wc.Event.redeem(id="u", at=on(2))), program=rules)

    assert (got.redemptions, got.reward_cost, got.uncosted) == (1, 90, 0)


def test_every_use_of_a_voucher_is_a_redemption() -> None:
    season = wc.Reward(id="season", title="20 % off", kind="percent", value=20, uses=None, cost=60)
    given_ = wc.Event.grant(id="g", at=on(1), reward=season)
    uses = [wc.Event.redeem(id=f"u{day}", at=on(day)) for day in (2, 3, 4)]

    got = report(member(given_, *uses))

    assert (got.redemptions, got.reward_cost) == (3, 180)


def test_one_unknown_cost_makes_the_sum_unknown() -> None:
    rules = free_cafe(stamps={"reward": COSTED})
    plain = wc.Event.grant(id="g", at=on(1), reward=COFFEE)
    known = finisher(rules, wc.Event.redeem(id="u", at=on(2)), plain, wc.Event.redeem(id="w", at=on(3)))

    got = report(known, program=rules)

    assert (got.redemptions, got.reward_cost, got.uncosted) == (2, None, 1)
    assert got.return_per_cost is None


def test_the_uses_of_a_pack_and_of_a_gift_card_are_no_rewards() -> None:
    ten = wc.Reward(id="ten", title="Ten coffees", uses=10)
    packs = free_cafe(pack=ten)
    gift = gifts()
    sold, used = wc.Event.grant(id="g", at=on(1), reward="ten"), wc.Event.redeem(id="u", at=on(2))
    loaded, spent = wc.Event.grant(id="g", at=on(1), money=500), wc.Event.redeem(id="u", at=on(2), amount=200)

    thanks = [wc.Event.grant(id="h", at=on(1), reward=COSTED), wc.Event.redeem(id="w", at=on(2), reward="coffee")]

    assert report(member(sold, used, program=packs), program=packs).redemptions == 0
    assert report(member(sold, used, *thanks, program=packs), program=packs).reward_cost == 90
    assert report(member(loaded, spent, program=gift), program=gift).redemptions == 0


def shop(**changes: Any) -> wc.Program:
    """One point a pound; a mug at once for 10, a voucher for 20."""
    catalogue = (
        wc.Reward(id="mug", title="Mug", points=10, cost=250),
        wc.Reward(id="brunch", title="Brunch", points=20, cost=700, valid_days=30),
    )
    earn = (Earn(metric="amount", per=100, points=1, valid_days=50),)
    return replace(CLUB, stamps=None, points=Points(earn=earn, catalogue=catalogue, **changes))


def test_the_catalogue_costs_when_the_reward_is_given() -> None:
    rules = shop()
    bought = [visit(1, amount=5000), wc.Event.redeem(id="m", at=on(2), reward="mug")]
    voucher = wc.Event.redeem(id="b", at=on(2), reward="brunch")
    used = wc.Event.redeem(id="u", at=on(3), voucher="b.1")
    points = wc.Event.redeem(id="p", at=on(4), points=5)

    mug = report(member(*bought, voucher, program=rules), program=rules)
    both = report(member(*bought, voucher, used, program=rules), program=rules)
    loose = report(member(*bought, points, program=rules), program=rules)

    assert (mug.redemptions, mug.reward_cost) == (1, 250)
    assert (both.redemptions, both.reward_cost) == (2, 950)
    assert (loose.redemptions, loose.reward_cost, loose.uncosted) == (2, None, 1)
    assert (both.cycles, both.finishers, both.finish_share) == (None, None, None)


def test_points_usable_are_those_of_today_on_open_cards() -> None:
    rules = shop()
    one = member(visit(1, amount=3000), visit(40, amount=700), program=rules)
    closed = member(visit(40, amount=900), wc.Event.close(id="c", at=on(41), reason="x"), id="B", program=rules)

    assert report(one, closed, day=51, program=rules).points_usable == 37
    assert report(one, closed, day=52, program=rules).points_usable == 7
    assert report(finisher(CLUB)).points_usable is None


def test_lapsed_points_are_not_usable() -> None:
    rules = shop(lapse=Lapse(days=10, notice_days=5))
    story = member(visit(1, amount=3000), program=rules)

    assert report(story, day=11, program=rules).points_usable == 30
    assert report(story, day=12, program=rules).points_usable == 0


def test_points_taken_back_after_they_were_spent_are_owed() -> None:
    rules = shop()
    story = [visit(1, amount=1500), wc.Event.redeem(id="m", at=on(2), reward="mug")]

    got = report(member(*story, wc.Event.reverse(id="r", at=on(3), event="v1"), program=rules), program=rules)

    assert (got.points_usable, got.points_owed) == (0, 10)


def test_a_comeback_is_a_visit_within_30_days_of_the_notice() -> None:
    notices = [("A", "comeback:30:x", on(30)), ("B", "comeback:30:x", on(30)), ("C", "comeback:30:x", on(30))]

    got = report(
        member(*visits(0, 60)), member(*visits(0, 61), id="B"), member(*visits(0, 29.9), id="C"), notices=notices
    )

    assert (got.comeback_notices, got.comebacks) == (3, 1)


def test_a_return_is_put_down_to_the_last_notice_before_it() -> None:
    notices = [("A", "comeback:60:x", on(60)), ("A", "comeback:30:x", on(31)), ("A", "comeback:30:x", on(30))]

    got = report(member(*visits(0, 60.1, 61)), notices=notices)

    assert (got.comeback_notices, got.comebacks) == (2, 1)


def test_a_visit_at_the_moment_of_a_notice_is_no_answer_to_it() -> None:
    notices = [("A", f"comeback:{day}:x", on(day)) for day in (30, 60, 90)]

    first = report(member(*visits(60)), notices=notices)
    last = report(member(*visits(90, 91)), notices=notices)
    both = report(member(*visits(40, 100)), notices=notices)

    assert (first.comebacks, last.comebacks, both.comebacks) == (1, 2, 2)


def test_only_comeback_notices_count_and_only_those_sent_by_then() -> None:
    notices = [("A", "birthday:2026", on(10)), ("A", "comeback:30:x", on(101)), ("A", "comeback:30:y", on(10))]

    got = report(member(*visits(11)), notices=notices)

    assert (got.comeback_notices, got.comebacks) == (1, 1)
    assert report(member(*visits(11)), notices=notices, launched=on(50)).comeback_notices == 0


def test_measure_knows_the_comeback_notices_of_due() -> None:
    card, events = member(*visits(0))
    stored = wc.replay(CLUB, card, events)
    notices = [(card.id, notice.id, on(35)) for notice in wc.due(CLUB, stored, at=on(35))]

    got = report((card, [*events, visit(40)]), notices=notices)

    assert (got.comeback_notices, got.comebacks) == (1, 1)


def friends_shop() -> wc.Program:
    return studio(zone="Europe/London", referral=Referral(referrer=200, newcomer=100, cap_per_month=1))


def test_friends_are_newcomers_whose_first_paid_visit_counts() -> None:
    rules = friends_shop()
    paid = member(visit(2), visit(3, amount=100), id="B", referred_by="A", program=rules)
    unpaid = member(visit(2), id="C", referred_by="A", program=rules)
    refunded = member(
        visit(3, amount=100), wc.Event.reverse(id="r", at=on(4), event="v3"), id="D", referred_by="A", program=rules
    )
    over_the_cap = member(visit(4, amount=100), id="E", referred_by="A", program=rules)
    refers = [wc.Event.refer(id=f"f-{who}", at=on(5), friend=who, event="x") for who in "DE"]

    got = report(member(visit(1), *refers, program=rules), paid, unpaid, refunded, over_the_cap, program=rules)

    assert got.friends == 2
    assert report().friends is None


def test_a_friend_elsewhere_counts_by_the_refer_event() -> None:
    rules = friends_shop()
    refer = wc.Event.refer(id="f", at=on(5), friend="Z", event="x")
    back = wc.Event.reverse(id="r", at=on(6), event="f")

    assert report(member(refer, program=rules), program=rules).friends == 1
    assert report(member(refer, back, program=rules), program=rules).friends == 0


def test_revenue_is_what_was_paid_and_says_what_it_does_not_know() -> None:
    beans = wc.Event.purchase(id="beans", at=on(3), amount=900)

    got = report(member(visit(1, amount=350), visit(2), beans, visit(4, amount=0)))

    assert (got.revenue, got.priced, got.unpriced) == (1250, 2, 2)
    assert report(member(visit(1), visit(2, amount=0))).revenue is None


def test_return_is_revenue_by_cost() -> None:
    rules = free_cafe(stamps={"reward": COSTED})
    story = [visit(2, amount=300), wc.Event.redeem(id="u", at=on(2))]

    assert report(finisher(rules, *story), program=rules).return_per_cost == 300 / 90
    assert report(finisher(rules, story[0]), program=rules).return_per_cost is None


def test_reversed_refused_doubled_and_later_events_do_not_count() -> None:
    rules = cafe(stamps={"reward": COSTED}, limits=wc.Limits(min_interval_minutes=10))
    once = [visit(1, stamps=9, amount=500), wc.Event.redeem(id="u", at=on(2)), visit(3, amount=200)]
    noise = [
        once[0],
        wc.Event.visit(id="v1", at=on(1.5), amount=7),  # The id is known.
        visit(1.001, amount=900),  # Two minutes later.
        wc.Event.redeem(id="u2", at=on(2)),  # Nothing is ready.
        visit(4, stamps=9, amount=800),
        wc.Event.reverse(id="r1", at=on(4.1), event="v4"),
        wc.Event.reverse(id="r2", at=on(4.2), event="v3"),
        wc.Event.reverse(id="r3", at=on(101), event="v1"),
        visit(100.1, stamps=9, amount=1000),
    ]

    quiet = report(member(*once[:2], program=rules), program=rules)
    loud = report(member(*once, *noise, program=rules), program=rules)

    assert loud == quiet
    assert (quiet.visits, quiet.revenue, quiet.cycles, quiet.reward_cost) == (1, 500, 1, 90)


def test_a_reversed_redemption_costs_nothing() -> None:
    rules = free_cafe(stamps={"reward": COSTED})
    events = [wc.Event.redeem(id="u", at=on(2)), wc.Event.reverse(id="r", at=on(3), event="u")]

    got = report(finisher(rules, *events), program=rules)

    assert (got.redemptions, got.reward_cost) == (0, 0)


def test_a_stored_card_gives_the_same_with_all_of_its_events_or_none() -> None:
    rules = free_cafe(stamps={"goal": 3, "reward": COSTED})
    card, events = member(*(visit(day, amount=300) for day in range(8)), program=rules)
    used = [*events, wc.Event.redeem(id="u", at=on(9))]
    stored = wc.replay(rules, card, used)

    one, two, three = (report(pair, program=rules) for pair in ((card, used), (stored, used), (stored, [])))

    assert one == two == three
    assert report((stored, used), program=rules, launched=on(4)) == report((card, used), program=rules, launched=on(4))


def test_the_present_is_the_default() -> None:
    assert wc.measure(CLUB, []).at.tzinfo is not None


def test_iterators_do_as_well_as_lists() -> None:
    card, events = member(*visits(1, 2, 3))
    notices = [("A", "comeback:30:x", on(2))]

    got = wc.measure(CLUB, iter([(card, iter(events))]), at=on(100), notices=iter(notices))

    assert got == report((card, events), notices=notices)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[Pair], list[tuple[str, str, datetime]]]:
    made, notices = [], []
    for name in "ABCDEFG"[: draw(st.integers(0, 7))]:
        events: list[wc.Event] = []
        for place, day in enumerate(draw(st.lists(st.integers(0, 90), max_size=12))):
            kind = draw(st.sampled_from(["visit", "visit", "visit", "redeem", "reverse", "again"]))
            if kind == "visit" or not events:
                events.append(visit(day, id=f"{place}", stamps=draw(st.integers(0, 9)), amount=draw(st.integers(0, 9))))
            elif kind == "redeem":
                events.append(wc.Event.redeem(id=f"{place}", at=on(day)))
            elif kind == "reverse":
                events.append(wc.Event.reverse(id=f"{place}", at=on(day), event=draw(st.sampled_from(events)).id))
            else:
                events.append(draw(st.sampled_from(events)))
        made.append(member(*events, id=name, joined=draw(st.integers(0, 60))))
        notices += [(name, f"comeback:30:{day}", on(day)) for day in draw(st.lists(st.integers(0, 99), max_size=4))]
    return made, notices


@given(crowds(), st.randoms(use_true_random=False), st.one_of(st.none(), st.integers(0, 100)))
def test_the_order_of_members_and_notices_means_nothing(
    crowd: tuple[list[Pair], list[tuple[str, str, datetime]]], chance: Random, launch: int | None
) -> None:
    members, notices = crowd
    launched = None if launch is None else on(launch)
    before = report(*members, notices=notices, launched=launched)
    chance.shuffle(members)
    chance.shuffle(notices)

    after = report(*members, notices=notices, launched=launched)

    assert after == before


@given(crowds(), st.one_of(st.none(), st.integers(0, 100)))
def test_the_parts_never_outgrow_the_whole(
    crowd: tuple[list[Pair], list[tuple[str, str, datetime]]], launch: int | None
) -> None:
    members, notices = crowd

    got = report(*members, notices=notices, launched=None if launch is None else on(launch))

    assert got.active <= got.members >= got.compared
    assert got.repeated <= got.followed <= got.visits
    assert got.comebacks <= got.comeback_notices <= len(notices)
    assert (got.finishers or 0) <= min(got.members, got.cycles or 0)
    for share in (got.active_share, got.repeat_share, got.finish_share):
        assert share is None or 0 <= share <= 1
    for gap in (got.gap, got.gap_before, got.gap_after):
        assert gap is None or gap >= 1


@given(crowds())
def test_whole_members_add_up(crowd: tuple[list[Pair], list[tuple[str, str, datetime]]]) -> None:
    """What is counted over members is the sum of what each of them brings alone."""
    members, _ = crowd

    whole, alone = report(*members), [report(one) for one in members]

    for name in ("members", "active", "visits", "followed", "repeated", "cycles", "finishers", "redemptions", "priced"):
        assert getattr(whole, name) == sum(getattr(one, name) for one in alone), name


def calls(work: Callable[[], object]) -> int:
    """Count the calls that a piece of work makes: the same on every machine, unlike seconds."""
    count = 0

    def note(_frame: FrameType, kind: str, _arg: object) -> None:
        nonlocal count
        count += kind in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("what", ["events", "members", "notices"])
def test_twice_as_much_is_twice_the_work(what: str) -> None:
    def story(size: int) -> Callable[[], object]:
        if what == "events":
            pairs = [member(*(visit(n / 10) for n in range(size)))]
        else:
            pairs = [member(*visits(1, 2, 3), id=f"C{n}") for n in range(size if what == "members" else 1)]
        notices = [(pairs[0][0].id, f"comeback:{n}", on(n / 10)) for n in range(size if what == "notices" else 1)]
        return lambda: report(*pairs, notices=notices)

    story(50)()  # What is looked up once is not counted.
    small, large = calls(story(200)), calls(story(400))

    assert large < 2.2 * small


def test_the_arguments_stay_as_they_were() -> None:
    card, events = member(*visits(1, 2, 3))
    kept, copy = card.to_json(), list(events)

    report((card, events))

    assert (card.to_json(), events) == (kept, copy)


NAIVE = datetime(2026, 1, 2)  # noqa: DTZ001  # the point of the test


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"program": "club"}, "value.type", "program"),
        ({"at": NAIVE}, "time.naive", "at"),
        ({"at": "today"}, "time.type", "at"),
        ({"launched": NAIVE}, "time.naive", "launched"),
        ({"launched": on(101)}, "time.order", "launched"),
        ({"members": 7}, "list.type", "members"),
        ({"members": "A"}, "list.type", "members"),
        ({"members": {"A": []}}, "list.type", "members"),
        ({"members": [member()[0]]}, "member.type", "members[0]"),
        ({"members": [("A", [])]}, "value.type", "members[0].card"),
        ({"members": [(member()[0], visit(1))]}, "list.type", "members[0].events"),
        ({"members": [(member()[0], [visit(1), "visit"])]}, "list.entry", "members[0].events[1]"),
        ({"members": [member(), member(program=spa(), id="B")]}, "program.mismatch", "members[1].card"),
        ({"members": [member(), member()]}, "member.twice", "members[1]"),
        ({"members": [(wc.replay(CLUB, *member(visit(200))), [])]}, "card.later", "members[0].card"),
        ({"notices": 7}, "list.type", "notices"),
        ({"notices": ["AAA"]}, "notice.type", "notices[0]"),
        ({"notices": [("A", "comeback:30:x")]}, "notice.type", "notices[0]"),
        ({"notices": [("Z", "comeback:30:x", on(1))]}, "notice.card", "notices[0].card"),
        ({"notices": [(7, "comeback:30:x", on(1))]}, "text.type", "notices[0].card"),
        ({"notices": [("A", None, on(1))]}, "text.empty", "notices[0].notice"),
        ({"notices": [("A", "comeback:30:x", NAIVE)]}, "time.naive", "notices[0].time"),
    ],
)
def test_bad_input_is_refused_by_name(changes: dict[str, Any], code: str, where: str) -> None:
    values: dict[str, Any] = {"program": CLUB, "members": [member()], "at": on(100), **changes}

    with pytest.raises(InvalidCardError) as caught:
        wc.measure(values.pop("program"), values.pop("members"), **values)

    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.hint
    assert len(caught.value.issues) == 1


def test_everything_that_is_wrong_is_told_at_once() -> None:
    members: Iterable[Any] = [("A", []), (member()[0], ["visit"])]

    with pytest.raises(InvalidCardError) as caught:
        wc.measure(CLUB, members, at=NAIVE, launched=NAIVE, notices=[("A", "comeback", NAIVE)])

    assert [issue.where for issue in caught.value.issues] == [
        "at",
        "launched",
        "members[0].card",
        "members[1].events[0]",
        "notices[0].time",
    ]


def test_a_report_reads_as_a_table() -> None:
    rules = free_cafe(stamps={"reward": COSTED})
    text = str(report(finisher(rules, *visits(3, 9), wc.Event.redeem(id="u", at=on(9))), program=rules))

    assert text.splitlines()[5:7] == [
        "came again within 30 days        2 of 3 (67%)",
        "days between visits              4.0",
    ]
    assert "points" not in text
    assert "revenue, minor units             - (3 without a price)" in text


def test_a_report_reads_as_a_table_in_a_notebook() -> None:
    page = report(member(*visits(0, 10, 50, 55), joined=50), launched=on(50))._repr_html_()

    assert page.startswith("<table>")
    assert "days between visits</th><td>5.0</td>" in page
    assert "of 1 members, before</th><td>10.0</td>" in page


def test_a_report_is_a_plain_value() -> None:
    got = report(member(*visits(0, 10)))

    assert pickle.loads(pickle.dumps(got)) == got  # noqa: S301  # our own bytes
    assert hash(got) == hash(report(member(*visits(0, 10))))
    assert {type(value) for name, value in asdict(got).items() if name not in ("program", "at")} <= {
        int,
        float,
        type(None),
    }
