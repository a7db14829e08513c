"""A document as JSON bytes, and the place in it that JSON cannot hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.apple._notes import Notes, shown
from walletcard.errors import InvalidDocumentError, quoted

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DEEPEST: Final = 32  # Levels; a pass needs five.
_TEXT: Final = frozenset({str})
_PLAIN: Final = frozenset({str, bool, int, float, type(None)})


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Return strict JSON in UTF-8, in the order of the document.

    Raises:
        InvalidDocumentError: It holds what JSON cannot; every such place is named.
    """
    made = encoded(document)
    require_text_keys(document)
    return made


def encoded(document: Mapping[str, Any]) -> bytes:
    """Return the same of a document whose keys are texts."""
    try:
        return _ENCODER.encode(document).encode("utf-8")
    except (TypeError, ValueError, RecursionError):
        raise _no_json(document) from None


def require_text_keys(document: Mapping[str, Any]) -> None:
    """Raise `InvalidDocumentError` unless every key is text; the encoder would write 1 as "1" without a word."""
    if not _has_text_keys(document):
        raise _no_json(document)


def _has_text_keys(value: Any) -> bool:
    # Compared by type first: every pass comes through here, and nearly all keys and entries are plain texts.
    if isinstance(value, dict):
        if not _TEXT.issuperset(map(type, value)) and not all(isinstance(key, str) for key in value):
            return False
        value = value.values()
    for entry in value:
        if type(entry) not in _PLAIN and isinstance(entry, (dict, list, tuple)) and not _has_text_keys(entry):
            return False
    return True


def _no_json(document: object) -> InvalidDocumentError:
    """Name every place that cannot be written."""
    notes = Notes("pass.json")
    for place, message, hint in _obstacles(document, "", ()):
        notes.add("json.value", place, message, hint)
    if not notes.issues:
        notes.add("json.value", "", "cannot be written as JSON", "use texts, numbers, lists and dicts")
    return InvalidDocumentError.from_issues(notes.issues)


def _obstacles(value: Any, place: str, above: tuple[int, ...]) -> Iterator[tuple[str, str, str]]:
    if id(value) in above:
        yield place, "contains itself", "pass plain data"
    elif len(above) > _DEEPEST:
        yield place, f"nested over {_DEEPEST} levels", "pass plain data"
    elif isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(key, str):
                yield from _obstacles(key, f"{place}.{shown(key)}".lstrip("."), (*above, id(value)))
            else:
                yield place, f"the key {quoted(key)} is not text", "put it in quotes"
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
