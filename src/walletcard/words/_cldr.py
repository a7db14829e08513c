"""What Babel knows of a language: plural categories, separators, month names, currency symbols.

Babel is loaded on first use, so that importing walletcard loads no third-party package.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@cache
def _locale(tag: str) -> Locale:
    from babel import Locale

    return Locale.parse(tag, sep="-")


@cache
def plural_category(tag: str, number: int) -> str:
    """Return the CLDR plural category of a whole number: one, two, few, many, zero or other."""
    return str(_locale(tag).plural_form(number))


def decimal(tag: str, number: int, places: int) -> str:
    """Return ``number / 10**places`` with the language's separators, in ASCII digits."""
    symbols = _locale(tag).number_symbols["latn"]
    digits = f"{number:0{places + 1}d}"
    whole, fraction = (digits[:-places], digits[-places:]) if places else (digits, "")
    grouped = f"{int(whole):,}".replace(",", symbols["group"])
    return grouped + (symbols["decimal"] + fraction if places else "")


def month_name(tag: str, month: int, *, wide: bool = False) -> str:
    """Return the name of a month, 1 to 12, as it stands in a date."""
    return str(_locale(tag).months["format"]["wide" if wide else "abbreviated"][month])


def currency_symbol(tag: str, currency: str) -> str:
    """Return the sign of a currency as the language writes it; the code itself where there is none."""
    return str(_locale(tag).currency_symbols.get(currency, currency))


@cache
def currency_places(currency: str) -> int:
    """Return the decimals of a currency: 2 for GBP, 0 for JPY, 3 for KWD."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))
