"""``walletcard``, or ``python -m walletcard``: what the library does, for a shell. Only the commands open files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from walletcard._commands import COMMANDS

_EXAMPLES = """examples:
  walletcard demo --out card                      a card to look at, in a moment
  walletcard check card/card.pkpass               is it authentic, would a phone show it
  walletcard check card.pkpass --roots root.pem   the same, trusting root.pem instead of Apple
  walletcard identity pass.p12 --password-file password.txt --intermediate AppleWWDRCAG4.cer

Exit status: 0 all is well, 1 something is wrong with what was given, 2 wrong usage."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 all is well, 1 something is not, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(
        prog="walletcard",
        description="Loyalty cards for people's phones.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"walletcard {version('walletcard')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, told in COMMANDS.items():
        command = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
        if name in given[:1]:
            import_module(f"walletcard._commands._{name}").arguments(command)
    wanted = parser.parse_args(given)
    try:
        return int(wanted.run(wanted))
    except BrokenPipeError:
        from walletcard._commands._shell import BAD, stop_writing

        stop_writing()
        return BAD


if __name__ == "__main__":
    sys.exit(main())
