import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from tests.apple import chain

from walletcard.apple import Identity

OPTIONS = [
    pkcs7.PKCS7Options.DetachedSignature,
    pkcs7.PKCS7Options.Binary,
    pkcs7.PKCS7Options.NoCapabilities,
]


def signed_data(signature: bytes) -> cms.SignedData:
    return cms.ContentInfo.load(signature, strict=True)["content"]


def built_elsewhere(
    content: bytes, bits: int, leaf: x509.Certificate, issuer: x509.Certificate
) -> tuple[bytes, datetime]:
    """Return what the builder makes, and the second in which it did: it reads the clock itself."""
    builder = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(leaf, chain.key("leaf", bits), SHA256())
        .add_certificate(issuer)
    )
    while True:
        before = datetime.now(UTC).replace(microsecond=0)
        made = builder.sign(Encoding.DER, OPTIONS)
        if datetime.now(UTC).replace(microsecond=0) == before:
            return made, before


@pytest.mark.parametrize("bits", [2048, 3072])
@pytest.mark.parametrize("long_name", [False, True], ids=["short", "long"])
def test_signature_equals_that_of_the_builder_byte_for_byte(bits: int, long_name: bool) -> None:
    content = b'{"icon.png":"00"}'
    now = datetime.now(UTC)
    first, last = now - timedelta(days=1), now + timedelta(days=9)
    issuer = chain.authority(organization="A" * 60 if long_name else "B", first=first, last=last)
    leaf = chain.leaf(subject_key=chain.key("leaf", bits), issuer=issuer, first=first, last=last)
    identity = Identity.from_pem(
        certificate=chain.der(leaf),
        key=chain.key_bytes(chain.key("leaf", bits)),
        intermediate=chain.der(issuer),
    )
    expected, second = built_elsewhere(content, bits, leaf, issuer)

    assert identity.signature(content, at=second) == expected


def test_signature_holds_both_certificates_untouched(identity: Identity) -> None:
    found = signed_data(identity.signature(b"{}", at=chain.AT))["certificates"]

    assert {one.dump() for one in found} == {identity.certificate, identity.intermediate}


def test_signed_attributes_are_type_time_and_digest(identity: Identity) -> None:
    signer = signed_data(identity.signature(b"{}", at=chain.AT))["signer_infos"][0]

    attributes = {one["type"].native: one["values"].native for one in signer["signed_attrs"]}

    assert attributes == {
        "content_type": ["data"],
        "signing_time": [chain.AT],
        "message_digest": [hashlib.sha256(b"{}").digest()],
    }


def test_signature_is_detached(identity: Identity) -> None:
    content = signed_data(identity.signature(b"{}", at=chain.AT))["encap_content_info"]["content"]

    assert content.native is None


def test_signing_time_is_written_in_utc(identity: Identity) -> None:
    elsewhere = chain.AT.astimezone(timezone(timedelta(hours=-9)))

    assert identity.signature(b"{}", at=elsewhere) == identity.signature(b"{}", at=chain.AT)


def test_parts_of_a_second_are_left_out(identity: Identity) -> None:
    exact = chain.AT.replace(microsecond=999_999)

    assert identity.signature(b"{}", at=exact) == identity.signature(b"{}", at=chain.AT)


def test_other_content_or_time_gives_another_signature(identity: Identity) -> None:
    made = {
        identity.signature(b"{}", at=chain.AT),
        identity.signature(b"[]", at=chain.AT),
        identity.signature(b"{}", at=chain.AT + timedelta(seconds=1)),
    }

    assert len(made) == 3


@pytest.mark.parametrize("year", [2000, 2049])
def test_first_and_last_year_of_the_slot(year: int) -> None:
    at = chain.AT.replace(year=year)
    first, last = at - timedelta(days=5), at + timedelta(days=60)
    identity = Identity.from_pem(
        certificate=chain.der(chain.leaf(first=first, last=last)),
        key=chain.key_bytes(chain.key()),
        intermediate=chain.der(chain.authority(first=first, last=last)),
    )

    signer = signed_data(identity.signature(b"{}", at=at))["signer_infos"][0]

    assert signer["signed_attrs"][1]["values"].native == [at]
