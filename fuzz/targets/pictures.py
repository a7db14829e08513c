"""Pictures that somebody hands in: PNG, JPEG and WebP, with checksums put right so that what lies behind is reached."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final

from PIL import Image

from fuzz._target import Target
from fuzz.targets._material import chunk, png
from walletcard import Design, Picture, render

_SLOTS: Final = ("icon", "logo", "thumbnail", "primary_logo", "google_logo", "photo")
_START: Final = b"\x89PNG\r\n\x1a\n"
_FIXED: Final = 0x40


def one(data: bytes) -> None:
    """Read a picture; the first byte chooses the place it is fitted into, and whether checksums are put right."""
    mode, rest = data[0] if data else 0, data[1:]
    if mode & _FIXED:
        rest = _resealed(rest)
    mode %= _FIXED
    if mode >= len(_SLOTS):
        Design(background="#123456", icon_picture=rest, app_icon=rest, logo=Picture(rest))
        return
    render.fit(rest, slot=_SLOTS[mode], scale=1)


def _resealed(data: bytes) -> bytes:
    """Return a PNG with the checksums that its chunks should have."""
    if not data.startswith(_START):
        return data
    made, at = [_START], len(_START)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + size]
        made.append(chunk(kind, content) if len(content) == size else data[at:])
        at += 12 + size
    return b"".join(made)


def seeds() -> Iterator[bytes]:
    """Make a picture of each mode and format that people have."""
    for number, mode in enumerate(("1", "L", "LA", "P", "RGB", "RGBA", "I;16")):
        yield bytes([_FIXED | number % len(_SLOTS)]) + _saved("PNG", mode)
    for number, mode in enumerate(("L", "RGB", "CMYK")):
        yield bytes([number]) + _saved("JPEG", mode)
    for number, mode in enumerate(("RGB", "RGBA")):
        yield bytes([number]) + _saved("WEBP", mode)
    yield bytes([_FIXED | 1]) + _saved("PNG", "RGB", pnginfo=None, dpi=(72, 72))
    yield bytes([_FIXED - 1]) + png(170, 170)


def _saved(format_: str, mode: str, **options: object) -> bytes:
    made = io.BytesIO()
    image = Image.new(mode, (20, 10))
    image.save(made, format_, **options)
    return made.getvalue()


PICTURE: Final = Target(name="picture", one=one, seeds=seeds, head=1)
