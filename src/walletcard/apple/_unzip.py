"""The bytes of an archive in, its files by path out; everything is judged before anything is inflated.

A phone and a computer must see the same files in the same bytes, so whatever two readers could understand in two
ways is refused: overlaps, twins, two names, zip64, unsafe paths. What is merely untidy is listed: bytes in front or
behind, folders, what a Finder leaves.
"""

from __future__ import annotations

import zlib
from itertools import pairwise
from typing import Final, NamedTuple

from walletcard.apple._refusing import AGAIN, refuse
from walletcard.apple._zip_directory import DEFLATED, END_SIZE, STORED, End, Entry, entries_of
from walletcard.apple._zip_names import require_names
from walletcard.errors import Issue, Severity, quoted

MAX_ARCHIVE: Final = 32_000_000
MAX_FILE: Final = 10_000_000
MAX_TOTAL: Final = 24_000_000
MAX_RATIO: Final = 200
_SMALL: Final = 65_536  # A file that cannot harm at any ratio.


class Unzipped(NamedTuple):
    """The files of an archive, and what was untidy about it."""

    files: dict[str, bytes]
    issues: tuple[Issue, ...]


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
    end, entries = entries_of(data)
    require_names(one.name for one in entries)
    issues = _layout(data, end, entries)
    kept = [one for one in entries if not one.rubbish and not one.name.endswith("/")]
    _sizes(entries, budget)
    for one in entries:
        if one.rubbish:
            issues.append(_untidy("zip.rubbish", f"{quoted(one.name)}", "belongs to no pass", "zip the files only"))
    return Unzipped({one.name: _inflated(data, one) for one in kept}, tuple(issues))


def _untidy(code: str, where: str, message: str, hint: str, severity: Severity = "warning") -> Issue:
    return Issue(code=code, where=where, message=message, hint=hint, severity=severity)


def _layout(data: bytes, end: End, entries: list[Entry]) -> list[Issue]:
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
    behind = len(data) - end.place - END_SIZE
    if behind:
        issues.append(_untidy("zip.trailing", "file", f"{behind} bytes behind the archive", hint))
    return issues


def _sizes(entries: list[Entry], budget: int) -> None:
    for one in entries:
        where = quoted(one.name)
        if one.size > MAX_FILE:
            refuse("zip.size", where, f"{one.size:_} bytes, over {MAX_FILE:_}", "make it smaller")
        if one.size > _SMALL and one.size > MAX_RATIO * one.packed:
            refuse("zip.ratio", where, f"expands over {MAX_RATIO} times")
        if (one.method == STORED and one.size != one.packed) or (one.name.endswith("/") and one.size):
            refuse("zip.mismatch", where, "its two sizes cannot both be true")
    total = sum(one.size for one in entries)
    if total > budget:
        refuse("zip.size", "file", f"{total:_} bytes unpacked, over {budget:_}", "make its pictures smaller")


def _inflated(data: bytes, entry: Entry) -> bytes:
    packed = data[entry.start : entry.start + entry.packed]
    if entry.method == DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = stream.decompress(packed, entry.size + 1)
        except zlib.error:
            refuse("zip.damaged", quoted(entry.name), "damaged", AGAIN)
        if not stream.eof or stream.unused_data:
            refuse("zip.damaged", quoted(entry.name), "damaged: not of the size it says", AGAIN)
    else:
        content = packed
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        refuse("zip.damaged", quoted(entry.name), "damaged: the checksum does not fit", AGAIN)
    return content
