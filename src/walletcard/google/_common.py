"""What the classes of every kind have in common, and what the objects have.

The class holds what every card of the programme shares, the object what is one card's own.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from walletcard.google import _values
from walletcard.google._layout import Label, Layout, Module, Row, template
from walletcard.model import Color, Face, Notice

STATES: Final = {"active": "ACTIVE", "complete": "COMPLETED", "expired": "EXPIRED", "closed": "INACTIVE"}


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
    tier: Label | None


def class_facts(face: Face, laid: Layout, *, class_id: str, logo: str | None) -> ClassFacts:
    """Gather what a face says about its class."""
    background = Color.parse(face.design.background).hex
    return ClassFacts(
        class_id,
        face.issuer,
        face.title,
        face.locale,
        background,
        logo,
        laid.rows,
        laid.shared,
        laid.member_label,
        laid.tier,
    )


def class_body(facts: ClassFacts) -> dict[str, Any]:
    """Return what a class of any kind but the generic one has."""
    found: dict[str, Any] = {
        "id": facts.id,
        "issuerName": facts.issuer,
        "hexBackgroundColor": facts.background,
        "reviewStatus": "UNDER_REVIEW",  # The only word for "ready"; Google answers APPROVED, and refuses to hear it.
        "multipleDevicesAndHoldersAllowedStatus": "ONE_USER_ALL_DEVICES",
    }
    if facts.rows:
        found["classTemplateInfo"] = template(facts.rows)
    if facts.texts:
        found["textModulesData"] = [_values.text_module(*one) for one in facts.texts]
    return found


def own_body(face: Face, *, object_id: str) -> dict[str, Any]:
    """Return what an object of any kind has that is one card's alone."""
    found: dict[str, Any] = {"id": object_id}
    if face.barcode is not None:
        found["barcode"] = _values.barcode(face.barcode)
    if face.valid_from is not None or face.expires is not None:
        found["validTimeInterval"] = _values.interval(face.valid_from, face.expires)
    return found


def state_body(face: Face, laid: Layout, *, class_id: str, hero: str | None) -> dict[str, Any]:
    """Return what an object of any kind has that every card in the same state has."""
    found: dict[str, Any] = {"classId": class_id, "state": STATES[face.state]}
    if hero is not None:
        found["heroImage"] = _values.image(hero, face.alt, face.locale)
    if laid.own:
        found["textModulesData"] = [_values.text_module(*one) for one in laid.own]
    if face.notices:
        found["messages"] = [_message(face, notice) for notice in face.notices]
    return found


def _message(face: Face, notice: Notice) -> dict[str, str]:
    loud = notice.purpose == "transactional" and face.announces == "notice"
    kind = "TEXT_AND_NOTIFY" if loud else "TEXT"
    return {"id": notice.id, "header": face.title, "body": notice.text, "messageType": kind}
