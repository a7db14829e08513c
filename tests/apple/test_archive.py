import hashlib
import io
import json
import zipfile

import pytest

from walletcard.apple._archive import Content, archive, chunks, manifest, pack
from walletcard.model import Picture


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_same_files_give_the_same_bytes_in_any_order() -> None:
    one = archive({"pass.json": b"{}", "icon.png": b"png", "signature": b"signed"})
    two = archive({"signature": b"signed", "icon.png": b"png", "pass.json": b"{}"})

    assert one == two


def test_manifest_is_sorted_json_without_line_breaks(pictures: dict[str, Picture]) -> None:
    listed = manifest({"pass.json": b"{}", **pictures})

    assert b"\n" not in listed
    assert b" " not in listed
    assert list(json.loads(listed)) == sorted(["pass.json", *pictures])


def test_manifest_hashes_the_very_bytes(pictures: dict[str, Picture]) -> None:
    listed = json.loads(manifest({"pass.json": b"{}", "icon.png": pictures["icon.png"]}))

    assert listed["pass.json"] == hashlib.sha1(b"{}", usedforsecurity=False).hexdigest()
    assert listed["icon.png"] == hashlib.sha1(pictures["icon.png"].png, usedforsecurity=False).hexdigest()


def test_signature_is_made_over_the_bytes_that_are_stored(pictures: dict[str, Picture]) -> None:
    seen: list[bytes] = []

    def sign(listed: bytes) -> bytes:
        seen.append(listed)
        return b"signed"

    made = opened(b"".join(pack({"pass.json": b"{}", **pictures}, sign=sign)))

    assert made.read("manifest.json") == seen[0]
    assert made.read("signature") == b"signed"
    assert set(json.loads(seen[0])) == set(made.namelist()) - {"manifest.json", "signature"}


def test_zipfile_reads_everything_back(pictures: dict[str, Picture]) -> None:
    made = opened(archive({"pass.json": b"{}", "en.lproj/pass.strings": b"\xfe\xff", **pictures}))

    assert made.testzip() is None
    assert made.namelist() == sorted(["pass.json", "en.lproj/pass.strings", *pictures])
    assert made.read("strip@3x.png") == pictures["strip@3x.png"].png


def test_entries_are_plain_stored_files_of_one_date() -> None:
    entries = opened(archive({"pass.json": b"{}", "icon.png": b"png"})).infolist()

    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.compress_type for one in entries} == {zipfile.ZIP_STORED}
    assert {one.external_attr for one in entries} == {0o100644 << 16}
    assert {(one.create_system, one.create_version, one.extract_version) for one in entries} == {(3, 20, 20)}
    assert {(one.flag_bits, one.internal_attr, one.volume) for one in entries} == {(0x0800, 0, 0)}
    assert not any(one.is_dir() or one.extra or one.comment for one in entries)


def test_nothing_stands_before_between_or_after_the_entries() -> None:
    content = archive({"a": b"1", "b": b"22"})
    one, two = opened(content).infolist()

    assert one.header_offset == 0
    assert two.header_offset == 30 + 1 + 1
    assert content.endswith(b"\0\0")
    assert content.index(b"PK\x05\x06") == len(content) - 22


@pytest.mark.parametrize("kind", ["bytes", "picture"])
def test_picture_and_its_bytes_are_the_same_file(pictures: dict[str, Picture], kind: str) -> None:
    icon = pictures["icon.png"]

    made = archive({"icon.png": icon if kind == "picture" else icon.png})

    assert made == archive({"icon.png": icon.png})


def test_picture_under_two_names_keeps_both(pictures: dict[str, Picture]) -> None:
    icon = pictures["icon.png"]

    made = opened(archive({"icon.png": icon, "logo.png": icon}))

    assert made.namelist() == ["icon.png", "logo.png"]
    assert made.read("logo.png") == icon.png


def test_a_name_in_any_script_comes_back() -> None:
    files: dict[str, Content] = {"d\u00e9j\u00e0.txt": b"1", "\u05e9\u05dc\u05d5\u05dd/\u5496\u5561.txt": b"22"}

    made = opened(archive(files))

    assert {name: made.read(name) for name in made.namelist()} == files
    assert set(json.loads(manifest(files))) == set(files)


def test_pieces_joined_are_the_archive_and_a_picture_is_never_copied(pictures: dict[str, Picture]) -> None:
    pieces = chunks({"pass.json": b"{}", **pictures})

    assert b"".join(pieces) == archive({"pass.json": b"{}", **pictures})
    assert any(piece is pictures["icon.png"].png for piece in pieces)
