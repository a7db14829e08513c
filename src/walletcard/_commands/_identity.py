"""``identity``: a certificate in, what it is for and what keeps it from signing out."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from walletcard._commands._shell import BAD, GOOD, in_shell, listed, moment, read_bytes, say, shown
from walletcard.apple._describing import examined, sentence
from walletcard.errors import InvalidCardError, Issue, KeyMaterialError, PassReadError


def arguments(identity: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    identity.add_argument("file", metavar="FILE", help="a .p12, .pem or .cer")
    identity.add_argument("--key", metavar="KEY", help="the private key, where it has a file of its own")
    identity.add_argument(
        "--password-file", metavar="F", help="its first line is the key's password; - reads standard input"
    )
    identity.add_argument("--intermediate", metavar="FILE", help="Apple's, such as AppleWWDRCAG4.cer: does it fit")
    identity.add_argument("--json", action="store_true", help="one JSON object")
    identity.add_argument("--at", type=moment, metavar="TIME", help="judge as of then, such as 2026-12-31T12:00Z")
    identity.set_defaults(run=_identity)


def _identity(given: argparse.Namespace) -> int:
    facts: dict[str, Any] = {}
    try:
        password = _password(given.password_file)
        data = read_bytes(given.file)
        key = None if given.key is None else read_bytes(given.key)
        issuer = None if given.intermediate is None else read_bytes(given.intermediate)
        facts, issues = examined(data, key=key, password=password, at=given.at, intermediate=issuer)
    except (PassReadError, KeyMaterialError, InvalidCardError) as error:
        issues = (Issue(code=error.code, where=error.where, message=error.message, hint=error.hint),)
    if given.json:
        said = {"file": given.file, **facts, "issues": [asdict(in_shell(one)) for one in issues]}
        say(json.dumps(said))
    else:
        first = f"{shown(given.file)}: {sentence(facts) if facts else 'cannot be read'}"
        say("\n".join((first, *listed(issues))))
    return BAD if any(one.severity == "error" for one in issues) else GOOD


def _password(name: str | None) -> bytes | None:
    """Return a password file's first line: never an argument, which every process on the machine could read."""
    if name is None:
        return None
    content = sys.stdin.buffer.read(10_000) if name == "-" else read_bytes(name)
    return content.split(b"\n", 1)[0].removesuffix(b"\r")
