"""Values as JSON and back: exact, strict, readable.

``{"walletcard": 1, "kind": "card", "card": {...}}``. An attribute that has its default is left out; a moment is ISO
8601 with its offset; a picture that the user gave is base64 of its bytes. Later versions read earlier ones.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Self

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model._checks import nearest, with_article
from walletcard.model._color import Color
from walletcard.model._picture import Picture
from walletcard.model._strict import NotStrictError, finite, no_number, once
from walletcard.model._text import Texts
from walletcard.model._typed import Typed

VERSION: Final = 1
MAX_CHARACTERS: Final = 24_000_000  # Pictures are nearly all of it.
MAX_BYTES: Final = 30_000_000
MAX_PARTS: Final = 300_000  # Brackets, braces and commas: some forty thousand events on a card.
_MAX_NAME: Final = 40  # Of an unknown attribute that stands in a message as it is.


class Stored:
    """A value with ``to_json`` and ``from_json``."""

    __slots__ = ()

    def to_json(self) -> str:
        """Return the value as one line of JSON, exact and readable.

        Raises:
            InvalidCardError: It is larger than `from_json` reads: 24 million characters, 300,000 parts.
        """
        kind = type(self).__name__.lower()
        document = {"walletcard": VERSION, "kind": kind, kind: plain(self)}
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        _require_small(text, kind)
        return text

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read `to_json` back, of this version of the library or an earlier one.

        Raises:
            InvalidCardError: It is something else, or breaks a rule.
        """
        kind = cls.__name__.lower()
        document = _parsed(text, kind)
        if not isinstance(document, dict) or "walletcard" not in document:
            raise _refuse(kind, "not written by walletcard", f"pass what {cls.__name__}.to_json() returned")
        version = document["walletcard"]
        if type(version) is not int or not 1 <= version <= VERSION:
            raise _refuse(kind, f"version {quoted(version)} is not known", "upgrade walletcard")
        if document.get("kind") != kind or set(document) != {"walletcard", "kind", kind}:
            raise _refuse(
                kind, f"holds {quoted(document.get('kind'))}, need {with_article(kind)}", "read it with its own class"
            )
        value = typing.cast("Self", _dataclass(cls, document[kind], kind))
        value._check_read()
        return value

    def _check_read(self) -> None:
        """Check what only a value from outside can get wrong: whether its parts fit together."""


def plain(value: Any) -> Any:
    """Return a value as JSON types: attributes that have their default are left out."""
    if isinstance(value, (str, int, float, type(None))):
        return value
    if isinstance(value, Color):
        return value.hex
    if isinstance(value, Picture):
        return base64.b64encode(value.png).decode("ascii")
    if isinstance(value, date):  # A datetime is one too.
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    kind: Any = type(value)
    made = {}
    for name, default in _defaults(kind):
        attribute = getattr(value, name)
        if attribute is default:  # Nearly always; told at once.
            continue
        if default is dataclasses.MISSING or type(attribute) is not type(default) or attribute != default:
            made[name] = plain(attribute)
    return made


@cache
def _defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    made = (
        (one.name, one.default_factory() if one.default_factory is not dataclasses.MISSING else one.default)
        for one in dataclasses.fields(cls)
    )
    return tuple(made)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {one.name: hints[one.name] for one in dataclasses.fields(cls)}


def _require_small(text: str, where: str) -> None:
    """Raise for a document larger than one is read: what is written can be read again."""
    if len(text) > MAX_CHARACTERS:
        hint = f"{with_article(where)} stays under {MAX_CHARACTERS:_}: make its pictures smaller"
        raise _refuse(where, f"{len(text):_} characters", hint)
    if len(text) > MAX_PARTS and text.count("[") + text.count("{") + text.count(",") > MAX_PARTS:
        hint = f"{with_article(where)} stays under that: begin a new card, or store less on this one"
        raise _refuse(where, f"over {MAX_PARTS:_} parts", hint)


