"""A programme and what happened to its members into an owner's numbers. Pure; one pass over every member's events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum
from typing import Final

from walletcard._clock import utc_now
from walletcard.loyalty import _ledger as ledger
from walletcard.loyalty._activity import EARNING
from walletcard.loyalty._books import Books
from walletcard.loyalty._days import local_day
from walletcard.loyalty._members import Member, Span, checked
from walletcard.model import Card, Entry, Event, Program, Report
from walletcard.model._checks import require
from walletcard.model._report import REPORT_DAYS

_SOON: Final = timedelta(days=REPORT_DAYS)


def measure(
    program: Program,
    members: Iterable[tuple[Card, Iterable[Event]]],
    *,
    at: datetime | None = None,
    notices: Iterable[tuple[str, str, datetime]] = (),
    launched: datetime | None = None,
) -> Report:
    """Return an owner's numbers at a moment; `Report` has the formula of each. The order of members means nothing.

    Args:
        program: The rules; the events are replayed by them.
        members: Each card as `join` made it, with its events in the order in which they arrived. A card as it is
            stored will do, too, with all of its events or none: what it has taken is not taken twice. Pass stored
            cards where the rules have changed on the way; they can tell of no moment before their last event.
        at: What happened later is left out; ``None`` is now.
        notices: What was sent: the card's id, the `Notice.id` of `walletcard.due`, and when. Those that begin with
            ``comeback:`` are looked at; others may be among them.
        launched: When the programme began, or anything else that parts before from after. With it, visits and
            purchases of a day before the card's first are *history*: nothing is earned by them, no limit holds them
            back, and those before the launch count for ``gap_before``.

    Raises:
        InvalidCardError: Something is no card, event, notice or moment; a card is of another programme, is there
            twice, or holds events later than ``at``; a notice names no member's card; ``launched`` is later than
            ``at``.
    """
    require(program, Program, "program")
    span, found, sent = checked(program, members, utc_now() if at is None else at, notices, launched)
    stories = [_told(program, member, span) for member in found]
    gaps = [(_gap(story.before), _gap(story.days)) for story in stories]
    both = [(before, after) for before, after in gaps if before is not None and after is not None]
    followed = [again for story in stories for again in _followed(story.days, span.today)]
    costs = [cost for story in stories for cost in _costs(program, story)]
    finished = [_finished(story, span) for story in stories]
    amounts = [entry.amount for story in stories for entry in story.entries if entry.kind in EARNING]
    comebacks = [answered for story in stories for answered in _comebacks(story, sent.get(story.card.id, []), span)]
    open_cards = [story.card for story in stories if story.card.state == "active"]
    return Report(
        program=program.id,
        at=span.at,
        launched=span.launched,
        members=len(stories),
        active=sum(1 for one in stories if one.card.state == "active" and _lately(one.days, span.today)),
        visits=sum(len(story.days) for story in stories),
        followed=len(followed),
        repeated=sum(followed),
        gap=_average([after for _, after in gaps if after is not None]),
        compared=len(both),
        gap_before=_average([before for before, _ in both]),
        gap_after=_average([after for _, after in both]),
        cycles=sum(finished) if program.stamps else None,
        finishers=sum(1 for count in finished if count) if program.stamps else None,
        redemptions=len(costs),
        reward_cost=None if None in costs else sum(cost for cost in costs if cost is not None),
        uncosted=costs.count(None),
        points_usable=sum(card.points_on(span.today) for card in open_cards) if program.points else None,
        points_owed=sum(story.card.owed_points for story in stories) if program.points else None,
        comeback_notices=len(comebacks),
        comebacks=sum(comebacks),
        friends=_friends(stories, {member.card.id for member in found}) if program.referral else None,
        revenue=sum(amounts) if any(amounts) else None,
        priced=sum(1 for amount in amounts if amount),
        unpriced=amounts.count(0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """What one member did: all that the numbers are made from.

    Attributes:
        card: As settled at the moment of the report.
        entries: The events that count, from the launch on.
        uses: When the visits and purchases among them were, in order.
        days: The visits, from the launch on, in order.
        before: The visits before it, in order.
    """

    card: Card
    entries: Sequence[Entry]
    uses: Sequence[datetime]
    days: Sequence[date]
    before: Sequence[date]


def _told(program: Program, member: Member, span: Span) -> _Story:
    books = Books(program, member.card)
    history = _take(books, member.events, span)
    ledger.settle(books, span.at)
    card = books.card()
    standing = [entry for entry in card.entries if entry.reversed_by is None]
    entries = [entry for entry in standing if span.after(entry.at)]
    uses = sorted(entry.at for entry in entries if entry.kind in EARNING)
    earlier = [entry.at for entry in standing if entry.kind in EARNING] + history
    return _Story(
        card=card,
        entries=entries,
        uses=uses,
        days=sorted({local_day(moment, span.tz) for moment in uses}),
        before=sorted({local_day(moment, span.tz) for moment in earlier if not span.after(moment)}),
    )


def _take(books: Books, events: Sequence[Event], span: Span) -> list[datetime]:
    """Apply a member's events; return when the visits and purchases were that are older than the card."""
    joined = local_day(books.start.joined, span.tz) if span.launched else date.min
    history: dict[str, datetime] = {}
    reversed_ids: set[str] = set()
    for event in events:
        if event.at > span.at or event.id in history:
            continue
        past = event.kind in EARNING and local_day(event.at, span.tz) < joined
        if past and event.id not in books.entries:
            history[event.id] = event.at
        elif event.kind == "reverse" and event.event in history:
            reversed_ids.add(event.event)
        else:
            ledger.apply(books, event)
    return [moment for name, moment in history.items() if name not in reversed_ids]


