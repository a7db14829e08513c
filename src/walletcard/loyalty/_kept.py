"""Parts of a face that many cards have alike, made and checked once.

They are kept by all that they are made of, so a part that was kept equals one that is made anew. What names a person
is not kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from walletcard.model import Balance, Design, Field, StripSpec
from walletcard.model._strip import Direction
from walletcard.words import PhraseBook


@lru_cache(maxsize=4096)
def kept_field(
    key: str,
    label: str,
    value: str,
    slot: str,
    front_label: str | None = None,
    change: str | None = None,
    shared: bool = False,
) -> Field:
    """Return a field."""
    return Field(key=key, label=label, value=value, slot=slot, front_label=front_label, change=change, shared=shared)


def front(book: PhraseBook, key: str, label: str, value: str, slot: str = "secondary") -> Field:
    """Return a field of the front, with its label in upper case where the script has it."""
    return kept_field(key, label, value, slot, _front_label(book, label))


def front_of_person(book: PhraseBook, key: str, label: str, value: str, slot: str = "secondary") -> Field:
    """Return the same with a person's name in it."""
    return Field(key=key, label=label, value=value, slot=slot, front_label=_front_label(book, label))


def _front_label(book: PhraseBook, label: str) -> str | None:
    upper = book.upper(label)
    return upper if upper != label else None


@lru_cache(maxsize=1024)
def kept_balance(label: str, text: str, short: str | None = None, amount: int | None = None) -> Balance:
    """Return a balance that is no money."""
    return Balance(label=label, text=text, short=short, amount=amount)


@lru_cache(maxsize=1024)
def kept_strip(design: Design, direction: Direction, alt: str, look: str, **drawn: Any) -> StripSpec:
    """Return the picture of a design, with what is drawn on it; plain without."""
    return replace(design.strip(direction=direction), alt=alt, look=look, **drawn)
