"""Where inputs are kept: good ones to begin with, and those that once brought the library down."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fuzz._target import Target

HERE: Final = Path(__file__).parent
CORPUS: Final = HERE / "corpus"
CRASHES: Final = HERE / "crashes"


def named(data: bytes) -> str:
    """Return the file name of an input."""
    return hashlib.sha256(data).hexdigest()[:16]


def keep(folder: Path, data: bytes) -> Path:
    """Write an input into a folder, once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / named(data)
    path.write_bytes(data)
    return path


def crashes(target: Target) -> Iterator[Path]:
    """Yield the inputs that once brought a target down."""
    yield from sorted(one for one in (CRASHES / target.name).glob("*") if one.is_file())


def strangers() -> Iterator[bytes]:
    """Yield passes of other makers, where they are at hand; none is in the repository."""
    shared = Path(os.environ.get("WALLETCARD_SHARED", HERE.parents[1] / "shared"))
    yield from (path.read_bytes() for path in sorted(shared.glob("passes/*.pkpass")))
