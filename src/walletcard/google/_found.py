"""What a look through a document has found, and where. Places become text only when something is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from walletcard.errors import MAX_LINE, Issue, Severity, quoted

_MOST: Final = 10_000  # Issues of one document.
_MANY: Final = 100  # Issues, after which nobody looks for what an unknown key may have meant.
MAX_PATH: Final = 110  # Characters; fewer where a whole message would not stay within its line.

Place = tuple[Any, str | int]
"""A parent's place, or ``None``, and the key or index below it."""


class Problem(NamedTuple):
    """What is wrong with one value, wherever it stands."""

    code: str
    message: str
    hint: str

    def at(self, where: str) -> Issue:
        """Return the issue that this is at one place."""
        return Issue(code=self.code, where=where, message=self.message, hint=self.hint)


class Found:
    """The issues of one document.

    Attributes:
        kind: The kind of document, such as ``LoyaltyClass``.
        partial: What is looked at is a PATCH: it may be silent about anything, and ``null`` clears a value.
        issues: In the order of the document.
    """

    def __init__(self, kind: str, *, partial: bool = False) -> None:
        self.kind = kind
        self.partial = partial
        self.issues: list[Issue] = []

    def add(self, code: str, place: Place, message: str, hint: str, *, severity: Severity = "error") -> None:
        """Note one problem. A document with thousands of them is told of the first ones."""
        if len(self.issues) >= _MOST:
            if self.issues[-1].code != "document.more":
                hint = "mend those first"
                more = Issue(code="document.more", where=self.kind, message=f"over {_MOST:_} problems", hint=hint)
                self.issues.append(more)
            return
        room = min(MAX_PATH, MAX_LINE - len(message) - len(hint) - len(": ; "))
        issue = Issue(code=code, where=path_of(place, room), message=message, hint=hint, severity=severity)
        self.issues.append(issue)

    def note(self, problem: Problem | None, place: Place) -> None:
        """Note a problem with the value at ``place``, if there is one."""
        if problem is not None:
            self.add(problem.code, place, problem.message, problem.hint)

    def alike(self, word: str, known: Iterable[str]) -> str:
        """Return the nearest known word as `nearest` does; looking for it takes long, so not for ever."""
        return nearest(word, known) if len(self.issues) < _MANY else ""


def path_of(place: Place, limit: int = MAX_PATH) -> str:
    """Return a place as text: ``LoyaltyObject.textModulesData[0].body``. The middle of a very long one gives way."""
    root, *steps = _steps(place)
    path = root + "".join(steps)
    while len(path) > limit and len(steps) > 1:
        del steps[0]
        path = f"{root}.…" + "".join(steps)
    return path


def _steps(place: Place) -> list[str]:
    parent, key = place
    if parent is None:
        return [str(key)]
    if isinstance(key, int):
        return [*_steps(parent), f"[{key}]"]
    # A foreign key can be anything; one that is no name is quoted and cut.
    return [*_steps(parent), f".{key}" if key.isidentifier() and len(key) <= 60 else f"[{quoted(key)}]"]


def nearest(word: object, known: Iterable[str]) -> str:
    """Return ``did you mean "x"?``, or an empty text when nothing known is near."""
    words = {one.lower(): one for one in known}
    close = get_close_matches(word.replace("_", "").lower()[:60], words, n=1) if isinstance(word, str) else []
    return f'did you mean "{words[close[0]]}"?' if close else ""
