"""Facts into words: the sentence for the till, and the texts for the member."""

from __future__ import annotations

from datetime import datetime

from walletcard.loyalty._days import local_day
from walletcard.loyalty._facts import Facts
from walletcard.loyalty._view import book_for, stamp_view, title_of, titles_of
from walletcard.model import Card, Event, Notice, Outcome, Program, Voucher
from walletcard.words import PhraseBook


def told(program: Program, before: Card, after: Card, event: Event, facts: Facts) -> Outcome:
    """Return the outcome of an event, in the card's language."""
    book = book_for(program, after)
    return Outcome(
        status=facts.status,
        text=_sentence(program, after, event, facts, book),
        reason=facts.reason,
        retry_at=facts.retry_at,
        conflict=facts.conflict,
        earned=facts.earned,
        balance=after.stamps,
        issued=facts.issued,
        redeemed=facts.redeemed,
        revoked=facts.revoked,
        notices=_notices(before, after, event, facts, book) if facts.status == "applied" else (),
    )


def told_settled(program: Program, card: Card, expired: tuple[Voucher, ...]) -> Outcome:
    """Return the outcome of a settlement, in the card's language."""
    book = book_for(program, card)
    text = book.say("till_expired", title=titles_of(expired, book)) if expired else book.say("till_settled")
    return Outcome(status="applied", text=text, balance=card.stamps, expired=expired)


def _sentence(program: Program, card: Card, event: Event, facts: Facts, book: PhraseBook) -> str:
    view = stamp_view(card)
    progress = book.say("progress", n=book.number(view.count), goal=book.number(view.rules.goal))
    if facts.status == "refused":
        when = _when(program, event.at, facts.retry_at, book)
        return book.say(f"refused_{facts.reason}", time=when)
    if facts.status == "duplicate":
        return book.say("till_conflict" if facts.conflict else "till_duplicate", progress=progress)
    if event.kind == "close":
        return book.say("till_closed")
    if event.kind == "reverse":
        return book.say("till_reversed", progress=progress)
    if facts.redeemed is not None:
        return book.say("till_redeemed", title=title_of(facts.redeemed.reward, book))
    parts = []
    if facts.earned:
        parts.append(book.count("till_stamps", facts.earned, progress=progress))
    if facts.repaid:
        parts.append(book.count("till_owed", facts.repaid))
    if facts.issued:
        parts.append(book.say("till_issued", title=titles_of(facts.issued, book)))
    return " ".join(parts) or book.say("till_noted", progress=progress)


def _when(program: Program, asked: datetime, retry_at: datetime | None, book: PhraseBook) -> str:
    if retry_at is None:
        return ""
    return book.moment(retry_at.astimezone(program.tz), today=local_day(asked, program.tz))


def _notices(before: Card, after: Card, event: Event, facts: Facts, book: PhraseBook) -> tuple[Notice, ...]:
    view = stamp_view(after)
    found = []
    if facts.issued:
        text = book.say("reward_ready").replace("%@", titles_of(facts.issued, book))
        found.append(Notice(id=f"ready:{event.id}", key="reward_ready", text=text))
    if facts.earned > 0 and not facts.issued:
        progress = book.say("progress", n=book.number(view.count), goal=book.number(view.rules.goal))
        text = book.say("stamp_added").replace("%@", progress)
        found.append(Notice(id=f"stamp:{event.id}", key="stamp_added", text=text))
    if facts.earned > 0 and after.goal - after.stamps == 1 and before.stamps != after.stamps:
        title = title_of(after.rules_of(after.cycle).reward, book)
        found.append(Notice(id=f"one_left:{after.cycle}", key="one_left", text=book.say("one_left", title=title)))
    if event.kind == "redeem" and facts.redeemed is not None:
        key = "redeemed" if facts.redeemed.origin == "goal" else "redeemed_other"
        text = book.say(key, title=title_of(facts.redeemed.reward, book))
        found.append(Notice(id=f"redeemed:{event.id}", key=key, text=text))
    return tuple(found)
