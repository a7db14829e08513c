"""The rows B245 to B265: bad answers of the interface and of the log-in, each with its class, code and words."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.google.live.conftest import ISSUER, MakeClient, Time
from tests.google.live.server import Fault, Google, http, says

from walletcard.errors import (
    BadReplyError,
    GoogleError,
    RateLimitedError,
    RejectedError,
    UnknownResultError,
    UnreachableError,
)
from walletcard.google import Answer, Client, HttpTransport, Request, Resources, _calls
from walletcard.google._answers import read
from walletcard.google._reasons import _BY_STATUS, _MEANINGS, _QUOTA, _WORDS
from walletcard.google._transport import _TooLargeError, _unpacked

ID = f"{ISSUER}.club.a"
OK = b"HTTP/1.1 200 OK\r\n"


def raw(content: bytes) -> Fault:
    return Fault(does=False, raw=content)


def always(server: Google, fault: Fault) -> None:
    """Let every request but the log-in meet a fault."""
    server.script = lambda asked: None if asked.path == "/token" else fault


def refused(client: Client) -> GoogleError:
    with pytest.raises(GoogleError) as found:
        client.get(ID)
    return found.value


def test_b245_refused(make_client: MakeClient) -> None:
    error = refused(make_client(host="http://127.0.0.1:1"))

    assert isinstance(error, UnreachableError)
    assert str(error) == "127.0.0.1: cannot connect; check the network (safe to retry)"


def test_b246_closed_without_a_byte(server: Google, client: Client) -> None:
    always(server, raw(b""))

    error = refused(client)

    assert isinstance(error, UnreachableError)
    assert (error.code, error.safe_to_retry) == ("net.closed", False)


@pytest.mark.parametrize(
    "content",
    [
        b"rubbish\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        OK + b"a: b\r\n" * 200 + b"\r\n",
        OK + b"a: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 2x0 OK\r\n\r\n",
    ],
    ids=["status line", "tls", "200 headers", "70 kB header", "status"],
)
def test_b247_not_http(server: Google, client: Client, content: bytes) -> None:
    always(server, raw(content))

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert str(error) == "127.0.0.1: the answer is not HTTP; a proxy may be in between"


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, gzip"])
def test_b249_what_cannot_be_unpacked_is_asked_for_again(server: Google, client: Client, encoding: str) -> None:
    always(server, raw(http(200, b"not packed", Content_Encoding=encoding)))

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert error.code == "reply.packing"
    assert len(server.calls()) == 4


def test_b249_half_a_gzip_is_not_taken_for_the_whole(server: Google, client: Client) -> None:
    whole = gzip.compress(json.dumps({"id": ID}).encode())
    always(server, raw(http(200, whole[:-6], Content_Encoding="gzip")))

    assert refused(client).code == "reply.packing"


def test_b249_what_can_be_unpacked_is(server: Google, client: Client) -> None:
    always(server, raw(http(200, gzip.compress(json.dumps({"id": ID}).encode()), Content_Encoding="gzip")))

    assert client.get(ID) == {"id": ID}


def test_b250_a_gzip_bomb_is_refused_at_two_megabytes(server: Google, client: Client) -> None:
    always(server, raw(http(200, gzip.compress(b"0" * 16_000_000, 1), Content_Encoding="gzip")))

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert error.code == "reply.size"
    assert len(server.calls()) == 1


def test_b250_a_gzip_bomb_is_never_unpacked_whole() -> None:
    packed = gzip.compress(b"0" * 16_000_000, 1)
    tracemalloc.start()

    with pytest.raises(_TooLargeError):
        _unpacked(packed, "gzip", 2_000_000)

    assert tracemalloc.get_traced_memory()[1] < 6_000_000
    tracemalloc.stop()


def test_b250_an_answer_without_end_is_refused(server: Google, make_client: MakeClient) -> None:
    always(server, raw(OK + b"\r\n" + b"x" * 2_000))
    client = make_client(transport=HttpTransport(max_bytes=1_000))

    assert refused(client).code == "reply.size"


def test_b251_no_answer_in_time(server: Google, make_client: MakeClient) -> None:
    always(server, Fault(does=False, hang=True))

    error = refused(make_client(timeout=0.9, clock=None, sleep=None))

    assert isinstance(error, UnreachableError)
    assert error.code == "net.timeout"
    assert "no whole answer in 0." in str(error)


def certificate(name: str) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.public_bytes(serialization.Encoding.PEM), pem


def secure_server(folder: Path, name: str) -> tuple[str, Path]:
    """Serve one JSON answer after another over TLS, under a certificate of our own."""
    public, private = certificate(name)
    (folder / "ca.pem").write_bytes(public)
    (folder / "both.pem").write_bytes(private + public)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(4_096)
                    secured.sendall(http(200, {"id": "1.a"}))
            except OSError:
                connection.close()
        listener.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"https://localhost:{listener.getsockname()[1]}/", folder / "ca.pem"


def test_b253_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    url, ca_file = secure_server(tmp_path, "localhost")
    request = Request(method="GET", url=url)

    with pytest.raises(UnreachableError) as found:
        HttpTransport().send(request, timeout=5)

    assert found.value.code == "net.certificate"
    assert found.value.safe_to_retry
    assert "ca_file" in found.value.hint
    assert HttpTransport(ca_file=str(ca_file)).send(request, timeout=5).status == 200


def test_b253_a_certificate_of_another_name(tmp_path: Path) -> None:
    url, ca_file = secure_server(tmp_path, "example.com")

    with pytest.raises(UnreachableError) as found:
        HttpTransport(ca_file=str(ca_file)).send(Request(method="GET", url=url), timeout=5)

    assert found.value.code == "net.certificate"


def test_b253_a_ca_file_that_is_not_there() -> None:
    with pytest.raises(UnreachableError) as found:
        HttpTransport(ca_file="/no/such/file.pem").send(Request(method="GET", url="https://localhost:1/"), timeout=1)

    assert found.value.code == "net.setting"


NOT_JSON = [b"<html>Sign in to the Wi-Fi</html>", b"", b'{"a": NaN}', b"[]", b"[" * 100_000, b"\xff", b'{"a": 1']


@pytest.mark.parametrize("content", NOT_JSON, ids=["html", "empty", "nan", "list", "deep", "bytes", "half"])
def test_b254_b255_not_the_json_expected(server: Google, client: Client, content: bytes) -> None:
    always(server, raw(http(200, content)))

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert (error.code, error.status) == ("reply.json", 200)


@pytest.mark.parametrize("content", NOT_JSON, ids=["html", "empty", "nan", "list", "deep", "bytes", "half"])
def test_b254_of_a_change_the_result_is_unknown(server: Google, client: Client, content: bytes) -> None:
    always(server, raw(http(200, content)))

    with pytest.raises(UnknownResultError):
        client.expire(ID)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 304, 300])
def test_b257_a_redirect_is_refused_and_nothing_follows_it(server: Google, client: Client, status: int) -> None:
    always(server, raw(http(status, Location=f"{server.url}/elsewhere")))

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert (error.code, error.status) == ("reply.redirect", status)
    assert len(server.calls()) == 1


def test_b257_a_login_that_leads_elsewhere_is_refused(server: Google, client: Client) -> None:
    server.token_faults.append(raw(http(307, Location=f"{server.url}/elsewhere")))

    assert refused(client).code == "reply.redirect"
    assert [asked.path for asked in server.asked] == ["/token"]


def error_body(reason: str, message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "errors": [{"reason": reason, "message": message}], **more}}


HINTS = [
    (400, "invalidResource", "Invalid resource ID: 1.a", "google.invalid", "issuer.suffix"),
    (400, "invalid", "Invalid value for field reviewStatus: APPROVED", "google.invalid", "UNDER_REVIEW"),
    (400, "invalid", "Image cannot be loaded", "google.invalid", "open to all"),
    (400, "invalid", 'Unknown name "herosImage"', "google.invalid", "google.lint"),
    (400, "invalid", "Merchant Locations are not available", "google.invalid", "merchantLocations"),
    (403, "permissionDenied", "Permission denied.", "google.permission", "invite the client_email"),
    (403, "accessNotConfigured", "API has not been used", "google.permission", "turn the Google Wallet API on"),
    (403, "quotaExceeded", "Quota exceeded", "google.quota", "3 times a day"),
    (403, "QuotaExceededException", "Too many", "google.quota", "3 times a day"),
    (404, "classNotFound", "Class not found", "google.missing", "a class before its objects"),
    # A class that was changed in a way that Google forbids once it has approved it.
    (400, "invalid", "The field redemptionIssuers is immutable", "google.invalid", "a class under a new id"),
    (400, "invalid", "multipleDevices cannot be changed", "google.invalid", "a class under a new id"),
    (418, "teapot", "Short and stout", "google.invalid", "look the reason up"),
]


@pytest.mark.parametrize(("status", "reason", "message", "code", "hint"), HINTS)
def test_b227_b258_what_google_says_is_told_with_what_to_do(
    server: Google, client: Client, status: int, reason: str, message: str, code: str, hint: str
) -> None:
    always(server, raw(http(status, error_body(reason, message))))

    error = refused(client)

    assert (error.status, error.reason, error.code) == (status, reason, code)
    assert hint in error.hint
    assert message[:20].replace('"', "") in str(error).replace('"', "")
    assert str(error).startswith(f"LoyaltyObject {ID}: ")
    assert isinstance(error, RateLimitedError if code == "google.quota" else RejectedError)
    assert len(server.calls()) == 1


def test_b258_the_field_that_google_names_chooses_the_hint(server: Google, client: Client) -> None:
    violations = [{"fieldViolations": [{"field": "heroImage", "description": "?"}]}]
    always(server, raw(http(400, error_body("", "Bad request", status="INVALID_ARGUMENT", details=violations))))

    error = refused(client)

    assert (error.reason, "open to all" in error.hint) == ("INVALID_ARGUMENT", True)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"error": "text"}', b'{"error": {"errors": [5, {"reason": 5}], "details": {"a": 1}}}', b"[1]"],
)
def test_b258_a_refusal_of_any_shape_is_a_refusal(server: Google, client: Client, body: bytes) -> None:
    always(server, raw(http(400, body)))

    error = refused(client)

    assert isinstance(error, RejectedError)
    assert error.status == 400


def test_b258_a_long_and_strange_message_is_escaped_and_cut(server: Google, client: Client) -> None:
    always(server, raw(http(400, error_body("r" * 300, "line\nline\x1b[31m" + "x" * 5_000))))

    line = str(refused(client))

    assert len(line) <= 240
    assert line.isprintable()


def test_b258_every_refusal_fits_into_one_line() -> None:
    hints = [meaning.hint for meaning in (*_MEANINGS.values(), *_BY_STATUS.values(), _QUOTA)]
    longest = max([*hints, *(hint for _, hint in _WORDS)], key=len)
    content = json.dumps(error_body("r" * 90, "m" * 90)).encode()
    where = _calls.get("EventTicketObject", f"{ISSUER}.{'i' * 200}").where

    with pytest.raises(RejectedError) as found:
        read(Answer(status=418, body=content), where=where, now=0.0)

    assert len(str(found.value)) - len(found.value.hint) + len(longest) <= 240


def test_b259_after_a_second_401_the_login_is_not_accepted(server: Google, client: Client) -> None:
    always(server, says(401, "authError", "Invalid Credentials"))

    error = refused(client)

    assert isinstance(error, RejectedError)
    assert (error.code, error.status) == ("google.login", 401)
    assert "clock" in error.hint
    assert (server.logins(), len(server.calls())) == (2, 2)


def test_b259_a_401_is_safe_to_repeat_even_for_a_message(server: Google, client: Client, card: Resources) -> None:
    client.put(card)
    server.faults.extend([None, says(401)])

    assert client.add_message(card, id="n", header="News", body="Open").action == "sent"
    assert server.effects["message"] == 1


def test_b261_taken_by_a_card_of_another_type(server: Google, client: Client, card: Resources) -> None:
    server.held["offerObject", card.object_id] = {"id": card.object_id}

    with pytest.raises(RejectedError) as found:
        client.put_object(card)

    assert (found.value.status, found.value.code) == (409, "google.conflict")
    assert "another type of card" in found.value.hint
    assert server.effects["insert"] == 0


def test_b262_too_long_to_wait(server: Google, client: Client, clock: Time) -> None:
    always(server, says(429, "rateLimitExceeded", "Slow down", Retry_After="86400"))

    error = refused(client)

    assert isinstance(error, RateLimitedError)
    assert error.retry_after == 86400
    assert str(error).endswith("try again in 86400 s")
    assert sum(clock.slept) < 1


TOKENS: list[Any] = [
    {}, {"access_token": "a"}, {"access_token": "a", "expires_in": "x"}, {"access_token": "a", "expires_in": -1},
    {"access_token": "a", "expires_in": 10**12}, {"access_token": "a\nb", "expires_in": 3600},
    {"access_token": "a\r\nX-Evil: 1", "expires_in": 3600}, {"access_token": "", "expires_in": 3600},
    {"access_token": 5, "expires_in": 3600}, {"access_token": "a", "expires_in": True},
    {"access_token": "a", "expires_in": 3600, "token_type": "mac"}, {"access_token": "a" * 9_999, "expires_in": 3600},
    {"access_token": "é", "expires_in": 3600},
]  # fmt: skip


@pytest.mark.parametrize("body", [*TOKENS, b"[]", b"<html>", b""], ids=range(len(TOKENS) + 3))
def test_b265_a_login_without_a_usable_token(server: Google, client: Client, body: Any) -> None:
    server.token_faults.extend([raw(http(200, body))] * 4)

    error = refused(client)

    assert isinstance(error, BadReplyError)
    assert str(error) == "Google log-in: the answer lacks a usable token; try later"
    assert server.calls() == []


def test_b265_a_login_that_was_bad_once_is_tried_again(server: Google, client: Client, card: Resources) -> None:
    server.token_faults.append(raw(http(200, {})))

    assert client.put(card).action == "inserted"


def test_b243_a_key_that_was_revoked(server: Google, client: Client) -> None:
    server.refuses_login = lambda asked: http(
        400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    )

    error = refused(client)

    assert isinstance(error, RejectedError)
    assert str(error) == (
        'Google log-in: "Invalid JWT Signature." (400 invalid_grant); make a new key, or set this computer\'s clock'
    )


def test_a_login_that_never_came_back_leaves_a_message_unsent(server: Google, client: Client) -> None:
    server.token_faults.extend([Fault(cut=0)] * 4)

    with pytest.raises(UnreachableError) as found:
        client.add_message(ID, id="n", header="a", body="b")

    assert found.value.code == "net.closed"
    assert server.calls() == []
