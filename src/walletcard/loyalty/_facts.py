"""What an event did, before words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletcard.model import Voucher
from walletcard.model._outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an event did; see `walletcard.Outcome` for the meaning of each.

    ``stamps``, ``points`` and ``money`` are what it added, each below zero when it took away; ``repaid`` and
    ``points_repaid`` went to a debt.
    """

    status: Status = "applied"
    reason: str | None = None
    retry_at: datetime | None = None
    conflict: bool = False
    stamps: int = 0
    repaid: int = 0
    points: int = 0
    points_repaid: int = 0
    money: int = 0
    issued: tuple[Voucher, ...] = ()
    redeemed: Voucher | None = None
    revoked: tuple[Voucher, ...] = ()
    tier: str | None = None
    referral: tuple[str, str] | None = None
    referral_reversed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a settlement wrote off, and what it issued."""

    vouchers: tuple[Voucher, ...] = ()
    points: int = 0
    stamps: int = 0
    issued: tuple[Voucher, ...] = ()
    tier: str | None = None


def refused(reason: str, *, retry_at: datetime | None = None) -> Facts:
    """Return the facts of an event that was not taken."""
    return Facts(status="refused", reason=reason, retry_at=retry_at)
