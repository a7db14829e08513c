"""The newer faces of a ticket or a boarding pass, as data: what a phone needs before it leaves the classic one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from walletcard.apple._rule import Rule, Table
from walletcard.apple._semantics import TAGS

LINKS: Final = (
    "accessibilityURL", "addOnURL", "bagPolicyURL", "contactVenueWebsite", "directionsInformationURL",
    "merchandiseURL", "orderFoodURL", "parkingInformationURL", "purchaseParkingURL", "sellURL", "transferURL",
    "transitInformationURL",
)  # fmt: skip
POSTER, SEMANTIC = "posterEventTicket", "semanticBoardingPass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One newer face; where anything it needs is missing, a phone shows the classic one.

    Attributes:
        style: The style that can have it, and the last member of the list.
        tags: Semantic tags it needs.
        by_event: More tags by ``eventType``.
        advised: Tags that Apple asks for; of those joined by ``|`` one is enough.
        images: Of these slots one is needed.
        nfc: It needs NFC.
        page: Where this was read.
    """

    style: str
    tags: tuple[str, ...]
    by_event: dict[str, tuple[str, ...]] = field(default_factory=dict)
    advised: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    nfc: bool = False
    page: str


SCHEMES: Final = {
    POSTER: Scheme(
        style="eventTicket",
        tags=("eventName", "venueName", "venueRegionName", "venueRoom"),
        by_event={
            "PKEventTypeSports": ("awayTeamAbbreviation", "homeTeamAbbreviation"),
            "PKEventTypeLivePerformance": ("performerNames",),
        },
        advised=("eventStartDate|eventStartDateInfo",),
        images=("artwork", "background"),
        nfc=True,
        page="https://developer.apple.com/documentation/walletpasses/creating-an-event-pass-using-semantic-tags",
    ),
    SEMANTIC: Scheme(
        style="boardingPass",
        tags=(
            "airlineCode", "flightNumber", "originalDepartureDate", "originalBoardingDate", "originalArrivalDate",
            "departureLocationTimeZone", "departureAirportCode", "destinationAirportCode", "passengerName",
        ),
        advised=("departureCityName", "destinationCityName", "destinationLocationTimeZone", "seats"),
        page="https://github.com/apple/pass-builder",
    ),
}  # fmt: skip

# https://developer.apple.com/documentation/walletpasses/upcomingpassinformationentry
_PAGE: Final = "https://developer.apple.com/documentation/walletpasses/upcomingpassinformationentry"
_FLAG: Final = Rule(kind="flag")
_NAME: Final = Rule(kind="text", required=True, filled=True)
UPCOMING_DATE: Final = Table(
    {
        "date": Rule(kind="date", fractions=True),
        "timeZone": Rule(kind="text", form="zone"),
        "ignoreTimeComponents": _FLAG,
        "isAllDay": _FLAG,
        "isUnannounced": _FLAG,
        "isUndetermined": _FLAG,
    },
    page=_PAGE,
)
MAX_UPCOMING_IMAGE: Final = 2_000_000  # Bytes.
UPCOMING_URL: Final = Table(
    {
        "URL": Rule(kind="link", required=True, form="secure"),
        "SHA256": Rule(kind="text", required=True, form="digest"),
        "scale": Rule(kind="number", low=1, high=3),
        "size": Rule(kind="number", low=0, high=MAX_UPCOMING_IMAGE),
    },
    page=_PAGE,
)
UPCOMING_IMAGE: Final = Table(
    {"URLs": Rule(kind="objects", entry=UPCOMING_URL, inside="warning"), "reuseExisting": _FLAG}, page=_PAGE
)
UPCOMING_IMAGES: Final = Table(
    dict.fromkeys(("headerImage", "venueMap"), Rule(kind="object", entry=UPCOMING_IMAGE)), page=_PAGE
)
UPCOMING_LINKS: Final = Table(dict.fromkeys(LINKS, Rule(kind="link")), page=_PAGE)


def upcoming(fields: Table) -> Table:
    """Return the rules of one upcoming event; here a field needs a label."""
    labelled = Table({**fields, "label": Rule(kind="text", required=True)}, page=_PAGE)
    listed = Rule(kind="objects", entry=labelled)
    return Table(
        {
            "identifier": _NAME,
            "name": _NAME,
            "type": Rule(kind="text", required=True, members=frozenset({"event"})),
            "isActive": _FLAG,
            "dateInformation": Rule(kind="object", entry=UPCOMING_DATE),
            "images": Rule(kind="object", entry=UPCOMING_IMAGES),
            "URLs": Rule(kind="object", entry=UPCOMING_LINKS),
            "backFields": listed,
            "additionalInfoFields": listed,
            "auxiliaryStoreIdentifiers": Rule(kind="numbers"),
            "semantics": Rule(kind="object", entry=TAGS),
        },
        page=_PAGE,
    )
