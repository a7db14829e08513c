"""The files beside ``pass.json``: names that a phone knows, and pictures that are pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from walletcard.apple import _rules as rules
from walletcard.apple._fields import Walk
from walletcard.apple._folders import STRINGS, lint_folders
from walletcard.apple._notes import OBJECT, Notes
from walletcard.apple._personalization import NAME as PERSONALIZATION
from walletcard.apple._personalization import lint_personalization
from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, Severity, quoted, wrong_type
from walletcard.model import Picture
from walletcard.model._checks import nearest

_PATH: Final = re.compile(r"(?:([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)[.]lproj/)?([A-Za-z0-9_@.-]{1,100})")
_IMAGE: Final = re.compile(r"([A-Za-z]+)(@2x|@3x)?[.]png")
_IMAGE_NAMES: Final = sorted(f"{slot}{density}.png" for slot in rules.IMAGES for density in rules.DENSITIES)
MAX_FILES: Final = 250  # With those that are written beside them no reader of ours takes more.
_MANY: Final = 100  # Issues, after which nobody looks for what an unknown name may have meant.


class _Path(NamedTuple):
    """What a path says: is it safe, which picture is it, in which language."""

    safe: bool
    slot: str | None = None
    name: str = ""
    language: str | None = None
    density: str = ""


class Pixels(NamedTuple):
    """What is judged of a picture that is one."""

    width: int
    height: int
    animated: bool


def pixels_of(files: object) -> tuple[tuple[str, Pixels], ...] | None:
    """Return the pictures of a pass by their names; ``None`` where there is something else among its files."""
    if not isinstance(files, OBJECT) or not all(isinstance(one, Picture) for one in files.values()):
        return None
    return tuple((name, Pixels(one.width, one.height, one.animated)) for name, one in files.items())


def lint_files(notes: Notes, files: object, style: str | None, document: Mapping[str, Any], walk: Walk) -> None:
    """Judge the files that go with a pass of ``style``."""
    here = Notes("files")
    if not isinstance(files, Mapping):
        message, hint = f"got {quoted(files)}, need a dict", 'pass {"icon.png": ...}'
        here.add("file.type", "", message, hint)
    elif len(files) > MAX_FILES:
        here.add("file.count", "", f"{len(files)} files, over {MAX_FILES}", "leave out what phones do not show")
    else:
        for name, content in files.items():
            _file(here, name, content, style)
        _icon(here, files)
        _beside(here, files, style, document)
        names = [name for name in files if isinstance(name, str)]
        if any(".lproj/" in name for name in names) or STRINGS in files:
            lint_folders(here, _folders(files), [name for name in names if "/" not in name])
        if PERSONALIZATION in files:
            lint_personalization(here, files[PERSONALIZATION], names, document, walk)
    notes.issues += here.issues


def require_files(value: object) -> Mapping[str, bytes | Picture]:
    """Return ``value`` if it maps names to files; raise `InvalidDocumentError` if not."""
    if isinstance(value, Mapping):
        return value
    hint = 'pass {"icon.png": ...}, such as render.pictures(face, wallet="apple") makes'
    raise wrong_type(value, need="a dict", where="files", code="file.type", hint=hint, error=InvalidDocumentError)


def _picture(content: object) -> Picture | Issue:
    """Return the content as a picture, or why a phone could not show it: the model's own judgement."""
    if isinstance(content, Picture):
        return content
    try:
        return Picture(content)  # type: ignore[arg-type]  # Whatever it is, it is judged.
    except InvalidCardError as error:
        return error.issues[0]


def _file(here: Notes, name: object, content: object, style: str | None) -> None:
    path = _path(name) if isinstance(name, str) else _Path(safe=False)
    if path.slot is not None and isinstance(content, (Picture, Pixels)) and path.slot in _used(style):
        if content.animated or _off_size(path.slot, path.density, style, content.width, content.height):
            _shown(here, f"[{quoted(name)}]", path, content, style)
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
        here.add("file.unknown", place, "phones ignore it", _alike(here, path.name) or "remove it", "warning")


def _alike(here: Notes, name: str) -> str:
    """Return the nearest name of a picture; looking for it takes long, so not for ever."""
    return nearest(name, _IMAGE_NAMES) if len(here.issues) < _MANY else ""


def _image(here: Notes, place: str, path: _Path, content: object, style: str | None) -> None:
    picture = _picture(content)
    if isinstance(picture, Issue):
        severity: Severity = "error" if path.slot == "icon" else "warning"
        here.add("image.not-png", place, picture.message, picture.hint, severity)
    else:
        _shown(here, place, path, picture, style)
    if path.slot not in _used(style):
        hint = f"leave it out, or use {' or '.join(sorted(_used(style)))}"
        here.add("image.slot", place, f"{style} does not show it", hint, "warning")


def _shown(here: Notes, place: str, path: _Path, picture: Picture | Pixels, style: str | None) -> None:
    """Judge how a phone shows a picture."""
    if found := _off_size(str(path.slot), path.density, style, picture.width, picture.height):
        here.add(found.code, place, found.message, found.hint, found.severity)
    if picture.animated:
        here.add("image.animated", place, "is animated; wallets show one frame", "save a still picture", "warning")


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
    density = (image[2] or "") if image else ""
    return _Path(safe=True, slot=slot, name=found[2], language=found[1], density=density)


class _OffSize(NamedTuple):
    """What is said of a picture's pixels, wherever it stands."""

    code: str
    message: str
    hint: str
    severity: Severity


@lru_cache(maxsize=1024)
def _off_size(slot: str, density: str, style: str | None, width: int, height: int) -> _OffSize | None:
    """Return what a phone makes of the pixels; a wrong size never refuses a pass."""
    size = rules.STRIPS.get(style, rules.SIZES["strip"]) if slot == "strip" else rules.SIZES.get(slot)
    if size is None:
        return None
    scale = rules.DENSITIES.index(density) + 1
    wide, high = size.width * scale, size.height * scale
    if width < wide * rules.SMALLEST and height < high * rules.SMALLEST:
        return _OffSize("image.small", f"{width}x{height} px is too small", f"give {wide}x{high} px", "warning")
    wanted = f"{'' if size.exact or slot == 'icon' else 'up to '}{wide}x{high} px"
    if slot == "icon":
        if width != height:
            return _OffSize("image.size", f"{width}x{height} px is not square", f"give {wanted}", "note")
    elif (size.exact and (width, height) != (wide, high)) or width > wide or height > high:
        return _OffSize("image.size", f"{width}x{height} px; phones scale and crop it", f"give {wanted}", "note")
    return None


def _beside(here: Notes, files: Mapping[str, object], style: str | None, document: Mapping[str, Any]) -> None:
    """Judge pictures that need each other, or exclude each other."""
    slots = {path.slot for path in (_path(name) for name in files if isinstance(name, str))}
    if "logo" not in slots and not document.get("logoText") and style is not None and "primaryLogo" not in slots:
        hint = "add logo@2x.png and logo@3x.png, or logoText"
        here.add("image.logo-missing", '["logo.png"]', "neither logo nor logoText", hint, "warning")
    if style == "eventTicket" and "strip" in slots and slots & {"background", "thumbnail"}:
        hint = "keep the strip, or background and thumbnail"
        here.add("image.together", '["strip.png"]', "a ticket with a strip shows no background", hint, "note")


def _folders(files: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Return the files of the language folders, by language."""
    found: dict[str, dict[str, object]] = {}
    for name, content in files.items():
        path = _path(name) if isinstance(name, str) else None
        if path and path.language:
            found.setdefault(path.language, {})[path.name] = content
    return found
