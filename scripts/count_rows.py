"""Count the rows of a catalogue of bad inputs and faults, and which of them a test names.

    python scripts/count_rows.py bad-inputs.md

A row is a line of a table that begins with a number such as B086 or F31; a test names it in its own name or beside
the case, such as ``test_b086_...`` or ``("B086", ...)``. Ends with 1 when a row of the library's is named by no test.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

TESTS: Final = Path(__file__).parents[1] / "tests"
NOT_OURS: Final = {"B113": "the library opens no folder: whoever reads templates from one looks for links"}
"""Rows about what surrounds the library, with the reason."""

_ROW: Final = re.compile(r"^\| ([BF]\d{2,3}) \|", re.MULTILINE)
_NAMED: Final = re.compile(r"""(?<=[_"'])([BbFf]\d{2,3})(?![A-Za-z0-9])""")


class Count(NamedTuple):
    """The rows of a catalogue.

    Attributes:
        rows: All of them.
        named: How many times tests name each of those that they name.
        not_ours: Those that are about something else than the library.
        missing: The rest.
    """

    rows: tuple[str, ...]
    named: Counter[str]
    not_ours: tuple[str, ...]
    missing: tuple[str, ...]


def count(catalogue: str, tests: Path = TESTS) -> Count:
    """Return which rows of a catalogue the tests below a folder name."""
    rows = tuple(_ROW.findall(catalogue))
    found: Counter[str] = Counter()
    for path in sorted(tests.rglob("*.py")):
        found.update(name.upper() for name in _NAMED.findall(path.read_text(encoding="utf-8")))
    named = Counter({row: found[row] for row in rows if found[row]})
    not_ours = tuple(row for row in rows if row not in named and row in NOT_OURS)
    missing = tuple(row for row in rows if row not in named and row not in NOT_OURS)
    return Count(rows, named, not_ours, missing)


def report(counted: Count) -> str:
    """Return the count as lines to read."""
    lines = [
        f"{len(counted.rows)} rows, {len(counted.named)} named by a test, {len(counted.not_ours)} not the library's, "
        f"{len(counted.missing)} missing"
    ]
    lines += [f"{row}: {NOT_OURS[row]}" for row in counted.not_ours]
    lines += [f"{row}: no test names it" for row in counted.missing]
    return "\n".join(lines)


def main() -> int:
    """Read a catalogue, print its count."""
    counted = count(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(report(counted))  # noqa: T201
    return 1 if counted.missing else 0


if __name__ == "__main__":
    sys.exit(main())
