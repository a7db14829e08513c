"""Who signs: a pass certificate, its intermediate, and something that holds the key."""

from __future__ import annotations

import hashlib
from datetime import datetime
from os import PathLike
from typing import Final, NoReturn, Protocol, Self, runtime_checkable

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from walletcard.apple import _certificates as certificates
from walletcard.apple import _loading as loading
from walletcard.apple._cms import Layout
from walletcard.apple._describing import facts, sentence
from walletcard.apple._moment import moment_or_now
from walletcard.errors import (
    InvalidDocumentError,
    Issue,
    KeyMaterialError,
    SecretStaysError,
    SigningError,
    WalletCardError,
    WrongArgumentError,
    quoted,
    wrong_type,
)

_PADDING: Final = padding.PKCS1v15()
_SHA256: Final = SHA256()


@runtime_checkable
class Signer(Protocol):
    """Something that holds an RSA key: a hardware module, a remote service, a file of your own."""

    def sign(self, data: bytes, /) -> bytes:
        """Return the RSASSA-PKCS1-v1_5 signature with SHA-256 over ``data`` (not over a digest of it)."""
        ...


class _KeyInMemory:
    __slots__ = ("_key",)

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key = key

    def sign(self, data: bytes, /) -> bytes:
        return self._key.sign(data, _PADDING, _SHA256)


class _Distrusted:
    """A signer whose every answer is checked: a wrong one would only be noticed by a phone."""

    __slots__ = ("_public", "_signer")

    def __init__(self, signer: Signer, public: rsa.RSAPublicKey) -> None:
        self._signer, self._public = signer, public

    def sign(self, data: bytes, /) -> bytes:
        try:
            answer = self._signer.sign(data)
        except WalletCardError:
            raise
        except Exception as exc:
            # Its text is not ours to repeat: it may hold a token.
            message, hint = "the signer raised an error of its own", "see the cause above"
            raise SigningError(message, code="signing.failed", where="signer", hint=hint) from exc
        if not isinstance(answer, (bytes, bytearray, memoryview)):
            # A text is not repeated: it may be the signer's password.
            message = f"the signer answered with {'a text' if isinstance(answer, str) else quoted(answer)}"
            raise SigningError(message, code="signing.answer", where="signer", hint="return the signature's bytes")
        try:
            self._public.verify(bytes(answer), data, _PADDING, _SHA256)
        except InvalidSignature:
            message = "the signer's answer does not fit the certificate"
            hint = "sign the given bytes with this certificate's key, PKCS#1 v1.5 and SHA-256, hashing once"
            raise SigningError(message, code="signing.wrong", where="signer", hint=hint) from None
        return bytes(answer)


