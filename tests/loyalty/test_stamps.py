"""The invariants of stamps, S1 to S11, each by its name."""

from typing import Any

import pytest
from tests.cards import COFFEE, at, cafe, free_cafe, priya, run

import walletcard as wc
from walletcard.model import Earn, Milestone, Points

OIL = wc.Reward(id="oil", title="Warm oil")


def visit(name: str, stamps: int = 1, hour: int = 10) -> wc.Event:
    return wc.Event.visit(id=name, at=at(hour), stamps=stamps)


def reverse(name: str, event: str) -> wc.Event:
    return wc.Event.reverse(id=name, at=at(20), event=event)


def redeem(name: str, **target: Any) -> wc.Event:
    return wc.Event.redeem(id=name, at=at(12), **target)


def states(card: wc.Card) -> list[tuple[str, str]]:
    return [(voucher.id, voucher.state) for voucher in card.vouchers]


def test_s1_completing_starts_the_next_cycle_at_zero() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 8), visit("v"))

    assert (card.stamps, card.cycle, outcome.earned) == (0, 2, 1)
    assert [voucher.reward for voucher in outcome.issued] == [COFFEE]


def test_s2_stamps_over_the_goal_roll_over() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 8), visit("v", 3))

    assert (card.stamps, card.cycle, len(outcome.issued), outcome.earned) == (2, 2, 1, 3)


def test_s2_without_rollover_the_surplus_is_dropped() -> None:
    club = free_cafe(stamps={"rollover": False})

    card, outcome = run(club, priya(club, 8), visit("v", 3))

    assert (card.stamps, card.cycle, len(outcome.issued), outcome.earned) == (0, 2, 1, 1)


def test_s3_one_event_completes_several_cycles() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 1), visit("v", 27))

    assert (card.stamps, card.cycle) == (1, 4)
    assert [voucher.id for voucher in outcome.issued] == ["v.1", "v.2", "v.3"]
    assert [voucher.cycle for voucher in outcome.issued] == [1, 2, 3]


def test_s4_jumped_milestones_issue_once_in_ascending_order() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=2, reward=OIL), Milestone(at=4, reward=COFFEE))})

    card, outcome = run(club, priya(club), visit("a", 5))
    card, later = run(club, card, visit("b", 1))

    assert [(voucher.reward.id, voucher.position) for voucher in outcome.issued] == [("oil", 2), ("coffee", 4)]
    assert later.issued == ()


def test_s4_a_used_milestone_is_not_issued_again_in_the_same_cycle() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),)})

    card, _ = run(club, priya(club), visit("a", 3), redeem("use"), reverse("back", "a"))
    card, outcome = run(club, card, visit("b", 4))

    assert outcome.issued == ()
    assert (card.stamps, states(card)) == (4, [("a.1", "redeemed")])


def test_s4_each_cycle_has_its_own_milestone() -> None:
    club = free_cafe(stamps={"goal": 3, "milestones": (Milestone(at=1, reward=OIL),)})

    _, outcome = run(club, priya(club), visit("a", 4))

    assert [(v.reward.id, v.cycle) for v in outcome.issued] == [("oil", 1), ("coffee", 1), ("oil", 2)]


def test_s5_milestones_take_no_stamps() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),)})

    card, _ = run(club, priya(club), visit("a", 3), redeem("use"))

    assert card.stamps == 3


def test_s6_the_reward_cell_is_never_counted() -> None:
    with_cell, without = free_cafe(), free_cafe(stamps={"reward_cell": False})

    shown = wc.face(with_cell, priya(with_cell, 6), at=at(10)).strip
    plain = wc.face(without, priya(without, 6), at=at(10)).strip

    assert shown is not None
    assert plain is not None
    assert (shown.cells, shown.filled, plain.cells, plain.filled) == (10, 6, 9, 6)


def test_s7_join_stamps_are_given_once_and_stay_below_the_goal() -> None:
    club = free_cafe(stamps={"join_stamps": 2})

    card = priya(club)

    assert (card.stamps, card.entries) == (2, ())
    with pytest.raises(wc.WalletCardError) as refused:
        wc.Stamps(goal=3, reward=COFFEE, join_stamps=3)
    assert refused.value.code == "stamps.join"


