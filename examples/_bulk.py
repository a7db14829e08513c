"""A row of a members' file in, a pass on disk out: whole or not at all, and only where it is missing."""

from __future__ import annotations

import csv
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from stamp_card import copper_kettle

import walletcard as wc
from walletcard import apple, render

COLUMNS = ["id", "name", "stamps", "locale"]
CLUB = copper_kettle("https://example.com/logo.png")
UNFINISHED = ".unfinished-"
_MINE = secrets.token_hex(4)  # Processes on several machines may share a folder.


class Member(NamedTuple):
    """One row; ``line`` is where it ends in the file."""

    line: int
    id: str
    name: str
    stamps: str
    locale: str


class Problem(NamedTuple):
    """Why a row became no pass."""

    line: int
    message: str


class Roll:
    """The members of a file, read row by row: a million of them need little memory.

    Attributes:
        count: Rows, counted once in advance for the progress bar.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            if header != COLUMNS:
                raise ValueError(f"{path} begins with {','.join(header)!r}, not with {','.join(COLUMNS)!r}")
            self.count = sum(1 for row in rows if row)

    def __iter__(self) -> Iterator[Member | Problem]:
        seen: dict[str, int] = {}
        # A letter in another encoding becomes half a character, which the library refuses in its row.
        with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for row in rows:
                if row:
                    yield _read(row, rows.line_num, seen)


def _read(row: list[str], line: int, seen: dict[str, int]) -> Member | Problem:
    if len(row) != len(COLUMNS):
        return Problem(line, f"{len(row)} columns, need {len(COLUMNS)}")
    member = Member(line, *row)
    # Some disks take "a.pkpass" and "A.pkpass" for one file.
    first = seen.setdefault(member.id.casefold(), line)
    return member if first == line else Problem(line, f"id: {member.id!r} is on line {first} already")


def card_of(member: Member, *, at: datetime) -> wc.Card:
    """Return a member's card. An app reads it from its own database: ``wc.Card.from_json(row)``."""
    if not (member.stamps.isascii() and member.stamps.isdigit()):
        raise ValueError(f"stamps: {member.stamps!r} is not a whole number")
    card = wc.join(CLUB, id=member.id, member=member.name or None, locale=member.locale or None, at=at)
    paper = wc.Event.grant(id="paper-card", at=at, stamps=int(member.stamps), reason="paper card")
    return wc.apply(CLUB, card, paper)[0]


def make_pass(row: Member | Problem, *, out: Path, identity: apple.Identity, at: datetime) -> Problem | bool:
    """Write what is missing.

    Returns:
        Whether there was something to make; a problem if it cannot be made.
    """
    if isinstance(row, Problem):
        return row
    target = out / f"{row.id}.pkpass"
    if target.parent == out and target.exists():  # An id with a slash in it leads elsewhere; `join` refuses it.
        return False
    try:
        card = card_of(row, at=at)
        face = wc.face(CLUB, card, at=at)
        pictures = render.pictures(face, wallet="apple")
        pieces = apple.chunks(face, identity=identity, pictures=pictures, at=at)
    except (wc.WalletCardError, ValueError) as error:
        return Problem(row.line, str(error))
    write_whole(target, pieces)
    return True


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Let a file appear under its name in one step; until then nobody who looks for passes finds it."""
    unfinished = target.with_name(f"{UNFINISHED}{_MINE}-{target.stem}")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def clean(out: Path) -> None:
    """Make the folder, and take away what a killed run has left in it."""
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
