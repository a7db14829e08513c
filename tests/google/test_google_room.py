"""Which form a link takes, told without a key: the same as the link that is signed then."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidDocumentError
from walletcard.google import ServiceAccount
from walletcard.google._room import unsigned
from walletcard.model import Face, Field, Link, Picture
from walletcard.testing import ThrowawayServiceAccount

ISSUER = "3388000000012345678"


@pytest.fixture(scope="module")
def usual(throwaway: ThrowawayServiceAccount) -> ServiceAccount:
    """An account whose address is as long as the one that is taken for usual."""
    email = f"{'w' * 31}@shop.iam.gserviceaccount.com"
    assert len(email) == 60
    content = json.loads(throwaway.to_json())
    return ServiceAccount.from_json({**content, "client_email": email})


def host(picture: Picture) -> str:
    return f"https://example.com/{picture.key}.png"


def signed(face: Face, account: ServiceAccount, at: datetime, more: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    try:
        link = google.save_link(face, account=account, issuer_id=ISSUER, at=at, **more)
    except InvalidDocumentError:
        return "none", ()
    return link.form, link.left_out


def test_what_is_told_without_a_key_is_what_the_link_is_then(
    cafe: Face, usual: ServiceAccount, at: datetime, picture: Picture
) -> None:
    small = replace(cafe, shared=(), balances=(), strip=None)
    pictured: dict[str, Any] = {"pictures": {"hero": picture}, "host": host}
    met: set[tuple[str, tuple[str, ...]]] = set()
    for more in ({}, pictured):
        for length in (*range(1, 900, 7), 3_000):
            links = (Link("More", f"https://example.com/{'x' * (length // 3)}"),)
            face = replace(small, links=links, fields=(Field.back("note", "Note", "x" * length),))

            form = unsigned(google.resources(face, issuer_id=ISSUER, **more))

            told = ("none", ()) if form is None else (form.name, form.left_out)
            assert told == signed(face, usual, at, more)
            met.add(told)
    assert {("whole", ()), ("whole", ("hero",)), ("compact", ("text modules",))} <= met
