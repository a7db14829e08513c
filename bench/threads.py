"""Two threads on two cores: signing leaves Python's lock, the rest does not."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import walletcard as wc
from bench._effort import Effort
from bench._results import Result, Target
from bench._rounds import Job
from bench._subject import AT, CLUB, each, new_identity, prepared, raw_signing
from walletcard import apple, render
from walletcard.apple._archive import pack
from walletcard.apple._document import to_bytes

THREADS = 2
Files = dict[str, bytes | wc.Picture]


def results(effort: Effort) -> list[Result]:
    """Measure, by the wall clock: processor time does not see threads."""
    names = {
        "signing alone": (raw_signing(), None),
        "sign and archive a prepared document": (_sealing(), Target(1.7, at_least=True)),
        "Card to chunks, the whole way": (_whole_way(), None),
    }
    found = []
    with ThreadPoolExecutor(THREADS) as threads:
        for name, (job, target) in names.items():
            gains = _gains(job, effort, threads)
            found.append(Result(f"two threads: {name}", statistics.median(gains), "x one", None, target))
    return found


def _gains(job: Job, effort: Effort, threads: ThreadPoolExecutor) -> list[float]:
    """Return how many times as much two threads do, round by round."""
    calls = max(20, int(effort.turn * 2_000))
    one, two = partial(_wall, partial(_repeat, job, calls)), partial(_wall, partial(_both, job, calls, threads))
    return [THREADS * one() / two() for _ in range(effort.rounds)]


def _repeat(job: Job, calls: int) -> None:
    for _ in range(calls):
        job()


def _both(job: Job, calls: int, threads: ThreadPoolExecutor) -> None:
    for running in [threads.submit(_repeat, job, calls) for _ in range(THREADS)]:
        running.result()


def _wall(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _sealing() -> Job:
    identity = new_identity()
    members = prepared(identity)
    documents: list[Files] = [{"pass.json": to_bytes(one.document), **one.pictures} for one in members]
    following, sign = each(documents), partial(identity.signature, at=AT)
    return lambda: pack(following(), sign=sign)


def _whole_way() -> Job:
    identity = new_identity()
    following = each(prepared(identity))

    def whole() -> object:
        face = wc.face(CLUB, following().card, at=AT)
        return apple.chunks(face, pictures=render.pictures(face, wallet="apple"), identity=identity, at=AT)

    return whole
