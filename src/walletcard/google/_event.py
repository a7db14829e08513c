"""An event ticket in, an ``EventTicketClass`` and an ``EventTicketObject`` out.

https://developers.google.com/wallet/reference/rest/v1/eventticketclass
https://developers.google.com/wallet/reference/rest/v1/eventticketobject
"""

from __future__ import annotations

from typing import Any, Final

from walletcard.google import _values
from walletcard.google._common import ClassFacts, class_body
from walletcard.google._layout import Layout, Places
from walletcard.model import Face, Occasion

PLACES: Final = Places(member="object.ticketHolderName", head="title", venue=True)


def event_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``EventTicketClass``. Google knows a venue by its address; without one the name is a text."""
    found = class_body(facts) | {"eventName": _values.localized(facts.title, facts.locale)}
    if facts.logo is not None:
        found["logo"] = _values.image(facts.logo, facts.title, facts.locale)
    if facts.occasion is not None:
        found["dateTime"] = _times(facts.occasion)
        if facts.occasion.venue is not None and facts.occasion.address is not None:
            found["venue"] = {
                "name": _values.localized(facts.occasion.venue, facts.locale),
                "address": _values.localized(facts.occasion.address, facts.locale),
            }
    return found


def _times(occasion: Occasion) -> dict[str, str]:
    times = (("start", occasion.starts), ("end", occasion.ends), ("doorsOpen", occasion.doors))
    return {name: moment.isoformat(timespec="seconds") for name, moment in times if moment is not None}


def event_own(face: Face) -> dict[str, Any]:
    """Return what an ``EventTicketObject`` has besides what every object has, and one ticket's alone."""
    return (
        {"ticketNumber": face.id} if face.member is None else {"ticketNumber": face.id, "ticketHolderName": face.member}
    )


def event_state(_face: Face, _laid: Layout, _logo: str | None) -> dict[str, Any]:
    """Return nothing: the rest is every object's."""
    return {}
