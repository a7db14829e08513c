"""Signed passes on their way to a phone: several in one file, and what a server says with them.

Names and types: https://developer.apple.com/documentation/walletpasses/distributing-and-updating-a-pass
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final
from urllib.parse import quote

from walletcard.apple._archive import archive
from walletcard.apple._notes import Notes
from walletcard.apple._package import MAX_PASSES
from walletcard.apple._rules import WRITTEN_FILES
from walletcard.errors import InvalidDocumentError, Issue, quoted, wrong_type
from walletcard.model import require_moment

MIME_TYPE: Final = "application/vnd.apple.pkpass"
BUNDLE_MIME_TYPE: Final = "application/vnd.apple.pkpasses"
SUFFIX: Final = ".pkpass"
BUNDLE_SUFFIX: Final = ".pkpasses"
MAX_BUNDLE: Final = 150_000_000  # Bytes.
_MAX_DOCUMENT: Final = 1_000_000  # Bytes of one pass.json.
_LONGEST_DATE: Final = 64  # Characters of a date in a header; the one form of today has 29.
_NAME: Final = re.compile(r'[^\x00-\x1f\x7f/\\"]{1,100}')


def bundle(passes: Iterable[bytes]) -> bytes:
    """Return a ``.pkpasses``: up to ten passes that a phone adds in one go, in the given order.

    The same passes in the same order give the same bytes. Safari opens such a file; mail and AirDrop often do not.

    Args:
        passes: The bytes of signed passes, together 150 MB at most.

    Raises:
        InvalidDocumentError: None, too many, too large, no pass, or one of them twice.
    """
    given = _listed(passes)
    notes = Notes("passes")
    if not 1 <= len(given) <= MAX_PASSES:
        notes.add("bundle.count", "", f"{len(given)} passes, need 1 to {MAX_PASSES}", "make several bundles")
    size = sum(len(one) for one in given)
    if size > MAX_BUNDLE:
        notes.add("bundle.size", "", f"{size:_} bytes, Apple takes {MAX_BUNDLE:_}", "make several bundles")
    seen: dict[tuple[object, object], int] = {}
    for number, one in enumerate(given) if len(given) <= MAX_PASSES else ():
        name = _name_of(notes, one, f"[{number}]")
        if name is not None and seen.setdefault(name, number) != number:
            message = f"the same pass as passes[{seen[name]}], {quoted(name[1])}"
            notes.add("bundle.duplicate", f"[{number}]", message, "leave one out: it would replace the other")
    if notes.issues:
        raise InvalidDocumentError.from_issues(notes.issues)
    return archive({f"{number:02}{SUFFIX}": one for number, one in enumerate(given, 1)})


def headers(name: str, *, modified: datetime | None = None) -> dict[str, str]:
    """Return what a server says with a pass or a bundle, so that a phone opens it instead of saving a zip.

    Args:
        name: The file's name; one that ends in ``.pkpasses`` is a bundle, any other gets ``.pkpass``.
        modified: When the card last changed: a phone that asks for the newest pass says it again, see `unchanged`.

    Raises:
        InvalidDocumentError: No name of a file.
        InvalidCardError: ``modified`` has no time zone.
    """
    if not isinstance(name, str):
        raise wrong_type(
            name, need="text", where="name", code="file.name", hint="give card.pkpass", error=InvalidDocumentError
        )
    if not _NAME.fullmatch(name) or not name.isprintable() or name.strip(". ") == "":
        issue = Issue(code="file.name", where="name", message="not a file name", hint="give a name such as card.pkpass")
        raise InvalidDocumentError.from_issues([issue])
    bundled = name.endswith(BUNDLE_SUFFIX)
    whole = name if bundled or name.endswith(SUFFIX) else name + SUFFIX
    plain = whole.encode("ascii", "replace").decode("ascii").replace("?", "_")
    shown = f'attachment; filename="{plain}"'
    if plain != whole:
        shown += f"; filename*=UTF-8''{quote(whole, safe='')}"  # RFC 6266.
    found = {"Content-Type": BUNDLE_MIME_TYPE if bundled else MIME_TYPE, "Content-Disposition": shown}
    if modified is not None:
        found["Last-Modified"] = format_datetime(_to_the_second(modified), usegmt=True)
    return found


def unchanged(since: str | None, *, modified: datetime) -> bool:
    """Tell whether a phone that asks for the newest pass has it: then answer 304, without a pass.

    Dates of HTTP know whole seconds alone: where a card can change twice in one, keep the second change as a second
    later.

    Args:
        since: The request's ``If-Modified-Since``; ``None`` where it says nothing, as some phones do. What is no date
            counts as nothing, as HTTP has it (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3).
        modified: When the card last changed, as `headers` said it.

    Raises:
        InvalidCardError: ``modified`` has no time zone.
        InvalidDocumentError: ``since`` is no text.
    """
    changed = _to_the_second(modified)
    if since is None:
        return False
    if not isinstance(since, str):
        hint = "give the header as it came, or None"
        raise wrong_type(since, need="text", where="since", code="http.date", hint=hint, error=InvalidDocumentError)
    try:
        said = parsedate_to_datetime(since[:_LONGEST_DATE])
        return changed <= (said if said.tzinfo else said.replace(tzinfo=UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return False


def _to_the_second(modified: datetime) -> datetime:
    require_moment(modified, "modified")
    return modified.astimezone(UTC).replace(microsecond=0)


def _listed(passes: object) -> list[bytes]:
    hint = "give a list of what build() returned"
    if isinstance(passes, (str, bytes, bytearray, memoryview)) or not isinstance(passes, Iterable):
        raise wrong_type(
            passes, need="a list of passes", where="passes", code="bundle.type", hint=hint, error=InvalidDocumentError
        )
    given = list(passes)
    for number, one in enumerate(given):
        if not isinstance(one, (bytes, bytearray)):
            raise wrong_type(
                one, need="bytes", where=f"passes[{number}]", code="bundle.type", hint=hint, error=InvalidDocumentError
            )
    return [bytes(one) for one in given]


def _name_of(notes: Notes, content: bytes, place: str) -> tuple[object, object] | None:
    """Return pass type and serial number of a pass; note what is none."""
    hint = "give what build() or sign() returned"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            missing = sorted(WRITTEN_FILES - set(opened.namelist()))
            if missing:
                notes.add("bundle.pass", place, f"not a pass: no {missing[0]}", hint)
                return None
            if opened.getinfo("pass.json").file_size > _MAX_DOCUMENT:
                notes.add("bundle.pass", place, "not a pass: its pass.json is huge", hint)
                return None
            found = json.loads(opened.read("pass.json"))
    except (
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        RecursionError,
        EOFError,
        zlib.error,
    ):
        notes.add("bundle.pass", place, f"not a pass ({len(content)} bytes)", hint)
        return None
    if not isinstance(found, dict):
        notes.add("bundle.pass", place, "not a pass: its pass.json is no object", hint)
        return None
    kind, serial = found.get("passTypeIdentifier"), found.get("serialNumber")
    return (kind, serial) if isinstance(kind, str) and isinstance(serial, str) else None
