"""A face in, a link out that puts its card into the reader's Google Wallet.

https://developers.google.com/wallet/retail/loyalty-cards/use-cases/jwt
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Final, NoReturn, Self

from walletcard._clock import utc_now
from walletcard.errors import (
    InvalidCardError,
    InvalidDocumentError,
    Issue,
    SecretStaysError,
    allowed_codes,
    quoted,
)
from walletcard.google._canonical import encoded
from walletcard.google._claims import build_claims, claims_frame, origin_issues
from walletcard.google._documents import Wanted
from walletcard.google._forms import FORMS, Card, in_form, require_no_secrets, too_long_error
from walletcard.google._found import nearest
from walletcard.google._pictures import Host
from walletcard.google._resources import Resources
from walletcard.google._room import card_of, fullest
from walletcard.google._service_account import ServiceAccount
from walletcard.google._settings import require_account
from walletcard.google._states import accepted
from walletcard.model import Face, Picture, require_moment
from walletcard.model._checks import Findings
from walletcard.model._typed import Typed

PREFIX: Final = "https://pay.google.com/gp/v/save/"
INSERT_URL: Final = "https://walletobjects.googleapis.com/walletobjects/v1/jwt"
_MAX_IMAGE: Final = 2_000  # Characters of an address.
_WORDING: Final = "Add to Google Wallet"  # Google's own; it asks that nobody translates it.


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLink(Typed):
    """A save link. Whoever has the address can save the card: no text of this value shows it, and no pickle holds it.

    Attributes:
        url: The address.
        form: ``whole`` (class and object), ``compact`` (both, without text modules, template and hero), ``object``
            (Google has the class) or ``id`` (Google has both).
        length: Characters of the token, which are to stay within 1,800.
        left_out: What the card has and the link has not: ``text modules``, ``template``, ``hero`` (it alone where a
            whole card fits without it), and, where a compact card would not fit with them, ``descriptions`` of
            pictures, ``translations``, ``links`` and ``venue``; ``places`` always (see `merchant_locations`).
    """

    url: str = field(repr=False)
    form: str
    length: int
    left_out: tuple[str, ...] = ()

    def button(self, image: str, *, alt: str = _WORDING) -> str:
        """Return the link as HTML: Google's own button, which Google asks to be shown unchanged.

        Args:
            image: The address of Google's artwork on your site, from its brand guidelines; one for each language.
            alt: What a screen reader says, where Google has artwork in another language.
        """
        findings = Findings("button")
        findings.text("image", image, limit=_MAX_IMAGE)
        findings.text("alt", alt, limit=200)
        findings.finish()
        source, words = escape(image), escape(alt)
        return f'<a href="{escape(self.url)}"><img src="{source}" alt="{words}" height="48"></a>'

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "pass link.url on where it is meant to go"
        raise SecretStaysError.pickled("a SaveLink", where="save link", hint=hint)


def save_link(
    face: Face,
    *,
    account: ServiceAccount,
    issuer_id: str | int,
    pictures: Mapping[str, Picture] | None = None,
    host: Host | None = None,
    form: str = "auto",
    at: datetime | None = None,
    origins: Sequence[str] = (),
    translations: Iterable[Face] = (),
    extra: Mapping[str, Mapping[str, Any]] | None = None,
    allow: Collection[str] = (),
) -> SaveLink:
    """Return a link that puts the card into the reader's Google Wallet.

    Google keeps the first class and object it sees under an id: a link never updates a card.

    Args:
        face: A loyalty card or a gift card.
        account: Who signs.
        issuer_id: The number of the Google Pay & Wallet Console, as text.
        pictures: As for `resources`.
        host: As for `resources`.
        form: One of `SaveLink`'s, or ``auto``: ``whole`` when it fits, if need be without the hero, else ``compact``.
            ``object`` and ``id`` need what they leave out to be at Google already.
        at: The moment of signing; now by default.
        origins: The domains that show Google's own button, such as ``https://example.com``; a plain link needs none.
        translations: As for `resources`.
        extra: As for `resources`.
        allow: As for `resources`.

    Raises:
        InvalidCardError: The face is of a kind that has no Google form yet, or ``at`` is not a moment with a zone.
        InvalidDocumentError: Google would refuse the card, or no form of it fits into a link (``link.too-long``).
        KeyMaterialError: ``account`` is not a `ServiceAccount`.
    """
    at = utc_now() if at is None else at
    require_moment(at)
    _require(account, form, origins)
    issued_at = int(at.timestamp())
    made = accepted(face, Wanted(issuer_id, pictures, host, translations, extra), allow=allow)
    card = Card(made.kind.name, made.shared.id, made.class_json, made.own, made.object_id, made.left_out)
    return _signed((card,), account, form, issued_at, tuple(origins), allowed_codes(allow))


def save_link_of(
    cards: Resources | Iterable[Resources],
    *,
    account: ServiceAccount,
    form: str = "auto",
    at: datetime | None = None,
    origins: Sequence[str] = (),
    allow: Collection[str] = (),
) -> SaveLink:
    """Return one link that puts several cards into the reader's Google Wallet at once.

    Args:
        cards: What `resources` made, of one kind or of several.
        account: As for `save_link`.
        form: As for `save_link`; all cards take the same.
        at: As for `save_link`.
        origins: As for `save_link`.
        allow: As for `save_link`.

    Raises:
        InvalidCardError: ``cards`` are none (``cards.type``), or ``at`` is not a moment with a zone.
        InvalidDocumentError: No form of them fits into a link (``link.too-long``).
        KeyMaterialError: ``account`` is not a `ServiceAccount`.
    """
    at = utc_now() if at is None else at
    require_moment(at)
    _require(account, form, origins)
    found = _cards(cards)
    return _signed(found, account, form, int(at.timestamp()), tuple(origins), allowed_codes(allow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert(Typed):
    """A request that hands Google cards too long for a link; it answers with a ``saveUri``, which is one.

    Attributes:
        url: Where to POST it, with an access token.
        body: The JSON. It is signed: whoever has it can save the cards.
    """

    url: str
    body: bytes = field(repr=False)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "pass insert.body on where it is meant to go"
        raise SecretStaysError.pickled("an Insert", where="save link", hint=hint)


def insert_of(
    cards: Resources | Iterable[Resources],
    *,
    account: ServiceAccount,
    at: datetime | None = None,
    origins: Sequence[str] = (),
) -> Insert:
    """Return the request that hands cards to Google whole, however long they are.

    Args:
        cards: As for `save_link_of`.
        account: As for `save_link`.
        at: As for `save_link`.
        origins: As for `save_link`.

    Raises:
        InvalidCardError: As for `save_link_of`.
        KeyMaterialError: ``account`` is not a `ServiceAccount`.
    """
    at = utc_now() if at is None else at
    require_moment(at)
    _require(account, "whole", origins)
    frame = claims_frame(account.client_email, tuple(origins))
    claims = build_claims(frame, in_form(_cards(cards), "whole").payload, issued_at=int(at.timestamp()))
    return Insert(url=INSERT_URL, body=encoded({"jwt": account.sign(claims)}, where="jwt"))


def _signed(
    cards: Sequence[Card],
    account: ServiceAccount,
    form: str,
    issued_at: int,
    origins: tuple[str, ...],
    allowed: frozenset[str],
) -> SaveLink:
    """Sign the fullest form that fits."""
    require_no_secrets(cards, form, allowed)
    frame = claims_frame(account.client_email, origins)
    found = fullest(cards, form, frame=frame, issued_at=issued_at, around=account.signed_length(0))
    if found is not None:
        token = account.sign(found.claims)
        return SaveLink(url=PREFIX + token, form=found.form.name, length=len(token), left_out=found.form.left_out)

    def length(payload: bytes) -> int:
        return account.signed_length(len(build_claims(frame, payload, issued_at=issued_at)))

    raise too_long_error({name: length(in_form(cards, name).payload) for name in FORMS}, form)


def _cards(cards: object) -> tuple[Card, ...]:
    given = (cards,) if isinstance(cards, Resources) else tuple(cards) if isinstance(cards, Iterable) else ()
    if not given or not all(isinstance(one, Resources) for one in given):
        message = "none to save" if cards in ((), []) else f"got {quoted(cards)}, need Resources"
        issue = Issue(code="cards.type", where="cards", message=message, hint="pass what google.resources() returned")
        raise InvalidCardError.from_issues([issue])
    return tuple(card_of(one) for one in given)


def _require(account: object, form: object, origins: object) -> None:
    require_account(account)
    issues = list(origin_issues(origins)) + list(_form_issues(form))
    if issues:
        raise InvalidDocumentError.from_issues(issues)


def _form_issues(form: object) -> Iterator[Issue]:
    known = ("auto", *FORMS)
    if form not in known:
        hint = nearest(form, known) or f"use {', '.join(known)}"
        yield Issue(code="link.form", where="form", message=f"{quoted(form)} is unknown", hint=hint)
