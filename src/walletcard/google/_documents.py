"""A face in, the class and the object that stand for it out, with everything that is wrong with them.

What many cards share - a class, the texts of a state - is made, judged and encoded once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from walletcard.errors import InvalidDocumentError, Issue, quoted
from walletcard.google._canonical import encoded, pieces
from walletcard.google._canonical import joined as joined_pieces
from walletcard.google._common import ClassFacts, background_of, own_body, shared_of, state_body
from walletcard.google._ids import issuer_problem
from walletcard.google._kinds import Kind, kind_of
from walletcard.google._layout import Layout, layout
from walletcard.google._pictures import Addresses, Host, addresses, require_sources
from walletcard.google._translations import joined
from walletcard.google._walk import walked
from walletcard.model import Face, Picture
from walletcard.model._extra import contrast_issues, merged, require_face
from walletcard.model._translations import require_translations

ANY_ISSUER: Final = "3388000000000000000"  # Stands where `check` is given none.


class Document:
    """A document and what was found in it; not to be changed, for cards share it.

    Attributes:
        kind: Such as ``LoyaltyClass``.
        pieces: Each key's part of its JSON.
        issues: Everything.
        notes: Those of them that were found while its languages were joined.
    """

    __slots__ = ("_body", "_pieces", "issues", "kind", "notes")

    def __init__(
        self,
        kind: str,
        body: Mapping[str, Any] | None = None,
        *,
        pieces: Mapping[str, str] | None = None,
        issues: tuple[Issue, ...] = (),
        notes: tuple[Issue, ...] = (),
    ) -> None:
        self.kind, self.issues, self.notes = kind, issues, notes
        self._body, self._pieces = body, pieces

    @property
    def body(self) -> Mapping[str, Any]:
        """The document itself."""
        if self._body is None:
            self._body = json.loads(self.encoded())
        return self._body

    @property
    def pieces(self) -> Mapping[str, str]:
        if self._pieces is None:
            self._pieces = pieces(self.body)
        return self._pieces

    @property
    def id(self) -> str:
        return str(self.body.get("id"))

    def encoded(self) -> bytes:
        """Return the document's bytes."""
        known = self._pieces is not None or self._body is None
        return joined_pieces(self.pieces).encode("utf-8") if known else encoded(self.body, where=self.kind)


class Cast(NamedTuple):
    """A save link's payload with ``%s`` where something is one card's alone.

    Attributes:
        text: The payload.
        own: Takes those parts, in their order, out of all of the card's own.
        left_out: What the cards have and the payload has not.
    """

    text: str
    own: Callable[[Mapping[str, str]], object]
    left_out: tuple[str, ...]


class Mould:
    """What the objects of cards in one state share.

    Attributes:
        pieces: Each key's part of the JSON, without those that are one card's alone.
        least: How many characters these are.
        casts: Payloads of save links, by the name of their form, as far as they were asked for.
    """

    __slots__ = ("casts", "least", "pieces")

    def __init__(self, pieces: Mapping[str, str]) -> None:
        self.pieces, self.least = pieces, sum(map(len, pieces.values()))
        self.casts: dict[str, Cast] = {}


class Moulded(Document):
    """The object of a card in a state that another card was in before.

    Attributes:
        own: The pieces that are this card's alone.
        mould: What it shares.
    """

    __slots__ = ("mould", "own")

    def __init__(self, kind: str, own: Mapping[str, str], mould: Mould) -> None:
        super().__init__(kind)
        self.own, self.mould = own, mould

    @property
    def pieces(self) -> Mapping[str, str]:
        if self._pieces is None:
            self._pieces = {**self.mould.pieces, **self.own}
        return self._pieces


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
    object_id: str
    left_out: tuple[str, ...]
    issues: list[Issue]


