"""What a picture shows in, the places that must be readable on a photo out: around each cell, and under texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from walletcard.render._layout import ARTWORK, GAP, LEADING, Canvas, Look, place
from walletcard.render._photo import Zone

_NEAR: Final = GAP / 2  # How far a cell's neighbourhood reaches, as a share of its size.


def zones(look: Look, canvas: Canvas) -> tuple[Zone, ...]:
    """Return the zones of ``look``; they do not depend on how far it is filled."""
    blank = look._replace(filled=0, lit=False, value=0, milestones=(), used=(), photo=None, icon="")
    return _zones(blank, canvas)


@lru_cache(maxsize=256)
def _zones(look: Look, canvas: Canvas) -> tuple[Zone, ...]:
    return (*_texts(look, canvas), *_shapes(look, canvas))


def _texts(look: Look, canvas: Canvas) -> Iterator[Zone]:
    if canvas == ARTWORK:
        top, bottom = (canvas.centre + side * canvas.box_height / 2 for side in (-1, 1))
        yield Zone(0, 0, canvas.width, top, text=True)
        yield Zone(0, bottom, canvas.width, canvas.height, text=True)
    elif look.mode == "plain" or look.quiet:
        width = canvas.width * LEADING
        left = 0 if look.direction == "ltr" else canvas.width - width
        yield Zone(left, 0, left + width, canvas.height, text=True)


def _shapes(look: Look, canvas: Canvas) -> Iterator[Zone]:
    if look.mode == "bar":
        side, half = (canvas.width - canvas.box_width) / 2, canvas.largest * 0.6
        yield Zone(side, canvas.centre - half, canvas.width - side, canvas.centre + half)
    elif look.mode != "plain":
        for cell in place(look, canvas, 1):
            near = cell.size * _NEAR
            yield Zone(cell.left - near, cell.top - near, cell.left + cell.size + near, cell.top + cell.size + near)
