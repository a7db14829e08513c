"""Where a phone asks for the newest pass, and the word that lets it in.

Rules: https://developer.apple.com/documentation/walletpasses/adding-a-web-service-to-update-passes
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass, field
from typing import Final, NoReturn, Self

from walletcard.apple._kinds import SHAPES
from walletcard.apple._rules import MIN_TOKEN
from walletcard.errors import InvalidCardError, Issue, KeyMaterialError, SecretStaysError, quoted, wrong_type

_HEADER_SAFE: Final = re.compile(r"[!-~]+")  # It travels in a header: Authorization: ApplePass <token>.
_MIN_SECRET: Final = 32  # Bytes.
_PURPOSE: Final = b"walletcard apple update token\0"
_VERSION: Final = re.compile(r"/v1/*\Z")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Updates:
    """Makes a pass updatable: the phone registers at ``url`` and fetches the newest pass there.

    Attributes:
        url: The base address, https and without ``?``; the phone appends ``/v1/...`` itself.
        token: What the phone says to be let in, 16 ASCII characters or more without a space. It never changes in the
            life of a pass. Not shown.
        serial: The one pass that the token is for; ``None`` for any.
    """

    url: str
    token: str = field(repr=False)
    serial: str | None = None

    def __post_init__(self) -> None:
        issues = [*_of_url(self.url), *_of_token(self.token)]
        if self.serial is not None and not _is_serial(self.serial):
            message, hint = f"got {quoted(self.serial)}, need a serial number", "give face.serial"
            issues.append(Issue(code="link.serial", where="updates.serial", message=message, hint=hint))
        if issues:
            raise InvalidCardError.from_issues(issues)

    @classmethod
    def derived(cls, *, url: str, secret: bytes, serial: str) -> Self:
        """Return updates whose token follows from one secret and the serial number, so that none is stored.

        Args:
            url: As for the class.
            secret: 32 random bytes or more, the same for every pass: ``secrets.token_bytes(32)``, made once and kept.
            serial: The serial number of the pass, ``face.serial``.

        Raises:
            InvalidCardError: ``url`` or ``serial`` breaks a rule.
            KeyMaterialError: ``secret`` is not 32 bytes; it is not shown.
        """
        key = _secret(secret)
        named = serial.encode("utf-8", "surrogatepass") if isinstance(serial, str) else b""
        digest = hmac.digest(key, _PURPOSE + named, "sha256")
        token = base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
        return cls(url=url, token=token, serial=serial if serial is not None else "")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self.url!r}, serial={self.serial!r})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "make it anew in the other process, from url and secret"
        raise SecretStaysError.pickled("Updates", where="updates", hint=hint)


def require_updates(value: object, *, serial: str) -> dict[str, str]:
    """Return the keys of ``pass.json`` for updates of one pass; none for ``None``.

    Raises:
        InvalidCardError: No `Updates`, or one for another pass.
    """
    if value is None:
        return {}
    if not isinstance(value, Updates):
        hint = "pass apple.Updates(url=..., token=...)"
        raise wrong_type(value, need="Updates", where="updates", code="link.updates", hint=hint)
    if value.serial is not None and value.serial != serial:
        message, hint = f"made for {quoted(value.serial)}, the pass is {quoted(serial)}", "derive it from face.serial"
        raise InvalidCardError.from_issues(
            [Issue(code="link.serial", where="updates.serial", message=message, hint=hint)]
        )
    return {"webServiceURL": value.url, "authenticationToken": value.token}


def _is_serial(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def _of_url(url: object) -> list[Issue]:
    shape, where = SHAPES["https"], "updates.url"
    if not shape.fits(url):
        # It may hold a password, so it is not repeated.
        return [Issue(code=shape.code, where=where, message=f"need {shape.need}", hint=shape.hint)]
    text = str(url)
    if "@" in text.split("/", 3)[2]:
        return [Issue(code="link.user", where=where, message="holds a user name", hint="the token lets the phone in")]
    if _VERSION.search(text):
        return [Issue(code="link.version", where=where, message="ends in /v1", hint="the phone appends it: remove it")]
    return []


def _of_token(token: object) -> list[Issue]:
    hint = "use Updates.derived(), or secrets.token_urlsafe(24)"
    if not isinstance(token, str):
        message = f"got {type(token).__name__}, need text"
    elif len(token) < MIN_TOKEN:
        message = f"under {MIN_TOKEN} characters: phones refuse the pass"
    elif not _HEADER_SAFE.fullmatch(token):
        message = "holds a space or a letter that is not ASCII"
    else:
        return []
    return [Issue(code="link.token", where="updates.token", message=message, hint=hint)]


def _secret(secret: object) -> bytes:
    hint = "make one with secrets.token_bytes(32) and keep it"
    if not isinstance(secret, (bytes, bytearray)):
        message, code = f"got {type(secret).__name__}, need bytes", "key.type"
    elif len(secret) < _MIN_SECRET:
        message, code = f"{len(secret)} bytes, need {_MIN_SECRET}", "key.short"
    elif len(set(secret)) < _MIN_SECRET // 4:
        message, code = "a pattern, not random bytes", "key.passphrase"
    else:
        return bytes(secret)
    raise KeyMaterialError(message, code=code, where="secret", hint=hint)
