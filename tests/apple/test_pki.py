"""A public key infrastructure with everything that can be wrong in one: refused, by its name, before a signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from tests.apple import chain, faces
from tests.apple.chain import AT, authority, der, key, leaf

from walletcard import apple
from walletcard.errors import KeyMaterialError
from walletcard.model import Picture

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
OLD = "Apple Worldwide Developer Relations"  # The unit of the two oldest intermediates.
EKU = ExtendedKeyUsageOID


class Papers(NamedTuple):
    """What a user brings, and when."""

    certificate: bytes
    key: bytes
    intermediate: bytes | None
    at: datetime = AT


def papers(
    certificate: x509.Certificate | bytes | None = None,
    *,
    own: Any = None,
    intermediate: x509.Certificate | bytes | None = None,
    at: datetime = AT,
) -> Papers:
    made = leaf() if certificate is None else certificate
    above = authority() if intermediate is None else intermediate
    secret = own if isinstance(own, bytes) else pkcs8(own or key())
    return Papers(as_bytes(made), secret, as_bytes(above), at)


def as_bytes(one: x509.Certificate | bytes) -> bytes:
    return one if isinstance(one, bytes) else der(one)


def pkcs8(own: Any) -> bytes:
    made: bytes = own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return made


@cache
def odd_key(kind: str) -> Any:
    made: dict[str, Callable[[], Any]] = {
        "ec256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "ec384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "ec256k": lambda: ec.generate_private_key(ec.SECP256K1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
        "ed448": ed448.Ed448PrivateKey.generate,
        "dsa": lambda: dsa.generate_private_key(2048),
        "rsa1024": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),  # noqa: S505
        "rsa1536": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1536),  # noqa: S505
        "rsa2040": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2040),  # noqa: S505
    }
    return made[kind]()


def of_key(kind: str) -> Papers:
    return papers(leaf(subject_key=odd_key(kind)), own=odd_key(kind))


def built(
    subject: x509.Name, *, ca: bool = True, own: str = "middle", identifier: bool = True, by: str | None = None
) -> x509.Certificate:
    """An intermediate that `chain.authority` would not make."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key(own).public_key())
        .serial_number(7)
        .not_valid_before(AT - 900 * DAY)
        .not_valid_after(AT + 900 * DAY)
    )
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    if identifier:
        given = x509.SubjectKeyIdentifier.from_public_key(key(own).public_key())
        builder = builder.add_extension(given, critical=False)
    return builder.sign(key(by or own), hashes.SHA256())


