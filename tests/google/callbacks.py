"""Google's side of a callback, written from the protocol and not from our code: a chain of keys, and any envelope."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from walletcard import google

AT: Final = datetime(2026, 11, 21, 10, tzinfo=UTC)
ISSUER: Final = "3388000000012345678"
OTHER: Final = "3399000000000000001"
VERSION: Final = "ECv2SigningOnly"
HOUR: Final = 3_600_000
NOW: Final = 1_795_255_200_000
"""``AT`` in milliseconds."""

PrivateKey = ec.EllipticCurvePrivateKey


def p256() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def der(key: PrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


def lv(*parts: str) -> bytes:
    """Return each part behind its length, little-endian."""
    raw = [part.encode() for part in parts]
    return b"".join(struct.pack("<I", len(part)) + part for part in raw)


def signed(key: PrivateKey, *parts: str) -> str:
    return b64(key.sign(lv(*parts), ec.ECDSA(SHA256())))


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def message(**changes: Any) -> dict[str, Any]:
    """Return a message like Google's; ``None`` takes a member away."""
    content: dict[str, Any] = {
        "classId": f"{ISSUER}.club",
        "objectId": f"{ISSUER}.CK-7F3A29",
        "eventType": "save",
        "expTimeMillis": NOW + HOUR,
        "count": 1,
        "nonce": "0d6f5bd4-6f4e-4f5e-9d3e-6a3c7f1b2a90",
    }
    return {name: value for name, value in (content | changes).items() if value is not None}


@dataclass(frozen=True)
class Chain:
    """A root key and the key that it signs."""

    root: PrivateKey = field(default_factory=p256)
    middle: PrivateKey = field(default_factory=p256)

    def listed(self, **changes: Any) -> dict[str, Any]:
        """Return the root's entry in the key list; ``None`` takes a member away."""
        entry = {"keyValue": b64(der(self.root)), "protocolVersion": VERSION, "keyExpiration": str(NOW + 24 * HOUR)}
        return {name: value for name, value in (entry | changes).items() if value is not None}

    @property
    def keys(self) -> bytes:
        return json.dumps({"keys": [self.listed()]}).encode()

    def signed_key(self, **changes: Any) -> str:
        """Return the text that names the key, spelt as Google spells it; ``None`` takes a member away."""
        content = {"keyValue": b64(der(self.middle)), "keyExpiration": str(NOW + 12 * HOUR)} | changes
        kept = {name: value for name, value in content.items() if value is not None}
        return compact(kept).replace("=", "\\u003d")

    def envelope(
        self,
        text: str | dict[str, Any] | None = None,
        *,
        signed_key: str | None = None,
        sender: str = "GooglePayPasses",
        recipient: str = ISSUER,
    ) -> dict[str, Any]:
        """Return an envelope, every signature in it right for what it is asked to hold."""
        text = message() if text is None else text
        text = compact(text) if isinstance(text, dict) else text
        key = self.signed_key() if signed_key is None else signed_key
        return {
            "protocolVersion": VERSION,
            "signature": signed(self.middle, sender, recipient, VERSION, text),
            "intermediateSigningKey": {"signedKey": key, "signatures": [signed(self.root, sender, VERSION, key)]},
            "signedMessage": text,
        }

    def body(self, text: str | dict[str, Any] | None = None, **options: Any) -> bytes:
        """Return `envelope` as the bytes of a request."""
        return compact(self.envelope(text, **options)).encode()

    def verify(self, body: Any, **changes: Any) -> google.CallbackEvent:
        """Verify a body against the chain's own root."""
        given: dict[str, Any] = {"issuer_id": ISSUER, "keys": self.keys, "at": AT} | changes
        return google.verify_callback(body, **given)


CHAIN: Final = Chain()
