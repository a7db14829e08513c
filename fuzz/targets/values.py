"""Stored programmes, cards, events and faces: what can be read is written and read again as the same value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fuzz._target import Target
from fuzz.targets._material import AT, events, faces, gift_card, member, points_card, stamp_card
from walletcard import Card, Event, Face, Program, apple, apply, due, face, google
from walletcard.errors import WalletCardError

_KINDS: Final[tuple[type[Program | Card | Event | Face], ...]] = (Program, Card, Event, Face)


def one(data: bytes) -> None:
    """Read a value of the kind that the first byte says."""
    kind = _KINDS[(data[0] if data else 0) % len(_KINDS)]
    found = kind.from_json(data[1:])
    if kind.from_json(found.to_json()) != found:
        raise AssertionError("another value")
    try:
        _use(found)
    except WalletCardError:
        return


def _use(found: Program | Card | Event | Face) -> None:
    """Do what an app does with a stored value: it works, or says why not."""
    if isinstance(found, Card):
        for program in (stamp_card(), points_card(), gift_card()):
            if program.id == found.program:
                _live(program, found)
    elif isinstance(found, Program):
        _live(found, member(found))
    elif isinstance(found, Event):
        apply(stamp_card(), member(stamp_card()), found)
    else:
        apple.pass_json(found)
        google.check(found, issuer_id="3388000000012345678")


def _live(program: Program, card: Card) -> None:
    due(program, card, at=AT)
    face(program, card, at=AT)
    for event in events():
        card, _ = apply(program, card, event)


def seeds() -> Iterator[bytes]:
    """Make some of each."""
    for program in (stamp_card(), points_card(), gift_card()):
        yield b"\0" + program.to_json().encode("utf-8")
        if program.gift is None:
            yield b"\1" + member(program, *events()[:4]).to_json().encode("utf-8")
    yield from (b"\2" + event.to_json().encode("utf-8") for event in events())
    yield from (b"\3" + one.to_json().encode("utf-8") for one in faces())


VALUES: Final = Target(name="values", one=one, seeds=seeds, shape="json", head=1, longest=8192)
