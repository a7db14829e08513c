"""A class and an object in, the card and its details as HTML out, laid out as a current Android does.

https://developers.google.com/wallet/retail/loyalty-cards/resources/template
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from walletcard.errors import InvalidCardError
from walletcard.model import Color, Picture
from walletcard.preview._barcode import barcode
from walletcard.preview._google_values import Shown, item, shown, words
from walletcard.preview._markup import Markup, element, foreign, listing, pair

Json = Mapping[str, Any]
Documents = Mapping[str, Json]

# https://developers.google.com/wallet/reference/rest/v1/BarcodeType
_SYMBOLOGIES: Final = {"AZTEC": "Aztec", "CODE_128": "Code 128", "PDF_417": "PDF417", "QR_CODE": "QR"}
_INKS: Final = (Color(255, 255, 255), Color(32, 33, 36))
_GREY: Final = Color(95, 99, 104)  # Without a colour Google takes one from the pictures.
_ROW: Final = ("oneItem", "twoItems", "threeItems")
_PLACES: Final = ("item", "startItem", "middleItem", "endItem")
_DEFAULT_ROW: Final = ("object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance")
_DEFAULT_DETAILS: Final = ("object.accountName", "object.accountId", "object.cardNumber", "class.rewardsTier")


def front(documents: Documents, pictures: Mapping[str, Picture], *, lang: str, direction: str) -> Markup:
    """Return the card."""
    class_ = documents["class"]
    program = name_of(class_)
    money = shown(documents, "object.balance")  # A gift card's, which Google shows beside the name.
    return element(
        "article",
        element("header", _logo(class_, pictures), element("p", foreign(class_["issuerName"]), class_="name")),
        element("p", foreign(program), class_="program") if program != class_["issuerName"] or not money else None,
        listing([pair(*money)], class_="row") if money else None,
        [listing((pair(*one) for one in row), class_="row") for row in _rows(documents)],
        _code(documents["object"]),
        _hero(documents, pictures),
        class_="card google",
        style=_style(class_),
        lang=lang,
        dir=direction,
        aria_label=program,
    )


def name_of(class_: Json) -> str:
    """Return what a card is called: by its programme, or a gift card by whoever honours it."""
    return str(class_.get("programName") or class_.get("merchantName") or class_["issuerName"])


def details(documents: Documents, *, lang: str, direction: str) -> Markup:
    """Return the list that opens under the card."""
    return listing((pair(*one) for one in _details(documents)), class_="back", lang=lang, dir=direction)


def _rows(documents: Documents) -> Iterator[list[Shown]]:
    override = documents["class"].get("classTemplateInfo", {}).get("cardTemplateOverride")
    if override is None:
        yield [one for path in _DEFAULT_ROW if (one := shown(documents, path))]
        return
    for row in override["cardRowTemplateInfos"]:
        columns: Json = next((row[kind] for kind in _ROW if kind in row), {})
        items = (item(documents, columns[place]) for place in _PLACES if place in columns)
        yield [one for one in items if one]


def _details(documents: Documents) -> Iterator[Shown]:
    """Yield messages, then the items of the class, or by default text modules, account, tier and links."""
    both = (documents["object"], documents["class"])
    for message in (message for one in both for message in one.get("messages", [])):
        yield Shown(message.get("header", ""), message["body"])
    override = documents["class"].get("classTemplateInfo", {}).get("detailsTemplateOverride")
    if override is not None:
        found = (item(documents, entry["item"]) for entry in override["detailsItemInfos"])
        yield from (one for one in found if one)
        return
    for module in (module for one in both for module in one.get("textModulesData", [])):
        yield Shown(module.get("header", ""), module["body"])
    yield from (one for path in _DEFAULT_DETAILS if (one := shown(documents, path)))
    for link in (link for one in both for link in one.get("linksModuleData", {}).get("uris", [])):
        yield Shown(link.get("description", ""), link["uri"])


def _logo(class_: Json, pictures: Mapping[str, Picture]) -> Markup | None:
    if "programLogo" not in class_:
        return None
    address = class_["programLogo"]["sourceUri"]["uri"]
    if picture := pictures.get(address):
        return element(
            "img", src=picture.data_url, alt=words(class_["programLogo"].get("contentDescription")), class_="logo"
        )
    # Nothing is loaded from the network to make this page: an initial stands for a logo that Google loads.
    return element("span", class_["issuerName"][:1], role="img", aria_label=f"Logo at {address}", class_="logo")


def _hero(documents: Documents, pictures: Mapping[str, Picture]) -> Markup | None:
    image = documents["object"].get("heroImage") or documents["class"].get("heroImage")
    picture = pictures.get(image["sourceUri"]["uri"]) if image else None
    if image is None or picture is None:
        return None
    return element("img", src=picture.data_url, alt=words(image.get("contentDescription")), class_="hero")


def _code(object_: Json) -> Markup | None:
    code = object_.get("barcode")
    if code is None:
        return None
    drawn = barcode(
        code["value"],
        symbology=_SYMBOLOGIES.get(code["type"], code["type"]),
        encoding="utf-8" if code.get("renderEncoding") == "UTF_8" else "iso-8859-1",
    )
    below = code.get("alternateText") or object_.get("accountId") or code["value"]
    return element("figure", drawn, element("figcaption", foreign(below)), class_="code")


def _style(class_: Json) -> str:
    """Return the card's colours as CSS; the ink is whichever of Google's two reads better."""
    try:
        ground = Color.parse(class_.get("hexBackgroundColor", ""))
    except InvalidCardError:
        ground = _GREY
    ink = max(_INKS, key=ground.contrast)
    return f"--background: {ground.css}; --foreground: {ink.css}"
