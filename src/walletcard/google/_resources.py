"""A face in, the class and the object that Google keeps of it out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, quoted
from walletcard.google._canonical import encoded
from walletcard.google._ids import issuer_problem
from walletcard.google._layout import layout
from walletcard.google._loyalty import ClassFacts, class_facts, loyalty_class, loyalty_object
from walletcard.google._pictures import Host, addresses
from walletcard.google._walk import walked
from walletcard.model import Design, Face, Picture

_ANY_ISSUER: Final = "3388000000000000000"  # Stands where `check` is given none.
_INKS: Final = ("background", "foreground", "label", "disc", "glyph", "ring", "mark")
_inks_of: Final = attrgetter(*_INKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """A class and an object, checked, as canonical JSON. The documents themselves are made afresh at each look.

    Attributes:
        kind: ``loyalty``.
        class_id: ``issuer.program``.
        object_id: ``issuer.program.card``.
        class_json: The class as UTF-8 JSON with sorted keys.
        object_json: The object, alike.
        left_out: What the face has and the documents have not: ``hero`` when no ``host`` gave it an address.
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
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Sequence[str] = (),
) -> Resources:
    """Return the class and the object of a card, for REST, a save link or a preview.

    Args:
        face: A loyalty card.
        issuer_id: The number of the Google Pay & Wallet Console, as text.
        pictures: ``hero`` and ``logo``, as `walletcard.render.pictures` makes them.
        host: Returns the https address of a picture; asked for the hero, and for the logo when the design names none.
        extra: Google's own keys for the ``class`` and the ``object``. Objects are merged, anything else replaces,
            ``None`` removes.
        allow: Codes of issues to overrule.

    Raises:
        InvalidCardError: The face is of a kind that has no Google form yet (``kind.unsupported``).
        InvalidDocumentError: Google would refuse the documents; ``issues`` holds every reason.
    """
    made = accepted(face, issuer_id=issuer_id, pictures=pictures, host=host, extra=extra, allow=allow)
    return Resources(
        kind=face.kind,
        class_id=made.shared.id,
        object_id=made.own.id,
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
) -> tuple[Issue, ...]:
    """Return everything that `resources` would refuse with the same arguments, and what Google would cut.

    Args:
        face: The card.
        issuer_id: ``None`` leaves it unjudged.
        pictures: As for `resources`.
        host: As for `resources`.
    """
    try:
        issuer = _ANY_ISSUER if issuer_id is None else issuer_id
        return tuple(_built(face, issuer_id=issuer, pictures=pictures, host=host, extra=None).issues)
    except (InvalidCardError, InvalidDocumentError) as error:
        return error.issues


class Document(NamedTuple):
    """A document and what was found in it; not to be changed, for cards share it."""

    kind: str
    body: Mapping[str, Any]
    issues: tuple[Issue, ...]

    @property
    def id(self) -> str:
        return str(self.body.get("id"))

    def encoded(self) -> bytes:
        return encoded(self.body, where=self.kind)


class Built(NamedTuple):
    """The class, shared by a programme's cards, the card's own object, and everything that was found."""

    shared: Document
    class_json: bytes
    own: Document
    left_out: tuple[str, ...]
    issues: list[Issue]


def accepted(
    face: Face,
    *,
    issuer_id: str | int,
    pictures: Mapping[str, Picture] | None,
    host: Host | None,
    extra: Mapping[str, Mapping[str, Any]] | None,
    allow: Sequence[str],
) -> Built:
    """Make the documents, and raise what Google would refuse."""
    made = _built(face, issuer_id=issuer_id, pictures=pictures, host=host, extra=extra)
    refused = [issue for issue in made.issues if issue.severity == "error" and issue.code not in allow]
    if refused:
        raise InvalidDocumentError.from_issues(refused)
    return made


