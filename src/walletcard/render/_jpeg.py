"""The headers of a JPEG in, what it takes to unpack it out: passes over the picture, and memory for what they add to.

https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B
"""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_SCANS: Final = 50  # Tools write ten to twenty; each is a pass over the whole picture, in however few bytes.
MAX_KEPT: Final = 48_000_000  # Bytes. Of 4:2:0, as cameras and the web have it, that is 16 megapixels.
_MAX_PARTS: Final = 10_000  # Ahead of the first scan. Pillow reads each by itself, and each byte between them.
_BARE: Final = frozenset((0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)))  # Markers that Pillow reads no length of.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE: Final = frozenset((b"\xc2", b"\xc6", b"\xca", b"\xce"))
_SCAN: Final = b"\xff\xda"


class Effort(NamedTuple):
    """What it takes to unpack a picture.

    Attributes:
        scans: Passes over it.
        kept: Bytes that stay in memory between them.
    """

    scans: int
    kept: int


def effort(jpeg: bytes) -> Effort | None:
    """Return what it takes to unpack a JPEG; ``None`` when it is cut into too many parts to be looked through."""
    place, frame = 2, b""
    for _ in range(_MAX_PARTS):
        if place + 4 > len(jpeg) or jpeg[place : place + 2] == _SCAN:
            return _counted(frame, jpeg.count(_SCAN, place))
        mark, size = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4])
        if jpeg[place] != 0xFF or mark in (0x00, 0xFF):
            place += 1
            continue
        if mark in _FRAMES:
            frame = jpeg[place + 1 : place + 2 + size]
        place += 2 if mark in _BARE else 2 + size
    return None


def _counted(frame: bytes, scans: int) -> Effort:
    """Return the effort for a frame: its marker, length, depth, height, width, and three bytes a component."""
    if scans <= 1 and frame[:1] not in _PROGRESSIVE:
        return Effort(scans, 0)
    height, width = int.from_bytes(frame[4:6]), int.from_bytes(frame[6:8])
    factors = [(one >> 4, one & 15) for one in frame[10::3]]
    finest = max((across for across, _ in factors), default=0) * max((down for _, down in factors), default=0)
    shares = sum(across * down for across, down in factors)
    return Effort(scans, 2 * height * width * shares // finest if finest else 0)
