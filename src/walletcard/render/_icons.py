"""A user's own icon in, its shape or its picture out, ready to be set into a cell.

A mask gives its shape only and takes the card's colours, as the built-in silhouettes do. A full picture is the stamp
itself; where a stamp is still missing, the outline of its shape stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageFilter

from walletcard.errors import InvalidCardError, Issue, RenderError
from walletcard.model import Color, Design, Picture, StripSpec
from walletcard.model._color import SHAPE_CONTRAST
from walletcard.render._png import decoded
from walletcard.render._scaling import scaled

WHERE: Final = "design.icon_picture"

_NEARLY_OPAQUE: Final = 250
_FAINT: Final = 8
_SAMPLE: Final = 24  # Pixels a side: enough to see whether a picture stands out.
_SHARE: Final = 0.25  # Of its pixels that must.


class Custom(NamedTuple):
    """An icon of the user's own.

    Attributes:
        picture: With a transparent ground.
        full: The picture is the stamp; otherwise only its shape is taken.
    """

    picture: Picture
    full: bool


Icon = str | Custom


def icon_of(source: StripSpec | Design) -> Icon:
    """Return what stands on a stamp: the name of a silhouette, or the user's own picture."""
    if isinstance(source.icon_picture, Picture):
        return Custom(source.icon_picture, source.icon_mode == "full")
    return source.icon


def icon_name(icon: Icon) -> str | tuple[str, bool]:
    """Return what stands for the icon in a picture's key."""
    return icon if isinstance(icon, str) else (icon.picture.key, icon.full)


@lru_cache(maxsize=64)
def trimmed(picture: Picture) -> Image.Image:
    """Return the pixels within the transparent margin.

    Raises:
        RenderError: It has no transparent ground, or nothing on it.
    """
    image = decoded(picture, where=WHERE)
    alpha = image.getchannel("A")
    least, most = alpha.getextrema()
    if isinstance(least, int) and least >= _NEARLY_OPAQUE:
        hint = "save it as PNG with a transparent ground: the shape is what is not transparent"
        raise RenderError("has no transparent ground", code="image.opaque", where=WHERE, hint=hint)
    if isinstance(most, int) and most <= _FAINT:
        hint = "export the layer that holds the icon"
        raise RenderError("is transparent all over", code="image.blank", where=WHERE, hint=hint)
    return image.crop(alpha.point([0] * (_FAINT + 1) + [255] * (255 - _FAINT)).getbbox())


@lru_cache(maxsize=256)
def portrait(picture: Picture, size: int) -> Image.Image:
    """Return the whole picture, fitted into a square of ``size`` pixels, on a transparent ground."""
    fitted = scaled(trimmed(picture), size, size)
    square = Image.new("RGBA", (size, size))
    square.paste(fitted, ((size - fitted.width) // 2, (size - fitted.height) // 2))
    return square


def shape(picture: Picture, size: int) -> Image.Image:
    """Return the coverage of the picture's shape, fitted into a square of ``size`` pixels."""
    return portrait(picture, size).getchannel("A")


def outline(picture: Picture, size: int, line: int) -> Image.Image:
    """Return the coverage of the shape's outline, ``line`` pixels inwards from its edge."""
    whole = shape(picture, size)
    inside = Image.new("L", (size + 2, size + 2))
    inside.paste(whole, (1, 1))  # A shape that touches the square's side has an edge there too.
    for step in range(line):  # Squares and crosses in turn: together nearly round.
        inside = inside.filter(ImageFilter.MinFilter(3)) if step % 2 else _crossed(inside)
    return ImageChops.subtract(whole, inside.crop((1, 1, size + 1, size + 1)))


def _crossed(image: Image.Image) -> Image.Image:
    """Return each pixel as the least of itself and its four neighbours; the rim is empty."""
    found = image
    for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        found = ImageChops.darker(found, ImageChops.offset(image, across, down))
    return found


def require_visible(icon: Icon, background: Color) -> None:
    """Raise `InvalidCardError` when a full picture can hardly be seen on ``background``."""
    if isinstance(icon, Custom) and icon.full and not _stands_out(icon.picture, background):
        message = f"most of it is too close to {background.hex}"
        hint = "give it a plate or an outline of another colour, or choose another background"
        raise InvalidCardError.from_issues([Issue(code="color.contrast", where=WHERE, message=message, hint=hint)])


@lru_cache(maxsize=64)
def _stands_out(picture: Picture, background: Color) -> bool:
    raw = portrait(picture, _SAMPLE).tobytes()
    pixels = [raw[at : at + 4] for at in range(0, len(raw), 4)]
    seen = [Color(*pixel[:3]) for pixel in pixels if pixel[3] > 127]
    clear = sum(color.contrast(background) >= SHAPE_CONTRAST for color in seen)
    return clear >= len(seen) * _SHARE
