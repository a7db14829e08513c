"""The only reading of the clock.

Every function whose result depends on time takes ``at``; the outermost ones let ``None`` mean now, and ask here.
"""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment, in UTC, to the whole second."""
    return datetime.now(UTC).replace(microsecond=0)


def unix_time() -> float:
    """Return the present moment in seconds since 1970, with their fraction: for deadlines and log-ins."""
    return time.time()


def monotonic() -> float:
    """Return seconds that no setting of the clock disturbs: for the limit of one transfer."""
    return time.monotonic()
