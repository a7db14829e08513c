"""A plain card in, a ``GenericClass`` and a ``GenericObject`` out: the look stands on the object.

https://developers.google.com/wallet/reference/rest/v1/genericclass
https://developers.google.com/wallet/reference/rest/v1/genericobject
"""

from __future__ import annotations

from typing import Any, Final

from walletcard.google import _values
from walletcard.google._common import ClassFacts, background_of, common_body
from walletcard.google._layout import Layout, Places
from walletcard.model import Face

PLACES: Final = Places(head="primary")


def generic_class(facts: ClassFacts) -> dict[str, Any]:
    """Return the ``GenericClass``, which has neither name nor look."""
    return common_body(facts)


def generic_own(_face: Face) -> dict[str, Any]:
    """Return nothing: a ``GenericObject`` has no key that is one card's alone."""
    return {}


def generic_state(face: Face, _laid: Layout, logo: str | None) -> dict[str, Any]:
    """Return the names and the look of a ``GenericObject``: at its head stands what an iPhone has in large letters."""
    large = next(iter(face.in_slot("primary")), None)
    found: dict[str, Any] = {
        "cardTitle": _values.localized(face.issuer, face.locale),
        "header": _values.localized(large.value if large and large.value else face.title, face.locale),
        "hexBackgroundColor": background_of(face),
    }
    if large is not None and large.label:
        found["subheader"] = _values.localized(large.label, face.locale)
    if logo is not None:
        found["logo"] = _values.image(logo, face.issuer, face.locale)
    return found
