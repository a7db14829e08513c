"""Ten thousand passes, all looked at: ``python -m bench.many [--passes 10000] [--openssl 100]``.

Throughput and memory while they are made; then each goes through `apple.verify`, and a sample through OpenSSL. Exits
with 1 when one is not authentic or memory grew by 2 MB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import walletcard as wc
from bench._material import Material
from bench._subject import AT, CLUB, member
from bench.memory import WARM, resident
from walletcard import apple, render

ROOM = 2_000_000  # Bytes by which memory may grow.


def made(number: int, identity: apple.Identity) -> bytes:
    """Return the pass of one member, the whole way from the card."""
    face = wc.face(CLUB, member(number), at=AT)
    return apple.build(face, identity=identity, pictures=render.pictures(face, wallet="apple"), at=AT)


def throughput(count: int, identity: apple.Identity) -> tuple[float, int]:
    """Return passes a second of processor time, and the bytes by which memory grew."""
    for number in range(WARM):
        made(number, identity)
    before, began = resident(), time.process_time()
    for number in range(count):
        made(number, identity)
    return count / (time.process_time() - began), resident() - before


def flaws(count: int, sample: int, material: Material) -> Counter[str]:
    """Return how many were found authentic by whom, and what was found where that failed."""
    roots, seen = material.identity.root_pem, Counter[str]()
    for number in range(count):
        data = made(number, material.identity)
        told = apple.verify(data, roots=roots, at=AT, strict=True)
        seen["ours" if told.verdict == "authentic" else f"pass {number}: {told.verdict}"] += 1
        if number % max(1, count // sample) == 0:
            flaw = material.flaw_of_pass(data)
            seen[f"pass {number}: {flaw}" if flaw else "OpenSSL"] += 1
    return seen


def main() -> int:
    """Make, look, and say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passes", type=int, default=10_000)
    parser.add_argument("--openssl", type=int, default=100, help="how many of them OpenSSL sees")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        material = Material(Path(folder) / "material")
        rate, growth = throughput(args.passes, material.identity)
        _say(f"{args.passes:,} passes, cards included: {rate:,.0f} a second of one core; memory {growth / 1e6:+.2f} MB")
        seen = flaws(args.passes, args.openssl, material)
    _say(f"authentic: {seen.pop('ours', 0):,} by walletcard, {seen.pop('OpenSSL', 0):,} of a sample by OpenSSL")
    for flaw in seen:
        _say(flaw)
    return 1 if seen or growth >= ROOM else 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
