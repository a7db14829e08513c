"""The places of a card as Google takes them - from the few businesses that it has let in."""

from __future__ import annotations

from walletcard.model import Face
from walletcard.model._extra import require_face


def merchant_locations(face: Face) -> list[dict[str, float]]:
    """Return the card's places as ``merchantLocations``, for ``extra=`` of `resources` and its sisters.

    They are no part of the documents, since Google refuses a class or an object with them (400, "Issuer not
    allowlisted for Merchant Locations") from every business that it has not let in. What `left_out` names ``places``
    goes along with ``extra={"class": {"merchantLocations": merchant_locations(face)}}``. Google chooses the words that
    it shows there. https://developers.google.com/wallet/reference/rest/v1/MerchantLocation
    """
    return [{"latitude": one.latitude, "longitude": one.longitude} for one in require_face(face).places]
