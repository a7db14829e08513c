"""A loyalty face in, a ``LoyaltyClass`` and a ``LoyaltyObject`` out.

The class holds what every card of the programme shares, the object what is one card's own.
https://developers.google.com/wallet/reference/rest/v1/loyaltyclass
https://developers.google.com/wallet/reference/rest/v1/loyaltyobject
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from walletcard.google import _values
from walletcard.google._layout import Layout, Module, Row, template
from walletcard.model import Color, Face, Notice

STATES: Final = {"active": "ACTIVE", "complete": "COMPLETED", "expired": "EXPIRED", "closed": "INACTIVE"}
_POINTS: Final = ("loyaltyPoints", "secondaryLoyaltyPoints")


class ClassFacts(NamedTuple):
    """All that a class is made of. Cards of one programme have equal ones, and so share the work."""

    id: str
    issuer: str
    title: str
    locale: str
    background: str
    logo: str | None
    rows: tuple[Row, ...]
    texts: tuple[Module, ...]
    member_label: str | None


def class_facts(face: Face, laid: Layout, *, class_id: str, logo: str | None) -> ClassFacts:
    """Gather what a face says about its class."""
    background = Color.parse(face.design.background).hex
    return ClassFacts(
        class_id, face.issuer, face.title, face.locale, background, logo, laid.rows, laid.shared, laid.member_label
    )


def loyalty_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``LoyaltyClass``; without a logo it lacks ``programLogo``."""
    found: dict[str, Any] = {
        "id": facts.id,
        "issuerName": facts.issuer,
        "programName": facts.title,
        "hexBackgroundColor": facts.background,
        "reviewStatus": "UNDER_REVIEW",  # The only word for "ready"; Google answers APPROVED, and refuses to hear it.
        "multipleDevicesAndHoldersAllowedStatus": "ONE_USER_ALL_DEVICES",
    }
    if facts.logo is not None:
        found["programLogo"] = _values.image(facts.logo, facts.title, facts.locale)
    if facts.member_label is not None:
        found["accountNameLabel"] = facts.member_label
    if facts.rows:
        found["classTemplateInfo"] = template(facts.rows)
    if facts.texts:
        found["textModulesData"] = [_values.text_module(*one) for one in facts.texts]
    return found


def loyalty_object(face: Face, laid: Layout, *, object_id: str, class_id: str, hero: str | None) -> dict[str, Any]:
    """Return the ``LoyaltyObject``."""
    found: dict[str, Any] = {
        "id": object_id,
        "classId": class_id,
        "state": STATES[face.state],
        "accountId": face.id,
    }
    if face.member is not None:
        found["accountName"] = face.member
    for name, balance in zip(_POINTS, face.balances, strict=False):
        found[name] = _values.points(balance)
    if hero is not None:
        found["heroImage"] = _values.image(hero, face.alt, face.locale)
    if face.barcode is not None:
        found["barcode"] = _values.barcode(face.barcode)
    if face.valid_from is not None or face.expires is not None:
        found["validTimeInterval"] = _values.interval(face.valid_from, face.expires)
    if laid.own:
        found["textModulesData"] = [_values.text_module(*one) for one in laid.own]
    if face.notices:
        found["messages"] = [_message(face, notice) for notice in face.notices]
    return found


def _message(face: Face, notice: Notice) -> dict[str, str]:
    loud = notice.purpose == "transactional" and face.announces == "notice"
    kind = "TEXT_AND_NOTIFY" if loud else "TEXT"
    return {"id": notice.id, "header": face.title, "body": notice.text, "messageType": kind}
