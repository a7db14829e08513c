"""What the values of one type must obey beyond their types. One function a type, looked up by the type's name.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from walletcard.errors import quoted
from walletcard.google._found import Found, Place
from walletcard.google._ids import id_problem, issuer_of
from walletcard.google._paths import path_problem
from walletcard.google._pictures import address_problem

Body = Mapping[str, Any]
Rule = Callable[[Body, Place, Found], None]

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "LoyaltyClass": ("id", "issuerName", "programName", "programLogo", "reviewStatus"),
    "LoyaltyObject": ("id", "classId", "state"),
}
_OUTPUT_ONLY: Final = frozenset({"classReference", "hasLinkedDevice", "hasUsers", "review"})
_COUNTS: Final = {"messages": 10, "merchantLocations": 10, "valueAddedModuleData": 15, "linkedObjectIds": 50}
_SHOWN: Final = 10  # Text modules that a phone shows, from the class and again from the object.

_COLOR: Final = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MODULE_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCHEMES: Final = ("https:", "http:", "tel:", "mailto:", "geo:", "sms:")
_DIGITS: Final = {"EAN_8": (7, 8), "EAN_13": (12, 13), "ITF_14": (14,), "UPC_A": (11, 12)}


def _resource(kind: str, body: Body, place: Place, found: Found) -> None:
    """Judge what classes and objects of every type have in common."""
    for name in REQUIRED[kind]:
        _need(name, body, place, found)
    for name in ("classId", "id"):
        if name in body:
            found.note(id_problem(body[name]), (place, name))
    if not _OUTPUT_ONLY.isdisjoint(body):
        for name in sorted(_OUTPUT_ONLY.intersection(body)):
            found.add("field.output-only", (place, name), "only Google sets it", "leave it out")
    for name, limit in _COUNTS.items():
        if name in body and _count(body[name]) > limit:
            message = f"{_count(body[name])} entries, over {limit}"
            found.add("count.limit", (place, name), message, "leave some out")
    if "textModulesData" in body:
        _text_modules(body["textModulesData"], (place, "textModulesData"), found)


def _class(body: Body, place: Place, found: Found) -> None:
    _resource("LoyaltyClass", body, place, found)
    color = body.get("hexBackgroundColor")
    if isinstance(color, str) and not _COLOR.fullmatch(color):
        hint = "write #rrggbb, such as #3B2418"
        found.add("color.invalid", (place, "hexBackgroundColor"), f"{quoted(color)} is not a colour", hint)
    if body.get("reviewStatus") in ("APPROVED", "REJECTED", "approved", "rejected"):
        found.add("field.value", (place, "reviewStatus"), "only Google sets that", "send UNDER_REVIEW")


def _pass_object(body: Body, place: Place, found: Found) -> None:
    _resource("LoyaltyObject", body, place, found)
    own, parent = body.get("id"), body.get("classId")
    if isinstance(own, str) and isinstance(parent, str) and issuer_of(own) != issuer_of(parent):
        message = f"issuer {quoted(issuer_of(own))} differs from the class's {quoted(issuer_of(parent))}"
        found.add("id.issuer", (place, "id"), message, "use one issuer")
    linked = body.get("linkedObjectIds")
    if isinstance(linked, list) and own in linked:
        found.add("id.self", (place, "linkedObjectIds"), "names the card itself", "leave it out")


def _text_modules(modules: object, place: Place, found: Found) -> None:
    if not isinstance(modules, (list, tuple)):
        return
    if len(modules) > _SHOWN:
        message = f"{len(modules)} entries, and Google shows {_SHOWN}"
        hint = "join some, or move those that never change to the class"
        found.add("count.shown", place, message, hint, severity="warning")
    seen: set[str] = set()
    for index, module in enumerate(modules):
        key = module.get("id") if isinstance(module, (dict, Mapping)) else None
        if not isinstance(key, str):
            continue
        if not _MODULE_ID.fullmatch(key):
            hint = "use letters, digits, _ and -; a dot would split the path that names it"
            found.add("id.characters", ((place, index), "id"), f"{quoted(key)} is not an id", hint)
        if key in seen:
            found.add("id.duplicate", ((place, index), "id"), f"{quoted(key)} twice", "give each text its own id")
        seen.add(key)


def _image(body: Body, place: Place, found: Found) -> None:
    if ("sourceUri" in body) == ("privateImageId" in body):
        message = "needs exactly one of sourceUri and privateImageId"
        found.add("image.source", place, message, 'write {"sourceUri": {"uri": "https://..."}}')


def _image_uri(body: Body, place: Place, found: Found) -> None:
    found.note(address_problem(body.get("uri")), (place, "uri"))


def _uri(body: Body, place: Place, found: Found) -> None:
    address = body.get("uri")
    if not isinstance(address, str) or not address.startswith(_SCHEMES):
        hint = f"start it with one of {' '.join(_SCHEMES)}"
        found.add("link.scheme", (place, "uri"), f"{quoted(address)} has no scheme that a phone opens", hint)


def _callback(body: Body, place: Place, found: Found) -> None:
    if "url" in body and not str(body["url"]).startswith("https://"):
        found.add("link.insecure", (place, "url"), "not an https address", "Google calls back over https only")


def _localized(body: Body, place: Place, found: Found) -> None:
    default = body.get("defaultValue")
    if not isinstance(default, (dict, Mapping)):
        if default is None:
            found.add("field.missing", (place, "defaultValue"), "missing", "give its language and value")
        return
    for name in ("language", "value"):
        _need(name, default, (place, "defaultValue"), found)


def _translated(body: Body, place: Place, found: Found) -> None:
    language = body.get("language")
    if isinstance(language, str) and language and not _LANGUAGE.fullmatch(language):
        message = f"{quoted(language)} is not a language code"
        found.add("locale.unknown", (place, "language"), message, "use codes such as en-GB or he")


def _loyalty_points(body: Body, place: Place, found: Found) -> None:
    if "balance" not in body:
        found.add("field.missing", (place, "balance"), "missing", 'write {"string": "3/9"} or {"int": 3}')


def _balance(body: Body, place: Place, found: Found) -> None:
    if len(body) != 1:
        named = ", ".join(sorted(map(str, body))) or "none"
        found.add("balance.kinds", place, f"needs exactly one of string, int, double, money; has {named}", "keep one")


def _money(body: Body, place: Place, found: Found) -> None:
    for name in ("micros", "currencyCode"):
        _need(name, body, place, found)
    code = body.get("currencyCode")
    if isinstance(code, str) and code and not _CURRENCY.fullmatch(code):
        message = f"{quoted(code)} is no currency"
        found.add("money.currency", (place, "currencyCode"), message, "use ISO 4217, such as GBP")


def _barcode(body: Body, place: Place, found: Found) -> None:
    kind, value = body.get("type"), body.get("value")
    if kind is None:
        found.add("field.missing", (place, "type"), "missing", "give QR_CODE or another")
    if body.get("renderEncoding") == "UTF_8" and kind != "QR_CODE":
        found.add("barcode.encoding", (place, "renderEncoding"), "UTF_8 is for QR_CODE only", "leave it out")
    if kind == "TEXT_ONLY" and "alternateText" in body:
        found.add("barcode.alt", (place, "alternateText"), "not allowed with TEXT_ONLY", "leave it out")
    if not isinstance(value, str):
        return
    if kind == "QR_CODE" and not value.isascii() and body.get("renderEncoding") != "UTF_8":
        message = "holds letters beyond ASCII without renderEncoding"
        found.add("barcode.encoding", (place, "value"), message, "set renderEncoding to UTF_8", severity="warning")
    lengths = _DIGITS.get(str(kind))
    if lengths and not (value.isascii() and value.isdigit() and len(value) in lengths):
        counts = " or ".join(map(str, lengths))
        found.add(
            "barcode.message", (place, "value"), f"{kind} needs {counts} digits", "use another type, such as QR_CODE"
        )


def _override(body: Body, place: Place, found: Found) -> None:
    rows = body.get("cardRowTemplateInfos")
    if rows is None or (isinstance(rows, (list, tuple)) and not 1 <= len(rows) <= 3):
        message = f"{0 if rows is None else len(rows)} rows, need 1 to 3"
        found.add("template.rows", (place, "cardRowTemplateInfos"), message, "leave the template out for Google's own")


def _row(body: Body, place: Place, found: Found) -> None:
    if len(body) != 1:
        message = "needs exactly one of oneItem, twoItems, threeItems"
        found.add("template.row", place, message, "make each row its own entry")


def _template_item(body: Body, place: Place, found: Found) -> None:
    if ("firstValue" in body) == ("predefinedItem" in body):
        found.add("template.item", place, "needs exactly one of firstValue and predefinedItem", "keep one")
    if "secondValue" in body and "firstValue" not in body:
        found.add("template.item", (place, "secondValue"), "without firstValue", "move it there")


def _reference(body: Body, place: Place, found: Found) -> None:
    problem = path_problem(body.get("fieldPath"), found.kind)
    if problem:
        found.add("template.path", (place, "fieldPath"), *problem)


def _date_time(body: Body, place: Place, found: Found) -> None:
    if _moment(body) is None:
        message = f"{quoted(body.get('date'))} is not a date and time"
        found.add("time.invalid", (place, "date"), message, "write 2026-12-31T23:59:00+01:00")


def _interval(body: Body, place: Place, found: Found) -> None:
    start, end = _moment(body.get("start")), _moment(body.get("end"))
    if start is None or end is None:
        return
    if (start.utcoffset() is None) != (end.utcoffset() is None):
        found.add("time.offset", place, "one end has an offset, the other has none", "give both one, or neither")
    elif end <= start:
        found.add("time.order", (place, "end"), "not after start", "swap the two")


def _place(body: Body, place: Place, found: Found) -> None:
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = body.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not -limit <= value <= limit:
            found.add(
                "number.range", (place, name), f"{value} is over {limit}", "give degrees; perhaps the two are swapped"
            )


def _value_added(body: Body, place: Place, found: Found) -> None:
    for name in ("header", "uri"):
        _need(name, body, place, found)


RULES: Final[Mapping[str, Rule]] = {
    "Barcode": _barcode,
    "CallbackOptions": _callback,
    "CardRowTemplateInfo": _row,
    "CardTemplateOverride": _override,
    "DateTime": _date_time,
    "FieldReference": _reference,
    "Image": _image,
    "ImageUri": _image_uri,
    "LatLongPoint": _place,
    "LocalizedString": _localized,
    "LoyaltyClass": _class,
    "LoyaltyObject": _pass_object,
    "LoyaltyPoints": _loyalty_points,
    "LoyaltyPointsBalance": _balance,
    "MerchantLocation": _place,
    "Money": _money,
    "TemplateItem": _template_item,
    "TimeInterval": _interval,
    "TranslatedString": _translated,
    "Uri": _uri,
    "ValueAddedModuleData": _value_added,
}


def _need(name: str, body: Body, place: Place, found: Found) -> None:
    value = body.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        message = "missing" if value is None else "empty"
        hint = "Google requires it" if name not in body else "give it a value: Google requires it"
        found.add("field.missing", (place, name), message, hint)


def _count(value: object) -> int:
    return len(value) if isinstance(value, (list, tuple)) else 0


def _moment(value: object) -> datetime | None:
    text = value.get("date") if isinstance(value, Mapping) else None
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) and "T" in text else None
    except ValueError:
        return None
