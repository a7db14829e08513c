"""The body that Google posts in, the parts of its envelope out: strictly spelt, and not verified yet.

What is signed are the two texts inside, exactly as one reading of the body gives them; nothing writes them again. How
the body itself is spelt (blanks, escapes) says nothing and is not judged.

The protocol is that of Tink's payment tokens: https://developers.google.com/pay/api/web/guides/resources/payment-data-cryptography
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from walletcard.errors import MalformedCallbackError, quoted
from walletcard.google._strict import strict_object

PROTOCOL: Final = "ECv2SigningOnly"
MAX_BYTES: Final = 64_000  # A real body has about 900.
MAX_SIGNATURES: Final = 8  # Each costs a check for every key of Google's, before anything is known to be Google's.

_UNTOUCHED: Final = "pass the untouched request body"
_NOT_OURS: Final = "if this repeats, check what rewrites bodies in front of the app"
CHANGED: Final = "upgrade walletcard if Google has changed the format"
_KEY: Final = "intermediateSigningKey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A signed text, and the signed key that is to have signed it.

    Attributes:
        message: The signed text.
        signature: Its signature, DER.
        signed_key: The text that names the key.
        key_signatures: Signatures of ``signed_key``; one that fits a key of Google's is enough.
    """

    message: str
    signature: bytes
    signed_key: str
    key_signatures: tuple[bytes, ...]


def envelope(body: object) -> Envelope:
    """Return the parts of a body.

    Raises:
        MalformedCallbackError: It is too long, no strict JSON, of another protocol, or has other parts.
    """
    content = _content(body)
    protocol = content.get("protocolVersion", PROTOCOL)
    if protocol != PROTOCOL:
        message = f"{quoted(protocol)}, only {PROTOCOL} is accepted"
        raise malformed("protocol", "protocolVersion", message, "upgrade walletcard if Google has changed it")
    _require_keys(content, "", "protocolVersion", "signature", _KEY, "signedMessage")
    key = content[_KEY]
    if not isinstance(key, dict):
        raise malformed("member", _KEY, f"is {_kind(key)}, not an object", _UNTOUCHED)
    _require_keys(key, _KEY, "signedKey", "signatures")
    place = f"{_KEY}.signatures"
    signatures = key["signatures"]
    if not isinstance(signatures, list) or not 1 <= len(signatures) <= MAX_SIGNATURES:
        message = f"is {_kind(signatures)}, not a list of 1 to {MAX_SIGNATURES} signatures"
        raise malformed("member", place, message, _UNTOUCHED)
    return Envelope(
        message=_text(content["signedMessage"], "signedMessage"),
        signature=_signature(content["signature"], "signature"),
        signed_key=_text(key["signedKey"], f"{_KEY}.signedKey"),
        key_signatures=tuple(_signature(one, f"{place}[{place_of}]") for place_of, one in enumerate(signatures)),
    )


def framed(*parts: str) -> bytes:
    """Return what is signed: each text as UTF-8, its length in bytes in front, four bytes, the lowest first."""
    encoded = [part.encode("utf-8") for part in parts]
    return b"".join(len(part).to_bytes(4, "little") + part for part in encoded)


def base64_bytes(text: object) -> bytes | None:
    """Return what base64 holds; ``None`` unless it is the one spelling that an encoder gives."""
    try:
        raw = b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return None
    return raw if raw and b64encode(raw).decode("ascii") == text else None


def malformed(code: str, place: str, message: str, hint: str) -> MalformedCallbackError:
    """Return the error for one place of a body."""
    where = f"callback.{place}" if place else "callback"
    return MalformedCallbackError(message, code=f"callback.{code}", where=where, hint=hint)


def _content(body: object) -> dict[str, Any]:
    if isinstance(body, (bytearray, memoryview)):
        body = bytes(body)
    if not isinstance(body, (bytes, str)):
        raise malformed("type", "", f"got {quoted(body)}, need the bytes of the request body", _UNTOUCHED)
    if len(body) > MAX_BYTES:
        hint = "not from Google, nothing to do"
        raise malformed("size", "", f"{len(body):_} bytes, over {MAX_BYTES:_}", hint)
    try:
        return strict_object(body)
    except ValueError as error:
        raise malformed("json", "", str(error), _NOT_OURS) from None


def _require_keys(content: Mapping[str, Any], place: str, *names: str) -> None:
    for name in names:
        if name not in content:
            raise malformed("member", place, f"key {quoted(name)} is missing", _UNTOUCHED)
    for name in content:
        if name not in names:
            raise malformed("member", place, f"key {quoted(name)} is not one of the protocol", CHANGED)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise malformed("member", place, f"is {_kind(value)}, must stay text", "do not parse it before verify_callback")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise malformed("member", place, "holds half a character", _NOT_OURS) from None
    return value


def _signature(value: object, place: str) -> bytes:
    raw = base64_bytes(value)
    if raw is None:
        raise malformed("member", place, f"is {_kind(value)}, not base64 of a signature", _UNTOUCHED)
    return raw


def _kind(value: object) -> str:
    """Return what a value is, without showing it: a text may hold anybody's id."""
    if isinstance(value, str):
        return "a text" if value else "empty"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "an object" if isinstance(value, dict) else quoted(value)
