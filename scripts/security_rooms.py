"""The rooms that stand between a stranger's bytes and a decision: how well their tests hold them.

    python scripts/security_rooms.py coverage                      # every line and branch, or it fails
    python scripts/security_rooms.py mutants                       # every change that mutate.py knows: hours
    python scripts/security_rooms.py mutants tokens --sample 40    # some of them, by chance

Tests that take too long for it stay out: searches over all bytes, real passes. They can only hold more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]


class Room(NamedTuple):
    """Modules of the package, and the tests that hold them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


def _apple(*names: str) -> tuple[str, ...]:
    return tuple(f"src/walletcard/apple/_{name}.py" for name in names)


def _tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/apple/test_{name}.py" for name in names)


ROOMS: Final = {
    "archive": Room(
        _apple(
            "unzip", "zip_directory", "zip_names", "package", "lenient", "strings", "refusing", "archive",
        ),
        _tests("archive", "refused_archives", "careless", "read", "languages"),
    ),
    "callback": Room(
        tuple(f"src/walletcard/google/_{name}.py" for name in ("callback", "envelope", "callback_keys", "strict")),
        (
            "tests/google/test_google_callbacks.py", "tests/google/test_google_callbacks_bad_inputs.py",
            "tests/google/test_google_callbacks_mutants.py", "tests/testing/test_throwaway_callbacks.py",
        ),
    ),
    "identity": Room(
        (
            *_apple("identity", "certificates", "loading", "passwords", "describing", "confirm", "cms", "rounds"),
            "src/walletcard/model/_slow_keys.py",
        ),
        (
            *_tests("identity", "papers", "describing", "cms", "confirm", "pki", "rounds", "slow_keys"),
            "tests/contract/test_limits_told.py",
        ),
    ),
    "tokens": Room(("src/walletcard/tokens",), ("tests/tokens",)),
    "verifier": Room(
        _apple("verify", "signature", "chain", "overlooked", "verification", "manifest"),
        _tests("verify", "judged", "signatures", "forged", "slow_keys"),
    ),
}  # fmt: skip
# What only shows in the company of others.
_COVERING: Final = (
    *_tests("pki_verified", "build", "limits"),
    "tests/security",
    "tests/contract/test_wrong_arguments.py",
)


def main() -> int:
    """Do what the arguments ask for; return 1 if a room is held too loosely."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("coverage", "mutants"))
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(ROOMS)}; all when none is named")
    parser.add_argument("--sample", type=int, help="only so many changes of each room, by chance")
    parser.add_argument("--seed", type=int, default=0, help="another chance")
    parser.add_argument("--demand", type=float, default=90.0, help="percent of the changes to be noticed (90)")
    wanted = parser.parse_args()
    if unknown := set(wanted.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    rooms = wanted.rooms or [*ROOMS]
    if wanted.what == "coverage":
        return covered(rooms)
    extra = ["--sample", str(wanted.sample), "--seed", str(wanted.seed)] if wanted.sample else []
    return max([mutated(name, [*extra, "--demand", str(wanted.demand)]) for name in rooms])


def mutated(name: str, options: list[str]) -> int:
    """Hunt in one room."""
    print(f"{name}:", flush=True)  # noqa: T201
    room = ROOMS[name]
    ways = ["--fork", "--near", "--jobs", "1", *options]
    return run("scripts/mutate.py", *room.modules, *ways, "--", *room.tests)


def covered(names: list[str]) -> int:
    """Run the tests of some rooms and look which lines and branches they leave out."""
    tests = sorted({test for name in names for test in ROOMS[name].tests} | set(_COVERING))
    if run("-m", "coverage", "run", "--branch", "--source=src/walletcard", "-m", "pytest", "-q", *tests):
        return 1
    modules = [module for name in names for module in ROOMS[name].modules]
    only = ",".join(module if module.endswith(".py") else f"{module}/*" for module in modules)
    return run("-m", "coverage", "report", f"--include={only}", "--show-missing", "--skip-covered", "--fail-under=100")


def run(*arguments: str) -> int:
    """Run Python in the tree, with the tree's own package in front of an installed one; return how it ended."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=surroundings, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
