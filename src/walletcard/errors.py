"""Every error of the library, under one root.

    WalletCardError                code, where, message, hint
    ├─ InvalidCardError            (ValueError) programme, card, event, face, colour, picture, barcode, date or
    │                              language breaks a rule of the model; ``issues``
    │  └─ WrongArgumentError       (TypeError) a misspelt, missing or unnamed argument, at any public entry
    ├─ InvalidDocumentError        (ValueError) a pass.json or a Google class or object breaks the platform's
    │                              rules; ``issues``
    ├─ RenderError                 a picture cannot be drawn or read
    ├─ KeyMaterialError            a .p12, PEM, certificate or service account cannot be used
    │  └─ SecretStaysError         (TypeError) a key, or a signed link, was about to be pickled
    ├─ SigningError                the key is fine, the act of signing failed
    ├─ PassReadError               the bytes are not readable as a pass
    ├─ VerificationError           readable, and not authentic; ``issues``
    ├─ TokenError                  a scanned code is refused; the first that holds, in this order:
    │  ├─ MalformedTokenError      it is no token at all
    │  ├─ UnknownKeyError          its key is not in the ring (retired, or another shop's)
    │  ├─ ForgedTokenError         altered, misread or made up: the signature or the spelling is wrong
    │  ├─ WrongProgramError        authentic, of another programme
    │  ├─ WrongKindError           authentic, made for another purpose
    │  └─ ExpiredTokenError        authentic, too late
    ├─ GoogleError                 a call to Google did not end well; ``status``, ``reason``, ``retry_after``
    │  ├─ UnreachableError         no answer came, and nothing was changed; ``safe_to_retry``
    │  ├─ RejectedError            Google, or its log-in, answered no
    │  ├─ RateLimitedError         too many calls, or a quota is used up
    │  ├─ BadReplyError            what came is no answer of Google's
    │  └─ UnknownResultError       a change was sent, and nobody knows whether Google made it
    └─ CallbackError               what came to the callback address is refused; ``reply``, ``retryable``
       ├─ MalformedCallbackError   no callback of the one protocol, or it says what this library does not know
       ├─ CallbackKeysError        Google's keys are not there, or none of them can be used
       ├─ ForgedCallbackError      a signature does not fit
       ├─ WrongIssuerError         authentic, of another issuer
       └─ ExpiredCallbackError     authentic, too late

``str(error)`` is one line fit for a log: *where: what is so; what to do.* It never holds a key, a password, a
token or a signed link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal, Self

__all__ = [
    "BadReplyError",
    "CallbackError",
    "CallbackKeysError",
    "ExpiredCallbackError",
    "ExpiredTokenError",
    "ForgedCallbackError",
    "ForgedTokenError",
    "GoogleError",
    "InvalidCardError",
    "InvalidDocumentError",
    "Issue",
    "KeyMaterialError",
    "MalformedCallbackError",
    "MalformedTokenError",
    "PassReadError",
    "RateLimitedError",
    "RejectedError",
    "RenderError",
    "SecretStaysError",
    "Severity",
    "SigningError",
    "TokenError",
    "UnknownKeyError",
    "UnknownResultError",
    "UnreachableError",
    "VerificationError",
    "WalletCardError",
    "WrongArgumentError",
    "WrongIssuerError",
    "WrongKindError",
    "WrongProgramError",
    "allowed_codes",
    "quoted",
    "wrong_type",
]

Severity = Literal["error", "warning", "note"]

_SEVERITIES = ("error", "warning", "note")
_SEVERITY_HINT = "use error, warning or note"
_NO_LISTS = (bytes, bytearray, memoryview, Mapping)  # They can be gone through, and hold no codes.
MAX_LINE = 240  # Characters of one message line: what a log viewer and a terminal show whole.
MAX_BITS = 10_000  # Of a number inside a message: Python refuses to write out the largest ones.
MAX_CAUSE = 80  # Characters of another message inside a message.
MAX_QUOTE = 60  # Characters of a foreign value inside a message.


def quoted(value: object) -> str:
    """Return a foreign value fit for a message: escaped, printable and at most 60 characters long."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} bytes"
    if isinstance(value, str):
        shown = '"' + (repr if value.isprintable() else ascii)(value)[1:-1] + '"'
    elif isinstance(value, int) and value.bit_length() > MAX_BITS:
        shown = "a huge number"
    elif isinstance(value, (bool, int, float, type(None))):
        shown = repr(value)
    else:
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

    def __post_init__(self) -> None:
        for name in ("code", "where", "message", "hint"):
            if not isinstance(getattr(self, name), str):
                hint = "give text"
                raise wrong_type(getattr(self, name), need="text", where=f"issue.{name}", code="text.type", hint=hint)
        if self.severity not in _SEVERITIES:
            raise wrong_type(
                self.severity, need="a severity", where="issue.severity", code="value.type", hint=_SEVERITY_HINT
            )

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

    message: str
    code: str
    where: str
    hint: str

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
            if len(longer) > MAX_LINE - 30:
                return f"{line} | and {rest} more in .issues"
            line = longer
        return line


