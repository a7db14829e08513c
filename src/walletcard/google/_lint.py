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
from walletcard.google._rules import REQUIRED
from walletcard.google._walk import walked


def lint(kind: str, body: Mapping[str, Any]) -> tuple[Issue, ...]:
    """Check a document that was written by hand or elsewhere.

    Args:
        kind: ``LoyaltyClass``, ``LoyaltyObject``, or ``claims`` for those of a save link.
        body: The document.

    Raises:
        InvalidDocumentError: ``kind`` is another word.
    """
    kinds = [*REQUIRED, "claims"]
    if kind not in kinds:
        hint = nearest(kind, kinds) or f"use {', '.join(kinds)}"
        issue = Issue(code="kind.unknown", where="kind", message=f"{quoted(kind)} is unknown", hint=hint)
        raise InvalidDocumentError.from_issues([issue])
    issues = claims_issues(body) if kind == "claims" else walked(kind, body, where=kind)
    try:
        encoded(body, where=kind)
    except InvalidDocumentError as error:
        # What the walk has named already is not said again in general words.
        return issues if any(issue.severity == "error" for issue in issues) else (*issues, *error.issues)
    return issues
