"""The way into a forked process: importing this costs nothing, and what it calls is loaded there already."""

from pathlib import Path
from typing import NoReturn


def start(name: str, runs: int, seconds: float, place: Path) -> NoReturn:
    """Fuzz one target; the process ends with it."""
    from fuzz._worker import fuzz

    fuzz(name, runs, seconds, place)
