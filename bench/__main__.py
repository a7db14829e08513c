"""Everything that part 7 of the design asks for, in one run: ``python -m bench [--json FILE] [--quick]``.

Exits with 1 when a target is missed by more than a tenth; ``--quick`` takes a minute, leaves the peers out, and only
tells. Run it from the repository, with the test extra, on cores that have nothing else to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import growth, links, memory, passes, peers, pictures, rules, startup, threads
from bench._effort import FULL, QUICK, Effort
from bench._readme import measured_on, write
from bench._results import Result, as_json, table
from bench._subject import ROOT

SECTIONS: tuple[Callable[[Effort], list[Result]], ...] = (
    startup.results,
    memory.results,
    passes.results,
    threads.results,
    links.results,
    pictures.results,
    rules.results,
    growth.results,
)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there as well")
    parser.add_argument("--quick", action="store_true", help="few short turns, no peers, never fails")
    parser.add_argument("--no-peers", action="store_true", help="leave the other libraries out: no network needed")
    parser.add_argument("--place", type=Path, metavar="DIR", help="keep the peers' environment here, and use it again")
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md and docs/speed.md")
    return parser.parse_args()


def main() -> int:
    """Measure, print, and judge."""
    args = options()
    effort = QUICK if args.quick else FULL
    found: list[Result] = []
    for section in SECTIONS:
        _say(f"... {section.__module__.removeprefix('bench.')}")
        found += section(effort)
    notes: list[str] = []
    if not (args.quick or args.no_peers):
        _say("... peers")
        others, notes = peers.results(effort, args.place)
        found += others
    print(table(found), *(f"not measured: {note}" for note in notes), sep="\n")  # noqa: T201
    if args.json:
        args.json.write_text(as_json(found), encoding="utf-8")
    if args.readme:
        write(ROOT, found, notes, head=measured_on(datetime.now(UTC).date()))
    missed = [one.name for one in found if one.missed]
    if missed:
        print(f"missed by more than a tenth: {'; '.join(missed)}")  # noqa: T201
    return 1 if missed and not args.quick else 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
