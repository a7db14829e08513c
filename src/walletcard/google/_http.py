"""A request and its answer as plain values, and what carries the one and brings the other.

Both may hold an access token: no text of them shows more than method, address and size, and neither is pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from walletcard.errors import SecretStaysError
from walletcard.model._typed import Typed, check_types


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Typed):
    """What is to be sent.

    Attributes:
        method: ``GET``, ``POST`` or ``PATCH``.
        url: The whole address.
        headers: By name.
        body: The bytes; ``None`` for none.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise SecretStaysError.pickled("a Request", where="request", hint="it may hold an access token")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Typed):
    """What came back.

    Attributes:
        status: Such as 200.
        headers: By name, in small letters.
        body: The bytes, unpacked.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        check_types(self)
        object.__setattr__(self, "headers", {name.lower(): value for name, value in self.headers.items()})

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise SecretStaysError.pickled("an Answer", where="answer", hint="it may hold an access token")


class Transport(Protocol):
    """What sends a request: `HttpTransport`, or your own. It is called by several threads at once."""

    def send(self, request: Request, *, timeout: float) -> Answer:
        """Send a request once, follow no redirect, and return the answer, whatever its status.

        Args:
            request: What to send, exactly as it is.
            timeout: Seconds for all of it: connecting, sending, and reading to the last byte.

        Raises:
            UnreachableError: No whole answer came; ``safe_to_retry`` is true only when nothing was sent.
            BadReplyError: What came is no HTTP, cannot be unpacked, or is too large.
        """
        ...
