"""The job of ``bulk_issue.py`` on Dask: here on processes of this machine, with another ``Client`` on many machines.

    pip install 'walletcard[dask]'
    python examples/bulk_issue_dask.py --members members.csv --out passes [--workers N] [--at 2026-11-21T16:00:00+00:00]

Rows travel to the workers, and counts and bad rows come back. The key does not travel: every worker loads it from its
own disk when it starts, once, and an `Identity` refuses to be pickled. Bytes depend on nothing but the row, ``--at``
and the key, so they are those of the plain run. ``--out`` is a folder that all workers share.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from _bulk import Member, Problem, make_pass
from _bulk_options import Job, KeyFiles, job
from _bulk_progress import Progress, followed
from dask.distributed import Client, Future, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

BATCH = 200  # Rows of one task: a fifth of a second of work, a few kilobytes of message.


class Signs(WorkerPlugin):  # type: ignore[misc]  # Dask has no types that mypy may see.
    """Holds the identity of one worker; what travels there are the paths of its files."""

    name = "signs"

    def __init__(self, keys: KeyFiles) -> None:
        self.keys = keys

    def setup(self, worker: Worker) -> None:
        """Load the key, when the worker starts."""
        self.identity = self.keys.load()


class Done(NamedTuple):
    """What came of one batch."""

    made: int
    there: int
    problems: list[Problem]


def make_batch(rows: list[Member | Problem], *, out: Path, at: datetime) -> Done:
    """Make the passes of one batch; runs on a worker."""
    identity = get_worker().plugins[Signs.name].identity
    results = [make_pass(row, out=out, identity=identity, at=at) for row in rows]
    problems = [one for one in results if isinstance(one, Problem)]
    return Done(sum(one is True for one in results), sum(one is False for one in results), problems)


def batches(rows: Iterable[Member | Problem]) -> Iterator[list[Member | Problem]]:
    """Cut the rows into tasks."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def prepare(client: Client, asked: Job) -> None:
    """Let every worker load the key, those that join later too."""
    client.register_plugin(Signs(asked.keys))


def run(client: Client, asked: Job, progress: Progress) -> None:
    """Keep every worker busy, with two tasks in hand each, however many rows there are."""
    waiting = batches(asked.roll)

    def begun(count: int) -> list[Future]:
        # Not pure: Dask is not to take a result from memory, the files are what counts.
        submit = partial(client.submit, make_batch, out=asked.out.absolute(), at=asked.at, pure=False)
        return [submit(rows) for rows in islice(waiting, count)]

    running = as_completed(begun(2 * asked.workers))
    for future in running:
        progress.count(*future.result())
        running.update(begun(1))


def main() -> int:
    """Make what is missing."""
    asked = job("A signed pass for every member in a CSV file, on Dask.")
    cluster = LocalCluster(n_workers=asked.workers, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, Client(cluster) as client:

        def work(progress: Progress) -> None:
            prepare(client, asked)
            run(client, asked, progress)

        return followed(work, total=asked.roll.count)


if __name__ == "__main__":
    sys.exit(main())
