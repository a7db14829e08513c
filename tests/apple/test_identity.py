import base64
import copy
import pickle
import random
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from tests.apple import chain

from walletcard.apple import Identity, Signer
from walletcard.apple import _loading as loading
from walletcard.apple._certificates import check_leaf, judge_dates
from walletcard.apple._identity import _layout
from walletcard.errors import (
    InvalidCardError,
    InvalidDocumentError,
    KeyMaterialError,
    SecretStaysError,
    SigningError,
    WalletCardError,
)

G4 = chain.der(chain.authority())


def from_pem(**changed: object) -> Identity:
    given: dict[str, object] = {
        "certificate": chain.pem(chain.leaf()),
        "key": chain.key_bytes(chain.key()),
        "intermediate": G4,
    }
    return Identity.from_pem(**(given | changed))  # type: ignore[arg-type]  # Wrong types are what some tests give.


def refusal(make: Callable[[], object]) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as caught:
        make()
    error = caught.value
    assert error.hint
    assert len(str(error)) <= 240
    assert str(error).isprintable()
    return error


# Accepted.


def test_identity_tells_who_signs() -> None:
    identity = from_pem()

    assert (identity.pass_type, identity.team, identity.organization) == (chain.PASS_TYPE, chain.TEAM, "Test Shop")
    assert (identity.nfc, identity.throwaway) == (False, False)
    assert identity.not_before < chain.AT < identity.not_after
    assert identity.intermediate == G4
    assert "issued by G4" in identity.describe()


def test_nfc_marker_is_seen() -> None:
    assert from_pem(certificate=chain.der(chain.leaf(nfc=True))).nfc


@pytest.mark.parametrize("password", ["pässword", "pässword".encode()])
def test_p12_password_may_be_text_or_bytes(password: str | bytes) -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password="pässword".encode())

    assert Identity.from_p12(file, password=password, intermediate=G4).pass_type == chain.PASS_TYPE


@pytest.mark.parametrize("password", [None, "", b""])
def test_p12_without_a_password(password: str | bytes | None) -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf())

    assert Identity.from_p12(file, password=password, intermediate=G4).team == chain.TEAM


def test_p12_with_the_encryption_of_old_keychains() -> None:
    old = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(2000)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(SHA1())  # noqa: S303  # What Keychain Access still writes.
        .build(b"secret")
    )
    file = pkcs12.serialize_key_and_certificates(b"card", chain.key(), chain.leaf(), None, old)

    assert Identity.from_p12(file, password="secret", intermediate=G4).team == chain.TEAM


def test_p12_certificate_is_the_one_of_the_key_not_the_first() -> None:
    leaf = chain.leaf()
    file = chain.p12(of=chain.key(), certificate=None, more=(chain.authority(), leaf))

    assert Identity.from_p12(file, intermediate=G4).certificate == chain.der(leaf)


def test_renewed_certificate_wins_over_the_old_one_of_the_same_key() -> None:
    old, new = chain.leaf(), chain.leaf(last=chain.AT + timedelta(days=700))

    assert from_pem(certificate=chain.pem(old) + chain.pem(new)).certificate == chain.der(new)


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_key_may_be_der_or_pem(encoding: Encoding, form: PrivateFormat) -> None:
    key = chain.key_bytes(chain.key(), encoding=encoding, form=form)

    assert from_pem(key=key).team == chain.TEAM


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_protected_pem_key_opens_with_its_password(form: PrivateFormat) -> None:
    key = chain.key_bytes(chain.key(), form=form, password=b"secret")

    assert from_pem(key=key, password="secret").team == chain.TEAM


def test_protected_der_key_opens_with_its_password() -> None:
    key = chain.key_bytes(chain.key(), encoding=Encoding.DER, password=b"secret")

    assert from_pem(key=key, password=b"secret").team == chain.TEAM


def test_password_for_an_open_key_does_no_harm() -> None:
    assert from_pem(password="not needed").team == chain.TEAM


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\\n"),
        lambda text: text.replace("\n", "\\r\\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " "),
        lambda text: "﻿" + text,
        lambda text: "Bag Attributes\n    friendlyName: card\n" + text,
    ],
    ids=["literal-n", "literal-rn", "crlf", "one-line", "bom", "bag-attributes"],
)
def test_pem_survives_environment_variables_and_tools(spoil: Callable[[str], str]) -> None:
    key, certificate = chain.key_bytes(chain.key()).decode(), chain.pem(chain.leaf()).decode()

    assert from_pem(key=spoil(key), certificate=spoil(certificate)).team == chain.TEAM


