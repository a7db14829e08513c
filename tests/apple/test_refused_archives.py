"""Every way in which an archive can lie, and what whoever opens it is told: where, what is so, and what to do."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from tests.apple.forge import Member, zipped
from tests.apple.test_read import BOMB, OWN, PASS, TRICKS, refused

from walletcard import apple

MAKER = "do not use the file; ask its maker for a new copy"
DAMAGED = "the file is damaged: ask its maker for a new copy"
AGAIN = "fetch the file again"

# Where each part begins, and the place and form of its fields: PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16.
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
FIELDS = {
    LOCAL: {
        "flags": (6, "<H"), "method": (8, "<H"), "crc": (14, "<I"), "packed": (18, "<I"), "size": (22, "<I"),
        "name": (26, "<H"), "extra": (28, "<H"),
    },
    CENTRAL: {
        "flags": (8, "<H"), "method": (10, "<H"), "crc": (16, "<I"), "packed": (20, "<I"), "size": (24, "<I"),
        "name": (28, "<H"), "extra": (30, "<H"), "comment": (32, "<H"), "disk": (34, "<H"), "mode": (40, "<H"),
        "offset": (42, "<I"),
    },
    END: {
        "disk": (4, "<H"), "first disk": (6, "<H"), "here": (8, "<H"), "entries": (10, "<H"), "size": (12, "<I"),
        "offset": (16, "<I"), "comment": (20, "<H"),
    },
}  # fmt: skip


def lying(data: bytes, *parts: bytes, **fields: int) -> bytes:
    """Return an archive with other values in the last of each of these parts."""
    changed = bytearray(data)
    for part in parts:
        for name, value in fields.items():
            place, form = FIELDS[part][name.replace("_", " ")]
            struct.pack_into(form, changed, data.rindex(part) + place, value)
    return bytes(changed)


def icon(body: bytes = b"hello", **options: Any) -> bytes:
    """Return an archive of two files, of which the last is looked at."""
    return zipped(OWN, Member("icon.dat", body, **options))


def said(data: bytes) -> str:
    error = refused(data)
    return f"{error.code} {error}"


SAID = {
    "empty": f"file: empty (0 bytes); {AGAIN}",
    "a web page": f'file: not a pass (starts "<!DOCTYPE ht"); the download probably failed: {AGAIN}',
    "a PDF": f'file: not a pass (starts "%PDF-1.7 ..."); the download probably failed: {AGAIN}',
    "no files": "file: holds no pass.json; this is not a pass",
    "a folder": 'file: pass.json is in "MyPass"; zip the files, not their folder',
    "a bundle": "file: a bundle of 1 passes; use read_bundle()",
    "cut": f"file: the archive ends early; {AGAIN}",
    "cut in the end": f"file: the archive ends early; {AGAIN}",
    "case twins": f'"PASS.JSON": differs from "pass.json" only in case; {MAKER}',
    "twins": f'"pass.json": is there twice; {MAKER}',
    "up": f'"../../x": an unsafe name in the archive; {MAKER}',
    "a file as a folder": f'"pass.json/x": lies in a file as if it were a folder; {MAKER}',
    "false UTF-8": f'"ÿ.png": its name is not UTF-8, although it says so; {MAKER}',
    "a link": f'"logo.png": a link or a device, not a file; {MAKER}',
    "a bomb": f'"strip.png": expands over 200 times; {MAKER}',
    "a bomb that lies": f'"a.png": is described in two different ways; {MAKER}',
    "a large file": '"a.png": 10_000_001 bytes, over 10_000_000; make it smaller',
    "quoted overlap": f'"b.png": has two different names in the archive; {MAKER}',
    "overlap": f'"a.png" and "b.png": share the same bytes (a zip bomb); {MAKER}',
    "too many": f"file: 257 entries, over 256; {MAKER}",
    "65535 entries": f"file: 65535 entries, over 256; {MAKER}",
    "encrypted": f'"pass.json": protected by a password; passes never are; {MAKER}',
    "bzip2": '"pass.json": compression 12 is not used in passes; zip it with deflate',
    "two methods": f'"pass.json": is described in two different ways; {MAKER}',
    "outside": f'"pass.json": points to no file of the archive; {AGAIN}',
    "before the file": f"file: its directory points outside the file; {AGAIN}",
    "a large directory": f"file: its directory points outside the file; {AGAIN}",
    "too few entries": f"file: the directory of the archive holds more than its entries; {MAKER}",
    "too many entries": f"entry 2: the directory of the archive is damaged; {AGAIN}",
    "wrong checksum": f'"pass.json": damaged: the checksum does not fit; {AGAIN}',
    "zip64 sizes": f'"pass.json": uses zip64, which no pass needs; {MAKER}',
    "zip64 extra": f'"pass.json": uses zip64, which no pass needs; {MAKER}',
    "zip64 locator": f"file: uses zip64, which no pass needs; {MAKER}",
    "no JSON": f"pass.json line 1: not JSON; {DAMAGED}",
    "a list": f"pass.json: holds list, not an object; {MAKER}",
    "no UTF-8": f"pass.json: not UTF-8; {DAMAGED}",
    "NaN": f"pass.json: NaN is not a number of JSON; {DAMAGED}",
    "digits": f"pass.json: holds a number of thousands of digits; {DAMAGED}",
    "deep": f"pass.json: nested over 100 levels; {DAMAGED}",
    "large JSON": f"pass.json: 1_000_001 bytes, over 1_000_000; {DAMAGED}",
    "comments without end": f"pass.json: has over 100_000 parts; {DAMAGED}",
}


@pytest.mark.parametrize(("name", "line"), SAID.items())
def test_each_trick_is_named_with_its_place_and_a_way_out(name: str, line: str) -> None:
    data, code = TRICKS[name]

    assert said(data) == f"{code} {line}"


ZIP64 = f"zip.zip64 file: uses zip64, which no pass needs; {MAKER}"
PARTS = f"zip.disks file: is a part of an archive in several files; {MAKER}"
TWO_WAYS = f'zip.mismatch "icon.dat": is described in two different ways; {MAKER}'
NO_FILE = f'zip.outside "icon.dat": points to no file of the archive; {AGAIN}'
OUTSIDE = f'zip.outside "icon.dat": points outside the file; {AGAIN}'
BROKEN = f"zip.directory entry 2: the directory of the archive is damaged; {AGAIN}"
OTHER_NAME = f'zip.mismatch "icon.dat": has two different names in the archive; {MAKER}'
LOCKED = f'zip.encrypted "icon.dat": protected by a password; passes never are; {MAKER}'
LINKED = f'zip.link "icon.dat": a link or a device, not a file; {MAKER}'
ENTRY64 = f'zip.zip64 "icon.dat": uses zip64, which no pass needs; {MAKER}'
TWO_SIZES = f'zip.mismatch "icon.dat": its two sizes cannot both be true; {MAKER}'


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (lying(icon(), END, here=0xFFFF), ZIP64),
        (lying(icon(), END, entries=0xFFFF), ZIP64),
        (lying(icon(), END, size=0xFFFFFFFF), ZIP64),
        (lying(icon(), END, offset=0xFFFFFFFF), ZIP64),
        (lying(icon(), END, here=0xFFFF, entries=0xFFFF, size=0xFFFFFFFF), ZIP64),
        (lying(icon(), END, here=0xFFFF, entries=0xFFFF, offset=0xFFFFFFFF), ZIP64),
        (lying(icon(), END, disk=1), PARTS),
        (lying(icon(), END, first_disk=1), PARTS),
        (lying(icon(), END, here=1), PARTS),
        (lying(icon(), END, comment=1), f"zip.short file: the archive ends early; {AGAIN}"),
        (lying(icon(), END, size=0), f"zip.directory entry 1: the directory of the archive is damaged; {AGAIN}"),
        (lying(icon(), CENTRAL, name=9), BROKEN),
        (lying(icon(), CENTRAL, extra=1), BROKEN),
        (lying(icon(), CENTRAL, comment=1), BROKEN),
        (lying(icon(), CENTRAL, disk=1), f'zip.disks "icon.dat": said to be in another file; {MAKER}'),
        (lying(icon(), CENTRAL, offset=0xFFFFFFFF), ENTRY64),
        (lying(icon(), CENTRAL, packed=0xFFFFFFFF), ENTRY64),
        (lying(icon(), CENTRAL, offset=1), NO_FILE),
        (lying(icon(), LOCAL, name=0xFFFF), OUTSIDE),
        (lying(icon(), LOCAL, extra=1), OUTSIDE),
        (lying(icon(), CENTRAL, packed=6), OUTSIDE),
        (lying(icon(), LOCAL, crc=1), TWO_WAYS),
        (lying(icon(), LOCAL, size=1), TWO_WAYS),
        (lying(icon(), LOCAL, packed=1), TWO_WAYS),
        (lying(icon(), LOCAL, flags=0), TWO_WAYS),
        (lying(icon(), LOCAL, method=8), TWO_WAYS),
        (lying(icon(), LOCAL, packed=0, size=0, crc=0), TWO_WAYS),
        (icon(local_name=b"logo.dat"), OTHER_NAME),
        (lying(icon(), LOCAL, CENTRAL, flags=0x0801), LOCKED),
        (lying(icon(), LOCAL, CENTRAL, flags=0x0840), LOCKED),
        (lying(icon(), LOCAL, CENTRAL, flags=0x2800), LOCKED),
        (icon(mode=0o120777), LINKED),
        (icon(mode=0o40755), LINKED),
        (zipped(OWN, Member("icon.dat/", mode=0o120777)), LINKED.replace("dat", "dat/")),
        (icon().replace(CENTRAL, b"PK\x01\x03"), BROKEN.replace("2", "1")),
        (icon()[::-1].replace(CENTRAL[::-1], b"\x03\x01KP", 1)[::-1], BROKEN),
        (
            zipped(OWN, Member("icon.dat", offset=39 + len(PASS) + 38 + 35 + 5), Member("a.dat", b"hello" + LOCAL)),
            NO_FILE,
        ),
        (
            lying(icon(b"hello", method=8), LOCAL, CENTRAL, size=9),
            f'zip.damaged "icon.dat": damaged: the checksum does not fit; {AGAIN}',
        ),
        (lying(icon(), LOCAL, CENTRAL, size=4), TWO_SIZES),
        (zipped(OWN, Member("icon.dat/", b"x")), TWO_SIZES.replace("dat", "dat/")),
        (lying(icon(), LOCAL, CENTRAL, crc=1), f'zip.damaged "icon.dat": damaged: the checksum does not fit; {AGAIN}'),
        (lying(icon(), LOCAL, CENTRAL, method=8), f'zip.damaged "icon.dat": damaged; {AGAIN}'),
        (
            lying(icon(b"", method=8), LOCAL, CENTRAL, size=65_537, packed=0),
            f'zip.ratio "icon.dat": expands over 200 times; {MAKER}',
        ),
        (
            lying(icon(b"hello" * 9, method=8), LOCAL, CENTRAL, size=9),
            f'zip.damaged "icon.dat": damaged: not of the size it says; {AGAIN}',
        ),
    ],
)  # fmt: skip
def test_an_archive_that_lies_in_one_number_is_refused(data: bytes, line: str) -> None:
    assert said(data) == line


@pytest.mark.parametrize(
    ("name", "line"),
    [
        *((name, "zip.name an unsafe name in the archive") for name in (
            "a/./b", "a/../b", "a//b", ".", "a/.", "/a", "con", "Con.dat", "COM1", "lpt9.png", "a/aux/b", "end.",
            "end ",
            "a./b", "a\x7fb", "a\x1fb", 'a"b', "a*b", "a:b", "a<b", "a>b", "a?b", "a|b", "a\u200bb", "a" * 201,
        )),
        ("PASS.JSON", 'zip.case differs from "pass.json" only in case'),
        ("pass.json/", "zip.duplicate is there twice"),
        ("pass.json/a", "zip.name lies in a file as if it were a folder"),
        ("pass.json/a/b", "zip.name lies in a file as if it were a folder"),
        ("a/b/c", "zip.name lies in a file as if it were a folder"),
    ],
)  # fmt: skip
def test_a_name_that_two_systems_take_for_two_things_is_refused(name: str, line: str) -> None:
    error = refused(zipped(OWN, Member("a/b"), Member(name)))

    assert (f"{error.code} {error.message}", error.hint) == (line, MAKER)


@pytest.mark.parametrize(("one", "other"), [("\u00e9.png", "e\u0301.png"), ("stra\u00dfe", "STRASSE"), ("A/b", "a/B")])
def test_names_that_some_systems_cannot_tell_apart_are_refused(one: str, other: str) -> None:
    assert refused(zipped(OWN, Member(one), Member(other))).code == "zip.case"


@pytest.mark.parametrize("name", ["a", "b.png", "1", "\u00e9"])
def test_a_name_that_is_there_twice_is_refused_however_short_it_is(name: str) -> None:
    one = Member(name, b"1")

    assert said(zipped(OWN, one, Member(name, b"2"))) == f'zip.duplicate "{name}": is there twice; {MAKER}'
    assert said(zipped(OWN, one, Member(name + "/"))) == f'zip.duplicate "{name}/": is there twice; {MAKER}'


@pytest.mark.parametrize(
    "name", ["a", "com10", "console.png", "con-1", ".hidden", "a b", "a.b/c.d", "a~", "a" * 200, "\u00e9.png", "aux2/a"]
)
def test_a_name_that_every_system_takes_is_kept(name: str) -> None:
    assert apple.read(zipped(OWN, Member(name, b"x"))).files == {"pass.json": PASS, name: b"x"}


def test_a_name_in_the_old_encoding_is_read() -> None:
    member = Member("\u00fc.png".encode("cp437"), flags=0)

    assert set(apple.read(zipped(OWN, member)).files) == {"pass.json", "\u00fc.png"}


def streamed(*, mark: bytes = b"PK\x07\x08", told: bytes | None = None) -> bytes:
    """Return an archive whose sizes and checksum follow its file, as tools write it that cannot go back."""
    described = struct.pack("<III", zlib.crc32(PASS), len(PASS), len(PASS)) if told is None else told
    local = struct.pack("<4sHHHHHIIIHH", LOCAL, 20, 0x0808, 0, 0, 0x21, 0, 0, 0, 9, 0) + b"pass.json"
    body = local + PASS + mark + described
    sizes = (zlib.crc32(PASS), len(PASS), len(PASS))
    line = struct.pack("<4sHHHHHHIIIHHHHHII", CENTRAL, 0x0314, 20, 0x0808, 0, 0, 0x21, *sizes, 9, 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4sHHHHIIH", END, 0, 0, 1, 1, len(line) + 9, len(body), 0)
    return body + line + b"pass.json" + end


class Pipe(io.RawIOBase):
    """Something that can be written to and not gone back in."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += bytes(data)
        return len(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_a_tool_writes_in_one_go_is_read(method: int) -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as made:
        made.writestr("pass.json", PASS)
        made.writestr("empty.dat", b"")
        made.writestr("a.dat", b"hello" * 99)

    package = apple.read(pipe.written)

    assert package.files == {"pass.json": PASS, "empty.dat": b"", "a.dat": b"hello" * 99}
    assert package.issues == ()


@pytest.mark.parametrize("mark", [b"PK\x07\x08", b""])
def test_what_follows_a_file_says_the_same_as_the_directory(mark: bytes) -> None:
    package = apple.read(streamed(mark=mark))

    assert (package.files, package.issues) == ({"pass.json": PASS}, ())
    wrong = streamed(mark=mark, told=struct.pack("<III", 0, len(PASS), len(PASS)))
    assert said(wrong) == f'zip.mismatch "pass.json": is described in two different ways; {MAKER}'


def test_harmless_additions_are_read() -> None:
    plain = Member("icon.dat", b"hello", extra=struct.pack("<HHI", 0x5455, 4, 1))
    packed = Member("a.dat", b"hello", method=8)
    odd = struct.pack("<HHB", 0x5455, 1, 1) + bytes(3)  # Three bytes are no addition of their own.
    folder = [Member("en.lproj/", mode=0o40755), Member("old/", mode=0)]

    package = apple.read(zipped(OWN, plain, packed, *folder, Member("b.dat", b"", mode=0, extra=odd)))

    assert package.files == {"pass.json": PASS, "icon.dat": b"hello", "a.dat": b"hello", "b.dat": b""}
    assert package.issues == ()


def test_a_line_of_the_directory_may_have_a_comment() -> None:
    made = lying(zipped(OWN), CENTRAL, comment=4)
    place = made.rindex(END)

    commented = lying(made[:place] + b"mine" + made[place:], END, size=46 + 9 + 4)

    assert apple.read(commented).files == {"pass.json": PASS}


@pytest.mark.parametrize("extra", [struct.pack("<HHIHH", 0x5455, 4, 1, 1, 0), struct.pack("<HH", 1, 0)])
def test_zip64_is_found_behind_other_additions_and_in_both_headers(extra: bytes) -> None:
    assert said(zipped(OWN, Member("icon.dat", b"hello", extra=extra))) == ENTRY64
    moved = lying(zipped(OWN, Member("icon.dat", extra + b"hello")), LOCAL, extra=len(extra))
    assert said(lying(moved, LOCAL, CENTRAL, packed=5, size=5, crc=zlib.crc32(b"hello"))) == ENTRY64


@pytest.mark.parametrize(
    "name", [".DS_Store", "en.lproj/.DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._a", "a/__MACOSX/b"]
)
def test_what_a_desktop_leaves_is_left_out_and_listed(name: str) -> None:
    package = apple.read(zipped(OWN, Member(name, b"x")))

    assert set(package.files) == {"pass.json"}
    assert [(one.code, one.severity, str(one)) for one in package.issues] == [
        ("zip.rubbish", "warning", f'"{name}": belongs to no pass; zip the files only')
    ]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"#!/bin/sh\n" + icon(), ["zip.leading file: 10 bytes before the archive; zip the files again"]),
        (zipped(OWN, front=b"#"), ["zip.leading file: 1 bytes before the archive; zip the files again"]),
        (icon() + b"!", ["zip.trailing file: 1 bytes behind the archive; zip the files again"]),
        (
            lying(icon(b"hello" * 2), LOCAL, CENTRAL, packed=5, size=5, crc=zlib.crc32(b"hello")),
            ["zip.gap file: 5 bytes between the files; zip the files again"],
        ),
        (icon(), []),
    ],
)
def test_bytes_that_belong_to_no_file_are_counted_and_listed(data: bytes, lines: list[str]) -> None:
    found = apple.read(data).issues

    assert [f"{one.code} {one}" for one in found] == lines
    assert {one.severity for one in found} <= {"warning"}


