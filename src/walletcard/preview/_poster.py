"""A programme and the address to join it at in, a page to print and put on the counter out."""

from __future__ import annotations

from typing import Final, Literal

from walletcard import render
from walletcard.model import Face, Program
from walletcard.model._checks import Findings, require
from walletcard.model._design import check_https
from walletcard.model._text import direction_of, text_in
from walletcard.preview._markup import Markup, element, foreign
from walletcard.preview._shell import document
from walletcard.words import phrase_book

Size = Literal["A5", "A6"]

_SIZES: Final = ("A5", "A6")
_WALLETS: Final = ("Apple Wallet", "Google Wallet")  # Each is a name that its owner asks not to translate.
_MARKS: Final = "Apple Wallet is a trademark of Apple Inc. Google Wallet is a trademark of Google LLC."
_MODULE: Final = 12  # Pixels: sharp at 300 dots per inch on either paper.


def poster(program: Program, join_url: str, *, size: Size = "A6", locale: str | None = None) -> str:
    """Return a page to print: logo, name, the code that leads to the card, one sentence, and both wallets' names.

    The names are words. The badges that Apple and Google hand out ("Add to Apple Wallet" and its sister) are theirs,
    come with rules of their own, and are not bundled. Print the page without margins, with background graphics.

    Args:
        program: Whose card it is.
        join_url: Where a customer joins; an https address, short if you can: the shorter, the larger the squares.
        size: The paper: ``A6`` or ``A5``, upright.
        locale: Another language than the programme's.

    Raises:
        InvalidCardError: No such size, no https address or one too long for a code, no words for the language, or
            colours that cannot be told apart.
        RenderError: A picture of the design is damaged or too small.
    """
    require(program, Program, "program")
    findings = Findings("poster")
    check_https(findings, "join_url", join_url)
    findings.choice("size", size, _SIZES, code="poster.size")
    if locale is not None:
        findings.locale("locale", locale)
    findings.finish()
    tongue = program.locale if locale is None else locale
    sentence = phrase_book(tongue, program.words, home=program.locale).say("join_scan")
    name = text_in(program.name, tongue, where="program.name")
    body = element("body", _paper(program, name, sentence, join_url, size), lang=tongue)
    return document(name, body, sheet="poster.css", lang=tongue, direction=direction_of(tongue))


def _paper(program: Program, name: str, sentence: str, join_url: str, size: Size) -> Markup:
    code, palette = render.qr(join_url, correction="Q", module=_MODULE), program.design.palette
    return element(
        "main",
        element(
            "header",
            _logo(program),
            element("h1", foreign(name)),
            style=f"--background: {palette.background.css}; --foreground: {palette.foreground.css}",
        ),
        element("img", src=code.data_url, alt=f"QR code: {join_url}", class_="qr"),
        element("p", sentence, class_="sentence"),
        element("p", [element("span", wallet) for wallet in _WALLETS], class_="wallets", dir="ltr", lang="en"),
        element("footer", _MARKS, dir="ltr", lang="en"),
        class_=size.lower(),
    )


def _logo(program: Program) -> Markup:
    """Return the programme's logo, or its app icon."""
    name = program.id  # A face has texts; its pictures do not say them.
    sample = Face(id="SAMPLE-1", issuer=name, title=name, description=name, locale="en", design=program.design)
    pictures = render.pictures(sample, wallet="apple")
    logo = pictures.get("logo@3x.png") or pictures["icon@3x.png"]
    return element("img", src=logo.data_url, alt="", class_="logo")
