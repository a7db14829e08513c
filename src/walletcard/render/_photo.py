"""A photo and what has to be readable on it in, the ground of a picture out.

The photo covers the whole picture and lies under a veil of the background's colour. The veil grows in fixed steps
until everything can be read; it does not depend on how many stamps there are, so it stays while they fill.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from PIL import Image, ImageFilter, ImageOps

from walletcard.errors import RenderError
from walletcard.model import Color, Palette, Picture
from walletcard.model._color import SHAPE_CONTRAST, TEXT_CONTRAST
from walletcard.render._layout import Canvas
from walletcard.render._png import decoded

WHERE: Final = "design.photo"

_STEP: Final = 0.05
_STEPS: Final = 14  # The veil hides at most seventy hundredths of the photo.
_GRAIN: Final = 8  # One sample stands for so many points: a quarter of the smallest cell.
_SOFT: Final = 1.4  # Points; a photo behind shapes is out of focus, so that its detail does not read as their edge.
# The inks that stand on a photo, and the least contrast of each.
_TEXTS: Final = (("foreground", "label"), TEXT_CONTRAST)
_SHAPES: Final = (("disc", "ring", "mark"), SHAPE_CONTRAST)
_EDGE: Final = 5  # Shades from one colour to the next.
_OWN_COLOURS: Final = 256 - 6 * _EDGE


class Zone(NamedTuple):
    """A place on the picture, in the canvas's unit, and what is on it."""

    left: float
    top: float
    right: float
    bottom: float
    text: bool = False


@lru_cache(maxsize=6)  # A megabyte and a half each.
def ground(
    photo: Picture, colours: Palette, zones: tuple[Zone, ...], canvas: Canvas, scale: int, *, grey: bool, lenient: bool
) -> Image.Image:
    """Return the photo under its veil; never paint on it.

    Raises:
        RenderError: Even the thickest veil leaves something unreadable, and ``lenient`` is not set.
    """
    image = _covering(photo, colours.background, (canvas.width * scale, canvas.height * scale))
    if not all(zone.text for zone in zones):
        image = image.filter(ImageFilter.GaussianBlur(_SOFT * scale * canvas.width / 375))
    if grey:
        image = ImageOps.grayscale(image).convert("RGB")
    return _veiled(image, colours.background, veil(photo, colours, zones, canvas, lenient=lenient))


@lru_cache(maxsize=256)
def veil(photo: Picture, colours: Palette, zones: tuple[Zone, ...], canvas: Canvas, *, lenient: bool) -> float:
    """Return how much of the photo is hidden, 0 to 0.7."""
    unit = _GRAIN * canvas.width / 375
    size = round(canvas.width / unit), round(canvas.height / unit)
    sample = _covering(photo, colours.background, size)
    problem = ""
    for step in range(_STEPS + 1):
        problem = _problem(_veiled(sample, colours.background, step * _STEP), colours, zones, unit)
        if not problem:
            return step * _STEP
    if lenient:
        return _STEPS * _STEP
    message = f"even under {_STEPS * _STEP:.0%} of {colours.background.hex} {problem}"
    hint = "choose a calmer or darker photo, or colours further from it"
    raise RenderError(message, code="image.contrast", where=WHERE, hint=hint)


def thinned(image: Image.Image, under: Image.Image, colours: Palette) -> Image.Image:
    """Return a picture on the ground ``under`` in 256 colours: a quarter of the bytes of the file, by eye the same.

    The colours are those of the ground and the inks, never of what the card says: the photo stays as it is while
    stamps are collected.
    """
    few = under.reduce(4).quantize(_OWN_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    own = (few.getpalette("RGB") or [])[: 3 * _OWN_COLOURS]
    middle = Color(*under.resize((1, 1), Image.Resampling.BOX).tobytes())
    plate = Image.new("P", (1, 1))
    plate.putpalette(bytes((*own, *(part for shade in _shades(colours, middle) for part in shade.rgb))))
    return image.quantize(palette=plate, dither=Image.Dither.NONE)


def _shades(colours: Palette, middle: Color) -> Iterator[Color]:
    """Yield the inks and what lies on their edges."""
    pairs = (
        (middle, colours.disc),
        (middle, colours.ring),
        (middle, colours.mark),
        (middle, colours.background),
        (colours.disc, colours.glyph),
        (colours.mark, colours.background),
    )
    for under, over in pairs:
        yield from (under.mixed(over, step / _EDGE) for step in range(1, _EDGE + 1))


def _covering(photo: Picture, ground: Color, size: tuple[int, int]) -> Image.Image:
    """Scale in proportion until the whole size is covered, and cut off what stands over, evenly."""
    return ImageOps.fit(_opaque(photo, ground), size, Image.Resampling.LANCZOS)


@lru_cache(maxsize=1)  # Up to twelve megabytes: enough for the sizes of one card.
def _opaque(photo: Picture, ground: Color) -> Image.Image:
    image = decoded(photo, where=WHERE)
    opaque = Image.new("RGB", image.size, ground.rgb)
    opaque.paste(image, mask=image)
    return opaque


def _veiled(image: Image.Image, colour: Color, share: float) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, colour.rgb), share)


def _problem(sample: Image.Image, colours: Palette, zones: tuple[Zone, ...], unit: float) -> str:
    for zone in zones:
        names, need = _TEXTS if zone.text else _SHAPES
        inks = [(name, getattr(colours, name).luminance) for name in names]
        for below in _luminances(sample, zone, unit):
            for name, ink in inks:
                ratio = (max(ink, below) + 0.05) / (min(ink, below) + 0.05)
                if ratio < need:
                    return f"the {name} has contrast {int(ratio * 100) / 100:.2f} somewhere, need {need:g}"
    return ""


def _luminances(sample: Image.Image, zone: Zone, unit: float) -> Iterator[float]:
    box = (
        max(0, int(zone.left / unit)),
        max(0, int(zone.top / unit)),
        min(sample.width, -int(-zone.right // unit)),
        min(sample.height, -int(-zone.bottom // unit)),
    )
    raw = sample.crop(box).tobytes()
    for red, green, blue in set(zip(raw[::3], raw[1::3], raw[2::3], strict=True)):
        yield 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


_LINEAR: Final = tuple(Color(part, part, part).luminance for part in range(256))
