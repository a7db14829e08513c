"""``python -m walletcard``: what the library does, for a shell. Files are opened here and nowhere else."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from walletcard import apple
from walletcard.apple._describing import examined, sentence
from walletcard.apple._package import passes_of, read_document
from walletcard.apple._unzip import MAX_ARCHIVE, unzipped
from walletcard.apple._verify import PROPERTIES, Verdict, Verification
from walletcard.errors import InvalidCardError, Issue, KeyMaterialError, PassReadError, quoted

_ENDINGS: Final = {".pkpasses": "pkpasses", ".json": "pass.json"}
_WORST_STATE: Final = ("fails", "unknown", "absent", "ok")
_WORST_VERDICT: Final[tuple[Verdict, ...]] = ("unreadable", "altered", "untrusted", "unsigned", "authentic")
_ABSENT: Final = dict.fromkeys(PROPERTIES, "absent")
_USAGE, _BAD, _GOOD = 2, 1, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What is said about one file, or about one pass of a bundle."""

    file: str
    kind: str
    readable: bool
    style: str | None
    properties: dict[str, str]
    verdict: Verdict
    issues: tuple[Issue, ...]
    good: bool
    signed: str = ""
    parts: tuple[_Judged, ...] = ()

    def as_json(self) -> str:
        """Return one line."""
        names = ("file", "kind", "readable", "style", "properties", "verdict")
        said: dict[str, Any] = {name: getattr(self, name) for name in names}
        return json.dumps({**said, "issues": [asdict(one) for one in self.issues]})

    def as_text(self) -> str:
        """Return a report for a person."""
        if self.parts:
            head = f"{_shown(self.file)}: a bundle of {len(self.parts)}, {self.verdict}"
            return "\n\n".join((head, *(one.as_text() for one in self.parts)))
        what = f" ({self.style})" if self.style else ""
        verdict = self.verdict
        if self.kind == "pass.json" and self.readable:
            return "\n".join((f"{_shown(self.file)}: {'fine' if self.good else 'wrong'}{what}", *self._listed()))
        lines = [f"{_shown(self.file)}: {verdict}{what}"]
        if self.signed:
            lines.append(f"  {self.signed}")
        if self.readable:
            lines += (f"  {name.replace('_', ' '):<13} {state}" for name, state in self.properties.items())
        return "\n".join((*lines, *self._listed()))

    def _listed(self) -> list[str]:
        return [f"  {one.severity + ':':<13} {one}" for one in self.issues]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 all is well, 1 something is not, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m walletcard", description="Loyalty cards for people's phones.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_identity(commands)
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given))
    except BrokenPipeError:  # Whoever read the output has stopped; nothing may be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BAD


def _add_check(commands: Any) -> None:
    told = "judge passes: can they be read, are they authentic, would a phone show them"
    check = commands.add_parser("check", help=told, description=told[0].upper() + told[1:] + ".")
    check.add_argument("files", nargs="+", metavar="FILE", help="a .pkpass, a .pkpasses or a pass.json")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument("--roots", action="append", metavar="PEM", help="whom to trust instead of Apple")
    check.add_argument("--intermediates", action="append", default=[], metavar="PEM", help="more certificates")
    check.add_argument("--strict", action="store_true", help="only the one encoding that walletcard writes")
    check.add_argument("--at", type=_moment, metavar="TIME", help="judge as of then, such as 2026-12-31T12:00Z")
    check.set_defaults(run=_check, usage=check.error)


def _add_identity(commands: Any) -> None:
    told = "say what a pass certificate is for, how long still, and what keeps it from signing"
    identity = commands.add_parser("identity", help=told, description=told[0].upper() + told[1:] + ".")
    identity.add_argument("file", metavar="FILE", help="a .p12, .pem or .cer")
    identity.add_argument("--password-file", metavar="F", help="holds the password; - reads it from standard input")
    identity.add_argument("--json", action="store_true", help="one JSON object")
    identity.add_argument("--at", type=_moment, metavar="TIME", help="judge as of then, such as 2026-12-31T12:00Z")
    identity.set_defaults(run=_identity)


def _identity(given: argparse.Namespace) -> int:
    facts: dict[str, Any] = {}
    try:
        password = _password(given.password_file)
        facts, issues = examined(_bytes(given.file), password=password, at=given.at)
    except (PassReadError, KeyMaterialError, InvalidCardError) as error:
        issues = (Issue(code=error.code, where=error.where, message=error.message, hint=error.hint),)
    if given.json:
        said = {"file": given.file, **facts, "issues": [asdict(one) for one in issues]}
        _say(json.dumps(said))
    else:
        first = f"{_shown(given.file)}: {sentence(facts) if facts else 'cannot be read'}"
        _say("\n".join((first, *(f"  {one.severity + ':':<13} {one}" for one in issues))))
    return _BAD if any(one.severity == "error" for one in issues) else _GOOD


