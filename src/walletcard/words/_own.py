"""A programme's own words, checked against the catalogue of phrases."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any, Final

from walletcard.model._checks import Findings, nearest
from walletcard.model._text import check_placeholders, is_plural
from walletcard.words._forms import COMPLETE, PATTERNS
from walletcard.words._languages import CATALOGUE, language, tags_of

FORMAT: Final = "format."
_MAX_KEY: Final = 64
_MANY: Final = 100  # Unknown phrases, after which nobody looks for what they may have meant.


def own_words(words: Mapping[str, Any], locale: str, *, untagged: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the phrases and the patterns that ``words`` give for ``locale``.

    Args:
        words: Of the programme.
        locale: The language.
        untagged: Take phrases that do not say which language they are in.

    Raises:
        InvalidCardError: A phrase, a pattern or a placeholder does not exist, or one that is needed is not there.
    """
    findings = Findings("words")
    phrases: dict[str, Any] = {}
    patterns: dict[str, str] = {}
    known = {**language(CATALOGUE)["phrases"], **{f"{FORMAT}{name}": "" for name in PATTERNS}}
    for key, given in words.items():
        if key not in known:
            findings.add(
                "words.unknown",
                _place(key),
                "no such phrase",
                _alike(findings, key, known) or "see the catalogue of phrases",
            )
            continue
        own = _in_this_language(given, locale, untagged=untagged)
        if own is None:
            continue
        if key.startswith(FORMAT):
            _check_pattern(findings, key, own)
            patterns[key.removeprefix(FORMAT)] = own
        else:
            _check_phrase(findings, key, own)
            phrases[key] = own
    findings.finish()
    return phrases, patterns


def _alike(findings: Findings, key: str, known: Mapping[str, Any]) -> str:
    """Return the nearest phrase; looking for it takes long, so not for ever."""
    return nearest(key, known) if len(findings.issues) < _MANY else ""


def _place(key: str) -> str:
    return key if key.isascii() and key.isprintable() and len(key) <= _MAX_KEY else "…"


def _in_this_language(phrase: Any, locale: str, *, untagged: bool) -> Any:
    """Return the programme's phrase, or nothing when it gives the phrase for other languages only."""
    if isinstance(phrase, str) or is_plural(phrase):
        return phrase if untagged else None
    return next((phrase[tag] for tag in tags_of(locale) if tag in phrase), None)


def placeholders(phrase: Any) -> set[str]:
    """Return the names that stand in braces in a phrase, in all its plural forms."""
    forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}


def _check_phrase(findings: Findings, key: str, own: Any) -> None:
    catalogue = language(CATALOGUE)
    phrase = catalogue["phrases"][key]
    if not isinstance(own, str) and isinstance(phrase, str):
        findings.add("words.plural", key, "has plural forms, but nothing in it is counted", "give one text")
    counted = set() if isinstance(phrase, str) else {"n"}
    check_placeholders(findings, key, own, placeholders(phrase) | counted | set(catalogue["also"].get(key, ())))
    if isinstance(phrase, str) and "%@" in phrase and (not isinstance(own, str) or own.count("%@") != 1):
        findings.add("words.change", key, "needs %@ exactly once", f'write it like "{phrase}"')


def _check_pattern(findings: Findings, key: str, own: Any) -> None:
    name = key.removeprefix(FORMAT)
    if not isinstance(own, str):
        findings.add("words.plural", key, "has plural forms, but nothing in it is counted", "give one text")
        return
    before = len(findings.issues)
    check_placeholders(findings, key, own, PATTERNS[name])
    if len(findings.issues) > before:
        return
    lacking = [f"{{{one}}}" for one in PATTERNS[name] if one not in placeholders(own)]
    if lacking and name in COMPLETE:
        findings.add("words.format", key, f"{' and '.join(lacking)} is not in it", "add it")
    if name == "digits" and not (own.isdecimal() and [int(one) for one in own] == list(range(10))):
        findings.add("words.format", key, "not ten digits", "give the digits for 0 to 9, in order")
    if name == "group_from" and not (own.isascii() and own.isdigit()):
        findings.add("words.format", key, "not a whole number", 'give the least number that is grouped: "10000"')
