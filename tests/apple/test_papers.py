"""What is wrong with a certificate, a key or a password, in the words that whoever brings them reads."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import pytest
from asn1crypto import keys as asn1_keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat, pkcs12
from cryptography.x509.oid import NameOID
from tests.apple import chain
from tests.apple.structured import Node, parsed, within
from tests.apple.test_identity import G4, Hardware, elsewhere, from_pem

from walletcard.apple import Identity, _identity
from walletcard.apple import _certificates as certificates
from walletcard.apple._describing import examined
from walletcard.apple._identity import is_signed, require_identity
from walletcard.errors import InvalidCardError, KeyMaterialError, SigningError

AT: Final = chain.AT
DAY: Final = timedelta(days=1)
APPLES: Final = "https://www.apple.com/certificateauthority/"
G4_HINT: Final = f"pass AppleWWDRCAG4.cer from {APPLES}"
AGAIN: Final = "download it again from developer.apple.com"
BITS: Final = "make a 2048-bit RSA key and request a new certificate"
PAIR: Final = (
    "export both from one row of Keychain Access, or take the key that made the signing request; if it is lost, "
    "make a new certificate"
)
RENEW: Final = "make a new Pass Type ID certificate at developer.apple.com and export it with its key"
LEAF: Final = "Pass Type ID: pass.test.card"
LOCKED: Final = b"right"
EC: Final = ec.generate_private_key(ec.SECP256R1())
RSA_1024: Final = chain.key("weak", 1024)


def said(make: Callable[[], object]) -> str:
    """Return the code and the line of a refusal."""
    with pytest.raises(KeyMaterialError) as caught:
        make()
    assert len(str(caught.value)) <= 240
    return f"{caught.value.code} {caught.value}"


def p12(of: Any = None, certificate: Any = None, password: bytes | None = LOCKED) -> bytes:
    return chain.p12(of=of or chain.key(), certificate=certificate or chain.leaf(), password=password)


def opened(data: Any, **options: Any) -> Callable[[], Identity]:
    return lambda: Identity.from_p12(data, **{"intermediate": G4, **options})


def of(**given: Any) -> Callable[[], Identity]:
    return lambda: from_pem(**given)


def request(encoding: Encoding = Encoding.DER) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(chain.key(), hashes.SHA256()).public_bytes(encoding)


def public(encoding: Encoding) -> bytes:
    return chain.key().public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def pem(label: str, body: bytes = b"0" * 60) -> bytes:
    return f"-----BEGIN {label}-----\n{base64.b64encode(body).decode()}\n-----END {label}-----\n".encode()


SWAPPED: Final = "the two files may be swapped"
UPLOAD: Final = "upload it at developer.apple.com and pass the certificate you get"
FORMAT_HINT: Final = "copy or export the file again"


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (opened(b""), "key.format p12: not a .p12 file (0 bytes); export it again from Keychain Access"),
        (opened(b"garbage"), "key.format p12: not a .p12 file (7 bytes); export it again from Keychain Access"),
        (
            opened("pass.p12"),
            "key.format p12: got a text that is no PEM; this looks like a path: open the file and pass its bytes",
        ),
        (opened(5), "key.format p12: got 5; pass the file's bytes"),
        (opened(chain.pem(chain.leaf())), "key.format p12: is a PEM file; use from_pem()"),
        (opened(p12()), "key.password p12: is protected by a password; give password="),
        (opened(p12(), password=""), "key.password p12: is protected by a password; give password="),
        (
            opened(p12(), password="wrong"),
            "key.password p12: the password does not open it; re-type it, or export the file again",
        ),
        (opened(p12(), password=5), "key.password password: got int; pass text or bytes"),
        (opened(p12(), password="\ud800"), "key.password password: holds half a character; read it as UTF-8 again"),
        (opened(p12(), password=b"\xff"), "key.password password: is not UTF-8; pass it as text"),
        (opened(p12(), password="a\0b"), "key.password password: holds a NUL character; remove it"),
        (
            opened(chain.p12(of=None, certificate=chain.leaf())),
            "key.missing p12: holds no private key; "
            "in Keychain Access select the certificate together with the key under it, and export again",
        ),
        (
            opened(chain.p12(of=chain.key(), certificate=None)),
            "key.missing p12: holds no certificate; export key and certificate",
        ),
        (
            opened(p12(chain.key(), chain.leaf()), password=LOCKED, intermediate=None),
            f"key.missing intermediate: missing; {G4_HINT}",
        ),
        (
            opened(pkcs12.serialize_key_and_certificates(b"x", EC, chain.leaf(subject_key=EC), None, chain.lock(None))),
            f"key.kind certificate: EC key; Wallet passes are signed with RSA; {BITS}",
        ),
        (of(key=b""), f"key.format key: empty; {FORMAT_HINT}"),
        (of(key=b"abc"), f"key.format key: neither DER nor PEM (3 bytes); {FORMAT_HINT}"),
        (of(key=chain.pem(chain.leaf())), f"key.kind key: is a certificate, not a private key; {SWAPPED}"),
        (of(key=chain.der(chain.leaf())), f"key.kind key: is a certificate, not a private key; {SWAPPED}"),
        (
            of(certificate=chain.key_bytes(chain.key())),
            f"key.kind certificate: is a private key, not a certificate; {SWAPPED}",
        ),
        (
            of(certificate=chain.key_bytes(chain.key(), encoding=Encoding.DER)),
            f"key.kind certificate: is a private key, not a certificate; {SWAPPED}",
        ),
        (
            of(certificate=chain.key_bytes(chain.key(), encoding=Encoding.DER, password=LOCKED)),
            f"key.kind certificate: is a private key, not a certificate; {SWAPPED}",
        ),
        *(
            (of(key=public(one)), "key.kind key: is a public key, not a private key; pass the private one")
            for one in (Encoding.PEM, Encoding.DER)
        ),
        *(
            (
                of(certificate=request(one)),
                "key.kind certificate: is a certificate request, not a certificate; " + UPLOAD,
            )
            for one in (Encoding.PEM, Encoding.DER)
        ),
        (of(key=request()), "key.kind key: is a certificate request, not a private key; pass a private key"),
        (of(key=p12()), "key.kind key: is a .p12 file, not a private key; use from_p12()"),
        (of(certificate=p12()), "key.kind certificate: is a .p12 file, not a certificate; use from_p12()"),
        *(
            (of(certificate=pem(label)), f"key.kind certificate: is {kind}, not a certificate; {hint}")
            for label, kind, hint in (
                ("RSA PRIVATE KEY", "a private key", SWAPPED),
                ("EC PRIVATE KEY", "a private key", SWAPPED),
                ("DSA PRIVATE KEY", "a private key", SWAPPED),
                ("OPENSSH PRIVATE KEY", "a private key", SWAPPED),
                ("ENCRYPTED PRIVATE KEY", "a private key", SWAPPED),
                ("PRIVATE KEY", "a private key", SWAPPED),
                ("PUBLIC KEY", "a public key", "pass a certificate"),
                ("RSA PUBLIC KEY", "a public key", "pass a certificate"),
                ("NEW CERTIFICATE REQUEST", "a certificate request", UPLOAD),
                ("CERTIFICATE REQUEST", "a certificate request", UPLOAD),
                ("PKCS7", "a PKCS#7 bundle", "pass a certificate"),
                ("SOMETHING", 'a block "SOMETHING"', "pass a certificate"),
            )
        ),
        (of(key=pem("CERTIFICATE")), f"key.kind key: is a certificate, not a private key; {SWAPPED}"),
        (of(key=pem("X509 CERTIFICATE")), f"key.kind key: is a certificate, not a private key; {SWAPPED}"),
        (of(certificate=pem("CERTIFICATE")), f"key.format certificate: a damaged certificate; {AGAIN}"),
        (of(key=pem("PRIVATE KEY")), "key.format key: a damaged private key; export the key again"),
        (
            of(key=pem("PRIVATE KEY"), password="x"),
            "key.format key: a damaged private key; export the key again",
        ),
        (
            of(certificate=chain.pem(chain.leaf())[:-5]),
            "key.format certificate: a PEM file that ends early; copy it again, from -----BEGIN to -----END",
        ),
        *(
            (of(key=one), "key.password key: is protected by a password; give password=")
            for one in (
                chain.key_bytes(chain.key(), password=LOCKED),
                chain.key_bytes(chain.key(), password=LOCKED, encoding=Encoding.DER),
                chain.key_bytes(chain.key(), password=LOCKED, form=PrivateFormat.TraditionalOpenSSL),
            )
        ),
        *(
            (of(key=one, password="no"), "key.password key: the password does not open it; re-type it")
            for one in (
                chain.key_bytes(chain.key(), password=LOCKED),
                chain.key_bytes(chain.key(), password=LOCKED, encoding=Encoding.DER),
                chain.key_bytes(chain.key(), password=LOCKED, form=PrivateFormat.TraditionalOpenSSL),
            )
        ),
        (
            of(key=chain.key_bytes(chain.key()) + chain.key_bytes(chain.key("other"))),
            "key.several key: holds 2 private keys; keep the one that belongs to the certificate",
        ),
        (of(key=chain.key_bytes(chain.key("other"))), f'key.mismatch key: is not the key of "{LEAF}"; {PAIR}'),
        (
            of(key=chain.key_bytes(EC)),
            f"key.kind key: EC key; Wallet passes are signed with RSA; {BITS}",
        ),
        (
            of(key=chain.key_bytes(RSA_1024)),
            f"key.weak key: RSA 1024 bits is too weak; {BITS}",
        ),
        (
            of(certificate=chain.pem(chain.leaf(subject_key=RSA_1024)), key=chain.key_bytes(RSA_1024)),
            f"key.weak certificate: RSA 1024 bits is too weak; {BITS}",
        ),
        (
            of(certificate=chain.pem(chain.leaf(subject_key=ed25519.Ed25519PrivateKey.generate()))),
            f"key.kind certificate: Ed25519 key; Wallet passes are signed with RSA; {BITS}",
        ),
        (
            of(certificate=G4),
            'key.ca certificate: "Apple Worldwide Developer Relations Certification Authori…" is an authority\'s '
            'certificate, not yours; pass the "Pass Type ID" certificate here, this one as intermediate=',
        ),
        (
            of(certificate=chain.pem(chain.leaf(purposes=()))),
            f'key.purpose certificate: "{LEAF}" is not a Pass Type ID certificate; '
            "create one for your pass type at developer.apple.com",
        ),
        (
            of(certificate=chain.pem(chain.leaf(uid=None))),
            f'key.ids certificate: "{LEAF}" names no pass type (UID); '
            "download the certificate again from developer.apple.com",
        ),
        (
            of(certificate=chain.pem(chain.leaf(unit=" "))),
            f'key.ids certificate: "{LEAF}" names no team (OU); '
            "download the certificate again from developer.apple.com",
        ),
        (
            of(intermediate=chain.der(chain.authority(unit="G3"))),
            f"key.intermediate intermediate: your certificate was issued by G4, this is G3; {G4_HINT}",
        ),
        (
            of(intermediate=chain.der(chain.authority(signed_with="other"))),
            "key.intermediate intermediate: this is not the G4 that issued your certificate (another key); " + G4_HINT,
        ),
        (
            of(intermediate=chain.der(chain.authority(organization="A test"))),
            'key.intermediate intermediate: your certificate was issued by G4, this is G4 of "A test"; ' + G4_HINT,
        ),
        (
            of(intermediate=chain.der(chain.leaf())),
            f'key.intermediate intermediate: your certificate was issued by G4, this is "{LEAF}"; {G4_HINT}',
        ),
        (
            of(certificate=chain.pem(chain.leaf(key_id=False, issuer_key=chain.key("other")))),
            "key.intermediate intermediate: its key did not sign your certificate, although the names fit; " + G4_HINT,
        ),
        (
            of(
                certificate=chain.pem(chain.leaf(issuer=chain.authority(organization="A test"))),
            ),
            'key.intermediate intermediate: your certificate was issued by G4 of "A test", this is G4; '
            "pass the certificate that issued yours",
        ),
        (
            lambda: Identity.from_signer(object(), certificate=chain.pem(chain.leaf()), intermediate=G4),  # type: ignore[arg-type]
            "key.kind signer: got object; pass an object with sign(data: bytes) -> bytes",
        ),
    ],
)
def test_what_is_wrong_with_papers_is_said_with_a_way_out(make: Callable[[], object], line: str) -> None:
    assert said(make) == line


def leaf(**options: Any) -> x509.Certificate:
    return chain.leaf(**options)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (AT + 365 * DAY, [f'warning key.expires-soon certificate: "{LEAF}" expires on 2027-11-21; {RENEW}']),
        (AT + 335 * DAY, []),
        (AT + 335 * DAY + timedelta(seconds=1),
         [f'warning key.expires-soon certificate: "{LEAF}" expires on 2027-11-21; {RENEW}']),
        (AT + 365 * DAY + timedelta(seconds=1),
         [f'error key.expired certificate: "{LEAF}" expired on 2027-11-21; {RENEW}']),
        (AT - 30 * DAY, []),
        (AT - 30 * DAY - timedelta(seconds=1),
         [f'error key.not-yet-valid certificate: "{LEAF}" is valid from 2026-10-22 10:00 UTC; '
          "check this computer's clock"]),
    ],
)  # fmt: skip
def test_dates_are_judged_to_the_second_and_a_month_ahead(at: datetime, said: list[str]) -> None:
    identity = from_pem(certificate=chain.pem(leaf()))

    assert [f"{one.severity} {one.code} {one}" for one in identity.problems(at)] == said


def test_an_intermediate_that_expires_says_which_to_bring() -> None:
    identity = from_pem(intermediate=chain.der(chain.authority(last=AT + DAY)))
    name = '"Apple Worldwide Developer Relations Certification Authori…"'

    soon, late = identity.problems(AT), identity.problems(AT + 2 * DAY)

    assert [f"{one.severity} {one}" for one in soon] == [
        f"warning intermediate: {name} expires on 2026-11-22; {G4_HINT}"
    ]
    assert [f"{one.severity} {one}" for one in late] == [f"error intermediate: {name} expired on 2026-11-22; {G4_HINT}"]


@pytest.mark.parametrize(("first", "last"), [(AT, AT), (AT - DAY, AT + DAY)])
def test_an_intermediate_is_good_from_its_first_second_to_its_last(first: datetime, last: datetime) -> None:
    identity = from_pem(intermediate=chain.der(chain.authority(first=first, last=last)))

    assert identity.signature(b"{}", at=AT)
    for at in (first - timedelta(seconds=1), last + timedelta(seconds=1)):
        with pytest.raises(KeyMaterialError) as caught:
            identity.signature(b"{}", at=at)
        assert caught.value.where == "intermediate"
        assert caught.value.hint


def test_an_identity_tells_all_that_is_in_its_certificates() -> None:
    own = leaf(nfc=True)
    identity = from_pem(certificate=chain.der(own))

    assert (identity.pass_type, identity.team, identity.organization) == (chain.PASS_TYPE, chain.TEAM, "Test Shop")
    assert (identity.not_before, identity.not_after) == (AT - 30 * DAY, AT + 365 * DAY)
    assert (identity.certificate, identity.intermediate) == (chain.der(own), G4)
    assert identity.nfc
    assert not from_pem().nfc
    assert not identity.throwaway
    assert repr(identity) == ("Identity(pass.test.card of team ABCDE12345, until 2027-11-21, issued by G4)")


def test_the_present_counts_where_no_moment_is_given() -> None:
    old, new = from_pem(certificate=chain.der(leaf(first=AT - 900 * DAY, last=AT - 500 * DAY))), from_pem()

    assert ("key.expired", "certificate") in [(one.code, one.where) for one in old.problems()]
    assert "expired on" in old.describe()
    with pytest.raises(KeyMaterialError):
        old.signature(b"{}")
    assert new.describe(AT) == new.describe(AT.replace(microsecond=999_999))


def test_the_newest_of_several_certificates_of_a_key_is_taken_and_never_an_authority() -> None:
    old, new = leaf(last=AT + DAY), leaf(last=AT + 2 * DAY)
    above = chain.authority()
    stranger = leaf(subject_key=chain.key("stranger"), last=AT + 9 * DAY)

    for several in ((above, stranger, old, new), (new, old, above, stranger)):
        text = b"".join(chain.pem(one) for one in several)
        assert from_pem(certificate=text).not_after == AT + 2 * DAY
    signer = Hardware(lambda data: b"")
    text = chain.pem(above) + chain.pem(old) + chain.pem(new)
    assert (
        Identity.from_signer(signer, certificate=text, intermediate=G4).not_after == AT + DAY
    )  # The first that signs.


@pytest.mark.parametrize(
    ("organization", "unit", "common", "generation", "name"),
    [
        ("Apple Inc.", "G4", "Apple Worldwide Developer Relations Certification Authority", "G4", "AppleWWDRCAG4.cer"),
        ("Apple Inc.", "G99", "Worldwide Developer Relations", "G99", "AppleWWDRCAG99.cer"),
        ("Apple Inc.", "G100", "Apple Worldwide Developer Relations", "G1", "the certificate of G1"),
        ("Apple Inc.", "Apple Worldwide", "Apple Worldwide Developer Relations", "G1", "the certificate of G1"),
        ("Apple Inc.", "G4", "Apple Root CA", 'G4 of "Apple Inc."', 'the certificate of G4 of "Apple Inc."'),
        ("Apple Inc.", "Other", "Apple Root CA", '"Apple Root CA"', 'the certificate of "Apple Root CA"'),
        ("A shop", "G4", "Worldwide Developer Relations", 'G4 of "A shop"', 'the certificate of G4 of "A shop"'),
        ("A shop", "Till", "", "a certificate without a name", "the certificate of a certificate without a name"),
    ],
)  # fmt: skip
def test_an_intermediate_has_the_name_that_apple_gives_it(
    organization: str, unit: str, common: str, generation: str, name: str
) -> None:
    parts = [(NameOID.ORGANIZATION_NAME, organization), (NameOID.ORGANIZATIONAL_UNIT_NAME, unit)]
    parts += [(NameOID.COMMON_NAME, common)] if common else []
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])
    builder = x509.CertificateBuilder().subject_name(leaf().subject).issuer_name(subject).serial_number(1)
    dated = builder.public_key(chain.key().public_key()).not_valid_before(AT).not_valid_after(AT + DAY)
    made = dated.sign(chain.key("middle"), hashes.SHA256())

    assert certificates.generation(subject) == generation
    assert certificates.intermediate_name(made) == name


def test_a_certificate_is_called_by_the_best_name_it_has() -> None:
    def called(*parts: tuple[Any, str]) -> str:
        subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).serial_number(1)
        dated = builder.public_key(chain.key().public_key()).not_valid_before(AT).not_valid_after(AT + DAY)
        return certificates.subject_of(dated.sign(chain.key(), hashes.SHA256()))

    assert called((NameOID.COMMON_NAME, "A"), (NameOID.COMMON_NAME, "B")) == "A"
    assert called((NameOID.ORGANIZATION_NAME, "Shop")) == "O=Shop"
    assert called() == "a certificate without a name"


WRONG_ANSWER = "sign the given bytes with this certificate's key, PKCS#1 v1.5 and SHA-256, hashing once"


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (lambda data: b"\0" * 256, f"signer: the signer's answer does not fit the certificate; {WRONG_ANSWER}"),
        (lambda data: "text", "signer: the signer answered with a text; return the signature's bytes"),
        (lambda data: None, "signer: the signer answered with None; return the signature's bytes"),
        (lambda data: 1 // 0, "signer: the signer raised an error of its own; see the cause above"),
    ],
)
def test_a_wrong_answer_of_a_signer_is_named(answer: Callable[[bytes], object], line: str) -> None:
    with pytest.raises(SigningError) as caught:
        elsewhere(answer).signature(b"{}", at=AT)

    assert str(caught.value) == line


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_signer_may_answer_with_any_kind_of_bytes(kind: Callable[[bytes], object]) -> None:
    own = chain.der(leaf())

    def answer(data: bytes) -> object:
        return kind(chain.key().sign(data, padding.PKCS1v15(), hashes.SHA256()))

    outside = Identity.from_signer(Hardware(answer), certificate=own, intermediate=G4)

    assert outside.signature(b"{}", at=AT) == from_pem(certificate=own).signature(b"{}", at=AT)


def test_what_was_signed_is_known_again_and_nothing_else() -> None:
    own = chain.der(leaf())
    inside = from_pem(certificate=own)
    outside = Identity.from_signer(
        Hardware(lambda data: chain.key().sign(data, padding.PKCS1v15(), hashes.SHA256())),
        certificate=own,
        intermediate=G4,
    )
    made = inside.signature(b"{}", at=AT)

    for identity in (inside, outside):
        assert is_signed(identity, b"{}", made, at=AT)
        assert not is_signed(identity, b"[]", made, at=AT)
        assert not is_signed(identity, b"{}", made, at=AT + timedelta(seconds=1))
        assert not is_signed(identity, b"{}", made[1:], at=AT)
    assert not is_signed(inside, b"{}", made[:-1] + bytes([made[-1] ^ 1]), at=AT)


@pytest.mark.parametrize(
    ("at", "line"),
    [
        (
            datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=1))),
            "at: year 1999; a signing time lies in 2000 to 2049",
        ),
        (datetime(2050, 1, 1, tzinfo=UTC), "at: year 2050; a signing time lies in 2000 to 2049"),
        (
            datetime(2050, 1, 1, tzinfo=timezone(timedelta(hours=-1))),
            "at: year 2050; a signing time lies in 2000 to 2049",
        ),
    ],
)
def test_a_signing_time_lies_in_half_a_century(at: datetime, line: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        from_pem().signature(b"{}", at=at)

    assert (caught.value.code, str(caught.value)) == ("time.range", line)


def test_the_edges_of_the_half_century_are_in_it() -> None:
    first, last = datetime(1990, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
    authority = chain.authority(first=first, last=last)
    identity = from_pem(certificate=chain.der(leaf(first=first, last=last)), intermediate=chain.der(authority))

    for at in (
        datetime(2000, 1, 1, tzinfo=UTC),
        datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2050, 1, 1, tzinfo=timezone(timedelta(hours=1))),
    ):
        assert identity.signature(b"{}", at=at)


def test_an_identity_is_told_from_what_is_none() -> None:
    with pytest.raises(AttributeError, match="an Identity does not change: team"):
        from_pem().team = "OTHER"
    with pytest.raises(TypeError, match="use Identity"):
        Identity()


LOST = f'key.mismatch key: is not the key of "{LEAF}"; {PAIR}'


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (chain.pem(leaf()) + chain.key_bytes(chain.key()), []),
        (
            chain.der(leaf()),
            ["warning key.missing key: no private key in this file; "
             "signing needs it too: export both, or give the key's file as key="],
        ),
        (chain.pem(leaf()) + chain.key_bytes(chain.key("other")), [f"error {LOST}"]),
        (chain.pem(leaf(subject_key=EC)) + chain.key_bytes(EC),
         [f"error key.kind certificate: EC key; Wallet passes are signed with RSA; {BITS}", f"error {LOST}"]),
        (
            chain.pem(leaf()) + chain.key_bytes(chain.key()) + chain.pem(chain.authority(unit="G3")),
            [f"error key.intermediate intermediate: your certificate was issued by G4, this is G3; {G4_HINT}"],
        ),
        (
            chain.pem(chain.authority(unit="G3")) + chain.pem(chain.authority()) + chain.pem(leaf())
            + chain.key_bytes(chain.key()),
            [],
        ),
        (
            chain.pem(chain.authority(last=AT - DAY)) + chain.pem(leaf()) + chain.key_bytes(chain.key()),
            ['error key.expired intermediate: "Apple Worldwide Developer Relations Certification Authori…" '
             f"expired on 2026-11-20; {G4_HINT}"],
        ),
        (
            chain.pem(leaf(last=AT - DAY)) + chain.key_bytes(chain.key()),
            [f'error key.expired certificate: "{LEAF}" expired on 2026-11-20; {RENEW}'],
        ),
    ],
)  # fmt: skip
def test_a_file_is_examined_for_everything_that_keeps_it_from_signing(content: bytes, lines: list[str]) -> None:
    _, issues = examined(content, password=None, at=AT)

    assert [f"{one.severity} {one.code} {one}" for one in issues] == lines


def test_of_two_keys_in_a_file_nobody_knows_which_is_meant() -> None:
    two = chain.key_bytes(chain.key()) + chain.key_bytes(chain.key("other"))

    with pytest.raises(KeyMaterialError) as caught:
        examined(chain.pem(leaf()) + two, password=None, at=AT)

    assert caught.value.code == "key.several"
    assert str(caught.value) == "file: holds 2 private keys; keep the one that belongs to the certificate"


def test_what_a_file_holds_is_told() -> None:
    found, _ = examined(p12(certificate=leaf(nfc=True)), password=LOCKED, at=AT)

    assert found == {
        "pass_type": chain.PASS_TYPE,
        "team": chain.TEAM,
        "organization": "Test Shop",
        "issuer": "G4",
        "authority": None,
        "not_before": "2026-10-22T10:00:00+00:00",
        "not_after": "2027-11-21T10:00:00+00:00",
        "days_left": 365,
        "nfc": True,
        "needs": "AppleWWDRCAG4.cer",
    }


@pytest.mark.parametrize(("data", "where"), [("pass.p12", "file"), (b"", "file"), (b"x", "file"), (5, "file")])
def test_a_file_that_cannot_be_read_is_named(data: Any, where: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        examined(data, password=None, at=AT)

    assert (caught.value.code, caught.value.where) == ("key.format", where)


def test_a_certificate_that_is_damaged_behind_its_first_look_is_refused() -> None:
    whole = parsed(chain.der(leaf()))
    within(whole, 0, 1).value = b"\0"  # A serial number of none.
    line = f"key.format certificate: a damaged certificate; {AGAIN}"

    assert said(lambda: from_pem(certificate=whole.encoded())) == line
    within(whole, 0, 1).value = b"\1"
    names = within(whole, 0, 5)
    assert names.inside is not None
    names.inside.append(Node(0x31, inside=[Node(0x30, inside=[Node(6, b"\x55\x04\x03"), Node(12, b"\xff")])]))
    assert said(lambda: from_pem(certificate=whole.encoded())) == line


def test_pem_is_read_however_its_lines_came() -> None:
    text = chain.pem(leaf()).decode()
    body = "".join(text.splitlines()[1:-1])

    for other in (
        text.replace("\n", "\\n"),
        text.replace("\n", "\\r\\n"),
        text.replace("\n", " "),
        text.replace("\n", "\r\n"),
        f"Bag Attributes: x\n{text}\nmore",
        f"-----BEGIN CERTIFICATE-----{body}-----END CERTIFICATE-----",
        text.replace("CERTIFICATE", "X509 CERTIFICATE"),
    ):
        assert from_pem(certificate=other).pass_type == chain.PASS_TYPE
        assert from_pem(certificate=other.encode()).pass_type == chain.PASS_TYPE


def test_an_old_key_with_headers_opens() -> None:
    key = chain.key_bytes(chain.key(), form=PrivateFormat.TraditionalOpenSSL, password=LOCKED)

    assert b":" in key
    assert from_pem(key=key, password="right").pass_type == chain.PASS_TYPE
    assert from_pem(key=chain.key_bytes(chain.key()), password="not needed").pass_type == chain.PASS_TYPE
    assert from_pem(key=chain.key_bytes(chain.key()), password=b"").pass_type == chain.PASS_TYPE


def test_an_rsa_key_of_odd_size_signs_as_many_bytes_as_it_has() -> None:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2056)
    identity = from_pem(certificate=chain.der(leaf(subject_key=own)), key=chain.key_bytes(own))

    made = identity.signature(b"{}", at=AT)

    assert is_signed(identity, b"{}", made, at=AT)
    assert made[-261:-257] == b"\x04\x82\x01\x01"  # An octet string of 257 bytes.


def test_a_key_of_a_kind_that_nobody_knows_is_named() -> None:
    whole = parsed(chain.key_bytes(chain.key(), encoding=Encoding.DER))
    within(whole, 1, 0).value = b"\x2a\x03\x04"

    line = "key.kind key: a key of an unknown kind; make a 2048-bit RSA key"
    for password in (None, "x"):
        assert said(of(key=pem("PRIVATE KEY", whole.encoded()), password=password)) == line


def test_an_intermediate_that_is_no_authority_is_named() -> None:
    plain = x509.CertificateBuilder().subject_name(chain.authority_name()).issuer_name(chain.authority_name())
    dated = plain.serial_number(1).not_valid_before(AT - DAY).not_valid_after(AT + DAY)
    made = dated.public_key(chain.key("middle").public_key()).sign(chain.key("middle"), hashes.SHA256())

    assert said(of(intermediate=chain.der(made))) == (
        'key.intermediate intermediate: "Apple Worldwide Developer Relations Certification Authori…" has the right '
        f"name, but is no authority's certificate; {G4_HINT}"
    )


def test_what_is_no_identity_is_named() -> None:
    assert said(lambda: require_identity(5)) == (
        "key.missing identity: got 5, need an Identity; "
        "make one with Identity.from_p12, or testing.throwaway_identity() to try things out"
    )


def test_two_certificates_that_only_one_of_two_readers_takes_are_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def stricter(**_: Any) -> None:
        raise ValueError

    monkeypatch.setattr(_identity, "Layout", stricter)

    with pytest.raises(KeyMaterialError) as caught:
        from_pem()

    assert (
        str(caught.value)
        == "certificate: a damaged certificate; download both certificates again from developer.apple.com"
    )


def test_a_protected_key_of_an_unknown_kind_asks_for_no_rounds_that_could_be_counted() -> None:
    odd = asn1_keys.EncryptedPrivateKeyInfo({"encryption_algorithm": {"algorithm": "1.2.3.4"}, "encrypted_data": b"x"})

    with pytest.raises(KeyMaterialError) as caught:
        from_pem(key=odd.dump(), password="p")

    assert (caught.value.code, caught.value.where) == ("key.password", "key")
