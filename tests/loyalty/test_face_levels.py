"""The face of a card with levels, memberships, packs: what stands where, in which colour, and what it announces."""

from datetime import date
from typing import Any

import pytest
from tests.cards import at, free_cafe, priya, run
from tests.loyalty.shop import LEVELS, PASS, POINTS, SPENDING, TEN, bar, changes, ida, lines, on, paid, shop, visits

import walletcard as wc
from walletcard.model import BackText, Balance, Tier

CLUB = shop(tiers=LEVELS)
IDA = ("auxiliary", "member", "MEMBER", "Ida")


def level(count: int, program: wc.Program = CLUB) -> wc.Face:
    return wc.face(program, ida(program, *visits(count)), at=on(3, 1))


def end_icon(face: wc.Face) -> str:
    assert face.strip is not None
    return face.strip.end_icon


def test_everybody_starts_at_the_first_level() -> None:
    shown = level(0)

    assert lines(shown) == [
        ("secondary", "tier", "LEVEL", "Base"),
        ("secondary", "to_tier", "TO SILVER", "2 sessions"),
        IDA,
    ]
    assert (bar(shown), shown.alt) == (("bar", 0, 0, 2), "0 sessions. 2 sessions to go to the Silver level.")
    assert shown.balances == (Balance(label="Rewards", text="0", amount=0),)
    assert (shown.tier, shown.design, changes(shown)) == ("base", CLUB.design, {})


def test_a_level_shows_its_discount_its_colour_and_its_benefits() -> None:
    shown = level(3)

    assert lines(shown) == [
        ("secondary", "tier", "LEVEL", "Silver"),
        ("secondary", "discount", "DISCOUNT", "10%"),
        ("secondary", "to_tier", "TO GOLD", "2 sessions"),
        IDA,
        ("back", "benefits", "Benefits", "Tea; Late hours"),
    ]
    assert (bar(shown), shown.alt) == (("bar", 2, 3, 5), "3 sessions. 2 sessions to go to the Gold level.")
    assert shown.balances == (Balance(label="Discount", text="10%"),)
    assert (shown.tier, shown.design.icon) == ("silver", "leaf")
    assert shown.design.background == wc.Color.parse("#55606B")
    assert shown.strip is not None
    assert shown.strip.colours.background.hex == "#55606B"
    assert changes(shown) == {"tier": "Your new level: %@"}


def test_there_is_no_way_up_from_the_top() -> None:
    shown = level(6)

    assert lines(shown) == [("secondary", "tier", "LEVEL", "Gold"), ("secondary", "discount", "DISCOUNT", "15%"), IDA]
    assert (bar(shown), shown.alt) == (("bar", 0, 1, 1), "6 sessions. Level: Gold.")


@pytest.mark.parametrize(
    ("amount", "way", "alt"),
    [
        (0, (0, 0, 100), "Level: Gold. Points: 0. 100 points to go to Cake."),
        (24_500, (100, 245, 300), "Level: Gold. Points: 245. 55 points to go to Oil."),
        (30_000, (0, 1, 1), "Level: Gold. Points: 300."),
    ],
)
def test_at_the_top_the_bar_is_for_what_points_buy(amount: int, way: tuple[int, int, int], alt: str) -> None:
    club = shop(tiers=LEVELS, points=POINTS)

    shown = wc.face(club, ida(club, *visits(5), *([paid(amount, day=20)] if amount else [])), at=on(3, 1))

    assert (bar(shown), shown.alt, end_icon(shown)) == (("bar", *way), alt, "gift")


@pytest.mark.parametrize("count", [0, 3, 6])
def test_a_bar_for_levels_ends_in_a_star(count: int) -> None:
    below_the_top = shop(tiers=LEVELS, points=POINTS)

    assert end_icon(level(count)) == "star"
    assert end_icon(level(min(count, 3), below_the_top)) == "star"


def test_a_level_without_a_colour_of_its_own_keeps_the_programmes() -> None:
    same = Tier(id="base", name="Base", min_sessions=0, background="#34495E")

    assert level(0, shop(tiers=(same,))).design == CLUB.design


