"""What each kind of value in ``pass.json`` looks like, and what to say when one does not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from walletcard.apple._notes import OBJECT
from walletcard.apple._rule import Form, Kind
from walletcard.errors import Severity

# https://www.w3.org/TR/NOTE-datetime as iOS reads it: with a time and a zone, seconds optional.
_DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_COLOR: Final = re.compile(r"rgb\( *([0-9]{1,3}) *, *([0-9]{1,3}) *, *([0-9]{1,3}) *\)|#([0-9A-Fa-f]{3}){1,2}")


def is_number(value: object) -> bool:
    """Tell a JSON number: ``true`` is none."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def is_date(value: object) -> bool:
    """Tell a date that iOS can read."""
    if not (isinstance(value, str) and _DATE.fullmatch(value)):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def has_fraction(value: str) -> bool:
    """Tell a date that counts parts of a second, which nobody has seen accepted."""
    return "." in value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_color(value: object) -> bool:
    found = _COLOR.fullmatch(value) if isinstance(value, str) else None
    return found is not None and all(int(part) <= 255 for part in found.groups()[:3] if part)


def _is_link(value: object) -> bool:
    if not isinstance(value, str) or not value.isascii() or any(letter <= " " for letter in value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path)


def _is_https(value: object) -> bool:
    if not (isinstance(value, str) and _is_link(value)):
        return False
    parts = urlsplit(value)
    return parts.scheme == "https" and bool(parts.hostname) and not (parts.query or parts.fragment)


def _list_of(kind: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, (list, tuple)) and all(kind(entry) for entry in value)


def _is_object(value: object) -> bool:
    return isinstance(value, OBJECT)


class Shape(NamedTuple):
    """One kind: how to tell it, the issue's code, what it is called, and what to do instead."""

    fits: Callable[[Any], bool]
    code: str
    need: str
    hint: str


SHAPES: Final[dict[Kind, Shape]] = {
    "text": Shape(_is_text, "json.type", "text", "put it in quotes"),
    "number": Shape(is_number, "json.type", "a number", "write digits, without quotes"),
    "flag": Shape(lambda value: isinstance(value, bool), "json.type", "true or false", "use True or False, no quotes"),
    "object": Shape(_is_object, "json.type", "an object", "pass a dict"),
    "any": Shape(lambda _: True, "json.type", "anything", ""),
    "scalar": Shape(lambda v: _is_text(v) or is_number(v), "json.type", "text or a number", "give text or a number"),
    "value": Shape(lambda v: _is_text(v) or is_number(v), "field.value", "text or a number", "give text or a number"),
    "color": Shape(_is_color, "color.invalid", "a colour", "write rgb(59, 36, 24), each part 0 to 255"),
    "date": Shape(is_date, "time.format", "a date with time and zone", "write 2026-12-31T23:59:00+01:00"),
    "link": Shape(_is_link, "link.invalid", "an address", "check the spelling, and escape spaces and letters as %"),
    "https": Shape(_is_https, "link.insecure", 'an https address without "?"', "give the base address, https://..."),
    "numbers": Shape(_list_of(is_number), "json.type", "a list of numbers", "write them without quotes, in a list"),
    "texts": Shape(_list_of(_is_text), "json.type", "a list of texts", "pass a list of texts"),
    "objects": Shape(_list_of(_is_object), "json.type", "a list of objects", "pass a list of dicts"),
}


_AMOUNT: Final = re.compile(r"-?[0-9]{1,15}([.][0-9]{1,6})?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_DIGEST: Final = re.compile(r"[0-9A-Fa-f]{64}")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){0,2}")


@lru_cache(maxsize=512)
def is_zone(value: str) -> bool:
    """Tell a time zone of the IANA database."""
    if not _ZONE.fullmatch(value):
        return False
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # The last is a folder of zones, such as Europe.
        return False
    return True


class Spelling(NamedTuple):
    """One form of a text: how to tell it, the issue's code, what it is called, what to do, and how bad it is."""

    fits: Callable[[str], object]
    code: str
    need: str
    hint: str
    severity: Severity


FORMS: Final[dict[Form, Spelling]] = {
    "amount": Spelling(_AMOUNT.fullmatch, "semantic.amount", "an amount", 'write "12.50", with a point', "warning"),
    "currency": Spelling(_CURRENCY.fullmatch, "field.currency", "a currency", "use ISO 4217, such as GBP", "warning"),
    "digest": Spelling(_DIGEST.fullmatch, "image.digest", "a SHA-256", "give 64 hex digits of the picture", "warning"),
    "secure": Spelling(
        lambda value: value.startswith("https://"), "link.insecure", "an https address", "use https", "warning"
    ),
    "uuid": Spelling(_UUID.fullmatch, "beacon.uuid", "a UUID", "copy it from the beacon's maker", "error"),
    "zone": Spelling(is_zone, "time.zone", "a time zone", "use an IANA name, such as Europe/London", "warning"),
}
