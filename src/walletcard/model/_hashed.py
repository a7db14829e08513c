"""A frozen value's hash, worked out once: what is kept is kept by such values, and asked for with every card."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class Hashed:
    """Has room for a hash; a frozen dataclass that inherits from it says ``__hash__ = remembered``."""

    __slots__ = ("_hash",)


def remembered(value: Any) -> int:
    """Return the hash of a dataclass, the same that Python would give it."""
    try:
        return int(value._hash)
    except AttributeError:
        found = hash(tuple(getattr(value, one.name) for one in fields(value)))
        object.__setattr__(value, "_hash", found)
        return found
