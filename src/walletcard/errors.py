"""Every error of the library, under one root.

    WalletCardError                code, where, message, hint
    ├─ InvalidCardError            (ValueError) programme, card, event, face, colour, picture, barcode, date or
    │                              language breaks a rule of the model; ``issues``
    ├─ InvalidDocumentError        (ValueError) a pass.json or a Google class or object breaks the platform's
    │                              rules; ``issues``
    ├─ RenderError                 a picture cannot be drawn or read
    ├─ KeyMaterialError            a .p12, PEM, certificate or service account cannot be used
    └─ SigningError                the key is fine, the act of signing failed

``str(error)`` is one line fit for a log: *where: what is so; what to do.* It never holds a key, a password, a
token or a signed link.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

__all__ = [
    "InvalidCardError",
    "InvalidDocumentError",
    "Issue",
    "KeyMaterialError",
    "RenderError",
    "Severity",
    "SigningError",
    "WalletCardError",
    "quoted",
]

Severity = Literal["error", "warning", "note"]

MAX_LINE = 240  # Characters of one message line: what a log viewer and a terminal show whole.
MAX_QUOTE = 60  # Characters of a foreign value inside a message.


def quoted(value: object) -> str:
    """Return a foreign value fit for a message: escaped, printable and at most 60 characters long."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} bytes"
    shown = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    if isinstance(value, str):
        shown = '"' + shown[1:-1] + '"'
    elif not isinstance(value, (bool, int, float, type(None))):
        shown = type(value).__name__
    return shown if len(shown) <= MAX_QUOTE else shown[: MAX_QUOTE - 2] + "…" + shown[-1:]


def one_line(*, where: str, message: str, hint: str) -> str:
    """Join the three parts of a message into *where: message; hint*."""
    line = f"{where}: {message}" if where else message
    return f"{line}; {hint}" if hint else line


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that is wrong, unusual or worth knowing.

    Attributes:
        code: A stable slug to branch on, family first, such as ``key.mismatch``.
        where: A path into the caller's own data, such as ``stamps.goal``.
        message: What is so.
        hint: What the reader can do about it; empty when nothing would help.
        severity: ``error`` (a phone or a rule refuses it), ``warning`` (something is lost), ``note`` (unusual).
    """

    code: str
    where: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        return one_line(where=self.where, message=self.message, hint=self.hint)


class WalletCardError(Exception):
    """Base of every exception in this library.

    Attributes:
        code: A stable slug to branch on, such as ``key.mismatch``.
        where: The place in the caller's own data.
        message: What is so.
        hint: What the reader can do about it; empty when nothing would help.
    """

    def __init__(self, message: str, *, code: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.code, self.where, self.hint = message, code, where, hint

    def __str__(self) -> str:
        return one_line(where=self.where, message=self.message, hint=self.hint)


class _IssuesError(WalletCardError):
    """An error that carries every problem that was found, not only the first."""

    issues: tuple[Issue, ...] = ()

    @classmethod
    def from_issues(cls, issues: Iterable[Issue]) -> Self:
        """Return one error for all ``issues``, which must not be empty; the first one gives code and place."""
        found = tuple(issues)
        first = found[0]
        error = cls(first.message, code=first.code, where=first.where, hint=first.hint)
        error.issues = found
        return error

    def __str__(self) -> str:
        if not self.issues:
            return super().__str__()
        line = str(self.issues[0])
        for count, issue in enumerate(self.issues[1:], start=1):
            longer = f"{line} | {issue}"
            rest = len(self.issues) - count
            if len(longer) > MAX_LINE - 30 and rest:
                return f"{line} | and {rest} more in .issues"
            line = longer
        return line


class InvalidCardError(_IssuesError, ValueError):
    """A programme, card, event, face or one of their parts breaks rules; ``issues`` holds every one of them."""


class InvalidDocumentError(_IssuesError, ValueError):
    """A wallet document breaks its platform's rules; ``issues`` holds every one of them."""


class RenderError(WalletCardError):
    """A picture cannot be drawn or read."""


class KeyMaterialError(WalletCardError):
    """A certificate, private key or service account could not be used."""

    @classmethod
    def expired(cls, *, where: str, subject: str, on: date, hint: str) -> Self:
        """Word the commonest one: a certificate past its last day."""
        return cls(f"{quoted(subject)} expired on {on:%Y-%m-%d}", code="key.expired", where=where, hint=hint)


class SigningError(WalletCardError):
    """The key is fine, the act of signing failed (a hardware module, a remote signer)."""
