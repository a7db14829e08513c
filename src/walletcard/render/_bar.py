"""A bar's numbers in, its parts at whole pixels out: the way walked, a stamp at its head, the way left, the end.

The parts stand apart: solid is done, an outline is ahead. Everything is laid out from the left; a right-to-left card
has its parts mirrored and its icons not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from walletcard.render._icons import Custom
from walletcard.render._inks import Ink, paint
from walletcard.render._layout import LEADING, STEPS, STROKE, Canvas, Look, Spot, State, nearest
from walletcard.render._sprites import pill, sprite

# Shares of the largest cell.
_TRACK: Final = 0.44
_HEAD: Final = 0.92  # The stamp with the card's icon, where the fill ends.
_REWARD: Final = 1.16
_SPACE: Final = 0.14  # Between two parts.
_TICK: Final = 0.36  # Of the track's height.
_QUIET_SIZE: Final = 0.86  # The parts are this much smaller in what is left.


class Bar(NamedTuple):
    """The parts, in pixels from the left edge of a left-to-right picture.

    Attributes:
        middle: The row of pixels that all parts are centred on.
        track: Height of the track.
        head: Width of the stamp at the head.
        reward: Width of the reward.
        space: Between two parts.
        stroke: Of outlines.
        start: Where the track begins.
        end: Where the reward begins.
        at: The left edge of the stamp at the head.
        walked: Where the fill ends: under a disc, before a picture that is the stamp itself.
    """

    middle: int
    track: int
    head: int
    reward: int
    space: int
    stroke: int
    start: int
    end: int
    at: int
    walked: int

    def across(self, step: int) -> int:
        """Return the middle of a stamp that has come ``step`` of `STEPS`."""
        room = self.end - self.space - self.head - self.start
        return self.start + self.head // 2 + nearest(room * step / STEPS)


def measure(look: Look, canvas: Canvas, scale: int) -> Bar:
    """Return where the parts of a bar stand."""
    unit = canvas.largest * scale * (_QUIET_SIZE if look.quiet else 1)
    side = (canvas.width - canvas.box_width) / 2 * scale
    start = canvas.width * scale * LEADING if look.quiet else side
    reward = _even(unit * _REWARD)
    bar = Bar(
        middle=nearest(canvas.centre * scale),
        track=_even(unit * _TRACK),
        head=_even(unit * _HEAD),
        reward=reward,
        space=nearest(unit * _SPACE),
        stroke=nearest(max(canvas.hairline * scale, unit * STROKE)),
        start=nearest(start),
        end=nearest(canvas.width * scale - side) - reward,
        at=0,
        walked=0,
    )
    at = bar.across(look.value) - bar.head // 2
    own = isinstance(look.icon, Custom) and look.icon.full
    return bar._replace(at=at, walked=at - bar.space if own else at + bar.head // 2)


def paint_bar(board: Image.Image, look: Look, canvas: Canvas, scale: int) -> list[Spot]:
    """Paint the bar of ``look`` on an untouched board; return where a stamp stands."""
    bar = measure(look, canvas, scale)
    full = look.value >= STEPS
    for left, width, line in _tracks(bar, full=full):
        _lay(board, pill(width, bar.track, line), left, bar, look, Ink.RING if line else Ink.DISC)
    for left, ink in _ticks(look, bar, full=full):
        dot = _even(bar.track * _TICK)
        _lay(board, pill(dot, dot, 0), left - dot // 2, bar, look, ink)
    reward = State.LIT if full else State.REWARD
    _stand(board, sprite(reward, look.icon, bar.reward, bar.stroke, look.end_icon), bar.end, bar, look)
    return [] if full else [_stand(board, sprite(State.STAMPED, look.icon, bar.head, 0), bar.at, bar, look)]


def _tracks(bar: Bar, *, full: bool) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces of the track: left edge, width, outline (0 for solid)."""
    stop = bar.end - bar.space
    if full:
        yield bar.start, stop - bar.start, 0
        return
    done, ahead = bar.walked - bar.start, bar.at + bar.head + bar.space
    if done > bar.track:
        yield bar.start, done, 0
    if stop - ahead >= bar.track:
        yield ahead, stop - ahead, bar.stroke


def _ticks(look: Look, bar: Bar, *, full: bool) -> Iterator[tuple[int, Ink]]:
    """Yield the marks: their middle, and their colour there. What the stamp would hide stands beside it."""
    rim = bar.track // 2
    first, last = bar.start + rim, bar.end - bar.space - rim
    before, beyond = min(bar.walked, bar.at) - rim, bar.at + bar.head + bar.space + rim
    for step in look.ticks:
        if full or step <= look.value:
            across = min(max(bar.across(step), first), last if full else before)
            if across >= first:
                yield across, Ink.GLYPH
        elif beyond <= last:
            yield max(bar.across(step), beyond), Ink.MARK


def _lay(board: Image.Image, coverage: Image.Image, left: int, bar: Bar, look: Look, ink: Ink) -> None:
    layer = Image.new("L", board.size)
    layer.paste(coverage, (_mirrored(left, coverage, board, look), bar.middle - coverage.height // 2))
    paint(board, layer, ink)


def _stand(board: Image.Image, cell: Image.Image, left: int, bar: Bar, look: Look) -> Spot:
    # Only where the cell has ink: its empty corners would cut the track off. On the track the inner of two edges
    # holds, so that no rim of background shows between them.
    corner = _mirrored(left, cell, board, look), bar.middle - cell.height // 2
    below = board.crop((*corner, corner[0] + cell.width, corner[1] + cell.height))
    board.paste(ImageChops.lighter(cell, below), corner)
    return Spot(*corner, cell.width)


def _mirrored(left: int, part: Image.Image, board: Image.Image, look: Look) -> int:
    return left if look.direction == "ltr" else board.width - left - part.width


def _even(value: float) -> int:
    return 2 * nearest(value / 2)
