"""Apple's rules for ``pass.json`` and the files beside it, as data.

Each table names the page it was read from; how severe a breach is on a phone stands in `_lint`. Adding a key or a
style is adding a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from walletcard.apple._rule import Rule, Table
from walletcard.apple._schemes import LINKS, POSTER, SEMANTIC, upcoming
from walletcard.apple._semantics import TAGS

_DOCS: Final = "https://developer.apple.com/documentation/walletpasses/"

_TEXT: Final = Rule(kind="text")
_NAME: Final = Rule(kind="text", required=True, filled=True)
_NUMBER: Final = Rule(kind="number")
_FLAG: Final = Rule(kind="flag")
_LINK: Final = Rule(kind="link")
_COLOR: Final = Rule(kind="color")
_DATE: Final = Rule(kind="date")
_IDS: Final = Rule(kind="numbers")

# https://developer.apple.com/documentation/walletpasses/pass/barcodes-data.dictionary; our word -> Apple's
BARCODES: Final = {
    "aztec": "PKBarcodeFormatAztec",
    "codabar": "PKBarcodeFormatCodabar",
    "code128": "PKBarcodeFormatCode128",
    "code39": "PKBarcodeFormatCode39",
    "ean13": "PKBarcodeFormatEAN13",
    "i2of5": "PKBarcodeFormatI2of5",
    "pdf417": "PKBarcodeFormatPDF417",
    "qr": "PKBarcodeFormatQR",
}
BARCODE_FORMATS: Final = frozenset(BARCODES.values())
OLD_BARCODE_FORMATS: Final = frozenset(BARCODES[kind] for kind in ("qr", "pdf417", "aztec"))
_BARCODE: Final = Table(
    {
        "format": Rule(kind="text", required=True, members=BARCODE_FORMATS),
        "message": _NAME,
        "messageEncoding": _NAME,
        "altText": _TEXT,
    },
    page=_DOCS + "pass/barcodes-data.dictionary",
)
NEWEST_BARCODES: Final = frozenset(BARCODES[kind] for kind in ("code39", "codabar", "ean13", "i2of5"))
NEWEST_SYSTEM: Final = 27  # iOS, which brought them.

# https://developer.apple.com/documentation/walletpasses/pass/nfc-data.dictionary
_NFC: Final = Table(
    {
        "message": Rule(kind="text", required=True, filled=True, most=64),
        "encryptionPublicKey": _TEXT,
        "requiresAuthentication": _FLAG,
    },
    page=_DOCS + "pass/nfc-data.dictionary",
)

# https://developer.apple.com/documentation/walletpasses/showing-a-pass-on-the-lock-screen
_LOCATION: Final = Table(
    {
        "latitude": Rule(kind="number", required=True, low=-90, high=90),
        "longitude": Rule(kind="number", required=True, low=-180, high=180),
        "altitude": _NUMBER,
        "relevantText": _TEXT,
    },
    page=_DOCS + "showing-a-pass-on-the-lock-screen",
)
_BEACON: Final = Table(
    {
        "proximityUUID": Rule(kind="text", required=True, form="uuid"),
        "major": Rule(kind="number", low=0, high=65_535),
        "minor": Rule(kind="number", low=0, high=65_535),
        "relevantText": _TEXT,
        "name": _TEXT,
    },
    page=_DOCS + "showing-a-pass-on-the-lock-screen",
)
MAX_BEACONS: Final = 10  # Different UUIDs.
_RELEVANT: Final = Table(
    {"date": _DATE, "relevantDate": _DATE, "startDate": _DATE, "endDate": _DATE},
    page="https://github.com/apple/pass-builder",
)
MAX_RELEVANT_HOURS: Final = 24  # Of one interval, from passkit-generator.
PLACE_STYLES: Final = frozenset({"coupon", "generic", "storeCard"})  # Other relevance counts only beside locations.
RELEVANCE: Final = ("relevantDate", "relevantDates", "beacons")

# https://developer.apple.com/documentation/walletpasses/defining-the-metadata-of-your-wallet-pass
ACTION_TYPES: Final = frozenset({
    "addToBalance", "bookAppointment", "bookCar", "bookFlight", "bookStay", "call", "listenToMusic",
    "membershipBenefits", "order", "place", "shop", "viewOffersRewards", "viewSchedule", "watchTrailer",
})  # fmt: skip
_ACTION: Final = Table(
    {
        "identifier": _NAME,
        "type": Rule(kind="text", required=True, members=ACTION_TYPES),
        "url": Rule(kind="link", required=True),
    },
    page=_DOCS + "defining-the-metadata-of-your-wallet-pass",
)

# https://developer.apple.com/documentation/walletpasses/passfieldcontent
_STYLES: Final = ("None", "Short", "Medium", "Long", "Full")
_DATE_STYLE: Final = Rule(kind="text", members=frozenset(f"PKDateStyle{name}" for name in _STYLES))
_NUMBERS: Final = ("Decimal", "Percent", "Scientific", "SpellOut")
_ALIGNMENTS: Final = ("Left", "Center", "Right", "Natural")
FIELD: Final = Table({
    "key": _NAME,
    "value": Rule(kind="value", required=True),
    "label": _TEXT,
    "attributedValue": Rule(kind="scalar"),
    "changeMessage": _TEXT,
    "currencyCode": Rule(kind="text", form="currency"),
    "numberStyle": Rule(kind="text", members=frozenset(f"PKNumberStyle{name}" for name in _NUMBERS)),
    "dateStyle": _DATE_STYLE,
    "timeStyle": _DATE_STYLE,
    "isRelative": _FLAG,
    "ignoresTimeZone": _FLAG,
    "dataDetectorTypes": Rule(kind="texts", members=frozenset(
        f"PKDataDetectorType{name}" for name in ("PhoneNumber", "Link", "Address", "CalendarEvent")
    )),
    "textAlignment": Rule(kind="text", members=frozenset(f"PKTextAlignment{name}" for name in _ALIGNMENTS)),
    "row": Rule(kind="number", low=0, high=1),
    "semantics": Rule(kind="object", entry=TAGS),
}, page=_DOCS + "passfieldcontent")  # fmt: skip
DATE_KEYS: Final = ("dateStyle", "timeStyle", "isRelative", "ignoresTimeZone")
NUMBER_KEYS: Final = ("numberStyle", "currencyCode")

# https://developer.apple.com/documentation/walletpasses/pass
TOP_LEVEL: Final = Table({
    "formatVersion": Rule(kind="number", required=True, low=1, high=1),
    "passTypeIdentifier": _NAME,
    "teamIdentifier": _NAME,
    "serialNumber": _NAME,
    "organizationName": _NAME,
    "description": _NAME,
    "webServiceURL": Rule(kind="https"),
    "authenticationToken": Rule(kind="text", secret=True),
    "barcodes": Rule(kind="objects", entry=_BARCODE, inside="warning"),
    "barcode": Rule(kind="object", entry=_BARCODE),
    "nfc": Rule(kind="object", entry=_NFC),
    "locations": Rule(kind="objects", entry=_LOCATION, most=10),
    "beacons": Rule(kind="objects", entry=_BEACON, inside="warning"),
    "maxDistance": Rule(kind="number", low=0),
    "relevantDate": Rule(kind="date", old="iOS 18 reads relevantDates"),
    "relevantDates": Rule(kind="objects", entry=_RELEVANT, inside="warning"),
    "expirationDate": _DATE,
    "voided": _FLAG,
    "groupingIdentifier": Rule(kind="text", styles=frozenset({"boardingPass", "eventTicket"})),
    "logoText": _TEXT,
    "backgroundColor": _COLOR,
    "foregroundColor": _COLOR,
    "labelColor": _COLOR,
    "stripColor": Rule(kind="color", styles=frozenset({"coupon", "eventTicket", "storeCard"})),
    "suppressStripShine": Rule(kind="flag", old="since iOS 7 no strip shines"),
    "sharingProhibited": _FLAG,
    "associatedStoreIdentifiers": _IDS,
    "appLaunchURL": _LINK,
    "userInfo": Rule(kind="object"),
    "semantics": Rule(kind="object", entry=TAGS),
    "preferredStyleSchemes": Rule(kind="texts", styles=frozenset({"boardingPass", "eventTicket"})),
    "featuredActions": Rule(kind="objects", entry=_ACTION, most=2, inside="warning"),
    "upcomingPassInformation": Rule(kind="objects", entry=upcoming(FIELD), scheme=POSTER),
    # Poster event tickets.
    **dict.fromkeys(LINKS, Rule(kind="link", scheme=POSTER)),
    "contactVenueEmail": Rule(kind="text", scheme=POSTER),
    "contactVenuePhoneNumber": Rule(kind="text", scheme=POSTER),
    "eventLogoText": Rule(kind="text", scheme=POSTER),
    "auxiliaryStoreIdentifiers": Rule(kind="numbers", scheme=POSTER),
    "footerBackgroundColor": Rule(kind="color", styles=frozenset({"eventTicket", "posterGeneric"})),
    "suppressHeaderDarkening": Rule(kind="flag", scheme=POSTER),
    "useAutomaticColors": Rule(kind="flag", scheme=POSTER),
    # Semantic boarding passes.
    **dict.fromkeys(
        (
            "changeSeatURL", "entertainmentURL", "managementURL", "purchaseAdditionalBaggageURL",
            "purchaseLoungeAccessURL", "purchaseWifiURL", "registerServiceAnimalURL", "reportLostBagURL",
            "requestWheelchairURL", "trackBagsURL", "transitProviderWebsiteURL", "upgradeURL",
        ),
        Rule(kind="link", scheme=SEMANTIC),
    ),
    "transitProviderEmail": Rule(kind="text", scheme=SEMANTIC),
    "transitProviderPhoneNumber": Rule(kind="text", scheme=SEMANTIC),
}, page=_DOCS + "pass", instead={
    "accountURL": "no page of Apple's has it: remove it",
    "calendarEvent": "no page of Apple's has it: remove it",
    "logoSymbolName": "undocumented: remove it, and give a logo picture",
    "secondaryBackgroundColor": "undocumented: remove it",
    "sharing": "reserved for Apple's own passes: remove it, or use sharingProhibited",
})  # fmt: skip

MIN_TOKEN: Final = 16  # Characters of authenticationToken, from Apple's archived format reference.
OWN_IDS: Final = {"passTypeIdentifier": "pass_type", "teamIdentifier": "team"}  # key -> attribute of an Identity

FRONT_GROUPS: Final = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "footerFields")
BACK_GROUPS: Final = ("backFields", "additionalInfoFields")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style shows; nothing refuses a pass for too many fields, the surplus is simply not shown.

    Attributes:
        images: The pictures it uses, besides the icon.
        most: Group, or several joined by ``+``, and how many of its fields are shown.
        groups: The field groups it knows.
        page: Where this was read.
    """

    images: frozenset[str]
    most: dict[str, int]
    groups: tuple[str, ...] = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields")
    page: str


