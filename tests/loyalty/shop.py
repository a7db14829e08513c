"""A shop in English whose rules are put together as a test needs them, and its member Ida."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import Earn, Membership, Points, Tier

LONDON = ZoneInfo("Europe/London")
LEVELS = (
    Tier(id="base", name="Base", min_sessions=0),
    Tier(id="silver", name="Silver", min_sessions=2, discount=10, background="#55606B", benefits=("Tea", "Late hours")),
    Tier(id="gold", name="Gold", min_sessions=5, discount=15, background="#6E5200"),
)
SPENDING = (
    Tier(id="base", name="Base", min_spend=0),
    Tier(id="silver", name="Silver", min_spend=50_000),
    Tier(id="gold", name="Gold", min_spend=120_000),
)
POINTS = Points(
    earn=(Earn(metric="amount", per=100, points=1, valid_months=12),),
    catalogue=(wc.Reward(id="cake", title="Cake", points=100), wc.Reward(id="oil", title="Oil", points=300)),
)
PASS = Membership(title="Annual pass", months=12, discount=20, benefits=("Sauna", "Towels"))
TEN = wc.Reward(id="ten", title="Ten washes", uses=10)


def on(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def shop(**rules: Any) -> wc.Program:
    values: dict[str, Any] = {
        "id": "mill-lane",
        "name": "Mill Lane",
        "issuer": "Mill",
        "locale": "en-GB",
        "zone": "Europe/London",
        "design": wc.Design(background="#34495E", icon="leaf"),
        **rules,
    }
    return wc.Program(**values)


def ida(program: wc.Program, *events: wc.Event, **joined: Any) -> wc.Card:
    card = wc.join(program, **{"id": "M1", "member": "Ida", "at": on(1, 5), **joined})
    return wc.replay(program, card, events)


def paid(amount: int, name: str = "paid", month: int = 2, day: int = 1) -> wc.Event:
    return wc.Event.visit(id=name, at=on(month, day), amount=amount)


def visits(count: int) -> list[wc.Event]:
    return [wc.Event.visit(id=f"v{day}", at=on(2, day)) for day in range(1, count + 1)]


def lines(face: wc.Face) -> list[tuple[str, str, str, str]]:
    """Return every field as a reader sees it: where, its key, label and value."""
    return [(one.slot, one.key, one.front_label or one.label, one.value) for one in face.fields]


def bar(face: wc.Face) -> tuple[str, int, int, int]:
    strip = face.strip
    assert strip is not None
    return strip.mode, strip.start, strip.value, strip.end


def changes(face: wc.Face) -> dict[str, str]:
    return {field.key: field.change for field in face.fields if field.change is not None}
