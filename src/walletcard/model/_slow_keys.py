"""Keys that take their reader minutes: told by what is written on them, before anybody reads them.

Cryptography's readers test the primes of a key, whatever their size: two kilobytes can keep them busy for minutes.
More than one room reads keys that a stranger may have made.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Final

MAX_BITS: Final = 4096  # Of an RSA key in a file; Apple's and Google's have 2048.

# The two names of Diffie-Hellman, in DER: https://www.rfc-editor.org/rfc/rfc3279#section-2.3.3
_NAMES: Final = (bytes.fromhex("06092a864886f70d010301"), bytes.fromhex("06072a8648ce3e0201"))
_NO_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")


def _in_base64(content: bytes, before: int) -> bytes:
    """Return how base64 spells bytes with so many before them: only the letters that depend on nothing else."""
    letters = b64encode(bytes(before) + content)
    return letters[(before * 8 + 5) // 6 : (before + len(content)) * 8 // 6]


_SPELLINGS: Final = tuple(_in_base64(name, before) for name in _NAMES for before in range(3))


def names_diffie_hellman(content: bytes) -> bool:
    """Tell whether DER or PEM names an algorithm that signs nothing, and whose parameters take very long to test."""
    letters = _NO_BASE64.sub(b"", content)
    return any(name in content for name in _NAMES) or any(one in letters for one in _SPELLINGS)


def is_too_large(modulus: int, *primes: int) -> bool:
    """Tell whether an RSA key takes very long to test: by its size, or by one prime that is most of it."""
    return modulus.bit_length() > MAX_BITS or any(one.bit_length() > MAX_BITS // 2 for one in primes)
