"""Drawings over a whole picture: quiet circles where nothing is counted, the stroke through a card that is over."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageDraw, ImageOps

from walletcard.render._inks import BACKGROUND, Ink, paint
from walletcard.render._layout import Canvas, Look

_MOTIF: Final = 0.45  # The share of a plain picture, at its trailing edge, that may hold a motif.
_RIPPLES: Final = ((Ink.RIPPLE_1, 0.94), (Ink.RIPPLE_2, 0.62))  # Radii, as shares of the motif's width.
_FINE: Final = 4  # Drawn this much too large, then reduced.
_STROKE: Final = 0.09  # Shares of the largest cell: the line that strikes a picture out,
_CLEARANCE: Final = 0.08  # and the space on each side of it.


def paint_ripples(board: Image.Image, direction: str) -> None:
    """Paint quiet circles at the trailing edge: a gift card prints its value over the rest."""
    width, height = round(board.width * _MOTIF), board.height
    for ink, share in _RIPPLES:
        water = Image.new("L", (width * _FINE, height * _FINE))
        x, y, radius = width * _FINE, height * _FINE, width * _FINE * share
        ImageDraw.Draw(water).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        coverage = Image.new("L", board.size)
        coverage.paste(water.reduce(_FINE), (board.width - width, 0))
        paint(board, coverage if direction == "ltr" else ImageOps.mirror(coverage), ink)


def paint_strike(board: Image.Image, look: Look, canvas: Canvas, scale: int) -> None:
    """Paint a line from the lower reading edge to the upper far one, clear of what it crosses."""
    line, space = canvas.largest * scale * _STROKE, canvas.largest * scale * _CLEARANCE
    clear = _diagonal(board, line + 2 * space, look, canvas, scale).point([0] * 128 + [255] * 128)
    board.paste(BACKGROUND, mask=clear)
    paint(board, _diagonal(board, line, look, canvas, scale), Ink.STRIKE)


def _diagonal(board: Image.Image, width: float, look: Look, canvas: Canvas, scale: int) -> Image.Image:
    fine = 2 if scale > 1 else _FINE
    across, down = canvas.box_width * scale / 2, canvas.box_height * scale / 2
    x, y = board.width / 2, canvas.centre * scale
    large = Image.new("L", (board.width * fine, board.height * fine))
    length = (across**2 + down**2) ** 0.5
    u, v = width / 2 * down / length, width / 2 * across / length
    corners = [(-across - u, down - v), (across - u, -down - v), (across + u, -down + v), (-across + u, down + v)]
    points = [(round((x + dx) * fine), round((y + dy) * fine)) for dx, dy in corners]
    draw = ImageDraw.Draw(large)
    draw.polygon(points, fill=255)
    for side in (-1, 1):
        end_x, end_y, half = (x + side * across) * fine, (y - side * down) * fine, width / 2 * fine
        draw.ellipse(tuple(map(round, (end_x - half, end_y - half, end_x + half, end_y + half))), fill=255)
    coverage = large.reduce(fine)
    return coverage if look.direction == "ltr" else ImageOps.mirror(coverage)
