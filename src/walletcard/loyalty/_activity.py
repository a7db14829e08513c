"""When a card was used: what limits, tiers and inactivity are counted from.

In order of the events' own time, so that a late delivery is judged by when it happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Final

from walletcard.loyalty._days import add_months, day_start, local_day
from walletcard.loyalty._facts import Facts, refused
from walletcard.model import Entry, Program

EARNING: Final = frozenset({"purchase", "visit"})

_Use = tuple[datetime, int, int]  # When, sessions (0 or 1), amount paid.
_when = itemgetter(0)


class Activity:
    """The visits and purchases of a card that were not reversed."""

    def __init__(self, program: Program, entries: Iterable[Entry]) -> None:
        self._tz, self._limits = program.tz, program.limits
        self._window = program.tier_window_months
        self._gap = timedelta(minutes=self._limits.min_interval_minutes)
        found = (_use(one) for one in entries if one.kind in EARNING and one.reversed_by is None)
        self._uses: list[_Use] = sorted(found)
        self._sessions = sum(use[1] for use in self._uses)
        self._spend = sum(use[2] for use in self._uses)
        self._days: Counter[date] = Counter()
        if self._limits.max_per_day is not None:
            self._days.update(local_day(use[0], self._tz) for use in self._uses)

    def held(self, at: datetime) -> Facts | None:
        """Return the refusal of an earning at ``at``, or nothing when it may earn."""
        at = at.astimezone(UTC)
        reason, free = None, at
        while (found := self._obstacle(free)) is not None:
            reason, free = reason or found[0], found[1]
        return None if reason is None else refused(reason, retry_at=free.astimezone(self._tz))

    def _obstacle(self, at: datetime) -> tuple[str, datetime] | None:
        """Return the rule that an earning at ``at`` breaks, and when that rule is over."""
        if self._gap and (free := self._free_from(at)) != at:
            return "cooldown", free
        most = self._limits.max_per_day
        if most is not None and self._days[day := local_day(at, self._tz)] >= most:
            return "daily_limit", day_start(day + timedelta(days=1), self._tz).astimezone(UTC)
        return None

    def _free_from(self, at: datetime) -> datetime:
        """Return the first moment from ``at`` on that keeps the interval to every earning on both sides."""
        free = at
        for place in range(bisect_left(self._uses, at - self._gap, key=_when), len(self._uses)):
            other = self._uses[place][0]
            if other - free >= self._gap:
                break
            if abs(other - free) < self._gap:
                free = other + self._gap
        return free

    def add(self, entry: Entry) -> None:
        """Count a visit or purchase."""
        insort(self._uses, _use(entry))
        self._count(entry, 1)

    def remove(self, entry: Entry) -> None:
        """Forget a visit or purchase: it was reversed."""
        self._uses.pop(bisect_left(self._uses, _use(entry)))
        self._count(entry, -1)

    def _count(self, entry: Entry, sign: int) -> None:
        _, sessions, amount = _use(entry)
        self._sessions += sign * sessions
        self._spend += sign * amount
        if self._limits.max_per_day is not None:
            self._days[local_day(entry.at, self._tz)] += sign

    def latest(self, at: datetime) -> datetime | None:
        """Return the last use up to a moment."""
        place = bisect_right(self._uses, at, key=_when)
        return self._uses[place - 1][0] if place else None

    def newest(self) -> datetime | None:
        """Return the last use of all."""
        return self._uses[-1][0] if self._uses else None

    def qualifying(self, day: date) -> tuple[int, int]:
        """Return the sessions and the amount that count for a tier on a local day."""
        if self._window is None:
            return self._sessions, self._spend
        return self._sums(add_months(day, -self._window) + timedelta(days=1), day)

    def sessions_in(self, first: date, last: date) -> int:
        """Return the sessions between two local days, both included."""
        return self._sums(first, last)[0]

    def _sums(self, first: date, last: date) -> tuple[int, int]:
        start = bisect_left(self._uses, day_start(first, self._tz), key=_when)
        end = bisect_left(self._uses, day_start(last + timedelta(days=1), self._tz), key=_when)
        uses = self._uses[start:end]
        return sum(use[1] for use in uses), sum(use[2] for use in uses)


def _use(entry: Entry) -> _Use:
    return entry.at.astimezone(UTC), 1 if entry.kind == "visit" else 0, entry.amount
