"""The data files of the languages: every phrase, every placeholder, every plural form, in each."""

import re
from typing import Any

import pytest

from walletcard.words import languages, phrase_book
from walletcard.words._cldr import plural_category
from walletcard.words._languages import language
from walletcard.words._own import placeholders

ENGLISH = language("en")["phrases"]


def texts(phrase: Any) -> list[str]:
    return [phrase] if isinstance(phrase, str) else list(phrase.values())


def test_walletcard_speaks_five_languages() -> None:
    assert languages() == ("en", "fa", "he", "ru", "zh-Hans")


@pytest.mark.parametrize("name", languages())
def test_every_language_has_every_phrase_with_the_same_placeholders(name: str) -> None:
    own = language(name)["phrases"]

    assert list(own) == list(ENGLISH)
    for key, phrase in own.items():
        expected = placeholders(ENGLISH[key])
        if key == "progress_short":  # "/" is a decimal sign in Persian: the bare count stands there.
            expected -= {"goal"} if name == "fa" else set()
        assert placeholders(phrase) == expected, key


@pytest.mark.parametrize("name", languages())
def test_every_phrase_that_a_phone_announces_holds_its_value_once(name: str) -> None:
    for key, phrase in language(name)["phrases"].items():
        count = ENGLISH[key].count("%@") if isinstance(ENGLISH[key], str) else 0
        assert all(text.count("%@") == count for text in texts(phrase)), key


@pytest.mark.parametrize("name", languages())
def test_every_counted_phrase_has_the_plural_forms_of_its_language(name: str) -> None:
    needed = {plural_category(name, number) for number in range(1000)} | {"other"}

    for key, phrase in language(name)["phrases"].items():
        if isinstance(phrase, str):
            assert isinstance(ENGLISH[key], str) or key in {"alt_next", "alt_next_title", "alt_points"}, key
        else:
            assert set(phrase) == needed, key
            assert not isinstance(ENGLISH[key], str), key


@pytest.mark.parametrize("name", languages())
def test_every_form_with_a_number_counts_it_or_says_it_in_words(name: str) -> None:
    for key, phrase in language(name)["phrases"].items():
        if not isinstance(phrase, str) and "n" in placeholders(phrase):
            in_words = {"one", "two"} if name == "he" else {"one"} if (name, key) == ("en", "till_stamps") else set()
            assert all("{n}" in text for form, text in phrase.items() if form not in in_words), key


@pytest.mark.parametrize("name", [one for one in languages() if one != "en"])
def test_no_phrase_of_another_language_holds_a_latin_letter_or_a_digit(name: str) -> None:
    for key, phrase in language(name)["phrases"].items():
        for text in texts(phrase):
            bare = re.sub(r"\{[a-z]+\}", "", text)
            assert not re.search(r"[A-Za-z0-9]", bare), key


@pytest.mark.parametrize("name", languages())
def test_no_phrase_has_a_stray_space_or_an_invisible_sign(name: str) -> None:
    allowed = {"\u200c"} if name == "fa" else set()  # ZWNJ divides the parts of a Persian word.
    for key, phrase in language(name)["phrases"].items():
        for text in texts(phrase):
            assert text == text.strip(), key
            assert "  " not in text, key
            assert not set(re.findall(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text)) - allowed, key


@pytest.mark.parametrize("name", languages())
def test_a_language_that_walletcard_speaks_lacks_nothing(name: str) -> None:
    assert phrase_book(name).missing() == ()


def test_persian_letters_are_persian() -> None:
    for key, phrase in language("fa")["phrases"].items():
        assert not re.search("[يك٠-٩]", "".join(texts(phrase))), key  # Arabic yeh, kaf and digits.
