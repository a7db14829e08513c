"""A callback with one character changed, anywhere, is no callback.

Bodies that are spelt with blanks or escapes have neighbours that say the very same: another blank, ``\\u003D``. How
Google spells the body is not documented, so they are taken - as the same event, never as another one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.google.callbacks import AT, CHAIN, ISSUER, Chain, compact, message

from walletcard import google
from walletcard.errors import CallbackError

EVENTS = {
    "save": message(),
    "delete": message(eventType="del", objectId=f"{ISSUER}.CK_0-a.b", count=None),
    "more members": message(region="GB", count=12),
}
KEYS = CHAIN.keys


def mutants(body: bytes) -> Iterator[bytes]:
    """Yield the body with each character replaced: its neighbour, the other case, a quote, a blank."""
    for place, old in enumerate(body):
        for new in {old ^ 1, old ^ 0x20, 0x22, 0x20} - {old}:
            yield body[:place] + bytes([new]) + body[place + 1 :]


def outcomes(body: bytes) -> Counter[str]:
    """Count what becomes of the mutants."""
    event, same = CHAIN.verify(body), json.loads(body)
    found: Counter[str] = Counter()
    for mutant in mutants(body):
        try:
            taken = google.verify_callback(mutant, issuer_id=ISSUER, keys=KEYS, at=AT)
        except CallbackError as error:
            found[error.code] += 1
        else:
            found["same" if taken == event and json.loads(mutant) == same else "TAKEN"] += 1
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_every_mutant_is_refused(name: str) -> None:
    body = CHAIN.body(EVENTS[name])

    found = outcomes(body)

    assert set(found) == {
        "callback.json",
        "callback.member",
        "callback.protocol",
        "callback.root",
        "callback.signature",
    }
    assert found.total() > 3 * len(body)


def test_a_mutant_that_says_the_same_is_the_same_event() -> None:
    plain = compact(CHAIN.envelope())
    body = json.dumps(json.loads(plain), indent=1).replace("=", "\\u003d").encode()
    line_ends, escapes = body.count(b"\n"), plain.count("=")  # A blank for a line end; a D for the d of \u003d.

    found = outcomes(body)

    assert found["TAKEN"] == 0
    assert found["same"] == line_ends + escapes > 0


def test_what_no_key_of_googles_signed_changes_nothing() -> None:
    """A signature of a root that is not listed (any more) is covered by nothing: nobody can tell it was changed."""
    envelope = CHAIN.envelope()
    [stranger] = Chain().envelope()["intermediateSigningKey"]["signatures"]
    envelope["intermediateSigningKey"]["signatures"].append(stranger)
    body = compact(envelope)

    assert CHAIN.verify(body.replace(stranger, "MEQC" + stranger[4:])) == CHAIN.verify(body)
    assert CHAIN.verify(body.replace(stranger, "AAAA" + stranger[4:])) == CHAIN.verify(body)
