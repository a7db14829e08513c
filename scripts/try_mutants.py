"""Change every byte of a pass into every other value, and let ``verify(strict=True)`` judge each. Prints the tally.

Three subjects: the signature, the manifest, the whole archive of one small pass of ours, with keys of their own in
every run. None may be accepted: strict promises one encoding. All takes an hour of one core or less::

    python scripts/try_mutants.py
    python scripts/try_mutants.py --only signature --first 800       # goes on at byte 800
    python scripts/try_mutants.py --sample 1000 --seed 7        # of each subject; seconds
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.apple.mutants import mutants, outcome, sampled, subjects  # noqa: E402  # found by the line above


def main() -> int:
    """Try them; return 1 if any was accepted, or ended in anything but a verdict."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=("signature", "manifest", "archive"))
    parser.add_argument("--first", type=int, default=0, help="the byte to begin with")
    parser.add_argument("--sample", type=int, help="so many of each subject instead of all")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    bad = 0
    for name, subject in subjects().items():
        if given.only not in (None, name):
            continue
        started, tally = time.monotonic(), Counter[str]()
        chance = Random(f"{given.seed}/{name}")  # noqa: S311  # a sample, not a secret
        tried = (
            mutants(subject.original, given.first)
            if given.sample is None
            else sampled(subject.original, given.sample, chance)
        )
        for place, mutant in tried:
            said = outcome(subject, mutant)
            tally[said] += 1
            if not said.startswith("refused"):
                bad += 1
                _say(f"{name} byte {place} = {mutant[place]:#04x}: {said}")
            if tally.total() % 25_000 == 0:
                _say(f"{name}: {tally.total():_} so far, at byte {place}, {time.monotonic() - started:.0f} s")
        _say(
            f"{name}: {tally.total():_} mutants of {len(subject.original):_} bytes, {time.monotonic() - started:.0f} s"
        )
        for said, count in tally.most_common():
            _say(f"  {count:>9_}  {said}")
    _say(f"{bad} not refused")
    return 1 if bad else 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
