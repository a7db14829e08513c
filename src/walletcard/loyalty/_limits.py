"""How often a card may earn."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from walletcard.loyalty._days import day_start, local_day
from walletcard.loyalty._facts import Facts, refused
from walletcard.model import Program


class EarningTimes:
    """When a card earned, in order of the events' own time, so that a late delivery is judged by when it happened."""

    def __init__(self, program: Program, times: Iterable[datetime]) -> None:
        self._tz = program.tz
        self._gap = timedelta(minutes=program.limits.min_interval_minutes)
        self._most = program.limits.max_per_day
        self._times = sorted(times)
        self._days: Counter[date] = Counter()
        if self._most is not None:
            self._days.update(local_day(at, self._tz) for at in self._times)

    def held(self, at: datetime) -> Facts | None:
        """Return the refusal of an earning at ``at``, or nothing when it may earn."""
        if self._gap and (free := self._free_from(at)) != at:
            return refused("cooldown", retry_at=free)
        if self._most is not None and self._days[day := local_day(at, self._tz)] >= self._most:
            return refused("daily_limit", retry_at=day_start(day + timedelta(days=1), self._tz))
        return None

    def _free_from(self, at: datetime) -> datetime:
        """Return the first moment from ``at`` on that keeps the interval to every earning on both sides."""
        free = at
        for place in range(bisect_left(self._times, at - self._gap), len(self._times)):
            other = self._times[place]
            if other - free >= self._gap:
                break
            if abs(other - free) < self._gap:
                free = (other + self._gap).astimezone(self._tz)
        return free

    def add(self, at: datetime) -> None:
        """Count an earning."""
        insort(self._times, at)
        if self._most is not None:
            self._days[local_day(at, self._tz)] += 1

    def remove(self, at: datetime) -> None:
        """Forget an earning: it was reversed."""
        self._times.pop(bisect_left(self._times, at))
        if self._most is not None:
            self._days[local_day(at, self._tz)] -= 1
