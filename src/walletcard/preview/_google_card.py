"""A class and an object in, the card and its details as HTML out, laid out as a current Android does.

https://developers.google.com/wallet/retail/loyalty-cards/resources/template
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.errors import InvalidCardError
from walletcard.google._values import BARCODE_TYPES
from walletcard.model import Color, Picture
from walletcard.model._color import WHITE
from walletcard.preview._barcode import barcode
from walletcard.preview._google_kinds import Kind, kind_of, walked
from walletcard.preview._google_values import GOOGLES_OWN, Shown, first, item, shown, words
from walletcard.preview._markup import Markup, element, foreign, listing, pair

Json = Mapping[str, Any]
Documents = Mapping[str, Json]
Pictures = Mapping[str, Picture]

_FORMATS: Final = {theirs: ours for ours, theirs in BARCODE_TYPES.items()}
_INKS: Final = (WHITE, Color(32, 33, 36))
_GREY: Final = Color(95, 99, 104)  # Without a colour Google takes one from the pictures.
_ROW: Final = ("oneItem", "twoItems", "threeItems")
_PLACES: Final = ("item", "startItem", "middleItem", "endItem")


def front(documents: Documents, pictures: Pictures, *, lang: str, direction: str) -> Markup:
    """Return the card."""
    kind, name = kind_of(documents), name_of(documents)
    issuer, over = first(documents, kind.name), first(documents, kind.over)
    title = first(documents, kind.title)
    figures = [one for path in kind.figure if (one := shown(documents, path, lang))]
    if not title and not figures:
        title = name
    return element(
        "article",
        element("header", _logo(documents, kind, pictures, issuer), element("p", foreign(issuer), class_="name")),
        element("p", foreign(over), class_="over") if over else None,
        element("p", foreign(title), class_="program") if title else None,
        listing((pair(*one) for one in figures), class_="row"),
        [listing((pair(*one) for one in row), class_="row") for row in _rows(documents, kind, lang)],
        _code(documents),
        _hero(documents, pictures),
        class_="card google",
        style=_style(documents),
        lang=lang,
        dir=direction,
        aria_label=name,
    )


def name_of(documents: Documents) -> str:
    """Return what a card is called: by its title, or a gift card by whoever honours it."""
    kind = kind_of(documents)
    return first(documents, kind.title) or first(documents, kind.name) or "Google Wallet card"


def details(documents: Documents, *, lang: str, direction: str) -> Markup:
    """Return the list that opens under the card."""
    return listing((pair(*one) for one in _details(documents, lang)), class_="back", lang=lang, dir=direction)


def own_labels(documents: Documents, lang: str) -> list[str]:
    """Return the labels on the card that Google says itself, in the order in which they stand."""
    kind = kind_of(documents)
    figures = [one for path in kind.figure if (one := shown(documents, path, lang))]
    rows = [one for row in _rows(documents, kind, lang) for one in row]
    labels = [label for one in (*figures, *rows, *_details(documents, lang)) for label in one.label.split(" / ")]
    return [label for label in dict.fromkeys(labels) if label in GOOGLES_OWN]


def _rows(documents: Documents, kind: Kind, lang: str) -> Iterator[list[Shown]]:
    override = walked(documents, "class.classTemplateInfo.cardTemplateOverride.cardRowTemplateInfos")
    if override is None:
        for paths in kind.rows:
            yield [one for path in paths if (one := shown(documents, path, lang))]
        return
    for row in override:
        columns: Json = next((row[columns] for columns in _ROW if columns in row), {})
        items = (item(documents, columns[place], lang) for place in _PLACES if place in columns)
        yield [one for one in items if one]


def _details(documents: Documents, lang: str) -> Iterator[Shown]:
    """Yield messages, then the items of the class, or by default text modules, the kind's own facts and links."""
    both = (documents["object"], documents["class"])
    for message in (message for one in both for message in one.get("messages", [])):
        yield Shown(message.get("header", ""), message["body"])
    override = walked(documents, "class.classTemplateInfo.detailsTemplateOverride.detailsItemInfos")
    if override is not None:
        found = (item(documents, entry["item"], lang) for entry in override)
        yield from (one for one in found if one)
        return
    for module in (module for one in both for module in one.get("textModulesData", [])):
        yield Shown(module.get("header", ""), module["body"])
    yield from (one for path in kind_of(documents).details if (one := shown(documents, path, lang)))
    for link in (link for one in both for link in one.get("linksModuleData", {}).get("uris", [])):
        yield Shown(link.get("description", ""), link["uri"])
    for module in (module for one in both for module in one.get("imageModulesData", [])):
        yield Shown("Picture", str(walked(module, "mainImage.sourceUri.uri") or ""))


def _logo(documents: Documents, kind: Kind, pictures: Pictures, issuer: str) -> Markup | None:
    logo = next((found for path in kind.logo if (found := walked(documents, path))), None)
    if logo is None:
        return None
    address = logo["sourceUri"]["uri"]
    if picture := pictures.get(address):
        return element("img", src=picture.data_url, alt=words(logo.get("contentDescription")) or issuer, class_="logo")
    # Nothing is loaded from the network to make this page: an initial stands for a logo that Google loads.
    return element("span", issuer[:1], role="img", aria_label=f"Logo at {address}", class_="logo")


def _hero(documents: Documents, pictures: Pictures) -> Markup | None:
    image = documents["object"].get("heroImage") or documents["class"].get("heroImage")
    if image is None:
        return None
    address = image["sourceUri"]["uri"]
    if picture := pictures.get(address):
        return element("img", src=picture.data_url, alt=words(image.get("contentDescription")), class_="hero")
    return element("p", f"The phone loads a picture: {address}", class_="undrawn")


def _code(documents: Documents) -> Markup | None:
    object_ = documents["object"]
    code = object_.get("barcode")
    hidden = "cardNumber" in object_ and documents["class"].get("allowBarcodeRedemption") is not True
    if code is None or hidden:  # A phone shows a gift card's code where its class allows that, and nowhere else.
        return None
    below = code.get("alternateText") or object_.get("accountId") or code.get("value", "")
    if "value" not in code:  # A generic card may have a line of text in the code's place.
        return element("figure", element("figcaption", foreign(below)), class_="code")
    drawn = barcode(
        code["value"],
        kind=_FORMATS.get(code["type"]),
        named=code["type"],
        encoding="utf-8" if code.get("renderEncoding") == "UTF_8" else "iso-8859-1",
    )
    return element("figure", drawn, element("figcaption", foreign(below)), class_="code")


def _style(documents: Documents) -> str:
    """Return the card's colours as CSS; the ink is whichever of Google's two reads better."""
    colour = documents["object"].get("hexBackgroundColor") or documents["class"].get("hexBackgroundColor", "")
    try:
        ground = Color.parse(colour)
    except InvalidCardError:
        ground = _GREY
    ink = max(_INKS, key=ground.contrast)
    return f"--background: {ground.css}; --foreground: {ink.css}"
