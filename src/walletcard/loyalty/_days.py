"""Local days: a programme counts in its own zone, never in the server's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo


def local_day(at: datetime, tz: tzinfo) -> date:
    """Return the day that a moment falls on."""
    return at.astimezone(tz).date()


def day_start(day: date, tz: tzinfo) -> datetime:
    """Return the first instant of a day; where the clocks skip midnight, that is not 00:00."""
    midnight = datetime.combine(day, time.min, tz)
    return midnight.astimezone(UTC).astimezone(tz)
