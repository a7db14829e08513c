"""Short texts that people write by hand: colours, languages, dates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from fuzz._target import Target
from fuzz.targets._material import AT
from walletcard import Color, Event, Money
from walletcard.apple import lint
from walletcard.errors import WalletCardError
from walletcard.model import Palette
from walletcard.words import phrase_book


def color(data: bytes) -> None:
    """Read a colour; what is one can be written and read again, and has readable inks."""
    found = Color.parse(data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1"))
    if Color.parse(found.hex) != found:
        raise AssertionError("another colour")
    if any(one.code == "color.contrast" for one in Palette.from_background(found).problems()):
        raise AssertionError("unreadable")


def locale(data: bytes) -> None:
    """Open a phrase book; what opens has words for numbers, days and money."""
    book = phrase_book(data.decode("utf-8", "replace"))
    book.number(1_234_567)
    book.day(date(2026, 11, 22), long=True)
    book.moment(AT, today=date(2026, 11, 22))
    book.money(Money(123_456, "GBP"))
    book.listed(["a", "b", "c"])


def when(data: bytes) -> None:
    """Read a date as an event has it, and as a pass has it; the first two agree on what a moment is."""
    text = data.decode("utf-8", "replace")
    with suppress(WalletCardError):
        lint({"expirationDate": text, "relevantDate": text})
    found = Event.from_json(json.dumps(_event(text)))
    if Event.from_json(found.to_json()) != found or not isinstance(found.at, datetime):
        raise AssertionError("another moment")


def _event(when: str) -> dict[str, Any]:
    return {"walletcard": 1, "kind": "event", "event": {"kind": "visit", "id": "v1", "at": when}}


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def color_seeds() -> Iterator[bytes]:
    """Spell colours in every way."""
    yield from (b"#3B2418", b"#fff", b"rgb(59, 36, 24)", b"rgb(0,0,0)", b"#11223344", b"tomato", "#１２３".encode())


def locale_seeds() -> Iterator[bytes]:
    """Name languages in every way."""
    yield from (
        b"en-GB",
        b"he",
        b"zh-Hans",
        b"zh-Hant-TW",
        b"ru-RU",
        b"fa",
        b"ar-EG",
        b"es-419",
        b"pt_BR",
        b"sr-Latn-RS",
    )


def date_seeds() -> Iterator[bytes]:
    """Write dates in every way."""
    yield from (
        b"2026-11-22T10:00:00+02:00",
        b"2026-11-22T10:00Z",
        b"2026-11-22",
        b"20261122T100000Z",
        b"2026-W47-7T10:00:00.123456+00:00:30",
        b"0001-01-01T00:00:00+14:00",
        b"9999-12-31T23:59:59-14:00",
    )


COLOR: Final = Target(name="color", one=color, seeds=color_seeds, longest=64)
LOCALE: Final = Target(name="locale", one=locale, seeds=locale_seeds, longest=48)
DATE: Final = Target(name="date", one=when, seeds=date_seeds, longest=64)
