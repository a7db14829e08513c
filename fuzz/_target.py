"""One reader of foreign data, ready to be fuzzed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from walletcard.errors import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader of foreign data.

    Attributes:
        name: What ``--target`` calls it, and the name of its folders.
        one: Reads one input. It may raise our errors, and returns the issues that were found, if that is its way.
        seeds: Makes good inputs to begin with.
        shape: ``json`` or ``der`` when inputs are such documents after the head: they are changed as trees, too.
        head: Bytes in front that choose what the rest is.
        longest: Bytes of an input.
        secret: Seeds hold private keys: they are made anew for each run, and stored nowhere.
    """

    name: str
    one: Callable[[bytes], Iterable[Issue] | None]
    seeds: Callable[[], Iterable[bytes]]
    shape: Literal["bytes", "json", "der"] = "bytes"
    head: int = 0
    longest: int = 4096
    secret: bool = False
