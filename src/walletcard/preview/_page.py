"""Faces in, one self-contained page out: no script, nothing loaded, readable by a screen reader and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from importlib.resources import files
from typing import Final

from walletcard._clock import utc_now
from walletcard.apple import Identity
from walletcard.apple._identity import require_identity
from walletcard.apple._languages import require_languages
from walletcard.model import Face, require_moment
from walletcard.model._extra import require_face
from walletcard.preview._columns import apple_column, google_column
from walletcard.preview._documents import Half, Moment
from walletcard.preview._markup import Markup, element, foreign
from walletcard.preview._spoken import apple_spoken, google_spoken

_ORIGIN: Final = "Drawn by walletcard from the finished documents; never compared with a phone here."
_UNKNOWN: Final = (
    "Only a phone shows its own fonts, where exactly it cuts a long text off, how it spaces a row of fields, "
    "and the colours and wording of its notices. A phone lays a card out in the direction of its own language; "
    "here it follows the card's. Google picks the colour of its text itself."
)


def html(
    face: Face,
    *,
    previous: Face | None = None,
    translations: Sequence[Face] = (),
    identity: Identity | None = None,
    issuer_id: str | None = None,
    at: datetime | None = None,
) -> str:
    """Return a page that shows the card as both wallets would, made from the documents that would be sent.

    A wallet whose documents cannot be built has its issues in their place. Pictures behind an address are not
    loaded: an initial stands for a logo.

    Args:
        face: The card.
        previous: The card before; shown beside it.
        translations: The same card in other languages: what a phone of each language shows follows below.
        identity: Signs the pass; without it the pass ids are left out, and the page says that phones refuse it.
        issuer_id: Google's number of the issuer; without it a placeholder stands there.
        at: When the card would be signed; aware. Now by default.

    Raises:
        InvalidCardError: ``face``, ``previous`` or ``at`` is of a wrong type.
        KeyMaterialError: ``identity`` is not an `Identity`.
    """
    when = utc_now() if at is None else at
    require_moment(when)
    require_face(face)
    if previous is not None:
        require_face(previous, where="previous")
    if identity is not None:
        require_identity(identity)
    others = require_languages(face, translations)
    build = partial(Moment.of, identity=identity, issuer_id=issuer_id, at=when)
    spoken = _in_languages(build(face, translations=others), [build(other) for other in others]) if others else ()
    return page(build(face), before=None if previous is None else build(previous), spoken=spoken, note=_note(identity))


def _in_languages(whole: Moment, alone: Sequence[Moment]) -> Iterator[Moment]:
    """Yield what a phone of each language makes of the one card that holds them all."""
    passes = apple_spoken(whole.apple, whole.lang, {one.lang: one.apple for one in alone})
    for one in (whole, *alone):
        google = google_spoken(whole.google, one.lang)
        yield replace(whole, lang=one.lang, direction=one.direction, apple=passes[one.lang], google=google)


def page(now: Moment, *, before: Moment | None = None, spoken: Iterable[Moment] = (), note: str | None = None) -> str:
    """Return the page of finished documents.

    Args:
        now: The card.
        before: What it was.
        spoken: What phones of several languages show.
        note: Why a phone would not take it.
    """
    name = now.name or "Card that cannot be built"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{name} – preview"),
        element("style", _css()),
    )
    body = element(
        "body",
        element("header", element("h1", foreign(name), lang=now.lang), note and element("p", note, class_="warning")),
        element(
            "main",
            [element("div", columns, class_="columns") for columns in (*_rows(now, before), *_languages(spoken))],
        ),
        element("footer", element("p", _ORIGIN), element("p", _UNKNOWN)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _rows(now: Moment, before: Moment | None) -> Iterator[list[Markup]]:
    """Yield both wallets side by side, or for each wallet both moments."""
    if before is None:
        yield [_apple("Apple Wallet", now), _google("Google Wallet", now)]
        return
    yield [_apple("Apple Wallet, before", before), _apple("Apple Wallet, after", now, before=before.apple)]
    yield [_google("Google Wallet, before", before), _google("Google Wallet, after", now)]


def _languages(spoken: Iterable[Moment]) -> Iterator[list[Markup]]:
    """Yield both wallets on a phone of each language."""
    for one in spoken:
        yield [_apple(f"Apple Wallet, phone in {one.lang}", one), _google(f"Google Wallet, phone in {one.lang}", one)]


def _apple(title: str, moment: Moment, *, before: Half | None = None) -> Markup:
    column = apple_column(moment.apple, lang=moment.lang, direction=moment.direction, before=before)
    return element("section", element("h2", title), column)


def _google(title: str, moment: Moment) -> Markup:
    column = google_column(moment.google, lang=moment.lang, direction=moment.direction)
    return element("section", element("h2", title), column)


def _note(identity: Identity | None) -> str | None:
    if identity is None:
        return "Phones refuse this card: it is signed by nobody."
    return "Phones refuse this card: it is signed with a throw-away key." if identity.throwaway else None


@lru_cache(maxsize=1)
def _css() -> Markup:
    """Read the page's style sheet, which is ours and holds no foreign text."""
    return Markup(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))
