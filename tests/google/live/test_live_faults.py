"""The rows F01 to F14 of the fault table, played by a server: the right end, in time, and nothing done twice.

F15 is of callbacks.
"""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.google.live.conftest import ISSUER, NOON, MakeClient, Time
from tests.google.live.server import LOST, NEVER, Asked, Fault, Google, http, says

from walletcard import errors
from walletcard.errors import (
    GoogleError,
    RateLimitedError,
    RejectedError,
    UnknownResultError,
    UnreachableError,
)
from walletcard.google import Client, HttpTransport, Request, Resources
from walletcard.google._transport import CONNECT_SECONDS

SMALL = {"id": f"{ISSUER}.club.a", "classId": f"{ISSUER}.club", "state": "ACTIVE"}
SLACK = 0.4  # Seconds for a machine that is busy; without its limit, what is measured takes ten times as long.
NOTE: dict[str, Any] = {"id": "n", "header": "News", "body": "Open on Sunday."}


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"http://127.0.0.1:{found.getsockname()[1]}"


def small(server: Google) -> dict[str, Any]:
    return server.held["loyaltyObject", SMALL["id"]]


@pytest.fixture
def held(server: Google, client: Client) -> Google:
    """A server that has the small object already, with nothing counted so far."""
    client.put_object(SMALL)
    server.effects.clear()
    server.asked.clear()
    return server


@pytest.mark.parametrize("host", [closed_port(), "https://walletcard.invalid"])
def test_f01_nothing_to_connect_to_is_tried_four_times_and_safe_to_retry(
    make_client: MakeClient, clock: Time, host: str
) -> None:
    client = make_client(host=host, per_second=1000)

    with pytest.raises(UnreachableError) as found:
        client.add_message(SMALL["id"], **NOTE)

    assert found.value.safe_to_retry
    assert found.value.code == "net.connect"
    pauses = [seconds for seconds in clock.slept if seconds != pytest.approx(0.001)]
    assert len(pauses) == 3
    assert all(pause <= most for pause, most in zip(pauses, (1, 2, 4), strict=True))


def test_f02_a_connection_that_hangs_is_given_up_after_five_seconds() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        crowd = [socket.socket() for _ in range(3)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(address)
        request = Request(method="GET", url=f"http://127.0.0.1:{address[1]}/")

        with within(1.5), pytest.raises(UnreachableError) as found:
            HttpTransport().send(request, timeout=0.2)

        for one in crowd:
            one.close()
    assert found.value.safe_to_retry
    assert CONNECT_SECONDS == 5


def places(*ports: int) -> Callable[..., list[Any]]:
    """Return a resolver that knows these ports of this machine as the addresses of any name."""
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)) for port in ports]


