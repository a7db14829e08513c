"""The stamps of one card, open for change.

Stamps are a line of numbers: the goals of the finished cycles, then the stamps of the open one. Earning walks up the
line, a reversal walks down it, and every voucher that stamps earned has its place on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from walletcard.loyalty._days import local_day
from walletcard.loyalty._vouchers import VoucherBook
from walletcard.model import Card, CycleRules, Program, Reward, Voucher

_Place = tuple[int, int, bool]


class Earned(NamedTuple):
    """What stamps did: those that count, those that paid a debt, and the vouchers they reached."""

    counted: int
    repaid: int
    issued: tuple[Voucher, ...]


class StampLine:
    """Where a card stands on its line of stamps."""

    def __init__(self, program: Program, card: Card, vouchers: VoucherBook) -> None:
        self._program, self._vouchers = program, vouchers
        self.stamps, self.cycle, self.owed = card.stamps, card.cycle, card.owed_stamps
        self.rules = list(card.rules)
        self.first, self.last = card.cycle_from, card.last_stamp
        # Vouchers that stamps earned and that stand, by their place on the line: cycle, position, and whether final.
        self._places = {_place(one): one.id for one in vouchers if one.cycle is not None and one.state != "revoked"}

    def earn(self, event_id: str, at: datetime, stamps: int) -> Earned:
        """Walk up the line: pay what is owed, then fill cycles, issuing what each step reaches."""
        if not self.rules:
            self.rules = [cycle_rules(self._program, since=self.cycle)]
        if self._came_too_late(at):
            return Earned(0, 0, ())
        repaid = min(self.owed, stamps)
        self.owed -= repaid
        left, counted = stamps - repaid, 0
        issued: list[Voucher] = []
        while left:
            rules, before = self.rules[-1], self.stamps
            step = min(left, rules.goal - before)
            self.stamps, left, counted = before + step, left - step, counted + step
            self._note_time(at)
            for milestone in rules.milestones:
                if before < milestone.at <= self.stamps:
                    issued += self._issue(event_id, milestone.reward, at, milestone.at, final=False)
            if self.stamps == rules.goal:
                issued += self._issue(event_id, rules.reward, at, rules.goal, final=True)
                self._begin_cycle()
                if not rules.rollover:
                    break
        return Earned(counted, repaid, tuple(issued))

    def _came_too_late(self, at: datetime) -> bool:
        """Tell whether stamps of a late event had ended before the open cycle's first one came."""
        expires = self.rules[-1].expires
        if expires is None or self.first is None:
            return False
        tz = self._program.tz
        return local_day(at, tz) + timedelta(days=expires.days) < local_day(self.first, tz)

    def _note_time(self, at: datetime) -> None:
        if self.can_expire:
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)

    def _begin_cycle(self) -> None:
        """Start the next cycle by the programme of today; the rules are kept only where they differ."""
        self.cycle, self.stamps, self.first, self.last = self.cycle + 1, 0, None, None
        if self._program.stamps is not None:
            fresh = cycle_rules(self._program, since=self.cycle)
            if replace(fresh, since=self.rules[-1].since) != self.rules[-1]:
                self.rules.append(fresh)

    def _issue(self, event_id: str, reward: Reward, at: datetime, position: int, *, final: bool) -> list[Voucher]:
        """Issue the voucher of a place on the line, unless the place has one: it was used before a reversal."""
        if (self.cycle, position, final) in self._places:
            return []
        origin = "goal" if final else "milestone"
        voucher = self._vouchers.issue(event_id, reward, at, origin, cycle=self.cycle, position=position)
        self._places[_place(voucher)] = voucher.id
        return [voucher]

    def take_back(self, stamps: int, given: Iterable[Voucher]) -> tuple[Voucher, ...]:
        """Walk down the line by what an event had given, to the debt or to the card.

        Args:
            stamps: What it had given.
            given: The vouchers that it issued.

        Returns:
            The vouchers that the line no longer reaches, revoked, newest first.
        """
        self.owed += stamps
        return self.pay(given)

    def pay(self, unearned: Iterable[Voucher] = ()) -> tuple[Voucher, ...]:
        """Pay what is owed from the stamps held, reopening cycles whose reward was not used; see `take_back`.

        Args:
            unearned: Vouchers that only the line can keep now.
        """
        top = (self.cycle, self.stamps, True)
        while self.owed > self.stamps and self._may_reopen():
            self.owed -= self.stamps
            self._reopen()
        paid = min(self.owed, self.stamps)
        self.owed, self.stamps = self.owed - paid, self.stamps - paid
        # A milestone past the top was reached by stamps that have expired since, and stays: expiry takes no voucher.
        here, also = (self.cycle, self.stamps, True), {one.id for one in unearned}
        ahead = [place for place in self._places if place > here]
        lost = (one for one in ahead if one <= top or one[0] > self.cycle or self._places[one] in also)
        return self._revoke(sorted(lost, reverse=True))

    def _may_reopen(self) -> bool:
        """Tell whether the cycle before can be open again: not once its reward was used."""
        before = self.cycle - 1
        if not before:
            return False
        goal = next(rules.goal for rules in reversed(self.rules) if rules.since <= before)
        final = self._voucher_at((before, goal, True))
        return final is None or not final.used

    def _voucher_at(self, place: _Place) -> Voucher | None:
        return self._vouchers.get(self._places.get(place, ""))

    def _reopen(self) -> None:
        self.cycle -= 1
        while self.rules[-1].since > self.cycle:
            self.rules.pop()
        self.stamps = self.rules[-1].goal

    def _revoke(self, places: Iterable[_Place]) -> tuple[Voucher, ...]:
        """Revoke the vouchers of places out of reach; used ones stay."""
        lost = (self._voucher_at(place) for place in places)
        revoked = self._vouchers.revoke([one for one in lost if one is not None])
        for one in revoked:
            del self._places[_place(one)]
        return revoked

    @property
    def can_expire(self) -> bool:
        """Whether the open cycle's stamps can end unused."""
        return bool(self.rules) and self.rules[-1].expires is not None

    def times(self, moments: list[datetime]) -> None:
        """Set when the open cycle's stamps came, after a reversal."""
        self.first, self.last = (min(moments), max(moments)) if moments else (None, None)

    def over(self, at: datetime) -> bool:
        """Tell whether the open cycle's stamps have ended by a moment."""
        if not self.rules or self.rules[-1].expires is None:
            return False
        expires = self.rules[-1].expires
        start = self.first if expires.kind == "cycle" else self.last
        tz = self._program.tz
        return start is not None and local_day(at, tz) > local_day(start, tz) + timedelta(days=expires.days)

    def expire(self) -> int:
        """Drop the open cycle's stamps; return how many."""
        lost, self.stamps, self.first, self.last = self.stamps, 0, None, None
        return lost


def _place(voucher: Voucher) -> _Place:
    return voucher.cycle or 0, voucher.position or 0, voucher.origin == "goal"


def cycle_rules(program: Program, *, since: int) -> CycleRules:
    """Return the rules that a cycle begins with: a snapshot of the programme's."""
    stamps = program.stamps
    assert stamps is not None, "only a programme with stamps has cycles"  # noqa: S101  # The callers ask first.
    return CycleRules(
        since=since,
        goal=stamps.goal,
        reward=stamps.reward,
        milestones=stamps.milestones,
        rollover=stamps.rollover,
        expires=stamps.expires,
    )


def first_rules(program: Program) -> tuple[CycleRules, ...]:
    """Return the rules of a new card's first cycle; none where the programme has no stamps."""
    return () if program.stamps is None else (cycle_rules(program, since=1),)
