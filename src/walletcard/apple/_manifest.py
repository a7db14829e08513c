"""A manifest against the files beside it: each listed once, with its own hash, and nothing else listed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from walletcard.apple import _archive
from walletcard.apple._lenient import read_json
from walletcard.apple._verification import State
from walletcard.errors import Issue, PassReadError, quoted

_SHA1: Final = re.compile(r"[0-9a-f]{40}")
_UNLISTED: Final = ("manifest.json", "signature")
_DAMAGED: Final = "the pass is damaged: ask its maker for a new copy"


def judge_manifest(listed: bytes | None, files: Mapping[str, bytes], *, strict: bool) -> tuple[State, list[Issue]]:
    """Return whether a manifest fits, and everything that does not.

    Args:
        listed: The manifest; ``None`` when it is not there.
        files: All files of the pass.
        strict: Accept only the one spelling that `walletcard` writes.
    """
    if listed is None:
        return "absent", [_issue("manifest.missing", "manifest.json", "missing", _DAMAGED)]
    try:
        table, issues = read_json(listed, where="manifest.json")
    except PassReadError as error:
        return "fails", [_issue(error.code, error.where, error.message, error.hint)]
    if not isinstance(table, dict):
        return "fails", [_issue("manifest.object", "manifest.json", f"holds {quoted(table)}, not an object", _DAMAGED)]
    content = {name: body for name, body in files.items() if name not in _UNLISTED}
    found = list(_unfit(table, content))
    # Of a file that is listed twice two readers would take two hashes: nobody knows which is meant.
    found += (replace(one, severity="error") if one.code == "json.duplicate" else one for one in issues)
    fits = all(one.severity != "error" for one in found)
    if strict and fits and _archive.manifest(content) != listed:
        hint = "do not trust this copy"
        found.append(_issue("strict.manifest", "manifest.json", "not the one spelling of this manifest", hint))
        fits = False
    return "ok" if fits else "fails", found


def _unfit(table: Mapping[str, Any], content: Mapping[str, bytes]) -> Iterator[Issue]:
    """Yield what the table says wrongly of the files, and the files of which it says nothing."""
    maker = "ask its maker to sign it with a maintained tool"
    for name, digest in table.items():
        if name not in content:
            hint = "it was removed after signing: ask for a new copy"
            yield _issue("manifest.absent", quoted(name), "in the manifest but missing", hint)
        elif not (isinstance(digest, str) and _SHA1.fullmatch(digest)):
            where = f"manifest.json[{quoted(name)}]"
            yield _issue("manifest.hash", where, "not a SHA-1 in lower-case hex", maker)
        elif digest != hashlib.sha1(content[name], usedforsecurity=False).hexdigest():
            hint = "it was changed after signing: do not trust this copy; its maker undoes the change, or signs again"
            yield _issue("manifest.changed", quoted(name), "its content does not match the manifest", hint)
    for name in (one for one in content if one not in table):
        yield _issue("manifest.unlisted", quoted(name), "not in the manifest", "it was added after signing: " + maker)


def _issue(code: str, where: str, message: str, hint: str) -> Issue:
    return Issue(code=code, where=where, message=message, hint=hint)
