"""What a pass certificate must be, and which intermediate belongs to it.

Signing never fails by itself: a phone is the first to notice a wrong certificate, and it does not say what is wrong.
So everything is judged here, before a byte is signed. Every certificate here was read whole by `_loading`: none of
its parts can fail any more.
Rules: https://developer.apple.com/help/account/reference/wwdr-intermediate-certificates
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes, PublicKeyTypes
from cryptography.x509.oid import NameOID, ObjectIdentifier

from walletcard.errors import Issue, KeyMaterialError, quoted

PASS_SIGNING: Final = ObjectIdentifier("1.2.840.113635.100.4.14")
NFC_MARKER: Final = ObjectIdentifier("1.2.840.113635.100.6.1.26")
MIN_BITS: Final = 2048
SOON: Final = timedelta(days=30)

_RENEW: Final = "make a new Pass Type ID certificate at developer.apple.com and export it with its key"
MISMATCH_HINT: Final = (
    "export both from one row of Keychain Access, or take the key that made the signing request; "
    "if it is lost, make a new certificate"
)
_OFFERED: Final = "https://www.apple.com/certificateauthority/"
_GENERATION: Final = re.compile(r"G[0-9]{1,2}")
_APPLE: Final = "Apple Inc."

_Extension = TypeVar("_Extension", bound=x509.ExtensionType)


def named(name: x509.Name, oid: ObjectIdentifier) -> str:
    """Return one attribute of a name; empty when it is missing."""
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def subject_of(certificate: x509.Certificate) -> str:
    """Return what a person would call a certificate."""
    common = named(certificate.subject, NameOID.COMMON_NAME)
    return common or certificate.subject.rfc4514_string() or "a certificate without a name"


def public_key_of(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """Return the key of a certificate; ``None`` for a kind that nobody knows."""
    try:
        return certificate.public_key()
    except UnsupportedAlgorithm:
        return None


def is_ca(certificate: x509.Certificate) -> bool:
    """Tell an authority's certificate from one that signs passes."""
    basic = extension_of(certificate, x509.BasicConstraints)
    return basic is not None and basic.ca


def has_nfc(certificate: x509.Certificate) -> bool:
    """Tell whether Apple has allowed NFC for this pass type."""
    return any(one.oid == NFC_MARKER for one in certificate.extensions)


def pick_leaf(found: Sequence[x509.Certificate], key: PublicKeyTypes | None) -> x509.Certificate:
    """Return the certificate that is most likely meant: the key's own, the newest, else the first that is no CA."""
    own = [one for one in found if key is not None and public_key_of(one) == key]
    own.sort(key=lambda one: one.not_valid_after_utc, reverse=True)
    leaves = [one for one in found if not is_ca(one)]
    return next(iter((*own, *leaves, *found)))


def pick_intermediate(found: Sequence[x509.Certificate], leaf: x509.Certificate) -> x509.Certificate:
    """Return the certificate of ``found`` that issued ``leaf``, else the first."""
    return next((one for one in found if may_have_issued(one, leaf)), found[0])


def check_leaf(leaf: x509.Certificate) -> None:
    """Raise `KeyMaterialError` unless Wallet would let the certificate sign a pass."""
    if is_ca(leaf):
        message = f"{quoted(subject_of(leaf))} is an authority's certificate, not yours"
        raise _refuse("key.ca", message, 'pass the "Pass Type ID" certificate here, this one as intermediate=')
    purposes = extension_of(leaf, x509.ExtendedKeyUsage)
    if purposes is None or PASS_SIGNING not in purposes:
        message = f"{quoted(subject_of(leaf))} is not a Pass Type ID certificate"
        raise _refuse("key.purpose", message, "create one for your pass type at developer.apple.com")
    for what, oid in (("pass type (UID)", NameOID.USER_ID), ("team (OU)", NameOID.ORGANIZATIONAL_UNIT_NAME)):
        if not named(leaf.subject, oid).strip():
            message = f"{quoted(subject_of(leaf))} names no {what}"
            raise _refuse("key.ids", message, "download the certificate again from developer.apple.com")
    check_rsa(public_key_of(leaf), where="certificate")


def check_rsa(key: object, *, where: str) -> rsa.RSAPublicKey:
    """Return ``key``, or raise `KeyMaterialError` if it is no RSA key of 2048 bits or more."""
    hint = f"make a {MIN_BITS}-bit RSA key and request a new certificate"
    if not isinstance(key, rsa.RSAPublicKey):
        kind = type(key).__name__.removesuffix("PublicKey").lstrip("_") if key is not None else "an unknown kind of"
        raise _refuse("key.kind", f"{kind} key; Wallet passes are signed with RSA", hint, where=where)
    if key.key_size < MIN_BITS:
        raise _refuse("key.weak", f"RSA {key.key_size} bits is too weak", hint, where=where)
    return key


