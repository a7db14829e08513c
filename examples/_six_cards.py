"""Six members of six businesses in five languages, as they stand on 21 November 2026 at ten o'clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import spa_hebrew
import stamp_card

import walletcard as wc
from walletcard.model import BackText, Earn, Gift, Membership, Points, Referral, Tier, Unit

LOGO = "https://example.com/logo.png"


class Member(NamedTuple):
    """One card of the gallery: its name, its programme, and its state at a moment."""

    name: str
    program: wc.Program
    card: wc.Card
    at: datetime


def members() -> Iterator[Member]:
    """Yield the six."""
    for name, program, card in (cafe(), spa(), massage(), therapy(), carwash(), gift()):
        yield Member(name, program, card, datetime(2026, 11, 21, 10, tzinfo=program.tz))


def at(program: wc.Program, month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    """Return a moment in a programme's zone."""
    return datetime(year, month, day, hour, tzinfo=program.tz)


def cafe() -> tuple[str, wc.Program, wc.Card]:
    """English: a stamp card, 9 + 1."""
    club = stamp_card.copper_kettle(LOGO)
    card = wc.join(club, id="CK-7F3A29", member="Priya S.", at=at(club, 11, 1))
    visits = [wc.Event.visit(id=f"till-{day}", at=at(club, 11, day)) for day in range(2, 8)]
    return "cafe-en", club, wc.replay(club, card, visits)


def spa() -> tuple[str, wc.Program, wc.Card]:
    """Hebrew: a stamp card from the right, with a reward on the way."""
    club = spa_hebrew.lotus(LOGO)
    card = wc.join(club, id="LS-4K8P2M", member="נועה לוי", at=at(club, 8, 2))
    visits = [wc.Event.visit(id=f"visit-{month}", at=at(club, month, 2)) for month in (8, 9, 10, 11)]
    oil = wc.Event.redeem(id="oil", at=at(club, 10, 2, 11), reward="aroma")
    return "spa-he", club, wc.replay(club, card, [*visits[:3], oil, visits[3]])


