"""The kinds of Google card, as data: where each has its name and title, and what it shows when nothing is overridden.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

Json = Mapping[str, Any]
Paths = tuple[str, ...]


class Kind(NamedTuple):
    """One kind of card; of several paths the first that holds something counts.

    Attributes:
        marks: A card is of this kind that has one of these.
        name: Who gives it out.
        over: The small line over the title.
        title: What it is called.
        logo: Its round picture.
        figure: A value that stands under the title by itself.
        rows: The front, where the class has no template.
        details: What opens under the card.
    """

    marks: Paths
    title: Paths
    name: Paths = ("class.issuerName",)
    over: Paths = ()
    logo: Paths = ("class.programLogo",)
    figure: Paths = ()
    rows: tuple[Paths, ...] = ()
    details: Paths = ()


KINDS: Final = (
    Kind(
        marks=("object.cardTitle",),
        name=("object.cardTitle",),
        over=("object.subheader",),
        title=("object.header",),
        logo=("object.logo",),
    ),
    Kind(
        marks=("class.eventName",),
        title=("class.eventName",),
        logo=("class.logo",),
        rows=(
            ("class.venue.name", "class.dateTime.start"),
            ("object.seatInfo.gate", "object.seatInfo.section", "object.seatInfo.row", "object.seatInfo.seat"),
        ),
        details=(
            "object.ticketHolderName",
            "object.ticketType",
            "object.ticketNumber",
            "object.reservationInfo.confirmationCode",
            "object.faceValue",
            "class.dateTime.doorsOpen",
            "class.venue.address",
            "class.finePrint",
        ),
    ),
    Kind(
        marks=("class.redemptionChannel", "class.provider"),
        title=("class.title",),
        logo=("class.titleImage",),
        rows=(("class.provider", "object.validTimeInterval.end"),),
        details=("class.details", "class.finePrint"),
    ),
    Kind(
        marks=("object.cardNumber", "object.balance"),
        name=("class.merchantName", "class.issuerName"),
        title=(),
        figure=("object.balance",),
        details=("object.cardNumber", "object.pin", "object.eventNumber"),
    ),
)
LOYALTY: Final = Kind(
    marks=("class.programName",),
    title=("class.programName",),
    rows=(("object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance"),),
    details=("object.accountName", "object.accountId", "class.rewardsTier", "class.secondaryRewardsTier"),
)


def kind_of(documents: Mapping[str, Json]) -> Kind:
    """Return the kind of a class and an object."""
    return next((kind for kind in KINDS if any(walked(documents, mark) is not None for mark in kind.marks)), LOYALTY)


def walked(documents: Mapping[str, Json], path: str) -> Any:
    """Follow a dotted path; ``None`` when it leads nowhere."""
    place: Any = documents
    for name in path.split("."):
        place = place.get(name) if isinstance(place, Mapping) else None
    return place
