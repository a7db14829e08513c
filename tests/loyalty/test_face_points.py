"""The face of a points card: the balance, what it buys, what is next, and what ends first."""

import pytest
from tests.loyalty.shop import POINTS, bar, changes, ida, lines, on, paid, shop

import walletcard as wc
from walletcard.model import BackText, Balance, Earn, Points

CLUB = shop(points=POINTS)
BACK = ("back", "catalogue", "Rewards for points", "100 points: Cake; 300 points: Oil")


def face(*events: wc.Event, program: wc.Program = CLUB, month: int = 3) -> wc.Face:
    return wc.face(program, ida(program, *events), at=on(month, 1))


def test_no_points_yet() -> None:
    shown = face()

    assert lines(shown) == [
        ("header", "points", "POINTS", "0"),
        ("secondary", "to_item", "TO CAKE", "100 points"),
        ("auxiliary", "member", "MEMBER", "Ida"),
        BACK,
    ]
    assert shown.balances == (
        Balance(label="Points", text="0", amount=0),
        Balance(label="Available", text="0 rewards", short="0"),
    )
    assert (bar(shown), shown.alt) == (("bar", 0, 0, 100), "Points: 0. 100 points to go to Cake.")
    assert (shown.kind, shown.program, shown.tier, shown.state) == ("loyalty", "mill-lane", None, "active")
    assert shown.description == "Mill Lane loyalty card"
    assert (shown.id, shown.member, shown.issuer, shown.title, shown.expires) == (
        "M1",
        "Ida",
        "Mill",
        "Mill Lane",
        None,
    )


def test_one_point_short_is_said_in_the_singular() -> None:
    shown = face(paid(9_900))

    assert ("secondary", "to_item", "TO CAKE", "1 point") in lines(shown)
    assert "affordable" not in {field.key for field in shown.fields}
    assert (bar(shown), shown.alt) == (("bar", 0, 99, 100), "Points: 99. 1 point to go to Cake.")


def test_exactly_the_price_is_enough() -> None:
    shown = face(paid(10_000))

    assert lines(shown) == [
        ("header", "points", "POINTS", "100"),
        ("secondary", "affordable", "AVAILABLE NOW", "Cake"),
        ("secondary", "to_item", "TO OIL", "200 points"),
        ("auxiliary", "member", "MEMBER", "Ida"),
        ("auxiliary", "expiring", "FIRST TO EXPIRE", "100 points, 1 Feb 2027"),
        BACK,
    ]
    assert shown.balances == (
        Balance(label="Points", text="100", amount=100),
        Balance(label="Available", text="1 reward", short="1"),
    )
    assert (bar(shown), shown.alt) == (("bar", 100, 100, 300), "Points: 100. 200 points to go to Oil.")


def test_with_all_within_reach_the_bar_is_full_and_the_dearest_is_named() -> None:
    shown = face(paid(40_000))

    assert [line for line in lines(shown) if line[0] == "secondary"] == [
        ("secondary", "affordable", "AVAILABLE NOW", "Oil")
    ]
    assert (bar(shown), shown.alt) == (("bar", 0, 1, 1), "Points: 400.")


def test_without_a_catalogue_only_the_balance_is_told() -> None:
    club = shop(points=Points(earn=(Earn(metric="amount", per=100, points=1),)))

    shown = face(paid(2_500), program=club)

    assert lines(shown) == [("header", "points", "POINTS", "25"), ("auxiliary", "member", "MEMBER", "Ida")]
    assert shown.balances == (
        Balance(label="Points", text="25", amount=25),
        Balance(label="Rewards", text="0", amount=0),
    )
    assert (bar(shown), shown.alt) == (("plain", 0, 0, 0), "Points: 25.")


def test_the_points_may_have_a_name_of_their_own() -> None:
    club = shop(points=Points(earn=POINTS.earn, label="Leaves"))

    shown = face(program=club)

    assert ("header", "points", "LEAVES", "0") in lines(shown)
    assert shown.balances[0].label == "Leaves"


def test_what_ends_first_is_all_that_ends_on_that_day() -> None:
    first = [paid(3_000, "a", 2, 1), paid(4_000, "b", 2, 1), paid(5_000, "c", 2, 2)]

    assert ("auxiliary", "expiring", "FIRST TO EXPIRE", "70 points, 1 Feb 2027") in lines(face(*first))
    spent = wc.Event.redeem(id="r", at=on(2, 5), points=60)
    assert ("auxiliary", "expiring", "FIRST TO EXPIRE", "10 points, 1 Feb 2027") in lines(face(*first, spent))
    spent = wc.Event.redeem(id="r", at=on(2, 5), points=70)
    assert ("auxiliary", "expiring", "FIRST TO EXPIRE", "50 points, 2 Feb 2027") in lines(face(*first, spent))


