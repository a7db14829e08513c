"""A document and what Google holds in, what a PATCH must tell Google out.

Google's copy has more in it than was sent - its own marks, defaults, a review - and that is no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_MARKS: Final = frozenset({"kind"})  # Google writes the type of each part into its answers.
_SAME: Final = {"APPROVED": "UNDER_REVIEW", "approved": "UNDER_REVIEW", "underReview": "UNDER_REVIEW"}


def changes(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of ``wanted`` that differ, with their whole values; what it does not name stays as it is.

    ``None`` takes away. A part that has lost keys tells them as ``None``. A class that changes is handed in for
    review again: Google refuses to hear its own ``APPROVED``.
    """
    found = {
        key: whole(held.get(key), value)
        for key, value in wanted.items()
        if key != "id" and not _same(key, held.get(key), value)
    }
    if found and "reviewStatus" in wanted:
        found["reviewStatus"] = wanted["reviewStatus"]
    return found


def _same(key: str, held: object, wanted: object) -> bool:
    if isinstance(wanted, Mapping):
        if not isinstance(held, Mapping):
            return not wanted and held is None
        more = any(_says(held[name]) for name in held.keys() - wanted.keys() - _MARKS)
        return not more and all(_same(name, held.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, (list, tuple)):
        if not isinstance(held, Sequence) or isinstance(held, str) or len(held) != len(wanted):
            return not wanted and not _says(held)
        return all(_same(key, one, other) for one, other in zip(held, wanted, strict=True))
    if key == "reviewStatus" and isinstance(held, str):
        held = _SAME.get(held, held)
    if not _says(wanted):
        return not _says(held)  # What is false or empty Google may leave out of its answers.
    if isinstance(wanted, bool) or isinstance(held, bool):
        return wanted is held
    return held == wanted or (isinstance(wanted, int) and held == str(wanted))


def _says(value: object) -> bool:
    return not (value is None or value is False or value == "" or value == [] or value == {})


def whole(held: object, wanted: Any) -> Any:
    """Return a value that comes out right whether Google merges it into its own, as it says, or replaces it."""
    if not isinstance(wanted, Mapping):
        return wanted
    old = held if isinstance(held, Mapping) else {}
    lost: dict[str, Any] = {key: None for key in old if key not in wanted and key not in _MARKS}
    return lost | {key: whole(old.get(key), value) for key, value in wanted.items()}
