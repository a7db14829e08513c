"""An answer in, what it says out: a JSON object, or the error that it means.

Values and keys that Google's document does not know pass unjudged: an answer is not ours to refuse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple, NoReturn

from walletcard.errors import BadReplyError, GoogleError, RateLimitedError, RejectedError, quoted
from walletcard.google._http import Answer
from walletcard.google._reasons import PACED, SPENT, meaning_of

_LONGEST_WAIT: Final = 10**9
_MAX_REASON: Final = 24  # Of them, in a message; the attribute has all.


def read(answer: Answer, *, where: str, now: float) -> dict[str, Any]:
    """Return the object that an answer holds.

    Args:
        answer: The answer.
        where: What was asked, for messages.
        now: Seconds since 1970.

    Raises:
        RejectedError: Google said no.
        RateLimitedError: Google said: not now.
        BadReplyError: It is no JSON object, or leads elsewhere.
    """
    if 200 <= answer.status < 300:
        found = parsed(answer)
        if found is not None:
            return found
        raise _bad(answer, where, "the answer is not the JSON expected", "reply.json", "a proxy, perhaps: try later")
    if answer.status < 400:
        raise _bad(answer, where, "the answer leads elsewhere: refused", "reply.redirect", "check the address")
    raise _refusal(answer, where, now)


def parsed(answer: Answer) -> dict[str, Any] | None:
    """Return the JSON object of an answer, or ``None`` when it holds something else."""
    try:
        found = json.loads(answer.body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refusal(answer: Answer, where: str, now: float) -> GoogleError:
    said = _said(parsed(answer))
    status, reason = answer.status, next(iter(said.reasons), "")
    meaning = meaning_of(status, said.reasons, f"{said.message} {' '.join(said.fields)}")
    waits = bool(SPENT.intersection(said.reasons)) or status == 429
    paced = status == 403 and bool(PACED.intersection(said.reasons))
    kind = RateLimitedError if waits or paced else RejectedError
    told = _seconds_told(answer, now)
    hint = f"try again in {told:.0f} s" if kind is RateLimitedError and told else meaning.hint
    code = "google.rate" if paced else meaning.code
    shown = f"{status} {reason[:_MAX_REASON]}".strip() if reason.isprintable() else str(status)
    message = f"{quoted(said.message)} ({shown})" if said.message else f"answered {shown}"
    return kind.answered(message, code=code, where=where, hint=hint, status=status, reason=reason, retry_after=told)


def _seconds_told(answer: Answer, now: float) -> float | None:
    """Return the seconds of ``Retry-After``, a number or a date; ``None`` for none, for rubbish and for the past."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:20]), _LONGEST_WAIT))
    until, since = _moment(text), date_of(answer) or now
    return until - since if until is not None and until >= since else None


def date_of(answer: Answer) -> float | None:
    """Return Google's own clock, in seconds since 1970, when the answer tells it."""
    return _moment(answer.headers.get("date", ""))


class _Said(NamedTuple):
    message: str
    reasons: tuple[str, ...]
    fields: tuple[str, ...]


def _said(body: Mapping[str, Any] | None) -> _Said:
    """Return what an error body says, whatever its shape: Google's own, the log-in's, or neither."""
    error = (body or {}).get("error")
    if isinstance(error, str):  # The log-in writes {"error": "invalid_grant", "error_description": "..."}.
        return _Said(_text((body or {}).get("error_description")), (error,), ())
    if not isinstance(error, Mapping):
        return _Said("", (), ())
    entries = [*_objects(error.get("errors")), *_objects(error.get("details"))]
    reasons = [_text(one.get("reason")) for one in entries] + [_text(error.get("status"))]
    fields = [_text(one.get("field")) for entry in entries for one in _objects(entry.get("fieldViolations"))]
    return _Said(_text(error.get("message")), tuple(filter(None, reasons)), tuple(fields))


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(text: str) -> float | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _bad(answer: Answer, where: str, message: str, code: str, hint: str) -> BadReplyError:
    return BadReplyError.answered(message, code=code, where=where, hint=hint, status=answer.status)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
