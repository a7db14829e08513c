"""How far a card has come, as its face and its texts tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from walletcard.model import Card, CycleRules, Program, Reward, Voucher
from walletcard.model._card import Period
from walletcard.model._text import text_in
from walletcard.words import PhraseBook, phrase_book


@dataclass(frozen=True, slots=True, kw_only=True)
class StampView:
    """What a stamp card shows.

    Attributes:
        rules: Of the cycle that is shown.
        cycle: The cycle that is shown.
        count: Stamps shown, 0 to the goal.
        full: A finished card waits to be redeemed, and no new stamp has been added since.
        waiting: What there is to redeem, oldest first.
        next_reward: What the next stamps earn.
        left: Stamps to it, those that are owed included.
    """

    rules: CycleRules
    cycle: int
    count: int
    full: bool
    waiting: tuple[Reward, ...]
    next_reward: Reward
    left: int


class Holding(NamedTuple):
    """What a face tells of a card beside its stamps, its points and its level; as `Card` has it.

    Attributes:
        used: The milestones of the cycle that is shown whose reward was redeemed.
    """

    member: str | None
    sender: str | None
    message: str | None
    referral_code: str | None
    membership: Period | None
    balance: int
    loaded: int
    balance_to: date | None
    used: frozenset[int | None]


def holding_of(card: Card, view: StampView | None) -> Holding:
    """Return what a settled card holds."""
    used: frozenset[int | None] = frozenset()
    if view is not None:
        on_the_way = (one for one in card.vouchers if one.cycle == view.cycle and one.origin == "milestone")
        used = frozenset(one.position for one in on_the_way if one.used)
    return Holding(
        card.member,
        card.sender,
        card.message,
        card.referral_code,
        card.membership,
        card.balance,
        card.loaded,
        card.balance_to,
        used,
    )


def waiting_on(program: Program, card: Card) -> tuple[Voucher, ...]:
    """Return the vouchers that a settled card has to redeem; a pack, which is counted down, is not among them.

    Nothing can be redeemed from a closed card, so nothing waits on it.
    """
    pack = program.pack.id if program.pack else None
    active = card.state == "active"
    return tuple(one for one in card.vouchers if active and one.state == "issued" and one.reward.id != pack)


def stamp_view(program: Program, card: Card) -> StampView:
    """Return what a settled card shows: the full card while its reward waits and no new stamp has come."""
    waiting = waiting_on(program, card)
    finals = [one for one in waiting if one.origin == "goal"]
    full = bool(finals) and card.stamps == 0
    cycle = finals[-1].cycle if full and finals[-1].cycle is not None else card.cycle
    rules = card.rules_of(cycle)
    given = {
        one.position
        for one in card.vouchers
        if one.cycle == card.cycle and one.origin == "milestone" and one.state != "revoked"
    }
    ahead = card.rules_of(card.cycle)
    steps = [(one.at, one.reward) for one in ahead.milestones if one.at > card.stamps and one.at not in given]
    at, reward = min([*steps, (ahead.goal, ahead.reward)], key=lambda step: step[0])
    return StampView(
        rules=rules,
        cycle=cycle,
        count=rules.goal if full else card.stamps,
        full=full,
        waiting=tuple(one.reward for one in waiting),
        next_reward=reward,
        left=at - card.stamps + card.owed_stamps,
    )


def progress_of(view: StampView, book: PhraseBook, key: str = "progress") -> str:
    """Return the stamps shown, in words: "6 of 9"."""
    return book.say(key, n=book.number(view.count), goal=book.number(view.rules.goal))


def title_of(reward: Reward, book: PhraseBook) -> str:
    """Return a reward's title in the book's language."""
    return text_in(reward.title, book.locale, where=f"reward {reward.id}.title")


def titles_of(vouchers: Sequence[Voucher], book: PhraseBook) -> str:
    """Return the titles of some vouchers as one value: "Free coffee", "2 × Free coffee, Oil"."""
    return titles_in([one.reward for one in vouchers], book)


def titles_in(rewards: Sequence[Reward], book: PhraseBook) -> str:
    """Return the titles of some rewards as one value, as `titles_of` does."""
    counts = Counter(title_of(one, book) for one in rewards)
    titles = (
        title if n == 1 else book.say("title_times", n=book.number(n), title=title) for title, n in counts.items()
    )
    return book.listed(titles)


def book_for(program: Program, card: Card, locale: str | None = None) -> PhraseBook:
    """Return the phrase book that a card speaks."""
    spoken = card.locale if locale is None else locale
    return phrase_book(program.locale if spoken is None else spoken, program.words, home=program.locale)


def joined(sentences: Sequence[str]) -> str:
    """Join whole sentences; after a full-width stop no space follows."""
    return "".join(text if text.endswith("。") else f"{text} " for text in sentences).rstrip()
