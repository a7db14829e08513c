"""What comes to a callback address, and the list of keys it is judged by: raw, or signed whatever it says."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fuzz._target import Target
from fuzz.targets._material import AT, compact
from walletcard import google
from walletcard.google._callback import SENDER
from walletcard.google._envelope import PROTOCOL, framed

_ISSUER: Final = "3388000000012345678"
_LATER: Final = str(int((AT + timedelta(days=3)).timestamp() * 1000))


def one(data: bytes) -> None:
    """Judge a callback; the first byte says whether the rest is its body, its message, its key or the list of keys."""
    mode, rest = data[:1], data[1:]
    body, keys = rest, _keys()
    if mode == b"\1":
        body = _body(message=rest.decode("utf-8", "replace"), signed_key=_signed_key())
    elif mode == b"\2":
        body = _body(message=_message(), signed_key=rest.decode("utf-8", "replace"))
    elif mode == b"\3":
        body, keys = _body(message=_message(), signed_key=_signed_key()), rest
    google.verify_callback(body, issuer_id=_ISSUER, keys=keys, at=AT)


@cache
def _pair() -> tuple[ec.EllipticCurvePrivateKey, ec.EllipticCurvePrivateKey]:
    """Return Google's key and the one that it vouches for: small numbers, the same in each run."""
    root, middle = (ec.derive_private_key(number, ec.SECP256R1()) for number in (7, 11))
    return root, middle


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    return b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode("ascii")


@cache
def _keys() -> bytes:
    return compact({"keys": [{"keyValue": _public(_pair()[0]), "protocolVersion": PROTOCOL, "keyExpiration": _LATER}]})


@cache
def _signed_key() -> str:
    return compact({"keyValue": _public(_pair()[1]), "keyExpiration": _LATER}).decode()


def _message(**changes: Any) -> str:
    content = {
        "classId": f"{_ISSUER}.club",
        "objectId": f"{_ISSUER}.club.1",
        "eventType": "save",
        "expTimeMillis": int(_LATER),
        "count": 1,
        "nonce": "1b3d",
        **changes,
    }
    return compact(content).decode()


def _body(*, message: str, signed_key: str) -> bytes:
    root, middle = _pair()
    sealed = {
        "signature": _signature(middle, SENDER, _ISSUER, PROTOCOL, message),
        "intermediateSigningKey": {
            "signedKey": signed_key,
            "signatures": [_signature(root, SENDER, PROTOCOL, signed_key)],
        },
        "protocolVersion": PROTOCOL,
        "signedMessage": message,
    }
    return json.dumps(sealed).encode("ascii")


def _signature(key: ec.EllipticCurvePrivateKey, *parts: str) -> str:
    return b64encode(key.sign(framed(*parts), ec.ECDSA(SHA256()))).decode("ascii")


def seeds() -> Iterator[bytes]:
    """Make one of each, and a message for another issuer."""
    yield b"\0" + _body(message=_message(), signed_key=_signed_key())
    yield b"\1" + _message().encode()
    yield b"\1" + _message(classId="1.a", expTimeMillis=1).encode()
    yield b"\2" + _signed_key().encode()
    yield b"\3" + _keys()


CALLBACK: Final = Target(name="callback", one=one, seeds=seeds, shape="json", head=1)
