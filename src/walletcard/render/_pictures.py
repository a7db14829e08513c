"""A face in, every picture its wallet needs out.

Pictures are kept by what they show: ten thousand cards of one programme share one `Picture` of each kind, and with
it the hashes it remembers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final, Literal

from PIL import Image

from walletcard.errors import RenderError, quoted
from walletcard.model import Design, Face, Palette, Picture
from walletcard.render._contrast import require_contrast
from walletcard.render._inks import BACKGROUND, colourised
from walletcard.render._key import picture_key
from walletcard.render._layout import State
from walletcard.render._png import decoded, encoded
from walletcard.render._sprites import sprite
from walletcard.render._strip import SCALES, hero, strip

Wallet = Literal["apple", "google"]

ICON_SIDE: Final = 38  # Points; shown in notices and in mail.
LOGO_SIZE: Final = (160, 50)  # Points, at most.
GOOGLE_LOGO_SIDE: Final = 660  # Pixels; Google cuts a circle out of it,
_GOOGLE_MARGIN: Final = 0.15  # and asks for this share of margin on each side.
_ICON_MARGIN: Final = 0.11


def pictures(face: Face, *, wallet: Wallet, allow: Collection[str] = ()) -> Mapping[str, Picture]:
    """Return every picture that ``wallet`` needs for ``face``.

    Args:
        face: The card.
        wallet: ``apple``: file names, each at 1x, 2x and 3x: ``icon``, ``strip`` where the face has one, ``logo``
            where the design has one. ``google``: ``logo``, and ``hero`` where the face has a strip.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: Colours cannot be told apart; ``issues`` holds every pair.
        RenderError: A picture of the design is damaged, or there is no such wallet.
    """
    if wallet not in ("apple", "google"):
        raise RenderError(
            f"{quoted(wallet)} is unknown", code="wallet.unknown", where="wallet", hint="use apple or google"
        )
    palette, drawn = _of_design(face.design, wallet)
    require_contrast(palette, allow=allow)
    found = dict(drawn)
    if face.strip is not None and wallet == "google":
        found["hero"] = hero(face.strip, allow=allow)
    elif face.strip is not None:
        found |= {_file("strip", scale): strip(face.strip, scale=scale, allow=allow) for scale in SCALES}
    return found


@lru_cache(maxsize=256)
def _of_design(design: Design, wallet: Wallet) -> tuple[Palette, Mapping[str, Picture]]:
    """Return what all cards of one design share."""
    palette, given = design.palette, design.pictures
    if wallet == "google":
        return palette, {"logo": _google_logo(design.icon, palette, given.get("logo"))}
    found = {_file("icon", scale): _app_icon(design.icon, palette, given.get("app_icon"), scale) for scale in SCALES}
    if "logo" in given:
        found |= {_file("logo", scale): _logo(given["logo"], scale) for scale in SCALES}
    return palette, found


def _file(name: str, scale: int) -> str:
    return f"{name}.png" if scale == 1 else f"{name}@{scale}x.png"


def _app_icon(icon: str, palette: Palette, given: Picture | None, scale: int) -> Picture:
    side = ICON_SIDE * scale
    if given is None:
        return _stamp(icon, palette, side, margin=_ICON_MARGIN)
    return _framed(given, palette, side, margin=0, where="design.app_icon")


def _google_logo(icon: str, palette: Palette, given: Picture | None) -> Picture:
    if given is None:
        return _stamp(icon, palette, GOOGLE_LOGO_SIDE, margin=_GOOGLE_MARGIN)
    return _framed(given, palette, GOOGLE_LOGO_SIDE, margin=_GOOGLE_MARGIN, where="design.logo")


def _logo(given: Picture, scale: int) -> Picture:
    width, height = LOGO_SIZE
    image = _fitted(decoded(given, where="design.logo"), width * scale, height * scale)
    return Picture(encoded(image), key=picture_key("logo", scale, given.key))


def _stamp(icon: str, palette: Palette, side: int, *, margin: float) -> Picture:
    """Draw a square with one stamp in its middle."""
    inset = round(side * margin)
    board = Image.new("L", (side, side), BACKGROUND)
    board.paste(sprite(State.STAMPED, icon, side - 2 * inset, 0), (inset, inset))
    key = picture_key("stamp", icon, side, inset, palette.background.rgb, palette.disc.rgb, palette.glyph.rgb)
    return Picture(encoded(colourised(board, palette)), key=key)


def _framed(given: Picture, palette: Palette, side: int, *, margin: float, where: str) -> Picture:
    """Set a picture into the middle of a square of the card's colour."""
    room = side - 2 * round(side * margin)
    image = _fitted(decoded(given, where=where), room, room)
    board = Image.new("RGB", (side, side), palette.background.rgb)
    board.paste(image, ((side - image.width) // 2, (side - image.height) // 2), mask=image)
    return Picture(encoded(board), key=picture_key("framed", side, room, given.key, palette.background.rgb))


def _fitted(image: Image.Image, width: int, height: int) -> Image.Image:
    """Scale to the largest size that fits, in proportion: nothing is stretched or cut off."""
    factor = min(width / image.width, height / image.height)
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
