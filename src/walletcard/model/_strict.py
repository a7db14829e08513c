"""What every strict reader of JSON refuses beyond Python's own: a key that is there twice, a number that is none."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any, Final, NoReturn

from walletcard.errors import quoted

MAX_DEPTH: Final = 100  # Ours, as Python's own limit is another one in each of its versions.
_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_LEVELS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


class NotStrictError(ValueError):
    """A part of a text that Python's reader would take."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's keys and values, for ``object_pairs_hook``."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictError(f"key {quoted(twice(pairs))} is there twice")
    return found


def twice(pairs: list[tuple[str, Any]]) -> str:
    """Return the first key that is there more than once; one is."""
    counts = Counter(name for name, _ in pairs)
    return next(name for name, count in counts.items() if count > 1)


def no_number(text: str) -> NoReturn:
    """Refuse NaN and Infinity, for ``parse_constant``."""
    raise NotStrictError(f"{text[:20]} is not a number")


def finite(text: str) -> float:
    """Return a number that is not too large to be one, for ``parse_float``."""
    number = float(text)
    return number if math.isfinite(number) else no_number(text)


def is_deep(text: str) -> bool:
    """Tell whether JSON is nested more deeply than any document of ours or of a wallet's."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for found in _BRACKET.finditer(text):
        depth += _LEVELS.get(found[0], 0)
        if depth > MAX_DEPTH:
            return True
    return False
