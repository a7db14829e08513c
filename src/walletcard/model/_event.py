"""What happened: a fact with an id and a time. An event is made by the class method named after it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Final, Self

from walletcard.errors import quoted
from walletcard.model._checks import Findings, as_tuple, fixed, with_article
from walletcard.model._currency import optional_amount
from walletcard.model._earning import check_metric
from walletcard.model._json import Stored, plain
from walletcard.model._reward import Reward

EVENT_KINDS: Final = (
    "close",
    "earn",
    "extend",
    "grant",
    "purchase",
    "redeem",
    "refer",
    "renew",
    "reverse",
    "visit",
)
MAX_STAMPS: Final = 1_000  # In one event; more is a slip of the finger.
MAX_NUMBER: Final = 10**12
_ITEM: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
JOIN_ID: Final = "join"
_EVENT_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Stored):
    """One event on a card.

    Attributes:
        kind: visit, purchase, earn, grant, redeem, reverse, refer, renew, extend or close.
        id: Given by the app, unique on the card: the same id again is the same event delivered twice.
            ``[A-Za-z0-9._:-]{1,128}``.
        at: When it happened, aware.
        stamps: Of a visit or a grant: how many.
        points: Of a grant: given. Of a redemption: spent.
        amount: Of a visit or purchase: paid. Of a redemption: spent from a gift voucher. Minor units.
        money: Of a grant: loaded onto a gift voucher, in minor units.
        items: Of a visit or purchase: what was bought, each piece by its name.
        metric: Of an earn: what was measured.
        quantity: Of an earn: how much.
        reward: Of a grant: the reward, or its id. Of a redemption: the id of the reward to use.
        voucher: Of a redemption or an extension: the id of the voucher.
        lot: Of an extension: the id of the lot.
        tier: Of a grant: a level held whatever was earned.
        until: Of a renewal, an extension or a granted tier: the last day.
        event: Of a reversal: the id of the event to take back. Of a referral: the friend's first paid event.
        friend: Of a referral: the friend's card.
        reason: Of a grant or a close: why, for people.
    """

    kind: str
    id: str
    at: datetime
    stamps: int = 0
    points: int = 0
    amount: int | None = None
    money: int | None = None
    items: tuple[str, ...] = ()
    metric: str | None = None
    quantity: int = 0
    reward: Reward | str | None = None
    voucher: str | None = None
    lot: str | None = None
    tier: str | None = None
    until: date | None = None
    event: str | None = None
    friend: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        findings = Findings("event")
        findings.choice("kind", self.kind, EVENT_KINDS, code="event.kind")
        _check_id(findings, "id", self.id)
        findings.moment("at", self.at)
        findings.whole("stamps", self.stamps, 0, MAX_STAMPS)
        findings.whole("points", self.points, 0, MAX_NUMBER)
        findings.whole("quantity", self.quantity, 0, MAX_NUMBER)
        optional_amount(findings, "amount", self.amount, 0, MAX_NUMBER)
        optional_amount(findings, "money", self.money, 1, MAX_NUMBER)
        if isinstance(self.reward, str):
            findings.identifier("reward", self.reward)
        elif self.reward is not None and not isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", f"got {quoted(self.reward)}, need a Reward", "or the id of one")
        for name in ("voucher", "lot", "event"):
            if getattr(self, name) is not None:
                _check_id(findings, name, getattr(self, name))
        for name in ("tier", "friend"):
            if getattr(self, name) is not None:
                findings.identifier(name, getattr(self, name))
        if self.metric is not None:
            check_metric(findings, "metric", self.metric)
        self._check_items(findings)
        self._check_kind(findings)
        if self.until is not None and (not isinstance(self.until, date) or isinstance(self.until, datetime)):
            findings.add("time.type", "until", f"got {quoted(self.until)}, need a date", "pass datetime.date(...)")
        findings.text("reason", self.reason, limit=500, empty=True)
        findings.finish()
        object.__setattr__(self, "at", fixed(self.at))

    def _check_kind(self, findings: Findings) -> None:
        """Check that the event has what its kind needs, and nothing of another kind."""
        if not isinstance(self.kind, str) or self.kind not in _SHAPES:
            return
        needs, takes = _SHAPES[self.kind]
        for name in needs:
            if getattr(self, name) is None:
                findings.add("event.missing", name, f"missing from {with_article(self.kind)}", f"give {name}=")
        for name, default in _DEFAULTS.items():
            if name not in (*needs, *takes) and getattr(self, name) != default:
                findings.add("event.surplus", name, f"means nothing to {with_article(self.kind)}", "leave it out")
        if self.kind == "redeem" and isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", "got a Reward, need its id", f'pass reward="{self.reward.id}"')
        targets = [name for name in ("voucher", "reward", "amount") if getattr(self, name) is not None]
        targets += ["points"] if self.points else []
        if self.kind == "redeem" and len(targets) > 1:
            findings.add("redeem.target", targets[1], f"{targets[0]} and {targets[1]} together", "name one target")

    def _check_items(self, findings: Findings) -> None:
        object.__setattr__(self, "items", as_tuple(self.items))
        if not isinstance(self.items, tuple):
            findings.add("items.type", "items", f"got {quoted(self.items)}, need a tuple", 'pass ("latte", ...)')
            return
        for place, item in enumerate(self.items):
            if not isinstance(item, str) or not _ITEM.fullmatch(item):
                message, hint = f"{quoted(item)} is no item", "use 1 to 64 of A-Z a-z 0-9 . _ -"
                findings.add("items.name", f"items[{place}]", message, hint)

    @classmethod
    def visit(
        cls,
        *,
        id: str,  # noqa: A002
        at: datetime,
        stamps: int = 1,
        amount: int | None = None,
        items: Iterable[str] = (),
    ) -> Self:
        """Return one session. It adds ``stamps`` (0 to 1000) where the programme has them.

        It feeds the metrics ``visit``, ``amount`` (what was paid, in minor units) and ``item:<name>``.
        """
        return cls(kind="visit", id=id, at=at, stamps=stamps, amount=amount, items=_tuple(items))

    @classmethod
    def purchase(cls, *, id: str, at: datetime, amount: int, items: Iterable[str] = ()) -> Self:  # noqa: A002
        """Return something bought: no session, no stamps of its own; feeds ``amount`` and ``item:<name>``."""
        return cls(kind="purchase", id=id, at=at, amount=amount, items=_tuple(items))

    @classmethod
    def earn(cls, *, id: str, at: datetime, metric: str, quantity: int) -> Self:  # noqa: A002
        """Return a measured quantity of anything else, such as 12 ``km``; feeds that metric alone, without limits."""
        return cls(kind="earn", id=id, at=at, metric=metric, quantity=quantity)

    @classmethod
    def grant(
        cls,
        *,
        id: str,  # noqa: A002
        at: datetime,
        stamps: int = 0,
        points: int = 0,
        money: int | None = None,
        reward: Reward | str | None = None,
        tier: str | None = None,
        until: date | None = None,
        reason: str = "",
    ) -> Self:
        """Return something given, without limits.

        Args:
            id: The event's id.
            at: When.
            stamps: 0 to 1000.
            points: Added as one lot, which lives as long as those of the programme's first earn rule, or through
                ``until``.
            money: Loaded onto a gift voucher, in minor units.
            reward: A `Reward`, or the id of one of the programme's.
            tier: A level, by its id, held through ``until`` whatever was earned.
            until: The last day of the points or the tier.
            reason: Why, for people.
        """
        return cls(
            kind="grant", id=id, at=at, stamps=stamps, points=points, money=money, reward=reward, tier=tier,
            until=until, reason=reason,
        )  # fmt: skip

    @classmethod
    def redeem(
        cls,
        *,
        id: str,  # noqa: A002
        at: datetime,
        voucher: str | None = None,
        reward: str | None = None,
        points: int | None = None,
        amount: int | None = None,
    ) -> Self:
        """Return the use of something, by one of four targets.

        Args:
            id: The event's id.
            at: When.
            voucher: A voucher, by its id.
            reward: A reward, by its id: its voucher if one is ready, else its price in points.
            points: So many points.
            amount: So much of a gift voucher's balance, in minor units.

        Without a target it is the ready voucher that expires first. What a gift voucher pays needs its amount.
        """
        findings = Findings("event")
        findings.optional_whole("points", points, 1, MAX_NUMBER)
        optional_amount(findings, "amount", amount, 1, MAX_NUMBER)
        findings.finish()
        return cls(kind="redeem", id=id, at=at, voucher=voucher, reward=reward, points=points or 0, amount=amount)

    @classmethod
    def reverse(cls, *, id: str, at: datetime, event: str) -> Self:  # noqa: A002
        """Return the taking back of an earlier event, by its id."""
        return cls(kind="reverse", id=id, at=at, event=event)

    @classmethod
    def refer(cls, *, id: str, at: datetime, friend: str, event: str) -> Self:  # noqa: A002
        """Return a friend's first paid event, for the referrer's card: `Outcome.referral` said whose it is."""
        return cls(kind="refer", id=id, at=at, friend=friend, event=event)

    @classmethod
    def renew(cls, *, id: str, at: datetime, until: date | None = None) -> Self:  # noqa: A002
        """Return the sale of a membership: from today, or on from its end, by its months or through ``until``."""
        return cls(kind="renew", id=id, at=at, until=until)

    @classmethod
    def extend(
        cls,
        *,
        id: str,  # noqa: A002
        at: datetime,
        until: date,
        lot: str | None = None,
        voucher: str | None = None,
    ) -> Self:
        """Return a longer life for a lot or a voucher, or for every lot that would end before ``until``."""
        return cls(kind="extend", id=id, at=at, until=until, lot=lot, voucher=voucher)

    @classmethod
    def close(cls, *, id: str, at: datetime, reason: str) -> Self:  # noqa: A002
        """Return the end of the card: nothing can happen to it afterwards."""
        return cls(kind="close", id=id, at=at, reason=reason)

    @property
    def paid(self) -> bool:
        """Whether money was paid: what qualifies a referral."""
        return self.kind in ("purchase", "visit") and (self.amount or 0) > 0

    def measures(self) -> dict[str, int]:
        """Return what the event feeds, by metric."""
        if self.kind == "earn":
            return {self.metric or "": self.quantity}
        found = {"visit": 1} if self.kind == "visit" else {}
        if self.amount is not None:
            found["amount"] = self.amount
        for item in self.items:
            found[f"item:{item}"] = found.get(f"item:{item}", 0) + 1
        return found

    @property
    def digest(self) -> str:
        """12 hex digits over everything but the id and the time: what tells a second delivery from another event.

        A till that sends an event again may take the time of sending; what happened is the same.
        """
        content = plain(self) | {"id": "-", "at": "-"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return blake2b(text.encode("utf-8"), digest_size=6).hexdigest()


# What each kind of event must have, and what else it may have.
_SHAPES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "visit": ((), ("stamps", "amount", "items")),
    "purchase": (("amount",), ("items",)),
    "earn": (("metric",), ("quantity",)),
    "grant": ((), ("stamps", "points", "money", "reward", "tier", "until", "reason")),
    "redeem": ((), ("voucher", "reward", "points", "amount")),
    "reverse": (("event",), ()),
    "refer": (("friend", "event"), ()),
    "renew": ((), ("until",)),
    "extend": (("until",), ("lot", "voucher")),
    "close": ((), ("reason",)),
}
_DEFAULTS: Final[Mapping[str, Any]] = {
    one.name: one.default for one in fields(Event) if one.name not in ("kind", "id", "at")
}


def _tuple(items: Iterable[str]) -> tuple[str, ...]:
    found: tuple[str, ...] = as_tuple(items)  # What is no tuple then is refused by name.
    return found


def _check_id(findings: Findings, name: str, value: object) -> None:
    if not isinstance(value, str):
        findings.add("id.type", name, f"got {quoted(value)}, need text", "put it in quotes")
    elif not _EVENT_ID.fullmatch(value):
        hint = "use 1 to 128 of A-Z a-z 0-9 . _ : -"
        findings.add("id.characters", name, f"{quoted(value)} is not an id", hint)
    elif value == JOIN_ID:
        findings.add("id.reserved", name, f'"{JOIN_ID}" is what joining itself is called', "choose another id")
