"""What a reader showed against what the pass says, in the reader's own words for it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

GROUPS: Final = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields")
STYLES: Final = ("storeCard", "coupon", "generic", "eventTicket", "boardingPass")
PLAIN: Final = ("passTypeIdentifier", "serialNumber", "organizationName", "description", "logoText")
# Names that a reader shows in the pass's own language, whatever else the pass speaks (docs/other-readers.md).
KDE_UNTRANSLATED: Final = ("organizationName", "description")
GNOME_UNTRANSLATED: Final = ("organizationName", "description", "logoText")
COLOURS: Final = ("backgroundColor", "foregroundColor", "labelColor")


def expected(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader should show of a pass.json whose texts are in the person's language."""
    style = next(one for one in STYLES if one in document)
    fields = {
        group: [
            {name: one.get(name, "") for name in ("key", "label", "value")} for one in document[style].get(group, ())
        ]
        for group in GROUPS
    }
    barcodes = [{name: one.get(name) for name in ("format", "message", "altText")} for one in document["barcodes"]]
    return {
        **{name: document.get(name, "") for name in PLAIN},
        **{name: [int(part) for part in re.findall(r"\d+", document[name])] for name in COLOURS},
        "style": style,
        "expires": moment(document.get("expirationDate")),
        "barcodes": barcodes,
        **fields,
    }


def of_kde(told: dict[str, Any]) -> dict[str, Any]:
    """Return what KDE's library read, in the names of pass.json."""
    named = {
        "passTypeIdentifier": told["pass_type"],
        "serialNumber": told["serial"],
        "organizationName": told["organization"],
        "description": told["description"],
        "logoText": told["logo_text"],
    }
    barcodes = [
        {"format": f"PKBarcodeFormat{one['format']}", "message": one["message"], "altText": one["alt"] or None}
        for one in told["barcodes"]
    ]
    return {
        **named,
        **{f"{name}Color": list(bytes.fromhex(told[name][1:])) for name in ("background", "foreground", "label")},
        "style": told["style"][0].lower() + told["style"][1:],
        "expires": moment(told["expires"]),
        "barcodes": barcodes,
        **{group: [{name: one[name] for name in ("key", "label", "value")} for one in told[group]] for group in GROUPS},
    }


def of_gnome(told: dict[str, Any]) -> dict[str, Any]:
    """Return what GNOME Passes holds, with its date as a moment."""
    return {
        **{name: told[name] for name in (*PLAIN, *COLOURS, *GROUPS, "style", "barcodes")},
        "expires": moment(told["expires"]),
    }


def differing(
    shown: dict[str, Any], wanted: dict[str, Any], *, untranslated: tuple[str, ...] = ()
) -> dict[str, tuple[Any, Any]]:
    """Return what is not the same: by name, what was shown and what the pass says."""
    names = [name for name in wanted if name not in untranslated]
    return {name: (shown.get(name), wanted[name]) for name in names if shown.get(name) != wanted[name]}


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
