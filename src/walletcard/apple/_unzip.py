"""The bytes of an archive in, its files by path out; everything is judged before anything is inflated.

A phone and a computer must see the same files in the same bytes, so whatever two readers could understand in two
ways is refused: overlaps, twins, two names, zip64, unsafe paths. What is merely untidy is listed: bytes in front or
behind, folders, what a Finder leaves.
Format: PKWARE APPNOTE 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end of directory).
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zlib
from itertools import pairwise
from typing import Final, NamedTuple, NoReturn

from walletcard.errors import Issue, PassReadError, Severity, quoted

MAX_ARCHIVE: Final = 32_000_000
MAX_ENTRIES: Final = 256
MAX_FILE: Final = 10_000_000
MAX_TOTAL: Final = 24_000_000
MAX_RATIO: Final = 200
_SMALL: Final = 65_536  # A file that cannot harm at any ratio.
_MAX_NAME: Final = 200

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ZIP64_LOCATOR, _DESCRIPTOR_MARK = b"PK\x06\x07", b"PK\x07\x08"
_ENCRYPTED: Final = 0x2041  # Bits 0, 6 and 13: password, strong encryption, masked headers.
_DESCRIBED_LATER: Final = 0x0008  # Sizes and checksum follow the file.
_UTF8: Final = 0x0800
_ZIP64_EXTRA: Final = 0x0001
_STORED, _DEFLATED = 0, 8

_BAD_CHARACTER: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.].*)?", re.IGNORECASE)
_AGAIN: Final = "fetch the file again"
_REFUSE: Final = "do not use the file; ask its maker for a new copy"


class Unzipped(NamedTuple):
    """The files of an archive, and what was untidy about it."""

    files: dict[str, bytes]
    issues: tuple[Issue, ...]


class _Entry(NamedTuple):
    """One line of the directory, and the bytes in the archive that belong to it."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    begin: int  # Of its local header.
    start: int  # Of its content.
    end: int  # Behind its content, and behind what describes it later.

    @property
    def rubbish(self) -> bool:
        """What a Mac leaves in archives: it belongs to no pass."""
        parts = self.name.split("/")
        return "__MACOSX" in parts or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


class _End(NamedTuple):
    """The end of the directory: how many entries, where they stand, how far everything was moved."""

    place: int
    entries: int
    start: int
    moved: int


def refuse(code: str, where: str, message: str, hint: str = _REFUSE) -> NoReturn:
    """Raise `PassReadError`."""
    raise PassReadError(message, code=code, where=where, hint=hint)


def unzipped(data: bytes, *, budget: int = MAX_TOTAL) -> Unzipped:
    """Return the files of an archive.

    Args:
        data: The archive.
        budget: How many bytes all files together may have.

    Raises:
        PassReadError: It is no archive, or one that no honest tool makes.
    """
    if len(data) > MAX_ARCHIVE:
        refuse("zip.size", "file", f"{len(data):_} bytes, over {MAX_ARCHIVE:_}", "make its pictures smaller")
    end = _end(data)
    entries = _directory(data, end)
    _names([one.name for one in entries])
    issues = _layout(data, end, entries)
    kept = [one for one in entries if not one.rubbish and not one.name.endswith("/")]
    _sizes(entries, budget)
    for one in entries:
        if one.rubbish:
            issues.append(_untidy("zip.rubbish", f"{quoted(one.name)}", "belongs to no pass", "zip the files only"))
    return Unzipped({one.name: _inflated(data, one) for one in kept}, tuple(issues))


def _untidy(code: str, where: str, message: str, hint: str, severity: Severity = "warning") -> Issue:
    return Issue(code=code, where=where, message=message, hint=hint, severity=severity)


