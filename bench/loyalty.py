"""What the loyalty rules cost: ``python bench/loyalty.py``.

Three figures: the exponent of `replay` (1 is linear) over a thousand, ten thousand and a hundred thousand events; one
`apply` on a card with 50 lots and 20 vouchers; and the same `apply` on a new card. Each is the best of several runs.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import walletcard as wc
from walletcard.model import Earn, Milestone, Points, Tier

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
MOST = 100_000


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


def best(work: Callable[[], object], *, runs: int) -> float:
    """Return the seconds of the processor that the fastest run took: what else the machine does counts for less."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Measure, and print."""
    club = program()
    card = wc.join(club, id="CARD-1", at=START)
    events = life(MOST)
    counts = (1_000, 10_000, MOST)
    spent = {n: best(partial(wc.replay, club, card, events[:n]), runs=3 if n < MOST else 2) for n in counts}
    for count, seconds in spent.items():
        _say(f"replay of {count:7,} events: {seconds:7.3f} s, {seconds / count * 1e6:5.1f} us an event")
    exponent = math.log(spent[MOST] / spent[counts[0]]) / math.log(MOST / counts[0])
    _say(f"exponent: {exponent:.2f}")

    full = card
    for number in range(90):
        visit = wc.Event.visit(id=f"v{number}", at=START + timedelta(days=number), amount=2_000)
        full = wc.apply(club, full, visit)[0]
        if len(full.lots) == 50:
            break
    while len(full.vouchers) < 20:
        gift = wc.Event.grant(id=f"g{len(full.vouchers)}", at=START + timedelta(days=60), reward="oil")
        full = wc.apply(club, full, gift)[0]
    later = wc.Event.visit(id="one-more", at=START + timedelta(days=61), amount=2_000)
    for name, one in (("a new card", card), (f"{len(full.lots)} lots and {len(full.vouchers)} vouchers", full)):
        seconds = best(partial(wc.apply, club, one, later), runs=2_000)
        _say(f"apply on {name}: {seconds * 1e6:.0f} us")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
