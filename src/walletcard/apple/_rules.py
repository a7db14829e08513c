"""Apple's rules for ``pass.json`` and the files beside it, as data.

Each table names the page it was read from; how severe a breach is on a phone stands in `_lint`. Adding a key or a
style is adding a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal[
    "text", "number", "flag", "object", "any", "color", "date", "link", "https", "scalar", "value",
    "numbers", "texts", "objects",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may stand under one key.

    Attributes:
        kind: The type of the value.
        required: Without it iOS refuses the pass, or drops the part it belongs to.
        filled: An empty text counts as missing.
        members: The only texts allowed.
        most: The most entries of a list that iOS uses, or the most UTF-8 bytes of a text.
        low: The smallest number.
        high: The largest number.
        entry: The rules for the object, or for each object of the list.
        secret: Its value is never shown.
        simple: The type of the value is all there is to judge.
    """

    kind: Kind
    required: bool = False
    filled: bool = False
    members: frozenset[str] = frozenset()
    most: int | None = None
    low: float | None = None
    high: float | None = None
    entry: Table | None = None
    secret: bool = False
    simple: bool = field(init=False)

    def __post_init__(self) -> None:
        more = (self.filled, self.members, self.most is not None, self.low is not None, self.entry is not None)
        object.__setattr__(self, "simple", self.kind != "date" and not any(more))


class Table(dict[str, Rule]):
    """The rules of one object by key; ``required`` lists the keys that must be there."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        super().__init__(rules)
        self.required = tuple(key for key, rule in rules.items() if rule.required)


_TEXT: Final = Rule(kind="text")
_NAME: Final = Rule(kind="text", required=True, filled=True)
_NUMBER: Final = Rule(kind="number")
_FLAG: Final = Rule(kind="flag")
_LINK: Final = Rule(kind="link")
_COLOR: Final = Rule(kind="color")
_DATE: Final = Rule(kind="date")

# https://developer.apple.com/documentation/walletpasses/pass/barcodes-data.dictionary
BARCODE_FORMATS: Final = frozenset(
    f"PKBarcodeFormat{name}" for name in ("QR", "PDF417", "Aztec", "Code128", "Code39", "Codabar", "EAN13", "I2of5")
)
OLD_BARCODE_FORMATS: Final = frozenset(f"PKBarcodeFormat{name}" for name in ("QR", "PDF417", "Aztec"))
_BARCODE: Final = Table(
    {
        "format": Rule(kind="text", required=True, members=BARCODE_FORMATS),
        "message": _NAME,
        "messageEncoding": _NAME,
        "altText": _TEXT,
    }
)

# https://developer.apple.com/documentation/walletpasses/pass/nfc-data.dictionary
_NFC: Final = Table(
    {
        "message": Rule(kind="text", required=True, filled=True, most=64),
        "encryptionPublicKey": _TEXT,
        "requiresAuthentication": _FLAG,
    }
)

# https://developer.apple.com/documentation/walletpasses/showing-a-pass-on-the-lock-screen
_LOCATION: Final = Table(
    {
        "latitude": Rule(kind="number", required=True, low=-90, high=90),
        "longitude": Rule(kind="number", required=True, low=-180, high=180),
        "altitude": _NUMBER,
        "relevantText": _TEXT,
    }
)
_BEACON: Final = Table(
    {
        "proximityUUID": _NAME,
        "major": Rule(kind="number", low=0, high=65_535),
        "minor": Rule(kind="number", low=0, high=65_535),
        "relevantText": _TEXT,
        "name": _TEXT,
    }
)
_RELEVANT: Final = Table({"date": _DATE, "relevantDate": _DATE, "startDate": _DATE, "endDate": _DATE})

# https://developer.apple.com/documentation/walletpasses/defining-the-metadata-of-your-wallet-pass
_ACTION: Final = Table({"identifier": _NAME, "type": _NAME, "url": Rule(kind="link", required=True)})

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
    "barcodes": Rule(kind="objects", entry=_BARCODE),
    "barcode": Rule(kind="object", entry=_BARCODE),
    "nfc": Rule(kind="object", entry=_NFC),
    "locations": Rule(kind="objects", entry=_LOCATION, most=10),
    "beacons": Rule(kind="objects", entry=_BEACON),
    "maxDistance": Rule(kind="number", low=0),
    "relevantDate": _DATE,
    "relevantDates": Rule(kind="objects", entry=_RELEVANT),
    "expirationDate": _DATE,
    "voided": _FLAG,
    "groupingIdentifier": _TEXT,
    "logoText": _TEXT,
    "backgroundColor": _COLOR,
    "foregroundColor": _COLOR,
    "labelColor": _COLOR,
    "stripColor": _COLOR,
    "suppressStripShine": _FLAG,
    "sharingProhibited": _FLAG,
    "associatedStoreIdentifiers": Rule(kind="numbers"),
    "appLaunchURL": _LINK,
    "userInfo": Rule(kind="object"),
    "semantics": Rule(kind="object"),
    "preferredStyleSchemes": Rule(kind="texts"),
    "featuredActions": Rule(kind="objects", entry=_ACTION, most=2),
    "upcomingPassInformation": Rule(kind="objects"),
    # Poster event tickets.
    **dict.fromkeys(
        (
            "accessibilityURL", "addOnURL", "bagPolicyURL", "contactVenueWebsite", "directionsInformationURL",
            "merchandiseURL", "orderFoodURL", "parkingInformationURL", "purchaseParkingURL", "sellURL",
            "transferURL", "transitInformationURL",
        ),
        _LINK,
    ),
    "contactVenueEmail": _TEXT,
    "contactVenuePhoneNumber": _TEXT,
    "eventLogoText": _TEXT,
    "auxiliaryStoreIdentifiers": Rule(kind="numbers"),
    "footerBackgroundColor": _COLOR,
    "suppressHeaderDarkening": _FLAG,
    "useAutomaticColors": _FLAG,
    # Semantic boarding passes.
    **dict.fromkeys(
        (
            "changeSeatURL", "entertainmentURL", "managementURL", "purchaseAdditionalBaggageURL",
            "purchaseLoungeAccessURL", "purchaseWifiURL", "registerServiceAnimalURL", "reportLostBagURL",
            "requestWheelchairURL", "trackBagsURL", "transitProviderWebsiteURL", "upgradeURL",
        ),
        _LINK,
    ),
    "transitProviderEmail": _TEXT,
    "transitProviderPhoneNumber": _TEXT,
})  # fmt: skip

MIN_TOKEN: Final = 16  # Characters of authenticationToken, from Apple's archived format reference.
OWN_IDS: Final = {"passTypeIdentifier": "pass_type", "teamIdentifier": "team"}  # key -> attribute of an Identity

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
    "currencyCode": _TEXT,
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
    "semantics": Rule(kind="object"),
})  # fmt: skip
DATE_KEYS: Final = ("dateStyle", "timeStyle", "isRelative", "ignoresTimeZone")
NUMBER_KEYS: Final = ("numberStyle", "currencyCode")

FRONT_GROUPS: Final = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "footerFields")
BACK_GROUPS: Final = ("backFields", "additionalInfoFields")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style shows; nothing refuses a pass for too many fields, the surplus is simply not shown.

    Attributes:
        images: The pictures it uses, besides the icon.
        most: Group, or several joined by ``+``, and how many of its fields are shown.
        groups: The field groups it knows.
    """

    images: frozenset[str]
    most: dict[str, int]
    groups: tuple[str, ...] = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields")


