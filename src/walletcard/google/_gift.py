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


def gift_own(face: Face) -> dict[str, Any]:
    """Return what a ``GiftCardObject`` has besides what every object has, and one card's alone."""
    return {"cardNumber": face.id}


def gift_state(_face: Face, laid: Layout, _logo: str | None) -> dict[str, Any]:
    """Return what a ``GiftCardObject`` has besides, and every card in the same state."""
    amounts = [one.amount for one in laid.balances if isinstance(one.amount, Money)]
    return {"balance": _values.money(amounts[0])} if amounts else {}
