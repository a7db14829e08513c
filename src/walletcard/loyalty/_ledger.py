"""The one state machine: a card being changed by events.

A ledger is private to one call of a verb: made from a card, changed in place, read back into a new card. Stamps are
a line of numbers: the goals of the finished cycles, then the stamps of the open one. Earning walks up the line, a
reversal walks down it, and every voucher that stamps earned has its place on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from walletcard.loyalty._days import local_day
from walletcard.loyalty._facts import Facts, refused
from walletcard.loyalty._limits import EarningTimes
from walletcard.model import Card, CycleRules, Entry, Event, Program, Reward, Voucher

_EARNING: Final = frozenset({"visit"})
_FINAL: Final = frozenset({"close", "reverse"})
_SPENT: Final = {"expired": "voucher_expired", "redeemed": "already_redeemed", "revoked": "voucher_revoked"}


class Ledger:
    """A card's state, open for change."""

    def __init__(self, program: Program, card: Card) -> None:
        self._program, self._card = program, card
        self._stamps, self._cycle, self._owed = card.stamps, card.cycle, card.owed_stamps
        self._rules = list(card.rules)
        self._vouchers = {voucher.id: voucher for voucher in card.vouchers}
        self._entries = {entry.id: entry for entry in card.entries}
        self._state = card.state
        self._earning: EarningTimes | None = None

    def card(self) -> Card:
        """Return the state as a card."""
        return replace(
            self._card,
            stamps=self._stamps,
            cycle=self._cycle,
            owed_stamps=self._owed,
            rules=tuple(self._rules),
            vouchers=tuple(self._vouchers.values()),
            state=self._state,
            entries=tuple(self._entries.values()),
        )

    def apply(self, event: Event) -> Facts:
        """Take one event in, or say why not; a refused one leaves no trace."""
        known = self._entries.get(event.id)
        if known is not None:
            return Facts(status="duplicate", conflict=known.digest != event.digest)
        if self._state == "closed":
            return refused("card_closed")
        return _ACTIONS[event.kind](self, event)

    # Earning

    def _visit(self, event: Event) -> Facts:
        least = self._program.limits.min_purchase
        if least is not None and (event.amount is None or event.amount < least):
            return refused("min_purchase")
        times = self._earning_times()
        held = times.held(event.at)
        if held is not None:
            return held
        facts = self.earn(event.id, event.at, event.stamps)
        times.add(event.at)
        self._remember(event, stamps=facts.earned, repaid=facts.repaid)
        return facts

    def _earning_times(self) -> EarningTimes:
        if self._earning is None:
            counted = (e.at for e in self._entries.values() if e.kind in _EARNING and e.reversed_by is None)
            self._earning = EarningTimes(self._program, counted)
        return self._earning

    def _grant(self, event: Event) -> Facts:
        reward = self._reward(event.reward) if isinstance(event.reward, str) else event.reward
        if event.reward is not None and reward is None:
            return refused("unknown_reward")
        facts = self.earn(event.id, event.at, event.stamps)
        if reward is not None:
            voucher = self._issue(event.id, len(facts.issued) + 1, reward, event.at)
            facts = replace(facts, issued=(*facts.issued, voucher))
        self._remember(event, stamps=facts.earned, repaid=facts.repaid)
        return facts

    def earn(self, event_id: str, at: datetime, stamps: int) -> Facts:
        """Walk up the line: pay what is owed, then fill cycles, issuing what each step reaches."""
        repaid = min(self._owed, stamps)
        self._owed -= repaid
        left, counted = stamps - repaid, 0
        issued: list[Voucher] = []
        while left:
            rules, before = self._rules[-1], self._stamps
            step = min(left, rules.goal - before)
            self._stamps, left, counted = before + step, left - step, counted + step
            for milestone in rules.milestones:
                if before < milestone.at <= self._stamps and not self._has_milestone(milestone.at):
                    issued.append(self._issue(event_id, len(issued) + 1, milestone.reward, at, milestone.at))
            if self._stamps == rules.goal:
                issued.append(self._issue(event_id, len(issued) + 1, rules.reward, at, rules.goal, final=True))
                self._begin_cycle()
                if not rules.rollover:
                    break
        return Facts(earned=counted, repaid=repaid, issued=tuple(issued))

    def _begin_cycle(self) -> None:
        """Start the next cycle by the programme of today; the rules are kept only where they differ."""
        self._cycle, self._stamps = self._cycle + 1, 0
        fresh = cycle_rules(self._program, since=self._cycle)
        if replace(fresh, since=self._rules[-1].since) != self._rules[-1]:
            self._rules.append(fresh)

    def _has_milestone(self, position: int) -> bool:
        return any(
            voucher.cycle == self._cycle and voucher.position == position and voucher.origin == "milestone"
            for voucher in self._earned_backwards(until=self._cycle)
        )

    def _earned_backwards(self, *, until: int) -> Iterator[Voucher]:
        """Yield the vouchers that stamps earned and that stand, newest first, down to a cycle."""
        for voucher in reversed(self._vouchers.values()):
            if voucher.cycle is not None and voucher.state != "revoked":
                if voucher.cycle < until:
                    return
                yield voucher

    def _issue(
        self,
        event_id: str,
        count: int,
        reward: Reward,
        at: datetime,
        position: int | None = None,
        *,
        final: bool = False,
    ) -> Voucher:
        last = None
        if reward.valid_days is not None:
            last = local_day(at, self._program.tz) + timedelta(days=reward.valid_days)
        voucher = Voucher(
            id=f"{event_id}.{count}",
            reward=reward,
            valid_from=at,
            valid_to=last,
            origin="grant" if position is None else "goal" if final else "milestone",
            cycle=None if position is None else self._cycle,
            position=position,
        )
        self._vouchers[voucher.id] = voucher
        return voucher

    # Redeeming

    def _redeem(self, event: Event) -> Facts:
        found = self._chosen(event)
        if isinstance(found, str):
            return refused(found)
        used = replace(found, used=found.used + 1)
        if used.uses_left == 0:
            used = replace(used, state="redeemed")
        self._vouchers[used.id] = used
        self._remember(event, voucher=used.id)
        return Facts(redeemed=used)

    def _chosen(self, event: Event) -> Voucher | str:
        """Return the voucher that the event means, or the reason why there is none."""
        if event.voucher is not None:
            voucher = self._vouchers.get(event.voucher)
            return "unknown_voucher" if voucher is None else self._unusable(voucher, event.at) or voucher
        wanted = [one for one in self._vouchers.values() if event.reward in (None, one.reward.id)]
        ready = [one for one in wanted if self._unusable(one, event.at) is None]
        if ready:
            return min(ready, key=lambda one: (one.valid_to or date.max, one.valid_from, one.id))
        if not isinstance(event.reward, str):
            return "no_voucher"
        if wanted:
            return self._unusable(wanted[-1], event.at) or "no_voucher"
        return "unknown_reward" if self._reward(event.reward) is None else "no_voucher"

    def _unusable(self, voucher: Voucher, at: datetime) -> str | None:
        """Return why a voucher cannot be used at a moment. Its window is judged here; settle writes its end."""
        if voucher.state != "issued":
            return _SPENT[voucher.state]
        if at < voucher.valid_from:
            return "voucher_not_yet"
        return "voucher_expired" if voucher.expired_on(local_day(at, self._program.tz)) else None

    def _reward(self, reward_id: str) -> Reward | None:
        stamps = self._program.stamps
        known = (stamps.reward, *(one.reward for one in stamps.milestones)) if stamps else ()
        return next((one for one in known if one.id == reward_id), None)

    # Reversing

    def _reverse(self, event: Event) -> Facts:
        target = self._entries.get(event.event or "")
        if target is None:
            return refused("unknown_event")
        if target.kind in _FINAL:
            return refused("not_reversible")
        if target.reversed_by is not None:
            return refused("already_reversed")
        facts = self._give_back(target) if target.kind == "redeem" else self._take_back(target)
        self._entries[target.id] = replace(target, reversed_by=event.id)
        self._remember(event, reversed_event=target.id)
        return facts

    def _give_back(self, target: Entry) -> Facts:
        voucher = self._vouchers[target.voucher or ""]
        returned = replace(voucher, used=voucher.used - 1, state="issued")
        self._vouchers[returned.id] = returned
        return Facts(redeemed=returned)

    def _take_back(self, target: Entry) -> Facts:
        if target.kind in _EARNING and self._earning is not None:
            self._earning.remove(target.at)
        self._owed += target.repaid
        missing = target.stamps
        while missing > self._stamps and self._may_reopen():
            missing -= self._stamps
            self._reopen()
        taken = min(missing, self._stamps)
        self._stamps -= taken
        self._owed += missing - taken
        return Facts(earned=-target.stamps, repaid=-target.repaid, revoked=self._revoke(target))

    def _may_reopen(self) -> bool:
        """Tell whether the cycle before can be open again: not once its reward was used."""
        before = self._cycle - 1
        finals = (one for one in self._earned_backwards(until=before) if one.cycle == before and one.origin == "goal")
        return before > 0 and not any(one.used for one in finals)

    def _reopen(self) -> None:
        self._cycle -= 1
        while self._rules[-1].since > self._cycle:
            self._rules.pop()
        self._stamps = self._rules[-1].goal

    def _revoke(self, target: Entry) -> tuple[Voucher, ...]:
        """Revoke, newest first, what the line no longer reaches, and what the event itself gave."""
        here = (self._cycle, self._stamps)
        lost = [one for one in self._earned_backwards(until=self._cycle) if (one.cycle, one.position) > here]
        last = self._vouchers.get(f"{target.id}.{self._issued_by(target.id)}")
        if last is not None and last.origin == "grant":
            lost.insert(0, last)
        revoked = tuple(replace(one, state="revoked") for one in lost if not one.used)
        self._vouchers.update((one.id, one) for one in revoked)
        return revoked

    def _issued_by(self, event_id: str) -> int:
        """Count the vouchers of an event; what it gave outright is the last of them."""
        count = 0
        while f"{event_id}.{count + 1}" in self._vouchers:
            count += 1
        return count

    # Closing, expiring, remembering

    def _close(self, event: Event) -> Facts:
        self._state = "closed"
        self._remember(event)
        return Facts()

    def expire(self, day: date) -> tuple[Voucher, ...]:
        """Write the end of every voucher whose last day lies before ``day``."""
        over = [one for one in self._vouchers.values() if one.state == "issued" and one.expired_on(day)]
        expired = tuple(replace(one, state="expired") for one in over)
        self._vouchers.update((one.id, one) for one in expired)
        return expired

    def _remember(
        self,
        event: Event,
        *,
        stamps: int = 0,
        repaid: int = 0,
        voucher: str | None = None,
        reversed_event: str | None = None,
    ) -> None:
        self._entries[event.id] = Entry(
            id=event.id,
            at=event.at,
            kind=event.kind,
            digest=event.digest,
            stamps=stamps,
            repaid=repaid,
            voucher=voucher,
            event=reversed_event,
        )


_ACTIONS: Final[Mapping[str, Callable[[Ledger, Event], Facts]]] = {
    "close": Ledger._close,
    "grant": Ledger._grant,
    "redeem": Ledger._redeem,
    "reverse": Ledger._reverse,
    "visit": Ledger._visit,
}


def cycle_rules(program: Program, *, since: int) -> CycleRules:
    """Return the rules that a cycle begins with: a snapshot of the programme's."""
    stamps = program.stamps
    assert stamps is not None, "a Program has stamps"  # noqa: S101  # Program refuses to be made without
    return CycleRules(
        since=since,
        goal=stamps.goal,
        reward=stamps.reward,
        milestones=stamps.milestones,
        rollover=stamps.rollover,
    )
