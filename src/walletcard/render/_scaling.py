"""A picture of any size in, one that fits out: in proportion, nothing stretched or cut off."""

from __future__ import annotations

from typing import Final

from PIL import Image

from walletcard.model import Color

_ECHO: Final = 8  # Resampling leaves a faint copy beside each hard edge, of no more alpha than this.
_CLEAR: Final = [alpha if alpha > _ECHO else 0 for alpha in range(256)]


def scaled(image: Image.Image, width: int, height: int) -> Image.Image:
    """Scale eight-bit RGBA to the largest size that fits."""
    factor = min(width / image.width, height / image.height)
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    if size == image.size:
        return image
    made = image.resize(size, Image.Resampling.LANCZOS)
    made.putalpha(made.getchannel("A").point(_CLEAR))
    return made


def framed(image: Image.Image, colour: Color, width: int, height: int, *, margin: float = 0) -> Image.Image:
    """Set a picture into the middle of a field of ``colour``."""
    inner = scaled(image, width - 2 * round(width * margin), height - 2 * round(height * margin))
    board = Image.new("RGB", (width, height), colour.rgb)
    board.paste(inner, ((width - inner.width) // 2, (height - inner.height) // 2), mask=inner)
    return board
