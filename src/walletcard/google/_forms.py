"""Cards in, the forms that they can take in a save link out, from the fullest to the shortest.

https://developers.google.com/wallet/retail/loyalty-cards/use-cases/jwt
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidDocumentError, Issue
from walletcard.google._canonical import encoded, joined
from walletcard.google._documents import Cast, Document, Moulded
from walletcard.google._translations import in_one_language

FORMS: Final = ("whole", "compact", "object", "id")
MAX_LENGTH: Final = 1_800  # Characters of the token; mail programs and browsers cut longer links.

# What the compact form does without, as people call it and as Google does.
_HERO: Final = "heroImage"
HEAVY: Final = {"text modules": "textModulesData", "template": "classTemplateInfo", "hero": _HERO}
HEAVY_KEYS: Final = frozenset(HEAVY.values())
# What it does without only where it would not fit, one after the other.
_DESCRIPTIONS: Final = "descriptions"
_TRANSLATIONS: Final = "translations"
_LINKS: Final = "links"
_VENUE: Final = "venue"
_LEFT_OUT: Final = (*HEAVY, _DESCRIPTIONS, _TRANSLATIONS, _LINKS, _VENUE, "places")
_LEVELS: Final = 5


class Card(NamedTuple):
    """One card to be put into a link.

    Attributes:
        kind: As Google calls it, such as ``giftCard``.
        class_id: The class's id.
        class_json: The class.
        own: The object.
        own_id: Its id.
        left_out: What the card has and the documents have not.
    """

    kind: str
    class_id: str
    class_json: bytes
    own: Document
    own_id: str
    left_out: tuple[str, ...]

    @property
    def least(self) -> int:
        """How many bytes it has at least, whole: a character has one or more."""
        own = self.own
        pieces = own.mould.least if isinstance(own, Moulded) else sum(map(len, own.pieces.values()))
        return len(self.class_json) + pieces

    @property
    def has_hero(self) -> bool:
        """Whether it shows a picture; that is never one card's alone."""
        return _HERO in (self.own.mould if isinstance(self.own, Moulded) else self.own).pieces

    def without_hero(self) -> Card:
        """Return the card as it were without a host: a picture is not worth a card's texts."""
        kept = {key: piece for key, piece in self.own.pieces.items() if key != _HERO}
        return self._replace(own=Document(self.own.kind, pieces=kept), left_out=("hero", *self.left_out))


class Form(NamedTuple):
    """A form that cards can take.

    Attributes:
        name: One of ``FORMS``.
        payload: What stands in the payload's braces.
        left_out: What the cards have and this form has not.
    """

    name: str
    payload: bytes
    left_out: tuple[str, ...]


def forms(cards: Sequence[Card], name: str, *, room: int) -> Iterator[Form]:
    """Yield the forms to try, the fullest first.

    Args:
        cards: What goes into the link.
        name: One of ``FORMS``, or ``auto`` for ``whole``, the same without the hero, and ``compact``.
        room: How many bytes fit into a link; what is longer at a glance is not put together.
    """
    if name == "whole" or (name == "auto" and _may_fit(cards, room)):
        yield in_form(cards, "whole")
    if name == "auto" and any(one.has_hero for one in cards):
        plain = [one.without_hero() for one in cards]
        if _may_fit(plain, room):
            yield in_form(plain, "whole")
    if name in ("auto", "compact"):
        made = None
        for level in range(_LEVELS):
            lighter = in_form(cards, "compact", level)
            if lighter != made:
                yield (made := lighter)
    if name in ("object", "id"):
        yield in_form(cards, name)


def _may_fit(cards: Sequence[Card], room: int) -> bool:
    return max([one.least for one in cards]) <= room


def in_form(cards: Sequence[Card], name: str, level: int = 0) -> Form:
    """Return one form of the cards; the compact one leaves more out at each level."""
    own = cards[0].own
    if len(cards) > 1 or level or name == "id" or not isinstance(own, Moulded):
        return _put_together(cards, name, level)
    cast = own.mould.casts.get(name)
    if cast is None:
        cast = own.mould.casts[name] = _cast(cards[0], own, name)
    return Form(name, (cast.text % cast.own(own.own)).encode("utf-8"), cast.left_out)


def _cast(card: Card, own: Moulded, name: str) -> Cast:
    """Put a form together for all cards in a state, open where they differ."""
    open_places = {key: f"\0{key}\0" for key in own.own}  # No JSON holds such a character.
    general = Document(own.kind, pieces={**own.mould.pieces, **open_places})
    form = _put_together((card._replace(own=general),), name, 0)
    text = form.payload.decode("utf-8").replace("%", "%%")
    for mark in open_places.values():
        text = text.replace(mark, "%s")
    return Cast(text, itemgetter(*sorted(open_places)), form.left_out)