class InvalidCardError(_IssuesError, ValueError):
    """A programme, card, event, face or one of their parts breaks rules; ``issues`` holds every one of them."""


class WrongArgumentError(InvalidCardError, TypeError):
    """An argument that does not exist, is missing, or has to be named; ``issues`` holds every one of them."""


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


class SecretStaysError(KeyMaterialError, TypeError):
    """What holds a key, or lets its reader save a card, was about to be pickled: it must not travel unseen."""

    @classmethod
    def pickled(cls, what: str, *, where: str, hint: str) -> Self:
        """Word it for ``what``, such as ``an Identity``."""
        return cls(f"{what} is not pickled", code="key.pickle", where=where, hint=hint)


class SigningError(WalletCardError):
    """The key is fine, the act of signing failed (a hardware module, a remote signer)."""


class PassReadError(WalletCardError):
    """The bytes cannot be read as a pass, or could only be read at a risk."""


class VerificationError(_IssuesError):
    """The pass can be read and is not authentic; ``issues`` holds every reason."""


class TokenError(WalletCardError):
    """A scanned code is refused; the subclass and ``code`` say why, and no message shows the code itself."""


class MalformedTokenError(TokenError):
    """What was scanned is no token: another kind of QR, an article number, nothing at all."""

    @classmethod
    def found(cls, message: str, *, hint: str) -> Self:
        """Word what was scanned instead."""
        return cls(message, code="token.malformed", where="scan", hint=hint)


class UnknownKeyError(TokenError):
    """The token names a key that is not in the ring."""

    @classmethod
    def retired(cls) -> Self:
        """Word it for the commonest one: a key that was taken out of the ring."""
        hint = "ask the customer to refresh the card"
        return cls("an old code, its key is no longer listed", code="token.key", where="scan", hint=hint)


class ForgedTokenError(TokenError):
    """The signature does not fit, or the token is not spelt the one way it is issued."""

    @classmethod
    def altered(cls) -> Self:
        """Word it for a reader who holds a scanner."""
        return cls("the code was altered or misread", code="token.forged", where="scan", hint="scan it again")


class WrongProgramError(TokenError):
    """The token is authentic and belongs to another programme."""

    @classmethod
    def elsewhere(cls) -> Self:
        """Word it for a reader at the till."""
        hint = "it cannot be used here: ask for this shop's card"
        return cls("a code of another programme", code="token.program", where="scan", hint=hint)


class WrongKindError(TokenError):
    """The token is authentic and was made for another purpose."""

    @classmethod
    def instead(cls, *, found: str, wanted: str, hint: str) -> Self:
        """Word what was scanned and what should have been."""
        return cls(f"this is a {found} code, not a {wanted} code", code="token.kind", where="scan", hint=hint)


class ExpiredTokenError(TokenError):
    """The token is authentic and its time is over."""

    @classmethod
    def since(cls, moment: datetime) -> Self:
        """Word when it ended."""
        message = f"the code expired at {moment:%Y-%m-%d %H:%M:%S} UTC"
        return cls(message, code="token.expired", where="scan", hint="ask for a fresh one")


class GoogleError(WalletCardError):
    """A call to Google did not end well.

    Attributes:
        status: The HTTP status of the answer; ``None`` when there was none.
        reason: Google's own word, such as ``permissionDenied``; empty when it gave none.
        retry_after: The seconds that Google asked to wait; ``None`` when it did not say.
    """

    status: int | None = None
    reason: str = ""
    retry_after: float | None = None

    @classmethod
    def answered(
        cls,
        message: str,
        *,
        code: str,
        where: str,
        hint: str = "",
        status: int | None = None,
        reason: str = "",
        retry_after: float | None = None,
    ) -> Self:
        """Word it for an answer of this status and reason."""
        error = cls(message, code=code, where=where, hint=hint)
        error.status, error.reason, error.retry_after = status, reason, retry_after
        return error