@pytest.mark.parametrize(
    ("spent", "fields", "way", "alt"),
    [
        (0, [("LEVEL", "Base"), ("TO SILVER", "£500")], (0, 0, 50_000), "Spent: £0. £500 to go to the Silver level."),
        (
            1_250,
            [("LEVEL", "Base"), ("TO SILVER", "£487.50")],
            (0, 1_250, 50_000),
            "Spent: £12.50. £487.50 to go to the Silver level.",
        ),
        (
            119_999,
            [("LEVEL", "Silver"), ("TO GOLD", "£0.01")],
            (50_000, 119_999, 120_000),
            "Spent: £1,199.99. £0.01 to go to the Gold level.",
        ),
        (120_000, [("LEVEL", "Gold")], (0, 1, 1), "Spent: £1,200. Level: Gold."),
    ],
)
def test_levels_by_what_was_spent(spent: int, fields: Any, way: Any, alt: str) -> None:
    club = shop(tiers=SPENDING, currency="GBP")

    shown = wc.face(club, ida(club, *([paid(spent)] if spent else [])), at=on(3, 1))

    assert [(label, value) for slot, _, label, value in lines(shown) if slot == "secondary"] == fields
    assert (bar(shown), shown.alt) == (("bar", *way), alt)


def test_without_a_currency_spending_is_not_told_but_drawn() -> None:
    club = shop(tiers=SPENDING)

    shown = wc.face(club, ida(club, paid(1_250)), at=on(3, 1))

    assert lines(shown) == [("secondary", "tier", "LEVEL", "Base"), IDA]
    assert (bar(shown), shown.alt) == (("bar", 0, 1_250, 50_000), "")


def test_a_granted_level_shows_no_way_that_sessions_do_not_lead() -> None:
    held = wc.Event.grant(id="g", at=on(2, 20), tier="base", until=date(2026, 12, 31))

    shown = wc.face(CLUB, ida(CLUB, *visits(3), held), at=on(3, 1))

    assert ("secondary", "tier", "LEVEL", "Base") in lines(shown)
    assert "to_tier" not in {field.key for field in shown.fields}
    assert (bar(shown), shown.alt) == (("bar", 0, 1, 1), "3 sessions. Level: Base.")


def test_a_granted_level_above_leads_on_from_what_was_earned() -> None:
    held = wc.Event.grant(id="g", at=on(2, 20), tier="silver", until=date(2026, 12, 31))

    shown = wc.face(CLUB, ida(CLUB, held), at=on(3, 1))

    assert ("secondary", "to_tier", "TO GOLD", "5 sessions") in lines(shown)
    assert shown.alt == "0 sessions. 5 sessions to go to the Gold level."


def test_the_way_to_a_level_may_be_said_in_the_programmes_words() -> None:
    up = (LEVELS[0], Tier(id="gold", name="Gold", min_sessions=2, to_label="On to gold"))

    assert ("secondary", "to_tier", "ON TO GOLD", "2 sessions") in lines(level(0, shop(tiers=up)))


def test_f2_a_new_level_is_announced_and_a_lost_one_is_not() -> None:
    two, one = ida(CLUB, *visits(2)), ida(CLUB, *visits(1))
    lost = ida(CLUB, *visits(2), wc.Event.reverse(id="x", at=on(2, 3), event="v2"))

    up, down, same = (
        wc.face(CLUB, card, at=on(3, 1), since=before) for card, before in ((two, one), (lost, two), (two, two))
    )

    assert [(face.announces, changes(face)) for face in (up, down, same)] == [
        ("tier", {"tier": "Your new level: %@"}),
        (None, {}),
        (None, {}),
    ]


def test_f2_a_level_goes_before_points_and_a_reward_before_both() -> None:
    club = shop(tiers=LEVELS, points=POINTS)
    perk = shop(
        tiers=(LEVELS[0], Tier(id="silver", name="Silver", min_sessions=2, monthly=wc.Reward(id="tea", title="Tea")))
    )
    first, second = paid(1_000, "a"), paid(1_000, "b", 2, 2)

    level_first = wc.face(club, ida(club, first, second), at=on(3, 1), since=ida(club, first))
    reward_first = wc.face(perk, ida(perk, first, second), at=on(2, 2), since=ida(perk, first))

    assert (level_first.announces, changes(level_first)) == ("tier", {"tier": "Your new level: %@"})
    assert (reward_first.announces, changes(reward_first)) == ("ready", {"ready": "Ready for you: %@"})