def _put_together(cards: Sequence[Card], name: str, level: int) -> Form:
    classes: dict[str, dict[str, bytes]] = {}
    objects: dict[str, list[bytes]] = {}
    gone: set[str] = set()
    for card in cards:
        if name == "compact":
            class_json, from_class = _light_class(card.class_json, level)
            object_json, from_object = _light(card.own, level)
            gone.update(from_class, from_object, card.left_out)
        else:
            class_json = card.class_json
            object_json = encoded({"id": card.own_id}, where="id") if name == "id" else card.own.encoded()
            gone.update(card.left_out if name != "id" else ())
        if name in ("whole", "compact"):
            classes.setdefault(card.kind, {}).setdefault(card.class_id, class_json)
        objects.setdefault(card.kind, []).append(object_json)
    lists = []
    for kind in sorted(objects):
        if kind in classes:
            lists.append(b'"%bClasses":[%b]' % (kind.encode("ascii"), b",".join(classes[kind].values())))
        lists.append(b'"%bObjects":[%b]' % (kind.encode("ascii"), b",".join(objects[kind])))
    return Form(name, b",".join(lists), tuple(one for one in _LEFT_OUT if one in gone) if gone else ())


def require_no_secrets(cards: Sequence[Card], name: str, allowed: frozenset[str]) -> None:
    """Raise when a link would show what only Google and the till are to know; a link can be read by anyone.

    Raises:
        InvalidDocumentError: A card has the secret of a rotating code, or a PIN (``link.secret``).
    """
    if name == "id" or "link.secret" in allowed:
        return
    for card in cards:
        if isinstance(card.own, Moulded):
            continue  # Made of a face alone, which holds neither.
        named = card.own.pieces
        secret = "PIN" if "pin" in named else ""
        secret = "rotating-code secret" if '"totpDetails"' in named.get("rotatingBarcode", "") else secret
        if secret:
            message, hint = f"would show the {secret}", 'insert the object first and link by id (form="id")'
            issue = Issue(code="link.secret", where="save link", message=message, hint=hint)
            raise InvalidDocumentError.from_issues([issue])


def too_long_error(lengths: Mapping[str, int], name: str) -> InvalidDocumentError:
    """Return the error for cards that do not fit in the form asked for."""
    each = ", ".join(f"{one} {length}" for one, length in lengths.items())
    fitting = next((one for one in FORMS if lengths[one] <= MAX_LENGTH), None)
    if name != "auto" and fitting in ("whole", "compact"):
        hint = f'use form="{fitting}"'
    elif fitting is None:
        hint = "put fewer cards into one link, or shorten the ids"
    else:
        stored = "class" if fitting == "object" else "class and the object"
        hint = f'put the {stored} to Google by REST first, then use form="{fitting}"'
    message = f"over {MAX_LENGTH} characters in every form allowed ({each})"
    return InvalidDocumentError.from_issues(
        [Issue(code="link.too-long", where="save link", message=message, hint=hint)]
    )


def _light(document: Document, level: int) -> tuple[bytes, list[str]]:
    """Return a document without its heavy parts, and the names of those."""
    found = document.pieces
    gone = [name for name, key in HEAVY.items() if key in found]
    if level == 0:
        kept = {key: piece for key, piece in found.items() if key not in HEAVY_KEYS}
        return joined(kept).encode("utf-8"), gone
    rest = {key: value for key, value in document.body.items() if key not in HEAVY_KEYS}
    for name, lighten in _LIGHTER[:level]:
        lighter = lighten(rest)
        gone += [name] if lighter != rest else []
        rest = lighter
    return encoded(rest, where="compact"), gone


@lru_cache(maxsize=256)
def _light_class(class_json: bytes, level: int) -> tuple[bytes, list[str]]:
    """Lighten a class once for all cards of a programme."""
    return _light(Document("class", json.loads(class_json)), level)


def _undescribed(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose pictures say nothing to screen readers: their names stand beside them."""
    return {
        key: {name: one for name, one in value.items() if name != "contentDescription"}
        if isinstance(value, Mapping)
        else value
        for key, value in body.items()
    }


def _unlinked(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "linksModuleData"}


def _without_venue(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "venue"}


_LIGHTER: Final[tuple[tuple[str, Callable[[Mapping[str, Any]], dict[str, Any]]], ...]] = (
    (_DESCRIPTIONS, _undescribed),
    (_TRANSLATIONS, in_one_language),
    (_LINKS, _unlinked),
    (_VENUE, _without_venue),
)
