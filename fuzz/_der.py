"""A DER structure in, a slightly different one out whose lengths are right: single bytes rarely get past a parser."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any, Final

_CONSTRUCTED: Final = 0x20
_WRAPS: Final = (0x04, 0x80)  # Tags of bytes in which another structure may stand.
_ODD: Final = (b"", b"\0", b"\x80", b"\xff" * 9, b"\x30\x80", b"261122100000Z", b"99991231235959Z", b"\x2a" * 40)
_TAGS: Final = (0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x17, 0x18, 0x1E, 0x30, 0x31, 0x80, 0xA0, 0xA1, 0x24)
_DEEPEST: Final = 24

Node = list[Any]
"""A tag, and the bytes or the nodes that it holds."""


def changed(data: bytes, seed: int) -> bytes | None:
    """Return a structure with one to three changes; ``None`` when it cannot be taken apart.

    Args:
        data: The structure.
        seed: The same one makes the same changes.
    """
    tree = _parsed(data, 0)
    if not tree:
        return None
    chance = Random(seed)  # noqa: S311  # Chance that can be repeated.
    for _ in range(chance.randint(1, 3)):
        _change(tree, chance)
    return _written(tree)


def _change(tree: list[Node], chance: Random) -> None:
    lists = [tree, *_lists(tree)]
    siblings = chance.choice([one for one in lists if one] or [[[0x05, b""]]])
    at = chance.randrange(len(siblings))
    what = chance.randrange(7)
    if what == 0 and len(siblings) > 1:
        del siblings[at]
    elif what == 1:
        siblings.insert(at, deepcopy(siblings[at]))
    elif what == 2:
        siblings[at] = deepcopy(chance.choice(chance.choice([one for one in lists if one])))
    elif what == 3:
        siblings[at][0] = chance.choice(_TAGS)
    elif what == 4:
        siblings.reverse()
    elif isinstance(content := siblings[at][1], bytes) and content and what == 5:
        place = chance.randrange(len(content))
        siblings[at][1] = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
    else:
        siblings[at][1] = chance.choice(_ODD)


def _lists(tree: list[Node]) -> list[list[Node]]:
    found = [content for _, content in tree if isinstance(content, list)]
    return [*found, *(inner for one in found for inner in _lists(one))]


def _parsed(data: bytes, depth: int) -> list[Node] | None:
    """Return the nodes that fill ``data``; ``None`` when it is nothing of the kind."""
    nodes: list[Node] = []
    at = 0
    while at < len(data):
        if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
            return None
        tag, size, start = data[at], data[at + 1], at + 2
        if size >= 0x80:
            width = size & 0x7F
            size, start = int.from_bytes(data[start : start + width]), start + width
            if not 1 <= width <= 3:
                return None
        content = data[start : start + size]
        if len(content) != size:
            return None
        inner = None
        if depth < _DEEPEST and (tag & _CONSTRUCTED or (tag in _WRAPS and content[:1] == b"\x30")):
            inner = _parsed(content, depth + 1)
        nodes.append([tag, content if inner is None else inner])
        at = start + size
    return nodes


def _written(nodes: list[Node]) -> bytes:
    parts = []
    for tag, content in nodes:
        body = content if isinstance(content, bytes) else _written(content)
        size = len(body)
        width = (size.bit_length() + 7) // 8
        length = bytes([size]) if size < 0x80 else bytes([0x80 | width]) + size.to_bytes(width)
        parts.append(bytes([tag]) + length + body)
    return b"".join(parts)
