"""A title and a body in, a page out that loads nothing and runs nothing: a browser is told so, and holds it to it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from walletcard.preview._markup import Markup, element

_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_ORIGIN: Final = "Drawn by walletcard from the finished documents; never compared with a phone here."
_UNKNOWN: Final = (
    "Only a phone shows its own fonts, where exactly it cuts a long text off, how it spaces a row of fields, "
    "and the colours and wording of its notices. A phone lays a card out in the direction of its own language; "
    "here it follows the card's. Google picks the colour of its text itself, and says some labels in the phone's "
    "language; here they are English. Where a phone has room for fewer fields, it leaves the last ones out."
)


def document(title: str, body: Markup, *, sheet: str, lang: str = "en", direction: str | None = None) -> str:
    """Return a whole page.

    Args:
        title: Of the window.
        body: The ``body`` element.
        sheet: The style sheet beside this module.
        lang: The language of the page's own words.
        direction: Of the page; that of English by default.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", _css(sheet)),
    )
    page = f"<!DOCTYPE html>\n{element('html', head, body, lang=lang, dir=direction)}\n"
    return page.encode("utf-8", "replace").decode("utf-8")  # Half a letter in a stranger's pass is in no file.


def footer() -> Markup:
    """Return what a page of cards cannot know without a phone."""
    return element("footer", element("p", _ORIGIN), element("p", _UNKNOWN))


@cache
def _css(sheet: str) -> Markup:
    """Read a style sheet, which is ours and holds no foreign text."""
    return Markup(files(__package__).joinpath(sheet).read_text(encoding="utf-8"))
