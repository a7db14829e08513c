"""How much a run takes upon itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Effort:
    """How often, how long, how many.

    Attributes:
        rounds: Turns of every job.
        turn: Seconds of one turn.
        passes: For the memory test.
        cards: Sizes of the issue whose growth is measured.
        lots: Point lots on one card.
        events: Events of one replay.
        starts: Fresh interpreters for the import time.
    """

    rounds: int
    turn: float
    passes: int
    cards: tuple[int, ...]
    lots: tuple[int, ...]
    events: tuple[int, ...]
    starts: int


FULL: Final = Effort(
    rounds=15,
    turn=0.1,
    passes=10_000,
    cards=(100, 1_000, 10_000, 100_000),
    lots=(10, 100, 1_000, 10_000),
    events=(100, 1_000, 10_000),
    starts=9,
)
QUICK: Final = Effort(
    rounds=3,
    turn=0.03,
    passes=1_000,
    cards=(100, 1_000),
    lots=(10, 100, 1_000),
    events=(100, 1_000),
    starts=3,
)