def test_s7_join_stamps_that_reach_a_milestone_issue_it() -> None:
    club = free_cafe(stamps={"join_stamps": 2, "milestones": (Milestone(at=2, reward=OIL),)})

    assert states(priya(club)) == [("join.1", "issued")]


def test_s8_a_free_item_redeemed_earns_no_stamp() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 8), visit("a", 3), redeem("use"))

    assert (card.stamps, outcome.earned) == (2, 0)


def test_s9_the_full_card_shows_until_the_first_new_stamp() -> None:
    club = free_cafe()
    done, _ = run(club, priya(club, 8), visit("a"))

    full = wc.face(club, done, at=at(11))
    started = wc.face(club, run(club, done, visit("b"))[0], at=at(11))

    assert full.strip is not None
    assert started.strip is not None
    assert (full.strip.filled, full.strip.lit, full.balances[0].text) == (10, True, "9 of 9")
    assert (started.strip.filled, started.strip.lit, started.balances[0].text) == (1, False, "1 of 9")
    assert {field.key: field.value for field in full.fields}["reward"] == "Free coffee"
    assert "left" not in {field.key for field in full.fields}
    assert {field.key: field.value for field in started.fields}["waiting"] == "1 ready"


def test_s9_a_waiting_milestone_does_not_show_a_full_card() -> None:
    club = free_cafe(stamps={"milestones": (Milestone(at=3, reward=OIL),)})
    card, _ = run(club, priya(club), visit("a", 3))

    shown = wc.face(club, card, at=at(11))

    assert shown.strip is not None
    assert (shown.strip.filled, shown.strip.lit) == (3, False)


def test_s9_several_waiting_rewards_are_counted() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), visit("a", 18))

    values = {field.key: field.value for field in wc.face(club, card, at=at(11)).fields}

    assert (values["reward"], values["ready"]) == ("2 ready", "2 × Free coffee")


def test_s11_a_reversal_takes_the_stamps_back() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 4), visit("a", 2), reverse("back", "a"))

    assert (card.stamps, outcome.earned, outcome.status) == (4, -2, "applied")


def test_s11_a_reversal_reopens_the_cycle_and_revokes_its_voucher() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 8), visit("a", 3), reverse("back", "a"))

    assert (card.stamps, card.cycle) == (8, 1)
    assert states(card) == [("a.1", "revoked")]
    assert [voucher.id for voucher in outcome.revoked] == ["a.1"]


def test_s11_vouchers_are_revoked_newest_first() -> None:
    club = free_cafe(stamps={"goal": 2})

    card, outcome = run(club, priya(club), visit("a", 5), reverse("back", "a"))

    assert [voucher.id for voucher in outcome.revoked] == ["a.2", "a.1"]
    assert (card.stamps, card.cycle) == (0, 1)


def test_s11_only_what_the_lower_total_no_longer_reaches_is_revoked() -> None:
    club = free_cafe(stamps={"goal": 2})

    card, _ = run(club, priya(club), visit("a", 2), visit("b", 3), reverse("back", "a"))

    assert (card.stamps, card.cycle) == (1, 2)
    assert states(card) == [("a.1", "issued"), ("b.1", "revoked")]


def test_a_purchase_that_brought_points_alone_is_taken_back_without_a_word_about_stamps() -> None:
    club = free_cafe(points=Points(earn=(Earn(metric="amount", per=100, points=1),)))
    bought = wc.Event.purchase(id="buy", at=at(11), amount=3_900)

    _, outcome = run(club, priya(club, 2), bought, wc.Event.reverse(id="back", at=at(12), event="buy"))

    assert (outcome.text, outcome.earned, outcome.stamps) == ("Taken back.", -39, 2)


def test_s11_a_used_reward_stays_and_the_missing_stamps_are_owed() -> None:
    club = free_cafe()

    card, outcome = run(club, priya(club, 8), visit("a", 3), redeem("use"), reverse("back", "a"))

    assert (card.stamps, card.cycle, card.owed_stamps) == (0, 2, 1)
    assert states(card) == [("a.1", "redeemed")]
    assert outcome.owed_stamps == 1
    assert outcome.text == "Taken back: 0 of 9. 1 stamp is owed, to come off the next earned."
    assert "<td>1</td>" in outcome._repr_html_().partition("owed stamps")[2]


