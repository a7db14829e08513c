"""A document of Google's in, everything that Google would refuse or cut out.

What a type may hold stands in Google's own table (`_types`), what its values must obey in `_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from walletcard.errors import InvalidDocumentError, Issue, quoted
from walletcard.google._canonical import encoded
from walletcard.google._claims import claims_issues
from walletcard.google._found import nearest
from walletcard.google._resource_rules import CLASSES, OBJECTS
from walletcard.google._walk import walked
from walletcard.model._checks import require_flag


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
    issues = claims_issues(body) if kind == "claims" else walked(kind, body, where=kind, partial=partial)
    try:
        encoded(body, where=kind)
    except InvalidDocumentError as error:
        # What the walk has named already is not said again in general words.
        return issues if any(issue.severity == "error" for issue in issues) else (*issues, *error.issues)
    return issues
