"""The two stamp cards that the tests are about: the café (acceptance card 5.1) and the spa (5.2)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import BackText, Milestone, Unit

LONDON = ZoneInfo("Europe/London")
JERUSALEM = ZoneInfo("Asia/Jerusalem")


def at(hour: int, minute: int = 0, *, day: int = 21, zone: ZoneInfo = LONDON) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)


COFFEE = wc.Reward(id="coffee", title="Free coffee", in_sentence="for a free coffee", valid_days=60)
COFFEES = Unit(label="Stamps", left={"one": "{n} coffee", "other": "{n} coffees"})


def cafe(*, stamps: dict[str, Any] | None = None, **changes: Any) -> wc.Program:
    rule: dict[str, Any] = {"goal": 9, "reward": COFFEE, "reward_cell": True, "unit": COFFEES, **(stamps or {})}
    values: dict[str, Any] = {
        "id": "copper-kettle",
        "name": "Copper Kettle Coffee",
        "issuer": "Copper Kettle",
        "locale": "en-GB",
        "zone": "Europe/London",
        "stamps": wc.Stamps(**rule),
        "limits": wc.Limits(min_interval_minutes=10, max_per_day=4),
        "rule_text": "Buy 9 coffees and the 10th is on us.",
        "design": wc.Design(
            background="#3B2418",
            foreground="#FFF6E9",
            label="#E2B98B",
            disc="#F2C179",
            glyph="#3B2418",
            ring="#A98467",
            mark="#FFF6E9",
            icon="cup",
            logo_url="https://example.com/kettle.png",
        ),
        "back": (
            BackText("How it works", "{rule} Show this card when you pay."),
            BackText(
                "Terms",
                "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days.",
            ),
            BackText("Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16."),
        ),
        "words": {"one_left": "One coffee to go, then the next is on us."},
        **changes,
    }
    return wc.Program(**values)


def free_cafe(**changes: Any) -> wc.Program:
    """The café without limits, where a test is not about them."""
    return cafe(limits=wc.Limits(), **changes)


def spa(**changes: Any) -> wc.Program:
    values: dict[str, Any] = {
        "id": "lotus",
        "name": "לוטוס ספא",
        "issuer": "לוטוס ספא",
        "locale": "he",
        "zone": "Asia/Jerusalem",
        "stamps": wc.Stamps(
            goal=6,
            reward=wc.Reward(
                id="upgrade75",
                kind="upgrade",
                title="שדרוג ל־75 דקות",
                in_sentence="לשדרוג ל־75 דקות",
                valid_days=90,
            ),
            milestones=(
                Milestone(at=3, reward=wc.Reward(id="aroma", kind="addon", title="תוספת ארומתרפיה", valid_days=90)),
            ),
            unit="visits",
        ),
        "limits": wc.Limits(max_per_day=1),
        "rule_text": "בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות.",
        "design": wc.Design(
            background="#F4EFE6",
            foreground="#2E3B33",
            label="#56665B",
            disc="#4F7A63",
            glyph="#FFFFFF",
            ring="#78887D",
            mark="#A8632B",
            icon="leaf",
            logo_url="https://example.com/lotus.png",
        ),
        "back": (
            BackText("איך זה עובד", "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. {rule}"),
            BackText("תנאים", "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים."),
            BackText("יצירת קשר", "רחוב הגפן 8, זכרון יעקב. טלפון 04-555-0142"),
        ),
        "words": {"one_left": "עוד ביקור אחד והשדרוג שלך מוכן."},
        **changes,
    }
    return wc.Program(**values)


def priya(program: wc.Program, stamps: int = 0) -> wc.Card:
    """A member of the café with some stamps, moved over from a paper card."""
    card = wc.join(program, id="CK-7F3A29", member="Priya S.", at=at(8))
    if stamps:
        card, _ = wc.apply(program, card, wc.Event.grant(id="paper", at=at(8), stamps=stamps))
    return card


def noa(program: wc.Program, visits: int = 4) -> wc.Card:
    """A member of the spa after some visits on different days, the milestone's reward redeemed."""
    card = wc.join(program, id="LS-4K8P2M", member="נועה לוי", at=at(8, day=1, zone=JERUSALEM))
    for visit in range(1, visits + 1):
        moment = at(9, day=visit, zone=JERUSALEM)
        card, _ = wc.apply(program, card, wc.Event.visit(id=f"visit-{visit}", at=moment))
    if visits >= 3:
        card, _ = wc.apply(program, card, wc.Event.redeem(id="use-aroma", at=at(10, day=visits, zone=JERUSALEM)))
    return card


def run(program: wc.Program, card: wc.Card, *events: wc.Event) -> tuple[wc.Card, wc.Outcome]:
    """Apply events one by one; the last outcome comes back."""
    for event in events:
        card, outcome = wc.apply(program, card, event)
    return card, outcome
