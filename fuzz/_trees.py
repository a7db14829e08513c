"""A JSON document in, a slightly different one out: what a change of single bytes rarely reaches."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any, Final

_ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 0.5, -0.0, 1e308, 10**30, 2**31, 2**63, "", " ", "x", "0", "\u0000", "\ud800", "é",
    "שלום", "a\nb", "%@", "2026-11-22T10:00:00+02:00", "2026-02-30T10:00:00Z", "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59", "2026-03-29T02:30:00", "https://example.com", "https://[", "https://a:99999/",
    "rgb(1,2,3)", "rgb(300, 0, 0)", "#fff", "en-GB", "x" * 5000, [], {}, [None], {"x": None}, [[[[]]]],
)  # fmt: skip


def changed(text: bytes, words: tuple[str, ...], seed: int) -> bytes | None:
    """Return a document with one to four changes; ``None`` when it is no JSON.

    Args:
        text: The document.
        words: Keys and texts that it may know.
        seed: The same one makes the same changes.
    """
    try:
        holder = [json.loads(text)]
    except (ValueError, RecursionError):
        return None
    chance = Random(seed)  # noqa: S311  # Chance that can be repeated.
    for _ in range(chance.randint(1, 4)):
        _change(holder, words, chance)
    try:
        return json.dumps(holder[0], ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    except RecursionError:
        return None


def words_of(text: bytes) -> set[str]:
    """Return every key and every short text of a document."""
    try:
        places = _places([json.loads(text)])
    except (ValueError, RecursionError):
        return set()
    found = {key for _, key in places if isinstance(key, str)}
    return found | {one for parent, key in places if isinstance(one := parent[key], str) and len(one) < 60}


def _change(holder: list[Any], words: tuple[str, ...], chance: Random) -> None:
    places = _places(holder)
    parent, key = chance.choice(places)
    other, there = chance.choice(places)
    what = chance.randrange(7)
    if what == 0 and parent is not holder:
        del parent[key]
    elif what == 1:
        parent[key] = json.loads(json.dumps(other[there]))
    elif what == 2 and isinstance(parent, dict):
        parent[chance.choice(words) if words else "x"] = parent.pop(key)
    elif what == 3 and isinstance(parent, dict):
        parent[chance.choice(words) if words else "x"] = _odd(chance)
    elif what == 4 and words:
        parent[key] = chance.choice(words)
    elif what == 5 and isinstance(parent, list) and len(parent) < 64:
        parent.extend(parent[:32])
    elif what == 6 and isinstance(parent[key], int):
        parent[key] += chance.choice((-1, 1, 10**6, -(10**6)))
    else:
        parent[key] = _odd(chance)


def _odd(chance: Random) -> Any:
    return deepcopy(chance.choice(_ODD))


def _places(holder: list[Any]) -> list[tuple[Any, Any]]:
    """Return every place of a tree as its parent and the key or index in it."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Any] = [holder]
    while waiting and len(found) < 20_000:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one)
        for key, value in pairs:
            found.append((one, key))
            if isinstance(value, (dict, list)):
                waiting.append(value)
    return found
