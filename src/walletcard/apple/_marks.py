"""The byte order mark at the start of a text, and the encoding that it means."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"))


def mark_of(data: bytes) -> tuple[bytes, str]:
    """Return the mark, empty where there is none, and the encoding of what follows: UTF-8 unless it says another."""
    return next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
