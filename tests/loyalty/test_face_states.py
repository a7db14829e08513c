"""The face of gift vouchers, of cards that have ended, and of stamp cards at every turn; what the back says."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.businesses import gifts
from tests.cards import at, cafe, free_cafe, priya, run
from tests.loyalty.shop import LONDON, POINTS, bar, changes, ida, lines, on, paid, shop, visits

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Balance, Gift, Milestone, Notice, Points, Stamps

TEA = wc.Reward(id="tea", title="Tea")
LOAD = wc.Event.grant(id="sale", at=on(2, 1), money=6_000)
PAY = wc.Event.redeem(id="pay", at=on(2, 2), amount=4_500)
REST = wc.Event.redeem(id="rest", at=on(2, 3), amount=1_500)


def gift(*events: wc.Event, program: wc.Program | None = None, moment: datetime | None = None, **how: Any) -> wc.Face:
    club = program or gifts()
    card = wc.join(club, id="G1", member="Emma", sender="Daniel", message="For you", at=on(1, 5))
    return wc.face(club, wc.replay(club, card, events), at=moment or on(3, 1), **how)


# Gift vouchers


def test_a_gift_voucher_shows_what_is_left_what_it_was_and_for_whom() -> None:
    shown = gift(LOAD, PAY)

    assert lines(shown) == [
        ("header", "balance", "BALANCE", "£15.00"),
        ("primary", "value", "GIFT VOUCHER", "£60"),
        ("secondary", "member", "FOR", "Emma"),
        ("secondary", "sender", "FROM", "Daniel"),
        ("auxiliary", "valid_until", "VALID UNTIL", "1 Feb 2027"),
        ("back", "message", "Message", "For you"),
    ]
    assert shown.balances == (Balance(label="Balance", text="£15.00", amount=wc.Money(1_500, "GBP")),)
    assert (shown.kind, shown.state, shown.alt) == ("gift", "active", "Gift voucher: £15.00.")
    assert shown.description == "Still Waters gift voucher"
    assert shown.expires == datetime(2027, 2, 2, tzinfo=LONDON)
    assert (changes(shown), bar(shown)[0]) == ({"balance": "Voucher balance: %@"}, "plain")
    assert shown.strip is not None
    assert shown.strip.look == "normal"


@pytest.mark.parametrize(
    ("events", "moment", "state"),
    [
        ((), on(3, 1), "active"),
        ((LOAD, PAY), on(3, 1), "active"),
        ((LOAD, PAY, REST), on(3, 1), "complete"),
        ((LOAD, PAY), on(2, 1, 23, year=2027), "active"),
        ((LOAD, PAY), on(2, 2, 0, year=2027), "expired"),
        ((LOAD, PAY, REST), on(2, 2, 0, year=2027), "complete"),
        ((LOAD, wc.Event.close(id="x", at=on(2, 5), reason="lost")), on(3, 1), "closed"),
    ],
)
def test_the_state_of_a_gift_voucher_is_seen_in_its_picture(
    events: tuple[wc.Event, ...], moment: datetime, state: str
) -> None:
    shown = gift(*events, moment=moment)

    assert shown.strip is not None
    assert (shown.state, shown.strip.look) == (state, "normal" if state == "active" else state)


def test_a_gift_voucher_without_an_end_names_none() -> None:
    club = gifts(gift=Gift(title="Gift voucher", currency="GBP"))

    shown = gift(LOAD, program=club)

    assert shown.expires is None
    assert "valid_until" not in {field.key for field in shown.fields}


def test_a_gift_voucher_for_nobody_in_particular_names_nobody() -> None:
    club = gifts()
    card = wc.join(club, id="G1", at=on(1, 5))

    shown = wc.face(club, card, at=on(3, 1))

    assert lines(shown) == [("header", "balance", "BALANCE", "£0.00"), ("primary", "value", "GIFT VOUCHER", "£0")]
    assert shown.member is None


def test_f2_a_gift_voucher_announces_a_changed_balance_and_nothing_else() -> None:
    club = gifts()
    start = wc.join(club, id="G1", at=on(1, 5))
    loaded, paid_ = wc.replay(club, start, [LOAD]), wc.replay(club, start, [LOAD, PAY])

    said = [
        wc.face(club, card, at=on(3, 1), since=before).announces
        for card, before in ((loaded, start), (paid_, loaded), (paid_, paid_))
    ]

    assert said == ["balance", "balance", None]


def test_the_last_day_stands_in_a_text_in_full() -> None:
    club = gifts(
        back=(BackText("Terms", "Valid until {valid_to}. {name}, {{not}} for cash. {rule}"),), rule_text="Once."
    )

    assert (
        "back",
        "back_1",
        "Terms",
        "Valid until 1 February 2027. Still Waters Gift, {not} for cash. Once.",
    ) in lines(gift(LOAD, program=club))


# What has ended


def test_a_closed_card_says_so_and_promises_nothing() -> None:
    club = free_cafe()
    card, _ = run(
        club, priya(club, 8), wc.Event.visit(id="a", at=at(10)), wc.Event.close(id="x", at=at(11), reason="moved")
    )

    shown = wc.face(club, card, at=at(12))

    assert shown.state == "closed"
    assert shown.strip is not None
    assert (shown.strip.look, shown.strip.lit) == ("closed", False)
    assert ("back", "ready", "Rewards ready", "None yet") in lines(shown)
    assert "waiting" not in {field.key for field in shown.fields}


def test_only_a_gift_voucher_ends_as_a_card() -> None:
    club = shop(points=POINTS)

    shown = wc.face(club, ida(club, paid(1_000)), at=on(3, 1, year=2030))

    assert (shown.state, shown.expires) == ("active", None)


# Stamp cards at every turn


LADDER = shop(
    stamps=Stamps(
        goal=6,
        reward=wc.Reward(id="spa", title="Spa day"),
        milestones=(Milestone(at=2, reward=TEA), Milestone(at=4, reward=wc.Reward(id="oil", title="Oil"))),
        unit="visits",
    )
)


def climbed(stamps: int, *more: wc.Event) -> wc.Face:
    return wc.face(LADDER, ida(LADDER, *visits(stamps), *more), at=on(3, 1))


def row(face: wc.Face) -> dict[str, str]:
    return {field.key: field.value for slot in ("secondary", "auxiliary") for field in face.in_slot(slot)}


@pytest.mark.parametrize(
    ("stamps", "reward", "left", "alt"),
    [
        (0, "Tea", "2 visits", "Stamp card: 0 of 6 stamps. 2 visits to go. Next reward: Tea."),
        (1, "Tea", "1 visit", "Stamp card: 1 of 6 stamps. 1 visit to go. Next reward: Tea."),
        (2, "Oil", "2 visits", "Stamp card: 2 of 6 stamps. 2 visits to go. Next reward: Oil. 1 reward ready."),
        (4, "Spa day", "2 visits", "Stamp card: 4 of 6 stamps. 2 visits to go. Next reward: Spa day. 2 rewards ready."),
    ],
)
def test_the_next_reward_is_the_next_on_the_ladder(stamps: int, reward: str, left: str, alt: str) -> None:
    shown = climbed(stamps)

    assert (row(shown)["reward"], row(shown)["left"], shown.alt) == (reward, left, alt)


def test_one_reward_that_waits_is_named_and_several_are_counted() -> None:
    full = climbed(6)
    alone = climbed(6, *[wc.Event.redeem(id=f"r{one}", at=on(2, 20), reward=one) for one in ("tea", "oil")])

    assert row(full) == {"reward": "3 ready", "member": "Ida"}
    assert row(alone) == {"reward": "Spa day", "member": "Ida"}
    assert ("secondary", "reward", "READY", "Spa day") in lines(alone)
    assert ("back", "ready", "Rewards ready", "Tea, Oil, Spa day") in lines(full)
    assert full.alt == "Stamp card: 6 of 6 stamps. Ready for you: Tea, Oil, Spa day."
    assert full.balances == (
        Balance(label="Visits", text="6 of 6", short="6/6"),
        Balance(label="Rewards", text="3", amount=3),
    )
    strip = full.strip
    assert strip is not None
    assert (strip.cells, strip.filled, strip.reward_at, strip.lit) == (6, 6, 6, True)


def test_used_milestones_are_drawn_as_used_in_their_own_cycle_only() -> None:
    tea = wc.Event.redeem(id="tea", at=on(2, 20), reward="tea")
    again = [wc.Event.visit(id=f"w{day}", at=on(2, 20 + day)) for day in range(1, 3)]

    first, second = climbed(3, tea), climbed(6, tea, *again)

    assert [(one.strip.milestones, one.strip.used) for one in (first, second) if one.strip] == [
        ((2, 4), (2,)),
        ((2, 4), ()),
    ]
    assert row(second)["waiting"] == "3 ready"


def test_a_reward_that_was_taken_back_is_ahead_again() -> None:
    back = wc.Event.reverse(id="x", at=on(2, 20), event="v2")

    shown = climbed(2, back)

    assert (row(shown)["reward"], row(shown)["left"]) == ("Tea", "1 visit")
    assert "waiting" not in row(shown)


def test_an_owed_stamp_counts_among_those_to_go() -> None:
    club = shop(stamps=Stamps(goal=3, reward=TEA))
    use = wc.Event.redeem(id="use", at=on(2, 10), reward="tea")
    owed = ida(club, *visits(3), use, wc.Event.reverse(id="x", at=on(2, 11), event="v3"))

    shown = wc.face(club, owed, at=on(3, 1))

    assert owed.owed_stamps == 1
    assert (row(shown)["left"], shown.balances[0].text) == ("4 stamps", "0 of 3")


def test_the_full_card_is_that_of_the_cycle_that_was_finished() -> None:
    old, new = (shop(stamps=Stamps(goal=goal, reward=TEA)) for goal in (3, 5))

    shown = wc.face(new, wc.replay(old, ida(old), visits(3)), at=on(3, 1))

    assert (shown.balances[0].text, shown.strip.cells if shown.strip else 0) == ("3 of 3", 3)


def test_a_reward_of_another_kind_does_not_make_the_card_full() -> None:
    club = shop(stamps=Stamps(goal=3, reward=TEA))
    given = wc.Event.grant(id="g", at=on(2, 1), reward=wc.Reward(id="gift", title="Gift"))

    shown = wc.face(club, ida(club, given), at=on(3, 1))

    assert (row(shown)["waiting"], row(shown)["reward"], shown.balances[0].text) == ("1 ready", "Tea", "0 of 3")
    assert shown.alt == "Stamp card: 0 of 3 stamps. 3 stamps to go. Next reward: Tea. 1 reward ready."
    assert changes(shown) == {"ready": "Ready for you: %@"}


def test_the_cell_of_the_reward_is_drawn_beside_the_stamps() -> None:
    club = cafe()

    strips = [wc.face(club, priya(club, count), at=at(12)).strip for count in (0, 8)]

    assert [(one.mode, one.cells, one.filled, one.reward_at, one.lit) for one in strips if one] == [
        ("grid", 10, 0, 10, False),
        ("grid", 10, 8, 10, False),
    ]


def test_a_card_from_before_the_stamps_gets_them_with_its_first() -> None:
    old = shop(points=POINTS)
    new = shop(points=POINTS, stamps=Stamps(goal=3, reward=TEA))
    card = ida(old, paid(10_000))

    shown, begun = (
        wc.face(new, one, at=on(3, 1)) for one in (card, wc.apply(new, card, wc.Event.visit(id="v", at=on(2, 5)))[0])
    )

    assert [one.label for one in begun.balances] == ["Stamps", "Points"]
    assert [one.text for one in begun.balances] == ["1 of 3", "100"]
    assert "Points" in [one.label for one in shown.balances]


# The back


def test_how_it_works_is_said_once() -> None:
    own = shop(points=POINTS, rule_text="A point a pound.")
    told = shop(points=POINTS, rule_text="A point a pound.", back=(BackText("Rules", "{rule} Enjoy."),))

    first, second = (
        [(line[2], line[3]) for line in lines(wc.face(club, ida(club), at=on(3, 1))) if line[1] != "catalogue"][3:]
        for club in (own, told)
    )

    assert first == [("How it works", "A point a pound.")]
    assert second == [("Rules", "A point a pound. Enjoy.")]


def test_a_text_with_nothing_to_say_is_left_out() -> None:
    club = shop(
        points=Points(earn=POINTS.earn), back=(BackText("Soon", "{next_expiry}"), BackText("Code", "{referral_code}"))
    )

    assert [line for line in lines(wc.face(club, ida(club), at=on(3, 1))) if line[0] == "back"] == []


def test_cycle_and_goal_are_those_that_are_shown() -> None:
    club = free_cafe(back=(BackText("Card", "No. {cycle}, {goal} stamps"),))
    third, _ = run(club, priya(club), wc.Event.visit(id="a", at=at(10), stamps=20))
    full, _ = run(club, priya(club), wc.Event.visit(id="a", at=at(10), stamps=9))

    texts = [wc.face(club, card, at=at(12)).in_slot("back")[0].value for card in (third, full)]

    assert texts == ["No. 3, 9 stamps", "No. 1, 9 stamps"]


def test_the_code_for_friends_is_told_unless_a_text_says_it() -> None:
    rule = wc.Referral(referrer=500, newcomer=100)
    own = shop(points=POINTS, referral=rule)
    told = shop(points=POINTS, referral=rule, back=(BackText("Friends", "Bring one: {referral_code}"),))

    first, second = (
        [line for line in lines(wc.face(club, ida(club, referral_code="IDA7"), at=on(3, 1))) if line[0] == "back"]
        for club in (own, told)
    )

    assert first[-1] == ("back", "referral", "Bring a friend", "Code IDA7")
    assert second == [
        ("back", "back_1", "Friends", "Bring one: IDA7"),
        ("back", "catalogue", "Rewards for points", "100 points: Cake; 300 points: Oil"),
    ]


def test_texts_that_differ_from_card_to_card_are_not_shared() -> None:
    club = shop(
        points=POINTS,
        stamps=Stamps(goal=3, reward=TEA),
        rule_text="A point a pound.",
        back=(
            BackText("Rule", "{rule} {name} {catalogue}"),
            *(BackText("Own", f"Text {{{name}}}") for name in ("cycle", "expiring", "goal", "membership_to")),
            *(BackText("Own", f"Text {{{name}}}") for name in ("next_expiry", "referral_code", "valid_to")),
        ),
    )
    rule_alone, catalogue = shop(points=POINTS, rule_text="A point a pound."), shop(points=POINTS)

    def shared(program: wc.Program) -> list[str]:
        face = wc.face(program, ida(program), at=on(3, 1))
        return [field.key for field in face.fields if field.shared]

    assert shared(club) == ["back_1"]
    assert shared(rule_alone) == ["how", "catalogue"]
    assert shared(catalogue) == ["catalogue"]


# What the face refuses


def test_messages_are_notices() -> None:
    club = cafe()
    news = Notice(id="news:1", key="news", text="Hello.")

    assert wc.face(club, priya(club), at=at(10), notices=iter([news])).notices == (news,)
    with pytest.raises(InvalidCardError) as refused:
        wc.face(club, priya(club), at=at(10), notices=5)  # type: ignore[arg-type]  # on purpose
    assert refused.value.where == "notices"


def test_since_must_be_the_same_card_of_the_same_programme() -> None:
    one, other = cafe(), cafe(id="other")

    with pytest.raises(InvalidCardError) as refused:
        wc.face(one, priya(one), at=at(10), since=priya(other))
    assert str(refused.value) == 'since: is another card ("CK-7F3A29"); pass the same card as it was before'
    with pytest.raises(InvalidCardError) as refused:
        wc.face(one, priya(one), at=at(10), since="CK-7F3A29")  # type: ignore[arg-type]  # on purpose
    assert refused.value.where == "since"


def test_a_description_of_the_programmes_own_is_taken() -> None:
    club = shop(points=POINTS, description={"en": "The Mill's card"})

    assert wc.face(club, ida(club), at=on(3, 1)).description == "The Mill's card"


def test_dates_stay_in_the_programmes_zone() -> None:
    """Late in the evening in London, the day is over in Tokyo and has not begun in New York."""
    club = shop(points=POINTS)
    card = ida(club, paid(10_000))
    moment = datetime.fromisoformat("2027-02-02T08:30:00+09:00")  # 23:30 on 1 February in London.

    assert wc.face(club, card, at=moment).balances[0].amount == 100
    assert card.lots[0].expires == date(2027, 2, 1)
