"""Faces where two rules, two cycles or two languages meet."""

from datetime import UTC, datetime

import pytest
from tests.businesses import beijing, chen, studio
from tests.cards import cafe, free_cafe
from tests.loyalty.shop import LEVELS, PASS, POINTS, TEN, bar, changes, ida, lines, on, paid, shop, visits

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Gift, Link, Milestone, Place, Points, Stamps, Tier

TEA = wc.Reward(id="tea", title="Tea")
LADDER = shop(
    stamps=Stamps(
        goal=4,
        reward=wc.Reward(id="spa", title="Spa day"),
        milestones=(Milestone(at=2, reward=TEA), Milestone(at=3, reward=wc.Reward(id="oil", title="Oil"))),
    )
)


def values(face: wc.Face) -> dict[str, str]:
    return {field.key: field.value for field in face.fields}


def shown(program: wc.Program, *events: wc.Event) -> wc.Face:
    return wc.face(program, ida(program, *events), at=on(3, 1))


def test_without_a_moment_it_is_now() -> None:
    club = shop(points=POINTS)
    card = ida(club, paid(10_000, month=2))

    assert wc.face(club, card).to_json() == wc.face(club, card, at=datetime.now(UTC)).to_json()


def test_a_card_speaks_its_own_language_unless_asked_otherwise() -> None:
    plain = Points(earn=POINTS.earn)
    club = shop(points=plain, name={"en": "Mill", "he": "טחנה"}, issuer={"en": "Mill", "he": "טחנה"}, locale="en")
    hebrew = wc.join(club, id="M1", locale="he", at=on(1, 1))

    assert [wc.face(club, hebrew, at=on(2, 1), locale=tag).title for tag in (None, "en")] == ["טחנה", "Mill"]


def test_links_places_and_what_all_cards_share_come_with_the_face() -> None:
    club = shop(
        points=POINTS,
        links=(Link({"en": "Book", "he": "תור"}, "https://example.com"),),
        places=(Place(latitude=1.0, longitude=2.0, text="Near"),),
        back=(BackText("Terms", "Fine print"), BackText("Soon", "{next_expiry}"), BackText("None", "{rule}")),
    )

    face = shown(club)

    assert [(one.label, one.url, one.shared) for one in face.links] == [("Book", "https://example.com", True)]
    assert [(one.text, one.shared) for one in face.places] == [("Near", True)]
    assert [(one.key, one.value) for one in face.shared[0].fields] == [
        ("back_1", "Fine print"),
        ("catalogue", "100 points: Cake; 300 points: Oil"),
    ]


def test_a_gift_voucher_names_the_title_that_it_lacks() -> None:
    club = shop(gift=Gift(title={"en": "Voucher"}, currency="EUR"), locale="en")

    with pytest.raises(InvalidCardError) as refused:
        wc.face(club, ida(club), at=on(3, 1), locale="he")

    assert refused.value.where == "gift.title"


def test_a_level_by_visits_below_one_by_spending() -> None:
    ladder = (
        Tier(id="base", name="Base", min_sessions=0),
        Tier(id="silver", name="Silver", min_sessions=1),
        Tier(id="gold", name="Gold", min_spend=120_000),
    )
    club = shop(tiers=ladder, currency="GBP")

    face = shown(club, paid(1_250))

    assert (values(face)["tier"], values(face)["to_tier"]) == ("Silver", "£1,187.50")
    assert (bar(face), face.alt) == (("bar", 0, 1_250, 120_000), "Spent: £12.50. £1,187.50 to go to the Gold level.")


def test_a_level_by_spending_below_one_by_visits() -> None:
    ladder = (
        Tier(id="base", name="Base", min_spend=0),
        Tier(id="silver", name="Silver", min_spend=1_000),
        Tier(id="gold", name="Gold", min_sessions=5),
    )

    face = shown(shop(tiers=ladder, currency="GBP"), paid(1_250))

    assert (values(face)["tier"], values(face)["to_tier"]) == ("Silver", "4 sessions")
    assert (bar(face), face.alt) == (("bar", 0, 1, 5), "1 session. 4 sessions to go to the Gold level.")


def test_a_card_with_a_reward_and_nothing_else_says_so() -> None:
    club = shop(membership=PASS, welcome=TEA)

    face = shown(club)

    assert (face.alt, values(face)["waiting"], values(face)["ready"]) == ("1 reward ready.", "1 ready", "Tea")


def test_points_taken_back_are_not_among_those_that_end() -> None:
    club = shop(points=POINTS)
    back = wc.Event.reverse(id="x", at=on(2, 3), event="b")

    face = shown(club, paid(3_000, "a"), paid(4_000, "b"), back)

    assert values(face)["expiring"] == "30 points, 1 Feb 2027"


def test_a_pack_that_is_used_up_does_not_count_beside_a_new_one() -> None:
    club = shop(pack=wc.Reward(id="two", title="Two", uses=2))
    events = [wc.Event.grant(id="g1", at=on(2, 1), reward="two")]
    events += [wc.Event.redeem(id=f"u{day}", at=on(2, day), reward="two") for day in (2, 3)]
    events += [wc.Event.grant(id="g2", at=on(2, 4), reward="two")]

    assert values(shown(club, *events))["pack"] == "2 of 2 left"


