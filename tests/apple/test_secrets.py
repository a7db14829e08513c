"""Keys, passwords and tokens are in nothing that is printed, logged, copied or sent on by accident."""

from __future__ import annotations

import base64
import copy
import pickle
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.apple import chain, faces

from walletcard import apple, testing
from walletcard.apple import Identity, Updates
from walletcard.errors import InvalidCardError, InvalidDocumentError, WalletCardError

PASSWORD = "correct-horse-battery"
TOKEN = "ab cd " + "t0ken" * 4  # Refused: it holds a space.
SECRET = b"s3cret" * 5  # Refused: two bytes too short.
ABOVE = chain.der(chain.authority())
LOCKED = chain.key_bytes(chain.key(), password=PASSWORD.encode())
OPEN = chain.key_bytes(chain.key())
CUT = OPEN[:400] + b"\n-----END PRIVATE KEY-----\n"
# What of them must nowhere stand: the words themselves, and pieces of the key's letters and number.
CANARIES = [
    PASSWORD,
    TOKEN,
    "t0kent0ken",
    "s3crets3cret",
    SECRET.hex(),
    base64.b64encode(SECRET).decode()[:16],
    OPEN.splitlines()[3].decode()[:24],
    LOCKED.splitlines()[3].decode()[:24],
    str(chain.key().private_numbers().d)[:24],
]


def pem(**parts: Any) -> Callable[[], object]:
    whole = {"certificate": chain.pem(chain.leaf()), "key": OPEN, "intermediate": ABOVE} | parts
    return lambda: Identity.from_pem(**whole)


def p12(password: Any) -> Callable[[], object]:
    made = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"another")
    return lambda: Identity.from_p12(made, password=password, intermediate=ABOVE)


def built(**more: Any) -> object:
    identity: Any = pem()()
    return apple.build(faces.cafe(), identity=identity, **more)


FAILURES: list[Callable[[], object]] = [
    p12(PASSWORD),
    p12(PASSWORD.encode()),
    p12([PASSWORD]),
    pem(key=LOCKED, password=PASSWORD + "x"),
    pem(key=LOCKED),
    pem(key=CUT),
    pem(key=OPEN + chain.key_bytes(chain.key("other"))),
    pem(key=OPEN, certificate=OPEN),
    pem(key=OPEN, intermediate=OPEN),
    pem(key=OPEN.decode().replace("BEGIN PRIVATE", "BEGIN OTHER")),
    pem(certificate=chain.pem(chain.leaf(subject_key=chain.key("other")))),
    lambda: Identity.from_p12(OPEN, intermediate=ABOVE),
    lambda: Updates(url="https://example.com", token=TOKEN),
    lambda: Updates(url=f"https://{PASSWORD}@example.com", token="t" * 16),
    lambda: Updates.derived(url="https://example.com", secret=SECRET, serial="1"),
    lambda: Updates.derived(url="https://example.com", secret=SECRET.decode(), serial="1"),  # type: ignore[arg-type]
    lambda: built(
        pictures={}, extra={"authenticationToken": TOKEN, "webServiceURL": f"https://{PASSWORD}@example.com"}
    ),
    lambda: built(at=chain.AT + timedelta(days=4_000)),
    lambda: apple.build(faces.cafe(), identity=OPEN),  # type: ignore[arg-type]  # a key is no identity
    lambda: pickle.dumps(pem()()),
    lambda: pickle.dumps(testing.throwaway_identity(at=chain.AT)),
]


@pytest.mark.parametrize("failing", FAILURES, ids=range(len(FAILURES)))
def test_no_error_and_no_traceback_shows_a_secret(failing: Callable[[], object]) -> None:
    with pytest.raises(WalletCardError) as caught:
        failing()

    error = caught.value
    issues = error.issues if isinstance(error, InvalidCardError | InvalidDocumentError) else ()
    shown = "".join((*traceback.format_exception(error), repr(error), repr(vars(error)), repr(issues)))
    assert [one for one in CANARIES if one in shown] == []


@pytest.mark.parametrize(
    "make",
    [
        pem(),
        lambda: testing.throwaway_identity(at=chain.AT),
        lambda: Updates.derived(url="https://example.com", secret=bytes(range(32)), serial="1"),
    ],
    ids=["identity", "throwaway", "updates"],
)
def test_what_holds_a_secret_shows_and_copies_none(make: Callable[[], Any]) -> None:
    holder = make()
    secrets = [*CANARIES, getattr(holder, "token", "no token")]
    shown = " ".join((repr(holder), str(holder), f"{holder}", repr([holder]), getattr(holder, "describe", str)()))

    assert [one for one in secrets if one in shown] == []
    assert copy.copy(holder) is holder
    assert copy.deepcopy({"a": holder})["a"] is holder
    assert not hasattr(holder, "__dict__") or "_key" not in vars(holder)
