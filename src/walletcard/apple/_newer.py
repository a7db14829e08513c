"""The newer faces of a pass, judged: poster tickets, semantic boarding passes, upcoming events, actions, posters.

Nothing here refuses a pass: where something is missing, a phone shows the older face.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.apple import _rules as rules
from walletcard.apple._notes import OBJECT, Notes
from walletcard.apple._schemes import POSTER, SCHEMES, Scheme
from walletcard.errors import quoted
from walletcard.model._checks import nearest

_NEWER: Final = ("preferredStyleSchemes", "upcomingPassInformation", "useAutomaticColors", rules.NEWEST_STYLE)


def tagged(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every object of semantic tags and its place: of the pass, and of each field."""
    if "semantics" in document and isinstance(document["semantics"], OBJECT):
        yield "semantics", document["semantics"]
    for style in rules.STYLES:
        groups = document.get(style)
        if groups is None or not isinstance(groups, OBJECT):
            continue
        for group, fields in groups.items():
            for number, one in enumerate(fields if isinstance(fields, (list, tuple)) else ()):
                if isinstance(one, OBJECT) and "semantics" in one and isinstance(one["semantics"], OBJECT):
                    yield f"{style}.{group}[{number}].semantics", one["semantics"]


def lint_newer(notes: Notes, document: Mapping[str, Any], files: object) -> None:
    """Judge what the newer faces of a pass need."""
    if document.keys().isdisjoint(_NEWER):
        return
    names = sorted(map(str, files)) if isinstance(files, OBJECT) else None
    schemes = document.get("preferredStyleSchemes")
    if isinstance(schemes, (list, tuple)) and all(isinstance(one, str) for one in schemes):
        _schemes(notes, document, list(schemes), names)
    if isinstance(document.get("upcomingPassInformation"), (list, tuple)):
        _upcoming(notes, document["upcomingPassInformation"])
    if document.get("useAutomaticColors") is True:
        for key in ("foregroundColor", "labelColor"):
            if key in document:
                notes.add("color.automatic", key, "useAutomaticColors overrules it", "leave one of them out", "note")
    if rules.NEWEST_STYLE in document and names is not None:
        for slot in rules.POSTER_IMAGES:
            if not _has(names, slot):
                hint = f"add {slot}@2x.png and {slot}@3x.png"
                notes.add("image.poster", rules.NEWEST_STYLE, f"needs the picture {slot}", hint, "warning")


def _schemes(notes: Notes, document: Mapping[str, Any], given: list[str], names: list[str] | None) -> None:
    place = "preferredStyleSchemes"
    known = (*SCHEMES, *(one.style for one in SCHEMES.values()))
    for number, name in enumerate(given):
        if name not in known:
            hint = nearest(name, known) or f"use {POSTER} and eventTicket"
            notes.add("scheme.unknown", f"{place}[{number}]", f"{quoted(name)} is unknown", hint, "warning")
    for name, scheme in SCHEMES.items():
        if name not in given:
            continue
        if given[-1] != scheme.style:
            hint = f'write ["{name}", "{scheme.style}"]'
            notes.add("scheme.order", place, "the classic style must stand last", hint, "warning")
        if scheme.style not in document:
            notes.add("scheme.style", place, f"{name} needs the style {scheme.style}", "change one", "warning")
        _needs(notes, document, name, scheme, names)
    if "featuredActions" in document and any(name in given for name in SCHEMES):
        notes.add("scheme.actions", "featuredActions", "not shown beside a scheme", "leave one of them out", "warning")


def _needs(notes: Notes, document: Mapping[str, Any], name: str, scheme: Scheme, names: list[str] | None) -> None:
    tags: dict[str, Any] = {}
    for _, found in tagged(document):
        tags |= found
    event = tags.get("eventType")
    wanted = (*scheme.tags, *(scheme.by_event.get(event, ()) if isinstance(event, str) else ()))
    falls = f"missing; without it phones fall back to {scheme.style}"
    for tag in wanted:
        if tag not in tags:
            notes.add("scheme.tag", f"semantics.{tag}", falls, f"{name} needs it: add it", "warning")
    for choice in scheme.advised:
        if not any(tag in tags for tag in choice.split("|")):
            tag = choice.split("|")[0]
            notes.add("scheme.advised", f"semantics.{tag}", "missing", f"{name} shows it: add it", "note")
    if scheme.nfc and "nfc" not in document:
        notes.add("scheme.nfc", "nfc", falls, "add nfc, which needs a special certificate", "warning")
    elif scheme.nfc and isinstance(document["nfc"], OBJECT) and "requiresAuthentication" not in document["nfc"]:
        hint = "Apple's own builder asks for it: add true or false"
        notes.add("scheme.authentication", "nfc.requiresAuthentication", "missing", hint, "note")
    if scheme.images and names is not None and not any(_has(names, slot) for slot in scheme.images):
        hint = f"add {' or '.join(f'{slot}@3x.png' for slot in scheme.images)}"
        notes.add("scheme.image", "preferredStyleSchemes", f"no picture for {name}", hint, "warning")


def _upcoming(notes: Notes, entries: list[Any] | tuple[Any, ...]) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        name = entry.get("identifier") if isinstance(entry, OBJECT) else None
        if isinstance(name, str) and name in seen:
            place = f"upcomingPassInformation[{number}].identifier"
            notes.add("upcoming.duplicate", place, f"{quoted(name)} twice", "give each event its own")
        if isinstance(name, str):
            seen.add(name)


def _has(names: list[str], slot: str) -> bool:
    wanted = {f"{slot}{density}.png" for density in rules.DENSITIES}
    return any(name.rsplit("/", 1)[-1] in wanted for name in names)
