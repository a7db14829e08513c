"""The mutation score of the loyalty rules: every change that ``mutate.py`` knows, judged without starting anew.

    python scripts/mutate_rules.py
    python scripts/mutate_rules.py _stamps _lots --jobs 4
    python scripts/mutate_rules.py _stamps --again what-an-earlier-run-printed.txt

Modules of ``walletcard.loyalty`` that hold rules; all of them when none is named. The tests are collected once; each
change is put into a forked process (so: not on Windows), into the functions that are loaded already, and the tests run
there until the first fails, those first that have noticed the most so far. The property tests stay out: they are slow,
and a score should stand on tests that name what they check. Survivors are printed; the tree is never touched.
"""

from __future__ import annotations

import argparse
import os
import resource
import select
import sys
import time
import types
from collections import Counter
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

sys.path.insert(0, str(Path(__file__).parent))

from mutate import ROOT, Mutant, mutants  # found by the line above

ROOM: Final = ROOT / "src" / "walletcard" / "loyalty"
RULES: Final = (
    "_activity", "_books", "_days", "_earning", "_giving", "_ledger", "_levels", "_lots", "_redeeming", "_reversing",
    "_stamps", "_standing", "_vouchers",
)  # fmt: skip
TESTS: Final = (
    "test_events.py", "test_founding_numbers.py", "test_memberships.py", "test_points.py", "test_referral.py",
    "test_regressions.py", "test_rules.py", "test_second_review.py", "test_stamps.py", "test_tiers.py",
    "test_vouchers.py",
)  # fmt: skip
# Seconds of the processor, beside three runs of all tests: what takes longer never ends, and is noticed.
SLOW: Final = 1
TOLD: Final = 100  # After so many changes a line says how far it has come.


def put(mutant: Mutant) -> None:
    """Put a changed module into the loaded one: into its functions and methods, and where its tables are held."""
    module = sys.modules[f"walletcard.loyalty.{mutant.path.stem}"]
    changed = types.ModuleType(module.__name__)
    changed.__dict__["__file__"] = module.__file__
    exec(compile(mutant.text, str(mutant.path), "exec"), changed.__dict__)  # noqa: S102  # our own source
    for name, new in list(vars(changed).items()):
        _replace(vars(module).get(name), new, name)
    for name in set(vars(module)) - set(vars(changed)):
        delattr(module, name)


def _replace(old: Any, new: Any, name: str) -> None:
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        if old.__module__ == new.__module__ and old is not new:
            old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    elif isinstance(old, property):
        _replace(old.fget, new.fget, name)
    elif isinstance(old, type):
        for attribute, value in list(vars(new).items()) if old is not new else ():
            _replace(vars(old).get(attribute), value, attribute)
    elif old is not new and not name.startswith("__"):
        for module in [one for key, one in sys.modules.items() if key.startswith("walletcard.loyalty.")]:
            if name in vars(module) and vars(module)[name] is old:
                setattr(module, name, new)


