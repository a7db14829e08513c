"""Memory over ten thousand passes, in a fresh interpreter: ``python -m bench.memory 10000``."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import walletcard as wc
from bench._effort import Effort
from bench._results import Result, Target
from bench._subject import AT, CLUB, ROOT, member, new_identity
from bench.growth import issue
from walletcard import apple, render

WARM = 500  # After so many passes everything is loaded, drawn and remembered.


def results(effort: Effort) -> list[Result]:
    """Measure."""
    command = [sys.executable, "-m", "bench.memory", str(effort.passes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  # ourselves
    found = json.loads(done.stdout)
    return [
        Result(f"memory: growth over {effort.passes:,} passes", found["growth"] / 1e6, "MB", None, Target(2)),
        Result("memory: one pass as chunks, beside shared pictures", found["chunks"] / 1e3, "kB"),
        Result("memory: one pass as bytes", found["bytes"] / 1e3, "kB"),
        Result("memory: highest while one pass is made", found["peak"] / 1e3, "kB"),
    ]


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
    import resource  # Elsewhere only the highest is known, which serves as well for growth.

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Issue, and print what it took as JSON."""
    count, identity = int(sys.argv[1]), new_identity()
    warm = min(WARM, count)
    issue(range(warm), identity)
    before = resident()
    issue(range(warm, warm + count), identity)
    growth = resident() - before
    face = wc.face(CLUB, member(3), at=AT)
    pictures = render.pictures(face, wallet="apple")
    tracemalloc.start()
    pieces = apple.chunks(face, pictures=pictures, identity=identity, at=AT)
    own, peak = tracemalloc.get_traced_memory()
    whole = sum(map(len, pieces))
    print(json.dumps({"growth": growth, "chunks": own, "peak": peak, "bytes": whole}))  # noqa: T201


if __name__ == "__main__":
    main()
