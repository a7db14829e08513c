"""A face in, the class and the object that Google keeps of it out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, allowed_codes
from walletcard.google._documents import ANY_ISSUER, Wanted, built, required
from walletcard.google._pictures import Host
from walletcard.google._states import accepted
from walletcard.model import Face, Picture
from walletcard.model._typed import Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources(Typed):
    """A class and an object, checked, as canonical JSON. The documents themselves are made afresh at each look.

    Attributes:
        kind: ``loyalty``, ``giftCard``, ``offer``, ``generic`` or ``eventTicket``, as Google calls it.
        class_id: ``issuer.program``, and ``issuer.program.tier-level`` for a card that has a level.
        object_id: ``issuer.program.card``.
        class_json: The class as UTF-8 JSON with sorted keys.
        object_json: The object, alike.
        left_out: What the face has and the documents have not: ``hero`` when no ``host`` gave it an address,
            ``places`` unless `merchant_locations` went along.
    """

    kind: str
    class_id: str
    object_id: str
    class_json: bytes = field(repr=False)
    object_json: bytes = field(repr=False)
    left_out: tuple[str, ...] = ()

    @property
    def class_(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.class_json)
        return found

    @property
    def object(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.object_json)
        return found


def resources(
    face: Face,
    *,
    issuer_id: str | int,
    pictures: Mapping[str, Picture] | None = None,
    host: Host | None = None,
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> Resources:
    """Return the class and the object of a card, for REST, a save link or a preview.

    Args:
        face: The card, of any kind.
        issuer_id: The number of the Google Pay & Wallet Console, as text.
        pictures: ``hero`` and ``logo``, as `walletcard.render.pictures` makes them.
        host: Returns the https address of a picture; asked for the hero, and for the logo when the design names none.
        translations: The same card's faces in other languages, with the same fields; the phone shows its own.
        extra: Google's own keys for the ``class`` and the ``object``. Objects are merged, anything else replaces,
            ``None`` removes.
        allow: Codes of issues to overrule.

    Raises:
        InvalidCardError: The face is of a kind that has no Google form (``kind.unsupported``), or a translation is
            another card's or has other fields (``translations.fields``).
        InvalidDocumentError: Google would refuse the documents; ``issues`` holds every reason.
    """
    made = accepted(face, Wanted(issuer_id, pictures, host, translations, extra), allow=allow)
    return Resources(
        kind=made.kind.name,
        class_id=made.shared.id,
        object_id=made.object_id,
        class_json=made.class_json,
        object_json=made.own.encoded(),
        left_out=made.left_out,
    )


def check(
    face: Face,
    *,
    issuer_id: str | int | None = None,
    pictures: Mapping[str, Picture] | None = None,
    host: Host | None = None,
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> tuple[Issue, ...]:
    """Return everything that `resources` would refuse with the same arguments, and what Google would cut.

    Args:
        face: The card.
        issuer_id: ``None`` leaves it unjudged.
        pictures: As for `resources`.
        host: As for `resources`.
        translations: As for `resources`.
        extra: As for `resources`.
        allow: Codes of issues to leave out.
    """
    allowed = allowed_codes(allow)
    issuer = ANY_ISSUER if issuer_id is None else issuer_id
    wanted = required(face, Wanted(issuer, pictures, host, translations, extra))
    try:
        found = built(face, wanted).issues
    except (InvalidCardError, InvalidDocumentError) as error:
        return error.issues
    return tuple(issue for issue in found if issue.code not in allowed)
