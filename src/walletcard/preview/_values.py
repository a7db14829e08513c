"""Numbers, money and dates that a document leaves to the phone, as a phone of a language would write them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from walletcard.errors import InvalidCardError
from walletcard.model import Money
from walletcard.model._currency import decimals
from walletcard.words import PhraseBook, phrase_book

_FALLBACK: Final = "en-GB"


@lru_cache(maxsize=64)
def book_of(locale: str) -> PhraseBook:
    """Return the phrase book of a language; of English for one that walletcard does not speak."""
    try:
        return phrase_book(locale)
    except InvalidCardError:
        return phrase_book(_FALLBACK)


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Return an amount with its currency; as it stands when no card can hold it."""
    try:
        minor = amount.scaleb(decimals(currency))
        if minor == minor.to_integral_value():
            return book_of(locale).money(Money(int(minor), currency))
    except (InvalidCardError, InvalidOperation, ValueError):
        pass
    return f"{amount} {currency}"


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 date or time; ``None`` when it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def day_and_time(at: datetime, locale: str, *, date: bool = True, time: bool = False, long: bool = False) -> str:
    """Return a moment as a card would say it: "21 November 2026, 10:00"."""
    book = book_of(locale)
    parts = [book.day(at.date(), long=long)] if date else []
    if time:
        parts.append(book.forms.time(at))
    return book.listed(parts)
