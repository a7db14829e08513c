"""A phrase book: everything a card says in one language, with a programme's own words over it.

A language is one file in ``languages``; a programme can speak any other language with phrases of its own. What is
missing is named, never silently English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model import Money, Unit
from walletcard.model._checks import (
    Findings,
    nearest,
    require,
    require_day,
    require_flag,
    require_many,
    require_whole,
)
from walletcard.model._reward import MAX_SENTENCE
from walletcard.model._text import Texts, frozen_words, in_language, language_of, text_in
from walletcard.model._typed import Typed
from walletcard.words._cldr import is_known, plural_category, usual_patterns
from walletcard.words._forms import DEFAULTS, Forms
from walletcard.words._languages import CATALOGUE, language, languages, region_of, spoken, tag_shown
from walletcard.words._own import own_words

_TURKIC: Final = frozenset({"az", "tr"})
_CASELESS: Final = frozenset({"ka"})  # Georgian capitals are in Unicode and in few fonts.


@dataclass(frozen=True, slots=True)
class UnitWords(Typed):
    """What is counted, in words.

    Attributes:
        label: Over the count: "Stamps".
        count: So many of it, held or lost: "3 coffees".
        field: What remains, as a field's value: "3 coffees".
        left: What remains, inside a sentence: "3 coffees to go".
        sentence: The same at its start, with a capital where the script has one.
    """

    label: str
    count: str
    field: str
    left: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PhraseBook(Typed):
    """The phrases and forms of one language, with a programme's own words over them."""

    locale: str
    phrases: Mapping[str, Any]
    forms: Forms

    def say(self, key: str, **values: str) -> str:
        """Return a phrase, its placeholders filled with final text.

        Raises:
            InvalidCardError: The programme has no such phrase in a language that only its own words speak.
        """
        phrase = self._phrase(key)
        return _filled(key, str(phrase if isinstance(phrase, str) else phrase["other"]), values)

    def count(self, key: str, number: int, **values: str) -> str:
        """Return a phrase in the plural form of ``number``, which stands where it says ``{n}``.

        Raises:
            InvalidCardError: The programme has no such phrase in a language that only its own words speak.
        """
        shown = self.number(number)
        return _filled(key, self._form(self._phrase(key), number), {"n": shown, **values})

    def missing(self) -> tuple[str, ...]:
        """Return every phrase that the language lacks; none in a language that walletcard speaks."""
        return tuple(key for key in language(CATALOGUE)["phrases"] if key not in self.phrases)

    def _phrase(self, key: str) -> Any:
        found = self.phrases.get(key) if isinstance(key, str) else None
        if found is not None:
            return found
        if not isinstance(key, str) or key not in language(CATALOGUE)["phrases"]:
            known = language(CATALOGUE)["phrases"]
            hint = nearest(key, known) or "see the catalogue of phrases"
            raise _refused("words.unknown", f"{quoted(key)} is no phrase", hint, where="key")
        others = len(self.missing()) - 1
        more = f"; {others} more are missing, see phrase_book(locale, words).missing()" if others else ""
        message, hint = f"no phrase for {self.locale}", f'add "{key}": {{"{self.locale}": ...}} to words{more}'
        raise _refused("words.missing", message, hint, where=f"words.{key}")

    def _form(self, phrase: Any, number: int) -> str:
        if isinstance(phrase, str):
            return phrase
        return str(phrase.get(plural_category(self.locale, number), phrase["other"]))

    def unit(self, unit: str | Unit, left: int) -> UnitWords:
        """Return the words for what is counted, when ``left`` of it remain."""
        if not isinstance(unit, Unit):
            require(unit, str, "unit")
            label, field = self.say(f"{unit}_label"), self.count(f"{unit}_field", left)
            count, text = self.count(f"{unit}_count", left), self.count(f"{unit}_left", left)
        else:
            label = text_in(unit.label, self.locale, where="unit.label")
            forms = in_language(unit.left, self.locale, where="unit.left")
            count = field = self._form(forms, left).format_map({"n": self.number(left)})
            text = self.say("unit_left", left=field)
        return UnitWords(label=label, count=count, field=field, left=text, sentence=self.upper(text[:1]) + text[1:])

    def number(self, number: int) -> str:
        """Return a whole number in the language's digits, with its separators."""
        require_whole(number, "number")
        return self.forms.number(number)

    def percent(self, number: int) -> str:
        """Return a percentage."""
        require_whole(number, "number")
        return self.forms.percent(number)

    def money(self, money: Money, *, whole: bool = False) -> str:
        """Return an amount with its currency; ``whole`` leaves out decimals that are all zero."""
        require(money, Money, "money")
        require_flag(whole, "whole")
        return self.forms.money(money, whole=whole)

    def day(self, day: date, *, long: bool = False) -> str:
        """Return a day; ``long`` as a sentence has it: "21 November 2027"."""
        require_day(day)
        require_flag(long, "long")
        return self.forms.day(day, long=long)

    def moment(self, at: datetime, *, today: date) -> str:
        """Return a time of day, with its date when that is not ``today``; ``at`` is local already."""
        require(at, datetime, "at")
        require_day(today, "today")
        return self.forms.moment(at, today=today)

    def listed(self, texts: Iterable[str], *, clauses: bool = False) -> str:
        """Return texts as a list: "Free coffee, Oil"; ``clauses`` divides longer ones: "...; ..."."""
        shown = require_many(texts, "texts", str)
        require_flag(clauses, "clauses")
        return self.forms.listed(shown, clauses=clauses)

    def upper(self, text: str) -> str:
        """Return the upper-case form, where the script has one."""
        require(text, str, "text")
        tongue = language_of(self.locale)
        if tongue in _CASELESS:
            return text
        return (text.replace("i", "İ") if tongue in _TURKIC else text).upper()


