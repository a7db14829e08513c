"""A message in, a QR code out: whole pixels, quiet on all sides, dark on light."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import qrcode
from PIL import Image
from qrcode import constants
from qrcode.exceptions import DataOverflowError

from walletcard.errors import InvalidCardError, Issue, RenderError
from walletcard.model import Barcode, Color, Picture
from walletcard.model._color import BLACK, WHITE
from walletcard.render._key import picture_key
from walletcard.render._png import encoded

Correction = Literal["L", "M", "Q", "H"]

QUIET_ZONE: Final = 4  # Modules of margin, the least that ISO/IEC 18004 asks for.
_CONTRAST: Final = 4.5  # Scanners at a till look through scratched glass, in poor light.
_MODULES: Final = range(1, 41)
_CORRECTIONS: Final = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}


def qr(
    message: str,
    *,
    encoding: str = "utf-8",
    correction: Correction = "M",
    module: int = 8,
    dark: Color | str = BLACK,
    light: Color | str = WHITE,
) -> Picture:
    """Return a QR code.

    Args:
        message: What a scanner reads; up to 1,000 characters.
        encoding: How the characters become bytes: ``utf-8`` or ``iso-8859-1``.
        correction: How much damage it survives: L 7 %, M 15 %, Q 25 %, H 30 %.
        module: Pixels of one small square, 1 to 40.
        dark: The squares; `Color`, ``#rrggbb``, ``#rgb`` or ``rgb(r, g, b)``.
        light: The ground; much lighter than the squares, for many scanners read nothing else.

    Raises:
        InvalidCardError: The message is empty, too long for a card or cannot be written in ``encoding``; or the
            colours are too close, or light on dark.
        RenderError: The message does not fit into one code, or there is no such ``correction`` or ``module`` size.
    """
    Barcode(message=message, encoding=encoding)  # The card's own rules for what a scanner may read.
    if not isinstance(correction, str) or correction not in _CORRECTIONS:
        raise RenderError("unknown", code="barcode.correction", where="correction", hint="use L, M, Q or H")
    require_module(module)
    squares, ground = Color.parse(dark, where="qr.dark"), Color.parse(light, where="qr.light")
    _require_readable(squares, ground)
    return _drawn(message.encode(encoding), correction, module, squares, ground)


def require_module(module: object) -> None:
    """Raise `RenderError` unless ``module`` is a width of a code's narrowest part: 1 to 40 pixels."""
    if type(module) is not int or module not in _MODULES:
        raise RenderError("not a size", code="barcode.module", where="module", hint="use 1 to 40 pixels")


def _require_readable(dark: Color, light: Color) -> None:
    ratio = dark.contrast(light)
    if dark.luminance < light.luminance and ratio >= _CONTRAST:
        return
    message = f"{dark.hex} on {light.hex} has contrast {ratio:.1f}, need {_CONTRAST:g} with the squares darker"
    hint = "use black on white"
    raise InvalidCardError.from_issues([Issue(code="color.contrast", where="qr.dark", message=message, hint=hint)])


@lru_cache(maxsize=64)
def _drawn(payload: bytes, correction: Correction, module: int, dark: Color, light: Color) -> Picture:
    code = qrcode.QRCode(error_correction=_CORRECTIONS[correction], border=QUIET_ZONE)
    code.add_data(payload, optimize=0)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        hint = "shorten it, or use a lower correction"
        raise RenderError(
            f"{len(payload)} bytes do not fit into one QR code", code="barcode.length", where="message", hint=hint
        ) from error
    rows = code.get_matrix()
    squares = Image.new("P", (len(rows), len(rows)))
    squares.putdata([int(square) for row in rows for square in row])
    squares.putpalette(bytes((*light.rgb, *dark.rgb)))
    side = len(rows) * module
    key = picture_key("qr", payload, correction, module, dark.rgb, light.rgb)
    return Picture(encoded(squares.resize((side, side), Image.Resampling.NEAREST)), key=key)
