"""A document of Google's in, everything that Google would refuse or cut out.

What a type may hold stands in Google's own table (`_types`), what its values must obey in `_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from walletcard.errors import InvalidDocumentError, Issue, quoted
from walletcard.google._canonical import encoded
from walletcard.google._claims import claims_issues
from walletcard.google._found import nearest
from walletcard.google._resource_rules import CLASSES, OBJECTS
from walletcard.google._walk import walked
from walletcard.model._checks import require_flag

MAX_SIZE: Final = 5_000_000


def lint(kind: str, body: Mapping[str, Any], *, partial: bool = False) -> tuple[Issue, ...]:
    """Check a document that was written by hand or elsewhere.

    Args:
        kind: Any class or object, such as ``LoyaltyClass`` or ``GiftCardObject``, or ``claims`` for those of a save
            link.
        body: The document.
        partial: It is the body of a PATCH: it may leave out anything, and clears a value with ``null``.

    Raises:
        InvalidDocumentError: ``kind`` is another word.
    """
    require_flag(partial, "partial")
    kinds = [*CLASSES, *OBJECTS, "claims"]
    if kind not in kinds:
        hint = nearest(kind, kinds) or "use a name such as LoyaltyObject, or claims"
        issue = Issue(code="kind.unknown", where="kind", message=f"{quoted(kind)} is unknown", hint=hint)
        raise InvalidDocumentError.from_issues([issue])
    if size_over(body, MAX_SIZE):
        hint = f"a class or an object has a few thousand characters, and {MAX_SIZE:_} are too many for any"
        return (Issue(code="document.size", where=kind, message="far too large", hint=hint),)
    issues = claims_issues(body) if kind == "claims" else walked(kind, body, where=kind, partial=partial)
    try:
        encoded(body, where=kind)
    except InvalidDocumentError as error:
        # What the walk has named already is not said again in general words.
        return issues if any(issue.severity == "error" for issue in issues) else (*issues, *error.issues)
    return issues


def size_over(document: object, limit: int) -> bool:
    """Tell whether a document holds more than ``limit`` characters and parts; an endless one does."""
    waiting, size = [document], 0
    while waiting and size <= limit:
        one = waiting.pop()
        size += 1 + (len(one) if isinstance(one, (str, bytes)) else 0)
        if isinstance(one, Mapping):
            waiting.extend(one.keys())
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)
    return size > limit
