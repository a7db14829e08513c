"""A kind of barcode and a message in, why no scanner would read it out."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from walletcard.errors import quoted

MAX_CODE128: Final = 48  # More bars than that are too thin for a scanner at a phone's width.
MAX_BARS: Final = 30  # The older codes of bars are wider, letter by letter.

_EAN13: Final = re.compile(r"[0-9]{12,13}")
_DIGITS: Final = re.compile(r"[0-9]+")
_CODE39: Final = re.compile(r"[0-9A-Z .$/+%-]+")
_CODABAR: Final = re.compile(r"[A-D][0-9$:/.+-]+[A-D]|[0-9$:/.+-]+")


class Flaw(NamedTuple):
    """Why a message cannot be in a code, and what to do."""

    code: str
    message: str
    hint: str


def flaw(kind: str, message: str) -> Flaw | None:
    """Return what is wrong with a message in a code of this kind; ``None`` for nothing.

    Args:
        kind: ``code128``, ``code39``, ``codabar``, ``ean13`` or ``i2of5``; every other kind takes any message.
        message: What the code is to hold.
    """
    judge = _JUDGES.get(kind)
    return judge(message) if judge and message else None


def check_digit(digits: str) -> str:
    """Return GS1's check digit of the digits before it: from the right, each odd place counts three times."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _code128(message: str) -> Flaw | None:
    odd = next((letter for letter in message if not letter.isascii()), None)
    if odd is not None:
        where = f"{quoted(odd)} (position {message.index(odd)}) cannot be in Code 128"
        return Flaw("barcode.message", where, "use format qr with encoding utf-8, or plain letters")
    if len(message) > MAX_CODE128:
        return Flaw("barcode.length", f"{len(message)} characters, Code 128 fits {MAX_CODE128} on a card", _QR)
    return None


def _code39(message: str) -> Flaw | None:
    if not _CODE39.fullmatch(message):
        hint = "write capitals only, or use format code128"
        return Flaw("barcode.message", "Code 39 holds digits, A to Z, space and . $ / + % - only", hint)
    return _narrow("Code 39", message)


def _codabar(message: str) -> Flaw | None:
    if not _CODABAR.fullmatch(message):
        hint = "start and end with the same kind of letter, such as A1234B, or leave both out"
        return Flaw("barcode.message", "Codabar holds digits and $ : / . + - between A, B, C or D", hint)
    return _narrow("Codabar", message)


def _ean13(message: str) -> Flaw | None:
    if not _EAN13.fullmatch(message):
        return Flaw("barcode.message", f"EAN-13 needs 13 digits, got {len(message)} characters", _QR)
    right = check_digit(message[:12])
    if len(message) == 12:
        return Flaw("barcode.check-digit", "the check digit is missing", f"append {right}")
    if message[12] != right:
        hint = "look for a digit that was misread"
        return Flaw("barcode.check-digit", f"the last digit is {message[12]}, computed is {right}", hint)
    return None


def _i2of5(message: str) -> Flaw | None:
    if not _DIGITS.fullmatch(message):
        return Flaw("barcode.message", "Interleaved 2 of 5 holds digits only", _QR)
    if len(message) % 2:
        hint = "put a 0 in front, if your till drops it"
        return Flaw("barcode.message", f"Interleaved 2 of 5 holds pairs of digits, got {len(message)}", hint)
    return _narrow("Interleaved 2 of 5", message)


def _narrow(name: str, message: str) -> Flaw | None:
    if len(message) <= MAX_BARS:
        return None
    return Flaw("barcode.length", f"{len(message)} characters, {name} fits {MAX_BARS} on a card", _QR)


_QR: Final = "use format qr"
_JUDGES: Final = {"code128": _code128, "code39": _code39, "codabar": _codabar, "ean13": _ean13, "i2of5": _i2of5}
