"""Change a module in one small place after another, run its tests each time, and print which changes nobody noticed.

    python scripts/mutate.py src/walletcard/tokens -- tests/tokens
    python scripts/mutate.py src/walletcard/loyalty/_face.py --jobs 2 --only 40-80 -- tests/loyalty -k face
    python scripts/mutate.py src/walletcard/loyalty/_back.py --fork --again report.txt -- tests/loyalty

Before ``--`` stand modules or folders of the package, after it pytest's arguments. A change is killed when a test fails
or the run takes ten times as long as without it. It works on a copy: the tree itself is never touched, and a first run
without a change must pass. ``--again`` tries only what a report of an earlier run, kept in a file, names as survived,
``--sample`` some, by chance. ``--fork`` collects the tests once and puts each change into a fork of that process: many
times faster where imports take longest; a fork that takes three times the processor's time is stopped. What a test
module made with the package while it was imported is then that of the unchanged one, so what survives there is tried
once more without ``--fork``. ``--near`` runs, in a fork, only the tests that come by the changed statement: some times
faster again, and never kinder, since the others cannot notice it but by what is kept between tests.

The changes: comparisons, arithmetic, ``and``/``or``, ``not``, numbers, texts, ``True``/``False``/``None``, arguments of
calls left out, returned values, conditions, statements left out. Docstrings, annotations, imports and ``__all__`` stay.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random
from types import FrameType, FunctionType, ModuleType
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

ROOT: Final = Path(__file__).parents[1]
Way = tuple[tuple[str, int | None], ...]
"""The fields from the module down to a node, and the index where a field is a list."""

COPIED: Final = ("src", "tests", "examples", "docs", "pyproject.toml", "README.md")
_SWAPS: Final[dict[type[ast.AST], tuple[type[ast.AST], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitXor: (ast.BitOr,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed module: where, what it was and is, and its whole new text."""

    path: Path
    line: int
    was: str
    now: str
    text: str
    lines: range | None = None
    """The lines of the statement that changed; ``None`` for what is done while the module is imported."""


def spots(tree: ast.Module) -> Iterator[tuple[Way, ast.AST]]:
    """Yield every node that may change, with the way to it; what only documents or annotates is passed over."""

    def walk(node: ast.AST, way: Way) -> Iterator[tuple[Way, ast.AST]]:
        yield way, node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_comment", "type_params", "ctx"):
                continue
            for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST) and not _stays(child):
                    yield from walk(child, (*way, (name, index)))

    yield from walk(tree, ())


def _stays(node: ast.AST) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # A docstring, or an ellipsis.
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
        return True
    if isinstance(node, ast.Assign):
        names = {ast.unparse(target) for target in node.targets}
        return "__all__" in names or "Literal[" in ast.unparse(node.value)
    return False


def changes(node: ast.AST) -> Iterator[ast.AST | None]:
    """Yield what may stand in a node's place; ``None`` leaves a statement out."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in _SWAPS.get(type(operator), ()):
                yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        for other in _SWAPS.get(type(node.op), ()):
            yield _with(node, op=other())
        if isinstance(node, ast.BoolOp):
            for index in range(len(node.values)):
                rest = [*node.values[:index], *node.values[index + 1 :]]
                yield rest[0] if len(rest) == 1 else _with(node, values=rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in _other_values(node.value))
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Call):
        for index in range(len(node.keywords)):
            yield _with(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]])
        if len(node.args) > 1:
            yield _with(node, args=node.args[:-1])
    elif isinstance(node, (ast.If, ast.While)):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield _with(node, ifs=[])
    elif isinstance(node, ast.Return) and node.value is not None:
        yield _with(node, value=ast.Constant(None))
    elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Continue, ast.Break, ast.Delete)):
        yield None


def _other_values(value: object) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield from (value + 1, value - 1)
    elif isinstance(value, (str, bytes)):
        yield value + b"~" if isinstance(value, bytes) else value + "~"
        if value:
            yield type(value)()


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _replaced(tree: ast.Module, way: Way, new: ast.AST | None) -> str:
    """Return the module's text with another node at the end of the way; the tree is as before afterwards."""
    holder: Any = tree
    for name, index in way[:-1]:
        holder = getattr(holder, name) if index is None else getattr(holder, name)[index]
    name, index = way[-1]
    old = getattr(holder, name) if index is None else getattr(holder, name)[index]
    _place(holder, name, index, ast.Pass() if new is None else new)
    try:
        return ast.unparse(tree)
    finally:
        _place(holder, name, index, old)


