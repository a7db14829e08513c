"""Save links a second, checks on, as a share of raw RSA signing in the same run.

    python bench/google_links.py [--seconds 2]

A hundred members of one programme, each link for another. Signing alone and links take turns, processor time is
counted, and the median of the turns tells, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "examples"), str(ROOT)]

from _six_cards import members  # noqa: E402  # found by the line above
from cryptography.hazmat.primitives import hashes  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: E402

import walletcard as wc  # noqa: E402
from walletcard import google, testing  # noqa: E402

ISSUER = "3388000000012345678"
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
TURN = 0.1  # Seconds of one turn.


def faces(name: str) -> list[wc.Face]:
    """Return one card's face as that of a hundred members."""
    member = next(one for one in members() if one.name == name)
    face = wc.face(member.program, member.card, at=member.at)
    return [named(face, f"Member {number}", id=f"{face.id}-{number}") for number in range(100)]


def named(face: wc.Face, member: str, **changes: str) -> wc.Face:
    """Return the card of another member."""
    fields = tuple(replace(one, value=member) if one.value == face.member else one for one in face.fields)
    return replace(face, member=member, fields=fields, **changes)  # type: ignore[arg-type]  # Only texts change.


def per_second(work: Callable[[], object]) -> float:
    """Return how often ``work`` is done in a second, by one turn."""
    started, done = time.thread_time(), 0
    while time.thread_time() - started < TURN:
        work()
        done += 1
    return done / (time.thread_time() - started)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="for each line (2)")
    turns = max(3, int(parser.parse_args().seconds / TURN / 2))
    account = testing.throwaway_service_account()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = b"x" * 1_300

    def raw() -> object:
        return key.sign(claims, padding.PKCS1v15(), hashes.SHA256())

    def link(name: str, form: str) -> Callable[[], object]:
        cards = itertools.cycle(faces(name))
        return lambda: google.save_link(next(cards), account=account, issuer_id=ISSUER, form=form, at=AT)

    for name, form in (
        ("cafe-en", "auto"), ("cafe-en", "object"), ("cafe-en", "id"), ("spa-he", "auto"), ("gift-en", "auto"),
        ("therapy-zh", "auto"),
    ):  # fmt: skip
        work = link(name, form)
        work()
        rates = [(per_second(raw), per_second(work)) for _ in range(turns)]
        signing, links = (statistics.median(column) for column in zip(*rates, strict=True))
        share = statistics.median(made / alone for alone, made in rates)
        print(f"{name:11} {form:7} {links:6.0f} links/s, signing alone {signing:6.0f}/s: {share:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
