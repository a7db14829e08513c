"""A cell's state in, its small drawing out: edges smoothed once, colours still by number."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from PIL import Image, ImageDraw

from walletcard.model import Picture
from walletcard.render._icons import Custom, Icon, outline, shape
from walletcard.render._inks import BACKGROUND, Ink, paint
from walletcard.render._layout import State
from walletcard.render._paths import SILHOUETTES, Point, outlines, seal

_ICON: Final = 0.58  # Silhouettes as a share of the diameter; under 0.60 so that a smoothed edge stays inside.
_BADGE: Final = 0.44  # A milestone's gift: smaller than the final one.
_GIFT: Final = "gift"
_COIN: Final = (0.78, 0.035)  # The line inside a lit reward: its diameter and width, as shares of the cell's.


class Recipe(NamedTuple):
    """How a state is drawn.

    Attributes:
        edge: A stamp is round, a reward has the scalloped edge of a seal: told apart without colour.
        ink: Of the edge, or of the whole cell when solid.
        solid: Filled, not only outlined.
        glyph: The silhouette; an empty name stands for the card's own icon, ``None`` for none.
        glyph_size: As a share of the diameter.
        coin: Has a fine line inside its edge.
    """

    edge: Literal["round", "seal"]
    ink: Ink
    solid: bool
    glyph: str | None = None
    glyph_ink: Ink = Ink.GLYPH
    glyph_size: float = _ICON
    coin: bool = False


RECIPES: Final = {
    State.EMPTY: Recipe("round", Ink.RING, solid=False),
    State.STAMPED: Recipe("round", Ink.DISC, solid=True, glyph=""),
    State.MILESTONE: Recipe("seal", Ink.MARK, solid=False, glyph=_GIFT, glyph_ink=Ink.MARK, glyph_size=_BADGE),
    State.REACHED: Recipe("seal", Ink.DISC, solid=True, glyph=_GIFT, glyph_size=_BADGE),
    State.USED: Recipe("seal", Ink.DISC, solid=True, glyph="tick", glyph_size=_BADGE),
    State.REWARD: Recipe("seal", Ink.MARK, solid=False, glyph=_GIFT, glyph_ink=Ink.MARK),
    State.EARNED: Recipe("seal", Ink.DISC, solid=True, glyph=_GIFT),
    State.SPENT: Recipe("round", Ink.RING, solid=False, glyph="tick", glyph_ink=Ink.RING, glyph_size=_BADGE),
    State.LIT: Recipe("seal", Ink.MARK, solid=True, glyph=_GIFT, glyph_ink=Ink.HOLLOW, glyph_size=0.50, coin=True),
}


def sprite(state: State, icon: Icon, size: int, stroke: int, reward: str = _GIFT) -> Image.Image:
    """Return a cell ``size`` pixels square with an outline of ``stroke`` pixels; never paint on it.

    A stamp that is the user's full picture is left empty here: its colours are its own. ``reward`` is the silhouette
    of what waits at the end.
    """
    if isinstance(icon, Custom) and icon.full and state in (State.EMPTY, State.STAMPED):
        return _awaiting(icon.picture, size, stroke if state is State.EMPTY else 0)
    recipe = RECIPES[state]
    glyph = icon if recipe.glyph == "" else reward if recipe.glyph == _GIFT else recipe.glyph
    return _drawn(recipe, glyph, size, 0 if recipe.solid else stroke)


@lru_cache(maxsize=256)
def _awaiting(picture: Picture, size: int, line: int) -> Image.Image:
    cell = Image.new("L", (size, size), BACKGROUND)
    if line:
        paint(cell, outline(picture, size, line), Ink.RING)
    return cell


@lru_cache(maxsize=256)
def _drawn(recipe: Recipe, glyph: Icon | None, size: int, line: int) -> Image.Image:
    cell = Image.new("L", (size, size), BACKGROUND)
    edge = _Board(size)
    if recipe.edge == "round":
        edge.disc(line)
    else:
        edge.seal(line)
    paint(cell, edge.coverage(), recipe.ink)
    if glyph is not None:
        inside = _Board(size)
        if isinstance(glyph, Custom):
            inside.mask(glyph.picture, recipe.glyph_size)
        else:
            inside.silhouette(glyph, recipe.glyph_size)
        if recipe.coin:
            inside.circle(*_COIN)
        paint(cell, inside.coverage(), recipe.glyph_ink)
    return cell


@lru_cache(maxsize=256)
def pill(width: int, height: int, line: int) -> Image.Image:
    """Return the coverage of a bar with round ends: solid, or its outline of ``line`` pixels; never paint on it."""
    factor = 4
    large = Image.new("L", (width * factor, height * factor))
    box = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(
        box, radius=large.height // 2, fill=0 if line else 255, outline=255, width=line * factor
    )
    return large.reduce(factor)


class _Board:
    """A square drawn several times too large, then reduced: smooth edges from plain shapes."""

    def __init__(self, size: int) -> None:
        self.factor = max(4, min(8, 1024 // size))
        self.side = size * self.factor
        self.image = Image.new("L", (self.side, self.side))
        self.draw = ImageDraw.Draw(self.image)

    def coverage(self) -> Image.Image:
        """Return how much of each pixel is covered, 0 to 255."""
        return self.image.reduce(self.factor)

    def disc(self, line: int) -> None:
        """Draw a disc that fills the square: solid, or its outline of ``line`` pixels."""
        box = (0, 0, self.side - 1, self.side - 1)
        self.draw.ellipse(box, fill=0 if line else 255, outline=255, width=line * self.factor)

    def seal(self, line: int) -> None:
        """Draw a scalloped disc that fills the square: solid, or its outline of ``line`` pixels."""
        radius, width = (self.side - 1) / 2, line * self.factor
        self._fill([(radius + radius * x, radius + radius * y) for (x, y), _ in seal()])
        if line:
            inner = [(radius + radius * x + width * u, radius + radius * y + width * v) for (x, y), (u, v) in seal()]
            self._fill(inner, ink=0)

    def circle(self, share: float, width: float) -> None:
        """Draw the line of a circle; both measures are shares of the square's width."""
        inset = self.side * (1 - share) / 2
        box = (inset, inset, self.side - 1 - inset, self.side - 1 - inset)
        self.draw.ellipse(box, outline=255, width=round(self.side * width))

    def mask(self, picture: Picture, share: float) -> None:
        """Draw the shape of a picture in a centred square of ``share`` of the width."""
        width = round(self.side * share)
        self.image.paste(shape(picture, width), ((self.side - width) // 2, (self.side - width) // 2))

    def silhouette(self, name: str, share: float) -> None:
        """Draw a silhouette in a centred square of ``share`` of the width."""
        unit = self.side * share / 100
        corner = (self.side - 1) / 2 - 50 * unit
        for part in SILHOUETTES[name]:
            for line in outlines(part.path):
                points = [(corner + x * unit, corner + y * unit) for x, y in line]
                if part.width:
                    self._line(points, part.width * unit, ink=0 if part.cut else 255)
                else:
                    self._fill(points, ink=0 if part.cut else 255)

    def _fill(self, points: list[Point], *, ink: int = 255) -> None:
        # Pillow cuts the fractions off; rounding them keeps a shape symmetric.
        self.draw.polygon([(round(x), round(y)) for x, y in points], fill=ink)

    def _line(self, points: list[Point], width: float, *, ink: int) -> None:
        # Pillow's own joints leave notches in tight curves; a dot on each point closes them.
        half = width / 2
        for (x, y), (to_x, to_y) in pairwise(points):
            length = math.hypot(to_x - x, to_y - y) or 1
            u, v = half * (y - to_y) / length, half * (to_x - x) / length
            self._fill([(x + u, y + v), (to_x + u, to_y + v), (to_x - u, to_y - v), (x - u, y - v)], ink=ink)
        for x, y in points:
            box = (round(x - half), round(y - half), round(x + half), round(y + half))
            self.draw.ellipse(box, fill=ink)
