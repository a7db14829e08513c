"""The files beside ``pass.json``: names that a phone knows, and pictures that are pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from walletcard.apple import _rules as rules
from walletcard.apple._notes import Notes
from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, Severity, quoted, wrong_type
from walletcard.model import Picture
from walletcard.model._checks import nearest

_PATH: Final = re.compile(r"(?:([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)[.]lproj/)?([A-Za-z0-9_@.-]{1,100})")
_IMAGE: Final = re.compile(r"([A-Za-z]+)(@2x|@3x)?[.]png")
_IMAGE_NAMES: Final = sorted(f"{slot}{density}.png" for slot in rules.IMAGES for density in rules.DENSITIES)


class _Path(NamedTuple):
    """What a path says: is it safe, which picture is it, in which language."""

    safe: bool
    slot: str | None = None
    name: str = ""
    language: str | None = None


def lint_files(notes: Notes, files: object, style: str | None) -> None:
    """Judge the files that go with a pass of ``style``."""
    here = Notes("files")
    if not isinstance(files, Mapping):
        message, hint = f"got {quoted(files)}, need a dict", 'pass {"icon.png": ...}'
        here.add("file.type", "", message, hint)
    else:
        for name, content in files.items():
            _file(here, name, content, style)
        _icon(here, files)
    notes.issues += here.issues


def require_files(value: object) -> Mapping[str, bytes | Picture]:
    """Return ``value`` if it maps names to files; raise `InvalidDocumentError` if not."""
    if isinstance(value, Mapping):
        return value
    hint = 'pass {"icon.png": ...}, such as render.pictures(face, wallet="apple") makes'
    raise wrong_type(value, need="a dict", where="files", code="file.type", hint=hint, error=InvalidDocumentError)


def _no_picture(content: object) -> Issue | None:
    """Return why a phone could not show the content: the model's own judgement of a picture."""
    if isinstance(content, Picture):
        return None
    try:
        Picture(content)  # type: ignore[arg-type]  # Whatever it is, it is judged.
    except InvalidCardError as error:
        return error.issues[0]
    return None


def _file(here: Notes, name: object, content: object, style: str | None) -> None:
    path = _path(name) if isinstance(name, str) else _Path(safe=False)
    if path.slot is not None and isinstance(content, Picture) and path.slot in _used(style):
        return
    place = f"[{quoted(name)}]"
    if not path.safe:
        hint = "use names such as icon.png or en.lproj/logo.png"
        here.add("file.name", place, "not a file name of a pass", hint)
    elif name in rules.WRITTEN_FILES:
        here.add("file.reserved", place, "is written by walletcard", "leave it out")
    elif not isinstance(content, (bytes, bytearray, Picture)):
        hint = "open the file and pass its bytes"
        here.add("file.type", place, f"got {quoted(content)}, need bytes or a Picture", hint)
    elif path.slot is not None:
        _image(here, place, path, content, style)
    elif path.name not in rules.OTHER_FILES:
        here.add("file.unknown", place, "phones ignore it", nearest(path.name, _IMAGE_NAMES) or "remove it", "warning")


def _image(here: Notes, place: str, path: _Path, content: object, style: str | None) -> None:
    if problem := _no_picture(content):
        severity: Severity = "error" if path.slot == "icon" else "warning"
        here.add("image.not-png", place, problem.message, problem.hint, severity)
    if path.slot not in _used(style):
        hint = f"leave it out, or use {' or '.join(sorted(_used(style)))}"
        here.add("image.slot", place, f"{style} does not show it", hint, "warning")


@lru_cache
def _used(style: str | None) -> frozenset[str]:
    """Return the pictures that some phone shows with a pass of ``style``; all of them when it has none."""
    if style not in rules.STYLES:
        return rules.IMAGES
    return rules.STYLES[style].images | rules.STYLES[rules.NEWEST_STYLE].images | {"icon", "personalizationLogo"}


def _icon(here: Notes, files: Mapping[str, object]) -> None:
    icons = [f"icon{density}.png" for density in rules.DENSITIES]
    there = [name for name in icons if name in files]
    if not there:
        hint = "add icon.png, icon@2x.png and icon@3x.png (38, 76 and 114 pixels square), not in a folder"
        here.add("image.icon-missing", '["icon.png"]', "missing; phones refuse a pass without it", hint)
    for name in icons[1:]:
        if there and name not in files:
            hint = "today's phones have two or three pixels to a point"
            here.add("image.density", f"[{quoted(name)}]", "missing; the icon will be blurred", hint, "warning")
    for name in files:
        path = _path(name) if isinstance(name, str) else None
        if path and path.language and path.slot and path.name in files:
            hint = f"keep {path.name} in the language folders only"
            if path.slot == "icon":
                hint = f"keep {path.name} outside the language folders only"
            message = f"never shown: the {path.name} outside the folders wins"
            here.add("image.shadowed", f"[{quoted(name)}]", message, hint, "warning")


@lru_cache(maxsize=1024)
def _path(name: str) -> _Path:
    found = _PATH.fullmatch(name)
    if found is None or found[2].startswith(".") or ".." in name:
        return _Path(safe=False)
    image = _IMAGE.fullmatch(found[2])
    slot = image[1] if image and image[1] in rules.IMAGES else None
    return _Path(safe=True, slot=slot, name=found[2], language=found[1])
