"""A Google as small as a page: it keeps classes and objects in a dict, so that the example runs without an account."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class TinyGoogle(ThreadingHTTPServer):
    """The server; ``url`` is where it listens."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.held: dict[str, dict[str, Any]] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: TinyGoogle
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # The name that http.server looks for.
        self._one()

    def do_PATCH(self) -> None:
        self._one()

    def do_POST(self) -> None:
        if self.path == "/token":
            self._body()
            self._answer(200, {"access_token": "tiny", "expires_in": 3600, "token_type": "Bearer"})
        elif self.path.endswith("/addMessage"):
            self._one("addMessage")
        else:
            body = json.loads(self._body())
            self.server.held[f"{self.path}/{body['id']}"] = body
            self._answer(200, body)

    def _one(self, verb: str = "") -> None:
        """Answer with one class or object, changed first if that is asked."""
        body = json.loads(self._body() or b"{}")
        held = self.server.held.get(self.path.removesuffix(f"/{verb}"))
        if held is None:
            self._answer(404, {"error": {"message": "Not found", "errors": [{"reason": "notFound"}]}})
        elif verb:
            held.setdefault("messages", []).append(body["message"])
            self._answer(200, {"resource": held})
        else:
            held.update(body)
            self._answer(200, held)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # The name is http.server's.
        """Stay silent."""
