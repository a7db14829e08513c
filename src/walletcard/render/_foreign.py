"""A picture in any form that people have one in, in; its pixels, upright and eight bits a channel, out.

Sizes are read from the header before anything is unpacked, and no other reader of Pillow's is ever asked.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, WebPImagePlugin

from walletcard.errors import InvalidCardError, Issue, RenderError, WalletCardError
from walletcard.model import Picture
from walletcard.model._picture import MAX_BYTES
from walletcard.render._jpeg import MAX_KEPT, MAX_SCANS, effort
from walletcard.render._png import BROKEN, decoded

_JPEG: Final = b"\xff\xd8\xff"
_JPEG_PIXELS: Final = 16_000_000  # Decoded at an eighth, a quarter or half its size: never unpacked whole.
_WEBP_PIXELS: Final = 4_000_000
_DRAFT: Final = (1500, 1500)
# What the readers raise on broken EXIF depends on where it breaks.
_BROKEN: Final = (*BROKEN, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError)


def still(source: Picture | bytes, *, where: str) -> Image.Image:
    """Return the pixels of a PNG, JPEG or WebP, eight bits each of red, green, blue and alpha.

    Raises:
        InvalidCardError: Another kind of file, or too large.
        RenderError: It is damaged or animated.
    """
    if isinstance(source, bytes) and source.startswith(_JPEG):
        return _read(source, _jpeg, kind="JPEG", pixels=_JPEG_PIXELS, where=where)
    if isinstance(source, bytes) and source[:4] == b"RIFF" and source[8:12] == b"WEBP":
        return _read(source, _webp, kind="WebP", pixels=_WEBP_PIXELS, where=where)
    return decoded(source if isinstance(source, Picture) else Picture(source, where=where), where=where)


def _read(data: bytes, open_: Callable[[bytes], Image.Image], *, kind: str, pixels: int, where: str) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise _too_large(f"{len(data):_} bytes, over {MAX_BYTES:_}", where)
    if kind == "JPEG":
        _require_light(data, where)
    try:
        if kind == "WebP":
            _require_size(_webp_size(data), pixels, where)
        with open_(data) as image:
            _require_size(image.size, pixels, where)
            if getattr(image, "is_animated", False):
                hint = "wallets show one frame: save a still picture"
                raise RenderError(f"the {kind} is animated", code="image.animated", where=where, hint=hint)
            image.draft("RGB", _DRAFT)
            return ImageOps.exif_transpose(image).convert("RGB" if image.mode == "CMYK" else "RGBA").convert("RGBA")
    except WalletCardError:  # One of ours is a ValueError, too.
        raise
    except (*_BROKEN, Warning) as error:
        hint = "save it again, or download it again"
        raise RenderError(f"the {kind} is damaged", code="image.damaged", where=where, hint=hint) from error


def _jpeg(data: bytes) -> Image.Image:
    return JpegImagePlugin.JpegImageFile(io.BytesIO(data))


def _require_light(jpeg: bytes, where: str) -> None:
    needed = effort(jpeg)
    if needed is None or needed.scans > MAX_SCANS:
        hint = "save it again as a plain JPEG"
        raise RenderError("the JPEG has very many parts", code="image.damaged", where=where, hint=hint)
    if needed.kept > MAX_KEPT:
        raise _too_large(f"a progressive JPEG that takes {needed.kept // 1_000_000} MB to unpack", where)


def _webp(data: bytes) -> Image.Image:
    return WebPImagePlugin.WebPImageFile(io.BytesIO(data))


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the header: the decoder makes room for the whole picture before it says how large it is.

    https://developers.google.com/speed/webp/docs/riff_container
    """
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (size & 0x3FFF for size in struct.unpack_from("<HH", data, 26))
    return width, height


def _require_size(size: tuple[int, int], pixels: int, where: str) -> None:
    width, height = size
    if width * height > pixels:
        raise _too_large(f"{width}x{height} px, over {pixels // 1_000_000} megapixels", where)


def _too_large(message: str, where: str) -> InvalidCardError:
    hint = "make it smaller: a phone shows no more than 1125 pixels across"
    return InvalidCardError.from_issues([Issue(code="image.invalid", where=where, message=message, hint=hint)])
