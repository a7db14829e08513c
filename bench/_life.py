"""A member's life under a programme that has everything: what the costs of the rules are measured on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import walletcard as wc
from walletcard.model import Earn, Milestone, Points, Tier

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def program() -> wc.Program:
    """Return a programme with everything that counts on one card."""
    oil, coffee = (wc.Reward(id=name, title=name.title(), valid_days=3_650) for name in ("oil", "coffee"))
    return wc.Program(
        id="bench", name="Bench", issuer="Bench", locale="en-GB", zone="Europe/London",
        stamps=wc.Stamps(goal=9, reward=coffee, milestones=(Milestone(at=4, reward=oil),)),
        points=Points(
            earn=(Earn(metric="amount", per=100, points=1, valid_months=12),),
            catalogue=(wc.Reward(id="wax", title="Wax", points=20),),
        ),
        tiers=(
            Tier(id="base", name="Base", min_sessions=0),
            Tier(id="gold", name="Gold", min_sessions=15),
        ),
        tier_window_months=12,
        limits=wc.Limits(min_interval_minutes=10, max_per_day=20),
        design=wc.Design(background="#3B2418"),
    )  # fmt: skip


def life(count: int) -> list[wc.Event]:
    """Return so many events: mostly visits, with a redemption and a reversal in every ten."""
    events: list[wc.Event] = []
    for number in range(count):
        at = START + timedelta(hours=2 * number) if count <= 40_000 else START + timedelta(minutes=15 * number)
        name = f"e{number}"
        if number % 10 == 7:
            events.append(wc.Event.redeem(id=name, at=at, points=10))
        elif number % 10 == 9:
            events.append(wc.Event.reverse(id=name, at=at, event=f"e{number - 3}"))
        else:
            events.append(wc.Event.visit(id=name, at=at, amount=2_000))
    return events
