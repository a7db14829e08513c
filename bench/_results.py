"""One line of the table: what was measured, and whether it is what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

SLACK: Final = 0.10  # A target counts as missed when it is missed by more than this.


@dataclass(frozen=True, slots=True)
class Target:
    """What part 7 of the design asks for.

    Attributes:
        limit: The number.
        of: What is held against it: the ratio to signing alone, or the value itself.
        at_least: Whether more is better.
    """

    limit: float
    of: Literal["ratio", "value"] = "value"
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured.

    Attributes:
        name: What.
        value: How much.
        unit: Of what.
        ratio: Its speed as a share of RSA signing alone in the same run; ``None`` for what is not a speed.
        target: What was asked for.
    """

    name: str
    value: float
    unit: str
    ratio: float | None = None
    target: Target | None = None

    @property
    def holds(self) -> bool | None:
        return None if self.target is None else self._within(0.0)

    @property
    def missed(self) -> bool:
        """Whether the target is missed by more than a tenth."""
        return self.target is not None and not self._within(SLACK)

    def _within(self, slack: float) -> bool:
        assert self.target is not None  # noqa: S101
        measured = self.ratio if self.target.of == "ratio" else self.value
        if measured is None:
            return False
        limit = self.target.limit
        return measured >= limit * (1 - slack) if self.target.at_least else measured <= limit * (1 + slack)

    @property
    def as_json(self) -> dict[str, Any]:
        limit = None if self.target is None else self.target.limit
        return {**asdict(self), "target": limit, "holds": self.holds}

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Name, value, ratio, target, and whether it holds, as a reader wants them."""
        ratio = "" if self.ratio is None else _short(self.ratio)
        verdict = "" if self.target is None else "no" if self.missed else "yes" if self.holds else "nearly"
        target = "" if self.target is None else str(self.target) + (" (ratio)" if self.target.of == "ratio" else "")
        return self.name, f"{_short(self.value)} {self.unit}", ratio, target, verdict


def speed(name: str, *, seconds: float, share: float, target: Target | None = None) -> Result:
    """Return a line for something that is done so often in a second."""
    return Result(name, 1 / seconds, "/s", share, target)


def duration(name: str, *, seconds: float, share: float, target: Target | None = None) -> Result:
    """Return a line for something that takes so long, in milliseconds where it is many; a target is in microseconds."""
    unit, factor = ("ms", 1e3) if seconds >= 1e-3 and target is None else ("µs", 1e6)
    return Result(name, seconds * factor, unit, share, target)


def _short(number: float) -> str:
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


HEAD: Final = ("what", "measured", "ratio to signing", "target", "holds")


def table(results: Sequence[Result]) -> str:
    """Return the lines for a terminal."""
    rows = [HEAD, *(one.cells for one in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_padded(row, widths) for row in rows)


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((first, *rest)).rstrip()


def markdown(results: Sequence[Result]) -> str:
    """Return the lines for a page."""
    return rows(HEAD, [one.cells for one in results])


def rows(head: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in cells)])


def as_json(results: Iterable[Result]) -> str:
    """Return the list that ``--json`` writes."""
    return json.dumps([one.as_json for one in results], indent=1, ensure_ascii=False) + "\n"
