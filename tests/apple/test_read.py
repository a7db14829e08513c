"""Reading strangers' passes: what is inside, what is overlooked, and what is refused before it is unpacked."""

import codecs
import json
import struct
import time
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apple import chain, forge
from tests.apple.conftest import png
from tests.apple.forge import Member, zipped

from walletcard import apple
from walletcard.apple import Identity
from walletcard.errors import PassReadError
from walletcard.model import Picture

PASS = b'{"storeCard": {}}'
OWN = Member("pass.json", PASS)
REAL = {
    "12395c8c7ef5": "coupon", "24890b65bb63": "coupon", "38db7c19e887": "coupon", "395731a03260": "storeCard",
    "4378973eed7b": "storeCard", "768c91f371a5": "generic", "863465802357": None, "87bdecf72125": "boardingPass",
    "9510e274c1f7": "coupon", "a410690888d9": "eventTicket", "e6c2462942fe": "storeCard", "f44ffb35a9e6": "generic",
}  # fmt: skip


def codes(package: apple.Package) -> list[str]:
    return [one.code for one in package.issues]


def refused(data: Any) -> PassReadError:
    with pytest.raises(PassReadError) as caught:
        apple.read(data)
    assert len(str(caught.value)) <= 240
    assert str(caught.value).isprintable()
    assert caught.value.hint
    return caught.value


def test_an_own_pass_comes_back_whole(identity: Identity, pictures: dict[str, Picture]) -> None:
    table = '"left" = "übrig";\n'.encode("utf-16")
    made = apple.sign(forge.DOCUMENT, {**pictures, "de.lproj/pass.strings": table}, identity=identity, at=chain.AT)

    package = apple.read(made)

    assert package.pass_json == forge.DOCUMENT
    assert (package.style, package.kind, package.issues) == ("storeCard", "pkpass", ())
    assert package.pictures == pictures
    assert package.languages == {"de": {"left": "übrig"}}
    assert set(package.files) >= {"pass.json", "manifest.json", "signature", *pictures}


def test_from_a_pass_one_can_build_again(identity: Identity, pictures: dict[str, Picture]) -> None:
    made = apple.sign(forge.DOCUMENT, pictures, identity=identity, at=chain.AT)
    package = apple.read(made)

    again = apple.sign(package.template, package.content(), identity=identity, at=chain.AT)

    assert apple.read(again).pass_json == package.pass_json
    assert not {"passTypeIdentifier", "teamIdentifier"} & set(package.template)


@pytest.mark.parametrize(("name", "style"), REAL.items())
def test_real_passes_can_be_read(name: str, style: str | None) -> None:
    package = apple.read(forge.shared("passes", f"{name}.pkpass"))

    assert package.style == style
    assert [code for code in codes(package) if code != "json.lenient"] == []
    assert ("json.lenient" in codes(package)) is (name == "87bdecf72125")
    assert bool(package.pictures) is (name != "863465802357")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (codecs.BOM_UTF8 + PASS, "json.bom"),
        (codecs.BOM_UTF16_LE + PASS.decode().encode("utf-16-le"), "json.bom"),
        (b'{"storeCard": {"a": [1, 2, ], },\n}', "json.lenient"),
        (b'// made by hand\n{"storeCard": {} /* , */}', "json.lenient"),
        (b'{"storeCard": {}, "storeCard": {}}', "json.duplicate"),
    ],
)
def test_careless_json_is_read_and_noted(text: bytes, code: str) -> None:
    package = apple.read(zipped(Member("pass.json", text)))

    assert package.style == "storeCard"
    assert [(one.code, one.severity) for one in package.issues] == [(code, "note")]


def test_texts_that_look_like_comments_and_commas_stay() -> None:
    document = {"a": "// no /* comment */ ,]", "b": ["\\", ",}", '"']}
    text = json.dumps(document).replace('"]', '",]').encode()

    assert apple.read(zipped(Member("pass.json", text))).pass_json == document


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), json_values))
def test_any_strict_document_is_read_as_it_is(document: dict[str, Any]) -> None:
    package = apple.read(zipped(Member("pass.json", json.dumps(document, ensure_ascii=True).encode())))

    assert package.pass_json == document
    assert package.issues == ()


@pytest.mark.parametrize(
    "body",
    [
        '"a" = "é";'.encode(),
        '"a" = "é";'.encode("utf-16"),
        codecs.BOM_UTF16_BE + '"a" = "é";'.encode("utf-16-be"),
        '"a" = "é";'.encode("utf-16-le"),
        '"a" = "é";'.encode("utf-16-be"),
        '"a" = "é";'.encode("latin-1"),
    ],
    ids=["utf-8", "utf-16", "utf-16-be", "no mark, le", "no mark, be", "latin-1"],
)
def test_texts_are_read_in_any_encoding(body: bytes) -> None:
    package = apple.read(zipped(OWN, Member("fr.lproj/pass.strings", body)))

    assert package.languages == {"fr": {"a": "é"}}
    assert all(one.severity == "note" for one in package.issues)


