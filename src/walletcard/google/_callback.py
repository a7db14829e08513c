"""What came to the callback address in, what happened to a card out - once Google's signatures are found right.

https://developers.google.com/wallet/generic/use-cases/use-callbacks-for-saves-and-deletions
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from walletcard._clock import utc_now
from walletcard.errors import (
    CallbackError,
    ExpiredCallbackError,
    ForgedCallbackError,
    WrongIssuerError,
    quoted,
)
from walletcard.google._callback_keys import URL, key_expiry, moment, p256_key, signed_by, usable_keys
from walletcard.google._envelope import CHANGED, PROTOCOL, Envelope, envelope, framed, malformed
from walletcard.google._ids import id_problem, issuer_of
from walletcard.google._settings import require_issuer
from walletcard.google._strict import strict_object
from walletcard.model import require_moment
from walletcard.model._checks import Findings
from walletcard.model._typed import Typed

CALLBACK_KEYS_URL: Final = URL
"""Where Google lists the keys for `verify_callback`. Fetch it as often as its ``Cache-Control`` says, and keep it."""

SENDER: Final = "GooglePayPasses"
_SENDERS: Final = (SENDER, "GoogleWalletPasses", "Google")  # The last signs payments.
_KINDS: Final[Mapping[str, Literal["save", "delete"]]] = {"save": "save", "del": "delete"}
_MAX_NONCE: Final = 128  # Characters; a UUID has 36.
_CLOCK: Final = "check this computer's clock"
_FORGED: Final = "treat it as forged"
_MESSAGE: Final = "signedMessage"
_SIGNED_KEY: Final = "intermediateSigningKey.signedKey"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackEvent(Typed):
    """Somebody saved a card to Google Wallet, or removed it; who, Google does not say.

    Events come late, more than once and in any order: ask Google for the object where it matters whether it is saved
    now (its ``hasUsers``).

    Attributes:
        kind: ``save`` or ``delete``.
        class_id: The class of the card.
        object_id: The card.
        nonce: Names this event. The same nonce again is the same event again: keep it until ``expires`` and do nothing
            the second time, but answer as if it were the first.
        expires: From here on the event is refused.
        count: A number that Google sends and does not explain; ``None`` when it does not.
    """

    kind: Literal["save", "delete"]
    class_id: str
    object_id: str
    nonce: str
    expires: datetime
    count: int | None = None


def verify_callback(
    body: bytes | str,
    *,
    issuer_id: str | int,
    keys: bytes | str | Mapping[str, Any] | None,
    at: datetime | None = None,
    sender: str = SENDER,
) -> CallbackEvent:
    """Return what a callback says, once it is found to be Google's, for this issuer, and in time.

    It remembers nothing: an event that comes again is found right again, and its nonce tells.

    Args:
        body: The request body, untouched.
        issuer_id: The number of the Google Pay & Wallet Console: for whom Google must have signed.
        keys: Google's list of keys, as fetched from `CALLBACK_KEYS_URL`; ``None`` while there is none. Keys that have
            expired are left out.
        at: The present by default.
        sender: As whom Google signs; only if Google should change it.

    Raises:
        CallbackError: It is refused; the subclass says why, and ``reply`` is the status to answer with. What is wrong
            in several ways is, in this order, malformed, without keys to judge it, forged or of an expired key, of
            another issuer, expired.
        InvalidDocumentError: ``issuer_id`` is none.
        InvalidCardError: ``at`` is not a moment with a zone, or ``sender`` is no text.
    """
    at = utc_now() if at is None else at
    require_moment(at)
    issuer = issuer_text(issuer_id)
    findings = Findings("verify_callback")
    findings.text("sender", sender, limit=64)
    findings.finish()

    sealed = envelope(body)
    key = _intermediate(sealed, usable_keys(keys, at=at), sender=sender, at=at)
    _require_signature(sealed, key, sender=sender, issuer=issuer)
    event = _event(sealed.message)
    _require_own(event, issuer)
    if at >= event.expires:
        hint = f"{_CLOCK}, else it is a replay"
        where = f"callback.{_MESSAGE}.expTimeMillis"
        raise ExpiredCallbackError.since(event.expires, where=where, code="callback.expired", hint=hint)
    return event


def issuer_text(issuer_id: object) -> str:
    """Return an issuer id as text.

    Raises:
        InvalidDocumentError: It is none.
    """
    require_issuer(issuer_id)
    return str(issuer_id)


def _intermediate(
    sealed: Envelope, roots: tuple[EllipticCurvePublicKey, ...], *, sender: str, at: datetime
) -> EllipticCurvePublicKey:
    """Return the key that is to have signed the message, once one of Google's has signed it, and it is in time."""
    if not _signed_key_holds(sealed, roots, sender):
        others = (one for one in _SENDERS if one != sender)
        other = next((one for one in others if _signed_key_holds(sealed, roots, one)), None)
        raise _not_googles(other, sender)
    content = _parsed(sealed.signed_key, _SIGNED_KEY)
    where = f"callback.{_SIGNED_KEY}.keyExpiration"
    expires = key_expiry(content.get("keyExpiration"))
    if expires is None:
        raise _no_expiry(content, "keyExpiration", where)
    if at >= expires:
        raise ExpiredCallbackError.since(expires, where=where, code="callback.key-expired", hint=_CLOCK)
    key = p256_key(content.get("keyValue"))
    if key is None:
        raise _forged("key", f"{_SIGNED_KEY}.keyValue", "not a key on P-256", _FORGED)
    return key