def test_key_and_certificate_may_share_one_pem() -> None:
    both = chain.key_bytes(chain.key()) + chain.pem(chain.leaf())

    assert from_pem(key=both, certificate=both).team == chain.TEAM


def test_right_intermediate_is_found_among_several() -> None:
    several = chain.pem(chain.authority(unit="G3", signed_with="other")) + chain.pem(chain.authority())

    assert from_pem(intermediate=several).intermediate != chain.der(chain.authority(unit="G3", signed_with="other"))


def test_leaf_without_key_id_is_matched_by_name_and_signature() -> None:
    assert from_pem(certificate=chain.der(chain.leaf(key_id=False))).team == chain.TEAM


# Refused: each with its code and place.


def test_wrong_password_of_a_p12() -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")

    error = refusal(lambda: Identity.from_p12(file, password="wr0ng-guess", intermediate=G4))

    assert (error.code, error.where) == ("key.password", "p12")
    assert "wr0ng-guess" not in str(error)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_password_that_ends_with_a_line_break_is_told_so(ending: str) -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")
    key = chain.key_bytes(chain.key(), password=b"right")
    guesses = (
        lambda: Identity.from_p12(file, password=f"right{ending}", intermediate=G4),
        lambda: Identity.from_p12(file, password=f"wrong{ending}".encode(), intermediate=G4),
        lambda: from_pem(key=key, password=f"right{ending}"),
    )

    for guess in guesses:
        error = refusal(guess)
        assert error.code == "key.password"
        assert error.hint == "the password ends with a line break, as a file's text does: take it off"
    kept = chain.p12(of=chain.key(), certificate=chain.leaf(), password=f"right{ending}".encode())
    assert Identity.from_p12(kept, password=f"right{ending}", intermediate=G4).team == chain.TEAM


def test_missing_password_of_a_p12() -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")

    error = refusal(lambda: Identity.from_p12(file, intermediate=G4))

    assert (error.code, error.where, error.hint) == ("key.password", "p12", "give password=")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "key.format"),
        (b"garbage", "key.format"),
        (b"\x30\x82\xff\xff", "key.format"),
        ("pass.p12", "key.format"),
        (None, "key.format"),
        ({"p12": 1}, "key.format"),
        (5, "key.format"),
    ],
)
def test_what_is_no_p12(data: object, code: str) -> None:
    error = refusal(lambda: Identity.from_p12(data, intermediate=G4))  # type: ignore[arg-type]

    assert (error.code, error.where) == (code, "p12")


def test_truncated_p12_is_no_p12() -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")

    error = refusal(lambda: Identity.from_p12(file[:-40], password="right", intermediate=G4))

    assert error.code == "key.format"


def test_pem_given_as_p12_names_the_other_door() -> None:
    error = refusal(lambda: Identity.from_p12(chain.pem(chain.leaf()), intermediate=G4))

    assert (error.code, error.hint) == ("key.format", "use from_pem()")


def test_old_encryption_that_openssl_has_switched_off_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def switched_off(content: bytes, password: bytes | None) -> None:
        raise UnsupportedAlgorithm("RC2-40-CBC")

    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")
    monkeypatch.setattr(pkcs12, "load_pkcs12", switched_off)  # No build without old ciphers is at hand.

    error = refusal(lambda: Identity.from_p12(file, password="right", intermediate=G4))

    assert error.code == "key.legacy"
    assert "openssl pkcs12 -legacy" in error.hint


def test_p12_without_a_key() -> None:
    file = chain.p12(of=None, certificate=chain.leaf())

    assert refusal(lambda: Identity.from_p12(file, intermediate=G4)).code == "key.missing"


def test_p12_without_a_certificate() -> None:
    file = chain.p12(of=chain.key(), certificate=None)

    assert refusal(lambda: Identity.from_p12(file, intermediate=G4)).code == "key.missing"


