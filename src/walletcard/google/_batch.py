"""Many requests in, one out; and its answer taken apart again. A part that is missing is no failure: it is unknown.

https://developers.google.com/wallet/retail/loyalty-cards/use-cases/batch
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from walletcard.google._http import Answer, Request

PATH: Final = "/batch"
LARGEST: Final = 20  # Parts; they are taken to count one by one against the 20 requests a second.
_BOUNDARY: Final = "walletcard-part"
_MARK: Final = re.compile(r"""boundary="?([^";,\s]{1,100})""", re.IGNORECASE)
_NUMBER: Final = re.compile(rb"^content-id:\s*<?response-part-([0-9]{1,4})>?\s*$", re.IGNORECASE | re.MULTILINE)
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: [^\n]*)?\n")


def joined(requests: Sequence[Request]) -> Request:
    """Return one request that holds all of them, each with its number; their addresses are paths."""
    parts = [_part(number, request) for number, request in enumerate(requests)]
    body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode("ascii")
    return Request(
        method="POST", url=PATH, headers={"Content-Type": f"multipart/mixed; boundary={_BOUNDARY}"}, body=body
    )


def parts(answer: Answer) -> Mapping[int, Answer]:
    """Return the answers that came, by number. What cannot be read is not there."""
    boundary = _MARK.search(answer.headers.get("content-type", ""))
    found: dict[int, Answer] = {}
    if boundary is None:
        return found
    for piece in answer.body.split(b"--" + boundary[1].encode("ascii", "replace"))[1:]:
        head, _, content = _plain(piece).partition(b"\n\n")
        number, read = _NUMBER.search(head), _answer(content)
        if number is not None and read is not None:
            found.setdefault(int(number[1]), read)
    return found


def _part(number: int, request: Request) -> bytes:
    body = request.body or b""
    head = [
        f"--{_BOUNDARY}",
        "Content-Type: application/http",
        f"Content-ID: <part-{number}>",
        "",
        f"{request.method} {request.url} HTTP/1.1",
        *(f"{name}: {value}" for name, value in request.headers.items()),
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    return "\r\n".join(head).encode("ascii") + body + b"\r\n"


def _answer(content: bytes) -> Answer | None:
    """Return the answer inside of a part: a status line, headers, an empty line and the body."""
    start = _STATUS.match(content)
    if start is None:
        return None
    head, _, body = content[start.end() :].partition(b"\n\n")
    lines = [line.partition(":") for line in head.decode("latin-1").splitlines()]
    return Answer(
        status=int(start[1]), headers={name.strip(): value.strip() for name, _, value in lines}, body=body.strip()
    )


def _plain(text: bytes) -> bytes:
    """Return a text with plain line ends: JSON has no others that matter."""
    return text.replace(b"\r\n", b"\n").lstrip(b"\n")
