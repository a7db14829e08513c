"""The claims of a save link: putting them together, and judging those written elsewhere.

https://developers.google.com/wallet/reference/rest/v1/Jwt
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from walletcard.errors import Issue, quoted
from walletcard.google._canonical import encoded
from walletcard.google._found import Found, Place, nearest
from walletcard.google._ids import id_problem
from walletcard.google._types import types
from walletcard.google._walk import walked

_CLAIMS: Final = ("aud", "iat", "iss", "origins", "payload", "typ")
_FIXED: Final = {"aud": "google", "typ": "savetowallet"}
_ORIGIN: Final = re.compile(r"(?:https://)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::([0-9]{1,5}))?")
_LAST_PORT: Final = 65_535
_REFERENCE: Final = frozenset({"id", "classId"})


@lru_cache(maxsize=64)
def claims_frame(issuer: str, origins: tuple[str, ...]) -> tuple[bytes, bytes]:
    """Return what stands before the time of signing and what stands between it and the payload's content."""
    before = b'{"aud":"google","iat":'
    between = b',"iss":%b,"origins":%b,"payload":{' % (encoded(issuer, where="iss"), encoded(origins, where="origins"))
    return before, between


def build_claims(frame: tuple[bytes, bytes], payload: bytes, *, issued_at: int) -> bytes:
    """Return the claims as canonical JSON.

    Args:
        frame: As `claims_frame` made it.
        payload: What stands in the payload's braces, canonical already.
        issued_at: Seconds since 1970.
    """
    return b'%b%d%b%b},"typ":"savetowallet"}' % (frame[0], issued_at, frame[1], payload)


def origin_issues(origins: object, where: str = "origins") -> Iterator[Issue]:
    """Yield what is wrong with the domains that may show Google's own button."""
    if not isinstance(origins, (list, tuple)):
        hint = 'give a list, such as ["https://example.com"]'
        yield Issue(code="origins.type", where=where, message=f"got {quoted(origins)}, need a list", hint=hint)
        return
    for index, origin in enumerate(origins):
        problem = _origin_problem(origin)
        if problem:
            message, hint = problem
            yield Issue(code="origins.invalid", where=f"{where}[{index}]", message=message, hint=hint)


def _origin_problem(origin: object) -> tuple[str, str] | None:
    if not isinstance(origin, str):
        return f"got {quoted(origin)}, need text", "give just https://example.com"
    if found := _ORIGIN.fullmatch(origin):
        good = found[1] is None or 1 <= int(found[1]) <= _LAST_PORT
        return None if good else (f"port {found[1]} does not exist", f"use 1 to {_LAST_PORT}, or leave it out")
    if origin.startswith("http://"):
        return f"{quoted(origin)} is not https", "give just https://example.com"
    bare = re.match(r"https://[^/?#]+(?=[/?#])", origin)
    if bare and _ORIGIN.fullmatch(bare[0]):
        return f"{quoted(origin)} has a path", f"give just {bare[0]}"
    return f"{quoted(origin)} is not a domain", "give just https://example.com, one entry for each"


def claims_issues(claims: object) -> tuple[Issue, ...]:
    """Return what is wrong with the claims of a save link."""
    found = Found("claims")
    place: Place = (None, "claims")
    if not isinstance(claims, Mapping):
        found.add("field.type", place, f"got {quoted(claims)}, need an object", "pass a dict")
        return tuple(found.issues)
    for name in claims:
        if name not in _CLAIMS:
            hint = nearest(name, _CLAIMS) or "Google documents no such claim: leave it out"
            found.add("field.unknown", (place, str(name)), "no claim of a save link", hint, severity="warning")
    _fixed(claims, place, found)
    if type(claims.get("iat")) is not int:
        found.add("field.type", (place, "iat"), f"got {quoted(claims.get('iat'))}", "give whole seconds since 1970")
    if not (isinstance(claims.get("iss"), str) and claims["iss"].endswith(".gserviceaccount.com")):
        hint = "give the client_email of the key file"
        found.add("field.value", (place, "iss"), "is not a service account's address", hint)
    found.issues.extend(origin_issues(claims.get("origins", ()), "claims.origins"))
    _payload(claims.get("payload"), (place, "payload"), found)
    return tuple(found.issues)


def _fixed(claims: Mapping[str, Any], place: Place, found: Found) -> None:
    for name, value in _FIXED.items():
        if claims.get(name) != value:
            found.add("field.value", (place, name), f"got {quoted(claims.get(name))}", f'write "{value}"')


def _payload(payload: object, place: Place, found: Found) -> None:
    if not isinstance(payload, Mapping):
        found.add("field.type", place, f"got {quoted(payload)}, need an object", 'write {"loyaltyObjects": [...]}')
        return
    entries = types()["Resources"].entries
    for name, resources in payload.items():
        entry = entries.get(name)
        if entry is None:
            hint = nearest(name, entries) or "use names such as loyaltyObjects"
            found.add("field.unknown", (place, str(name)), "no list of a save link", hint)
        elif not isinstance(resources, (list, tuple)):
            found.add("field.type", (place, name), f"got {quoted(resources)}, need a list", "put it in square brackets")
        elif entry.of is not None:
            for index, one in enumerate(resources):
                found.issues.extend(_resource(entry.of.name, one, f"claims.payload.{name}[{index}]"))
    _together(payload, place, found)
    if not any(payload.values()):
        found.add("field.missing", place, "nothing to save", "put at least one object in")


def _together(payload: Mapping[str, Any], place: Place, found: Found) -> None:
    """Judge what the classes of a link mean for its objects."""
    for name in payload:
        classes = _entries(payload, str(name).replace("Objects", "Classes"))
        if not str(name).endswith("Objects") or not classes:
            continue
        for index, one in enumerate(_entries(payload, name)):
            parent = next((other for other in classes if other.get("id") == one.get("classId")), None)
            where = ((place, name), index)
            if parent is None and "classId" in one:
                message = f"names {quoted(one['classId'])}, which is none of the link's classes"
                found.add("id.class", (where, "classId"), message, "put its class in too", severity="warning")
            hidden = parent is not None and parent.get("allowBarcodeRedemption") is not True
            if hidden and name == "giftCardObjects" and "barcode" in one:
                message, hint = "stays hidden", "set allowBarcodeRedemption to true in the class"
                found.add("barcode.hidden", (where, "barcode"), message, hint, severity="warning")


def _entries(payload: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = payload.get(name)
    return [one for one in entries if isinstance(one, Mapping)] if isinstance(entries, (list, tuple)) else []


def _resource(kind: str, one: object, where: str) -> Sequence[Issue]:
    """Judge one class or object; an object may be no more than its id, when Google has it already."""
    if kind.endswith("Object") and isinstance(one, Mapping) and "id" in one and one.keys() <= _REFERENCE:
        problems = ((name, id_problem(value)) for name, value in one.items())
        return [problem.at(f"{where}.{name}") for name, problem in problems if problem is not None]
    return walked(kind, one, where=where)
