"""The catalogue of bad inputs, section I: an archive for the reader and the verifier, row by row."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.apple import chain, forge, structured, test_forged, test_verify
from tests.apple.forge import Member, zipped
from tests.apple.structured import Node, parsed
from tests.apple.test_read import OWN, PASS, TRICKS

from walletcard import apple
from walletcard.errors import PassReadError

# What cannot be read, by the name of the trick.
UNREADABLE = {
    "B171": ("empty", "a web page", "a PDF"),
    "B173": ("no files",),
    "B174": ("a bundle",),
    "B175": ("a folder",),
    "B177": ("case twins",),
    "B178": ("up", "absolute", "backslash", "drive", "device", "device with an ending"),
    "B179": ("NUL",),
    "B181": ("a link", "a device node"),
    "B182": ("a bomb", "many bombs"),
    "B183": ("quoted overlap", "overlap"),
    "B185": ("65535 entries", "too many"),
    "B186": ("encrypted",),
    "B187": ("method 99", "bzip2"),
    "B189": ("two names",),
    "B190": ("outside", "before the file"),
    "B191": ("wrong checksum",),
    "B194": ("zip64 sizes", "zip64 extra", "zip64 locator"),
}


@pytest.mark.parametrize(
    ("row", "name"), [(row, name) for row, names in UNREADABLE.items() for name in names], ids=lambda one: str(one)
)
def test_what_is_no_pass_is_refused_by_name(row: str, name: str) -> None:
    data, code = TRICKS[name]

    with pytest.raises(PassReadError) as caught:
        apple.read(data)

    assert (caught.value.code, bool(caught.value.where), bool(caught.value.hint)) == (code, True, True), row
    assert apple.verify(data, at=chain.AT).verdict == "unreadable"


def test_b181_lines_for_folders_are_no_files() -> None:
    assert set(apple.read(zipped(Member("en.lproj/", mode=0o40755), OWN)).files) == {"pass.json"}


def test_b187_lzma_is_not_used_in_passes() -> None:
    with pytest.raises(PassReadError) as caught:
        apple.read(zipped(Member("pass.json", PASS, method=14)))

    assert caught.value.code == "zip.method"


def test_b191_a_stream_that_is_none() -> None:
    member = Member("pass.json", PASS)
    member.method, member.stream = 8, b"\xff" * len(PASS)

    with pytest.raises(PassReadError) as caught:
        apple.read(zipped(member))

    assert caught.value.code == "zip.damaged"


def compressed(front: bytes = b"", behind: bytes = b"") -> bytes:
    """Return a pass with something around it."""
    return front + forge.packed(leaf=forge.leaf()) + behind


GOOD, MANIFEST = test_verify.GOOD, test_verify.MANIFEST
changed, listed, signed = test_verify.changed, test_verify.listed, test_verify.with_signature
YESTERDAY = chain.AT - timedelta(days=1)


def of(change: Callable[[Node], None]) -> bytes:
    """Return a pass whose signature was changed in one place, and signed again where that matters."""
    whole = parsed(forge.signature(MANIFEST, leaf=structured.LEAF))
    change(whole)
    return signed(whole.encoded())


def negative_serial() -> bytes:
    """Return a pass whose issuer's number is below zero: its sign bit is set."""
    issuer = chain.der(forge.authority())
    place = issuer.index(b"\x02", issuer.index(b"\x02\x01\x02") + 3)
    return signed(GOOD.replace(issuer, issuer[: place + 2] + bytes([issuer[place + 2] | 0x80]) + issuer[place + 3 :]))


def odd_version() -> bytes:
    issuer = chain.der(forge.authority())
    return signed(GOOD.replace(issuer, issuer.replace(b"\x02\x01\x02", b"\x02\x01\x82", 1)))


def leaf(**options: object) -> bytes:
    return forge.packed(leaf=forge.leaf(**options))


