"""Tiers and membership: what a member is, as functions of what was counted."""

from __future__ import annotations

from datetime import date, timedelta

from walletcard.loyalty._days import add_months, month_end
from walletcard.model import Card, HeldTier, Period, Program, Tier


def best_tier(program: Program, sessions: int, spend: int) -> Tier | None:
    """Return the highest tier that a count and a sum reach."""
    return next((tier for tier in reversed(program.tiers) if tier.reached_by(sessions, spend)), None)


def rank(program: Program, tier_id: str | None) -> int:
    """Return a tier's place on the ladder; -1 for one that the programme does not have."""
    return next((place for place, tier in enumerate(program.tiers) if tier.id == tier_id), -1)


def level_on(program: Program, tier_id: str | None, held: HeldTier | None, day: date) -> Tier | None:
    """Return the tier that counts on a local day: a granted one goes before the one reached."""
    if held is not None and held.holds(day) and program.tier(held.tier) is not None:
        return program.tier(held.tier)
    return program.tier(tier_id) or (program.tiers[0] if program.tiers else None)


def next_tier(program: Program, tier: Tier | None) -> Tier | None:
    """Return the tier above; ``None`` at the top."""
    if tier is None:
        return None
    place = rank(program, tier.id) + 1
    return program.tiers[place] if 0 < place < len(program.tiers) else None


def renewed(period: Period | None, day: date, *, months: int, until: date | None) -> Period | None:
    """Return a membership after its renewal on a day: on from its end, or from the day; ``None`` if it ends no later.

    Twelve months from 15 March end on 14 March.
    """
    held = period if period is not None and period.last >= day else None
    if held is not None and held.last == date.max:
        return None
    begin = day if held is None else held.last + timedelta(days=1)
    last = add_months(begin, months) - timedelta(days=1) if until is None else until
    if last < day or (held is not None and last <= held.last):
        return None
    return Period(first=day if held is None else held.first, last=last)


def membership_holds(program: Program, card: Card, day: date, visits_last_month: int, visits_this_month: int) -> bool:
    """Tell whether the benefits of a membership hold on a local day."""
    membership, period = program.membership, card.membership
    if membership is None or period is None or not period.holds(day):
        return False
    least = membership.min_visits_per_month
    if least is None or (period.first.year, period.first.month) == (day.year, day.month):
        return True
    return max(visits_last_month, visits_this_month) >= least


def level_notice(card: Card, tier_id: str) -> str:
    """Return the id of the notice of a level: another one each time that an event brings the member up to it."""
    event = next((one.id for one in reversed(card.entries) if one.tier == tier_id), None)
    return f"tier:{tier_id}" if event is None else f"tier:{tier_id}:{event}"


def perk_id(tier: Tier, day: date) -> str:
    """Return the id of a tier's voucher for the month of a day."""
    return f"monthly-{tier.id}-{day:%Y-%m}"


def perk_tier(voucher_id: str) -> str:
    """Return the tier of a monthly voucher, by the voucher's id."""
    return voucher_id.removeprefix("monthly-")[: -len("-2026-11")]


def perk_end(tier: Tier, day: date) -> date:
    """Return the last day of a tier's voucher for the month of a day."""
    days = tier.monthly.valid_days if tier.monthly else None
    return month_end(day) if days is None else day + timedelta(days=days)
