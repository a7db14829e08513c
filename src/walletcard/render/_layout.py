"""A strip's numbers in, cells at whole pixels out.

Positions are computed in points and snapped once for each scale, so the same card is the same drawing at every
density. The rows are symmetric about the middle to the pixel: a right-to-left card stands in the same places.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple, Self

from walletcard.errors import RenderError, quoted
from walletcard.model import Palette, Picture, StripSpec
from walletcard.render._icons import Icon, icon_name, icon_of

GAP: Final = 0.22  # Space between two cells, as a share of the diameter.
STROKE: Final = 0.06  # Outline of an open cell, as a share of the diameter.
STEPS: Final = 1000  # Of a bar: finer than its pixels, so that points by the thousand share few pictures.
PALE: Final = 0.45  # How much ink is left on a card that is over.
LEADING: Final = 0.55  # The share of a picture that a primary field stands on.
REWARD_GROWTH: Final = 1.10  # The final reward is this much larger where there is room.

# Longer rows on top; 16 is the one count past 14 that two rows hold at a larger size than three.
ROWS: Final[dict[int, tuple[int, ...]]] = {
    **{count: (count,) for count in range(1, 7)},
    7: (4, 3), 8: (4, 4), 9: (5, 4), 10: (5, 5), 11: (6, 5), 12: (6, 6), 13: (7, 6), 14: (7, 7),
    15: (5, 5, 5), 16: (8, 8), 17: (6, 6, 5), 18: (6, 6, 6), 19: (7, 6, 6), 20: (7, 7, 6), 21: (7, 7, 7),
    22: (8, 7, 7), 23: (8, 8, 7), 24: (8, 8, 8), 25: (9, 8, 8), 26: (9, 9, 8), 27: (9, 9, 9),
    28: (10, 9, 9), 29: (10, 10, 9), 30: (10, 10, 10),
}  # fmt: skip


class Canvas(NamedTuple):
    """What a wallet shows, in its own unit: points for Apple, pixels for Google.

    Attributes:
        name: Which wallet's picture this is.
        width: The whole picture.
        height: The whole picture.
        box_width: The content box, centred: what survives every crop.
        box_height: The content box.
        largest: The most a cell may measure.
        hairline: The least an outline may measure.
        centre: How far down the middle of the content box is.
    """

    name: str
    width: int
    height: int
    box_width: int
    box_height: int
    largest: int
    hairline: float
    centre: float


STRIP: Final = Canvas("strip", 375, 144, 343, 120, 56, 1.5, 72)
HERO: Final = Canvas("hero", 1032, 336, 944, 280, 154, 4.0, 168)
ARTWORK: Final = Canvas("artwork", 358, 448, 318, 236, 72, 1.5, 190)  # Logo and header stand above, fields below.


SCALES: Final = (1, 2, 3)


def require_scale(scale: object) -> None:
    """Raise `RenderError` unless ``scale`` is 1, 2 or 3."""
    if type(scale) is not int or scale not in SCALES:
        raise RenderError(f"{quoted(scale)} is unknown", code="image.scale", where="scale", hint="use 1, 2 or 3")


class Look(NamedTuple):
    """What can be seen of a `StripSpec`; specs that look the same have equal looks."""

    colours: Palette
    mode: str
    direction: str
    icon: Icon = ""
    cells: int = 0
    filled: int = 0
    milestones: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    reward_at: int | None = None
    lit: bool = False
    value: int = 0
    ticks: tuple[int, ...] = ()
    end_icon: str = ""
    quiet: bool = False
    pale: bool = False
    struck: bool = False
    photo: Picture | None = None

    @classmethod
    def of(cls, spec: StripSpec) -> Self:
        """Return the look of ``spec``."""
        pale = spec.look in ("expired", "closed")
        plain = cls(
            _colours(spec.colours, pale=pale, photo=spec.photo is not None),
            spec.mode,
            spec.direction,
            pale=pale,
            struck=spec.look == "closed",
            photo=spec.photo,
        )
        if spec.mode == "plain":
            return plain
        if spec.mode == "bar":
            return plain._bar(spec)
        return plain._cells(spec)

    def _bar(self, spec: StripSpec) -> Self:
        ticks = sorted({_step(spec, tick) for tick in spec.ticks if spec.start < tick < spec.end})
        value = spec.end if spec.look == "complete" else min(max(spec.value, spec.start), spec.end)
        return self._replace(
            icon=icon_of(spec),
            value=_step(spec, value),
            ticks=tuple(ticks),
            end_icon=spec.end_icon,
            quiet=spec.quiet,
        )

    def _cells(self, spec: StripSpec) -> Self:
        done = spec.look == "complete" and spec.mode == "grid"
        return self._replace(
            icon=icon_of(spec),
            cells=spec.cells,
            filled=spec.cells if done else spec.filled,
            milestones=tuple(sorted(set(spec.milestones))),
            used=tuple(sorted(set(spec.used))),
            reward_at=spec.reward_at,
            lit=(spec.lit or done) and spec.reward_at is not None,
        )

    @property
    def named(self) -> tuple[object, ...]:
        """What stands for the look in a picture's key: strings, numbers and tuples of them."""
        colours, mode, direction, icon, *rest, photo = self
        return (
            tuple(getattr(colours, one.name).rgb for one in fields(colours)),
            mode,
            direction,
            icon_name(icon),
            *rest,
            photo.key if photo else "",
        )


