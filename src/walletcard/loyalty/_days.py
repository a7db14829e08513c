"""Local days: a programme counts in its own zone, never in the server's."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo


def local_day(at: datetime, tz: tzinfo) -> date:
    """Return the day that a moment falls on."""
    return at.astimezone(tz).date()


def day_start(day: date, tz: tzinfo) -> datetime:
    """Return the first instant of a day; where the clocks skip midnight, that is not 00:00."""
    midnight = datetime.combine(day, time.min, tz)
    return midnight.astimezone(UTC).astimezone(tz)


def add_months(day: date, months: int) -> date:
    """Return the same day some months on (or back), clamped to the end of a shorter month and to the days there are."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def last_day(start: date, *, months: int | None, days: int | None) -> date | None:
    """Return the last day of a life that begins on ``start``; ``None`` for ever."""
    if months is not None:
        return add_months(start, months)
    return None if days is None else start + timedelta(days=days)


def longer(end: date | None, other: date | None) -> date | None:
    """Return the later end of a life that is given again; the newest decides whether it has one."""
    return other if end is None or other is None else max(end, other)
