"""Put passes of every kind before two programs of other people: KDE's pass library and GNOME Passes.

Builds them, has OpenSSL verify them, and says what either program shows otherwise than the pass says; photographs of
the window and the passes stay in a folder. Under a minute. Needs Debian's packages::

    apt-get install --no-install-recommends libkpimpkpass-dev g++ passes-gtk xvfb locales
    python scripts/try_readers.py --out out/readers
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "examples")]

from tests.readers import judge, programs  # noqa: E402  # found by the line above
from tests.readers.samples import AT, Sample, bundled, samples, verified  # noqa: E402

from walletcard import testing  # noqa: E402


def main() -> int:
    """Show them; return 1 if anything was not read as it was written, or a program is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("out/readers"))
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    signer = testing.throwaway_identity(at=AT)
    alone = samples(signer)
    several, inside = bundled(alone)
    (out / "several.pkpasses").write_bytes(several)
    passes = [*alone, *inside]
    bad = 0
    with TemporaryDirectory() as folder:
        for one in passes:
            one.put(out)
            bad += _say_lines(f"OpenSSL  {one.name}", verified(one.content, signer.root_pem, Path(folder)))
    _say(f"OpenSSL verifies {len(passes)} passes" if not bad else f"OpenSSL refuses {bad} passes")
    return 1 if bad + _kde(passes, several) + _gnome(passes, out) else 0


def _kde(passes: list[Sample], several: bytes) -> int:
    lacks = programs.kde_lacks()
    if lacks:
        return _say_lines("KDE", lacks)
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        bad = _judged("KDE", judge.kde(passes, Path(folder)))
        bundle = Path(folder, "several.pkpasses")
        bundle.write_bytes(several)
        [told] = programs.kde_reads(Path(folder, programs.KDE_PROGRAM), [bundle], language="en")
    _say(f"KDE opens a .pkpasses itself: {'yes' if told['read'] else 'no'} ({time.monotonic() - began:.0f} s)")
    return bad


def _gnome(passes: list[Sample], out: Path) -> int:
    lacks = programs.gnome_lacks()
    if lacks:
        return _say_lines("GNOME", lacks)
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        seen = list(judge.gnome(passes, Path(folder)))
    bad = _judged("GNOME", seen)
    for one in seen:
        if one.codes != one.wanted:
            bad += _say_lines(f"GNOME  {one.name}", f"the screen says {one.codes}, the pass {one.wanted}")
        if one.screen is not None:
            one.screen.save(out / f"{one.name.replace(' ', '-')}.png")
    _say(f"GNOME: photographs in {out} ({time.monotonic() - began:.0f} s)")
    return bad


def _judged(program: str, seen: Iterable[judge.Seen]) -> int:
    found = list(seen)
    bad = 0
    for one in found:
        for name, (shown, said) in one.differing.items():
            bad += _say_lines(f"{program}  {one.name}", f"{name}: shows {shown!r}, the pass says {said!r}")
    _say(f"{program} read {sum(one.told['read'] for one in found)} of {len(found)} passes, {bad} differences")
    return bad


def _say_lines(name: str, told: str) -> int:
    """Say what is wrong, if anything is, and return how much."""
    if told:
        _say(f"{name}: {told}")
    return bool(told)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