def test_the_row_is_for_the_level_and_the_points_end_is_told_on_the_back() -> None:
    club = shop(tiers=LEVELS, points=POINTS)

    shown = wc.face(club, ida(club, paid(10_000, "a"), paid(10_000, "b", 2, 2)), at=on(3, 1))

    assert lines(shown) == [
        ("header", "points", "POINTS", "200"),
        ("secondary", "tier", "LEVEL", "Silver"),
        ("secondary", "discount", "DISCOUNT", "10%"),
        ("secondary", "to_tier", "TO GOLD", "3 sessions"),
        ("secondary", "affordable", "AVAILABLE NOW", "Cake"),
        ("back", "to_item", "To Oil", "100 points"),
        ("back", "member", "Member", "Ida"),
        ("back", "expiring", "First to expire", "100 points, 1 Feb 2027"),
        ("back", "catalogue", "Rewards for points", "100 points: Cake; 300 points: Oil"),
        ("back", "benefits", "Benefits", "Tea; Late hours"),
    ]
    assert [(one.label, one.text) for one in shown.balances] == [("Points", "200"), ("Discount", "10%")]


def test_the_end_leaves_a_level_card_even_where_the_row_has_room() -> None:
    club = shop(tiers=(LEVELS[0],), points=POINTS)

    shown = wc.face(club, ida(club, paid(1_000)), at=on(3, 1))

    assert ("back", "expiring", "First to expire", "10 points, 1 Feb 2027") in lines(shown)
    assert len(shown.in_slot("secondary") + shown.in_slot("auxiliary")) == 3


# Memberships


RENEWED = wc.Event.renew(id="r", at=on(2, 1))


def test_a_membership_shows_its_end_its_discount_and_its_benefits() -> None:
    club = shop(membership=PASS)

    before, after = (wc.face(club, ida(club, *events), at=on(3, 1)) for events in ((), (RENEWED,)))

    assert lines(before) == [IDA, ("auxiliary", "membership", "ANNUAL PASS", "None yet")]
    assert lines(after) == [
        ("secondary", "discount", "DISCOUNT", "20%"),
        IDA,
        ("auxiliary", "membership", "ANNUAL PASS", "Until 31 Jan 2027"),
        ("back", "benefits", "Benefits", "Sauna; Towels"),
    ]
    assert after.balances == (Balance(label="Discount", text="20%"),)
    assert (bar(after)[0], after.alt) == ("plain", "")


@pytest.mark.parametrize("other", [{"points": POINTS}, {"tiers": LEVELS}, {"pack": TEN}])
def test_a_membership_that_nobody_bought_is_not_named_beside_other_rules(other: dict[str, Any]) -> None:
    club = shop(membership=PASS, **other)

    assert "membership" not in {field.key for field in wc.face(club, ida(club), at=on(3, 1)).fields}


def test_the_better_discount_of_level_and_membership_counts() -> None:
    club = shop(membership=PASS, tiers=(*LEVELS, Tier(id="top", name="Top", min_sessions=6, discount=30)))

    silver, top = (wc.face(club, ida(club, RENEWED, *visits(count)), at=on(3, 1)) for count in (2, 6))

    assert [shown.balances[0].text for shown in (silver, top)] == ["20%", "30%"]
    assert ("back", "benefits", "Benefits", "Tea; Late hours; Sauna; Towels") in lines(silver)


def test_the_membership_moves_to_the_back_unless_a_text_says_it() -> None:
    said = shop(membership=PASS, tiers=LEVELS, back=(BackText("Pass", "Until {membership_to}."),))
    unsaid = shop(membership=PASS, tiers=LEVELS)

    told, moved = (
        [line for line in lines(wc.face(club, ida(club, RENEWED), at=on(3, 1))) if line[0] == "back"]
        for club in (said, unsaid)
    )

    assert told == [
        ("back", "back_1", "Pass", "Until 31 Jan 2027."),
        ("back", "benefits", "Benefits", "Sauna; Towels"),
    ]
    assert moved == [
        ("back", "membership", "Annual pass", "Until 31 Jan 2027"),
        ("back", "benefits", "Benefits", "Sauna; Towels"),
    ]


@pytest.mark.parametrize(("count", "month", "holds"), [(0, 3, False), (1, 3, True), (0, 2, True), (1, 4, False)])
def test_benefits_are_shown_only_while_their_condition_holds(count: int, month: int, holds: bool) -> None:
    rule = wc.model.Membership(title="Pass", months=12, discount=5, benefits=("Sauna",), min_visits_per_month=1)
    club = shop(membership=rule)

    shown = wc.face(club, ida(club, RENEWED, *visits(count)), at=on(month, 15))

    assert ("benefits" in {field.key for field in shown.fields}) is holds
    assert bool(shown.in_slot("secondary")) is holds


# Packs


def bought(name: str = "g", day: int = 1) -> wc.Event:
    return wc.Event.grant(id=name, at=on(2, day), reward="ten")


