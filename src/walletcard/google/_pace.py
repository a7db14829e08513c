"""How fast all threads together may call, and that all of them wait when Google says so.

https://developers.google.com/wallet/retail/loyalty-cards/resources/faq
"""

from __future__ import annotations

from threading import Lock
from typing import Final

from walletcard.errors import RateLimitedError
from walletcard.google._budget import MAX_WAIT, Budget, Clock

PER_SECOND: Final = 20.0  # Google's own limit; it does not say of what: an issuer, or a Cloud project.


class Pace:
    """One place in the queue after another, evenly spaced."""

    def __init__(self, per_second: float, *, clock: Clock) -> None:
        self._gap, self._clock = 1.0 / per_second, clock
        self._lock = Lock()
        self._next = self._resume = clock()

    def take(self, count: int, budget: Budget) -> None:
        """Wait until ``count`` requests may go.

        Raises:
            RateLimitedError: That would take longer than the call may wait; nothing was sent.
        """
        with self._lock:
            now = self._clock()
            wait = max(self._next, self._resume) - now
            if self._resume - now > MAX_WAIT or wait > budget.patience:
                raise _later(wait)
            self._next = now + max(wait, 0.0) + count * self._gap
        while wait > 0:
            budget.wait(wait)
            wait = self._resume - self._clock()  # While this thread waited, another one may have been told to.
            if wait > budget.patience:
                raise _later(wait)

    def hold(self, seconds: float) -> None:
        """Let every thread wait so long: Google has said so to one of them."""
        with self._lock:
            self._resume = max(self._resume, self._clock() + seconds)


def _later(wait: float) -> RateLimitedError:
    hint = f"try again in {wait:.0f} s"
    return RateLimitedError.answered(
        "Google asked to wait, and nothing was sent",
        code="google.rate",
        where="Google Wallet",
        hint=hint,
        retry_after=wait,
    )
