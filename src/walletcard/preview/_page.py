"""Faces in, one self-contained page out: no script, nothing loaded, readable by a screen reader and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from walletcard._clock import utc_now
from walletcard.apple import Identity
from walletcard.apple._identity import require_identity
from walletcard.apple._languages import require_languages
from walletcard.errors import InvalidCardError, Issue
from walletcard.model import Face, require_moment
from walletcard.model._extra import require_face
from walletcard.preview._columns import apple_column, google_column
from walletcard.preview._documents import Half, Moment
from walletcard.preview._markup import Markup, element, foreign
from walletcard.preview._package import opened
from walletcard.preview._shell import document, footer
from walletcard.preview._spoken import apple_spoken, google_spoken

_BYTES: Final = (bytes, bytearray, memoryview)


def html(
    face: Face | bytes,
    *,
    previous: Face | bytes | None = None,
    translations: Sequence[Face] = (),
    identity: Identity | None = None,
    issuer_id: str | None = None,
    at: datetime | None = None,
) -> str:
    """Return a page that shows the card as both wallets would, made from the documents that would be sent.

    A wallet whose documents cannot be built has its issues in their place. Pictures behind an address are not
    loaded: an initial stands for a logo.

    Args:
        face: The card; or the bytes of a ``.pkpass``, whoever made it: front and back, what keeps a phone from taking
            it, and every language that it holds; or a ``pass.json`` alone, without the pictures that go with it.
        previous: The card, or the pass, before; shown beside it.
        translations: The same card in other languages: what a phone of each language shows follows below.
        identity: Signs the pass; without it the pass ids are left out, and the page says that phones refuse it.
        issuer_id: Google's number of the issuer; without it a placeholder stands there. A pass has no use for this
            or for ``identity``.
        at: When the card would be signed, or the pass is looked at; aware. Now by default.

    Raises:
        InvalidCardError: ``face``, ``previous`` or ``at`` is of a wrong type, or ``translations`` of a pass.
        KeyMaterialError: ``identity`` is not an `Identity`.
        PassReadError: The bytes are no pass that can be read.
    """
    when = utc_now() if at is None else at
    require_moment(when)
    if identity is not None:
        require_identity(identity)
    build = partial(Moment.of, identity=identity, issuer_id=issuer_id, at=when)
    spoken: Iterable[Moment] = ()
    if isinstance(face, _BYTES):
        if translations:
            raise _fixed_languages()
        now, spoken, note = opened(bytes(face), at=when)
        sent = now
    else:
        others = require_languages(_face(face, "face"), translations)
        now, note = build(face), _note(identity)
        sent = build(face, translations=others) if others else now
        if others:
            spoken = _in_languages(sent, [build(other) for other in others])
    link = sent.google.link if sent.google else ""
    return page(now, before=_before(previous, build, when), spoken=spoken, note=note, link=link)


def _before(previous: Face | bytes | None, build: Callable[[Face], Moment], when: datetime) -> Moment | None:
    if previous is None:
        return None
    if isinstance(previous, _BYTES):
        return opened(bytes(previous), at=when).now
    return build(_face(previous, "previous"))


def _face(value: object, where: str) -> Face:
    need, path = "a Face or the bytes of a .pkpass", "open the file and pass its bytes"
    return require_face(value, where=where, need=need, path=path)


def _fixed_languages() -> InvalidCardError:
    message, hint = "a pass holds its languages itself", "leave translations out, or pass the faces it was made from"
    return InvalidCardError.from_issues(
        [Issue(code="translations.pass", where="translations", message=message, hint=hint)]
    )


def _in_languages(whole: Moment, alone: Sequence[Moment]) -> Iterator[Moment]:
    """Yield what a phone of each language makes of the one card that holds them all."""
    passes = apple_spoken(whole.apple, whole.lang, {one.lang: one.apple for one in alone})
    for one in (whole, *alone):
        google = None if whole.google is None else google_spoken(whole.google, one.lang)
        yield replace(whole, lang=one.lang, direction=one.direction, apple=passes[one.lang], google=google)


def page(
    now: Moment,
    *,
    before: Moment | None = None,
    spoken: Iterable[Moment] = (),
    note: str | None = None,
    link: str = "",
) -> str:
    """Return the page of finished documents.

    Args:
        now: The card.
        before: What it was.
        spoken: What phones of several languages show.
        note: Why a phone would not take it.
        link: What a save link of the card would leave out.
    """
    name = now.name or ("Card without a description" if now.apple.documents else "Card that cannot be built")
    body = element(
        "body",
        element("header", element("h1", foreign(name), lang=now.lang), note and element("p", note, class_="warning")),
        element(
            "main",
            [element("div", row, class_="columns") for row in (*_rows(now, before, link), *_languages(spoken)) if row],
        ),
        footer(),
    )
    return document(f"{name} – preview", body, sheet="page.css")


def _rows(now: Moment, before: Moment | None, link: str) -> Iterator[list[Markup]]:
    """Yield both wallets side by side, or for each wallet both moments."""
    if before is None:
        yield [*_apple("Apple Wallet", now), *_google("Google Wallet", now, link)]
        return
    yield [*_apple("Apple Wallet, before", before), *_apple("Apple Wallet, after", now, before=before.apple)]
    yield [*_google("Google Wallet, before", before), *_google("Google Wallet, after", now, link)]


def _languages(spoken: Iterable[Moment]) -> Iterator[list[Markup]]:
    """Yield both wallets on a phone of each language."""
    for one in spoken:
        phone = f"phone in {one.lang}"
        yield [*_apple(f"Apple Wallet, {phone}", one), *_google(f"Google Wallet, {phone}", one)]


def _apple(title: str, moment: Moment, *, before: Half | None = None) -> Iterator[Markup]:
    column = apple_column(moment.apple, lang=moment.lang, direction=moment.direction, before=before)
    yield element("section", element("h2", title), column)


def _google(title: str, moment: Moment, link: str = "") -> Iterator[Markup]:
    """Yield the column; none for a pass, which is Apple's alone."""
    if moment.google is not None:
        column = google_column(moment.google, lang=moment.lang, direction=moment.direction, link=link)
        yield element("section", element("h2", title), column)


def _note(identity: Identity | None) -> str | None:
    if identity is None:
        return "Not signed yet, so that phones would refuse it: make_pkpass signs."
    return "Phones refuse this card: it is signed with a throw-away key." if identity.throwaway else None
