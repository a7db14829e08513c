"""A barcode's message in, its picture out: what a scanner reads off the phone."""

from __future__ import annotations

from typing import Final

from walletcard import render
from walletcard.errors import WalletCardError
from walletcard.model import Barcode
from walletcard.preview._markup import Markup, element

_SIDE: Final = 164  # CSS pixels aimed at, quiet zone included, in whole pixels a module.
_WIDTH: Final = 320  # CSS pixels that a code of bars may take.
_NAMES: Final = {
    "aztec": "Aztec",
    "codabar": "Codabar",
    "code128": "Code 128",
    "code39": "Code 39",
    "ean13": "EAN-13",
    "i2of5": "Interleaved 2 of 5",
    "pdf417": "PDF417",
    "qr": "QR",
}
_SMALLEST: Final = 2  # Pixels a module: what a camera still reads off a screen.


def barcode(message: str, *, kind: str | None, named: str, encoding: str) -> Markup:
    """Return the code with its quiet zone.

    Args:
        message: What it holds.
        kind: As `Barcode.format` has it; ``None`` for one that walletcard does not draw.
        named: The wallet's own word for it.
        encoding: Of the message, as the document says.
    """
    if kind is None:
        return element("p", f"{named}: the phone draws this code", class_="undrawn")
    try:
        code = Barcode(message=message, format=kind, encoding=encoding.lower())
        square = kind in ("qr", "aztec")
        modules = render.barcode(code, module=1).width
        module = max(_SMALLEST, round(_SIDE / modules)) if square else max(1, _WIDTH // modules)
        picture = render.barcode(code, module=module)
    except WalletCardError as error:
        return element("p", str(error), class_="undrawn")
    shape = "qr quiet" if kind == "qr" else "qr"
    said = f"{_NAMES[kind]} code: {message}"
    return element("img", src=picture.data_url, alt=said, width=picture.width, class_=shape)
