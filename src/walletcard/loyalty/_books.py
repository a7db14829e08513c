"""A card's state, open for change: its books, and what all kinds of events ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from walletcard.loyalty._activity import Activity
from walletcard.loyalty._days import day_start, local_day
from walletcard.loyalty._lots import LotBook
from walletcard.loyalty._stamps import StampLine
from walletcard.loyalty._standing import level_on
from walletcard.loyalty._vouchers import VoucherBook
from walletcard.model import Card, Entry, Event, Program, Reward, Tier

_NAMES: Final = tuple(one.name for one in fields(Card))
_SURE: Final = 10**9  # Below every limit of a card's numbers.


class Books:
    """The books of one card; private to one call of a verb, changed in place."""

    def __init__(self, program: Program, card: Card) -> None:
        self.program, self.start = program, card
        self.tz = program.tz
        self.vouchers = VoucherBook(program, card.vouchers)
        self.line = StampLine(program, card, self.vouchers)
        self.lots = LotBook(card.lots, card.owed_points)
        self.entries = {entry.id: entry for entry in card.entries}
        self.tier, self.held, self.membership = card.tier, card.held, card.membership
        self.balance, self.loaded, self.balance_to = card.balance, card.loaded, card.balance_to
        self.state = card.state
        self.used: Activity | None = None
        self.qualified_by: str | None = None

    def card(self) -> Card:
        """Return the state as a card."""
        line = self.line
        state = {
            "stamps": line.stamps,
            "cycle": line.cycle,
            "cycle_from": line.first,
            "last_stamp": line.last,
            "owed_stamps": line.owed,
            "rules": tuple(line.rules),
            "vouchers": tuple(self.vouchers),
            "lots": tuple(self.lots),
            "owed_points": self.lots.owed,
            "tier": self.tier,
            "held": self.held,
            "membership": self.membership,
            "balance": self.balance,
            "loaded": self.loaded,
            "balance_to": self.balance_to,
            "state": self.state,
            "entries": tuple(self.entries.values()),
        }
        start = self.start
        if all(getattr(start, name) == value for name, value in state.items()):
            return start
        if max(line.cycle, line.owed, self.lots.owed, self.balance, self.loaded) > _SURE:
            return replace(start, **state)  # type: ignore[arg-type]  # Numbers that large are looked at again.
        return _in_state(start, state)

    def points(self, at: datetime) -> int:
        """Return the points that can be spent at a moment, those that inactivity has ended left out."""
        return self.lots.left(local_day(at, self.tz), lapsed=self.lapsed(at))

    def level(self, at: datetime) -> Tier | None:
        """Return the tier that counts at a moment; ``None`` where the programme has none."""
        return level_on(self.program, self.tier, self.held, local_day(at, self.tz)) if self.program.tiers else None

    def reward(self, reward_id: str) -> Reward | None:
        """Return one of the programme's rewards by its id."""
        return next((one for one in self.program.rewards() if one.id == reward_id), None)

    def end_what_is_over(self, at: datetime) -> None:
        """Before something is earned, drop what had ended by then: it must not live on in the new count."""
        if self.line.over(at):
            self.forget_stamps()
        self.lots.lapse(self.lapsed(at))

    def forget_stamps(self) -> int:
        """Drop the open cycle's stamps; the events that brought them have nothing left to take back."""
        lost = self.line.expire()
        for entry, part in list(self.counting(lost)):
            counted = min(entry.stamps, part)
            rest = entry.repaid - (part - counted)
            self.entries[entry.id] = replace(entry, stamps=entry.stamps - counted, repaid=rest)
        return lost

    def counting(self, stamps: int) -> Iterator[tuple[Entry, int]]:
        """Yield the events that the newest ``stamps`` came from, with how many each."""
        for entry in reversed(self.entries.values()):
            if not stamps:
                return
            # What went to a debt is on the line again when the debt has been forgiven.
            part = min(entry.stamps + entry.repaid, stamps) if entry.reversed_by is None else 0
            if part:
                stamps -= part
                yield entry, part

    def moments(self) -> list[datetime]:
        """Return when the open cycle's stamps came; what no event brought came with joining."""
        found = list(self.counting(self.line.stamps))
        joined = [self.start.joined] if sum(part for _, part in found) < self.line.stamps else []
        return [*joined, *(entry.at for entry, _ in found)]

    def lapsed(self, at: datetime) -> datetime | None:
        """Return the moment before which points were earned that inactivity has ended by now; ``None``: none was."""
        lapse = self.program.points.lapse if self.program.points else None
        if lapse is None:
            return None
        first = local_day(at, self.tz) - timedelta(days=lapse.days)
        latest = self.activity().latest(at) or self.start.joined
        return None if local_day(latest, self.tz) >= first else day_start(first, self.tz)

    def activity(self) -> Activity:
        """Return when the card was used; read from its entries once, when it is first asked for."""
        if self.used is None:
            self.used = Activity(self.program, self.entries.values())
        return self.used

    def remember(self, event: Event, *, event_id: str | None = None, **kept: Any) -> Entry:
        """Note an applied event and its effects."""
        entry = Entry(id=event.id, at=event.at, kind=event.kind, digest=event.digest, event=event_id, **kept)
        self.entries[event.id] = entry
        return entry


def _in_state(card: Card, state: Mapping[str, Any]) -> Card:
    """Return a card with a new state that the books kept within the rules: `replace` would check its every part."""
    made = object.__new__(type(card))
    for name in _NAMES:
        object.__setattr__(made, name, state[name] if name in state else getattr(card, name))
    return made
