"""A document as JSON bytes, and the place in it that JSON cannot hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.apple._notes import Notes, shown
from walletcard.errors import InvalidDocumentError, quoted

_DEEPEST: Final = 32  # Levels; a pass needs five.


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Return strict JSON in UTF-8, in the order of the document.

    Raises:
        InvalidDocumentError: It holds what JSON cannot; every such place is named.
    """
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except (TypeError, ValueError, RecursionError):
        notes = Notes("pass.json")
        for place, message, hint in _obstacles(document, "", ()):
            notes.add("json.value", place, message, hint)
        if not notes.issues:
            notes.add("json.value", "", "cannot be written as JSON", "use texts, numbers, lists and dicts")
        raise InvalidDocumentError.from_issues(notes.issues) from None


def merged(document: Mapping[str, Any], extra: object) -> dict[str, Any]:
    """Return ``document`` with ``extra`` laid over it: dicts are joined, the rest replaces, ``None`` takes away."""
    if extra is None:
        return dict(document)
    if not isinstance(extra, Mapping):
        notes = Notes("extra")
        notes.add("document.type", "", f"got {quoted(extra)}, need a dict", "pass keys of pass.json")
        raise InvalidDocumentError.from_issues(notes.issues)
    made = dict(document)
    for key, value in extra.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(made.get(key), Mapping):
            made[key] = merged(made[key], value)
        else:
            made[key] = value
    return made


def _obstacles(value: Any, place: str, above: tuple[int, ...]) -> Iterator[tuple[str, str, str]]:
    if id(value) in above:
        yield place, "contains itself", "pass plain data"
    elif len(above) > _DEEPEST:
        yield place, f"nested over {_DEEPEST} levels", "pass plain data"
    elif isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(key, str):
                yield from _obstacles(key, f"{place}.{shown(key)}".lstrip("."), (*above, id(value)))
            yield from _obstacles(entry, f"{place}.{shown(key)}".lstrip("."), (*above, id(value)))
    elif isinstance(value, (list, tuple)):
        for number, entry in enumerate(value):
            yield from _obstacles(entry, f"{place}[{number}]", (*above, id(value)))
    elif isinstance(value, str):
        half = next((at for at, letter in enumerate(value) if 0xD800 <= ord(letter) <= 0xDFFF), None)
        if half is not None:
            point = ord(value[half])
            yield place, f"holds half a character (U+{point:04X}) at position {half}", "read the source as UTF-8 again"
    elif isinstance(value, float) and not math.isfinite(value):
        yield place, f"{value} is not a finite number", "give the amount"
    elif value is not None and not isinstance(value, (bool, int, float)):
        yield place, f"{type(value).__name__} cannot be stored", "turn it into text first"
