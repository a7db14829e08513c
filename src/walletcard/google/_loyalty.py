"""A loyalty face in, a ``LoyaltyClass`` and a ``LoyaltyObject`` out.

https://developers.google.com/wallet/reference/rest/v1/loyaltyclass
https://developers.google.com/wallet/reference/rest/v1/loyaltyobject
"""

from __future__ import annotations

from typing import Any, Final

from walletcard.google import _values
from walletcard.google._common import ClassFacts, class_body
from walletcard.google._layout import Layout, Places
from walletcard.model import Face

PLACES: Final = Places(
    balances=("object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance"),
    member="object.accountName",
    tier="class.rewardsTier",
)
_POINTS: Final = ("loyaltyPoints", "secondaryLoyaltyPoints")


def loyalty_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``LoyaltyClass``; without a logo it lacks ``programLogo``."""
    found = class_body(facts) | {"programName": facts.title}
    if facts.logo is not None:
        found["programLogo"] = _values.image(facts.logo, facts.title, facts.locale)
    if facts.shared.member_label:
        found["accountNameLabel"] = facts.shared.member_label
    if facts.shared.tier is not None:
        label, found["rewardsTier"] = facts.shared.tier
        found |= {"rewardsTierLabel": label} if label else {}
    return found


def loyalty_own(face: Face) -> dict[str, Any]:
    """Return what a ``LoyaltyObject`` has besides what every object has, and one card's alone."""
    return {"accountId": face.id} if face.member is None else {"accountId": face.id, "accountName": face.member}


def loyalty_state(_face: Face, laid: Layout, _logo: str | None) -> dict[str, Any]:
    """Return what a ``LoyaltyObject`` has besides, and every card in the same state."""
    return {name: _values.points(balance) for name, balance in zip(_POINTS, laid.balances, strict=False)}
