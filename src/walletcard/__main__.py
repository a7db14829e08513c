"""``python -m walletcard``: what the library does, for a shell. The commands open files; nothing else does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version

from walletcard._commands import add_check, add_demo, add_identity, add_link, add_preview, add_strip
from walletcard._commands._shell import BAD, stop_writing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 all is well, 1 something is not, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="walletcard",
        description="Loyalty cards for people's phones.",
        epilog="Exit status: 0 all is well, 1 something is wrong with what was given, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"walletcard {version('walletcard')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (add_check, add_identity, add_link, add_preview, add_strip, add_demo):
        add(commands)
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given))
    except BrokenPipeError:
        stop_writing()
        return BAD


if __name__ == "__main__":
    sys.exit(main())
