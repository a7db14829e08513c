"""Random streams of events over random programmes, as many steps as asked: every invariant, after every step.

    python scripts/try_streams.py --steps 1000000 --seed 1
    python scripts/try_streams.py --only 1:4711

The same programmes, events and predicates as ``tests/loyalty/test_streams.py``, with chance from a seed. A stream that
fails is printed by its name, which ``--only`` runs again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.loyalty.streams import Stream  # noqa: E402  # found by the line above

LENGTH = 40
BATCH = 50
EVERY = 8  # Of the steps, one in so many is also checked for purity and for its JSON; every stream's end is.


def run(seed: int, number: int) -> tuple[int, str]:
    """Run one stream; return its steps, and what broke."""
    chance = Random(f"{seed}:{number}")  # noqa: S311  # chance, not a secret
    steps = 0
    try:
        stream = Stream(chance, settles=number % 3 > 0)
        for step in range(chance.randint(1, 2 * LENGTH)):
            stream.step(chance, thorough=step % EVERY == 0)
            steps += 1
        stream.finish(chance)
    except Exception:
        return steps + 1, traceback.format_exc()
    return stream.steps, ""


def batch(seed: int, first: int) -> tuple[int, list[tuple[int, str]]]:
    """Run some streams in a row."""
    done, broken = 0, []
    for number in range(first, first + BATCH):
        steps, failure = run(seed, number)
        done += steps
        if failure:
            broken.append((number, failure))
    return done, broken


def main() -> int:
    """Run until the steps are made or the time is up; return 1 if any stream broke."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop earlier, after so long")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", help="one stream, as it was named: SEED:NUMBER")
    wanted = parser.parse_args()
    if wanted.only:
        seed, number = map(int, wanted.only.split(":"))
        _say(run(seed, number)[1] or "holds")
        return 0
    started, done, first = time.monotonic(), 0, 0
    kinds: Counter[str] = Counter()
    with ProcessPoolExecutor(wanted.jobs) as pool:
        while done < wanted.steps and time.monotonic() - started < wanted.seconds:
            firsts = range(first, first + BATCH * wanted.jobs * 4, BATCH)
            first = firsts.stop
            for steps, broken in pool.map(batch, [wanted.seed] * len(firsts), firsts):
                done += steps
                for number, failure in broken:
                    last = failure.strip().splitlines()[-1]
                    kinds[last[:100]] += 1
                    if kinds[last[:100]] <= 3:
                        _say(f"{wanted.seed}:{number}: {last}")
    _say(f"{done:_} steps in {first:_} streams, {sum(kinds.values())} broken, {time.monotonic() - started:.0f} s")
    return 1 if kinds else 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