def _parsed(text: str | bytes, where: str) -> Any:
    if isinstance(text, (bytes, bytearray)):
        if len(text) > MAX_BYTES:
            raise _refuse(where, f"{len(text):_} bytes", f"a {where} stays under {MAX_BYTES:_}")
        try:
            text = bytes(text).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _refuse(where, f"not UTF-8 at byte {error.start}", "save it as UTF-8") from None
    if not isinstance(text, str):
        raise _refuse(where, f"got {quoted(text)}, need JSON text", "pass what to_json() returned")
    if text.startswith("\ufeff"):
        raise _refuse(where, "begins with a byte order mark", "save it as UTF-8 without one")
    _require_small(text, where)
    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_number, parse_float=finite)
    except json.JSONDecodeError as error:
        raise _refuse(where, f"not JSON at line {error.lineno}, column {error.colno}", "pass it unchanged") from None
    except NotStrictError as error:
        raise _refuse(where, str(error), "pass what to_json() returned") from None
    except (RecursionError, ValueError):
        raise _refuse(where, "not plain JSON", "pass what to_json() returned") from None


def _dataclass(cls: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _refuse(where, f"got {quoted(value)}, need an object", "pass what to_json() returned")
    hints = _hints(cls)
    for name in value:
        if name not in hints:
            shown = name if name.isidentifier() and len(name) <= _MAX_NAME else quoted(name)
            raise _refuse(f"{where}.{shown}", "no such attribute", nearest(name, hints) or "remove it")
    read = {name: _read(hints[name], entry, f"{where}.{name}") for name, entry in value.items()}
    missing = [n for n, default in _defaults(cls) if default is dataclasses.MISSING and n not in read]
    if missing:
        raise _refuse(f"{where}.{missing[0]}", "missing", "pass what to_json() returned")
    return _made(cls, read, where) if issubclass(cls, Typed) else cls(**read)


def _made(cls: Any, read: Mapping[str, Any], where: str) -> Any:
    """Return a part of a card; what is wrong with it is told with its place in the whole."""
    try:
        return cls(**read)
    except InvalidCardError as error:
        issues = [dataclasses.replace(one, where=f"{where}.{one.where.partition('.')[2]}") for one in error.issues]
    raise InvalidCardError.from_issues(issues)


def _read(hint: Any, value: Any, where: str) -> Any:
    choices = _choices(hint)
    if value is None and type(None) in choices:
        return None
    for choice in choices:
        origin = typing.get_origin(choice) or choice
        if isinstance(value, list) and origin is tuple:
            entry = typing.get_args(choice)[0]
            return tuple(_read(entry, one, f"{where}[{place}]") for place, one in enumerate(value))
        if isinstance(value, dict) and dataclasses.is_dataclass(origin):
            return _dataclass(origin, value, where)
        if isinstance(value, dict) and isinstance(origin, type) and issubclass(origin, Mapping):
            return Texts(value)
        if isinstance(value, str) and origin in _FROM_TEXT:
            return _from_text(origin, value, where)
        if type(value) is origin or (isinstance(value, str) and origin is typing.Literal):
            return value
    need = ", not a whole number" if int in choices and isinstance(value, float) else ""
    raise _refuse(where, f"got {quoted(value)}{need}", "pass what to_json() returned")


@cache
def _choices(hint: Any) -> tuple[Any, ...]:
    """Return the alternatives of a type, those read from text before text itself."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return tuple(sorted(typing.get_args(hint), key=lambda one: one is str))
    return (hint,)


def _from_text(kind: Any, text: str, where: str) -> Any:
    try:
        if kind is Picture:
            return Picture(base64.b64decode(text, validate=True), where=where)
        if kind is Color:
            return Color.parse(text, where=where)
        return kind.fromisoformat(text)
    except (ValueError, binascii.Error) as error:
        if isinstance(error, InvalidCardError):
            raise
        raise _refuse(where, f"got {quoted(text)}", "pass what to_json() returned") from None


_FROM_TEXT: Final[Iterable[Any]] = (Picture, Color, datetime, date)


def _refuse(where: str, message: str, hint: str) -> InvalidCardError:
    return InvalidCardError.from_issues([Issue(code="json.invalid", where=where, message=message, hint=hint)])
