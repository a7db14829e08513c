"""A ``pass.json`` in, everything that a phone would refuse or lose out. The rules are tables in `_rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from walletcard.apple import _rules as rules
from walletcard.apple._document import encoded, require_text_keys
from walletcard.apple._fields import lint_style
from walletcard.apple._files import Pixels, lint_files, pixels_of
from walletcard.apple._identity import Identity, require_identity
from walletcard.apple._kinds import FORMS, SHAPES, has_fraction
from walletcard.apple._newer import lint_newer, tagged
from walletcard.apple._notes import OBJECT, Notes, shown
from walletcard.apple._outline import Outline, example_of, outline_of
from walletcard.apple._package import Package
from walletcard.apple._relevance import lint_relevance
from walletcard.apple._rule import Rule, Table
from walletcard.apple._scanned import lint_scanned
from walletcard.apple._semantics import TAGS
from walletcard.errors import InvalidDocumentError, Issue, Severity, quoted
from walletcard.model import Picture
from walletcard.model._checks import nearest

_MANY: Final = 200  # Problems; after them the nearest key is not looked for.
_TEAM: Final = re.compile(r"[A-Z0-9]{10}")


def lint(
    pass_json: Mapping[str, Any],
    *,
    files: Mapping[str, bytes | Picture] | None = None,
    identity: Identity | None = None,
) -> tuple[Issue, ...]:
    """Return everything that is wrong with a pass.

    An error means that a phone refuses the pass, a warning that it installs with something missing.

    Args:
        pass_json: The document.
        files: What goes with it, by path; without them pictures are not judged.
        identity: Who will sign; without it a missing pass type or team is only a warning.

    Raises:
        KeyMaterialError: ``identity`` is not an `Identity`.
    """
    signer = None if identity is None else require_identity(identity)
    return examine(pass_json, files=files, identity=signer)[0]


def lint_read(package: Package, told: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return what a phone makes of a pass that was read, without what verifying has said of its ids already."""
    known = {issue.where for issue in told if issue.code.startswith("id.")}
    return tuple(one for one in lint(package.pass_json, files=package.content()) if one.where not in known)


def examine(
    document: object, *, files: object = None, identity: Identity | None = None, ids_later: bool = False
) -> tuple[tuple[Issue, ...], bytes]:
    """Return the issues of a document and its bytes (empty when it has none).

    Args:
        document: What should be a ``pass.json``.
        files: What goes with it.
        identity: Who will sign.
        ids_later: Pass type and team may be missing without a word.
    """
    notes, content = Notes("pass.json"), b""
    if not isinstance(document, OBJECT):
        notes.add("document.type", "", f"got {quoted(document)}, need an object", "pass a dict, as json.loads returns")
        return tuple(notes.issues), content
    try:
        made = encoded(document)
        if _is_usual(document, files, identity, ids_later):
            return (), made
        require_text_keys(document)
        content = made
    except InvalidDocumentError as error:
        notes.issues.extend(error.issues)
    _examine(notes, document, files, identity, ids_later)
    return tuple(notes.issues), content


def _is_usual(document: Mapping[str, Any], files: object, identity: Identity | None, ids_later: bool) -> bool:
    """Tell whether a pass is without fault because one of the same outline was."""
    pixels = None if files is None else pixels_of(files)
    outline = None if files is not None and pixels is None else outline_of(document)
    signer = None if identity is None else _Ids(identity.pass_type, identity.team)
    return outline is not None and _is_faultless(outline, pixels, signer, ids_later)


@lru_cache(maxsize=1024)
def _is_faultless(
    outline: Outline, pixels: tuple[tuple[str, Pixels], ...] | None, identity: _Ids | None, ids_later: bool
) -> bool:
    notes = Notes("pass.json")
    _examine(notes, example_of(outline), None if pixels is None else dict(pixels), identity, ids_later)
    return not notes.issues


class _Ids(NamedTuple):
    """What is asked of an identity, apart from its key; a pass with NFC has no outline."""

    pass_type: str
    team: str
    nfc: bool = False


