"""Faces in five languages for every combination of rules, and the texts that a programme lacks in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import walletcard as wc
from walletcard import apple, google
from walletcard.errors import InvalidCardError
from walletcard.model import (
    BackText,
    Earn,
    Gift,
    Link,
    Membership,
    Milestone,
    Notice,
    Place,
    Points,
    Referral,
    Stamps,
    Tier,
    Unit,
)
from walletcard.words import languages

ZONE = ZoneInfo("Asia/Dubai")
DESIGN = wc.Design(background="#34495E", logo_url="https://example.com/logo.png")
MARK = "☆"  # Stands for the programme's own words: any letter beside it is of the language's phrases.


def on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=ZONE)


def reward(name: str, **changes: Any) -> wc.Reward:
    return wc.Reward(**{"id": name, "title": MARK, "uses": 1, **changes})


RULES: Mapping[str, Any] = {
    "stamps": Stamps(
        goal=6, reward=reward("last"), milestones=(Milestone(at=3, reward=reward("half")),), unit="visits"
    ),
    "points": Points(
        earn=(Earn(metric="visit", points=1_250, valid_months=12),),
        catalogue=(reward("low", points=1_000), reward("high", points=9_000)),
    ),
    "tiers": (
        Tier(id="one", name=MARK, min_sessions=0, min_spend=0),
        Tier(id="two", name=MARK, min_sessions=4, discount=10, benefits=(MARK,)),
        Tier(id="three", name=MARK, min_spend=500_000),
    ),
    "membership": Membership(title=MARK, months=12, discount=5, benefits=(MARK,)),
    "pack": reward("pack", uses=12),
}
MIXES = [mix for size in range(1, 6) for mix in combinations(RULES, size)]


def club(mix: tuple[str, ...], locale: str) -> wc.Program:
    return wc.Program(
        id="club",
        name=MARK,
        issuer=MARK,
        locale=locale,
        zone="Asia/Dubai",
        currency="EUR" if "tiers" in mix else None,
        design=DESIGN,
        **{name: RULES[name] for name in mix},
    )


def lives(program: wc.Program) -> Iterator[wc.Card]:
    """Yield a card on its first day, on its way, with the reward of the middle, and with the last one."""
    card = wc.join(program, id="M1", at=on(1, 1))
    yield card
    if program.membership is not None:
        card, _ = wc.apply(program, card, wc.Event.renew(id="r", at=on(1, 2)))
    if program.pack is not None:
        card, _ = wc.apply(program, card, wc.Event.grant(id="p", at=on(1, 2), reward="pack"))
    for day in range(1, 7):
        card, _ = wc.apply(program, card, wc.Event.visit(id=f"v{day}", at=on(2, day), amount=1_250))
        if day in (2, 4, 6):
            yield card


def texts(face: wc.Face) -> list[str]:
    fields = [text for one in face.fields for text in (one.label, one.value, one.front_label, one.change) if text]
    balances = [text for one in face.balances for text in (one.label, one.text, one.short) if text]
    return [*fields, *balances, face.alt, face.description]


@pytest.fixture(scope="module")
def faces() -> Mapping[str, list[tuple[tuple[str, ...], wc.Face]]]:
    """Four faces of every combination of rules, by language."""
    return {
        locale: [
            (mix, wc.face(club(mix, locale), card, at=on(3, 1))) for mix in MIXES for card in lives(club(mix, locale))
        ]
        for locale in languages()
    }


Faces = Mapping[str, list[tuple[tuple[str, ...], wc.Face]]]


@pytest.mark.parametrize("locale", languages())
def test_every_combination_of_rules_has_a_face_in_every_language(faces: Faces, locale: str) -> None:
    assert len(faces[locale]) == 31 * 4
    for mix, face in faces[locale]:
        row = [*face.in_slot("secondary"), *face.in_slot("auxiliary")]
        keys = [field.key for field in face.fields]

        assert len(row) + len(face.in_slot("header")) >= 1, mix
        assert len(row) <= 4, mix
        assert len(face.in_slot("header")) <= 3, mix
        assert not face.in_slot("primary"), mix
        assert len(keys) == len(set(keys)), mix
        assert len(face.balances) in (1, 2), mix


@pytest.mark.parametrize("locale", languages())
def test_f7_every_face_comes_back_from_its_json(faces: Faces, locale: str) -> None:
    for _, face in faces[locale]:
        assert wc.Face.from_json(face.to_json()).to_json() == face.to_json()


@pytest.mark.parametrize("locale", languages())
def test_every_face_is_a_card_for_both_wallets(faces: Faces, locale: str) -> None:
    for mix, face in faces[locale][::4]:
        assert apple.pass_json(face)["storeCard"], mix
        assert google.resources(face, issuer_id="3388000000012345678").object["id"], mix


@pytest.mark.parametrize("locale", [one for one in languages() if one != "en"])
def test_no_face_says_a_word_of_english(faces: Faces, locale: str) -> None:
    for mix, face in faces[locale]:
        assert not [text for text in texts(face) if re.search("[A-Za-z]", text)], mix


def test_f4_no_ascii_digit_in_persian_and_no_slash_between_digits(faces: Faces) -> None:
    for mix, face in faces["fa"]:
        assert not [text for text in texts(face) if re.search(r"[0-9٠-٩]|\d/\d", text)], mix
        assert not [one for one in face.balances if isinstance(one.amount, int)], mix


@pytest.mark.parametrize("locale", ["en", "he", "ru", "zh-Hans"])
def test_f4_google_is_given_a_number_where_the_language_writes_ascii_digits(faces: Faces, locale: str) -> None:
    counts = [face.balances[0].amount for mix, face in faces[locale] if mix == ("points",)]

    assert counts == [0, 2_500, 5_000, 7_500]


@pytest.mark.parametrize(
    ("locale", "count", "shown"),
    [
        ("en", 2, "2 of 12"), ("en", 10, "10/12"), ("he", 2, "2/12"), ("ru", 2, "2 из 12"), ("ru", 10, "10/12"),
        ("zh-Hans", 10, "10/12"), ("fa", 2, "۲ از ۱۲"), ("fa", 10, "۱۰"),
    ],
)  # fmt: skip
def test_f4_a_count_of_more_than_seven_characters_is_shortened_for_google(locale: str, count: int, shown: str) -> None:
    program = replace(club(("stamps",), locale), stamps=Stamps(goal=12, reward=reward("last")))
    card = wc.join(program, id="M1", at=on(1, 1))
    card, _ = wc.apply(program, card, wc.Event.grant(id="g", at=on(1, 2), stamps=count))

    made = google.resources(wc.face(program, card, at=on(1, 3)), issuer_id="3388000000012345678")

    assert made.object["loyaltyPoints"]["balance"] == {"string": shown}


def test_f8_a_length_that_google_recommends_is_a_warning_and_a_limit_is_an_error() -> None:
    program = club(("stamps",), "en")
    card = wc.join(program, id="M1", member="M" * 21, at=on(1, 1))
    news = [Notice(id=f"n{number}", key="news", text="News") for number in range(11)]

    (longish,) = google.check(wc.face(program, card, at=on(1, 2)), issuer_id="3388000000012345678")
    found = google.check(wc.face(program, card, at=on(1, 2), notices=news), issuer_id="3388000000012345678")

    assert (longish.code, longish.where, longish.severity) == ("text.length", "LoyaltyObject.accountName", "warning")
    assert [(one.code, one.where) for one in found if one.severity == "error"] == [
        ("count.limit", "LoyaltyObject.messages")
    ]


@pytest.mark.parametrize("locale", languages())
def test_f1_the_count_of_the_picture_stands_in_a_field_and_in_its_text(faces: Faces, locale: str) -> None:
    for mix, face in faces[locale]:
        if "stamps" in mix or mix == ("pack",):
            assert face.balances[0].text in [field.value for field in face.fields], mix
            assert _numbers(face.balances[0].text) <= _numbers(face.alt), mix


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("locale", languages())
def test_labels_of_the_front_are_in_upper_case_only_where_the_script_has_one(faces: Faces, locale: str) -> None:
    labels = {(field.label, field.front_label) for _, face in faces[locale] for field in face.fields}

    upper = {front for label, front in labels if front is not None}
    assert bool(upper) is (locale in ("en", "ru"))
    assert all(front == label.upper() != label for label, front in labels if front is not None)


@pytest.mark.parametrize("locale", languages())
def test_f5_the_keys_of_every_face_are_from_one_short_list(faces: Faces, locale: str) -> None:
    assert {field.key for _, face in faces[locale] for field in face.fields} == {
        "stamps", "points", "reward", "left", "waiting", "tier", "discount", "to_tier", "affordable", "to_item",
        "expiring", "membership", "pack", "ready", "catalogue", "benefits",
    }  # fmt: skip


# What is missing in one language


def spoken(skip: str | None) -> wc.Program:
    """A programme in English and Hebrew, but for the Hebrew of one text."""

    def text(where: str) -> Any:
        return {"en": "Text"} if where == skip else {"en": "Text", "he": "טקסט"}

    def named(name: str, **changes: Any) -> wc.Reward:
        given = {"title": text(f"reward {name}.title"), "in_sentence": text(f"reward {name}.in_sentence"), **changes}
        return wc.Reward(id=name, **given)

    return wc.Program(
        id="club",
        name=text("program.name"),
        issuer=text("program.issuer"),
        description=text("program.description"),
        rule_text=text("program.rule_text"),
        locale="en",
        zone="Asia/Dubai",
        design=DESIGN,
        stamps=Stamps(
            goal=4,
            reward=named("last"),
            milestones=(Milestone(at=2, reward=named("half")),),
            unit=Unit(label=text("unit.label"), left=text("unit.left")),
        ),
        points=Points(
            earn=(Earn(metric="visit", points=10),), catalogue=(named("low", points=15),), label=text("points.label")
        ),
        tiers=(
            Tier(id="one", name=text("tier one.name"), min_sessions=0, benefits=(text("tier one.benefits[0]"),)),
            Tier(id="two", name=text("tier two.name"), min_sessions=9, to_label=text("tier two.to_label")),
        ),
        membership=Membership(
            title=text("membership.title"),
            months=12,
            benefits=(text("membership.benefits[0]"), text("membership.benefits[1]")),
        ),
        welcome=named("hello"),
        back=(BackText("Text", "Text"), BackText(text("back[1].label"), text("back[1].text"))),
        links=(Link(text("links[0].label"), "https://example.com"),),
        places=(Place(latitude=1.0, longitude=2.0), Place(latitude=1.0, longitude=2.0, text=text("places[1].text"))),
    )


SHOWN = [
    "program.name", "program.issuer", "program.description", "program.rule_text", "reward half.title",
    "reward half.in_sentence", "reward low.title", "reward hello.title", "unit.label", "unit.left", "points.label",
    "tier one.name", "tier one.benefits[0]", "tier two.name", "tier two.to_label", "membership.title",
    "membership.benefits[0]", "membership.benefits[1]", "back[1].label", "back[1].text", "links[0].label",
    "places[1].text",
]  # fmt: skip
LATER = ["reward last.title", "reward last.in_sentence", "reward low.in_sentence", "reward hello.in_sentence"]


@pytest.mark.parametrize("where", SHOWN)
def test_a_face_names_the_text_that_it_lacks(where: str) -> None:
    def shown(program: wc.Program) -> wc.Face:
        card = wc.join(program, id="M1", at=on(1, 1))
        card, _ = wc.apply(program, card, wc.Event.renew(id="r", at=on(1, 2)))
        return wc.face(program, card, at=on(1, 3), locale="he")

    assert shown(spoken(None)).direction == "rtl"
    with pytest.raises(InvalidCardError) as refused:
        shown(spoken(where))
    assert (refused.value.code, refused.value.where) == ("text.missing", where)


@pytest.mark.parametrize("where", [*SHOWN, *LATER])
def test_joining_in_a_language_asks_for_every_text_that_a_card_may_come_to_show(where: str) -> None:
    assert wc.join(spoken(None), id="M1", locale="he", at=on(1, 1)).locale == "he"
    with pytest.raises(InvalidCardError) as refused:
        wc.join(spoken(where), id="M1", locale="he", at=on(1, 1))
    assert [(issue.code, issue.where) for issue in refused.value.issues] == [("text.missing", where)]


def test_joining_names_all_that_is_missing_at_once() -> None:
    program = wc.Program(
        id="gift",
        name={"en": "Gift"},
        issuer={"en": "Shop", "he": "חנות"},
        locale="en",
        zone="Asia/Dubai",
        design=DESIGN,
        gift=Gift(title={"en": "Voucher"}, currency="EUR"),
        back=(BackText({"en": "Terms"}, {"en": "None"}),),
    )

    with pytest.raises(InvalidCardError) as refused:
        wc.join(program, id="M1", locale="he", at=on(1, 1))

    assert [issue.where for issue in refused.value.issues] == [
        "program.name", "back[0].label", "back[0].text", "gift.title",
    ]  # fmt: skip
    assert wc.join(program, id="M1", locale="en-GB", at=on(1, 1)).locale == "en-GB"


def test_a_reward_without_a_sentence_of_its_own_needs_none() -> None:
    program = club(("stamps",), "he")

    assert wc.join(program, id="M1", at=on(1, 1)).id == "M1"
    assert wc.face(program, wc.join(program, id="M1", at=on(1, 1)), at=on(1, 2)).alt.endswith(f"{MARK}.")


@pytest.mark.parametrize("joined", [{}, {"referral_code": "IDA7", "referred_by": "M0"}])
def test_a_friends_bonus_shows_its_code_where_there_is_one(joined: dict[str, str]) -> None:
    program = wc.Program(
        id="club", name=MARK, issuer=MARK, locale="ru", zone="Asia/Dubai", points=RULES["points"], design=DESIGN,
        referral=Referral(referrer=5, newcomer=5),
    )  # fmt: skip
    face = wc.face(program, wc.join(program, id="M1", at=on(1, 1), **joined), at=on(1, 2))

    assert [field.value for field in face.fields if field.key == "referral"] == (["Код IDA7"] if joined else [])
