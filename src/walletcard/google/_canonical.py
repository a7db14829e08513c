"""A document in, the one JSON text that stands for it out: UTF-8, sorted keys, no spaces.

Letters stay letters: PyJWT's own encoder writes a Hebrew one as six bytes, and a save link has 1,800 characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from walletcard.errors import InvalidDocumentError, Issue, quoted

# A document that contains itself ends in RecursionError all the same; looking out for it costs a tenth.
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, check_circular=False, separators=(",", ":")
)


def encoded(document: Mapping[str, Any] | str | tuple[str, ...], *, where: str) -> bytes:
    """Return the document's bytes.

    Raises:
        InvalidDocumentError: It holds something that JSON has no form for; ``where`` names the document.
    """
    try:
        return _ENCODER.encode(document).encode("utf-8")
    except UnicodeEncodeError:
        message, hint = "holds half a character (U+D800 to U+DFFF)", "read the source as UTF-8 again"
        issue = Issue(code="text.surrogate", where=where, message=message, hint=hint)
    except RecursionError:
        issue = Issue(code="field.type", where=where, message="contains itself", hint="pass plain data")
    except (TypeError, ValueError) as error:
        message = f"cannot be written as JSON ({quoted(str(error))})"
        issue = Issue(code="field.type", where=where, message=message, hint="use text, whole numbers, lists and dicts")
    raise InvalidDocumentError.from_issues([issue])
