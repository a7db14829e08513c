"""The silhouettes, as paths in a square of 100 by 100, drawn for this library.

Heavy and simple: each has to read at 28 points, seventeen of which are the icon. A silhouette is a list of shapes
painted one over the other; a shape adds ink or cuts it away.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

Point = tuple[float, float]

_CURVE_STEPS: Final = 16  # Straight pieces to a curve: well under a pixel off at the largest size.
_LOBES: Final = 12
_LOBE_STEPS: Final = 16
_LOBE_DEPTH: Final = 0.085  # As a share of the radius.


class Shape(NamedTuple):
    """One part of a silhouette.

    Attributes:
        path: Absolute commands ``M x y``, ``L x y``, ``C x1 y1 x2 y2 x y``, ``Z``, separated by spaces.
        width: Of the line, with round ends; 0 fills the path instead.
        cut: Takes ink away instead of adding it.
    """

    path: str
    width: float = 0
    cut: bool = False


SILHOUETTES: Final[dict[str, tuple[Shape, ...]]] = {
    "cup": (
        Shape("M 30 23 C 24 16 37 11 31 4", width=8),
        Shape("M 54 23 C 48 16 61 11 55 4", width=8),
        Shape("M 74 46 C 98 42 98 72 70 69", width=9),
        Shape("M 13 34 L 71 34 C 75 34 77 36 77 40 L 77 56 C 77 72 66 82 52 82 L 32 82 C 18 82 7 72 7 56 "
              "L 7 40 C 7 36 9 34 13 34 Z"),
        Shape("M 9 94 L 75 94", width=9),
    ),
    "leaf": (
        Shape("M 96 4 C 102 46 92 88 50 90 C 26 91 10 76 12 54 C 15 24 52 26 96 4 Z"),
        Shape("M 5 95 C 12 86 18 80 26 73", width=9),
        Shape("M 33 67 C 42 57 54 47 71 36", width=6.5, cut=True),
    ),
    "gift": (
        Shape("M 50 26 C 30 28 16 20 22 10 C 28 1 44 8 50 26 Z", width=8.5),
        Shape("M 50 26 C 70 28 84 20 78 10 C 72 1 56 8 50 26 Z", width=8.5),
        Shape("M 7 29 L 93 29 C 96 29 98 31 98 34 L 98 45 C 98 48 96 50 93 50 L 7 50 C 4 50 2 48 2 45 "
              "L 2 34 C 2 31 4 29 7 29 Z"),
        Shape("M 9 57 L 91 57 L 91 91 C 91 95 88 98 84 98 L 16 98 C 12 98 9 95 9 91 Z"),
        Shape("M 46 27 L 54 27 L 54 100 L 46 100 Z", cut=True),
    ),
    "star": (
        Shape("M 50 8.5 L 62.9 34.7 L 91.8 38.9 L 70.9 59.3 L 75.9 88.1 L "
              "50 74.5 L 24.1 88.1 L 29.1 59.3 L 8.2 38.9 L 37.1 34.7 Z"),
        Shape("M 50 8.5 L 62.9 34.7 L 91.8 38.9 L 70.9 59.3 L 75.9 88.1 L "
              "50 74.5 L 24.1 88.1 L 29.1 59.3 L 8.2 38.9 L 37.1 34.7 Z", width=12),
    ),
    "tick": (Shape("M 11 54 L 38 81 L 89 22", width=20),),
}  # fmt: skip


@cache
def outlines(path: str) -> tuple[tuple[Point, ...], ...]:
    """Return the path's pieces as straight lines."""
    pieces: list[list[Point]] = []
    words = iter(path.split())
    for command in words:
        if command == "Z":
            pieces[-1].append(pieces[-1][0])
            continue
        numbers = [float(next(words)) for _ in range(6 if command == "C" else 2)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            pieces.append(points)
        else:
            pieces[-1] += points if command == "L" else _curve(pieces[-1][-1], *points)
    return tuple(map(tuple, pieces))


def _curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    points = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        points.append(tuple(a * p + b * q + c * r + d * s for p, q, r, s in zip(start, one, two, end, strict=True)))
    return [(x, y) for x, y in points]


@cache
def seal() -> tuple[tuple[Point, Point], ...]:
    """Return the scalloped edge of a reward's cell: points about the origin, each with its inward direction.

    The tips of the lobes have radius 1.
    """
    count = _LOBES * _LOBE_STEPS
    points = []
    for step in range(count):
        turn = 2 * math.pi * step / count
        radius = 1 - _LOBE_DEPTH * (1 - abs(math.cos(_LOBES * turn / 2)))
        points.append((radius * math.sin(turn), -radius * math.cos(turn)))
    inward = [_inward(points[step - 1], points[(step + 1) % count]) for step in range(count)]
    return tuple(zip(points, inward, strict=True))


def _inward(before: Point, after: Point) -> Point:
    along = after[0] - before[0], after[1] - before[1]
    length = math.hypot(*along)
    return -along[1] / length, along[0] / length
