"""Certificates of every shape, made on the spot: the right ones and each wrong one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PASS_TYPE = "pass.test.card"
TEAM = "ABCDE12345"
PASS_SIGNING = ObjectIdentifier("1.2.840.113635.100.4.14")
NFC = ObjectIdentifier("1.2.840.113635.100.6.1.26")


@cache
def key(name: str = "leaf", bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def authority_name(unit: str = "G4", organization: str = "Apple Inc.") -> x509.Name:
    common = "Apple Worldwide Developer Relations Certification Authority"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
        ]
    )


def authority(
    *,
    unit: str = "G4",
    signed_with: str = "middle",
    first: datetime = AT - timedelta(days=900),
    last: datetime = AT + timedelta(days=900),
    organization: str = "Apple Inc.",
) -> x509.Certificate:
    own, name = key(signed_with), authority_name(unit, organization)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .sign(own, hashes.SHA256())
    )


def leaf(
    *,
    subject_key: Key | None = None,
    issuer: x509.Certificate | None = None,
    issuer_key: rsa.RSAPrivateKey | None = None,
    purposes: tuple[ObjectIdentifier, ...] = (ExtendedKeyUsageOID.CLIENT_AUTH, PASS_SIGNING),
    uid: str | None = PASS_TYPE,
    unit: str | None = TEAM,
    common: str = f"Pass Type ID: {PASS_TYPE}",
    first: datetime = AT - timedelta(days=30),
    last: datetime = AT + timedelta(days=365),
    nfc: bool = False,
    key_id: bool = True,
) -> x509.Certificate:
    own = subject_key or key()
    signer = issuer_key or key("middle")
    parts = [
        (NameOID.USER_ID, uid),
        (NameOID.COMMON_NAME, common),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.ORGANIZATION_NAME, "Test Shop"),
    ]
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text is not None])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else authority_name())
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    if key_id:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        builder = builder.add_extension(identifier, critical=False)
    if nfc:
        builder = builder.add_extension(x509.UnrecognizedExtension(NFC, b"\x05\x00"), critical=False)
    return builder.sign(signer, hashes.SHA256())


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def lock(password: bytes | None) -> KeySerializationEncryption:
    return BestAvailableEncryption(password) if password else NoEncryption()


def key_bytes(
    of: Key,
    *,
    encoding: Encoding = Encoding.PEM,
    form: PrivateFormat = PrivateFormat.PKCS8,
    password: bytes | None = None,
) -> bytes:
    return of.private_bytes(encoding, form, lock(password))


def p12(
    *,
    of: rsa.RSAPrivateKey | None,
    certificate: x509.Certificate | None,
    password: bytes | None = None,
    more: tuple[x509.Certificate, ...] = (),
) -> bytes:
    return pkcs12.serialize_key_and_certificates(b"card", of, certificate, more, lock(password))
