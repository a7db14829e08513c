"""Values of the model in, the small nested values of Google's documents out.

Those that many cards have alike are kept, judged and encoded once; nobody may change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from walletcard.google._walk import judged
from walletcard.model import Balance, Barcode, Money
from walletcard.model._currency import decimals

MAX_BALANCE: Final = 7  # Characters of a balance that Google shows whole.

# https://developers.google.com/wallet/reference/rest/v1/BarcodeType
BARCODE_TYPES: Final = {
    "aztec": "AZTEC",
    "codabar": "CODABAR",
    "code128": "CODE_128",
    "code39": "CODE_39",
    "ean13": "EAN_13",
    "i2of5": "ITF_14",
    "pdf417": "PDF_417",
    "qr": "QR_CODE",
}


def localized(text: str, locale: str) -> dict[str, Any]:
    """Return a ``LocalizedString`` with one language."""
    return {"defaultValue": {"language": locale, "value": text}}


@lru_cache(maxsize=512)
def image(url: str, alt: str, locale: str) -> dict[str, Any]:
    """Return an ``Image``; ``alt`` is for screen readers, none when empty."""
    found: dict[str, Any] = {"sourceUri": {"uri": url}}
    return judged("Image", found | {"contentDescription": localized(alt, locale)} if alt else found)


@lru_cache(maxsize=1024)
def text_module(key: str, label: str, text: str) -> dict[str, Any]:
    """Return a ``TextModuleData``."""
    return judged("TextModuleData", {"id": key, "header": label, "body": text} if label else {"id": key, "body": text})


def money(amount: Money) -> dict[str, str]:
    """Return a ``Money``: micros are millionths of the main unit, whatever the currency's decimals."""
    return {"micros": str(amount.minor * 10 ** (6 - decimals(amount.currency))), "currencyCode": amount.currency}


@lru_cache(maxsize=1024)
def points(balance: Balance) -> dict[str, Any]:
    """Return a ``LoyaltyPoints``: the label and exactly one kind of balance."""
    return judged("LoyaltyPoints", {"label": balance.label, "balance": _balance(balance)})


def _balance(balance: Balance) -> Mapping[str, Any]:
    if isinstance(balance.amount, Money):
        return {"money": money(balance.amount)}
    if balance.amount is not None:
        return {"int": balance.amount}
    return {"string": balance.short if is_shortened(balance) and balance.short else balance.text}


def is_shortened(balance: Balance) -> bool:
    """Tell whether Google cannot show the balance's text whole."""
    return balance.amount is None and len(balance.text) > MAX_BALANCE


def barcode(code: Barcode) -> dict[str, str]:
    """Return a ``Barcode``."""
    found = {"type": BARCODE_TYPES[code.format], "value": code.message}
    if code.alt is not None:
        found["alternateText"] = code.alt
    if code.format == "qr" and not code.message.isascii():
        found["renderEncoding"] = "UTF_8"  # Without it Google reads the text as Latin-1.
    return found


def interval(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Return a ``TimeInterval`` in whole seconds; both ends carry their offset, as Google demands that they agree."""
    return _interval(*(None if one is None else one.isoformat(timespec="seconds") for one in (start, end)))


@lru_cache(maxsize=512)
def _interval(start: str | None, end: str | None) -> dict[str, Any]:
    ends = (("start", start), ("end", end))
    return judged("TimeInterval", {name: {"date": text} for name, text in ends if text is not None})
