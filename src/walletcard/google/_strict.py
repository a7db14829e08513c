"""JSON as machines write it in, an object out. Strict: each key once, no NaN, nothing around it."""

from __future__ import annotations

import json
from typing import Any, Final

from walletcard.model._strict import NotStrictError, finite, is_deep, no_number, once

_KINDS: Final = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def strict_object(text: str | bytes) -> dict[str, Any]:
    """Return the object that a text holds.

    Raises:
        ValueError: It holds something else; the reason is fit for a message.
    """
    plain = _decoded(text)
    if is_deep(plain):
        raise ValueError("nested too deeply")
    try:
        found = json.loads(plain, object_pairs_hook=once, parse_constant=no_number, parse_float=finite)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at character {error.pos}" if text else "empty") from None
    except NotStrictError:
        raise
    except ValueError:  # Of Python, which refuses to read such a number.
        raise ValueError("holds a number of thousands of digits") from None
    if not isinstance(found, dict):
        # Not shown: it may be anybody's id.
        raise ValueError(f"{_KINDS.get(type(found), 'a number')}, not an object")  # noqa: TRY004
    return found


def _decoded(text: str | bytes) -> str:
    try:
        return text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrictError(f"not UTF-8 at byte {error.start}") from None
