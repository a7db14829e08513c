"""Write docs/errors.md: every code of every message, with a real example and its mend, from a run of the tests.

    python -m pytest --messages out/messages.json
    python scripts/make_error_index.py out/messages.json

The examples are those that the tests brought about; a run of the suite fails when it hears a code that is not there.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
_SCRATCH: Final = re.compile(r'"[^"]*pytest-[^"]*"')  # A file of one run of the tests.
HEAD: Final = """# Errors

Every problem says where, what is so, and what to do. `code` is stable: branch on it. `InvalidCardError`,
`InvalidDocumentError` and `VerificationError` carry every problem that was found in `.issues`, the others one. An error
makes the library refuse, a warning is what a phone would silently lose, a note is only unusual; `allow=("code", ...)`
overrules those of a document, never those of a certificate.

The examples below were written by the library while its tests ran.
"""


def main() -> int:
    """Read the examples, write the page."""
    examples: dict[str, dict[str, Any]] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    families: dict[str, list[str]] = defaultdict(list)
    for code in sorted(examples):
        families[code.split(".")[0]].append(code)
    parts = [HEAD]
    for family, codes in sorted(families.items()):
        parts.append(f"## {family}\n\n| code | as | for example | what to do |\n|---|---|---|---|")
        parts += [row(code, examples[code]) for code in codes]
        parts.append("")
    (ROOT / "docs" / "errors.md").write_text("\n".join(parts), encoding="utf-8")
    print(f"{len(examples)} codes in {len(families)} families")  # noqa: T201
    return 0


def row(code: str, one: dict[str, Any]) -> str:
    """Return the line of one code."""
    kinds = [kind for kind in one["errors"] if kind != "Issue"] or one["severities"]
    said = f"{one['where']}: {one['message']}" if one["where"] else one["message"]
    said = _SCRATCH.sub('"card.pkpass"', said)
    return f"| `{code}` | {', '.join(kinds)} | {plain(said)} | {plain(one['hint'])} |"


def plain(text: str) -> str:
    """Return a text as it stands in a cell."""
    marked = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
    return marked.replace("`", "\\`").replace("[", "\\[").replace("]", "\\]")


if __name__ == "__main__":
    sys.exit(main())
