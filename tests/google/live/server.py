"""A Google of our own on this machine: real sockets, a memory of classes and objects, and faults by the script."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE = "/walletobjects/v1/"
DATE = "Sat, 21 Nov 2026 10:00:00 GMT"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one request.

    Attributes:
        does: The request takes effect all the same.
        raw: Sent instead of the answer.
        cut: Only so many bytes of the answer are sent, then the connection is reset.
        drip: Seconds between two bytes.
        hang: Nothing is sent and nothing closed.
        twice: The request takes effect two times, as when a proxy repeats it.
        fin: A cut ends the connection in peace.
    """

    does: bool = True
    raw: bytes | None = None
    cut: int | None = None
    drip: float | None = None
    hang: bool = False
    twice: bool = False
    fin: bool = False


def http(status: int, body: bytes | Mapping[str, Any] = b"", **headers: str) -> bytes:
    """Return an answer's bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def says(status: int, reason: str = "backendError", message: str = "No.", **headers: str) -> Fault:
    """Return the fault of an answer in Google's form, without effect."""
    error = {"code": status, "message": message, "errors": [{"message": message, "reason": reason}]}
    return Fault(does=False, raw=http(status, {"error": error}, **headers))


LOST = Fault(cut=0)
"""It took effect, and the answer was lost."""

NEVER = Fault(does=False, cut=0)
"""It was lost on the way there."""


