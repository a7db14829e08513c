"""JSON as strangers write it: with a byte order mark, comments, a comma too many. Bounded; what was lenient is told."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from walletcard.apple._marks import mark_of
from walletcard.errors import Issue, PassReadError, quoted
from walletcard.model._strict import twice

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 100
MAX_TOKENS: Final = 100_000

# Every token ends at the end of the text at the latest: no input makes the search start over.
_TOKEN: Final = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.?)*+(?:"|\Z))|(?P<blank>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<open>[\[{])|(?P<close>[\]}])'
    r'|(?P<comma>,)|(?P<rest>[^\s"/\[\]{},]+|/)',
    re.DOTALL,
)


def read_json(data: bytes, *, where: str) -> tuple[Any, list[Issue]]:
    """Return what a document says, and what had to be overlooked.

    Raises:
        PassReadError: It is too large, too deep, in no known encoding, or no JSON at all.
    """
    if len(data) > MAX_BYTES:
        _refuse("json.size", where, f"{len(data):_} bytes, over {MAX_BYTES:_}")
    issues: list[Issue] = []
    noted: set[tuple[str, str]] = set()

    def note(code: str, message: str, hint: str, place: str = where) -> None:
        if (code, message) not in noted:
            noted.add((code, message))
            issues.append(Issue(code=code, where=place, message=message, hint=hint, severity="note"))

    text, marked = _decoded(data, where)
    if marked:
        note("json.bom", "starts with a byte order mark", "save it as plain UTF-8")
    tidied = _tidied(text, where)
    if tidied != text:
        same = next((at for at, pair in enumerate(zip(text, tidied, strict=False)) if len({*pair}) > 1), len(tidied))
        number = text.count("\n", 0, same) + 1
        note(
            "json.lenient",
            "holds comments or a comma too many",
            "remove them: strict readers refuse it",
            f"{where} line {number}",
        )

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            note("json.duplicate", f"{quoted(twice(pairs))} is there twice; the last one counts", "keep one")
        return found

    def no_number(text: str) -> NoReturn:
        _refuse("json.number", where, f"{text} is not a number of JSON")

    try:
        return json.loads(tidied, object_pairs_hook=members, parse_constant=no_number), issues
    except json.JSONDecodeError as error:
        _refuse("json.syntax", f"{where} line {error.lineno}", "not JSON")
    except (ValueError, RecursionError):  # A number of more digits than Python reads.
        _refuse("json.number", where, "holds a number of thousands of digits")


def _decoded(data: bytes, where: str) -> tuple[str, bool]:
    mark, encoding = mark_of(data)
    try:
        return data[len(mark) :].decode(encoding), bool(mark)
    except UnicodeDecodeError:
        _refuse("json.encoding", where, f"not {encoding.upper()}")


def _tidied(text: str, where: str) -> str:
    """Return the text without comments and without commas before a closing bracket; lines stay where they are."""
    parts: list[str] = []
    done = depth = 0
    comma: int | None = None  # Where in `parts` a comma waits for what comes next.
    for number, token in enumerate(_TOKEN.finditer(text)):
        kind = token.lastgroup
        if number == MAX_TOKENS:
            _refuse("json.size", where, f"has over {MAX_TOKENS:_} parts")
        if kind == "rest":
            comma = None
            continue
        if kind == "text":
            comma = None
        elif kind == "open":
            comma, depth = None, depth + 1
            if depth > MAX_DEPTH:
                _refuse("json.depth", where, f"nested over {MAX_DEPTH} levels")
        elif kind == "close":
            depth -= 1
            if comma is not None:
                parts[comma] = ""
            comma = None
        elif kind == "blank":
            parts += text[done : token.start()], "\n" * token[0].count("\n")
            done = token.end()
        else:
            parts += text[done : token.start()], ","
            comma, done = len(parts) - 1, token.end()
    return "".join((*parts, text[done:]))


def _refuse(code: str, where: str, message: str) -> NoReturn:
    hint = "the file is damaged: ask its maker for a new copy"
    raise PassReadError(message, code=code, where=where, hint=hint)
