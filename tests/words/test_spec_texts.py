"""The strings that the specification fixes: its message catalogue, and the six acceptance cards."""

from datetime import date

import pytest

from walletcard import Money
from walletcard.model import Unit
from walletcard.words import PhraseBook, phrase_book

CATALOGUE = {
    "en": (
        "Stamp added: %@",
        "Points balance: %@",
        "Ready for you: %@",
        "Your new level: %@",
        "Reward used. A new card has started.",
        "Expiring {date}: {points}",
    ),
    "he": (
        "נוספה חותמת: %@",
        "יתרת נקודות: %@",
        "מוכן למימוש: %@",
        "הדרגה החדשה שלך: %@",
        "ההטבה מומשה. סבב חדש התחיל.",
        "פג תוקף ב־{date}: {points}",
    ),
    "ru": (
        "Новый штамп: %@",
        "Баланс баллов: %@",
        "Вас ждёт награда: %@",
        "Ваш новый уровень: %@",
        "Награда получена. Начат новый круг.",
        "Срок истекает {date}: {points}",
    ),
    "zh-Hans": (
        "集章成功:%@",
        "积分余额:%@",
        "可兑换:%@",
        "您的新等级:%@",
        "已兑换,新一轮开始。",
        "{date}到期:{points}",
    ),
    "fa": (
        "مهر جدید ثبت شد: %@",
        "موجودی امتیاز: %@",
        "پاداش شما آماده است: %@",
        "سطح جدید شما: %@",
        "پاداش استفاده شد. دورهٔ تازه شروع شد.",
        "انقضا در {date}: {points}",
    ),
}
PROGRESS = {"en": "6 of 9", "he": "6 מתוך 9", "ru": "6 из 9", "zh-Hans": "6/9", "fa": "۶ از ۹"}


@pytest.mark.parametrize("locale", CATALOGUE)
def test_the_phrases_of_the_catalogue_stand_as_written(locale: str) -> None:
    book = phrase_book(locale)
    keys = ("stamp_added", "points_changed", "reward_ready", "tier_up", "redeemed")

    assert tuple(book.say(key) for key in keys) == CATALOGUE[locale][:5]
    assert book.say("expiring", date="{date}", points="{points}") == CATALOGUE[locale][5]
    assert book.say("progress", n=book.number(6), goal=book.number(9)) == PROGRESS[locale]


def alt_of(book: PhraseBook, count: int, goal: int, left: str, reward: str) -> str:
    progress = book.say("alt_progress", n=book.number(count), goal=book.number(goal))
    return f"{progress} {book.count('alt_next', goal - count, left=left, reward=reward)}"


def test_the_english_cafe() -> None:
    book = phrase_book("en-GB")
    coffees = book.unit(Unit(label="Stamps", left={"one": "{n} coffee", "other": "{n} coffees"}), 3)

    assert book.say("description", name="Copper Kettle Coffee") == "Copper Kettle Coffee stamp card"
    keys = ("stamps_label", "next_label", "left_label", "member_label")
    assert [book.upper(book.say(key)) for key in keys] == ["STAMPS", "NEXT REWARD", "TO GO", "MEMBER"]
    assert coffees.field == "3 coffees"
    assert [book.say(key) for key in ("how_label", "rewards_ready_label", "none_yet", "rewards_label")] == [
        "How it works",
        "Rewards ready",
        "None yet",
        "Rewards",
    ]
    said = alt_of(book, 6, 9, coffees.sentence, "for a free coffee")
    assert said == "Stamp card: 6 of 9 stamps. 3 coffees to go for a free coffee."


def test_the_hebrew_spa() -> None:
    book = phrase_book("he")
    visits = book.unit("visits", 2)

    assert book.say("description", name="לוטוס ספא") == "כרטיס חותמות של לוטוס ספא"
    keys = ("visits_label", "next_label", "left_label", "member_label", "how_label", "rewards_ready_label", "none_yet")
    assert [book.say(key) for key in keys] == [
        "ביקורים",
        "ההטבה הבאה",
        "נותרו",
        "שם",
        "איך זה עובד",
        "הטבות מוכנות",
        "אין כרגע",
    ]
    assert (visits.field, book.say("rewards_label")) == ("עוד שני ביקורים", "הטבות")
    assert book.say("progress_short", n="4", goal="6") == "4/6"
    said = alt_of(book, 4, 6, visits.sentence, "לשדרוג ל־75 דקות")
    assert said == "כרטיס חותמות: 4 מתוך 6. עוד שני ביקורים לשדרוג ל־75 דקות."
    assert book.say("comeback", left=f"{visits.left} לשדרוג") == (
        "התגעגענו. הכרטיס שלך שמור אצלנו: עוד שני ביקורים לשדרוג."
    )


def test_the_birthday_of_the_hebrew_spa_in_its_own_words() -> None:
    words = {"birthday": "יום הולדת שמח, {given}! מחכה לך קרם גוף לבנדר במתנה. בתוקף 30 יום."}

    said = phrase_book("he", words).say("birthday", given="נועה")

    assert said == "יום הולדת שמח, נועה! מחכה לך קרם גוף לבנדר במתנה. בתוקף 30 יום."


