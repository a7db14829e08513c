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
    "car": (
        Shape("M 24 41 L 32 16 L 68 16 L 76 41 Z", width=12),
        Shape("M 24 41 L 32 16 L 68 16 L 76 41 Z"),
        Shape("M 16 82 L 16 90", width=17),
        Shape("M 84 82 L 84 90", width=17),
        Shape("M 18 41 L 82 41 C 92 41 98 48 98 57 L 98 78 C 98 82 96 84 92 84 L 8 84 C 4 84 2 82 2 78 "
              "L 2 57 C 2 48 8 41 18 41 Z"),
        Shape("M 36 21 L 64 21 L 70 41 L 30 41 Z", cut=True),
        Shape("M 20 62 L 22 62", width=13, cut=True),
        Shape("M 78 62 L 80 62", width=13, cut=True),
        Shape("M 41 70 L 59 70", width=6, cut=True),
    ),
    "cup": (
        Shape("M 30 23 C 24 16 37 11 31 4", width=8),
        Shape("M 54 23 C 48 16 61 11 55 4", width=8),
        Shape("M 74 46 C 98 42 98 72 70 69", width=9),
        Shape("M 13 34 L 71 34 C 75 34 77 36 77 40 L 77 56 C 77 72 66 82 52 82 L 32 82 C 18 82 7 72 7 56 "
              "L 7 40 C 7 36 9 34 13 34 Z"),
        Shape("M 9 94 L 75 94", width=9),
    ),
    "drop": (
        Shape("M 50 2 C 58 20 85 40 85 64 C 85 84 69 98 50 98 C 31 98 15 84 15 64 C 15 40 42 20 50 2 Z"),
        Shape("M 30 64 C 30 75 37 82 47 83", width=7.5, cut=True),
    ),
    "hands": (
        Shape("M 10 30 L 10 62 C 10 67 12 70 16 74 L 32 90", width=17),
        Shape("M 28 50 L 38 61 C 41 65 41 68 41 74 L 41 92", width=11),
        Shape("M 10 60 L 26 66 L 40 68 L 46 98 L 24 98 L 8 74 Z"),
        Shape("M 90 30 L 90 62 C 90 67 88 70 84 74 L 68 90", width=17),
        Shape("M 72 50 L 62 61 C 59 65 59 68 59 74 L 59 92", width=11),
        Shape("M 90 60 L 74 66 L 60 68 L 54 98 L 76 98 L 92 74 Z"),
        Shape("M 50 2 C 53 10 66 20 66 31 C 66 40 59 46 50 46 C 41 46 34 40 34 31 C 34 20 47 10 50 2 Z"),
    ),
    "heart": (
        Shape("M 50 95 C 22 74 2 56 2 33 C 2 17 14 6 28 6 C 38 6 46 12 50 21 C 54 12 62 6 72 6 "
              "C 86 6 98 17 98 33 C 98 56 78 74 50 95 Z"),
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
    "scissors": (
        Shape("M 37 63 L 68 8.5", width=14),
        Shape("M 63 63 L 32 8.5", width=14),
        Shape("M 41 76 C 41 86 34 92 25 92 C 16 92 9 86 9 76 C 9 67 16 61 25 61 C 34 61 41 67 41 76 Z", width=12),
        Shape("M 91 76 C 91 86 84 92 75 92 C 66 92 59 86 59 76 C 59 67 66 61 75 61 C 84 61 91 67 91 76 Z", width=12),
        Shape("M 50 41 L 50 41.5", width=6, cut=True),
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
