"""A pass.json in, its fields out: which group each stands in, and the text that a phone makes of its value.

Anybody's document is read: what is not of the shape that Apple asks for is passed over, and the check names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import unescape
from typing import Any, Final

from walletcard.preview._values import book_of, day_and_time, moment, money

Json = Mapping[str, Any]

FRONT: Final = ("header", "primary", "secondary", "auxiliary")
BACK: Final = ("back", "additionalInfo")
# https://developer.apple.com/documentation/walletpasses/pass
STYLES: Final = ("storeCard", "eventTicket", "coupon", "boardingPass", "generic", "posterGeneric")
_CODES: Final = re.compile("%[@%]")
_TAG: Final = re.compile("<[^<>]*>")
_LONG: Final = ("PKDateStyleLong", "PKDateStyleFull")
_NONE: Final = "PKDateStyleNone"
_FORMATTED: Final = ("dateStyle", "timeStyle", "currencyCode", "numberStyle", "isRelative")
_FINITE: Final = 10**15  # Larger numbers are no amounts; they stand as they are.


def style_of(document: Json) -> str:
    """Return the style that a phone draws; empty when there is none."""
    return next((style for style in STYLES if isinstance(document.get(style), Mapping)), "")


def fields(document: Json, *groups: str) -> list[Json]:
    """Return the fields of some groups, in order."""
    held: Json = document.get(style_of(document), {})
    listed = (held.get(f"{group}Fields") for group in groups)
    return [one for many in listed if isinstance(many, list) for one in many if isinstance(one, Mapping)]


def text(document: Json, key: str) -> str:
    """Return a text of the document; empty when it is none."""
    found = document.get(key)
    return found if isinstance(found, str) else ""


def label(field: Json) -> str:
    """Return what stands over or under a value."""
    return text(field, "label")


def value(field: Json, locale: str) -> str:
    """Return a value as a phone of a language writes it."""
    found = field.get("value", "")
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    if isinstance(found, str):
        return _dated(field, found, locale) or found
    return _number(field, found, locale)


def rich(field: Json, locale: str) -> str:
    """Return a value of the back, where the text of a link stands for it."""
    linked = field.get("attributedValue")
    return unescape(_TAG.sub("", linked)) if isinstance(linked, str) and linked else value(field, locale)


def phone_writes(document: Json) -> bool:
    """Tell whether dates or numbers are left to the phone."""
    return any(name in field for field in fields(document, *FRONT, *BACK) for name in _FORMATTED)


def notices(document: Json, before: Json | None, locale: str) -> Iterator[str]:
    """Yield what the lock screen would say: of the values that differ from ``before``, or of all without one."""
    old = None if before is None else {text(one, "key"): one.get("value") for one in _every(before)}
    for field in _every(document):
        change = text(field, "changeMessage")
        if change and (old is None or old.get(text(field, "key")) != field.get("value")):
            yield _filled(change, value(field, locale))


def _filled(change: str, new: str) -> str:
    return _CODES.sub(lambda code: new if code[0] == "%@" else "%", change)


def near(document: Json) -> list[str]:
    """Return what the lock screen would say near a place."""
    places = [document.get("locations"), document.get("beacons")]
    every = (place for listed in places if isinstance(listed, list) for place in listed if isinstance(place, Mapping))
    return list(dict.fromkeys(said for place in every if (said := text(place, "relevantText"))))


def rows(auxiliary: Iterable[Json]) -> list[list[Json]]:
    """Return the auxiliary fields in the one or two rows of an event ticket."""
    every = list(auxiliary)
    return [[one for one in every if (one.get("row") == 1) is second] for second in (False, True)]


def _every(document: Json) -> list[Json]:
    return fields(document, *FRONT, *BACK)


def _dated(field: Json, found: str, locale: str) -> str | None:
    """Return a date that the field asks a phone to write; how far away it is, only a phone knows."""
    styles = [field.get(name, _NONE) for name in ("dateStyle", "timeStyle")]
    at = moment(found) if any(name in field for name in ("dateStyle", "timeStyle", "isRelative")) else None
    if at is None:
        return None
    date, time = (style != _NONE for style in styles)
    return day_and_time(at, locale, date=date or not time, time=time, long=styles[0] in _LONG)


def _number(field: Json, found: float, locale: str) -> str:
    if not -_FINITE < found < _FINITE:
        return "a number too large to show"
    currency, style = field.get("currencyCode"), field.get("numberStyle")
    if isinstance(currency, str):
        return money(Decimal(str(found)), currency, locale)
    if style == "PKNumberStylePercent" and (share := Decimal(str(found)) * 100) == int(share):
        return book_of(locale).percent(int(share))
    if style == "PKNumberStyleScientific":
        return f"{found:E}"
    return book_of(locale).number(found) if style == "PKNumberStyleDecimal" and type(found) is int else str(found)