def massage() -> tuple[str, wc.Program, wc.Card]:
    """Russian: points, levels, an annual pass and a friend."""
    half_hour = wc.Reward(id="half-hour", kind="minutes", value=30, title="30 минут массажа в подарок")
    club = wc.Program(
        id="quiet-hour", name="Тихий час", issuer="Тихий час", locale="ru", zone="Europe/Moscow", currency="RUB",
        points=Points(earn=(
            Earn(metric="amount", per=10_000, points=1, valid_months=12),
            Earn(metric="pass_price", per=100, percent=10, valid_months=12),
        )),
        tiers=(
            Tier(id="base", name="База", min_sessions=0, background="#34495E"),
            Tier(id="silver", name="Серебро", min_sessions=5, discount=10, background="#55606B"),
            Tier(id="gold", name="Золото", min_sessions=15, discount=15, background="#6E5200", to_label="До золота",
                 monthly=half_hour),
            Tier(id="platinum", name="Платина", min_sessions=31, discount=20, background="#1D1F2B"),
        ),
        welcome=wc.Reward(id="welcome", kind="percent", value=5, title="Скидка 5 %", valid_days=60),
        referral=Referral(referrer=500, newcomer=500, cap_per_month=10, valid_days=60),
        membership=Membership(title="Годовой абонемент", months=12),
        design=wc.Design(
            background="#55606B", foreground="#FFFFFF", label="#E3E8EC", disc="#E3E8EC", glyph="#55606B",
            ring="#B9C3CC", mark="#FFFFFF", icon="leaf", logo_url=LOGO,
        ),
        rule_text="Баллы за каждый сеанс, скидка растёт с уровнем.",
        back=(
            BackText("Уровни", "База 0, Серебро 5 сеансов (10 %), Золото 15 (15 % и 30 минут массажа в подарок раз в "
                     "месяц), Платина 31 (20 %)."),
            BackText("Баллы", "Действуют 12 месяцев, реферальные 60 дней. Первыми списываются те, что раньше сгорают. "
                     "{expiring}."),
            BackText("Абонемент", "Годовой, до {membership_to}. Кэшбэк 10 % баллами."),
            BackText("Пригласите друга", "Код {referral_code}. По 500 баллов вам и другу после его первого "
                     "оплаченного сеанса. Не более 10 друзей в месяц. При отмене этого сеанса бонус аннулируется."),
            BackText("Условия", "Скидки не суммируются с другими акциями. Исключения: премиум-услуги и праздничные "
                     "предложения."),
        ),
    )  # fmt: skip
    card = wc.join(club, id="TC-9W4H6R", member="Анна К.", referral_code="ANNA7Q2K", at=at(club, 3, 1))
    bought = [
        wc.Event.renew(id="pass-2026", at=at(club, 3, 15)),
        wc.Event.earn(id="pass-price", at=at(club, 3, 15), metric="pass_price", quantity=3_600_000),
    ]
    sessions = [wc.Event.visit(id=f"session-{n}", at=at(club, 4 + n // 2, 1 + 14 * (n % 2))) for n in range(12)]
    spent = wc.Event.redeem(id="oils", at=at(club, 10, 20), points=2_820)
    friend = wc.Event.refer(id="friend-1", at=at(club, 11, 10), friend="TC-2B5N8K", event="first")
    return "massage-ru", club, wc.replay(club, card, [*bought, *sessions, spent, friend])


def therapy() -> tuple[str, wc.Program, wc.Card]:
    """Chinese: points by treatment, with a catalogue and an end."""
    prices = (
        ("coupon-10", "10元优惠券", 100), ("foot-bath", "足浴包", 200), ("head-massage", "头部按摩", 300),
        ("coupon-50", "50元优惠券", 500), ("pillow", "保健枕", 600), ("lumbar", "腰部理疗", 800),
    )  # fmt: skip
    club = wc.Program(
        id="hean", name="和安理疗馆", issuer="和安理疗馆", locale="zh-Hans", zone="Asia/Shanghai",
        points=Points(
            earn=(
                Earn(metric="item:acupuncture", points=200, valid_months=12),
                Earn(metric="item:moxibustion", points=100, valid_months=12),
                Earn(metric="item:moxibustion-pack10", points=1000, bonus_percent=20, valid_months=12),
            ),
            catalogue=tuple(wc.Reward(id=name, title=title, points=points) for name, title, points in prices),
        ),
        referral=Referral(referrer=200, newcomer=100, valid_months=12),
        design=wc.Design(
            background="#1F4E4A", foreground="#FFFFFF", label="#BFE3D9", disc="#F0C66B", glyph="#1F4E4A",
            ring="#86B5AB", mark="#FFFFFF", icon="leaf", logo_url=LOGO,
        ),
        rule_text="每次理疗积分,积分可换项目、优惠券和礼品。",
        back=(
            BackText("积分规则", "高端针灸推拿套餐200分,普通艾灸100分;一次购买10次疗程,额外赠送20%。"
                     "推荐新会员入会并消费:您得200分,好友得100分。"),
            BackText("兑换目录", "{catalogue}。"),
            BackText("有效期", "积分自获得之日起12个月有效,先到期先使用,到期前一个月提醒。最早到期:{next_expiry}。"),
            BackText("联系我们", "成都市青羊区文庙街16号,电话 028-5550-0136"),
        ),
    )  # fmt: skip
    card = wc.join(club, id="HA-2M7T5C", member="陈静", at=at(club, 1, 5))
    year = [
        wc.Event.visit(id="pack", at=at(club, 2, 10), items=("moxibustion-pack10",)),
        wc.Event.redeem(id="lumbar", at=at(club, 3, 6), reward="lumbar"),
        wc.Event.grant(id="lecture", at=at(club, 5, 16), points=60, reason="evening lecture"),
        wc.Event.visit(id="moxibustion", at=at(club, 11, 8), items=("moxibustion",)),
    ]
    return "therapy-zh", club, wc.replay(club, card, year)


def carwash() -> tuple[str, wc.Program, wc.Card]:
    """Persian: every fifth wash is free; from the right, in Persian digits."""
    washes = {"one": "{n} شست‌وشو", "other": "{n} شست‌وشو"}
    club = wc.Program(
        id="baran", name="کارواش باران", issuer="کارواش باران", locale="fa", zone="Asia/Dubai",
        stamps=wc.Stamps(
            goal=4, reward_cell=True, unit=Unit(label="شست‌وشو", left=washes),
            reward=wc.Reward(id="wash", title="شست‌وشوی رایگان", valid_days=45, in_sentence="شست‌وشوی بعدی رایگان است"),
        ),
        limits=wc.Limits(min_interval_minutes=60),
        design=wc.Design(
            background="#0B3C5D", foreground="#FFFFFF", label="#A9D6F5", disc="#4FC3F7", glyph="#0B3C5D",
            ring="#7FA9C4", mark="#FFD166", icon="drop", logo_url=LOGO,
        ),
        rule_text="هر چهار شست‌وشو، پنجمی رایگان.",
        back=(
            BackText("روش کار", "{rule} کارت را جلوی اسکنر باجه بگیرید."),
            BackText("شرایط", "پاداش تا ۴۵ روز پس از آماده شدن اعتبار دارد و قابل تبدیل به پول نیست."),
            BackText("دوره", "دورهٔ {cycle}"),
        ),
        words={
            "one_left": "فقط یک شست‌وشوی دیگر تا شست‌وشوی رایگان.",
            "alt_next": {
                "one": "با یک شست‌وشوی دیگر، {reward}.",
                "other": "با {n} شست‌وشوی دیگر، {reward}.",
            },
        },
    )  # fmt: skip
    card = wc.join(club, id="BR-6X3N8D", member="رضا محمدی", at=at(club, 9, 1))
    washed = [wc.Event.visit(id=f"wash-{n}", at=at(club, 9 + n // 3, 2 + 9 * (n % 3))) for n in range(7)]
    free = wc.Event.redeem(id="free-1", at=at(club, 10, 12))
    return "carwash-fa", club, wc.replay(club, card, [*washed[:4], free, *washed[4:]])


def gift() -> tuple[str, wc.Program, wc.Card]:
    """English: a gift voucher that holds money."""
    club = wc.Program(
        id="still-waters-gift", name="Still Waters Gift", issuer="Still Waters", locale="en-GB", zone="Europe/London",
        gift=Gift(title="Gift voucher", currency="GBP", valid_months=12),
        design=wc.Design(
            background="#4A2545", foreground="#FFF7F2", label="#E8C7DC", disc="#E8C7DC", glyph="#4A2545",
            ring="#B58CA8", mark="#FFF7F2", icon="gift", logo_url=LOGO,
        ),
        rule_text="£60 towards any treatment at Still Waters.",
        back=(
            BackText("How to use", "Show this code at reception. Use it in one visit or several until the balance is "
                     "nil."),
            BackText("Terms", "Not exchangeable for cash. Valid until {valid_to}."),
            BackText("Book", "https://example.com/book or 01225 555 0179"),
        ),
        words={"alt_gift": "Gift voucher for sixty pounds."},
    )  # fmt: skip
    letter = "Happy birthday, Emma. An hour of quiet, on me. Daniel"
    moment = at(club, 11, 21)
    card = wc.join(club, id="SW-8H2K4V", member="Emma", sender="Daniel", message=letter, at=moment)
    return "gift-en", club, wc.replay(club, card, [wc.Event.grant(id="sale", at=moment, money=6000)])
