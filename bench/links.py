"""Save links, checks on: every link for another member, cards of several kinds and languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import walletcard as wc
from bench._effort import Effort
from bench._results import Result, Target, speed
from bench._rounds import RAW, Job, take_turns
from bench._subject import MEMBERS, each, raw_signing
from walletcard import google, testing

from _six_cards import members  # isort: skip  # the folder is found by the import of _subject

ISSUER = "3388000000012345678"
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
CARDS = {
    ("cafe-en", "auto"): Target(0.85, of="ratio", at_least=True),
    ("cafe-en", "object"): None,
    ("cafe-en", "id"): None,
    ("spa-he", "auto"): None,
    ("gift-en", "auto"): None,
    ("therapy-zh", "auto"): None,
}


def results(effort: Effort) -> list[Result]:
    """Measure."""
    account = testing.throwaway_service_account()
    jobs = {_title(name, form): _links(name, form, account) for name, form in CARDS}
    turns = take_turns({RAW: raw_signing(), **jobs}, rounds=effort.rounds, turn=effort.turn)
    return [
        speed(title, seconds=turns.seconds(title), share=turns.share(title), target=target)
        for title, target in ((_title(*card), target) for card, target in CARDS.items())
    ]


def _title(name: str, form: str) -> str:
    return f"save link, {name}, form {form}"


def _links(name: str, form: str, account: google.ServiceAccount) -> Job:
    following = each(faces(name))
    return lambda: google.save_link(following(), account=account, issuer_id=ISSUER, form=form, at=AT)


def faces(name: str) -> list[wc.Face]:
    """Return one card's face as that of a hundred members."""
    one = next(member for member in members() if member.name == name)
    face = wc.face(one.program, one.card, at=one.at)
    return [_of(face, f"Member {number}", f"{face.id}-{number}") for number in range(MEMBERS)]


def _of(face: wc.Face, member: str, id: str) -> wc.Face:  # noqa: A002  # the field's name
    fields = tuple(replace(one, value=member) if one.value == face.member else one for one in face.fields)
    return replace(face, member=member, fields=fields, id=id)
