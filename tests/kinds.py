"""One card of each kind that is made by hand, in several languages."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from walletcard.model import Design, Face, Field, Link, Money, Occasion, Place

LONDON = ZoneInfo("Europe/London")
JERUSALEM = ZoneInfo("Asia/Jerusalem")
LOGO = "https://example.com/logo.png"
BATH = Place(latitude=51.3781, longitude=-2.3597, text="Your voucher is waiting.")
BOOK = Link("Book", "https://example.com/book")
CALL = Link("Call us", "tel:+441225550179")


def gift(**changes: Any) -> Face:
    values: dict[str, Any] = {
        "id": "SW-8H2K4V",
        "issuer": "Still Waters",
        "title": "Gift voucher",
        "description": "Still Waters gift voucher",
        "locale": "en-GB",
        "design": Design(background="#4A2545", icon="gift", logo_url=LOGO),
        "balance": Money(6000, "GBP"),
        "fields": (Field.front("for", "For", "Emma"), Field.back("message", "Message", "Happy birthday, Emma.")),
        "expires": datetime(2027, 11, 22, tzinfo=LONDON),
        "links": (BOOK, CALL),
        "places": (BATH,),
        **changes,
    }
    return Face.gift(**values)


def offer(**changes: Any) -> Face:
    values: dict[str, Any] = {
        "id": "WIN-0042",
        "issuer": "Still Waters",
        "title": "Winter offer",
        "description": "20 % off any massage at Still Waters",
        "locale": "en-GB",
        "design": Design(background="#123C3A", icon="leaf", logo_url=LOGO),
        "program": "winter-2026",
        "value": "20 % off",
        "member": "Priya S.",
        "fields": (Field.back("terms", "Terms", "Any massage of an hour or more. One voucher a visit."),),
        "expires": datetime(2027, 2, 1, tzinfo=LONDON),
        "links": (BOOK,),
        "places": (BATH,),
        **changes,
    }
    return Face.offer(**values)


def generic(**changes: Any) -> Face:
    values: dict[str, Any] = {
        "id": "AP-77K2",
        "issuer": "Тихий час",
        "title": "Годовой абонемент",
        "description": "Абонемент «Тихий час»",
        "locale": "ru",
        "design": Design(background="#34495E", icon="hands", logo_url=LOGO),
        "value": "Золото",
        "member": "Анна К.",
        "expires": datetime(2027, 3, 16, tzinfo=ZoneInfo("Europe/Moscow")),
        **changes,
    }
    return Face.generic(**values)


def event(**changes: Any) -> Face:
    values: dict[str, Any] = {
        "id": "WS-118",
        "issuer": "לוטוס ספא",
        "title": "סדנת עיסוי לזוגות",
        "description": "כרטיס לסדנת עיסוי לזוגות",
        "locale": "he",
        "design": Design(background="#F4EFE6", icon="leaf", logo_url=LOGO),
        "program": "couples-2027-01",
        "occasion": Occasion(
            starts=datetime(2027, 1, 14, 19, 30, tzinfo=JERUSALEM),
            ends=datetime(2027, 1, 14, 22, tzinfo=JERUSALEM),
            doors=datetime(2027, 1, 14, 19, tzinfo=JERUSALEM),
            venue="לוטוס ספא",
            address="רחוב הגפן 12\nחיפה",
        ),
        "member": "נועה לוי",
        **changes,
    }
    return Face.event(**values)


KINDS = {"gift": gift, "offer": offer, "generic": generic, "event": event}
