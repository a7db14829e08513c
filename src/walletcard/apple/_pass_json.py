"""A face in, the dictionary of ``pass.json`` out, in Apple's style for its kind.

Pages: https://developer.apple.com/documentation/walletpasses/pass and the pages below it.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any, Final

from walletcard.apple._files import require_files
from walletcard.apple._identity import Identity, require_identity
from walletcard.apple._rules import BARCODES
from walletcard.apple._updates import Updates, require_updates
from walletcard.errors import InvalidCardError, Issue
from walletcard.model import Barcode, Design, Face, Field, Occasion, Place
from walletcard.model._extra import require_face

STYLES: Final = {
    "loyalty": "storeCard",
    "gift": "storeCard",
    "offer": "coupon",
    "generic": "generic",
    "event": "eventTicket",
}
# In these styles the title stands in large letters already; beside the icon stands who gives the card.
_TITLED: Final = ("offer", "generic", "event")
_PERSONAL: Final = ("loyalty", "generic")

# https://developer.apple.com/documentation/walletpasses/passfields
_GROUPS: Final = {
    "header": "headerFields",
    "primary": "primaryFields",
    "secondary": "secondaryFields",
    "auxiliary": "auxiliaryFields",
    "back": "backFields",
}

# Python's name of a character set -> the IANA name that iOS wants; it has no default.
_CHARSETS: Final = {"utf-8": "utf-8", "iso8859-1": "iso-8859-1"}


def pass_json(
    face: Face,
    *,
    identity: Identity | None = None,
    pictures: Mapping[str, object] | None = None,
    updates: Updates | None = None,
) -> dict[str, Any]:
    """Return what an iPhone will read.

    Args:
        face: The card.
        identity: Whose pass type and team to name; without one both are left out, and `sign` fills them in.
        pictures: The files that go with it. Where none is a logo, the programme's name stands in its place.
        updates: Where the phone asks for the newest pass; without them the pass stays as it is.

    Raises:
        InvalidCardError: No face, or one of a kind that this version cannot turn into a pass (``kind.unsupported``).
        InvalidDocumentError: ``pictures`` are no files by name.
        KeyMaterialError: ``identity`` is not an `Identity`.
    """
    style = STYLES.get(require_face(face).kind)
    if style is None:
        message, hint = f"no pass for the kind {face.kind!r}", f"use {' or '.join(sorted(STYLES))}"
        raise InvalidCardError.from_issues(
            [Issue(code="kind.unsupported", where="face.kind", message=message, hint=hint)]
        )
    document: dict[str, Any] = {"formatVersion": 1}
    if identity is not None:
        signer = require_identity(identity)
        document |= {"passTypeIdentifier": signer.pass_type, "teamIdentifier": signer.team}
    document |= {
        "serialNumber": face.serial,
        "organizationName": face.issuer,
        "description": face.description,
        **_looks(face, {} if pictures is None else require_files(pictures)),
        style: _groups(face),
    }
    if face.barcode is not None:
        document["barcodes"] = [_barcode(face.barcode)]
    if face.places:
        document["locations"] = [_place(one) for one in face.places]
    if face.occasion is not None:
        document |= _occasion(face.occasion, title=face.title)
    return document | _validity(face) | require_updates(updates, serial=face.serial)


def _looks(face: Face, pictures: Mapping[str, object]) -> dict[str, Any]:
    looks = dict(_colors(face.design))
    has_logo = "logo" in face.pictures or any(str(name).startswith(("logo.", "logo@")) for name in pictures)
    return looks if has_logo else {"logoText": face.issuer if face.kind in _TITLED else face.title, **looks}


@lru_cache(maxsize=256)
def _colors(design: Design) -> tuple[tuple[str, str], ...]:
    palette = design.palette
    return (
        ("backgroundColor", palette.background.css),
        ("foregroundColor", palette.foreground.css),
        ("labelColor", palette.label.css),
    )


def _groups(face: Face) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {group: [] for group in _GROUPS.values()}
    for one in face.fields:
        groups[_GROUPS[one.slot]].append(_field(one))
    if face.links or face.notices:
        taken = {one.key for one in face.fields}
        groups["backFields"] += [*_links(face, taken), *_notices(face, taken)]
    return {group: fields for group, fields in groups.items() if fields}


def _field(field: Field) -> dict[str, Any]:
    # Values are final text. A default flag or a format beside them would make iOS refuse the pass.
    label = field.label if field.slot == "back" or field.front_label is None else field.front_label
    made = {"key": field.key, "label": label, "value": field.value}
    if field.change is not None:
        made["changeMessage"] = field.change
    return made


def _free(name: str, taken: Collection[str]) -> Iterator[str]:
    """Yield keys that no field has."""
    keys = (name if place == 1 else f"{name}_{place}" for place in count(1))
    return (key for key in keys if key not in taken)


def _links(face: Face, taken: Collection[str]) -> Iterator[dict[str, Any]]:
    # Phones find addresses and telephone numbers in the texts of the back by themselves.
    for key, link in zip(_free("link", taken), face.links, strict=False):
        yield {"key": key, "label": link.label, "value": link.shown}


def _notices(face: Face, taken: Collection[str]) -> Iterator[dict[str, Any]]:
    announced = face.announces == "notice"
    free = _free("notice", taken)
    for notice in face.notices:
        made = {"key": next(free), "label": face.title, "value": notice.text}
        if announced and notice.purpose == "transactional":
            made["changeMessage"] = "%@"
            announced = False  # Of several announcements a phone makes one, in an order of its own.
        yield made


def _barcode(barcode: Barcode) -> dict[str, Any]:
    # Every scanner reads plain ASCII as iso-8859-1; some stumble over a declared utf-8.
    charset = "iso-8859-1" if barcode.message.isascii() else _CHARSETS[codecs.lookup(barcode.encoding).name]
    made = {"format": BARCODES[barcode.format], "message": barcode.message, "messageEncoding": charset}
    if barcode.alt is not None:
        made["altText"] = barcode.alt
    return made


def _place(place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {"latitude": place.latitude, "longitude": place.longitude}
    return made if place.text is None else {**made, "relevantText": place.text}


def _occasion(occasion: Occasion, *, title: str) -> dict[str, Any]:
    """Return when an iPhone offers the ticket, and what other programs are to know of it.

    https://developer.apple.com/documentation/walletpasses/pass/relevantdates-data.dictionary and
    https://developer.apple.com/documentation/walletpasses/semantictags
    """
    starts = occasion.starts.isoformat(timespec="seconds")
    tags: dict[str, Any] = {"eventName": title, "eventType": "PKEventTypeGeneric", "eventStartDate": starts}
    if occasion.ends is not None:
        tags["eventEndDate"] = occasion.ends.isoformat(timespec="seconds")
    if occasion.venue is not None:
        tags["venueName"] = occasion.venue
    # iOS 18 reads the one name of the moment, iOS 26 the other.
    return {"relevantDates": [{"date": starts, "relevantDate": starts}], "semantics": tags}


def _validity(face: Face) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if face.expires is not None:
        made["expirationDate"] = face.expires.isoformat(timespec="seconds")
    # Wallet shows a voided pass as expired, which is all that can be said of one that ended without a date.
    if face.state in ("complete", "closed") or (face.state == "expired" and face.expires is None):
        made["voided"] = True
    if face.kind in _PERSONAL and face.member is not None:
        made["sharingProhibited"] = True
    return made
