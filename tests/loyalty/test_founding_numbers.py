"""The numbers that the businesses were described with, each written out and driven through a card."""

from datetime import date, timedelta

import pytest
from tests.businesses import anna, beijing, chen, massage, moscow, sessions, studio
from tests.cards import at, cafe, free_cafe, priya, run

import walletcard as wc
from walletcard.model import Earn, Milestone, Referral

FIFTEEN = wc.Reward(id="fifteen", kind="percent", value=15, title="15 %", valid_days=30)


def treated(item: str, day: int = 10) -> wc.Event:
    return wc.Event.visit(id=f"t{day}", at=beijing(1, day), items=(item,))


@pytest.mark.parametrize(("item", "points"), [("acupuncture", 200), ("moxibustion", 100), ("moxibustion-pack10", 1200)])
def test_a_treatment_brings_200_or_100_points_and_a_pack_of_ten_a_fifth_more(item: str, points: int) -> None:
    club = studio()

    card, outcome = run(club, chen(club), treated(item))

    assert (outcome.earned, [lot.points for lot in card.lots]) == (points, [points])


@pytest.mark.parametrize(("months", "last"), [(12, date(2027, 1, 10)), (24, date(2028, 1, 10))])
def test_points_live_for_one_year_or_for_two(months: int, last: date) -> None:
    club = studio(points={"earn": (Earn(metric="item:acupuncture", points=200, valid_months=months),)})

    card, _ = run(club, chen(club), treated("acupuncture"))

    assert (card.points_on(last), card.points_on(last.replace(day=11))) == (200, 0)


@pytest.mark.parametrize(
    ("reward", "price"),
    [
        ("head-massage", 300),
        ("lumbar", 800),
        ("coupon-10", 100),
        ("coupon-50", 500),
        ("foot-bath", 200),
        ("pillow", 600),
    ],
)
def test_the_catalogue_asks_300_800_100_500_200_and_600(reward: str, price: int) -> None:
    club = studio()
    start, _ = run(club, chen(club), wc.Event.grant(id="g", at=beijing(1, 10), points=price))
    short, _ = run(club, chen(club), wc.Event.grant(id="g", at=beijing(1, 10), points=price - 1))
    redeem = wc.Event.redeem(id="r", at=beijing(1, 11), reward=reward)

    assert (run(club, start, redeem)[1].spent, run(club, start, redeem)[1].balance) == (price, 0)
    assert run(club, short, redeem)[1].reason == "insufficient"


def test_who_brings_a_member_gets_200_points_and_the_newcomer_100() -> None:
    club = studio()
    newcomer = wc.join(club, id="HA-NEW", at=beijing(1, 6), referred_by="HA-2M7T5C")

    _, came = run(club, newcomer, wc.Event.purchase(id="first", at=beijing(1, 7), amount=1))
    _, told = run(club, chen(club), wc.Event.refer(id="f", at=beijing(1, 7), friend="HA-NEW", event="first"))

    assert (came.referral, came.earned, told.earned) == (("HA-2M7T5C", "first"), 100, 200)


@pytest.mark.parametrize("points", [50, 100, 150, 500])
def test_a_lecture_brings_50_to_150_points_and_three_months_running_500(points: int) -> None:
    club = studio()

    assert run(club, chen(club), wc.Event.grant(id="g", at=beijing(1, 10), points=points))[1].earned == points


def test_points_that_end_are_announced_a_month_before_and_may_live_a_month_longer() -> None:
    club = studio()
    card, _ = run(club, chen(club), treated("acupuncture"))
    longer, _ = run(club, card, wc.Event.extend(id="x", at=beijing(12, 20), until=date(2027, 2, 10), lot="t10.1"))

    def announced(of: wc.Card, month: int, day: int, year: int) -> list[str]:
        return [one.id for one in wc.due(club, of, at=beijing(month, day, year=year)) if one.key == "expiring"]

    assert announced(card, 12, 9, 2026) == []
    assert announced(card, 12, 10, 2026) == ["points:2027-01-10"]
    assert announced(longer, 1, 10, 2027) == ["points:2027-02-10"]


