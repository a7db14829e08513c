"""A store card's pass.json in, its two sides as HTML out, laid out as an iPhone does.

https://developer.apple.com/documentation/walletpasses/creating-a-store-card-pass
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.errors import InvalidCardError
from walletcard.model import Color, Picture
from walletcard.preview._barcode import barcode
from walletcard.preview._markup import Markup, element, foreign, listing, pair

Json = Mapping[str, Any]

_STYLES: Final = ("storeCard", "coupon", "generic", "eventTicket", "boardingPass")
_COLOURS: Final = ("backgroundColor", "foregroundColor", "labelColor")
_STRIP_ALT: Final = "Strip: a picture that a pass has no words for; the fields say the same"
# https://developer.apple.com/documentation/walletpasses/pass/barcodes
_SYMBOLOGIES: Final = {
    "PKBarcodeFormatAztec": "Aztec",
    "PKBarcodeFormatCode128": "Code 128",
    "PKBarcodeFormatPDF417": "PDF417",
    "PKBarcodeFormatQR": "QR",
}
# https://developer.apple.com/documentation/walletpasses/passfieldcontent/textalignment-data.dictionary
_ALIGNMENTS: Final = {
    "PKTextAlignmentCenter": "text-align: center",
    "PKTextAlignmentLeft": "text-align: left",
    "PKTextAlignmentRight": "text-align: right",
}
_CODES: Final = re.compile("%[@%]")


def front(document: Json, pictures: Mapping[str, Picture], *, lang: str, direction: str) -> Markup:
    """Return the side that faces the till."""
    return element(
        "article",
        _top(document, pictures),
        _middle(document, pictures),
        listing(_pairs(document, "secondary", "auxiliary"), class_="row"),
        _code(document),
        class_="card apple voided" if document.get("voided") else "card apple",
        style=_style(document),
        lang=lang,
        dir=direction,
        aria_label=document["description"],
    )


def back(document: Json, *, lang: str, direction: str) -> Markup:
    """Return the list behind the card."""
    return listing(_pairs(document, "back"), class_="back", lang=lang, dir=direction)


def notices(document: Json, before: Json | None = None) -> Iterator[str]:
    """Yield what the lock screen would say: of the values that differ from ``before``, or of all without one."""
    old = None if before is None else {field["key"]: field["value"] for field in _all_fields(before)}
    for field in _all_fields(document):
        if (change := field.get("changeMessage")) and (old is None or old.get(field["key"]) != field["value"]):
            yield _filled(change, str(field["value"]))


def _filled(change: str, value: str) -> str:
    return _CODES.sub(lambda code: value if code[0] == "%@" else "%", change)


def _top(document: Json, pictures: Mapping[str, Picture]) -> Markup:
    logo, text = _sharpest(pictures, "logo"), document.get("logoText", "")
    return element(
        "header",
        element("img", src=logo.data_url, alt=document["organizationName"], class_="logo") if logo else None,
        element("p", foreign(text), class_="name"),
        listing(_pairs(document, "header")),
    )


def _middle(document: Json, pictures: Mapping[str, Picture]) -> Markup:
    """Return the strip with the primary field over it; a card may have either, both or none."""
    strip, primary = _sharpest(pictures, "strip"), listing(_pairs(document, "primary"), class_="primary")
    if strip is None:
        return primary
    return element("div", element("img", src=strip.data_url, alt=_STRIP_ALT), primary, class_="strip")


def _code(document: Json) -> Markup | None:
    codes = document.get("barcodes")
    if not codes:
        return None
    code = codes[0]  # iOS takes the first one that it can draw.
    symbology = _SYMBOLOGIES.get(code["format"], code["format"])
    drawn = barcode(code["message"], symbology=symbology, encoding=code["messageEncoding"])
    alt = code.get("altText")
    return element("figure", drawn, element("figcaption", foreign(alt)) if alt else None, class_="code")


def _fields(document: Json, group: str) -> list[Json]:
    groups: Json = next((document[style] for style in _STYLES if style in document), {})
    return list(groups.get(f"{group}Fields", []))


def _all_fields(document: Json) -> Iterator[Json]:
    for group in ("header", "primary", "secondary", "auxiliary", "back"):
        yield from _fields(document, group)


def _pairs(document: Json, *groups: str) -> Iterator[Markup]:
    for group in groups:
        for field in _fields(document, group):
            style = _ALIGNMENTS.get(field.get("textAlignment", ""))
            yield pair(field.get("label", ""), str(field["value"]), style=style)


def _sharpest(pictures: Mapping[str, Picture], name: str) -> Picture | None:
    found = (pictures.get(f"{name}{scale}.png") for scale in ("@3x", "@2x", ""))
    return next((picture for picture in found if picture is not None), None)


def _style(document: Json) -> str:
    """Return the card's colours as CSS; one that is no colour is left to the page, as a phone leaves it to itself."""
    found = {}
    for name in _COLOURS:
        try:
            found[name] = Color.parse(document.get(name, "")).css
        except InvalidCardError:
            continue
    return "; ".join(f"--{name.removesuffix('Color')}: {css}" for name, css in found.items())
