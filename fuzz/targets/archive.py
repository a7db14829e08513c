"""Anybody's archive: as it is, and with one of its files put in its place after it was packed rightly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from fuzz._target import Target
from fuzz.targets._material import pass_files, png, zipped
from walletcard import apple
from walletcard.apple._package import read_document
from walletcard.errors import Issue

_TEXTS: Final = b'/* a */ "total" = "Total";\n"terms" = "One \\"stamp\\" a drink\\n\\U05e9";\n'


def one(data: bytes) -> Iterable[Issue] | None:
    """Read an archive; the first byte says what the rest is."""
    mode, rest = data[:1], data[1:]
    if mode == b"\0":
        return apple.read(rest).issues
    if mode == b"\1":
        return [issue for found in apple.read_bundle(rest) for issue in found.issues]
    if mode == b"\2":
        return read_document(rest).issues
    return apple.read(_packed(mode, rest)).issues


def _packed(mode: bytes, rest: bytes) -> bytes:
    """Return an archive that is well made but for one file, or one file's name."""
    files = {"pass.json": b"{}"}
    if mode == b"\3":
        return zipped({"pass.json": rest})
    if mode == b"\4":
        return zipped({**files, "en.lproj/pass.strings": rest})
    if mode == b"\5":
        return zipped({**files, "icon.png": rest}, deflate=False)
    names = rest.decode("utf-8", "replace").split("\n")[:50]
    return zipped({**files, **{name: b"x" for name in names if name.strip("\0")}})


def seeds() -> Iterator[bytes]:
    """Make one of each."""
    files = {name: content for name, content in pass_files().items() if name != "signature"}
    single = zipped({"pass.json": files["pass.json"], "en.lproj/pass.strings": _TEXTS})
    yield b"\0" + single
    yield b"\0" + zipped({"pass.json": b"{}", "icon.png": png(1, 1)}, deflate=False)
    yield b"\1" + zipped({"a.pkpass": zipped({"pass.json": b"{}"}), "b.pkpass": zipped({"pass.json": b"{}"})})
    yield b"\1" + single
    yield b"\2" + files["pass.json"]
    yield b'\2\xef\xbb\xbf{"a": [1, 2,], "b": 1e5, "a": NaN}'
    yield b'\3{"formatVersion": 1, "generic": {},}'
    yield b"\4" + _TEXTS
    yield b"\4" + _TEXTS.decode("ascii").encode("utf-16")
    yield b"\5" + png(3, 2)
    yield b"\6icon.png\nen.lproj/pass.strings\n../a\nCON\n__MACOSX/._icon.png\n.DS_Store"


ARCHIVE: Final = Target(name="archive", one=one, seeds=seeds, head=1, longest=40_000)
