"""A face in, every picture its wallet needs out.

Pictures are kept by what they show: ten thousand cards of one programme share one `Picture` of each kind, and with
it the hashes it remembers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final, Literal

from PIL import Image

from walletcard.errors import RenderError, allowed_codes, quoted
from walletcard.model import Design, Face, Palette, Picture, StripSpec
from walletcard.model._extra import require_face
from walletcard.model._face import STRIP_KINDS
from walletcard.render._contrast import require_contrast
from walletcard.render._fit import SLOTS
from walletcard.render._icons import Custom, Icon, icon_name, icon_of, portrait
from walletcard.render._inks import BACKGROUND, colourised
from walletcard.render._key import picture_key
from walletcard.render._layout import SCALES, State
from walletcard.render._png import decoded, encoded
from walletcard.render._scaling import framed, scaled
from walletcard.render._sprites import sprite
from walletcard.render._strip import hero, strip

Wallet = Literal["apple", "google"]

_ICON_MARGIN: Final = 0.11
# The pictures that a design holds, and the place of each on an iPhone.
_PLACES: Final = {"app_icon": "icon", "logo": "logo", "thumbnail": "thumbnail", "background_picture": "background"}
# Pixels: a picture smaller than this, both ways, is refused.
_LEAST: Final = {"app_icon": (29, 29), "logo": (40, 13), "thumbnail": (30, 30), "background_picture": (90, 90)}
# What an iPhone shows beside icon and logo, by the kind of card.
# https://developer.apple.com/design/human-interface-guidelines/wallet
_BESIDE: Final = {"generic": ("thumbnail",), "event": ("thumbnail", "background_picture")}


def pictures(face: Face, *, wallet: Wallet, allow: Collection[str] = ()) -> Mapping[str, Picture]:
    """Return every picture that ``wallet`` needs for ``face``.

    Args:
        face: The card.
        wallet: ``apple``: file names, each at 1x, 2x and 3x: ``icon``; ``strip`` where the face has one and an iPhone
            shows one on its kind; ``logo``, ``thumbnail`` and ``background`` where the design has one that the kind
            shows. ``google``: ``logo``, and ``hero`` where the face has a strip.
        allow: Codes of issues to overrule, such as ``color.contrast``.

    Raises:
        InvalidCardError: No face, or colours that cannot be told apart; ``issues`` holds every pair.
        RenderError: A picture of the design is damaged, animated or too small, or there is no such wallet.
    """
    if wallet not in ("apple", "google"):
        raise RenderError(
            f"{quoted(wallet)} is unknown", code="wallet.unknown", where="wallet", hint="use apple or google"
        )
    return dict(_drawn(require_face(face).design, face.strip, wallet, face.kind, allowed_codes(allow)))


@lru_cache(maxsize=256)
def _drawn(
    design: Design, spec: StripSpec | None, wallet: Wallet, kind: str, allow: frozenset[str]
) -> Mapping[str, Picture]:
    """Return what all cards share that look the same and say the same of their strip."""
    require_contrast(design, spec, allow=allow)
    _require_size(design, allow)
    found = dict(_of_design(design, wallet, kind))
    if spec is not None and wallet == "google":
        found["hero"] = hero(spec, allow=allow)
    elif spec is not None and kind in STRIP_KINDS:
        found |= {_file("strip", scale): strip(spec, scale=scale, allow=allow) for scale in SCALES}
    return found


@lru_cache(maxsize=256)
def _of_design(design: Design, wallet: Wallet, kind: str) -> Mapping[str, Picture]:
    """Return what all cards of one kind and design share."""
    palette, given = design.palette, design.pictures
    if wallet == "google":
        return {"logo": _google_logo(icon_of(design), palette, given.get("logo"))}
    found = {
        _file("icon", scale): _app_icon(icon_of(design), palette, given.get("app_icon"), scale) for scale in SCALES
    }
    for name in ("logo", *_BESIDE.get(kind, ())):
        if name in given:
            found |= {_file(_PLACES[name], scale): _within(name, given[name], scale) for scale in SCALES}
    return found


def _require_size(design: Design, allow: Collection[str]) -> None:
    """Raise `RenderError` for a picture of a few pixels, which would be blown up to a blur."""
    for name, picture in design.pictures.items():
        width, height = _LEAST[name]
        if picture.width < width and picture.height < height and "image.small" not in allow:
            place, most = SLOTS[_PLACES[name]], max(SCALES)
            message = f"{picture.width}x{picture.height} px is too small, under {width}x{height}"
            hint = f"give it at {place.width * most}x{place.height * most} px or so"
            raise RenderError(message, code="image.small", where=f"design.{name}", hint=hint)


def _file(name: str, scale: int) -> str:
    return f"{name}.png" if scale == 1 else f"{name}@{scale}x.png"


def _app_icon(icon: Icon, palette: Palette, given: Picture | None, scale: int) -> Picture:
    side = SLOTS["icon"].width * scale
    if given is None:
        return _stamp(icon, palette, side, margin=_ICON_MARGIN)
    return _framed(given, palette, side, margin=0, where="design.app_icon")


def _google_logo(icon: Icon, palette: Palette, given: Picture | None) -> Picture:
    place = SLOTS["google_logo"]  # Google cuts a circle out of it, and asks for the margin.
    if given is None:
        return _stamp(icon, palette, place.width, margin=place.margin)
    return _framed(given, palette, place.width, margin=place.margin, where="design.logo")


def _within(name: str, given: Picture, scale: int) -> Picture:
    place = SLOTS[_PLACES[name]]
    image = scaled(decoded(given, where=f"design.{name}"), place.width * scale, place.height * scale)
    return Picture(encoded(image), key=picture_key(name, scale, given.key))


def _stamp(icon: Icon, palette: Palette, side: int, *, margin: float) -> Picture:
    """Draw a square with one stamp in its middle."""
    inset = round(side * margin)
    colours = palette.background.rgb, palette.disc.rgb, palette.glyph.rgb
    key = picture_key("stamp", icon_name(icon), side, inset, colours)
    if isinstance(icon, Custom) and icon.full:
        board = framed(portrait(icon.picture, side - 2 * inset), palette.background, side, side, margin=margin)
        return Picture(encoded(board), key=key)
    board = Image.new("L", (side, side), BACKGROUND)
    board.paste(sprite(State.STAMPED, icon, side - 2 * inset, 0), (inset, inset))
    return Picture(encoded(colourised(board, palette)), key=key)


def _framed(given: Picture, palette: Palette, side: int, *, margin: float, where: str) -> Picture:
    board = framed(decoded(given, where=where), palette.background, side, side, margin=margin)
    return Picture(encoded(board), key=picture_key("framed", side, margin, given.key, palette.background.rgb))
