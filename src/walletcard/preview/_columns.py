"""One wallet's half in, its column of the page out: the card, what is behind it, and what was found wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from walletcard.errors import Issue
from walletcard.preview import _apple_card, _google_card
from walletcard.preview._apple_fields import near, notices, phone_writes, style_of, text
from walletcard.preview._documents import Half
from walletcard.preview._markup import Markup, element, foreign, joined

_SECRETS: Final = frozenset({"authenticationToken", "password"})  # Of a pass, and of the wireless network in it.


def apple_column(half: Half, *, lang: str, direction: str, before: Half | None = None) -> Markup:
    """Return the front, the back, the words of the lock screen, and the issues."""
    if not half.documents:
        return unbuilt(half.issues)
    document = half.documents["pass.json"]
    old = before.documents.get("pass.json") if before else None
    title = text(document, "organizationName")
    changes, places = notices(document, old, lang), near(document)
    return joined(
        _apple_card.front(document, half.pictures, lang=lang, direction=direction),
        [_state(said) for said in _said(document)],
        _section("Back", _apple_card.back(document, lang=lang, direction=direction)),
        _section(
            "On the lock screen, when the value changes", [_notice(title, one, lang, direction) for one in changes]
        ),
        _section("On the lock screen, near a place", [_notice(title, one, lang, direction) for one in places]),
        _issues(half.issues),
        _source(half.documents),
    )


def google_column(half: Half, *, lang: str, direction: str, link: str = "") -> Markup:
    """Return the card, its details and the issues; ``link`` says what a save link leaves out."""
    if not half.documents:
        return unbuilt(half.issues)
    state = half.documents["object"].get("state", "ACTIVE")
    return joined(
        _google_card.front(half.documents, half.pictures, lang=lang, direction=direction),
        _state(f"The phone keeps this card among the inactive ones: it is {state}.") if state != "ACTIVE" else None,
        _state(link) if link else None,
        [_state(said) for said in _labelled(half.documents, lang)],
        _section("Details", _google_card.details(half.documents, lang=lang, direction=direction)),
        _issues(half.issues),
        _source(half.documents),
    )


def _labelled(documents: Mapping[str, Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Yield which labels of a card in another language are English here alone."""
    own = [] if lang.partition("-")[0] == "en" else _google_card.own_labels(documents, lang)
    if own:
        yield f"English here, in the phone's language there, since Google says them itself: {', '.join(own)}."


def _said(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the picture of the card cannot say by itself."""
    if document.get("voided") is True:
        yield "The phone greys this card out: it is voided."
    style = style_of(document)
    if not style:
        yield "This pass has no style, so no phone knows how to lay it out."
    if "posterGeneric" in document or "preferredStyleSchemes" in document:
        yield "Newer phones may show a poster in the place of this card. Posters are not drawn here."
    if style == "boardingPass":
        yield "The mark between the two places is the phone's own; an arrow stands for it."
    if phone_writes(document):
        yield "The phone writes some dates and numbers of this pass itself, in its own language and time zone."


def _notice(title: str, text: str, lang: str, direction: str) -> Markup:
    return element(
        "p", element("b", foreign(title)), element("span", foreign(text)), class_="notice", lang=lang, dir=direction
    )


def _state(text: str) -> Markup:
    return element("p", text, class_="state")


def _section(title: str, content: Iterable[str]) -> Markup | None:
    pieces = joined(content)
    return joined(element("h3", title), pieces) if pieces else None


def unbuilt(issues: Iterable[Issue]) -> Markup:
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


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: "..." if key in _SECRETS else _without_secrets(one) for key, one in value.items()}
    return [_without_secrets(one) for one in value] if isinstance(value, (list, tuple)) else value


def _source(documents: Mapping[str, Mapping[str, Any]]) -> Markup:
    """Return the documents themselves, folded up; what opens a door stays out, for pages are passed on."""
    return joined(
        element(
            "details",
            element("summary", name),
            element("pre", json.dumps(_without_secrets(document), ensure_ascii=False, indent=2), dir="ltr"),
        )
        for name, document in documents.items()
    )
