"""PNG bytes in, pixels out, and back: the only place that reads foreign pictures.

Written files hold no date and no text and are compressed at one fixed level.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from PIL import Image

from walletcard.errors import RenderError
from walletcard.model import Picture

_COMPRESSION: Final = 6
# What Pillow raises on broken files depends on where they break; a Warning is one when the caller makes it an error.
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)


def encoded(image: Image.Image) -> bytes:
    """Return the PNG file of ``image``."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=_COMPRESSION)
    return file.getvalue()


def decoded(picture: Picture, *, where: str) -> Image.Image:
    """Return the pixels, eight bits each of red, green, blue and alpha.

    `Picture` has read the size from the header and caps it, so nothing large is unpacked here.

    Raises:
        RenderError: The file is cut off or broken; ``where`` names it.
    """
    try:
        with Image.open(io.BytesIO(picture.png), formats=["PNG"]) as image:
            if image.mode.startswith("I"):  # Sixteen-bit grey, which Pillow would clip at 255.
                return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGBA")
            return image.convert("RGBA")
    except (*_BROKEN, Warning) as error:
        hint = "save it again as PNG, or download it again"
        raise RenderError("the PNG is damaged", code="image.damaged", where=where, hint=hint) from error
