"""What the classes of every kind have in common, and what the objects have.

The class holds what every card of the programme shares, the object what is one card's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from walletcard.google import _values
from walletcard.google._layout import Layout, Row, template
from walletcard.model import Color, Face, Link, Notice, Occasion, Shared

STATES: Final = {"active": "ACTIVE", "complete": "COMPLETED", "expired": "EXPIRED", "closed": "INACTIVE"}


class ClassFacts(NamedTuple):
    """All that a class is made of. Cards of one programme have equal ones, and so share the work."""

    id: str
    shared: Shared
    background: str
    logo: str | None
    rows: tuple[Row, ...]
    occasion: Occasion | None

    @property
    def title(self) -> str:
        return self.shared.title

    @property
    def issuer(self) -> str:
        return self.shared.issuer

    @property
    def locale(self) -> str:
        return self.shared.locale


def shared_of(face: Face, laid: Layout) -> Shared:
    """Return what a card that was made by hand says for all cards of its programme."""
    return Shared(
        locale=face.locale,
        issuer=face.issuer,
        title=face.title,
        fields=tuple(one for one in face.fields if one.shared and one.value),
        links=tuple(one for one in face.links if one.shared),
        member_label=laid.member_label,
        tier=laid.tier,
    )


def background_of(face: Face) -> str:
    """Return the card's colour as Google writes it."""
    return Color.parse(face.design.background).hex


def common_body(facts: ClassFacts) -> dict[str, Any]:
    """Return what a class of any kind has."""
    found: dict[str, Any] = {"id": facts.id, "multipleDevicesAndHoldersAllowedStatus": "ONE_USER_ALL_DEVICES"}
    if facts.rows:
        found["classTemplateInfo"] = template(facts.rows)
    if facts.shared.fields:
        found["textModulesData"] = [_values.text_module(one.key, one.label, one.value) for one in facts.shared.fields]
    if facts.shared.links:
        found["linksModuleData"] = links_module(facts.shared.links)
    return found


def class_body(facts: ClassFacts) -> dict[str, Any]:
    """Return what a class of any kind but the generic one has."""
    return common_body(facts) | {
        "issuerName": facts.issuer,
        "hexBackgroundColor": facts.background,
        "reviewStatus": "UNDER_REVIEW",  # The only word for "ready"; Google answers APPROVED, and refuses to hear it.
    }


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
    if own_links := tuple(one for one in face.links if not one.shared):
        found["linksModuleData"] = links_module(own_links)
    if face.notices:
        found["messages"] = [_message(face, notice) for notice in face.notices]
    return found


def links_module(links: Iterable[Link]) -> dict[str, Any]:
    """Return a ``LinksModuleData``; the ids tell each language's label where it belongs."""
    return {
        "uris": [
            {"id": f"link_{number}", "uri": one.url, "description": one.label} for number, one in enumerate(links, 1)
        ]
    }


def _message(face: Face, notice: Notice) -> dict[str, str]:
    loud = notice.purpose == "transactional" and face.announces == "notice"
    kind = "TEXT_AND_NOTIFY" if loud else "TEXT"
    return {"id": notice.id, "header": face.title, "body": notice.text, "messageType": kind}
