"""What an event did, before words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletcard.model import Voucher
from walletcard.model._outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an event did; see `walletcard.Outcome` for the meaning of each, and ``repaid`` for what went to a debt."""

    status: Status = "applied"
    reason: str | None = None
    retry_at: datetime | None = None
    conflict: bool = False
    earned: int = 0
    repaid: int = 0
    issued: tuple[Voucher, ...] = ()
    redeemed: Voucher | None = None
    revoked: tuple[Voucher, ...] = ()


def refused(reason: str, *, retry_at: datetime | None = None) -> Facts:
    """Return the facts of an event that was not taken."""
    return Facts(status="refused", reason=reason, retry_at=retry_at)
