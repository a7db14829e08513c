"""Random programmes and streams of events: E1 to E3, S1 to S4 and S11 hold whatever comes, in whatever order."""

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.cards import at, cafe

import walletcard as wc
from walletcard.model import Milestone

OIL = wc.Reward(id="oil", title="Warm oil")


@st.composite
def programs(draw: st.DrawFn) -> wc.Program:
    goal = draw(st.integers(1, 12))
    places = sorted(draw(st.sets(st.integers(1, goal), max_size=3)))
    limits = wc.Limits(
        min_interval_minutes=draw(st.sampled_from([0, 0, 10, 60])),
        max_per_day=draw(st.sampled_from([None, None, 1, 3])),
    )
    rule: dict[str, Any] = {
        "goal": goal,
        "reward_cell": draw(st.booleans()),
        "rollover": draw(st.booleans()),
        "join_stamps": draw(st.integers(0, goal - 1)),
        "milestones": tuple(Milestone(at=place, reward=OIL) for place in places),
    }
    return cafe(stamps=rule, limits=limits)


@st.composite
def events(draw: st.DrawFn) -> list[wc.Event]:
    made: list[wc.Event] = []
    for number in range(draw(st.integers(0, 25))):
        moment = at(8) + timedelta(minutes=draw(st.integers(0, 4_000)))
        name = f"e{number}"
        kind = draw(st.sampled_from(["visit", "visit", "visit", "grant", "redeem", "reverse", "again"]))
        if kind == "again" and made:
            made.append(draw(st.sampled_from(made)))
        elif kind == "reverse" and made:
            made.append(wc.Event.reverse(id=name, at=moment, event=draw(st.sampled_from(made)).id))
        elif kind == "redeem":
            made.append(wc.Event.redeem(id=name, at=moment))
        elif kind == "grant":
            made.append(wc.Event.grant(id=name, at=moment, stamps=draw(st.integers(0, 5))))
        else:
            made.append(wc.Event.visit(id=name, at=moment, stamps=draw(st.integers(0, 20))))
    return made


def joined(program: wc.Program) -> wc.Card:
    return wc.join(program, id="CK-1", at=at(7))


def standing(card: wc.Card) -> list[tuple[int | None, int | None, str]]:
    """The places of the vouchers that stamps earned and that stand."""
    found = (v for v in card.vouchers if v.cycle is not None and v.state != "revoked")
    return [(v.cycle, v.position, v.origin) for v in found]


@given(programs(), events())
def test_e1_the_same_events_give_equal_cards_and_equal_json(program: wc.Program, stream: list[wc.Event]) -> None:
    one, two = (wc.replay(program, joined(program), stream) for _ in range(2))

    assert one == two
    assert one.to_json() == two.to_json()


@given(programs(), events())
def test_e2_delivering_everything_again_changes_nothing(program: wc.Program, stream: list[wc.Event]) -> None:
    card = wc.replay(program, joined(program), stream)
    taken = {entry.id for entry in card.entries}

    for event in stream:
        if event.id in taken:
            after, outcome = wc.apply(program, card, event)
            assert after is card
            assert outcome.status == "duplicate"


@given(programs(), events())
def test_e3_replay_equals_apply_one_by_one(program: wc.Program, stream: list[wc.Event]) -> None:
    card = joined(program)
    for event in stream:
        card, outcome = wc.apply(program, card, event)
        assert outcome.text

    assert wc.replay(program, joined(program), stream) == card
    assert wc.Card.from_json(card.to_json()) == card


@given(programs(), events())
def test_s1_stamps_stay_below_the_goal(program: wc.Program, stream: list[wc.Event]) -> None:
    card = joined(program)
    for event in stream:
        card, outcome = wc.apply(program, card, event)
        assert 0 <= card.stamps < card.goal
        assert card.owed_stamps >= 0
        assert outcome.balance == card.stamps


@given(programs(), st.lists(st.integers(0, 40), max_size=12))
def test_s2_s3_no_stamp_is_lost_or_doubled_where_they_roll_over(program: wc.Program, visits: list[int]) -> None:
    stamps = program.stamps
    assert stamps is not None
    stream = [wc.Event.grant(id=f"g{n}", at=at(9), stamps=count) for n, count in enumerate(visits)]

    card = wc.replay(program, joined(program), stream)

    finished = sum(1 for voucher in card.vouchers if voucher.origin == "goal")
    assert finished == card.cycle - 1
    if stamps.rollover:
        assert finished * stamps.goal + card.stamps == stamps.join_stamps + sum(visits)


@given(programs(), events())
def test_s4_each_place_holds_one_voucher_at_most_in_ascending_order(
    program: wc.Program, stream: list[wc.Event]
) -> None:
    card = wc.replay(program, joined(program), stream)

    places = standing(card)
    assert len(set(places)) == len(places)
    for entry in card.entries:
        own = [v for v in card.vouchers if v.cycle is not None and v.id.rpartition(".")[0] == entry.id]
        assert [(v.cycle, v.position) for v in own] == sorted((v.cycle, v.position) for v in own)


@given(programs(), events(), st.randoms(use_true_random=False))
def test_s11_undoing_everything_in_any_order_leaves_the_card_as_it_was_joined(
    program: wc.Program, stream: list[wc.Event], chance: Random
) -> None:
    start = joined(program)
    card = wc.replay(program, start, stream)
    undo = [
        wc.Event.reverse(id=f"undo-{entry.id}", at=at(23, day=30), event=entry.id)
        for entry in card.entries
        if entry.kind != "reverse" and entry.reversed_by is None
    ]
    chance.shuffle(undo)

    for event in undo:
        card, outcome = wc.apply(program, card, event)
        assert outcome.status == "applied"
        assert not (card.stamps and card.owed_stamps)

    assert (card.cycle, card.stamps, card.owed_stamps) == (1, start.stamps, 0)
    standing_now = [v.id for v in card.vouchers if v.state != "revoked"]
    assert standing_now == [v.id for v in start.vouchers]


@given(programs(), events())
def test_the_face_says_what_the_card_holds(program: wc.Program, stream: list[wc.Event]) -> None:
    card = wc.replay(program, joined(program), stream)

    shown = wc.face(program, card, at=at(9))

    assert shown.strip is not None
    assert 0 <= shown.strip.filled <= shown.strip.cells
    waiting = sum(1 for voucher in card.vouchers if voucher.state == "issued")
    assert shown.balances[1].amount == waiting
    assert wc.Face.from_json(shown.to_json()) == shown
