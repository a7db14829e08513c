"""The one state machine: a card being changed by events.

A ledger is private to one call of a verb: made from a card, changed in place, read back into a new card. It knows
what each kind of event does; stamps, points, vouchers and activity keep their own books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from walletcard.loyalty._activity import EARNING, Activity
from walletcard.loyalty._days import day_start, last_day, local_day
from walletcard.loyalty._facts import Facts, Settled, refused
from walletcard.loyalty._lots import LotBook
from walletcard.loyalty._stamps import StampLine
from walletcard.loyalty._standing import best_tier, level_on, perk_end, perk_id, rank, renewed
from walletcard.loyalty._vouchers import VoucherBook
from walletcard.model import Card, Ended, Entry, Event, HeldTier, Program, Reward, Tier, Voucher

_FINAL: Final = frozenset({"close", "reverse"})


class Ledger:
    """A card's state, open for change."""

    def __init__(self, program: Program, card: Card) -> None:
        self._program, self._card = program, card
        self._tz = program.tz
        self._vouchers = VoucherBook(program, card.vouchers)
        self._line = StampLine(program, card, self._vouchers)
        self._lots = LotBook(card.lots, card.owed_points)
        self._entries = {entry.id: entry for entry in card.entries}
        self._tier, self._held, self._membership = card.tier, card.held, card.membership
        self._balance, self._loaded, self._balance_to = card.balance, card.loaded, card.balance_to
        self._state = card.state
        self._used: Activity | None = None
        self._qualified: bool | None = None

    def card(self) -> Card:
        """Return the state as a card."""
        line = self._line
        return replace(
            self._card,
            stamps=line.stamps,
            cycle=line.cycle,
            cycle_from=line.first,
            last_stamp=line.last,
            owed_stamps=line.owed,
            rules=tuple(line.rules),
            vouchers=tuple(self._vouchers),
            lots=tuple(self._lots),
            owed_points=self._lots.owed,
            tier=self._tier,
            held=self._held,
            membership=self._membership,
            balance=self._balance,
            loaded=self._loaded,
            balance_to=self._balance_to,
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
        before = self._level(event.at)
        perk = self._add_perk(event.at) if event.kind == "redeem" else None
        facts = _ACTIONS[event.kind](self, event)
        if facts.status == "refused":
            if perk is not None:
                self._vouchers.drop(perk.id)
            return facts
        return self._stood(event, facts if perk is None else replace(facts, issued=(perk, *facts.issued)), before)

    def settle(self, at: datetime) -> Settled:
        """Write off everything that has ended by a moment, and give what the month brings."""
        day = local_day(at, self._tz)
        before = self._level(at)
        vouchers, points, stamps = self._vouchers.expire(day), self._lots.expire(day), 0
        if self._lapsed(at):
            points += self._lots.lapse()
        if self._line.over(at):
            stamps = self._forget_stamps()
        if self._held is not None and not self._held.holds(day):
            self._held = None
        if self._membership is not None and self._membership.last < day:
            self._membership = None
        self._demote(day)
        perk = self._add_perk(at) if self._state == "active" else None
        after = self._level(at)
        return Settled(
            vouchers=vouchers,
            points=points,
            stamps=stamps,
            issued=() if perk is None else (perk,),
            tier=after.id if after is not None and after != before else None,
        )

    def open(self, event_id: str, at: datetime) -> None:
        """Give a new card what joining brings: stamps, a welcome, the first tier."""
        stamps = self._program.stamps
        if stamps is not None and stamps.join_stamps:
            self._line.earn(event_id, at, stamps.join_stamps)
        if self._program.welcome is not None:
            self._vouchers.issue(event_id, self._program.welcome, at, "welcome")
        if self._program.tiers:
            self._tier = self._program.tiers[0].id
            self._add_perk(at)

    # Earning

    def _use(self, event: Event) -> Facts:
        """Take a visit or a purchase."""
        least = self._program.limits.min_purchase
        if least is not None and (event.amount or 0) < least:
            return refused("min_purchase")
        held = self._activity().held(event.at)
        if held is not None:
            return held
        self._end_what_is_over(event.at)
        facts, kept = self._feed(event)
        friend = self._card.referred_by if event.paid and not self._has_qualified() else None
        if friend is not None and self._program.referral is not None:
            facts, kept = self._pay_side(event, self._program.referral.newcomer, facts, kept)
            facts = replace(facts, referral=(friend, event.id))
            kept["friend"] = friend
            self._qualified = True
        self._activity().add(self._remember(event, amount=event.amount or 0, **kept))
        return facts

    def _earn(self, event: Event) -> Facts:
        self._end_what_is_over(event.at)
        facts, kept = self._feed(event)
        self._remember(event, **kept)
        return facts

    def _feed(self, event: Event) -> tuple[Facts, dict[str, Any]]:
        """Let every earn rule have what the event measures; return the facts, and what to remember."""
        stamps, points = self._program.stamps, self._program.points
        measures = event.measures()
        count = event.stamps
        for stamp_rule in stamps.earn if stamps else ():
            count += stamp_rule.gives(measures.get(stamp_rule.metric, 0))
        line = self._line.earn(event.id, event.at, count) if stamps else None
        earned = repaid = lots = 0
        day = local_day(event.at, self._tz)
        for rule in points.earn if points else ():
            gained = rule.gives(measures.get(rule.metric, 0))
            if gained:
                lots += 1
                expires = last_day(day, months=rule.valid_months, days=rule.valid_days)
                repaid += self._lots.earn(f"{event.id}.{lots}", gained, event.at, expires=expires, source=rule.metric)
                earned += gained
        facts = Facts(points=earned - repaid, points_repaid=repaid)
        kept: dict[str, Any] = {"lots": lots}
        if line is not None:
            facts = replace(facts, stamps=line.counted, repaid=line.repaid, issued=line.issued)
            kept |= {"stamps": line.counted, "repaid": line.repaid, "vouchers": len(line.issued)}
        return facts, kept

    def _pay_side(
        self, event: Event, side: int | Reward, facts: Facts, kept: dict[str, Any]
    ) -> tuple[Facts, dict[str, Any]]:
        """Give one side of a referral: a voucher, or points with a life of their own."""
        referral = self._program.referral
        if isinstance(side, Reward):
            voucher = self._vouchers.issue(event.id, side, event.at, "referral")
            return replace(facts, issued=(*facts.issued, voucher)), {**kept, "vouchers": kept.get("vouchers", 0) + 1}
        if not side or referral is None:
            return facts, kept
        lots = kept.get("lots", 0) + 1
        day = local_day(event.at, self._tz)
        expires = last_day(day, months=referral.valid_months, days=referral.valid_days)
        repaid = self._lots.earn(f"{event.id}.{lots}", side, event.at, expires=expires, source="referral")
        points = facts.points + side - repaid
        return replace(facts, points=points, points_repaid=facts.points_repaid + repaid), {**kept, "lots": lots}

    def _has_qualified(self) -> bool:
        """Tell whether a paid event that stands has paid for the friend who brought this member."""
        if self._qualified is None:
            self._qualified = any(self._qualifying_entries())
        return self._qualified

    def _qualifying_entries(self) -> Iterator[Entry]:
        for entry in self._entries.values():
            if entry.friend is not None and entry.kind in EARNING and entry.reversed_by is None:
                yield entry

    def _refer(self, event: Event) -> Facts:
        referral = self._program.referral
        if referral is None:
            return refused("no_referral")
        if event.friend == self._card.id:
            return refused("own_referral")
        standing = [one for one in self._entries.values() if one.kind == "refer" and one.reversed_by is None]
        if any(one.friend == event.friend for one in standing):
            return refused("already_referred")
        month = local_day(event.at, self._tz).replace(day=1)
        paid = sum(1 for one in standing if local_day(one.at, self._tz).replace(day=1) == month)
        if referral.cap_per_month is not None and paid >= referral.cap_per_month:
            return refused("referral_cap")
        facts, kept = self._pay_side(event, referral.referrer, Facts(), {})
        self._remember(event, friend=event.friend, event_id=event.event, **kept)
        return facts

    # Giving

    def _grant(self, event: Event) -> Facts:
        reward = self._reward(event.reward) if isinstance(event.reward, str) else event.reward
        missing = {
            "unknown_reward": event.reward is not None and reward is None,
            "no_points": event.points and self._program.points is None,
            "no_balance": event.money is not None and self._program.gift is None,
            "unknown_tier": event.tier is not None and self._program.tier(event.tier) is None,
        }
        for reason, holds in missing.items():
            if holds:
                return refused(reason)
        self._end_what_is_over(event.at)
        facts = Facts()
        kept: dict[str, Any] = {}
        if self._program.stamps is not None:
            line = self._line.earn(event.id, event.at, event.stamps)
            facts = Facts(stamps=line.counted, repaid=line.repaid, issued=line.issued)
            kept = {"stamps": line.counted, "repaid": line.repaid, "vouchers": len(line.issued)}
        if event.points:
            repaid = self._give_points(event)
            facts = replace(facts, points=event.points - repaid, points_repaid=repaid)
            kept["lots"] = 1
        if reward is not None:
            voucher = self._vouchers.issue(event.id, reward, event.at, "grant")
            facts = replace(facts, issued=(*facts.issued, voucher))
            kept["vouchers"] = kept.get("vouchers", 0) + 1
        if event.money is not None:
            kept |= self._load(event)
            facts = replace(facts, money=event.money)
        if event.tier is not None:
            kept["was_held"], kept["held"] = self._held, HeldTier(tier=event.tier, until=event.until)
            self._held = kept["held"]
        self._remember(event, **kept)
        return facts

    def _give_points(self, event: Event) -> int:
        points = self._program.points
        life = points.earn[0] if points and points.earn else None
        expires = event.until
        if expires is None and life is not None:
            day = local_day(event.at, self._tz)
            expires = last_day(day, months=life.valid_months, days=life.valid_days)
        return self._lots.earn(f"{event.id}.1", event.points, event.at, expires=expires, source="grant")

    def _load(self, event: Event) -> dict[str, Any]:
        gift, money = self._program.gift, event.money or 0
        kept = {"money": money, "was_until": (Ended(id="balance", until=self._balance_to),)}
        if gift is not None and gift.valid_months is not None:
            self._balance_to = last_day(local_day(event.at, self._tz), months=gift.valid_months, days=None)
        self._balance, self._loaded = self._balance + money, self._loaded + money
        return kept

    # Redeeming

    def _redeem(self, event: Event) -> Facts:
        if event.amount is not None:
            return self._pay(event, event.amount)
        if event.points:
            return self._spend(event, event.points, None)
        found = self._meant(event)
        if isinstance(found, Reward):
            return self._spend(event, found.points or 0, found)
        if isinstance(found, str):
            return refused(found)
        used = self._vouchers.use(found)
        self._remember(event, voucher=used.id)
        return Facts(redeemed=used)

    def _meant(self, event: Event) -> Voucher | Reward | str:
        """Return the voucher or the catalogue's reward that an event means, or the reason why there is none."""
        if event.voucher is not None:
            voucher = self._vouchers.get(event.voucher)
            return "unknown_voucher" if voucher is None else self._vouchers.unusable(voucher, event.at) or voucher
        if not isinstance(event.reward, str):
            return self._vouchers.chosen(event.at)
        found = self._vouchers.chosen(event.at, reward=event.reward)
        if isinstance(found, Voucher):
            return found
        catalogue = self._program.points.catalogue if self._program.points else ()
        priced = next((one for one in catalogue if one.id == event.reward), None)
        if priced is not None:
            return priced
        if found == "no_voucher" and self._reward(event.reward) is None:
            return "unknown_reward" if not any(one.reward.id == event.reward for one in self._vouchers) else found
        return found

    def _spend(self, event: Event, points: int, reward: Reward | None) -> Facts:
        """Take points; what they bought is handed over at once, or becomes a voucher where it has a life."""
        if self._program.points is None:
            return refused("no_points")
        lapsed = self._lapsed(event.at)
        taken = None if lapsed else self._lots.spend(points, local_day(event.at, self._tz))
        if taken is None:
            return refused("insufficient")
        facts = Facts(points=-points)
        kept: dict[str, Any] = {}
        if reward is not None:
            voucher = self._vouchers.issue(event.id, reward, event.at, "catalogue")
            kept["vouchers"] = 1
            if reward.valid_days is None:
                voucher = self._vouchers.use(voucher)
                kept["voucher"] = voucher.id
                facts = replace(facts, redeemed=voucher)
            else:
                facts = replace(facts, issued=(voucher,))
        self._remember(event, taken=taken, **kept)
        return facts

    def _pay(self, event: Event, amount: int) -> Facts:
        if self._program.gift is None:
            return refused("no_balance")
        if self._balance_to is not None and local_day(event.at, self._tz) > self._balance_to:
            return refused("card_expired")
        if amount > self._balance:
            return refused("insufficient")
        self._balance -= amount
        self._remember(event, money=-amount)
        return Facts(money=-amount)

    def _reward(self, reward_id: str) -> Reward | None:
        return next((one for one in self._program.rewards() if one.id == reward_id), None)

    # Membership, longer lives, the end

    def _renew(self, event: Event) -> Facts:
        if self._program.membership is None:
            return refused("no_membership")
        day = local_day(event.at, self._tz)
        period = renewed(self._membership, day, months=self._program.membership.months, until=event.until)
        if period is None:
            return refused("not_longer")
        self._remember(event, was_member=self._membership)
        self._membership = period
        return Facts()

    def _extend(self, event: Event) -> Facts:
        until = event.until
        if until is None:
            return refused("not_longer")
        day = local_day(event.at, self._tz)
        ended: list[Ended] = []
        if event.voucher is not None:
            voucher = self._vouchers.get(event.voucher)
            reason = "unknown_voucher" if voucher is None else self._vouchers.unusable(voucher, event.at)
            if voucher is None or reason is not None:
                return refused(reason or "unknown_voucher")
            if voucher.valid_to is None or until <= voucher.valid_to:
                return refused("not_longer")
            ended.append(Ended(id=f"voucher:{voucher.id}", until=voucher.valid_to))
            self._vouchers.put(replace(voucher, valid_to=until))
        if event.lot is not None or event.voucher is None:
            lots = [one for one in self._lots if one.usable_on(day) and event.lot in (None, one.id)]
            if not lots:
                return refused("unknown_lot")
            shorter = [one for one in lots if one.expires is not None and one.expires < until]
            if not shorter:
                return refused("not_longer")
            for lot in shorter:
                ended.append(Ended(id=f"lot:{lot.id}", until=lot.expires))
                self._lots.extend(lot, until)
        self._remember(event, was_until=tuple(ended))
        return Facts()

    def _close(self, event: Event) -> Facts:
        self._state = "closed"
        self._remember(event)
        return Facts()

    # Reversing

    def _reverse(self, event: Event) -> Facts:
        target = self._entries.get(event.event or "")
        if target is None:
            return refused("unknown_event")
        if target.kind in _FINAL:
            return refused("not_reversible")
        if target.reversed_by is not None:
            return refused("already_reversed")
        undo: Mapping[str, Callable[[Entry, Event], Facts]] = {
            "extend": self._unextend,
            "redeem": self._give_back,
            "renew": self._unrenew,
        }
        facts = undo.get(target.kind, self._take_back)(target, event)
        if facts.status == "refused":
            return facts
        self._entries[target.id] = replace(target, reversed_by=event.id)
        self._remember(event, event_id=target.id)
        if target.kind in EARNING and target.friend is not None:
            self._qualified = None
        self._line.times(entry.at for entry, _ in self._counting(self._line.stamps))
        return facts

    def _take_back(self, target: Entry, event: Event) -> Facts:
        """Take back what a visit, purchase, earning, grant or referral gave."""
        if target.money > self._balance:
            return refused("already_spent")
        if target.money:
            self._balance, self._loaded = self._balance - target.money, self._loaded - target.money
            self._balance_to = target.was_until[0].until
        if target.kind in EARNING:
            self._activity().remove(target)
        revoked = self._vouchers.revoke(self._vouchers.given_by(target.id, target.vouchers))
        revoked += self._line.take_back(target.stamps + target.repaid)
        gone = self._lots.take_back(f"{target.id}.{n}" for n in range(1, target.lots + 1))
        if target.held is not None and target.held == self._held:
            self._held = target.was_held
        referral = (target.friend, target.id) if target.kind in EARNING and target.friend else None
        return Facts(
            stamps=-target.stamps,
            points=-gone,
            money=-target.money,
            revoked=revoked,
            referral_reversed=referral,
        )

    def _give_back(self, target: Entry, event: Event) -> Facts:
        """Take back a redemption: points to their lots, money to the balance, the voucher to the member."""
        if target.money:
            self._balance -= target.money
            return Facts(money=-target.money)
        if not target.taken:
            returned = self._vouchers.give_back(target.voucher or "")
            gone = self._vouchers.revoke([returned]) if self._giver_reversed(returned) else ()
            return Facts(redeemed=returned, revoked=(*gone, *self._line.pay()))
        bought = self._vouchers.get(f"{target.id}.1")
        if bought is not None and bought.used > (1 if target.voucher else 0):
            return refused("already_spent")
        revoked: tuple[Voucher, ...] = ()
        if bought is not None:
            revoked = (self._vouchers.put(replace(bought, used=0, state="revoked")),)
        self._lots.restore(target.taken)
        return Facts(points=sum(one.points for one in target.taken), revoked=revoked)

    def _giver_reversed(self, voucher: Voucher) -> bool:
        """Tell whether the event that gave a voucher outright was itself taken back."""
        giver = self._entries.get(voucher.id.rpartition(".")[0])
        return voucher.cycle is None and giver is not None and giver.reversed_by is not None

    def _unrenew(self, target: Entry, event: Event) -> Facts:
        if self._newer("renew", target):
            return refused("not_reversible")
        self._membership = target.was_member
        return Facts()

    def _unextend(self, target: Entry, event: Event) -> Facts:
        if self._newer("extend", target):
            return refused("not_reversible")
        for one in target.was_until:
            kind, _, name = one.id.partition(":")
            lot, voucher = self._lots.get(name), self._vouchers.get(name)
            if kind == "lot" and lot is not None:
                self._lots.extend(lot, one.until)
            elif kind == "voucher" and voucher is not None:
                self._vouchers.put(replace(voucher, valid_to=one.until))
        return Facts()

    def _newer(self, kind: str, target: Entry) -> bool:
        """Tell whether a later event of the same kind stands on this one."""
        after = False
        for entry in self._entries.values():
            if after and entry.kind == kind and entry.reversed_by is None:
                return True
            after = after or entry.id == target.id
        return False

    # Standing, and what time ends

    def _stood(self, event: Event, facts: Facts, before: Tier | None) -> Facts:
        """Promote where an event has reached a level, demote where a reversal has lost it; give the month's perk."""
        if not self._program.tiers:
            return facts
        newest = self._activity().newest() or event.at
        day = local_day(max(newest, event.at), self._tz)
        if event.kind == "reverse":
            self._demote(day)
            facts = replace(facts, revoked=(*facts.revoked, *self._revoke_perks(event.at)))
        elif event.kind in EARNING:
            reached = best_tier(self._program, *self._activity().qualifying(day))
            if reached is not None and rank(self._program, reached.id) > rank(self._program, self._tier):
                self._tier = reached.id
        perk = None if self._state == "closed" else self._add_perk(event.at)
        if perk is not None:
            facts = replace(facts, issued=(*facts.issued, perk))
        after = self._level(event.at)
        return replace(facts, tier=after.id) if after is not None and after != before else facts

    def _level(self, at: datetime) -> Tier | None:
        return level_on(self._program, self._tier, self._held, local_day(at, self._tz)) if self._program.tiers else None

    def _demote(self, day: date) -> None:
        """Fall to the level that is still reached on a day, never rise."""
        if not self._program.tiers:
            return
        reached = best_tier(self._program, *self._activity().qualifying(day))
        if reached is not None and rank(self._program, reached.id) < rank(self._program, self._tier):
            self._tier = reached.id

    def _add_perk(self, at: datetime) -> Voucher | None:
        """Issue the voucher of the month that the level brings, once."""
        level, day = self._level(at), local_day(at, self._tz)
        if level is None or level.monthly is None or perk_id(level, day) in self._vouchers:
            return None
        return self._vouchers.put(
            Voucher(
                id=perk_id(level, day),
                reward=level.monthly,
                valid_from=day_start(day, self._tz),
                valid_to=perk_end(level, day),
                origin="monthly",
            )
        )

    def _revoke_perks(self, at: datetime) -> tuple[Voucher, ...]:
        """Take back the unused vouchers of levels above the one that is left."""
        level = self._level(at)
        here = rank(self._program, level.id if level else None)
        above = [
            one
            for one in self._vouchers
            if one.origin == "monthly" and one.state == "issued" and rank(self._program, one.id.split(":")[1]) > here
        ]
        return self._vouchers.revoke(above)

    def _end_what_is_over(self, at: datetime) -> None:
        """Before something is earned, drop what had ended by then: it must not live on in the new count."""
        if self._line.over(at):
            self._forget_stamps()
        if self._lapsed(at):
            self._lots.lapse()

    def _forget_stamps(self) -> int:
        """Drop the open cycle's stamps; the events that brought them have nothing left to take back."""
        lost = self._line.expire()
        for entry, part in list(self._counting(lost)):
            self._entries[entry.id] = replace(entry, stamps=entry.stamps - part)
        return lost

    def _counting(self, stamps: int) -> Iterator[tuple[Entry, int]]:
        """Yield the events that the newest ``stamps`` came from, with how many each."""
        for entry in reversed(self._entries.values()):
            if not stamps:
                return
            part = min(entry.stamps, stamps) if entry.reversed_by is None else 0
            if part:
                stamps -= part
                yield entry, part

    def _lapsed(self, at: datetime) -> bool:
        """Tell whether points had ended by inactivity at a moment."""
        lapse = self._program.points.lapse if self._program.points else None
        if lapse is None:
            return False
        latest = self._activity().latest(at) or self._card.joined
        return (local_day(at, self._tz) - local_day(latest, self._tz)).days > lapse.days

    def _activity(self) -> Activity:
        if self._used is None:
            self._used = Activity(self._program, self._entries.values())
        return self._used

    def _remember(self, event: Event, *, event_id: str | None = None, **kept: Any) -> Entry:
        entry = Entry(id=event.id, at=event.at, kind=event.kind, digest=event.digest, event=event_id, **kept)
        self._entries[event.id] = entry
        return entry


_ACTIONS: Final[Mapping[str, Callable[[Ledger, Event], Facts]]] = {
    "close": Ledger._close,
    "earn": Ledger._earn,
    "extend": Ledger._extend,
    "grant": Ledger._grant,
    "purchase": Ledger._use,
    "redeem": Ledger._redeem,
    "refer": Ledger._refer,
    "renew": Ledger._renew,
    "reverse": Ledger._reverse,
    "visit": Ledger._use,
}