def test_points_count_through_their_last_day_and_not_on_the_next() -> None:
    card = ida(CLUB, paid(10_000))

    last, over = (wc.face(CLUB, card, at=on(2, day, year=2027)) for day in (1, 2))

    assert [shown.balances[0].amount for shown in (last, over)] == [100, 0]
    assert "expiring" not in {field.key for field in over.fields}


def test_a_bought_reward_that_waits_is_counted_on_the_front_and_named_on_the_back() -> None:
    later = wc.Reward(id="spa", title="Spa day", points=50, valid_days=30)
    club = shop(points=Points(earn=POINTS.earn, catalogue=(later,)))
    events = [wc.Event.redeem(id="r", at=on(2, 2), reward="spa"), wc.Event.grant(id="g", at=on(2, 3), reward="spa")]

    one, two = (wc.face(club, ida(club, paid(20_000), *events[:n]), at=on(2, 10)) for n in (1, 2))

    assert lines(one)[2:4] == [("auxiliary", "waiting", "REWARDS", "1 ready"), ("auxiliary", "member", "MEMBER", "Ida")]
    assert ("back", "ready", "Rewards ready", "Spa day") in lines(one)
    assert ("auxiliary", "waiting", "REWARDS", "2 ready") in lines(two)
    assert ("back", "ready", "Rewards ready", "2 × Spa day") in lines(two)
    assert changes(two) == {"points": "Points balance: %@", "ready": "Ready for you: %@"}


def test_f2_earned_points_are_announced_and_spent_ones_are_not() -> None:
    before = ida(CLUB, paid(10_000))
    earned = ida(CLUB, paid(10_000), paid(500, "more", 2, 2))
    spent = ida(CLUB, paid(10_000), wc.Event.redeem(id="r", at=on(2, 2), reward="cake"))

    said = [wc.face(CLUB, card, at=on(2, 3), since=before) for card in (earned, spent, before)]

    assert [(one.announces, changes(one)) for one in said] == [
        ("points", {"points": "Points balance: %@"}),
        (None, {}),
        (None, {}),
    ]


def test_f2_points_that_have_ended_are_not_announced() -> None:
    card = ida(CLUB, paid(10_000))

    shown = wc.face(CLUB, card, at=on(2, 2, year=2027), since=card)

    assert (shown.announces, changes(shown)) == (None, {})


def test_f2_stamps_go_before_points() -> None:
    club = shop(points=POINTS, stamps=wc.Stamps(goal=5, reward=wc.Reward(id="tea", title="Tea")))
    before, after = ida(club), ida(club, paid(1_000))

    shown = wc.face(club, after, at=on(2, 2), since=before)

    assert (shown.announces, changes(shown)) == ("stamps", {"stamps": "Stamp added: %@"})
    assert [(one.label, one.text) for one in shown.balances] == [("Stamps", "1 of 5"), ("Points", "10")]
    assert lines(shown)[:2] == [("header", "stamps", "STAMPS", "1 of 5"), ("header", "points", "POINTS", "10")]


@pytest.mark.parametrize(
    ("text", "told", "kept"),
    [
        ("Soon: {expiring}", "Soon: Expiring 1 Feb 2027: 100 points", False),
        ("Soon: {next_expiry}", "Soon: 1 Feb 2027, 100 points", False),
        ("Soon", "Soon", True),
    ],
)
def test_a_full_row_sends_the_end_to_the_back_unless_a_text_says_it(text: str, told: str, kept: bool) -> None:
    club = shop(
        points=Points(earn=POINTS.earn, catalogue=POINTS.catalogue),
        pack=wc.Reward(id="ten", title="Ten", uses=10),
        stamps=wc.Stamps(goal=9, reward=wc.Reward(id="tea", title="Tea")),
        back=(BackText("Points", text),),
    )

    shown = face(paid(10_000), program=club)

    front = [field.key for slot in ("secondary", "auxiliary") for field in shown.in_slot(slot)]
    assert front == ["reward", "left", "affordable", "to_item"]
    back = {field.key: field.value for field in shown.in_slot("back")}
    assert back["back_1"] == told
    assert ("expiring" in back) is kept
    assert list(back) == ["back_1", "ready", "member", "pack", *(["expiring"] if kept else []), "catalogue"]


def test_the_catalogue_is_not_told_twice() -> None:
    club = shop(points=POINTS, back=(BackText("Rewards", "{catalogue}."),))

    assert [line for line in lines(face(program=club)) if line[0] == "back"] == [
        ("back", "back_1", "Rewards", "100 points: Cake; 300 points: Oil.")
    ]
