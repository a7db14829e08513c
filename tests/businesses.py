"""The businesses beside the two stamp cards: therapy studio (5.4), mobile massage (5.3), gift vouchers (5.6)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import Earn, Gift, Membership, Points, Referral, Tier

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOSCOW = ZoneInfo("Europe/Moscow")


def beijing(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def moscow(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=MOSCOW)


CATALOGUE = tuple(
    wc.Reward(id=name, title=title, points=points)
    for name, title, points in (
        ("coupon-10", "10元优惠券", 100),
        ("foot-bath", "足浴包", 200),
        ("head-massage", "头部按摩", 300),
        ("coupon-50", "50元优惠券", 500),
        ("pillow", "保健枕", 600),
        ("lumbar", "腰部理疗", 800),
    )
)


def studio(**changes: Any) -> wc.Program:
    points = {
        "earn": (
            Earn(metric="item:acupuncture", points=200, valid_months=12),
            Earn(metric="item:moxibustion", points=100, valid_months=12),
            Earn(metric="item:moxibustion-pack10", points=1000, bonus_percent=20, valid_months=12),
        ),
        "catalogue": CATALOGUE,
        **changes.pop("points", {}),
    }
    values: dict[str, Any] = {
        "id": "hean",
        "name": "和安理疗馆",
        "issuer": "和安理疗馆",
        "locale": "zh-Hans",
        "zone": "Asia/Shanghai",
        "points": Points(**points),
        "referral": Referral(referrer=200, newcomer=100, valid_months=12),
        "design": wc.Design(background="#1F4E4A", icon="leaf", logo_url="https://example.com/hean.png"),
        **changes,
    }
    return wc.Program(**values)


def chen(program: wc.Program, **joined: Any) -> wc.Card:
    return wc.join(program, id="HA-2M7T5C", member="陈静", at=beijing(1, 5), **joined)


def massage(**changes: Any) -> wc.Program:
    values: dict[str, Any] = {
        "id": "quiet-hour",
        "name": "Тихий час",
        "issuer": "Тихий час",
        "locale": "ru",
        "zone": "Europe/Moscow",
        "points": Points(
            earn=(
                Earn(metric="amount", per=10_000, points=1, valid_months=12),
                Earn(metric="pass_price", per=100, percent=10, valid_months=12),
            )
        ),
        "tiers": (
            Tier(id="base", name="База", min_sessions=0, background="#34495E"),
            Tier(id="silver", name="Серебро", min_sessions=5, discount=10, background="#55606B"),
            Tier(
                id="gold",
                name="Золото",
                min_sessions=15,
                discount=15,
                background="#6E5200",
                to_label="До золота",
                monthly=wc.Reward(id="half-hour", kind="minutes", value=30, title="30 минут массажа"),
            ),
            Tier(id="platinum", name="Платина", min_sessions=31, discount=20, background="#1D1F2B"),
        ),
        "welcome": wc.Reward(id="welcome", kind="percent", value=5, title="Скидка 5 %", valid_days=60),
        "referral": Referral(referrer=500, newcomer=500, cap_per_month=10, valid_days=60),
        "membership": Membership(title="Годовой абонемент", months=12, discount=10),
        "design": wc.Design(background="#34495E", icon="leaf", logo_url="https://example.com/quiet.png"),
        **changes,
    }
    return wc.Program(**values)


def anna(program: wc.Program, **joined: Any) -> wc.Card:
    return wc.join(program, id="TC-9W4H6R", member="Анна К.", at=moscow(3, 1), **joined)


def sessions(count: int, *, first: int = 1, month: int = 4, amount: int | None = None) -> list[wc.Event]:
    """So many visits, a day apart, from the first of a month on."""
    made = []
    for number in range(first, first + count):
        later, day = divmod(number - 1, 28)
        moment = moscow(month + later, day + 1)
        made.append(wc.Event.visit(id=f"s{number}", at=moment, amount=amount))
    return made


def gifts(**changes: Any) -> wc.Program:
    values: dict[str, Any] = {
        "id": "still-waters-gift",
        "name": "Still Waters Gift",
        "issuer": "Still Waters",
        "locale": "en-GB",
        "zone": "Europe/London",
        "gift": Gift(title="Gift voucher", currency="GBP", valid_months=12),
        "design": wc.Design(background="#4A2545", icon="gift"),
        **changes,
    }
    return wc.Program(**values)
