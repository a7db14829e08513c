"""Cards in, the fullest form of a save link that has room for them out.

The length of a token follows from the lengths of its parts, so that nothing is signed to find out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from walletcard.google._claims import build_claims, claims_frame
from walletcard.google._documents import Document
from walletcard.google._forms import MAX_LENGTH, Card, Form, forms
from walletcard.google._resources import Resources
from walletcard.google._service_account import token_length

_KEY_BITS: Final = 2048  # Of the account's key: the least that is taken, and the usual size.
_USUAL_ACCOUNT: Final = "x" * 60  # Stands for the account's address.
_SOME_TIME: Final = 1_800_000_000  # A time of signing has ten digits until the year 2286.


class Fitting(NamedTuple):
    """A form that fits, and the claims to sign for it."""

    form: Form
    claims: bytes


def fullest(
    cards: Sequence[Card], name: str, *, frame: tuple[bytes, bytes], issued_at: int, around: int
) -> Fitting | None:
    """Return the fullest form that fits into a link; ``None`` when none does.

    Args:
        cards: What goes into the link.
        name: One of ``FORMS``, or ``auto``.
        frame: As `claims_frame` made it.
        issued_at: Seconds since 1970.
        around: Characters of a token besides its claims.
    """
    room = (MAX_LENGTH - around) * 3 // 4  # Bytes that fit: in base64, three make four characters.
    for one in forms(cards, name, room=room):
        claims = build_claims(frame, one.payload, issued_at=issued_at)
        if len(claims) <= room:
            return Fitting(one, claims)
    return None


def unsigned(card: Resources) -> Form | None:
    """Return the form that ``auto`` takes for a card; ``None`` when it fits into no link.

    Told without an account: one with a usual address is taken, so a card at the very edge may turn out otherwise.
    """
    frame, around = claims_frame(_USUAL_ACCOUNT, ()), token_length(0, key_bits=_KEY_BITS)
    found = fullest((card_of(card),), "auto", frame=frame, issued_at=_SOME_TIME, around=around)
    return None if found is None else found.form


def card_of(made: Resources) -> Card:
    """Return what `google.resources` made as a link takes it."""
    own = Document("object", made.object)
    return Card(made.kind, made.class_id, made.class_json, own, made.object_id, made.left_out)
