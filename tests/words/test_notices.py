"""Every notice that can fall due, in each of the five languages, as Apple's field and as Google's message."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import walletcard as wc
from walletcard import apple, google
from walletcard.model import Earn, Gift, Lapse, Membership, Notice, Points, Referral, Reminders, Stamps, Tier
from walletcard.words import languages

ZONE = ZoneInfo("Asia/Dubai")
MARK = "☆"  # Stands for the programme's own words.
TEA = wc.Reward(id="tea", title=MARK, valid_days=60)
EARN = (Earn(metric="visit", points=1_250, valid_months=12),)
PROMOTIONAL = {"birthday", "comeback", "comeback_points", "comeback_plain"}

# Key and id, the same in every language.
KINDS = (
    ("reward_ready", "ready:a.1"),
    ("one_left", "one_left:1"),
    ("tier_up", "tier:b:a"),
    ("referral_credited", "referral:f"),
    ("referral_reward", "referral:f"),
    ("expiring", "points:2026-04-03"),
    ("lapsing", "lapse:2026-05-02"),
    ("expiring", "balance:2026-05-01"),
    ("voucher_expiring", "voucher:a.1:2026-04-02"),
    ("membership_expiring", "membership:2026-02-28"),
    ("birthday", "birthday:2026"),
    ("comeback", "comeback:30:2026-02-01"),
    ("comeback_points", "comeback:30:2026-02-01"),
    ("comeback_plain", "comeback:30:2026-02-01"),
)
TEXTS = {
    "en": (
        "Ready for you: ☆",
        "One more, then your reward is ready: ☆.",
        "Your new level: ☆",
        "Your friend has paid for a first visit: +500 points.",
        "Your friend has paid for a first visit. Ready for you: ☆.",
        "Expiring 3 Apr 2026: 500 points",
        "Without a visit, your points end on 2 May 2026: 1,250 points",
        "Expiring 1 May 2026: €60.00",
        "Expiring 2 Apr 2026: ☆",
        "Your membership runs until 28 Feb 2026.",
        "Happy birthday!",
        "We have missed you. Your card is kept: 2 visits to go.",
        "We have missed you. Your points are kept: 1,750 points.",
        "We have missed you. Your card is kept.",
    ),
    "fa": (
        "پاداش شما آماده است: ☆",
        "فقط یک بار دیگر تا پاداش شما: ☆.",
        "سطح جدید شما: ☆",
        "دوست شما هزینهٔ نخستین مراجعه را پرداخت. ۵۰۰ امتیاز گرفتید.",
        "دوست شما هزینهٔ نخستین مراجعه را پرداخت. پاداش شما: ☆.",
        "انقضا در ۳ آوریل ۲۰۲۶ (میلادی): ۵۰۰ امتیاز",
        "بدون مراجعه، امتیازها در ۲ مه ۲۰۲۶ (میلادی) از بین می\u200cرود: ۱٬۲۵۰ امتیاز",
        "انقضا در ۱ مه ۲۰۲۶ (میلادی): \u200f۶۰٫۰۰\u00a0\u200f€",
        "انقضا در ۲ آوریل ۲۰۲۶ (میلادی): ☆",
        "اشتراک شما تا ۲۸ فوریه ۲۰۲۶ (میلادی) اعتبار دارد.",
        "تولدتان مبارک!",
        "دلمان برایتان تنگ شده است. کارت شما محفوظ است: ۲ مراجعهٔ دیگر.",
        "دلمان برایتان تنگ شده است. امتیازهای شما محفوظ است: ۱٬۷۵۰ امتیاز.",
        "دلمان برایتان تنگ شده است. کارت شما محفوظ است.",
    ),
    "he": (
        "מוכן למימוש: ☆",
        "עוד צעד אחד וההטבה שלך מוכנה: ☆.",
        "הדרגה החדשה שלך: ☆",
        "חבר שהזמנת שילם על ביקור ראשון. קיבלת 500 נקודות.",
        "חבר שהזמנת שילם על ביקור ראשון. מחכה לך: ☆.",
        "פג תוקף ב־03.04.2026: 500 נקודות",
        "ללא ביקור, תוקף הנקודות יפוג ב־02.05.2026: 1,250 נקודות",
        "פג תוקף ב־01.05.2026: \u200f60.00\u00a0\u200f€",
        "פג תוקף ב־02.04.2026: ☆",
        "המנוי שלך בתוקף עד 28.02.2026.",
        "יום הולדת שמח!",
        "התגעגענו. הכרטיס שלך שמור אצלנו: עוד שני ביקורים.",
        "התגעגענו. הנקודות שלך שמורות אצלנו: 1,750 נקודות.",
        "התגעגענו. הכרטיס שלך שמור אצלנו.",
    ),
    "ru": (
        "Вас ждёт награда: ☆",
        "До награды остался один шаг: ☆.",
        "Ваш новый уровень: ☆",
        "Друг оплатил первый сеанс: +500 баллов.",
        "Друг оплатил первый сеанс. Вас ждёт награда: ☆.",
        "Срок истекает 03.04.2026: 500 баллов",
        "Без визита баллы сгорят 02.05.2026: 1\u00a0250 баллов",
        "Срок истекает 01.05.2026: 60,00\u00a0€",
        "Срок истекает 02.04.2026: ☆",
        "Ваш абонемент действует до 28.02.2026.",
        "С днём рождения!",
        "Мы по вам скучаем. Ваша карта сохранена: осталось 2 визита.",
        "Мы по вам скучаем. Ваши баллы сохранены: 1\u00a0750 баллов.",
        "Мы по вам скучаем. Ваша карта сохранена.",
    ),
    "zh-Hans": (
        "可兑换:☆",
        "再来一次,即可兑换:☆。",
        "您的新等级:☆",
        "好友已完成首次消费:+500分。",
        "好友已完成首次消费。可兑换:☆。",
        "2026-04-03到期:500分",
        "如一直未到店,积分将于2026-05-02清零:1250分",
        "2026-05-01到期:€60.00",
        "2026-04-02到期:☆",
        "您的会籍有效至2026-02-28。",
        "生日快乐!",
        "好久不见。您的会员卡一直为您保留:还差 2 次。",
        "好久不见。您的积分一直为您保留:1750分。",
        "好久不见。您的会员卡一直为您保留。",
    ),
}


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=ZONE)


def club(locale: str, **rules: Any) -> wc.Program:
    design = wc.Design(background="#34495E", logo_url="https://example.com/logo.png")
    return wc.Program(id="club", name=MARK, issuer=MARK, locale=locale, zone="Asia/Dubai", design=design, **rules)


def visit(stamps: int = 1) -> wc.Event:
    return wc.Event.visit(id="a", at=on(2, 1), stamps=stamps)


def days(locale: str) -> Iterator[tuple[wc.Program, tuple[wc.Event, ...], datetime]]:
    """Yield programmes, what happened to a member, and a day on which something falls due."""
    stamps = club(locale, stamps=Stamps(goal=3, reward=TEA, unit="visits"), reminders=Reminders(comeback_days=(30, 60)))
    yield stamps, (visit(2),), on(2, 2)
    yield stamps, (visit(),), on(3, 10)
    yield stamps, (visit(3),), on(3, 30)
    friend = wc.Event.refer(id="f", at=on(2, 2), friend="M2", event="x")
    all_at_once = club(
        locale,
        points=Points(earn=EARN, lapse=Lapse(days=90, notice_days=14)),
        referral=Referral(referrer=500, newcomer=100, valid_days=60),
        tiers=(Tier(id="a", name=MARK, min_sessions=0), Tier(id="b", name=MARK, min_sessions=1)),
        membership=Membership(title=MARK, months=1),
    )
    for day in (on(2, 3), on(3, 10), on(4, 25)):
        yield all_at_once, (visit(), wc.Event.renew(id="r", at=on(2, 1)), friend), day
    yield club(locale, points=Points(earn=EARN), referral=Referral(referrer=TEA, newcomer=TEA)), (friend,), on(2, 3)
    gift = club(locale, gift=Gift(title=MARK, currency="EUR", valid_months=3))
    yield gift, (wc.Event.grant(id="g", at=on(2, 1), money=6_000),), on(4, 20)


def notices(locale: str) -> dict[tuple[str, str], Notice]:
    found: dict[tuple[str, str], Notice] = {}
    for program, events, day in days(locale):
        card = wc.replay(program, wc.join(program, id="M1", at=on(1, 1)), events)
        for notice in wc.due(program, card, at=day, birthday=(3, 30)):
            found.setdefault((notice.key, notice.id), notice)
    return found


@pytest.mark.parametrize("locale", languages())
def test_every_kind_of_notice_stands_as_written(locale: str) -> None:
    found = notices(locale)

    assert [found[kind].text for kind in KINDS] == list(TEXTS[locale])
    assert {key for key, _ in found} == {key for key, _ in KINDS}, "there is a kind that no text stands for"
    assert {notice.key for notice in found.values() if notice.purpose == "promotional"} == PROMOTIONAL


@pytest.mark.parametrize("locale", languages())
def test_f3_a_notice_is_a_field_of_apple_and_a_message_of_google(locale: str) -> None:
    program = club(locale, stamps=Stamps(goal=3, reward=TEA))
    card = wc.join(program, id="M1", at=on(1, 1))

    for notice in notices(locale).values():
        face = wc.face(program, card, at=on(1, 2), since=card, notices=[notice])
        back = apple.pass_json(face)["storeCard"]["backFields"]
        (message,) = google.resources(face, issuer_id="3388000000012345678").object["messages"]

        (field,) = [one for one in back if one["value"] == notice.text]
        silent = notice.purpose == "promotional"
        assert field.get("changeMessage") == (None if silent else "%@"), notice.key
        assert message["body"] == notice.text
        assert message["messageType"] == ("TEXT" if silent else "TEXT_AND_NOTIFY"), notice.key


@pytest.mark.parametrize("locale", [one for one in languages() if one != "en"])
def test_no_notice_of_another_language_says_a_word_of_english(locale: str) -> None:
    assert not [one.text for one in notices(locale).values() if re.search("[A-Za-z]", one.text)]


def test_f4_no_ascii_digit_in_a_persian_notice() -> None:
    assert not [one.text for one in notices("fa").values() if re.search("[0-9]", one.text)]