def check_intermediate(intermediate: x509.Certificate, leaf: x509.Certificate) -> None:
    """Raise `KeyMaterialError` unless ``intermediate`` issued ``leaf``: by name, by key id and by signature."""
    if not may_have_issued(intermediate, leaf):
        wanted, given = generation(leaf.issuer), generation(intermediate.subject)
        message = f"your certificate was issued by {wanted}, this is {given}"
        if wanted == given:
            message = f"this is not the {wanted} that issued your certificate (another key)"
        raise _refuse("key.intermediate", message, intermediate_hint(leaf), where="intermediate")
    if not is_ca(intermediate):
        message = f"{quoted(subject_of(intermediate))} has the right name, but is no authority's certificate"
        raise _refuse("key.intermediate", message, intermediate_hint(leaf), where="intermediate")
    try:
        leaf.verify_directly_issued_by(intermediate)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        message = "its key did not sign your certificate, although the names fit"
        raise _refuse("key.intermediate", message, intermediate_hint(leaf), where="intermediate") from None


def generation(name: x509.Name) -> str:
    """Return what Apple calls an intermediate, such as ``G4``; a name for anybody else's."""
    unit, common = named(name, NameOID.ORGANIZATIONAL_UNIT_NAME), named(name, NameOID.COMMON_NAME)
    organization = named(name, NameOID.ORGANIZATION_NAME)
    if organization == _APPLE and "Worldwide Developer Relations" in common:
        return unit if _GENERATION.fullmatch(unit) else "G1"  # The two oldest carry no number; both have expired.
    if _GENERATION.fullmatch(unit):
        return f"{unit} of {quoted(organization)}"
    return quoted(common) if common else "a certificate without a name"


def judge_dates(certificate: x509.Certificate, at: datetime, *, where: str, hint: str = _RENEW) -> list[Issue]:
    """Return what is wrong with a certificate's dates at ``at``; a warning in its last 30 days."""
    subject, first, last = subject_of(certificate), certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > last:
        error = KeyMaterialError.expired(where=where, subject=subject, on=last.date(), hint=hint)
        return [Issue(code=error.code, where=where, message=error.message, hint=hint)]
    if at < first:
        message = f"{quoted(subject)} is valid from {first:%Y-%m-%d %H:%M} UTC"
        clock = "check this computer's clock"
        return [Issue(code="key.not-yet-valid", where=where, message=message, hint=clock)]
    if at > last - SOON:
        message = f"{quoted(subject)} expires on {last:%Y-%m-%d}"
        return [Issue(code="key.expires-soon", where=where, message=message, hint=hint, severity="warning")]
    return []


def may_have_issued(issuer: x509.Certificate, below: x509.Certificate) -> bool:
    """Tell by names and key ids whether ``issuer`` can have issued ``below``; its signature proves it."""
    if issuer.subject != below.issuer:
        return False
    wanted = extension_of(below, x509.AuthorityKeyIdentifier)
    own = extension_of(issuer, x509.SubjectKeyIdentifier)
    if wanted is None or own is None or wanted.key_identifier is None:
        return True  # Nothing to compare.
    return wanted.key_identifier == own.digest


def intermediate_name(leaf: x509.Certificate) -> str:
    """Return the file that holds the intermediate of ``leaf`` at Apple; a description of anybody else's."""
    made_by = generation(leaf.issuer)
    if _GENERATION.fullmatch(made_by) and made_by != "G1":
        return f"AppleWWDRCA{made_by}.cer"
    return f"the certificate of {made_by}"


def intermediate_hint(leaf: x509.Certificate) -> str:
    """Return where the intermediate of ``leaf`` is to be had."""
    name = intermediate_name(leaf)
    return f"pass {name} from {_OFFERED}" if name.endswith(".cer") else "pass the certificate that issued yours"


def extension_of(certificate: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    """Return what a certificate says of a kind; ``None`` when it says nothing."""
    values = (one.value for one in certificate.extensions)
    return next((value for value in values if isinstance(value, kind)), None)


def _refuse(code: str, message: str, hint: str, *, where: str = "certificate") -> KeyMaterialError:
    return KeyMaterialError(message, code=code, where=where, hint=hint)
