"""A face in, a link out that puts its card into the reader's Google Wallet.

https://developers.google.com/wallet/retail/loyalty-cards/use-cases/jwt
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NoReturn, Self

from walletcard._clock import utc_now
from walletcard.errors import InvalidDocumentError, Issue, KeyMaterialError, SecretStaysError, quoted, wrong_type
from walletcard.google._canonical import encoded
from walletcard.google._claims import build_claims, claims_frame, origin_issues
from walletcard.google._found import nearest
from walletcard.google._pictures import Host
from walletcard.google._resources import Built, Wanted, accepted
from walletcard.google._service_account import ServiceAccount
from walletcard.google._translations import in_one_language
from walletcard.model import Face, Picture, require_moment

PREFIX: Final = "https://pay.google.com/gp/v/save/"
MAX_LENGTH: Final = 1_800  # Characters of the token; mail programs and browsers cut longer links.
FORMS: Final = ("whole", "compact", "object", "id")
# What the compact form does without, as people call it and as Google does.
_HEAVY: Final = {"text modules": "textModulesData", "template": "classTemplateInfo", "hero": "heroImage"}
_HEAVY_KEYS: Final = frozenset(_HEAVY.values())
_TRANSLATIONS: Final = "translations"
_LEFT_OUT: Final = (*_HEAVY, _TRANSLATIONS)
_PLAIN: Final = "compact, in one language"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLink:
    """A save link. Whoever has the address can save the card: no text of this value shows it, and no pickle holds it.

    Attributes:
        url: The address.
        form: ``whole`` (class and object), ``compact`` (both, without what ``left_out`` names), ``object`` (Google has
            the class) or ``id`` (Google has both).
        length: Characters of the token, which are to stay within 1,800.
        left_out: What the card has and the link has not: ``text modules``, ``template``, ``hero``, and
            ``translations`` where a compact card would not fit with them.
    """

    url: str = field(repr=False)
    form: str
    length: int
    left_out: tuple[str, ...] = ()

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
        form: One of `SaveLink`'s, or ``auto``: ``whole`` when it fits, else ``compact``. ``object`` and ``id`` need
            what they leave out to be at Google already.
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
    frame = claims_frame(account.client_email, tuple(origins))
    for name in _candidates(form, made, account):
        claims, left_out = _claims(name, made, frame=frame, issued_at=issued_at)
        if account.signed_length(claims) <= MAX_LENGTH:
            token = account.sign(claims)
            return SaveLink(
                url=PREFIX + token, form="compact" if name == _PLAIN else name, length=len(token), left_out=left_out
            )
    each = {name: _claims(name, made, frame=frame, issued_at=issued_at)[0] for name in FORMS}
    raise _too_long({name: account.signed_length(claims) for name, claims in each.items()}, form)


def _candidates(form: str, made: Built, account: ServiceAccount) -> tuple[str, ...]:
    """Return the forms to try; a class that is too long by itself is not tried with its object."""
    light = ("compact", _PLAIN) if made.translated else ("compact",)
    if form != "auto":
        return light if form == "compact" else (form,)
    return light if account.signed_length(made.class_json) > MAX_LENGTH else ("whole", *light)


def _claims(form: str, made: Built, *, frame: tuple[bytes, bytes], issued_at: int) -> tuple[bytes, tuple[str, ...]]:
    """Return the claims of one form, and what it leaves out."""
    class_json: bytes | None = None
    left_out = made.left_out
    if form == "whole":
        class_json, object_json = made.class_json, made.own.encoded()
    elif form in ("compact", _PLAIN):
        class_json, from_class = _light_class(made.class_json, form)
        object_json, from_object = _light(made.own.body, form)
        left_out = tuple(name for name in _LEFT_OUT if name in {*from_class, *from_object, *left_out})
    elif form == "object":
        object_json = made.own.encoded()
    else:
        object_json, left_out = encoded({"id": made.own.id}, where="id"), ()
    claims = build_claims(frame, made.kind.name, issued_at=issued_at, class_json=class_json, object_json=object_json)
    return claims, left_out


def _light(body: Mapping[str, Any], form: str) -> tuple[bytes, list[str]]:
    """Return a document without its heavy parts, and the names of those."""
    dropped = [name for name, key in _HEAVY.items() if key in body]
    rest = {key: value for key, value in body.items() if key not in _HEAVY_KEYS}
    if form == _PLAIN and (plain := in_one_language(rest)) != rest:
        rest, dropped = plain, [*dropped, _TRANSLATIONS]
    return encoded(rest, where="compact"), dropped


@lru_cache(maxsize=256)
def _light_class(document: bytes, form: str) -> tuple[bytes, list[str]]:
    """Lighten a class once for all cards of a programme."""
    return _light(json.loads(document), form)


def _require(account: object, form: object, origins: object) -> None:
    if not isinstance(account, ServiceAccount):
        need, code, hint = "a ServiceAccount", "account.type", "pass ServiceAccount.from_json(...)"
        raise wrong_type(account, need=need, where="account", code=code, hint=hint, error=KeyMaterialError)
    issues = list(origin_issues(origins)) + list(_form_issues(form))
    if issues:
        raise InvalidDocumentError.from_issues(issues)


def _form_issues(form: object) -> Iterator[Issue]:
    known = ("auto", *FORMS)
    if form not in known:
        hint = nearest(form, known) or f"use {', '.join(known)}"
        yield Issue(code="link.form", where="form", message=f"{quoted(form)} is unknown", hint=hint)


def _too_long(lengths: Mapping[str, int], form: str) -> InvalidDocumentError:
    each = ", ".join(f"{name} {length}" for name, length in lengths.items())
    fitting = next((name for name in FORMS if lengths[name] <= MAX_LENGTH), None)
    if form != "auto" and fitting in ("whole", "compact"):
        hint = f'use form="{fitting}"'
    elif fitting is None:
        hint = "shorten the ids"
    else:
        stored = "class" if fitting == "object" else "class and the object"
        hint = f'put the {stored} to Google by REST first, then use form="{fitting}"'
    message = f"over {MAX_LENGTH} characters in every form allowed ({each})"
    return InvalidDocumentError.from_issues(
        [Issue(code="link.too-long", where="save link", message=message, hint=hint)]
    )
