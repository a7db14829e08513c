"""A document's every key and value against Google's table of types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

from walletcard.errors import Issue, quoted
from walletcard.google._canonical import Judged
from walletcard.google._found import Found, Place
from walletcard.google._resource_rules import RESOURCE_RULES
from walletcard.google._rules import RULES, need
from walletcard.google._types import Entry, Type, types


def walked(kind: str, body: object, *, where: str, partial: bool = False) -> tuple[Issue, ...]:
    """Return what is wrong with a document of the type ``kind``, called ``where`` in messages.

    Args:
        kind: Such as ``LoyaltyObject``.
        body: The document.
        where: What to call it.
        partial: It is the body of a PATCH.
    """
    found = Found(kind, partial=partial)
    place: Place = (None, where)
    if isinstance(body, Mapping):
        _object(types()[kind], body, place, found)
    else:
        found.add("field.type", place, f"got {_shown(body)}, need an object", "pass a dict")
    return tuple(found.issues)


def judged(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a document, marked when it is good, so that it is judged and encoded once for all cards."""
    try:
        return body if walked(kind, body, where=kind) else Judged(body)
    except ValueError:  # JSON has no form for it: that is for the document to say.
        return body


def _object(type_: Type, body: Mapping[str, Any], place: Place, found: Found) -> None:
    entries = type_.entries
    for key, value in body.items():
        entry, found_type = entries.get(key), type(value)
        if entry is None:
            hint = found.alike(key, entries) or f"remove it, or look {type_.name} up in Google's reference"
            found.add("field.unknown", (place, str(key)), f"{type_.name} has no such field", hint)
        elif value is None and found.partial:
            continue
        elif found_type is not entry.plain:
            _value(entry, value, (place, key), found)
        elif entry.of is not None:
            _object(entry.of, value, (place, key), found)
        elif entry.limit is not None and len(value) > entry.limit:
            _length(value, entry.limit, (place, key), found)
    for name in type_.required:
        need(name, body, place, found)
    for one, other in type_.exclusive:
        if body.get(one) is not None and body.get(other) is not None:
            found.add("field.exclusive", (place, other), f"stands beside {one}", "keep one of the two")
    if type_.name in _RULES:
        _RULES[type_.name](body, place, found)


def _value(entry: Entry, value: object, place: Place, found: Found) -> None:
    if entry.deprecated:
        found.add("field.deprecated", place, "Google no longer uses it", "leave it out", severity="warning")
    if not entry.many:
        _CHECKS[entry.kind](entry, value, place, found)
    elif isinstance(value, (list, tuple)):
        # A PATCH replaces a list as a whole: its entries are complete.
        partial, found.partial = found.partial, False
        for index, one in enumerate(value):
            _CHECKS[entry.kind](entry, one, (place, index), found)
        found.partial = partial
    else:
        found.add("field.type", place, f"got {_shown(value)}, need a list", "put it in square brackets")


def _nested(entry: Entry, value: object, place: Place, found: Found) -> None:
    if type(value) is Judged:
        return
    if not isinstance(value, (dict, Mapping)):  # The first spares the usual case a slow look.
        name = entry.of.name if entry.of else "object"
        found.add(
            "field.type",
            place,
            f"got {_shown(value)}, need an object ({name})",
            _NESTED_HINTS.get(name, "write it in braces, with keys"),
        )
        return
    _object(entry.of, value, place, found)  # type: ignore[arg-type]  # An object's entry has its type.
    if entry.limit is not None and isinstance(text := _default_text(value), str):
        _length(text, entry.limit, place, found)


def _string(entry: Entry, value: object, place: Place, found: Found) -> None:
    if not isinstance(value, str):
        found.add("field.type", place, f"got {_shown(value)}, need text", "put it in quotes")
    elif entry.limit is not None:
        _length(value, entry.limit, place, found)


def _boolean(entry: Entry, value: object, place: Place, found: Found) -> None:
    if type(value) is not bool:
        found.add("field.type", place, f"got {_shown(value)}, need true or false", "use True or False, without quotes")


def _int32(entry: Entry, value: object, place: Place, found: Found) -> None:
    if type(value) is not int:
        found.add("field.type", place, f"got {_shown(value)}, need a whole number", "write it without quotes")
    elif not -(2**31) <= value < 2**31:
        found.add("number.range", place, f"{quoted(value)} is over 32 bits", "use at most 2_147_483_647")


def _int64(entry: Entry, value: object, place: Place, found: Found) -> None:
    digits = value.removeprefix("-") if isinstance(value, str) else ""
    if type(value) is int and -(2**63) <= value < 2**63:
        found.add("field.type", place, "a number", "Google writes these as text: put it in quotes", severity="warning")
    elif not (digits.isascii() and digits.isdigit() and len(digits) <= 19 and int(digits) < 2**63):
        message = f"got {_shown(value)}, need a whole number as text"
        found.add("field.type", place, message, 'write digits in quotes, such as "5000000"')


def _double(entry: Entry, value: object, place: Place, found: Found) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        found.add("field.type", place, f"got {_shown(value)}, need a number", "write it without quotes")
    elif isinstance(value, float) and not isfinite(value):
        found.add("number.range", place, f"{value} is not a number that JSON has", "use a finite number")


def _enum(entry: Entry, value: object, place: Place, found: Found) -> None:
    modern = entry.values.get(value) if isinstance(value, str) else None
    if modern is None:
        known = [name for name, newer in entry.values.items() if not newer]
        near = found.alike(value, known) if isinstance(value, str) else ""
        hint = f"use {', '.join(known)}" if len(known) <= 6 else near or f"use one of {', '.join(known[:4])} ..."
        found.add("field.value", place, f"{_shown(value)} is unknown", hint)
    elif modern:
        message = f"{quoted(value)} is an old spelling"
        found.add("field.deprecated", place, message, f"write {modern}", severity="warning")


def _length(text: str, limit: int, place: Place, found: Found) -> None:
    if len(text) > limit:
        message = f"{len(text)} characters, and Google shows about {limit}"
        found.add("text.length", place, message, "shorten it", severity="warning")


def _default_text(value: Mapping[str, Any]) -> object:
    """Return the text that a recommended length on an object speaks of."""
    default = value.get("defaultValue")
    return default.get("value") if isinstance(default, Mapping) else value.get("string")


def _shown(value: object) -> str:
    return {type(None): "null", dict: "an object", list: "a list"}.get(type(value)) or quoted(value)


_NESTED_HINTS: Final = {
    "DateTime": 'write {"date": "2026-12-31T23:59:00+01:00"}',
    "Image": 'write {"sourceUri": {"uri": "https://..."}}; Google loads pictures by address',
    "ImageUri": 'write {"uri": "https://..."}',
    "LocalizedString": 'write {"defaultValue": {"language": "en", "value": "..."}}',
    "LoyaltyPointsBalance": 'write {"string": "3/9"} or {"int": 3}',
}

_RULES: Final = {**RULES, **RESOURCE_RULES}
_CHECKS: Final[Mapping[str, Callable[[Entry, object, Place, Found], None]]] = {
    "boolean": _boolean,
    "double": _double,
    "enum": _enum,
    "int32": _int32,
    "int64": _int64,
    "object": _nested,
    "string": _string,
}
