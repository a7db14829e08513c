"""What the picture of a card shows - stamps, a pack, the way to a level or an item - and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from walletcard.loyalty._front import tier_name, to_tier
from walletcard.loyalty._kept import kept_strip
from walletcard.loyalty._stamp_words import stamp_words
from walletcard.loyalty._status import Status
from walletcard.loyalty._view import Holding, StampView, joined, title_of
from walletcard.model import Design, Money, Program, Reward, StripSpec
from walletcard.model._strip import MAX_CELLS
from walletcard.model._text import direction_of
from walletcard.words import PhraseBook

_LEVEL: Final = "star"  # At the end of the way to a level; a gift is for what can be had.
_Plain = Callable[..., StripSpec]  # The picture without anything on it; takes its words, and what is drawn.


def strip_of(
    program: Program,
    card: Holding,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Reward],
    design: Design,
    look: str,
    book: PhraseBook,
) -> StripSpec:
    """Return the picture: of stamps where the programme has them, else of the pack, the level, the points."""

    def plain(alt: str, **drawn: Any) -> StripSpec:
        return kept_strip(design, direction_of(book.locale), alt, look, **drawn)

    if view is not None and program.stamps is not None:
        return _grid(plain, program.stamps.reward_cell, card, view, stamp_words(program, book.locale, view).alt)
    if status.pack is not None and program.points is None and not program.tiers:
        return _countdown(plain, *status.pack, book)
    if status.tier is not None:
        return _level_bar(plain, program, status, book)
    if program.points is not None:
        return _points_bar(plain, status, book)
    if program.gift is not None:
        alt = book.say("alt_gift", balance=book.money(Money(card.balance, program.gift.currency)))
        return plain(alt)
    return plain(book.count("alt_waiting", len(waiting)) if waiting else "")


def _grid(plain: _Plain, reward_cell: bool, card: Holding, view: StampView, alt: str) -> StripSpec:
    cells = min(view.rules.goal + (1 if reward_cell else 0), MAX_CELLS)
    milestones = tuple(one.at for one in view.rules.milestones)
    return plain(
        alt,
        mode="grid",
        cells=cells,
        filled=cells if view.full else view.count,
        milestones=milestones,
        used=tuple(one for one in milestones if one in card.used),
        reward_at=cells,
        lit=view.full,
    )


def _countdown(plain: _Plain, left: int, uses: int, book: PhraseBook) -> StripSpec:
    """Return prepaid uses counted down; more than fit are told in words alone."""
    alt = book.count("alt_pack", left, goal=book.number(uses))
    if not 1 <= uses <= MAX_CELLS:
        return plain(alt)
    return plain(alt, mode="countdown", cells=uses, filled=left)


def _level_bar(plain: _Plain, program: Program, status: Status, book: PhraseBook) -> StripSpec:
    """Return the way from this level to the one above; at the top the points' way, else a full bar."""
    tier, above = status.tier, status.above
    if tier is None:
        return plain("")
    by_spend = (above or tier).min_sessions is None
    parts = []
    if by_spend:
        if program.currency is not None:
            spent = book.money(Money(status.spend, program.currency), whole=True)
            parts.append(book.say("alt_spend", amount=spent))
    else:
        parts.append(book.count("alt_sessions", status.sessions))
    if above is None:
        level = book.say("alt_tier", tier=tier_name(tier, book))
        if status.affordable or status.next_item is not None:
            return _points_bar(plain, status, book, before=(level,))
        return plain(joined([*parts, level]), mode="bar", value=1, start=0, end=1, end_icon=_LEVEL)
    if not by_spend:
        left = max(1, (above.min_sessions or 0) - status.sessions)
        parts.append(book.count("alt_to_tier", left, tier=tier_name(above, book)))
    elif amount := to_tier(program, status, book):
        parts.append(book.say("alt_to_tier_spend", amount=amount, tier=tier_name(above, book)))
    start = (tier.min_spend if by_spend else tier.min_sessions) or 0
    end = (above.min_spend if by_spend else above.min_sessions) or start + 1
    value = status.spend if by_spend else status.sessions
    return plain(joined(parts), mode="bar", value=value, start=min(start, end - 1), end=end, end_icon=_LEVEL)


def _points_bar(plain: _Plain, status: Status, book: PhraseBook, before: Sequence[str] = ()) -> StripSpec:
    """Return the way from the dearest item within reach to the next one; a full bar where all are.

    ``before`` are sentences that come first.
    """
    parts = [*before, book.count("alt_points", status.points)]
    start = (status.affordable[-1].points or 0) if status.affordable else 0
    if status.next_item is None:
        alt = joined(parts)
        return plain(alt, mode="bar", value=1, start=0, end=1) if status.affordable else plain(alt)
    end = status.next_item.points or start + 1
    parts.append(book.count("alt_to_item", end - status.points, title=title_of(status.next_item, book)))
    return plain(joined(parts), mode="bar", value=status.points, start=start, end=end)
