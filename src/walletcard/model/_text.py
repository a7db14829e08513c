"""Texts that a user gives: one text, or one for each language, or one for each plural form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import Any, Final, Literal

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model._checks import Findings, nearest

PLURALS: Final = ("zero", "one", "two", "few", "many", "other")

_MAX_KEY: Final = 40
RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class Texts(Mapping[str, "str | Texts"]):
    """A mapping of texts that cannot change, can be hashed, and equals a ``dict`` of the same content."""

    __slots__ = ("_items",)

    def __init__(self, texts: Mapping[str, Any] | None = None) -> None:
        items = {key: Texts(value) if isinstance(value, Mapping) else value for key, value in (texts or {}).items()}
        self._items: dict[str, str | Texts] = items

    def __getitem__(self, key: str) -> str | Texts:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


Text = str | Mapping[str, str]
"""One text, or one for each language: ``{"en": "Free coffee", "he": "קפה חינם"}``."""

Phrase = str | Mapping[str, str | Mapping[str, str]]
"""A `Text` whose every entry may also be plural forms: ``{"one": "{n} coffee", "other": "{n} coffees"}``."""


def language_of(locale: str) -> str:
    """Return the language without its region: ``en`` of ``en-GB``."""
    return locale.split("-", 1)[0]


def direction_of(locale: str) -> Literal["ltr", "rtl"]:
    """Return ``rtl`` or ``ltr``, the reading direction of a language."""
    return "rtl" if language_of(locale) in RIGHT_TO_LEFT else "ltr"


def is_plural(value: object) -> bool:
    """Tell plural forms from texts by language: by their keys."""
    return isinstance(value, Mapping) and bool(value) and all(key in PLURALS for key in value)


def in_language(text: Phrase, locale: str, *, where: str) -> str | Mapping[str, str]:
    """Return the entry for ``locale`` or its language.

    Raises:
        InvalidCardError: There is none; another language never stands in silently.
    """
    if isinstance(text, str) or is_plural(text):
        return text  # type: ignore[return-value]  # plural forms: str -> str
    for tag in (locale, locale.rsplit("-", 1)[0], language_of(locale)):
        if tag in text:
            return text[tag]
    message, hint = f"no text for {locale}", f'add "{locale}": ... beside {", ".join(sorted(text))}'
    raise InvalidCardError.from_issues([Issue(code="text.missing", where=where, message=message, hint=hint)])


def text_in(text: Text, locale: str, *, where: str) -> str:
    """Return a plain text for ``locale``; see `in_language`."""
    found = in_language(text, locale, where=where)
    return found if isinstance(found, str) else found["other"]


def frozen_text(
    findings: Findings, name: str, value: Any, *, limit: int, lines: bool = False, plural: bool = False
) -> Any:
    """Check a user's text in all its languages and forms, and return it unchangeable."""
    if not isinstance(value, Mapping):
        findings.text(name, value, limit=limit, lines=lines)
        return value
    if not value:
        findings.add("text.empty", name, "no language in it", 'give a text, or {"en": ...}')
    if plural and is_plural(value):
        if "other" not in value:
            findings.add("text.plural", name, 'plural forms without "other"', 'add "other", the form for all the rest')
    else:
        for tag in value:
            findings.locale(f"{name}[{key_shown(tag)}]", tag)
    nested = plural and not is_plural(value)
    for tag, entry in value.items():
        place = f"{name}[{key_shown(tag)}]"
        if nested and is_plural(entry):
            frozen_text(findings, place, entry, limit=limit, lines=lines, plural=True)
        else:
            findings.text(place, entry, limit=limit, lines=lines)
    return Texts(value)


def frozen_words(findings: Findings, name: str, words: object, *, limit: int) -> Texts:
    """Check a programme's own phrases by key, and return them unchangeable; which keys exist, only ``words`` knows."""
    if not isinstance(words, Mapping):
        findings.add("words.type", name, f"got {quoted(words)}, need a mapping", 'pass {"key": "phrase"}')
        return Texts()
    return Texts(
        {
            key: frozen_text(findings, f"{name}[{key_shown(key)}]", phrase, limit=limit, plural=True)
            for key, phrase in words.items()
            if findings.text(f"{name} key", key, limit=64)
        }
    )


def key_shown(key: object) -> str:
    """Return a language or a phrase's name as part of a place, as long as it could be one."""
    return repr(key) if isinstance(key, str) and len(key) <= _MAX_KEY and key.isprintable() else "…"


def check_placeholders(findings: Findings, name: str, text: Any, known: Collection[str]) -> None:
    """Check that every ``{...}`` of a text, in all its languages and forms, is one of ``known``."""
    if isinstance(text, Mapping):
        for tag, entry in text.items():
            if isinstance(entry, str) or is_plural(entry):
                check_placeholders(findings, f"{name}[{key_shown(tag)}]", entry, known)
        return
    if not isinstance(text, str):
        return
    shown = ", ".join(f"{{{one}}}" for one in sorted(known)) or "no placeholder"
    try:
        parts = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        findings.add("text.brace", name, "a brace that is never closed", "write a brace as {{ or }}")
        return
    for found, spec, conversion in parts:
        if found not in known or spec or conversion:
            hint = nearest(str(found), known) or f"use {shown}; write a brace as {{{{ or }}}}"
            findings.add("text.placeholder", name, f"{{{found}}} is not known here", hint)
