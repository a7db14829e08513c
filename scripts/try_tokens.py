"""Try to pass wrong text off as a token: every neighbour of real ones, and random strings. Prints what it tried.

Edits are substitutions, insertions and deletions. One edit is tried with every printable ASCII character, two with
the 32 letters of a token (any other letter is refused for its spelling, as one edit shows). The full run takes an
hour or two of one core; it is a function of its arguments, so that a part can be repeated::

    python scripts/try_tokens.py                                   # 100 tokens, 10^6 random strings
    python scripts/try_tokens.py --tokens 4 --random 10000 --pairs 50000      # seconds
"""

from __future__ import annotations

import argparse
import os
import random
import string
import sys
import time
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, islice
from multiprocessing import Pool
from typing import Final

from walletcard.errors import TokenError
from walletcard.tokens import KeyRing, issue, verify

AT: Final = datetime(2026, 11, 21, 10, tzinfo=UTC)
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
PRINTABLE: Final = "".join(map(chr, range(0x20, 0x7F)))
ID_LETTERS: Final = string.ascii_letters + string.digits + "_-"


def make(number: int, seed: int) -> tuple[str, KeyRing]:
    """Return a token of one of the four kinds and its ring; ids and key are drawn from the seed."""
    draw = random.Random(f"{seed}/{number}")  # noqa: S311
    keys = KeyRing({"1": draw.randbytes(32), "2": draw.randbytes(32)}, signing="1")
    program, card, name = ("".join(draw.choices(ID_LETTERS, k=draw.randint(1, 6))) for _ in range(3))
    life, nonce = timedelta(minutes=5), draw.randbytes(8).hex()
    kind = number % 4
    if kind == 0:
        return issue("member", keys=keys, program=program, card=card), keys
    if kind == 1:
        return issue("stamp", keys=keys, program=program, valid_for=life, nonce=nonce, at=AT), keys
    if kind == 2:
        return issue("join", keys=keys, program=program, source=name), keys
    given = {"program": program, "card": card, "voucher": f"{name}.1", "nonce": nonce}
    return issue("voucher", keys=keys, valid_for=life, at=AT, **given), keys


def one_edit(text: str, letters: str) -> Iterator[str]:
    """Yield every text one edit away, some of them more than once."""
    for place in range(len(text) + 1):
        yield from (text[:place] + letter + text[place:] for letter in letters)
    for place, old in enumerate(text):
        yield text[:place] + text[place + 1 :]
        yield from (text[:place] + letter + text[place + 1 :] for letter in letters if letter != old)


def two_edits(text: str) -> Iterator[str]:
    """Yield every text that two edits at two places make, some of them more than once.

    Edits meet no edit: two at one place are one or none, save for two insertions, which are all here.
    """
    size = len(text)
    changes = [["", *(letter for letter in LETTERS if letter != old)] for old in text]
    for one, two in combinations(range(size), 2):
        start, middle, end = text[:one], text[one + 1 : two], text[two + 1 :]
        for first in changes[one]:
            yield from (start + first + middle + second + end for second in changes[two])
    for gap in range(size + 1):
        for place in range(size):
            for letter in LETTERS:
                if gap <= place:
                    start, end = text[:gap] + letter + text[gap:place], text[place + 1 :]
                    yield from (start + change + end for change in changes[place])
                else:
                    start, end = text[:place], text[place + 1 : gap] + letter + text[gap:]
                    yield from (start + change + end for change in changes[place])
        for later in range(gap, size + 1):
            start, middle, end = text[:gap], text[gap:later], text[later:]
            for letter in LETTERS:
                yield from (start + letter + middle + other + end for other in LETTERS)


def tally(texts: Iterable[str], token: str, keys: KeyRing) -> Counter[str]:
    """Count how each text is refused; what is taken counts as ``TAKEN``, the token itself not at all."""
    found: Counter[str] = Counter()
    for text in texts:
        if text == token:
            continue
        try:
            verify(text, keys=keys, at=AT)
            found["TAKEN"] += 1
        except TokenError as error:
            found[error.code] += 1
    return found


def neighbours(job: tuple[int, int, int | None]) -> tuple[int, int, Counter[str], Counter[str]]:
    """Try the neighbours of one token: all, or at most so many pairs drawn evenly from the whole list."""
    number, seed, pairs = job
    token, keys = make(number, seed)
    verify(token, keys=keys, at=AT)
    texts = two_edits(token)
    if pairs is not None:
        texts = sample(token, pairs, random.Random(f"{seed}/{number}/pairs"))  # noqa: S311
    return number, len(token), tally(one_edit(token, PRINTABLE), token, keys), tally(texts, token, keys)


def sample(token: str, count: int, draw: random.Random) -> Iterator[str]:
    """Yield so many texts two random edits away."""
    for _ in range(count):
        text = token
        for _ in range(2):
            place, letter = draw.randrange(len(text)), draw.choice(LETTERS)
            text = text[:place] + draw.choice(("", letter, letter + text[place])) + text[place + 1 :]
        yield text


def noise(count: int, seed: int) -> Counter[str]:
    """Try random strings: any ASCII, a token's letters, a real token with another end, a right start."""
    draw = random.Random(seed)  # noqa: S311
    token, keys = make(0, seed)

    def texts() -> Iterator[str]:
        start = b"\xb1" + bytes.fromhex("01")
        while True:
            yield "".join(draw.choices(PRINTABLE, k=draw.randint(0, 110)))
            yield "W" + "".join(draw.choices(LETTERS, k=draw.randint(20, 100)))
            yield token[:-20] + "".join(draw.choices(LETTERS, k=20))
            yield b32encode(start + draw.randbytes(draw.randint(15, 58))).decode().rstrip("=")

    return tally(islice(texts(), count), token, keys)


def main() -> int:
    """Run what the arguments ask for; return 1 if anything was taken for a token."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tokens", type=int, default=100, help="tokens whose neighbours are tried (100)")
    parser.add_argument("--first", type=int, default=0, help="number of the first of them (0)")
    parser.add_argument("--pairs", type=int, help="two-edit neighbours of each, drawn; without it all of them")
    parser.add_argument("--random", type=int, default=1_000_000, help="random strings (1,000,000)")
    parser.add_argument("--seed", type=int, default=4, help="(4)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    wanted = parser.parse_args()

    started, taken, one, two = time.monotonic(), 0, Counter[str](), Counter[str]()
    jobs = [(number, wanted.seed, wanted.pairs) for number in range(wanted.first, wanted.first + wanted.tokens)]
    with Pool(wanted.jobs) as pool:
        for number, size, first, second in pool.imap_unordered(neighbours, jobs):
            one, two = one + first, two + second
            spent = time.monotonic() - started
            tried = f"{first.total():,} + {second.total():,} tried, {first['TAKEN'] + second['TAKEN']} taken"
            print(f"token {number} of {size} letters: {tried}, {spent:.0f} s", flush=True)  # noqa: T201
    for title, found in (
        (f"one edit, {wanted.tokens} tokens", one),
        (f"two edits, {wanted.tokens} tokens, {'all' if wanted.pairs is None else 'drawn'}", two),
        ("random strings", noise(wanted.random, wanted.seed)),
    ):
        taken += found["TAKEN"]
        print(f"{title}: {found.total():,} tried, {found['TAKEN']} taken; {dict(sorted(found.items()))}")  # noqa: T201
    return 1 if taken else 0


if __name__ == "__main__":
    sys.exit(main())