def test_key_of_another_certificate() -> None:
    error = refusal(lambda: from_pem(key=chain.key_bytes(chain.key("stranger"))))

    assert (error.code, error.where) == ("key.mismatch", "key")


def test_two_keys_in_one_pem() -> None:
    two = chain.key_bytes(chain.key()) + chain.key_bytes(chain.key("stranger"))

    assert refusal(lambda: from_pem(key=two)).code == "key.several"


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
@pytest.mark.parametrize("password", [None, "wrong"])
def test_protected_pem_key_stays_shut(form: PrivateFormat, password: str | None) -> None:
    key = chain.key_bytes(chain.key(), form=form, password=b"right")

    error = refusal(lambda: from_pem(key=key, password=password))

    assert (error.code, error.where) == ("key.password", "key")


def test_protected_der_key_stays_shut() -> None:
    key = chain.key_bytes(chain.key(), encoding=Encoding.DER, password=b"right")

    assert refusal(lambda: from_pem(key=key)).code == "key.password"
    assert refusal(lambda: from_pem(key=key, password="wrong")).code == "key.password"


def test_password_of_a_wrong_type_is_not_shown() -> None:
    error = refusal(lambda: from_pem(password=918273))

    assert error.code == "key.password"
    assert "918273" not in str(error)


def test_swapped_files() -> None:
    key, certificate = chain.key_bytes(chain.key()), chain.pem(chain.leaf())

    first = refusal(lambda: from_pem(key=certificate, certificate=key))
    second = refusal(lambda: from_pem(key=certificate))

    assert (first.code, first.where) == ("key.kind", "certificate")
    assert (second.code, second.where) == ("key.kind", "key")
    assert "swapped" in second.hint


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_public_key_given_as_key(encoding: Encoding) -> None:
    public = chain.key().public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)

    error = refusal(lambda: from_pem(key=public))

    assert (error.code, error.hint) == ("key.kind", "pass the private one")


def test_p12_given_as_key() -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf())

    assert refusal(lambda: from_pem(key=file)).hint == "use from_p12()"


@pytest.mark.parametrize("name", ["certificate", "key", "intermediate"])
@pytest.mark.parametrize("value", ["certs/pass.cer", {"pem": 1}, 7, b"", b"\x00\x01", b"-----BEGIN CERTIFICATE-----"])
def test_what_is_no_file_at_all(name: str, value: object) -> None:
    error = refusal(lambda: from_pem(**{name: value}))

    assert (error.code, error.where) == ("key.format", name)


@pytest.mark.parametrize("name", ["certificate", "key"])
def test_damaged_file(name: str) -> None:
    label = "CERTIFICATE" if name == "certificate" else "PRIVATE KEY"
    damaged = f"-----BEGIN {label}-----\n{base64.b64encode(b'0' * 60).decode()}\n-----END {label}-----"

    assert refusal(lambda: from_pem(**{name: damaged})).code == "key.format"


def test_missing_intermediate_says_which_to_bring() -> None:
    error = refusal(lambda: from_pem(intermediate=None))

    assert (error.code, error.where) == ("key.missing", "intermediate")
    assert "AppleWWDRCAG4.cer" in error.hint


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()])
def test_key_that_is_not_rsa(key: chain.Key) -> None:
    leaf = chain.leaf(subject_key=key)

    error = refusal(lambda: from_pem(certificate=chain.der(leaf), key=chain.key_bytes(key)))

    assert error.code == "key.kind"


def test_elliptic_key_beside_an_rsa_certificate() -> None:
    key = chain.key_bytes(ec.generate_private_key(ec.SECP256R1()))

    error = refusal(lambda: from_pem(key=key))

    assert (error.code, error.where) == ("key.kind", "key")


def test_weak_key() -> None:
    weak = chain.key("weak", 1024)

    error = refusal(lambda: from_pem(certificate=chain.der(chain.leaf(subject_key=weak)), key=chain.key_bytes(weak)))

    assert error.code == "key.weak"


def test_authority_given_as_certificate() -> None:
    error = refusal(lambda: from_pem(certificate=G4))

    assert (error.code, error.where) == ("key.ca", "certificate")


