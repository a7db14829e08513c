"""Signatures as different makers write them: each is read as what it is, or refused by name."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import pytest
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from tests.apple import chain, forge
from tests.apple.structured import parsed, signed_again, within

from walletcard import apple
from walletcard.apple import _signature
from walletcard.apple._archive import archive, manifest
from walletcard.errors import WalletCardError

AT: Final = chain.AT
FILES: Final = forge.files()
MANIFEST: Final = manifest(FILES)
HASHES: Final[dict[str, Any]] = {
    "sha1": hashes.SHA1(),  # noqa: S303
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
LEAF: Final = forge.leaf()
SUBJECT_KEY: Final = b"the key of this leaf"


def attribute(kind: str, *values: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": list(values)})


def time_of(at: datetime, form: str = "utc_time") -> cms.CMSAttribute:
    return attribute("signing_time", cms.Time({form: at}))


def signature(
    *,
    digest: str = "sha256",
    scheme: str = "rsassa_pkcs1v15",
    more: tuple[cms.CMSAttribute, ...] = (),
    time: cms.CMSAttribute | None = None,
    leaf: x509.Certificate = LEAF,
    key: Any = None,
    by_key_id: bytes | None = None,
    issuer: asn1_x509.Name | None = None,
    backwards: bool = False,
) -> bytes:
    """Return a signature of the manifest, as some maker writes it."""
    own = key or chain.key()
    parts = asn1_x509.Certificate.load(chain.der(leaf))
    given = [
        attribute("content_type", "data"),
        time_of(AT) if time is None else time,
        attribute("message_digest", hashlib.new(digest, MANIFEST).digest()),
        *more,
    ]
    body = b"".join(one.dump() for one in (reversed(given) if backwards else given))
    # In the order in which they stand here; what is signed stands under the tag of a SET.
    attributes = cms.CMSAttributes.load(core.SetOf(contents=body, spec=cms.CMSAttribute).dump())
    named = {"issuer": issuer or parts.issuer, "serial_number": parts.serial_number}
    sid = {"issuer_and_serial_number": cms.IssuerAndSerialNumber(named)}
    if by_key_id is not None:
        sid = {"subject_key_identifier": core.OctetString(by_key_id)}
    arguments = (padding.PKCS1v15(), HASHES[digest])
    signer = cms.SignerInfo(
        {
            "version": "v1" if by_key_id is None else "v3",
            "sid": cms.SignerIdentifier(sid),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": scheme}),
            "signature": own.sign(attributes.dump(), *arguments),
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [parts, asn1_x509.Certificate.load(chain.der(forge.authority()))],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())


def judged(made: bytes, **options: Any) -> apple.Verification:
    data = archive({**FILES, "manifest.json": MANIFEST, "signature": made})
    return apple.verify(data, **{"roots": chain.der(forge.authority()), "at": AT, **options})


def said(found: apple.Verification) -> list[str]:
    return [f"{one.severity} {one.code} {one}" for one in found.issues]


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("scheme", ["rsassa_pkcs1v15", "{}_rsa"])
def test_every_hash_of_today_is_read(digest: str, scheme: str) -> None:
    found = judged(signature(digest=digest, scheme=scheme.format(digest)))

    assert (found.verdict, said(found)) == ("authentic", [])


@pytest.mark.parametrize(("year", "notes"), [(2021, 0), (2022, 1)])
def test_sha1_is_noted_from_2022_on(year: int, notes: int) -> None:
    leaf = forge.leaf(first=AT - timedelta(days=2_500))
    at = datetime(2022, 1, 1, tzinfo=UTC) if year == 2022 else datetime(2021, 12, 31, 23, 59, 59, tzinfo=UTC)
    root = chain.authority(organization="A test, not Apple", first=AT - timedelta(days=2_500))

    found = judged(signature(digest="sha1", time=time_of(at), leaf=leaf), roots=chain.der(root))

    assert found.verdict == "authentic"
    assert said(found) == ["note signature.sha1 signature: made with SHA-1; sign with SHA-256"] * notes


def test_attributes_that_a_maker_adds_are_signed_and_not_read() -> None:
    odd = attribute("1.2.840.113549.1.9.15", core.Sequence())  # Of S/MIME: what the sender's program can read.

    assert judged(signature(more=(odd,))).verdict == "authentic"


@pytest.mark.parametrize("size", [1, 40, 90, 150, 300, 30_000])
def test_attributes_may_be_of_any_length(size: int) -> None:
    long = attribute("1.2.3.4", core.OctetString(b"x" * size))
    odd = attribute("1.2.2097153.128", core.OctetString(b""))  # Whose name has bytes of nothing but a mark inside.

    found = judged(signature(more=(long, odd)))

    assert (found.verdict, said(found)) == ("authentic", [])


@pytest.mark.parametrize("sizes", [range(6, 18), range(130, 145)], ids=["around 128 bytes", "around 256 bytes"])
def test_attributes_may_be_just_as_long_as_a_length_of_one_byte_can_say(sizes: range) -> None:
    lengths = set()
    for size in sizes:
        made = signature(more=(attribute("1.2.3.4", core.OctetString(b"x" * size)),))
        signed = cms.ContentInfo.load(made)["content"]["signer_infos"][0]["signed_attrs"]
        lengths.add(len(signed.contents))
        assert judged(made).verdict == "authentic"

    assert {127, 128} <= lengths or {255, 256} <= lengths


def test_attributes_need_not_be_sorted() -> None:
    assert judged(signature(backwards=True)).verdict == "authentic"


@pytest.mark.parametrize(
    "time",
    [
        time_of(AT, "generalized_time"),
        time_of(AT.astimezone(timezone(timedelta(hours=2))), "generalized_time"),
        time_of(AT),
    ],
)
def test_the_time_is_read_in_both_forms(time: cms.CMSAttribute) -> None:
    found = judged(signature(time=time))

    assert (found.verdict, found.signed_at) == ("authentic", AT)
    assert found.signed_at is not None
    assert found.signed_at.tzinfo is UTC


@pytest.mark.parametrize(("hours", "fails"), [(0, False), (1, False), (1.01, True)])
def test_two_honest_clocks_may_be_an_hour_apart(hours: float, fails: bool) -> None:
    found = judged(signature(), at=AT - timedelta(hours=hours))

    assert (found.signing_time, found.verdict) == (("fails", "untrusted") if fails else ("ok", "authentic"))
    line = "signature: made on 2026-11-21 10:00 UTC, in the future; check the clocks of its maker and of yours"
    assert said(found) == [f"error signature.future {line}"] * fails


def leaf_with(serial: int, *more: x509.ExtensionType) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(LEAF.subject).issuer_name(LEAF.issuer).serial_number(serial)
    builder = builder.public_key(LEAF.public_key()).not_valid_before(AT).not_valid_after(AT)
    for one in LEAF.extensions:
        builder = builder.add_extension(one.value, critical=one.critical)
    for value in more:
        builder = builder.add_extension(value, critical=False)
    return builder.sign(chain.key("middle"), hashes.SHA256())


@pytest.mark.parametrize("serial", [1, 0x7F, 0x80, 0xFF, 0x7F80, 0x8000, 0x8080, 0xFF00, 1 << 158])
def test_a_serial_number_may_be_any(serial: int) -> None:
    assert judged(signature(leaf=leaf_with(serial))).verdict == "authentic"


def test_a_signature_with_sha1_and_without_a_time_is_read() -> None:
    made = parsed(signature(digest="sha1", time=attribute("1.2.3.4", core.OctetString(b"no time"))))

    found = judged(made.encoded())

    assert (found.verdict, found.signing_time) == ("untrusted", "absent")
    line = "error signature.time signature: does not say when it was made; phones refuse it; "
    assert said(found) == [line + "ask its maker to sign it with a maintained tool"]


def test_a_signer_may_be_named_by_the_id_of_the_key() -> None:
    leaf = leaf_with(7, x509.SubjectKeyIdentifier(SUBJECT_KEY))

    assert judged(signature(leaf=leaf, by_key_id=SUBJECT_KEY)).verdict == "authentic"
    for other in (signature(leaf=leaf, by_key_id=b"another"), signature(leaf=LEAF, by_key_id=b"another")):
        found = judged(other)
        assert (found.verdict, [one.code for one in found.issues]) == ("altered", ["signature.certificate"])


def test_a_signer_may_be_named_in_other_letters() -> None:
    parts = [x509.NameAttribute(one.oid, f"{str(one.value).swapcase()} ") for one in LEAF.issuer]
    issuer = asn1_x509.Name.load(x509.Name(parts).public_bytes())

    assert judged(signature(issuer=issuer)).verdict == "authentic"
    stranger = asn1_x509.Name.load(x509.Name(parts[:2]).public_bytes())
    assert [one.code for one in judged(signature(issuer=stranger)).issues] == ["signature.certificate"]


def test_another_kind_of_key_signs_no_pass() -> None:
    leaf = forge.leaf(subject_key=ec.generate_private_key(ec.SECP256R1()))

    found = judged(signature(leaf=leaf))

    line = f'was not made with the key of "Pass Type ID: {chain.PASS_TYPE}"'
    assert (found.verdict, found.signature) == ("altered", "fails")
    hint = "it was changed after signing: do not trust this copy; its maker undoes the change, or signs again"
    assert said(found) == [f"error signature.forged signature: {line}; {hint}"]


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (
            b"-----BEGIN PKCS7-----",
            "format signature: is PEM, not DER; ask its maker to sign it with a maintained tool",
        ),
        (
            b"x" * 100_001,
            "size signature: 100_001 bytes, over 100_000; ask its maker to sign it with a maintained tool",
        ),
        (
            signature() + b"\0",
            "trailing signature: 1 extra bytes at its end; the pass was changed after signing: do not trust this copy",
        ),
        (
            b"x" * 100_000,
            "trailing signature: 99878 extra bytes at its end; "
            "the pass was changed after signing: do not trust this copy",
        ),
    ],
)
def test_what_is_no_signature_is_named(made: bytes, line: str) -> None:
    found = judged(made)

    assert (found.verdict, found.signature) == ("altered", "fails")
    assert said(found) == [f"error signature.{line}"]


def test_an_empty_signature_is_told_from_a_missing_one() -> None:
    inside = {**FILES, "manifest.json": MANIFEST}
    hint = "the pass was never signed: sign() it before sending"

    for data, shown in ((archive(inside), "missing"), (archive({**inside, "signature": b""}), "empty")):
        found = apple.verify(data, at=AT)
        assert said(found) == [f"error signature.missing signature: {shown}; {hint}"]
        assert found.signed_at is None
        assert found.signer == ""


def document(**changes: Any) -> bytes:
    """Return a signed pass whose document says something else than its certificate."""
    content = forge.files(**changes)
    return forge.packed(content, leaf=LEAF)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            document(passTypeIdentifier="pass.other"),
            [
                'error id.mismatch pass.json passTypeIdentifier: "pass.other", '
                'but the certificate is for "pass.test.card"; do not trust this copy'
            ],
        ),
        (
            document(teamIdentifier=5),
            [
                "error id.mismatch pass.json teamIdentifier: 5, "
                'but the certificate is for "ABCDE12345"; do not trust this copy'
            ],
        ),
        (
            document(teamIdentifier=None),
            ["error id.missing pass.json teamIdentifier: missing; ask the maker for a whole pass"],
        ),
        (
            document(passTypeIdentifier="pass.other", teamIdentifier=None),
            [
                'error id.mismatch pass.json passTypeIdentifier: "pass.other", '
                'but the certificate is for "pass.test.card"; do not trust this copy',
                "error id.missing pass.json teamIdentifier: missing; ask the maker for a whole pass",
            ],
        ),
    ],
)
def test_a_document_for_another_pass_type_or_team_is_named(data: bytes, lines: list[str]) -> None:
    found = apple.verify(data, roots=chain.der(forge.authority()), at=AT)

    assert (found.verdict, said(found)) == ("untrusted", lines)
    assert found.ids == ("fails" if "mismatch" in lines[0] else "absent")


def test_a_certificate_that_names_no_team_is_shown_as_none() -> None:
    found = apple.verify(forge.packed(leaf=forge.leaf(unit=None)), roots=chain.der(forge.authority()), at=AT)

    assert said(found) == [
        'error id.mismatch pass.json teamIdentifier: "ABCDE12345", but the certificate is for none; '
        "do not trust this copy"
    ]


def test_an_unsigned_document_without_ids_lacks_them() -> None:
    found = apple.verify(archive({"pass.json": b"{}", "manifest.json": b"{}"}), at=AT)

    assert (found.verdict, found.ids) == ("unsigned", "absent")


def test_another_purpose_is_named() -> None:
    data = forge.packed(leaf=forge.leaf(purposes=(), common="Apple Push: test"))

    found = apple.verify(data, roots=chain.der(forge.authority()), at=AT)

    message = 'signed by "Apple Push: test", not by a Pass Type ID certificate'
    assert said(found) == [f"error chain.purpose signature: {message}; ask the maker to sign with the right one"]


def test_an_authority_that_may_sign_passes_by_its_words_signs_none() -> None:
    root = forge.authority()
    leaf = (
        x509.CertificateBuilder()
        .subject_name(chain.leaf().subject)
        .issuer_name(root.subject)
        .public_key(chain.key().public_key())
        .serial_number(7)
        .not_valid_before(root.not_valid_before_utc)
        .not_valid_after(root.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([chain.PASS_SIGNING]), critical=False)
        .sign(chain.key("middle"), hashes.SHA256())
    )

    found = apple.verify(forge.packed(leaf=leaf), roots=chain.der(root), at=AT)

    assert (found.verdict, found.purpose) == ("untrusted", "fails")
    assert [one.code for one in found.issues] == ["chain.purpose"]


def test_strict_is_yes_or_no() -> None:
    with pytest.raises(WalletCardError) as caught:
        judged(signature(), strict="yes")

    assert caught.value.where == "strict"


def test_what_fails_anyway_is_not_called_another_encoding_too() -> None:
    forged = judged(signature()[:-1] + b"\0", strict=True)
    changed = archive({**FILES, "icon.png": b"other", "manifest.json": MANIFEST, "signature": signature()})

    found = apple.verify(changed, roots=chain.der(forge.authority()), at=AT, strict=True)

    assert [one.code for one in forged.issues] == ["signature.forged"]
    assert "strict.manifest" not in [one.code for one in found.issues]
    assert "manifest.changed" in [one.code for one in found.issues]


def test_what_is_overlooked_in_a_document_stays_a_note() -> None:
    content = {**FILES, "pass.json": b"\xef\xbb\xbf" + FILES["pass.json"]}

    found = apple.verify(forge.packed(content, leaf=LEAF), roots=chain.der(forge.authority()), at=AT)

    assert (found.verdict, found.archive) == ("authentic", "ok")
    assert {one.severity for one in found.issues} == {"note"}


@pytest.mark.parametrize("text", [b"00001121100000Z", b"20261121100000"], ids=["year 0", "no zone"])
def test_a_time_of_the_year_0_or_without_a_zone_is_none(text: bytes) -> None:
    whole = parsed(signature(time=time_of(AT, "generalized_time")))
    time = within(whole, 1, 0, 4, 0, 3, 1, 1, 0)
    time.value = text
    signed_again(whole)

    assert time.tag == 0x18
    line = "error signature.attribute signature: its signing time is no time; "
    assert said(judged(whole.encoded())) == [line + "the pass was changed after signing: do not trust this copy"]


def test_a_hash_that_this_computer_has_switched_off_leaves_the_signature_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def switched_off() -> hashes.HashAlgorithm:
        raise UnsupportedAlgorithm("sha512")

    made = signature(digest="sha512")
    monkeypatch.setitem(_signature._HASHES, "sha512", switched_off)  # No build without it is at hand.

    found = judged(made)

    assert (found.verdict, found.signature) == ("untrusted", "unknown")
    line = "error signature.unknown signature: sha512 cannot be checked on this computer; look at it on another one"
    assert said(found) == [line]
