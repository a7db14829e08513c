"""A card in a state that another card was in before: what they share is not made, judged and encoded again.

A programme's cards differ in a few values of their own - id, holder, code, validity - and come in few states. Only what
was found without fault is kept, so that a fault is always told in full.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Final, NamedTuple

from walletcard.errors import InvalidDocumentError, allowed_codes
from walletcard.google._canonical import pieces
from walletcard.google._common import own_body
from walletcard.google._documents import Built, Document, Wanted, built, required
from walletcard.google._ids import issuer_problem
from walletcard.google._kinds import Kind, kind_of
from walletcard.google._pictures import Addresses, addresses
from walletcard.google._walk import walked
from walletcard.model import Face

_MAX_STATES: Final = 256
_MEMBER: Final = "member"  # The key of the field that holds the card holder's name.


class State(NamedTuple):
    """What cards in one state share.

    Attributes:
        made: The documents of such a card, the object without what is one card's alone.
        pieces: Each key's part of that object's JSON.
    """

    made: Built
    pieces: Mapping[str, str]


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
    state = _states.get(key)
    object_id = f"{wanted.issuer_id}.{face.serial}"
    own = own_body(face, object_id=object_id) | kind.own_of(face)
    if state is not None:
        issues = walked(kind.object_type, own, where=kind.object_type, partial=True)
        if not any(issue.severity == "error" for issue in issues):
            document = Document(kind.object_type, pieces={**state.pieces, **pieces(own)})
            return state.made._replace(own=document, object_id=object_id, issues=list(issues))
    made = built(face, wanted, found)
    if not any(issue.severity == "error" for issue in made.issues):
        shared = {name: piece for name, piece in made.own.pieces.items() if name not in own}
        if len(_states) >= _MAX_STATES:
            _states.clear()
        _states[key] = State(made._replace(own=Document(kind.object_type, pieces=shared), issues=[]), shared)
    return made


def _key(face: Face, kind: Kind, issuer_id: str, found: Addresses) -> Hashable:
    """Return all that the documents are made of, without what is one card's alone."""
    # The holder's name is one card's alone where it has a place of its own; elsewhere it is a text like any other.
    member = face.member if kind.places.member is not None else None
    strip = face.strip
    return (
        kind.name,
        issuer_id,
        face.program,
        face.tier,
        face.issuer,
        face.title,
        face.locale,
        face.state,
        face.design,
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
        face.links,
        bool(face.places),
        face.occasion,
        face.shared,
    )
