"""One member's state in one programme: a plain value that changes only through events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from walletcard.model._checks import Findings, fixed, require_day
from walletcard.model._earning import Expiry
from walletcard.model._ids import check_card_id
from walletcard.model._json import Stored
from walletcard.model._reward import Reward
from walletcard.model._stamps import Milestone
from walletcard.model._table import html_table
from walletcard.model._typed import Typed, find_types
from walletcard.model._whole import check_whole

CARD_STATES: Final = ("active", "closed")
_MOST_CYCLES: Final = 10**9
_PARTS: Final = (
    "balance_to", "cycle_from", "entries", "held", "last_stamp", "lots", "membership", "tier", "vouchers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher(Typed):
    """An issued right to a reward, on the terms of the day it was issued.

    Attributes:
        id: ``<event id>.<n>``: the n-th voucher of the event that issued it.
        reward: As it was then.
        valid_from: From this moment.
        valid_to: Through the end of this day in the programme's zone; ``None`` for ever.
        state: ``issued``, ``redeemed``, ``expired`` or ``revoked``.
        used: Times it was redeemed.
        origin: ``goal`` (a finished cycle), ``milestone``, ``grant``, ``catalogue`` (bought with points),
            ``monthly`` (a tier's), ``referral`` or ``welcome``.
        cycle: The cycle that earned it; ``None`` where no stamps did.
        position: The stamp that earned it, 1 to the goal; ``None`` where no stamps did.
    """

    id: str
    reward: Reward
    valid_from: datetime
    valid_to: date | None = None
    state: str = "issued"
    used: int = 0
    origin: str = "goal"
    cycle: int | None = None
    position: int | None = None

    @property
    def uses_left(self) -> int | None:
        """Uses that remain; ``None`` for any number."""
        return None if self.reward.uses is None else self.reward.uses - self.used

    def expired_on(self, day: date) -> bool:
        """Tell whether its last day lies before ``day`` (a local day of the programme)."""
        require_day(day)
        return self.valid_to is not None and day > self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Typed):
    """Points of one earning, with one life.

    Attributes:
        id: ``<event id>.<n>``.
        points: As earned.
        left: Not yet spent.
        repaid: Gone to a debt.
        earned: When.
        expires: Usable through the end of this day in the programme's zone; ``None`` for ever.
        source: What earned them: the metric, ``grant`` or ``referral``.
        state: ``open``, ``expired`` (written by settling) or ``void`` (the earning was reversed).
    """

    id: str
    points: int
    left: int
    earned: datetime
    repaid: int = 0
    expires: date | None = None
    source: str = "grant"
    state: str = "open"

    def usable_on(self, day: date) -> bool:
        """Tell whether it can be spent on a local day of the programme."""
        require_day(day)
        return self.state == "open" and self.left > 0 and (self.expires is None or day <= self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Typed):
    """A span of local days, both ends in it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        require_day(day)
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTier(Typed):
    """A tier held by grant, whatever was earned.

    Attributes:
        tier: Its id.
        until: Through the end of this day; ``None`` until another is granted.
    """

    tier: str
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether it is still held on a local day."""
        require_day(day)
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRules(Typed):
    """The rules that cycles run by, as they were when the first of them began.

    Attributes:
        since: The first cycle that they hold for, from 1.
        goal: Stamps to earn.
        reward: For reaching the goal.
        milestones: Rewards on the way.
        rollover: Whether stamps over the goal count in the next cycle.
        expires: When the stamps of an open cycle end.
    """

    since: int
    goal: int
    reward: Reward
    milestones: tuple[Milestone, ...] = ()
    rollover: bool = True
    expires: Expiry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Typed):
    """Points taken from one lot."""

    lot: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Typed):
    """The last day that a lot or voucher had before it was extended."""

    id: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Typed):
    """What the card remembers of one applied event: enough to know it again and to take it back.

    Attributes:
        id: The event's.
        at: When it happened.
        kind: The event's.
        digest: `Event.digest`.
        stamps: Stamps that it added and that count.
        repaid: Stamps that it gave to what the card owed.
        amount: What was paid.
        money: Loaded onto a gift voucher, or spent from it (below zero).
        lots: How many lots it earned.
        vouchers: How many vouchers it issued.
        taken: Points that it spent, by lot.
        voucher: The voucher that it redeemed.
        event: The event that it took back, or that qualified a referral.
        friend: The friend that it paid for, or whose referrer it told of.
        was_member: The membership before it was renewed.
        held: The tier that it granted.
        tier: The level that it brought the member up to.
        was_until: Last days before they were extended; of a load, the last day that it gave the balance.
        reversed_by: The event that took it back.
    """

    id: str
    at: datetime
    kind: str
    digest: str
    stamps: int = 0
    repaid: int = 0
    amount: int = 0
    money: int = 0
    lots: int = 0
    vouchers: int = 0
    taken: tuple[Taken, ...] = ()
    voucher: str | None = None
    event: str | None = None
    friend: str | None = None
    was_member: Period | None = None
    held: HeldTier | None = None
    tier: str | None = None
    was_until: tuple[Ended, ...] = ()
    reversed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Stored):
    """One member's card. Made by `walletcard.join`, changed by `apply` and `settle`, stored by the app as JSON.

    Attributes:
        id: Given by the app; what the member reads out. ``[A-Za-z0-9_-]{1,64}``, not starting with ``tier-``.
        program: The programme's id.
        joined: When.
        member: A display name, and nothing more personal.
        locale: The member's language, where it is not the programme's.
        stamps: In the open cycle, 0 to the goal less one.
        cycle: The open cycle, from 1.
        cycle_from: When the open cycle's first stamp came; ``None`` while it has none.
        last_stamp: When its last one came.
        owed_stamps: Taken from the next earned: a reversal came after the reward was used.
        rules: The rules of the cycles so far, oldest first; none where the programme has no stamps.
        vouchers: In the order they were issued.
        lots: Points, in the order they were earned.
        owed_points: Taken from the next earned: a reversal came after they were spent.
        tier: The level reached, by its id.
        held: A level granted whatever was reached.
        membership: Its first and last day.
        balance: Money on a gift voucher, in minor units.
        loaded: Money ever loaded onto it.
        balance_to: The last day of that money; ``None`` for ever.
        referred_by: The card of who brought this member.
        referral_code: What this member gives to friends.
        sender: Who gave the gift voucher.
        message: What they wrote on it.
        state: ``active`` or ``closed``.
        entries: One for each applied event, in the order of applying.
    """

    id: str
    program: str
    joined: datetime
    member: str | None = None
    locale: str | None = None
    stamps: int = 0
    cycle: int = 1
    cycle_from: datetime | None = None
    last_stamp: datetime | None = None
    owed_stamps: int = 0
    rules: tuple[CycleRules, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    lots: tuple[Lot, ...] = ()
    owed_points: int = 0
    tier: str | None = None
    held: HeldTier | None = None
    membership: Period | None = None
    balance: int = 0
    loaded: int = 0
    balance_to: date | None = None
    referred_by: str | None = None
    referral_code: str | None = None
    sender: str | None = None
    message: str | None = None
    state: str = "active"
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        findings = Findings("card")
        check_card_id(findings, "id", self.id)
        findings.identifier("program", self.program)
        findings.moment("joined", self.joined)
        for name, limit in (("member", 64), ("sender", 64), ("message", 500)):
            if getattr(self, name) is not None:
                findings.text(name, getattr(self, name), limit=limit, lines=name == "message")
        for name in ("referred_by", "referral_code"):
            if getattr(self, name) is not None:
                findings.identifier(name, getattr(self, name))
        if self.referred_by == self.id:
            findings.add("referral.self", "referred_by", "the card itself", "name the card of who brought this member")
        if self.locale is not None:
            findings.locale("locale", self.locale)
        findings.whole("cycle", self.cycle, 1, 10**9)
        for name in ("owed_stamps", "owed_points", "balance", "loaded"):
            findings.whole(name, getattr(self, name), 0, 10**12)
        findings.choice("state", self.state, CARD_STATES, code="card.state")
        find_types(findings, self, *_PARTS)
        if findings.entries("rules", self.rules, CycleRules):
            findings.whole("stamps", self.stamps, 0, self.goal - 1 if self.rules else 0, code="card.stamps")
        findings.finish()
        object.__setattr__(self, "joined", fixed(self.joined))

    def _check_read(self) -> None:
        check_whole(self)

    def rules_of(self, cycle: int) -> CycleRules:
        """Return the rules that ``cycle`` began with.

        Raises:
            InvalidCardError: The card has no such cycle.
        """
        if not (self.rules and type(cycle) is int and 1 <= cycle <= _MOST_CYCLES):
            findings = Findings("card")
            if findings.whole("cycle", cycle, 1, _MOST_CYCLES):
                findings.add("card.rules", "cycle", "the card has no stamps", "ask a card of a programme with stamps")
            findings.finish()
        return next(rules for rules in reversed(self.rules) if rules.since <= cycle)

    @property
    def goal(self) -> int:
        """Stamps to earn in the open cycle; 0 where the programme has no stamps."""
        return self.rules[-1].goal if self.rules else 0

    def points_on(self, day: date) -> int:
        """Return the points that can be spent on a local day of the programme."""
        require_day(day)
        return sum(lot.left for lot in self.lots if lot.usable_on(day))

    def _repr_html_(self) -> str:
        rows = {
            "card": self.id,
            "programme": self.program,
            "member": self.member or "-",
            "stamps": f"{self.stamps} / {self.goal}, cycle {self.cycle}" if self.rules else "-",
            "points": str(sum(lot.left for lot in self.lots if lot.state == "open")) if self.lots else "-",
            "tier": self.tier or "-",
            "membership": f"{self.membership.first} to {self.membership.last}" if self.membership else "-",
            "balance": str(self.balance) if self.loaded else "-",
            "vouchers": ", ".join(f"{one.reward.id} ({one.state})" for one in self.vouchers) or "-",
            "events": str(len(self.entries)),
            "state": self.state,
        }
        return html_table({name: value for name, value in rows.items() if value != "-"})
