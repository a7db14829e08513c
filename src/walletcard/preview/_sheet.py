"""A programme in, every stamp count of its card on one page out: what an owner signs off before the first customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue
from walletcard.loyalty import apply, face, join, replay
from walletcard.model import Card, Event, Program, require_moment
from walletcard.model._checks import require
from walletcard.preview import _apple_card, _google_card
from walletcard.preview._columns import unbuilt
from walletcard.preview._documents import Half, Moment
from walletcard.preview._markup import Markup, element, foreign, joined
from walletcard.preview._shell import document, footer

_CARD: Final = "SAMPLE-1"


class _Shot(NamedTuple):
    """One card of the sheet, and what is under it."""

    words: str
    moment: Moment


def sheet(program: Program, *, locale: str | None = None, at: datetime | None = None) -> str:
    """Return a contact sheet: the front of the card at every stamp count, complete, used and closed, in both wallets.

    Args:
        program: One that has stamps.
        locale: Another language than the programme's.
        at: When the cards are looked at; aware. Now by default.

    Raises:
        InvalidCardError: The programme has no stamps, or no words for the language; or ``at`` has no time zone.
    """
    require(program, Program, "program")
    when = utc_now() if at is None else at
    require_moment(when)
    if program.stamps is None:
        message, hint = "the programme has no stamps", "use preview.html(face) for its cards"
        raise InvalidCardError.from_issues(
            [Issue(code="stamps.missing", where="program.stamps", message=message, hint=hint)]
        )
    shots = [
        _Shot(words, Moment.of(face(program, card, at=when), identity=None, issuer_id=None, at=when))
        for words, card in _cards(program, program.stamps.goal, locale, when)
    ]
    return document(f"{program.id} – every stamp", _body(shots), sheet="page.css")


def _cards(program: Program, goal: int, locale: str | None, at: datetime) -> Iterator[tuple[str, Card]]:
    """Yield a card of every count, then a complete one, one whose reward was used, and one that is closed."""
    new = join(program, id=_CARD, at=at, locale=locale)
    yield f"{new.stamps} of {goal}", new  # Joining may have given some.

    def stamped(count: int) -> Card:
        return replay(program, new, [Event.grant(id="sample", at=at, stamps=count - new.stamps)])

    for count in range(new.stamps + 1, goal):
        yield f"{count} of {goal}", stamped(count)
    full = stamped(goal)
    yield f"{goal} of {goal}: complete", full
    yield "reward waiting, next card begun", replay(program, full, [Event.grant(id="next", at=at, stamps=1)])
    final = next(one.id for one in full.vouchers if one.origin == "goal")
    yield "reward used", apply(program, full, Event.redeem(id="used", at=at, voucher=final))[0]
    yield "closed", apply(program, new, Event.close(id="closed", at=at, reason="sample"))[0]


def _body(shots: list[_Shot]) -> Markup:
    name = shots[0].moment.name or "Card that cannot be built"
    apple = _grid("Apple Wallet", [(one, one.moment.apple) for one in shots], _apple)
    google = _grid("Google Wallet", [(one, one.moment.google) for one in shots if one.moment.google], _google)
    heading = element("h1", foreign(name), lang=shots[0].moment.lang)
    return element("body", element("header", heading), element("main", apple, google), footer(), class_="sheet")


def _grid(title: str, halves: list[tuple[_Shot, Half]], draw: Callable[[Moment, Half], Markup]) -> Markup:
    heading, first = element("h2", title), halves[0][1]
    if not first.documents:
        return element("section", heading, unbuilt(first.issues))
    cells = [
        element("figure", _drawn(shot, half, draw), element("figcaption", shot.words), class_="shot")
        for shot, half in halves
    ]
    return element("section", heading, element("div", cells, class_="shots"))


def _drawn(shot: _Shot, half: Half, draw: Callable[[Moment, Half], Markup]) -> Markup:
    return joined(draw(shot.moment, half) if half.documents else unbuilt(half.issues))


def _apple(moment: Moment, half: Half) -> Markup:
    pass_json = half.documents["pass.json"]
    return _apple_card.front(pass_json, half.pictures, lang=moment.lang, direction=moment.direction)


def _google(moment: Moment, half: Half) -> Markup:
    return _google_card.front(half.documents, half.pictures, lang=moment.lang, direction=moment.direction)
