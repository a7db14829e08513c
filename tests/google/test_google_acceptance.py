"""Acceptance cards 5.1 and 5.2 on Google, all the way from the events: every shown string, exactly."""

from typing import Any

import pytest
from tests.cards import JERUSALEM, at, cafe, noa, priya, spa

import walletcard as wc
from walletcard import google, render

ISSUER = "3388000000012345678"


def host(picture: wc.Picture) -> str:
    return f"https://example.com/{picture.key}.png"


def made(face: wc.Face) -> google.Resources:
    return google.resources(face, issuer_id=ISSUER, pictures=render.pictures(face, wallet="google"), host=host)


def texts(document: Any) -> set[str]:
    """Every string of a document, wherever it stands."""
    if isinstance(document, str):
        return {document}
    entries = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return set().union(*(texts(entry) for entry in entries)) if entries else set()


def test_the_cafe_on_google_is_acceptance_card_5_1() -> None:
    club = cafe()
    resources = made(wc.face(club, priya(club, 6), at=at(10)))
    class_, card = resources.class_, resources.object

    assert (class_["programName"], class_["issuerName"]) == ("Copper Kettle Coffee", "Copper Kettle")
    assert card["loyaltyPoints"] == {"label": "Stamps", "balance": {"string": "6 of 9"}}
    assert card["secondaryLoyaltyPoints"] == {"label": "Rewards", "balance": {"int": 0}}
    assert (card["accountName"], card["accountId"]) == ("Priya S.", "CK-7F3A29")
    assert card["barcode"]["alternateText"] == "CK-7F3A29"
    assert card["heroImage"]["contentDescription"]["defaultValue"] == {
        "language": "en-GB",
        "value": "Stamp card: 6 of 9 stamps. 3 coffees to go for a free coffee.",
    }
    assert texts(class_) | texts(card) >= {
        "Next reward", "Free coffee", "To go", "3 coffees", "Member",
        "How it works", "Buy 9 coffees and the 10th is on us. Show this card when you pay.",
        "Rewards ready", "None yet", "Terms", "Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16.",
        "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days.",
    }  # fmt: skip


def test_the_spa_on_google_is_acceptance_card_5_2() -> None:
    club = spa()
    resources = made(wc.face(club, noa(club, 4), at=at(10, zone=JERUSALEM)))
    class_, card = resources.class_, resources.object

    assert (class_["programName"], class_["issuerName"]) == ("לוטוס ספא", "לוטוס ספא")
    assert card["loyaltyPoints"] == {"label": "ביקורים", "balance": {"string": "4/6"}}
    assert card["secondaryLoyaltyPoints"] == {"label": "הטבות", "balance": {"int": 0}}
    assert (card["accountName"], card["accountId"]) == ("נועה לוי", "LS-4K8P2M")
    assert card["heroImage"]["contentDescription"]["defaultValue"] == {
        "language": "he",
        "value": "כרטיס חותמות: 4 מתוך 6. עוד שני ביקורים לשדרוג ל־75 דקות.",
    }
    assert texts(class_) | texts(card) >= {
        "4 מתוך 6", "ההטבה הבאה", "שדרוג ל־75 דקות", "נותרו", "עוד שני ביקורים", "שם", "איך זה עובד",
        "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. "
        "בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות.",
        "הטבות מוכנות", "אין כרגע", "תנאים", "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים.",
        "יצירת קשר", "רחוב הגפן 8, זכרון יעקב. טלפון 04-555-0142",
    }  # fmt: skip


@pytest.mark.parametrize("stamps", range(9))
def test_every_state_of_the_card_is_clean(stamps: int) -> None:
    club = cafe()
    face = wc.face(club, priya(club, stamps), at=at(10))

    assert google.check(face, issuer_id=ISSUER, host=host) == ()


def test_a_reward_waiting_shows_on_google_too() -> None:
    club = cafe()
    card, _ = wc.apply(club, priya(club, 8), wc.Event.visit(id="till-1", at=at(10)))

    shown = made(wc.face(club, card, at=at(11))).object

    assert shown["loyaltyPoints"]["balance"] == {"string": "9 of 9"}
    assert shown["secondaryLoyaltyPoints"]["balance"] == {"int": 1}
    assert {"Ready", "Free coffee"} <= texts(shown)