def test_f02_the_limit_holds_for_all_addresses_of_a_name(server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        dead = listener.getsockname()[1]
        crowd = [socket.create_connection(("127.0.0.1", dead))]
        crowd += [socket.socket() for _ in range(3)]
        for one in crowd[1:]:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", dead))
        request = Request(method="GET", url="http://many.example/")

        monkeypatch.setattr(socket, "getaddrinfo", places(*[dead] * 16))
        with within(1.5), pytest.raises(UnreachableError) as found:
            HttpTransport().send(request, timeout=0.3)
        monkeypatch.setattr(socket, "getaddrinfo", places(dead, int(server.url.rpartition(":")[2])))
        server.script = lambda asked: Fault(does=False, raw=http(200, {}))
        reached = HttpTransport().send(request, timeout=1)

        for one in crowd:
            one.close()
    assert (found.value.code, found.value.safe_to_retry) == ("net.connect", True)
    assert reached.status == 200


def test_f03_a_read_that_times_out_is_looked_after(server: Google, make_client: MakeClient) -> None:
    client = make_client(timeout=0.6)
    server.faults.extend([None, Fault(hang=True)])

    stored = client.put_object(SMALL)

    assert stored.action == "inserted"
    assert server.calls()[-1].startswith("GET")
    assert server.effects["insert"] == 1


def test_f03_a_read_that_times_out_names_its_phase(server: Google) -> None:
    server.script = lambda asked: Fault(hang=True)
    request = Request(method="GET", url=f"{server.url}/")

    with within(1.5), pytest.raises(UnreachableError) as found:
        HttpTransport().send(request, timeout=0.15)

    assert not found.value.safe_to_retry
    assert found.value.code == "net.timeout"


def test_f03_without_time_to_look_the_result_is_unknown(held: Google, make_client: MakeClient) -> None:
    client = make_client(timeout=0.9, clock=None, sleep=None)
    client.get(SMALL["id"])
    held.script = lambda asked: Fault(hang=True) if asked.method == "PATCH" else None

    with within(2.0), pytest.raises(UnknownResultError) as found:
        client.expire(SMALL["id"])

    assert found.value.code == "google.unknown"


def test_f04_an_answer_that_drips_ends_at_the_deadline(held: Google, make_client: MakeClient) -> None:
    client = make_client(timeout=0.9, clock=None)  # Its pauses are no pauses: all its time goes into reading.
    client.get(SMALL["id"])
    held.script = lambda asked: Fault(drip=0.02)
    start = time.monotonic()

    with pytest.raises(UnreachableError):
        client.get(SMALL["id"])

    assert 0.3 <= time.monotonic() - start <= 0.9 + SLACK


def test_f04_the_limit_of_one_answer_holds_from_its_first_byte_to_its_last(server: Google) -> None:
    server.script = lambda asked: Fault(does=False, raw=http(200, b"x" * 100), drip=0.02)
    start = time.monotonic()

    with pytest.raises(UnreachableError) as found:
        HttpTransport().send(Request(method="GET", url=f"{server.url}/"), timeout=0.3)

    assert 0.28 <= time.monotonic() - start <= 0.3 + SLACK
    assert found.value.code == "net.timeout"


def offsets(server: Google) -> range:
    """Return every place to cut an answer of the small object at."""
    return range(len(http(200, {**small(server), "kind": "walletobjects#loyaltyObject", "hasUsers": False})) + 1)


@pytest.mark.parametrize("fin", [False, True], ids=["reset", "closed"])
def test_f05_a_read_survives_an_answer_cut_at_any_byte(held: Google, make_client: MakeClient, fin: bool) -> None:
    client, want = make_client(), dict(SMALL)

    for offset in offsets(held):
        held.faults.append(Fault(cut=offset, fin=fin))
        found = client.get(SMALL["id"])
        assert {key: found[key] for key in want} == want, offset


def test_f05_a_change_survives_an_answer_cut_at_any_byte(held: Google, make_client: MakeClient) -> None:
    client = make_client()

    for offset in offsets(held):
        name = f"Priya {offset}"
        held.faults.append(Fault(cut=offset))
        assert client.patch_card(SMALL["id"], body={"accountName": name}).action == "patched", offset
        assert small(held)["accountName"] == name


def test_f05_an_insert_happens_once_wherever_its_answer_is_cut(held: Google, make_client: MakeClient) -> None:
    client, every = make_client(), offsets(held)

    for offset in every:
        held.faults.extend([None, Fault(cut=offset)])
        assert client.put_object({**SMALL, "id": f"{ISSUER}.club.{offset}"}).action == "inserted", offset

    assert held.effects["insert"] == len(every)
    assert held.effects["patch"] == 0


def test_f05_a_message_happens_once_wherever_its_answer_is_cut(held: Google, make_client: MakeClient) -> None:
    client, unknown = make_client(), 0

    for offset in range(0, 200, 2):
        small(held)["messages"] = []
        held.faults.extend([None, Fault(cut=offset)])
        try:
            client.add_message(SMALL["id"], **NOTE)
        except UnknownResultError:
            unknown += 1
        assert len(small(held)["messages"]) == 1, offset

    assert unknown == 100
    assert held.effects["message"] == 100


VERBS: dict[str, Callable[[Client], Any]] = {
    "get": lambda client: client.get(SMALL["id"]),
    "patch": lambda client: client.expire(SMALL["id"]),
    "insert": lambda client: client.put_object({**SMALL, "id": f"{ISSUER}.club.new"}),
}


@pytest.mark.parametrize(
    ("verb", "status", "times"),
    [
        *((verb, status, 3) for verb in VERBS for status in (500, 502, 503, 504)),
        *((verb, 503, times) for verb in VERBS for times in (1, 2)),
    ],
)
def test_f06_a_server_that_is_down_for_a_moment_is_waited_for(
    held: Google, client: Client, verb: str, status: int, times: int
) -> None:
    held.faults.extend([says(status)] * times)

    assert VERBS[verb](client)

    assert held.effects["insert"] + held.effects["patch"] == (verb != "get")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_f06_a_server_that_stays_down_is_an_error_after_four_tries(held: Google, client: Client, status: int) -> None:
    held.script = lambda asked: says(status)

    with pytest.raises(RejectedError) as found:
        client.get(SMALL["id"])

    assert (found.value.status, found.value.code) == (status, "google.unavailable")
    assert len(held.calls()) == 4


def test_f06_of_a_change_a_server_that_stays_down_leaves_the_result_unknown(held: Google, client: Client) -> None:
    held.script = lambda asked: says(503)

    with pytest.raises(UnknownResultError) as found:
        client.expire(SMALL["id"])

    assert found.value.status == 503
    assert len(held.calls()) == 4


def test_f06_an_insert_that_was_made_before_the_503_is_not_made_again(server: Google, client: Client) -> None:
    server.faults.extend([None, Fault(raw=http(503))])

    assert client.put_object(SMALL).action == "inserted"
    assert server.effects["insert"] == 1


def test_f06_a_message_is_not_repeated_after_a_503(held: Google, client: Client) -> None:
    held.faults.extend([None, Fault(raw=http(503))])

    with pytest.raises(UnknownResultError):
        client.add_message(SMALL["id"], **NOTE)

    assert held.effects["message"] == 1


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ("7", [7]),
        ("0", []),
        ("60", [60]),
        ("Sat, 21 Nov 2026 10:00:09 GMT", [9]),
        ("Sat, 21 Nov 2026 10:00:09", [9]),
    ],
)
def test_f07_google_is_given_the_time_that_it_asks_for(
    held: Google, make_client: MakeClient, clock: Time, told: str, waited: list[float]
) -> None:
    client = make_client(per_second=1000)
    client.get(SMALL["id"])
    clock.slept = []
    held.faults.append(says(429, "rateLimitExceeded", Retry_After=told, Date="Sat, 21 Nov 2026 10:00:00 GMT"))

    client.add_message(SMALL["id"], **NOTE)

    assert [round(seconds, 1) for seconds in clock.slept if seconds > 0.5] == waited
    assert held.effects["message"] == 1


