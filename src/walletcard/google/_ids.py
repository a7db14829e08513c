"""Google's names for things: issuer ids, and ids of classes and objects.

https://developers.google.com/wallet/retail/loyalty-cards/resources/faq
"""

from __future__ import annotations

import re
from typing import Final

from walletcard.errors import quoted
from walletcard.google._found import Problem

_ISSUER: Final = re.compile(r"[1-9][0-9]*")
# Numbers that surely are below 2**63; the few others are looked at one by one.
_USUAL: Final = re.compile(r"(?:[1-9][0-9]{0,17}|[1-8][0-9]{18})\.[A-Za-z0-9._-]+")
_RESOURCE: Final = re.compile(r"[0-9]+\.[A-Za-z0-9._-]+")
_CHARACTER: Final = re.compile(r"[A-Za-z0-9._-]")
_CONSOLE: Final = "copy it from the Google Pay & Wallet Console"
_SHAPE: Final = "write issuer.suffix, such as 3388000000012345678.club"


def issuer_problem(issuer_id: object) -> Problem | None:
    """Return what is wrong with an issuer id; ``None`` for a good one."""
    if isinstance(issuer_id, float):
        hint = 'write it as text, such as "3388000000012345678"'
        return Problem("issuer.float", f"{issuer_id!r} lost digits", hint)
    text = str(issuer_id) if type(issuer_id) is int and abs(issuer_id) < 10**40 else issuer_id
    if not isinstance(text, str):
        return Problem("issuer.type", f"got {quoted(issuer_id)}, need text", _CONSOLE)
    if not _ISSUER.fullmatch(text):
        message = "empty" if not text else f"{quoted(text)} is not a number of digits only"
        return Problem("issuer.invalid", message, _CONSOLE)
    if len(text) == 21:
        hint = f"it needs the issuer id: {_CONSOLE}"
        return Problem("issuer.client-id", "21 digits: this is a service account's client_id", hint)
    if len(text) > 19 or int(text) >= 2**63:
        return Problem("issuer.invalid", f"{quoted(text)} is too long for an issuer id", _CONSOLE)
    return None


def id_problem(resource_id: object) -> Problem | None:
    """Return what is wrong with the id of a class or an object; ``None`` for a good one."""
    if not isinstance(resource_id, str):
        return Problem("id.type", f"got {quoted(resource_id)}, need text", _SHAPE)
    if _USUAL.fullmatch(resource_id):
        return None
    if _RESOURCE.fullmatch(resource_id):
        return issuer_problem(issuer_of(resource_id))
    for position, character in enumerate(resource_id):
        if not _CHARACTER.match(character):
            message = f"{quoted(character)} is not allowed (position {position})"
            return Problem("id.characters", message, 'use letters, digits, ".", "_" or "-"')
    return Problem("id.shape", f"{quoted(resource_id)} has no issuer id in front", _SHAPE)


def issuer_of(resource_id: str) -> str:
    """Return the issuer's part of an id."""
    return resource_id.partition(".")[0]
