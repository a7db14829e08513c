"""What classes and objects must obey beyond Google's table: ids, counts, colours, and what goes together.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from walletcard.errors import quoted
from walletcard.google._found import Found, Place
from walletcard.google._ids import id_problem, issuer_of
from walletcard.google._rules import Body, Rule, given, moment_at, moment_of

KINDS: Final = ("eventTicket", "flight", "generic", "giftCard", "loyalty", "offer", "transit")
CLASSES: Final = tuple(f"{kind[0].upper()}{kind[1:]}Class" for kind in KINDS)
OBJECTS: Final = tuple(f"{kind[0].upper()}{kind[1:]}Object" for kind in KINDS)

_OUTPUT_ONLY: Final = frozenset({"classReference", "hasLinkedDevice", "hasUsers", "review"})
_COUNTS: Final = {"messages": 10, "merchantLocations": 10, "valueAddedModuleData": 15, "linkedObjectIds": 50}
_SHOWN: Final = {"imageModulesData": 1, "textModulesData": 10}  # From the class and again from the object.
_COLOR: Final = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LOCAL_TIMES: Final = tuple(
    f"local{name}DateTime"
    for name in (
        "Boarding", "EstimatedOrActualArrival", "EstimatedOrActualDeparture", "GateClosing", "ScheduledArrival",
        "ScheduledDeparture",
    )
)  # fmt: skip
_MAX_EVENT_ID: Final = 64


def _resource(body: Body, place: Place, found: Found) -> None:
    """Judge what classes and objects have in common."""
    for name in ("classId", "id"):
        if body.get(name) is not None:
            found.note(id_problem(body[name]), (place, name))
    if not _OUTPUT_ONLY.isdisjoint(body):
        for name in sorted(_OUTPUT_ONLY.intersection(body)):
            found.add("field.output-only", (place, name), "only Google sets it", "leave it out")
    for name, limit in _COUNTS.items():
        if name in body and _count(body[name]) > limit:
            message = f"{_count(body[name])} entries, over {limit}"
            found.add("count.limit", (place, name), message, "leave some out")
    for name, limit in _SHOWN.items():
        if name in body and _count(body[name]) > limit:
            message = f"{_count(body[name])} entries, and Google shows {limit}"
            hint = "join some, or move those that never change to the class"
            found.add("count.shown", (place, name), message, hint, severity="warning")
    if "textModulesData" in body:
        _distinct(body["textModulesData"], (place, "textModulesData"), found)
    color = body.get("hexBackgroundColor")
    if isinstance(color, str) and not _COLOR.fullmatch(color):
        hint = "write #rrggbb, such as #3B2418"
        found.add("color.invalid", (place, "hexBackgroundColor"), f"{quoted(color)} is not a colour", hint)


def _distinct(modules: object, place: Place, found: Found) -> None:
    """Judge that no two text modules have one id."""
    seen: set[str] = set()
    for index, module in enumerate(modules if isinstance(modules, (list, tuple)) else ()):
        key = module.get("id") if isinstance(module, (dict, Mapping)) else None
        if isinstance(key, str):
            if key in seen:
                found.add("id.duplicate", ((place, index), "id"), f"{quoted(key)} twice", "give each text its own id")
            seen.add(key)


def _class(body: Body, place: Place, found: Found) -> None:
    _resource(body, place, found)
    if body.get("reviewStatus") in ("APPROVED", "REJECTED", "approved", "rejected"):
        found.add("field.value", (place, "reviewStatus"), "only Google sets that", "send UNDER_REVIEW")
    country = body.get("countryCode")
    if isinstance(country, str) and not _COUNTRY.fullmatch(country):
        found.add("field.value", (place, "countryCode"), f"{quoted(country)} is no country", "use ISO 3166, such as GB")
    if body.get("enableSmartTap") is True and not body.get("redemptionIssuers") and not found.partial:
        hint = "name the issuers that may read the card"
        message = "missing, and no till can read the card"
        found.add("nfc.issuers", (place, "redemptionIssuers"), message, hint, severity="warning")


def _object(body: Body, place: Place, found: Found) -> None:
    _resource(body, place, found)
    own, parent = body.get("id"), body.get("classId")
    issuer = issuer_of(own) if isinstance(own, str) else None
    if issuer is not None and isinstance(parent, str) and issuer != issuer_of(parent):
        message = f"issuer {quoted(issuer)} differs from the class's {quoted(issuer_of(parent))}"
        found.add("id.issuer", (place, "id"), message, "use one issuer")
    for name in ("linkedObjectIds", "linkedOfferIds"):
        if name in body:
            _linked(body[name], own, (place, name), found)
    value = body.get("smartTapRedemptionValue")
    if isinstance(value, str) and not value.isascii():
        found.add("nfc.message", (place, "smartTapRedemptionValue"), "holds letters beyond ASCII", "use ASCII only")


def _linked(ids: object, own: object, place: Place, found: Found) -> None:
    for index, one in enumerate(ids if isinstance(ids, (list, tuple)) else ()):
        found.note(id_problem(one) if isinstance(one, str) else None, (place, index))
    if isinstance(ids, (list, tuple)) and own is not None and own in ids:
        found.add("id.self", place, "names the card itself", "leave it out")


def _event_class(body: Body, place: Place, found: Found) -> None:
    _class(body, place, found)
    event = body.get("eventId")
    if isinstance(event, str) and len(event) > _MAX_EVENT_ID:
        found.add("text.length", (place, "eventId"), f"{len(event)} characters, over {_MAX_EVENT_ID}", "shorten it")


def _flight_class(body: Body, place: Place, found: Found) -> None:
    _class(body, place, found)
    for name in _LOCAL_TIMES:
        moment_at(name, body, place, found, offset=False)


def _gift_object(body: Body, place: Place, found: Found) -> None:
    _object(body, place, found)
    updated = moment_of(body.get("balanceUpdateTime"))
    if updated is not None and updated.utcoffset() is None:
        where = ((place, "balanceUpdateTime"), "date")
        found.add("time.offset", where, "has no offset", "write it with its offset: 2026-12-31T23:59:00+01:00")


def _transit_object(body: Body, place: Place, found: Found) -> None:
    _object(body, place, found)
    if found.partial or "validTimeInterval" in body:
        return
    many = body.get("ticketLegs")
    legs: list[tuple[Place, Any]] = [((place, "ticketLeg"), body.get("ticketLeg"))]
    legs += [
        (((place, "ticketLegs"), number), leg) for number, leg in enumerate(many if isinstance(many, list) else ())
    ]
    for where, leg in legs:
        if isinstance(leg, Mapping) and given(leg, "departureDateTime") == 0:
            hint = "give it, or the object a validTimeInterval"
            found.add("field.missing", (where, "departureDateTime"), "missing", hint)


RESOURCE_RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(CLASSES, _class),
    **dict.fromkeys(OBJECTS, _object),
    "EventTicketClass": _event_class,
    "FlightClass": _flight_class,
    "GiftCardObject": _gift_object,
    "TransitObject": _transit_object,
}


def _count(value: object) -> int:
    return len(value) if isinstance(value, (list, tuple)) else 0
