"""What all cards of a programme say alike, in every language that the programme has texts in."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from walletcard.errors import InvalidCardError
from walletcard.loyalty._back import shared_fields
from walletcard.loyalty._front import KEPT, tier_name
from walletcard.model import Link, Place, Program, Shared, Tier
from walletcard.model._shared import Row
from walletcard.model._text import is_plural, text_in
from walletcard.words import phrase_book

_COLUMNS: Final = 3


@lru_cache(maxsize=256)
def shared_of(program: Program, tier: Tier | None) -> tuple[Shared, ...]:
    """Return what all cards at one level say: in the programme's language, then in the others, in alphabetical order.

    Empty where nobody speaks the programme's own language: then each card speaks for itself.
    """
    others = sorted(_languages(program) - {program.locale})
    found = [one for locale in (program.locale, *others) if (one := _in_language(program, tier, locale))]
    return tuple(found) if found and found[0].locale == program.locale else ()


@lru_cache(maxsize=256)
def links_of(program: Program, locale: str) -> tuple[Link, ...]:
    """Return the programme's links in a language."""
    return tuple(
        Link(text_in(one.label, locale, where=f"links[{n}].label"), one.url, shared=True)
        for n, one in enumerate(program.links)
    )


@lru_cache(maxsize=256)
def places_of(program: Program, locale: str) -> tuple[Place, ...]:
    """Return the programme's places in a language."""
    return tuple(
        dataclasses.replace(
            one,
            text=None if one.text is None else text_in(one.text, locale, where=f"places[{n}].text"),
            shared=True,
        )
        for n, one in enumerate(program.places)
    )


def rows_of(program: Program) -> tuple[Row, ...]:
    """Return the rows of the front: which fields can stand where, on any card in any state."""
    return tuple(_row(keys) for keys in (tuple(_secondary(program)), tuple(_auxiliary(program))) if keys)


def _row(keys: Collection[str]) -> Row:
    """Give the keys that matter most a place of their own; the others stand in for one that is not there."""
    ranked = sorted(keys, key=KEPT.index)
    first = [key for key in keys if key in ranked[:_COLUMNS]]
    return tuple((key, *ranked[_COLUMNS + place :: _COLUMNS]) for place, key in enumerate(first))


def _secondary(program: Program) -> Iterator[str]:
    if program.gift is not None:
        yield from ("value", "member", "sender")
    if program.stamps is not None:
        yield from ("reward", "left")
    if program.tiers:
        yield "tier"
    discounts = any(one.discount for one in (*program.tiers, program.membership) if one is not None)
    # Beside one count the discount has a place among the balances.
    if discounts and program.stamps is not None and program.points is not None:
        yield "discount"
    if len(program.tiers) > 1:
        yield "to_tier"
    if program.points is not None and program.points.catalogue:
        yield from ("affordable", "to_item")
    if program.pack is not None and (program.stamps is not None or program.points is not None):
        yield "pack"


def _auxiliary(program: Program) -> Iterator[str]:
    if program.gift is not None:
        yield "valid_until"
        return
    if program.rewards():
        yield "waiting"
    yield "member"
    if program.points is not None and not program.tiers:
        yield "expiring"
    if program.membership is not None:
        yield "membership"


def _in_language(program: Program, tier: Tier | None, locale: str) -> Shared | None:
    """Return what the cards say in one language; ``None`` where a text or the language is missing."""
    try:
        book = phrase_book(locale, program.words, home=program.locale)
        return Shared(
            locale=locale,
            issuer=text_in(program.issuer, locale, where="program.issuer"),
            title=text_in(program.name, locale, where="program.name"),
            fields=shared_fields(program, book),
            links=links_of(program, locale),
            places=places_of(program, locale),
            rows=rows_of(program),
            member_label=None if program.gift else book.say("member_label"),
            tier=None if tier is None else (book.say("tier_label"), tier_name(tier, book)),
        )
    except InvalidCardError:
        return None


def _languages(program: Program) -> set[str]:
    """Return every language that some text of the programme is given in."""
    words = [phrase for phrase in program.words.values() if isinstance(phrase, Mapping)]
    values = [getattr(program, one.name) for one in dataclasses.fields(program) if one.name != "words"]
    return {locale for value in (*values, *words) for locale in _tags(value)}


def _tags(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from () if is_plural(value) else value
    elif isinstance(value, tuple):
        for one in value:
            yield from _tags(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _tags(getattr(value, field.name))
