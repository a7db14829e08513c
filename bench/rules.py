"""What the loyalty rules cost: a face, an event, a life of events, and a card as JSON."""

from __future__ import annotations

from datetime import datetime, timedelta

import walletcard as wc
from bench._effort import Effort
from bench._life import START, life, program
from bench._results import Result, Target, duration
from bench._rounds import RAW, Job, take_turns
from bench._subject import CLUB, member, raw_signing

EVENTS = 1_000


def results(effort: Effort) -> list[Result]:
    """Measure."""
    turns = take_turns({RAW: raw_signing(), **_jobs()}, rounds=effort.rounds, turn=effort.turn)
    targets = {"apply of one event, 50 lots and 20 vouchers": Target(100)}
    names = [name for name in turns.spent if name != RAW]
    return [
        duration(name, seconds=turns.seconds(name), share=turns.share(name), target=targets.get(name)) for name in names
    ]


def with_lots(count: int) -> tuple[wc.Card, datetime]:
    """Return a card with so many lots of points, and a moment after the last."""
    card = wc.join(program(), id="CARD-1", at=START)
    days = [START + timedelta(minutes=20 * number) for number in range(count)]
    visits = [wc.Event.visit(id=f"v{number}", at=at, amount=2_000) for number, at in enumerate(days)]
    return wc.replay(program(), card, visits), days[-1] + timedelta(days=1)


def with_vouchers(card: wc.Card, count: int, at: datetime) -> wc.Card:
    """Return the card with so many vouchers that are ready."""
    for number in range(count - len(card.vouchers)):
        card = wc.apply(program(), card, wc.Event.grant(id=f"gift-{number}", at=at, reward="oil"))[0]
    return card


def _jobs() -> dict[str, Job]:
    club = program()
    new = wc.join(club, id="CARD-1", at=START)
    full, later = with_lots(50)
    full = with_vouchers(full, 20, later)
    visit = wc.Event.visit(id="one-more", at=later + timedelta(days=1), amount=2_000)
    simple = member(6)
    stored, events = full.to_json(), life(EVENTS)
    at = later + timedelta(days=2)
    return {
        "face of a stamp card": lambda: wc.face(CLUB, simple, at=at),
        "face, 50 lots and 20 vouchers": lambda: wc.face(club, full, at=at),
        "apply of one event, new card": lambda: wc.apply(club, new, visit),
        "apply of one event, 50 lots and 20 vouchers": lambda: wc.apply(club, full, visit),
        f"replay of {EVENTS:,} events": lambda: wc.replay(club, new, events),
        "card to JSON, 50 lots and 20 vouchers": full.to_json,
        "card from JSON, 50 lots and 20 vouchers": lambda: wc.Card.from_json(stored),
    }
