"""A barcode's message in, its picture out: what a scanner reads off the phone."""

from __future__ import annotations

from typing import Final

from walletcard import render
from walletcard.errors import WalletCardError
from walletcard.model import Barcode
from walletcard.preview._markup import Markup, element

_SIDE: Final = 164  # CSS pixels aimed at, quiet zone included, in whole pixels a module.
_WIDTH: Final = 320  # CSS pixels that a code of bars may take.
_DRAWN: Final = {
    "Aztec": "aztec",
    "Codabar": "codabar",
    "Code 128": "code128",
    "Code 39": "code39",
    "EAN-13": "ean13",
    "Interleaved 2 of 5": "i2of5",
    "PDF417": "pdf417",
    "QR": "qr",
}
_SMALLEST: Final = 2  # Pixels a module: what a camera still reads off a screen.


def barcode(message: str, *, symbology: str, encoding: str) -> Markup:
    """Return the code with its quiet zone.

    Args:
        message: What it holds.
        symbology: As the wallet's page names it, without its prefix; one that walletcard does not draw is named.
        encoding: Of the message, as the document says.
    """
    form = _DRAWN.get(symbology)
    if form is None:
        return element("p", f"{symbology}: the phone draws this code", class_="undrawn")
    try:
        code = Barcode(message=message, format=form, encoding=encoding.lower())
        square = form in ("qr", "aztec")
        modules = render.barcode(code, module=1).width
        module = max(_SMALLEST, round(_SIDE / modules)) if square else max(1, _WIDTH // modules)
        picture = render.barcode(code, module=module)
    except WalletCardError as error:
        return element("p", str(error), class_="undrawn")
    shape = "qr quiet" if form == "qr" else "qr"
    return element("img", src=picture.data_url, alt=f"{symbology} code: {message}", width=picture.width, class_=shape)