class Identity:
    """A Pass Type ID certificate that can sign, checked once.

    Made by `from_p12`, `from_pem` or `from_signer`. Everything that makes a phone refuse a signature and can be seen
    in the certificates is refused there; the dates are judged when something is signed, at its time. An identity does
    not change, may be shared between threads, and cannot be pickled: its key stays where it is.

    Attributes:
        pass_type: What ``pass.json`` calls ``passTypeIdentifier``: the UID of the certificate.
        team: What ``pass.json`` calls ``teamIdentifier``: the OU of the certificate.
        throwaway: Made by `walletcard.testing`; phones refuse what it signs.
    """

    __slots__ = ("_first", "_intermediate", "_last", "_layout", "_leaf", "_public", "_signer", "pass_type", "team")

    _leaf: x509.Certificate
    _intermediate: x509.Certificate
    _layout: Layout
    _public: rsa.RSAPublicKey
    _signer: Signer
    _first: datetime
    _last: datetime

    pass_type: str
    team: str
    throwaway: bool = False

    def __init__(self) -> None:
        hint = "use Identity.from_p12, from_pem or from_signer"
        issue = Issue(code="argument.missing", where=type(self).__name__, message="cannot be made bare", hint=hint)
        raise WrongArgumentError.from_issues([issue])

    @classmethod
    def from_p12(cls, data: bytes, *, password: str | bytes | None = None, intermediate: bytes | str) -> Self:
        """Read the file that Keychain Access exports, old encryption included.

        Args:
            data: The .p12 file's bytes.
            password: What it was exported with.
            intermediate: Apple's intermediate certificate, DER or PEM: ``AppleWWDRCAG4.cer`` today.

        Raises:
            KeyMaterialError: It cannot sign a pass that a phone accepts; ``code`` says why.
        """
        key, found = loading.from_p12(data, password=password)
        return cls._with_key(key, found, intermediate, where="p12")

    @classmethod
    def from_pem(
        cls,
        *,
        certificate: bytes | str,
        key: bytes | str,
        password: str | bytes | None = None,
        intermediate: bytes | str,
    ) -> Self:
        """Read certificate and key from files, each PEM or DER; both may stand in one PEM, given twice.

        Args:
            certificate: The Pass Type ID certificate, ``pass.cer``.
            key: Its RSA private key.
            password: What protects the key, if anything does.
            intermediate: Apple's intermediate certificate, DER or PEM: ``AppleWWDRCAG4.cer`` today.

        Raises:
            KeyMaterialError: It cannot sign a pass that a phone accepts; ``code`` says why.
        """
        found = loading.certificates(certificate, where="certificate")
        [own] = loading.private_keys(key, password=password, where="key")
        return cls._with_key(own, found, intermediate, where="key")

    @classmethod
    def from_signer(cls, signer: Signer, *, certificate: bytes | str, intermediate: bytes | str) -> Self:
        """Use a key that lives elsewhere. Every answer of the signer is checked against the certificate.

        Raises:
            KeyMaterialError: The certificate cannot sign a pass that a phone accepts; ``code`` says why.
        """
        if not isinstance(signer, Signer):
            hint = "pass an object with sign(data: bytes) -> bytes"
            raise KeyMaterialError(f"got {quoted(signer)}", code="key.kind", where="signer", hint=hint)
        leaf = certificates.pick_leaf(loading.certificates(certificate, where="certificate"), None)
        certificates.check_leaf(leaf)
        public = certificates.check_rsa(leaf.public_key(), where="certificate")
        return cls._joined(leaf, intermediate, _Distrusted(signer, public), public)

    @classmethod
    def _with_key(
        cls, key: PrivateKeyTypes, found: list[x509.Certificate], intermediate: object, *, where: str
    ) -> Self:
        public = key.public_key()
        leaf = certificates.pick_leaf(found, public)
        certificates.check_leaf(leaf)
        certificates.check_rsa(public, where=where)
        if certificates.public_key_of(leaf) != public or not isinstance(key, rsa.RSAPrivateKey):
            message = f"is not the key of {quoted(certificates.subject_of(leaf))}"
            raise KeyMaterialError(message, code="key.mismatch", where=where, hint=certificates.MISMATCH_HINT)
        return cls._joined(leaf, intermediate, _KeyInMemory(key), key.public_key())

    @classmethod
    def _joined(cls, leaf: x509.Certificate, intermediate: object, signer: Signer, public: rsa.RSAPublicKey) -> Self:
        if intermediate is None:
            hint = certificates.intermediate_hint(leaf)
            raise KeyMaterialError("missing", code="key.missing", where="intermediate", hint=hint)
        issuers = loading.certificates(intermediate, where="intermediate")
        issuer = certificates.pick_intermediate(issuers, leaf)
        certificates.check_intermediate(issuer, leaf)
        made = object.__new__(cls)
        layout = _layout(leaf, issuer, signature_size=(public.key_size + 7) // 8)
        parts = {"_leaf": leaf, "_intermediate": issuer, "_layout": layout, "_public": public, "_signer": signer}
        # Asked for at every pass; a certificate reads them from its DER each time.
        read = {
            "_first": max(leaf.not_valid_before_utc, issuer.not_valid_before_utc),
            "_last": min(leaf.not_valid_after_utc, issuer.not_valid_after_utc),
            "pass_type": certificates.named(leaf.subject, NameOID.USER_ID),
            "team": certificates.named(leaf.subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
        }
        for name, value in {**parts, **read}.items():
            object.__setattr__(made, name, value)
        return made

    @property
    def organization(self) -> str:
        return certificates.named(self._leaf.subject, NameOID.ORGANIZATION_NAME)

    @property
    def not_before(self) -> datetime:
        return self._leaf.not_valid_before_utc

    @property
    def not_after(self) -> datetime:
        return self._leaf.not_valid_after_utc

    @property
    def nfc(self) -> bool:
        """Whether Apple has allowed NFC for this pass type."""
        return certificates.has_nfc(self._leaf)

    @property
    def certificate(self) -> bytes:
        """The pass certificate, DER."""
        return self._leaf.public_bytes(Encoding.DER)

    @property
    def intermediate(self) -> bytes:
        """The certificate that issued it, DER; enclosed in every signature."""
        return self._intermediate.public_bytes(Encoding.DER)

    def problems(self, at: datetime | None = None) -> tuple[Issue, ...]:
        """Return what is wrong with the dates of both certificates at ``at``; a warning 30 days ahead."""
        at = moment_or_now(at)
        hint = certificates.intermediate_hint(self._leaf)
        return (
            *certificates.judge_dates(self._leaf, at, where="certificate"),
            *certificates.judge_dates(self._intermediate, at, where="intermediate", hint=hint),
        )

    def signature(self, content: bytes, *, at: datetime | None = None) -> bytes:
        """Return the detached CMS signature of ``content``, DER, signed at ``at``.

        Raises:
            InvalidDocumentError: ``content`` is not bytes.
            KeyMaterialError: A certificate is not valid at ``at``.
            SigningError: The signer failed or answered wrongly.
        """
        at = moment_or_now(at)
        if not isinstance(content, bytes):
            need, code, hint = "bytes", "document.type", "encode it: what is signed are the very bytes that travel"
            raise wrong_type(content, need=need, where="content", code=code, hint=hint, error=InvalidDocumentError)
        if not self._first <= at <= self._last:
            worst = next(one for one in self.problems(at) if one.severity == "error")
            raise KeyMaterialError(worst.message, code=worst.code, where=worst.where, hint=worst.hint)
        return self._layout.fill(digest=hashlib.sha256(content).digest(), at=at, sign=self._signer.sign)

    def describe(self, at: datetime | None = None) -> str:
        """Return one line for a log, safe to print: who signs, how long still, NFC or not, which intermediate it needs.

        Args:
            at: From when the days are counted, aware; ``None`` means now.
        """
        note = "; throw-away, phones refuse it" if self.throwaway else ""
        return sentence(facts(self._leaf, moment_or_now(at))) + note

    def __repr__(self) -> str:
        issuer = certificates.generation(self._intermediate.subject)
        note = "; throw-away, phones refuse it" if self.throwaway else ""
        said = f"{self.pass_type} of team {self.team}, until {self.not_after:%Y-%m-%d}, issued by {issuer}{note}"
        return f"{type(self).__name__}({said})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an Identity does not change: {name}")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "load it from its file in the other process"
        raise SecretStaysError.pickled("an Identity", where="identity", hint=hint)


def _layout(leaf: x509.Certificate, issuer: x509.Certificate, *, signature_size: int) -> Layout:
    certificate, intermediate = leaf.public_bytes(Encoding.DER), issuer.public_bytes(Encoding.DER)
    try:
        return Layout(certificate=certificate, intermediate=intermediate, signature_size=signature_size)
    except (ValueError, TypeError, KeyError):  # The second reader of the certificates is the stricter one at times.
        hint = "download both certificates again from developer.apple.com"
        raise KeyMaterialError("a damaged certificate", code="key.format", where="certificate", hint=hint) from None


def require_identity(value: object) -> Identity:
    """Return ``value`` if it is an identity; raise `KeyMaterialError` if not."""
    if isinstance(value, Identity):
        return value
    hint = "make one with Identity.from_p12, or testing.throwaway_identity() to try things out"
    if isinstance(value, (str, bytes, PathLike)):
        hint = "pass Identity.from_p12(data, password=...), with the bytes of the file as data"
    need, code = "an Identity", "key.missing"
    raise wrong_type(value, need=need, where="identity", code=code, hint=hint, error=KeyMaterialError)


def is_signed(identity: Identity, content: bytes, signature: bytes, *, at: datetime) -> bool:
    """Tell whether a signature just made is the identity's, of these very bytes, and whether its RSA holds."""
    before, attributes = identity._layout.unsigned(digest=hashlib.sha256(content).digest(), at=at)
    if not signature.startswith(before):
        return False
    if isinstance(identity._signer, _Distrusted):  # Its answer was verified when it came.
        return True
    try:
        identity._public.verify(signature[len(before) :], attributes, _PADDING, _SHA256)
    except InvalidSignature:
        return False
    return True
