"""PNG bytes in, pixels out, and back: the only place that reads foreign pictures.

Written files hold no date and no text and are compressed at one fixed level.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from PIL import Image, PngImagePlugin

from walletcard.errors import RenderError
from walletcard.model import Picture
from walletcard.render._rows import holds_every_row

_MAX_CHUNKS: Final = 10_000  # One of 5 MB has some hundreds.
_COMPRESSION: Final = 6
# What Pillow raises on broken files depends on where they break; a Warning is one when the caller makes it an error.
BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)


def encoded(image: Image.Image) -> bytes:
    """Return the PNG file of ``image``."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=_COMPRESSION)
    return file.getvalue()


def decoded(picture: Picture, *, where: str) -> Image.Image:
    """Return the pixels, eight bits each of red, green, blue and alpha.

    `Picture` has read the size from the header and caps it, so nothing large is unpacked here.

    Raises:
        RenderError: The file is cut off or broken, or it is animated; ``where`` names it.
    """
    names = [*islice(_chunk_names(picture.png), _MAX_CHUNKS + 1)]
    if len(names) > _MAX_CHUNKS:
        hint = "save it again as PNG"
        raise RenderError(f"the PNG has over {_MAX_CHUNKS:_} parts", code="image.damaged", where=where, hint=hint)
    if names.count(b"iCCP") > 1:  # The format allows one; each is unpacked.
        raise _damaged(where)
    try:
        with PngImagePlugin.PngImageFile(io.BytesIO(picture.png)) as image:
            if image.size != (picture.width, picture.height):  # Of a second header, which says anything.
                raise _damaged(where)
            animated = getattr(image, "is_animated", False)
            pixels = _eight_bits(image)
        # Pillow leaves rows that are not there black when the deflated data itself has a proper end.
        whole = animated or holds_every_row(picture.png)
    except (*BROKEN, Warning) as error:
        raise _damaged(where) from error
    if animated:
        hint = "wallets show one frame: save a still picture"
        raise RenderError("the PNG is animated", code="image.animated", where=where, hint=hint)
    if not whole:
        raise _damaged(where)
    return pixels


def _chunk_names(png: bytes) -> Iterator[bytes]:
    """Yield the name of each chunk that a PNG is cut into: its reader takes its time for each."""
    place = 8
    while place + 12 <= len(png):
        yield png[place + 4 : place + 8]
        place += 12 + int.from_bytes(png[place : place + 4])


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # Sixteen-bit grey, which Pillow would clip at 255.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGBA")
    return image.convert("RGBA")


def _damaged(where: str) -> RenderError:
    hint = "save it again as PNG, or download it again"
    return RenderError("the PNG is damaged", code="image.damaged", where=where, hint=hint)
