"""One member's state in one programme: a plain value that changes only through events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from walletcard.model._checks import Findings
from walletcard.model._face import check_card_id
from walletcard.model._json import Stored
from walletcard.model._program import Milestone, Reward

VOUCHER_STATES: Final = ("expired", "issued", "redeemed", "revoked")
ORIGINS: Final = ("goal", "grant", "milestone")
CARD_STATES: Final = ("active", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """An issued right to a reward, on the terms of the day it was issued.

    Attributes:
        id: ``<event id>.<n>``: the n-th voucher of the event that issued it.
        reward: As it was then.
        valid_from: From this moment.
        valid_to: Through the end of this day in the programme's zone; ``None`` for ever.
        state: ``issued``, ``redeemed``, ``expired`` or ``revoked``.
        used: Times it was redeemed.
        origin: ``goal`` (a finished cycle), ``milestone`` or ``grant``.
        cycle: The cycle that earned it; ``None`` for a grant.
        position: The stamp that earned it, 1 to the goal; ``None`` for a grant.
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

    def __post_init__(self) -> None:
        if self.state not in VOUCHER_STATES or self.origin not in ORIGINS:
            findings = Findings("voucher")
            findings.choice("state", self.state, VOUCHER_STATES, code="voucher.state")
            findings.choice("origin", self.origin, ORIGINS, code="voucher.origin")
            findings.finish()

    @property
    def uses_left(self) -> int | None:
        """Uses that remain; ``None`` for any number."""
        return None if self.reward.uses is None else self.reward.uses - self.used

    def expired_on(self, day: date) -> bool:
        """Tell whether its last day lies before ``day`` (a local day of the programme)."""
        return self.valid_to is not None and day > self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRules:
    """The rules that cycles run by, as they were when the first of them began.

    Attributes:
        since: The first cycle that they hold for, from 1.
        goal: Stamps to earn.
        reward: For reaching the goal.
        milestones: Rewards on the way.
        rollover: Whether stamps over the goal count in the next cycle.
    """

    since: int
    goal: int
    reward: Reward
    milestones: tuple[Milestone, ...] = ()
    rollover: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the card remembers of one applied event: enough to know it again and to take it back.

    Attributes:
        id: The event's.
        at: When it happened.
        kind: The event's.
        digest: `Event.digest`.
        stamps: Stamps that it added and that count.
        repaid: Stamps that it gave to what the card owed.
        voucher: The voucher that it redeemed.
        event: The event that it took back.
        reversed_by: The event that took it back.
    """

    id: str
    at: datetime
    kind: str
    digest: str
    stamps: int = 0
    repaid: int = 0
    voucher: str | None = None
    event: str | None = None
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
        owed_stamps: Taken from the next earned: a reversal came after the reward was used.
        rules: The rules of the cycles so far, oldest first.
        vouchers: In the order they were issued.
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
    owed_stamps: int = 0
    rules: tuple[CycleRules, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    state: str = "active"
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        findings = Findings("card")
        check_card_id(findings, "id", self.id)
        findings.identifier("program", self.program)
        findings.moment("joined", self.joined)
        if self.member is not None:
            findings.text("member", self.member, limit=64)
        if self.locale is not None:
            findings.locale("locale", self.locale)
        findings.whole("cycle", self.cycle, 1, 10**9)
        findings.whole("owed_stamps", self.owed_stamps, 0, 10**9)
        findings.choice("state", self.state, CARD_STATES, code="card.state")
        if not self.rules:
            findings.add("card.rules", "rules", "no rules of a cycle", "make cards with walletcard.join")
        else:
            findings.whole("stamps", self.stamps, 0, self.rules[-1].goal - 1, code="card.stamps")
        findings.finish()

    def rules_of(self, cycle: int) -> CycleRules:
        """Return the rules that ``cycle`` began with."""
        return next(rules for rules in reversed(self.rules) if rules.since <= cycle)

    @property
    def goal(self) -> int:
        """Stamps to earn in the open cycle."""
        return self.rules[-1].goal

    def _repr_html_(self) -> str:
        rows = {
            "card": self.id,
            "programme": self.program,
            "member": self.member or "-",
            "stamps": f"{self.stamps} / {self.goal}, cycle {self.cycle}",
            "vouchers": ", ".join(f"{one.reward.id} ({one.state})" for one in self.vouchers) or "-",
            "events": str(len(self.entries)),
            "state": self.state,
        }
        return html_table(rows)


def html_table(rows: dict[str, str]) -> str:
    """Return a small two-column table for a notebook."""
    from html import escape  # Only a notebook needs it, and its tables of entities are slow to load.

    lines = (f"<tr><th style='text-align:left'>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows.items())
    return f"<table>{''.join(lines)}</table>"
