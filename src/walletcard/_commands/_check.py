"""``check``: passes in, what is wrong with each of them out."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from walletcard import apple
from walletcard._commands._google import check_google
from walletcard._commands._shell import BAD, GOOD, in_shell, listed, moment, read_bytes, require_a_pass, say, shown
from walletcard.apple._lint import lint_read
from walletcard.apple._package import passes_of, read_document
from walletcard.apple._unzip import unzipped
from walletcard.apple._verification import PROPERTIES, Verdict, Verification
from walletcard.errors import InvalidCardError, Issue, KeyMaterialError, PassReadError, quoted

_ENDINGS: Final = {".pkpasses": "pkpasses", ".json": "pass.json"}
_WORST_STATE: Final = ("fails", "unknown", "absent", "ok")
_WORST_VERDICT: Final[tuple[Verdict, ...]] = ("unreadable", "altered", "untrusted", "unsigned", "authentic")
_ABSENT: Final = dict.fromkeys(PROPERTIES, "absent")
_WORST_FIRST: Final = ("error", "warning", "note")
_MEANT: Final = {
    "archive": "nothing but one pass in the file",
    "manifest": "every file listed, with its right hash",
    "digest": "a signature of this manifest",
    "signature": "by the signer's key",
    "signing_time": "known, and not in the future",
    "chain": "certificates valid at that time, up to a trusted root",
    "purpose": "the signer's certificate is for passes",
    "ids": "and for this pass type and team",
    "current": "certificates valid now; an authentic pass may outlive them",
}


def arguments(check: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="a .pkpass, a .pkpasses or a pass.json; with --google a JSON file"
    )
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument("--roots", action="append", metavar="PEM", help="whom to trust instead of Apple")
    check.add_argument("--intermediates", action="append", default=[], metavar="PEM", help="more certificates")
    check.add_argument("--strict", action="store_true", help="only the one encoding that walletcard writes")
    check.add_argument("--at", type=moment, metavar="TIME", help="judge as of then, such as 2026-12-31T12:00Z")
    check.add_argument("--google", metavar="TYPE", help="the files are Google's: LoyaltyObject, ..., or JWT for a link")
    check.add_argument("--partial", action="store_true", help="with --google: the file is the body of a PATCH")
    check.set_defaults(run=_check, usage=check.error)


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
        return json.dumps({**said, "issues": [asdict(in_shell(one)) for one in self.issues]})

    def as_text(self) -> str:
        """Return a report for a person."""
        if self.parts:
            head = f"{shown(self.file)}: a bundle of {len(self.parts)}, {self.verdict}"
            return "\n\n".join((head, *(one.as_text() for one in self.parts)))
        what = f" ({self.style})" if self.style else ""
        verdict = self.verdict
        if self.kind == "pass.json" and self.readable:
            return "\n".join((f"{shown(self.file)}: {'fine' if self.good else 'wrong'}{what}", *self._listed()))
        lines = [f"{shown(self.file)}: {verdict}{what}"]
        if self.signed:
            lines.append(f"  {self.signed}")
        if self.readable:
            for name, state in self.properties.items():
                lines.append(f"  {name.replace('_', ' '):<13} {state:<8} {_MEANT[name]}")
        return "\n".join((*lines, *self._listed()))

    def _listed(self) -> list[str]:
        return listed(sorted(self.issues, key=lambda one: _WORST_FIRST.index(one.severity)))


def _check(given: argparse.Namespace) -> int:
    if given.google is not None:
        return check_google(given)
    if given.partial:
        given.usage("--partial goes with --google: a pass has no parts")
    try:
        roots = None if given.roots is None else [read_bytes(name) for name in given.roots]
        options = {
            "roots": roots,
            "intermediates": [read_bytes(name) for name in given.intermediates],
            "strict": given.strict,
            "at": given.at,
        }
        apple.verify(b"", **options)  # Certificates and time are wrong once, not in every file.
    except (PassReadError, KeyMaterialError, InvalidCardError) as error:
        given.usage(str(error))
    status = GOOD
    for number, name in enumerate(given.files):
        judged = _judge(name, options)
        if number and not given.json:
            print()
        say(judged.as_json() if given.json else judged.as_text())
        status = status if judged.good else BAD
    return status


def _judge(name: str, options: dict[str, Any]) -> _Judged:
    kind = _ENDINGS.get(Path(name).suffix.casefold(), "pkpass")
    try:
        data = read_bytes(name)
        if not data.startswith(b"PK") and (
            kind == "pass.json" or data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        ):
            return _document(name, data)
        require_a_pass(data, name)
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
        issues += lint_read(found.package, issues)
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
