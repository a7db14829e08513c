"""Random programmes over all rules, random streams of events, and the invariants as predicates.

A `Stream` is one card and what happens to it; `step` lets one thing happen and judges the card, `finish` judges the
whole. Chance comes from outside: hypothesis gives it in the suite, a seed in ``scripts/try_streams.py``.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import (
    Earn,
    Expiry,
    Gift,
    Lapse,
    Lot,
    Membership,
    Milestone,
    Points,
    Referral,
    Tier,
    Voucher,
)

T = TypeVar("T")

# Zones whose clocks change at midnight, by half an hour, not at all; days around a change in each of them.
ZONES: Final = (
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Chatham",
)
_TURNS: Final = (
    (1, 30), (3, 27), (3, 28), (3, 29), (4, 4), (4, 23), (4, 24), (10, 3), (10, 24), (10, 25), (10, 29), (11, 1),
)  # fmt: skip
DAYS: Final = tuple(datetime(2026, month, day, 12, tzinfo=UTC) for month, day in _TURNS)
LOCALES: Final = ("en-GB", "fa", "he", "ru", "zh-Hans")
ITEMS: Final = ("cut", "oil")
LIMITED: Final = frozenset({"visit", "purchase"})
ITEM_IDS: Final = ("coffee", "oil", "ten", "wash", "wax", "welcome")


def likely(chance: Random, percent: int) -> bool:
    return chance.randint(1, 100) <= percent


def one_of(chance: Random, many: Sequence[T]) -> T:
    return many[chance.randint(0, len(many) - 1)]


# Programmes.


def reward(chance: Random, name: str, *, points: int | None = None) -> wc.Reward:
    return wc.Reward(
        id=name,
        title=name.title(),
        valid_days=one_of(chance, (None, None, 1, 7, 40)),
        uses=one_of(chance, (1, 1, 1, 2, 3, None)),
        points=points,
    )


def life(chance: Random) -> dict[str, int]:
    return one_of(chance, ({}, {"valid_days": 1}, {"valid_days": 20}, {"valid_months": 1}, {"valid_months": 12}))


def stamps(chance: Random) -> wc.Stamps:
    goal = chance.randint(1, 8)
    places = sorted({chance.randint(1, goal) for _ in range(chance.randint(0, 3))})
    expires = Expiry(kind=one_of(chance, ("cycle", "idle")), days=one_of(chance, (1, 3, 30)))
    rule = Earn(
        metric=one_of(chance, ("amount", "km", "item:oil")), per=chance.randint(1, 500), stamps=chance.randint(1, 2)
    )
    return wc.Stamps(
        goal=goal,
        reward=reward(chance, "coffee"),
        milestones=tuple(Milestone(at=place, reward=reward(chance, "oil")) for place in places),
        join_stamps=chance.randint(0, goal - 1) if likely(chance, 30) else 0,
        rollover=likely(chance, 80),
        earn=(rule,) if likely(chance, 30) else (),
        expires=expires if likely(chance, 40) else None,
    )


def points(chance: Random) -> Points:
    rules = [
        Earn(metric="visit", points=chance.randint(1, 300), **life(chance)),
        Earn(
            metric="amount", per=chance.randint(1, 200), points=1, bonus_percent=one_of(chance, (0, 20)), **life(chance)
        ),
        Earn(metric="amount", per=one_of(chance, (1, 10)), percent=chance.randint(1, 15), **life(chance)),
        Earn(metric="item:cut", points=100, **life(chance)),
        Earn(metric="km", per=5, points=2, **life(chance)),
    ]
    chosen = tuple(rule for rule in rules if likely(chance, 50)) or (rules[0],)
    catalogue = tuple(
        reward(chance, name, points=chance.randint(1, 300)) for name in ("wash", "wax") if likely(chance, 60)
    )
    days = one_of(chance, (2, 5, 30))
    lapse = Lapse(days=days, notice_days=1) if likely(chance, 25) else None
    return Points(earn=chosen, catalogue=catalogue, lapse=lapse)


def tiers(chance: Random) -> tuple[Tier, ...]:
    sessions, spend = 0, 0
    ladder = [Tier(id="base", name="Base", min_sessions=0, monthly=_monthly(chance))]
    for name in ("silver", "gold")[: chance.randint(1, 2)]:
        sessions, spend = sessions + chance.randint(1, 4), spend + chance.randint(1, 600)
        measure: dict[str, Any] = one_of(
            chance, ({"min_sessions": sessions}, {"min_spend": spend}, {"min_sessions": sessions, "min_spend": spend})
        )
        ladder.append(Tier(id=name, name=name.title(), monthly=_monthly(chance), **measure))
    return tuple(ladder)


def _monthly(chance: Random) -> wc.Reward | None:
    return reward(chance, "half-hour") if likely(chance, 30) else None


def side(chance: Random, *, pointed: bool) -> int | wc.Reward:
    return chance.randint(0, 300) if pointed and likely(chance, 60) else reward(chance, "friend")


def limits(chance: Random) -> wc.Limits:
    return wc.Limits(
        min_interval_minutes=one_of(chance, (0, 0, 0, 30, 600)),
        max_per_day=one_of(chance, (None, None, None, 1, 3)),
        min_purchase=one_of(chance, (None, None, None, None, 100)),
    )


def program(chance: Random) -> wc.Program:
    values: dict[str, Any] = {
        "id": "any",
        "name": "Any",
        "issuer": "Any",
        "locale": one_of(chance, LOCALES),
        "zone": one_of(chance, ZONES),
        "design": wc.Design(background="#3B2418"),
        "limits": limits(chance),
    }
    if likely(chance, 12):
        months = one_of(chance, (None, 1, 12))
        return wc.Program(**values, gift=Gift(title="Gift", currency="GBP", valid_months=months))
    if likely(chance, 65):
        values["stamps"] = stamps(chance)
    if likely(chance, 65) or "stamps" not in values:
        values["points"] = points(chance)
    if likely(chance, 50):
        values["tiers"] = tiers(chance)
        values["tier_window_months"] = one_of(chance, (None, 1, 6))
    if likely(chance, 50):
        pointed = "points" in values
        values["referral"] = Referral(
            referrer=side(chance, pointed=pointed),
            newcomer=side(chance, pointed=pointed),
            cap_per_month=one_of(chance, (None, 1, 2)),
            **life(chance),
        )
    if likely(chance, 30):
        values["membership"] = Membership(title="Pass", months=one_of(chance, (1, 12)))
    if likely(chance, 30):
        values["pack"] = replace(reward(chance, "ten"), uses=chance.randint(2, 10))
    if likely(chance, 30):
        values["welcome"] = reward(chance, "welcome")
    return wc.Program(**values)


# Streams.


class Stream:
    """One card under events, out of order and in order, doubled and taken back, settled in between.

    Attributes:
        program: Its rules; where ``settles``, they change on the way.
        card: As it is now.
        steps: Made so far.
    """

    def __init__(self, chance: Random, *, settles: bool = True, closes: bool = True) -> None:
        self.program = program(chance)
        self.settles, self.closes = settles, closes
        self.orderly = likely(chance, 50)
        self.now = one_of(chance, DAYS)
        self.start = wc.join(
            self.program,
            id="CARD-1",
            at=self._zoned(chance, self.now - timedelta(hours=chance.randint(0, 30))),
            referred_by="CARD-0" if likely(chance, 60) else None,
        )
        self.card = self.start
        self.seen: list[wc.Event] = []
        self.since_settled: list[wc.Event] = []
        self.settled = self.start
        self.told: set[str] = set()
        self.steps = 0
        _judge(self.program, self.start, self.start)

    def _zoned(self, chance: Random, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(one_of(chance, (self.program.zone, "UTC", "America/New_York"))))

    def step(self, chance: Random, *, thorough: bool = True) -> None:
        """Let one thing happen: an event, an old one again, or a settlement."""
        self.steps += 1
        at = self._moment(chance)
        if self.settles and likely(chance, 8):
            self._settle(at)
        elif self.settles and likely(chance, 2):
            self._change(chance)
        elif self.seen and likely(chance, 5):
            self.take(one_of(chance, self.seen), thorough=thorough)
        else:
            self.take(self._event(chance, at), thorough=thorough)

    def _moment(self, chance: Random) -> datetime:
        hour, day = 60, 24 * 60
        minutes = one_of(chance, (1, 29, 30, 31, hour, 5 * hour, 11 * hour, day, 2 * day, 7 * day, 31 * day))
        minutes = chance.randint(0, minutes)
        if self.orderly or likely(chance, 70):
            self.now += timedelta(minutes=minutes)
            return self._zoned(chance, self.now)
        return self._zoned(chance, self.now - timedelta(minutes=minutes))

    def _event(self, chance: Random, at: datetime) -> wc.Event:
        name = f"e{len(self.seen)}"
        kinds = ["visit"] * 8 + ["purchase", "earn", "refer", "renew", "extend"] * 2 + ["grant"] * 3
        kinds += ["redeem"] * 6 + ["reverse"] * (5 if self.seen else 0)
        kind = one_of(chance, kinds)
        if self.closes and likely(chance, 1) and likely(chance, 50):
            kind = "close"
        made: wc.Event = _MAKERS[kind](self, chance, name, at)
        self.seen.append(made)
        return made

    def take(self, event: wc.Event, *, thorough: bool = True) -> wc.Outcome:
        """Apply an event and judge what came of it."""
        before = self.card
        self.card, outcome = wc.apply(self.program, before, event)
        self.since_settled.append(event)
        _judge_outcome(self.program, before, self.card, event, outcome)
        if outcome.status == "applied":
            _judge(self.program, self.start, self.card)
            _judge_step(self.program, before, self.card, event)
            told = {one.id for one in outcome.notices if one.key == "tier_up"}
            assert not told & self.told, "T3: every promotion has a notice of its own"
            self.told |= told
        if thorough:
            assert wc.apply(self.program, before, event) == (self.card, outcome), "E1"
            self.judge_json()
        return outcome

    def _settle(self, at: datetime) -> None:
        self.judge_replay()
        before = self.card
        self.card, outcome = wc.settle(self.program, before, at=at)
        assert outcome.text, "every settlement is told"
        _judge(self.program, self.start, self.card)
        _judge_settled(self.program, before, self.card, at, outcome)
        assert wc.settle(self.program, self.card, at=at)[0] == self.card, "settling twice changes nothing more"
        self.settled, self.since_settled = self.card, []

    def _change(self, chance: Random) -> None:
        """G1: the programme gets other rules for stamps and points; what is open keeps its own."""
        if self.program.gift is not None:
            return
        self.judge_replay()
        other = stamps(chance) if likely(chance, 80) or self.program.points is None else None
        self.program = replace(self.program, stamps=other, points=points(chance) if self.program.points else None)
        self.settled, self.since_settled = self.card, []

    def judge_json(self) -> None:
        text = self.card.to_json()
        read = wc.Card.from_json(text)
        assert read == self.card, "a card comes back from JSON as it was"
        assert read.to_json() == text, "and its JSON too"

    def judge_replay(self) -> None:
        """E3: the card is what a replay of the events since it was last settled makes."""
        assert wc.replay(self.program, self.settled, self.since_settled) == self.card, "E3"

    def finish(self, chance: Random) -> None:
        """Judge the whole, then undo all that can be undone, in any order, and see that nothing is left."""
        self.judge_replay()
        self.judge_json()
        for event in self.seen[-3:]:
            assert wc.Event.from_json(event.to_json()) == event, "an event comes back from JSON as it was"
        self.undo_everything(chance)

    def undo_everything(self, chance: Random) -> None:
        """Reverse what stands until nothing does; what stands on another event waits for that one."""
        if self.card.state == "closed":
            return
        orderly = likely(chance, 50) and not any(one.kind == "reverse" for one in self.card.entries)
        turn = 0
        while todo := [one.id for one in self.card.entries if one.kind != "reverse" and one.reversed_by is None]:
            turn += 1
            count = len(todo)
            while todo:
                event_id = todo.pop() if orderly else todo.pop(chance.randint(0, len(todo) - 1))
                event = wc.Event.reverse(id=f"undo{turn}-{event_id}", at=self.now.astimezone(UTC), event=event_id)
                outcome = self.take(event, thorough=False)
                assert outcome.status == "applied" or outcome.reason in ("already_spent", "not_reversible"), outcome
                assert not orderly or outcome.status == "applied", "undone backwards, nothing stands in the way"
            left = [one.id for one in self.card.entries if one.kind != "reverse" and one.reversed_by is None]
            assert len(left) < count, f"nothing more can be undone: {left}"
        _judge_undone(self.program, self.start, self.card)


def _visit(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    return wc.Event.visit(
        id=name,
        at=at,
        stamps=one_of(chance, (0, 1, 1, 1, 2, 5, 20)),
        amount=one_of(chance, (None, 0, chance.randint(1, 99), chance.randint(100, 900))),
        items=_items(chance),
    )


def _items(chance: Random) -> tuple[str, ...]:
    return tuple(one_of(chance, ITEMS) for _ in range(chance.randint(0, 2)))


def _purchase(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    return wc.Event.purchase(id=name, at=at, amount=chance.randint(0, 500), items=_items(chance))


def _earn(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    metric = one_of(chance, ("km", "km", "amount", "other"))
    return wc.Event.earn(id=name, at=at, metric=metric, quantity=chance.randint(0, 300))


def _grant(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    given: dict[str, Any] = {
        "stamps": chance.randint(0, 9) if likely(chance, 30) else 0,
        "points": chance.randint(0, 200) if likely(chance, 30) else 0,
        "reward": one_of(chance, (*ITEM_IDS, wc.Reward(id="gift", title="Gift", uses=2)))
        if likely(chance, 30)
        else None,
    }
    if stream.program.gift is not None:
        given = {"money": chance.randint(1, 9_000)}
    elif likely(chance, 20):
        given["tier"] = one_of(chance, ("base", "silver", "gold"))
    if likely(chance, 40):
        given["until"] = _day(chance, at)
    return wc.Event.grant(id=name, at=at, **given)


def _day(chance: Random, at: datetime) -> date:
    return at.date() + timedelta(days=one_of(chance, (-1, 0, 1, 20, 400)))


def _redeem(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    vouchers = [one.id for one in stream.card.vouchers]
    target = one_of(chance, ("any", "voucher", "reward", "points"))
    if stream.program.gift is not None:
        return wc.Event.redeem(id=name, at=at, amount=chance.randint(1, 5_000))
    if target == "voucher":
        return wc.Event.redeem(id=name, at=at, voucher=one_of(chance, [*vouchers, "none.1"]))
    if target == "reward":
        return wc.Event.redeem(id=name, at=at, reward=one_of(chance, ITEM_IDS))
    if target == "points":
        return wc.Event.redeem(id=name, at=at, points=chance.randint(1, 200))
    return wc.Event.redeem(id=name, at=at)


def _reverse(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    recent = stream.seen[-8:] if likely(chance, 60) else stream.seen
    return wc.Event.reverse(id=name, at=at, event=one_of(chance, recent).id)


def _refer(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    friend = one_of(chance, ("CARD-1", "CARD-2", "CARD-3", "CARD-4"))
    return wc.Event.refer(id=name, at=at, friend=friend, event="their-first")


def _renew(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    return wc.Event.renew(id=name, at=at, until=_day(chance, at) if likely(chance, 30) else None)


def _extend(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    target: dict[str, str] = {}
    if stream.card.vouchers and likely(chance, 40):
        target["voucher"] = one_of(chance, stream.card.vouchers).id
    if stream.card.lots and likely(chance, 40):
        target["lot"] = one_of(chance, stream.card.lots).id
    return wc.Event.extend(id=name, at=at, until=_day(chance, at), **target)


def _close(stream: Stream, chance: Random, name: str, at: datetime) -> wc.Event:
    return wc.Event.close(id=name, at=at, reason="left")


_MAKERS: Final[dict[str, Callable[[Stream, Random, str, datetime], wc.Event]]] = {
    "close": _close,
    "earn": _earn,
    "extend": _extend,
    "grant": _grant,
    "purchase": _purchase,
    "redeem": _redeem,
    "refer": _refer,
    "renew": _renew,
    "reverse": _reverse,
    "visit": _visit,
}


# What holds for every card, at every moment.


def _judge(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    for judge in _JUDGES:
        judge(rules, start, card)


def _standing(card: wc.Card) -> Iterator[Any]:
    return (one for one in card.entries if one.reversed_by is None)


def _whole(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    counts = [card.stamps, card.cycle, card.owed_stamps, card.owed_points, card.balance, card.loaded]
    counts += [number for lot in card.lots for number in (lot.points, lot.left, lot.repaid)]
    counts += [voucher.used for voucher in card.vouchers]
    assert all(type(count) is int and count >= 0 for count in counts), "E7"


def _stamps_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    assert 0 <= card.stamps < max(card.goal, 1), "S1"
    assert not (card.stamps and card.owed_stamps), "S11: a debt is paid before stamps are held"
    assert card.rules or not card.stamps
    if card.rules and card.rules[-1].expires is not None:
        assert bool(card.stamps) == (card.cycle_from is not None) == (card.last_stamp is not None), "S10"
        assert not card.stamps or (card.cycle_from or card.joined) <= (card.last_stamp or card.joined), "S10"


def _line_holds(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    """S2, S3, S11: every stamp that stands is somewhere: in a finished cycle, in the open one, or against a debt."""
    if not card.rules:
        return
    held = sum(card.rules_of(cycle).goal for cycle in range(1, card.cycle)) + card.stamps
    given = sum(one.stamps + one.repaid for one in _standing(card))
    joined = start.stamps
    assert 0 <= held - card.owed_stamps - given <= joined, f"S11: {held} - {card.owed_stamps} owed - {given} given"
    if card.rules[0].expires is None:
        assert held - card.owed_stamps - given == joined, "S7: join stamps stay"


def _places_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    """S3, S4, S10: each place that the line has passed holds one voucher, and no place holds two."""
    earned = [one for one in card.vouchers if one.cycle is not None]
    places = [(one.cycle or 0, one.position or 0, one.origin == "goal") for one in earned if one.state != "revoked"]
    assert len(set(places)) == len(places), "S4"
    standing = set(places)
    for cycle in range(1, card.cycle):
        run = card.rules_of(cycle)
        assert (cycle, run.goal, True) in standing, "S3"
        assert all((cycle, one.at, False) in standing for one in run.milestones), "S4"
    if card.rules:
        run = card.rules_of(card.cycle)
        assert all((card.cycle, one.at, False) in standing for one in run.milestones if one.at <= card.stamps), "S4"
        for one in earned:
            past = ((one.cycle or 0), (one.position or 0)) > (card.cycle, card.stamps)
            if past and run.expires is None:
                assert one.used or one.state == "revoked", "S11: what is out of reach is revoked"


def _lots_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    spent: Counter[str] = Counter()
    for entry in _standing(card):
        for taken in entry.taken:
            spent[taken.lot] += taken.points
    for lot in card.lots:
        assert lot.left + lot.repaid + spent[lot.id] == lot.points, "P5: a lot's points are left, spent, or paid a debt"
    void = sum(spent[lot.id] for lot in card.lots if lot.state == "void")
    paid = sum(lot.repaid for lot in card.lots if lot.state != "void")
    assert card.owed_points == void - paid, "P5: what is owed is what was spent of taken-back lots, less what was paid"
    by_id = {one.id: one for one in card.entries}
    for lot in card.lots:
        giver = by_id[lot.id.rpartition(".")[0]]
        assert (lot.state == "void") == (giver.reversed_by is not None), "P5: an earning taken back is void, no other"


def _vouchers_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    uses = Counter(one.voucher for one in _standing(card) if one.voucher is not None)
    for voucher in card.vouchers:
        assert voucher.used == uses[voucher.id], "V3: every use is one redemption that stands"
        most = voucher.reward.uses
        assert most is None or voucher.used <= most, "V2"
        assert (voucher.state == "redeemed") == (most is not None and voucher.used == most), "V1"
        assert voucher.state != "revoked" or not voucher.used or voucher.cycle is None, "S11: what was used stays"


def _limits_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    earning = sorted((one.at.astimezone(UTC), one.amount) for one in _standing(card) if one.kind in LIMITED)
    gap = timedelta(minutes=rules.limits.min_interval_minutes)
    assert all(later[0] - sooner[0] >= gap for sooner, later in pairwise(earning)), "L1"
    days = Counter(moment.astimezone(rules.tz).date() for moment, _ in earning)
    assert rules.limits.max_per_day is None or all(n <= rules.limits.max_per_day for n in days.values()), "L1"
    least = rules.limits.min_purchase
    assert least is None or all(amount >= least for _, amount in earning), "L2"


def _money_holds(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    standing = [one.money for one in _standing(card)]
    assert card.balance == sum(standing), "V5"
    assert card.loaded == sum(money for money in standing if money > 0), "V5"
    assert card.balance <= card.loaded, "V5"
    if rules.gift is not None and rules.gift.valid_months is not None:
        loads = [one.at for one in _standing(card) if one.kind == "grant" and one.was_until]
        ends = [_end(moment.astimezone(rules.tz).date(), rules.gift.valid_months, None) for moment in loads]
        assert card.balance_to == max((end for end in ends if end is not None), default=None), "V5: its life"


def _level_holds(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    """T1: a granted level is the newest that stands, any other, without a window, a function of what stands."""
    granted = [one.held for one in _standing(card) if one.held is not None]
    assert card.held in (granted[-1] if granted else None, None), "T1"
    if not rules.tiers or rules.tier_window_months is not None:
        return
    uses = [one for one in _standing(card) if one.kind in LIMITED]
    sessions, spend = sum(one.kind == "visit" for one in uses), sum(one.amount for one in uses)
    reached = [tier.id for tier in rules.tiers if tier.reached_by(sessions, spend)]
    assert card.tier == reached[-1], "T1, T2"


def _friends_hold(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    standing = [one for one in _standing(card) if one.friend is not None]
    brought = [one for one in standing if one.kind in LIMITED]
    assert len(brought) <= 1, "R1"
    assert all(one.amount > 0 and one.friend == card.referred_by for one in brought), "R1"
    paid = [one for one in _standing(card) if one.kind in LIMITED and one.amount > 0]
    if (
        paid
        and card.referred_by is not None
        and rules.referral is not None
        and len(card.entries) == len(list(_standing(card)))
    ):
        assert brought == paid[:1], "R1: the first of them, as long as nothing was taken back"
    told = [one for one in standing if one.kind == "refer"]
    assert len({one.friend for one in told}) == len(told), "R1: a friend pays once"
    assert all(one.friend != card.id for one in told), "R2"
    months = Counter(one.at.astimezone(rules.tz).strftime("%Y-%m") for one in told)
    cap = rules.referral.cap_per_month if rules.referral else None
    assert cap is None or all(n <= cap for n in months.values()), "R3"


_JUDGES: Final = (
    _whole, _stamps_hold, _line_holds, _places_hold, _lots_hold, _vouchers_hold, _limits_hold, _money_holds,
    _level_holds, _friends_hold,
)  # fmt: skip


# What holds for every step.


REASONS: Final = frozenset({
    "cooldown", "daily_limit", "min_purchase", "card_closed", "no_voucher", "unknown_voucher", "already_redeemed",
    "voucher_expired", "voucher_revoked", "voucher_not_yet", "unknown_reward", "insufficient", "no_points",
    "no_balance", "no_amount", "card_expired", "unknown_event", "already_reversed", "not_reversible", "already_spent",
    "no_referral", "own_referral", "already_referred", "referral_cap", "no_membership", "unknown_tier", "unknown_lot",
    "not_longer", "no_stamps",
})  # fmt: skip


def _judge_outcome(rules: wc.Program, before: wc.Card, after: wc.Card, event: wc.Event, outcome: wc.Outcome) -> None:
    assert outcome.text, "every outcome is told"
    known = {one.id: one.digest for one in before.entries}
    assert (outcome.status == "duplicate") == (event.id in known), "E2"
    if outcome.status != "applied":
        assert after is before, "E2, E6"
    if outcome.status == "refused":
        assert outcome.reason in REASONS, "E6"
        assert (outcome.retry_at is not None) == (outcome.reason in ("cooldown", "daily_limit")), "E6"
        if outcome.retry_at is not None:
            assert outcome.retry_at > event.at, "E6"
            again = wc.apply(rules, before, replace(event, at=outcome.retry_at))[1]
            assert again.status == "applied", "E6: at retry_at it is taken"
    day = event.at.astimezone(rules.tz).date()
    if rules.points:
        lapsed = sum(lot.left for lot in after.lots if lot.usable_on(day) and _lapsed(rules, lot, event.at))
        assert outcome.balance in (after.points_on(day), after.points_on(day) - lapsed), "P1"
        assert outcome.balance >= 0, "P1"
    else:
        assert outcome.balance == (after.balance if rules.gift else after.stamps)
    assert all((one.points or 0) <= outcome.balance for one in outcome.affordable)
    new = {one.id for one in after.vouchers} - {one.id for one in before.vouchers}
    told = {one.id for one in outcome.issued} | ({outcome.redeemed.id} if outcome.redeemed else set())
    assert new <= told, "every new voucher is told of"
    assert {one.id for one in outcome.issued} <= {one.id for one in after.vouchers}


_FORWARD: Final = frozenset({("issued", "redeemed"), ("issued", "expired"), ("issued", "revoked")})


def _judge_step(rules: wc.Program, before: wc.Card, after: wc.Card, event: wc.Event) -> None:
    backwards = event.kind == "reverse"
    target = next((one.kind for one in before.entries if one.id == event.event), "") if backwards else event.kind
    _vouchers_move(before, after, back=backwards, window=target == "extend")
    old = {lot.id: lot for lot in before.lots}
    for lot in after.lots:
        if (was := old.get(lot.id)) is not None:
            assert was.expires == lot.expires or target == "extend", "P6: a lot keeps its life"
            assert (was.points, was.earned, was.source) == (lot.points, lot.earned, lot.source)
            assert was.state == lot.state or lot.state != "open", "E5: nothing brings a lot back"
            if was.state != lot.state and lot.state == "expired":
                assert _lapsed(rules, lot, event.at), "P8: inactivity ends what is older, and nothing else"
        elif event.kind in (*LIMITED, "earn", "grant", "refer"):
            _life_holds(rules, lot, event)
        else:
            raise AssertionError(f"P7: a {event.kind} earned points")
    if event.kind == "redeem":
        _spends_first_to_expire(rules, before, after, event)
    if rules.tiers and after.tier != before.tier:
        names = [tier.id for tier in rules.tiers]
        rises = names.index(after.tier or "") > names.index(before.tier or "")
        assert rises != backwards, "T4: a reversal may demote, an event may promote"
        assert backwards or event.kind in LIMITED, "T3, T5"
    if event.kind in LIMITED and rules.tiers:
        _promotes(rules, after, event)


def _vouchers_move(before: wc.Card, after: wc.Card, *, back: bool, window: bool) -> None:
    old = {one.id: one for one in before.vouchers}
    assert list(old) == [one.id for one in after.vouchers][: len(old)], "vouchers stay, in the order they were issued"
    for now in after.vouchers:
        was = old.get(now.id)
        if was is None:
            continue
        if was.origin == "monthly" and (was.state, now.state) == ("revoked", "issued"):
            continue  # Taken back with the level, and come again with it.
        assert (was.reward, was.valid_from, was.origin) == (now.reward, now.valid_from, now.origin), "V4"
        assert was.valid_to == now.valid_to or window, "V4: the window stays"
        if was.state != now.state:
            top = (before.cycle, before.stamps)
            fair = ((now.cycle or 0), (now.position or 0)) <= top or was.used or (now.cycle or 0) > after.cycle
            fair = fair or now.id.rpartition(".")[0] == after.entries[-1].event
            assert now.state != "revoked" or now.cycle is None or fair, (
                "S10: stamps that expire take no voucher with them"
            )
            assert (was.state, now.state) in _FORWARD or back, "V1"
            assert was.state != "revoked", "V1: what was revoked stays so"


def _life_holds(rules: wc.Program, lot: Lot, event: wc.Event) -> None:
    """P3: a life in calendar months ends on the same day of the month, or on that month's last."""
    day = event.at.astimezone(rules.tz).date()
    if lot.source == "referral":
        assert rules.referral is not None
        lives = {(rules.referral.valid_months, rules.referral.valid_days)}
    elif lot.source == "grant":
        assert rules.points is not None
        first = rules.points.earn[0]
        lives = {(first.valid_months, first.valid_days)} if event.until is None else set()
        assert lives or lot.expires == event.until, "P3"
    else:
        assert rules.points is not None
        lives = {(one.valid_months, one.valid_days) for one in rules.points.earn if one.metric == lot.source}
    assert not lives or lot.expires in {_end(day, *one) for one in lives}, "P3"


