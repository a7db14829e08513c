"""The ``at`` of every verb in this room: aware, and inside what a signature can say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue, quoted

# RFC 5652, 11.3: a signing time through 2049 is a UTCTime. Past that the slot of the signature has another size.
_FIRST_YEAR, _LAST_YEAR = 2000, 2049
_ZONE_HINT: Final = "add one, e.g. tzinfo=UTC"


def moment_or_now(at: datetime | None) -> datetime:
    """Return ``at`` to the whole second, or the present.

    Raises:
        InvalidCardError: No datetime, no time zone, or a year outside 2000 to 2049.
    """
    if at is None:
        return utc_now()
    if not isinstance(at, datetime):
        raise _refuse("time.type", f"got {quoted(at)}, need a datetime", "pass a datetime with a time zone")
    if at.utcoffset() is None:
        raise _refuse("time.naive", "no time zone", _ZONE_HINT)
    near = _FIRST_YEAR - 1 <= at.year <= _LAST_YEAR + 1  # Further out, a change of zone may leave the calendar.
    if not near or not _FIRST_YEAR <= at.astimezone(UTC).year <= _LAST_YEAR:
        raise _refuse("time.range", f"year {at.year}", f"a signing time lies in {_FIRST_YEAR} to {_LAST_YEAR}")
    return at.replace(microsecond=0)


def _refuse(code: str, message: str, hint: str) -> InvalidCardError:
    return InvalidCardError.from_issues([Issue(code=code, where="at", message=message, hint=hint)])