def test_the_largest_that_is_read_is_read() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert len(packer.compress(BOMB) + packer.flush()) * 200 < len(BOMB)
    image = Member("a.dat", bytes(10_000_000))
    rest = 24_000_000 - 10_000_000 - len(PASS)

    assert len(apple.read(zipped(OWN, image, Member("b.dat", bytes(10_000_000)))).files) == 3
    whole = zipped(OWN, image, Member("b.dat", bytes(rest // 2)), Member("c.dat", bytes(rest - rest // 2)))
    assert len(apple.read(whole).files) == 4
    over = zipped(OWN, image, Member("b.dat", bytes(rest // 2)), Member("c.dat", bytes(rest - rest // 2 + 1)))
    assert said(over) == "zip.size file: 24_000_001 bytes unpacked, over 24_000_000; make its pictures smaller"


def test_an_archive_of_32_megabytes_is_the_largest() -> None:
    made = zipped(OWN)
    padded = made + bytes(32_000_000 - len(made))

    assert apple.read(padded).files == {"pass.json": PASS}
    assert said(padded + b"\0") == "zip.size file: 32_000_001 bytes, over 32_000_000; make its pictures smaller"


def test_256_files_are_the_most() -> None:
    assert len(apple.read(zipped(OWN, *(Member(f"{n}.dat") for n in range(255)))).files) == 256


@pytest.mark.parametrize(("size", "packed", "refusal"), [(65_536, 1, "damaged"), (65_537, 1, "expands over 200 times")])
def test_a_small_file_may_expand_as_it_likes(size: int, packed: int, refusal: str) -> None:
    lie = lying(icon(b"x"), LOCAL, CENTRAL, method=8, size=size, packed=packed)

    assert refusal in said(lie)


def test_a_file_may_expand_200_times() -> None:
    lie = icon(b"x" * 400)

    assert "damaged" in said(lying(lie, LOCAL, CENTRAL, method=8, size=80_000))
    assert "expands over 200 times" in said(lying(lie, LOCAL, CENTRAL, method=8, size=80_001))


@pytest.mark.parametrize("size", [0, 1])
def test_a_stream_that_says_it_is_empty_is_not_unpacked(size: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    member = Member("a.dat", bytes(size), method=8)
    member.stream = packer.compress(bytes(5_000_000)) + packer.flush()

    assert said(zipped(OWN, member)) == f'zip.damaged "a.dat": damaged: not of the size it says; {AGAIN}'


def test_bytes_behind_a_stream_are_no_part_of_it() -> None:
    member = Member("a.dat", b"hello", method=8)
    member.stream += b"more"

    assert said(zipped(OWN, member)) == f'zip.damaged "a.dat": damaged: not of the size it says; {AGAIN}'
