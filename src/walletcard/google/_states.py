"""A card in a state that another card was in before: what they share is not made, judged and encoded again.

A programme's cards differ in a few values of their own - id, holder, code, validity - and come in few states. Only what
was found without fault is kept, so that a fault is always told in full.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidDocumentError, allowed_codes
from walletcard.google._barcodes import barcode_problem
from walletcard.google._canonical import Judged, pieces
from walletcard.google._common import own_body
from walletcard.google._documents import Built, Document, Mould, Moulded, Wanted, built, required
from walletcard.google._ids import id_problem, issuer_problem
from walletcard.google._kinds import Kind, kind_of
from walletcard.google._pictures import Addresses, addresses
from walletcard.google._values import BARCODE_TYPES
from walletcard.model import Face

_MAX_STATES: Final = 256
_MEMBER: Final = "member"  # The key of the field that holds the card holder's name.


class State(NamedTuple):
    """What cards in one state share.

    Attributes:
        values: Of a face: what the cards of a programme share whatever their state, which is too slow for a key.
        made: The documents of such a card, the object without what is one card's alone.
        mould: Each key's part of that object's JSON, and the save links made of them.
    """

    values: tuple[object, ...]
    made: Built
    mould: Mould


_states: dict[Hashable, State] = {}


def accepted(face: Face, wanted: Wanted, *, allow: Collection[str]) -> Built:
    """Make the documents, and raise what Google would refuse."""
    allowed = allowed_codes(allow)
    made = _built(face, required(face, wanted))
    refused = [issue for issue in made.issues if issue.severity == "error" and issue.code not in allowed]
    if refused:
        raise InvalidDocumentError.from_issues(refused)
    return made if made.class_json else made._replace(class_json=made.shared.encoded())


def _built(face: Face, wanted: Wanted) -> Built:
    """Return what `built` would, but for warnings that another card in this state has been told of."""
    if wanted.extra is not None or wanted.translations != () or face.notices or issuer_problem(wanted.issuer_id):
        return built(face, wanted)
    kind = kind_of(face)
    found = addresses(face, pictures=wanted.pictures, host=wanted.host, needs_logo=kind.needs_logo)
    key = _key(face, kind, str(wanted.issuer_id), found)
    values = (face.design, face.links, face.occasion, face.shared)
    state = _states.get(key)
    object_id = f"{wanted.issuer_id}.{face.serial}"
    own = own_body(face, object_id=object_id) | kind.own_of(face)
    if state is not None and state.values == values and _is_good(face, own):
        like = state.made
        document = Moulded(kind.object_type, pieces(own), state.mould)
        return Built(kind, like.shared, like.class_json, document, object_id, like.left_out, [])
    made = built(face, wanted, found)
    if not any(issue.severity == "error" for issue in made.issues):
        shared = {name: piece for name, piece in made.own.pieces.items() if name not in own}
        if len(_states) >= _MAX_STATES:
            _states.clear()
        general = made._replace(own=Document(kind.object_type, pieces=shared), issues=[])
        _states[key] = State(values, general, Mould(shared))
    return made


def _is_good(face: Face, own: Mapping[str, Any]) -> bool:
    """Tell whether values that are one card's alone are as good as those of the first card in its state.

    That one was judged in full and had the same keys: only what a value of its own can get wrong is looked at.
    """
    code, interval = face.barcode, own.get("validTimeInterval")
    if code is not None and barcode_problem(BARCODE_TYPES[code.format], code.message) is not None:
        return False
    return (interval is None or type(interval) is Judged) and id_problem(own["id"]) is None


def _key(face: Face, kind: Kind, issuer_id: str, found: Addresses) -> Hashable:
    """Return all that the documents are made of, without what is one card's alone and what `State.values` holds."""
    # The holder's name is one card's alone where it has a place of its own; elsewhere it is a text like any other.
    member = face.member if kind.places.member is not None else None
    strip, code = face.strip, face.barcode
    return (
        kind.name,
        issuer_id,
        face.program,
        face.tier,
        face.issuer,
        face.title,
        face.locale,
        face.state,
        None if strip is None else strip.mode,
        found,
        None if found.hero is None else face.alt,
        tuple(
            [
                (one.key, one.label, one.value, one.slot, one.shared)
                if one.key != _MEMBER or member is None or one.value != member
                else (one.key, one.label, one.slot)
                for one in face.fields
            ]
        ),
        face.balances,
        bool(face.places),
        # The shape of what is one card's alone.
        face.member is None,
        face.valid_from is None and face.expires is None,
        None if code is None else (code.format, code.alt is None, code.message.isascii()),
    )
