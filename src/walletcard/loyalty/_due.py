"""What a member should hear today: ready texts, each with an id that stays the same, so that an app sends it once."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from walletcard._clock import utc_now
from walletcard.errors import quoted
from walletcard.loyalty._activity import Activity
from walletcard.loyalty._days import add_months, local_day
from walletcard.loyalty._front import tier_name
from walletcard.loyalty._standing import level_notice, rank
from walletcard.loyalty._status import Status, status_of
from walletcard.loyalty._verbs import settle
from walletcard.loyalty._view import StampView, book_for, stamp_view, title_of, waiting_on
from walletcard.model import Card, Money, Notice, Program
from walletcard.model._checks import Findings
from walletcard.model._text import text_in
from walletcard.words import PhraseBook

_PRESENT: Final = frozenset({"purchase", "redeem", "visit"})
_COMEBACK_DAYS: Final = 30  # After a threshold; whoever is asked back later than that was not asked in time.


def due(
    program: Program,
    card: Card,
    *,
    at: datetime | None = None,
    birthday: tuple[int, int] | None = None,
) -> tuple[Notice, ...]:
    """Return the notices that are due on a day: call it once a day for each card, and send what was not sent before.

    Birthday and come-back are promotional, all others transactional. Those that an event has just caused stand in
    `Outcome.notices` too, under the same ids.

    Args:
        program: The rules; `Program.reminders` says when.
        card: As it is stored; it is judged as `settle` would leave it.
        at: ``None`` is now.
        birthday: Month and day, given by the app each time and stored nowhere; 29 February falls on the 28th in
            other years.

    Raises:
        InvalidCardError: The card belongs to another programme, ``at`` has no time zone, or no such birthday.
    """
    at = utc_now() if at is None else at
    settled = settle(program, card, at=at)[0]
    _check_birthday(birthday)
    if settled.state == "closed":
        return ()
    day = local_day(at, program.tz)
    book = book_for(program, settled)
    view = stamp_view(program, settled) if settled.rules and program.stamps else None
    today = _Today(
        program, settled, day, book, view, status_of(program, settled, at), Activity(program, settled.entries)
    )
    return (
        *today.ready(),
        *today.one_left(),
        *today.level(),
        *today.friends(),
        *today.points_ending(),
        *today.lapsing(),
        *today.balance_ending(),
        *today.vouchers_ending(),
        *today.membership_ending(),
        *today.birthday(birthday),
        *today.comeback(),
    )


def _check_birthday(birthday: object) -> None:
    if birthday is None:
        return
    findings = Findings("birthday")
    try:
        date(2024, *birthday)  # type: ignore[misc]  # A leap year; what is no pair is refused below.
    except (TypeError, ValueError):
        shown = quoted(str(birthday)) if isinstance(birthday, tuple) else quoted(birthday)
        findings.add("birthday.invalid", "", f"{shown} is no month and day", "pass (2, 29), without a year")
    findings.finish()


@dataclass(frozen=True, slots=True)
class _Today:
    """One card on one day; each method yields the notices of one kind."""

    program: Program
    card: Card
    day: date
    book: PhraseBook
    view: StampView | None
    status: Status
    used: Activity

    def ready(self) -> Iterator[Notice]:
        for voucher in waiting_on(self.program, self.card):
            text = self.book.say("reward_ready").replace("%@", title_of(voucher.reward, self.book))
            yield Notice(id=f"ready:{voucher.id}", key="reward_ready", text=text)

    def one_left(self) -> Iterator[Notice]:
        card = self.card
        if self.view is not None and card.goal - card.stamps + card.owed_stamps == 1:
            title = title_of(card.rules_of(card.cycle).reward, self.book)
            yield Notice(id=f"one_left:{card.cycle}", key="one_left", text=self.book.say("one_left", title=title))

    def level(self) -> Iterator[Notice]:
        tier = self.status.tier
        if tier is not None and rank(self.program, tier.id) > 0:
            text = self.book.say("tier_up").replace("%@", tier_name(tier, self.book))
            yield Notice(id=level_notice(self.card, tier.id), key="tier_up", text=text)

    def friends(self) -> Iterator[Notice]:
        lots = {lot.id: lot for lot in self.card.lots}
        vouchers = {voucher.id: voucher for voucher in self.card.vouchers}
        for entry in self.card.entries:
            if entry.kind != "refer" or entry.reversed_by is not None:
                continue
            points = sum(lots[f"{entry.id}.{n}"].points for n in range(1, entry.lots + 1))
            if points:
                text = self.book.say("referral_credited", points=self.book.count("points_count", points))
                yield Notice(id=f"referral:{entry.id}", key="referral_credited", text=text)
            elif entry.vouchers:
                title = title_of(vouchers[f"{entry.id}.1"].reward, self.book)
                text = self.book.say("referral_reward", title=title)
                yield Notice(id=f"referral:{entry.id}", key="referral_reward", text=text)

    def points_ending(self) -> Iterator[Notice]:
        months = self.program.reminders.points_months
        ends: dict[date, int] = {}
        for lot in self.card.lots:
            if months and lot.usable_on(self.day) and lot.expires is not None:
                ends[lot.expires] = ends.get(lot.expires, 0) + lot.left
        for last, points in sorted(ends.items()):
            if self.day >= add_months(last, -months):
                values = {"date": self.book.day(last), "points": self.book.count("points_count", points)}
                yield Notice(id=f"points:{last}", key="expiring", text=self.book.say("expiring", **values))

    def lapsing(self) -> Iterator[Notice]:
        lapse = self.program.points.lapse if self.program.points else None
        if lapse is None:
            return
        used = self.used.newest() or self.card.joined
        ends: dict[date, int] = {}
        for lot in self.card.lots:
            if lot.usable_on(self.day):
                last = local_day(max(used, lot.earned), self.program.tz) + timedelta(days=lapse.days)
                ends[last] = ends.get(last, 0) + lot.left
        for last, points in sorted(ends.items()):
            if last - timedelta(days=lapse.notice_days) <= self.day <= last:
                values = {"date": self.book.day(last), "points": self.book.count("points_count", points)}
                yield Notice(id=f"lapse:{last}", key="lapsing", text=self.book.say("lapsing", **values))

    def balance_ending(self) -> Iterator[Notice]:
        months, last, gift = self.program.reminders.points_months, self.card.balance_to, self.program.gift
        if not months or gift is None or last is None or not self.card.balance:
            return
        if add_months(last, -months) <= self.day <= last:
            left = self.book.money(Money(self.card.balance, gift.currency))
            text = self.book.say("expiring", date=self.book.day(last), points=left)
            yield Notice(id=f"balance:{last}", key="expiring", text=text)

    def vouchers_ending(self) -> Iterator[Notice]:
        before = timedelta(days=self.program.reminders.voucher_days)
        for voucher in waiting_on(self.program, self.card):
            last = voucher.valid_to
            if before and last is not None and self.day >= last - before:
                title = title_of(voucher.reward, self.book)
                text = self.book.say("voucher_expiring", date=self.book.day(last), title=title)
                yield Notice(id=f"voucher:{voucher.id}:{last}", key="voucher_expiring", text=text)

    def membership_ending(self) -> Iterator[Notice]:
        months, period = self.program.reminders.points_months, self.card.membership
        if months and period is not None and self.day >= add_months(period.last, -months):
            text = self.book.say("membership_expiring", date=self.book.day(period.last))
            yield Notice(id=f"membership:{period.last}", key="membership_expiring", text=text)

    def birthday(self, birthday: tuple[int, int] | None) -> Iterator[Notice]:
        if birthday is None:
            return
        month, day = birthday
        if (month, day) == (2, 29) and not isleap(self.day.year):
            day = 28
        if (self.day.month, self.day.day) == (month, day):
            text = self.book.say("birthday", **self._names())
            yield Notice(id=f"birthday:{self.day.year}", key="birthday", text=text, purpose="promotional")

    def comeback(self) -> Iterator[Notice]:
        if self.program.gift is not None:
            return  # A voucher that somebody was given is no habit to come back to.
        last = self._last_seen()
        gap = (self.day - last).days
        passed = [days for days in self.program.reminders.comeback_days if days <= gap]
        if passed and gap < passed[-1] + _COMEBACK_DAYS:
            key, values = self._kept()
            text = self.book.say(key, **values, **self._names())
            notice_id = f"comeback:{passed[-1]}:{last}"
            yield Notice(id=notice_id, key=key, text=text, purpose="promotional")

    def _kept(self) -> tuple[str, dict[str, str]]:
        """Return what the card still holds, which is worth coming back for."""
        if self.view is not None and self.program.stamps is not None and not self.view.full:
            left = self.book.unit(self.program.stamps.unit, self.view.left).left
            return "comeback", {"left": left, "title": title_of(self.view.next_reward, self.book)}
        if self.status.points:
            return "comeback_points", {"points": self.book.count("points_count", self.status.points)}
        return "comeback_plain", {}

    def _names(self) -> dict[str, str]:
        member = self.card.member or ""
        name = text_in(self.program.name, self.book.locale, where="program.name")
        return {"member": member, "given": member.split(" ")[0], "name": name}

    def _last_seen(self) -> date:
        """Return the day of the last visit, purchase or redemption; of joining, before there was one."""
        seen = (one.at for one in self.card.entries if one.kind in _PRESENT and one.reversed_by is None)
        return local_day(max(seen, default=self.card.joined), self.program.tz)
