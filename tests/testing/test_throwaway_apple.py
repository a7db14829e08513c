import pickle
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from walletcard.apple import Identity
from walletcard.errors import InvalidCardError, WalletCardError
from walletcard.testing import throwaway_identity

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_throwaway_identity_is_an_identity_that_says_what_it_is() -> None:
    identity = throwaway_identity()

    assert isinstance(identity, Identity)
    assert identity.throwaway
    assert identity.pass_type.startswith("pass.")
    assert len(identity.team) == 10
    assert "phones refuse it" in repr(identity)


@pytest.mark.parametrize("at", [None, AT, AT.replace(year=2001), AT.replace(year=2045)])
def test_chain_is_valid_at_the_given_time_and_today(at: datetime | None) -> None:
    identity = throwaway_identity(at)

    assert identity.problems(at) == ()
    assert identity.problems() == ()


def test_leaf_is_shaped_like_a_pass_certificate() -> None:
    identity = throwaway_identity()
    leaf = x509.load_der_x509_certificate(identity.certificate)
    common = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    marker = leaf.extensions.get_extension_for_oid(ObjectIdentifier("1.2.840.113635.100.6.1.16")).value

    assert common == f"Pass Type ID: {identity.pass_type}"
    assert list(purposes) == [ExtendedKeyUsageOID.CLIENT_AUTH, ObjectIdentifier("1.2.840.113635.100.4.14")]
    assert isinstance(marker, x509.UnrecognizedExtension)
    assert identity.pass_type.encode() in marker.value


def test_every_certificate_says_that_it_is_not_apple() -> None:
    identity = throwaway_identity()
    chain = [
        x509.load_der_x509_certificate(identity.certificate),
        x509.load_pem_x509_certificate(identity.intermediate_pem),
        x509.load_pem_x509_certificate(identity.root_pem),
    ]

    for one in chain:
        organization = str(one.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)
        assert "walletcard" in organization
        assert "not Apple" in organization
    assert chain[1].subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)[0].value == "G4"


@pytest.mark.parametrize("password", [None, "päss", b"bytes"])
def test_its_p12_loads_like_a_real_one(password: str | bytes | None) -> None:
    identity = throwaway_identity(AT)

    loaded = Identity.from_p12(identity.p12(password), password=password, intermediate=identity.intermediate_pem)

    assert loaded.signature(b"{}", at=AT) == identity.signature(b"{}", at=AT)
    assert not loaded.throwaway


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second opinion")
def test_openssl_follows_the_whole_chain(tmp_path: Path) -> None:
    identity = throwaway_identity()
    (tmp_path / "root.pem").write_bytes(identity.root_pem)
    (tmp_path / "manifest.json").write_bytes(b"{}")
    (tmp_path / "signature").write_bytes(identity.signature(b"{}"))

    verify = ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-purpose", "any"]
    given = ["-content", "manifest.json", "-in", "signature", "-CAfile", "root.pem"]
    done = subprocess.run([*verify, *given], cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr


def test_two_identities_have_two_keys() -> None:
    one, two = throwaway_identity(AT), throwaway_identity(AT)

    assert one.signature(b"{}", at=AT) != two.signature(b"{}", at=AT)
    with pytest.raises(WalletCardError):
        Identity.from_pem(certificate=one.certificate, key=two.p12(), intermediate=one.intermediate)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (AT.replace(tzinfo=None), "time.naive"),
        (AT.replace(year=9999), "time.range"),
        (AT.replace(year=1), "time.range"),
        ("2026-11-21", "time.type"),
        (0, "time.type"),
    ],
)
def test_time_that_no_pass_can_have_is_refused(at: Any, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        throwaway_identity(at)

    assert (caught.value.code, caught.value.where) == (code, "at")


def test_its_key_stays_where_it_is() -> None:
    identity = throwaway_identity()

    with pytest.raises(TypeError):
        pickle.dumps(identity)
    assert "PRIVATE" not in repr(identity)


def test_chain_covers_the_days_around_its_time() -> None:
    identity = throwaway_identity(AT)

    assert identity.not_before <= AT - timedelta(days=1)
    assert identity.not_after >= AT + timedelta(days=365)