def name(common: str, unit: str = "G4", organization: str = "Apple Inc.") -> x509.Name:
    pairs = ((NameOID.COMMON_NAME, common), (NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    parts = [x509.NameAttribute(oid, text) for oid, text in (*pairs, (NameOID.ORGANIZATION_NAME, organization))]
    return x509.Name(parts)


def generation(given: str, issued_by: str) -> Papers:
    """A leaf by one generation, the intermediate of another, each with a key of its own."""
    right = authority(unit=issued_by)
    return papers(leaf(issuer=right), intermediate=authority(unit=given, signed_with=f"key of {given}"))


RELATIONS = "Apple Worldwide Developer Relations Certification Authority"
PURPOSES: dict[str, tuple[ObjectIdentifier, ...]] = {
    "none": (),
    "client authentication, as APNs": (EKU.CLIENT_AUTH,),
    "code signing, as Apple Development": (EKU.CODE_SIGNING,),
    "mail": (EKU.EMAIL_PROTECTION,),
    "server": (EKU.SERVER_AUTH,),
    "any": (EKU.ANY_EXTENDED_KEY_USAGE,),
    "time stamping": (EKU.TIME_STAMPING,),
    "ocsp": (EKU.OCSP_SIGNING,),
    "distribution": (ObjectIdentifier("1.2.840.113635.100.4.13"),),
    "merchant": (ObjectIdentifier("1.2.840.113635.100.4.15"), EKU.CLIENT_AUTH),
}

REFUSED: dict[str, tuple[str, Callable[[], Papers]]] = {
    # Expiry, judged at the moment of signing.
    "expired a second ago": ("key.expired", lambda: papers(leaf(last=AT - SECOND))),
    "expired yesterday": ("key.expired", lambda: papers(leaf(last=AT - DAY))),
    "expired years ago": ("key.expired", lambda: papers(leaf(first=AT - 900 * DAY, last=AT - 500 * DAY))),
    "signed a second after its end": ("key.expired", lambda: papers(at=AT + 365 * DAY + SECOND)),
    "valid from the next second": ("key.not-yet-valid", lambda: papers(leaf(first=AT + SECOND))),
    "valid from next month": ("key.not-yet-valid", lambda: papers(leaf(first=AT + 30 * DAY))),
    "a clock that is years behind": ("key.not-yet-valid", lambda: papers(at=AT - 800 * DAY)),
    "intermediate expired yesterday": ("key.expired", lambda: papers(intermediate=authority(last=AT - DAY))),
    "intermediate expired a second ago": ("key.expired", lambda: papers(intermediate=authority(last=AT - SECOND))),
    "intermediate not yet valid": ("key.not-yet-valid", lambda: papers(intermediate=authority(first=AT + DAY))),
    "both expired": ("key.expired", lambda: papers(leaf(last=AT - DAY), intermediate=authority(last=AT - DAY))),
    "oldest intermediate, dead since 2023": (
        "key.expired",
        lambda: papers(
            leaf(issuer=authority(unit=OLD)),
            intermediate=authority(unit=OLD, last=AT - 1000 * DAY, first=AT - 3000 * DAY),
        ),
    ),
    # Purpose.
    **{
        f"purpose: {what}": ("key.purpose", lambda given=given: papers(leaf(purposes=given)))  # type: ignore[misc]
        for what, given in PURPOSES.items()
    },
    "authority's certificate as one's own": ("key.ca", lambda: papers(authority(), own=key("middle"))),
    "root as one's own": (
        "key.ca",
        lambda: papers(built(name("Apple Root CA", "Apple Certification Authority")), own=key("middle")),
    ),
    # The names that pass.json repeats.
    "no UID": ("key.ids", lambda: papers(leaf(uid=None))),
    "UID of a space": ("key.ids", lambda: papers(leaf(uid=" "))),
    "no OU": ("key.ids", lambda: papers(leaf(unit=None))),
    "OU of a space": ("key.ids", lambda: papers(leaf(unit=" "))),
    "neither UID nor OU": ("key.ids", lambda: papers(leaf(uid=None, unit=None))),
    "pass type in the common name only": ("key.ids", lambda: papers(leaf(uid=None, common=chain.PASS_TYPE))),
    # Chain.
    "no intermediate": ("key.missing", lambda: papers()._replace(intermediate=None)),
    "leaf as its own intermediate": ("key.intermediate", lambda: papers(intermediate=leaf())),
    "another leaf as intermediate": (
        "key.intermediate",
        lambda: papers(intermediate=leaf(common="Pass Type ID: pass.b")),
    ),
    "root as intermediate": (
        "key.intermediate",
        lambda: papers(intermediate=built(name("Apple Root CA", "Apple Certification Authority"), own="root")),
    ),
    "leaf that signed itself": ("key.intermediate", lambda: papers(leaf(issuer_key=key()))),
    "leaf signed by a stranger under Apple's name": (
        "key.intermediate",
        lambda: papers(leaf(issuer_key=key("stranger"))),
    ),
    "the same without key id": ("key.intermediate", lambda: papers(leaf(issuer_key=key("stranger"), key_id=False))),
    "right name and key, no authority": (
        "key.intermediate",
        lambda: papers(intermediate=built(chain.authority_name(), ca=False)),
    ),
    "right name, no key id, another key": (
        "key.intermediate",
        lambda: papers(intermediate=built(chain.authority_name(), own="stranger", identifier=False)),
    ),
    "a key request as certificate": ("key.kind", lambda: papers(request())),
    "intermediate is a private key": ("key.kind", lambda: papers(intermediate=pkcs8(key()))),
    # Generation.
    **{
        f"{given} under a leaf of G4": ("key.intermediate", lambda given=given: generation(given, "G4"))  # type: ignore[misc]
        for given in (OLD, "G2", "G3", "G5", "G6", "G7")
    },
    **{
        f"G4 under a leaf of {issued}": ("key.intermediate", lambda issued=issued: generation("G4", issued))  # type: ignore[misc]
        for issued in (OLD, "G2", "G3", "G5", "G6", "G7")
    },
    # Names alike.
    "G4 renewed with another key": ("key.intermediate", lambda: papers(intermediate=authority(signed_with="renewed"))),
    "G4 of another organisation": (
        "key.intermediate",
        lambda: papers(intermediate=authority(organization="Apple Inc")),
    ),
    "G4 in small letters": ("key.intermediate", lambda: papers(intermediate=authority(unit="g4"))),
    "common name with a space at its end": (
        "key.intermediate",
        lambda: papers(intermediate=built(name(RELATIONS + " "))),
    ),
    "common name with a Cyrillic letter": (
        "key.intermediate",
        lambda: papers(intermediate=built(name(RELATIONS.replace("A", "А", 1)))),
    ),
    "leaf issued by a name alike": (
        "key.intermediate",
        lambda: papers(leaf(issuer=authority(organization="Apple  Inc."))),
    ),
    # Keys: size, kind, and whose they are.
    "RSA 1024": ("key.weak", lambda: of_key("rsa1024")),
    "RSA 1536": ("key.weak", lambda: of_key("rsa1536")),
    "RSA 2040": ("key.weak", lambda: of_key("rsa2040")),
    "P-256": ("key.kind", lambda: of_key("ec256")),
    "P-384": ("key.kind", lambda: of_key("ec384")),
    "secp256k1": ("key.kind", lambda: of_key("ec256k")),
    "Ed25519": ("key.kind", lambda: of_key("ed25519")),
    "Ed448": ("key.kind", lambda: of_key("ed448")),
    "DSA": ("key.kind", lambda: of_key("dsa")),
    "key of another certificate": ("key.mismatch", lambda: papers(own=key("other"))),
    "key of the intermediate": ("key.mismatch", lambda: papers(own=key("middle"))),
    "larger key of somebody else": ("key.mismatch", lambda: papers(own=key("other", 3072))),
    "P-256 beside an RSA certificate": ("key.kind", lambda: papers(own=odd_key("ec256"))),
    "RSA 1024 beside a good certificate": ("key.weak", lambda: papers(own=odd_key("rsa1024"))),
    "certificate as key": ("key.kind", lambda: papers(own=der(leaf()))),
    "two keys": ("key.several", lambda: papers(own=chain.key_bytes(key()) + chain.key_bytes(key("other")))),
    "request as key": ("key.kind", lambda: papers(own=request())),
    "nothing as key": ("key.format", lambda: papers(own=b"")),
}

ACCEPTED: dict[str, Callable[[], Papers]] = {
    "plain": papers,
    "in its last second": lambda: papers(at=AT + 365 * DAY),
    "in its first second": lambda: papers(leaf(first=AT)),
    "intermediate in its last second": lambda: papers(intermediate=authority(last=AT)),
    "with NFC": lambda: papers(leaf(nfc=True)),
    "without key id": lambda: papers(leaf(key_id=False)),
    "intermediate without key id": lambda: papers(intermediate=built(chain.authority_name(), identifier=False)),
    "pass signing alone": lambda: papers(leaf(purposes=(chain.PASS_SIGNING,))),
    "RSA 3072": lambda: papers(leaf(subject_key=key("large", 3072)), own=key("large", 3072)),
    "another generation, both of it": lambda: papers(
        leaf(issuer=authority(unit="G8")), intermediate=authority(unit="G8")
    ),
    "right one among others": lambda: papers(intermediate=chain.pem(authority(unit="G3")) + chain.pem(authority())),
}


def request() -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(name("Priya"))
    return builder.sign(key(), hashes.SHA256()).public_bytes(Encoding.DER)


class Recorder:
    """A signer that counts."""

    def __init__(self) -> None:
        self.calls = 0

    def sign(self, data: bytes, /) -> bytes:
        self.calls += 1
        return data


def built_with(given: Papers, pictures: dict[str, Picture]) -> bytes:
    identity = apple.Identity.from_pem(
        certificate=given.certificate,
        key=given.key,
        intermediate=given.intermediate,  # type: ignore[arg-type]
    )
    return apple.build(faces.cafe(), identity=identity, pictures=pictures, at=given.at)


@pytest.mark.parametrize("case", REFUSED)
def test_wrong_papers_are_refused_by_name(case: str, pictures: dict[str, Picture]) -> None:
    code, make = REFUSED[case]

    with pytest.raises(KeyMaterialError) as caught:
        built_with(make(), pictures)

    assert caught.value.code == code
    assert caught.value.where
    assert caught.value.hint
    assert len(str(caught.value)) <= 300
    assert "PRIVATE" not in str(caught.value)


OF_THE_KEY = {"key.mismatch", "key.several"}


@pytest.mark.parametrize(
    "case",
    [
        case
        for case, (code, _) in REFUSED.items()
        if code not in OF_THE_KEY and " beside " not in case and " as key" not in case
    ],
)
def test_a_signer_is_not_even_asked(case: str, pictures: dict[str, Picture]) -> None:
    code, make = REFUSED[case]
    given, signer = make(), Recorder()

    def attempt() -> bytes:
        certificate, intermediate = given.certificate, given.intermediate
        identity = apple.Identity.from_signer(signer, certificate=certificate, intermediate=intermediate)  # type: ignore[arg-type]  # None is a case.
        return apple.build(faces.cafe(), identity=identity, pictures=pictures, at=given.at)

    with pytest.raises(KeyMaterialError) as caught:
        attempt()

    assert (caught.value.code, signer.calls) == (code, 0)


@pytest.mark.parametrize("case", ACCEPTED)
def test_right_papers_sign(case: str, pictures: dict[str, Picture]) -> None:
    assert built_with(ACCEPTED[case](), pictures).startswith(b"PK")


def test_there_are_enough_cases() -> None:
    assert len(REFUSED) >= 60
