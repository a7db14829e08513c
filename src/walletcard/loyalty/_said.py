"""What a face says of a card: the same for all cards of a programme that stand alike, but for the member's name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from walletcard.loyalty._back import back_fields
from walletcard.loyalty._front import front_fields
from walletcard.loyalty._kept import kept_balance, kept_field
from walletcard.loyalty._picture import strip_of
from walletcard.loyalty._shared import links_of, places_of, shared_of
from walletcard.loyalty._stamp_words import stamp_words
from walletcard.loyalty._standing import rank
from walletcard.loyalty._status import Status
from walletcard.loyalty._view import Holding, StampView
from walletcard.model import Balance, Design, Face, Field, Money, Program, Reward
from walletcard.model._text import text_in
from walletcard.words import PhraseBook, phrase_book

# What announces a changed field, by its key.
_PHRASES: Final = {
    "ready": "reward_ready",
    "tier": "tier_up",
    "stamps": "stamp_added",
    "points": "points_changed",
    "balance": "balance_changed",
    "pack": "pack_changed",
}
_SOMEBODY: Final = "-"  # Stands for the member, whose name is not kept.


class Moment(NamedTuple):
    """How a card stands: all that its face says follows from this, the programme and the language.

    Attributes:
        view: Its stamps, where the programme has them.
        status: Its points and level.
        waiting: What there is to redeem.
        holding: The rest.
        state: As the face has it.
        compared: Whether it is shown beside what it was before.
        announces: The field whose change a person should hear of, if it is.
    """

    view: StampView | None
    status: Status
    waiting: tuple[Reward, ...]
    holding: Holding
    state: str
    compared: bool
    announces: str | None


def said_of(program: Program, locale: str, now: Moment) -> Face:
    """Return the face of some card that stands so and has the same member: without id, code and messages."""
    card = now.holding
    if card.sender is not None or card.message is not None or card.referral_code is not None:
        return _say(program, locale, now)
    return _said(program, locale, now if card.member is None else now._replace(holding=card._replace(member=_SOMEBODY)))


def fields_of(face: Face, member: str | None) -> tuple[Field, ...]:
    """Return the fields with the member's own name."""
    if member is None:
        return face.fields
    return tuple(_named(one, member) if one.key == "member" and one.value != member else one for one in face.fields)


def _named(field: Field, member: str) -> Field:
    return Field(key=field.key, label=field.label, value=member, slot=field.slot, front_label=field.front_label)


def _say(program: Program, locale: str, now: Moment) -> Face:
    view, status, waiting, card, state, compared, announces = now
    book = phrase_book(locale, program.words, home=program.locale)
    shown, moved = front_fields(program, card, view, status, waiting, book)
    fields = shown + back_fields(program, card, view, status, waiting, moved, book)
    true, design = _true_phrases(program, view, status, waiting), _design(program, status)
    return Face(
        id=_SOMEBODY,
        issuer=text_in(program.issuer, locale, where="program.issuer"),
        title=text_in(program.name, locale, where="program.name"),
        description=_description(program, book),
        locale=locale,
        kind="gift" if program.gift else "loyalty",
        program=program.id,
        tier=status.tier.id if status.tier else None,
        member=card.member,
        design=design,
        fields=tuple(_with_change(one, true, compared, announces, book) for one in fields),
        balances=_balances(program, card, view, status, waiting, fields, book),
        strip=strip_of(program, card, view, status, waiting, design, _look(state), book),
        state=state,
        announces=announces,
        links=links_of(program, locale),
        places=places_of(program, locale),
        shared=shared_of(program, status.tier),
    )


_said: Final = lru_cache(maxsize=1024)(_say)


def _look(state: str) -> str:
    """Return how the picture of a card in a state looks: a card that is over shows it."""
    return "normal" if state == "active" else state


def _description(program: Program, book: PhraseBook) -> str:
    if program.description is not None:
        return text_in(program.description, book.locale, where="program.description")
    if program.gift is not None:
        return book.say("description_gift", issuer=text_in(program.issuer, book.locale, where="program.issuer"))
    name = text_in(program.name, book.locale, where="program.name")
    return book.say("description" if program.stamps else "description_loyalty", name=name)


def _design(program: Program, status: Status) -> Design:
    """Return the look, in the colour of the level where it has one."""
    own = status.tier.background if status.tier else None
    if own is None or own == program.design.background:
        return program.design
    return program.design.with_background(own)


def _true_phrases(program: Program, view: StampView | None, status: Status, waiting: Sequence[Reward]) -> set[str]:
    """Return the keys of the fields whose phrase is true of their value."""
    true = {
        "ready": bool(waiting),
        "tier": status.tier is not None and rank(program, status.tier.id) > 0,
        "stamps": view is not None and view.count > 0,
        "points": program.points is not None,
        "balance": program.gift is not None,
        "pack": status.pack is not None,
    }
    return {key for key, holds in true.items() if holds}


def _with_change(field: Field, true: set[str], compared: bool, announces: str | None, book: PhraseBook) -> Field:
    """Return the field with the phrase that the phone announces it by, where that phrase is true of it."""
    if field.key not in true or (compared and announces != field.key):
        return field
    change = book.say(_PHRASES[field.key])
    return kept_field(field.key, field.label, field.value, field.slot, field.front_label, change, field.shared)


def _balances(
    program: Program,
    card: Holding,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Reward],
    fields: Sequence[Field],
    book: PhraseBook,
) -> tuple[Balance, ...]:
    """Return the two numbers that Google shows: what the card counts, and the best of what it brings."""
    labels = {one.key: one.label for one in fields}
    if program.gift is not None:
        money = Money(card.balance, program.gift.currency)
        return (Balance(label=labels["balance"], text=book.money(money), amount=money),)
    counts = []
    if view is not None:
        counts.append(stamp_words(program, book.locale, view).balance)
    if program.points is not None:
        counts.append(_number(labels["points"], status.points, book))
    if status.pack is not None and not counts:
        left, uses = status.pack
        short = book.say("progress_short", n=book.number(left), goal=book.number(uses))
        text = book.count("pack_left", left, goal=book.number(uses))
        counts.append(kept_balance(book.say("pack_label"), text, short))
    if len(counts) < 2:
        counts += _second(program, status, waiting, labels, book)
    return tuple(counts[:2])


def _second(
    program: Program, status: Status, waiting: Sequence[Reward], labels: dict[str, str], book: PhraseBook
) -> list[Balance]:
    if status.discount:
        return [kept_balance(book.say("discount_label"), book.percent(status.discount))]
    if program.points is not None and program.points.catalogue:
        count = len(status.affordable)
        text = book.count("affordable_count", count)
        return [kept_balance(book.say("affordable_count_label"), text, book.number(count))]
    return [_number(book.say("rewards_label"), len(waiting), book)]


def _number(label: str, number: int, book: PhraseBook) -> Balance:
    """Return a count; as a number only where the language writes ASCII digits, for the phone writes no others."""
    text = book.number(number)
    return kept_balance(label, text, None, number if _ascii_digits(text) else None)


def _ascii_digits(text: str) -> bool:
    return all(one.isascii() for one in text if one.isdigit())
