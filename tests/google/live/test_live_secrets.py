"""No key, token or signed text shows anywhere, and what surrounds the process changes nothing."""

from __future__ import annotations

import copy
import logging
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.google.live.conftest import ISSUER, MakeClient
from tests.google.live.server import LOST, Fault, Google, http, says

from walletcard.errors import GoogleError, SecretStaysError, UnreachableError, WalletCardError
from walletcard.google import Answer, Client, HttpTransport, Request, Resources, insert_of
from walletcard.testing._google import ThrowawayServiceAccount

ID = f"{ISSUER}.club.a"
CANARY = "ya29.canary-of-the-token"


def signed_texts(server: Google) -> list[str]:
    """Return what was signed: the assertions of the log-ins and the JWTs of links, as the server saw them."""
    logins = [parse_qs(one.body.decode())["assertion"][0] for one in server.asked if one.path == "/token"]
    links = [one.json["jwt"] for one in server.asked if one.path.endswith("/jwt")]
    return [*logins, *links]


def shown(error: BaseException) -> str:
    """Return all that a log viewer shows of an error: its chain, every frame of the library, and their values."""
    assert error.__traceback__ is not None
    inside = error.with_traceback(error.__traceback__.tb_next)
    found = traceback.TracebackException.from_exception(inside, capture_locals=True)
    return "".join(found.format()) + repr(error) + str(error) + repr(vars(error))


@pytest.fixture
def canary(server: Google) -> Google:
    """A server whose access token is known."""
    server.good_tokens.add(CANARY)
    server.token_faults.append(
        Fault(does=False, raw=http(200, {"access_token": CANARY, "expires_in": 3600, "token_type": "Bearer"}))
    )
    return server


CALLS: dict[str, Callable[[Client, Resources], Any]] = {
    "get": lambda client, card: client.get(card),
    "put": lambda client, card: client.put(card),
    "expire": lambda client, card: client.expire(card),
    "message": lambda client, card: client.add_message(card, id="n", header="News", body="Open"),
    "link": lambda client, card: client.insert_link(card),
    "list": lambda client, card: list(client.objects(card)),
}
FAULTS = {
    "lost": LOST,
    "cut": Fault(cut=30),
    "down": says(503),
    "no": says(403, "permissionDenied", "Permission denied."),
    "slow": says(429, Retry_After="999"),
    "login": says(401),
    "html": Fault(does=False, raw=http(200, b"<html>")),
    "rubbish": Fault(does=False, raw=b"rubbish\r\n\r\n"),
    "packed": Fault(does=False, raw=http(200, b"x", Content_Encoding="gzip")),
    "away": Fault(does=False, raw=http(302, Location="https://example.com/")),
}