def _signed_key_holds(sealed: Envelope, roots: tuple[EllipticCurvePublicKey, ...], sender: str) -> bool:
    content = framed(sender, PROTOCOL, sealed.signed_key)
    return any(signed_by(root, signature=one, content=content) for root in roots for one in sealed.key_signatures)


def _not_googles(other: str | None, sender: str) -> ForgedCallbackError:
    if other is not None:
        message = f"signed by {quoted(other)}, not by the Wallet sender {quoted(sender)}"
        return _forged("sender", _SIGNED_KEY, message, "check where the callback comes from, and sender=")
    hint = "pass the raw body, not re-encoded JSON, and fetch Google's keys again"
    return _forged("root", _SIGNED_KEY, "not signed by any of Google's keys", hint)


def _require_signature(sealed: Envelope, key: EllipticCurvePublicKey, *, sender: str, issuer: str) -> None:
    def holds(recipient: str) -> bool:
        content = framed(sender, recipient, PROTOCOL, sealed.message)
        return signed_by(key, signature=sealed.signature, content=content)

    if holds(issuer):
        return
    other = _claimed_issuer(sealed.message)
    if other is not None and holds(other):
        hint = "check issuer_id in your settings"
        where = "callback.signature"
        raise WrongIssuerError.of(other, wanted=issuer, where=where, code="callback.recipient", hint=hint)
    message = "does not fit the message"
    raise _forged("signature", "signature", message, "pass the raw body, not re-encoded JSON; else treat it as forged")


def _claimed_issuer(message: str) -> str | None:
    """Return the issuer that an unverified message names: enough to try whether it is the one it was signed for."""
    try:
        class_id = strict_object(message).get("classId")
    except ValueError:
        return None
    return issuer_of(class_id) if isinstance(class_id, str) and id_problem(class_id) is None else None


def _event(message: str) -> CallbackEvent:
    content = _parsed(message, _MESSAGE)
    kind = content.get("eventType")
    if not isinstance(kind, str) or kind not in _KINDS:
        found = "missing" if kind is None else f"{quoted(kind)} is unknown"
        raise malformed("event", f"{_MESSAGE}.eventType", found, CHANGED)
    expires = moment(content.get("expTimeMillis"))
    if expires is None:
        raise _no_expiry(content, "expTimeMillis", f"callback.{_MESSAGE}.expTimeMillis")
    count = content.get("count")
    return CallbackEvent(
        kind=_KINDS[kind],
        class_id=_id(content, "classId"),
        object_id=_id(content, "objectId"),
        nonce=_nonce(content.get("nonce")),
        expires=expires,
        count=count if type(count) is int else None,
    )


def _id(content: Mapping[str, Any], name: str) -> str:
    value: object = content.get(name)
    if not isinstance(value, str) or id_problem(value) is not None:
        found = "missing" if value is None else "not the id of a class or an object"
        raise malformed("id", f"{_MESSAGE}.{name}", found, CHANGED)
    return value


def _nonce(value: object) -> str:
    if isinstance(value, str) and 0 < len(value) <= _MAX_NONCE and value.isprintable():
        return value
    found = "missing" if value is None else f"not a text of 1 to {_MAX_NONCE} characters"
    raise malformed("nonce", f"{_MESSAGE}.nonce", found, CHANGED)


def _require_own(event: CallbackEvent, issuer: str) -> None:
    for name, value in (("classId", event.class_id), ("objectId", event.object_id)):
        if issuer_of(value) != issuer:
            hint = "check the callback address of that class"
            where = f"callback.{_MESSAGE}.{name}"
            raise WrongIssuerError.of(issuer_of(value), wanted=issuer, where=where, code="callback.issuer", hint=hint)


def _parsed(text: str, place: str) -> dict[str, Any]:
    try:
        return strict_object(text)
    except ValueError as error:
        raise malformed("json", place, str(error), CHANGED) from None


def _no_expiry(content: Mapping[str, Any], name: str, where: str) -> CallbackError:
    found = "missing" if content.get(name) is None else f"{quoted(content[name])} is not a moment in milliseconds"
    return ExpiredCallbackError(found, code="callback.expiry", where=where, hint=f"{_FORGED}, or {CHANGED}")


def _forged(code: str, place: str, message: str, hint: str) -> ForgedCallbackError:
    return ForgedCallbackError(message, code=f"callback.{code}", where=f"callback.{place}", hint=hint)
