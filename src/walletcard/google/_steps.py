"""The steps of each verb, without the network: each yields a call and is handed its answer, or the error it ended in.

So one card and a batch of them go the same way, and a look at what is there comes before anything is sent twice.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final, TypeVar

from walletcard.errors import GoogleError, RejectedError, UnknownResultError, WalletCardError
from walletcard.google import _calls
from walletcard.google._calls import Call
from walletcard.google._compare import changes
from walletcard.google._outcomes import Stored
from walletcard.google._resources import Resources

Result = TypeVar("Result")
Steps = Generator[Call, dict[str, Any], Result]

_ROUNDS: Final = 4
_MISSING: Final = 404
_TAKEN: Final = 409


def put(kind: str, body: Mapping[str, Any], *, update: bool = True) -> Steps[Stored]:
    """Look; insert what is not there, change what differs. After an answer that was lost, look again."""
    resource_id = str(body["id"])
    doubt: GoogleError | None = None  # An insert of ours may be there: its answer was lost.
    taken: GoogleError | None = None  # Google says that the id is taken.
    for _ in range(_ROUNDS):
        try:
            held = yield from _look(kind, resource_id)
        except WalletCardError as error:
            raise doubt or error from None
        if held is not None:
            break
        try:
            document = yield _calls.insert(kind, body)
            return Stored(kind=kind, id=resource_id, action="inserted", document=document)
        except UnknownResultError as error:
            doubt = error
        except RejectedError as error:
            if error.status != _TAKEN or taken is not None:
                raise
            taken = error
    else:
        raise doubt or taken or _other(kind, resource_id)
    different = changes(held, body)
    if not different:
        return Stored(kind=kind, id=resource_id, action="inserted" if doubt else "unchanged", document=held)
    if not update:
        raise _other(kind, resource_id)
    document = yield _calls.change(kind, resource_id, different)
    return Stored(kind=kind, id=resource_id, action="patched", document=document)


def patch(kind: str, resource_id: str, body: Mapping[str, Any], *, whole: Resources | None = None) -> Steps[Stored]:
    """Change an object; when Google does not have it, put it there ``whole``, and its class before it."""
    try:
        document = yield _calls.change(kind, resource_id, body)
    except RejectedError as error:
        if error.status != _MISSING or whole is None:
            raise
    else:
        return Stored(kind=kind, id=resource_id, action="patched", document=document)
    assert whole is not None  # noqa: S101  # Or the error would have gone on.
    yield from put(kind.replace("Object", "Class"), whole.class_)
    return (yield from put(kind, whole.object))


def retire(kind: str, resource_id: str, body: Mapping[str, Any]) -> Steps[Stored]:
    """Put an object away; one that is not there is away."""
    try:
        return (yield from patch(kind, resource_id, body))
    except RejectedError as error:
        if error.status != _MISSING:
            raise
        return Stored(kind=kind, id=resource_id, action="unchanged")


def send_message(kind: str, resource_id: str, message: Mapping[str, Any]) -> Steps[Stored]:
    """Look; add a message whose id is not there."""
    held = yield _calls.get(kind, resource_id)
    messages = held.get("messages")
    known = [one.get("id") for one in messages if isinstance(one, Mapping)] if isinstance(messages, list) else []
    if message["id"] in known:
        return Stored(kind=kind, id=resource_id, action="unchanged", document=held)
    answer = yield _calls.message(kind, resource_id, message)
    resource = answer.get("resource")
    document = resource if isinstance(resource, dict) else answer
    return Stored(kind=kind, id=resource_id, action="sent", document=document)


def ask(call: Call) -> Steps[dict[str, Any]]:
    """Make one call."""
    return (yield call)


def _look(kind: str, resource_id: str) -> Steps[dict[str, Any] | None]:
    """Return what is there, or ``None``."""
    try:
        return (yield _calls.get(kind, resource_id))
    except RejectedError as error:
        if error.status != _MISSING:
            raise
        return None


def _other(kind: str, resource_id: str) -> RejectedError:
    hint = "leave out update=False to change it"
    return RejectedError.answered(
        "exists with other content",
        code="google.conflict",
        where=_calls.subject(kind, resource_id),
        hint=hint,
        status=_TAKEN,
    )