class UnreachableError(GoogleError):
    """No answer came; of a change, nothing was made.

    Attributes:
        safe_to_retry: Nothing of the request left this machine. ``False`` says that it may have arrived.
    """

    safe_to_retry: bool = False

    @classmethod
    def at(cls, host: str, message: str, *, code: str, hint: str, safe_to_retry: bool) -> Self:
        """Word it for the machine that was called."""
        error = cls(message, code=code, where=host, hint=hint)
        error.safe_to_retry = safe_to_retry
        return error


class RejectedError(GoogleError):
    """Google answered no; ``status`` and ``reason`` are its own."""


class RateLimitedError(GoogleError):
    """Google asks to slow down, or a quota is used up; ``retry_after`` says for how long, when Google does."""


class BadReplyError(GoogleError):
    """What came back is no answer of Google's: a proxy's page, half a text, far too much."""


class UnknownResultError(GoogleError):
    """A change was sent and its answer was lost: it may have been made, or may be yet. Never taken for a failure."""

    @classmethod
    def after(cls, error: GoogleError, *, where: str, hint: str) -> Self:
        """Word it for what happened to the answer."""
        cause = f"{error.status} {error.reason}".strip() if error.status else f"{error.where}: {error.message}"
        return cls.answered(
            f"the result is unknown ({cause[:MAX_CAUSE]})",
            code="google.unknown",
            where=where,
            hint=hint,
            status=error.status,
            reason=error.reason,
            retry_after=error.retry_after,
        )


class CallbackError(WalletCardError):
    """A callback is refused; the subclass and ``code`` say why, and no message shows a whole id.

    Attributes:
        reply: The HTTP status to answer with.
        retryable: Whether the same callback may be taken when Google sends it again.
    """

    reply: ClassVar[int] = 401
    retryable: ClassVar[bool] = False


class MalformedCallbackError(CallbackError):
    """The body is no callback of the one protocol, or an authentic message says what this library does not know."""

    reply = 400


class CallbackKeysError(CallbackError):
    """Google's keys are not there, or none of them can be used; nothing is said about the callback itself."""

    reply = 503
    retryable = True

    @classmethod
    def found(cls, code: str, message: str, *, hint: str) -> Self:
        """Word what is there instead."""
        return cls(message, code=f"keys.{code}", where="Google's keys", hint=hint)


class ForgedCallbackError(CallbackError):
    """A signature of the chain does not fit."""


class WrongIssuerError(CallbackError):
    """The callback is authentic and meant for another issuer."""

    @classmethod
    def of(cls, found: str, *, wanted: str, where: str, code: str, hint: str) -> Self:
        """Word whose it is and whose it should have been."""
        return cls(f"of issuer {quoted(found)}, not {quoted(wanted)}", code=code, where=where, hint=hint)


class ExpiredCallbackError(CallbackError):
    """The callback is authentic, and its time is over or cannot be read."""

    @classmethod
    def since(cls, moment: datetime, *, where: str, code: str, hint: str) -> Self:
        """Word when it ended."""
        return cls(f"expired at {moment:%Y-%m-%d %H:%M:%S} UTC", code=code, where=where, hint=hint)


def wrong_type(
    value: object, *, need: str, where: str, code: str, hint: str, error: type[WalletCardError] = InvalidCardError
) -> WalletCardError:
    """Return the error for an argument of a wrong type.

    Args:
        value: The argument. A text is never shown: it may be a password in a wrong place.
        need: What belongs there, such as ``a Face``.
        where: The argument's name.
        code: The error's code.
        hint: How to make one.
        error: The class of the error.
    """
    message = f"got {'a text' if isinstance(value, str) else quoted(value)}, need {need}"
    if issubclass(error, _IssuesError):
        return error.from_issues([Issue(code=code, where=where, message=message, hint=hint)])
    return error(message, code=code, where=where, hint=hint)


def allowed_codes(allow: object) -> frozenset[str]:
    """Return the codes of an argument ``allow=``; one code may stand there by itself.

    Raises:
        InvalidCardError: It is neither a text nor a collection of texts.
    """
    if isinstance(allow, str):
        return frozenset((allow,))
    if isinstance(allow, Collection) and not isinstance(allow, _NO_LISTS):
        codes = [code for code in allow if isinstance(code, str)]
        if len(codes) == len(allow):
            return frozenset(codes)
    hint = 'give codes of issues, such as ("color.contrast",), or () for none'
    raise wrong_type(allow, need="codes", where="allow", code="allow.type", hint=hint)