def test_what_cannot_be_read_beside_the_document_is_a_warning() -> None:
    package = apple.read(zipped(OWN, Member("logo.png", b"GIF89a"), Member("en.lproj/pass.strings", b"???")))

    assert (package.pictures, package.languages) == ({}, {})
    assert [(one.code, one.severity) for one in package.issues] == [
        ("image.invalid", "warning"),
        ("strings.syntax", "warning"),
    ]


def test_what_a_mac_leaves_is_listed_and_left_out() -> None:
    rubbish = [Member(".DS_Store", b"x"), Member("__MACOSX/._pass.json", b"x"), Member("en.lproj/", mode=0o40755)]

    package = apple.read(zipped(*rubbish, Member("./"), OWN))

    assert set(package.files) == {"pass.json"}
    assert codes(package) == ["zip.rubbish", "zip.rubbish"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"#!/bin/sh\n" + zipped(OWN), "zip.leading"),
        (zipped(OWN, front=b"#!/bin/sh\n"), "zip.leading"),
        (zipped(OWN, behind=b"more"), "zip.trailing"),
    ],
)
def test_bytes_around_the_archive_are_listed(data: bytes, code: str) -> None:
    assert codes(apple.read(data)) == [code]
    assert apple.verify(data).archive == "fails"


def quoted_overlap() -> bytes:
    """Return two lines of the directory for one file."""
    return zipped(OWN, Member("b.png", b"", offset=0, local_name=b"b.png"))


def overlap() -> bytes:
    """Return a file that encloses the next one, header and all."""
    inner = zipped(Member("b.png", b"hello"))
    local = inner[: inner.index(b"PK\x01\x02")]
    outer = Member("a.png", local)
    head = len(b"PK\x03\x04") + 26 + len("a.png")
    second = Member("b.png", b"hello", offset=head)
    return zipped(outer, second, OWN)


