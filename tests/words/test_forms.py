"""Numbers, percentages, dates, times and money, as each language writes them."""

import re
from datetime import date, datetime
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletcard import Money
from walletcard.words import languages, phrase_book

PERSIAN = set("۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("locale", "number", "said"),
    [
        ("en-GB", 0, "0"),
        ("en-GB", 999, "999"),
        ("en-GB", 1280, "1,280"),
        ("en-GB", 1_234_567, "1,234,567"),
        ("en-GB", -5, "−5"),
        ("en-GB", -1280, "−1,280"),
        ("en-IN", 1_234_567, "12,34,567"),
        ("he", 1280, "1,280"),
        ("ru", 1280, "1\u00a0280"),
        ("ru", 1_234_567, "1\u00a0234\u00a0567"),
        ("zh-Hans", 1280, "1280"),
        ("zh-Hans", 9999, "9999"),
        ("zh-Hans", 10_000, "10,000"),
        ("fa", 0, "۰"),
        ("fa", 456, "۴۵۶"),
        ("fa", 1_234_789, "۱٬۲۳۴٬۷۸۹"),
    ],
)
def test_a_number_has_the_digits_and_groups_of_its_language(locale: str, number: int, said: str) -> None:
    assert phrase_book(locale).number(number) == said


@pytest.mark.parametrize(
    ("locale", "said"), [("en-GB", "10%"), ("he", "10%"), ("ru", "10\u00a0%"), ("zh-Hans", "10%"), ("fa", "۱۰٪")]
)
def test_a_percentage(locale: str, said: str) -> None:
    assert phrase_book(locale).percent(10) == said


@pytest.mark.parametrize(
    ("locale", "money", "whole", "said"),
    [
        ("en-GB", Money(6000, "GBP"), False, "£60.00"),
        ("en-GB", Money(6000, "GBP"), True, "£60"),
        ("en-GB", Money(6050, "GBP"), True, "£60.50"),
        ("en-GB", Money(5, "GBP"), False, "£0.05"),
        ("en-GB", Money(123_456_789, "GBP"), False, "£1,234,567.89"),
        ("en-GB", Money(500, "JPY"), False, "JP¥500"),
        ("en-GB", Money(1500, "KWD"), False, "KWD\u00a01.500"),
        ("he", Money(6000, "ILS"), False, "\u200f60.00\u00a0\u200f₪"),
        ("ru", Money(50_000, "RUB"), True, "500\u00a0₽"),
        ("ru", Money(123_456, "RUB"), False, "1\u00a0234,56\u00a0₽"),
        ("zh-Hans", Money(1000, "CNY"), True, "¥10"),
        ("zh-Hans", Money(123_456, "CNY"), False, "¥1234.56"),
        ("fa", Money(1_250_000, "IRR"), False, "\u200f۱٬۲۵۰٬۰۰۰\u00a0\u200fریال"),
        ("fa", Money(2550, "AED"), False, "\u200f۲۵٫۵۰\u00a0\u200fAED"),
    ],
)
def test_money_is_written_with_its_own_decimals(locale: str, money: Money, whole: bool, said: str) -> None:
    assert phrase_book(locale).money(money, whole=whole) == said


@pytest.mark.parametrize(("locale", "reads"), [("en-GB", "L"), ("ru", "L"), ("zh-Hans", "L"), ("he", "R"), ("fa", "R")])
@pytest.mark.parametrize("currency", ["GBP", "ILS", "IRR", "AED"])
def test_money_alone_reads_in_the_direction_of_its_language(locale: str, reads: str, currency: str) -> None:
    said = phrase_book(locale).money(Money(6000, currency))

    first = next((kind for one in said if (kind := bidirectional(one)) in {"L", "R", "AL"}), "L")

    assert first == reads  # What decides the direction of a line that says none, as in a field of a phone.


