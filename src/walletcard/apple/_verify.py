"""Is this pass what its signer made, and who was that? Archive, signature and signer, each property on its own.

The chain is judged on the day of signing: a pass stays authentic after the certificate of its signer has expired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from walletcard.apple import _archive, _loading
from walletcard.apple._certificates import PASS_SIGNING, extension_of, is_ca, named, subject_of
from walletcard.apple._chain import NO_MORE_SHA1, Path, find_path
from walletcard.apple._cms import Layout
from walletcard.apple._manifest import judge_manifest
from walletcard.apple._moment import moment_or_now
from walletcard.apple._package import Package, archive_bytes, package_of
from walletcard.apple._signature import BadSignature, Signed, read_signature
from walletcard.apple._unzip import unzipped
from walletcard.apple._verification import State, Verification, verdict_of
from walletcard.errors import Issue, PassReadError, Severity, quoted
from walletcard.model._checks import require_flag

Certificates = bytes | str | Sequence[bytes | str]

_NAMED_BY: Final = {"passTypeIdentifier": NameOID.USER_ID, "teamIdentifier": NameOID.ORGANIZATIONAL_UNIT_NAME}
_UNTIDY: Final = ("zip.leading", "zip.trailing", "zip.gap")
_AHEAD: Final = timedelta(hours=1)  # How far two honest clocks may be apart.
_COPY: Final = "it was changed after signing: do not trust this copy; its maker undoes the change, or signs again"
_MAKER: Final = "ask its maker to sign it with a maintained tool"


def verify(
    data: bytes,
    *,
    roots: Certificates | None = None,
    intermediates: Certificates = (),
    at: datetime | None = None,
    strict: bool = False,
) -> Verification:
    """Return whether a pass is what its signer made, and who that was. Nothing about the pass raises.

    Args:
        data: A ``.pkpass``.
        roots: Whom to trust instead of Apple: certificates in PEM or DER, such as your own test authority.
        intermediates: More certificates, for a pass that does not enclose the right one.
        at: When it is looked at, aware; ``None`` means now. The chain is judged at the signing time.
        strict: Accept only the one encoding that this library writes: sorted, stored, DER, nothing else.

    Raises:
        KeyMaterialError: ``roots`` or ``intermediates`` are no certificates.
        PassReadError: ``data`` is not bytes.
    """
    at = moment_or_now(at)
    require_flag(strict, "strict")
    trusted = None if roots is None else _given(roots, where="roots")
    more = _given(intermediates, where="intermediates")
    content = archive_bytes(data)
    try:
        package = package_of(unzipped(content))
    except PassReadError as error:
        issue = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
        archive: State = "fails" if error.code.startswith("zip.") else "unknown"
        return Verification(archive=archive, issues=(issue,))
    return _Judge(package, content, trusted=trusted, more=more, at=at, strict=strict).verification()


def _given(value: object, *, where: str) -> list[x509.Certificate]:
    if isinstance(value, (list, tuple)):
        return [one for part in value for one in _loading.certificates(part, where=where)]
    return _loading.certificates(value, where=where)


class _Judge:
    """Judges one pass: `found` fills with one state a property."""

    def __init__(
        self,
        package: Package,
        data: bytes,
        *,
        trusted: list[x509.Certificate] | None,
        more: list[x509.Certificate],
        at: datetime,
        strict: bool,
    ) -> None:
        self.package, self.data, self.trusted, self.more = package, data, trusted, more
        self.at, self.strict = at, strict
        self.issues: list[Issue] = []
        self.found: dict[str, State] = {}

    def verification(self) -> Verification:
        """Return all that can be said."""
        files = self.package.files
        listed = files.get("manifest.json")
        self.found["archive"] = self._archive()
        self.found["manifest"], issues = judge_manifest(listed, files, strict=self.strict)
        self.issues += issues
        signed = self._signed(files.get("signature"))
        if signed is not None:
            path = self._signature(signed, b"" if listed is None else listed)
            if self.strict and self.found["signature"] == "ok":
                self._canonical(signed, path)
        states: dict[str, Any] = dict(self.found)
        done = Verification(**states, issues=tuple(self.issues), package=self.package)
        if signed is not None:
            done = replace(done, signed_at=signed.at, signer=subject_of(signed.leaf))
        return replace(done, verdict=verdict_of(done.properties))

    def _note(self, code: str, where: str, message: str, hint: str, severity: Severity = "error") -> State:
        self.issues.append(Issue(code=code, where=where, message=message, hint=hint, severity=severity))
        return "fails"

    def _archive(self) -> State:
        state: State = "ok"
        for one in self.package.issues:
            worse = one.code in _UNTIDY
            self.issues.append(replace(one, severity="error") if worse else one)
            state = "fails" if worse else state
        if self.strict and state == "ok" and _archive.archive(self.package.files) != self.data:
            state = self._note("strict.archive", "file", "not the one archive of these files", "do not trust this copy")
        return state

    def _signed(self, signature: bytes | None) -> Signed | None:
        if not signature:
            shown = "missing" if signature is None else "empty"
            self._note("signature.missing", "signature", shown, "the pass was never signed: sign() it before sending")
            self.found |= {"digest": "absent", "signature": "absent", "signing_time": "absent", "chain": "absent"}
            self.found["ids"] = self._ids(None)
            return None
        try:
            return read_signature(signature)
        except BadSignature as error:
            self.issues.append(error.issue)
            self.found["signature"] = "fails"
            return None

    def _signature(self, signed: Signed, listed: bytes) -> Path:
        if signed.digest is None:
            self.found["digest"] = "absent"
        else:
            self.found["digest"] = "ok" if signed.digest_fits(listed) else "fails"
        fits = signed.fits(listed)
        self.found["signature"] = "unknown" if fits is None else "ok" if fits else "fails"
        if self.found["digest"] == "fails":
            self._note("signature.digest", "signature", "does not belong to this manifest", _COPY)
        if fits is False:
            message = f"was not made with the key of {quoted(subject_of(signed.leaf))}"
            self._note("signature.forged", "signature", message, _COPY)
        elif fits is None:
            message = f"{signed.algorithm} cannot be checked on this computer"
            self._note("signature.unknown", "signature", message, "look at it on another one")
        self.found["signing_time"] = self._signing_time(signed)
        path = find_path(
            signed.leaf,
            enclosed=signed.enclosed,
            given=self.more,
            roots=self.trusted,
            signed_at=signed.at,
            now=self.at,
        )
        self.issues += path.issues
        self.found["chain"] = path.state
        self.found["purpose"] = self._purpose(signed.leaf)
        self.found["ids"] = self._ids(signed.leaf)
        self.found["current"] = self._current((signed.leaf, *path.issuers), path)
        return path

    def _signing_time(self, signed: Signed) -> State:
        if signed.algorithm == "sha1" and signed.at is not None and signed.at >= NO_MORE_SHA1:
            self._note("signature.sha1", "signature", "made with SHA-1", "sign with SHA-256", "note")
        if signed.at is None:
            message = "does not say when it was made; phones refuse it"
            self._note("signature.time", "signature", message, _MAKER)
            return "absent"
        if signed.at > self.at + _AHEAD:
            message = f"made on {signed.at:%Y-%m-%d %H:%M} UTC, in the future"
            return self._note("signature.future", "signature", message, "check the clocks of its maker and of yours")
        return "ok"

    def _purpose(self, leaf: x509.Certificate) -> State:
        purposes = extension_of(leaf, x509.ExtendedKeyUsage)
        if purposes is not None and PASS_SIGNING in purposes and not is_ca(leaf):
            return "ok"
        message = f"signed by {quoted(subject_of(leaf))}, not by a Pass Type ID certificate"
        return self._note("chain.purpose", "signature", message, "ask the maker to sign with the right one")

    def _ids(self, leaf: x509.Certificate | None) -> State:
        state: State = "unknown" if leaf is None else "ok"
        for key, oid in _NAMED_BY.items():
            given = self.package.pass_json.get(key)
            own = None if leaf is None else named(leaf.subject, oid)
            if given is None:
                self._note("id.missing", f"pass.json {key}", "missing", "ask the maker for a whole pass")
                state = state if state == "fails" else "absent"
            elif own is not None and given != own:
                message = f"{quoted(given)}, but the certificate is for {quoted(own) if own else 'none'}"
                state = self._note("id.mismatch", f"pass.json {key}", message, "do not trust this copy")
        return state

    def _current(self, certificates: Sequence[x509.Certificate], path: Path) -> State:
        for one in certificates:
            first, last = one.not_valid_before_utc, one.not_valid_after_utc
            if not first <= self.at <= last:
                word = f"expired on {last:%Y-%m-%d}" if self.at > last else f"is valid from {first:%Y-%m-%d}"
                message = f"the certificate {quoted(subject_of(one))} {word}"
                if not any(issue.code == "chain.expired" for issue in path.issues):  # That says more.
                    self._note("key.expired", "signature", message, "passes signed before stay valid", "note")
                return "fails"
        return "ok"

    def _canonical(self, signed: Signed, path: Path) -> None:
        """Hold the signature against the one that this library would have laid out."""
        ours = b""
        if path.issuers and signed.at is not None and signed.digest is not None and 2000 <= signed.at.year < 2050:
            layout = Layout(
                certificate=signed.leaf.public_bytes(Encoding.DER),
                intermediate=path.issuers[0].public_bytes(Encoding.DER),
                signature_size=len(signed.signature),
            )
            ours = layout.fill(digest=signed.digest, at=signed.at.astimezone(UTC), sign=lambda _: signed.signature)
        if ours != self.package.files["signature"]:
            message = "not the one encoding of this signature"
            self.found["signature"] = self._note("strict.signature", "signature", message, "do not trust this copy")
