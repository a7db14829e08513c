"""One wallet's half in, its column of the page out: the card, what is behind it, and what was found wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from walletcard.errors import Issue
from walletcard.preview import _apple_card, _google_card
from walletcard.preview._documents import Half
from walletcard.preview._markup import Markup, element, foreign, joined


def apple_column(half: Half, *, lang: str, direction: str, before: Half | None = None) -> Markup:
    """Return the front, the back, the words of the lock screen, and the issues."""
    if not half.documents:
        return _unbuilt(half.issues)
    document = half.documents["pass.json"]
    old = before.documents.get("pass.json") if before else None
    return joined(
        _apple_card.front(document, half.pictures, lang=lang, direction=direction),
        _state("The phone greys this card out: it is voided.") if document.get("voided") else None,
        _section("Back", _apple_card.back(document, lang=lang, direction=direction)),
        _section(
            "On the lock screen, when the value changes",
            [
                _notice(document["organizationName"], text, lang, direction)
                for text in _apple_card.notices(document, old)
            ],
        ),
        _issues(half.issues),
        _source(half.documents),
    )


def google_column(half: Half, *, lang: str, direction: str) -> Markup:
    """Return the card, its details and the issues."""
    if not half.documents:
        return _unbuilt(half.issues)
    state = half.documents["object"].get("state", "ACTIVE")
    return joined(
        _google_card.front(half.documents, half.pictures, lang=lang, direction=direction),
        _state(f"The phone keeps this card among the inactive ones: it is {state}.") if state != "ACTIVE" else None,
        _section("Details", _google_card.details(half.documents, lang=lang, direction=direction)),
        _issues(half.issues),
        _source(half.documents),
    )


def _notice(title: str, text: str, lang: str, direction: str) -> Markup:
    return element(
        "p", element("b", foreign(title)), element("span", foreign(text)), class_="notice", lang=lang, dir=direction
    )


def _state(text: str) -> Markup:
    return element("p", text, class_="state")


def _section(title: str, content: Iterable[str]) -> Markup | None:
    pieces = joined(content)
    return joined(element("h3", title), pieces) if pieces else None


def _unbuilt(issues: Iterable[Issue]) -> Markup:
    return element(
        "div", element("p", "This card cannot be built."), _issue_list(issues), class_="unbuilt", role="note"
    )


def _issues(issues: Iterable[Issue]) -> Markup | None:
    found = list(issues)
    return joined(element("h3", "What the check found"), _issue_list(found)) if found else None


def _issue_list(issues: Iterable[Issue]) -> Markup:
    return element(
        "ul",
        [element("li", element("b", one.severity), " ", str(one), " ", element("code", one.code)) for one in issues],
        class_="issues",
    )


def _source(documents: Mapping[str, Mapping[str, Any]]) -> Markup:
    """Return the documents themselves, folded up."""
    return joined(
        element(
            "details",
            element("summary", name),
            element("pre", json.dumps(document, ensure_ascii=False, indent=2), dir="ltr"),
        )
        for name, document in documents.items()
    )