def _examine(
    notes: Notes, document: Mapping[str, Any], files: object, identity: Identity | _Ids | None, ids_later: bool
) -> None:
    walk(notes, document, rules.TOP_LEVEL, "", known=rules.STYLES)
    _required(notes, document, rules.TOP_LEVEL, "", leave_out=() if identity is None else rules.OWN_IDS)
    _identifiers(notes, document, identity)
    if ids_later:
        notes.issues = [one for one in notes.issues if one.code != "id.missing"]
    _together(notes, document)
    _conditional(notes, document)
    lint_scanned(notes, document)
    lint_relevance(notes, document)
    style = lint_style(notes, document, walk)
    lint_newer(notes, document, files)
    if files is not None:
        lint_files(notes, files, style, document, walk)


def walk(
    notes: Notes,
    value: Mapping[str, Any],
    table: Table,
    place: str,
    *,
    severity: Severity = "error",
    known: Mapping[str, Any] | None = None,
) -> None:
    """Hold every key of one object against its table.

    Args:
        notes: Where to write.
        value: The object.
        table: Its rules.
        place: The path to it, with a dot at its end; empty at the top.
        severity: How bad a breach is here.
        known: Keys that are judged elsewhere.
    """
    for key, entry in value.items():
        rule = table.get(key)
        if rule is not None:
            if rule.simple and SHAPES[rule.kind].fits(entry):
                continue
            _judge(notes, rule, entry, place + key, severity)
        elif known is None or key not in known:
            hint = table.instead.get(key) or _alike(notes, key, (*table, *(known or ()))) or "remove it"
            notes.add(
                "json.unknown",
                place + shown(key),
                "no such key; phones ignore it",
                hint,
                "warning",
            )


def _alike(notes: Notes, key: object, known: tuple[str, ...]) -> str:
    """Return the nearest known key; looking for it takes long, so not for ever."""
    return nearest(str(key), known) if len(notes.issues) < _MANY else ""


def _judge(notes: Notes, rule: Rule, value: Any, place: str, severity: Severity) -> None:
    shape = SHAPES[rule.kind]
    if not shape.fits(value):
        # An address may hold a password: like a token, it is not repeated.
        hidden = rule.secret or rule.kind in ("link", "https") or isinstance(value, (list, tuple, Mapping))
        message = f"need {shape.need}" if hidden else f"{quoted(value)} is not {shape.need}"
        # A list of the wrong things is dropped, or refused: the stricter reading is the safe one.
        notes.add(shape.code, place, message, shape.hint, severity)
        return
    if rule.filled and not value.strip():
        notes.add("json.empty", place, "empty", "give a text", severity)
    if rule.members:
        for one in (value,) if isinstance(value, str) else value:
            if one not in rule.members:
                hint = nearest(one, rule.members) or f"use {sorted(rule.members)[0]} or a sibling"
                notes.add("enum.unknown", place, f"{quoted(one)} is unknown", hint, severity)
    if rule.low is not None and not rule.low <= value <= (rule.high if rule.high is not None else value):
        notes.add("number.range", place, f"{quoted(value)} is out of range", _range_hint(rule), severity)
    if rule.form and not (spelling := FORMS[rule.form]).fits(value):
        message = f"need {spelling.need}" if rule.kind == "link" else f"{quoted(value)} is not {spelling.need}"
        graded = severity if spelling.severity == "error" else spelling.severity
        notes.add(spelling.code, place, message, spelling.hint, graded)
    if rule.kind == "date" and not rule.fractions and has_fraction(value):
        notes.add("time.fraction", place, "has parts of a second", "whole seconds are the safe form", "warning")
    if rule.kind == "color" and value.startswith("#"):
        notes.add("color.hex", place, "not the documented spelling", "write rgb(59, 36, 24), the safe form", "note")
    if rule.most is not None:
        size = len(value.encode("utf-8", "replace")) if isinstance(value, str) else len(value)
        if size > rule.most:
            notes.add("json.length", place, f"{size}, but iOS uses {rule.most}", "leave the rest out", "warning")
    if rule.entry is not None:
        graded = severity if severity != "error" else rule.inside
        entries = ((f"{place}.", value),) if rule.kind == "object" else _numbered(place, value)
        for path, entry in entries:
            walk(notes, entry, rule.entry, path, severity=graded)
            _required(notes, entry, rule.entry, path, severity=graded)


