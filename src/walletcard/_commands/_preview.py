"""``preview``: a pass, a pass.json or a face from a file in, a page to look at out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from walletcard import preview
from walletcard._commands._shell import GOOD, complain, moment, read_bytes, require_a_pass, say, shown, written
from walletcard.errors import WalletCardError, quoted
from walletcard.model import Face

_BOM: Final = b"\xef\xbb\xbf"


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument(
        "file", metavar="FILE", help="a .pkpass of anybody's, a pass.json, or what Face.to_json() returned"
    )
    command.add_argument("--out", metavar="FILE.html", help="the page; by default FILE's name with .html, right here")
    command.add_argument("--at", type=moment, metavar="TIME", help="look at it as of then, such as 2026-12-31T12:00Z")
    command.set_defaults(run=_preview)


def _preview(given: argparse.Namespace) -> int:
    try:
        face = _face(read_bytes(given.file), given.file)
        page = preview.html(face, at=given.at)
        path = written(_place(given.file, given.out), page.encode())
    except WalletCardError as error:
        return complain(error)
    say(f"{shown(str(path))}  {path.stat().st_size:,} bytes")
    return GOOD


def _face(data: bytes, name: str) -> Face | bytes:
    """Return what a file holds: a face where it is JSON of ours, else the pass or pass.json that it should be."""
    if not data.removeprefix(_BOM).lstrip().startswith(b"{"):
        require_a_pass(data, name)
        return data
    if b'"formatVersion"' in data and b'"walletcard"' not in data:
        return data
    try:
        return Face.from_json(data.removeprefix(_BOM))
    except WalletCardError as error:
        hint = "give a .pkpass, a pass.json, or a file with what Face.to_json() returned"
        where = f"{quoted(name)} {error.where}".strip()
        raise WalletCardError(error.message, code=error.code, where=where, hint=error.hint or hint) from error


def _place(name: str, out: str | None) -> Path:
    """Return where the page goes: never over the file that it is made of."""
    place = Path(Path(name).stem + ".html") if out is None else Path(out)
    if place.exists() and place.samefile(name):
        hint = "name another file with --out"
        raise WalletCardError("is the file to draw", code="file.same", where=quoted(str(place)), hint=hint)
    return place
