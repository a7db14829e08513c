"""``pass.strings``: a table of texts by key, written in the one spelling that every reader takes, read in any.

https://developer.apple.com/documentation/walletpasses/creating-the-source-for-a-pass
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Final

from walletcard.apple._marks import mark_of
from walletcard.errors import InvalidDocumentError, Issue

MAX_BYTES: Final = 1_000_000
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t"}

_BLANK: Final = re.compile(r"(?:\s|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
_QUOTED: Final = r'"((?:[^"\\]|\\.)*)"'
_ENTRY: Final = re.compile(rf"(?:{_QUOTED}|([A-Za-z0-9_.-]+))\s*=\s*{_QUOTED}\s*;", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(?:[Uu]([0-9A-Fa-f]{4})|(.))", re.DOTALL)


def written(table: Mapping[str, str]) -> bytes:
    """Return a ``pass.strings``: UTF-16, big-endian, with its mark; sorted by key."""
    lines = (f'"{key.translate(_ESCAPES)}" = "{text.translate(_ESCAPES)}";\n' for key, text in sorted(table.items()))
    return codecs.BOM_UTF16_BE + "".join(lines).encode("utf-16-be")


def read(data: bytes, *, where: str = "pass.strings") -> dict[str, str]:
    """Return the texts of a ``pass.strings`` in UTF-16 or UTF-8, with comments and bare keys; the last of a key wins.

    Raises:
        InvalidDocumentError: It is too large, in no such encoding, or not a table; with the line.
    """
    if len(data) > MAX_BYTES:
        raise _refuse("strings.size", where, f"{len(data):_} bytes, over {MAX_BYTES:_}", "leave texts out")
    text = _decoded(data, where)
    found: dict[str, str] = {}
    place = _after_blanks(text, 0)
    while place < len(text):
        entry = _ENTRY.match(text, place)
        if entry is None:
            line = text.count("\n", 0, place) + 1
            raise _refuse("strings.syntax", f"{where} line {line}", "not an entry", 'write "key" = "text";')
        quoted, bare, value = entry.groups()
        found[bare if quoted is None else _plain(quoted)] = _plain(value)
        place = _after_blanks(text, entry.end())
    return found


def _decoded(data: bytes, where: str) -> str:
    mark, encoding = mark_of(data)
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        message = f"not {encoding.upper()} at byte {error.start + len(mark)}"
        raise _refuse("strings.encoding", where, message, "save it as UTF-16 with a byte order mark") from None


def _after_blanks(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _plain(quoted: str) -> str:
    def meant(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else _NAMED.get(found[2], found[2])

    # A letter beyond sixteen bits is escaped in two halves; half a letter alone is none.
    return _ESCAPED.sub(meant, quoted).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse(code: str, where: str, message: str, hint: str) -> InvalidDocumentError:
    return InvalidDocumentError.from_issues([Issue(code=code, where=where, message=message, hint=hint)])
