"""What a second pair of eyes found: late deliveries, packs, perks, lapses and notices, each pinned down."""

from datetime import date, datetime
from typing import Any

from tests.businesses import anna, beijing, chen, gifts, massage, moscow, sessions, studio
from tests.cards import LONDON, free_cafe, priya, run

import walletcard as wc
from walletcard.model import Expiry, Lapse, Membership, Reminders, Tier

TEA = wc.Reward(id="tea", title="Tea")


def on(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def visit(name: str, month: int, day: int) -> wc.Event:
    return wc.Event.visit(id=name, at=on(month, day))


def reverse(event: str, at: datetime) -> wc.Event:
    return wc.Event.reverse(id=f"back-{event}", at=at, event=event)


def fields(club: wc.Program, card: wc.Card, at: datetime) -> dict[str, str]:
    return {one.key: one.value for one in wc.face(club, card, at=at).fields}


def test_s10_a_late_stamp_that_had_ended_before_the_open_cycle_began_does_not_count() -> None:
    for kind in ("cycle", "idle"):
        club = free_cafe(stamps={"expires": Expiry(kind=kind, days=10)})
        start = wc.join(club, id="CK-1", at=on(1, 1))
        late = wc.replay(club, start, [visit("march", 3, 1), visit("january", 1, 6)])
        in_order = wc.replay(club, start, [visit("january", 1, 6), visit("march", 3, 1)])

        assert (late.stamps, in_order.stamps) == (1, 1)
        assert wc.settle(club, late, at=on(3, 2))[0].stamps == 1


def test_v1_reversing_the_sale_of_a_pack_ends_what_is_left_of_it() -> None:
    ten = wc.Reward(id="ten", title="Ten washes", uses=10)
    club = free_cafe(stamps={}, pack=ten)
    sale = wc.Event.grant(id="sale", at=on(1, 2), reward="ten")
    use = wc.Event.redeem(id="u1", at=on(1, 3), reward="ten")
    card, outcome = run(club, wc.join(club, id="CK-1", at=on(1, 1)), sale, use, reverse("sale", on(1, 4)))

    assert [one.id for one in outcome.revoked] == ["sale.1"]
    assert wc.apply(club, card, wc.Event.redeem(id="u2", at=on(1, 5), reward="ten"))[1].reason == "voucher_revoked"


def gold(**monthly: Any) -> wc.Program:
    tiers = (
        Tier(id="base", name="Base", min_sessions=0),
        Tier(id="gold", name="Gold", min_sessions=2, monthly=wc.Reward(id="tea", title="Tea", **monthly)),
    )
    return free_cafe(tiers=tiers)


def perks(card: wc.Card) -> list[tuple[str, str]]:
    return [(one.id, one.state) for one in card.vouchers if one.origin == "monthly"]


def test_t4_a_level_lost_and_reached_again_has_its_perk_again() -> None:
    club = gold()
    start = wc.join(club, id="CK-1", at=on(11, 1))
    stream = [visit("a", 11, 2), visit("b", 11, 3), reverse("b", on(11, 3, 11)), visit("b2", 11, 4)]

    card = wc.replay(club, start, stream)

    assert perks(card) == [("monthly-gold-2026-11", "issued")]


def test_t3_a_late_event_brings_no_perk_of_a_month_before_the_level() -> None:
    club = gold(valid_days=60)
    start = wc.join(club, id="CK-1", at=on(9, 1))
    stream = [visit("a", 11, 1), visit("b", 11, 2), visit("october", 10, 15), visit("september", 9, 15)]

    card = wc.replay(club, start, stream)

    assert perks(card) == [("monthly-gold-2026-11", "issued")]


def test_t3_settling_at_an_older_time_does_not_demote() -> None:
    club = massage(tier_window_months=3)
    card = wc.replay(club, anna(club), sessions(5))

    assert wc.settle(club, card, at=moscow(4, 1))[0].tier == "silver"


def test_v5_money_that_has_ended_is_not_brought_back_by_a_new_load() -> None:
    club = gifts()
    card = wc.join(club, id="SW-1", at=on(1, 1))
    card, _ = run(club, card, wc.Event.grant(id="sale", at=on(1, 1), money=6000))

    _, outcome = run(club, card, wc.Event.grant(id="more", at=on(1, 3, year=2027), money=100))

    assert (outcome.status, outcome.reason) == ("refused", "card_expired")


def test_p8_each_lot_is_announced_before_it_lapses() -> None:
    rule = {"lapse": Lapse(days=60, notice_days=14)}
    club = studio(points=rule, reminders=Reminders(comeback_days=(), points_months=0))
    card, _ = run(
        club,
        chen(club),
        wc.Event.visit(id="a", at=beijing(1, 10), items=("moxibustion",)),
        wc.Event.grant(id="g", at=beijing(2, 20), points=50),
    )

    first = wc.due(club, card, at=beijing(3, 1))
    second = wc.due(club, card, at=beijing(4, 10))

    assert [(one.id, "100分" in one.text) for one in first] == [("lapse:2026-03-11", True)]
    assert [(one.id, "50分" in one.text) for one in second] == [("lapse:2026-04-21", True)]
    assert wc.settle(club, card, at=beijing(3, 12))[0].points_on(date(2026, 3, 12)) == 50


def test_p6_points_given_back_after_a_lapse_have_lapsed_too() -> None:
    for spent in (199, 200):
        club = studio(points={"lapse": Lapse(days=60, notice_days=14)})
        card, _ = run(
            club,
            chen(club),
            wc.Event.visit(id="a", at=beijing(1, 10), items=("acupuncture",)),
            wc.Event.redeem(id="r", at=beijing(1, 11), points=spent),
            wc.Event.visit(id="b", at=beijing(6, 1), items=("moxibustion",)),
            wc.Event.reverse(id="x", at=beijing(6, 2), event="r"),
        )

        assert card.points_on(date(2026, 6, 2)) == 100


def test_an_outcome_says_what_a_lapse_has_left() -> None:
    club = studio(points={"lapse": Lapse(days=60, notice_days=14)})
    card, _ = run(club, chen(club), wc.Event.visit(id="a", at=beijing(1, 10), items=("acupuncture",)))

    _, outcome = run(club, card, wc.Event.redeem(id="r", at=beijing(6, 2), reward="foot-bath"))

    assert (outcome.reason, outcome.balance, outcome.affordable) == ("insufficient", 0, ())


def test_a_gift_balance_is_announced_a_month_before_its_end() -> None:
    club = gifts()
    card = wc.join(club, id="SW-1", at=on(11, 21))
    card, _ = run(
        club,
        card,
        wc.Event.grant(id="sale", at=on(11, 21), money=6000),
        wc.Event.redeem(id="r", at=on(11, 22), amount=4500),
    )

    assert wc.due(club, card, at=on(10, 20, year=2027)) == ()
    (notice,) = wc.due(club, card, at=on(11, 2, year=2027))
    assert (notice.id, notice.text) == ("balance:2027-11-21", "Expiring 21 Nov 2027: £15.00")


def test_who_uses_a_pack_every_week_is_not_asked_back_and_nobody_for_ever() -> None:
    club = free_cafe(pack=wc.Reward(id="ten", title="Ten washes", uses=10), reminders=Reminders(comeback_days=(30,)))
    start = wc.join(club, id="CK-1", at=on(1, 1))
    stream = [wc.Event.grant(id="s", at=on(1, 1), reward="ten"), wc.Event.redeem(id="u", at=on(2, 5), reward="ten")]
    card = wc.replay(club, start, stream)

    assert not [one for one in wc.due(club, card, at=on(2, 6)) if "comeback" in one.id]
    assert [one.id for one in wc.due(club, card, at=on(3, 8)) if "comeback" in one.id] == ["comeback:30:2026-02-05"]
    assert not [one for one in wc.due(club, card, at=on(3, 8, year=2030)) if "comeback" in one.id]


def test_a_perk_that_is_used_at_once_is_not_told_as_ready() -> None:
    tiers = (Tier(id="base", name="Base", min_sessions=0, monthly=TEA),)
    club = free_cafe(tiers=tiers)
    card = wc.join(club, id="CK-1", at=on(1, 1))

    _, outcome = run(club, card, wc.Event.redeem(id="r", at=on(2, 3), reward="tea"))

    assert outcome.text == "Redeemed: Tea."
    assert [one.key for one in outcome.notices] == ["redeemed_other"]


def test_two_packs_are_counted_together_and_their_use_is_announced() -> None:
    ten = wc.Reward(id="ten", title="Ten washes", uses=10)
    club = massage(pack=ten, points=None, referral=None, tiers=(), membership=None, welcome=None, locale="en")
    start = wc.join(club, id="CK-1", at=on(1, 1))
    sold = [wc.Event.grant(id=f"s{n}", at=on(1, 1 + n), reward="ten") for n in range(2)]
    before = wc.replay(club, start, sold)
    after, outcome = run(club, before, wc.Event.redeem(id="u", at=on(1, 9), reward="ten"))

    face = wc.face(club, after, at=on(1, 9), since=before)

    assert fields(club, after, on(1, 9))["pack"] == "19 of 20 left"
    assert face.announces == "pack"
    assert face.strip is not None
    assert (face.strip.mode, face.strip.cells, face.strip.filled) == ("countdown", 20, 19)
    assert outcome.text == "Redeemed: Ten washes. Pack: 9 of 10 left."


def test_no_card_is_empty() -> None:
    ten = wc.Reward(id="ten", title="Ten washes", uses=10)
    bare: dict[str, Any] = {"points": None, "referral": None, "tiers": (), "welcome": None, "locale": "en"}
    pack = massage(pack=ten, membership=None, **bare)
    member = massage(membership=Membership(title="Annual pass", months=12, benefits=("Sauna free",)), **bare)

    assert fields(pack, wc.join(pack, id="A", at=on(1, 1)), on(1, 2)) == {"pack": "0 of 10 left"}
    joined = wc.join(member, id="A", at=on(1, 1))
    assert fields(member, joined, on(1, 2)) == {"membership": "None yet"}
    renewed, _ = run(member, joined, wc.Event.renew(id="r", at=on(1, 2)))
    assert fields(member, renewed, on(1, 3)) == {"membership": "Until 1 Jan 2027", "benefits": "Sauna free"}


def test_a_new_card_has_not_started_while_another_reward_waits() -> None:
    club = free_cafe(stamps={"goal": 3})
    card, _ = run(club, priya(club), wc.Event.visit(id="a", at=on(11, 21), stamps=6))

    _, outcome = run(club, card, wc.Event.redeem(id="r", at=on(11, 22)))

    assert [one.text for one in outcome.notices] == ["Reward used: Free coffee."]


def test_a_level_held_below_the_one_reached_promises_nothing() -> None:
    club = gold()
    start = wc.join(club, id="CK-1", at=on(11, 1))
    held = wc.Event.grant(id="h", at=on(11, 4), tier="base")
    card, outcome = run(club, start, visit("a", 11, 2), visit("b", 11, 3), held)

    assert "to_tier" not in fields(club, card, on(11, 4))
    assert "tier_up" not in [one.key for one in outcome.notices]


def test_extending_one_lot_tells_of_that_lot() -> None:
    club = studio()
    card, _ = run(
        club,
        chen(club),
        wc.Event.grant(id="a", at=beijing(1, 10), points=10, until=date(2026, 2, 1)),
        wc.Event.grant(id="b", at=beijing(1, 10), points=10, until=date(2026, 3, 1)),
    )

    _, outcome = run(club, card, wc.Event.extend(id="e", at=beijing(1, 11), until=date(2026, 3, 1), lot="a.1"))

    assert "10分" in outcome.text


def test_stamps_where_there_are_none_are_refused() -> None:
    club = studio()

    assert run(club, chen(club), wc.Event.grant(id="g", at=beijing(1, 10), stamps=2))[1].reason == "no_stamps"


def test_a_long_catalogue_never_keeps_a_card_from_being_shown() -> None:
    many = tuple(wc.Reward(id=f"r{n}", title=f"{n} " + "x" * 60, points=n + 1) for n in range(80))
    club = studio(points={"catalogue": many})

    assert len(wc.face(club, chen(club), at=beijing(1, 10)).fields) > 1