@pytest.mark.parametrize("call", CALLS)
def test_no_secret_shows_in_errors_logs_frames_or_pickles(
    canary: Google,
    make_client: MakeClient,
    throwaway: ThrowawayServiceAccount,
    card: Resources,
    caplog: pytest.LogCaptureFixture,
    call: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    client = make_client(timeout=5)
    seen = [repr(client), str(client)]

    for fault in FAULTS.values():
        canary.script = lambda asked, fault=fault: None if asked.path == "/token" else fault  # type: ignore[misc]
        with pytest.raises(WalletCardError) as found:
            CALLS[call](client, card)
        seen += [shown(found.value), str(pickle.dumps(found.value)), repr(copy.copy(found.value))]
        client._wire._pace._resume = 0.0

    told = "\n".join([*seen, caplog.text, *(str(record.__dict__) for record in caplog.records)])
    assert "urllib3" in told
    key = [line for line in throwaway.to_json().split("\\n") if len(line) == 64]
    secrets = [CANARY, *canary.good_tokens, *signed_texts(canary), *key]
    assert len(key) > 10
    assert len(secrets) > 13
    assert not [secret for secret in secrets if secret in told]


def test_no_secret_shows_when_the_login_goes_wrong(
    server: Google,
    make_client: MakeClient,
    card: Resources,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[bytes] = [
        http(200, {"access_token": CANARY, "expires_in": -1}),
        http(200, b'{"access_token": "' + CANARY.encode() + b'"'),
        http(400, {"error": "invalid_grant", "error_description": "No."}),
        http(500),
        b"rubbish\r\n\r\n",
        b"",
    ]
    seen = []

    for answer in answers:
        server.token_faults.extend([Fault(does=False, raw=answer)] * 4)
        with pytest.raises(WalletCardError) as found:
            make_client().get(card)
        server.token_faults.clear()
        seen.append(shown(found.value))

    told = "\n".join([*seen, caplog.text])
    assert len(signed_texts(server)) > 6
    assert not [secret for secret in [CANARY, *signed_texts(server)] if secret in told]


@pytest.mark.parametrize("fault", ["lost", "cut", "rubbish", "packed"])
def test_a_transport_of_ours_shows_no_frame_of_a_lower_library(server: Google, fault: str) -> None:
    server.script = lambda asked: FAULTS[fault]
    headers = {"Authorization": f"Bearer {CANARY}"}

    with pytest.raises(GoogleError) as found:
        HttpTransport().send(Request(method="POST", url=server.url, headers=headers, body=CANARY.encode()), timeout=5)

    told = shown(found.value)
    assert CANARY not in told
    assert "urllib3" not in told


def test_what_is_shown_would_show_a_secret_in_a_frame() -> None:
    def fails() -> None:
        token = CANARY
        raise ValueError(len(token))

    with pytest.raises(ValueError, match="24") as found:
        fails()

    assert CANARY in shown(found.value)


def test_no_secret_travels_in_a_pickle(client: Client, card: Resources, local_account: Any) -> None:
    request = Request(method="GET", url="https://example.com/", headers={"Authorization": CANARY}, body=b"x")
    insert = insert_of(card, account=local_account)
    for value in (client, request, Answer(status=200, body=CANARY.encode()), HttpTransport(), insert):
        with pytest.raises(SecretStaysError) as found:
            pickle.dumps(value)
        assert found.value.hint
        assert CANARY not in repr(value)
    assert copy.copy(client) is client
    assert copy.deepcopy(client) is client


def test_b330_a_netrc_and_proxy_variables_change_nothing(
    canary: Google, client: Client, card: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login evil password evil\ndefault login evil password evil\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/file")

    assert client.put(card).action == "inserted"

    sent = {one.headers.get("authorization") for one in canary.asked}
    assert sent == {None, f"Bearer {CANARY}"}


def test_a_name_in_an_address_does_not_replace_the_log_in(server: Google) -> None:
    server.script = lambda asked: Fault(does=False, raw=http(200, {}))
    url = server.url.replace("://", "://evil:evil@")

    HttpTransport().send(Request(method="GET", url=url, headers={"Authorization": "Bearer a"}), timeout=5)

    assert server.asked[0].headers["authorization"] == "Bearer a"


def test_a_proxy_that_is_asked_for_is_used(server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(method="GET", url="http://example.invalid/path", headers={"Authorization": "Bearer a"})
    server.script = lambda asked: Fault(does=False, raw=http(200, {}))
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "")

    assert HttpTransport(proxy=server.url).send(request, timeout=5).status == 200
    assert HttpTransport(environment=True).send(request, timeout=5).status == 200
    assert [one.path for one in server.asked] == ["http://example.invalid/path"] * 2
    assert server.asked[-1].headers["authorization"] == "Bearer a"


def test_a_proxy_that_is_not_there_is_safe_to_retry() -> None:
    for url in ("http://example.invalid/", "https://example.invalid/"):
        with pytest.raises(UnreachableError) as found:
            HttpTransport(proxy="http://127.0.0.1:1").send(Request(method="POST", url=url, body=b"x"), timeout=1)
        assert found.value.safe_to_retry


def test_an_answer_sets_no_cookie(server: Google) -> None:
    transport, request = HttpTransport(), Request(method="GET", url=f"{server.url}/")
    server.script = lambda asked: Fault(does=False, raw=http(200, {}, Set_Cookie="a=b"))

    transport.send(request, timeout=1)
    transport.send(request, timeout=1)

    assert "cookie" not in server.asked[-1].headers


def test_an_open_connection_is_used_again(server: Google, client: Client, card: Resources) -> None:
    client.put(card)

    assert len(server.asked) == 5
    assert server.connections == 1


def test_links_do_not_load_requests() -> None:
    code = "import walletcard.google, sys; print('requests' in sys.modules, walletcard.google.HttpTransport.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "HttpTransport"]
