"""A face in, the class and the object that Google keeps of it out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, allowed_codes, quoted
from walletcard.google._canonical import encoded
from walletcard.google._common import ClassFacts, class_facts, object_body
from walletcard.google._ids import issuer_problem
from walletcard.google._kinds import Kind, kind_of
from walletcard.google._layout import Layout, layout
from walletcard.google._pictures import Host, addresses, require_sources
from walletcard.google._translations import joined
from walletcard.google._walk import walked
from walletcard.model import Face, Picture
from walletcard.model._extra import contrast_issues, merged, require_face
from walletcard.model._translations import require_translations

_ANY_ISSUER: Final = "3388000000000000000"  # Stands where `check` is given none.


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """A class and an object, checked, as canonical JSON. The documents themselves are made afresh at each look.

    Attributes:
        kind: ``loyalty`` or ``giftCard``, as Google calls it.
        class_id: ``issuer.program``, and ``issuer.program.tier-level`` for a card that has a level.
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
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> Resources:
    """Return the class and the object of a card, for REST, a save link or a preview.

    Args:
        face: A loyalty card or a gift card.
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
    issuer = _ANY_ISSUER if issuer_id is None else issuer_id
    wanted = _required(face, Wanted(issuer, pictures, host, translations, extra))
    try:
        found = _built(face, wanted).issues
    except (InvalidCardError, InvalidDocumentError) as error:
        return error.issues
    return tuple(issue for issue in found if issue.code not in allowed)


class Document(NamedTuple):
    """A document and what was found in it; not to be changed, for cards share it.

    Attributes:
        kind: Such as ``LoyaltyClass``.
        body: The document.
        issues: Everything.
        notes: Those of them that were found while its languages were joined.
    """

    kind: str
    body: Mapping[str, Any]
    issues: tuple[Issue, ...]
    notes: tuple[Issue, ...] = ()

    @property
    def id(self) -> str:
        return str(self.body.get("id"))

    def encoded(self) -> bytes:
        return encoded(self.body, where=self.kind)


class Wanted(NamedTuple):
    """What goes with a face into its documents: the arguments of `resources`."""

    issuer_id: str | int
    pictures: Mapping[str, Picture] | None
    host: Host | None
    translations: Iterable[Face]
    extra: Mapping[str, Mapping[str, Any]] | None


class Built(NamedTuple):
    """The class, shared by a programme's cards, the card's own object, and everything that was found."""

    kind: Kind
    shared: Document
    class_json: bytes
    own: Document
    left_out: tuple[str, ...]
    issues: list[Issue]
    translated: bool


def accepted(face: Face, wanted: Wanted, *, allow: Collection[str]) -> Built:
    """Make the documents, and raise what Google would refuse."""
    allowed = allowed_codes(allow)
    made = _built(face, _required(face, wanted))
    refused = [issue for issue in made.issues if issue.severity == "error" and issue.code not in allowed]
    if refused:
        raise InvalidDocumentError.from_issues(refused)
    return made


def _built(face: Face, wanted: Wanted) -> Built:
    """Make the documents and judge them, but leave the verdict to the caller."""
    kind = kind_of(face)
    others = require_translations(face, wanted.translations)
    issuer_issue = issuer_problem(wanted.issuer_id)
    issuer = _ANY_ISSUER if issuer_issue else str(wanted.issuer_id)
    found = addresses(face, pictures=wanted.pictures, host=wanted.host, needs_logo=kind.needs_logo)
    laid = layout(face, kind.places)
    class_id = f"{issuer}.{face.program}" if face.tier is None else f"{issuer}.{face.program}.tier-{face.tier}"
    class_changes, object_changes = _changes(wanted.extra)

    spoken = [(one, laid.spoken(one)) for one in others]
    facts = [class_facts(one, its, class_id=class_id, logo=found.logo) for one, its in ((face, laid), *spoken)]
    shared, class_json = _class_document(kind, *facts)
    if class_changes:
        shared = _document(kind.class_type, merged(shared.body, class_changes), shared.notes)
        class_json = shared.encoded()
    ids = {"object_id": f"{issuer}.{face.serial}", "class_id": class_id}
    body, notes = _object(kind, face, laid, spoken, hero=found.hero, **ids)
    own = _document(kind.object_type, merged(body, object_changes) if object_changes else body, notes)

    issues = [*contrast_issues(face.design, face.strip), *found.issues]
    if issuer_issue is not None:
        issues.append(issuer_issue.at("issuer_id"))
    # The place to mend a logo is the design, which `addresses` has named.
    issues += [one for one in shared.issues if not (found.issues and one.where.endswith("Class.programLogo"))]
    issues += own.issues
    if own.body.get("classId") != shared.id:
        issues.append(_stranger(kind, own.body.get("classId"), shared.id))
    left_out = ("hero",) if face.strip is not None and "heroImage" not in own.body else ()
    return Built(kind, shared, class_json, own, left_out, issues, bool(others))


def _document(kind: str, body: Mapping[str, Any], notes: tuple[Issue, ...] = ()) -> Document:
    return Document(kind, body, walked(kind, body, where=kind) + notes, notes)


@lru_cache(maxsize=256)
def _class_document(kind: Kind, facts: ClassFacts, *others: ClassFacts) -> tuple[Document, bytes]:
    """Make, judge and encode a class once for all cards of a programme."""
    spoken = [(one.locale, kind.class_of(one)) for one in others]
    body, notes = joined(kind.class_type, kind.class_of(facts), facts.locale, spoken)
    document = _document(kind.class_type, body, notes)
    return document, document.encoded()


def _object(
    kind: Kind,
    face: Face,
    laid: Layout,
    spoken: Iterable[tuple[Face, Layout]],
    *,
    object_id: str,
    class_id: str,
    hero: str | None,
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Make an object in all its languages."""

    def body(face: Face, laid: Layout) -> dict[str, Any]:
        common = object_body(face, laid, object_id=object_id, class_id=class_id, hero=hero)
        return common | kind.parts_of(face, laid)

    others = [(one.locale, body(one, its)) for one, its in spoken]
    return joined(kind.object_type, body(face, laid), face.locale, others)


def _required(face: object, wanted: Wanted) -> Wanted:
    """Raise what is wrong with the call, which is no matter of the card."""
    require_face(face)
    require_sources(wanted.pictures, wanted.host)
    _changes(wanted.extra)
    return wanted


def _changes(extra: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what ``extra`` changes in the class and in the object."""
    given = merged({}, extra)
    for name, changes in given.items():
        if name not in ("class", "object") or not isinstance(changes, Mapping):
            where, hint = f"extra[{quoted(name)}]", 'write {"class": {...}, "object": {...}}'
            message = f"got {quoted(changes)}, need an object under class or object"
            raise InvalidDocumentError.from_issues(
                [Issue(code="extra.invalid", where=where, message=message, hint=hint)]
            )
    return given.get("class", {}), given.get("object", {})


def _stranger(kind: Kind, named: object, class_id: str) -> Issue:
    message = f"names the class {quoted(named)}, not {quoted(class_id)}"
    where = f"{kind.object_type}.classId"
    return Issue(code="id.class", where=where, message=message, hint="change both in extra=, or none")
