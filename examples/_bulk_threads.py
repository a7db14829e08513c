"""One job on many rows, in threads that take the next row when they are free."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

_Row = TypeVar("_Row")


def in_threads(rows: Iterable[_Row], work: Callable[[_Row], object], *, workers: int) -> None:
    """Do ``work`` on every row.

    Rows are read as they are needed. An error or Ctrl-C stops all threads, each after the row it is at; so nothing is
    left half done, and the error is raised here.
    """
    waiting, lock, stop = iter(rows), threading.Lock(), threading.Event()

    def run() -> None:
        try:
            while not stop.is_set():
                with lock:
                    row = next(waiting, None)
                if row is None:
                    return
                work(row)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(workers) as threads:
        running = [threads.submit(run) for _ in range(workers)]
        try:
            wait(running)
        finally:
            stop.set()
    for one in running:
        one.result()
