"""When a card was used: what limits, tiers and inactivity are counted from.

In order of the events' own time, so that a late delivery is judged by when it happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import accumulate
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
        self._uses: list[_Use] = [_use(one) for one in entries if one.kind in EARNING and one.reversed_by is None]
        self._uses.sort()
        self._sessions, self._amounts = [0], [0]  # Those of the first n uses, as far as asked for.

    def held(self, at: datetime) -> Facts | None:
        """Return the refusal of an earning at ``at``, or nothing when it may earn."""
        reason, free = None, at
        while (found := self._obstacle(free)) is not None:
            reason, free = reason or found[0], found[1]
        return None if reason is None else refused(reason, retry_at=free.astimezone(self._tz))

    def _obstacle(self, at: datetime) -> tuple[str, datetime] | None:
        """Return the rule that an earning at ``at`` breaks, and when that rule is over."""
        if (free := self._free_from(at)) != at:
            return "cooldown", free
        most = self._limits.max_per_day
        if most is None:
            return None
        day = local_day(at, self._tz)
        return ("daily_limit", _opens(day + timedelta(days=1), self._tz)) if self._count(day, day) >= most else None

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
        self._forget_totals(entry)

    def remove(self, entry: Entry) -> None:
        """Forget a visit or purchase: it was reversed."""
        self._uses.pop(bisect_left(self._uses, _use(entry)))
        self._forget_totals(entry)

    def _forget_totals(self, entry: Entry) -> None:
        """Forget the totals from a use on: it came, or it went."""
        place = bisect_left(self._uses, _use(entry)) + 1
        del self._sessions[place:], self._amounts[place:]

    def _total(self, count: int) -> tuple[int, int]:
        """Return the sessions and the amount of the first uses."""
        more = self._uses[len(self._sessions) - 1 : count]
        if more:
            self._sessions += accumulate([one[1] for one in more], initial=self._sessions.pop())
            self._amounts += accumulate([one[2] for one in more], initial=self._amounts.pop())
        return self._sessions[count], self._amounts[count]

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
            return self._total(len(self._uses))
        return self._sums(add_months(day, -self._window) + timedelta(days=1), day)

    def sessions_in(self, first: date, last: date) -> int:
        """Return the sessions between two local days, both included."""
        return self._sums(first, last)[0]

    def _sums(self, first: date, last: date) -> tuple[int, int]:
        start, end = self._span(first, last)
        before, after = self._total(start), self._total(end)
        return after[0] - before[0], after[1] - before[1]

    def _count(self, first: date, last: date) -> int:
        start, end = self._span(first, last)
        return end - start

    def _span(self, first: date, last: date) -> tuple[int, int]:
        """Return where the uses between two local days begin and end, both days included."""
        start = bisect_left(self._uses, _opens(first, self._tz), key=_when)
        return start, bisect_left(self._uses, _opens(last + timedelta(days=1), self._tz), start, key=_when)


@lru_cache(maxsize=1024)
def _opens(day: date, tz: tzinfo) -> datetime:
    return day_start(day, tz).astimezone(UTC)


def _use(entry: Entry) -> _Use:
    return entry.at, 1 if entry.kind == "visit" else 0, entry.amount