@pytest.mark.parametrize("purposes", [(), (ExtendedKeyUsageOID.CLIENT_AUTH,)])
def test_certificate_for_another_purpose_is_named(purposes: tuple[ObjectIdentifier, ...]) -> None:
    leaf = chain.leaf(purposes=purposes, common="Apple Development: Sam")

    error = refusal(lambda: from_pem(certificate=chain.der(leaf)))

    assert error.code == "key.purpose"
    assert "Apple Development: Sam" in error.message


@pytest.mark.parametrize("missing", [chain.leaf(uid=None), chain.leaf(unit=None)], ids=["uid", "unit"])
def test_certificate_without_ids(missing: x509.Certificate) -> None:
    assert refusal(lambda: from_pem(certificate=chain.der(missing))).code == "key.ids"


def test_intermediate_of_another_generation_is_named() -> None:
    error = refusal(lambda: from_pem(intermediate=chain.der(chain.authority(unit="G3"))))

    assert (error.code, error.where) == ("key.intermediate", "intermediate")
    assert "issued by G4, this is G3" in error.message
    assert "AppleWWDRCAG4.cer" in error.hint
    assert "apple.com/certificateauthority" in error.hint


def test_intermediate_of_the_same_name_with_another_key() -> None:
    error = refusal(lambda: from_pem(intermediate=chain.der(chain.authority(signed_with="other"))))

    assert error.code == "key.intermediate"
    assert "another key" in error.message


def test_intermediate_that_did_not_sign_the_certificate() -> None:
    leaf = chain.leaf(key_id=False, issuer_key=chain.key("other"))

    error = refusal(lambda: from_pem(certificate=chain.der(leaf)))

    assert error.code == "key.intermediate"


def test_leaf_given_as_intermediate() -> None:
    assert refusal(lambda: from_pem(intermediate=chain.der(chain.leaf()))).code == "key.intermediate"


# Dates, judged at signing time.


@pytest.mark.parametrize(
    ("days", "code"), [(0, None), (-31, "key.not-yet-valid"), (366, "key.expired")], ids=["today", "early", "late"]
)
def test_dates_of_the_certificate(identity: Identity, days: int, code: str | None) -> None:
    at = chain.AT + timedelta(days=days)

    found = [issue.code for issue in identity.problems(at)]

    assert found == ([code] if code else [])
    if code:
        error = refusal(lambda: identity.signature(b"{}", at=at))
        assert (error.code, error.where) == (code, "certificate")


def test_warning_in_the_last_thirty_days(identity: Identity) -> None:
    issues = identity.problems(chain.AT + timedelta(days=340))

    assert [(one.code, one.severity) for one in issues] == [("key.expires-soon", "warning")]
    assert identity.signature(b"{}", at=chain.AT + timedelta(days=340))


def test_expired_intermediate_says_where_to_get_one() -> None:
    expired = chain.authority(last=chain.AT - timedelta(days=1))
    identity = from_pem(intermediate=chain.der(expired))

    error = refusal(lambda: identity.signature(b"{}", at=chain.AT))

    assert (error.code, error.where) == ("key.expired", "intermediate")
    assert "AppleWWDRCAG4.cer" in error.hint


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (chain.AT.replace(tzinfo=None), "time.naive"),
        (chain.AT.replace(year=2050), "time.range"),
        (chain.AT.replace(year=1999), "time.range"),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=9))), "time.range"),
        ("2026-11-21", "time.type"),
        (chain.AT.date(), "time.type"),
    ],
)
def test_signing_time_must_fit_its_slot(identity: Identity, at: object, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        identity.signature(b"{}", at=at)  # type: ignore[arg-type]

    assert (caught.value.code, caught.value.where) == (code, "at")


# Keys that live elsewhere.


class Hardware:
    """Stands in for a module that holds the key and signs what it is given."""

    def __init__(self, answer: Callable[[bytes], object]) -> None:
        self.answer = answer
        self.seen: list[bytes] = []

    def sign(self, data: bytes, /) -> bytes:
        self.seen.append(data)
        return self.answer(data)  # type: ignore[return-value]  # Some answers here are wrong on purpose.


def elsewhere(answer: Callable[[bytes], object]) -> Identity:
    return Identity.from_signer(Hardware(answer), certificate=chain.pem(chain.leaf()), intermediate=G4)


def test_external_signer_gives_the_same_bytes_as_the_key() -> None:
    leaf = chain.der(chain.leaf())
    hardware = Hardware(lambda data: chain.key().sign(data, padding.PKCS1v15(), SHA256()))
    outside = Identity.from_signer(hardware, certificate=leaf, intermediate=G4)

    made = outside.signature(b"{}", at=chain.AT)

    assert made == from_pem(certificate=leaf).signature(b"{}", at=chain.AT)
    assert hardware.seen[0].startswith(b"\x31")  # The attributes as a SET, not the digest.


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda data: chain.key("stranger").sign(data, padding.PKCS1v15(), SHA256()), "signing.wrong"),
        (lambda data: b"\0" * 256, "signing.wrong"),
        (lambda data: b"", "signing.wrong"),
        (lambda data: "text", "signing.answer"),
        (lambda data: None, "signing.answer"),
        (lambda data: 1 // 0, "signing.failed"),
    ],
    ids=["other-key", "zeros", "empty", "text", "none", "raises"],
)
def test_wrong_answers_of_a_signer_are_not_used(answer: Callable[[bytes], object], code: str) -> None:
    with pytest.raises(SigningError) as caught:
        elsewhere(answer).signature(b"{}", at=chain.AT)

    assert (caught.value.code, caught.value.where) == (code, "signer")


