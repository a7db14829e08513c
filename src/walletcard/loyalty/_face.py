"""A card into its face: final text in the member's language, for any wallet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.loyalty._back import back_fields
from walletcard.loyalty._days import day_start, local_day
from walletcard.loyalty._front import front_fields
from walletcard.loyalty._picture import strip_of
from walletcard.loyalty._shared import links_of, places_of, shared_of
from walletcard.loyalty._standing import rank
from walletcard.loyalty._status import Status, status_of
from walletcard.loyalty._verbs import settle
from walletcard.loyalty._view import StampView, book_for, progress_of, stamp_view, waiting_on
from walletcard.model import Balance, Barcode, Card, Design, Face, Field, Money, Notice, Program, Voucher
from walletcard.model._checks import require
from walletcard.model._text import text_in
from walletcard.words import PhraseBook

# How the picture of a card looks that is no longer active.
_LOOKS: Final = {"closed": "closed", "complete": "complete", "expired": "expired"}
# What announces a changed field, by its key.
_PHRASES: Final = {
    "ready": "reward_ready",
    "tier": "tier_up",
    "stamps": "stamp_added",
    "points": "points_changed",
    "balance": "balance_changed",
    "pack": "pack_changed",
}


def face(
    program: Program,
    card: Card,
    *,
    at: datetime | None = None,
    since: Card | None = None,
    locale: str | None = None,
    code: str | None = None,
    notices: Iterable[Notice] = (),
) -> Face:
    """Return what a card shows at a moment.

    Args:
        program: Its rules, words and look.
        card: Shown as `settle` would leave it at ``at``.
        at: ``None`` is now.
        since: The card before. Then one changed field announces itself on the phone (`Face.announces`), and none
            when the change is not what its phrase says. Without it, every field whose phrase is true of its value
            carries the phrase.
        locale: Another language than the card's own.
        code: What the barcode holds; the card's id when absent.
        notices: Messages to show on the card.

    Raises:
        InvalidCardError: The card belongs to another programme, ``at`` has no time zone, or a text is missing in the
            language.
    """
    at = utc_now() if at is None else at
    settled = settle(program, card, at=at)[0]
    _check_since(since, card)
    require(notices, Iterable, "notices")
    messages = tuple(notices)
    book = book_for(program, card, locale)
    view = stamp_view(program, settled) if settled.rules and program.stamps else None
    status = status_of(program, settled, at)
    shown, moved = front_fields(program, settled, view, status, book)
    fields = shown + back_fields(program, settled, view, status, moved, book)
    announces = _announces(program, since, settled, view, status, messages, at) if since else None
    true = _true_phrases(program, settled, view, status)
    waiting = waiting_on(program, settled)
    design, state = _design(program, status), _state(program, settled, at)
    return Face(
        id=card.id,
        issuer=text_in(program.issuer, book.locale, where="program.issuer"),
        title=text_in(program.name, book.locale, where="program.name"),
        description=_description(program, book),
        locale=book.locale,
        kind="gift" if program.gift else "loyalty",
        program=program.id,
        tier=status.tier.id if status.tier else None,
        member=card.member,
        design=design,
        fields=tuple(_with_change(one, true, since is not None, announces, book) for one in fields),
        balances=_balances(program, settled, view, status, waiting, fields, book),
        barcode=Barcode(message=card.id if code is None else code, alt=card.id),
        strip=replace(
            strip_of(program, settled, view, status, waiting, design, book), look=_LOOKS.get(state, "normal")
        ),
        expires=_expires(program, settled),
        state=state,
        notices=messages,
        announces=announces,
        links=links_of(program, book),
        places=places_of(program, book),
        shared=shared_of(program, status.tier),
    )


def _check_since(since: Card | None, card: Card) -> None:
    if since is None:
        return
    require(since, Card, "since")
    if (since.id, since.program) != (card.id, card.program):
        message, hint = f"is another card ({quoted(since.id)})", "pass the same card as it was before"
        raise InvalidCardError.from_issues([Issue(code="card.mismatch", where="since", message=message, hint=hint)])


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


def _expires(program: Program, card: Card) -> datetime | None:
    """Return the end of a gift voucher's last day."""
    if program.gift is None or card.balance_to is None:
        return None
    return day_start(card.balance_to + timedelta(days=1), program.tz)


