"""Files in, ``.pkpass`` bytes out.

Nothing here reads the clock or the disk. The same files and signature give the same archive, byte for byte, on every
machine: sorted names, one fixed date, and every file stored as it is (a PNG does not shrink, and what deflate makes
differs between builds of zlib).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted
from operator import itemgetter
from typing import Final, NamedTuple

from walletcard.model import Picture

# PKWARE APPNOTE 4.3.7 and 4.3.12: version 2.0, UTF-8 names, stored, 1980-01-01 00:00.
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_VERSION, _UTF8, _STORED, _TIME, _DATE = 20, 0x0800, 0, 0, 0x0021
_MADE_BY_UNIX: Final = 3 << 8 | _VERSION
_REGULAR_FILE: Final = 0o100644 << 16

Content = bytes | Picture
_name: Final = itemgetter(0)


class _Headers(NamedTuple):
    """What stands before a file, and its line in the directory up to the place where the file begins."""

    local: bytes
    central: bytes
    name: bytes


def manifest(files: Mapping[str, Content]) -> bytes:
    """Return ``manifest.json``: the SHA-1 of every file by its path, sorted, without a line break."""
    listed = (
        f'{_quoted(name)}:"{content.sha1 if isinstance(content, Picture) else _sha1(content)}"'
        for name, content in sorted(files.items(), key=_name)
    )
    return f"{{{','.join(listed)}}}".encode("ascii")


def pack(files: Mapping[str, Content], *, sign: Callable[[bytes], bytes]) -> tuple[bytes, ...]:
    """Return the archive of ``files``, their manifest and its signature, in chunks.

    Args:
        files: By path, without ``manifest.json`` and ``signature``.
        sign: Turns the manifest's bytes into the signature's.
    """
    listed = manifest(files)
    return chunks({**files, "manifest.json": listed, "signature": sign(listed)})


def archive(files: Mapping[str, Content]) -> bytes:
    """Return a zip of ``files``, in the order of their names."""
    return b"".join(chunks(files))


def chunks(files: Mapping[str, Content]) -> tuple[bytes, ...]:
    """Return the same zip in pieces: a picture is its own bytes, shared and never copied."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in sorted(files):
        content = files[name]
        if isinstance(content, Picture):
            body = content.png
            headers = _shared_headers(name, len(body), content.crc32)
        else:
            body = content
            headers = _headers(name, len(body), zlib.crc32(body))
        pieces += headers.local, body
        directory += headers.central, offset.to_bytes(4, "little"), headers.name
        offset += len(headers.local) + len(body)
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(listing), offset, 0)
    return (*pieces, listing, end)


def _headers(name: str, size: int, crc: int) -> _Headers:
    path = name.encode("utf-8")
    shared = (_UTF8, _STORED, _TIME, _DATE, crc, size, size, len(path), 0)
    central = _CENTRAL.pack(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, *shared, 0, 0, 0, _REGULAR_FILE, 0)
    return _Headers(_LOCAL.pack(b"PK\x03\x04", _VERSION, *shared) + path, central[:-4], path)


# Pictures are shared between passes, and so are their headers; a pass.json is met once, and would only fill this.
_shared_headers: Final = lru_cache(maxsize=4096)(_headers)


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
