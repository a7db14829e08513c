"""The bytes of a token, and their one spelling.

======  =======================================================================================
bytes   content
======  =======================================================================================
1       five bits that make the first letter a ``W`` (this version), three bits of kind
4 + 8   stamp and voucher only: Unix time of the end, nonce
1 - 47  ``key.programme.card``, ``key.programme.card.voucher`` or ``key.programme.source``, as one
        number in base 65
12      HMAC-SHA256 over all before, cut
======  =======================================================================================

At most 60 bytes, so 96 characters of base-32: a QR of version 5-M in alphanumeric mode, with room to spare.
"""

from __future__ import annotations

import re
from base64 import b32encode
from typing import Final

from walletcard.tokens._token import SHAPES, Kind

MAX_LENGTH: Final = 96  # Characters.
TIME_SIZE: Final = 4 + 8  # Bytes of the end and the nonce.

_MARK: Final = 0b10110_000
_KINDS: Final = {shape.number: kind for kind, shape in SHAPES.items()}
# 28 characters are the shortest token: one letter each for key, programme and card.
_SPELLING: Final = re.compile(rf"(W[A-Z2-7]{{27,{MAX_LENGTH - 1}}})\r?\n?")
_VALUES: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHIJKLMNOPQRSTUV")
# The dot only separates. As the digit zero it never leads, so a text and its number are one to one.
_DIGITS: Final = ".ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_ROOM: Final = {False: 62, True: 46}  # 65 ** 62 < 256 ** 47 and 65 ** 46 < 256 ** 35: what 60 bytes leave.


def room(kind: Kind) -> int:
    """Return how many characters of ids, dots included, always fit into a token of this kind."""
    return _ROOM[SHAPES[kind].one_time]


def head(kind: Kind) -> bytes:
    """Return the first byte."""
    return bytes([_MARK | SHAPES[kind].number])


def kind_of(raw: bytes) -> Kind | None:
    """Return the kind that the first byte names; ``None`` for a number without one."""
    return _KINDS.get(raw[0] ^ _MARK)


def spell(raw: bytes) -> str:
    """Return the bytes in base-32 without padding."""
    return b32encode(raw).decode().rstrip("=")


def unspell(text: str) -> bytes | None:
    """Return the bytes that `spell` would write so, a line end apart; ``None`` for any other spelling."""
    found = _SPELLING.fullmatch(text)
    if not found:
        return None
    size, spare = divmod(5 * len(found[1]), 8)
    number = int(found[1].translate(_VALUES), 32)
    # Spare bits belong to no byte: five or more are a letter too many, and one that is set is another spelling.
    return None if spare >= 5 or number % (1 << spare) else (number >> spare).to_bytes(size)


def pack(ids: str) -> bytes:
    """Return the ids and dots as one number, in as few bytes as it takes."""
    number = 0
    for character in ids:
        number = number * len(_DIGITS) + _DIGITS.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8)


def unpack(packed: bytes) -> str:
    """Return the ids and dots that `pack` was given."""
    number, ids = int.from_bytes(packed), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        ids = _DIGITS[digit] + ids
    return ids