def _state(program: Program, card: Card, at: datetime) -> str:
    if card.state == "closed":
        return "closed"
    if program.gift is None:
        return "active"
    if card.loaded and not card.balance:
        return "complete"
    over = card.balance_to is not None and local_day(at, program.tz) > card.balance_to
    return "expired" if over else "active"


def _announces(
    program: Program,
    since: Card,
    card: Card,
    view: StampView | None,
    status: Status,
    notices: Sequence[Notice],
    at: datetime,
) -> str | None:
    """Return the key of the one field whose change a person should hear of.

    A reward goes before a level, a level before stamps, points or money, and those before a notice.
    """
    known = {voucher.id for voucher in since.vouchers}
    before = status_of(program, since, at)
    if any(voucher.id not in known for voucher in waiting_on(program, card)):
        return "ready"
    if status.tier and before.tier and rank(program, status.tier.id) > rank(program, before.tier.id):
        return "tier"
    if view and view.count and (card.cycle, card.stamps) > (since.cycle, since.stamps):
        return "stamps"
    if program.points and status.points > before.points:
        return "points"
    if program.gift and card.balance != since.balance:
        return "balance"
    if _pack_moved(program, since, card):
        return "pack"
    return "notice" if any(one.purpose == "transactional" for one in notices) else None


def _pack_moved(program: Program, since: Card, card: Card) -> bool:
    """Tell whether a pack was used or bought; one that ended or was taken back is not announced."""
    if program.pack is None:
        return False
    used = {one.id: one.used for one in since.vouchers}
    packs = (one for one in card.vouchers if one.reward.id == program.pack.id)
    return any(one.used > used.get(one.id, -1) for one in packs)


def _true_phrases(program: Program, card: Card, view: StampView | None, status: Status) -> set[str]:
    """Return the keys of the fields whose phrase is true of their value."""
    true = {
        "ready": bool(waiting_on(program, card)),
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
    return replace(field, change=book.say(_PHRASES[field.key]))


def _balances(
    program: Program,
    card: Card,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Voucher],
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
        short = progress_of(view, book, "progress_short")
        counts.append(Balance(label=labels["stamps"], text=progress_of(view, book), short=short))
    if program.points is not None:
        counts.append(_number(labels["points"], status.points, book))
    if status.pack is not None and not counts:
        left, uses = status.pack
        short = book.say("progress_short", n=book.number(left), goal=book.number(uses))
        text = book.count("pack_left", left, goal=book.number(uses))
        counts.append(Balance(label=book.say("pack_label"), text=text, short=short))
    if len(counts) < 2:
        counts += _second(program, status, waiting, labels, book)
    return tuple(counts[:2])


def _second(
    program: Program, status: Status, waiting: Sequence[Voucher], labels: dict[str, str], book: PhraseBook
) -> list[Balance]:
    if status.discount:
        return [Balance(label=book.say("discount_label"), text=book.percent(status.discount))]
    if program.points is not None and program.points.catalogue:
        count = len(status.affordable)
        text = book.count("affordable_count", count)
        return [Balance(label=book.say("affordable_count_label"), text=text, short=book.number(count))]
    return [_number(book.say("rewards_label"), len(waiting), book)]


def _number(label: str, number: int, book: PhraseBook) -> Balance:
    """Return a count; as a number only where the language writes ASCII digits, for the phone writes no others."""
    text = book.number(number)
    return Balance(label=label, text=text, amount=number if _ascii_digits(text) else None)


def _ascii_digits(text: str) -> bool:
    return all(one.isascii() for one in text if one.isdigit())