def phrase_book(locale: str, words: Mapping[str, Any] | None = None, *, home: str | None = None) -> PhraseBook:
    """Return the phrase book of a language, ``words`` of a programme over it.

    A language that walletcard does not speak is spoken with the programme's words alone.

    Args:
        locale: The language.
        words: Phrases of the catalogue, and ``format.date``, ``format.money`` and so on for how dates, numbers and
            money are written.
        home: The programme's own language. Phrases that do not say which language they are in are in that one: a
            language that walletcard does not speak never borrows them from another.

    Raises:
        InvalidCardError: Nobody speaks the language, or ``words`` names a phrase or a placeholder that does not exist.
    """
    for name, tag in (("locale", locale), *(() if home is None else (("home", home),))):
        if not isinstance(tag, str):
            raise _refused(
                "locale.unknown", f"got {quoted(tag)}, need a language", "use codes such as en-GB", where=name
            )
    own = words if isinstance(words, Texts) else _own(words)
    return _phrase_book(locale, own, home)


def _own(words: object) -> Texts:
    findings = Findings("phrase_book")
    own = Texts() if words is None else frozen_words(findings, "words", words, limit=MAX_SENTENCE)
    findings.finish()
    return own


@lru_cache(maxsize=256)
def _phrase_book(locale: str, words: Texts, home: str | None) -> PhraseBook:
    findings = Findings("phrase_book")
    findings.locale("locale", locale)
    if home is not None:
        findings.locale("home", home)
    findings.finish()
    name = spoken(locale)
    phrases: Mapping[str, Any] = language(name)["phrases"] if name else {}
    at_home = home is not None and language_of(home) == language_of(locale)
    own, patterns = own_words(words, locale, untagged=at_home or name is not None)
    if name is None and not (own and is_known(locale)):
        raise _unknown(locale, own)
    shipped = _patterns(language(name)["formats"], region_of(locale)) if name else usual_patterns(locale)
    forms = Forms(locale=locale, patterns={**DEFAULTS, **shipped, **patterns})
    return PhraseBook(locale=locale, phrases={**phrases, **own}, forms=forms)


def _filled(key: str, phrase: str, values: Mapping[str, str]) -> str:
    try:
        return phrase.format_map(values)
    except KeyError as error:
        name = str(error.args[0])
    raise _refused("words.value", f"no text for {{{name}}}", f"give {name}=...", where=f"words.{key}")


def _refused(code: str, message: str, hint: str, *, where: str) -> InvalidCardError:
    return InvalidCardError.from_issues([Issue(code=code, where=where, message=message, hint=hint)])


def _patterns(formats: Mapping[str, Any], region: str) -> dict[str, str]:
    return {
        key: pattern if isinstance(pattern, str) else pattern.get(region, pattern["default"])
        for key, pattern in formats.items()
    }


def _unknown(locale: str, own: Mapping[str, Any]) -> InvalidCardError:
    if own:
        message = f"no plural forms for {tag_shown(locale)}"
        hint = "use a language tag that CLDR knows, such as de or pt-BR"
    else:
        message = f"no phrases for {tag_shown(locale)}"
        hint = (
            f"walletcard speaks {', '.join(languages())}; "
            f'a programme speaks any other with words={{"none_yet": {{"{locale}": ...}}, ...}}'
        )
    return InvalidCardError.from_issues([Issue(code="language.unknown", where="locale", message=message, hint=hint)])
