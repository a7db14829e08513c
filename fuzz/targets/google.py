"""What a machine answers that says it is Google: to a request, to a log-in, to many requests in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fuzz._target import Target
from walletcard.google import _access, _answers, _batch
from walletcard.google._http import Answer

_NOW: Final = 1_795_341_600.0
_STATUSES: Final = (200, 204, 301, 400, 401, 403, 404, 409, 412, 413, 429, 500, 503, 0, 999)
_PLACE: Final = "google"


def answer(data: bytes) -> None:
    """Read an answer: a byte for its status, lines of headers, an empty line, the body."""
    found = _answer(data)
    _access._token(found, _NOW)
    _answers.read(found, where=_PLACE, now=_NOW)


def batch(data: bytes) -> None:
    """Take the answer to many requests apart, and read every one."""
    for one in _batch.parts(_answer(data)).values():
        _answers.parsed(one)


def _answer(data: bytes) -> Answer:
    head, _, body = data[1:].partition(b"\n\n")
    lines = [line.partition(":") for line in head.decode("latin-1").split("\n")]
    status = _STATUSES[(data[0] if data else 0) % len(_STATUSES)]
    return Answer(status=status, headers={name.strip(): value.strip() for name, _, value in lines}, body=body)


_ERROR: Final = (
    b'{"error": {"code": 403, "message": "No. \\u0000", "status": "PERMISSION_DENIED", "errors": [{"reason": "quota"}],'
    b' "details": [{"reason": "X", "fieldViolations": [{"field": "a.b"}]}]}}'
)
_DATED: Final = b"retry-after: Sun, 22 Nov 2026 10:00:09 GMT\ndate: Sun, 22 Nov 2026 10:00:00 GMT\n\n"


def answer_seeds() -> Iterator[bytes]:
    """Make one of each."""
    yield b'\0content-type: application/json\n\n{"id": "1.2"}'
    yield b'\0\n\n{"access_token": "abc", "expires_in": 3600, "token_type": "Bearer"}'
    yield b'\3\n\n{"error": "invalid_grant", "error_description": "Invalid JWT"}'
    for status in (4, 5, 6, 7, 10, 12):
        yield bytes([status]) + b"retry-after: 30\n\n" + _ERROR
    yield b"\x0a" + _DATED + _ERROR


def batch_seeds() -> Iterator[bytes]:
    """Make an answer of two parts."""
    head = b"--x\r\nContent-Type: application/http\r\nContent-ID: <response-part-%d>\r\n\r\n"
    part = head + b'HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"id": "1"}\r\n'
    yield b'\0content-type: multipart/mixed; boundary="x"\n\n' + part % 0 + part % 1 + b"--x--\r\n"


ANSWER: Final = Target(name="answer", one=answer, seeds=answer_seeds, head=1)
BATCH: Final = Target(name="batch", one=batch, seeds=batch_seeds, head=1)