@pytest.mark.parametrize(
    ("count", "level", "discount"),
    [
        (0, "base", 0),
        (4, "base", 0),
        (5, "silver", 10),
        (14, "silver", 10),
        (15, "gold", 15),
        (30, "gold", 15),
        (31, "platinum", 20),
    ],
)
def test_levels_begin_at_0_5_15_and_31_sessions_with_10_15_and_20_per_cent(
    count: int, level: str, discount: int
) -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(count))
    tier = club.tier(card.tier)

    assert (card.tier, tier and tier.discount) == (level, discount)


def test_the_first_procedure_is_5_per_cent_cheaper_and_no_other() -> None:
    club = massage()
    first, second = (wc.Event.redeem(id=f"r{day}", at=moscow(4, day), reward="welcome") for day in (1, 2))

    card, outcome = run(club, anna(club), first)

    assert outcome.redeemed is not None
    assert (outcome.redeemed.reward.kind, outcome.redeemed.reward.value) == ("percent", 5)
    assert run(club, card, second)[1].reason == "already_redeemed"


def test_gold_brings_30_minutes_a_month() -> None:
    club = massage()
    card = wc.replay(club, anna(club), sessions(15))
    _, may = wc.settle(club, card, at=moscow(5, 1))

    perks = [one.reward for one in (*card.vouchers, *may.issued) if one.origin == "monthly"]
    assert [(one.kind, one.value) for one in perks] == [("minutes", 30)] * 2


def referred(club: wc.Program, number: int = 1, day: int = 1) -> wc.Event:
    return wc.Event.refer(id=f"f{number}", at=moscow(4, day), friend=f"TC-{number}", event="first")


def test_both_sides_of_a_referral_get_500_ten_times_a_month_until_it_is_cancelled() -> None:
    club = massage()
    newcomer = wc.join(club, id="TC-1", at=moscow(3, 20), referred_by="TC-9W4H6R")
    paid = wc.Event.purchase(id="first", at=moscow(4, 1), amount=1)

    ten, _ = run(club, anna(club), *[referred(club, number) for number in range(1, 11)])
    came, first = run(club, newcomer, paid)
    gone, cancelled = run(club, came, wc.Event.reverse(id="x", at=moscow(4, 2), event="first"))
    nine, _ = run(club, ten, wc.Event.reverse(id="x", at=moscow(4, 2), event="f1"))

    assert (first.earned, came.points_on(date(2026, 4, 2)), ten.points_on(date(2026, 4, 2))) == (500, 500, 5_000)
    assert run(club, ten, referred(club, 11, day=30))[1].reason == "referral_cap"
    assert cancelled.referral_reversed == ("TC-9W4H6R", "first")
    assert (gone.points_on(date(2026, 4, 2)), nine.points_on(date(2026, 4, 2))) == (0, 4_500)
    assert run(club, nine, referred(club, 11, day=30))[1].status == "applied"


@pytest.mark.parametrize(("days", "last"), [(30, date(2026, 5, 1)), (60, date(2026, 5, 31))])
def test_what_a_friend_brought_lives_for_30_to_60_days(days: int, last: date) -> None:
    club = massage(referral=Referral(referrer=500, newcomer=500, valid_days=days))

    card, _ = run(club, anna(club), referred(club))

    assert [lot.expires for lot in card.lots] == [last]


def test_both_friends_get_15_per_cent_of_the_next_session() -> None:
    club = massage(referral=Referral(referrer=FIFTEEN, newcomer=FIFTEEN))
    newcomer = wc.join(club, id="TC-1", at=moscow(3, 20), referred_by="TC-9W4H6R")

    _, came = run(club, newcomer, wc.Event.purchase(id="first", at=moscow(4, 1), amount=1))
    _, told = run(club, anna(club), referred(club))

    assert [one.reward.value for one in (*came.issued, *told.issued)] == [15, 15]


