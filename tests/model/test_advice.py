"""`Program.check`: every piece of advice with a programme that gets it and one that does not."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.businesses import gifts, massage, studio
from tests.cards import COFFEE, cafe, free_cafe, spa

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Earn, Expiry, Gift, Lapse, Milestone, Points, Referral, Tier, Unit

OIL = wc.Reward(id="oil", title="Warm oil", in_sentence="for warm oil", valid_days=30)
FOREVER = wc.Reward(id="tea", title="Tea", in_sentence="for tea")
BASE = Tier(id="base", name="Base", min_sessions=0)


def tiers(*above: Tier) -> wc.Program:
    return massage(tiers=(BASE, *above))


def milestone(at: int, **stamps: Any) -> wc.Program:
    return cafe(stamps={"milestones": (Milestone(at=at, reward=OIL),), **stamps})


def points(**changes: Any) -> wc.Program:
    return studio(points={"earn": (Earn(metric="visit", points=1, valid_months=12),), "catalogue": (), **changes})


def found(program: wc.Program, **against: wc.Program) -> dict[tuple[str, str], str]:
    return {(one.code, one.where): one.severity for one in program.check(**against)}


@pytest.mark.parametrize(
    ("code", "where", "severity", "hurt", "well"),
    [
        ("language.unknown", "locale", "warning", cafe(locale="fr", words={}), cafe(locale="en-US")),
        (
            "text.missing",
            "program.name",
            "warning",
            cafe(locale="he", name={"en": "Kettle"}),
            cafe(locale="he", name={"en": "Kettle", "he": "קומקום"}),
        ),
        ("text.cut", "name", "warning", cafe(name="Copper Kettle Coffees"), cafe(name="Copper Kettle Coffee")),
        (
            "text.cut",
            "name['he']",
            "warning",
            cafe(name={"en": "Kettle", "he": "א" * 21}),
            cafe(name={"en": "Kettle", "he": "א" * 20}),
        ),
        ("text.cut", "issuer", "warning", cafe(issuer="C" * 21), cafe(issuer="C" * 20)),
        ("text.cut", "points.label", "warning", points(label="Lotus pts!"), points(label="Lotus pts")),
        (
            "text.cut",
            "stamps.unit.label",
            "warning",
            cafe(stamps={"unit": Unit(label="Cappuccino", left="{n}")}),
            cafe(),
        ),
        (
            "text.cut",
            "tiers[1].name",
            "warning",
            tiers(Tier(id="p", name="Platinum", min_sessions=5)),
            tiers(Tier(id="p", name="Platina", min_sessions=5)),
        ),
        ("text.rule", "rule_text", "note", cafe(rule_text="x" * 91), cafe(rule_text="x" * 90)),
        ("milestone.goal", "stamps.milestones[0].at", "warning", milestone(9), milestone(8)),
        (
            "milestone.join",
            "stamps.milestones[0].at",
            "warning",
            milestone(2, join_stamps=2),
            milestone(3, join_stamps=2),
        ),
        ("limits.none", "limits", "note", free_cafe(), cafe(limits=wc.Limits(max_per_day=1))),
        ("limits.none", "limits", "note", free_cafe(), cafe(limits=wc.Limits(min_interval_minutes=1))),
        ("limits.none", "limits", "note", free_cafe(), studio()),
        ("limits.amount", "limits.min_purchase", "note", cafe(limits=wc.Limits(min_purchase=100)), cafe()),
        (
            "reward.sentence",
            "stamps.reward.in_sentence",
            "note",
            cafe(stamps={"reward": replace(COFFEE, in_sentence=None)}),
            cafe(),
        ),
        ("reward.sentence", "stamps.milestones[0].reward.in_sentence", "note", spa(), milestone(3)),
        ("reward.forever", "stamps.reward.valid_days", "note", cafe(stamps={"reward": FOREVER}), cafe()),
        ("reward.forever", "welcome.valid_days", "note", cafe(welcome=FOREVER), cafe(welcome=OIL)),
        (
            "reward.forever",
            "referral.newcomer.valid_days",
            "note",
            cafe(referral=Referral(referrer=OIL, newcomer=FOREVER)),
            cafe(referral=Referral(referrer=OIL, newcomer=OIL)),
        ),
        (
            "reward.twice",
            "reward oil",
            "warning",
            cafe(welcome=OIL, pack=replace(OIL, uses=5)),
            cafe(welcome=OIL, referral=Referral(referrer=OIL, newcomer=0)),
        ),
        ("points.forever", "points.earn[0]", "note", points(earn=(Earn(metric="visit", points=1),)), points()),
        (
            "points.forever",
            "points.earn[0]",
            "note",
            points(earn=(Earn(metric="visit", points=1),)),
            points(earn=(Earn(metric="visit", points=1),), lapse=Lapse(days=90, notice_days=30)),
        ),
        (
            "points.forever",
            "points.earn[0]",
            "note",
            points(earn=(Earn(metric="visit", points=1),)),
            points(earn=(Earn(metric="visit", points=1, valid_days=9),)),
        ),
        (
            "earn.near",
            "points.earn[0].metric",
            "note",
            points(earn=(Earn(metric="visits", points=1, valid_days=9),)),
            points(earn=(Earn(metric="km", points=1, valid_days=9),)),
        ),
        (
            "earn.near",
            "stamps.earn[0].metric",
            "note",
            cafe(stamps={"earn": (Earn(metric="Amount", per=500, stamps=1),)}),
            cafe(stamps={"earn": (Earn(metric="amount", per=500, stamps=1),)}),
        ),
        (
            "lapse.short",
            "points.lapse.notice_days",
            "warning",
            points(lapse=Lapse(days=90, notice_days=13)),
            points(lapse=Lapse(days=90, notice_days=14)),
        ),
        (
            "tier.never",
            "tiers[0]",
            "warning",
            tiers(Tier(id="gold", name="Gold", min_spend=0)),
            tiers(Tier(id="gold", name="Gold", min_spend=1)),
        ),
        (
            "tier.skipped",
            "tiers[1]",
            "note",
            tiers(Tier(id="s", name="S", min_sessions=5), Tier(id="g", name="G", min_spend=900)),
            tiers(Tier(id="s", name="S", min_sessions=5), Tier(id="g", name="G", min_sessions=9)),
        ),
        (
            "tier.skipped",
            "tiers[1]",
            "note",
            tiers(Tier(id="s", name="S", min_spend=5), Tier(id="g", name="G", min_sessions=9)),
            massage(),
        ),
        ("referral.nothing", "referral", "warning", massage(referral=Referral(referrer=0, newcomer=0)), massage()),
        ("referral.cap", "referral.cap_per_month", "note", studio(), massage()),
    ],
)
def test_what_hurts_later_is_said_and_what_does_not_is_not(
    code: str, where: str, severity: str, hurt: wc.Program, well: wc.Program
) -> None:
    assert found(hurt)[code, where] == severity
    assert (code, where) not in found(well)


TWO_LEVELS = massage(tiers=(BASE, Tier(id="silver", name="Silver", min_sessions=5)))
EXPIRY = Expiry(kind="idle", days=90)


@pytest.mark.parametrize(
    ("code", "where", "severity", "before", "now"),
    [
        ("program.changed", "id", "warning", cafe(), cafe(id="kettle")),
        ("program.changed", "zone", "warning", cafe(), cafe(zone="Europe/Paris")),
        ("program.changed", "stamps.goal", "note", cafe(), cafe(stamps={"goal": 8})),
        ("program.changed", "stamps.milestones", "note", cafe(), milestone(3)),
        ("program.changed", "stamps.reward", "note", cafe(), cafe(stamps={"reward": OIL})),
        ("program.changed", "stamps.rollover", "note", cafe(), cafe(stamps={"rollover": False})),
        ("program.changed", "stamps.expires", "note", cafe(), cafe(stamps={"expires": EXPIRY})),
        ("program.changed", "points.earn", "note", studio(), points()),
        ("program.changed", "points.lapse", "warning", points(), points(lapse=Lapse(days=90, notice_days=30))),
        ("program.changed", "tier_window_months", "warning", massage(), massage(tier_window_months=6)),
        (
            "program.changed",
            "gift.currency",
            "warning",
            gifts(),
            gifts(gift=Gift(title="Gift voucher", currency="EUR")),
        ),
        ("program.removed", "stamps", "warning", cafe(), replace(cafe(), stamps=None, points=Points(earn=()))),
        ("program.removed", "points", "warning", massage(), massage(points=None, referral=None)),
        ("program.removed", "gift", "warning", gifts(), gifts(gift=None, points=Points(earn=()))),
        ("program.removed", "membership", "warning", massage(), massage(membership=None)),
        ("program.removed", "tiers", "warning", massage(), TWO_LEVELS),
    ],
)
def test_g1_a_change_says_what_it_does_to_live_cards(
    code: str, where: str, severity: str, before: wc.Program, now: wc.Program
) -> None:
    assert found(now, previous=before)[code, where] == severity
    assert (code, where) not in found(now)
    assert (code, where) not in found(before, previous=before)


def test_looks_and_texts_may_change_at_any_time() -> None:
    before = cafe()
    now = cafe(back=(BackText("Terms", "New ones."),), design=replace(before.design, background="#112233"), words={})

    assert now.check(previous=before) == before.check()


def test_the_gravest_comes_first_and_each_says_where_and_what_to_do() -> None:
    club = free_cafe(name="A name that is much too long", stamps={"reward": FOREVER})

    issues = club.check()

    assert [one.severity for one in issues] == ["warning", "note", "note"]
    assert str(issues[0]) == "name: 28 characters; Google shows 20 for sure; shorten it, the rest may be cut off"
    assert all(one.hint and one.where and one.message for one in issues)


def test_the_businesses_have_no_warnings_but_lengths() -> None:
    for club in (cafe(), spa(), studio(), massage(), gifts()):
        assert {one.code for one in club.check() if one.severity == "warning"} <= {"text.cut"}


def test_the_programme_before_is_a_programme() -> None:
    with pytest.raises(InvalidCardError) as refused:
        cafe().check(previous=ZoneInfo("Europe/London"))  # type: ignore[arg-type]  # a caller's slip

    assert refused.value.where == "previous"


@pytest.mark.parametrize(
    ("metric", "hint"),
    [
        ("visits", 'did you mean "visit"?'),
        ("VISIT", 'did you mean "visit"?'),
        ("visit:vip", 'did you mean "visit"?'),
        ("amout", 'did you mean "amount"?'),
        ("items:tea", 'did you mean "item:tea"?'),
        ("item", 'did you mean "item:..."?'),
        *((own, None) for own in ("visit", "amount", "item:tea", "km", "minutes", "count", "sessions", "purchases")),
    ],
)
def test_only_a_metric_near_a_known_one_is_noted(metric: str, hint: str | None) -> None:
    club = points(earn=(Earn(metric=metric, points=1, valid_days=9),))

    assert [one.hint for one in club.check() if one.code == "earn.near"] == ([] if hint is None else [hint])


def test_stamps_for_nearly_visits_need_no_rule() -> None:
    club = cafe(stamps={"earn": (Earn(metric="visits", stamps=1),)})

    (noted,) = [one for one in club.check() if one.code == "earn.near"]

    assert noted.hint == "leave the rule out: a visit brings its stamps itself"


def test_a_card_without_a_logo_for_google_is_noted() -> None:
    club = cafe()
    bare = replace(club, design=replace(club.design, logo_url=None))

    [noted] = set(bare.check()) - set(club.check())

    assert (noted.code, noted.where, noted.severity) == ("logo.google", "design.logo_url", "note")
    assert noted.hint == "give an https address, or host= to make_save_link; an Apple pass needs none"