def _end(day: date, months: int | None, days: int | None) -> date | None:
    if months is None:
        return None if days is None else day + timedelta(days=days)
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _spends_first_to_expire(rules: wc.Program, before: wc.Card, after: wc.Card, event: wc.Event) -> None:
    day = event.at.astimezone(rules.tz).date()
    taken = after.entries[-1].taken
    usable = sorted(
        (lot for lot in before.lots if lot.usable_on(day)),
        key=lambda lot: (lot.expires or date.max, lot.earned.astimezone(UTC), lot.id),
    )
    wanted = sum(one.points for one in taken)
    # Where the member had stayed away for too long, what is older than that is passed over.
    newer = [lot for lot in usable if not _lapsed(rules, lot, event.at)]
    spent = [(one.lot, one.points) for one in taken]
    assert spent in (_first(usable, wanted), _first(newer, wanted)), "P2"
    assert before.points_on(day) - after.points_on(day) == sum(one.points for one in taken), "P1"
    used = after.entries[-1].voucher
    held = {one.id: one for one in before.vouchers}
    if used in held:
        was = held[used]
        assert was.state == "issued", "V1"
        assert was.valid_from <= event.at, "V2"
        assert not was.expired_on(day), "V2"


def _first(lots: Sequence[Lot], wanted: int) -> list[tuple[str, int]]:
    parts = []
    for lot in lots:
        if wanted:
            parts.append((lot.id, min(lot.left, wanted)))
            wanted -= min(lot.left, wanted)
    return parts


