"""What an event does to a member's level, and what a level brings every month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from walletcard.loyalty._activity import EARNING
from walletcard.loyalty._books import Books
from walletcard.loyalty._days import day_start, local_day
from walletcard.loyalty._facts import Facts
from walletcard.loyalty._standing import best_tier, perk_end, perk_id, perk_tier, rank
from walletcard.model import Event, Tier, Voucher
from walletcard.model._checks import fixed


def stood(books: Books, event: Event, facts: Facts, before: Tier | None) -> Facts:
    """Promote where an event has reached a level, demote where a reversal has lost it; give the month's perk."""
    if not books.program.tiers:
        return facts
    if event.kind == "reverse":
        demote(books, _today(books, event.at))
        facts = replace(facts, revoked=(*facts.revoked, *_revoke_perks(books, event.at)))
    elif event.kind in EARNING and rank(books.program, books.tier) + 1 < len(books.program.tiers):
        reached = best_tier(books.program, *books.activity().qualifying(_today(books, event.at)))
        if reached is not None and rank(books.program, reached.id) > rank(books.program, books.tier):
            books.tier = reached.id
    perk = None if books.state == "closed" else add_perk(books, event.at)
    if perk is not None:
        facts = replace(facts, issued=(*facts.issued, perk))
    after = books.level(event.at)
    if after is None or after == before:
        return facts
    was = rank(books.program, before.id if before else None)
    if event.kind != "reverse" and rank(books.program, after.id) > was:
        books.entries[event.id] = replace(books.entries[event.id], tier=after.id)
    return replace(facts, tier=after.id)


def demote(books: Books, day: date) -> None:
    """Fall to the level that is still reached on a day, never rise."""
    if not books.program.tiers:
        return
    reached = best_tier(books.program, *books.activity().qualifying(day))
    if reached is not None and rank(books.program, reached.id) < rank(books.program, books.tier):
        books.tier = reached.id


def add_perk(books: Books, at: datetime, *, again: bool = True) -> Voucher | None:
    """Issue the voucher of the month that the level brings, once.

    Args:
        books: The card's.
        at: In that month.
        again: Also where it was taken back with the level, and the level is there again.
    """
    level = books.level(at)
    if level is None or level.monthly is None:
        return None
    day = local_day(at, books.tz)
    if _month(day) < _month(_today(books, at)):
        return None  # A late event: whether the level held in its month is not known any more.
    known = books.vouchers.get(perk_id(level, day))
    if known is not None and not (again and known.state == "revoked"):
        return None
    return books.vouchers.put(
        Voucher(
            id=perk_id(level, day),
            reward=level.monthly,
            valid_from=fixed(day_start(day, books.tz)),
            valid_to=perk_end(level, day),
            origin="monthly",
        )
    )


def _today(books: Books, at: datetime) -> date:
    """Return the local day of a moment, or of the card's last use where that is later."""
    newest = books.activity().newest()
    return local_day(at if newest is None else max(newest, at), books.tz)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _revoke_perks(books: Books, at: datetime) -> tuple[Voucher, ...]:
    """Take back the unused vouchers of levels above the one that is left."""
    level = books.level(at)
    here = rank(books.program, level.id if level else None)
    above = [
        one
        for one in books.vouchers
        if one.origin == "monthly" and one.state == "issued" and rank(books.program, perk_tier(one.id)) > here
    ]
    return books.vouchers.revoke(above)
