"""A gift face in, a ``GiftCardClass`` and a ``GiftCardObject`` out.

https://developers.google.com/wallet/reference/rest/v1/giftcardclass
https://developers.google.com/wallet/reference/rest/v1/giftcardobject
"""

from __future__ import annotations

from typing import Any, Final

from walletcard.google import _values
from walletcard.google._common import ClassFacts, class_body
from walletcard.google._layout import Layout, Places
from walletcard.model import Face, Money

PLACES: Final = Places(balances=("object.balance",), money=True, in_header=True)


def gift_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``GiftCardClass``; a logo is not required of it."""
    # Without allowBarcodeRedemption a phone hides the code.
    found = class_body(facts) | {"merchantName": facts.issuer, "allowBarcodeRedemption": True}
    if facts.logo is not None:
        found["programLogo"] = _values.image(facts.logo, facts.title, facts.locale)
    return found


def gift_parts(face: Face, laid: Layout) -> dict[str, Any]:
    """Return what a ``GiftCardObject`` has besides what every object has."""
    found: dict[str, Any] = {"cardNumber": face.id}
    for balance in laid.balances:
        if isinstance(balance.amount, Money):
            found["balance"] = _values.money(balance.amount)
    return found