def _end(data: bytes) -> _End:
    place = data.rfind(_END_MARK)
    if not data:
        refuse("zip.format", "file", "empty (0 bytes)", _AGAIN)
    if place < 0:
        if data.startswith(_LOCAL_MARK):
            refuse("zip.short", "file", "the archive ends early", _AGAIN)
        start = quoted(data[:12].decode("latin-1"))
        refuse("zip.format", "file", f"not a pass (starts {start})", f"the download probably failed: {_AGAIN}")
    if place + _END.size > len(data):
        refuse("zip.short", "file", "the archive ends early", _AGAIN)
    _, disk, first_disk, here, entries, size, offset, comment = _END.unpack_from(data, place)
    if (
        data[max(place - 20, 0) : place].startswith(_ZIP64_LOCATOR)
        or 0xFFFF in (here, entries)
        or 0xFFFFFFFF
        in (
            size,
            offset,
        )
    ):
        if here == entries == 0xFFFF and size != 0xFFFFFFFF and offset != 0xFFFFFFFF:
            refuse("zip.entries", "file", f"{entries} entries, over {MAX_ENTRIES}")
        refuse("zip.zip64", "file", "uses zip64, which no pass needs")
    if disk or first_disk or here != entries:
        refuse("zip.disks", "file", "is a part of an archive in several files")
    if entries > MAX_ENTRIES:
        refuse("zip.entries", "file", f"{entries} entries, over {MAX_ENTRIES}")
    if place + _END.size + comment > len(data):
        refuse("zip.short", "file", "the archive ends early", _AGAIN)
    start = place - size
    if start < 0 or start < offset:
        refuse("zip.outside", "file", "its directory points outside the file", _AGAIN)
    return _End(place, entries, start, start - offset)


def _directory(data: bytes, end: _End) -> list[_Entry]:
    found, place = [], end.start
    for number in range(end.entries):
        where = f"entry {number + 1}"
        if place + _CENTRAL.size > end.place or not data.startswith(_CENTRAL_MARK, place):
            refuse("zip.directory", where, "the directory of the archive is damaged", _AGAIN)
        head = _CENTRAL.unpack_from(data, place)
        _, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment, disk, _, mode, offset = head
        behind = place + _CENTRAL.size + name_size
        if behind + extra_size + comment > end.place:
            refuse("zip.directory", where, "the directory of the archive is damaged", _AGAIN)
        raw = data[place + _CENTRAL.size : behind]
        name = _name(raw, flags)
        _plain(name, flags, method, mode >> 16, disk)
        if 0xFFFFFFFF in (packed, size, offset) or _has_zip64(data[behind : behind + extra_size]):
            refuse("zip.zip64", quoted(name), "uses zip64, which no pass needs")
        found.append(_local(data, end, raw, _Entry(name, method, crc, packed, size, offset + end.moved, 0, 0), flags))
        place = behind + extra_size + comment
    if place != end.place:
        refuse("zip.directory", "file", "the directory of the archive holds more than its entries")
    return found


