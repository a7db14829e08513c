"""Jobs take turns, round after round, so that a busy machine slows all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Job = Callable[[], object]
RAW = "RSA-2048 signature"


@dataclass(frozen=True, slots=True)
class Turns:
    """What the rounds told.

    Attributes:
        spent: Seconds of one call, for each job and round.
    """

    spent: Mapping[str, tuple[float, ...]]

    def seconds(self, name: str) -> float:
        """Return the median of a job's rounds."""
        return statistics.median(self.spent[name])

    def faster(self, name: str, than: str) -> float:
        """Return how many times faster a job is than another: the median of what each round says."""
        pairs = zip(self.spent[than], self.spent[name], strict=True)
        return statistics.median(other / own for other, own in pairs)

    def share(self, name: str) -> float:
        """Return a job's speed as a share of signing alone."""
        return self.faster(name, RAW)


def take_turns(
    jobs: Mapping[str, Job], *, rounds: int, turn: float, clock: Callable[[], float] = time.process_time
) -> Turns:
    """Measure every job in every round.

    Args:
        jobs: What to call, by name.
        rounds: How often each has its turn; the order changes from round to round.
        turn: Seconds of one turn, by ``clock``; at least one call fits in.
        clock: Processor time by default, so that other programs count little.
    """
    for job in jobs.values():
        job()
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds):
        shift = number % len(jobs)
        order = [*jobs][shift:] + [*jobs][:shift]
        for name in order:
            spent[name].append(_one_turn(jobs[name], turn, clock))
    return Turns({name: tuple(times) for name, times in spent.items()})


def _one_turn(job: Job, turn: float, clock: Callable[[], float]) -> float:
    calls, ask_after = 0, 1
    started = clock()
    while True:
        for _ in range(ask_after):
            job()
        calls += ask_after
        spent = clock() - started
        if spent >= turn:
            return spent / calls
        # The clock itself costs up to a microsecond, so short jobs are asked for less often.
        if spent < turn / 8:
            ask_after *= 2
