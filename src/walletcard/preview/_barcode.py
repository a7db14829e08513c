"""A barcode's message in, its picture out: what a scanner reads off the phone."""

from __future__ import annotations

from typing import Final

from walletcard import render
from walletcard.errors import WalletCardError
from walletcard.preview._markup import Markup, element

_SIDE: Final = 164  # CSS pixels aimed at, quiet zone included, in whole pixels a module.
_SMALLEST: Final = 2  # Pixels a module: what a camera still reads off a screen.


def barcode(message: str, *, symbology: str, encoding: str) -> Markup:
    """Return the code with its quiet zone.

    Args:
        message: What it holds.
        symbology: ``QR`` is drawn; of the others the page shows the name, the phone draws them.
        encoding: Of the message, as the document says.
    """
    if symbology != "QR":
        return element("p", f"{symbology}: the phone draws this code", class_="undrawn")
    try:
        modules = render.qr(message, encoding=encoding, module=1).width
        picture = render.qr(message, encoding=encoding, module=max(_SMALLEST, round(_SIDE / modules)))
    except WalletCardError as error:
        return element("p", str(error), class_="undrawn")
    return element("img", src=picture.data_url, alt=f"QR code: {message}", width=picture.width, class_="qr")
