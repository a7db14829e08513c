"""Hand-written documents of every style and type: a pass.json, and a class with its object, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any, Final

from PIL import Image

from walletcard.model import Picture
from walletcard.preview._documents import Half, Moment

CODE: Final = "TICKET-4711"
_HERO: Final = "https://example.com/hero.png"
_LOGO: Final = {"sourceUri": {"uri": "https://example.com/logo.png"}}


def said(value: str) -> dict[str, Any]:
    """Return a text as Google localises it."""
    return {"defaultValue": {"language": "en-GB", "value": value}}


def field(key: str, label: str, value: str | float, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value, **more}


def pass_json(style: str, groups: Mapping[str, Any], *, form: str = "QR", **more: Any) -> dict[str, Any]:
    code = {"format": f"PKBarcodeFormat{form}", "message": CODE, "messageEncoding": "utf-8", "altText": CODE}
    names = {"description": f"Sample {style}", "organizationName": "Still Waters", "logoText": "Still Waters"}
    colours = {"backgroundColor": "#23404A", "foregroundColor": "#FFFFFF", "labelColor": "#CFE3E8"}
    return {"formatVersion": 1, **names, **colours, "barcodes": [code], style: dict(groups), **more}


APPLE: Final[dict[str, dict[str, Any]]] = {
    "storeCard": pass_json("storeCard", {
        "headerFields": [field("points", "POINTS", 1280)],
        "primaryFields": [field("balance", "BALANCE", "£60.00", changeMessage="Balance: %@")],
        "secondaryFields": [field("member", "MEMBER", "Priya S."), field("tier", "LEVEL", "Gold")],
        "backFields": [field("terms", "Terms", "No cash value.")],
    }),
    "coupon": pass_json("coupon", {
        "primaryFields": [field("offer", "Off any massage", "20%")],
        "secondaryFields": [field("until", "VALID UNTIL", "2026-12-31T18:00Z", dateStyle="PKDateStyleMedium")],
        "auxiliaryFields": [field("code", "CODE", "SPRING-20")],
        "backFields": [field("terms", "Terms", "One per person.", attributedValue="<a href='x'>One</a> per person.")],
    }),
    "generic": pass_json("generic", {
        "headerFields": [field("since", "SINCE", "2019")],
        "primaryFields": [field("name", "MEMBER", "Priya Subramaniam")],
        "secondaryFields": [field("level", "LEVEL", "Gold"), field("number", "NUMBER", "0042")],
        "auxiliaryFields": [field("visits", "VISITS", 17)],
        "backFields": [field("call", "Call us", "01225 555 0179")],
    }),
    "eventTicket": pass_json("eventTicket", {
        "headerFields": [field("gate", "GATE", "B")],
        "primaryFields": [field("event", "EVENT", "An Evening of Quiet")],
        "secondaryFields": [field("where", "WHERE", "Mill Lane Hall, Bath"), field("when", "WHEN", "21 Nov, 19:30")],
        "auxiliaryFields": [
            field("row", "ROW", "F"), field("seat", "SEAT", "12"), field("doors", "DOORS", "19:00", row=1),
        ],
        "backFields": [field("terms", "Terms", "No late entry.")],
    }, form="PDF417"),
    "boardingPass": pass_json("boardingPass", {
        "transitType": "PKTransitTypeTrain",
        "headerFields": [field("track", "TRACK", "7")],
        "primaryFields": [field("from", "Zürich HB", "ZRH"), field("to", "Milano Centrale", "MIL")],
        "auxiliaryFields": [field("leaves", "LEAVES", "09:10"), field("car", "CAR", "4"), field("seat", "SEAT", "31")],
        "secondaryFields": [field("who", "PASSENGER", "Priya Subramaniam")],
        "backFields": [field("rules", "Rules", "This train only.")],
    }, form="Aztec"),
}  # fmt: skip

_CLASS: Final[dict[str, Any]] = {
    "id": "3388000000000000000.sample",
    "issuerName": "Still Waters",
    "hexBackgroundColor": "#23404A",
    "reviewStatus": "UNDER_REVIEW",
}
_OBJECT: Final[dict[str, Any]] = {
    "id": "3388000000000000000.sample.one",
    "classId": _CLASS["id"],
    "state": "ACTIVE",
    "barcode": {"type": "QR_CODE", "value": CODE, "alternateText": CODE},
    "heroImage": {"sourceUri": {"uri": _HERO}, "contentDescription": said("A quiet room")},
    "textModulesData": [{"id": "terms", "header": "Terms", "body": "No cash value."}],
}
_MONEY: Final = {"micros": "60000000", "currencyCode": "GBP"}
_SEATS: Final = {"gate": said("B"), "row": said("F"), "seat": said("12")}

GOOGLE: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "loyalty": {
        "class": {**_CLASS, "programName": "Quiet Club", "programLogo": _LOGO, "rewardsTier": "Gold"},
        "object": {**_OBJECT, "accountId": "0042", "loyaltyPoints": {"label": "Points", "balance": {"int": 1280}}},
    },
    "giftCard": {
        "class": {**_CLASS, "merchantName": "Still Waters Spa", "programLogo": _LOGO, "allowBarcodeRedemption": True},
        "object": {**_OBJECT, "cardNumber": "6006 4711", "pin": "9021", "balance": _MONEY},
    },
    "offer": {
        "class": {
            **_CLASS,
            "title": "20% off any massage",
            "provider": "Still Waters",
            "redemptionChannel": "INSTORE",
            "titleImage": _LOGO,
            "finePrint": "One per person.",
        },
        "object": {**_OBJECT, "validTimeInterval": {"end": {"date": "2026-12-31T18:00:00Z"}}},
    },
    "generic": {
        "class": {"id": _CLASS["id"]},
        "object": {
            **_OBJECT,
            "cardTitle": said("Still Waters"),
            "header": said("Priya Subramaniam"),
            "subheader": said("Member"),
            "logo": _LOGO,
            "hexBackgroundColor": "#4A2545",
        },
    },
    "eventTicket": {
        "class": {
            **_CLASS,
            "eventName": said("An Evening of Quiet"),
            "venue": {"name": said("Mill Lane Hall"), "address": said("12 Mill Lane\nBath")},
            "dateTime": {"start": "2026-11-21T19:30:00", "doorsOpen": "2026-11-21T19:00:00"},
            "logo": _LOGO,
        },
        "object": {
            **_OBJECT,
            "seatInfo": _SEATS,
            "ticketHolderName": "Priya Subramaniam",
            "reservationInfo": {"confirmationCode": "Q7H2"},
            "faceValue": _MONEY,
        },
    },
}
PAIRS: Final = {
    "storeCard": "giftCard", "coupon": "offer", "generic": "generic", "eventTicket": "eventTicket",
    "boardingPass": "loyalty",
}  # fmt: skip
"""Which of Google's types stands beside which of Apple's styles."""


@cache
def picture(width: int, height: int) -> Picture:
    """Return a picture of a size: a ramp from dark to less dark, so that a wrong cut would be seen."""
    ramp = Image.linear_gradient("L").rotate(90).point(lambda value: value // 3).resize((width, height))
    file = BytesIO()
    Image.merge("RGB", (ramp, ramp, ramp.point(lambda value: value + 40))).save(file, "PNG")
    return Picture(file.getvalue())


PICTURES: Final[dict[str, tuple[str, int, int]]] = {
    "coupon": ("strip@2x.png", 750, 288),
    "generic": ("thumbnail@2x.png", 180, 180),
    "eventTicket": ("background@2x.png", 343, 503),
    "boardingPass": ("footer@2x.png", 572, 30),
}


def moment(style: str) -> Moment:
    """Return one kind of card as both wallets would get it."""
    pictures = {name: picture(width, height) for name, width, height in [PICTURES[style]]} if style in PICTURES else {}
    return Moment(
        lang="en-GB",
        direction="ltr",
        apple=Half(documents={"pass.json": APPLE[style]}, pictures=pictures),
        google=Half(documents=GOOGLE[PAIRS[style]], pictures={_HERO: picture(1032, 336)}),
    )
