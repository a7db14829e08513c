"""The directory of an archive in, its entries out: each where it lies, described there in the same words.

Nothing is inflated here. Format: PKWARE APPNOTE 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end of directory).
"""

from __future__ import annotations

import stat
import struct
from typing import Final, NamedTuple

from walletcard.apple._refusing import AGAIN, refuse
from walletcard.errors import quoted

MAX_ENTRIES: Final = 256
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
END_SIZE: Final = _END.size
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ZIP64_LOCATOR, _DESCRIPTOR_MARK = b"PK\x06\x07", b"PK\x07\x08"
_ENCRYPTED: Final = 0x2041  # Bits 0, 6 and 13: password, strong encryption, masked headers.
_DESCRIBED_LATER: Final = 0x0008  # Sizes and checksum follow the file.
_UTF8: Final = 0x0800
_ZIP64_EXTRA: Final = 0x0001
STORED, DEFLATED = 0, 8


class Entry(NamedTuple):
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


class End(NamedTuple):
    """The end of the directory: how many entries, where they stand, how far everything was moved."""

    place: int
    entries: int
    start: int
    moved: int


def entries_of(data: bytes) -> tuple[End, list[Entry]]:
    """Return the end of the directory, and every entry.

    Raises:
        PassReadError: It is no archive, or one that two readers would understand in two ways.
    """
    end = _end(data)
    return end, _directory(data, end)


def _end(data: bytes) -> End:
    place = data.rfind(_END_MARK)
    if not data:
        refuse("zip.format", "file", "empty (0 bytes)", AGAIN)
    if place < 0:
        if data.startswith(_LOCAL_MARK):
            refuse("zip.short", "file", "the archive ends early", AGAIN)
        start = quoted(data[:12].decode("latin-1"))
        refuse("zip.format", "file", f"not a pass (starts {start})", f"the download probably failed: {AGAIN}")
    if place + _END.size > len(data):
        refuse("zip.short", "file", "the archive ends early", AGAIN)
    _, disk, first_disk, here, entries, size, offset, comment = _END.unpack_from(data, place)
    far = data[max(place - 20, 0) : place].startswith(_ZIP64_LOCATOR)
    if far or 0xFFFF in (here, entries) or 0xFFFFFFFF in (size, offset):
        if here == entries == 0xFFFF and size != 0xFFFFFFFF and offset != 0xFFFFFFFF:
            refuse("zip.entries", "file", f"{entries} entries, over {MAX_ENTRIES}")
        refuse("zip.zip64", "file", "uses zip64, which no pass needs")
    if disk or first_disk or here != entries:
        refuse("zip.disks", "file", "is a part of an archive in several files")
    if entries > MAX_ENTRIES:
        refuse("zip.entries", "file", f"{entries} entries, over {MAX_ENTRIES}")
    if place + _END.size + comment > len(data):
        refuse("zip.short", "file", "the archive ends early", AGAIN)
    start = place - size
    if start < offset:  # And so, too, where it would begin in front of the file.
        refuse("zip.outside", "file", "its directory points outside the file", AGAIN)
    return End(place, entries, start, start - offset)


def _directory(data: bytes, end: End) -> list[Entry]:
    found, place = [], end.start
    for number in range(end.entries):
        where = f"entry {number + 1}"
        if place + _CENTRAL.size > end.place or not data.startswith(_CENTRAL_MARK, place):
            refuse("zip.directory", where, "the directory of the archive is damaged", AGAIN)
        head = _CENTRAL.unpack_from(data, place)
        _, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment, disk, _, mode, offset = head
        behind = place + _CENTRAL.size + name_size
        if behind + extra_size + comment > end.place:
            refuse("zip.directory", where, "the directory of the archive is damaged", AGAIN)
        raw = data[place + _CENTRAL.size : behind]
        name = _name(raw, flags)
        _plain(name, flags, method, mode >> 16, disk)
        if 0xFFFFFFFF in (packed, size, offset) or _has_zip64(data[behind : behind + extra_size]):
            refuse("zip.zip64", quoted(name), "uses zip64, which no pass needs")
        found.append(_local(data, end, raw, Entry(name, method, crc, packed, size, offset + end.moved, 0, 0), flags))
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
    if method not in (STORED, DEFLATED):
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


def _local(data: bytes, end: End, raw: bytes, entry: Entry, flags: int) -> Entry:
    """Return the entry with the place of its content; the two headers must say the same."""
    where, head_end = quoted(entry.name), entry.begin + _LOCAL.size
    if head_end > end.start or not data.startswith(_LOCAL_MARK, entry.begin):
        refuse("zip.outside", where, "points to no file of the archive", AGAIN)
    _, _, own_flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack_from(data, entry.begin)
    start = head_end + name_size + extra_size
    stop = start + entry.packed
    if stop > end.start:
        refuse("zip.outside", where, "points outside the file", AGAIN)
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
