"""Finished documents as a phone of one language shows them: each wallet's own way of looking a text up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from walletcard.apple._languages import folder_of, looked_up, translated
from walletcard.apple._strings import read
from walletcard.preview._documents import Half


def apple_spoken(half: Half, own: str, others: Mapping[str, Half]) -> dict[str, Half]:
    """Return the pass of several languages, looked up in each of them."""
    if not half.documents or any(not other.documents for other in others.values()):
        return {own: half, **others}
    documents = {tag: other.documents["pass.json"] for tag, other in others.items()}
    made, tables = translated(half.documents["pass.json"], own, documents)
    return {
        tag: replace(
            half, documents={"pass.json": looked_up(made, read(tables[f"{folder_of(tag)}.lproj/pass.strings"]))}
        )
        for tag in (own, *others)
    }


def google_spoken(half: Half, tag: str) -> Half:
    """Return class and object with their texts in a language, where they have it."""
    return replace(half, documents={name: _spoken(body, tag) for name, body in half.documents.items()})


def _spoken(value: Any, tag: str) -> Any:
    if isinstance(value, list):
        return [_spoken(one, tag) for one in value]
    if not isinstance(value, Mapping):
        return value
    if "defaultValue" in value:
        return {"defaultValue": _translation(value, tag) or value["defaultValue"]}
    made = {key: _spoken(one, tag) for key, one in value.items() if not key.startswith("localized")}
    for key, one in value.items():
        found = _translation(one, tag) if key.startswith("localized") and isinstance(one, Mapping) else None
        if found is not None:
            plain = key.removeprefix("localized")
            made[plain[0].lower() + plain[1:]] = found["value"]
    return made


def _translation(text: Mapping[str, Any], tag: str) -> dict[str, str] | None:
    return next((one for one in text.get("translatedValues", ()) if one["language"] == tag), None)
