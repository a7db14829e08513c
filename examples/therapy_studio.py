"""A therapy studio: points by treatment, a catalogue, points that end, and a mistake put right.

python examples/therapy_studio.py
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import Earn, Points, Referral

SHANGHAI = ZoneInfo("Asia/Shanghai")
PRICES = (
    ("coupon-10", "10元优惠券", 100, 90),
    ("foot-bath", "足浴包", 200, None),
    ("head-massage", "头部按摩", 300, None),
    ("coupon-50", "50元优惠券", 500, 90),
    ("pillow", "保健枕", 600, None),
    ("lumbar", "腰部理疗", 800, None),
)  # fmt: skip


def hean() -> wc.Program:
    """Return the programme: 200 and 100 points by treatment, 20 % more on a course of ten, a year's life."""
    return wc.Program(
        id="hean", name="和安理疗馆", issuer="和安理疗馆", locale="zh-Hans", zone="Asia/Shanghai",
        points=Points(
            earn=(
                Earn(metric="item:acupuncture", points=200, valid_months=12),
                Earn(metric="item:moxibustion", points=100, valid_months=12),
                Earn(metric="item:moxibustion-pack10", points=1000, bonus_percent=20, valid_months=12),
            ),
            catalogue=tuple(
                wc.Reward(id=name, title=title, points=points, valid_days=days) for name, title, points, days in PRICES
            ),
        ),
        referral=Referral(referrer=200, newcomer=100, valid_months=12),
        design=wc.Design(background="#1F4E4A", icon="leaf", logo_url="https://example.com/hean.png"),
    )  # fmt: skip


def main() -> None:
    """Follow Chen Jing from a course of ten to the day when what is left of its points ends."""
    club = hean()

    def at(month: int, day: int, year: int = 2026) -> datetime:
        return datetime(year, month, day, 10, tzinfo=SHANGHAI)

    card = wc.join(club, id="HA-2M7T5C", member="陈静", at=at(1, 5))
    story = [
        ("a course of ten: 1000 + 20 %", wc.Event.visit(id="course", at=at(2, 10), items=("moxibustion-pack10",))),
        ("lumbar therapy for 800", wc.Event.redeem(id="lumbar", at=at(3, 1), reward="lumbar")),
        ("60 for coming to a lecture", wc.Event.grant(id="lecture", at=at(5, 16), points=60, reason="lecture")),
        ("acupuncture", wc.Event.visit(id="needles", at=at(6, 1), items=("acupuncture",))),
        ("a coupon, the oldest points first", wc.Event.redeem(id="coupon", at=at(6, 2), reward="coupon-50")),
        ("the wrong coupon: taken back", wc.Event.reverse(id="oops", at=at(6, 2), event="coupon")),
        ("the right one", wc.Event.redeem(id="right", at=at(6, 2), reward="coupon-10")),
        ("too dear", wc.Event.redeem(id="dear", at=at(6, 3), reward="lumbar")),
        ("a month more for what ends first", wc.Event.extend(id="more", at=at(1, 20, 2027), until=date(2027, 3, 10))),
    ]
    for what, event in story:
        card, outcome = wc.apply(club, card, event)
        print(f"{event.at:%Y-%m-%d}  {what:34} {outcome.text}")
    for when in (at(3, 10, 2027), at(3, 11, 2027)):
        card, outcome = wc.settle(club, card, at=when)
        print(f"{when:%Y-%m-%d}  {'the end of the day before':34} {outcome.text}")
    left = [f"{lot.left} until {lot.expires}" for lot in card.lots if lot.usable_on(date(2027, 3, 11))]
    print(f"Left: {', '.join(left)}.")


if __name__ == "__main__":
    main()
