"""A field path of a class template in, what is wrong with it out.

https://developers.google.com/wallet/retail/loyalty-cards/resources/template
"""

from __future__ import annotations

import re
from typing import Final

from walletcard.errors import quoted
from walletcard.google._found import nearest
from walletcard.google._types import Entry, Type, types

_STEP: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\[(?:'([^'\]]*)'|(\"[^\"\]]*\"|[0-9]+))\])?(?:\.|$)")
_ID: Final = re.compile(r"[A-Za-z0-9_-]+")


def path_problem(path: object, kind: str) -> tuple[str, str] | None:
    """Return a message and a hint when ``path`` leads nowhere in a class or object of ``kind``."""
    if not isinstance(path, str) or not path.startswith(("class.", "object.")):
        return f"{quoted(path)} is no path", "write one such as object.loyaltyPoints.balance"
    start, rest = path.split(".", 1)
    place: Type | None = types()[kind.removesuffix("Class").removesuffix("Object") + start.capitalize()]
    position = 0
    while position < len(rest):
        step = _STEP.match(rest, position)
        if step is None:
            return f"{quoted(rest[position:])} cannot be read", _MODULE_HINT
        entry = place.entries.get(step[1]) if place else None
        if entry is None or place is None:
            hint = "it is a value already: end the path before it"
            if place:
                hint = nearest(step[1], place.entries) or "look the type up in Google's reference"
            return f"{quoted(step[1])} is no field there", hint
        if problem := _index_problem(entry, step):
            return problem
        # A module named by its id is the end: its header becomes the label, its body the value.
        place = None if entry.many else entry.of
        position = step.end()
    return ("ends in a dot", "name a field") if rest.endswith(".") or not rest else None


def _index_problem(entry: Entry, step: re.Match[str]) -> tuple[str, str] | None:
    if step[3] is not None:
        return f"{quoted(step[0])} is no id in single quotes", _MODULE_HINT
    if step[2] is not None and not entry.many:
        return f"{quoted(step[1])} is no list", "leave the brackets out"
    if step[2] is not None and not _ID.fullmatch(step[2]):
        return f"{quoted(step[2])} is not an id", _MODULE_HINT
    return None


_MODULE_HINT: Final = "write object.textModulesData['id'], the id without dots"