def _built(
    face: Face,
    *,
    issuer_id: str | int,
    pictures: Mapping[str, Picture] | None,
    host: Host | None,
    extra: Mapping[str, Mapping[str, Any]] | None,
) -> Built:
    """Make the documents and judge them, but leave the verdict to the caller."""
    _require_loyalty(face)
    issuer_issue = issuer_problem(issuer_id)
    issuer = _ANY_ISSUER if issuer_issue else str(issuer_id)
    found = addresses(face, pictures=pictures, host=host)
    laid = layout(face)
    ids = {"object_id": f"{issuer}.{face.serial}", "class_id": f"{issuer}.{face.program}"}
    facts = class_facts(face, laid, class_id=ids["class_id"], logo=found.logo)
    class_changes, object_changes = _changes(extra)
    shared, class_json = _class_document(facts)
    if class_changes:
        shared = _document("LoyaltyClass", merged(shared.body, class_changes))
        class_json = shared.encoded()
    own = _document("LoyaltyObject", merged(loyalty_object(face, laid, hero=found.hero, **ids), object_changes))
    issues = [*_contrast(_inks_of(face.design)), *found.issues]
    if issuer_issue is not None:
        issues.append(issuer_issue.at("issuer_id"))
    # The place to mend a logo is the design, which `addresses` has named.
    issues += [one for one in shared.issues if not (found.issues and one.where == "LoyaltyClass.programLogo")]
    issues += own.issues
    if own.body.get("classId") != shared.id:
        issues.append(_stranger(own.body.get("classId"), shared.id))
    left_out = ("hero",) if face.strip is not None and "heroImage" not in own.body else ()
    return Built(shared, class_json, own, left_out, issues)


def merged(body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``body`` with ``changes``: objects are merged, anything else replaces, ``None`` removes."""
    found = dict(body)
    for key, value in changes.items():
        if value is None:
            found.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(found.get(key), Mapping):
            found[key] = merged(found[key], value)
        else:
            found[key] = value
    return found


def _document(kind: str, body: Mapping[str, Any]) -> Document:
    return Document(kind, body, walked(kind, body, where=kind))


@lru_cache(maxsize=256)
def _class_document(facts: ClassFacts) -> tuple[Document, bytes]:
    """Make, judge and encode a class once for all cards of a programme."""
    document = _document("LoyaltyClass", loyalty_class(facts))
    return document, document.encoded()


@lru_cache(maxsize=256)
def _contrast(colours: tuple[Any, ...]) -> tuple[Issue, ...]:
    """Judge a design's colours once, not at each card."""
    design = Design(**dict(zip(_INKS, colours, strict=True)))
    return tuple(design.palette.problems())


def _require_loyalty(face: object) -> None:
    if not isinstance(face, Face):
        hint = "pass what walletcard.face() or Face(...) returned"
        issue = Issue(code="face.type", where="face", message=f"got {quoted(face)}, need a Face", hint=hint)
        raise InvalidCardError.from_issues([issue])
    if face.kind != "loyalty":
        message = f"Google's form of the kind {quoted(face.kind)} is not built yet"
        hint = "use Apple for it for now; Google follows"
        issue = Issue(code="kind.unsupported", where="face.kind", message=message, hint=hint)
        raise InvalidCardError.from_issues([issue])


def _changes(extra: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what ``extra`` changes in the class and in the object."""
    if extra is None:
        return {}, {}
    if not isinstance(extra, Mapping) or not set(extra) <= {"class", "object"}:
        named = ", ".join(map(str, extra)) if isinstance(extra, Mapping) else quoted(extra)
        raise _wrong_extra("extra", f"got {named[:60]}, need class and object only")
    for name, changes in extra.items():
        if not isinstance(changes, Mapping):
            raise _wrong_extra(f"extra.{name}", f"got {quoted(changes)}, need an object")
    return extra.get("class", {}), extra.get("object", {})


def _wrong_extra(where: str, message: str) -> InvalidDocumentError:
    hint = 'write {"object": {"smartTapRedemptionValue": "..."}}'
    return InvalidDocumentError.from_issues([Issue(code="extra.invalid", where=where, message=message, hint=hint)])


def _stranger(named: object, class_id: str) -> Issue:
    message = f"names the class {quoted(named)}, not {quoted(class_id)}"
    return Issue(code="id.class", where="LoyaltyObject.classId", message=message, hint="change both in extra=, or none")
