"""The back of a card: the programme's texts with their placeholders filled, and what has no other place."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from walletcard.loyalty._status import Status
from walletcard.loyalty._view import StampView, title_of, titles_of, waiting_on
from walletcard.model import Card, Field, Program
from walletcard.model._text import text_in
from walletcard.words import PhraseBook

# Placeholders whose value is another from card to card: a text with one is not shared by all cards.
_CHANGING = ("cycle", "expiring", "goal", "membership_to", "next_expiry", "referral_code", "valid_to")


def back_fields(
    program: Program, card: Card, view: StampView | None, status: Status, moved: list[Field], book: PhraseBook
) -> list[Field]:
    """Return the fields of the back, in order; ``moved`` are those that found no room on the front."""
    values = _values(program, card, view, status, book)
    fields = []
    if card.message is not None:
        fields.append(_field("message", book.say("message_label"), card.message))
    texts, said = _texts(program, values, book)
    fields += texts
    waiting = waiting_on(program, card)
    if program.stamps is not None or waiting:
        value = titles_of(waiting, book) if waiting else book.say("none_yet")
        fields.insert(1, _field("ready", book.say("rewards_ready_label"), value))
    unsaid = _unsaid(program, card, status, values, said, book)
    fields = [one for one in fields if one.value]
    return fields + [one for one in moved if one.key not in _SAID_BY or not said & _SAID_BY[one.key]] + unsaid


def shared_fields(program: Program, book: PhraseBook) -> tuple[Field, ...]:
    """Return the fields of the back that are the same on every card, whatever its state."""
    values = dict.fromkeys(_CHANGING, "") | _constant(program, book)
    texts, said = _texts(program, values, book)
    return tuple(one for one in (*texts, *_priced(values, said, book)) if one.shared and one.value)


# A field that found no room is not repeated where a text says the same.
_SAID_BY: Mapping[str, set[str]] = {"expiring": {"expiring", "next_expiry"}, "membership": {"membership_to"}}


def _field(key: str, label: str, value: str, *, shared: bool = False) -> Field:
    return Field(key=key, label=label, value=value, slot="back", shared=shared)


def _values(program: Program, card: Card, view: StampView | None, status: Status, book: PhraseBook) -> dict[str, str]:
    """Return what each placeholder stands for; empty where the card has nothing to say."""
    values = dict.fromkeys(_CHANGING, "") | _constant(program, book)
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


def _constant(program: Program, book: PhraseBook) -> dict[str, str]:
    """Return what the other placeholders stand for, on every card of the programme."""
    rule = text_in(program.rule_text, book.locale, where="program.rule_text") if program.rule_text else ""
    name = text_in(program.name, book.locale, where="program.name")
    return {"rule": rule, "name": name, "catalogue": _catalogue(program, book)}


def _texts(program: Program, values: Mapping[str, str], book: PhraseBook) -> tuple[list[Field], set[str]]:
    """Return the programme's own texts, and the placeholders that they hold."""
    templates = [text_in(one.text, book.locale, where=f"back[{n}].text") for n, one in enumerate(program.back)]
    named = [{name for _, name, _, _ in Formatter().parse(template) if name} for template in templates]
    said = {name for names in named for name in names}
    fields = []
    if not program.back and values["rule"]:
        fields.append(_field("how", book.say("how_label"), values["rule"], shared=True))
    for place, (one, template) in enumerate(zip(program.back, templates, strict=True)):
        label = text_in(one.label, book.locale, where=f"back[{place}].label")
        static = named[place].isdisjoint(_CHANGING)
        fields.append(_field(f"back_{place + 1}", label, template.format_map(values).strip(), shared=static))
    return fields, said


def _priced(values: Mapping[str, str], said: set[str], book: PhraseBook) -> list[Field]:
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
    card: Card,
    status: Status,
    values: Mapping[str, str],
    said: set[str],
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
        fields.append(_field("referral", book.say("referral_label"), code))
    return fields