@pytest.mark.parametrize("told", ["", "abc", "-5", "1e3", "Sat, 21 Nov 2020 10:00:00 GMT", "٣", "Sat, 99 Nov"])
def test_f07_b263_what_tells_no_time_is_answered_by_our_own_pauses(
    held: Google, client: Client, clock: Time, told: str
) -> None:
    header = {} if told == "٣" else {"Retry_After": told}
    held.script = lambda asked: says(429, **header)

    with pytest.raises(RateLimitedError) as found:
        client.get(SMALL["id"])

    assert found.value.retry_after is None
    assert len(held.calls()) == 4
    assert sum(clock.slept) < 8


@pytest.mark.parametrize("told", ["61", "86400", "9" * 400])
def test_f07_a_wait_over_a_minute_is_told_and_nobody_asks_again(
    held: Google, client: Client, clock: Time, told: str
) -> None:
    held.faults.append(says(429, Retry_After=told))

    with pytest.raises(RateLimitedError) as found:
        client.get(SMALL["id"])
    with pytest.raises(RateLimitedError):
        client.get(SMALL["id"])

    assert found.value.retry_after == min(float(told), 10**9)
    assert max(clock.slept) < 1
    assert len(held.calls()) == 1


def test_f07_one_answer_holds_every_thread(held: Google, make_client: MakeClient, clock: Time) -> None:
    client, start = make_client(), clock.now
    held.faults.append(says(403, "userRateLimitExceeded", Retry_After="30"))

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(client.get, SMALL["id"])
        first.result()
        sent_at = clock.now
        list(pool.map(client.get, [SMALL["id"]] * 8))

    assert sent_at >= start + 30
    assert len(held.calls()) == 10


def test_f08_a_token_that_is_revoked_costs_one_login_for_32_threads(held: Google, make_client: MakeClient) -> None:
    client = make_client(per_second=3600)
    client.get(SMALL["id"])
    held.effects.clear()
    held.good_tokens.clear()
    held.token_delay = 0.05
    together = threading.Barrier(32)

    def one(number: int) -> str:
        together.wait()
        return str(client.patch_card(SMALL["id"], body={"accountName": str(number)}).action)

    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(one, range(32))) == {"patched"}

    assert held.logins() == 1
    assert held.effects["patch"] == 32


