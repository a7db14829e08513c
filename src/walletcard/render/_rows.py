"""A PNG's bytes in, whether every row of its pixels is there out; nothing is unpacked at once.

https://www.w3.org/TR/png-3/#8Interlace
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # By colour type.
# Where each pass of Adam7 begins and how far it steps, across and down.
_ADAM7: Final = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))
_PIECE: Final = 65_536


def holds_every_row(png: bytes) -> bool:
    """Tell whether the deflated data is as long as the header says; the file must be one that has been decoded.

    Raises:
        zlib.error: The data is no deflate.
        ValueError: The header names no kind of colour.
    """
    wanted = _bytes_of_pixels(png)
    inflate = zlib.decompressobj()
    for data in _image_data(png):
        while data and wanted > 0:
            wanted -= len(inflate.decompress(data, _PIECE))
            data = inflate.unconsumed_tail
    while wanted > 0 and (more := inflate.decompress(b"", _PIECE)):
        wanted -= len(more)
    return wanted <= 0


def _bytes_of_pixels(png: bytes) -> int:
    width, height, depth, kind, interlaced = struct.unpack_from(">IIBB2xB", png, 16)
    if kind not in _CHANNELS:  # The reader has found another header further on.
        raise ValueError(kind)
    bits = depth * _CHANNELS[kind]
    passes = _ADAM7 if interlaced else ((0, 1, 0, 1),)
    total = 0
    for left, across, top, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total


def _image_data(png: bytes) -> Iterator[bytes]:
    """Yield the content of the chunks that hold pixels."""
    place = 8
    while place + 8 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        if kind == b"IDAT":
            yield png[place + 8 : place + 8 + length]
        place += length + 12
