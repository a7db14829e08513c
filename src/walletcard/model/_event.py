"""What happened: a fact with an id and a time. An event is made by the class method named after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final, Self

from walletcard.errors import quoted
from walletcard.model._checks import Findings
from walletcard.model._json import Stored
from walletcard.model._program import Reward

EVENT_KINDS: Final = ("close", "grant", "redeem", "reverse", "visit")
MAX_STAMPS: Final = 1_000  # In one event; more is a slip of the finger.
JOIN_ID: Final = "join"
_EVENT_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Stored):
    """One event on a card.

    Attributes:
        kind: visit, grant, redeem, reverse or close.
        id: Given by the app, unique on the card: the same id again is the same event delivered twice.
            ``[A-Za-z0-9._:-]{1,128}``.
        at: When it happened, aware.
        stamps: Of a visit or a grant: how many.
        amount: Of a visit: what was paid, in minor units.
        reward: Of a grant: the reward. Of a redemption: the id of the reward to use.
        voucher: Of a redemption: the id of the voucher.
        event: Of a reversal: the id of the event to take back.
        reason: Of a grant or a close: why, for people.
    """

    kind: str
    id: str
    at: datetime
    stamps: int = 0
    amount: int | None = None
    reward: Reward | str | None = None
    voucher: str | None = None
    event: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        findings = Findings("event")
        findings.choice("kind", self.kind, EVENT_KINDS, code="event.kind")
        _check_id(findings, "id", self.id)
        findings.moment("at", self.at)
        findings.whole("stamps", self.stamps, 0, MAX_STAMPS)
        findings.optional_whole("amount", self.amount, 0, 10**12)
        if isinstance(self.reward, str):
            findings.identifier("reward", self.reward)
        elif self.reward is not None and not isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", f"got {quoted(self.reward)}, need a Reward", "or the id of one")
        for name in ("voucher", "event"):
            if getattr(self, name) is not None:
                _check_id(findings, name, getattr(self, name))
        findings.text("reason", self.reason, limit=500, empty=True)
        findings.finish()

    @classmethod
    def visit(cls, *, id: str, at: datetime, stamps: int = 1, amount: int | None = None) -> Self:  # noqa: A002
        """Return one visit that earns ``stamps`` (0 to 1000); ``amount`` is what was paid, in minor units."""
        return cls(kind="visit", id=id, at=at, stamps=stamps, amount=amount)

    @classmethod
    def grant(
        cls,
        *,
        id: str,  # noqa: A002
        at: datetime,
        stamps: int = 0,
        reward: Reward | str | None = None,
        reason: str = "",
    ) -> Self:
        """Return a gift of ``stamps``, or of a reward: a `Reward`, or the id of one of the programme's."""
        return cls(kind="grant", id=id, at=at, stamps=stamps, reward=reward, reason=reason)

    @classmethod
    def redeem(cls, *, id: str, at: datetime, voucher: str | None = None, reward: str | None = None) -> Self:  # noqa: A002
        """Return the use of a voucher: by its id, by its reward's id, or the ready one that expires first."""
        return cls(kind="redeem", id=id, at=at, voucher=voucher, reward=reward)

    @classmethod
    def reverse(cls, *, id: str, at: datetime, event: str) -> Self:  # noqa: A002
        """Return the taking back of an earlier event, by its id."""
        return cls(kind="reverse", id=id, at=at, event=event)

    @classmethod
    def close(cls, *, id: str, at: datetime, reason: str) -> Self:  # noqa: A002
        """Return the end of the card: nothing can happen to it afterwards."""
        return cls(kind="close", id=id, at=at, reason=reason)

    @property
    def digest(self) -> str:
        """12 hex digits over everything but the id: what tells a second delivery from another event."""
        content = (
            self.kind,
            self.at.timestamp(),
            self.stamps,
            self.amount,
            self.reward,
            self.voucher,
            self.event,
            self.reason,
        )
        return blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _check_id(findings: Findings, name: str, value: object) -> None:
    if not isinstance(value, str):
        findings.add("id.type", name, f"got {quoted(value)}, need text", "put it in quotes")
    elif not _EVENT_ID.fullmatch(value):
        hint = "use 1 to 128 of A-Z a-z 0-9 . _ : -"
        findings.add("id.characters", name, f"{quoted(value)} is not an id", hint)
    elif value == JOIN_ID:
        findings.add("id.reserved", name, f'"{JOIN_ID}" is what joining itself is called', "choose another id")
