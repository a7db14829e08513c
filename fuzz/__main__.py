"""Coverage-guided fuzzing: ``python -m fuzz [--target NAME] [--runs N] [--seconds S]``.

Each target runs in a process of its own and prints one line. An input that brings the library down is written to
``fuzz/crashes/NAME`` and the command ends with 1; committed there, it is replayed by the tests. Needs the extra
``fuzz``. Without ``--runs`` each target has ten seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from fuzz import targets
from fuzz._corpus import CRASHES, keep
from fuzz._judge import MAX_GROWTH, Failure, judge
from fuzz._start import start
from fuzz._target import Target

_FORKS: Final = multiprocessing.get_context("forkserver")
_ENDLESS: Final = 10**12
_GRACE: Final = 60  # Seconds to start, to read the seeds and to end.


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--target", action="append", choices=sorted(targets.ALL), help="this one only; may be repeated")
    parser.add_argument("--runs", type=int, help="end a target after so many executions")
    parser.add_argument("--seconds", type=float, help="end a target after so many seconds")
    parser.add_argument("--jobs", type=int, default=2, help="so many targets at a time (2)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="go on from what was found there, and leave it there")
    return parser.parse_args()


def main() -> int:
    """Run the targets, print a line for each, and judge."""
    args = options()
    seconds = args.seconds or (86_400.0 if args.runs else 10.0)
    wanted = [targets.ALL[name] for name in args.target or sorted(targets.ALL)]
    total, failed = 0, False
    _FORKS.set_forkserver_preload(["fuzz._worker"])
    with ThreadPoolExecutor(args.jobs) as pool:
        done = (pool.submit(run, one, runs=args.runs, seconds=seconds, keep_in=args.keep) for one in wanted)
        for target, waiting in [(one, next(done)) for one in wanted]:
            count, line, failures = waiting.result()
            total += count
            failed = failed or bool(failures)
            _say(line)
            for failure, data in failures:
                path = f"{len(data)} bytes" if target.secret else str(keep(CRASHES / target.name, data))
                _say(f"  {failure.kind}: {failure.what} ({path})")
    _say(f"{total:,} executions, {'FAILED' if failed else 'no failure'}")
    return int(failed)


def run(
    target: Target, *, runs: int | None, seconds: float, keep_in: Path | None
) -> tuple[int, str, list[tuple[Failure, bytes]]]:
    """Run one target; return the executions, a line that says so, and the failures with an input for each."""
    with tempfile.TemporaryDirectory() as scratch:
        place = keep_in / target.name if keep_in else Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        return _run(target, runs=runs, seconds=seconds, place=place)


def _run(
    target: Target, *, runs: int | None, seconds: float, place: Path
) -> tuple[int, str, list[tuple[Failure, bytes]]]:
    (place / "report").unlink(missing_ok=True)
    child = _FORKS.Process(target=start, args=(target.name, runs or _ENDLESS, seconds, place))
    child.start()
    child.join(seconds + _GRACE)
    hangs = child.exitcode is None
    if hangs:
        child.kill()
        child.join()
    report = None if hangs else _report(place)
    if report is None:
        what = "hangs" if hangs else f"the process died with {child.exitcode}: {_last(place)}"
        return 0, f"{target.name:12} {what}", [(Failure("process", what), _current(place))]
    count, took, growth = report["count"], report["seconds"], report["growth"]
    failures = [(Failure(kind, what), bytes.fromhex(data)) for kind, what, data in report["failures"]]
    failures = [(one, data) for one, data in failures if one.kind != "time" or judge(target, data) is not None]
    if growth > MAX_GROWTH:
        failures.append((Failure("memory", f"grew by {growth >> 20} MiB over all executions"), _current(place)))
    rate, said = count / max(took, 0.001), f"{len(failures)} failures" if failures else "no failure"
    line = f"{target.name:12} {count:>12,} executions {rate:>9,.0f}/s {took:>7.1f} s {growth >> 20:>5} MiB  {said}"
    return count, line, failures


def _report(place: Path) -> dict[str, Any] | None:
    """Return what the worker wrote at its end; ``None`` when it did not come so far."""
    try:
        found: dict[str, Any] = json.loads((place / "report").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _current(place: Path) -> bytes:
    """Return the input that was under way when a worker died."""
    path = place / "current"
    content = path.read_bytes() if path.exists() else bytes(8)
    return content[8 : 8 + int.from_bytes(content[:8])]


def _last(place: Path) -> str:
    """Return the line of the worker's log that says most."""
    log = place / "log"
    written = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    lines = [line for line in written.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Error" in line), lines[-1] if lines else "")[:200]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
