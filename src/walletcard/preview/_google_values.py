"""A field reference of a class template in, the label and the value that it stands for out.

https://developers.google.com/wallet/retail/loyalty-cards/resources/template
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from walletcard.preview._google_kinds import walked
from walletcard.preview._values import day_and_time, moment, money

Json = Mapping[str, Any]
Documents = Mapping[str, Json]

_MODULE: Final = re.compile(r"(object|class)\.textModulesData\['([^']+)'\]")
# Where the label of a value stands that is no balance - a balance has it beside itself - and Google's own without one.
_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "class.dateTime.doorsOpen": ("class.dateTime.customDoorsOpenLabel", "Doors open"),
    "class.dateTime.start": ("Date",),
    "class.details": ("Details",),
    "class.finePrint": ("Fine print",),
    "class.provider": ("Provider",),
    "class.rewardsTier": ("class.rewardsTierLabel",),
    "class.secondaryRewardsTier": ("class.secondaryRewardsTierLabel",),
    "class.venue.address": ("Address",),
    "class.venue.name": ("Venue",),
    "object.accountId": ("class.accountIdLabel",),
    "object.accountName": ("class.accountNameLabel",),
    "object.balance": ("Balance",),
    "object.cardNumber": ("class.cardNumberLabel", "Card number"),
    "object.eventNumber": ("class.eventNumberLabel", "Event number"),
    "object.faceValue": ("Face value",),
    "object.pin": ("class.pinLabel", "PIN"),
    "object.reservationInfo.confirmationCode": ("class.customConfirmationCodeLabel", "Confirmation code"),
    "object.seatInfo.gate": ("class.customGateLabel", "Gate"),
    "object.seatInfo.row": ("class.customRowLabel", "Row"),
    "object.seatInfo.seat": ("class.customSeatLabel", "Seat"),
    "object.seatInfo.section": ("class.customSectionLabel", "Section"),
    "object.ticketHolderName": ("Ticket holder",),
    "object.ticketNumber": ("Ticket number",),
    "object.ticketType": ("Ticket type",),
    "object.validTimeInterval.end": ("Valid until",),
    "object.validTimeInterval.start": ("Valid from",),
}
GOOGLES_OWN: Final = frozenset(
    place for places in _LABELS.values() for place in places if not place.startswith(("class.", "object."))
)
_LOCALE: Final = "en-GB"


class Shown(NamedTuple):
    """A label, at times empty, and its value."""

    label: str
    value: str


def shown(documents: Documents, path: str, locale: str = _LOCALE) -> Shown | None:
    """Return what ``path`` stands for; ``None`` when there is nothing to show.

    Args:
        documents: The ``class`` and the ``object``.
        path: Such as ``object.loyaltyPoints.balance`` or ``object.textModulesData['reward']``.
        locale: The phone's language, for money and dates.
    """
    if module := _MODULE.fullmatch(path):
        texts = documents[module[1]].get("textModulesData", [])
        return next(
            (Shown(text.get("header", ""), text["body"]) for text in texts if text.get("id") == module[2]), None
        )
    value = spelled(walked(documents, path), path, locale)
    return Shown(_label(documents, path), value) if value else None


def first(documents: Documents, paths: Iterable[str], locale: str = _LOCALE) -> str:
    """Return the value of the first path that has one; empty when none has."""
    return next((found.value for path in paths if (found := shown(documents, path, locale))), "")


def item(documents: Documents, template: Json, locale: str = _LOCALE) -> Shown | None:
    """Return a template item: one value, or two as *A / B*, labels alike."""
    found = [_first(documents, template[name], locale) for name in ("firstValue", "secondValue") if name in template]
    parts = [one for one in found if one]
    if not parts:
        return None
    return Shown(" / ".join(one.label for one in parts if one.label), " / ".join(one.value for one in parts))


def spelled(value: Any, path: str, locale: str) -> str:
    """Return a value as text: a text in a language, a date, money, a balance, or what stands there."""
    if isinstance(value, Mapping):
        if "defaultValue" in value:
            return words(value)
        return _date(value["date"], locale) if "date" in value else balance(value, locale)
    if isinstance(value, str) and path.startswith("class.dateTime."):
        return _date(value, locale)
    return "" if value is None else str(value)


def balance(value: Json, locale: str = _LOCALE) -> str:
    """Return a balance as text: a text, a number or money, whichever it holds."""
    if amount := value if "micros" in value else value.get("money"):
        return money(Decimal(int(amount["micros"])) / 1_000_000, amount["currencyCode"], locale)
    return next((str(value[kind]) for kind in ("string", "int", "double") if kind in value), "")


def words(localized: Json | None) -> str:
    """Return the default text of a localised one; empty when absent."""
    return str(localized["defaultValue"]["value"]) if localized else ""


def _date(text: str, locale: str) -> str:
    at = moment(text)
    return text if at is None else day_and_time(at, locale, time="T" in text)


def _label(documents: Documents, path: str) -> str:
    """Return the document's own label of a value, or the one that Google has for it."""
    for place in (f"{path.rpartition('.')[0]}.label", *_LABELS.get(path, ())):
        if not place.startswith(("class.", "object.")):
            return place
        if found := walked(documents, place):
            return spelled(found, place, _LOCALE)
    return ""


def _first(documents: Documents, selector: Json, locale: str) -> Shown | None:
    references: Sequence[Json] = selector.get("fields", [])
    found = (shown(documents, reference["fieldPath"], locale) for reference in references)
    return next((one for one in found if one), None)
