"""Scanned text in, what it says out - or the one reason why not."""

from __future__ import annotations

import hmac
import re
from datetime import UTC, datetime
from typing import Final

from walletcard._clock import utc_now
from walletcard.errors import (
    ExpiredTokenError,
    ForgedTokenError,
    MalformedTokenError,
    UnknownKeyError,
    WrongKindError,
    WrongProgramError,
)
from walletcard.model._checks import Findings
from walletcard.tokens import _wire as wire
from walletcard.tokens._keys import KEY_ID, MAC_SIZE, KeyRing, require_ring
from walletcard.tokens._token import SHAPES, Kind, Token

_LOOK: Final = 128  # Characters: what is longer is no misread token, whatever it looks like.
_RESEMBLES: Final = re.compile(r"\s*[Ww][A-Za-z0-9=\s]{23,}")


def verify(
    text: str, *, keys: KeyRing, program: str | None = None, kind: Kind | None = None, at: datetime | None = None
) -> Token:
    r"""Return what a scanned token says, once its signature is found right.

    Args:
        text: What the scanner sent. One line end after it (``\r``, ``\n`` or both) does not count; all else does.
        keys: Any of them may have signed.
        program: Only this programme's tokens are taken; with ``None`` any: then decide by `Token.program`.
        kind: Only this kind is taken; with ``None`` any: then decide by `Token.kind`.
        at: The present by default.

    Raises:
        TokenError: It is refused; the subclass says why. What is wrong in several ways is, in this order, malformed,
            of an unknown key, forged, of another programme, of another kind, expired.
    """
    require_ring(keys)
    at = utc_now() if at is None else at
    findings = Findings("verify")
    if program is not None:
        findings.identifier("program", program)
    if kind is not None:
        findings.choice("kind", kind, SHAPES, code="kind.unknown")
    findings.moment("at", at)
    findings.finish()

    token = _authentic(_raw(text, hint=SHAPES[kind or "member"].ask), keys)
    if program is not None and token.program != program:
        raise WrongProgramError.elsewhere()
    if kind is not None and token.kind != kind:
        raise WrongKindError.instead(found=token.kind, wanted=kind, hint=SHAPES[kind].ask)
    if token.expires is not None and at >= token.expires:
        raise ExpiredTokenError.since(token.expires)
    return token


def _raw(text: object, *, hint: str) -> bytes:
    if not isinstance(text, str):
        raise MalformedTokenError.found(f"got {type(text).__name__}, need text", hint="decode it as ASCII")
    raw = wire.unspell(text)
    if raw is not None:
        return raw
    if len(text) <= _LOOK and _RESEMBLES.fullmatch(text):
        raise ForgedTokenError.altered()
    raise MalformedTokenError.found("not a code of this programme" if text else "empty", hint=hint)


def _authentic(raw: bytes, keys: KeyRing) -> Token:
    body, mac = raw[:-MAC_SIZE], raw[-MAC_SIZE:]
    kind = wire.kind_of(raw)
    if kind is None:
        raise ForgedTokenError.altered()
    start = 1 + wire.TIME_SIZE if SHAPES[kind].one_time else 1
    ids = wire.unpack(body[start:])
    key, *rest = ids.split(".", 1 + len(SHAPES[kind].ids))  # A voucher's id, the last, has a dot of its own.
    if not KEY_ID.fullmatch(key):
        raise ForgedTokenError.altered()
    if key not in keys.ids:
        raise UnknownKeyError.retired()
    if not hmac.compare_digest(mac, keys.mac(key, body)):
        raise ForgedTokenError.altered()
    return _token(kind, key, rest, body[1:start])


def _token(kind: Kind, key: str, rest: list[str], time: bytes) -> Token:
    names = ("program", *SHAPES[kind].ids)
    if len(rest) != len(names):  # The key is right: another version of this library signed it.
        raise MalformedTokenError.found("a code of another version", hint="update walletcard")
    ids = dict(zip(names, rest, strict=True))
    return Token(
        kind=kind,
        key=key,
        program=ids["program"],
        card=ids.get("card") or None,
        voucher=ids.get("voucher"),
        source=ids.get("source"),
        expires=datetime.fromtimestamp(int.from_bytes(time[:4]), UTC) if time else None,
        nonce=time[4:].hex() if time else None,
    )
