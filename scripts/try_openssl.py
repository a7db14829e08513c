"""Let OpenSSL and ``verify`` judge the same wrong signatures and manifests. Prints who accepted what.

Where OpenSSL refuses, ``verify`` must not say authentic. The other way round is fine, and listed: a pass has rules
of its own. Ten thousand take some minutes; needs the ``openssl`` program::

    python scripts/try_openssl.py                          # 10,000
    python scripts/try_openssl.py --count 200 --seed 7     # seconds
    python scripts/try_openssl.py --only 1:4711            # one again, as it was named
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.apple import chain, forge  # noqa: E402  # found by the line above
from tests.apple.structured import mutant, openssl  # noqa: E402

from walletcard import apple  # noqa: E402


def judge(name: str, folder: Path) -> tuple[str, bool, apple.Verification]:
    """Return what was changed, whether OpenSSL accepts it, and what `verify` finds."""
    one = mutant(Random(name))  # noqa: S311  # a sample, not a secret
    found = apple.verify(one.packed(), roots=chain.pem(forge.authority()), at=chain.AT)
    return one.told, openssl(one, folder), found


def main() -> int:
    """Try them; return 1 if any was authentic against OpenSSL."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="SEED:NUMBER")
    given = parser.parse_args()
    names = [given.only] if given.only else [f"{given.seed}:{number}" for number in range(given.count)]
    started, bad, both = time.monotonic(), 0, Counter[tuple[bool, bool]]()
    reasons = Counter[str]()
    with TemporaryDirectory() as folder:
        for name in names:
            told, accepted, found = judge(name, Path(folder))
            ours = found.verdict == "authentic"
            both[accepted, ours] += 1
            if accepted and not ours:
                reasons[next(one.code for one in found.issues if one.severity == "error")] += 1
            if given.only or (ours and not accepted):
                _say(f"{name}: {told}: OpenSSL {'accepts' if accepted else 'refuses'}, verify says {found.verdict}")
                bad += ours and not accepted
            if both.total() % 2_000 == 0:
                _say(f"{both.total():_} so far, {time.monotonic() - started:.0f} s")
    _say(f"{both.total():_} judged in {time.monotonic() - started:.0f} s")
    _say(f"  {both[False, False]:>7_}  refused by both")
    _say(f"  {both[True, True]:>7_}  accepted by both")
    _say(f"  {both[True, False]:>7_}  accepted by OpenSSL, refused by verify")
    for code, count in reasons.most_common():
        _say(f"           {count:>7_}  {code}")
    _say(f"  {both[False, True]:>7_}  refused by OpenSSL, accepted by verify (must be none)")
    return 1 if bad else 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
