"""Google's key document in, the keys that may sign today out; and the one signature scheme of the protocol."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from walletcard.errors import CallbackKeysError, quoted
from walletcard.google._envelope import PROTOCOL, base64_bytes
from walletcard.google._strict import strict_object
from walletcard.model._slow_keys import names_diffie_hellman

URL: Final = "https://pay.google.com/gp/m/issuer/keys"

_MAX_BYTES: Final = 256_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_10000: Final = 253_402_300_800_000  # Milliseconds: what no datetime holds.
_DIGITS: Final = re.compile(r"[0-9]{1,15}")
_ALLOW: Final = "allow outgoing https to pay.google.com; Google sends the callback again"
_FETCH: Final = "fetch them again, check for a proxy in between, and keep the old ones until then"


def usable_keys(document: object, *, at: datetime) -> tuple[EllipticCurvePublicKey, ...]:
    """Return the keys of the protocol that have not expired; the others are left out.

    Raises:
        CallbackKeysError: The document is not Google's, or none of its keys is left.
    """
    listed = _listed(document)
    found: list[EllipticCurvePublicKey] = []
    unfit: Counter[str] = Counter()
    for one in listed:
        usable = _usable(one, at)
        if isinstance(usable, str):
            unfit[usable] += 1
        else:
            found.append(usable)
    if not found:
        why = ", ".join(f"{count} {reason}" for reason, count in sorted(unfit.items())) or "the list is empty"
        raise CallbackKeysError.found("unusable", f"none usable for {PROTOCOL}: {why}", hint=_FETCH)
    return tuple(found)


def p256_key(text: object) -> EllipticCurvePublicKey | None:
    """Return the public key that base64 holds; ``None`` for any other text or kind of key."""
    raw = base64_bytes(text)
    if raw is None or names_diffie_hellman(raw):
        return None
    try:
        key = load_der_public_key(raw)
    except (ValueError, InternalError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1) else None


def signed_by(key: EllipticCurvePublicKey, *, signature: bytes, content: bytes) -> bool:
    """Return whether a DER signature over ``content`` is the key's."""
    try:
        key.verify(signature, content, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def moment(milliseconds: object) -> datetime | None:
    """Return the moment so many milliseconds after 1970; ``None`` for what is no whole number of them."""
    if type(milliseconds) is not int or not 0 <= milliseconds < _YEAR_10000:
        return None
    return _EPOCH + timedelta(milliseconds=milliseconds)


def key_expiry(value: object) -> datetime | None:
    """Return when a key ends. Google writes the milliseconds as text; a number says the same."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return moment(int(value))
    return moment(value)


def _usable(entry: object, at: datetime) -> EllipticCurvePublicKey | str:
    """Return the key of one entry, or why it is left out."""
    if not isinstance(entry, Mapping):
        return "not a key"
    if entry.get("protocolVersion") != PROTOCOL:
        return "of another protocol"
    expires = key_expiry(entry.get("keyExpiration"))
    if expires is None:
        return "without expiry"
    if at >= expires:
        return "expired"
    return p256_key(entry.get("keyValue")) or "not on P-256"


def _listed(document: object) -> list[Any]:
    if document is None or (isinstance(document, (bytes, bytearray, str)) and not document):
        raise CallbackKeysError.found("missing", "not loaded yet", hint=_ALLOW)
    content = document if isinstance(document, Mapping) else _parsed(document)
    listed = content.get("keys")
    if not isinstance(listed, list):
        raise CallbackKeysError.found("shape", '"keys" is not a list', hint=_FETCH)
    return listed


def _parsed(document: object) -> Mapping[str, Any]:
    if isinstance(document, (bytearray, memoryview)):
        document = bytes(document)
    if not isinstance(document, (bytes, str)):
        message = f"got {quoted(document)}, need the document from {URL}"
        raise CallbackKeysError.found("type", message, hint="pass its bytes")
    if len(document) > _MAX_BYTES:
        raise CallbackKeysError.found("size", f"{len(document):_} bytes, over {_MAX_BYTES:_}", hint=_FETCH)
    try:
        return strict_object(document)
    except ValueError as error:
        raise CallbackKeysError.found("json", str(error), hint=_FETCH) from None