def test_f08_32_threads_that_begin_together_log_in_once(server: Google, make_client: MakeClient) -> None:
    client = make_client(per_second=3600)
    server.held["loyaltyObject", SMALL["id"]] = dict(SMALL)
    server.token_delay = 0.05
    together = threading.Barrier(32)

    def one(_: int) -> Any:
        together.wait()
        return client.get(SMALL["id"])["id"]

    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(one, range(32))) == {SMALL["id"]}

    assert server.logins() == 1
    assert len([asked for asked in server.asked if asked.path == "/token"]) == 1


def test_f08_32_threads_share_one_refusal(server: Google, make_client: MakeClient) -> None:
    client = make_client(per_second=3600)
    server.token_delay = 0.1
    server.refuses_login = lambda asked: http(400, {"error": "invalid_grant", "error_description": "Account deleted"})
    together = threading.Barrier(32)

    def one(_: int) -> str:
        together.wait()
        with pytest.raises(RejectedError) as found:
            client.get(SMALL["id"])
        return found.value.reason

    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(one, range(32))) == {"invalid_grant"}

    assert len(server.asked) == 1


def logins_tried(server: Google) -> int:
    return sum(asked.path == "/token" for asked in server.asked)


def test_f09_a_token_is_replaced_three_minutes_and_three_quarters_before_its_end(
    held: Google, client: Client, clock: Time
) -> None:
    client.get(SMALL["id"])
    held.asked.clear()

    clock.now = NOON + 3600 - 226
    client.get(SMALL["id"])
    early = logins_tried(held)
    clock.now = NOON + 3600 - 224
    client.get(SMALL["id"])
    client.get(SMALL["id"])

    assert (early, logins_tried(held)) == (0, 1)


def test_f09_while_the_token_is_good_nobody_minds_that_the_login_is_down(
    held: Google, client: Client, clock: Time
) -> None:
    client.get(SMALL["id"])
    held.asked.clear()
    held.refuses_login = lambda asked: http(503)

    clock.now = NOON + 3600 - 200
    for _ in range(20):
        assert client.get(SMALL["id"])["id"] == SMALL["id"]
    tried = logins_tried(held)
    clock.now += 6
    client.get(SMALL["id"])
    again = logins_tried(held)
    clock.now = NOON + 3601
    with pytest.raises(RejectedError) as found:
        client.get(SMALL["id"])

    assert (tried, again) == (1, 2)
    assert (found.value.where, found.value.status) == ("Google log-in", 503)


def test_f10_an_insert_whose_answer_is_lost_leaves_exactly_one_object(server: Google, client: Client) -> None:
    server.faults.extend([None, LOST])

    stored = client.put_object(SMALL)

    assert stored.action == "inserted"
    assert server.calls() == [
        f"GET loyaltyObject/{SMALL['id']}", "POST loyaltyObject", f"GET loyaltyObject/{SMALL['id']}"
    ]  # fmt: skip
    assert server.effects["insert"] == 1


def test_f10_an_insert_that_never_arrived_is_made(server: Google, client: Client) -> None:
    server.faults.extend([None, NEVER])

    assert client.put_object(SMALL).action == "inserted"
    assert server.effects["insert"] == 1


def test_f10_an_insert_that_another_process_made_first_is_found(server: Google, client: Client) -> None:
    def meanwhile(asked: Asked) -> None:
        if asked.method == "POST" and asked.path.endswith("loyaltyObject"):
            server.held.setdefault(("loyaltyObject", SMALL["id"]), {**SMALL, "accountName": "theirs"})

    server.script = meanwhile

    assert client.put_object({**SMALL, "accountName": "ours"}).action == "patched"
    assert small(server)["accountName"] == "ours"
    assert server.effects["insert"] == 0


def test_f10_when_looking_fails_too_the_result_is_unknown(server: Google, client: Client) -> None:
    server.faults.extend([None, LOST, *[says(500)] * 4])

    with pytest.raises(UnknownResultError):
        client.put_object(SMALL)

    assert client.put_object(SMALL).action == "unchanged"
    assert server.effects["insert"] == 1


def test_f11_a_request_that_a_proxy_doubles_comes_to_the_same(held: Google, client: Client) -> None:
    held.script = lambda asked: Fault(twice=True)

    client.patch_card(SMALL["id"], body={"accountName": "Priya"})
    client.put_object({**SMALL, "id": f"{ISSUER}.club.b"})

    assert small(held) == {**SMALL, "accountName": "Priya"}
    assert held.effects["insert"] == 1


