"""The paths in an archive: what no file system may meet, and what two file systems would take for different files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from walletcard.apple._refusing import refuse
from walletcard.errors import quoted

_MAX_NAME: Final = 200
_BAD_CHARACTER: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.].*)?", re.IGNORECASE)


def require_names(names: Iterable[str]) -> None:
    """Refuse paths that are unsafe, there twice, or the same but for their case."""
    names = list(names)
    seen: dict[str, str] = {}
    for name in names:
        path = name.removesuffix("/")
        if path == "." and name.endswith("/"):  # What "zip -r pass.pkpass ./" of some makers leaves.
            continue
        parts = path.split("/")
        bad = _BAD_CHARACTER.search(path) or len(name) > _MAX_NAME or not path.isprintable()
        if bad or any(not part or part[-1] in " ." or _DEVICE.fullmatch(part) for part in parts):
            refuse("zip.name", quoted(name), "an unsafe name in the archive")
        folded = unicodedata.normalize("NFC", path).casefold()
        twin = seen.get(folded)
        if twin == path:
            refuse("zip.duplicate", quoted(name), "is there twice")
        if twin is not None:
            refuse("zip.case", quoted(name), f"differs from {quoted(twin)} only in case")
        seen[folded] = path
    files = set(names)  # A folder's name ends with a slash, and that of no file does.
    for name in names:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in files for depth in range(1, len(parts))):
            refuse("zip.name", quoted(name), "lies in a file as if it were a folder")
