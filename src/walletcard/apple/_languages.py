"""One card in several languages: the texts of a pass and what each is called in another language.

A pass in one language has no language folder at all. A pass in several has one folder for each, one for its own
language, and one for English, which a phone of any other language falls back to; every folder has the same keys.

https://developer.apple.com/documentation/walletpasses/creating-the-source-for-a-pass
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from walletcard.apple._strings import written
from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model import Face
from walletcard.model._translations import require_translations

_TEXTS: Final = ("organizationName", "description", "logoText")
_FIELD_TEXTS: Final = ("label", "value", "changeMessage")

Path = tuple[str | int, ...]


def require_languages(face: Face, translations: object) -> tuple[Face, ...]:
    """Return the other faces of a card, each with a language folder of its own.

    Raises:
        InvalidCardError: One is of another card, repeats a language, or has not the same fields.
    """
    others = require_translations(face, translations)
    seen = {folder_of(face.locale)}
    announced = {one.key for one in face.fields if one.change is not None}
    for place, other in enumerate(others):
        where = f"translations[{place}]"
        if folder_of(other.locale) in seen:
            message, hint = f"the folder {folder_of(other.locale)}.lproj is there already", "pass each language once"
            raise _refuse("translations.language", where, message, hint)
        seen.add(folder_of(other.locale))
        differing = announced ^ {one.key for one in other.fields if one.change is not None}
        if differing:
            message = f"field {quoted(min(differing))} announces itself in one language only"
            hint = "make both faces from the same card at the same moment"
            raise _refuse("translations.fields", where, message, hint)
    return others


def translated(
    document: Mapping[str, Any], own: str, others: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a document whose texts can be looked up, and the ``pass.strings`` to look them up in.

    Args:
        document: The pass in its own language.
        own: That language.
        others: The same pass in other languages, by language; of the same shape.

    Raises:
        InvalidCardError: One of them says something that another does not (``translations.fields``).
    """
    paths = tuple(_paths(document))
    for tag, other in others.items():
        _require_same_paths(paths, tuple(_paths(other)), tag)
    made: dict[str, Any] = _copied(document)
    tables: dict[str, dict[str, str]] = {folder_of(tag): {} for tag in (own, *others)}
    meanings: dict[str, tuple[str, ...]] = {}
    for path in paths:
        text = _at(document, path)
        spoken = {folder_of(tag): _at(other, path) for tag, other in others.items()}
        meaning = tuple(spoken.values())
        if not any((text, *meaning)):
            continue  # Nothing to look up; and KDE's reader stops at an empty key.
        # The text itself is the key, unless the same text is called two things in another language.
        key = text if text and meanings.setdefault(text, meaning) == meaning else _dotted(path)
        _put(made, path, key)
        tables[folder_of(own)][key] = text
        for folder, other_text in spoken.items():
            tables[folder][key] = other_text
    tables.setdefault("en", tables[folder_of(own)])
    return made, {f"{folder}.lproj/pass.strings": written(table) for folder, table in tables.items()}


def _require_same_paths(own: Sequence[Path], theirs: Sequence[Path], tag: str) -> None:
    """Refuse a pass that says more or less than the same pass in another language: links, notices, a name."""
    differing = [*(path for path in own if path not in theirs), *(path for path in theirs if path not in own)]
    if differing:
        message = f"{_dotted(differing[0])} is {'missing' if differing[0] in own else 'only'} in {tag}"
        hint = "give both faces the same links, notices and logo"
        raise _refuse("translations.fields", "translations", message, hint)


def looked_up(document: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """Return a document as a phone of a language shows it: every text that the table knows, in its words."""
    made: dict[str, Any] = _copied(document)
    for path in _paths(document):
        text = _at(document, path)
        _put(made, path, table.get(text, text))
    return made


def folder_of(locale: str) -> str:
    """Return the name of a language's folder: ``en`` for ``en-GB``, so that every English phone finds it."""
    first, *rest = locale.split("-")
    return "-".join([first, *(part for part in rest if len(part) == 4)])


def _paths(document: Mapping[str, Any]) -> Iterator[Path]:
    """Yield where a document holds texts that a phone looks up."""
    yield from ((name,) for name in _TEXTS if name in document)
    for style, groups in document.items():
        if not isinstance(groups, Mapping):
            continue
        for group, fields in groups.items():
            for place, field in enumerate(fields if isinstance(fields, list) else ()):
                names = (name for name in _FIELD_TEXTS if isinstance(field, Mapping) and name in field)
                yield from ((style, group, place, name) for name in names if isinstance(field[name], str))


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


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
    return InvalidCardError.from_issues([Issue(code=code, where=where, message=message, hint=hint)])
