"""One bitmap: PNG bytes that know their size and remember what was computed from them."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from typing import Any, Final, TypeVar

from walletcard.errors import InvalidCardError, Issue, quoted

_Value = TypeVar("_Value", str, int, bool)

MAX_BYTES: Final = 5_000_000
_MAX_SIDE: Final = 10_000  # Pixels.
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_ANIMATION: Final = b"acTL"  # Stands before the first picture: https://www.w3.org/TR/png-3/#acTL-chunk
_CRUSHED: Final = b"CgBI"  # What Xcode makes of a PNG that it puts into an app.
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_EXPORT: Final = "export it as PNG"
_KNOWN: Final = (
    (b"", "is empty", "pass the picture's bytes"),
    (b"\xff\xd8\xff", "is a JPEG", "save it as PNG, or pass it through render.fit"),
    (b"RIFF", "is a WebP", "save it as PNG, or pass it through render.fit"),
    (b"GIF8", "is a GIF", "save it as PNG"),
    (b"<", "is an SVG or a web page", "wallets show bitmaps: export it as PNG"),
    (b"\x1f\x8b", "is compressed, as an SVGZ is", "wallets show bitmaps: export it as PNG"),
    (b"BM", "is a BMP", _EXPORT),
    (b"II*\0", "is a TIFF", _EXPORT),
    (b"MM\0*", "is a TIFF", _EXPORT),
    (b"\0\0\1\0", "is an ICO", _EXPORT),
    (b"8BPS", "is a PSD", _EXPORT),
    (b"%PDF", "is a PDF", _EXPORT),
    (b"%!PS", "is an EPS", _EXPORT),
)


class Picture:
    """One PNG bitmap, a value: equal bytes are equal pictures.

    A picture remembers what was once computed from its bytes (hashes, its archive entry), so passes that share a
    picture share that work.

    Attributes:
        png: The file's bytes.
        width: Pixels.
        height: Pixels.
        key: 16 hex digits that name the content; for URLs and caches. A drawn picture is keyed by what was drawn
            (the bytes of a PNG differ between builds of zlib), any other by its bytes.
    """

    __slots__ = ("_animated", "_crc", "_key", "_sha1", "height", "png", "width")

    png: bytes
    width: int
    height: int
    _key: str | None
    _sha1: str | None
    _crc: int | None
    _animated: bool | None

    def __init__(self, png: bytes, *, key: str | None = None, where: str = "picture") -> None:
        """Read the header.

        Raises:
            InvalidCardError: Not the bytes of a PNG, or no ``key`` for an address; ``where`` names the place.
        """
        width, height = _size(png, where)
        if key is not None and not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise _refuse(f"{where}.key", f"got {quoted(key)}, need a key", "leave it out, or use A-Z a-z 0-9 _ -")
        for name, value in (("png", bytes(png)), ("width", width), ("height", height), ("_key", key)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_sha1", None)
        object.__setattr__(self, "_crc", None)
        object.__setattr__(self, "_animated", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Picture does not change: {name}")

    def __eq__(self, other: object) -> bool:
        return self.png == other.png if isinstance(other, Picture) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.png)

    def __repr__(self) -> str:
        return f"Picture({self.width}x{self.height}, {len(self.png)} bytes, key={self.key!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.png, self._key)

    @property
    def key(self) -> str:
        return self._key or self._remember("_key", hashlib.sha256(self.png).hexdigest()[:16])

    @property
    def sha1(self) -> str:
        """The lower-case hex digest that Apple's manifest lists."""
        return self._sha1 or self._remember("_sha1", hashlib.sha1(self.png, usedforsecurity=False).hexdigest())

    @property
    def crc32(self) -> int:
        """The checksum that a zip archive stores."""
        return self._remember("_crc", zlib.crc32(self.png)) if self._crc is None else self._crc

    @property
    def animated(self) -> bool:
        """Whether it moves; wallets show one frame of it."""
        if self._animated is not None:
            return self._animated
        return self._remember("_animated", _ANIMATION in self.png[: self.png.find(b"IDAT")])

    def _remember(self, slot: str, value: _Value) -> _Value:
        object.__setattr__(self, slot, value)
        return value

    @property
    def data_url(self) -> str:
        """The picture as a ``data:`` address, for pages that load nothing."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"

    def _repr_png_(self) -> bytes:
        return self.png

    def _repr_html_(self) -> str:
        size = f'width="{self.width}" height="{self.height}"'
        return f'<img src="{self.data_url}" {size} alt="{self.width} by {self.height} pixels">'


def _restored(png: bytes, key: str | None) -> Picture:
    return Picture(png, key=key)


def _size(png: object, where: str) -> tuple[int, int]:
    if isinstance(png, str):
        hint = "open the file and pass its bytes; addresses are not downloaded"
        raise _refuse(where, f"got the text {quoted(png)}, need the picture's bytes", hint)
    if not isinstance(png, (bytes, bytearray, memoryview)):
        raise _refuse(where, f"got {quoted(png)}, need the picture's bytes", "pass the bytes of a PNG")
    data = bytes(png[:33])
    if len(png) > MAX_BYTES:
        raise _refuse(where, f"{len(png):_} bytes, over {MAX_BYTES:_}", "make it smaller")
    if not data.startswith(_SIGNATURE):
        begins = data.lstrip(_BLANK)  # An SVG is a text, and texts begin as they please.
        known = ((what, hint) for start, what, hint in _KNOWN if (begins.startswith(start) if start else not begins))
        message, hint = next(known, ("is not a picture", "pass the bytes of a PNG"))
        if data[4:8] == b"ftyp":
            message, hint = "is a HEIC, an AVIF or a film", "export it as PNG or JPEG"
        raise _refuse(where, message, hint)
    if data[12:16] == _CRUSHED:
        hint = "take the original, or: xcrun pngcrush -revert-iphone-optimizations in.png out.png"
        raise _refuse(where, "is a PNG that Xcode has crushed (CgBI)", hint)
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise _refuse(where, "the PNG ends early", "copy or download it again")
    width, height = struct.unpack(">II", data[16:24])
    if not (width and height):
        raise _refuse(where, f"{width}x{height} px", "a picture needs at least 1x1")
    if width * height > 4_000_000:
        raise _refuse(where, f"{width}x{height} px, over 4 megapixels", "make it smaller")
    if max(width, height) > _MAX_SIDE:
        raise _refuse(where, f"{width}x{height} px, over {_MAX_SIDE:_} on a side", "make it smaller")
    return width, height


def _refuse(where: str, message: str, hint: str) -> InvalidCardError:
    return InvalidCardError.from_issues([Issue(code="image.invalid", where=where, message=message, hint=hint)])
