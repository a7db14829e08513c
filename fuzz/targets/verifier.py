"""A signed pass of ours: its signature, its manifest, its document or the whole archive is another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from fuzz._target import Target
from fuzz.targets._material import AT, FOLDER, compact, pass_files
from walletcard import apple
from walletcard.apple import _archive
from walletcard.errors import Issue

_PARTS: Final = ("signature", "manifest.json", "pass.json")


def one(data: bytes) -> Iterable[Issue] | None:
    """Verify a pass; the first byte says what the rest replaces, and its highest bit whether strictly."""
    mode, rest = data[0] if data else 0, data[1:]
    part = mode & 0x7F
    if part < len(_PARTS):
        rest = _archive.archive({**pass_files(), _PARTS[part]: rest})
    return apple.verify(rest, roots=_root(), at=AT, strict=mode >= 0x80).issues


@cache
def _root() -> bytes:
    return (FOLDER / "root.pem").read_bytes()


def seeds() -> Iterator[bytes]:
    """Make the parts as they are."""
    files = pass_files()
    for strict in (0, 0x80):
        for number, part in enumerate(_PARTS):
            yield bytes([strict | number]) + files[part]
        yield bytes([strict | 3]) + _archive.archive(files)
    yield b"\1" + compact({"pass.json": "0" * 40, "../x": 1, "icon.png": None})


VERIFIER: Final = Target(name="verifier", one=one, seeds=seeds, shape="der", head=1, longest=12_000)
