"""A card's face and the one before it in, what Google has to be told out.

https://developers.google.com/wallet/reference/rest/v1/loyaltyobject/patch
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, allowed_codes, quoted
from walletcard.google._canonical import encoded
from walletcard.google._compare import whole
from walletcard.google._documents import Wanted
from walletcard.google._ids import id_problem
from walletcard.google._pictures import Host
from walletcard.google._resources import Resources, resources
from walletcard.google._settings import require_issuer
from walletcard.google._states import accepted
from walletcard.google._walk import walked
from walletcard.model import Face, Picture
from walletcard.model._extra import merged, require_face
from walletcard.model._typed import Typed

# The fields whose change Google announces, as far as it says: "loyaltyPoints.balance, rewardsTier and others". A level
# stands on the class, so that a card announces it by its classId.
# https://developers.google.com/wallet/retail/loyalty-cards/use-cases/trigger-push-notifications
_ANNOUNCED: Final = ("loyaltyPoints.balance", "secondaryLoyaltyPoints.balance", "balance", "classId")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Typed):
    """A card that goes to another class under a new id.

    Attributes:
        insert: The new object, and the class that must be there before it. Later changes of the card go to its
            ``object_id``.
        retired_id: The old object.
        retire: The PATCH body that puts the old object away.
    """

    insert: Resources
    retired_id: str
    retire: Mapping[str, Any]


def patch(
    face: Face,
    *,
    since: Face | Resources,
    issuer_id: str | int,
    pictures: Mapping[str, Picture] | None = None,
    host: Host | None = None,
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> dict[str, Any]:
    """Return the body of the PATCH that brings a card's object up to date; empty when there is nothing to tell.

    Google puts the changes in: what the body does not name stays, ``None`` takes away, and a list replaces the whole
    list. Of a card that has risen to another level the body names the new ``classId``, whose class must be there
    before; Google documents no such change, so that `move` is there for the day when it refuses.

    A person hears of it (``notifyPreference``) only when `Face.announces` names a field and a number that Google
    announces has changed; a notice is heard by itself. Google announces three changes of a card a day.

    Args:
        face: The card now.
        since: The card as it was sent last: its face, or what `resources` made of it.
        issuer_id: As for `resources`.
        pictures: As for `resources`; those of the card now.
        host: As for `resources`.
        translations: As for `resources`. Then give ``since`` as resources with translations of its own, or every
            translated text is sent again.
        extra: As for `resources`.
        allow: As for `resources`.

    Raises:
        InvalidCardError: ``since`` is another card (``card.mismatch``), or as for `resources`.
        InvalidDocumentError: Google would refuse the change; ``issues`` holds every reason.
    """
    wanted = Wanted(issuer_id, pictures, host, translations, extra)
    made = accepted(face, wanted, allow=allow)
    before = _before(face, since, wanted, allow)
    if before.get("id") != made.object_id:
        message = f"is another card ({quoted(before.get('id'))})"
        issue = Issue(code="card.mismatch", where="since", message=message, hint="pass the same card as it was before")
        raise InvalidCardError.from_issues([issue])
    body: dict[str, Any] = json.loads(encoded(difference(before, made.own.body), where=made.kind.object_type))
    if face.announces not in (None, "notice") and any(_differs(path, before, made.own.body) for path in _ANNOUNCED):
        body["notifyPreference"] = "NOTIFY_ON_UPDATE"
    _judge(made.kind.object_type, body, allow)
    return body


def move(
    face: Face,
    *,
    issuer_id: str | int,
    old_id: str | None = None,
    pictures: Mapping[str, Picture] | None = None,
    host: Host | None = None,
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> Move:
    """Return what to do when Google refuses to let a card change its class: a new object, and the old one put away.

    Both are one stack while both are there. The holder gets the new one by a save link, or by its id in the old one's
    ``linkedObjectIds``, which cannot be taken back. A level that the card has had before has an object already: PUT
    it instead.

    Args:
        face: The card at its new level.
        issuer_id: As for `resources`.
        old_id: The id of the object that goes; by default the card's first one.
        pictures: As for `resources`.
        host: As for `resources`.
        translations: As for `resources`.
        extra: As for `resources`.
        allow: As for `resources`.

    Raises:
        InvalidCardError: The card has no level (``card.tier``), or as for `resources`.
        InvalidDocumentError: As for `resources`.
    """
    if require_face(face).tier is None:
        hint = "a card without levels stays in its class"
        issue = Issue(code="card.tier", where="face.tier", message="None: the card has no level", hint=hint)
        raise InvalidCardError.from_issues([issue])
    require_issuer(issuer_id)
    retired = f"{issuer_id}.{face.serial}" if old_id is None else old_id
    if problem := id_problem(retired):
        raise InvalidDocumentError.from_issues([problem.at("old_id")])
    group = {"groupingInfo": {"groupingId": face.serial}}
    own = {"object": {"id": f"{issuer_id}.{face.serial}.tier-{face.tier}", **group}}
    insert = resources(
        face,
        issuer_id=issuer_id,
        pictures=pictures,
        host=host,
        translations=translations,
        extra=merged(own, extra),
        allow=allow,
    )
    return Move(insert=insert, retired_id=retired, retire={"state": "INACTIVE", **group})


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a PATCH must hold to make ``before`` into ``now``.

    An object that differs is sent whole, with ``None`` for what it has lost: so it comes out right whether Google
    merges it, as it says, or replaces it.
    """
    found: dict[str, Any] = {key: None for key in before if key not in now}
    for key, value in now.items():
        old = before.get(key)
        if value != old or isinstance(value, bool) is not isinstance(old, bool):
            found[key] = whole(old, value)
    return found


def _before(face: Face, since: object, wanted: Wanted, allow: Collection[str]) -> Mapping[str, Any]:
    if isinstance(since, Resources):
        return since.object
    previous = require_face(since, where="since")
    # The pictures at hand are those of now; another picture was at an address that nobody remembers.
    pictures = wanted.pictures if previous.strip == face.strip else None
    return accepted(previous, wanted._replace(pictures=pictures, translations=()), allow=allow).own.body


def _differs(path: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return _at(path, before) != _at(path, now)


def _at(path: str, document: Any) -> object:
    for name in path.split("."):
        document = document.get(name) if isinstance(document, Mapping) else None
    return document


def _judge(kind: str, body: Mapping[str, Any], allow: Collection[str]) -> None:
    allowed = allowed_codes(allow)
    issues = walked(kind, body, where=kind, partial=True)
    refused = [issue for issue in issues if issue.severity == "error" and issue.code not in allowed]
    if refused:
        raise InvalidDocumentError.from_issues(refused)
