"""An offer in, an ``OfferClass`` and an ``OfferObject`` out: all that is offered stands on the class.

https://developers.google.com/wallet/reference/rest/v1/offerclass
https://developers.google.com/wallet/reference/rest/v1/offerobject
"""

from __future__ import annotations

from typing import Any, Final

from walletcard.google import _values
from walletcard.google._common import ClassFacts, class_body
from walletcard.google._layout import Layout, Places
from walletcard.model import Face

PLACES: Final = Places(head="title")


def offer_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``OfferClass``: one that is redeemed in the shop, unless ``extra=`` says otherwise."""
    found = class_body(facts) | {"title": facts.title, "provider": facts.issuer, "redemptionChannel": "INSTORE"}
    if facts.logo is not None:
        found["titleImage"] = _values.image(facts.logo, facts.title, facts.locale)
    return found


def offer_own(_face: Face) -> dict[str, Any]:
    """Return nothing: an ``OfferObject`` has no keys of its own."""
    return {}


def offer_state(_face: Face, _laid: Layout, _logo: str | None) -> dict[str, Any]:
    """Return nothing, alike."""
    return {}
