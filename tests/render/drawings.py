"""Small values to draw, and ways to read a picture back."""

from __future__ import annotations

import io
from collections import deque
from typing import Any, NamedTuple

from PIL import Image

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
