"""A strip's numbers in, the picture above a card's fields out.

The same numbers give the same pixels on every machine. A finished picture is kept, so cards that look the same
share one `Picture`, and with it the hashes it remembers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from walletcard.errors import RenderError, quoted
from walletcard.model import Picture, StripSpec
from walletcard.render._contrast import require_contrast
from walletcard.render._inks import BACKGROUND, Ink, colourised, paint
from walletcard.render._key import picture_key
from walletcard.render._layout import HERO, STRIP, Canvas, Look, place
from walletcard.render._png import encoded
from walletcard.render._sprites import sprite

SCALES: Final = (1, 2, 3)

_KEPT: Final = 1024  # Finished pictures that are kept, about 5 kB each.
_MOTIF: Final = 0.45  # The share of a plain picture, at its trailing edge, that may hold a motif.
_RIPPLES: Final = ((Ink.RIPPLE_1, 0.94), (Ink.RIPPLE_2, 0.62))  # Radii, as shares of the motif's width.
_FINE: Final = 4  # Drawn this much too large, then reduced.


def strip(spec: StripSpec, *, scale: int = 3, allow: Collection[str] = ()) -> Picture:
    """Return the strip of an Apple pass: 375x144 points.

    Args:
        spec: What it shows.
        scale: Pixels a point: 1, 2 or 3.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
        RenderError: There is no such scale.
    """
    if type(scale) is not int or scale not in SCALES:
        raise RenderError(f"{quoted(scale)} is unknown", code="image.scale", where="scale", hint="use 1, 2 or 3")
    require_contrast(spec.colours, allow=allow)
    return _drawn(Look.of(spec), STRIP, scale)


def hero(spec: StripSpec, *, allow: Collection[str] = ()) -> Picture:
    """Return the hero image of a Google card: 1032x336 pixels.

    Args:
        spec: What it shows.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
    """
    require_contrast(spec.colours, allow=allow)
    return _drawn(Look.of(spec), HERO, 1)


@lru_cache(maxsize=_KEPT)
def _drawn(look: Look, canvas: Canvas, scale: int) -> Picture:
    board = Image.new("L", (canvas.width * scale, canvas.height * scale), BACKGROUND)
    if look.mode == "plain":
        _paint_ripples(board, look.direction)
    else:
        for cell in place(look, canvas, scale):
            board.paste(sprite(cell.state, look.icon, cell.size, cell.stroke), (cell.left, cell.top))
    key = picture_key(canvas.name, scale, astuple(look.colours), *look[1:])
    return Picture(encoded(colourised(board, look.colours)), key=key)


def _paint_ripples(board: Image.Image, direction: str) -> None:
    """Paint quiet circles at the trailing edge: a gift card prints its value over the rest."""
    width, height = round(board.width * _MOTIF), board.height
    for ink, share in _RIPPLES:
        water = Image.new("L", (width * _FINE, height * _FINE))
        x, y, radius = width * _FINE, height * _FINE, width * _FINE * share
        ImageDraw.Draw(water).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        coverage = Image.new("L", board.size)
        coverage.paste(water.reduce(_FINE), (board.width - width, 0))
        paint(board, coverage if direction == "ltr" else ImageOps.mirror(coverage), ink)
