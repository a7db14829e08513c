"""``personalization.json``, the form of a rewards enrolment, judged.

https://developer.apple.com/documentation/walletpasses/personalize
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from walletcard.apple import _rules as rules
from walletcard.apple._fields import Walk
from walletcard.apple._notes import Notes

NAME: Final = "personalization.json"


def lint_personalization(
    here: Notes, content: object, names: Iterable[str], document: Mapping[str, Any], walk: Walk
) -> None:
    """Judge the form, and what it needs beside it."""
    place = f'["{NAME}"]'
    try:
        found = json.loads(bytes(content)) if isinstance(content, (bytes, bytearray)) else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        here.add("personalization.json", place, "not a JSON object", "write it with json.dumps(...).encode()")
        return
    notes = Notes(NAME)
    walk(notes, found, rules.PERSONALIZATION, "")
    for key in rules.PERSONALIZATION.required:
        if key not in found:
            notes.add("json.required", key, "missing", "add it")
    if found.get("requiredPersonalizationFields") == []:
        notes.add("json.empty", "requiredPersonalizationFields", "empty", "ask for one thing at least")
    here.issues += notes.issues
    logo = any(name.startswith(("personalizationLogo.", "personalizationLogo@")) for name in names)
    for missing, what in (
        ("nfc" not in document, "nfc in pass.json"),
        ("webServiceURL" not in document, "webServiceURL in pass.json"),
        (not logo, "personalizationLogo@2x.png"),
    ):
        if missing:
            hint = f"add it, or leave {NAME} out"
            here.add("personalization.needs", place, f"no form is shown without {what}", hint, "warning")
