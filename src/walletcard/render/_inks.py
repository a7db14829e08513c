"""Colours by number: a drawing names its inks, a palette gives them their colours last.

A pixel on an edge is a mixture of two colours that meet there. Each pair that can meet has a ramp of its own, so
a drawing is made once for all colours and its PNG needs one byte a pixel.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from PIL import Image

from walletcard.model import Color, Palette
from walletcard.model._color import BLACK, WHITE

LEVELS: Final = 16  # Steps from one colour of a pair to the other.
BACKGROUND: Final = 0  # The index of an untouched pixel.


class Ink(IntEnum):
    """What lies over what."""

    DISC = 0  # on the background
    RING = 1
    MARK = 2
    GLYPH = 3  # on the disc
    HOLLOW = 4  # the background's colour, on the mark
    RIPPLE_1 = 5  # each a shade stronger than the one before
    RIPPLE_2 = 6
    STRIKE = 7  # on the background, over everything


_ON_GROUND: Final = (Ink.DISC, Ink.RING, Ink.MARK, Ink.STRIKE)  # The rest lies on another ink.
_RIPPLE: Final = 0.09  # Share of black or white in one ripple: felt more than seen, and away from the text's colour.
_STRIKE: Final = 0.75

_STEPS: Final = [(coverage * LEVELS + 127) // 255 for coverage in range(256)]
_TOUCHED: Final = [255 if step else 0 for step in _STEPS]
_NUMBERS: Final = {ink: [ink * LEVELS + step for step in _STEPS] for ink in Ink}


def paint(target: Image.Image, coverage: Image.Image, ink: Ink) -> None:
    """Lay ``ink`` on ``target``, in place, where ``coverage`` (0 to 255) says so."""
    target.paste(coverage.point(_NUMBERS[ink]), mask=coverage.point(_TOUCHED))


def colourised(drawing: Image.Image, colours: Palette) -> Image.Image:
    """Return ``drawing`` with the colours of a card."""
    image = drawing.copy()
    image.putpalette(_shades(colours))
    return image


def laid_over(ground: Image.Image, drawing: Image.Image, colours: Palette) -> None:
    """Lay ``drawing`` on ``ground``, in place: what is background in the drawing lets the ground through."""
    layer = drawing.copy()
    layer.putpalette(_veils(colours), "RGBA")
    over = layer.convert("RGBA")
    ground.paste(over, mask=over)


@lru_cache(maxsize=256)
def _shades(colours: Palette) -> bytes:
    ramps = _ramps(colours)
    shades = [under.mixed(over, step / LEVELS) for under, over in ramps.values() for step in range(1, LEVELS + 1)]
    return bytes(part for shade in (colours.background, *shades) for part in shade.rgb)


@lru_cache(maxsize=256)
def _veils(colours: Palette) -> bytes:
    made = [(*colours.background.rgb, 0)]
    for ink, (under, over) in _ramps(colours).items():
        for step in range(1, LEVELS + 1):
            share = step / LEVELS
            if ink in _ON_GROUND:
                made.append((*over.rgb, round(255 * share)))
            else:
                made.append((*under.mixed(over, share).rgb, 255))
    return bytes(part for shade in made for part in shade)


def _ramps(colours: Palette) -> dict[Ink, tuple[Color, Color]]:
    ground = colours.background
    away = WHITE if colours.foreground.luminance < ground.luminance else BLACK
    ripples = [ground.mixed(away, _RIPPLE * step) for step in range(3)]
    return {
        Ink.DISC: (ground, colours.disc),
        Ink.RING: (ground, colours.ring),
        Ink.MARK: (ground, colours.mark),
        Ink.GLYPH: (colours.disc, colours.glyph),
        Ink.HOLLOW: (colours.mark, ground),
        Ink.RIPPLE_1: (ripples[0], ripples[1]),
        Ink.RIPPLE_2: (ripples[1], ripples[2]),
        Ink.STRIKE: (ground, ground.mixed(colours.foreground.grey, _STRIKE)),
    }