BOMB = b"\0" * 9_900_000
TRICKS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "zip.format"),
    "a web page": (b"<!DOCTYPE html>", "zip.format"),
    "a PDF": (b"%PDF-1.7 ...", "zip.format"),
    "no files": (zipped(), "zip.no-pass"),
    "a folder": (zipped(Member("MyPass/pass.json", PASS)), "zip.folder"),
    "a bundle": (zipped(Member("a.pkpass", zipped(OWN))), "zip.bundle"),
    "cut": (zipped(OWN)[:-30], "zip.short"),
    "cut in the end": (zipped(OWN)[:-1], "zip.short"),
    "case twins": (zipped(OWN, Member("PASS.JSON", PASS)), "zip.case"),
    "twins": (zipped(OWN, OWN), "zip.duplicate"),
    "up": (zipped(OWN, Member("../../x")), "zip.name"),
    "absolute": (zipped(OWN, Member("/abs")), "zip.name"),
    "backslash": (zipped(OWN, Member("a\\..\\b")), "zip.name"),
    "drive": (zipped(OWN, Member("C:x")), "zip.name"),
    "device": (zipped(OWN, Member("CON")), "zip.name"),
    "device with an ending": (zipped(OWN, Member("nul.txt")), "zip.name"),
    "NUL": (zipped(OWN, Member("icon.png\0.txt")), "zip.name"),
    "a file as a folder": (zipped(OWN, Member("pass.json/x")), "zip.name"),
    "false UTF-8": (zipped(OWN, Member(b"\xff.png")), "zip.name"),
    "a long name": (zipped(OWN, Member("a" * 500)), "zip.name"),
    "a link": (zipped(OWN, Member("logo.png", b"x", mode=0o120777)), "zip.link"),
    "a device node": (zipped(OWN, Member("logo.png", b"x", mode=0o20644)), "zip.link"),
    "a bomb": (zipped(OWN, Member("strip.png", BOMB, method=8)), "zip.ratio"),
    "many bombs": (zipped(OWN, *(Member(f"{n}.png", BOMB, method=8) for n in range(9))), "zip.ratio"),
    "a bomb that lies": (zipped(OWN, Member("a.png", BOMB, method=8, size=500)), "zip.mismatch"),
    "a large file": (zipped(OWN, Member("a.png", b"\0" * 10_000_001)), "zip.size"),
    "from nothing": (zipped(OWN, Member("a.png", b"", size=9_000_000)), "zip.mismatch"),
    "quoted overlap": (quoted_overlap(), "zip.mismatch"),
    "overlap": (overlap(), "zip.overlap"),
    "too many": (zipped(OWN, *(Member(f"{n}.png") for n in range(256))), "zip.entries"),
    "65535 entries": (zipped(OWN, entries=65_535), "zip.entries"),
    "encrypted": (zipped(Member("pass.json", PASS, flags=0x0801)), "zip.encrypted"),
    "method 99": (zipped(Member("pass.json", PASS, method=99)), "zip.method"),
    "bzip2": (zipped(Member("pass.json", PASS, method=12)), "zip.method"),
    "two names": (zipped(Member("pass.json", PASS, local_name=b"pass.jsoN")), "zip.mismatch"),
    "two methods": (zipped(Member("pass.json", PASS, method=0) , Member("a", b"x", method=0)).replace(
        b"PK\x01\x02\x14\x03\x14\0\0\x08\0\0", b"PK\x01\x02\x14\x03\x14\0\0\x08\x08\0", 1), "zip.mismatch"),
    "outside": (zipped(Member("pass.json", PASS, offset=9_999)), "zip.outside"),
    "before the file": (zipped(OWN, start=9_999), "zip.outside"),
    "a large directory": (zipped(OWN, directory=9_999), "zip.outside"),
    "too few entries": (zipped(OWN, entries=0), "zip.directory"),
    "too many entries": (zipped(OWN, entries=3), "zip.directory"),
    "wrong checksum": (zipped(OWN).replace(PASS, b'{"storeCard": []}'), "zip.damaged"),
    "zip64 sizes": (zipped(Member("pass.json", PASS, size=0xFFFFFFFF)), "zip.zip64"),
    "zip64 extra": (zipped(Member("pass.json", PASS, extra=struct.pack("<HHQ", 1, 8, 17))), "zip.zip64"),
    "zip64 locator": (zipped(OWN, before_end=b"PK\x06\x07" + bytes(16)), "zip.zip64"),
    "no JSON": (zipped(Member("pass.json", b"{")), "json.syntax"),
    "a list": (zipped(Member("pass.json", b"[]")), "json.object"),
    "no UTF-8": (zipped(Member("pass.json", b'{"a": "\xff"}')), "json.encoding"),
    "NaN": (zipped(Member("pass.json", b'{"a": NaN}')), "json.number"),
    "digits": (zipped(Member("pass.json", b'{"a": ' + b"9" * 9_999 + b"}")), "json.number"),
    "deep": (zipped(Member("pass.json", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")), "json.depth"),
    "large JSON": (zipped(Member("pass.json", b" " * 1_000_001)), "json.size"),
    "comments without end": (zipped(Member("pass.json", b"{" + b"/*" * 400_000)), "json.size"),
    "a comment without end": (zipped(Member("pass.json", b"{" + b"/* " * 300_000)), "json.syntax"),
    "texts without end": (zipped(Member("pass.json", b"{" + b'"\\' * 400_000)), "json.syntax"),
    "commas": (zipped(Member("pass.json", b"[" + b"," * 900_000)), "json.size"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_tricks_are_refused_within_a_second_and_in_little_memory(name: str) -> None:
    data, code = TRICKS[name]
    before = time.process_time()
    tracemalloc.start()

    error = refused(data)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code == code, error
    assert time.process_time() - before < 2  # Traced code runs at a half of its speed.
    assert peak < 64_000_000
    assert apple.verify(data, at=chain.AT).verdict == "unreadable"


@pytest.mark.parametrize("size", [65_537, 5_000_000])
def test_a_stream_that_is_longer_than_it_says_is_not_unpacked(size: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(b"\0" * size) + packer.flush()
    member = Member("pass.json", b"{}")
    member.method, member.stream = 8, stream

    assert refused(zipped(member)).code == "zip.damaged"


@pytest.mark.parametrize("value", ["card.pkpass", None, 5, ["a"], object()])
def test_other_things_than_bytes_are_refused(value: Any) -> None:
    error = refused(value)

    assert (error.code, error.where) == ("file.type", "file")


def test_bundles_are_read_in_the_order_of_their_names() -> None:
    one, two = (zipped(Member("pass.json", json.dumps({"serialNumber": text}).encode())) for text in "12")

    found = apple.read_bundle(zipped(Member("b.pkpass", two), Member("a.pkpass", one)))

    assert [package.pass_json["serialNumber"] for package in found] == ["1", "2"]
    assert apple.read_bundle(one) == (apple.read(one),)


def test_a_bad_pass_of_a_bundle_is_named() -> None:
    with pytest.raises(PassReadError) as caught:
        apple.read_bundle(zipped(Member("a.pkpass", b"<html>")))

    assert caught.value.where.startswith('"a.pkpass"')


def test_a_bundle_shares_one_budget() -> None:
    image = Member("a.png", b"\0" * 8_000_000)
    packer = [Member(f"{n}.pkpass", zipped(OWN, image)) for n in range(2)]

    with pytest.raises(PassReadError) as caught:
        apple.read_bundle(zipped(*packer, Member("2.pkpass", zipped(OWN, image, Member("b.png", b"\0" * 100_000)))))

    assert caught.value.code == "zip.size"


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(noise: bytes, place: int) -> None:
    whole = zipped(OWN, Member("icon.png", png(3, 3), method=8))
    data = whole[:place] + noise + whole[place + len(noise) // 2 :]

    try:
        apple.read(data)
    except PassReadError:
        return