def _numbered(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    return ((f"{place}[{number}].", entry) for number, entry in enumerate(value))


def _range_hint(rule: Rule) -> str:
    if rule.low == rule.high:
        return f"it must be the number {rule.low:g}"
    return f"use {rule.low:g} to {rule.high:g}" if rule.high is not None else f"use {rule.low:g} or more"


def _required(
    notes: Notes,
    value: Mapping[str, Any],
    table: Table,
    place: str,
    *,
    severity: Severity = "error",
    leave_out: Mapping[str, str] | tuple[str, ...] = (),
) -> None:
    for key in table.required:
        if key not in value and key not in leave_out:
            if not place and key in rules.OWN_IDS:
                hint = "give identity=, or sign(), which takes it from the certificate"
                notes.add("id.missing", key, "missing", hint, "warning")
            else:
                notes.add("json.required", place + key, "missing", "iOS needs it: add it", severity)


def _identifiers(notes: Notes, document: Mapping[str, Any], identity: Identity | _Ids | None) -> None:
    given, team = document.get("passTypeIdentifier"), document.get("teamIdentifier")
    if isinstance(given, str) and given.strip() and not given.startswith("pass."):
        hint = "copy it from developer.apple.com"
        notes.add("id.pass-type", "passTypeIdentifier", f'{quoted(given)} does not start with "pass."', hint, "warning")
    if isinstance(team, str) and team.strip() and not _TEAM.fullmatch(team):
        hint = "see Membership at developer.apple.com"
        notes.add("id.team", "teamIdentifier", f"{quoted(team)} is not 10 capital letters or digits", hint, "warning")
    if identity is None:
        return
    for key, attribute in rules.OWN_IDS.items():
        own, named = getattr(identity, attribute), document.get(key)
        if isinstance(named, str) and named.strip() and named != own:
            message = f"{quoted(named)}, but the certificate is for {quoted(own)}"
            notes.add("id.mismatch", key, message, "leave it out: it is taken from the certificate")
    if "nfc" in document and not identity.nfc:
        hint = "ask Apple for a Pass Type ID with NFC"
        notes.add("nfc.certificate", "nfc", "the certificate does not allow NFC", hint, "warning")


def _together(notes: Notes, document: Mapping[str, Any]) -> None:
    """Judge keys that need each other."""
    if "webServiceURL" in document:
        token = document.get("authenticationToken")
        if token is None:
            hint = "set authenticationToken too, or neither"
            notes.add("link.token", "authenticationToken", "missing beside webServiceURL", hint)
        elif isinstance(token, str) and len(token) < rules.MIN_TOKEN:
            hint = "make one with secrets.token_urlsafe(24)"
            notes.add("link.token", "authenticationToken", f"under {rules.MIN_TOKEN} characters", hint)
    if "appLaunchURL" in document and not document.get("associatedStoreIdentifiers"):
        hint = "add associatedStoreIdentifiers with the app's number"
        notes.add("link.app", "appLaunchURL", "no app to launch", hint)


def _conditional(notes: Notes, document: Mapping[str, Any]) -> None:
    """Judge keys that count only in some styles or schemes, or no longer."""
    schemes = document.get("preferredStyleSchemes")
    for key in (one for one in document if one in rules.TOP_LEVEL.conditional):
        rule = rules.TOP_LEVEL[key]
        if rule.styles and not rule.styles.intersection(document):
            hint = f"remove it: only for {' and '.join(sorted(rule.styles))}"
            notes.add("style.key", key, "not for this style", hint, "warning")
        if rule.scheme and not (isinstance(schemes, (list, tuple)) and rule.scheme in schemes):
            hint = f'remove it, or list "{rule.scheme}" in preferredStyleSchemes'
            notes.add("scheme.key", key, "ignored without its scheme", hint, "warning")
        if rule.old:
            notes.add("json.old", key, f"needless: {rule.old}", "remove it, unless old phones matter", "note")
    for place, tags in tagged(document):
        for key in (one for one in tags if one in TAGS.conditional):
            if not TAGS[key].styles.intersection(document):
                hint = f"it is for {' and '.join(sorted(TAGS[key].styles))}"
                notes.add("semantic.style", f"{place}.{key}", "unusual in this style", hint, "note")
