"""A phrase book: everything a card says in one language, with a programme's own words over it.

A language is one file in ``languages``. What is missing there is named, never silently English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from walletcard.errors import InvalidCardError, Issue
from walletcard.model import Money, Unit
from walletcard.model._checks import Findings, nearest
from walletcard.model._text import Texts, check_placeholders, in_language, is_plural, language_of, text_in
from walletcard.words._cldr import currency_places, currency_symbol, decimal, month_name, plural_category

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_TURKIC: Final = frozenset({"az", "tr"})


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What is counted, in words.

    Attributes:
        label: Over the count: "Stamps".
        field: What remains, as a field's value: "3 coffees".
        sentence: What remains, as the start of a sentence: "3 coffees to go".
    """

    label: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The phrases and forms of one language, with a programme's own words over them."""

    locale: str
    phrases: Mapping[str, Any]
    formats: Mapping[str, Any]

    def say(self, key: str, **values: str) -> str:
        """Return a phrase, its placeholders filled with final text."""
        return str(self.phrases[key]).format_map(values)

    def count(self, key: str, number: int, **values: str) -> str:
        """Return a phrase in the plural form of ``number``, which stands where it says ``{n}``."""
        return self._form(self.phrases[key], number).format_map({"n": self.number(number), **values})

    def _form(self, phrase: Any, number: int) -> str:
        if isinstance(phrase, str):
            return phrase
        return str(phrase.get(plural_category(self.locale, number), phrase["other"]))

    def unit(self, unit: str | Unit, left: int) -> UnitWords:
        """Return the words for what is counted, when ``left`` of it remain."""
        if isinstance(unit, str):
            label, field = self.say(f"{unit}_label"), self.count(f"{unit}_field", left)
            return UnitWords(label=label, field=field, sentence=self.count(f"{unit}_left", left))
        label = text_in(unit.label, self.locale, where="unit.label")
        forms = in_language(unit.left, self.locale, where="unit.left")
        field = self._form(forms, left).format_map({"n": self.number(left)})
        return UnitWords(label=label, field=field, sentence=self.say("unit_left", left=field))

    def number(self, number: int) -> str:
        """Return a whole number with the language's separators."""
        return decimal(self.locale, number, 0) if abs(number) > 999 else str(number)

    def money(self, money: Money, *, whole: bool = False) -> str:
        """Return an amount with its currency; ``whole`` leaves out decimals that are all zero."""
        places = currency_places(money.currency)
        minor = money.minor
        if whole and minor % 10**places == 0:
            minor, places = minor // 10**places, 0
        amount, symbol = decimal(self.locale, minor, places), currency_symbol(self.locale, money.currency)
        return str(self.formats["money"]).format(amount=amount, symbol=symbol)

    def day(self, day: date) -> str:
        """Return a day."""
        patterns = self.formats["date"]
        pattern = patterns.get(self.locale.rpartition("-")[2], patterns["default"])
        parts = {
            "day": str(day.day),
            "dd": f"{day.day:02d}",
            "mm": f"{day.month:02d}",
            "month": month_name(self.locale, day.month),
            "year": str(day.year),
        }
        return str(pattern).format_map(parts)

    def moment(self, at: datetime, *, today: date) -> str:
        """Return a time of day, with its date when that is not ``today``; ``at`` is local already."""
        time = str(self.formats["time"]).format(hour=f"{at.hour:02d}", minute=f"{at.minute:02d}")
        if at.date() == today:
            return time
        return str(self.formats["moment"]).format(date=self.day(at.date()), time=time)

    def upper(self, text: str) -> str:
        """Return the upper-case form, where the script has one."""
        return (text.replace("i", "İ") if language_of(self.locale) in _TURKIC else text).upper()


@cache
def _folder() -> Traversable:
    from importlib.resources import files  # A quarter of the time that importing walletcard would take.

    return files("walletcard.words").joinpath("languages")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that walletcard speaks."""
    found = (one.name for one in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in found if name.endswith(".json")))


@cache
def _language(name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(_folder().joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=256)
def phrase_book(locale: str, words: Mapping[str, Any] | None = None) -> PhraseBook:
    """Return the phrase book of a language, ``words`` of a programme over it.

    Raises:
        InvalidCardError: walletcard does not speak the language, or ``words`` names a phrase or a placeholder that
            does not exist.
    """
    name = language_of(locale)
    if name not in languages():
        hint = f"walletcard speaks {', '.join(languages())}"
        issue = Issue(code="language.unknown", where="locale", message=f"no phrases for {locale}", hint=hint)
        raise InvalidCardError.from_issues([issue])
    data = _language(name)
    own = _own_words(words or Texts(), locale, data["phrases"])
    return PhraseBook(locale=locale, phrases={**data["phrases"], **own}, formats=data["formats"])


def _own_words(words: Mapping[str, Any], locale: str, phrases: Mapping[str, Any]) -> dict[str, Any]:
    findings = Findings("words")
    found: dict[str, Any] = {}
    for key, phrase in words.items():
        if key not in phrases:
            hint = nearest(key, phrases) or "see the catalogue of phrases"
            findings.add("words.unknown", key, "no such phrase", hint)
            continue
        own = _in_this_language(phrase, locale)
        if own is not None:
            check_placeholders(findings, key, own, _placeholders(phrases[key]))
            _check_change_message(findings, key, own, phrases[key])
            found[key] = own
    findings.finish()
    return found


def _in_this_language(phrase: Any, locale: str) -> Any:
    """Return the programme's phrase, or nothing when it gives the phrase for other languages only."""
    if isinstance(phrase, str) or is_plural(phrase):
        return phrase
    tags = (locale, locale.rsplit("-", 1)[0], language_of(locale))
    return next((phrase[tag] for tag in tags if tag in phrase), None)


def _placeholders(phrase: Any) -> set[str]:
    forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
    return {part.split("}")[0] for form in forms for part in form.split("{")[1:]}


def _check_change_message(findings: Findings, key: str, own: Any, phrase: Any) -> None:
    if isinstance(phrase, str) and "%@" in phrase and (not isinstance(own, str) or own.count("%@") != 1):
        findings.add("words.change", key, "needs %@ exactly once", f'write it like "{phrase}"')
