"""Events that earn: a visit, a purchase, a measured quantity, a friend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from walletcard.loyalty._books import Books
from walletcard.loyalty._days import last_day, local_day
from walletcard.loyalty._facts import Facts, refused
from walletcard.loyalty._stamps import Earned
from walletcard.model import Event, Reward


def use(books: Books, event: Event) -> Facts:
    """Take a visit or a purchase."""
    least = books.program.limits.min_purchase
    if least is not None and (event.amount or 0) < least:
        return refused("min_purchase")
    held = books.activity().held(event.at)
    if held is not None:
        return held
    books.end_what_is_over(event.at)
    facts, kept = _feed(books, event)
    friend, referral = books.start.referred_by, books.program.referral
    if friend is not None and referral is not None and event.paid and not _qualified_by(books):
        facts, kept = _pay_side(books, event, referral.newcomer, facts, kept)
        facts = replace(facts, referral=(friend, event.id))
        kept["friend"] = friend
        books.qualified_by = event.id
    books.activity().add(books.remember(event, amount=event.amount or 0, **kept))
    return facts


def earn(books: Books, event: Event) -> Facts:
    """Take a measured quantity."""
    books.end_what_is_over(event.at)
    facts, kept = _feed(books, event)
    books.remember(event, **kept)
    return facts


def _feed(books: Books, event: Event) -> tuple[Facts, dict[str, Any]]:
    """Let every earn rule have what the event measures; return the facts, and what to remember."""
    stamps, points = books.program.stamps, books.program.points
    measures = event.measures()
    count = event.stamps
    for stamp_rule in stamps.earn if stamps else ():
        count += stamp_rule.gives(measures.get(stamp_rule.metric, 0))
    line = books.line.earn(event.id, event.at, count) if stamps else Earned(0, 0, ())
    earned = repaid = lots = 0
    day = local_day(event.at, books.tz)
    for rule in points.earn if points else ():
        gained = rule.gives(measures.get(rule.metric, 0))
        if gained:
            lots += 1
            expires = last_day(day, months=rule.valid_months, days=rule.valid_days)
            repaid += books.lots.earn(f"{event.id}.{lots}", gained, event.at, expires=expires, source=rule.metric)
            earned += gained
    facts = Facts(
        stamps=line.counted,
        repaid=line.repaid,
        points=earned - repaid,
        points_repaid=repaid,
        issued=line.issued,
    )
    return facts, {"lots": lots, "stamps": line.counted, "repaid": line.repaid, "vouchers": len(line.issued)}


def _pay_side(
    books: Books, event: Event, side: int | Reward, facts: Facts, kept: dict[str, Any]
) -> tuple[Facts, dict[str, Any]]:
    """Give one side of a referral: a voucher, or points with a life of their own."""
    referral = books.program.referral
    if isinstance(side, Reward):
        voucher = books.vouchers.issue(event.id, side, event.at, "referral")
        return replace(facts, issued=(*facts.issued, voucher)), {**kept, "vouchers": kept.get("vouchers", 0) + 1}
    if not side or referral is None:
        return facts, kept
    lots = kept.get("lots", 0) + 1
    day = local_day(event.at, books.tz)
    expires = last_day(day, months=referral.valid_months, days=referral.valid_days)
    repaid = books.lots.earn(f"{event.id}.{lots}", side, event.at, expires=expires, source="referral")
    points = facts.points + side - repaid
    return replace(facts, points=points, points_repaid=facts.points_repaid + repaid), {**kept, "lots": lots}


def _qualified_by(books: Books) -> str:
    """Return the member's first paid event, by its id; empty before there was one.

    It paid for the friend, unless there was no rule for it yet. Where the one that paid was taken back, the next to
    come is the first.
    """
    if books.qualified_by is None:
        paid = [one for one in books.entries.values() if one.amount]
        brought = [one for one in paid if one.friend is not None]
        books.qualified_by = next((one.id for one in brought or paid if one.reversed_by is None), "")
    return books.qualified_by


def refer(books: Books, event: Event) -> Facts:
    """Take a friend's first paid event, for who brought them."""
    referral = books.program.referral
    if referral is None:
        return refused("no_referral")
    if event.friend == books.start.id:
        return refused("own_referral")
    standing = [one for one in books.entries.values() if one.kind == "refer" and one.reversed_by is None]
    if any(one.friend == event.friend for one in standing):
        return refused("already_referred")
    month = local_day(event.at, books.tz).replace(day=1)
    paid = sum(1 for one in standing if local_day(one.at, books.tz).replace(day=1) == month)
    if referral.cap_per_month is not None and paid >= referral.cap_per_month:
        return refused("referral_cap")
    facts, kept = _pay_side(books, event, referral.referrer, Facts(), {})
    books.remember(event, friend=event.friend, event_id=event.event, **kept)
    return facts
