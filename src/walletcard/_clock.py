"""The only reading of the clock.

Every function whose result depends on time takes ``at``; the outermost ones let ``None`` mean now, and ask here.
"""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment, in UTC, to the whole second."""
    return datetime.now(UTC).replace(microsecond=0)
