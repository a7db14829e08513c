"""Anybody's ``.pkpass`` in, what is inside it out: tolerant where makers are careless, bounded where they are not.

Reading judges nothing but whether it can be read; `verify` says whether it is authentic, `lint` what a phone shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NoReturn

from walletcard.apple import _rules as rules
from walletcard.apple import _strings
from walletcard.apple._folders import STRINGS
from walletcard.apple._lenient import read_json
from walletcard.apple._refusing import refuse
from walletcard.apple._unzip import MAX_TOTAL, Unzipped, unzipped
from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, PassReadError, quoted
from walletcard.model import Picture
from walletcard.model._typed import Typed

MAX_PASSES: Final = 10  # Of a bundle, says Apple.
_FOLDER: Final = ".lproj"

Kind = Literal["pkpass", "pass.json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package(Typed):
    """What a pass holds.

    Attributes:
        pass_json: The document.
        style: Its style, such as ``storeCard``; ``None`` when it has none.
        pictures: Every PNG that can be read, by path.
        languages: The texts of every language folder, by language.
        files: Every file as it is, by path; what a Finder left is not there.
        issues: What had to be overlooked while reading.
        kind: ``pkpass``, or ``pass.json`` for a document alone.
    """

    pass_json: dict[str, Any] = field(repr=False)  # It may hold the token that fetches the newest pass.
    style: str | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    issues: tuple[Issue, ...] = ()
    kind: Kind = "pkpass"

    @property
    def template(self) -> dict[str, Any]:
        """The document without the two names that belong to a certificate: ready for `sign`."""
        return {key: value for key, value in self.pass_json.items() if key not in rules.OWN_IDS}

    def content(self) -> dict[str, bytes | Picture]:
        """Return the files that go with the document, as `sign` takes them."""
        return {
            path: self.pictures.get(path, body) for path, body in self.files.items() if path not in rules.WRITTEN_FILES
        }


def read(data: bytes) -> Package:
    """Return what a ``.pkpass`` holds, whoever made it and whether or not it is signed.

    Raises:
        PassReadError: It cannot be read, or only at a risk.
    """
    return package_of(unzipped(archive_bytes(data)))


def read_bundle(data: bytes) -> tuple[Package, ...]:
    """Return the passes of a ``.pkpasses``, in the order of their names; a single pass is a bundle of one.

    Raises:
        PassReadError: It, or one of its passes, cannot be read.
    """
    opened = unzipped(archive_bytes(data))
    passes = passes_of(opened)
    if not passes:
        return (package_of(opened),)
    found, budget = [], MAX_TOTAL
    for name, one in passes.items():
        try:
            inside = unzipped(one, budget=budget)
            found.append(package_of(inside))
        except PassReadError as error:
            where = f"{quoted(name)} {error.where}".strip()
            raise PassReadError(error.message, code=error.code, where=where, hint=error.hint) from None
        budget -= sum(map(len, inside.files.values()))
    return tuple(found)


def read_document(data: bytes) -> Package:
    """Return a bare ``pass.json``.

    Raises:
        PassReadError: It is no JSON object.
    """
    document, issues = _document(archive_bytes(data))
    return Package(pass_json=document, style=_style(document), issues=tuple(issues), kind="pass.json")


def archive_bytes(data: object) -> bytes:
    """Return the bytes a user handed over; raise `PassReadError` for a path or anything else."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        shown = "a text" if isinstance(data, str) else quoted(data)
        refuse("file.type", "file", f"got {shown}, need bytes", "open the file and pass its bytes")
    return bytes(data)


def passes_of(opened: Unzipped) -> dict[str, bytes]:
    """Return the passes of a bundle; none when the archive is a pass itself."""
    if "pass.json" in opened.files:
        return {}
    found = {name: body for name, body in sorted(opened.files.items()) if name.casefold().endswith(".pkpass")}
    if len(found) > MAX_PASSES:
        refuse("zip.entries", "file", f"{len(found)} passes, over {MAX_PASSES}", "make two bundles")
    return found


def package_of(opened: Unzipped) -> Package:
    """Return what an archive means as a pass.

    Raises:
        PassReadError: It holds no ``pass.json`` that can be read.
    """
    files = opened.files
    if "pass.json" not in files:
        _no_pass(opened)
    document, notes = _document(files["pass.json"])
    issues = [*opened.issues, *notes]
    pictures: dict[str, Picture] = {}
    languages: dict[str, dict[str, str]] = {}
    for path, body in files.items():
        folder, _, name = path.rpartition("/")
        if path.casefold().endswith(".png"):
            try:
                pictures[path] = Picture(body, where=quoted(path))
            except InvalidCardError as error:
                issues += (_milder(one) for one in error.issues)
        elif name == STRINGS and folder.endswith(_FOLDER) and "/" not in folder:
            try:
                languages[folder.removesuffix(_FOLDER)] = _table(body, path, issues)
            except InvalidDocumentError as error:
                issues += (_milder(one) for one in error.issues)
    return Package(
        pass_json=document,
        style=_style(document),
        pictures=pictures,
        languages=languages,
        files=files,
        issues=tuple(issues),
    )


def _milder(issue: Issue) -> Issue:
    """Return an issue as a warning: the rest of the pass can be read."""
    return Issue(code=issue.code, where=issue.where, message=issue.message, hint=issue.hint, severity="warning")


def _no_pass(opened: Unzipped) -> NoReturn:
    count = len(passes_of(opened))
    if count:
        refuse("zip.bundle", "file", f"a bundle of {count} passes", "use read_bundle()")
    folder = next((name.rpartition("/")[0] for name in opened.files if name.endswith("/pass.json")), None)
    if folder is not None:
        refuse("zip.folder", "file", f"pass.json is in {quoted(folder)}", "zip the files, not their folder")
    refuse("zip.no-pass", "file", "holds no pass.json", "this is not a pass")


def _document(data: bytes) -> tuple[dict[str, Any], list[Issue]]:
    document, issues = read_json(data, where="pass.json")
    if not isinstance(document, dict):
        refuse("json.object", "pass.json", f"holds {quoted(document)}, not an object")
    return document, issues


def _style(document: Mapping[str, Any]) -> str | None:
    return next((style for style in rules.STYLES if style in document), None)


def _table(body: bytes, path: str, issues: list[Issue]) -> dict[str, str]:
    """Return the texts of a ``pass.strings``, in whatever encoding they are."""
    if b"\0" in body[:200] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = (b"\xfe\xff" if body[:1] == b"\0" else b"\xff\xfe") + body
        _guessed(issues, path, "UTF-16 without its mark")
    try:
        return _strings.read(body, where=path)
    except InvalidDocumentError as error:
        if error.code != "strings.encoding" or body.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise
    found = _strings.read(body.decode("latin-1").encode("utf-8"), where=path)
    _guessed(issues, path, "neither UTF-8 nor UTF-16; read as Latin-1")
    return found


def _guessed(issues: list[Issue], path: str, message: str) -> None:
    hint = "save it as UTF-16 with a byte order mark"
    issues.append(Issue(code="strings.encoding", where=quoted(path), message=message, hint=hint, severity="note"))
