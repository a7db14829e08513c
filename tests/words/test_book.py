"""Phrases, plurals, numbers, dates and money: final text in a language."""

import json
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Unit
from walletcard.model._text import Texts
from walletcard.words import languages, phrase_book


def data(language: str) -> dict[str, Any]:
    text = files("walletcard.words").joinpath("languages", f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def placeholders(phrase: Any) -> set[str]:
    forms = [phrase] if isinstance(phrase, str) else phrase.values()
    return {part.split("}")[0] for form in forms for part in form.split("{")[1:]}


def test_walletcard_speaks_english_and_hebrew() -> None:
    assert languages() == ("en", "he")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_phrase_with_the_same_placeholders(language: str) -> None:
    own, english = data(language)["phrases"], data("en")["phrases"]

    assert own.keys() == english.keys()
    for key, phrase in own.items():
        assert placeholders(phrase) <= placeholders(english[key]) | {"n"}, key
        change = english[key].count("%@") if isinstance(english[key], str) else 0
        assert (phrase.count("%@") if isinstance(phrase, str) else 0) == change, key


@pytest.mark.parametrize(
    ("locale", "number", "said"),
    [
        ("en-GB", 1, "1 visit to go"),
        ("en-GB", 2, "2 visits to go"),
        ("he", 1, "עוד ביקור אחד"),
        ("he", 2, "עוד שני ביקורים"),
        ("he", 3, "עוד 3 ביקורים"),
        ("he", 11, "עוד 11 ביקורים"),
    ],
)
def test_plurals_are_those_of_the_language(locale: str, number: int, said: str) -> None:
    assert phrase_book(locale).count("visits_left", number) == said


def test_the_phrases_of_the_catalogue_stand_as_written() -> None:
    english, hebrew = phrase_book("en-GB"), phrase_book("he")

    assert english.say("progress", n="6", goal="9") == "6 of 9"
    assert hebrew.say("progress", n="4", goal="6") == "4 מתוך 6"
    assert english.say("stamp_added") == "Stamp added: %@"
    assert hebrew.say("stamp_added") == "נוספה חותמת: %@"
    assert english.say("reward_ready") == "Ready for you: %@"
    assert hebrew.say("reward_ready") == "מוכן למימוש: %@"
    assert english.say("redeemed") == "Reward used. A new card has started."
    assert hebrew.say("redeemed") == "ההטבה מומשה. סבב חדש התחיל."


@pytest.mark.parametrize(
    ("locale", "money", "whole", "said"),
    [
        ("en-GB", wc.Money(6000, "GBP"), False, "£60.00"),
        ("en-GB", wc.Money(6000, "GBP"), True, "£60"),
        ("en-GB", wc.Money(6050, "GBP"), True, "£60.50"),
        ("en-GB", wc.Money(5, "GBP"), False, "£0.05"),
        ("en-GB", wc.Money(123_456_789, "GBP"), False, "£1,234,567.89"),
        ("en-GB", wc.Money(500, "JPY"), False, "JP¥500"),
        ("en-GB", wc.Money(1500, "KWD"), False, "KWD1.500"),
        ("he", wc.Money(6000, "ILS"), False, "60.00\u00a0₪"),
    ],
)
def test_money_is_written_with_its_own_decimals(locale: str, money: wc.Money, whole: bool, said: str) -> None:
    assert phrase_book(locale).money(money, whole=whole) == said


@pytest.mark.parametrize(("locale", "said"), [("en-GB", "9 Jan 2027"), ("en-US", "Jan 9, 2027"), ("he", "09.01.2027")])
def test_a_day_is_written_as_the_language_writes_it(locale: str, said: str) -> None:
    assert phrase_book(locale).day(date(2027, 1, 9)) == said


def test_a_moment_of_today_is_a_time_alone() -> None:
    book, at = phrase_book("en-GB"), datetime(2026, 11, 21, 9, 5, tzinfo=ZoneInfo("Europe/London"))

    assert book.moment(at, today=date(2026, 11, 21)) == "09:05"
    assert book.moment(at, today=date(2026, 11, 20)) == "21 Nov 2026, 09:05"


def test_upper_case_where_the_script_has_it() -> None:
    assert phrase_book("en-GB").upper("Next reward") == "NEXT REWARD"
    assert phrase_book("he").upper("ההטבה הבאה") == "ההטבה הבאה"


def test_a_unit_of_the_programme_has_its_own_words() -> None:
    unit = Unit(label="Washes", left={"one": "{n} wash", "other": "{n} washes"})

    words = phrase_book("en-GB").unit(unit, 3)

    assert (words.label, words.field, words.sentence) == ("Washes", "3 washes", "3 washes to go")


def test_a_unit_without_the_language_is_an_error_that_names_it() -> None:
    unit = Unit(label={"en": "Washes"}, left={"en": {"one": "{n} wash", "other": "{n} washes"}})

    with pytest.raises(InvalidCardError) as refused:
        phrase_book("he").unit(unit, 3)

    assert (refused.value.code, refused.value.where) == ("text.missing", "unit.label")


def test_a_programme_says_it_in_its_own_words() -> None:
    book = phrase_book("en-GB", Texts({"none_yet": "Soon!", "ready_count": {"one": "one here", "other": "{n} here"}}))

    assert (book.say("none_yet"), book.count("ready_count", 1), book.count("ready_count", 2)) == (
        "Soon!",
        "one here",
        "2 here",
    )


def test_words_for_one_language_leave_the_others_alone() -> None:
    words = Texts({"none_yet": {"he": "בקרוב"}})

    assert phrase_book("he", words).say("none_yet") == "בקרוב"
    assert phrase_book("en-GB", words).say("none_yet") == "None yet"


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        ({"none_jet": "x"}, "words.unknown", "words.none_jet"),
        ({"progress": "{count}"}, "text.placeholder", "words.progress"),
        ({"stamp_added": "New stamp"}, "words.change", "words.stamp_added"),
        ({"progress": "{n"}, "text.brace", "words.progress"),
    ],
)
def test_wrong_words_are_refused(words: dict[str, str], code: str, where: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        phrase_book("en-GB", Texts(words))

    assert (refused.value.code, refused.value.where) == (code, where)


def test_an_unknown_language_is_an_error_never_english() -> None:
    with pytest.raises(InvalidCardError) as refused:
        phrase_book("ru")

    assert (refused.value.code, refused.value.message) == ("language.unknown", "no phrases for ru")
    assert refused.value.hint == "walletcard speaks en, he"
