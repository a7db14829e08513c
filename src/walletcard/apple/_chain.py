"""From the certificate of a signer to a root: which path there is, and whether it held on the day of signing.

Apple's authorities are known by their fingerprints alone; none of their certificates is part of the library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from walletcard.apple._certificates import (
    MIN_BITS,
    extension_of,
    generation,
    intermediate_hint,
    is_ca,
    judge_dates,
    may_have_issued,
    named,
    public_key_of,
    subject_of,
)
from walletcard.errors import Issue, Severity, quoted

# SHA-256 of the certificates, as https://www.apple.com/certificateauthority/ offers them.
APPLE: Final = frozenset(
    {
        "b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024",  # Apple Root CA
        "64b302913f11ca1b6806093b76cade7f7b123be0c04924fda87f5f4e8647f051",  # WWDR 2008, until 2016
        "ce057691d730f89ca25e916f7335f4c8a15713dcd273a658c024023f8eb809c2",  # WWDR 2013 ("G1"), until 2023
        "ea4757885538dd8cb59ff4556f676087d83c85e70902c122e42c0808b5bce14c",  # WWDR G4, until 2030
    }
)
NO_MORE_SHA1: Final = datetime(2022, 1, 1, tzinfo=UTC)
_MAX_PATH: Final = 5
_OBEYED: Final = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
)
_APPLES: Final = re.compile(r"G[0-9]{1,2}")


class Path(NamedTuple):
    """What was found between a leaf and a root.

    Attributes:
        state: ``ok``, ``fails``, or ``unknown`` when a certificate is missing.
        issuers: The certificates above the leaf that were found, from the leaf up.
        issues: Why.
    """

    state: Literal["ok", "fails", "unknown"]
    issuers: tuple[x509.Certificate, ...]
    issues: tuple[Issue, ...]


def find_path(
    leaf: x509.Certificate,
    *,
    enclosed: Sequence[x509.Certificate],
    given: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate] | None,
    signed_at: datetime | None,
    now: datetime,
) -> Path:
    """Return the path from ``leaf`` to a root, judged on the day of signing.

    Args:
        leaf: The signer's certificate.
        enclosed: The certificates beside it.
        given: More that the caller has.
        roots: Whom to trust; ``None`` means Apple.
        signed_at: The signing time; ``None`` when nobody said.
        now: What counts then.
    """
    at = signed_at or now
    issuers, anchored, forged = _climb(leaf, [*enclosed, *given, *(roots or ())], roots, at)
    issues: list[Issue] = []
    if forged:
        message = f"the key of {quoted(subject_of(forged))} did not sign {quoted(subject_of((leaf, *issuers)[-1]))}"
        issues.append(_issue("chain.forged", message, "do not trust this copy"))
    elif not anchored:
        issues.append(_missing((leaf, *issuers)[-1], apple_alone=roots is None))
    for depth, one in enumerate((leaf, *issuers)):
        issues += _dates(one, at, said=signed_at is not None)
        # A root is trusted for itself: nothing depends on the signature it bears.
        last = anchored and depth == len(issuers)
        if not last and isinstance(_hash_of(one), (hashes.SHA1, hashes.MD5)) and at >= NO_MORE_SHA1:
            message = f"{quoted(subject_of(one))} is signed with SHA-1, long broken on {at:%Y-%m-%d}"
            issues.append(_issue("chain.sha1", message, "ask the maker for a renewed pass"))
    issues += (*_authorities(issuers), *_critical((leaf, *issuers)), *_weak((leaf, *issuers)))
    state: Literal["ok", "fails", "unknown"] = "unknown" if issues else "ok"
    if any(one.code != "chain.missing" for one in issues):
        state = "fails"
    return Path(state, tuple(issuers), (*issues, *_wrongly_enclosed(leaf, enclosed, issuers)))


def _climb(
    leaf: x509.Certificate,
    known: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate] | None,
    at: datetime,
) -> tuple[list[x509.Certificate], bool, x509.Certificate | None]:
    """Return the issuers from the leaf up, whether the last one is trusted, and one whose key did not fit."""
    issuers: list[x509.Certificate] = []
    forged: x509.Certificate | None = None
    below = leaf
    for _ in range(_MAX_PATH):
        found, forged = None, None
        # Apple has renewed certificates of one key: a trusted one first, then one that was valid, then an enclosed one.
        for one in sorted(known, key=lambda one: (_trusted(one, roots), _valid(one, at)), reverse=True):
            if one == below or not may_have_issued(one, below):
                continue
            if _signed_by(below, one):
                found = one
                break
            forged = one
        if found is None or found in issuers:
            return issuers, False, forged
        issuers.append(found)
        if _trusted(found, roots):
            return issuers, True, None
        below = found
    return issuers, False, None


def _trusted(one: x509.Certificate, roots: Sequence[x509.Certificate] | None) -> bool:
    if roots is None:
        return one.fingerprint(hashes.SHA256()).hex() in APPLE
    return one in roots


def _hash_of(one: x509.Certificate) -> hashes.HashAlgorithm | None:
    """Return what a certificate was signed with; ``None`` for what nobody knows, which then does not verify."""
    try:
        return one.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None


def _valid(one: x509.Certificate, at: datetime) -> bool:
    return one.not_valid_before_utc <= at <= one.not_valid_after_utc


def _signed_by(below: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        if isinstance(_hash_of(below), hashes.SHA1):
            return _signed_with_sha1(below, issuer)
        below.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _signed_with_sha1(below: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell what ``cryptography`` no longer tells; whether SHA-1 was still good then is judged elsewhere."""
    parts = asn1_x509.Certificate.load(below.public_bytes(Encoding.DER))
    key = public_key_of(issuer)
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    if parts["tbs_certificate"]["signature"].dump() != parts["signature_algorithm"].dump():
        return False
    # Apple signed with RSA of PKCS #1 v1.5 and nothing else; another scheme does not verify as that.
    key.verify(below.signature, below.tbs_certificate_bytes, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    return True


def _missing(below: x509.Certificate, *, apple_alone: bool) -> Issue:
    made_by = generation(below.issuer)
    if _APPLES.fullmatch(made_by):
        wanted = "the certificate that issued the signer's" if made_by == "G1" else f"WWDR {made_by}"
        old = "pass Apple's WWDR certificate of that time in intermediates="
        hint = intermediate_hint(below).replace("pass ", "pass intermediates= ", 1) if made_by != "G1" else old
        return _issue("chain.missing", f"{wanted} is neither enclosed nor known", hint)
    if apple_alone:
        hint = "pass roots= if this is your own test authority"
        name = named(below.issuer, NameOID.COMMON_NAME) or below.issuer.rfc4514_string()
        return _issue("chain.foreign", f"not issued by Apple but by {quoted(name)}", hint)
    message = f"the issuer of {quoted(subject_of(below))} is neither enclosed nor given"
    return _issue("chain.missing", message, "pass it in intermediates= or roots=")


def _dates(one: x509.Certificate, at: datetime, *, said: bool) -> list[Issue]:
    found = []
    for issue in judge_dates(one, at, where="signature", hint="ask the maker for a renewed pass"):
        if issue.severity == "error":
            code = "chain.expired" if issue.code == "key.expired" else "chain.not-yet-valid"
            message = f"made on {at:%Y-%m-%d}, but {issue.message}"
            if not said:
                message = f"{issue.message}, and nobody says that the pass was signed before"
            found.append(_issue(code, message, "ask the maker for a renewed pass"))
    return found


def _authorities(issuers: Sequence[x509.Certificate]) -> list[Issue]:
    """Return what forbids a certificate to issue others."""
    found = []
    for below, one in enumerate(issuers):
        basic, usage = extension_of(one, x509.BasicConstraints), extension_of(one, x509.KeyUsage)
        length = basic.path_length if basic else None
        if not is_ca(one) or (usage and not usage.key_cert_sign) or (length is not None and length < below):
            message = f"{quoted(subject_of(one))} may not issue certificates"
            found.append(_issue("chain.authority", message, "do not trust this copy"))
    return found


def _critical(certificates: Sequence[x509.Certificate]) -> list[Issue]:
    """Return what a certificate says must be obeyed, and nobody here does (RFC 5280, 4.2)."""
    found = []
    for one in certificates:
        for extension in one.extensions:
            if extension.critical and not isinstance(extension.value, _OBEYED):
                message = (
                    f"{quoted(subject_of(one))} makes a condition that is not known: {extension.oid.dotted_string}"
                )
                found.append(
                    _issue("chain.critical", message, "ask the maker for a pass with a certificate of Apple's")
                )
    return found


def _weak(certificates: Sequence[x509.Certificate]) -> list[Issue]:
    """Return the keys that are too small to prove anything."""
    found = []
    for one in certificates:
        key = public_key_of(one)
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < MIN_BITS:
            message = f"{quoted(subject_of(one))} has an RSA key of {key.key_size} bits, less than {MIN_BITS}"
            found.append(_issue("chain.weak", message, "ask the maker for a pass with a certificate of Apple's"))
    return found


def _wrongly_enclosed(
    leaf: x509.Certificate, enclosed: Sequence[x509.Certificate], issuers: Sequence[x509.Certificate]
) -> list[Issue]:
    """Return a warning when the intermediate beside the leaf is another one than the right one, which is known."""
    others = [one for one in enclosed if one != leaf]
    if not issuers or any(public_key_of(one) == public_key_of(issuers[0]) for one in others):
        return []
    right = generation(issuers[0].subject)
    shown = f"encloses {generation(others[0].subject)}" if others else "encloses no intermediate"
    message = f"{shown}; the right one, {right}, is known here"
    return [_issue("chain.enclosed", message, "sign with the right intermediate: phones may refuse it", "warning")]


def _issue(code: str, message: str, hint: str, severity: Severity = "error") -> Issue:
    return Issue(code=code, where="signature", message=message, hint=hint, severity=severity)
