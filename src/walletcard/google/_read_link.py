"""A save link in, what it holds out - never its signature, with which anybody could save the card."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from walletcard.errors import InvalidDocumentError, Issue, quoted
from walletcard.google._claims import claims_issues
from walletcard.google._forms import HEAVY, HEAVY_KEYS, MAX_LENGTH
from walletcard.google._strict import strict_object
from walletcard.model._typed import Typed

_MOST: Final = 100_000  # Characters; a link has 1,800.
_TOKEN: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)")
_HINT: Final = "pass the address that starts with https://pay.google.com/gp/v/save/, or the token behind it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Typed):
    """One class or object in a link.

    Attributes:
        type: Such as ``LoyaltyObject``.
        id: Its id.
    """

    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkContent(Typed):
    """What a save link holds. Nothing says whether the signature is right: only Google's key file can.

    Attributes:
        form: ``whole``, ``compact``, ``object`` or ``id``, as in `SaveLink`.
        length: Characters of the token, which are to stay within 1,800.
        account: The address of the service account that signed.
        issued_at: When; ``None`` where it does not say.
        origins: The domains that may show Google's own button.
        holds: Every class and object, classes first.
        algorithm: How it says that it is signed; Google takes RS256.
        claims: All of it.
        lacks: What no card in it has, in the words of `SaveLink.left_out`: ``text modules``, ``template``, ``hero``.
            Nothing for ``object`` and ``id``: Google has the rest.
        issues: What Google would refuse or cut.
    """

    form: str
    length: int
    account: str
    issued_at: datetime | None
    origins: tuple[str, ...]
    holds: tuple[Held, ...]
    algorithm: str
    claims: Mapping[str, Any] = field(repr=False)
    lacks: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_link(text: str | bytes) -> LinkContent:
    """Return what a save link holds, whoever made it.

    Args:
        text: The address, or the token at its end.

    Raises:
        InvalidDocumentError: It is neither (``link.unreadable``).
    """
    token = _token(text)
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise _unreadable("no token of three parts", _HINT)
    header, claims = (_part(name, parts[n]) for n, name in ((1, "header"), (2, "claims")))
    algorithm = header.get("alg")
    issues = [*claims_issues(claims)]
    if algorithm != "RS256":
        hint = "sign with RS256 and the service account's key"
        issues.insert(
            0, Issue(code="link.algorithm", where="header.alg", message=f"got {quoted(algorithm)}", hint=hint)
        )
    if not parts[3]:
        hint = "sign it: save_link() does"
        issues.insert(0, Issue(code="link.unsigned", where="signature", message="missing", hint=hint))
    if len(token) > MAX_LENGTH:
        message = f"{len(token)} characters, over {MAX_LENGTH}"
        hint = "mail programs and browsers cut it: leave texts out, or put the class to Google by REST first"
        issues.append(Issue(code="link.too-long", where="save link", message=message, hint=hint, severity="warning"))
    return LinkContent(
        form=_form(claims),
        length=len(token),
        account=_text(claims.get("iss", "")),
        issued_at=_moment(claims.get("iat")),
        origins=tuple(_text(one) for one in _list(claims.get("origins")) if isinstance(one, str)),
        holds=tuple(held for held, _ in _entries(claims)),
        algorithm=_text(algorithm),
        claims=claims,
        lacks=_lacks(claims),
        issues=tuple(issues),
    )


def _token(text: object) -> str:
    if isinstance(text, (bytes, bytearray)):
        text = bytes(text).decode("ascii", "replace")
    if not isinstance(text, str):
        raise _unreadable(f"got {quoted(text)}, need text", _HINT)
    if len(text) > _MOST:
        raise _unreadable(f"{len(text):_} characters", _HINT)
    bare = text.strip()
    return bare.split("?", 1)[0].rsplit("/", 1)[-1] if "://" in bare else bare


def _part(name: str, text: str) -> dict[str, Any]:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise _unreadable(f"its {name} is not base64url", "copy the whole address") from None
    try:
        return strict_object(raw)
    except ValueError as error:
        raise _unreadable(f"its {name}: {error}", "copy the whole address") from None


def _unreadable(message: str, hint: str) -> InvalidDocumentError:
    issue = Issue(code="link.unreadable", where="save link", message=message, hint=hint)
    return InvalidDocumentError.from_issues([issue])


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if type(seconds) is int and 0 <= seconds < 2**32 else None


def _entries(claims: Mapping[str, Any]) -> Iterator[tuple[Held, Mapping[str, Any]]]:
    """Yield every class and object, classes first."""
    payload = claims.get("payload")
    lists = payload if isinstance(payload, Mapping) else {}
    for ending in ("Classes", "Objects"):
        for name in sorted(one for one in lists if one.endswith(ending)):
            type_ = f"{name[0].upper()}{name[1:]}".removesuffix("es" if ending == "Classes" else "s")
            for entry in _list(lists[name]):
                if isinstance(entry, Mapping):
                    yield Held(type=_text(type_), id=_text(entry.get("id", ""))), entry


def _text(value: object) -> str:
    """Return what a stranger wrote as text, half a character as a question mark."""
    return str(value).encode(errors="replace").decode()


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _lacks(claims: Mapping[str, Any]) -> tuple[str, ...]:
    if _form(claims) not in ("whole", "compact"):
        return ()
    found = {key for _, entry in _entries(claims) for key in entry}
    return tuple(name for name, key in HEAVY.items() if key not in found)


def _form(claims: Mapping[str, Any]) -> str:
    entries = list(_entries(claims))
    if any(held.type.endswith("Class") for held, _ in entries):
        return "whole" if any(HEAVY_KEYS.intersection(entry) for _, entry in entries) else "compact"
    return "id" if all(set(entry) <= {"id", "classId"} for _, entry in entries) else "object"
