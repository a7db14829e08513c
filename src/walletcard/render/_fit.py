"""One logo or photo in, the picture for any place and density out: scaled in proportion, never stretched or cut.

Here a JPEG or WebP becomes a PNG; everywhere else a picture is one already.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final, NamedTuple

from walletcard.errors import RenderError, quoted
from walletcard.model import Color, Picture
from walletcard.model._checks import require
from walletcard.render._foreign import still
from walletcard.render._key import picture_key
from walletcard.render._layout import require_scale
from walletcard.render._png import encoded
from walletcard.render._scaling import framed, scaled


class Slot(NamedTuple):
    """A place for a picture.

    Attributes:
        width: Points, or pixels for Google.
        height: The same.
        framed: Exactly this size, on the card's colour; otherwise at most this size, transparent where it was.
        margin: Left free on each side, as a share.
        scaled: Made at several densities.
        grows: A smaller picture is enlarged.
    """

    width: int
    height: int
    framed: bool = False
    margin: float = 0
    scaled: bool = True
    grows: bool = True


# https://developer.apple.com/design/human-interface-guidelines/wallet and
# https://developers.google.com/wallet/retail/loyalty-cards/resources/brand-guidelines
SLOTS: Final = {
    "artwork": Slot(358, 448, framed=True),
    "background": Slot(343, 503),
    "google_logo": Slot(660, 660, framed=True, margin=0.15, scaled=False),
    "google_wide_logo": Slot(1280, 400, scaled=False),
    "icon": Slot(38, 38, framed=True),
    "logo": Slot(160, 50),
    "photo": Slot(1125, 1344, scaled=False, grows=False),
    "primary_logo": Slot(126, 30),
    "strip": Slot(375, 144, framed=True),
    "thumbnail": Slot(90, 90),
}


def fit(
    picture: Picture | bytes,
    *,
    slot: str,
    scale: int = 3,
    background: Color | str = "#FFFFFF",
    where: str = "picture",
) -> Picture:
    """Return a picture fitted into a place on a card.

    Args:
        picture: A `Picture`, or the bytes of a PNG, JPEG or WebP. A photo is turned the way its camera was held.
        slot: ``artwork``, ``background``, ``google_logo``, ``google_wide_logo``, ``icon``, ``logo``, ``photo`` (for
            ``Design.photo``), ``primary_logo``, ``strip`` or ``thumbnail``.
        scale: Pixels a point: 1, 2 or 3. Google's places and ``photo`` have one size.
        background: What stands around it in places that have a fixed size, and behind what is transparent there.
        where: The place in your data, for messages.

    Raises:
        InvalidCardError: Not a picture, too large, or no colour.
        RenderError: The file is damaged, animated or of a kind that wallets do not show; or there is no such slot
            or scale.
    """
    require(where, str, "where")
    place = SLOTS.get(slot) if isinstance(slot, str) else None
    if place is None:
        hint = f"use {', '.join(SLOTS)}"
        raise RenderError(f"{quoted(slot)} is unknown", code="image.slot", where="slot", hint=hint)
    require_scale(scale)
    colour = Color.parse(background, where="background")
    source = picture if isinstance(picture, (Picture, bytes)) else Picture(picture, where=where)
    return _fitted(source, place, scale if place.scaled else 1, colour, where)


@lru_cache(maxsize=256)
def _fitted(source: Picture | bytes, place: Slot, scale: int, colour: Color, where: str) -> Picture:
    image = still(source, where=where)
    named = source.key if isinstance(source, Picture) else hashlib.sha256(source).hexdigest()
    key = picture_key("fit", named, tuple(place), scale, colour.rgb if place.framed else ())
    width, height = place.width * scale, place.height * scale
    if place.framed:
        return Picture(encoded(framed(image, colour, width, height, margin=place.margin)), key=key)
    if not place.grows:
        width, height = min(width, image.width), min(height, image.height)
    image = scaled(image, width, height)
    clear = image.getchannel("A").getextrema() != (255, 255)
    return Picture(encoded(image if clear else image.convert("RGB")), key=key)
