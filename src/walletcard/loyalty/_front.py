"""The front of a card: the fields that an Apple store card has room for, the most important ones first."""

from __future__ import annotations

from collections.abc import Sequence

from walletcard.loyalty._kept import front, front_of_person
from walletcard.loyalty._stamp_words import stamp_words
from walletcard.loyalty._status import Status
from walletcard.loyalty._view import Holding, StampView, title_of
from walletcard.model import Field, Money, Program, Reward, Tier
from walletcard.model._text import text_in
from walletcard.words import PhraseBook

ROW = 4  # Secondary and auxiliary fields that a store card shows, together, in one row.

# What stays when the row is full, first to last; the others move to the back.
KEPT = (
    "value", "reward", "left", "tier", "waiting", "discount", "to_tier", "affordable", "to_item", "pack", "expiring",
    "member", "sender", "valid_until", "membership",
)  # fmt: skip


def front_fields(
    program: Program,
    card: Holding,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Reward],
    book: PhraseBook,
) -> tuple[list[Field], list[Field]]:
    """Return the fields of the front, and those that found no room on it."""
    fields = _head(program, card, view, status, book)
    row = [
        *(stamp_words(program, book.locale, view).row if view else ()),
        *_level(program, status, book),
        *_catalogue(status, book),
        *_waiting(waiting, view, book),
        *_people(program, card, book),
        *_times(program, card, status, book),
    ]
    # A level leaves the points' end to the back: the row is for the level.
    room = [one for one in row if one.key != "expiring" or not program.tiers]
    if len(room) <= ROW and len(room) == len(row):
        return fields + row, []
    kept = sorted(room, key=lambda one: KEPT.index(one.key))[:ROW]
    shown = [one for one in row if one in kept]
    moved = [_moved(one) for one in row if one not in kept]
    return fields + shown, moved


def _moved(field: Field) -> Field:
    return Field.back(field.key, field.label, field.value)


def _head(program: Program, card: Holding, view: StampView | None, status: Status, book: PhraseBook) -> list[Field]:
    """Return what stays in sight when cards are stacked: the counts."""
    fields = []
    if view is not None:
        fields.append(stamp_words(program, book.locale, view).head)
    if program.points is not None:
        own = program.points.label
        label = book.say("points_label") if own is None else text_in(own, book.locale, where="points.label")
        fields.append(front(book, "points", label, book.number(status.points), "header"))
    if program.gift is not None:
        currency = program.gift.currency
        balance = book.money(Money(card.balance, currency))
        title = text_in(program.gift.title, book.locale, where="gift.title")
        fields.append(front(book, "balance", book.say("balance_label"), balance, "header"))
        fields.append(front(book, "value", title, book.money(Money(card.loaded, currency), whole=True), "primary"))
    return fields


def _waiting(waiting: Sequence[Reward], view: StampView | None, book: PhraseBook) -> list[Field]:
    """Return how many rewards wait, unless the full card says so already."""
    if not waiting or (view is not None and view.full):
        return []
    value = book.count("ready_count", len(waiting))
    return [front(book, "waiting", book.say("rewards_label"), value, "auxiliary")]


def _level(program: Program, status: Status, book: PhraseBook) -> list[Field]:
    fields = []
    if status.tier is not None:
        fields.append(front(book, "tier", book.say("tier_label"), tier_name(status.tier, book)))
    if status.discount:
        fields.append(front(book, "discount", book.say("discount_label"), book.percent(status.discount)))
    if status.above is not None and (left := to_tier(program, status, book)):
        own = status.above.to_label
        where = f"tier {status.above.id}.to_label"
        label = book.say("to_tier_label", tier=tier_name(status.above, book))
        fields.append(front(book, "to_tier", label if own is None else text_in(own, book.locale, where=where), left))
    return fields


def tier_name(tier: Tier, book: PhraseBook) -> str:
    """Return a tier's name in the book's language."""
    return text_in(tier.name, book.locale, where=f"tier {tier.id}.name")


def to_tier(program: Program, status: Status, book: PhraseBook) -> str:
    """Return what is missing to the tier above: sessions, else an amount; empty when neither can be said."""
    above = status.above
    if above is None:
        return ""
    if above.min_sessions is not None:
        return book.count("sessions_to_tier", max(1, above.min_sessions - status.sessions))
    if above.min_spend is not None and program.currency is not None:
        return book.money(Money(max(1, above.min_spend - status.spend), program.currency), whole=True)
    return ""


def _catalogue(status: Status, book: PhraseBook) -> list[Field]:
    fields = []
    if status.affordable:
        fields.append(front(book, "affordable", book.say("affordable_label"), title_of(status.affordable[-1], book)))
    if status.next_item is not None:
        label = book.say("to_item_label", title=title_of(status.next_item, book))
        left = book.count("points_field", (status.next_item.points or 0) - status.points)
        fields.append(front(book, "to_item", label, left))
    return fields


def _people(program: Program, card: Holding, book: PhraseBook) -> list[Field]:
    if program.gift is not None:
        people = (("member", "for_label", card.member), ("sender", "from_label", card.sender))
        return [front_of_person(book, key, book.say(label), name) for key, label, name in people if name is not None]
    if card.member is None:
        return []
    return [front_of_person(book, "member", book.say("member_label"), card.member, "auxiliary")]


def _times(program: Program, card: Holding, status: Status, book: PhraseBook) -> list[Field]:
    fields = []
    if status.pack is not None:
        left, uses = status.pack
        value = book.count("pack_left", left, goal=book.number(uses))
        fields.append(front(book, "pack", book.say("pack_label"), value))
    if status.ending is not None:
        points = book.count("points_count", status.ending[1])
        value = book.say("expiring_value", points=points, date=book.day(status.ending[0]))
        fields.append(front(book, "expiring", book.say("expiring_label"), value, "auxiliary"))
    if program.membership is not None:
        own = text_in(program.membership.title, book.locale, where="membership.title")
        if card.membership is not None:
            value = book.say("membership_until", date=book.day(card.membership.last))
            fields.append(front(book, "membership", own, value, "auxiliary"))
        elif not (program.stamps or program.points or program.tiers or program.pack):
            fields.append(front(book, "membership", own, book.say("none_yet"), "auxiliary"))
    if program.gift is not None and card.balance_to is not None:
        fields.append(front(book, "valid_until", book.say("valid_label"), book.day(card.balance_to), "auxiliary"))
    return fields