# https://developer.apple.com/documentation/walletpasses/creating-a-store-card-pass and its siblings for the other
# styles; pictures: https://developer.apple.com/design/human-interface-guidelines/wallet
_SHARED_ROW: Final = "secondaryFields+auxiliaryFields"
STYLES: Final[dict[str, Style]] = {
    "storeCard": Style(
        page=_DOCS + "creating-a-store-card-pass",
        images=frozenset({"logo", "strip"}),
        most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 4},
    ),
    "coupon": Style(
        page=_DOCS + "creating-a-coupon-pass",
        images=frozenset({"logo", "strip"}),
        most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 4},
    ),
    "generic": Style(
        page=_DOCS + "creating-a-generic-pass",
        images=frozenset({"logo", "thumbnail"}),
        most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 8},
    ),
    "eventTicket": Style(
        page=_DOCS + "creating-an-event-pass-using-semantic-tags",
        images=frozenset(
            {"logo", "strip", "thumbnail", "background", "artwork", "primaryLogo", "secondaryLogo", "venueMap"}
        ),
        most={"headerFields": 3, "primaryFields": 1, "secondaryFields": 4},
        groups=(
            "headerFields",
            "primaryFields",
            "secondaryFields",
            "auxiliaryFields",
            "backFields",
            "additionalInfoFields",
        ),
    ),
    "boardingPass": Style(
        page=_DOCS + "passfields",
        images=frozenset({"logo", "footer", "primaryLogo"}),
        most={"headerFields": 3, "primaryFields": 2, "secondaryFields": 4, "auxiliaryFields": 5},
    ),
    "posterGeneric": Style(
        page=_DOCS + "creating-a-poster-generic-pass",
        images=frozenset({"artwork", "primaryLogo"}),
        most={"headerFields": 1, "primaryFields": 4, "footerFields": 2},
        groups=("headerFields", "primaryFields", "footerFields", "backFields", "additionalInfoFields"),
    ),
}
NEWEST_STYLE: Final = "posterGeneric"  # iOS 27; older systems refuse a pass that has no other style beside it.
TRANSIT_TYPES: Final = frozenset(f"PKTransitType{name}" for name in ("Air", "Boat", "Bus", "Generic", "Train"))