def test_a_reward_that_waits_is_no_pack() -> None:
    club = shop(pack=TEN, welcome=TEA)
    sold = wc.Event.grant(id="g", at=on(2, 1), reward="ten")
    tea = wc.Event.redeem(id="t", at=on(2, 2), reward="tea")

    assert values(shown(club, sold))["pack"] == "10 of 10 left"
    after = wc.face(club, ida(club, sold, tea), at=on(3, 1), since=ida(club, sold))
    assert (after.announces, changes(after)) == (None, {})


@pytest.mark.parametrize(("stamps", "text"), [(9, "No. 1"), (18, "No. 2"), (19, "No. 3")])
def test_the_cycle_that_is_shown_is_the_last_one_finished_or_the_open_one(stamps: int, text: str) -> None:
    club = free_cafe(back=(BackText("Card", "No. {cycle}"),))
    card = wc.join(club, id="M1", at=on(1, 1))
    card, _ = wc.apply(club, card, wc.Event.grant(id="g", at=on(1, 2), stamps=stamps))

    assert values(wc.face(club, card, at=on(1, 3)))["back_1"] == text


def test_f2_a_card_that_was_finished_and_redeemed_at_once_announces_no_stamp() -> None:
    club = free_cafe()
    card = wc.join(club, id="M1", at=on(1, 1))
    before, _ = wc.apply(club, card, wc.Event.grant(id="g", at=on(1, 2), stamps=8))
    after, _ = wc.apply(club, before, wc.Event.visit(id="v", at=on(1, 3)))
    after, _ = wc.apply(club, after, wc.Event.redeem(id="r", at=on(1, 4)))

    face = wc.face(club, after, at=on(1, 5), since=before)

    assert (after.cycle, after.stamps, face.announces, changes(face)) == (2, 0, None, {})


def test_a_milestone_that_was_used_is_not_ahead_again_in_its_cycle() -> None:
    used = [wc.Event.redeem(id="tea", at=on(2, 10), reward="tea"), wc.Event.reverse(id="x", at=on(2, 11), event="v2")]

    assert values(shown(LADDER, *visits(2), *used))["reward"] == "Oil"


def test_every_cycle_has_its_milestones_again() -> None:
    used = [wc.Event.redeem(id=name, at=on(2, 10), reward=name) for name in ("tea", "oil", "spa")]
    again = wc.Event.visit(id="w", at=on(2, 11))

    assert values(shown(LADDER, *visits(4), *used, again))["reward"] == "Tea"


def test_braces_that_are_text_are_no_placeholders() -> None:
    club = shop(points=POINTS, back=(BackText("Note", "catalogue}} and goal}} {{catalogue or {{goal"),))

    face = shown(club)

    assert lines(face)[-2:] == [
        ("back", "back_1", "Note", "catalogue} and goal} {catalogue or {goal"),
        ("back", "catalogue", "Rewards for points", "100 points: Cake; 300 points: Oil"),
    ]
    assert [field.key for field in face.fields if field.shared] == ["back_1", "catalogue"]


def test_a_membership_that_nobody_bought_is_not_named_beside_stamps() -> None:
    club = cafe(membership=PASS)

    assert "membership" not in values(wc.face(club, wc.join(club, id="M1", at=on(1, 1)), at=on(1, 2)))


def test_the_benefits_of_a_level_need_no_membership() -> None:
    assert values(shown(shop(tiers=LEVELS), *visits(2)))["benefits"] == "Tea; Late hours"


def test_a_month_counts_from_its_first_to_its_last_day() -> None:
    rule = wc.model.Membership(title="Pass", months=12, discount=5, min_visits_per_month=1)
    club = shop(membership=rule)
    renewed = wc.Event.renew(id="r", at=on(1, 6))

    def holds(*days: tuple[int, int]) -> list[bool]:
        came = [wc.Event.visit(id=f"v{month}-{day}", at=on(month, day)) for month, day in days]
        face = wc.face(club, ida(club, renewed, *came), at=on(4, 15))
        return ["discount" in values(face)]

    assert [holds((3, 1)), holds((3, 31)), holds((2, 28)), holds((4, 2))] == [[True], [True], [False], [True]]


def test_a_card_from_the_time_of_the_stamps_shows_none_once_they_are_gone() -> None:
    old = shop(points=POINTS, stamps=Stamps(goal=3, reward=TEA), tiers=LEVELS)
    new = shop(points=Points(earn=POINTS.earn))
    card = ida(old, *visits(2))

    face = wc.face(new, card, at=on(3, 1), since=ida(old, *visits(1)))

    assert lines(face) == [("header", "points", "POINTS", "0"), ("auxiliary", "member", "MEMBER", "Ida")]
    assert [one.label for one in face.balances] == ["Points", "Rewards"]
    assert (bar(face), face.alt) == (("plain", 0, 0, 0), "Points: 0.")
    assert (face.announces, face.tier) == (None, None)


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    club = studio()

    assert wc.face(club, chen(club), at=beijing(2, 1)).alt == "积分0。距离10元优惠券还差100分。"
