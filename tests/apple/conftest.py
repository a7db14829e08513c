"""One identity and one set of pictures for all tests of the room: keys are made once per run."""

import struct
import zlib

import pytest
from tests.apple import chain

from walletcard.apple import Identity
from walletcard.model import Picture


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def identity() -> Identity:
    return Identity.from_pem(
        certificate=chain.der(chain.leaf()),
        key=chain.key_bytes(chain.key()),
        intermediate=chain.der(chain.authority()),
    )


@pytest.fixture(scope="session")
def pictures() -> dict[str, Picture]:
    sizes = {"icon": (38, 38), "strip": (375, 144)}
    return {
        f"{name}{suffix}.png": Picture(png(width * scale, height * scale))
        for name, (width, height) in sizes.items()
        for suffix, scale in (("", 1), ("@2x", 2), ("@3x", 3))
    }