SQUARE_CODES: Final = frozenset(BARCODES[kind] for kind in ("qr", "aztec"))
MOST_BESIDE_SQUARE: Final = 4  # Secondary and auxiliary fields of a generic pass with a square code.
MOST_IN_ROW: Final = 4  # Auxiliary fields in either row of an event ticket.


class Size(NamedTuple):
    """How large a picture is shown, in points."""

    width: int
    height: int
    exact: bool = False


_STRIP: Final = Size(375, 123, exact=True)
# Human Interface Guidelines, and Apple's archived Wallet Developer Guide where they are silent: footer, strips of
# tickets, personalizationLogo. A wrong size never refuses a pass; the size of a venueMap is nowhere published.
SIZES: Final[dict[str, Size]] = {
    "icon": Size(38, 38),
    "logo": Size(160, 50),
    "strip": _STRIP,
    "thumbnail": Size(90, 90),
    "background": Size(343, 503),
    "artwork": Size(358, 448),
    "primaryLogo": Size(126, 30),
    "secondaryLogo": Size(135, 12),
    "footer": Size(286, 15),
    "personalizationLogo": Size(150, 40),
}
STRIPS: Final[dict[str | None, Size]] = {
    "storeCard": Size(375, 144, exact=True),
    "coupon": Size(375, 144, exact=True),
    "eventTicket": Size(375, 98, exact=True),
}
SMALLEST: Final = 0.5  # Of a picture's size; below that a person sees the blur.
POSTER_IMAGES: Final = ("artwork", "primaryLogo")  # What posterGeneric needs.

# https://developer.apple.com/documentation/walletpasses/personalize
PERSONALIZATION: Final = Table(
    {
        "description": _NAME,
        "requiredPersonalizationFields": Rule(
            kind="texts",
            required=True,
            members=frozenset(
                f"PKPassPersonalizationField{name}" for name in ("Name", "PostalCode", "EmailAddress", "PhoneNumber")
            ),
        ),
        "termsAndConditions": _TEXT,
    },
    page=_DOCS + "personalize",
)

# https://developer.apple.com/documentation/walletpasses/creating-the-source-for-a-pass
IMAGES: Final = frozenset(
    {
        "artwork", "background", "footer", "icon", "logo", "personalizationLogo", "primaryLogo", "secondaryLogo",
        "strip", "thumbnail", "venueMap",
    }
)  # fmt: skip
DENSITIES: Final = ("", "@2x", "@3x")
OTHER_FILES: Final = frozenset({"personalization.json", "pass.strings"})
WRITTEN_FILES: Final = frozenset({"pass.json", "manifest.json", "signature"})  # Made here, never given.
