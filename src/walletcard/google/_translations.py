"""One document and the same in other languages in, one document with every translation out.

Google's own table says where a translation can stand: a ``LocalizedString`` takes it in, a plain text has a twin
(``programName``, ``localizedProgramName``) or can have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from walletcard.errors import Issue, quoted
from walletcard.google._found import Place, path_of
from walletcard.google._types import Type, types

Body = Mapping[str, Any]
Spoken = Sequence[tuple[str, Body]]
"""A language and the document in it, each."""

_NOT_WORDS: Final = frozenset({"barcode", "id", "language", "messageType"})


def joined(kind: str, body: dict[str, Any], locale: str, others: Spoken) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Return ``body`` with its texts in the other languages, and what Google keeps in one language only."""
    if not others:
        return body, ()
    issues: list[Issue] = []
    return _joined(types()[kind], body, locale, others, (None, kind), issues), tuple(issues)


def in_one_language(body: Body) -> dict[str, Any]:
    """Return a document without the texts of any language but its own."""
    return {
        key: _each_in_one_language(value)
        for key, value in body.items()
        if key != "translatedValues" and not key.startswith("localized")
    }


def _each_in_one_language(value: Any) -> Any:
    if isinstance(value, Mapping):
        return in_one_language(value)
    return [_each_in_one_language(one) for one in value] if isinstance(value, (list, tuple)) else value


def _joined(type_: Type, body: Body, locale: str, others: Spoken, place: Place, issues: list[Issue]) -> dict[str, Any]:
    if type_.name == "LocalizedString":
        return _localized(body, others)
    found = dict(body)
    for key, value in body.items():
        entry = type_.entries[key]
        theirs = [(language, other[key]) for language, other in others if other.get(key)]
        twin = f"localized{key[0].upper()}{key[1:]}"
        if key in _NOT_WORDS:
            continue
        if entry.of is not None and entry.many:
            found[key] = list(_entries(entry.of, value, locale, theirs, (place, key), issues))
        elif entry.of is not None:
            found[key] = _joined(entry.of, value, locale, theirs, (place, key), issues)
        elif entry.kind == "string" and any(text != value for _, text in theirs):
            if twin in type_.entries:
                found[twin] = _localized(
                    {"defaultValue": {"language": locale, "value": value}},
                    [(language, {"defaultValue": {"language": language, "value": text}}) for language, text in theirs],
                )
            else:
                issues.append(_one_only((place, key), value))
    return found


def _entries(
    type_: Type,
    entries: Sequence[Body],
    locale: str,
    others: Sequence[tuple[str, Sequence[Body]]],
    place: Place,
    issues: list[Issue],
) -> Iterator[dict[str, Any]]:
    """Join a list entry by entry: by their ids, or in order where they have none."""
    named = [(language, {_name(number, one): one for number, one in enumerate(theirs)}) for language, theirs in others]
    for number, entry in enumerate(entries):
        name = _name(number, entry)
        theirs = [(language, known[name]) for language, known in named if name in known]
        yield _joined(type_, entry, locale, theirs, (place, number), issues)


def _name(number: int, entry: Body) -> object:
    return entry.get("id", number)


def _localized(body: Body, others: Spoken) -> dict[str, Any]:
    """Return a ``LocalizedString`` with those translations that say something else than the default."""
    default = body["defaultValue"]["value"]
    values = [other["defaultValue"] for _, other in others if other["defaultValue"]["value"] not in (default, "")]
    return {**body, "translatedValues": values} if values else dict(body)


def _one_only(place: Place, value: str) -> Issue:
    message = f"Google keeps one text here for all languages: {quoted(value)}"
    hint = "write it in a way that every language reads, such as 6/9"
    return Issue(code="translations.one", where=path_of(place), message=message, hint=hint, severity="warning")
