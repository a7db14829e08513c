"""``check --google``: Google's documents in, what Google would say of them out."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any, Final

from walletcard import google
from walletcard._commands._shell import BAD, GOOD, in_shell, listed, read_bytes, say, shown
from walletcard.errors import InvalidDocumentError, Issue, PassReadError
from walletcard.google._strict import strict_object

JWT: Final = "JWT"  # Beside Google's own names: a save link, its token, or the claims in it.


def check_google(given: argparse.Namespace) -> int:
    """Run ``check`` with ``--google``."""
    status = GOOD
    for name in given.files:
        try:
            issues = _judged(given.google, read_bytes(name), partial=given.partial)
        except InvalidDocumentError as error:
            if error.code == "kind.unknown":
                given.usage(str(error).replace("or claims", f"or {JWT}"))
            issues = error.issues
        except PassReadError as error:
            issues = (Issue(code=error.code, where=error.where, message=error.message, hint=error.hint),)
        good = all(one.severity != "error" for one in issues)
        status = status if good else BAD
        if given.json:
            say(json.dumps({"file": name, "kind": given.google, "issues": [asdict(in_shell(one)) for one in issues]}))
        else:
            say("\n".join((f"{shown(name)}: {'fine' if good else 'wrong'} ({given.google})", *listed(issues))))
    return status


def _judged(kind: str, data: bytes, *, partial: bool) -> tuple[Issue, ...]:
    """Return what Google would say of a document, of claims, or of a whole link."""
    if kind == JWT:
        if not data.lstrip().startswith(b"{"):
            return google.read_link(data).issues
        return google.lint("claims", _document(data))
    google.lint(kind, {}, partial=True)  # An unknown name is wrong whatever the file holds.
    return google.lint(kind, _document(data), partial=partial)


def _document(data: bytes) -> dict[str, Any]:
    try:
        return strict_object(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        issue = Issue(code="json.invalid", where="file", message=str(error), hint="give one JSON object, as UTF-8")
        raise InvalidDocumentError.from_issues([issue]) from None
