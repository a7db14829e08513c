"""What came of an event: the answer for the person at the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from walletcard.model._card import Voucher
from walletcard.model._notice import Notice
from walletcard.model._reward import Reward
from walletcard.model._table import html_table

Status = Literal["applied", "duplicate", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an event did.

    Attributes:
        status: ``applied``; ``duplicate`` (the event was applied before: nothing changed, and nothing is wrong); or
            ``refused`` (nothing changed; ``reason`` says why).
        text: One sentence for the till, in the card's language.
        reason: Of a refusal: a code. Limits: ``cooldown daily_limit min_purchase``. The card: ``card_closed``.
            Vouchers: ``no_voucher unknown_voucher already_redeemed voucher_expired voucher_revoked voucher_not_yet
            unknown_reward``. Points and money: ``insufficient no_points no_balance no_amount card_expired``.
            Reversals: ``unknown_event already_reversed not_reversible already_spent``. Referral: ``no_referral
            own_referral already_referred referral_cap``. The rest: ``no_membership unknown_tier unknown_lot
            no_stamps not_longer``.
        retry_at: Of a refusal that time mends: the first moment at which the event would be taken.
        conflict: Of a duplicate: the id is known, but with other content. The app has given one id twice.
        earned: What the event added (below zero when a reversal took it back): points where the programme has them,
            money on a gift voucher, else stamps.
        balance: What is on the card now, counted in the same.
        stamps: Stamps on the card now.
        owed_stamps: Stamps owed now, taken from the next earned: a reversal came after the reward was used.
        owed_points: Points owed now, taken from the next earned: a reversal came after they were spent.
        spent: Points or money that the event used.
        issued: Vouchers that it issued.
        redeemed: The voucher that it used.
        revoked: Vouchers that it took back.
        expired: Of a settlement: vouchers that it wrote off.
        expired_points: Of a settlement: points that it wrote off.
        affordable: What the points can buy now, the cheapest first.
        unlocked: Those of ``affordable`` that were out of reach before.
        tier: The level that the event or settlement moved the member to, by its id; ``None`` when none.
        referral: The referrer's card and this event's id, when it qualified: apply `Event.refer` to that card.
        referral_reversed: The same, when what qualified was taken back: reverse the refer event there.
        notices: Texts for the member.
    """

    status: Status
    text: str
    reason: str | None = None
    retry_at: datetime | None = None
    conflict: bool = False
    earned: int = 0
    balance: int = 0
    stamps: int = 0
    owed_stamps: int = 0
    owed_points: int = 0
    spent: int = 0
    issued: tuple[Voucher, ...] = ()
    redeemed: Voucher | None = None
    revoked: tuple[Voucher, ...] = ()
    expired: tuple[Voucher, ...] = ()
    expired_points: int = 0
    affordable: tuple[Reward, ...] = ()
    unlocked: tuple[Reward, ...] = ()
    tier: str | None = None
    referral: tuple[str, str] | None = None
    referral_reversed: tuple[str, str] | None = None
    notices: tuple[Notice, ...] = ()

    def _repr_html_(self) -> str:
        rows = {"outcome": self.status, "text": self.text, "earned": str(self.earned), "balance": str(self.balance)}
        if self.owed_stamps:
            rows["owed stamps"] = str(self.owed_stamps)
        if self.owed_points:
            rows["owed points"] = str(self.owed_points)
        if self.reason:
            rows["reason"] = self.reason
        if self.retry_at:
            rows["try again"] = self.retry_at.isoformat()
        if self.affordable:
            rows["affordable"] = ", ".join(one.id for one in self.affordable)
        if self.tier:
            rows["tier"] = self.tier
        if self.issued:
            rows["issued"] = ", ".join(one.id for one in self.issued)
        if self.redeemed:
            rows["redeemed"] = self.redeemed.id
        return html_table(rows)
