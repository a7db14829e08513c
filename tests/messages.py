"""Every message that the tests bring about, held against the rules for messages, and an example of each code kept.

Rules: one line of at most 240 characters that a terminal can show, with a place, what is so and what to do; no class
names of exceptions, no object addresses.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from walletcard import errors

_ADDRESS: Final = re.compile(
    r"(?<!\d)0x[0-9a-f]{6,}(?! px)|<[a-zA-Z_.]+ (?:object|at )|\b[A-Z][A-Za-z]+Error\b|Traceback"
)
_OWN: Final = frozenset({"", "a.b", "mine", "net.lost"})  # Codes that only tests make up.
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+")


@cache
def indexed() -> frozenset[str]:
    """Return every code in the index of the documentation."""
    page = Path(__file__).parents[1] / "docs" / "errors.md"
    return frozenset(re.findall(r"^\| `([a-z0-9.-]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE))


class Heard:
    """What was said while the tests ran."""

    def __init__(self) -> None:
        self.examples: dict[str, dict[str, Any]] = {}
        self.wrong: dict[tuple[str, str], str] = {}
        self.count = 0

    def issue(self, one: errors.Issue) -> None:
        """Note an issue."""
        self.count += 1
        self._judge(one.code, one.where, one.message, one.hint, error=one.severity == "error")
        self._keep(one.code, "Issue", one.severity, one.where, one.message, one.hint)

    def error(self, one: errors.WalletCardError) -> None:
        """Note an exception that is made of no issues."""
        if isinstance(one, errors._IssuesError):
            return
        self.count += 1
        self._judge(one.code, one.where, one.message, one.hint, error=True)
        self._keep(one.code, type(one).__name__, "error", one.where, one.message, one.hint)

    def _judge(self, code: str, where: str, message: str, hint: str, *, error: bool) -> None:
        line = errors.one_line(where=where, message=message, hint=hint)
        if code in _OWN:
            return
        for said, holds in (
            ("no code", bool(_CODE.fullmatch(code))),
            ("over 240 characters", len(line) <= errors.MAX_LINE),
            ("not one printable line", all(one.isprintable() for one in line)),
            ("no place", bool(where)),
            ("does not say what is so", bool(message)),
            ("does not say what to do", bool(hint) or not error),
            ("names a class or an address", not _ADDRESS.search(line)),
            ("is not in docs/errors.md: run scripts/make_error_index.py", code in indexed()),
        ):
            if not holds:
                self.wrong.setdefault((code, said), line)

    def _keep(self, code: str, kind: str, severity: str, where: str, message: str, hint: str) -> None:
        if code in _OWN:
            return
        kept = self.examples.get(code)
        if kept is None:
            kept = self.examples[code] = {
                "errors": [],
                "severities": [],
                "where": where,
                "message": message,
                "hint": hint,
            }
        if kind not in kept["errors"]:
            kept["errors"].append(kind)
        if severity not in kept["severities"]:
            kept["severities"].append(severity)

    def write(self, path: Path) -> None:
        """Write the example of each code, for the index."""
        path.write_text(
            json.dumps(self.examples, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )


def listen(heard: Heard) -> None:
    """Hear every issue and every exception from now on."""
    make_issue, make_error = errors.Issue.__init__, errors.WalletCardError.__init__

    def issue(self: errors.Issue, **given: Any) -> None:
        make_issue(self, **given)
        heard.issue(self)

    def error(self: errors.WalletCardError, message: str, *, code: str = "", where: str = "", hint: str = "") -> None:
        make_error(self, message, code=code, where=where, hint=hint)
        heard.error(self)

    errors.Issue.__init__ = issue  # type: ignore[method-assign]
    errors.WalletCardError.__init__ = error  # type: ignore[method-assign]
