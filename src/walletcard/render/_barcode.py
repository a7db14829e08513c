"""A message in, any code that a card can carry out. QR codes are drawn by `qr`, the others by zxing-cpp."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import zxingcpp
from PIL import Image

from walletcard.errors import RenderError, wrong_type
from walletcard.model import Barcode, Picture
from walletcard.render._key import picture_key
from walletcard.render._png import encoded
from walletcard.render._qr import qr, require_module

_SYMBOLOGIES: Final = {
    "aztec": zxingcpp.BarcodeFormat.Aztec,
    "codabar": zxingcpp.BarcodeFormat.Codabar,
    "code128": zxingcpp.BarcodeFormat.Code128,
    "code39": zxingcpp.BarcodeFormat.Code39,
    "ean13": zxingcpp.BarcodeFormat.EAN13,
    "i2of5": zxingcpp.BarcodeFormat.ITF,
    "pdf417": zxingcpp.BarcodeFormat.PDF417,
}


def barcode(code: Barcode, *, module: int = 4) -> Picture:
    """Return the picture of a card's code, black on white, with its quiet zone.

    Args:
        code: What a scanner reads, and in which symbology.
        module: Pixels of the narrowest part, 1 to 40.

    Raises:
        InvalidCardError: ``code`` is no `Barcode`.
        RenderError: The message does not fit into such a code, or there is no such ``module`` size.
    """
    if not isinstance(code, Barcode):
        hint = "pass Barcode(message=..., format=...)"
        raise wrong_type(code, need="a Barcode", where="code", code="barcode.type", hint=hint)
    if code.format == "qr":
        return qr(code.message, encoding=code.encoding, module=module)
    require_module(module)
    return _drawn(code.message, code.format, module)


@lru_cache(maxsize=64)
def _drawn(message: str, symbology: str, module: int) -> Picture:
    try:
        image: Any = zxingcpp.create_barcode(message, _SYMBOLOGIES[symbology]).to_image(
            scale=module, add_quiet_zones=True
        )
    except (ValueError, RuntimeError) as error:
        hint = "shorten it, or use format qr"
        raise RenderError(
            f"{len(message)} characters do not fit", code="barcode.length", where="message", hint=hint
        ) from error
    height, width = image.shape
    pixels = Image.frombytes("L", (width, height), bytes(memoryview(image).cast("B")))
    return Picture(encoded(pixels.convert("1")), key=picture_key("barcode", symbology, message, module))
