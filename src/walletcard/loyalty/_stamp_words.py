"""How far a card has come, in words: said once for all cards of a programme that have come as far."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from walletcard.loyalty._kept import front
from walletcard.loyalty._view import StampView, joined, progress_of, title_of, titles_in
from walletcard.model import Balance, Field, Program
from walletcard.model._text import text_in
from walletcard.words import PhraseBook, phrase_book


class StampWords(NamedTuple):
    """What a face says of stamps.

    Attributes:
        head: The count.
        row: What they lead to.
        balance: The count, as Google shows it.
        alt: The same numbers in words, for who cannot see them.
    """

    head: Field
    row: tuple[Field, ...]
    balance: Balance
    alt: str


@lru_cache(maxsize=1024)
def stamp_words(program: Program, locale: str, view: StampView) -> StampWords:
    """Return what the face of a stamp card says of its stamps."""
    book = phrase_book(locale, program.words, home=program.locale)
    unit = program.stamps.unit if program.stamps else "stamps"
    words, progress = book.unit(unit, view.left), progress_of(view, book)
    return StampWords(
        head=front(book, "stamps", words.label, progress, "header"),
        row=_full(view, book) if view.full else _ahead(view, words.field, book),
        balance=Balance(label=words.label, text=progress, short=progress_of(view, book, "progress_short")),
        alt=_alt(view, words.sentence, book),
    )


def _full(view: StampView, book: PhraseBook) -> tuple[Field, ...]:
    ready = view.waiting
    value = titles_in(ready, book) if len(ready) == 1 else book.count("ready_count", len(ready))
    return (front(book, "reward", book.say("ready_label"), value),)


def _ahead(view: StampView, left: str, book: PhraseBook) -> tuple[Field, ...]:
    return (
        front(book, "reward", book.say("next_label"), title_of(view.next_reward, book)),
        front(book, "left", book.say("left_label"), left),
    )


def _alt(view: StampView, left: str, book: PhraseBook) -> str:
    parts = [book.say("alt_progress", n=book.number(view.count), goal=book.number(view.rules.goal))]
    if view.full:
        parts.append(book.say("alt_ready", title=titles_in(view.waiting, book)))
        return joined(parts)
    reward = view.next_reward
    if reward.in_sentence is None:
        parts.append(book.count("alt_next_title", view.left, left=left, title=title_of(reward, book)))
    else:
        sentence = text_in(reward.in_sentence, book.locale, where=f"reward {reward.id}.in_sentence")
        parts.append(book.count("alt_next", view.left, left=left, reward=sentence))
    if view.waiting:
        parts.append(book.count("alt_waiting", len(view.waiting)))
    return joined(parts)
