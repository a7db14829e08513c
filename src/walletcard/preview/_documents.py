"""A face in, both wallets' finished documents out - or what keeps a wallet from having one.

From here on the preview knows documents only: what it shows is what will be sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from walletcard import apple, google, render
from walletcard.apple import Identity
from walletcard.errors import Issue, WalletCardError
from walletcard.model import Face, Picture
from walletcard.preview._apple_fields import text
from walletcard.preview._google_card import name_of
from walletcard.preview._link_note import link_note

ISSUER_ID: Final = "3388000000000000000"  # Stands where the user has none yet; nothing is sent.
_HOST: Final = "https://preview.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What one wallet would get.

    Attributes:
        documents: By name, as they are sent; empty when they cannot be built.
        pictures: By the name that the documents or the archive call them.
        issues: Why there are no documents, or what is worth knowing about them.
        link: What a save link would leave out of Google's, in a sentence; empty when nothing.
    """

    documents: Mapping[str, Mapping[str, Any]]
    pictures: Mapping[str, Picture]
    issues: Sequence[Issue] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A card's documents at one moment, and the language that their texts are in; a ``.pkpass`` has Apple's alone."""

    lang: str
    direction: str
    apple: Half
    google: Half | None

    @classmethod
    def of(
        cls,
        face: Face,
        *,
        identity: Identity | None,
        issuer_id: str | None,
        at: datetime,
        translations: Sequence[Face] = (),
    ) -> Self:
        """Build everything; what cannot be built is told in its half."""
        return cls(
            lang=face.locale,
            direction=face.direction or "ltr",
            apple=apple_half(face, identity=identity, at=at, translations=translations),
            google=google_half(face, issuer_id=issuer_id, translations=translations),
        )

    @property
    def name(self) -> str:
        """What the documents call the card; empty when there are none."""
        if self.apple.documents:
            return text(self.apple.documents["pass.json"], "description")
        return name_of(self.google.documents) if self.google and self.google.documents else ""


def apple_half(face: Face, *, identity: Identity | None, at: datetime, translations: Sequence[Face] = ()) -> Half:
    """Return the pass.json and the files beside it."""
    try:
        pictures = render.pictures(face, wallet="apple")
        document = apple.pass_json(face, identity=identity, pictures=pictures)
        issues = apple.check(face, pictures=pictures, translations=translations, identity=identity, at=at)
    except WalletCardError as error:
        return _unbuilt(error)
    if any(issue.severity == "error" for issue in issues):
        return Half(documents={}, pictures={}, issues=issues)
    return Half(documents={"pass.json": document}, pictures=pictures, issues=issues)


def google_half(face: Face, *, issuer_id: str | None, translations: Sequence[Face] = ()) -> Half:
    """Return the class and the object, and the pictures by the address that stands in them."""
    issuer = ISSUER_ID if issuer_id is None else issuer_id
    try:
        pictures = render.pictures(face, wallet="google")
        more: dict[str, Any] = {"pictures": pictures, "host": _address, "translations": translations}
        made = google.resources(face, issuer_id=issuer, **more)
        issues = google.check(face, issuer_id=issuer, **more)
    except WalletCardError as error:
        return _unbuilt(error)
    return Half(
        documents={"class": made.class_, "object": made.object},
        pictures={_address(picture): picture for picture in pictures.values()},
        issues=issues,
        link=link_note(made),
    )


def _address(picture: Picture) -> str:
    """Return an address that no one can load: the page holds the picture itself."""
    return f"{_HOST}{picture.key}.png"


def _unbuilt(error: WalletCardError) -> Half:
    alone = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
    return Half(documents={}, pictures={}, issues=getattr(error, "issues", ()) or (alone,))