@dataclass
class Google:
    """The server. ``script`` names each request's fault, if any; ``faults`` are those of the next requests."""

    script: Callable[[Asked], Fault | None] = lambda asked: None
    faults: deque[Fault | None] = field(default_factory=deque)
    token_faults: deque[Fault | None] = field(default_factory=deque)
    held: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    effects: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    good_tokens: set[str] = field(default_factory=set)
    lifetime: int = 3600
    refuses_login: Callable[[Asked], bytes | None] = lambda asked: None
    forgets_parts: Callable[[int, int], bool] = lambda batch, part: False
    token_delay: float = 0.0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._batches = 0
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def logins(self) -> int:
        return self.effects["login"]

    def calls(self) -> list[str]:
        """Return method and place of each request but the log-ins."""
        short = [(one.method, one.path.removeprefix(SERVICE)) for one in self.asked if one.path != "/token"]
        return [f"{method} {path}" for method, path in short]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
                self.connections += 1
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with connection.makefile("rb") as stream:
                while asked := _read(stream):
                    if not self._answered(connection, asked):
                        return
        except OSError:
            return
        finally:
            connection.close()

    def _answered(self, connection: socket.socket, asked: Asked) -> bool:
        """Answer one request; ``False`` when the connection is over."""
        with self._lock:
            self.asked.append(asked)
            queue = self.token_faults if asked.path == "/token" else self.faults
            fault = (queue.popleft() if queue else None) or self.script(asked) or Fault()
        if asked.path == "/token":
            time.sleep(self.token_delay)
        answer = b""
        with self._lock:
            for _ in range(int(fault.does) + int(fault.twice)):
                answer = self.answer(asked)
        answer = fault.raw if fault.raw is not None else answer
        if fault.hang:
            connection.recv(1)  # Until the other side gives up.
            return False
        if fault.cut is not None:
            connection.sendall(answer[: fault.cut])
            if not fault.fin:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if fault.drip is not None:
            for byte in answer:
                connection.sendall(bytes([byte]))
                time.sleep(fault.drip)
        connection.sendall(answer)
        return b"Content-Length" in answer

    def answer(self, asked: Asked) -> bytes:
        """Do what is asked, and return the answer's bytes."""
        if asked.path == "/token":
            return self._login(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return _error(401, "authError", "Invalid Credentials")
        if asked.path == "/batch":
            return self._batch(asked)
        return self._resource(asked)

    def _login(self, asked: Asked) -> bytes:
        refused = self.refuses_login(asked)
        if refused is not None:
            return refused
        self.effects["login"] += 1
        token = f"ya29.token-{self.effects['login']}"
        self.good_tokens.add(token)
        return http(200, {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}, Date=DATE)

    def _resource(self, asked: Asked) -> bytes:
        parts = urlsplit(asked.path.removeprefix(SERVICE))
        kind, _, rest = parts.path.partition("/")
        name, _, verb = rest.partition("/")
        if kind == "jwt":
            self.effects["jwt"] += 1
            return http(200, {"saveUri": "https://pay.google.com/gp/v/save/abc.def.ghi"})
        if asked.method == "GET" and not name:
            return self._list(kind, {key: values[0] for key, values in parse_qs(parts.query).items()})
        if asked.method == "POST" and not name:
            return self._insert(kind, asked.json)
        held = self.held.get((kind, name))
        if held is None:
            return _error(404, "resourceNotFound", f"{name} was not found")
        if verb == "addMessage":
            self.effects["message"] += 1
            held.setdefault("messages", []).append(asked.json["message"])
            return http(200, {"resource": held})
        if asked.method == "PATCH":
            self.effects["patch"] += 1
            _merge(held, asked.json)
        return http(200, {**held, "kind": f"walletobjects#{kind}", "hasUsers": False})

    def _insert(self, kind: str, body: dict[str, Any]) -> bytes:
        if any(name == body["id"] for _, name in self.held):
            return _error(409, "alreadyExists", f"{body['id']} exists")
        self.effects["insert"] += 1
        stored = dict(body)
        if stored.get("reviewStatus") == "UNDER_REVIEW":
            stored["reviewStatus"] = "APPROVED"
        self.held[kind, body["id"]] = stored
        return http(200, stored)

    def _list(self, kind: str, query: Mapping[str, str]) -> bytes:
        found = [one for (its, _), one in sorted(self.held.items()) if its == kind]
        start, size = int(query.get("token", "0")), int(query["maxResults"])
        more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
        return http(200, {"resources": found[start : start + size], "pagination": {"resultsPerPage": size, **more}})

    def _batch(self, asked: Asked) -> bytes:
        self._batches += 1
        answers = []
        for number, (inner, content) in enumerate(_inner(asked)):
            if not self.forgets_parts(self._batches, number):
                answers.append((inner, self._resource(content)))
            elif self.forgets_parts(self._batches, number) == "lost":  # type: ignore[comparison-overlap]
                self._resource(content)
        head = b"--b\r\nContent-Type: application/http\r\nContent-ID: <response-%s>\r\n\r\n"
        body = b"".join(head % inner.encode() + one + b"\r\n" for inner, one in answers) + b"--b--\r\n"
        return http(200, body, Content_Type="multipart/mixed; boundary=b")


def _inner(asked: Asked) -> list[tuple[str, Asked]]:
    boundary = asked.headers["content-type"].partition("boundary=")[2].encode()
    found = []
    for piece in asked.body.split(b"--" + boundary)[1:-1]:
        head, _, content = piece.strip(b"\r\n").partition(b"\r\n\r\n")
        number = re.search(rb"Content-ID: <([^>]*)>", head)
        assert number is not None
        first, _, rest = content.partition(b"\r\n")
        method, path, _ = first.decode().split()
        body = rest.partition(b"\r\n\r\n")[2]
        found.append((number[1].decode(), Asked(method=method, path=path, headers={}, body=body)))
    return found


def _error(status: int, reason: str, message: str) -> bytes:
    return http(status, {"error": {"code": status, "message": message, "errors": [{"reason": reason}]}})


def _merge(held: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Merge as Google says it does: objects deeply, anything else whole, null takes away."""
    for key, value in changes.items():
        if key == "notifyPreference":
            continue
        if value is None:
            held.pop(key, None)
        elif isinstance(value, dict):
            inner = held.setdefault(key, {})
            _merge(inner, value)
        else:
            held[key] = value


def _read(stream: Any) -> Asked | None:
    first = stream.readline().decode()
    if not first:
        return None
    method, path, _ = first.split()
    headers = {}
    while line := stream.readline().decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return Asked(method=method, path=path, headers=headers, body=body)