def test_f12_a_message_whose_answer_is_lost_is_not_repeated(held: Google, client: Client) -> None:
    held.faults.extend([None, LOST])

    with pytest.raises(UnknownResultError) as found:
        client.add_message(SMALL["id"], **NOTE)
    again = client.add_message(SMALL["id"], **NOTE)

    assert "nothing happens twice" in found.value.hint
    assert again.action == "unchanged"
    assert held.effects["message"] == 1


def test_f12_a_message_that_never_arrived_is_sent_when_asked_again(held: Google, client: Client) -> None:
    held.faults.extend([None, NEVER])

    with pytest.raises(UnknownResultError):
        client.add_message(SMALL["id"], **NOTE)

    assert client.add_message(SMALL["id"], **NOTE).action == "sent"
    assert held.effects["message"] == 1


@pytest.mark.parametrize("wrong_by", [600.0, -600.0, 2 * 365 * 86_400.0, -2 * 365 * 86_400.0])
def test_f14_b331_a_clock_that_is_wrong_is_set_by_googles(
    server: Google, make_client: MakeClient, clock: Time, wrong_by: float
) -> None:
    def refuses(asked: Asked) -> bytes | None:
        assertion = parse_qs(asked.body.decode())["assertion"][0].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(assertion + "=="))
        if abs(claims["iat"] - NOON) < 300:
            return None
        return http(400, {"error": "invalid_grant"}, Date="Sat, 21 Nov 2026 10:00:00 GMT")

    server.refuses_login = refuses
    clock.now = NOON + wrong_by
    server.held["loyaltyObject", SMALL["id"]] = dict(SMALL)

    assert make_client().get(SMALL["id"])["id"] == SMALL["id"]
    assert logins_tried(server) == 2


def test_f14_a_refusal_that_the_clock_does_not_explain_stands(server: Google, client: Client) -> None:
    server.refuses_login = lambda asked: http(400, {"error": "invalid_grant"}, Date="Sat, 21 Nov 2026 10:00:00 GMT")

    with pytest.raises(RejectedError) as found:
        client.get(SMALL["id"])

    assert (found.value.code, found.value.reason) == ("login.refused", "invalid_grant")
    assert logins_tried(server) == 1


def test_f37_an_interrupted_login_leaves_the_next_one_free(server: Google, make_client: MakeClient) -> None:
    class Interrupted(HttpTransport):
        done = False

        def send(self, request: Request, *, timeout: float) -> Any:
            if not Interrupted.done:
                Interrupted.done = True
                raise KeyboardInterrupt
            return super().send(request, timeout=timeout)

    client = make_client(transport=Interrupted())
    server.held["loyaltyObject", SMALL["id"]] = dict(SMALL)

    with pytest.raises(KeyboardInterrupt):
        client.get(SMALL["id"])

    assert client.get(SMALL["id"])["id"] == SMALL["id"]


def test_f38_a_fork_does_not_talk_over_its_parents_connections(server: Google) -> None:
    transport = HttpTransport()
    before = transport._adapter
    transport._process = -1  # As a child of this process finds it.
    server.script = lambda asked: Fault(does=False, raw=http(200, {}))

    assert transport.send(Request(method="GET", url=f"{server.url}/"), timeout=1).status == 200
    assert transport._adapter is not before


def test_a_closed_client_leaves_no_connection_and_opens_new_ones(server: Google, make_client: MakeClient) -> None:
    server.held["loyaltyObject", SMALL["id"]] = dict(SMALL)

    with make_client() as client:
        client.get(SMALL["id"])
        opened = server.connections
        client.get(SMALL["id"])
        assert server.connections == opened

    assert client.get(SMALL["id"])["id"] == SMALL["id"]
    assert server.connections == opened + 1


def test_a_transport_that_was_given_stays_open(server: Google, make_client: MakeClient) -> None:
    server.held["loyaltyObject", SMALL["id"]] = dict(SMALL)
    transport = HttpTransport()

    for _ in range(2):
        with make_client(transport=transport) as client:
            client.get(SMALL["id"])

    assert server.connections == 1
    transport.close()


def test_every_fault_is_one_line_without_names_of_classes(held: Google, client: Client, card: Resources) -> None:
    faults = [LOST, says(500), says(429, Retry_After="999"), Fault(does=False, raw=b"rubbish\r\n\r\n")]
    for fault in faults:
        held.script = lambda asked, fault=fault: fault  # type: ignore[misc]
        with pytest.raises(GoogleError) as found:
            client.expire(card)
        line = str(found.value)
        assert len(line) <= 240
        assert line.isprintable()
        assert not any(name in line for name in errors.__all__)
        assert " 0x" not in line
