"""What Babel knows of a language: plural categories, separators, month names, currency signs, usual patterns.

Babel is loaded on first use, so that importing walletcard loads no third-party package.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

ASCII_DIGITS: Final = "0123456789"

# CLDR's names of the digits that languages write beside 0-9, by their zero: separators go with the digits.
_SYSTEMS: Final = {"٠": "arab", "۰": "arabext", "०": "deva", "০": "beng", "၀": "mymr"}

# CLDR's letters for the parts of a date or time, as our patterns name them.
_PARTS: Final = {
    "d": "{day}",
    "dd": "{dd}",
    "M": "{m}",
    "MM": "{mm}",
    "MMM": "{mon}",
    "MMMM": "{month}",
    "y": "{year}",
    "yyyy": "{year}",
    "H": "{hour}",
    "HH": "{hh}",
    "h": "{hour12}",
    "mm": "{minute}",
    "a": "{ampm}",
}
_NUMBER: Final = re.compile(r"[#0][#0,.]*")


@lru_cache(maxsize=1024)
def _locale(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    parts = tag.split("-")
    for end in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:end]))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def is_known(tag: str) -> bool:
    """Tell whether CLDR knows the language."""
    return _locale(tag) is not None


def _known(tag: str) -> Locale:
    found = _locale(tag)
    assert found is not None, tag  # noqa: S101  # phrase_book refuses a language that CLDR does not know
    return found


@lru_cache(maxsize=4096)
def plural_category(tag: str, number: int) -> str:
    """Return the CLDR plural category of a whole number: one, two, few, many, zero or other."""
    return str(_known(tag).plural_form(abs(number)))


def decimal(tag: str, number: int, *, places: int = 0, digits: str = ASCII_DIGITS, group_from: int = 1_000) -> str:
    """Return ``number / 10**places`` with the language's separators, in ``digits``."""
    symbols = _known(tag).number_symbols
    own: Mapping[str, str] = symbols.get(_SYSTEMS.get(digits[0], "latn"), symbols["latn"])
    text = f"{abs(number):0{places + 1}d}"
    whole, fraction = (text[:-places], text[-places:]) if places else (text, "")
    if int(whole) >= group_from:
        whole = own["group"].join(_groups(whole, *_known(tag).decimal_formats[None].grouping))
    sign = "\u2212" if number < 0 else ""
    written = sign + whole + (own["decimal"] + fraction if places else "")
    return written if digits == ASCII_DIGITS else written.translate(str.maketrans(ASCII_DIGITS, digits))


def _groups(whole: str, first: int, further: int) -> list[str]:
    """Cut a number from the right: 1,234,567 in most of the world, 12,34,567 in India."""
    found = [whole[-first:]]
    rest = whole[:-first]
    while rest:
        found.insert(0, rest[-further:])
        rest = rest[:-further]
    return found


def month_name(tag: str, month: int, *, wide: bool = False) -> str:
    """Return the name of a month, 1 to 12, as it stands in a date."""
    return str(_known(tag).months["format"]["wide" if wide else "abbreviated"][month])


def half_day(tag: str, hour: int) -> str:
    """Return AM or PM as the language writes it."""
    return str(_known(tag).day_periods["format"]["abbreviated"]["am" if hour < 12 else "pm"])


def currency_symbol(tag: str, currency: str) -> str:
    """Return the sign of a currency as the language writes it; the code itself where there is none."""
    return str(_known(tag).currency_symbols.get(currency, currency))


def usual_patterns(tag: str) -> dict[str, str]:
    """Return the patterns of a language that has no file of its own, as CLDR gives them."""
    locale = _known(tag)
    return {
        "date": _translated(locale.date_formats["medium"].format, "{year}-{mm}-{dd}"),
        "date_long": _translated(locale.date_formats["long"].format, "{year}-{mm}-{dd}"),
        "time": _translated(locale.time_formats["short"].format, "{hh}:{minute}"),
        "money": _NUMBER.sub("{amount}", locale.currency_formats["standard"].pattern.split(";")[0], count=1).replace(
            "¤", "{symbol}"
        ),
        "percent": _NUMBER.sub("{n}", locale.percent_formats[None].pattern.split(";")[0], count=1),
    }


def _translated(pattern: str, otherwise: str) -> str:
    try:
        return pattern % _PARTS
    except KeyError:  # A part that loyalty cards do not write, such as an era.
        return otherwise