def _password(name: str | None) -> bytes | None:
    """Return what a password file holds: never an argument, which every process on the machine could read."""
    if name is None:
        return None
    content = sys.stdin.buffer.read(10_000) if name == "-" else _bytes(name)
    return content.removesuffix(b"\n").removesuffix(b"\r")


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a time; write 2026-12-31T12:00Z") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{quoted(text)} has no time zone; add Z or +01:00")
    return at


def _check(given: argparse.Namespace) -> int:
    try:
        roots = None if given.roots is None else [_bytes(name) for name in given.roots]
        options = {
            "roots": roots,
            "intermediates": [_bytes(name) for name in given.intermediates],
            "strict": given.strict,
            "at": given.at,
        }
        apple.verify(b"", **options)  # Certificates and time are wrong once, not in every file.
    except (PassReadError, KeyMaterialError, InvalidCardError) as error:
        given.usage(str(error))
    status = _GOOD
    for number, name in enumerate(given.files):
        judged = _judge(name, options)
        if number and not given.json:
            print()
        _say(judged.as_json() if given.json else judged.as_text())
        status = status if judged.good else _BAD
    return status


def _bytes(name: str) -> bytes:
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


def _judge(name: str, options: dict[str, Any]) -> _Judged:
    kind = _ENDINGS.get(Path(name).suffix.casefold(), "pkpass")
    try:
        data = _bytes(name)
        if not data.startswith(b"PK") and (
            kind == "pass.json" or data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        ):
            return _document(name, data)
        opened = unzipped(data)
        passes = passes_of(opened)
    except PassReadError as error:
        return _unreadable(name, kind, error)
    if passes:
        return _bundle(name, passes, options, opened.issues)
    return _pass(name, "pkpass" if kind == "pass.json" else kind, data, options)


def _document(name: str, data: bytes) -> _Judged:
    try:
        package = read_document(data)
    except PassReadError as error:
        return _unreadable(name, "pass.json", error)
    # What is a note in a stranger's pass is an error in a document that somebody is about to sign.
    own = (replace(one, severity="error") for one in package.issues)
    issues = (*own, *apple.lint(package.pass_json))
    return _Judged(
        file=name,
        kind="pass.json",
        readable=True,
        style=package.style,
        properties=_ABSENT,
        verdict="unsigned",
        issues=issues,
        good=all(one.severity != "error" for one in issues),
    )


def _pass(name: str, kind: str, data: bytes, options: dict[str, Any]) -> _Judged:
    found: Verification = apple.verify(data, **options)
    issues = found.issues
    if found.package is not None:
        told = {issue.where for issue in issues if issue.code.startswith("id.")}
        linted = apple.lint(found.package.pass_json, files=found.package.content())
        issues += tuple(one for one in linted if one.where not in told)
    signed = f"signed by {quoted(found.signer)}" if found.signer else ""
    if found.signed_at is not None:
        signed += f" on {found.signed_at:%Y-%m-%d %H:%M} UTC"
    return _Judged(
        file=name,
        kind=kind,
        readable=found.package is not None,
        style=found.package.style if found.package else None,
        properties=dict(found.properties),
        verdict=found.verdict,
        issues=issues,
        good=found.verdict == "authentic",
        signed=signed,
    )


def _bundle(name: str, passes: dict[str, bytes], options: dict[str, Any], own: tuple[Issue, ...]) -> _Judged:
    """Judge every pass of a bundle; the bundle is as good as the worst of them."""
    parts = tuple(_pass(one, "pkpass", body, options) for one, body in passes.items())
    styles = {one.style for one in parts}
    return _Judged(
        file=name,
        kind="pkpasses",
        readable=all(one.readable for one in parts),
        style=styles.pop() if len(styles) == 1 else None,
        properties={key: min((one.properties[key] for one in parts), key=_WORST_STATE.index) for key in PROPERTIES},
        verdict=min((one.verdict for one in parts), key=_WORST_VERDICT.index),
        issues=own
        + tuple(replace(issue, where=f"{quoted(one.file)} {issue.where}") for one in parts for issue in one.issues),
        good=all(one.good for one in parts),
        parts=parts,
    )


def _unreadable(name: str, kind: str, error: PassReadError) -> _Judged:
    archive = "fails" if error.code.startswith("zip.") else "unknown"
    return _Judged(
        file=name,
        kind=kind,
        readable=False,
        style=None,
        properties={**dict.fromkeys(PROPERTIES, "unknown"), "archive": archive},
        verdict="unreadable",
        issues=(Issue(code=error.code, where=error.where, message=error.message, hint=error.hint),),
        good=False,
    )


def _shown(name: str) -> str:
    return name if name.isprintable() else quoted(name)


def _say(text: str) -> None:
    """Print in whatever the terminal can show; a letter that it cannot must not end the report."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
