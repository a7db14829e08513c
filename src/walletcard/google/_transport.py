"""A request in, its answer out, over the network. The only home of ``requests``.

What surrounds the process changes nothing unless asked: no ``.netrc``, no proxy variables, no cookies, no redirects.
The time limit holds for the whole of an answer and not for each byte of it, and what is read stays within a size.
"""

from __future__ import annotations

import io
import os
import socket
import ssl
import zlib
from collections.abc import Iterable
from http.client import BadStatusLine, HTTPException, HTTPResponse, LineTooLong, RemoteDisconnected
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from walletcard._clock import monotonic
from walletcard.errors import BadReplyError, GoogleError, SecretStaysError, UnreachableError, wrong_type
from walletcard.google._http import Answer, Request
from walletcard.google._settings import require_number
from walletcard.model._entries import guard

MAX_BYTES: Final = 2_000_000
CONNECT_SECONDS: Final = 5.0
_CHUNK: Final = 65_536
_CONNECTIONS: Final = 64
_SHARES: Final = 3  # Of the time to connect, an address takes a third of what is left, so that a dead one is no end.
_HEADERS: Final = {"Accept-Encoding": "gzip", "User-Agent": "walletcard (gzip)"}
_LOOK: Final = "whether the request arrived is unknown: look before you send it again"
_GZIP: Final = 31  # zlib's own number for "gzip, largest window".


