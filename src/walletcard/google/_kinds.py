"""The kinds of face that have a Google form, and the types of each. A new kind is one entry here.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.google._common import ClassFacts
from walletcard.google._event import PLACES as EVENT_PLACES
from walletcard.google._event import event_class, event_own, event_state
from walletcard.google._generic import PLACES as GENERIC_PLACES
from walletcard.google._generic import generic_class, generic_own, generic_state
from walletcard.google._gift import PLACES as GIFT_PLACES
from walletcard.google._gift import gift_class, gift_own, gift_state
from walletcard.google._layout import Layout, Places
from walletcard.google._loyalty import PLACES as LOYALTY_PLACES
from walletcard.google._loyalty import loyalty_class, loyalty_own, loyalty_state
from walletcard.google._offer import PLACES as OFFER_PLACES
from walletcard.google._offer import offer_class, offer_own, offer_state
from walletcard.model import Face


class Kind(NamedTuple):
    """One kind of face.

    Attributes:
        name: As Google calls it, such as ``giftCard``.
        class_type: The type of its classes.
        object_type: The type of its objects.
        places: The places of its own that such a card has.
        needs_logo: Google refuses a class without one.
        class_of: Makes the class.
        own_of: Makes what the object has besides what every object has, and is one card's alone.
        state_of: Makes the rest of that, which every card in the same state has; given the logo's address.
    """

    name: str
    class_type: str
    object_type: str
    places: Places
    needs_logo: bool
    class_of: Callable[[ClassFacts], dict[str, Any]]
    own_of: Callable[[Face], dict[str, Any]]
    state_of: Callable[[Face, Layout, str | None], dict[str, Any]]


KINDS: Final[Mapping[str, Kind]] = {
    "loyalty": Kind(
        "loyalty", "LoyaltyClass", "LoyaltyObject", LOYALTY_PLACES, True, loyalty_class, loyalty_own, loyalty_state
    ),
    "gift": Kind("giftCard", "GiftCardClass", "GiftCardObject", GIFT_PLACES, False, gift_class, gift_own, gift_state),
    "offer": Kind("offer", "OfferClass", "OfferObject", OFFER_PLACES, False, offer_class, offer_own, offer_state),
    "generic": Kind(
        "generic", "GenericClass", "GenericObject", GENERIC_PLACES, False, generic_class, generic_own, generic_state
    ),
    "event": Kind(
        "eventTicket",
        "EventTicketClass",
        "EventTicketObject",
        EVENT_PLACES,
        False,
        event_class,
        event_own,
        event_state,
    ),
}


def kind_of(face: Face) -> Kind:
    """Return what Google calls a face's kind.

    Raises:
        InvalidCardError: It has no Google form (``kind.unsupported``).
    """
    kind = KINDS.get(face.kind)
    if kind is None:
        message, hint = f"Google has no form of the kind {quoted(face.kind)}", f"use {' or '.join(KINDS)}"
        issue = Issue(code="kind.unsupported", where="face.kind", message=message, hint=hint)
        raise InvalidCardError.from_issues([issue])
    return kind
