"""Phrases, plurals and counted things: final text in a language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletcard.errors import InvalidCardError
from walletcard.model import Unit
from walletcard.words import languages, phrase_book
from walletcard.words._languages import language


@pytest.mark.parametrize(
    ("locale", "number", "said"),
    [
        ("en-GB", 1, "1 visit to go"),
        ("en-GB", 2, "2 visits to go"),
        ("he", 1, "עוד ביקור אחד"),
        ("he", 2, "עוד שני ביקורים"),
        ("he", 3, "עוד 3 ביקורים"),
        ("he", 11, "עוד 11 ביקורים"),
        ("ru", 1, "остался 1 визит"),
        ("ru", 2, "осталось 2 визита"),
        ("ru", 5, "осталось 5 визитов"),
        ("ru", 11, "осталось 11 визитов"),
        ("ru", 21, "остался 21 визит"),
        ("ru", 24, "осталось 24 визита"),
        ("ru", 112, "осталось 112 визитов"),
        ("ru", 1280, "осталось 1\u00a0280 визитов"),
        ("zh-Hans", 3, "还差 3 次"),
        ("zh-CN", 1, "还差 1 次"),
        ("fa", 1, "۱ مراجعهٔ دیگر"),
        ("fa", 12, "۱۲ مراجعهٔ دیگر"),
    ],
)
def test_plurals_are_those_of_the_language(locale: str, number: int, said: str) -> None:
    assert phrase_book(locale).count("visits_left", number) == said


def test_upper_case_where_the_script_has_it() -> None:
    assert phrase_book("ru").upper("До золота") == "ДО ЗОЛОТА"
    assert phrase_book("en-GB").upper("Next reward") == "NEXT REWARD"
    assert phrase_book("he").upper("ההטבה הבאה") == "ההטבה הבאה"


def test_a_unit_of_the_programme_has_its_own_words() -> None:
    unit = Unit(label="Washes", left={"one": "{n} wash", "other": "{n} washes"})

    words = phrase_book("en-GB").unit(unit, 3)

    assert (words.label, words.count, words.field) == ("Washes", "3 washes", "3 washes")
    assert (words.left, words.sentence) == ("3 washes to go", "3 washes to go")


def test_what_remains_begins_a_sentence_with_a_capital() -> None:
    words = phrase_book("ru").unit("visits", 3)

    assert (words.label, words.count, words.field) == ("Визиты", "3 визита", "3 визита")
    assert (words.left, words.sentence) == ("осталось 3 визита", "Осталось 3 визита")


@pytest.mark.parametrize("unit", ["stamps", "visits", "sessions", "points"])
@pytest.mark.parametrize("locale", languages())
def test_every_unit_has_its_words_in_every_language(locale: str, unit: str) -> None:
    words = phrase_book(locale).unit(unit, 7)

    assert all([words.label, words.count, words.field, words.left, words.sentence])


def test_what_is_held_is_not_what_remains() -> None:
    words = phrase_book("he").unit("visits", 3)

    assert (words.count, words.field) == ("3 ביקורים", "עוד 3 ביקורים")


def test_a_unit_without_the_language_is_an_error_that_names_it() -> None:
    unit = Unit(label={"en": "Washes"}, left={"en": {"one": "{n} wash", "other": "{n} washes"}})

    with pytest.raises(InvalidCardError) as refused:
        phrase_book("he").unit(unit, 3)

    assert (refused.value.code, refused.value.where) == ("text.missing", "unit.label")


PHRASES = language("en")["phrases"].items()
COUNTED = [(locale, key) for locale in languages() for key, phrase in PHRASES if not isinstance(phrase, str)]
VALUES = dict.fromkeys(("balance", "goal", "left", "progress", "reward", "tier", "title"), "x")


@given(number=st.integers(0, 1000), where=st.sampled_from(COUNTED))
def test_counting_never_fails_and_says_the_number(number: int, where: tuple[str, str]) -> None:
    locale, key = where
    book = phrase_book(locale)

    said = book.count(key, number, **VALUES)

    if key not in {"alt_next", "alt_next_title"}:  # Their number stands in {left}.
        in_words = locale == "he" and number in {1, 2}
        assert in_words or book.number(number) in said
    assert "{" not in said


def test_a_counted_phrase_said_without_a_number_is_still_text() -> None:
    assert phrase_book("en-GB").say("ready_count", n="3") == "3 ready"


def test_a_phrase_that_does_not_exist_is_named() -> None:
    with pytest.raises(InvalidCardError) as caught:
        phrase_book("en-GB").say("one_lefft")

    assert str(caught.value) == 'key: "one_lefft" is no phrase; did you mean "one_left"?'


def test_a_text_that_a_phrase_needs_and_does_not_get_is_named() -> None:
    with pytest.raises(InvalidCardError) as caught:
        phrase_book("en-GB").say("unit_left")

    assert str(caught.value) == "words.unit_left: no text for {left}; give left=..."


def test_georgian_has_no_capitals_that_phones_can_draw() -> None:
    book = phrase_book("ka", {"none_yet": "არა"}, home="ka")

    assert book.upper("ბარათი") == "ბარათი"


def test_turkish_capitals_keep_their_dots() -> None:
    assert phrase_book("tr", {"none_yet": "henüz yok"}, home="tr").upper("iyi") == "İYİ"


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", {1: "1 point is owed, ", 2: "2 points are owed, ", 55: "55 points are owed, "}),
        ("he", {1: "חוב של נקודה אחת,", 2: "חוב של שתי נקודות,", 55: "חוב של 55 נקודות,"}),
        ("ru", {1: "Долг: 1 балл,", 2: "Долг: 2 балла,", 55: "Долг: 55 баллов,", 21: "Долг: 21 балл,"}),
        ("zh-Hans", {1: "尚欠1分,", 55: "尚欠55分,"}),
        ("fa", {1: "۱ امتیاز بدهی ", 55: "۵۵ امتیاز بدهی "}),
    ],
)
def test_what_is_owed_is_counted_in_the_languages_own_forms(locale: str, forms: dict[int, str]) -> None:
    book = phrase_book(locale)

    for number, begins in forms.items():
        assert book.count("till_points_owing", number).startswith(begins)
