"""What was asked for in, a short name for the drawn picture out.

Made from the request and never from the PNG, whose bytes differ between builds of zlib.
"""

from __future__ import annotations

import hashlib
from typing import Final

VERSION: Final = 1  # Of the drawing. Raise it with every change of pixels: addresses of pictures hold the key.


def picture_key(*asked: object) -> str:
    """Return 16 hex digits that name the picture; ``asked`` are strings, numbers and tuples of them."""
    return hashlib.sha256(repr((VERSION, asked)).encode()).hexdigest()[:16]
