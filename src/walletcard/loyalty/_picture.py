"""What the picture of a card shows - stamps, a pack, the way to a level or an item - and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from walletcard.loyalty._front import tier_name, to_tier
from walletcard.loyalty._status import Status
from walletcard.loyalty._view import StampView, joined, title_of, titles_of
from walletcard.model import Card, Design, Money, Program, StripSpec, Voucher
from walletcard.model._strip import MAX_CELLS
from walletcard.model._text import direction_of, text_in
from walletcard.words import PhraseBook


def strip_of(
    program: Program,
    card: Card,
    view: StampView | None,
    status: Status,
    waiting: Sequence[Voucher],
    design: Design,
    book: PhraseBook,
) -> StripSpec:
    """Return the picture: of stamps where the programme has them, else of the pack, the level, the points."""
    plain = design.strip(direction=direction_of(book.locale))
    if view is not None and program.stamps is not None:
        return _grid(plain, program.stamps.reward_cell, card, view, _stamps_alt(program, view, book))
    if status.pack is not None and program.points is None and not program.tiers:
        return _countdown(plain, *status.pack, book)
    if status.tier is not None:
        return _level_bar(plain, program, status, book)
    if program.points is not None:
        return _points_bar(plain, status, book)
    if program.gift is not None:
        alt = book.say("alt_gift", balance=book.money(Money(card.balance, program.gift.currency)))
        return replace(plain, alt=alt)
    return replace(plain, alt=book.count("alt_waiting", len(waiting)) if waiting else "")


def _grid(plain: StripSpec, reward_cell: bool, card: Card, view: StampView, alt: str) -> StripSpec:
    cells = min(view.rules.goal + (1 if reward_cell else 0), MAX_CELLS)
    used = {
        voucher.position
        for voucher in card.vouchers
        if voucher.cycle == view.cycle and voucher.origin == "milestone" and voucher.used
    }
    milestones = tuple(one.at for one in view.rules.milestones)
    return replace(
        plain,
        mode="grid",
        cells=cells,
        filled=cells if view.full else view.count,
        milestones=milestones,
        used=tuple(one for one in milestones if one in used),
        reward_at=cells,
        lit=view.full,
        alt=alt,
    )


def _stamps_alt(program: Program, view: StampView, book: PhraseBook) -> str:
    """Return the stamps in words: the same numbers as the fields, for who cannot see them."""
    parts = [book.say("alt_progress", n=book.number(view.count), goal=book.number(view.rules.goal))]
    if view.full:
        parts.append(book.say("alt_ready", title=titles_of(view.waiting, book)))
        return joined(parts)
    reward = view.next_reward
    unit = program.stamps.unit if program.stamps else "stamps"
    left = book.unit(unit, view.left).sentence
    if reward.in_sentence is None:
        parts.append(book.count("alt_next_title", view.left, left=left, title=title_of(reward, book)))
    else:
        sentence = text_in(reward.in_sentence, book.locale, where=f"reward {reward.id}.in_sentence")
        parts.append(book.count("alt_next", view.left, left=left, reward=sentence))
    if view.waiting:
        parts.append(book.count("alt_waiting", len(view.waiting)))
    return joined(parts)


def _countdown(plain: StripSpec, left: int, uses: int, book: PhraseBook) -> StripSpec:
    """Return prepaid uses counted down; more than fit are told in words alone."""
    alt = book.count("alt_pack", left, goal=book.number(uses))
    if not 1 <= uses <= MAX_CELLS:
        return replace(plain, alt=alt)
    return replace(plain, mode="countdown", cells=uses, filled=left, alt=alt)


def _level_bar(plain: StripSpec, program: Program, status: Status, book: PhraseBook) -> StripSpec:
    """Return the way from this level to the one above; a full bar at the top."""
    tier, above = status.tier, status.above
    if tier is None:
        return plain
    by_spend = (above or tier).min_sessions is None
    parts = []
    if by_spend:
        if program.currency is not None:
            spent = book.money(Money(status.spend, program.currency), whole=True)
            parts.append(book.say("alt_spend", amount=spent))
    else:
        parts.append(book.count("alt_sessions", status.sessions))
    if above is None:
        parts.append(book.say("alt_tier", tier=tier_name(tier, book)))
        return replace(plain, mode="bar", value=1, start=0, end=1, alt=joined(parts))
    if not by_spend:
        left = max(1, (above.min_sessions or 0) - status.sessions)
        parts.append(book.count("alt_to_tier", left, tier=tier_name(above, book)))
    elif amount := to_tier(program, status, book):
        parts.append(book.say("alt_to_tier_spend", amount=amount, tier=tier_name(above, book)))
    start = (tier.min_spend if by_spend else tier.min_sessions) or 0
    end = (above.min_spend if by_spend else above.min_sessions) or start + 1
    value = status.spend if by_spend else status.sessions
    return replace(plain, mode="bar", value=value, start=min(start, end - 1), end=end, alt=joined(parts))


def _points_bar(plain: StripSpec, status: Status, book: PhraseBook) -> StripSpec:
    """Return the way from the dearest item within reach to the next one; a full bar where all are."""
    parts = [book.count("alt_points", status.points)]
    start = (status.affordable[-1].points or 0) if status.affordable else 0
    if status.next_item is None:
        alt = joined(parts)
        return (
            replace(plain, mode="bar", value=1, start=0, end=1, alt=alt)
            if status.affordable
            else replace(plain, alt=alt)
        )
    end = status.next_item.points or start + 1
    parts.append(book.count("alt_to_item", end - status.points, title=title_of(status.next_item, book)))
    return replace(plain, mode="bar", value=status.points, start=start, end=end, alt=joined(parts))
