"""Facts into words: the sentence for the till, and the texts for the member."""

from __future__ import annotations

from datetime import datetime

from walletcard.loyalty._days import local_day
from walletcard.loyalty._facts import Facts, Settled
from walletcard.loyalty._standing import level_notice
from walletcard.loyalty._view import book_for, joined, progress_of, stamp_view, title_of, titles_of
from walletcard.model import Card, Event, Money, Notice, Outcome, Program, Reward, Voucher
from walletcard.model._text import text_in
from walletcard.words import PhraseBook


def told(program: Program, before: Card, after: Card, event: Event, facts: Facts, *, had: int, has: int) -> Outcome:
    """Return the outcome of an event, in the card's language.

    Args:
        program: Its rules and words.
        before: The card before it.
        after: The card after it.
        event: What happened.
        facts: What that did.
        had: Points that could be spent before it.
        has: Points that can be spent after it.
    """
    book = book_for(program, after)
    points = program.points
    affordable = points.affordable(has) if points else ()
    unlocked = tuple(one for one in affordable if (one.points or 0) > had)
    till = _Till(program, after, event, facts, book, has, unlocked)
    applied = facts.status == "applied"
    return Outcome(
        status=facts.status,
        text=till.sentence(),
        reason=facts.reason,
        retry_at=facts.retry_at,
        conflict=facts.conflict,
        earned=_headline(program, facts) if event.kind != "redeem" else 0,
        balance=has if points else after.balance if program.gift else after.stamps,
        stamps=after.stamps,
        owed_stamps=after.owed_stamps,
        owed_points=after.owed_points,
        spent=max(0, -facts.points, -facts.money) if event.kind == "redeem" else 0,
        issued=facts.issued,
        redeemed=facts.redeemed,
        revoked=facts.revoked,
        affordable=affordable,
        unlocked=unlocked if applied else (),
        tier=facts.tier,
        referral=facts.referral,
        referral_reversed=facts.referral_reversed,
        notices=_notices(program, before, after, event, facts, till) if applied else (),
    )


def _headline(program: Program, facts: Facts) -> int:
    """Return what was earned in the unit that the programme is about."""
    return facts.points if program.points else facts.money if program.gift else facts.stamps


def told_settled(program: Program, card: Card, settled: Settled, at: datetime) -> Outcome:
    """Return the outcome of a settlement, in the card's language."""
    book = book_for(program, card)
    parts = []
    if settled.points:
        parts.append(book.say("till_expired", title=book.count("points_count", settled.points)))
    if settled.stamps and program.stamps:
        parts.append(book.say("till_expired", title=book.unit(program.stamps.unit, settled.stamps).count))
    if settled.vouchers:
        parts.append(book.say("till_expired", title=titles_of(settled.vouchers, book)))
    if settled.tier is not None:
        parts.append(book.say("till_tier_down", tier=_tier_name(program, settled.tier, book)))
    if settled.issued:
        parts.append(book.say("till_issued", title=titles_of(settled.issued, book)))
    points = program.points
    balance = card.points_on(local_day(at, program.tz)) if points else 0
    return Outcome(
        status="applied",
        text=joined(parts) if parts else book.say("till_settled"),
        balance=balance if points else card.balance if program.gift else card.stamps,
        stamps=card.stamps,
        owed_stamps=card.owed_stamps,
        owed_points=card.owed_points,
        issued=settled.issued,
        expired=settled.vouchers,
        expired_points=settled.points,
        affordable=points.affordable(balance) if points else (),
        tier=settled.tier,
    )


def _tier_name(program: Program, tier_id: str, book: PhraseBook) -> str:
    tier = program.tier(tier_id)
    return tier_id if tier is None else text_in(tier.name, book.locale, where=f"tier {tier_id}.name")


