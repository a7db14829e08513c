"""The table of the README, between its two marks."""

from __future__ import annotations

import os
import platform
import ssl
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench._results import Result, markdown

BEGIN: Final = "<!-- bench -->"
END: Final = "<!-- /bench -->"


def block(results: Sequence[Result], notes: Sequence[str], *, on: date) -> str:
    """Return date, versions and table."""
    versions = f"Python {platform.python_version()}, cryptography {version('cryptography')}, {ssl.OPENSSL_VERSION}"
    cores = f"{os.cpu_count()} cores of {platform.machine()}"
    head = f"Measured on {on:%-d %B %Y} with {versions}, {cores}, by `python -m bench --readme`."
    parts = [BEGIN, head, "", markdown(results)]
    if notes:
        parts += ["", "Not measured: " + "; ".join(notes) + "."]
    return "\n".join([*parts, END])


def replaced(page: str, content: str) -> str:
    """Return the page with the block between the marks replaced.

    Raises:
        ValueError: The page has no such place.
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise ValueError(f"the page needs the lines {BEGIN} and {END} once each, in this order")
    return page[: page.index(BEGIN)] + content + page[page.index(END) + len(END) :]


def write(path: Path, content: str) -> None:
    """Put the block into the page."""
    path.write_text(replaced(path.read_text(encoding="utf-8"), content), encoding="utf-8")
