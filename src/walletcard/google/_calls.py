"""What the REST interface can be asked, as values: a request, what it changes, and what messages call it.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from walletcard.google._canonical import encoded
from walletcard.google._http import Request
from walletcard.google._retry import Effect

HOST: Final = "https://walletobjects.googleapis.com"
PATH: Final = "/walletobjects/v1/"
_MAX_SUBJECT: Final = 60  # Characters of what messages call a class or an object,
_HEAD: Final = 24  # and of those at its beginning, where it is longer.
_JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request and what is to be known of it.

    Attributes:
        request: Its address is a path, without the machine and without a log-in.
        effect: Whether it may be repeated.
        where: What messages call it.
    """

    request: Request
    effect: Effect
    where: str


def subject(kind: str, resource_id: str) -> str:
    """Return what messages call a class or an object. Of a long id, the end tells most."""
    whole = f"{kind} {resource_id}"
    tail = _MAX_SUBJECT - _HEAD - len("…")
    return whole if len(whole) <= _MAX_SUBJECT else f"{whole[:_HEAD]}…{whole[-tail:]}"


def get(kind: str, resource_id: str) -> Call:
    """Ask for a class or an object."""
    return _call("GET", f"{_folder(kind)}/{_name(resource_id)}", "none", kind, resource_id)


def insert(kind: str, body: Mapping[str, Any]) -> Call:
    """Make a class or an object; Google refuses a second one of the same id."""
    return _call("POST", _folder(kind), "once", kind, str(body["id"]), body)


def change(kind: str, resource_id: str, body: Mapping[str, Any]) -> Call:
    """Change a class or an object to the values of ``body``: twice is the same as once."""
    return _call("PATCH", f"{_folder(kind)}/{_name(resource_id)}", "same", kind, resource_id, body)


def message(kind: str, resource_id: str, body: Mapping[str, Any]) -> Call:
    """Add a message; twice is two."""
    path = f"{_folder(kind)}/{_name(resource_id)}/addMessage"
    return _call("POST", path, "once", kind, resource_id, {"message": body})


def page(kind: str, *, parent: Mapping[str, str], size: int, token: str) -> Call:
    """Ask for one page of a list."""
    query = {**parent, "maxResults": str(size), **({"token": token} if token else {})}
    return _call("GET", f"{_folder(kind)}?{urlencode(query)}", "none", kind, next(iter(parent.values())))


def hand_over(body: bytes) -> Call:
    """Hand over a signed JWT with its cards; Google keeps those that it has already."""
    request = Request(method="POST", url=f"{PATH}jwt", headers=_JSON, body=body)
    return Call(request=request, effect="same", where="Google Wallet jwt")


def _call(
    method: str, path: str, effect: Effect, kind: str, resource_id: str, body: Mapping[str, Any] | None = None
) -> Call:
    content = None if body is None else encoded(dict(body), where=kind)
    headers = {} if content is None else _JSON
    return Call(
        request=Request(method=method, url=f"{PATH}{path}", headers=headers, body=content),
        effect=effect,
        where=subject(kind, resource_id),
    )


def _folder(kind: str) -> str:
    return kind[0].lower() + kind[1:]


def _name(resource_id: str) -> str:
    return quote(resource_id, safe="")