def test_cause_of_a_failing_signer_is_chained_and_not_repeated() -> None:
    def fail(data: bytes) -> bytes:
        raise OSError("token 12345 refused")

    with pytest.raises(SigningError) as caught:
        elsewhere(fail).signature(b"{}", at=chain.AT)

    assert isinstance(caught.value.__cause__, OSError)
    assert "12345" not in str(caught.value)


def test_typed_error_of_a_signer_passes_through() -> None:
    def fail(data: bytes) -> bytes:
        raise SigningError("the card was pulled", code="mine")

    with pytest.raises(SigningError) as caught:
        elsewhere(fail).signature(b"{}", at=chain.AT)

    assert caught.value.code == "mine"


def test_what_cannot_sign_is_refused() -> None:
    error = refusal(lambda: Identity.from_signer(object(), certificate=chain.pem(chain.leaf()), intermediate=G4))  # type: ignore[arg-type]

    assert (error.code, error.where) == ("key.kind", "signer")


def test_stand_in_is_a_signer() -> None:
    assert isinstance(Hardware(lambda data: b""), Signer)


# Secrets stay.


def test_repr_shows_no_secret(identity: Identity) -> None:
    shown = repr(identity)

    assert chain.PASS_TYPE in shown
    assert str(chain.key().private_numbers().d) not in shown
    assert "PRIVATE" not in shown


def test_identity_is_not_pickled(identity: Identity) -> None:
    with pytest.raises(WalletCardError) as caught:
        pickle.dumps(identity)

    assert isinstance(caught.value, SecretStaysError)
    assert isinstance(caught.value, TypeError)
    assert caught.value.code == "key.pickle"
    assert pickle.loads(pickle.dumps(caught.value)).code == "key.pickle"  # noqa: S301


def test_copy_of_an_identity_is_itself(identity: Identity) -> None:
    assert copy.copy(identity) is identity
    assert copy.deepcopy([identity])[0] is identity


def test_identity_does_not_change(identity: Identity) -> None:
    with pytest.raises(AttributeError):
        identity._signer = Hardware(lambda data: b"")


def test_identity_has_no_open_constructor() -> None:
    with pytest.raises(TypeError):
        Identity()


# Hostile bytes.


@pytest.mark.parametrize("password", ["p\0w", b"p\0w", "\ud800", b"\xff\xfe", 5, ["p"]])
def test_password_that_no_p12_can_have_is_refused_and_not_shown(password: Any) -> None:
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), password=b"right")

    error = refusal(lambda: Identity.from_p12(file, password=password, intermediate=G4))

    assert (error.code, error.where) == ("key.password", "password")
    assert "p\\x00w" not in str(error)


def test_password_of_a_pem_key_may_be_any_bytes() -> None:
    locked = chain.key_bytes(chain.key(), password=b"\xff\x00\xfe")

    assert from_pem(key=locked, password=b"\xff\x00\xfe").pass_type == chain.PASS_TYPE
    assert refusal(lambda: from_pem(key=locked, password="\ud800")).where == "password"


