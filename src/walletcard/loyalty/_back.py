"""The back of a card: the programme's texts with their placeholders filled, and what has no other place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from walletcard.loyalty._kept import kept_field
from walletcard.loyalty._status import Status
from walletcard.loyalty._view import Holding, StampView, title_of, titles_in
from walletcard.model import Field, Program, Reward
from walletcard.model._text import text_in
from walletcard.words import PhraseBook, phrase_book

# Placeholders whose value is another from card to card: a text with one is not shared by all cards.
_CHANGING = ("cycle", "expiring", "goal", "membership_to", "next_expiry", "referral_code", "valid_to")


def back_fields(
    program: Program,
    card: Holding,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Reward],
    moved: list[Field],
    book: PhraseBook,
) -> list[Field]:
    """Return the fields of the back, in order; ``moved`` are those that found no room on the front."""
    said = _said(program, book.locale)
    if said.isdisjoint(_CHANGING):
        values = _constant(program, book.locale)
    else:
        values = _values(program, card, view, status, book)
    fields = []
    if card.message is not None:
        fields.append(_of_person("message", book.say("message_label"), card.message))
    fields += _texts(program, values, book)
    if program.stamps is not None or waiting:
        value = titles_in(waiting, book) if waiting else book.say("none_yet")
        fields.insert(1, _field("ready", book.say("rewards_ready_label"), value))
    unsaid = _unsaid(program, card, status, values, said, book)
    fields = [one for one in fields if one.value]
    return fields + [one for one in moved if one.key not in _SAID_BY or _SAID_BY[one.key].isdisjoint(said)] + unsaid


def shared_fields(program: Program, book: PhraseBook) -> tuple[Field, ...]:
    """Return the fields of the back that are the same on every card, whatever its state."""
    values = dict.fromkeys(_CHANGING, "") | _constant(program, book.locale)
    texts, said = _texts(program, values, book), _said(program, book.locale)
    return tuple(one for one in (*texts, *_priced(values, said, book)) if one.shared and one.value)


# A field that found no room is not repeated where a text says the same.
_SAID_BY: Mapping[str, set[str]] = {"expiring": {"expiring", "next_expiry"}, "membership": {"membership_to"}}


def _field(key: str, label: str, value: str, *, shared: bool = False) -> Field:
    return kept_field(key, label, value, "back", None, None, shared)


def _of_person(key: str, label: str, value: str) -> Field:
    return Field(key=key, label=label, value=value, slot="back")


def _values(
    program: Program, card: Holding, view: StampView | None, status: Status, book: PhraseBook
) -> dict[str, str]:
    """Return what each placeholder stands for; empty where the card has nothing to say."""
    values = dict.fromkeys(_CHANGING, "") | _constant(program, book.locale)
    values["referral_code"] = card.referral_code or ""
    if view is not None:
        values |= {"goal": book.number(view.rules.goal), "cycle": book.number(view.cycle)}
    if status.ending is not None:
        day, points = book.day(status.ending[0]), book.count("points_count", status.ending[1])
        values["expiring"] = book.say("expiring", date=day, points=points)
        values["next_expiry"] = book.say("next_expiry", date=day, points=points)
    if card.membership is not None:
        values["membership_to"] = book.day(card.membership.last)
    if card.balance_to is not None:
        values["valid_to"] = book.day(card.balance_to, long=True)
    return values


@lru_cache(maxsize=256)
def _constant(program: Program, locale: str) -> dict[str, str]:
    """Return what the other placeholders stand for, on every card of the programme."""
    book = phrase_book(locale, program.words, home=program.locale)
    rule = text_in(program.rule_text, locale, where="program.rule_text") if program.rule_text else ""
    name = text_in(program.name, locale, where="program.name")
    return {"rule": rule, "name": name, "catalogue": _catalogue(program, book)}


class _Text(NamedTuple):
    """One of the programme's own texts: its label, and the placeholders that it holds."""

    label: str
    template: str
    named: frozenset[str]


@lru_cache(maxsize=256)
def _templates(program: Program, locale: str) -> tuple[_Text, ...]:
    texts = [text_in(one.text, locale, where=f"back[{place}].text") for place, one in enumerate(program.back)]
    named = [frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in texts]
    labels = [text_in(one.label, locale, where=f"back[{place}].label") for place, one in enumerate(program.back)]
    return tuple(map(_Text, labels, texts, named))


@lru_cache(maxsize=256)
def _said(program: Program, locale: str) -> frozenset[str]:
    """Return the placeholders that the programme's own texts hold."""
    return frozenset(name for one in _templates(program, locale) for name in one.named)


def _texts(program: Program, values: Mapping[str, str], book: PhraseBook) -> list[Field]:
    """Return the programme's own texts."""
    fields = []
    if not program.back and values["rule"]:
        fields.append(_field("how", book.say("how_label"), values["rule"], shared=True))
    for place, (label, template, named) in enumerate(_templates(program, book.locale), start=1):
        key, value = f"back_{place}", template.format_map(values).strip()
        if "referral_code" in named:
            fields.append(_of_person(key, label, value))
        else:
            fields.append(_field(key, label, value, shared=named.isdisjoint(_CHANGING)))
    return fields


def _priced(values: Mapping[str, str], said: Collection[str], book: PhraseBook) -> list[Field]:
    """Return what points buy, where no text says it."""
    if not values["catalogue"] or "catalogue" in said:
        return []
    return [_field("catalogue", book.say("catalogue_label"), values["catalogue"], shared=True)]


def _catalogue(program: Program, book: PhraseBook) -> str:
    if program.points is None:
        return ""
    items = (
        book.say("catalogue_item", points=book.count("points_count", one.points or 0), title=title_of(one, book))
        for one in program.points.affordable(10**12)
    )
    return book.listed(items, clauses=True)


def _unsaid(
    program: Program,
    card: Holding,
    status: Status,
    values: Mapping[str, str],
    said: Collection[str],
    book: PhraseBook,
) -> list[Field]:
    """Return fields for what a member must be able to look up, where no text of the programme says it."""
    fields = _priced(values, said, book)
    held = [(f"tier {status.tier.id}", status.tier.benefits)] if status.tier else []
    held += [("membership", program.membership.benefits)] if program.membership and status.member else []
    texts = [
        text_in(text, book.locale, where=f"{giver}.benefits[{place}]")
        for giver, benefits in held
        for place, text in enumerate(benefits)
    ]
    if texts:
        fields.append(_field("benefits", book.say("benefits_label"), book.listed(texts, clauses=True)))
    if card.referral_code is not None and "referral_code" not in said:
        code = book.say("referral_code", code=card.referral_code)
        fields.append(_of_person("referral", book.say("referral_label"), code))
    return fields
