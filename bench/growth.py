"""How cost grows with size: 1 is in proportion, 2 would be a trap. The exponent is that of the last step up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

import walletcard as wc
from bench._effort import Effort
from bench._life import START, life, program
from bench._results import Result
from bench._rounds import take_turns
from bench._subject import AT, CLUB, member, new_identity
from bench.rules import with_lots
from walletcard import apple, render

FILES = (1, 4, 16, 64)


def results(effort: Effort) -> list[Result]:
    """Measure."""
    found = {
        f"growth: apple.sign, {_range(FILES)} more files": _repeated(_by_files(FILES), effort),
        f"growth: apply, {_range(effort.lots)} lots": _repeated(_by_lots(effort.lots), effort),
        f"growth: face, {_range(effort.lots)} lots": _repeated(_faces_by_lots(effort.lots), effort),
        f"growth: replay, {_range(effort.events)} events": _repeated(_by_events(effort.events), effort),
        f"growth: passes, {_range(effort.cards)} cards": _by_cards(effort.cards),
    }
    return [Result(name, exponent(seconds), "exponent") for name, seconds in found.items()]


def exponent(seconds: Mapping[int, float]) -> float:
    """Return ``p`` of cost ~ size ** p between the two largest sizes."""
    (smaller, quick), (larger, slow) = sorted(seconds.items())[-2:]
    return math.log(slow / quick) / math.log(larger / smaller)


def _range(sizes: tuple[int, ...]) -> str:
    return f"{sizes[0]:,} to {sizes[-1]:,}"


def _repeated(jobs: Mapping[int, Callable[[], object]], effort: Effort) -> dict[int, float]:
    named = {str(size): job for size, job in jobs.items()}
    turns = take_turns(named, rounds=-(-effort.rounds // 3), turn=effort.turn)
    return {size: turns.seconds(str(size)) for size in jobs}


def _by_files(sizes: tuple[int, ...]) -> dict[int, Callable[[], object]]:
    identity, face = new_identity(), wc.face(CLUB, member(6), at=AT)
    pictures = dict(render.pictures(face, wallet="apple"))
    document = apple.pass_json(face, identity=identity, pictures=pictures)

    def signing(count: int) -> Callable[[], object]:
        # Twelve languages, as a user might bring them: bytes, so nothing about them is remembered.
        texts = {f"{_language(number)}.lproj/pass.strings": b'"Stamps" = "Stamps";\n' for number in range(count)}
        return partial(apple.sign, document, {**pictures, **texts}, identity=identity, at=AT)

    return {size: signing(size) for size in sizes}


def _language(number: int) -> str:
    return f"{chr(97 + number // 26)}{chr(97 + number % 26)}"


def _by_lots(sizes: tuple[int, ...]) -> dict[int, Callable[[], object]]:
    club = program()

    def applying(count: int) -> Callable[[], object]:
        card, later = with_lots(count)
        return partial(wc.apply, club, card, wc.Event.visit(id="one-more", at=later, amount=2_000))

    return {size: applying(size) for size in sizes}


def _faces_by_lots(sizes: tuple[int, ...]) -> dict[int, Callable[[], object]]:
    cards = {size: with_lots(size) for size in sizes}
    return {size: partial(wc.face, program(), card, at=later) for size, (card, later) in cards.items()}


def _by_events(sizes: tuple[int, ...]) -> dict[int, Callable[[], object]]:
    club, events = program(), life(sizes[-1])
    card = wc.join(club, id="CARD-1", at=START - timedelta(days=1))
    return {size: partial(wc.replay, club, card, events[:size]) for size in sizes}


def _by_cards(sizes: tuple[int, ...]) -> dict[int, float]:
    """Issue so many passes, every card another one; each size once, for the large ones average themselves."""
    identity, seconds = new_identity(), {}
    issue(range(50), identity)
    for size in sizes:
        began = time.process_time()
        issue(range(size), identity)
        seconds[size] = time.process_time() - began
    return seconds


def issue(numbers: range, identity: apple.Identity) -> None:
    """Make the passes of these members and let them go."""
    for number in numbers:
        face = wc.face(CLUB, member(number), at=AT)
        apple.chunks(face, pictures=render.pictures(face, wallet="apple"), identity=identity, at=AT)
