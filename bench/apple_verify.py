"""What it costs to look at a pass before it is returned, as shares of raw RSA signing in the same run.

    python bench/apple_verify.py [--seconds 4]

One card of the café with its pictures shared, another serial each time. Raw signing and the four ways (`build` and
`chunks`, each with ``verify=True`` and ``verify=False``) take turns, processor time is counted, and the median of the
turns tells, so that a busy machine slows all alike. Beside them stand the look alone, which is what it costs, and the
judging of any pass by `apple.verify`.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "examples"), str(ROOT)]

from _six_cards import members  # noqa: E402  # found by the line above
from cryptography.hazmat.primitives import hashes  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: E402

import walletcard as wc  # noqa: E402
from walletcard import apple, render, testing  # noqa: E402
from walletcard.apple._archive import Content, pack  # noqa: E402
from walletcard.apple._confirm import confirm  # noqa: E402

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
TURN = 0.1  # Seconds of one turn.


def measure(seconds: float = 4.0) -> dict[str, float]:
    """Return how often a second each is done, by its name; ``raw`` is RSA-2048 signing alone."""
    ways = _ways()
    turns: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(max(3, round(seconds / TURN / len(ways)))):
        for name, work in ways.items():
            turns[name].append(_per_second(work))
    return {name: statistics.median(found) for name, found in turns.items()}


def _ways() -> dict[str, Callable[[], object]]:
    identity = testing.throwaway_identity(AT)
    faces, pictures = _faces()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    scheme, digest, attributes = padding.PKCS1v15(), hashes.SHA256(), b"\x31" + bytes(105)
    whole = apple.build(next(faces), identity=identity, pictures=pictures, at=AT)
    files: dict[str, Content] = {**pictures, "pass.json": apple.read(whole).files["pass.json"]}
    pieces = pack(files, sign=lambda listed: identity.signature(listed, at=AT))

    def way(verb: Callable[..., object], verify: bool) -> Callable[[], object]:
        return lambda: verb(next(faces), identity=identity, pictures=pictures, at=AT, verify=verify)

    return {
        "raw": lambda: key.sign(attributes, scheme, digest),
        "the look alone": lambda: confirm(pieces, files, identity=identity, at=AT),
        "build": way(apple.build, verify=True),
        "build, not looked at": way(apple.build, verify=False),
        "chunks": way(apple.chunks, verify=True),
        "chunks, not looked at": way(apple.chunks, verify=False),
        "apple.verify of one": lambda: apple.verify(whole, roots=identity.root_pem, at=AT, strict=True),
    }


def _faces() -> tuple[Iterator[wc.Face], dict[str, wc.Picture]]:
    """Return a card again and again under other ids, and the pictures that all of them share."""
    member = next(iter(members()))
    face = wc.face(member.program, member.card, at=AT)
    prepared = [replace(face, id=f"{face.id}-{number}") for number in range(100)]
    return itertools.cycle(prepared), dict(render.pictures(face, wallet="apple"))


def _per_second(work: Callable[[], object]) -> float:
    started, done = time.thread_time(), 0
    while time.thread_time() - started < TURN:
        work()
        done += 1
    return done / (time.thread_time() - started)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4.0)
    found = measure(parser.parse_args().seconds)
    for name, rate in found.items():
        sys.stdout.write(f"{name:<24}{rate:>8.0f} /s  {1e6 / rate:>7.0f} µs  {rate / found['raw']:>6.3f} of raw\n")


if __name__ == "__main__":
    main()
