"""Where a member stands beside stamps: points, level, membership, packs; the facts that a card shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from walletcard.loyalty._activity import Activity
from walletcard.loyalty._days import local_day
from walletcard.loyalty._standing import level_on, membership_holds, next_tier, rank
from walletcard.model import Card, Program, Reward, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a settled card says of its member on one day.

    Attributes:
        points: To spend.
        affordable: What they buy now, the cheapest first.
        next_item: The cheapest that they do not buy yet.
        ending: The day on which points end next, and how many of them.
        tier: The level.
        above: The level after it.
        sessions: Those that count for a level.
        spend: The amount that counts for a level.
        discount: In per cent; the best of level and membership.
        member: Whether the benefits of a membership hold.
        pack: Prepaid uses left, of how many; ``None`` where the programme has no pack.
    """

    points: int
    affordable: tuple[Reward, ...]
    next_item: Reward | None
    ending: tuple[date, int] | None
    tier: Tier | None
    above: Tier | None
    sessions: int
    spend: int
    discount: int
    member: bool
    pack: tuple[int, int] | None


def status_of(program: Program, card: Card, at: datetime) -> Status:
    """Return what a settled card says of its member at a moment."""
    day = local_day(at, program.tz)
    rule = program.points
    points = card.points_on(day) if rule else 0
    dearer = [one for one in rule.affordable(10**12) if (one.points or 0) > points] if rule else []
    level = level_on(program, card.tier, card.held, day) if program.tiers else None
    used = Activity(program, card.entries) if program.tiers or program.membership else None
    sessions, spend = used.qualifying(day) if used else (0, 0)
    member = _member(program, card, day, used)
    reached, above = program.tier(card.tier), next_tier(program, level)
    if above is not None and reached is not None and rank(program, reached.id) >= rank(program, above.id):
        above = None  # A lower level is held by grant: no session leads up from it.
    return Status(
        points=points,
        affordable=rule.affordable(points) if rule else (),
        next_item=dearer[0] if dearer else None,
        ending=_ending(card, day),
        tier=level,
        above=above,
        sessions=sessions,
        spend=spend,
        discount=max(
            level.discount if level else 0, program.membership.discount if member and program.membership else 0
        ),
        member=member,
        pack=_pack(program, card),
    )


def _ending(card: Card, day: date) -> tuple[date, int] | None:
    ends = [lot.expires for lot in card.lots if lot.usable_on(day) and lot.expires is not None]
    if not ends:
        return None
    first = min(ends)
    return first, sum(lot.left for lot in card.lots if lot.usable_on(day) and lot.expires == first)


def _member(program: Program, card: Card, day: date, used: Activity | None) -> bool:
    if program.membership is None or used is None or card.membership is None:
        return False
    month = day.replace(day=1)
    before = month - timedelta(days=1)
    visits = used.sessions_in(before.replace(day=1), before), used.sessions_in(month, day)
    return membership_holds(program, card, day, *visits)


def _pack(program: Program, card: Card) -> tuple[int, int] | None:
    """Return the prepaid uses that are left in all packs that have some, and how many these packs held."""
    if program.pack is None:
        return None
    packs = [one for one in card.vouchers if one.reward.id == program.pack.id and one.state == "issued"]
    if not packs:
        return 0, program.pack.uses or 0
    return sum(one.uses_left or 0 for one in packs), sum(one.reward.uses or 0 for one in packs)
