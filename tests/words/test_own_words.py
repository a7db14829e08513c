"""A programme's own words: over a language that walletcard speaks, and in one that it does not."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.localedata import locale_identifiers

from walletcard import Money
from walletcard.errors import InvalidCardError
from walletcard.model._text import Texts
from walletcard.words import phrase_book
from walletcard.words._languages import CATALOGUE, language
from walletcard.words._own import placeholders


def german() -> dict[str, Any]:
    """Every phrase of the catalogue, each with its placeholders, none with an English word."""
    found: dict[str, Any] = {}
    for key, phrase in language(CATALOGUE)["phrases"].items():
        text = " ".join(["ü", *(f"{{{name}}}" for name in sorted(placeholders(phrase)))])
        found[key] = text + (" %@" if isinstance(phrase, str) and "%@" in phrase else "")
    return {**found, "visits_left": {"one": "noch {n} Besuch", "other": "noch {n} Besuche"}}


def refused(locale: str, words: dict[str, Any]) -> InvalidCardError:
    with pytest.raises(InvalidCardError) as error:
        phrase_book(locale, Texts(words))
    return error.value


def test_a_programme_says_it_in_its_own_words() -> None:
    book = phrase_book("en-GB", Texts({"none_yet": "Soon!", "ready_count": {"one": "one here", "other": "{n} here"}}))

    said = (book.say("none_yet"), book.count("ready_count", 1), book.count("ready_count", 2))

    assert said == ("Soon!", "one here", "2 here")


def test_words_for_one_language_leave_the_others_alone() -> None:
    words = Texts({"none_yet": {"he": "בקרוב"}})

    assert phrase_book("he", words).say("none_yet") == "בקרוב"
    assert phrase_book("en-GB", words).say("none_yet") == "None yet"


def test_words_are_found_by_the_nearest_tag() -> None:
    words = Texts({"none_yet": {"en": "Not yet", "en-GB": "Nothing so far", "zh-Hans": "还没有"}})

    said = [phrase_book(locale, words).say("none_yet") for locale in ("en-GB", "en-US", "zh-CN", "zh-Hans-SG")]

    assert said == ["Nothing so far", "Not yet", "还没有", "还没有"]


def test_some_phrases_take_more_than_the_shipped_one_shows() -> None:
    book = phrase_book("en-GB", {"birthday": "Happy birthday, {given}, from {name}!"})

    assert book.say("birthday", given="Priya", name="Copper Kettle") == "Happy birthday, Priya, from Copper Kettle!"


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        ({"none_jet": "x"}, "words.unknown", "words.none_jet"),
        ({"format.day": "x"}, "words.unknown", "words.format.day"),
        ({"progress": "{count}"}, "text.placeholder", "words.progress"),
        ({"none_yet": "{given}"}, "text.placeholder", "words.none_yet"),
        ({"stamp_added": "New stamp"}, "words.change", "words.stamp_added"),
        ({"stamp_added": "%@ and %@"}, "words.change", "words.stamp_added"),
        ({"progress": "{n"}, "text.brace", "words.progress"),
        ({"none_yet": {"one": "none", "other": "none"}}, "words.plural", "words.none_yet"),
        ({"format.date": {"one": "{day}", "other": "{day}"}}, "words.plural", "words.format.date"),
        ({"format.date": "{tag}"}, "text.placeholder", "words.format.date"),
        ({"format.money": "{amount}"}, "words.format", "words.format.money"),
        ({"format.percent": "%"}, "words.format", "words.format.percent"),
        ({"format.moment": "{date}"}, "words.format", "words.format.moment"),
        ({"format.digits": "012345678"}, "words.format", "words.format.digits"),
        ({"format.digits": "0123456798"}, "words.format", "words.format.digits"),
        ({"format.digits": "abcdefghij"}, "words.format", "words.format.digits"),
        ({"format.group_from": "many"}, "words.format", "words.format.group_from"),
    ],
)
def test_wrong_words_are_refused(words: dict[str, Any], code: str, where: str) -> None:
    error = refused("en-GB", words)

    assert (error.code, error.issues[0].where) == (code, where)
    assert error.issues[0].hint


def test_every_wrong_word_is_named_at_once() -> None:
    error = refused("en-GB", {"none_jet": "x", "progress": "{count}", "format.money": "{amount}"})

    assert [issue.code for issue in error.issues] == ["words.unknown", "text.placeholder", "words.format"]


def test_a_misspelt_phrase_is_guessed() -> None:
    assert refused("en-GB", {"none_jet": "x"}).issues[0].hint == 'did you mean "none_yet"?'


def test_an_unknown_language_is_an_error_never_english() -> None:
    error = refused("de", {})

    assert (error.code, error.where, error.message) == ("language.unknown", "locale", "no phrases for de")
    assert "en, fa, he, ru, zh-Hans" in error.hint


@pytest.mark.parametrize(
    ("locale", "named"),
    [
        ("zh-Hant", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("zh-TW", "zh-TW (zh-Hant)"),
        ("zh-HK", "zh-HK (zh-Hant)"),
        ("ru-Latn", "ru-Latn"),
    ],
)
def test_another_script_is_another_language(locale: str, named: str) -> None:
    error = refused(locale, {})

    assert (error.code, error.message) == ("language.unknown", f"no phrases for {named}")


@pytest.mark.parametrize("locale", ["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-CN", "zh-Hans-HK"])
def test_simplified_chinese_is_found_by_each_of_its_tags(locale: str) -> None:
    assert phrase_book(locale).say("points_label") == "积分"


def test_a_region_that_cldr_does_not_know_leaves_the_language() -> None:
    book = phrase_book("he-GB")

    assert (book.day(date(2027, 1, 9), long=True), book.number(1280)) == ("9 בינואר 2027", "1,280")


def test_simplified_phrases_never_stand_on_a_traditional_card() -> None:
    error = refused("zh-TW", {"none_yet": {"zh-Hans": "还没有"}})

    assert error.code == "language.unknown"


def test_a_language_that_nobody_knows_has_no_plural_forms() -> None:
    error = refused("xx", {"none_yet": {"xx": "?"}})

    assert (error.code, error.message) == ("language.unknown", "no plural forms for xx")


def test_a_sixth_language_is_spoken_with_the_programmes_phrases() -> None:
    book = phrase_book("de", german(), home="de")

    said = [book.count("visits_left", number) for number in (1, 2)]

    assert said == ["noch 1 Besuch", "noch 2 Besuche"]
    assert book.missing() == ()
    assert book.unit("visits", 2).sentence == "Noch 2 Besuche"


def test_a_sixth_language_writes_numbers_dates_and_money_as_cldr_has_them() -> None:
    book = phrase_book("de", german(), home="de")
    at = datetime(2026, 11, 20, 13, 5, tzinfo=ZoneInfo("Europe/Berlin"))

    assert (book.number(1280), book.percent(10)) == ("1.280", "10\u00a0%")
    assert (book.day(date(2027, 1, 9)), book.day(date(2027, 1, 9), long=True)) == ("09.01.2027", "9. Januar 2027")
    assert book.moment(at, today=date(2026, 11, 19)) == "20.11.2026, 13:05"
    assert book.money(Money(123_456, "EUR")) == "1.234,56\u00a0€"


def test_a_programme_may_say_how_they_are_written() -> None:
    words = {
        "format.date": "{day}. {mon} {year}",
        "format.date_long": "{day}. {month} {year}",
        "format.time": "{hour}.{minute} Uhr",
        "format.moment": "{date} um {time}",
        "format.money": "{symbol} {amount}",
        "format.percent": "{n} vom Hundert",
        "format.list": " und ",
        "format.clauses": " / ",
        "format.group_from": "10000",
    }
    book = phrase_book("de", {**german(), **words}, home="de-DE")
    at = datetime(2026, 11, 20, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))

    assert book.day(date(2027, 2, 9)) == "9. Feb. 2027"
    assert book.day(date(2027, 2, 9), long=True) == "9. Februar 2027"
    assert book.moment(at, today=date(2026, 11, 19)) == "20. Nov. 2026 um 9.05 Uhr"
    assert (book.money(Money(500, "EUR")), book.percent(10)) == ("€ 5,00", "10 vom Hundert")
    assert (book.listed(("a", "b")), book.listed(["a", "b"], clauses=True)) == ("a und b", "a / b")
    assert (book.number(1280), book.number(12_800)) == ("1280", "12.800")


def test_a_programme_may_change_the_forms_of_a_language_that_walletcard_speaks() -> None:
    book = phrase_book("en-US", {"format.date": {"en-US": "{mm}/{dd}/{year}", "en-GB": "{dd}/{mm}/{year}"}})

    assert book.day(date(2027, 1, 9)) == "01/09/2027"


def test_separators_go_with_the_digits() -> None:
    words = {"none_yet": "لا شيء"}

    western = phrase_book("ar", words, home="ar")
    eastern = phrase_book("ar", {**words, "format.digits": "٠١٢٣٤٥٦٧٨٩"}, home="ar")

    assert (western.number(1280), western.money(Money(123_450, "EGP"))[1:9]) == ("1,280", "1,234.50")
    assert (eastern.number(1280), eastern.money(Money(123_450, "EGP"))[1:9]) == ("١٬٢٨٠", "١٬٢٣٤٫٥٠")


@pytest.mark.parametrize("key", list(language(CATALOGUE)["phrases"]))
def test_one_missing_phrase_is_an_error_that_names_it(key: str) -> None:
    words = german()
    del words[key]
    book = phrase_book("de", words, home="de")

    with pytest.raises(InvalidCardError) as error:
        book.say(key)

    assert (error.value.code, error.value.where) == ("words.missing", f"words.{key}")
    assert error.value.issues[0].hint == f'add "{key}": {{"de": ...}} to words'
    assert book.missing() == (key,)


def test_a_missing_counted_phrase_is_an_error_too() -> None:
    book = phrase_book("de", {"none_yet": {"de": "Noch keine"}})

    with pytest.raises(InvalidCardError) as error:
        book.count("visits_left", 3)

    assert error.value.code == "words.missing"
    assert f"{len(book.missing()) - 1} more are missing" in error.value.issues[0].hint


def test_words_in_another_language_do_not_speak_this_one() -> None:
    assert refused("de", {"none_yet": {"fr": "Rien encore"}}).code == "language.unknown"


def test_a_phrase_without_a_language_is_in_the_programmes_own() -> None:
    words = {"none_yet": "Soon!", "how_label": {"de": "So geht es"}}

    book = phrase_book("de", words, home="en-GB")

    assert book.say("how_label") == "So geht es"
    with pytest.raises(InvalidCardError) as error:
        book.say("none_yet")
    assert error.value.where == "words.none_yet"


def test_english_words_alone_do_not_speak_another_language() -> None:
    with pytest.raises(InvalidCardError) as error:
        phrase_book("eo", {"none_yet": "Soon!"}, home="en-GB")

    assert error.value.code == "language.unknown"
    assert 'words={"none_yet": {"eo": ...}, ...}' in error.value.issues[0].hint


def test_words_may_be_a_plain_mapping() -> None:
    assert phrase_book("en-GB", {"none_yet": "Soon!"}).say("none_yet") == "Soon!"


@pytest.mark.parametrize(
    "tag", sorted({one.replace("_", "-") for one in locale_identifiers() if re.fullmatch(r"[a-z]{2,3}", one)})
)
def test_every_language_that_cldr_knows_can_be_spoken(tag: str) -> None:
    book = phrase_book(tag, {"progress": "{n}"}, home=tag)
    at = datetime(2027, 1, 9, 13, 5, tzinfo=ZoneInfo("UTC"))

    said = [book.number(1_234_567), book.percent(10), book.money(Money(123_456, "EUR"))]
    days = [book.day(at.date()), book.day(at.date(), long=True), book.moment(at, today=date(2027, 1, 8))]

    year = "".join(book.number(int(one)) for one in "2027")
    assert all(year in text for text in days)
    assert not any(set("{}¤") & set(text) for text in said + days)
