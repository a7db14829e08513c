"""Secrets of every kind, and the values that are made with them."""

from __future__ import annotations

import json
import secrets
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from tests.apple import chain, faces
from tests.security.canaries import lines_of, needles

import walletcard as wc
from walletcard import apple, google, model, render, testing, tokens
from walletcard.apple import Identity, Updates

AT = chain.AT
ISSUER = "3388000000012345678"
PASSWORD = "correct-horse-battery-staple"
TOKEN = "update-t0ken-of-one-pass-" + secrets.token_hex(4)
BEARER = "ya29.access-t0ken-of-google"
TOTP = "3132333435363738393031323334353637383930"
PIN = "9731-5527-0048"
RING_KEY = secrets.token_bytes(32)
UPDATE_KEY = secrets.token_bytes(40)
ABOVE = chain.der(chain.authority())
PEM = chain.key_bytes(chain.key())
LOCKED = chain.key_bytes(chain.key(), password=PASSWORD.encode())
P12 = chain.p12(of=chain.key(), certificate=chain.leaf(), password=PASSWORD.encode())
ACCOUNT = testing.throwaway_service_account()
KEY_FILE: dict[str, Any] = json.loads(ACCOUNT.to_json())
GOOGLE_PEM: str = KEY_FILE["private_key"]
RING = tokens.KeyRing({"1": RING_KEY}, signing="1")
CODE = tokens.issue("member", keys=RING, program="club", card="CK-1")
ROTATING = {
    "rotatingBarcode": {
        "type": "QR_CODE", "valuePattern": "{totp_value_0}",
        "totpDetails": {"periodMillis": "3000", "algorithm": "TOTP_SHA1", "parameters": [
            {"key": TOTP, "valueLength": 8}
        ]},
    },
}  # fmt: skip


class BrokenError(Exception):
    """What somebody's own signer or transport may raise."""


class FailingSigner:
    """A signer that holds a key, and fails."""

    def __init__(self, answer: object = None) -> None:
        self.answer = answer

    def sign(self, data: bytes, /) -> bytes:
        held = PEM
        if self.answer is None:
            raise BrokenError(f"after {len(data)} bytes with a key of {len(held)}")
        return self.answer  # type: ignore[return-value]  # That is what is tried.


class FailingTransport:
    """Google that lets in, and then fails; what was signed for the log-in is kept."""

    def __init__(self, after: object) -> None:
        self.after, self.signed = after, [BEARER]

    def send(self, request: google.Request, *, timeout: float) -> google.Answer:
        if request.url.endswith("/token"):
            self.signed += parse_qs((request.body or b"").decode())["assertion"]
            answer = {"access_token": BEARER, "expires_in": 3600, "token_type": "Bearer"}
            return google.Answer(status=200, body=json.dumps(answer).encode())
        assert request.headers["Authorization"] == f"Bearer {BEARER}"
        if isinstance(self.after, BaseException):
            raise self.after
        assert isinstance(self.after, google.Answer)
        return self.after


@cache
def card() -> wc.Face:
    design = wc.Design(background="#3B2418", logo_url="https://example.com/logo.png")
    return wc.Face(
        id="CK-1", program="club", issuer="Kettle", title="Coffee", description="Stamps", locale="en-GB",
        design=design, fields=(wc.Field.front("a", "A", "B"),),
    )  # fmt: skip


@cache
def identity() -> Identity:
    return Identity.from_pem(certificate=chain.pem(chain.leaf()), key=PEM, intermediate=ABOVE)


@cache
def link() -> google.SaveLink:
    return wc.make_save_link(card(), account=ACCOUNT, issuer_id=ISSUER, at=AT)


def signature() -> str:
    return link().url.rsplit(".", 1)[1]


def updates(**changes: Any) -> Updates:
    return Updates(**({"url": "https://example.com/w", "token": TOKEN} | changes))


def document(**changes: Any) -> dict[str, Any]:
    made = apple.pass_json(faces.cafe(), identity=identity(), updates=updates())
    assert made["authenticationToken"] == TOKEN
    return made | changes


def p12(data: Any = P12, **changes: Any) -> object:
    return Identity.from_p12(data, **({"password": PASSWORD, "intermediate": ABOVE} | changes))


def pem(**changes: Any) -> object:
    return Identity.from_pem(**({"certificate": chain.pem(chain.leaf()), "key": PEM, "intermediate": ABOVE} | changes))


def signer(answer: object = None) -> Identity:
    return Identity.from_signer(FailingSigner(answer), certificate=chain.pem(chain.leaf()), intermediate=ABOVE)


def account(**changes: Any) -> object:
    return google.ServiceAccount.from_json(json.dumps(KEY_FILE | changes))


def save(**changes: Any) -> object:
    given: dict[str, Any] = {"account": ACCOUNT, "issuer_id": ISSUER, "at": AT}
    return google.save_link(card(), **(given | changes))


def resources(**changes: Any) -> google.Resources:
    return google.resources(card(), issuer_id=ISSUER, extra={"object": ROTATING | changes})


def gift() -> google.Resources:
    face = wc.Face.gift(
        id="G-1", issuer="Spa", title="Gift", locale="en-GB", description="Gift", balance=wc.Money(6000, "GBP"),
        design=wc.Design(background="#3B2418", logo_url="https://example.com/logo.png"),
    )  # fmt: skip
    return google.resources(face, issuer_id=ISSUER, extra={"object": {"pin": PIN}})


def ring(**changes: Any) -> object:
    return tokens.KeyRing(**({"keys": {"1": RING_KEY}, "signing": "1"} | changes))


@cache
def faces_files() -> dict[str, bytes | model.Picture]:
    return dict(render.pictures(faces.cafe(), wallet="apple"))


@cache
def signed() -> bytes:
    return apple.build(faces.cafe(), identity=identity(), pictures=faces_files(), updates=updates(), at=AT)


@cache
def canaries() -> frozenset[str]:
    """Return how every secret of this module could look."""
    numbers = chain.key().private_numbers()
    return needles(
        PASSWORD, TOKEN, BEARER, TOTP, PIN, RING_KEY, UPDATE_KEY, UPDATE_KEY.hex(), RING_KEY.hex(), CODE, signature(),
        *lines_of(PEM), *lines_of(GOOGLE_PEM), *LOCKED.decode().splitlines()[2:-1],
        str(numbers.d), str(numbers.p), str(numbers.q), f"{numbers.d:x}", f"{numbers.p:x}",
    )  # fmt: skip


def hits(shown: str) -> list[str]:
    """Return what of the secrets stands in a text."""
    return [one for one in canaries() if one in shown]
