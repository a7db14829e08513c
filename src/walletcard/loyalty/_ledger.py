"""The one state machine: a card's books being changed by events, by time, and by joining."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from walletcard.loyalty._books import Books
from walletcard.loyalty._days import local_day
from walletcard.loyalty._earning import earn, refer, use
from walletcard.loyalty._facts import Facts, Settled, refused
from walletcard.loyalty._giving import close, extend, grant, renew
from walletcard.loyalty._levels import add_perk, demote, stood
from walletcard.loyalty._redeeming import redeem
from walletcard.loyalty._reversing import reverse
from walletcard.model import Event

_ACTIONS: Final[Mapping[str, Callable[[Books, Event], Facts]]] = {
    "close": close,
    "earn": earn,
    "extend": extend,
    "grant": grant,
    "purchase": use,
    "redeem": redeem,
    "refer": refer,
    "renew": renew,
    "reverse": reverse,
    "visit": use,
}


def apply(books: Books, event: Event) -> Facts:
    """Take one event in, or say why not; a refused one leaves no trace."""
    known = books.entries.get(event.id)
    if known is not None:
        return Facts(status="duplicate", conflict=known.digest != event.digest)
    if books.state == "closed":
        return refused("card_closed")
    before = books.level(event.at)
    # Offered, and dropped again if nothing comes of it: so it must not stand in another's place.
    perk = add_perk(books, event.at, again=False) if event.kind == "redeem" else None
    facts = _ACTIONS[event.kind](books, event)
    if facts.status == "refused":
        if perk is not None:
            books.vouchers.drop(perk.id)
        return facts
    if perk is not None and (facts.redeemed is None or facts.redeemed.id != perk.id):
        facts = replace(facts, issued=(perk, *facts.issued))
    return stood(books, event, facts, before)


def settle(books: Books, at: datetime) -> Settled:
    """Write off everything that has ended by a moment, and give what the month brings."""
    day = local_day(at, books.tz)
    before = books.level(at)
    vouchers, points, stamps = books.vouchers.expire(day), books.lots.expire(day), 0
    points += books.lots.lapse(books.lapsed(at))
    if books.line.over(at):
        stamps = books.forget_stamps()
    if books.held is not None and not books.held.holds(day):
        books.held = None
    if books.membership is not None and books.membership.last < day:
        books.membership = None
    newest = books.activity().newest() if books.program.tiers else None
    demote(books, day if newest is None else max(day, local_day(newest, books.tz)))
    perk = add_perk(books, at) if books.state == "active" else None
    after = books.level(at)
    return Settled(
        vouchers=vouchers,
        points=points,
        stamps=stamps,
        issued=() if perk is None else (perk,),
        tier=after.id if after is not None and after != before else None,
    )


def open_card(books: Books, event_id: str, at: datetime) -> None:
    """Give a new card what joining brings: stamps, a welcome, the first tier."""
    stamps = books.program.stamps
    if stamps is not None and stamps.join_stamps:
        books.line.earn(event_id, at, stamps.join_stamps)
    if books.program.welcome is not None:
        books.vouchers.issue(event_id, books.program.welcome, at, "welcome")
    if books.program.tiers:
        books.tier = books.program.tiers[0].id
        add_perk(books, at)