class HttpTransport:
    """Sends requests with ``requests``. Threads share it, and with it the open connections.

    Args:
        ca_file: The path of a file of trusted certificates, where a proxy replaces Google's; by default those that
            ``requests`` brings. Certificates are always checked.
        proxy: The address of a proxy.
        environment: Ask the environment for a proxy (``HTTPS_PROXY``, ``NO_PROXY``).
        max_bytes: The largest answer, unpacked.
    """

    def __init__(
        self,
        *,
        ca_file: str | None = None,
        proxy: str | None = None,
        environment: bool = False,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        texts, hint = (("ca_file", ca_file), ("proxy", proxy)), "give text, or leave it out"
        for name, value in texts:
            if value is not None and not (isinstance(value, str) and (name == "ca_file" or value.isprintable())):
                raise wrong_type(value, need="text", where=name, code="client.text", hint=hint)
        if type(environment) is not bool:
            hint = "use True or False"
            raise wrong_type(environment, need="True or False", where="environment", code="client.flag", hint=hint)
        if type(max_bytes) is not int or max_bytes < 1:
            hint = f"use a number such as {MAX_BYTES:_}"
            raise wrong_type(
                max_bytes, need="a whole number above 0", where="max_bytes", code="client.number", hint=hint
            )
        self._verify: bool | str = True if ca_file is None else ca_file
        self._proxy, self._environment, self._max_bytes = proxy, environment, max_bytes
        self._adapter, self._process = _Adapter(), os.getpid()

    def send(self, request: Request, *, timeout: float) -> Answer:
        """Send one request, as `Transport` says.

        Raises:
            UnreachableError: No whole answer came.
            BadReplyError: What came is no HTTP, cannot be unpacked, or is over ``max_bytes``.
        """
        if not isinstance(request, Request):
            hint = "pass Request(method=..., url=...)"
            raise wrong_type(request, need="a Request", where="request", code="client.request", hint=hint)
        require_number("timeout", timeout)
        host = _host_of(request.url)
        try:
            return self._sent(request, timeout)
        except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            failure = _failure(error, host, timeout)
        # Outside of the handler: the frames of the lower libraries hold the access token, and log viewers show frames.
        raise failure

    def close(self) -> None:
        """Close the open connections; the next request opens new ones."""
        self._adapter.close()

    def _sent(self, request: Request, timeout: float) -> Answer:
        if self._process != os.getpid():  # A fork must not talk over its parent's connections.
            self._adapter, self._process = _Adapter(), os.getpid()
        # No local names for what is secret: log viewers show them.
        prepared = requests.Request(
            request.method, request.url, headers={**_HEADERS, **request.headers}, data=request.body, auth=_as_it_is
        ).prepare()
        response = self._adapter.send(
            prepared,
            stream=True,
            timeout=urllib3.Timeout(  # type: ignore[arg-type]  # requests takes urllib3's own as well, and says so.
                total=timeout, connect=min(CONNECT_SECONDS, timeout), read=timeout
            ),
            verify=self._verify,
            proxies=self._proxies(request.url),
        )
        try:
            packed = _read(response.raw, self._max_bytes)
        except BaseException:
            response.raw.close()
            raise
        response.raw.release_conn()
        body = _unpacked(packed, response.headers.get("content-encoding", ""), self._max_bytes)
        return Answer(status=response.status_code, headers=dict(response.headers), body=body)

    def _proxies(self, url: str) -> dict[str, str]:
        if self._proxy is not None:
            return {"http": self._proxy, "https": self._proxy}
        return dict(get_environ_proxies(url)) if self._environment else {}

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "make one where it is needed"
        raise SecretStaysError.pickled("an HttpTransport", where="transport", hint=hint)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


class _TooLargeError(ValueError):
    """More came than may."""


class _PackingError(ValueError):
    """What came cannot be unpacked."""


def _as_it_is(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave the log-in as it is: without an object like this one, ``requests`` would look for others."""
    return prepared


def _read(raw: Any, limit: int) -> bytes:
    """Return what comes, as it comes; one byte over the limit ends it."""
    found = bytearray()
    while chunk := raw.read(_CHUNK, decode_content=False):
        found += chunk
        if len(found) > limit:
            raise _TooLargeError
    return bytes(found)


def _unpacked(packed: bytes, encoding: str, limit: int) -> bytes:
    """Return an answer unpacked, and never more of it than the limit."""
    if encoding.strip().lower() in ("", "identity"):
        return packed
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise _PackingError
    unpacker = zlib.decompressobj(_GZIP)
    try:
        found = unpacker.decompress(packed, limit + 1)
    except zlib.error:
        raise _PackingError from None
    if len(found) > limit:
        raise _TooLargeError
    if not unpacker.eof:
        raise _PackingError
    return found


class _UntilReader(io.RawIOBase):
    """A socket's bytes, until a moment: the socket itself would wait so long for each of them."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._socket, self._raw = sock, sock.makefile("rb", buffering=0)
        self._end = monotonic() + (sock.gettimeout() or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    """An answer whose time limit holds for all of it, its first line included."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_UntilReader(sock))


class _Connection(HTTPConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _SecureConnection(HTTPSConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket.socket:
        return _connected(self)


def _connected(wanted: HTTPConnection) -> socket.socket:
    """Connect within one time limit: urllib3 has one for each address, and Google's name has a dozen."""
    end = monotonic() + (wanted.timeout or 0.0)
    failure = OSError()
    try:
        places = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
        for number, (family, kind, protocol, _, place) in enumerate(places):
            share = (end - monotonic()) / min(len(places) - number, _SHARES)
            try:
                return _socket(family, kind, protocol, place, share, wanted.socket_options or ())
            except OSError as error:
                failure = error
        raise failure
    except OSError as error:
        raise NewConnectionError(wanted, "") from error


def _socket(family: int, kind: int, protocol: int, place: Any, seconds: float, options: Iterable[Any]) -> socket.socket:
    if seconds <= 0:
        raise TimeoutError
    found = socket.socket(family, kind, protocol)
    try:
        for option in options:
            found.setsockopt(*option)
        found.settimeout(seconds)
        found.connect(place)
    except BaseException:
        found.close()
        raise
    return found


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """The connections. It repeats nothing by itself, and ``send`` of an adapter follows nothing."""

    def __init__(self) -> None:
        super().__init__(pool_connections=4, pool_maxsize=_CONNECTIONS, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return manager


def _failure(error: Exception, host: str, timeout: float) -> GoogleError:
    """Return what a lower library's error means: by its class, never by its words."""
    causes = tuple(_causes(error))

    def any_of(*classes: type[BaseException]) -> bool:
        return any(isinstance(cause, classes) for cause in causes)

    if any_of(_TooLargeError):
        return _bad(host, "the answer is too large, and was not read", "reply.size", "ask for fewer at once")
    if any_of(_PackingError):
        return _bad(host, "the answer cannot be unpacked", "reply.packing", "try later")
    if any_of(ssl.SSLCertVerificationError):
        hint = "a proxy may be replacing it: pass HttpTransport(ca_file=...)"
        return _unreachable(host, "its certificate is not trusted", "net.certificate", hint, sent=False)
    unsaid = type(error) is OSError and error.errno is None  # So requests says that there is no such ca_file.
    if unsaid or any_of(requests.exceptions.InvalidURL):
        hint = "check the address, ca_file and proxy"
        return _unreachable(host, "the call cannot be made", "net.setting", hint, sent=False)
    if any_of(requests.exceptions.ProxyError):
        return _unreachable(host, "the proxy cannot be reached", "net.proxy", "check the proxy", sent=False)
    if any_of(NewConnectionError):
        return _unreachable(host, "cannot connect", "net.connect", "check the network (safe to retry)", sent=False)
    if any_of(TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
        return _unreachable(host, f"no whole answer in {timeout:.3g} s", "net.timeout", _LOOK, sent=True)
    garbage = any_of(BadStatusLine, LineTooLong) and not any_of(RemoteDisconnected)
    if garbage or any(type(cause) is HTTPException for cause in causes):
        return _bad(host, "the answer is not HTTP", "reply.http", "a proxy may be in between")
    return _unreachable(host, "the connection was closed in between", "net.closed", _LOOK, sent=True)


def _causes(error: object) -> Any:
    """Yield an error and those that it was made of: ``requests`` and ``urllib3`` put them into each other."""
    if isinstance(error, BaseException):
        yield error
        for inner in (*error.args, getattr(error, "reason", None)):
            yield from _causes(inner)


def _bad(host: str, message: str, code: str, hint: str) -> BadReplyError:
    return BadReplyError(message, code=code, where=host, hint=hint)


def _unreachable(host: str, message: str, code: str, hint: str, *, sent: bool) -> UnreachableError:
    return UnreachableError.at(host, message, code=code, hint=hint, safe_to_retry=not sent)


guard(globals(), ("HttpTransport",))
