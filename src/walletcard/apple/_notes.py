"""Gathering: every problem of one document, in the order in which it was met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from walletcard.errors import InvalidDocumentError, Issue, Severity, allowed_codes, quoted

# No rule of Apple's that may change, but what cannot be written, or would be signed for somebody else.
_FIXED: Final = frozenset({"document.type", "file.name", "file.reserved", "file.type", "id.mismatch", "json.value"})
OBJECT: Final = (dict, Mapping)  # The first is told at once, and is what nearly every object is.
_MOST: Final = 10_000  # Issues of one document.
_MAX_KEY: Final = 60  # Characters of one key in a path.
_MAX_PLACE: Final = 90  # Characters of a path that leave room for the rest of a line.


class Notes:
    """The issues of one document; ``where`` stands before every place."""

    __slots__ = ("issues", "where")

    def __init__(self, where: str) -> None:
        self.where = where
        self.issues: list[Issue] = []

    def add(self, code: str, place: str, message: str, hint: str, severity: Severity = "error") -> None:
        """Note one problem at ``place``. A document with thousands of them is told of the first ones."""
        if len(self.issues) >= _MOST:
            if self.issues[-1].code != "document.more":
                hint = "mend those first"
                more = Issue(code="document.more", where=self.where, message=f"over {_MOST:_} problems", hint=hint)
                self.issues.append(more)
            return
        if len(place) > _MAX_PLACE:
            place = "…" + place[-_MAX_PLACE:]
        where = f"{self.where} {place}" if place and not place.startswith("[") else self.where + place
        self.issues.append(Issue(code=code, where=where, message=message, hint=hint, severity=severity))


def shown(key: object) -> str:
    """Return a key as part of a path: plain where it is a word, else quoted."""
    return key if isinstance(key, str) and key.isidentifier() and len(key) <= _MAX_KEY else quoted(key)


def not_allowed(issues: Iterable[Issue], allow: Collection[str]) -> tuple[Issue, ...]:
    """Return the issues whose code the caller has not overruled."""
    codes = allowed_codes(allow) - _FIXED
    return tuple(one for one in issues if one.code not in codes)


def refuse_errors(issues: Iterable[Issue]) -> None:
    """Raise `InvalidDocumentError` with every issue that is an error; warnings do not stop."""
    errors = [one for one in issues if one.severity == "error"]
    if errors:
        raise InvalidDocumentError.from_issues(errors)
