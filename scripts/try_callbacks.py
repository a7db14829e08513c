r"""Try to pass a changed callback off as Google's: every body one edit away from real ones. Prints what it tried.

Each byte is replaced by all 255 others, left out, and preceded by all 256. The first three bodies are spelt without
blanks and escapes: no replacement in them may be taken. The last two are spelt as Google spells its own and over many
lines; there an edit may say the very same (another blank, ``\u003D``), which counts as ``same``, as a blank put in
does. A body is taken wrongly when it says anything else. The keys are new in every run::

    python scripts/try_callbacks.py                    # minutes of one core
    python scripts/try_callbacks.py --step 40          # every fortieth place: seconds
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from walletcard import testing
from walletcard.errors import CallbackError
from walletcard.google import CallbackEvent, verify_callback

AT: Final = datetime(2026, 11, 21, 10, tzinfo=UTC)
ISSUER: Final = "3388000000012345678"
GOOGLE: Final = testing.throwaway_callbacks(ISSUER, at=AT)


def bodies() -> dict[str, bytes]:
    """Return the bodies to change, by what they are."""
    club: dict[str, Any] = {"class_id": f"{ISSUER}.club", "at": AT}
    save = GOOGLE.body("save", object_id=f"{ISSUER}.CK-7F3A29", **club)
    others = (
        GOOGLE.body("delete", object_id=f"{ISSUER}.a", **club),
        GOOGLE.body("save", object_id=f"{ISSUER}.{'x' * 200}", nonce="n", **club),
    )
    plain = [json.dumps(json.loads(body), separators=(",", ":")).encode() for body in (save, *others)]
    lines = json.dumps(json.loads(save), indent=2).encode()
    names = ("save", "delete", "long id", "save, Google's spelling", "save, many lines")
    return dict(zip(names, (*plain, save, lines), strict=True))


def edits(body: bytes, step: int) -> Iterator[tuple[str, bytes]]:
    """Yield what kind each edit is, and the body after it."""
    every = [bytes([value]) for value in range(256)]
    for place in range(0, len(body), step):
        start, old, end = body[:place], body[place : place + 1], body[place + 1 :]
        yield from (("replaced", start + new + end) for new in every if new != old)
        yield "left out", start + end
        yield from (("put in", start + new + old + end) for new in every)


def outcome(mutant: bytes, event: CallbackEvent, content: Any) -> str:
    """Return the code of the error that a body is refused with, ``same``, or ``TAKEN``."""
    try:
        taken = verify_callback(mutant, issuer_id=ISSUER, keys=GOOGLE.keys, at=AT)
    except CallbackError as error:
        return error.code
    return "same" if taken == event and json.loads(mutant) == content else "TAKEN"


def main() -> int:
    """Run what the arguments ask for; return 1 if anything was taken that should not be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--step", type=int, default=1, help="try every so many places only (1: all)")
    wanted = parser.parse_args()

    wrong = 0
    for number, (name, body) in enumerate(bodies().items()):
        started = time.monotonic()
        event = verify_callback(body, issuer_id=ISSUER, keys=GOOGLE.keys, at=AT)
        content = json.loads(body)
        found: dict[str, Counter[str]] = {}
        for kind, mutant in edits(body, wanted.step):
            found.setdefault(kind, Counter())[outcome(mutant, event, content)] += 1
        print(f"{name}, {len(body)} bytes, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
        for kind, codes in found.items():
            print(f"  {kind}: {codes.total():,} tried, {dict(sorted(codes.items()))}", flush=True)  # noqa: T201
            wrong += codes["TAKEN"] + (codes["same"] if number < 3 and kind != "put in" else 0)
    print(f"{wrong} taken wrongly")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