# https://developer.apple.com/documentation/walletpasses/creating-a-store-card-pass and its siblings for the other
# styles; pictures: https://developer.apple.com/design/human-interface-guidelines/wallet
_SHARED_ROW: Final = "secondaryFields+auxiliaryFields"
STYLES: Final[dict[str, Style]] = {
    "storeCard": Style(
        images=frozenset({"logo", "strip"}), most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 4}
    ),
    "coupon": Style(images=frozenset({"logo", "strip"}), most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 4}),
    "generic": Style(
        images=frozenset({"logo", "thumbnail"}), most={"headerFields": 3, "primaryFields": 1, _SHARED_ROW: 8}
    ),
    "eventTicket": Style(
        images=frozenset(
            {"logo", "strip", "thumbnail", "background", "artwork", "primaryLogo", "secondaryLogo", "venueMap"}
        ),
        most={"headerFields": 3, "primaryFields": 1, "secondaryFields": 4, "auxiliaryFields": 8},
        groups=(
            "headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields", "additionalInfoFields",
        ),
    ),
    "boardingPass": Style(
        images=frozenset({"logo", "footer", "primaryLogo"}),
        most={"headerFields": 3, "primaryFields": 2, "secondaryFields": 4, "auxiliaryFields": 5},
    ),
    "posterGeneric": Style(
        images=frozenset({"artwork", "primaryLogo"}),
        most={"headerFields": 1, "primaryFields": 4, "footerFields": 2},
        groups=("headerFields", "primaryFields", "footerFields", "backFields", "additionalInfoFields"),
    ),
}  # fmt: skip
NEWEST_STYLE: Final = "posterGeneric"  # iOS 27; older systems refuse a pass that has no other style beside it.
GROUPING_STYLES: Final = frozenset({"boardingPass", "eventTicket"})
TRANSIT_TYPES: Final = frozenset(f"PKTransitType{name}" for name in ("Air", "Boat", "Bus", "Generic", "Train"))

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
