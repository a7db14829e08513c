"""The ``at`` of every verb in this room: aware, and inside what a signature can say."""

from __future__ import annotations

from datetime import UTC, datetime

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue
from walletcard.model import require_moment

# RFC 5652, 11.3: a signing time through 2049 is a UTCTime. Past that the slot of the signature has another size.
_FIRST_YEAR, _LAST_YEAR = 2000, 2049


def moment_or_now(at: datetime | None) -> datetime:
    """Return ``at`` to the whole second, or the present.

    Raises:
        InvalidCardError: No datetime, no time zone, or a year outside 2000 to 2049.
    """
    if at is None:
        return utc_now()
    require_moment(at)
    year = at.astimezone(UTC).year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        message, hint = f"year {year}", f"a signing time lies in {_FIRST_YEAR} to {_LAST_YEAR}"
        raise InvalidCardError.from_issues([Issue(code="time.range", where="at", message=message, hint=hint)])
    return at.replace(microsecond=0)
