"""A barcode's type and content in, why no printer or scanner would take it out."""

from __future__ import annotations

import re
from typing import Final

from walletcard.google._found import Problem
from walletcard.model._symbols import check_digit

# How many digits; the last of the longer is computed from the others.
_DIGITS: Final = {"EAN_8": (7, 8), "EAN_13": (12, 13), "ITF_14": (14,), "UPC_A": (11, 12)}
_CHECKED: Final = {"EAN_8": 8, "EAN_13": 13, "ITF_14": 14, "UPC_A": 12}
_ALPHABETS: Final = {
    "CODABAR": (re.compile(r"[A-Da-d]?[0-9$:/.+-]+[A-Da-d]?"), "digits and $ : / . + -"),
    "CODE_128": (re.compile(r"[\x00-\x7f]*"), "ASCII"),
    "CODE_39": (re.compile(r"[0-9A-Z .$/+%-]*"), "digits, capital letters and space . $ / + % -"),
}
_OTHER: Final = "use another type, such as QR_CODE"


def barcode_problem(kind: str, value: str) -> Problem | None:
    """Return what is wrong with ``value`` in a barcode of this type; ``None`` for nothing."""
    if kind in _DIGITS:
        counts = _DIGITS[kind]
        if not (value.isascii() and value.isdigit() and len(value) in counts):
            return Problem("barcode.message", f"{kind} needs {' or '.join(map(str, counts))} digits", _OTHER)
        if len(value) == _CHECKED[kind] and value[-1] != check_digit(value[:-1]):
            message = f"the last digit does not fit: {value[-1]}, and {check_digit(value[:-1])} is computed"
            return Problem(
                "barcode.check-digit", message, "look for a digit that was misread, or leave the last one out"
            )
    if kind in _ALPHABETS and not _ALPHABETS[kind][0].fullmatch(value):
        return Problem("barcode.message", f"{kind} holds {_ALPHABETS[kind][1]} only", _OTHER)
    return None
