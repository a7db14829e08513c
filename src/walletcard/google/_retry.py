"""Whether a call that failed may be made again, and when. A change that could happen twice is never repeated blindly.

https://developers.google.com/wallet/retail/loyalty-cards/resources/faq
"""

from __future__ import annotations

import random
from typing import Final, Literal

from walletcard.errors import BadReplyError, GoogleError, RateLimitedError, RejectedError, UnreachableError
from walletcard.google._budget import MAX_WAIT

Effect = Literal["none", "same", "once"]
"""What a call does: it only reads; or it may be repeated and comes to the same; or each time counts."""

DELAYS: Final = (1.0, 2.0, 4.0)  # Seconds at most before the second, third and fourth try.
_FINAL: Final = frozenset({"google.quota", "net.certificate", "net.setting", "reply.redirect", "reply.size"})


def untouched(error: GoogleError) -> bool:
    """Tell whether a failed call surely changed nothing at Google."""
    if isinstance(error, UnreachableError):
        return error.safe_to_retry
    if isinstance(error, BadReplyError):
        return error.status is not None and 300 <= error.status < 400
    return error.status is None or error.status < 500


def delay(error: GoogleError, *, effect: Effect, tries: int) -> float | None:
    """Return the seconds until the next try, at random so that many callers spread out; ``None``: no more tries.

    Args:
        error: Why the last try failed.
        effect: What the call does.
        tries: How many have been made.
    """
    if tries > len(DELAYS) or error.code in _FINAL or not _passing(error):
        return None
    if effect == "once" and not untouched(error):
        return None
    if error.retry_after is not None:
        return error.retry_after if error.retry_after <= MAX_WAIT else None
    return random.uniform(0.0, DELAYS[tries - 1])  # noqa: S311  # To spread calls out, not to hide anything.


def _passing(error: GoogleError) -> bool:
    if isinstance(error, RejectedError):
        return error.status is not None and error.status >= 500
    return isinstance(error, (UnreachableError, RateLimitedError, BadReplyError))