@lru_cache(maxsize=256)
def _colours(colours: Palette, *, pale: bool, photo: bool) -> Palette:
    """Return the inks as they are drawn: pale ones on a card that is over, strong rings on a photo."""
    if photo and colours.mark.contrast(colours.background) > colours.ring.contrast(colours.background):
        colours = replace(colours, ring=colours.mark)
    if not pale:
        return colours
    ground = colours.background
    faded = {name: ground.mixed(getattr(colours, name).grey, PALE) for name in ("disc", "glyph", "ring", "mark")}
    return replace(colours, **faded)


def _step(spec: StripSpec, value: int) -> int:
    """Return how far ``value`` has come on the way from start to end; the last step is the end itself."""
    return (value - spec.start) * STEPS // (spec.end - spec.start)


class State(StrEnum):
    """What a cell says; each has a shape of its own."""

    EMPTY = "empty"
    STAMPED = "stamped"
    MILESTONE = "milestone"
    REACHED = "reached"
    USED = "used"
    REWARD = "reward"
    EARNED = "earned"
    LIT = "lit"
    SPENT = "spent"


class Cell(NamedTuple):
    """One cell where it stands, in pixels."""

    number: int
    state: State
    left: int
    top: int
    size: int
    stroke: int


class Spot(NamedTuple):
    """Where a stamp stands, in pixels."""

    left: int
    top: int
    size: int


def cell_state(look: Look, number: int) -> State:
    """Return what cell ``number``, counted from 1, shows."""
    filled = number <= look.filled
    if look.mode == "countdown":
        return State.STAMPED if filled else State.SPENT
    if number == look.reward_at:
        if look.lit:
            return State.LIT
        return State.EARNED if filled else State.REWARD
    if number in look.milestones:
        if number in look.used:
            return State.USED
        return State.REACHED if filled else State.MILESTONE
    return State.STAMPED if filled else State.EMPTY


def rows_of(count: int, canvas: Canvas) -> tuple[int, ...]:
    """Return how many cells stand in each row, the longer rows on top."""
    return ROWS[count] if canvas.width > 2 * canvas.height else _tall_rows(count, canvas)


@cache
def _tall_rows(count: int, canvas: Canvas) -> tuple[int, ...]:
    choices = [tuple(count // n + (row < count % n) for row in range(n)) for n in range(1, count + 1)]
    return max(choices, key=lambda rows: (diameter(rows, canvas), -len(rows)))


def diameter(rows: tuple[int, ...], canvas: Canvas) -> float:
    """Return the largest diameter, in the canvas's unit, at which ``rows`` fit its box."""
    across, down = max(rows), len(rows)
    wide = canvas.box_width / (across + GAP * (across - 1))
    high = canvas.box_height / (down + GAP * (down - 1))
    return min(canvas.largest, wide, high)


def place(look: Look, canvas: Canvas, scale: int) -> Iterator[Cell]:
    """Yield the cells of a grid or a pack in reading order."""
    rows = rows_of(look.cells, canvas)
    size = diameter(rows, canvas)
    pitch = size * (1 + GAP)
    stroke = nearest(max(canvas.hairline, STROKE * size) * scale)
    number = 0
    for row, count in enumerate(rows):
        down = (row - (len(rows) - 1) / 2) * pitch
        for column in range(count):
            number += 1
            slot = column if look.direction == "ltr" else count - 1 - column
            across = (slot - (count - 1) / 2) * pitch
            grown = size * REWARD_GROWTH
            larger = number == look.reward_at and _has_room(across, down, grown, canvas)
            left, top, pixels = _snapped(across, down, grown if larger else size, canvas, scale)
            yield Cell(number, cell_state(look, number), left, top, pixels, stroke)


def _has_room(across: float, down: float, size: float, canvas: Canvas) -> bool:
    return abs(across) + size / 2 <= canvas.box_width / 2 and abs(down) + size / 2 <= canvas.box_height / 2


def _snapped(across: float, down: float, size: float, canvas: Canvas, scale: int) -> tuple[int, int, int]:
    # A middle cell can only be centred to the pixel if its size is odd where the picture's width is.
    width = canvas.width * scale
    pixels = width % 2 + 2 * math.ceil((size * scale - width % 2 - 1) / 2)
    left = nearest((width - pixels) / 2 - abs(across) * scale)
    if across > 0:
        left = width - pixels - left
    return left, nearest((canvas.centre + down) * scale - pixels / 2), pixels


def nearest(value: float) -> int:
    """Round half up: `round` sends neighbouring halves in opposite directions."""
    return math.floor(value + 0.5)