# What can be read, and is not authentic: row, the property that fails, its code, the pass.
JUDGED: list[tuple[str, str, str, bytes]] = [
    ("B193", "archive", "zip.leading", compressed(front=b"#!/bin/sh\n")),
    ("B193", "archive", "zip.trailing", compressed(behind=b"more")),
    ("B195", "manifest", "manifest.missing", changed(manifest_json=None)),
    ("B195", "manifest", "json.syntax", changed(manifest_json=b"{")),
    ("B195", "manifest", "manifest.object", changed(manifest_json=b"[]")),
    ("B197", "manifest", "manifest.absent", changed(icon_png=None)),
    ("B198", "manifest", "manifest.changed", changed(pass_json=forge.files(serialNumber="CK-2")["pass.json"])),
    ("B199", "manifest", "manifest.hash", listed(icon_png=test_verify.PNG_SHA1.upper())),
    ("B199", "manifest", "manifest.hash", listed(icon_png="0" * 64)),
    ("B199", "manifest", "manifest.hash", listed(icon_png="z" * 40)),
    ("B199", "manifest", "manifest.hash", listed(icon_png=None)),
    ("B201", "signature", "signature.missing", changed(signature=None)),
    ("B201", "signature", "signature.missing", changed(signature=b"")),
    ("B201", "signature", "signature.format", signed(b"-----BEGIN PKCS7-----\n")),
    ("B201", "signature", "signature.format", signed(b"a text")),
    ("B202", "digest", "signature.digest", signed(forge.signature(b"{}", leaf=forge.leaf()))),
    ("B203", "signature", "signature.attached", of(test_forged.attached)),
    ("B203", "signature", "signature.signers", of(test_forged.another_signer)),
    ("B203", "signature", "signature.signers", of(test_forged.no_signer)),
    ("B203", "signature", "signature.certificate", of(test_forged.no_leaf)),
    ("B203", "digest", "signature.time", signed(forge.without_attributes(GOOD, MANIFEST))),
    ("B205", "signature", "signature.certificate", negative_serial()),
    ("B205", "signature", "signature.certificate", odd_version()),
    ("B207", "purpose", "chain.purpose", leaf(purposes=(ExtendedKeyUsageOID.CODE_SIGNING,))),
    ("B209", "chain", "chain.expired", leaf(last=YESTERDAY)),
    ("B210", "signing_time", "signature.time", signed(forge.signed_again(GOOD, without=("signing_time",)))),
    ("B210", "signing_time", "signature.future", forge.packed(leaf=forge.leaf(), at=forge.later(days=2))),
    ("B211", "signature", "signature.trailing", signed(GOOD + b"more")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "name", "code", "data"), JUDGED, ids=[f"{row}-{code}-{n}" for n, (row, _, code, _) in enumerate(JUDGED)]
)
def test_what_is_not_authentic_says_what_fails(row: str, name: str, code: str, data: bytes) -> None:
    found = test_verify.verified(data)

    assert found.verdict != "authentic", row
    assert found.properties[name] != "ok"
    assert code in test_verify.codes(found)
    assert all(one.hint for one in found.issues if one.severity == "error")


def test_b206_a_chain_to_another_root_names_who_issued_it() -> None:
    found = apple.verify(forge.packed(leaf=forge.leaf()), at=chain.AT)

    assert (found.verdict, found.chain, test_verify.codes(found)) == ("untrusted", "fails", {"chain.foreign"})
    assert "roots=" in found.issues[0].hint


def test_b211_lengths_without_end_are_read_and_refused_when_strict() -> None:
    data = signed(b"\x30\x80" + GOOD[4:] + b"\0\0")

    assert test_verify.verified(data).verdict == "authentic"
    assert test_verify.codes(test_verify.verified(data, strict=True)) == {"strict.signature"}


def test_b182_a_picture_that_expands_too_far_is_named() -> None:
    member = Member("strip.png", b"\0" * 5_000_000, method=8)

    with pytest.raises(PassReadError) as caught:
        apple.read(zipped(OWN, member))

    assert caught.value.code == "zip.ratio"
    assert caught.value.where == '"strip.png"'
    assert len(zlib.compress(b"\0" * 5_000_000, 9)) * 1_000 < 5_100_000
