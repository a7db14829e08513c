"""Apple's semantic tags, as data: what a phone understands of a pass beyond its texts.

The value of a known tag must have the tag's type, or iOS refuses the whole pass.
"""

from __future__ import annotations

from typing import Final

from walletcard.apple._rule import Form, Kind, Rule, Table

_PAGE: Final = "https://developer.apple.com/documentation/walletpasses/semantictags"
_TYPES: Final = "https://developer.apple.com/documentation/walletpasses/semantictagtype"

_STORE: Final = frozenset({"storeCard"})
_EVENT: Final = frozenset({"eventTicket"})
_BOARDING: Final = frozenset({"boardingPass"})


def _all(names: str, kind: Kind, *, styles: frozenset[str] = frozenset(), form: Form = "") -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(kind=kind, styles=styles, form=form, fractions=True))


def _members(prefix: str, names: str) -> frozenset[str]:
    return frozenset(prefix + name for name in names.split())


def _of(entry: Table, names: str, *, styles: frozenset[str] = frozenset(), kind: Kind = "object") -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(kind=kind, entry=entry, styles=styles))


CURRENCY: Final = Table(
    {"amount": Rule(kind="text", form="amount"), "currencyCode": Rule(kind="text", form="currency")}, page=_TYPES
)
EVENT_DATE: Final = Table(
    {
        "date": Rule(kind="date", fractions=True),
        "timeZone": Rule(kind="text", form="zone"),
        **_all("ignoreTimeComponents unannounced undetermined", "flag"),
    },
    page=_TYPES,
)
LOCATION: Final = Table(
    {
        "latitude": Rule(kind="number", required=True, low=-90, high=90),
        "longitude": Rule(kind="number", required=True, low=-180, high=180),
    },
    page=_TYPES,
)
PERSON: Final = Table(
    _all("givenName familyName middleName namePrefix nameSuffix nickname phoneticRepresentation", "text"), page=_TYPES
)
SEAT: Final = Table(
    {
        **_all("seatSection seatRow seatNumber seatIdentifier seatType seatDescription seatAisle seatLevel", "text"),
        "seatSectionColor": Rule(kind="color"),
    },
    page=_TYPES,
)
WIFI: Final = Table(
    {"ssid": Rule(kind="text", required=True), "password": Rule(kind="text", required=True, secret=True)}, page=_TYPES
)

EVENT_TYPES: Final = _members(
    "PKEventType", "Generic LivePerformance Movie Sports Conference Convention Workshop SocialGathering"
)
_PROGRAMS: Final = Rule(
    kind="texts",
    styles=_BOARDING,
    members=_members("PKTransitSecurityProgram", "TSAPreCheck TSAPreCheckTouchlessID OSS ITI ITD GlobalEntry CLEAR"),
)
_CAPABILITIES: Final = Rule(
    kind="texts",
    styles=_BOARDING,
    members=_members("PKPassengerCapability", "Preboarding PriorityBoarding Carryon PersonalItem LapInfant"),
)

TAGS: Final = Table(
    {
        **_of(CURRENCY, "totalPrice"),
        **_of(WIFI, "wifiAccess", kind="objects"),
        **_of(CURRENCY, "balance", styles=_STORE),
        # Events and journeys.
        **_all("duration", "number", styles=_EVENT | _BOARDING),
        **_all("silenceRequested", "flag", styles=_EVENT | _BOARDING),
        **_of(SEAT, "seats", styles=_EVENT | _BOARDING, kind="objects"),
        # Events.
        "eventType": Rule(kind="text", styles=_EVENT, members=EVENT_TYPES),
        **_of(EVENT_DATE, "eventStartDateInfo", styles=_EVENT),
        **_of(LOCATION, "venueLocation homeTeamLocation awayTeamLocation", styles=_EVENT),
        **_all(
            "eventName genre venueName venueRoom venueEntrance venuePhoneNumber venueRegionName venueEntranceGate "
            "venueEntranceDoor venueEntrancePortal admissionLevel admissionLevelAbbreviation attendeeName "
            "entranceDescription additionalTicketAttributes homeTeamName homeTeamAbbreviation awayTeamName "
            "awayTeamAbbreviation leagueName leagueAbbreviation sportName",
            "text",
            styles=_EVENT,
        ),
        **_all("performerNames artistIDs albumIDs playlistIDs", "texts", styles=_EVENT),
        **_all(
            "eventStartDate eventEndDate venueOpenDate venueCloseDate venueDoorsOpenDate venueGatesOpenDate "
            "venueBoxOfficeOpenDate venueParkingLotsOpenDate venueFanZoneOpenDate",
            "date",
            styles=_EVENT,
        ),
        **_all("tailgatingAllowed", "flag", styles=_EVENT),
        # Journeys of every kind.
        **_all(
            "transitProvider transitStatus transitStatusReason vehicleName vehicleNumber vehicleType boardingGroup "
            "boardingSequenceNumber confirmationNumber membershipProgramName membershipProgramNumber priorityStatus "
            "securityScreening membershipProgramStatus boardingZone ticketFareClass departureLocationDescription "
            "destinationLocationDescription",
            "text",
            styles=_BOARDING,
        ),
        **_of(PERSON, "passengerName", styles=_BOARDING),
        **_of(LOCATION, "departureLocation destinationLocation", styles=_BOARDING),
        **_all(
            "originalDepartureDate originalArrivalDate originalBoardingDate currentDepartureDate currentArrivalDate "
            "currentBoardingDate",
            "date",
            styles=_BOARDING,
        ),
        # Flights.
        **_all(
            "airlineCode flightCode departureAirportCode departureAirportName departureTerminal departureGate "
            "destinationAirportCode destinationAirportName destinationTerminal destinationGate departureCityName "
            "destinationCityName internationalDocumentsVerifiedDeclarationName",
            "text",
            styles=_BOARDING,
        ),
        **_all("flightNumber", "number", styles=_BOARDING),
        **_all("departureLocationTimeZone destinationLocationTimeZone", "text", styles=_BOARDING, form="zone"),
        **dict.fromkeys(
            (
                "departureLocationSecurityPrograms",
                "destinationLocationSecurityPrograms",
                "passengerEligibleSecurityPrograms",
            ),
            _PROGRAMS,
        ),
        "passengerCapabilities": _CAPABILITIES,
        **_all("internationalDocumentsAreVerified", "flag", styles=_BOARDING),
        **_all(
            "loungePlaceIDs passengerAirlineSSRs passengerInformationSSRs passengerServiceSSRs",
            "texts",
            styles=_BOARDING,
        ),
        # Trains.
        **_all(
            "carNumber departurePlatform departureStationName destinationPlatform destinationStationName",
            "text",
            styles=_BOARDING,
        ),
    },
    page=_PAGE,
    # Apple's own pass-builder spells four of them in another way than Apple's documentation.
    instead={
        "departureAirportTimeZone": "the documented name is departureLocationTimeZone",
        "destinationAirportTimeZone": "the documented name is destinationLocationTimeZone",
        "departureAirportSecurityPrograms": "the documented name is departureLocationSecurityPrograms",
        "destinationAirportSecurityPrograms": "the documented name is destinationLocationSecurityPrograms",
        "airlineLoungePlaceID": "the documented name is loungePlaceIDs, a list",
        "eventLiveMessage": "undocumented: remove it",
        "airplay": "undocumented: remove it",
    },
)
