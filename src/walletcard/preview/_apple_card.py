"""A pass.json of any style in, its two sides as HTML out, laid out as an iPhone does.

https://developer.apple.com/design/human-interface-guidelines/wallet
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from walletcard.apple._rules import BARCODES
from walletcard.errors import InvalidCardError
from walletcard.model import Color, Picture
from walletcard.model._color import BLACK, WHITE
from walletcard.preview._apple_fields import BACK, fields, label, rich, style_of, text, value
from walletcard.preview._apple_layouts import Layout, code_of, layout_of, rows_of
from walletcard.preview._barcode import barcode
from walletcard.preview._markup import Markup, element, foreign, joined, listing, pair

Json = Mapping[str, Any]
Pictures = Mapping[str, Picture]

_INKS: Final = (WHITE, BLACK)
_STRIP_ALT: Final = "Strip: a picture that a pass has no words for; the fields say the same"
_FORMATS: Final = {theirs: ours for ours, theirs in BARCODES.items()}
# https://developer.apple.com/documentation/walletpasses/passfieldcontent/textalignment-data.dictionary
_ALIGNMENTS: Final = {
    "PKTextAlignmentCenter": "text-align: center",
    "PKTextAlignmentLeft": "text-align: left",
    "PKTextAlignmentRight": "text-align: right",
}
# https://developer.apple.com/documentation/walletpasses/passfields/transittype
_TRANSIT: Final = {
    "PKTransitTypeAir": "by air",
    "PKTransitTypeBoat": "by boat",
    "PKTransitTypeBus": "by bus",
    "PKTransitTypeTrain": "by train",
}


def front(document: Json, pictures: Pictures, *, lang: str, direction: str) -> Markup:
    """Return the side that faces the till."""
    code, layout, style = code_of(document), layout_of(document), style_of(document)
    strip = _sharpest(pictures, "strip") if layout.strip else None
    behind = _sharpest(pictures, "background") if layout.background and strip is None else None
    classes = ("card", "apple", style, "voided" if document.get("voided") is True else "", "over" if behind else "")
    return element(
        "article",
        element("img", src=behind.data_url, alt="", class_="behind") if behind else None,
        _top(document, pictures, lang),
        _over_strip(document, strip, layout, lang) if strip else _beside_thumbnail(document, pictures, layout, lang),
        [listing(_pairs(row, lang), class_="row") for row in rows_of(document, code)],
        _code(code, _sharpest(pictures, "footer") if layout.footer else None),
        class_=" ".join(filter(None, classes)),
        style=_style(document),
        lang=lang,
        dir=direction,
        aria_label=text(document, "description") or None,
    )


def back(document: Json, *, lang: str, direction: str) -> Markup:
    """Return the list behind the card."""
    pairs = [pair(label(field), rich(field, lang)) for field in fields(document, *BACK)]
    return listing(pairs, class_="back", lang=lang, dir=direction)


def _top(document: Json, pictures: Pictures, lang: str) -> Markup:
    logo = _sharpest(pictures, "logo")
    alt = text(document, "organizationName") or "Logo"
    return element(
        "header",
        element("img", src=logo.data_url, alt=alt, class_="logo") if logo else None,
        element("p", foreign(text(document, "logoText")), class_="name"),
        listing(_pairs(fields(document, "header"), lang)),
    )


def _over_strip(document: Json, strip: Picture, layout: Layout, lang: str) -> Markup:
    """Return the strip with the primary field over it."""
    picture = element("img", src=strip.data_url, alt=_STRIP_ALT)
    return element("div", picture, _primary(document, lang), class_="strip", style=f"aspect-ratio: {layout.strip}")


def _beside_thumbnail(document: Json, pictures: Pictures, layout: Layout, lang: str) -> Markup:
    """Return the primary field with the thumbnail beside it; a card may have either, both or none."""
    thumbnail = _sharpest(pictures, "thumbnail") if layout.thumbnail else None
    if thumbnail is None:
        return _primary(document, lang)
    small = element("img", src=thumbnail.data_url, alt="Thumbnail", class_="thumbnail")
    return element("div", _primary(document, lang), small, class_="beside")


def _primary(document: Json, lang: str) -> Markup:
    pairs = _pairs(fields(document, "primary"), lang, aligned=False)
    if style_of(document) == "boardingPass" and len(pairs) > 1:
        way = _TRANSIT.get(text(document["boardingPass"], "transitType"), "on the way")
        arrow = element("div", element("dt"), element("dd", "→", aria_label=way), class_="transit")
        pairs = [pairs[0], arrow, *pairs[1:]]
    return listing(pairs, class_="primary")


def _code(code: Json | None, footer: Picture | None) -> Markup | None:
    line = element("img", src=footer.data_url, alt="Footer", class_="footer") if footer else None
    if code is None:
        return line
    kind = text(code, "format")
    drawn = barcode(
        text(code, "message"),
        kind=_FORMATS.get(kind),
        named=kind,
        encoding=text(code, "messageEncoding") or "iso-8859-1",
    )
    alt = text(code, "altText")
    shown = element("figure", drawn, element("figcaption", foreign(alt)) if alt else None, class_="code")
    return joined(line, shown)


def _pairs(listed: list[Json], lang: str, *, aligned: bool = True) -> list[Markup]:
    """Return fields; a primary one takes no alignment."""
    return [
        pair(
            label(field),
            value(field, lang),
            style=_ALIGNMENTS.get(text(field, "textAlignment")) if aligned else None,
        )
        for field in listed
    ]


def _sharpest(pictures: Pictures, name: str) -> Picture | None:
    found = (pictures.get(f"{name}{scale}.png") for scale in ("@3x", "@2x", ""))
    return next((picture for picture in found if picture is not None), None)


def _style(document: Json) -> str:
    """Return the card's colours as CSS; where a document names none, a phone takes one that can be read."""
    ground = _colour(document, "backgroundColor") or _INKS[0]
    ink = _colour(document, "foregroundColor") or max(_INKS, key=ground.contrast)
    named = {"background": ground, "foreground": ink, "label": _colour(document, "labelColor") or ink}
    return "; ".join(f"--{name}: {colour.css}" for name, colour in named.items())


def _colour(document: Json, name: str) -> Color | None:
    try:
        return Color.parse(document.get(name, ""))
    except InvalidCardError:
        return None
