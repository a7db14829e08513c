"""Numbers, dates, times and money as final text: the patterns of one language, filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from walletcard.model import Money
from walletcard.model._currency import decimals
from walletcard.words._cldr import (
    ASCII_DIGITS,
    currency_symbol,
    decimal,
    half_day,
    month_name,
)

_DAY: Final = ("day", "dd", "m", "mm", "mon", "month", "year")

PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    "clauses": (),
    "date": _DAY,
    "date_long": _DAY,
    "digits": (),
    "group_from": (),
    "list": (),
    "moment": ("date", "time"),
    "money": ("amount", "symbol"),
    "percent": ("n",),
    "time": ("ampm", "hh", "hour", "hour12", "minute"),
}
"""What a language's file, or a programme as ``words={"format.date": ...}``, may set, and what each may hold."""

COMPLETE: Final = frozenset({"moment", "money", "percent"})
"""Those that must hold all that they may: without it they say nothing."""

DEFAULTS: Final[Mapping[str, str]] = {
    "clauses": "; ",
    "digits": ASCII_DIGITS,
    "group_from": "1000",
    "list": ", ",
    "moment": "{date}, {time}",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """How one language writes what is counted, dated or paid."""

    locale: str
    patterns: Mapping[str, str]

    def number(self, number: int) -> str:
        """Return a whole number in the language's digits, with its separators."""
        return self._decimal(number, 0)

    def percent(self, number: int) -> str:
        """Return a percentage."""
        return self.patterns["percent"].format(n=self.number(number))

    def money(self, money: Money, *, whole: bool = False) -> str:
        """Return an amount with its currency; ``whole`` leaves out decimals that are all zero."""
        places, minor = decimals(money.currency), money.minor
        if whole and minor % 10**places == 0:
            minor, places = minor // 10**places, 0
        pattern, symbol = self.patterns["money"], currency_symbol(self.locale, money.currency)
        if "{symbol}{amount}" in pattern and symbol[-1].isalpha():
            symbol += "\u00a0"  # "KWD 1.500": letters do not touch the number.
        return pattern.format(amount=self._decimal(minor, places), symbol=symbol)

    def day(self, day: date, *, long: bool = False) -> str:
        """Return a day; ``long`` as a sentence has it: "21 November 2027"."""
        parts = {
            "day": self._digits(f"{day.day}"),
            "dd": self._digits(f"{day.day:02d}"),
            "m": self._digits(f"{day.month}"),
            "mm": self._digits(f"{day.month:02d}"),
            "mon": month_name(self.locale, day.month),
            "month": month_name(self.locale, day.month, wide=True),
            "year": self._digits(f"{day.year}"),
        }
        return self.patterns["date_long" if long else "date"].format_map(parts)

    def time(self, at: datetime) -> str:
        """Return a time of day; ``at`` is local already."""
        parts = {
            "hour": self._digits(f"{at.hour}"),
            "hh": self._digits(f"{at.hour:02d}"),
            "hour12": self._digits(f"{at.hour % 12 or 12}"),
            "minute": self._digits(f"{at.minute:02d}"),
        }
        pattern = self.patterns["time"]
        if "{ampm}" in pattern:
            parts["ampm"] = half_day(self.locale, at.hour)
        return pattern.format_map(parts)

    def moment(self, at: datetime, *, today: date) -> str:
        """Return a time of day, with its date when that is not ``today``; ``at`` is local already."""
        if at.date() == today:
            return self.time(at)
        return self.patterns["moment"].format(date=self.day(at.date()), time=self.time(at))

    def listed(self, texts: Iterable[str], *, clauses: bool = False) -> str:
        """Return texts as a list: "Free coffee, Oil"; ``clauses`` divides longer ones: "...; ..."."""
        return self.patterns["clauses" if clauses else "list"].join(texts)

    def _digits(self, text: str) -> str:
        digits = self.patterns["digits"]
        return text if digits == ASCII_DIGITS else text.translate(str.maketrans(ASCII_DIGITS, digits))

    def _decimal(self, number: int, places: int) -> str:
        if places == 0 and 0 <= number < 1_000:  # Most numbers of a card, without asking Babel.
            return self._digits(str(number))
        digits, group_from = self.patterns["digits"], int(self.patterns["group_from"])
        return decimal(self.locale, number, places=places, digits=digits, group_from=group_from)
