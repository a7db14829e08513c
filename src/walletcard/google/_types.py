"""Google's own table of types, made ready for walking a document.

``_types.json`` is made by ``scripts/make_google_types.py`` from Google's discovery document; it is read at first use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

# The document describes these as deprecated in words only.
_OLD: Final = {f"{name}Object.infoModuleData" for name in ("EventTicket", "Flight", "GiftCard", "Loyalty", "Offer")}
_PLAIN: Final = {"string": str, "boolean": bool}


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """What one key of a type may hold.

    Attributes:
        kind: ``string``, ``boolean``, ``int32``, ``int64``, ``double``, ``enum``, or ``object``.
        of: The type of an object.
        many: A list of these.
        values: An enum's values: to an old one the modern name, to a modern one an empty text.
        limit: Characters that Google shows.
        deprecated: Google asks not to send it.
        plain: The Python type that needs no look at anything but its limit or, of an object, its keys.
    """

    kind: str
    of: Type | None = None
    many: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    limit: int | None = None
    deprecated: bool = False
    plain: type | None = None


@dataclass(slots=True, eq=False)
class Type:
    """One kind of object.

    Attributes:
        name: Google's.
        entries: What each key may hold.
        required: Keys that must have a value.
        exclusive: Pairs of keys of which one must stand alone.
    """

    name: str
    entries: dict[str, Entry] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, str], ...] = ()


@cache
def types() -> Mapping[str, Type]:
    """Return every type by name."""
    table = json.loads(files("walletcard.google").joinpath("_types.json").read_bytes())
    found = {name: Type(name) for name in table["types"]}
    for name, fields in table["types"].items():
        type_ = found[name]
        for key, text in fields.items():
            words = text.split()
            type_.entries[key] = _entry(words, found, table["enums"], old=f"{name}.{key}" in _OLD)
            if "required" in words:
                type_.required += (key,)
            for other in (word.removeprefix("not=") for word in words if word.startswith("not=")):
                if (other, key) not in type_.exclusive:
                    type_.exclusive += ((key, other),)
    return found


def _entry(words: list[str], known: Mapping[str, Type], enums: Mapping[str, Any], *, old: bool) -> Entry:
    kind = words[0].removeprefix("[]")
    many = kind != words[0]
    limit = next((int(word.removeprefix("max=")) for word in words if word.startswith("max=")), None)
    deprecated = old or "deprecated" in words
    if kind.startswith("enum:"):
        values = enums[kind.removeprefix("enum:")]
        return Entry(kind="enum", many=many, values=values, limit=limit, deprecated=deprecated)
    if kind in known:
        nested = None if many or deprecated or limit is not None else dict
        return Entry(kind="object", of=known[kind], many=many, limit=limit, deprecated=deprecated, plain=nested)
    plain = None if many or deprecated else _PLAIN.get(kind)
    return Entry(kind=kind, many=many, limit=limit, deprecated=deprecated, plain=plain)