class Hunt:
    """A plugin of pytest that runs the collected tests once for every change."""

    def __init__(self, todo: list[Mutant], jobs: int) -> None:
        self.todo, self.jobs = todo, jobs
        self.paths = sorted({one.path for one in todo})
        self.items: list[pytest.Item] = []
        self.survivors: list[Mutant] = []
        self.killers: Counter[int] = Counter()
        self.limit = 0
        self.done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything without a change, then with each."""
        self.items = session.items
        if not self.items or session.testsfailed:
            raise SystemExit("the tests could not be collected")
        started = time.process_time()
        broken = _first_failure(self.items, range(len(self.items)))
        if broken is not None:
            raise SystemExit(f"fails without a change: {self.items[broken].nodeid}")
        spent = time.process_time() - started
        self.limit = ceil(SLOW + 3 * spent)
        _say(f"{len(self.todo)} changes, {len(self.items)} tests, {spent:.1f} s for all of them, {self.jobs} at a time")
        # First each module as it is: if that were noticed, the score would be worth nothing.
        same = [Mutant(path=path, line=0, was="", now="", text=path.read_text("utf-8")) for path in self.paths]
        self._run(same)
        if len(self.survivors) != len(same):
            raise SystemExit("a module put in unchanged is noticed")
        self.survivors.clear()
        self._run(self.todo)
        self.done = True
        return True

    def _run(self, todo: list[Mutant]) -> None:
        waiting = list(reversed(todo))
        running: dict[int, tuple[Mutant, int]] = {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                mutant = waiting.pop()
                read, pid = self._start(mutant)
                running[read] = (mutant, pid)
            for read in select.select(list(running), [], [])[0]:
                mutant, pid = running.pop(read)
                self._judge(mutant, read, pid)
                done = len(todo) - len(waiting) - len(running)
                if done % TOLD == 0:
                    _say(f"{done} of {len(todo)}, {len(self.survivors)} survived")

    def _start(self, mutant: Mutant) -> tuple[int, int]:
        read, write = os.pipe()
        order = [place for place, _ in self.killers.most_common()]
        order += [place for place in range(len(self.items)) if place not in self.killers]
        pid = os.fork()
        if pid:
            os.close(write)
            return read, pid
        resource.setrlimit(resource.RLIMIT_CPU, (self.limit, self.limit))
        try:
            put(mutant)
            killer = _first_failure(self.items, order)
            os.write(write, b"survived" if killer is None else str(killer).encode())
        except BaseException:  # what cannot even be loaded is noticed by every test
            os.write(write, b"-1")
        finally:
            os._exit(0)

    def _judge(self, mutant: Mutant, read: int, pid: int) -> None:
        answer = os.read(read, 64)
        os.close(read)
        os.waitpid(pid, 0)
        if answer == b"survived":
            self.survivors.append(mutant)
            if mutant.line:
                _say(f"survived {mutant.path.name}:{mutant.line}: {mutant.was}  ->  {mutant.now}")
        elif answer and answer != b"-1":
            self.killers[int(answer)] += 1


def _first_failure(items: list[pytest.Item], order: Any) -> int | None:
    for place in order:
        reports = runtestprotocol(items[place], log=False, nextitem=None)
        if any(report.failed for report in reports):
            return int(place)
    return None


def main() -> int:
    """Hunt; return 1 if the share of noticed changes is below what is demanded, 2 if there was no hunt."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", default=RULES, help="such as _stamps (all that hold rules)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--demand", type=float, default=90.0, help="percent to be noticed (90)")
    parser.add_argument("--again", type=Path, help="only what survived an earlier run, as it was printed")
    wanted = parser.parse_args()
    todo = [mutant for name in wanted.modules for mutant in mutants(ROOM / f"{name}.py", None)]
    if wanted.again is not None:
        todo = list(_survived(todo, wanted.again.read_text("utf-8")))
    hunt = Hunt(todo, wanted.jobs)
    tests = [str(path) for name in TESTS if (path := ROOT / "tests" / "loyalty" / name).exists()]
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")]
    pytest.main([*options, *tests], plugins=[hunt])
    if not hunt.done:
        return 2
    for name in wanted.modules:
        count, left = (sum(one.path.stem == name for one in many) for many in (todo, hunt.survivors))
        _say(f"{name:12} {count:5} changes, {left:3} survived")
    score = 100 * (1 - len(hunt.survivors) / len(todo))
    _say(
        f"{len(todo)} changes, {len(todo) - len(hunt.survivors)} killed, {len(hunt.survivors)} survived: {score:.1f} %"
    )
    return 0 if score >= wanted.demand else 1


def _survived(todo: list[Mutant], printed: str) -> Iterator[Mutant]:
    """Yield the changes that an earlier run printed; lines may have moved since."""
    known = {line.partition(": ")[2] for line in printed.splitlines() if line.startswith("survived ")}
    return (one for one in todo if f"{one.was}  ->  {one.now}" in known)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