def built(face: Face, wanted: Wanted, found: Addresses | None = None) -> Built:
    """Make the documents and judge them, but leave the verdict to the caller.

    Args:
        face: The card.
        wanted: What goes with it.
        found: Where its pictures are, when that is known already.

    Raises:
        InvalidCardError: It has no Google form, or a translation is not the same card's.
    """
    kind = kind_of(face)
    others = require_translations(face, wanted.translations)
    issuer_issue = issuer_problem(wanted.issuer_id)
    issuer = ANY_ISSUER if issuer_issue else str(wanted.issuer_id)
    if found is None:
        found = addresses(face, pictures=wanted.pictures, host=wanted.host, needs_logo=kind.needs_logo)
    laid = layout(face, kind.places)
    class_id = f"{issuer}.{face.program}" if face.tier is None else f"{issuer}.{face.program}.tier-{face.tier}"
    class_changes, object_changes = _changes(wanted.extra)

    spoken = [(one, laid.spoken(one)) for one in others]
    shared, class_json = _class_document(kind, *_facts(face, laid, spoken, class_id=class_id, logo=found.logo))
    if class_changes:
        shared = _changed(shared, class_changes)
        class_json = b"" if any(one.severity == "error" for one in shared.issues) else shared.encoded()
    ids = {"object_id": f"{issuer}.{face.serial}", "class_id": class_id}
    body, notes = _object(kind, face, laid, spoken, found, **ids)
    own = _document(kind.object_type, body, notes)
    if object_changes:
        own = _changed(own, object_changes)

    issues = [*contrast_issues(face.design, face.strip), *found.issues]
    if issuer_issue is not None:
        issues.append(issuer_issue.at("issuer_id"))
    # The place to mend a logo is the design, which `addresses` has named.
    issues += [one for one in shared.issues if not (found.issues and one.where.endswith("Class.programLogo"))]
    issues += own.issues
    if own.body.get("classId") != shared.id:
        issues.append(_stranger(kind, own.body.get("classId"), shared.id))
    left_out: tuple[str, ...] = ("hero",) if face.strip is not None and "heroImage" not in own.body else ()
    if face.places and not any("merchantLocations" in one.body for one in (shared, own)):
        left_out += ("places",)
    return Built(kind, shared, class_json, own, own.id, left_out, issues)


def _facts(
    face: Face, laid: Layout, spoken: Iterable[tuple[Face, Layout]], *, class_id: str, logo: str | None
) -> Iterator[ClassFacts]:
    """Yield what the class is made of, in its own language first.

    A programme says itself what its cards share. A card that was made by hand speaks for all of its kind.
    """
    shared = face.shared or tuple(shared_of(one, its) for one, its in ((face, laid), *spoken))
    for one in shared:
        yield ClassFacts(class_id, one, background_of(face), logo, laid.rows, face.occasion)


def _document(kind: str, body: Mapping[str, Any], notes: tuple[Issue, ...] = ()) -> Document:
    return Document(kind, body, issues=walked(kind, body, where=kind) + notes, notes=notes)


def _changed(document: Document, changes: Mapping[str, Any]) -> Document:
    """Return a document with a user's own keys, judged anew: they may hold anything."""
    made = _document(document.kind, merged(document.body, changes), document.notes)
    if any(issue.severity == "error" for issue in made.issues):
        return made
    try:
        made.encoded()
    except InvalidDocumentError as error:
        return Document(made.kind, made.body, issues=made.issues + error.issues, notes=made.notes)
    return made


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
    found: Addresses,
    *,
    object_id: str,
    class_id: str,
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Make an object in all its languages."""

    def body(face: Face, laid: Layout) -> dict[str, Any]:
        state = state_body(face, laid, class_id=class_id, hero=found.hero) | kind.state_of(face, laid, found.logo)
        return state | own_body(face, object_id=object_id) | kind.own_of(face)

    others = [(one.locale, body(one, its)) for one, its in spoken]
    return joined(kind.object_type, body(face, laid), face.locale, others)


def required(face: object, wanted: Wanted) -> Wanted:
    """Raise what is wrong with the call, which is no matter of the card."""
    require_face(face)
    require_sources(wanted.pictures, wanted.host)
    _changes(wanted.extra)
    return wanted


def _changes(extra: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what ``extra`` changes in the class and in the object."""
    if extra is None:
        return {}, {}
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