def test_after_five_sessions_every_visit_of_a_month_is_20_per_cent_cheaper() -> None:
    month = wc.Reward(id="month", kind="percent", value=20, title="20 %", uses=None, valid_days=30)
    club = massage(points=None, referral=None, stamps=wc.Stamps(goal=5, reward=month, unit="sessions"))
    card = wc.replay(club, anna(club), sessions(5))

    def use(month_of: int, day: int) -> str | None:
        return wc.apply(club, card, wc.Event.redeem(id="u", at=moscow(month_of, day), reward="month"))[1].reason

    assert [use(4, 5), use(4, 20), use(5, 5), use(5, 6)] == [None, None, None, "voucher_expired"]


def test_points_by_the_kilometre_buy_a_session() -> None:
    session = wc.Reward(id="session", title="Session", points=100)
    club = studio(points={"earn": (Earn(metric="km", points=1),), "catalogue": (session,)})
    ways = [wc.Event.earn(id=f"k{n}", at=beijing(1, 10), metric="km", quantity=25) for n in range(4)]

    card, outcome = run(club, chen(club), *ways)

    assert (outcome.earned, outcome.balance, [one.id for one in outcome.unlocked]) == (25, 100, ["session"])
    assert run(club, card, wc.Event.redeem(id="r", at=beijing(1, 11), reward="session"))[1].balance == 0


def test_an_annual_pass_brings_10_per_cent_of_its_price_back_for_12_months() -> None:
    club = massage()
    sale = wc.Event.earn(id="price", at=moscow(3, 15), metric="pass_price", quantity=24_000_00)

    card, outcome = run(club, anna(club), wc.Event.renew(id="pass", at=moscow(3, 15)), sale)

    assert outcome.earned == 2_400
    assert card.membership is not None
    assert (card.membership.first, card.membership.last) == (date(2026, 3, 15), date(2027, 3, 14))


@pytest.mark.parametrize(
    ("goal", "reward_cell", "visits"),
    [(9, True, 9), (4, True, 4), (5, False, 5), (6, False, 6)],
    ids=["the 10th coffee", "every 5th wash", "after 5 visits", "after 6 visits"],
)
def test_a_stamp_card_is_full_after_its_visits(goal: int, reward_cell: bool, visits: int) -> None:
    club = free_cafe(stamps={"goal": goal, "reward_cell": reward_cell})

    def outcome_of(count: int) -> wc.Outcome:
        return run(club, priya(club), *[wc.Event.visit(id=f"v{n}", at=at(n + 8)) for n in range(count)])[1]

    assert outcome_of(visits - 1).issued == ()
    assert [one.reward.id for one in outcome_of(visits).issued] == ["coffee"]


@pytest.mark.parametrize(("days", "key"), [(29, None), (30, "comeback:30"), (59, "comeback:30"), (60, "comeback:60")])
def test_who_stays_away_is_asked_back_after_30_days_and_after_60(days: int, key: str | None) -> None:
    club = free_cafe()
    card, _ = run(club, wc.join(club, id="CK-1", at=at(9, day=1)), wc.Event.visit(id="v", at=at(9, day=1)))
    notices = wc.due(club, card, at=at(12, day=1) + timedelta(days=days))

    found = [one.id.rpartition(":")[0] for one in notices if one.id.startswith("comeback")]
    assert found == ([] if key is None else [key])


def test_a_spa_gives_an_addon_at_the_third_visit_and_an_upgrade_at_the_sixth() -> None:
    addon, upgrade = (wc.Reward(id=kind, kind=kind, title=kind, valid_days=90) for kind in ("addon", "upgrade"))
    club = cafe(
        limits=wc.Limits(max_per_day=1),
        stamps={"goal": 6, "reward": upgrade, "reward_cell": False, "milestones": (Milestone(at=3, reward=addon),)},
    )
    given = []
    card = wc.join(club, id="CK-1", at=at(8, day=1))
    for day in range(1, 7):
        card, outcome = run(club, card, wc.Event.visit(id=f"v{day}", at=at(9, day=day)))
        given.append([one.reward.kind for one in outcome.issued])

    assert given == [[], [], ["addon"], [], [], ["upgrade"]]
