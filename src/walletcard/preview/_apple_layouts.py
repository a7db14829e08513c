"""How an iPhone lays each style out, as data. A new style is one entry here.

https://developer.apple.com/design/human-interface-guidelines/wallet
https://developer.apple.com/documentation/walletpasses/passfields
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from walletcard.apple._rules import SQUARE_CODES
from walletcard.preview._apple_fields import fields, rows, style_of, text

Json = Mapping[str, Any]


class Layout(NamedTuple):
    """One style.

    Attributes:
        strip: The strip's width to its height; ``None`` when the style has no strip.
        thumbnail: A small picture stands beside the fields.
        background: A picture lies blurred behind everything.
        footer: A line of picture stands over the code.
        shared: Secondary and auxiliary fields share a row.
        reversed: The auxiliary row stands above the secondary one.
    """

    strip: str | None = None
    thumbnail: bool = False
    background: bool = False
    footer: bool = False
    shared: bool = False
    reversed: bool = False


_WIDE: Final = "375 / 144"
_FLAT: Final = "375 / 98"

LAYOUTS: Final[Mapping[str, Layout]] = {
    "storeCard": Layout(strip=_WIDE, shared=True),
    "coupon": Layout(strip=_WIDE, shared=True),
    "eventTicket": Layout(strip=_FLAT, thumbnail=True, background=True),
    "generic": Layout(thumbnail=True),
    "boardingPass": Layout(footer=True, reversed=True),
}


def layout_of(document: Json) -> Layout:
    """Return the layout of a document; the plainest for a style that is not drawn here."""
    return LAYOUTS.get(style_of(document), Layout())


def rows_of(document: Json, code: Json | None) -> Iterable[list[Json]]:
    """Return the rows under the primary field."""
    layout, secondary, auxiliary = layout_of(document), fields(document, "secondary"), fields(document, "auxiliary")
    square = style_of(document) == "generic" and code is not None and text(code, "format") in SQUARE_CODES
    if layout.shared or square:  # Over a square code a generic pass has room for one row.
        return [[*secondary, *auxiliary]]
    return [auxiliary, secondary] if layout.reversed else [secondary, *rows(auxiliary)]


def code_of(document: Json) -> Json | None:
    """Return the code that a phone shows: the first that it can draw; old passes have only one."""
    codes = document.get("barcodes")
    listed = codes if isinstance(codes, list) else []
    return next((one for one in (*listed, document.get("barcode")) if isinstance(one, Mapping)), None)
