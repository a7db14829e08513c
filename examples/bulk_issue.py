"""A pass for every member in a CSV file, as fast as one machine signs.

    python examples/bulk_issue.py --members members.csv --sample 1000        writes a made-up file
    python examples/bulk_issue.py --members members.csv --out passes [--workers N] [--at 2026-11-21T16:00:00+00:00]

The columns are ``id,name,stamps,locale``; name and locale may be empty. A pass appears under its name whole or not at
all, so after any interruption the same command makes exactly what is missing; with the same ``--at`` and key its bytes
are those of an undisturbed run. A row that cannot become a pass is reported with its line, the rest goes on, and the
exit status is 1. Let one job at a time write into a folder.

Nothing is flushed to the disk (no ``fsync``): the rename protects from a killed process, not from a power cut. A pass
is made again in a millisecond; after a power cut, empty the folder.
"""

from __future__ import annotations

import sys

from _bulk import Member, Problem, make_pass
from _bulk_options import job
from _bulk_progress import Progress, followed
from _bulk_threads import in_threads


def main() -> int:
    """Make what is missing."""
    asked = job("A signed pass for every member in a CSV file.")

    def work(progress: Progress) -> None:
        def issue(row: Member | Problem) -> None:
            progress.step(make_pass(row, out=asked.out, identity=asked.identity, at=asked.at))

        in_threads(asked.roll, issue, workers=asked.workers)

    return followed(work, total=asked.roll.count)


if __name__ == "__main__":
    sys.exit(main())
