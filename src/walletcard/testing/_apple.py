"""A chain of certificates shaped like Apple's, made on the spot: everything runs without an account.

Root, intermediate ("G4"), pass certificate: the same names, purposes and extensions, and an organisation that says it
is not Apple. Phones refuse what it signs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from walletcard._clock import utc_now
from walletcard.apple import Identity
from walletcard.apple._certificates import PASS_SIGNING
from walletcard.apple._moment import moment_or_now
from walletcard.apple._passwords import p12_password

PASS_TYPE: Final = "pass.walletcard.throwaway"  # noqa: S105  # A name, not a password.
TEAM: Final = "THROWAWAY1"
ORGANIZATION: Final = "walletcard throw-away, not Apple"

_PASS_TYPE_EXTENSION: Final = ObjectIdentifier("1.2.840.113635.100.6.1.16")
_INTERMEDIATE: Final = "Apple Worldwide Developer Relations Certification Authority"  # As a real chain has it.
_LEAF_LIFE: Final = timedelta(days=395)  # What Apple gives today.
_CA_LIFE: Final = timedelta(days=3650)


class ThrowawayIdentity(Identity):
    """An `Identity` whose whole chain was made on the spot.

    Attributes:
        root_pem: The root certificate, PEM: what to hand to ``openssl cms -verify -CAfile``.
        intermediate_pem: The intermediate certificate, PEM.
    """

    __slots__ = ("_key", "intermediate_pem", "root_pem")

    root_pem: bytes
    intermediate_pem: bytes
    _key: rsa.RSAPrivateKey

    throwaway = True

    @classmethod
    def _made(cls, at: datetime) -> Self:
        first, last = min(at, utc_now()) - timedelta(days=1), max(at, utc_now())
        root_key, middle_key = _authority_keys()
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        root_name = _name((NameOID.COMMON_NAME, "walletcard throw-away Root CA"))
        middle_name = _name((NameOID.COMMON_NAME, _INTERMEDIATE), (NameOID.ORGANIZATIONAL_UNIT_NAME, "G4"))
        root = _authority(root_name, root_key, root_name, root_key, first, last + _CA_LIFE, path=1)
        middle = _authority(middle_name, middle_key, root_name, root_key, first, last + _CA_LIFE, path=0)
        leaf = _leaf(key, middle_name, middle_key, first, last + _LEAF_LIFE)
        made = cls._with_key(key, [leaf], middle.public_bytes(Encoding.DER), where="key")
        pems = {"root_pem": root.public_bytes(Encoding.PEM), "intermediate_pem": middle.public_bytes(Encoding.PEM)}
        for name, value in {**pems, "_key": key}.items():
            object.__setattr__(made, name, value)
        return made

    def p12(self, password: str | bytes | None = None) -> bytes:
        """Return key and certificate as the file that Keychain Access would export."""
        secret = p12_password(password)
        lock: KeySerializationEncryption = BestAvailableEncryption(secret) if secret else NoEncryption()
        leaf = x509.load_der_x509_certificate(self.certificate)
        return pkcs12.serialize_key_and_certificates(b"Pass Type ID", self._key, leaf, None, lock)


def throwaway_identity(at: datetime | None = None) -> ThrowawayIdentity:
    """Return a new identity that needs no account: real signatures that phones refuse.

    Args:
        at: Aware; the chain is valid then and today. ``None`` means now.
    """
    return ThrowawayIdentity._made(moment_or_now(at).astimezone(UTC))


@cache
def _authority_keys() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    """Return the keys of root and intermediate, made once in a process: only the pass key must be everyone's own."""
    root, middle = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    return root, middle


def _name(*parts: tuple[ObjectIdentifier, str]) -> x509.Name:
    fixed = ((NameOID.ORGANIZATION_NAME, ORGANIZATION), (NameOID.COUNTRY_NAME, "US"))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in (*parts, *fixed)])


def _authority(
    name: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    first: datetime,
    last: datetime,
    *,
    path: int,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    builder = _builder(name, key, issuer, issuer_key, first, last)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path), critical=True)
    return builder.add_extension(usage, critical=True).sign(issuer_key, hashes.SHA256())


def _leaf(
    key: rsa.RSAPrivateKey, issuer: x509.Name, issuer_key: rsa.RSAPrivateKey, first: datetime, last: datetime
) -> x509.Certificate:
    name = _name(
        (NameOID.USER_ID, PASS_TYPE),
        (NameOID.COMMON_NAME, f"Pass Type ID: {PASS_TYPE}"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, TEAM),
    )
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, PASS_SIGNING])
    text = PASS_TYPE.encode("ascii")
    marker = x509.UnrecognizedExtension(_PASS_TYPE_EXTENSION, b"\x0c" + bytes([len(text)]) + text)  # UTF8String
    builder = _builder(name, key, issuer, issuer_key, first, last)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(purposes, critical=False).add_extension(marker, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _builder(
    name: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    first: datetime,
    last: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