def _name(raw: bytes, flags: int) -> str:
    """Return a path; without the mark for UTF-8 it may be in the old encoding of DOS."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & _UTF8:
            refuse("zip.name", quoted(raw.decode("latin-1")), "its name is not UTF-8, although it says so")
        return raw.decode("cp437")


def _plain(name: str, flags: int, method: int, mode: int, disk: int) -> None:
    if flags & _ENCRYPTED:
        refuse("zip.encrypted", quoted(name), "protected by a password; passes never are")
    if method not in (_STORED, _DEFLATED):
        refuse("zip.method", quoted(name), f"compression {method} is not used in passes", "zip it with deflate")
    kind = stat.S_IFMT(mode)
    if kind and not stat.S_ISREG(kind) and not (stat.S_ISDIR(kind) and name.endswith("/")):
        refuse("zip.link", quoted(name), "a link or a device, not a file")
    if disk:
        refuse("zip.disks", quoted(name), "said to be in another file")


def _has_zip64(extra: bytes) -> bool:
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == _ZIP64_EXTRA:
            return True
        place += 4 + size
    return False


def _local(data: bytes, end: _End, raw: bytes, entry: _Entry, flags: int) -> _Entry:
    """Return the entry with the place of its content; the two headers must say the same."""
    where, head_end = quoted(entry.name), entry.begin + _LOCAL.size
    if head_end > end.start or not data.startswith(_LOCAL_MARK, entry.begin):
        refuse("zip.outside", where, "points to no file of the archive", _AGAIN)
    _, _, own_flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack_from(data, entry.begin)
    start = head_end + name_size + extra_size
    stop = start + entry.packed
    if stop > end.start:
        refuse("zip.outside", where, "points outside the file", _AGAIN)
    if data[head_end : head_end + name_size] != raw:
        refuse("zip.mismatch", where, "has two different names in the archive")
    if _has_zip64(data[head_end + name_size : start]):
        refuse("zip.zip64", where, "uses zip64, which no pass needs")
    told, own = (entry.crc, entry.packed, entry.size), (crc, packed, size)
    later = bool(own_flags & _DESCRIBED_LATER)
    if own_flags != flags or method != entry.method or own not in ((told, (0, 0, 0)) if later else (told,)):
        refuse("zip.mismatch", where, "is described in two different ways")
    if later:
        described = struct.pack("<III", *told)
        follows = data[stop : stop + 16]
        if follows == _DESCRIPTOR_MARK + described:
            stop += 16
        elif follows.startswith(described):
            stop += 12
        else:
            refuse("zip.mismatch", where, "is described in two different ways")
    return entry._replace(start=start, end=stop)


def _names(names: list[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        path = name.removesuffix("/")
        if path == "." and name.endswith("/"):  # What "zip -r pass.pkpass ./" of some makers leaves.
            continue
        parts = path.split("/")
        bad = _BAD_CHARACTER.search(path) or len(name) > _MAX_NAME or not path.isprintable()
        if bad or any(part in ("", ".", "..") or _DEVICE.fullmatch(part) or part[-1] in " ." for part in parts):
            refuse("zip.name", quoted(name), "an unsafe name in the archive")
        twin = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if twin is not path:
            if twin == path:
                refuse("zip.duplicate", quoted(name), "is there twice")
            refuse("zip.case", quoted(name), f"differs from {quoted(twin)} only in case")
    files = {name for name in names if not name.endswith("/")}
    for name in names:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in files for depth in range(1, len(parts))):
            refuse("zip.name", quoted(name), "lies in a file as if it were a folder")


def _layout(data: bytes, end: _End, entries: list[_Entry]) -> list[Issue]:
    """Refuse overlaps; list what lies before, between and behind."""
    issues: list[Issue] = []
    ordered = sorted(entries, key=lambda one: one.begin)
    for one, other in pairwise(ordered):
        if other.begin < one.end:
            refuse("zip.overlap", f"{quoted(one.name)} and {quoted(other.name)}", "share the same bytes (a zip bomb)")
    hint = "zip the files again"
    first = ordered[0].begin if ordered else end.start
    if first:
        issues.append(_untidy("zip.leading", "file", f"{first} bytes before the archive", hint))
    stops = [*(one.begin for one in ordered[1:]), end.start] if ordered else []
    between = sum(stop - one.end for one, stop in zip(ordered, stops, strict=True))
    if between:
        issues.append(_untidy("zip.gap", "file", f"{between} bytes between the files", hint))
    behind = len(data) - end.place - _END.size
    if behind:
        issues.append(_untidy("zip.trailing", "file", f"{behind} bytes behind the archive", hint))
    return issues


def _sizes(entries: list[_Entry], budget: int) -> None:
    for one in entries:
        where = quoted(one.name)
        if one.size > MAX_FILE:
            refuse("zip.size", where, f"{one.size:_} bytes, over {MAX_FILE:_}", "make it smaller")
        if one.size > _SMALL and one.size > MAX_RATIO * one.packed:
            times = f"expands {one.size // max(one.packed, 1)} times" if one.packed else "expands from nothing"
            refuse("zip.ratio", where, f"{times}, over {MAX_RATIO}")
        if (one.method == _STORED and one.size != one.packed) or (one.name.endswith("/") and one.size):
            refuse("zip.mismatch", where, "its two sizes cannot both be true")
    total = sum(one.size for one in entries)
    if total > budget:
        refuse("zip.size", "file", f"{total:_} bytes unpacked, over {budget:_}", "make its pictures smaller")


def _inflated(data: bytes, entry: _Entry) -> bytes:
    packed = data[entry.start : entry.start + entry.packed]
    if entry.method == _DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = stream.decompress(packed, entry.size + 1)
        except zlib.error:
            refuse("zip.damaged", quoted(entry.name), "damaged", _AGAIN)
        if not stream.eof or stream.unused_data:
            refuse("zip.damaged", quoted(entry.name), "damaged: not of the size it says", _AGAIN)
    else:
        content = packed
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        refuse("zip.damaged", quoted(entry.name), "damaged: the checksum does not fit", _AGAIN)
    return content