def mutations(content: bytes, count: int) -> list[bytes]:
    """Return copies with one to three bytes changed, the same ones for the same content."""
    source = random.Random(20_261_121)  # noqa: S311  # The same in every run.
    found = []
    for _ in range(count):
        changed = bytearray(content)
        for _ in range(source.randint(1, 3)):
            changed[source.randrange(len(changed))] = source.randrange(256)
        found.append(bytes(changed))
    return found


def survives(make: Callable[[], Identity]) -> bool:
    """Tell whether an identity was made; an error that is none of ours goes on."""
    try:
        return "issued by" in make().describe()
    except KeyMaterialError as error:
        return not (error.code and error.hint)


def test_no_error_of_a_lower_layer_gets_out_of_broken_certificates() -> None:
    leaf, signer = chain.der(chain.leaf(nfc=True)), Hardware(lambda data: b"")  # It parses no key each time.

    make = partial(Identity.from_signer, signer)
    broken = [survives(partial(make, certificate=one, intermediate=G4)) for one in mutations(leaf, 400)]
    for one in mutations(G4, 400):
        survives(partial(make, certificate=leaf, intermediate=one))

    assert sum(broken) < 10  # What is left is a byte changed into itself.


def test_no_error_of_a_lower_layer_gets_out_of_broken_keys_and_p12_files() -> None:
    opened = chain.key_bytes(chain.key(), encoding=Encoding.DER)
    file = chain.p12(of=chain.key(), certificate=chain.leaf(), more=(chain.authority(),))

    for one in mutations(opened, 100):
        survives(partial(from_pem, key=one))
    for one in mutations(file, 100):
        survives(partial(Identity.from_p12, one, intermediate=G4))


def test_certificate_that_reads_whole_can_be_described_or_is_refused() -> None:
    leaf = chain.leaf()
    for one in mutations(chain.der(leaf), 300):
        with suppress(KeyMaterialError):
            damaged = loading.certificates(one, where="certificate")[0]
            _layout(damaged, leaf, signature_size=256)
            judge_dates(damaged, chain.AT, where="certificate")
            check_leaf(damaged)


def test_certificate_with_a_negative_serial_number_is_damaged_and_warns_of_nothing() -> None:
    leaf = chain.leaf()
    serial = leaf.serial_number.to_bytes((leaf.serial_number.bit_length() + 8) // 8)
    negative = chain.der(leaf).replace(serial, bytes([serial[0] | 0x80]) + serial[1:])

    error = refusal(lambda: from_pem(certificate=negative))

    assert (error.code, error.where) == ("key.format", "certificate")


def test_p12_with_a_certificate_of_an_unknown_version_is_not_opened() -> None:
    file = asn1_pkcs12.Pfx.load(chain.p12(of=chain.key(), certificate=chain.leaf()))
    bare = asn1_pkcs12.Pfx({"version": "v3", "auth_safe": file["auth_safe"]}).dump()  # No code guards its content.
    ninth = bare.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020108"))

    error = refusal(lambda: Identity.from_p12(ninth, intermediate=G4))

    assert bare != ninth
    assert (error.code, error.where) == ("key.password", "p12")


def test_threads_that_read_certificates_leave_the_filters_of_warnings_as_they_were() -> None:
    before = list(warnings.filters)
    content = chain.der(chain.leaf())

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: loading.certificates(content, where="certificate"), range(400)))

    assert list(warnings.filters) == before


def test_certificate_with_an_extension_twice_is_damaged() -> None:
    # basicConstraints becomes a second extendedKeyUsage: both object identifiers have five bytes.
    twice = chain.der(chain.leaf()).replace(b"\x06\x03\x55\x1d\x13", b"\x06\x03\x55\x1d\x25")

    error = refusal(lambda: from_pem(certificate=twice))

    assert (error.code, error.where) == ("key.format", "certificate")


@pytest.mark.parametrize("content", ["text", None, 5, ["x"], {}])
def test_content_that_is_no_bytes_is_not_signed(content: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        from_pem().signature(content, at=chain.AT)

    assert (caught.value.code, caught.value.where) == ("document.type", "content")