def _lapsed(rules: wc.Program, lot: Lot, at: datetime) -> bool:
    lapse = rules.points.lapse if rules.points else None
    earned, day = (moment.astimezone(rules.tz).date() for moment in (lot.earned, at))
    return lapse is not None and (day - earned).days > lapse.days


def _promotes(rules: wc.Program, after: wc.Card, event: wc.Event) -> None:
    """T3: who reaches a level in the window that ends with the newest visit has it."""
    uses = [one for one in _standing(after) if one.kind in LIMITED]
    newest = max(one.at.astimezone(UTC) for one in uses).astimezone(rules.tz).date()
    months = rules.tier_window_months
    inside = uses
    if months is not None:
        opens = _end(newest, -months, None)
        assert opens is not None
        inside = [one for one in uses if opens < one.at.astimezone(rules.tz).date() <= newest]
    sessions, spend = sum(one.kind == "visit" for one in inside), sum(one.amount for one in inside)
    names = [tier.id for tier in rules.tiers]
    reached = [place for place, tier in enumerate(rules.tiers) if tier.reached_by(sessions, spend)]
    assert names.index(after.tier or "") >= reached[-1], "T3"


def _judge_settled(rules: wc.Program, before: wc.Card, after: wc.Card, at: datetime, outcome: wc.Outcome) -> None:
    day = at.astimezone(rules.tz).date()
    _vouchers_move(before, after, back=False, window=False)
    assert not any(one.state == "issued" and one.expired_on(day) for one in after.vouchers), "E5"
    assert not any(lot.state == "open" and lot.left and lot.expires and lot.expires < day for lot in after.lots), "E5"
    assert after.points_on(day) <= before.points_on(day), "E5: settling brings nothing back"
    for lot, was in zip(after.lots, before.lots, strict=True):
        over = lot.expires is not None and lot.expires < day
        assert lot == was or (lot.state == "expired" and (over or _lapsed(rules, lot, at))), "P3, P8"
    lost = sum(lot.left for lot in before.lots if lot.state == "open")
    assert lost - sum(lot.left for lot in after.lots if lot.state == "open") == outcome.expired_points
    assert after.entries == before.entries or after.stamps == 0, "S10"
    assert after.owed_points == before.owed_points
    assert after.owed_stamps == before.owed_stamps
    if rules.tiers:
        names = [tier.id for tier in rules.tiers]
        assert names.index(after.tier or "") <= names.index(before.tier or ""), "T3: only an event promotes"
    gone = {one.id for one in outcome.expired}
    old: dict[str, Voucher] = {one.id: one for one in before.vouchers}
    again = {one.id for one in outcome.issued if one.id in old}  # the month's, where its level is there again
    assert all(old[one].state == "revoked" and old[one].origin == "monthly" for one in again), "V1"
    assert gone | again == {one.id for one in after.vouchers if one.id in old and one.state != old[one.id].state}


def _judge_undone(rules: wc.Program, start: wc.Card, card: wc.Card) -> None:
    """S11, P5, P6, V1, T4, R4: with everything taken back, the card holds what joining gave."""
    assert (card.owed_stamps, card.owed_points, card.balance, card.loaded) == (0, 0, 0, 0), "nothing is owed"
    assert not any(lot.state == "open" for lot in card.lots), "P5"
    assert card.cycle == 1, "S11"
    assert card.stamps in (start.stamps, 0), "S11, S10"
    kept = {one.id for one in start.vouchers}
    for voucher in card.vouchers:
        assert not voucher.used, "V1"
        gone = voucher.state in ("revoked", "expired") or voucher.id in kept or voucher.origin == "monthly"
        # Other stamps that expired later may have reached a milestone too, and it stays.
        fair = voucher.origin == "milestone" and card.rules[0].expires is not None
        assert gone or fair, f"what an event gave is taken back with it: {voucher.id}"
    if rules.tiers and rules.tier_window_months is None:
        assert card.tier == start.tier, "T1"
