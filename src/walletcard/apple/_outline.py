"""A pass in, what decides about its faults out: the pass without what differs from card to card.

Cards of one programme have the same keys, labels, colours and pictures. What is theirs alone - names, counts, the
message of the code, the token - is good whatever it says, so passes of one outline are faultless together. None of it
stands in an outline, which is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from walletcard.apple import _rules as rules

Outline = tuple[tuple[str, Any], ...]

_TEXT: Final = frozenset({str})
_PLACE: Final = frozenset({str, float})
_BLANK: Final = "-" * rules.MIN_TOKEN  # Long enough for every text that it stands for.
_CODES: Final = frozenset({"PKBarcodeFormatQR", "PKBarcodeFormatPDF417", "PKBarcodeFormatAztec"})  # Take any message.
_CHARSETS: Final = frozenset({"utf-8", "iso-8859-1"})
_OWN: Final = frozenset({"authenticationToken", "serialNumber", "userInfo"})  # Another from card to card.
_FREE: Final = frozenset({"altText", "message"})


def outline_of(document: Mapping[str, Any]) -> Outline | None:
    """Return the outline of a document whose keys are texts; ``None`` for one that is not of the usual build."""
    found = []
    for key, value in document.items():
        line = _line(key, value)
        if line is None or type(key) is not str:
            return None
        found.append((key, line))
    return tuple(found)


def example_of(outline: Outline) -> dict[str, Any]:
    """Return a document of this outline."""
    return {key: _example(line) for key, line in outline}


def _line(key: str, value: Any) -> Any:
    """Return what stands for a value: a text for a text, a tuple for all else; ``None`` where nothing does."""
    kind = type(value)
    if kind is str and key not in _OWN:
        return value
    if kind is str:
        return _BLANK if _is_free(key, value) else None
    if kind is bool or kind is int:
        return kind, value  # The kind too: as keys, 1 and True are the same.
    if kind is dict and key in rules.STYLES:
        return _groups(value)
    if kind is list and key == "barcodes":
        return _codes(value)
    return _entries(value, _PLACE) if kind is list and key == "locations" else None


def _is_free(key: str, value: str) -> bool:
    """Tell whether a text that is the card's alone is good whatever it says."""
    if key == "authenticationToken":
        return len(value) >= rules.MIN_TOKEN
    return key == "serialNumber" and bool(value.strip())


def _groups(groups: dict[str, Any]) -> tuple[Any, ...] | None:
    found: list[Any] = [dict]
    for group, fields in groups.items():
        entries = _entries(fields, _TEXT, blank="value") if type(fields) is list else None
        if entries is None:
            return None
        found.append((group, entries))
    return tuple(found)


def _entries(entries: list[Any], kinds: frozenset[type], *, blank: str | None = None) -> tuple[Any, ...] | None:
    """Return the entries of a list, without the value of the key ``blank``, which each must have."""
    found: list[Any] = [list]
    for one in entries:
        if type(one) is not dict or not kinds.issuperset(map(type, one.values())):
            return None
        if blank is None:
            found.append(tuple(one.items()))
        elif blank in one:
            found.append(tuple({**one, blank: ""}.items()))  # Beside a style of dates an empty value is a fault.
        else:
            return None
    return tuple(found)


def _codes(codes: list[Any]) -> tuple[Any, ...] | None:
    found: list[Any] = [list]
    for one in codes:
        if type(one) is not dict or not _TEXT.issuperset(map(type, one.values())):
            return None
        message = one.get("message", "")
        usual = one.get("format") in _CODES and one.get("messageEncoding") in _CHARSETS
        if not (usual and message.isascii() and message.strip()):
            return None
        found.append(tuple({**one, **dict.fromkeys(one.keys() & _FREE, _BLANK)}.items()))
    return tuple(found)


def _example(line: Any) -> Any:
    if type(line) is str:
        return line
    kind, *rest = line
    if kind is dict:
        return {group: _example(fields) for group, fields in rest}
    return [dict(one) for one in rest] if kind is list else rest[0]