def test_s11_what_is_owed_is_taken_from_the_next_earned() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a", 3), redeem("use"), reverse("back", "a"))

    card, outcome = run(club, card, visit("b", 3, hour=14))

    assert (card.stamps, card.owed_stamps, outcome.earned) == (2, 0, 2)
    assert outcome.text == "2 stamps added: 2 of 9. 1 stamp went to what was owed."


def test_s11_reversing_what_paid_a_debt_brings_the_debt_back() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a", 3), redeem("use"), reverse("back", "a"))

    card, _ = run(club, card, visit("b", 3, hour=14), reverse("back-2", "b"))

    assert (card.stamps, card.owed_stamps) == (0, 1)


def test_s11_dropped_stamps_do_not_count_when_taken_back() -> None:
    club = free_cafe(stamps={"rollover": False})

    card, outcome = run(club, priya(club, 8), visit("a", 5), reverse("back", "a"))

    assert (card.stamps, card.cycle, outcome.earned) == (8, 1, -1)


def test_s11_a_reopened_cycle_earns_its_reward_again() -> None:
    club = free_cafe()

    card, _ = run(club, priya(club, 8), visit("a"), reverse("back", "a"), visit("b"))

    assert states(card) == [("a.1", "revoked"), ("b.1", "issued")]
    assert (card.stamps, card.cycle) == (0, 2)


def test_s11_an_expired_voucher_does_not_keep_its_cycle_closed() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a"))
    expired, _ = wc.settle(club, card, at=at(10).replace(year=2027))

    card, _ = run(club, expired, reverse("back", "a"))

    assert (card.stamps, card.cycle, states(card)) == (8, 1, [("a.1", "revoked")])


def test_s11_reversing_a_redemption_returns_the_voucher_with_its_window() -> None:
    club = free_cafe()
    card, before = run(club, priya(club, 8), visit("a"))

    card, outcome = run(club, card, redeem("use"), reverse("back", "use"))

    assert card.vouchers == before.issued
    assert outcome.redeemed == before.issued[0]


def test_s11_a_granted_reward_is_taken_back_with_its_grant() -> None:
    club = free_cafe()

    card, _ = run(club, priya(club), wc.Event.grant(id="gift", at=at(9), reward=OIL, stamps=1), reverse("r", "gift"))

    assert (states(card), card.stamps) == ([("gift.1", "revoked")], 0)


def test_s11_a_used_grant_stays() -> None:
    club = free_cafe()
    gift = wc.Event.grant(id="gift", at=at(9), reward=OIL)

    card, outcome = run(club, priya(club), gift, redeem("use"), reverse("r", "gift"))

    assert (states(card), outcome.revoked) == ([("gift.1", "redeemed")], ())


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (reverse("r", "nobody"), "unknown_event"),
        (reverse("r", "a"), "already_reversed"),
        (reverse("r", "back"), "not_reversible"),
    ],
)
def test_s11_what_cannot_be_reversed_says_why(event: wc.Event, reason: str) -> None:
    club = free_cafe()
    card, _ = run(club, priya(club), visit("a"), reverse("back", "a"))

    after, outcome = wc.apply(club, card, event)

    assert (outcome.status, outcome.reason) == ("refused", reason)
    assert after is card


def test_in_a_notebook_a_card_and_what_came_of_an_event_are_tables() -> None:
    club = free_cafe()
    card, outcome = run(club, priya(club, 8), visit("v"))
    used, spent = run(club, card, redeem("use"))
    again = wc.apply(cafe(limits=wc.Limits(min_interval_minutes=600)), used, visit("w", hour=15))[1]

    def cell(shown: str, name: str) -> str:
        return shown.partition(f">{name}</th><td>")[2].partition("</td>")[0]

    shown = card._repr_html_()
    assert [cell(shown, name) for name in ("stamps", "vouchers", "events", "tier")] == [
        "0 / 9, cycle 2", "coffee (issued)", "2", "",
    ]  # fmt: skip
    assert cell(outcome._repr_html_(), "issued") == "v.1"
    assert cell(spent._repr_html_(), "redeemed") == "v.1"
    assert cell(again._repr_html_(), "reason") == "cooldown"
    assert cell(again._repr_html_(), "try again").startswith("2026-")
