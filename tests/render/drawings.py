"""Small values to draw, and ways to read a picture back."""

from __future__ import annotations

import io
from collections import deque
from typing import Any, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from walletcard.model import Color, Design, Face, Picture, StripSpec

CAFE = Design(
    background="#3B2418",
    foreground="#FFF6E9",
    label="#E2B98B",
    disc="#F2C179",
    glyph="#3B2418",
    ring="#A98467",
    mark="#FFF6E9",
    icon="cup",
)
SPA = Design(
    background="#F4EFE6",
    foreground="#2E3B33",
    label="#56665B",
    disc="#4F7A63",
    glyph="#FFFFFF",
    ring="#78887D",
    mark="#A8632B",
    icon="leaf",
)


class Box(NamedTuple):
    """Where a cell stands, in pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def grid(cells: int, filled: int, **more: Any) -> StripSpec:
    base: dict[str, Any] = {"mode": "grid", "icon": "cup", "direction": "ltr", "colours": CAFE.palette}
    return StripSpec(**{**base, "cells": cells, "filled": filled, **more})


def plain(**more: Any) -> StripSpec:
    return grid(0, 0, **{"mode": "plain", **more})


def face(design: Design = CAFE, **more: Any) -> Face:
    base = {"id": "CK-1", "issuer": "Copper Kettle", "title": "Stamps", "description": "Card", "locale": "en-GB"}
    return Face(**{**base, "design": design, **more})


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def pixel(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found


def share_of(image: Image.Image, color: Color | str) -> float:
    """How much of ``image`` is exactly ``color``."""
    wanted = Color.parse(color).rgb
    counts = image.getcolors(maxcolors=image.width * image.height) or []
    return sum(count for count, found in counts if found == wanted) / (image.width * image.height)


def cells(picture: Picture) -> list[Box]:
    """The separate things on the background, holes included: flood the outside, then gather what stayed dry."""
    image = opened(picture)
    ground = pixel(image, 0, 0)
    width, height = image.size
    wet = [found == ground for found in _pixels(image)]
    outside = _flood(0, wet, width, height)
    dry = [index not in outside for index in range(width * height)]
    boxes = []
    for start in range(width * height):
        if dry[start]:
            found = _flood(start, dry, width, height)
            for index in found:
                dry[index] = False
            columns, rows = [index % width for index in found], [index // width for index in found]
            boxes.append(Box(min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    return sorted(boxes, key=lambda box: (round(box.middle[1] / 10), box.left))


def _pixels(image: Image.Image) -> list[tuple[int, ...]]:
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def _flood(start: int, open_: list[bool], width: int, height: int) -> set[int]:
    found, edge = {start}, deque([start])
    while edge:
        index = edge.popleft()
        x, y = index % width, index // width
        for near, inside in (
            (index - 1, x > 0),
            (index + 1, x < width - 1),
            (index - width, y > 0),
            (index + width, y < height - 1),
        ):
            if inside and open_[near] and near not in found:
                found.add(near)
                edge.append(near)
    return found


def bar(value: int = 560, **more: Any) -> StripSpec:
    return grid(0, 0, **{"mode": "bar", "value": value, "start": 500, "end": 600, "ticks": (520, 580), **more})


def photo(width: int = 400, height: int = 300, colour: str = "#50406A") -> Picture:
    """A calm photo: one colour that grows lighter downwards."""
    shade = Image.linear_gradient("L").resize((width, height))
    return Picture(
        png(Image.composite(Image.new("RGB", shade.size, "#8A7060"), Image.new("RGB", shade.size, colour), shade))
    )


def own_icon(side: int = 200, colour: str = "#E2483E") -> Picture:
    """A coloured triangle on a transparent ground, with a margin."""
    fine = Image.new("L", (side * 4, side * 4))
    ImageDraw.Draw(fine).polygon([(side * 0.8, side * 3.2), (side * 2, side * 0.8), (side * 3.2, side * 3.2)], fill=255)
    image = Image.new("RGBA", (side, side), colour)
    image.putalpha(fine.reduce(4))
    return Picture(png(image))


def count_things(picture: Picture) -> int:
    """How many separate things stand on the background, holes included; quick enough for every layout at 3x."""
    image = opened(picture)
    ground = Image.new("RGB", image.size, pixel(image, 0, 0))
    wet = ImageChops.difference(image, ground).convert("RGB")
    channels = [channel.point([0] + [255] * 255) for channel in wet.split()]
    ink = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    dry_rows, runs = _runs(ink, of_ink=False)
    outside = {_root(runs, run) for row in dry_rows for run in row if _at_edge(run, image.size)}
    flooded = ImageChops.invert(Image.new("L", image.size))
    for row in dry_rows:
        for run in row:
            if _root(runs, run) in outside:
                flooded.paste(0, (run[1], run[0], run[2], run[0] + 1))
    rows, joined = _runs(flooded, of_ink=True)
    return len({_root(joined, run) for row in rows for run in row})


Run = tuple[int, int, int]  # Row, first column, column after the last.


def _runs(image: Image.Image, *, of_ink: bool) -> tuple[list[list[Run]], dict[Run, Run]]:
    width, wanted = image.width, 255 if of_ink else 0
    raw = image.tobytes()
    rows: list[list[Run]] = []
    parents: dict[Run, Run] = {}
    for y in range(image.height):
        line, row, x = raw[y * width : (y + 1) * width], [], 0
        while (first := line.find(wanted, x)) >= 0:
            other = line.find(255 - wanted, first)
            x = width if other < 0 else other
            row.append((y, first, x))
        parents |= {run: run for run in row}
        for run in row:
            for above in rows[-1] if rows else []:
                if above[1] < run[2] and run[1] < above[2]:
                    parents[_root(parents, run)] = _root(parents, above)
        rows.append(row)
    return rows, parents


def _root(parents: dict[Run, Run], run: Run) -> Run:
    while parents[run] != run:
        parents[run] = parents[parents[run]]
        run = parents[run]
    return run


def _at_edge(run: Run, size: tuple[int, int]) -> bool:
    return run[0] in (0, size[1] - 1) or run[1] == 0 or run[2] == size[0]
