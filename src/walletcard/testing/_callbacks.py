"""Google's side of callbacks, made on the spot: a key list and bodies that `google.verify_callback` takes with it."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from walletcard._clock import utc_now
from walletcard.google._callback import SENDER, issuer_text
from walletcard.google._envelope import PROTOCOL, framed
from walletcard.model import require_moment
from walletcard.model._checks import Findings

_KEY_LIFE: Final = timedelta(days=7)
_EVENT_LIFE: Final = timedelta(hours=1)
_MAX_TEXT: Final = 1_000
_WORDS: Final = {"save": "save", "delete": "del"}


class ThrowawayCallbacks:
    """A chain of keys that signs callbacks the way Google does. Google does not know it.

    Attributes:
        issuer_id: For whom it signs.
        keys: What to pass to `google.verify_callback` in place of Google's list; its key lasts a week.
    """

    __slots__ = ("_key", "_signed_key", "issuer_id", "keys")

    issuer_id: str
    keys: bytes

    def __init__(self, *, issuer_id: str | int, at: datetime) -> None:
        require_moment(at)
        self.issuer_id = issuer_text(issuer_id)
        root, self._key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        expiry = str(_milliseconds(at + _KEY_LIFE))
        listed = {"keyValue": _public(root), "protocolVersion": PROTOCOL, "keyExpiration": expiry}
        text = _json({"keyValue": _public(self._key), "keyExpiration": expiry})
        signature = _signature(root, SENDER, PROTOCOL, text)
        self._signed_key = {"signedKey": text, "signatures": [signature]}
        self.keys = json.dumps({"keys": [listed]}).encode()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(issuer_id={self.issuer_id!r})"

    def body(
        self,
        kind: Literal["save", "delete"],
        *,
        class_id: str,
        object_id: str,
        nonce: str | None = None,
        at: datetime | None = None,
    ) -> bytes:
        """Return the body of a callback that is good for an hour.

        Args:
            kind: What happened.
            class_id: The class, its issuer included; it is not checked, so that what is wrong can be tried too.
            object_id: The object, likewise.
            nonce: A new one by default; the same one again is the same event again.
            at: The present by default.

        Raises:
            InvalidCardError: An argument is of another type.
        """
        at = utc_now() if at is None else at
        require_moment(at)
        nonce = str(uuid4()) if nonce is None else nonce
        findings = Findings("body")
        findings.choice("kind", kind, _WORDS, code="kind.unknown")
        for name, value in (("class_id", class_id), ("object_id", object_id), ("nonce", nonce)):
            findings.text(name, value, limit=_MAX_TEXT)
        findings.finish()

        content = {
            "classId": class_id,
            "objectId": object_id,
            "eventType": _WORDS[kind],
            "expTimeMillis": _milliseconds(at + _EVENT_LIFE),
            "count": 1,
            "nonce": nonce,
        }
        message = _json(content)
        sealed = {
            "signature": _signature(self._key, SENDER, self.issuer_id, PROTOCOL, message),
            "intermediateSigningKey": self._signed_key,
            "protocolVersion": PROTOCOL,
            "signedMessage": message,
        }
        return _json(sealed).encode()


def throwaway_callbacks(issuer_id: str | int, *, at: datetime | None = None) -> ThrowawayCallbacks:
    """Return a new chain of keys that signs callbacks for an issuer.

    Args:
        issuer_id: For whom it signs.
        at: When its week begins; the present by default.

    Raises:
        InvalidDocumentError: ``issuer_id`` is none.
        InvalidCardError: ``at`` is not a moment with a zone.
    """
    return ThrowawayCallbacks(issuer_id=issuer_id, at=utc_now() if at is None else at)


def _json(content: Any) -> str:
    """Return JSON in Google's spelling: no blanks, and every equals sign as an escape."""
    return json.dumps(content, separators=(",", ":")).replace("=", "\\u003d")


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    return b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def _signature(key: ec.EllipticCurvePrivateKey, *parts: str) -> str:
    return b64encode(key.sign(framed(*parts), ec.ECDSA(SHA256()))).decode()


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
