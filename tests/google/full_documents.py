"""One full document of each of Google's types: every key that may be sent, each with a good value."""

from __future__ import annotations

from typing import Any, Final

from walletcard.google._types import Entry, Type, types

ISSUER: Final = "3388000000012345678"
KINDS: Final = tuple(
    f"{name}{part}"
    for name in ("EventTicket", "Flight", "Generic", "GiftCard", "Loyalty", "Offer", "Transit")
    for part in ("Class", "Object")
)
OUTPUT_ONLY: Final = {"classReference", "hasLinkedDevice", "hasUsers", "review"}

# Keys, or types and keys, whose values must be more than text.
_TEXTS: Final = {
    "accountIdLabel": "Card",
    "airportIataCode": "ZRH",
    "carrierIataCode": "LX",
    "classId": f"{ISSUER}.club",
    "countryCode": "GB",
    "currencyCode": "GBP",
    "date": "2026-11-21T10:00:00+00:00",
    "end": "2026-11-22T10:00:00",
    "fieldPath": "class.textModulesData['terms']",
    "flightNumber": "123",
    "hexBackgroundColor": "#3B2418",
    "id": f"{ISSUER}.club.1",
    "key": "3132333435",
    "language": "en-GB",
    "linkedObjectIds": f"{ISSUER}.other",
    "linkedOfferIds": f"{ISSUER}.offer",
    "operatingFlightNumber": "456",
    "restrictToEmailSha256": "0" * 64,
    "startDateTime": "2026-11-21T10:00:00Z",
    "url": "https://example.com/call",
    "uri": "https://example.com/a.png",
    "valuePattern": "{totp_value_0}-{totp_timestamp_seconds}",
}
_OF_TYPE: Final = {
    ("TextModuleData", "id"): "terms",
    ("Message", "id"): "m1",
    ("Uri", "id"): "u1",
    ("ImageModuleData", "id"): "i1",
    ("TotpParameters", "valueLength"): 6,
}
# What cannot stand beside something else, or stands in no class or object that people make.
_SKIPPED: Final = {
    ("Image", "privateImageId"),
    ("FlightCarrier", "carrierIcaoCode"),
    ("TemplateItem", "predefinedItem"),
    ("CardRowTemplateInfo", "twoItems"),
    ("CardRowTemplateInfo", "threeItems"),
    ("LoyaltyPointsBalance", "int"),
    ("LoyaltyPointsBalance", "double"),
    ("LoyaltyPointsBalance", "money"),
}


def full(kind: str) -> dict[str, Any]:
    """Return a full document of one type."""
    return _object(types()[kind], kind)


def _object(type_: Type, kind: str) -> dict[str, Any]:
    skipped = {second for _, second in type_.exclusive}
    made = {
        key: _value(type_, key, entry, kind)
        for key, entry in type_.entries.items()
        if not entry.deprecated and key not in OUTPUT_ONLY | skipped and (type_.name, key) not in _SKIPPED
    }
    if type_.name == "TimeInterval":
        made["end"] = {"date": "2026-12-21T10:00:00+00:00"}
    if type_.name.endswith("Class") and "id" in made:
        made["id"] = f"{ISSUER}.club"
    return made


def _value(type_: Type, key: str, entry: Entry, kind: str) -> Any:
    if entry.many:
        one = _single(type_, key, entry, kind)
        return [one | {"language": "he"} if key == "translatedValues" else one]
    return _single(type_, key, entry, kind)


def _single(type_: Type, key: str, entry: Entry, kind: str) -> Any:
    if (type_.name, key) in _OF_TYPE:
        return _OF_TYPE[type_.name, key]
    if entry.kind == "object" and entry.of is not None:
        return _object(entry.of, kind)
    if entry.kind == "enum":
        modern = [name for name, newer in entry.values.items() if not newer]
        wanted = {"type": "QR_CODE", "reviewStatus": "UNDER_REVIEW", "messageType": "TEXT"}.get(key)
        return wanted if wanted in modern else modern[0]
    if entry.kind == "string":
        return _text(key, entry)
    return {"boolean": True, "int32": 6, "int64": "3388000000012345678", "double": 1.5}[entry.kind]


def _text(key: str, entry: Entry) -> str:
    if key in _TEXTS:
        return _TEXTS[key]
    if "DateTime" in key or key in ("start", "doorsOpen"):
        return "2026-11-21T10:00:00"
    return "words"[: entry.limit] if entry.limit else "words"
