"""Events that give, prolong or end: a grant, a renewal, an extension, a close."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from walletcard.loyalty._books import Books
from walletcard.loyalty._days import last_day, local_day, longer
from walletcard.loyalty._facts import Facts, refused
from walletcard.loyalty._standing import renewed
from walletcard.model import Ended, Event, HeldTier, Lot


def grant(books: Books, event: Event) -> Facts:
    """Take a gift of stamps, points, money, a reward or a level."""
    reward = books.reward(event.reward) if isinstance(event.reward, str) else event.reward
    missing = {
        "unknown_reward": event.reward is not None and reward is None,
        "no_points": event.points and books.program.points is None,
        "no_balance": event.money is not None and books.program.gift is None,
        "no_stamps": event.stamps and books.program.stamps is None,
        "card_expired": event.money is not None and _has_ended(books, event),
        "unknown_tier": event.tier is not None and books.program.tier(event.tier) is None,
    }
    for reason, holds in missing.items():
        if holds:
            return refused(reason)
    books.end_what_is_over(event.at)
    facts = Facts()
    kept: dict[str, Any] = {}
    if books.program.stamps is not None:
        line = books.line.earn(event.id, event.at, event.stamps)
        facts = Facts(stamps=line.counted, repaid=line.repaid, issued=line.issued)
        kept = {"stamps": line.counted, "repaid": line.repaid, "vouchers": len(line.issued)}
    if event.points:
        repaid = _give_points(books, event)
        facts = replace(facts, points=event.points - repaid, points_repaid=repaid)
        kept["lots"] = 1
    if reward is not None:
        voucher = books.vouchers.issue(event.id, reward, event.at, "grant")
        facts = replace(facts, issued=(*facts.issued, voucher))
        kept["vouchers"] = kept.get("vouchers", 0) + 1
    if event.money is not None:
        kept |= _load(books, event)
        facts = replace(facts, money=event.money)
    if event.tier is not None:
        books.held = kept["held"] = HeldTier(tier=event.tier, until=event.until)
    books.remember(event, **kept)
    return facts


def _give_points(books: Books, event: Event) -> int:
    points = books.program.points
    life = points.earn[0] if points and points.earn else None
    expires = event.until
    if expires is None and life is not None:
        day = local_day(event.at, books.tz)
        expires = last_day(day, months=life.valid_months, days=life.valid_days)
    return books.lots.earn(f"{event.id}.1", event.points, event.at, expires=expires, source="grant")


def _has_ended(books: Books, event: Event) -> bool:
    """Tell whether money on the card has ended: a new load must not bring it back to life."""
    last = books.balance_to
    return bool(books.balance) and last is not None and local_day(event.at, books.tz) > last


def _load(books: Books, event: Event) -> dict[str, Any]:
    gift, money = books.program.gift, event.money or 0
    until = last_day(local_day(event.at, books.tz), months=gift.valid_months if gift else None, days=None)
    books.balance_to = longer(books.balance_to, until)
    books.balance, books.loaded = books.balance + money, books.loaded + money
    return {"money": money, "was_until": (Ended(id="balance", until=until),)}


def renew(books: Books, event: Event) -> Facts:
    """Take the sale of a membership."""
    if books.program.membership is None:
        return refused("no_membership")
    day = local_day(event.at, books.tz)
    period = renewed(books.membership, day, months=books.program.membership.months, until=event.until)
    if period is None:
        return refused("not_longer")
    books.remember(event, was_member=books.membership)
    books.membership = period
    return Facts()


def extend(books: Books, event: Event) -> Facts:
    """Take a longer life for a voucher, for lots, or for both; if one of them cannot have it, neither does."""
    until = event.until
    if until is None:
        return refused("not_longer")
    voucher = None
    if event.voucher is not None:
        voucher = books.vouchers.get(event.voucher)
        reason = "unknown_voucher" if voucher is None else books.vouchers.unusable(voucher, event.at)
        if reason is not None:
            return refused(reason)
        if voucher is None or voucher.valid_to is None or until <= voucher.valid_to:
            return refused("not_longer")
    shorter: list[Lot] = []
    if event.lot is not None or event.voucher is None:
        day = local_day(event.at, books.tz)
        lots = [one for one in books.lots if one.usable_on(day) and event.lot in (None, one.id)]
        if not lots:
            return refused("unknown_lot")
        shorter = [one for one in lots if one.expires is not None and one.expires < until]
        if not shorter:
            return refused("not_longer")
    ended = [Ended(id=f"lot:{one.id}", until=one.expires) for one in shorter]
    for lot in shorter:
        books.lots.extend(lot, until)
    if voucher is not None:
        ended.append(Ended(id=f"voucher:{voucher.id}", until=voucher.valid_to))
        books.vouchers.put(replace(voucher, valid_to=until))
    books.remember(event, was_until=tuple(ended))
    return Facts()


def close(books: Books, event: Event) -> Facts:
    """Take the end of the card."""
    books.state = "closed"
    books.remember(event)
    return Facts()
