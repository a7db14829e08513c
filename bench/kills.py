"""The bulk example killed at random moments: ``python -m bench.kills [--times 20] [--members 2000]``.

What must hold: whatever stands under a pass's name after a kill -9 is whole, the same command then makes the rest, and
the folder's bytes are those of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BULK = Path(__file__).parents[1] / "examples" / "bulk_issue.py"
AT = "2026-11-21T16:00:00+00:00"


def command(members: Path, out: Path, *, keys: Path | None = None) -> list[str]:
    """Return the command line of one run; with ``keys`` it signs with the throw-away identity of that folder."""
    line = [sys.executable, str(BULK), "--members", str(members), "--out", str(out), "--at", AT, "--workers", "2"]
    return [*line, "--p12", str(keys / "pass.p12"), "--wwdr", str(keys / "wwdr.pem")] if keys else line


def run(line: list[str]) -> None:
    """Run to the end; raise if that fails."""
    subprocess.run(line, check=True, capture_output=True)  # noqa: S603  # our own example


def passes(out: Path) -> dict[str, bytes]:
    """Return every pass of a folder by its name."""
    return {path.name: path.read_bytes() for path in out.glob("*.pkpass")}


def kill_after(line: list[str], out: Path, *, more: int, pause: float) -> None:
    """Start, wait until so many more passes are there and a moment longer, and kill -9."""
    goal = _count(out) + more
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    while _count(out) < goal and process.poll() is None:
        time.sleep(0.001)
    time.sleep(pause)
    process.kill()
    process.wait()


def _count(out: Path) -> int:
    return sum(name.endswith(".pkpass") for name in os.listdir(out)) if out.exists() else 0


def survive(folder: Path, *, members: int, times: int, seed: int) -> str:
    """Kill a job again and again, and let it end.

    Returns:
        What happened, in a sentence.

    Raises:
        AssertionError: A file was not whole, or the end is not the same.
    """
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    roll, calm, out = folder / "members.csv", folder / "calm", folder / "out"
    run([*command(roll, calm), "--sample", str(members)])
    run(command(roll, calm))
    wanted, line = passes(calm), command(roll, out, keys=calm / "throwaway")
    left_over = 0
    for _ in range(times):
        kill_after(line, out, more=chance.randint(1, max(1, members // (times + 2))), pause=chance.random() / 250)
        torn = [name for name, content in passes(out).items() if content != wanted[name]]
        _require(not torn, f"not whole: {torn}")
        left_over += len(list(out.glob(".*")))
    made = _count(out)
    _require(made < members, f"all {members} were made before the last kill: take more members")
    run(line)
    _require(passes(out) == wanted, "the bytes differ from an undisturbed run")
    rest = [path.name for path in out.iterdir() if path.suffix != ".pkpass"]
    _require(not rest, f"left behind: {rest}")
    return (
        f"{times} kills, {made:,} of {members:,} passes made by then, {left_over} unfinished files left by the kills; "
        f"no pass was torn, the next run made the rest, all bytes equal an undisturbed run"
    )


def _require(holds: bool, what: str) -> None:  # reads like assert, and stays under -O
    if not holds:
        raise AssertionError(what)


def main() -> None:
    """Kill, and say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="of the moments")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = survive(Path(folder), members=args.members, times=args.times, seed=args.seed)
    print(f"seed {args.seed}: {told}")  # noqa: T201


if __name__ == "__main__":
    main()
