"""The tables of README.md and docs/speed.md, each between its two marks: what a newcomer asks, and everything."""

from __future__ import annotations

import os
import platform
import ssl
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench._results import Result, markdown, rows
from bench.peers import DOCUMENTED, FASTER, OURS

BEGIN: Final = "<!-- bench -->"
END: Final = "<!-- /bench -->"
_FASTER: Final = FASTER.strip()
_PEERS: Final = ("made by", DOCUMENTED, _FASTER, "target", "holds", "at its best", _FASTER)


def measured_on(day: date) -> str:
    """Return the sentence that says when, with what and by which command."""
    versions = f"Python {platform.python_version()}, cryptography {version('cryptography')}, {ssl.OPENSSL_VERSION}"
    cores = f"{os.cpu_count()} cores of {platform.machine()}"
    return f"Measured on {day:%-d %B %Y} with {versions}, {cores}, by `python -m bench --readme`."


def block(results: Sequence[Result], notes: Sequence[str], *, head: str) -> str:
    """Return every line, for docs/speed.md."""
    return _between_marks(head, notes, markdown(results))


def summary(results: Sequence[Result], notes: Sequence[str], *, head: str) -> str:
    """Return the lines that have a target, and one line for each peer, for README.md."""
    held = [one for one in results if one.target is not None and one.name != FASTER]
    peers = list(_peers(results))
    return _between_marks(head, notes, markdown(held), *([rows(_PEERS, peers)] if peers else []))


def _between_marks(head: str, notes: Sequence[str], *tables: str) -> str:
    parts = [head, *tables]
    if notes:
        parts.append("Not measured: " + "; ".join(notes) + ".")
    return "\n".join([BEGIN, "\n\n".join(parts), END])


def _peers(results: Sequence[Result]) -> Iterable[Sequence[str]]:
    """Give our own lines, then each peer's two uses in one line."""
    for one in results:
        if one.name.startswith(OURS):
            yield one.name, one.cells[1], "", "", "", "", ""
    found: dict[str, list[str]] = {}
    for one, faster in pairwise(results):
        if faster.name == FASTER:
            peer, _, use = one.name.partition(", ")
            more = faster.cells[3:] if use == DOCUMENTED else ()
            found.setdefault(peer, [peer]).extend((one.cells[1], faster.cells[1], *more))
    yield from found.values()


def replaced(page: str, content: str) -> str:
    """Return the page with the block between the marks replaced.

    Raises:
        ValueError: The page has no such place.
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise ValueError(f"the page needs the lines {BEGIN} and {END} once each, in this order")
    return page[: page.index(BEGIN)] + content + page[page.index(END) + len(END) :]


def write(root: Path, results: Sequence[Result], notes: Sequence[str], *, head: str) -> None:
    """Put the tables into both pages; neither is touched when one has no place for its table."""
    places = {root / "README.md": summary, root / "docs" / "speed.md": block}
    made = {
        path: replaced(path.read_text(encoding="utf-8"), table(results, notes, head=head))
        for path, table in places.items()
    }
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