@pytest.mark.parametrize(
    ("locale", "short", "long"),
    [
        ("en-GB", "9 Jan 2027", "9 January 2027"),
        ("en-US", "Jan 9, 2027", "January 9, 2027"),
        ("en", "9 Jan 2027", "9 January 2027"),
        ("he", "09.01.2027", "9 בינואר 2027"),
        ("ru", "09.01.2027", "9 января 2027\u00a0г."),
        ("zh-Hans", "2027-01-09", "2027年1月9日"),
        ("zh-CN", "2027-01-09", "2027年1月9日"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(locale: str, short: str, long: str) -> None:
    book = phrase_book(locale)

    assert (book.day(date(2027, 1, 9)), book.day(date(2027, 1, 9), long=True)) == (short, long)


def test_a_persian_date_is_gregorian_and_says_so() -> None:
    book = phrase_book("fa")

    assert book.day(date(2027, 11, 21)) == "۲۱ نوامبر ۲۰۲۷ (میلادی)"
    assert book.day(date(2027, 11, 21), long=True) == "۲۱ نوامبر ۲۰۲۷ (میلادی)"


@pytest.mark.parametrize(
    ("locale", "alone", "dated"),
    [
        ("en-GB", "13:05", "20 Nov 2026, 13:05"),
        ("en-US", "1:05 PM", "Nov 20, 2026, 1:05 PM"),
        ("he", "13:05", "20.11.2026, 13:05"),
        ("ru", "13:05", "20.11.2026, 13:05"),
        ("zh-Hans", "13:05", "2026-11-20 13:05"),
        ("fa", "۱۳:۰۵", "۲۰ نوامبر ۲۰۲۶ (میلادی)، ساعت ۱۳:۰۵"),
    ],
)
def test_a_moment_of_today_is_a_time_alone(locale: str, alone: str, dated: str) -> None:
    book, at = phrase_book(locale), datetime(2026, 11, 20, 13, 5, tzinfo=ZoneInfo("Europe/London"))

    assert book.moment(at, today=date(2026, 11, 20)) == alone
    assert book.moment(at, today=date(2026, 11, 19)) == dated


@pytest.mark.parametrize(("hour", "said"), [(0, "12:05 AM"), (9, "9:05 AM"), (12, "12:05 PM"), (23, "11:05 PM")])
def test_an_american_hour_is_half_a_days(hour: int, said: str) -> None:
    at = datetime(2026, 11, 20, hour, 5, tzinfo=ZoneInfo("America/New_York"))

    assert phrase_book("en-US").moment(at, today=at.date()) == said


@pytest.mark.parametrize(
    ("locale", "said", "clauses"),
    [("en-GB", "A, B", "A; B"), ("zh-Hans", "A、B", "A;B"), ("fa", "A، B", "A؛ B"), ("ru", "A, B", "A; B")],
)
def test_a_list_has_the_signs_of_its_language(locale: str, said: str, clauses: str) -> None:
    book = phrase_book(locale)

    assert (book.listed(["A", "B"]), book.listed(["A", "B"], clauses=True)) == (said, clauses)


@given(
    number=st.integers(0, 10**9),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    minor=st.integers(0, 10**12),
    minute=st.integers(0, 1439),
)
def test_f4_no_ascii_digit_in_persian(number: int, day: date, minor: int, minute: int) -> None:
    book = phrase_book("fa")
    at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo("Asia/Dubai"))

    said = [book.number(number), book.percent(number), book.day(day), book.day(day, long=True)]
    said += [book.moment(at, today=date(1999, 1, 1)), book.money(Money(minor, "AED")), book.money(Money(minor, "IRR"))]

    for text in said:
        assert not re.search(r"[0-9]", text)
        assert PERSIAN & set(text)


@given(number=st.integers(0, 10**12), locale=st.sampled_from(languages()))
def test_a_number_read_back_is_the_number(number: int, locale: str) -> None:
    said = phrase_book(locale).number(number)

    assert int("".join(str(int(one)) for one in said if one.isdecimal())) == number
