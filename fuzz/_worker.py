"""One target in one process, until its runs or its seconds are used up.

Importing this instruments the library, which takes seconds: the command does it once and forks. libFuzzer neither
returns nor stops in time by itself, so the end is made here. The input under way stands in a mapped file: should the
process die, its starter finds it there.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Final, NoReturn

import atheris

with redirect_stderr(StringIO()), atheris.instrument_imports(include=["walletcard", "asn1crypto"]):
    from fuzz import _der, _trees, targets
    from fuzz._corpus import CORPUS, crashes, strangers
    from fuzz._judge import MAX_GROWTH, Failure, hear_warnings, judge, limit_memory
    from fuzz._target import Target
    from fuzz._trees import words_of

_FLAGS: Final = ("-keep_seed=1", "-len_control=20", "-timeout=20", "-rss_limit_mb=0")
_OFTEN: Final = 1024  # Inputs between two looks at the clock and the memory.
_LENGTH: Final = 8  # Bytes in front of the input in the shared file.


class Run:
    """Counts, keeps the failures, ends the process."""

    def __init__(self, target: Target, *, runs: int, seconds: float, place: Path) -> None:
        self.target, self.runs, self.seconds = target, runs, seconds
        self.count, self.started = 0, time.monotonic()
        self.first_size = _resident()
        self.failures: dict[str, tuple[Failure, bytes]] = {}
        self.report = place / "report"
        with (place / "current").open("wb+") as file:
            file.truncate(_LENGTH + 2**20)
            self.current = mmap.mmap(file.fileno(), 0)

    def __call__(self, data: bytes) -> None:
        """Judge one input."""
        self.current[: _LENGTH + len(data)] = len(data).to_bytes(_LENGTH) + data
        failure = judge(self.target, data)
        if failure is not None:
            self._note(failure, data)
        self.count += 1
        if not self.count % _OFTEN:
            limit_memory()
        spent = time.monotonic() - self.started
        if self.count >= self.runs or spent >= self.seconds or _resident() - self.first_size > MAX_GROWTH:
            self.end()

    def _note(self, failure: Failure, data: bytes) -> None:
        """Keep the shortest input for each place that fails."""
        place = failure.kind + failure.what.partition(": ")[0]
        if place not in self.failures or len(data) < len(self.failures[place][1]):
            self.failures[place] = failure, data

    def end(self) -> NoReturn:
        """Report and leave."""
        report = {
            "count": self.count,
            "seconds": time.monotonic() - self.started,
            "growth": _resident() - self.first_size,
            "failures": [[one.kind, one.what, data.hex()] for one, data in self.failures.values()],
        }
        self.report.write_text(json.dumps(report), encoding="utf-8")
        os._exit(0)


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _mutator(target: Target, good: list[bytes]) -> Callable[[bytes, int, int], bytes]:
    """Return what changes an input: two times in three as the tree that it is, else as bytes."""
    words = tuple(sorted(set().union(*(words_of(one[target.head :]) for one in good))))

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        head, rest = data[: target.head], data[target.head :]
        if seed % 3:
            made = _trees.changed(rest, words, seed) if target.shape == "json" else _der.changed(rest, seed)
            if made is not None and target.head + len(made) <= longest:
                return head + made
        mutated: bytes = atheris.Mutate(data, longest)
        return mutated

    return mutate


def fuzz(name: str, runs: int, seconds: float, place: Path) -> NoReturn:
    """Fuzz one target; the process ends here, with the report in its folder.

    Args:
        name: The target.
        runs: At most so many executions.
        seconds: At most so long.
        place: A folder for what is found on the way; what is there already is gone on from.
    """
    _silence(place / "log")
    target = targets.ALL[name]
    found, seeds = place / "found", place / "seeds"
    for folder in (found, seeds):
        folder.mkdir(exist_ok=True)
    good = [*target.seeds(), *(path.read_bytes() for path in crashes(target))]
    if name == "archive":
        good += [b"\0" + one for one in strangers()]
    for number, data in enumerate(good):
        (seeds / str(number)).write_bytes(data)
    kept = CORPUS / name
    folders = [str(found), str(seeds), *([str(kept)] if kept.is_dir() else [])]
    extra = {}
    if target.shape != "bytes":
        extra["custom_mutator"] = _mutator(target, good)
    run = Run(target, runs=runs, seconds=seconds, place=place)
    hear_warnings()
    limit_memory()
    atheris.Setup(["fuzz", f"-max_len={target.longest}", *_FLAGS, *folders], run, **extra)
    atheris.Fuzz()
    run.end()


def _silence(log: Path) -> None:
    """Send what libFuzzer says into a file: it says a lot."""
    with log.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
