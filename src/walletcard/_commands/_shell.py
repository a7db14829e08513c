"""What every command does with a shell: open a file, read a time, print a report, write a file, end with a status."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from walletcard.apple._unzip import MAX_ARCHIVE
from walletcard.errors import Issue, PassReadError, WalletCardError, quoted

# What a hint calls an argument -> what the command line calls it.
_OPTIONS: Final = {
    "pass roots=": "give --roots",
    "give password=": "give --password-file",
    "pass intermediates=": "give --intermediates",
    "pass it in intermediates= or roots=": "give it with --intermediates or --roots",
    "in intermediates=": "with --intermediates",
    "this one as intermediate=": "this one with --intermediate",
    "as key=": "with --key",
    "as its key=": "with --key",
    "then use from_pem()": "then give that file",
    "use from_p12()": "give it alone",
    "give identity=, or sign(), which takes it from the certificate": "signing takes it from the certificate",
    "pass a list of dicts": "wrap it in [ ]",
    "pass a dict": "write it in { }",
}
# The address, or the token behind it: JSON in base64 begins with these letters.
_LINK: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:https://pay\.google\.com/gp/v/save/|eyJ[\w-]+\.eyJ)")
_TEMPORARY: Final = ".walletcard-"
GOOD: Final = 0
BAD: Final = 1  # Something is wrong with what was given; wrong usage is 2, and argparse's.


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file; raise `PassReadError` when there are none to be had."""
    hint = "the path is taken from the current folder"
    try:
        with Path(name).open("rb") as opened:
            return opened.read(MAX_ARCHIVE + 1)
    except FileNotFoundError:
        message, code = "no such file", "file.missing"
    except IsADirectoryError:
        message, code, hint = "is a folder", "file.folder", "name the file in it"
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a path"
        message, code, hint = f"cannot be opened ({reason})", "file.closed", "check the path and its permissions"
    raise PassReadError(message, code=code, where=quoted(name), hint=hint)


def require_a_pass(data: bytes, name: str) -> None:
    """Raise `PassReadError` for a save link, or a key or certificate, where a pass is wanted."""
    if _LINK.match(data):
        message, hint = "is a save link, which is Google's", "walletcard link FILE says what it holds"
        raise PassReadError(message, code="file.link", where=quoted(name), hint=hint)
    if data.startswith((b"0\x82", b"-----BEGIN ")):
        message, hint = "is a certificate or a key", "walletcard identity FILE says what it is for"
        raise PassReadError(message, code="file.key", where=quoted(name), hint=hint)


def written(path: Path, content: bytes) -> Path:
    """Write a file, its folder too; raise `WalletCardError` when that cannot be done.

    It is there whole or not at all: what stood in its place stays until the new bytes are on the disk.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # A pipe or a device cannot be replaced, and a folder must not be.
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a path"
        hint = "name another place with --out"
        raise WalletCardError(
            f"cannot be written ({reason})", code="file.unwritable", where=quoted(str(path)), hint=hint
        ) from error
    return path


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            os.chmod(name, 0o600)  # Whatever the umask: a page may hold a link with which anybody could save the card.
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def moment(text: str) -> datetime:
    """Return the time that an argument says, for argparse."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a time; write 2026-12-31T12:00Z") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{quoted(text)} has no time zone; add Z or +01:00")
    return at


def shown(name: str) -> str:
    """Return a file's name, fit for one line."""
    return name if name.isprintable() else quoted(name)


def listed(issues: Iterable[Issue]) -> list[str]:
    """Return what is wrong, a line each, with the command line's own words for the library's arguments."""
    return [f"  {one.severity + ':':<13} {in_shell(one)}" for one in issues]


def in_shell(issue: Issue) -> Issue:
    """Return an issue whose hint has the command line's own words for the library's arguments."""
    hint = issue.hint
    for argument, option in _OPTIONS.items():
        hint = hint.replace(argument, option)
    return replace(issue, hint=hint)


def say(text: str) -> None:
    """Print in whatever the terminal can show; a letter that it cannot must not end the report."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def complain(error: WalletCardError) -> int:
    """Tell everything that is wrong, a line each, where errors go, and return the status for it."""
    alone = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
    lines = [f"error: {in_shell(one)}\n" for one in getattr(error, "issues", ()) or (alone,)]
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write("".join(lines).encode(encoding, "backslashreplace").decode(encoding))
    return BAD


def stop_writing() -> None:
    """Let the output go nowhere: whoever read it has stopped, and nothing may be written at the end either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
