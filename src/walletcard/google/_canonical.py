"""A document in, the one JSON text that stands for it out: UTF-8, sorted keys, no spaces.

Letters stay letters: PyJWT's own encoder writes a Hebrew one as six bytes, and a save link has 1,800 characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from walletcard.errors import InvalidDocumentError, Issue, quoted

# A document that contains itself ends in RecursionError all the same; looking out for it costs a tenth.
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, check_circular=False, separators=(",", ":")
)


class Judged(dict[str, Any]):
    """A part of a document that was judged good once, with its JSON. Not to be changed: cards share it."""

    __slots__ = ("json",)

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__(body)
        self.json: str = _ENCODER.encode(body)


def encoded(document: Mapping[str, Any] | str | tuple[str, ...], *, where: str) -> bytes:
    """Return the document's bytes.

    Raises:
        InvalidDocumentError: It holds something that JSON has no form for; ``where`` names the document.
    """
    try:
        text = joined(pieces(document)) if type(document) is dict else _ENCODER.encode(document)
        return text.encode("utf-8")
    except UnicodeEncodeError:
        message, hint = "holds half a character (U+D800 to U+DFFF)", "read the source as UTF-8 again"
        issue = Issue(code="text.surrogate", where=where, message=message, hint=hint)
    except RecursionError:
        issue = Issue(code="field.type", where=where, message="contains itself", hint="pass plain data")
    except (TypeError, ValueError) as error:
        message = f"cannot be written as JSON ({quoted(str(error))})"
        issue = Issue(code="field.type", where=where, message=message, hint="use text, whole numbers, lists and dicts")
    raise InvalidDocumentError.from_issues([issue])


def pieces(document: Mapping[str, Any]) -> dict[str, str]:
    """Return each key's part of the document's JSON; parts that know theirs are not encoded again."""
    return {key: f"{encode_basestring(key)}:{_value(value)}" for key, value in document.items()}


def joined(parts: Mapping[str, str]) -> str:
    """Return a document's JSON from its pieces."""
    return f"{{{','.join([parts[key] for key in sorted(parts)])}}}"


def _value(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is Judged:
        return str(value.json)
    if kind is list and value and all(type(one) is Judged for one in value):
        return f"[{','.join([one.json for one in value])}]"
    return _ENCODER.encode(value)
