"""One card in several languages: the texts of a pass and what each is called in another language.

A pass in one language has no language folder at all. A pass in several has one folder for each, one for its own
language, and one for English, which a phone of any other language falls back to; every folder has the same keys.

https://developer.apple.com/documentation/walletpasses/creating-the-source-for-a-pass
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model import Face

_TEXTS: Final = ("organizationName", "description", "logoText")
_FIELD_TEXTS: Final = ("label", "value", "changeMessage")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

Path = tuple[str | int, ...]


def check_translations(face: Face, translations: object) -> tuple[Face, ...]:
    """Return the other faces of a card.

    Raises:
        InvalidCardError: One is of another card, repeats a language, or has other fields.
    """
    if isinstance(translations, Face) or not isinstance(translations, Sequence):
        raise _refuse("translations.type", "", f"got {quoted(translations)}, need a tuple", "pass (other_face,)")
    seen = {folder_of(face.locale)}
    for place, other in enumerate(translations):
        where = f"[{place}]"
        if not isinstance(other, Face):
            raise _refuse("translations.type", where, f"got {quoted(other)}, need a Face", "pass (other_face,)")
        if other.serial != face.serial:
            hint = "make it from the same card with face(..., locale=...)"
            raise _refuse("translations.card", where, f"is of another card ({quoted(other.serial)})", hint)
        if folder_of(other.locale) in seen:
            raise _refuse("translations.language", where, f"{other.locale} twice", "give each language once")
        seen.add(folder_of(other.locale))
        own, theirs = ({(one.key, one.slot, one.change is None) for one in which.fields} for which in (face, other))
        if own != theirs:
            key = min(own ^ theirs)[0]
            hint = "make both faces from the same card at the same moment"
            raise _refuse("translations.fields", where, f"field {quoted(key)} is in one language only", hint)
    return tuple(translations)


def translated(
    document: Mapping[str, Any], own: str, others: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a document whose texts can be looked up, and the ``pass.strings`` to look them up in.

    Args:
        document: The pass in its own language.
        own: That language.
        others: The same pass in other languages, by language; of the same shape.
    """
    made: dict[str, Any] = _copied(document)
    tables: dict[str, dict[str, str]] = {folder_of(tag): {} for tag in (own, *others)}
    meanings: dict[str, tuple[str, ...]] = {}
    for path in _paths(document):
        text = _at(document, path)
        spoken = {folder_of(tag): _at(other, path) for tag, other in others.items()}
        meaning = tuple(spoken.values())
        # The text itself is the key, unless the same text is called two things in another language.
        key = text if meanings.setdefault(text, meaning) == meaning else ".".join(map(str, path))
        _put(made, path, key)
        tables[folder_of(own)][key] = text
        for folder, other_text in spoken.items():
            tables[folder][key] = other_text
    tables.setdefault("en", tables[folder_of(own)])
    return made, {f"{folder}.lproj/pass.strings": strings(table) for folder, table in tables.items()}


def folder_of(locale: str) -> str:
    """Return the name of a language's folder: ``en`` for ``en-GB``, so that every English phone finds it."""
    parts = locale.split("-")
    return "-".join(part for part in parts if len(part) == 4 or part is parts[0])


def strings(table: Mapping[str, str]) -> bytes:
    """Return a ``pass.strings``: UTF-16, big-endian, with its mark, the one spelling that every reader takes."""
    lines = (f'"{key.translate(_ESCAPES)}" = "{text.translate(_ESCAPES)}";\n' for key, text in sorted(table.items()))
    return b"\xfe\xff" + "".join(lines).encode("utf-16-be")


def _paths(document: Mapping[str, Any]) -> Iterator[Path]:
    """Yield where a document holds texts that a phone looks up."""
    yield from ((name,) for name in _TEXTS if name in document)
    for style, groups in document.items():
        if not isinstance(groups, Mapping):
            continue
        for group, fields in groups.items():
            for place, field in enumerate(fields if isinstance(fields, list) else ()):
                yield from ((style, group, place, name) for name in _FIELD_TEXTS if name in field)


def _at(document: Any, path: Path) -> str:
    for step in path:
        document = document[step]
    return str(document)


def _put(document: Any, path: Path, text: str) -> None:
    *way, last = path
    for step in way:
        document = document[step]
    document[last] = text


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(entry) for key, entry in value.items()}
    return [_copied(entry) for entry in value] if isinstance(value, list) else value


def _refuse(code: str, where: str, message: str, hint: str) -> InvalidCardError:
    issue = Issue(code=code, where=f"translations{where}", message=message, hint=hint)
    return InvalidCardError.from_issues([issue])