class _Till:
    """The sentence that the person at the till reads out."""

    def __init__(
        self,
        program: Program,
        card: Card,
        event: Event,
        facts: Facts,
        book: PhraseBook,
        balance: int,
        unlocked: tuple[Reward, ...],
    ) -> None:
        self._program, self._card, self._event, self._facts = program, card, event, facts
        self.book, self.balance, self._unlocked = book, book.number(balance), unlocked
        self.view = stamp_view(program, card) if card.rules else None
        self.progress = None if self.view is None else progress_of(self.view, book)

    def sentence(self) -> str:
        facts, kind = self._facts, self._event.kind
        if facts.status == "refused":
            said = {"time": self._when(), "balance": self._money(self._card.balance)}
            return self.book.say(f"refused_{facts.reason}", **said)
        if facts.status == "duplicate":
            return self._with_progress("till_conflict" if facts.conflict else "till_duplicate")
        if kind == "close":
            return self.book.say("till_closed")
        if kind == "reverse":
            stamped = facts.stamps or facts.repaid or not facts.points
            told = self._with_progress("till_reversed") if stamped else self.book.say("till_reversed_plain")
            return joined([told, *self._owing()])
        parts = [*self._earned(), *self._given(), *self._changed()]
        return joined(parts) if parts else self._with_progress("till_noted")

    def _with_progress(self, key: str) -> str:
        if self.progress is None:
            return self.book.say(f"{key}_plain")
        return self.book.say(key, progress=self.progress)

    def _when(self) -> str:
        if self._facts.retry_at is None:
            return ""
        tz = self._program.tz
        return self.book.moment(self._facts.retry_at.astimezone(tz), today=local_day(self._event.at, tz))

    def _earned(self) -> list[str]:
        facts, book = self._facts, self.book
        parts = []
        if facts.stamps > 0 and self.progress is not None:
            parts.append(book.count("till_stamps", facts.stamps, progress=self.progress))
        if facts.repaid:
            parts.append(book.count("till_owed", facts.repaid))
        if facts.points > 0:
            parts.append(book.count("till_points", facts.points, balance=self.balance))
        if facts.points_repaid:
            parts.append(book.count("till_points_owed", facts.points_repaid))
        if facts.money:
            key = "till_loaded" if facts.money > 0 else "till_paid"
            parts.append(book.say(key, amount=self._money(abs(facts.money)), balance=self._money(self._card.balance)))
        return parts

    def _owing(self) -> list[str]:
        card, book = self._card, self.book
        parts = []
        if card.owed_stamps:
            parts.append(book.count("till_owing", card.owed_stamps))
        if card.owed_points:
            parts.append(book.count("till_points_owing", card.owed_points))
        return parts

    def _money(self, minor: int) -> str:
        gift = self._program.gift
        return self.book.money(Money(minor, gift.currency)) if gift else self.book.number(minor)

    def _given(self) -> list[str]:
        facts, book = self._facts, self.book
        parts = []
        if facts.redeemed is not None:
            parts.append(book.say("till_redeemed", title=title_of(facts.redeemed.reward, book)))
            parts += self._pack(facts.redeemed)
        if facts.points < 0:
            parts.append(book.count("till_spent", -facts.points, balance=self.balance))
        if facts.issued:
            parts.append(book.say("till_issued", title=titles_of(facts.issued, book)))
        if self._unlocked:
            titles = book.listed([title_of(one, book) for one in self._unlocked])
            parts.append(book.say("till_affordable", titles=titles))
        return parts

    def _pack(self, voucher: Voucher) -> list[str]:
        uses, left = voucher.reward.uses, voucher.uses_left
        if uses is None or left is None or uses == 1:
            return []
        words = self.book.count("pack_left", left, goal=self.book.number(uses))
        return [self.book.say("till_pack", left=words)]

    def _changed(self) -> list[str]:
        facts, book = self._facts, self.book
        parts = []
        if facts.tier is not None:
            parts.append(book.say("till_tier", tier=_tier_name(self._program, facts.tier, book)))
        if self._event.kind == "renew" and self._card.membership is not None:
            parts.append(book.say("till_membership", date=book.day(self._card.membership.last)))
        if self._event.kind == "extend" and self._event.until is not None:
            parts.append(book.say("till_extended", date=book.day(self._event.until), title=self._extended()))
        return parts

    def _extended(self) -> str:
        titles = [title_of(one.reward, self.book) for one in self._card.vouchers if one.id == self._event.voucher]
        if self._event.voucher is None or self._event.lot is not None:
            until = self._event.until
            lot_id = self._event.lot
            open_lots = (lot for lot in self._card.lots if lot.expires == until and lot.state == "open")
            points = sum(lot.left for lot in open_lots if lot_id in (None, lot.id))
            titles.append(self.book.count("points_count", points))
        return self.book.listed(titles)


def _notices(
    program: Program, before: Card, after: Card, event: Event, facts: Facts, till: _Till
) -> tuple[Notice, ...]:
    """Return the texts for the member: what an app may send as a message of its own."""
    found: list[Notice] = []
    book = till.book

    def note(key: str, name: str, text: str) -> None:
        found.append(Notice(id=f"{name}:{event.id}", key=key, text=text))

    risen = after.entries[-1].tier
    if risen is not None:
        text = book.say("tier_up").replace("%@", _tier_name(program, risen, book))
        found.append(Notice(id=level_notice(after, risen), key="tier_up", text=text))
    pack = program.pack.id if program.pack else None
    for voucher in facts.issued:
        if voucher.reward.id == pack:
            continue
        text = book.say("reward_ready").replace("%@", title_of(voucher.reward, book))
        found.append(Notice(id=f"ready:{voucher.id}", key="reward_ready", text=text))
    if facts.stamps > 0 and not facts.issued and till.progress is not None:
        note("stamp_added", "stamp", book.say("stamp_added").replace("%@", till.progress))
    if facts.stamps > 0 and after.goal - after.stamps == 1 and before.stamps != after.stamps:
        title = title_of(after.rules_of(after.cycle).reward, book)
        found.append(Notice(id=f"one_left:{after.cycle}", key="one_left", text=book.say("one_left", title=title)))
    if event.kind == "refer" and facts.points > 0:
        text = book.say("referral_credited", points=book.count("points_count", facts.points))
        note("referral_credited", "referral", text)
    elif facts.points and event.kind != "reverse":
        note("points_changed", "points_changed", book.say("points_changed").replace("%@", till.balance))
    if facts.money:
        balance = book.money(Money(after.balance, program.gift.currency)) if program.gift else ""
        note("balance_changed", "balance", book.say("balance_changed").replace("%@", balance))
    if event.kind == "redeem" and facts.redeemed is not None:
        fresh = facts.redeemed.origin == "goal" and till.view is not None and not till.view.full
        key = "redeemed" if fresh else "redeemed_other"
        note(key, "redeemed", book.say(key, title=title_of(facts.redeemed.reward, book)))
    return tuple(found)