def test_the_russian_massage() -> None:
    book = phrase_book("ru")

    assert book.say("description_loyalty", name="Тихий час") == "Карта лояльности «Тихий час»"
    keys = ("points_label", "tier_label", "discount_label", "member_label")
    assert [book.upper(book.say(key)) for key in keys] == ["БАЛЛЫ", "УРОВЕНЬ", "СКИДКА", "КЛИЕНТ"]
    assert book.say("referral_label") == "Пригласите друга"
    assert (book.number(1280), book.percent(10)) == ("1\u00a0280", "10\u00a0%")
    assert [book.count("sessions_to_tier", n) for n in (1, 3, 5)] == ["1 сеанс", "3 сеанса", "5 сеансов"]
    alt = f"{book.count('alt_sessions', 12)} {book.count('alt_to_tier', 3, tier='Золото')}"
    assert alt == "12 сеансов. До уровня «Золото» осталось 3 сеанса."
    five_hundred = book.count("points_count", 500)
    assert book.say("referral_credited", points=five_hundred) == "Друг оплатил первый сеанс: +500 баллов."
    expiring = book.say("expiring", date=book.day(date(2027, 1, 9)), points=five_hundred)
    assert expiring == "Срок истекает 09.01.2027: 500 баллов"
    assert book.day(date(2027, 3, 14)) == "14.03.2027"


def test_the_chinese_studio() -> None:
    book = phrase_book("zh-Hans")
    day, points = book.day(date(2027, 2, 10)), book.count("points_count", 400)

    assert book.say("description_loyalty", name="和安理疗馆") == "和安理疗馆会员卡"
    keys = ("points_label", "affordable_label", "affordable_count_label", "member_label", "expiring_label")
    assert [book.say(key) for key in keys] == ["积分", "现在可兑换", "可兑换", "会员", "最早到期"]
    assert (book.say("to_item_label", title="保健枕"), book.count("points_field", 40)) == ("距保健枕", "还差40分")
    assert book.count("affordable_count", 4) == "4项"
    assert book.say("expiring_value", points=points, date=day) == "400分 2027-02-10"
    assert book.say("next_expiry", points=points, date=day) == "2027-02-10,400分"
    assert book.say("expiring", points=points, date=day) == "2027-02-10到期:400分"
    alt = book.count("alt_points", 560) + book.count("alt_to_item", 40, title="保健枕")
    assert alt == "积分560。距离保健枕还差40分。"
    said = book.count("till_points", 200, balance=book.number(760)) + book.say("till_affordable", titles="保健枕")
    assert said == "本次获得200分,余额760分。现在可兑换:保健枕。"
    catalogue = [(100, "10元优惠券"), (200, "足浴包")]
    items = [book.say("catalogue_item", points=book.count("points_count", n), title=title) for n, title in catalogue]
    assert book.listed(items, clauses=True) == "100分 10元优惠券;200分 足浴包"


def test_the_persian_car_wash() -> None:
    words = {
        "alt_next": {
            "one": "با یک شست‌وشوی دیگر، شست‌وشوی بعدی رایگان است.",
            "other": "با {n} شست‌وشوی دیگر، شست‌وشوی بعدی رایگان است.",
        }
    }
    book = phrase_book("fa", words)
    washes = book.unit(Unit(label="شست‌وشو", left="{n} شست‌وشو"), 1)

    assert book.say("description", name="کارواش باران") == "کارت مهر کارواش باران"
    keys = ("next_label", "left_label", "member_label", "how_label", "rewards_ready_label", "none_yet", "rewards_label")
    assert [book.say(key) for key in keys] == [
        "پاداش بعدی",
        "مانده",
        "نام",
        "روش کار",
        "پاداش‌های آماده",
        "فعلاً ندارید",
        "پاداش",
    ]
    assert book.say("progress", n=book.number(3), goal=book.number(4)) == "۳ از ۴"
    assert (washes.field, book.number(0)) == ("۱ شست‌وشو", "۰")
    alt = alt_of(book, 3, 4, washes.sentence, "")
    assert alt == "کارت مهر: ۳ از ۴. با یک شست‌وشوی دیگر، شست‌وشوی بعدی رایگان است."


def test_the_english_gift() -> None:
    book = phrase_book("en-GB", {"alt_gift": "Gift voucher for sixty pounds."})

    assert book.say("description_gift", issuer="Still Waters") == "Still Waters gift voucher"
    keys = ("balance_label", "gift_label", "for_label", "from_label", "valid_label")
    shown = [book.upper(book.say(key)) for key in keys]
    assert shown == ["BALANCE", "GIFT VOUCHER", "FOR", "FROM", "VALID UNTIL"]
    assert book.say("message_label") == "Message"
    assert (book.money(Money(6000, "GBP")), book.money(Money(6000, "GBP"), whole=True)) == ("£60.00", "£60")
    end = date(2027, 11, 21)
    assert (book.day(end), book.day(end, long=True)) == ("21 Nov 2027", "21 November 2027")
    assert book.say("balance_changed").replace("%@", book.money(Money(0, "GBP"))) == "Voucher balance: £0.00"
    said = book.say("expiring", date=book.day(end), points=book.money(Money(1500, "GBP")))
    assert said == "Expiring 21 Nov 2027: £15.00"
    assert book.say("alt_gift", balance="£60.00") == "Gift voucher for sixty pounds."
