"""A card into its face: final text in the member's language, for any wallet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.loyalty._days import day_start, local_day
from walletcard.loyalty._said import Moment, fields_of, said_of
from walletcard.loyalty._standing import rank
from walletcard.loyalty._status import Status, status_of
from walletcard.loyalty._verbs import settled
from walletcard.loyalty._view import StampView, book_for, holding_of, stamp_view, waiting_on
from walletcard.model import Barcode, Card, Face, Notice, Program
from walletcard.model._checks import require, require_many
from walletcard.model._face import of_another


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
    now = settled(program, card, at)[0]
    _check_since(since, card)
    messages = require_many(notices, "notices", Notice)
    book = book_for(program, card, locale)
    view = stamp_view(program, now) if now.rules and program.stamps else None
    status, waiting, state = status_of(program, now, at), waiting_on(program, now), _state(program, now, at)
    announces = _announces(program, since, now, view, status, messages, at) if since else None
    moment = Moment(
        view,
        status,
        tuple(one.reward for one in waiting),
        holding_of(now, view),
        state,
        since is not None,
        announces,
    )
    said = said_of(program, book.locale, moment)
    return of_another(
        said,
        card_id=card.id,
        member=card.member,
        shown=fields_of(said, card.member),
        barcode=Barcode(message=card.id if code is None else code, alt=card.id),
        expires=_expires(program, now),
        notices=messages,
    )


def _check_since(since: Card | None, card: Card) -> None:
    if since is None:
        return
    require(since, Card, "since")
    if (since.id, since.program) != (card.id, card.program):
        message, hint = f"is another card ({quoted(since.id)})", "pass the same card as it was before"
        raise InvalidCardError.from_issues([Issue(code="card.mismatch", where="since", message=message, hint=hint)])


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