def _lately(days: Sequence[date], today: date) -> bool:
    return bool(days) and today - days[-1] < _SOON


def _followed(days: Sequence[date], today: date) -> Iterator[bool]:
    """Yield, for every visit that can be judged, whether another followed soon."""
    for place, day in enumerate(days):
        if day + _SOON < today:
            yield place + 1 < len(days) and days[place + 1] - day <= _SOON


def _gap(days: Sequence[date]) -> float | None:
    return (days[-1] - days[0]).days / (len(days) - 1) if len(days) > 1 else None


def _average(gaps: Sequence[float]) -> float | None:
    # Unlike sum(), fsum() gives the same in whatever order the members come.
    return fsum(gaps) / len(gaps) if gaps else None


def _finished(story: _Story, span: Span) -> int:
    finals = (one for one in story.card.vouchers if one.origin == "goal" and one.state != "revoked")
    return sum(1 for one in finals if span.after(one.valid_from))


def _costs(program: Program, story: _Story) -> Iterator[int | None]:
    """Yield what each redemption cost; ``None`` where nobody knows."""
    rewards = {voucher.id: voucher.reward for voucher in story.card.vouchers}
    for entry in story.entries:
        if entry.kind != "redeem":
            continue
        if entry.voucher is not None:
            reward = rewards[entry.voucher]
            if program.pack is None or reward.id != program.pack.id:
                yield reward.cost
        elif entry.taken and not entry.vouchers:  # What became a voucher is given when that is used.
            yield None


def _comebacks(story: _Story, notices: Sequence[datetime], span: Span) -> Iterator[bool]:
    """Yield, for every comeback notice of a card, whether a visit answered it."""
    place = 0
    for sent, following in zip(notices, (*notices[1:], None), strict=False):
        while place < len(story.uses) and story.uses[place] <= sent:
            place += 1
        use = story.uses[place] if place < len(story.uses) else None
        if use is None or (following is not None and use > following):
            yield False
        else:
            yield local_day(use, span.tz) - local_day(sent, span.tz) <= _SOON


def _friends(stories: Iterable[_Story], ids: set[str]) -> int:
    brought: set[str] = set()
    for story in stories:
        for entry in story.entries:
            if entry.kind in EARNING and entry.friend is not None:
                brought.add(story.card.id)
            elif entry.kind == "refer" and entry.friend is not None and entry.friend not in ids:
                brought.add(entry.friend)
    return len(brought)
