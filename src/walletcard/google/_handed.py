"""What a caller hands to the client in, what is sent out: everything is judged before the network hears of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal

from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, allowed_codes, quoted, wrong_type
from walletcard.google._found import nearest
from walletcard.google._ids import id_problem
from walletcard.google._lint import lint
from walletcard.google._resource_rules import CLASSES, OBJECTS
from walletcard.google._resources import Resources
from walletcard.google._walk import walked
from walletcard.model import Face
from walletcard.model._checks import require_flag

Part = Literal["Class", "Object"]
_DEFAULT: Final = "Loyalty"


def kind_of(given: object, kind: str | None, part: Part) -> str:
    """Return the type of what was handed over, such as ``LoyaltyObject``.

    Raises:
        InvalidDocumentError: ``kind`` is none of Google's.
    """
    kinds = CLASSES if part == "Class" else OBJECTS
    if kind is not None and kind not in kinds:
        raise _unknown_kind(kind, kinds)
    if isinstance(given, Resources):
        own = f"{given.kind[0].upper()}{given.kind[1:]}{part}"
        if kind not in (None, own):
            issue = Issue(code="kind.unknown", where="kind", message=f"{kind}, of {own}", hint="leave it out")
            raise InvalidDocumentError.from_issues([issue])
        return own
    return _DEFAULT + part if kind is None else kind


def any_kind(given: object, kind: str | None) -> str:
    """Return the type of what is asked for: a class or an object."""
    if isinstance(given, Resources) or kind is None or kind not in CLASSES:
        return kind_of(given, kind, "Object")
    return kind


def id_of(given: object, part: Part = "Object") -> str:
    """Return the id of what was handed over.

    Raises:
        InvalidDocumentError: It is no id.
    """
    if isinstance(given, Resources):
        return given.class_id if part == "Class" else given.object_id
    if problem := id_problem(given):
        raise InvalidDocumentError.from_issues([problem.at("id")])
    return str(given)


def document(given: object, kind: str, part: Part, allow: Collection[str]) -> Mapping[str, Any]:
    """Return a whole class or object that Google will take.

    Raises:
        InvalidDocumentError: Google would refuse it; ``issues`` holds every reason.
    """
    allowed_codes(allow)
    if isinstance(given, Resources):
        return given.class_ if part == "Class" else given.object
    found = _body(given, kind)
    require(kind, found, allow=allow)
    id_of(found.get("id"))
    return found


def require(kind: str, body: Mapping[str, Any], *, allow: Collection[str], partial: bool = False) -> None:
    """Refuse what Google would refuse.

    Raises:
        InvalidDocumentError: ``issues`` holds every reason.
    """
    allowed = allowed_codes(allow)
    issues = lint(kind, body, partial=partial)
    _refuse([issue for issue in issues if issue.severity == "error" and issue.code not in allowed])


def change(given: object, kind: str, allow: Collection[str]) -> Mapping[str, Any]:
    """Return the body of a PATCH that Google will take.

    Raises:
        InvalidDocumentError: Google would refuse it; ``issues`` holds every reason.
    """
    found = _body(given, kind)
    require(kind, found, allow=allow, partial=True)
    return found


def message(message_id: object, *, header: str, body: str, notify: bool) -> Mapping[str, Any]:
    """Return a message.

    Raises:
        InvalidDocumentError: A part of it is missing or no text.
    """
    given = {"id": message_id, "header": header, "body": body}
    blank = [name for name, text in given.items() if not isinstance(text, str) or not text.strip()]
    _refuse(
        Issue(code="field.missing", where=f"message.{name}", message="missing or empty", hint="give a text")
        for name in blank
    )
    require_flag(notify, "notify")
    found = {**given, "messageType": "TEXT_AND_NOTIFY" if notify else "TEXT"}
    _refuse(issue for issue in walked("Message", found, where="message") if issue.severity == "error")
    return found


def card(given: object) -> Resources:
    """Return what is a card.

    Raises:
        InvalidCardError: It is something else.
    """
    if not isinstance(given, Resources):
        hint = "pass what google.resources() returned"
        raise wrong_type(given, need="Resources", where="card", code="cards.type", hint=hint, error=InvalidCardError)
    return given


def face_or_body(given: object, *, since: object, body: object) -> None:
    """Refuse a face without the one before it, and what does not go together.

    Raises:
        InvalidCardError: One is missing, or one is too much.
    """
    face = isinstance(given, Face)
    if face and since is None:
        need, hint = "the card as it was sent last", "pass since=; or put() the card whole"
        raise wrong_type(since, need=need, where="since", code="since.type", hint=hint)
    name, extra = ("body", body) if face else ("since", since)
    if extra is not None:
        hint = "a face goes with since=, an id with body="
        raise wrong_type(extra, need="None beside what card= is", where=name, code="card.together", hint=hint)


def many(given: object) -> Iterable[Any]:
    """Return what can be gone through.

    Raises:
        InvalidCardError: It is something else.
    """
    if not isinstance(given, Iterable) or isinstance(given, (str, bytes, Mapping)):
        hint = "pass a list of what google.resources() returned"
        raise wrong_type(given, need="cards", where="cards", code="cards.type", hint=hint)
    return given


def _body(given: object, kind: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        hint = "pass a dict, or what google.resources() returned"
        raise wrong_type(given, need="an object", where=kind, code="field.type", hint=hint, error=InvalidDocumentError)
    return given


def _unknown_kind(kind: object, kinds: tuple[str, ...]) -> InvalidDocumentError:
    hint = nearest(kind, kinds) or f"use a name such as {kinds[-3]}"
    issue = Issue(code="kind.unknown", where="kind", message=f"{quoted(kind)} is unknown", hint=hint)
    return InvalidDocumentError.from_issues([issue])


def _refuse(issues: Any) -> None:
    found = tuple(issues)
    if found:
        raise InvalidDocumentError.from_issues(found)