def used(name: str = "u", day: int = 2) -> wc.Event:
    return wc.Event.redeem(id=name, at=on(2, day), reward="ten")


def test_a_pack_is_counted_down_in_words_and_cells() -> None:
    club = shop(pack=TEN)

    shown = wc.face(club, ida(club, bought(), used()), at=on(3, 1))

    assert lines(shown) == [IDA, ("secondary", "pack", "PACK", "9 of 10 left")]
    assert shown.balances == (
        Balance(label="Pack", text="9 of 10 left", short="9/10"),
        Balance(label="Rewards", text="0", amount=0),
    )
    strip = shown.strip
    assert strip is not None
    assert (strip.mode, strip.cells, strip.filled, strip.alt) == ("countdown", 10, 9, "Pack: 9 of 10 left.")
    assert changes(shown) == {"pack": "Pack: %@"}


def test_more_than_fits_is_told_in_words_alone() -> None:
    club = shop(pack=TEN)
    four = [bought(f"g{n}", 1 + n) for n in range(4)]

    three, shown = (wc.face(club, ida(club, *four[:n]), at=on(3, 1)) for n in (3, 4))

    assert (bar(three)[0], three.alt) == ("countdown", "Pack: 30 of 30 left.")
    assert (bar(shown)[0], shown.alt) == ("plain", "Pack: 40 of 40 left.")


@pytest.mark.parametrize("other", [{"points": POINTS}, {"tiers": LEVELS}])
def test_beside_other_rules_a_pack_is_told_and_not_drawn(other: dict[str, Any]) -> None:
    club = shop(pack=TEN, **other)

    shown = wc.face(club, ida(club, bought()), at=on(3, 1))

    assert ("secondary", "pack", "PACK", "10 of 10 left") in lines(shown)
    assert bar(shown)[0] == "bar"


def test_a_pack_is_no_second_count_beside_points_or_stamps() -> None:
    club = shop(pack=TEN, points=POINTS)

    assert [one.label for one in wc.face(club, ida(club, bought()), at=on(3, 1)).balances] == ["Points", "Available"]


def test_f2_a_pack_announces_use_and_purchase_and_neither_its_end_nor_a_reversal() -> None:
    club = shop(pack=wc.Reward(id="ten", title="Ten washes", uses=10, valid_days=30))
    new, full, begun = ida(club), ida(club, bought()), ida(club, bought(), used())
    back = ida(club, bought(), used(), wc.Event.reverse(id="x", at=on(2, 3), event="u"))
    gone = ida(club, bought(), wc.Event.reverse(id="x", at=on(2, 3), event="g"))

    said = [
        wc.face(club, card, at=at, since=before)
        for card, before, at in (
            (full, new, on(2, 3)),
            (begun, full, on(2, 3)),
            (back, begun, on(2, 3)),
            (gone, full, on(2, 3)),
            (full, full, on(6, 1)),
            (full, full, on(2, 3)),
        )
    ]

    assert [face.announces for face in said] == ["pack", "pack", None, None, None, None]
    assert [changes(face) for face in said] == [{"pack": "Pack: %@"}] * 2 + [{}] * 4


def test_an_empty_pack_says_so() -> None:
    club = shop(pack=wc.Reward(id="two", title="Two", uses=2))
    events = [wc.Event.grant(id="g", at=on(2, 1), reward="two")]
    events += [wc.Event.redeem(id=f"u{day}", at=on(2, day), reward="two") for day in (2, 3)]

    assert ("secondary", "pack", "PACK", "0 of 2 left") in lines(wc.face(club, ida(club, *events), at=on(3, 1)))


def test_a_reward_that_can_be_had_goes_before_a_discount_and_the_next_level() -> None:
    base, silver, gold = (
        Tier(id=name, name=name.title(), min_sessions=least, discount=off)
        for name, least, off in (("base", 0, 0), ("silver", 2, 5), ("gold", 9, 10))
    )
    club = free_cafe(tiers=(base, silver, gold))
    visited = [wc.Event.visit(id=f"v{hour}", at=at(hour)) for hour in (10, 11)]
    card, _ = run(club, priya(club, 8), *visited)

    face = wc.face(club, card, at=at(12))

    row = {one.key for slot in ("secondary", "auxiliary") for one in face.in_slot(slot)}
    assert row == {"reward", "left", "tier", "waiting"}
    assert {"discount", "to_tier"} <= {one.key for one in face.in_slot("back")}
