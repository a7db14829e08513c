"""What came of an event: the answer for the person at the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from walletcard.model._card import Voucher, html_table
from walletcard.model._notice import Notice

Status = Literal["applied", "duplicate", "refused"]

REASONS: Final = (
    "already_redeemed",
    "already_reversed",
    "card_closed",
    "cooldown",
    "daily_limit",
    "min_purchase",
    "no_voucher",
    "not_reversible",
    "unknown_event",
    "unknown_reward",
    "unknown_voucher",
    "voucher_expired",
    "voucher_not_yet",
    "voucher_revoked",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an event did.

    Attributes:
        status: ``applied``; ``duplicate`` (the event was applied before: nothing changed, and nothing is wrong); or
            ``refused`` (nothing changed; ``reason`` says why).
        text: One sentence for the till, in the card's language.
        reason: Of a refusal: a code, one of ``cooldown daily_limit min_purchase card_closed no_voucher
            unknown_voucher already_redeemed voucher_expired voucher_revoked voucher_not_yet unknown_reward
            unknown_event already_reversed not_reversible``.
        retry_at: Of a refusal that time mends: the first moment at which the event would be taken.
        conflict: Of a duplicate: the id is known, but with other content. The app has given one id twice.
        earned: Stamps that the event added; negative when a reversal took them back.
        balance: Stamps on the card now.
        issued: Vouchers that it issued.
        redeemed: The voucher that it used.
        revoked: Vouchers that it took back.
        expired: Of a settlement: vouchers that it wrote off.
        notices: Texts for the member.
    """

    status: Status
    text: str
    reason: str | None = None
    retry_at: datetime | None = None
    conflict: bool = False
    earned: int = 0
    balance: int = 0
    issued: tuple[Voucher, ...] = ()
    redeemed: Voucher | None = None
    revoked: tuple[Voucher, ...] = ()
    expired: tuple[Voucher, ...] = ()
    notices: tuple[Notice, ...] = ()

    def _repr_html_(self) -> str:
        rows = {"outcome": self.status, "text": self.text, "earned": str(self.earned), "balance": str(self.balance)}
        if self.reason:
            rows["reason"] = self.reason
        if self.retry_at:
            rows["try again"] = self.retry_at.isoformat()
        if self.issued:
            rows["issued"] = ", ".join(one.id for one in self.issued)
        if self.redeemed:
            rows["redeemed"] = self.redeemed.id
        return html_table(rows)
