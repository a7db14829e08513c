"""What is measured: the café's stamp card, a hundred members of it, and one identity."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

import walletcard as wc
from walletcard import apple, render, testing

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "examples"))

from stamp_card import copper_kettle  # noqa: E402  # found by the line above

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
CLUB = copper_kettle("https://example.com/logo.png")
MEMBERS = 100
_One = TypeVar("_One")


def member(number: int) -> wc.Card:
    """Return a card with a stamp count of its own."""
    card = wc.join(CLUB, id=f"CK-{number:07}", member=f"Member {number}", at=AT)
    event = wc.Event.grant(id="paper-card", at=AT, stamps=number % 9, reason="paper card")
    return wc.apply(CLUB, card, event)[0]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One member's pass at every stage on its way."""

    card: wc.Card
    face: wc.Face
    pictures: dict[str, wc.Picture]
    document: dict[str, Any]


def prepared(identity: apple.Identity) -> tuple[Prepared, ...]:
    """Return a hundred members of one programme."""
    made = []
    for card in map(member, range(MEMBERS)):
        face = wc.face(CLUB, card, at=AT)
        pictures = dict(render.pictures(face, wallet="apple"))
        made.append(Prepared(card, face, pictures, apple.pass_json(face, identity=identity, pictures=pictures)))
    return tuple(made)


def each(things: Sequence[_One]) -> Callable[[], _One]:
    """Return a function that gives one after the other, for ever."""
    turning: Iterator[_One] = itertools.cycle(things)
    return lambda: next(turning)


def new_identity() -> testing.ThrowawayIdentity:
    """Return who signs."""
    return testing.throwaway_identity(at=AT)


def raw_signing() -> Callable[[], object]:
    """Return the limit: one RSA-2048 signature over as many bytes as the signed attributes of a pass have."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    scheme, digest, attributes = padding.PKCS1v15(), hashes.SHA256(), b"x" * 107
    return lambda: key.sign(attributes, scheme, digest)
