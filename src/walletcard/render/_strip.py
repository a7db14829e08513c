"""A strip's numbers in, the picture above a card's fields out.

The same numbers give the same pixels on every machine. A finished picture is kept, so cards that look the same
share one `Picture`, and with it the hashes it remembers.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from PIL import Image, ImageOps

from walletcard.errors import allowed_codes
from walletcard.model import Picture, StripSpec
from walletcard.model._checks import require
from walletcard.render._bar import paint_bar
from walletcard.render._contrast import require_contrast
from walletcard.render._icons import Custom, portrait, require_visible
from walletcard.render._inks import BACKGROUND, colourised, laid_over
from walletcard.render._key import picture_key
from walletcard.render._layout import ARTWORK, HERO, PALE, STRIP, Canvas, Look, Spot, State, place, require_scale
from walletcard.render._motif import paint_ripples, paint_strike
from walletcard.render._photo import ground, thinned
from walletcard.render._png import encoded
from walletcard.render._sprites import sprite
from walletcard.render._zones import zones

_KEPT: Final = 1024  # Finished pictures that are kept, about 5 kB each.


def strip(spec: StripSpec, *, scale: int = 3, allow: Collection[str] = ()) -> Picture:
    """Return the strip of an Apple pass: 375x144 points.

    Args:
        spec: What it shows.
        scale: Pixels a point: 1, 2 or 3.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
        RenderError: There is no such scale; or a picture of the spec is damaged, has no transparent ground or lets
            nothing be read on it.
    """
    return _checked(spec, STRIP, scale, allow)


def hero(spec: StripSpec, *, allow: Collection[str] = ()) -> Picture:
    """Return the hero image of a Google card: 1032x336 pixels.

    Args:
        spec: What it shows.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
        RenderError: A picture of the spec cannot be used.
    """
    return _checked(spec, HERO, 1, allow)


def artwork(spec: StripSpec, *, scale: int = 3, allow: Collection[str] = ()) -> Picture:
    """Return the artwork of an Apple poster pass: 358x448 points, its middle third free of Apple's own texts.

    Args:
        spec: What it shows; the same as on the strip, which a poster does not have.
        scale: Pixels a point: 1, 2 or 3.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
        RenderError: There is no such scale; or a picture of the spec cannot be used.
    """
    return _checked(spec, ARTWORK, scale, allow)


def _checked(spec: StripSpec, canvas: Canvas, scale: int, allow: Collection[str]) -> Picture:
    require_scale(scale)
    require(spec, StripSpec, "spec")
    require_contrast(spec.colours, spec, allow=allow)
    look = Look.of(spec)
    lenient = "color.contrast" in allowed_codes(allow)
    if not lenient:
        require_visible(look.icon, spec.colours.background)
    return _drawn(look, canvas, scale, lenient)


@lru_cache(maxsize=_KEPT)
def _drawn(look: Look, canvas: Canvas, scale: int, lenient: bool) -> Picture:
    size = canvas.width * scale, canvas.height * scale
    board = Image.new("L", size, BACKGROUND)
    spots = _painted(board, look, canvas, scale)
    if look.struck:
        paint_strike(board, look, canvas, scale)
    own = look.icon.picture if isinstance(look.icon, Custom) and look.icon.full and spots else None
    if look.photo is None and own is None:
        image = colourised(board, look.colours)
    else:
        image = _composed(board, look, canvas, scale, lenient=lenient, own=own, spots=spots)
    return Picture(encoded(image), key=picture_key(canvas.name, scale, *look.named))


def _composed(
    board: Image.Image,
    look: Look,
    canvas: Canvas,
    scale: int,
    *,
    lenient: bool,
    own: Picture | None,
    spots: list[Spot],
) -> Image.Image:
    """Lay the drawing over a photo, or pictures of the user's into the drawing."""
    colours = look.colours
    if look.photo is None:
        under = Image.new("RGB", board.size, colours.background.rgb)
    else:
        around = zones(look, canvas)
        under = ground(look.photo, colours, around, canvas, scale, grey=look.pale, lenient=lenient or look.pale)
    image = under.copy()
    if own is not None:
        _stamp(image, own, spots, pale=look.pale)
    laid_over(image, board, colours)
    return image if look.photo is None or own is not None else thinned(image, under, colours)


def _painted(board: Image.Image, look: Look, canvas: Canvas, scale: int) -> list[Spot]:
    """Paint everything that has the card's colours; return where stamps stand."""
    if look.mode == "plain":
        if look.photo is None:
            paint_ripples(board, look.direction)
        return []
    if look.mode == "bar":
        return paint_bar(board, look, canvas, scale)
    spots = []
    for cell in place(look, canvas, scale):
        board.paste(sprite(cell.state, look.icon, cell.size, cell.stroke), (cell.left, cell.top))
        if cell.state is State.STAMPED:
            spots.append(Spot(cell.left, cell.top, cell.size))
    return spots


def _stamp(image: Image.Image, own: Picture, spots: list[Spot], *, pale: bool) -> None:
    for left, top, size in spots:
        stamp = portrait(own, size)
        mask = stamp.getchannel("A")
        if pale:
            stamp, mask = ImageOps.grayscale(stamp.convert("RGB")).convert("RGB"), mask.point(_FADED)
        image.paste(stamp, (left, top), mask=mask)


_FADED: Final = [round(alpha * PALE) for alpha in range(256)]
