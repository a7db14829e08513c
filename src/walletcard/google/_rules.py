"""What the values of one nested type must obey beyond Google's table. One function a type, looked up by its name.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from walletcard.errors import quoted
from walletcard.google._barcodes import barcode_problem
from walletcard.google._found import Found, Place
from walletcard.google._paths import path_problem
from walletcard.google._pictures import address_problem

Body = Mapping[str, Any]
Rule = Callable[[Body, Place, Found], None]

_MAX_NAMED: Final = 60  # Characters of names in a message.
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MODULE_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_EMAIL_HASH: Final = re.compile(r"[0-9a-f]{64}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_SCHEMES: Final = ("https:", "http:", "tel:", "mailto:", "geo:", "sms:")
_OFFSET: Final = "write it with its offset: 2026-12-31T23:59:00+01:00"


def _text_module(body: Body, place: Place, found: Found) -> None:
    key = body.get("id")
    if isinstance(key, str) and not _MODULE_ID.fullmatch(key):
        hint = "use letters, digits, _ and -; a dot would split the path that names it"
        found.add("id.characters", (place, "id"), f"{quoted(key)} is not an id", hint)


def _image(body: Body, place: Place, found: Found) -> None:
    count = given(body, "sourceUri", "privateImageId")
    if count > 1 or (count == 0 and not found.partial):
        message = "needs exactly one of sourceUri and privateImageId"
        found.add("image.source", place, message, 'write {"sourceUri": {"uri": "https://..."}}')


def _image_uri(body: Body, place: Place, found: Found) -> None:
    found.note(address_problem(body.get("uri")), (place, "uri"))


def _uri(body: Body, place: Place, found: Found) -> None:
    address = body.get("uri")
    if not isinstance(address, str) or not address.startswith(_SCHEMES):
        hint = f"start it with one of {' '.join(_SCHEMES)}"
        # Not shown: it may hold a password.
        message = (
            "has no scheme that a phone opens" if isinstance(address, str) else f"got {quoted(address)}, need text"
        )
        found.add("link.scheme", (place, "uri"), message, hint)


def _app_target(body: Body, place: Place, found: Found) -> None:
    target = body.get("targetUri")
    if isinstance(target, Mapping) and not target.get("description") and not found.partial:
        found.add("field.missing", ((place, "targetUri"), "description"), "missing", "Google requires it of this link")


def _callback(body: Body, place: Place, found: Found) -> None:
    address = body.get("url")
    if address is not None and not (isinstance(address, str) and address.startswith("https://")):
        found.add("link.insecure", (place, "url"), "not an https address", "Google calls back over https only")


def _localized(body: Body, place: Place, found: Found) -> None:
    default = body.get("defaultValue")
    if not isinstance(default, (dict, Mapping)):
        if default is None and not found.partial:
            found.add("field.missing", (place, "defaultValue"), "missing", "give its language and value")
        return
    for name in ("language", "value"):
        need(name, default, (place, "defaultValue"), found)
    seen = {default.get("language")} if isinstance(default.get("language"), str) else set()
    entries = body.get("translatedValues")
    for index, one in enumerate(entries if isinstance(entries, (list, tuple)) else ()):
        language = one.get("language") if isinstance(one, Mapping) else None
        if not isinstance(language, str):
            continue
        if language in seen:
            where = (((place, "translatedValues"), index), "language")
            hint = "give each language once; the default value's counts too"
            found.add("locale.duplicate", where, f"{quoted(language)} twice", hint, severity="warning")
        seen.add(language)


def _translated(body: Body, place: Place, found: Found) -> None:
    language = body.get("language")
    if isinstance(language, str) and language and not _LANGUAGE.fullmatch(language):
        message = f"{quoted(language)} is not a language code"
        found.add("locale.unknown", (place, "language"), message, "use codes such as en-GB or he")


def _balance(body: Body, place: Place, found: Found) -> None:
    # In a PATCH the old kind is cleared with null beside the new one.
    held = [str(name) for name, value in body.items() if value is not None or not found.partial]
    if len(held) != 1:
        named = ", ".join(sorted(held)) or "none"
        if len(named) > _MAX_NAMED or not named.isprintable():
            named = f"{len(held)} keys"
        found.add("balance.kinds", place, f"needs exactly one of string, int, double, money; has {named}", "keep one")


def _money(body: Body, place: Place, found: Found) -> None:
    for name in ("micros", "currencyCode"):
        need(name, body, place, found)
    code = body.get("currencyCode")
    if isinstance(code, str) and code and not _CURRENCY.fullmatch(code):
        message = f"{quoted(code)} is no currency"
        found.add("money.currency", (place, "currencyCode"), message, "use ISO 4217, such as GBP")


def _barcode(body: Body, place: Place, found: Found) -> None:
    kind, value = body.get("type"), body.get("value")
    if kind is None and not found.partial:
        found.add("field.missing", (place, "type"), "missing", "give QR_CODE or another")
    if kind is not None and body.get("renderEncoding") == "UTF_8" and kind != "QR_CODE":
        found.add("barcode.encoding", (place, "renderEncoding"), "UTF_8 is for QR_CODE only", "leave it out")
    if kind == "TEXT_ONLY" and "alternateText" in body:
        found.add("barcode.alt", (place, "alternateText"), "not allowed with TEXT_ONLY", "leave it out")
    if not isinstance(value, str):
        return
    if kind == "QR_CODE" and not value.isascii() and body.get("renderEncoding") != "UTF_8":
        message = "holds letters beyond ASCII without renderEncoding"
        found.add("barcode.encoding", (place, "value"), message, "set renderEncoding to UTF_8", severity="warning")
    found.note(barcode_problem(str(kind), value), (place, "value"))


def _rotating(body: Body, place: Place, found: Found) -> None:
    kind = body.get("type")
    if kind is None and not found.partial:
        found.add("field.missing", (place, "type"), "missing", "give QR_CODE or PDF_417")
    elif kind is not None and kind not in ("QR_CODE", "PDF_417"):
        found.add("barcode.rotating", (place, "type"), f"{quoted(kind)} does not rotate", "use QR_CODE or PDF_417")
    for name in ("valuePattern", "totpDetails"):
        if "initialRotatingBarcodeValues" not in body:
            need(name, body, place, found)
    pattern, details = body.get("valuePattern"), body.get("totpDetails")
    if isinstance(pattern, str) and isinstance(details, Mapping):
        _placeholders(pattern, details.get("parameters"), (place, "valuePattern"), found)


def _placeholders(pattern: str, parameters: object, place: Place, found: Found) -> None:
    count = len(parameters) if isinstance(parameters, (list, tuple)) else 0
    known = {"totp_timestamp_millis", "totp_timestamp_seconds", *(f"totp_value_{n}" for n in range(count))}
    for name in _PLACEHOLDER.findall(pattern):
        if name not in known:
            message = f"{quoted('{' + name + '}')} stands for nothing"
            hint = (
                f"use {{totp_value_0}} to {{totp_value_{count - 1}}}, as there are parameters"
                if count
                else ("give it a parameter in totpDetails")
            )
            found.add("barcode.rotating", place, message, hint)


def _totp(body: Body, place: Place, found: Found) -> None:
    for name in ("periodMillis", "algorithm", "parameters"):
        need(name, body, place, found)


def _totp_parameter(body: Body, place: Place, found: Found) -> None:
    for name in ("key", "valueLength"):
        need(name, body, place, found)
    key, length = body.get("key"), body.get("valueLength")
    if isinstance(key, str) and key.strip() and not _HEX.fullmatch(key):  # The secret itself is never quoted.
        found.add(
            "barcode.rotating", (place, "key"), "is not hexadecimal", "write its bytes in base 16: two digits each"
        )
    if type(length) is int and not 1 <= length <= 10:
        found.add("number.range", (place, "valueLength"), f"{quoted(length)} digits", "use 1 to 10")


def _rotating_values(body: Body, place: Place, found: Found) -> None:
    moment_at("startDateTime", body, place, found, offset=True)
    values = body.get("values")
    if isinstance(values, (list, tuple)) and not values:
        found.add("field.missing", (place, "values"), "empty", "give at least one")


def _override(body: Body, place: Place, found: Found) -> None:
    rows = body.get("cardRowTemplateInfos")
    if rows is None and found.partial:
        return
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
    if moment_of(body) is None and not (found.partial and "date" not in body):
        message = f"{quoted(body.get('date'))} is not a date and time"
        found.add("time.invalid", (place, "date"), message, "write 2026-12-31T23:59:00+01:00")


def _interval(body: Body, place: Place, found: Found) -> None:
    in_order(moment_of(body.get("start")), moment_of(body.get("end")), place, found)


def _event_time(body: Body, place: Place, found: Found) -> None:
    ends = [moment_at(name, body, place, found) for name in ("start", "end", "doorsOpen")]
    in_order(ends[0], ends[1], place, found)


def _place(body: Body, place: Place, found: Found) -> None:
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = body.get(name)
        need(name, body, place, found)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not -limit <= value <= limit:
            hint = "give degrees; perhaps the two are swapped"
            found.add("number.range", (place, name), f"{quoted(value)} is over {limit}", hint)


def _value_added(body: Body, place: Place, found: Found) -> None:
    for name in ("header", "uri"):
        need(name, body, place, found)


def _message(body: Body, place: Place, found: Found) -> None:
    if body.get("messageType") == "EXPIRATION_NOTIFICATION":
        hint = "use TEXT, or TEXT_AND_NOTIFY to be heard"
        found.add("field.deprecated", (place, "messageType"), "Google no longer sends these", hint, severity="warning")


def _restrictions(body: Body, place: Place, found: Found) -> None:
    value = body.get("restrictToEmailSha256")
    if isinstance(value, str) and not _EMAIL_HASH.fullmatch(value):
        hint = "give the SHA-256 of the address in lower-case hexadecimal"
        found.add("field.value", (place, "restrictToEmailSha256"), "is not a SHA-256 in 64 digits", hint)


def _carrier(body: Body, place: Place, found: Found) -> None:
    if given(body, "carrierIataCode", "carrierIcaoCode") == 0 and not found.partial:
        found.add("field.missing", (place, "carrierIataCode"), "missing", "give it, or carrierIcaoCode")
    for name, length in (("carrierIataCode", 2), ("carrierIcaoCode", 3)):
        code = body.get(name)
        if isinstance(code, str) and len(code) != length:
            found.add("field.value", (place, name), f"{quoted(code)} has not {length} characters", "use the code alone")


def _flight_header(body: Body, place: Place, found: Found) -> None:
    for name in ("flightNumber", "operatingFlightNumber"):
        number = body.get(name)
        if isinstance(number, str) and number and not (number.isascii() and number.isdigit()):
            hint = "leave the carrier's code out: it stands in carrier"
            found.add("field.value", (place, name), f"{quoted(number)} is not digits only", hint)


def _leg(body: Body, place: Place, found: Found) -> None:
    for name in ("departureDateTime", "arrivalDateTime"):
        moment_at(name, body, place, found)
    for end in ("origin", "destination"):
        if given(body, f"{end}Name", f"{end}StationCode") == 0 and not found.partial:
            found.add("field.missing", (place, f"{end}Name"), "missing", f"give it, or {end}StationCode")
    for kind in ("Name", "StationCode"):
        if given(body, f"origin{kind}", f"destination{kind}") == 1 and not found.partial:
            missing = f"origin{kind}" if body.get(f"origin{kind}") is None else f"destination{kind}"
            found.add("field.missing", (place, missing), "missing", "give both ends in the same way")


RULES: Final[Mapping[str, Rule]] = {
    "AppLinkDataAppLinkInfoAppTarget": _app_target,
    "Barcode": _barcode,
    "CallbackOptions": _callback,
    "CardRowTemplateInfo": _row,
    "CardTemplateOverride": _override,
    "DateTime": _date_time,
    "EventDateTime": _event_time,
    "FieldReference": _reference,
    "FlightCarrier": _carrier,
    "FlightHeader": _flight_header,
    "Image": _image,
    "ImageUri": _image_uri,
    "LatLongPoint": _place,
    "LocalizedString": _localized,
    "LoyaltyPointsBalance": _balance,
    "MerchantLocation": _place,
    "Message": _message,
    "Money": _money,
    "RotatingBarcode": _rotating,
    "RotatingBarcodeTotpDetails": _totp,
    "RotatingBarcodeTotpDetailsTotpParameters": _totp_parameter,
    "RotatingBarcodeValues": _rotating_values,
    "SaveRestrictions": _restrictions,
    "TemplateItem": _template_item,
    "TextModuleData": _text_module,
    "TicketLeg": _leg,
    "TimeInterval": _interval,
    "TranslatedString": _translated,
    "Uri": _uri,
    "ValueAddedModuleData": _value_added,
}


def need(name: str, body: Body, place: Place, found: Found) -> None:
    """Note that ``name`` has no value; a PATCH may be silent about it, but cannot clear it."""
    value = body.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        if name not in body and found.partial:
            return
        message = "missing" if value is None else "empty"
        hint = "Google requires it" if name not in body else "give it a value: Google requires it"
        found.add("field.missing", (place, name), message, hint)


def given(body: Body, *names: str) -> int:
    """Return how many of the keys have a value."""
    return sum(body.get(name) is not None for name in names)


def in_order(start: datetime | None, end: datetime | None, place: Place, found: Found) -> None:
    """Judge two moments, if there are two."""
    if start is None or end is None:
        return
    if (start.utcoffset() is None) != (end.utcoffset() is None):
        found.add("time.offset", place, "one end has an offset, the other has none", "give both one, or neither")
    elif end <= start:
        found.add("time.order", (place, "end"), "not after start", "swap the two")


def moment_at(name: str, body: Body, place: Place, found: Found, *, offset: bool | None = None) -> datetime | None:
    """Judge a moment that stands as text under ``name``; with ``offset``, whether it must carry one or must not."""
    text = body.get(name)
    if not isinstance(text, str):
        return None
    moment = _parsed(text)
    if moment is None:
        found.add("time.invalid", (place, name), f"{quoted(text)} is not a date and time", _OFFSET)
    elif offset is not None and (moment.utcoffset() is not None) != offset:
        message = "has no offset" if offset else "has an offset, and Google refuses one here"
        found.add("time.offset", (place, name), message, _OFFSET if offset else "give the time of the place alone")
    return moment


def moment_of(value: object) -> datetime | None:
    """Return the moment in a ``DateTime``."""
    return _parsed(value.get("date")) if isinstance(value, Mapping) else None


def _parsed(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) and "T" in text else None
    except ValueError:
        return None