def _place(holder: Any, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(holder, name, node)
    else:
        getattr(holder, name)[index] = node


def mutants(path: Path, lines: range | None) -> Iterator[Mutant]:
    """Yield every changed text of a module, no text twice."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    seen = {ast.unparse(tree)}
    for way, node in spots(tree):
        line = getattr(node, "lineno", 0)
        if not way or (lines is not None and line not in lines):
            continue
        for new in changes(node):
            text = _replaced(tree, way, new)
            if text not in seen:
                seen.add(text)
                now = "(left out)" if new is None else _first_line(new)
                yield Mutant(
                    path=path, line=line, was=_first_line(node), now=now, text=text, lines=_statement(tree, way)
                )


def _statement(tree: ast.Module, way: Way) -> range | None:
    """Return the lines of the statement at the end of a way, without those of its body; only inside functions."""
    node: Any = tree
    found, inside = None, False
    for name, index in way:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found, inside = None, name == "body"
        node = getattr(node, name) if index is None else getattr(node, name)[index]
        if inside and isinstance(node, (ast.stmt, ast.ExceptHandler)):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            found = range(node.lineno, max(last, node.lineno) + 1)
    return found


def _first_line(node: ast.AST) -> str:
    if isinstance(node, ast.comprehension):
        return " ".join(["for", ast.unparse(node.target), "in", ast.unparse(node.iter), *map(ast.unparse, node.ifs)])
    return ast.unparse(node).splitlines()[0][:90]


def run_tests(copied: Path, arguments: list[str], limit: float | None) -> tuple[bool, str]:
    """Run pytest in a copy of the tree; return whether all passed within the limit, and the end of its report."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *arguments]
    # The copy's package goes before an installed one.
    surroundings = {**os.environ, "PYTHONPATH": str(copied / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    if limit is None:
        # The first run, without a change, leaves its bytecode to all others.
        del surroundings["PYTHONDONTWRITEBYTECODE"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=copied, env=surroundings, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return False, "too slow"
    return done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def copy_tree(target: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
        elif source.exists():
            shutil.copy2(source, target / name)
    return target


def modules(given: list[str]) -> list[Path]:
    """Return the modules that the arguments name; a folder stands for all in it."""
    found = [ROOT / name for name in given]
    return sorted({one for path in found for one in (path.rglob("*.py") if path.is_dir() else [path])})


def main() -> int:
    """Run what the arguments ask for; return 1 if the share of killed ones is below what is demanded."""
    place = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    own, arguments = sys.argv[1:place], sys.argv[place + 1 :]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="+", help="modules or folders, from the root of the repository")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time (one a core)")
    parser.add_argument("--only", help="lines, such as 40-80")
    parser.add_argument("--fork", action="store_true", help="collect once, fork for each change")
    parser.add_argument("--near", action="store_true", help="with --fork: only the tests that come by")
    parser.add_argument("--again", type=Path, help="a report: only what survived there")
    parser.add_argument("--sample", type=int, help="only so many, by chance")
    parser.add_argument("--seed", type=int, default=0, help="another chance")
    parser.add_argument("--demand", type=float, default=90.0, help="percent to be killed (90)")
    wanted = parser.parse_args(own)
    lines = None
    if wanted.only:
        first, _, last = wanted.only.partition("-")
        lines = range(int(first), int(last or first) + 1)
    todo = [mutant for path in modules(wanted.modules) for mutant in mutants(path, lines)]
    if wanted.again:
        told = set(wanted.again.read_text(encoding="utf-8").splitlines())
        todo = [mutant for mutant in todo if _survivor(mutant) in told]
    if wanted.sample is not None and wanted.sample < len(todo):
        chance = Random(wanted.seed)  # noqa: S311  # Chance that can be repeated.
        todo = [todo[place] for place in sorted(chance.sample(range(len(todo)), wanted.sample))]
    if wanted.fork:
        survivors = Forks(todo, wanted.jobs, near=wanted.near).hunt(arguments)
    else:
        with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
            survivors = _hunt(todo, arguments, Path(folder), wanted.jobs)
    killed = len(todo) - len(survivors)
    for mutant in sorted(survivors, key=lambda one: (one.path, one.line)):
        _say(_survivor(mutant))
    score = 100 * killed / len(todo) if todo else 100.0
    _say(f"{len(todo)} changes, {killed} killed, {len(survivors)} survived: {score:.1f} %")
    return 0 if score >= wanted.demand else 1


def _survivor(mutant: Mutant) -> str:
    return f"survived {mutant.path.relative_to(ROOT)}:{mutant.line}: {mutant.was}  ->  {mutant.now}"


def _hunt(todo: list[Mutant], arguments: list[str], folder: Path, jobs: int) -> list[Mutant]:
    copies: SimpleQueue[Path] = SimpleQueue()
    spent = 0.0
    for number in range(jobs):
        home = copy_tree(folder / str(number))
        started = time.monotonic()
        passed, report = run_tests(home, arguments, None)
        spent = max(spent, time.monotonic() - started)
        if not passed:
            raise SystemExit(f"the tests fail without a change:\n{report}")
        copies.put(home)
    _say(f"{len(todo)} changes, {spent:.1f} s for each run of the tests, {jobs} at a time")

    def survives(mutant: Mutant) -> bool:
        home = copies.get()
        target = home / mutant.path.relative_to(ROOT)
        original = target.read_text(encoding="utf-8")
        target.write_text(mutant.text, encoding="utf-8")
        try:
            return run_tests(home, arguments, 10 * spent + 10)[0]
        finally:
            target.write_text(original, encoding="utf-8")
            copies.put(home)

    with ThreadPoolExecutor(jobs) as pool:
        survivors = []
        for count, (mutant, alive) in enumerate(zip(todo, pool.map(survives, todo), strict=True), start=1):
            survivors += [mutant] * alive
            if count % 50 == 0:
                _say(f"{count} tried, {len(survivors)} survived")
    return survivors


class Forks:
    """A plugin of pytest that runs the collected tests once for each change, each time in a fork with the change."""

    def __init__(self, todo: list[Mutant], jobs: int, *, near: bool = False) -> None:
        self.todo, self.jobs, self.near, self.survivors = todo, jobs, near, list[Mutant]()

    def hunt(self, arguments: list[str]) -> list[Mutant]:
        """Return the changes that no test noticed."""
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *arguments], plugins=[self])
        if code:
            raise SystemExit(f"the tests fail without a change, or none was found: {code!r}")
        return self.survivors

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all without a change, then with each."""
        started, busy = time.monotonic(), dict[pytest.Item, float]()
        for item, after in zip(session.items, [*session.items[1:], None], strict=True):
            spent = time.process_time()
            if not _passes(item, after):
                raise pytest.exit.Exception("a test fails without a change", returncode=1)
            busy[item] = time.process_time() - spent
        limit = int(10 * (time.monotonic() - started) + 10)
        _say(f"{len(self.todo)} changes, {len(session.items)} tests, {self.jobs} forks at a time")
        passed_by = _passed_by(session.items, {str(one.path) for one in self.todo}) if self.near else None
        running: dict[int, Mutant] = {}
        for count, mutant in enumerate(self.todo, start=1):
            items = session.items
            if passed_by is not None and mutant.lines is not None:
                lines = {(str(mutant.path), number) for number in mutant.lines}
                items = [item for item, passed in zip(items, passed_by, strict=True) if passed & lines]
            running[self._fork(mutant, items, limit, 3 * sum(busy[item] for item in items) + 2)] = mutant
            if len(running) == self.jobs:
                self._reap(running)
            if count % 100 == 0:
                _say(f"{count} tried, {len(self.survivors)} survived")
        while running:
            self._reap(running)
        return True

    def _fork(self, mutant: Mutant, items: list[pytest.Item], limit: int, busy: float) -> int:
        child = os.fork()
        if child:
            return child
        signal.alarm(limit)  # Its default is to end the process: too slow counts as noticed.
        signal.setitimer(signal.ITIMER_PROF, busy)  # So is this one's: a loop without end is noticed sooner.
        noticed = 1
        try:
            change(mutant)
            noticed = not _passed(items)
        finally:
            os._exit(noticed)

    def _reap(self, running: dict[int, Mutant]) -> None:
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            self.survivors.append(mutant)


def _passed_by(items: list[pytest.Item], paths: set[str]) -> list[set[tuple[str, int]]]:
    """Return the lines of some modules that each test comes by; what is kept between tests is forgotten before each."""
    found: list[set[tuple[str, int]]] = []

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename not in paths:
            return None
        found[-1].add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    for item, after in zip(items, [*items[1:], None], strict=True):
        found.append(set())
        _forget("walletcard")
        threading.settrace(trace)
        sys.settrace(trace)
        try:
            runtestprotocol(item, nextitem=after, log=False)  # It may be too slow for its own taste now.
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]  # What the standard library itself writes.
    return found


def _passed(items: list[pytest.Item]) -> bool:
    return all(_passes(item, after) for item, after in zip(items, [*items, None][1:], strict=True))


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, nextitem=after, log=False))


def change(mutant: Mutant) -> None:
    """Put a change into the loaded module: into the functions that are there, so that whoever holds one has it."""
    name = ".".join(mutant.path.relative_to(ROOT / "src").with_suffix("").parts)
    module = importlib.import_module(name.removesuffix(".__init__"))
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    sys.modules[module.__name__] = fresh  # Dataclasses ask for the module that they are defined in.
    try:
        exec(compile(mutant.text, str(mutant.path), "exec"), fresh.__dict__)  # noqa: S102
    finally:
        sys.modules[module.__name__] = module
    for key in [key for key in vars(module) if key not in vars(fresh) and not key.startswith("__")]:
        delattr(module, key)
    package = [one for key, one in sys.modules.items() if key.partition(".")[0] == "walletcard"]
    for key, value in vars(fresh).items():
        old = vars(module).get(key)
        if not _put(old, value, module.__name__):
            for holder in package:
                if old is not None and vars(holder).get(key) is old:
                    setattr(holder, key, value)
    _forget(module.__name__.rpartition(".")[0])


def _forget(near: str) -> None:
    """Clear what functions of a part of the package remember."""
    for holder in [one for key, one in sys.modules.items() if key.partition(".")[0] == "walletcard"]:
        for kept in vars(holder).values():
            if callable(getattr(kept, "cache_clear", None)) and getattr(kept, "__module__", "").startswith(near):
                kept.cache_clear()


def _put(old: object, new: object, home: str) -> bool:
    """Give a function, or all of a class, its new body; return whether it was one of the module's own."""
    old, new = (getattr(one, "__wrapped__", one) for one in (old, new))
    if isinstance(old, FunctionType) and isinstance(new, FunctionType) and old.__module__ == home:
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
        return True
    if isinstance(old, type) and isinstance(new, type) and old.__module__ == home:
        for key, value in vars(new).items():
            before = vars(old).get(key)
            if isinstance(value, property) and isinstance(before, property):
                _put(before.fget, value.fget, home)
            else:
                _put(getattr(before, "__func__", before), getattr(value, "__func__", value), home)
        return True
    return old is new


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
