"""One log-in for all threads, also when it is slow, late or interrupted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

import jwt
import pytest
from tests.google.live.conftest import ISSUER, NOON, MakeClient, Time
from tests.google.live.server import Google, http

from walletcard.errors import UnreachableError
from walletcard.google import Answer, Request, ServiceAccount
from walletcard.google._access import Access
from walletcard.google._budget import Budget
from walletcard.testing._google import ThrowawayServiceAccount

ID = f"{ISSUER}.club.a"


class Scripted:
    """A transport that answers each log-in as the script says."""

    def __init__(self, *script: Callable[[], Answer]) -> None:
        self._script = list(script)
        self.sent = 0

    def send(self, request: Request, *, timeout: float) -> Answer:
        self.sent += 1
        return self._script.pop(0)()


def token(name: str) -> Answer:
    return Answer(status=200, body=b'{"access_token": "%s", "expires_in": 3600}' % name.encode())


def budget(clock: Time, seconds: float = 5) -> Budget:
    return Budget(seconds, clock=clock, sleep=clock.sleep)


def test_while_one_thread_renews_the_others_go_on_with_the_token_at_hand(
    server: Google, make_client: MakeClient, clock: Time
) -> None:
    server.held["loyaltyObject", ID] = {"id": ID}
    client = make_client(per_second=3600)
    client.get(ID)
    clock.now = NOON + 3600 - 100
    server.token_delay = 0.3

    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(client.get, ID)
        while server.asked[-1].path != "/token":
            time.sleep(0.001)
        client.get(ID)
        waited = renewing.done()
        renewing.result()

    assert not waited
    assert [one.headers.get("authorization") for one in server.asked[-2:]] == [
        "Bearer ya29.token-1",
        "Bearer ya29.token-2",
    ]


def test_a_late_refusal_of_an_old_token_leaves_the_new_one(local_account: ServiceAccount, clock: Time) -> None:
    transport = Scripted(lambda: token("one"), lambda: token("two"))
    access = Access(local_account, transport=transport, clock=clock)

    old = access.token(budget(clock))
    access.drop(old)
    new = access.token(budget(clock))
    access.drop(old)

    assert access.token(budget(clock)) is new
    assert transport.sent == 2


def test_who_waits_for_a_login_that_is_interrupted_makes_it(local_account: ServiceAccount, clock: Time) -> None:
    waiting = threading.Event()

    def interrupted() -> Answer:
        waiting.wait(5)
        time.sleep(0.05)
        raise KeyboardInterrupt

    transport = Scripted(interrupted, lambda: token("two"))
    access = Access(local_account, transport=transport, clock=clock)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(access.token, budget(clock))
        while not transport.sent:
            time.sleep(0.001)
        second = pool.submit(access.token, budget(clock))
        waiting.set()

        assert second.result(timeout=5).value == "two"
        assert isinstance(first.exception(), KeyboardInterrupt)


def test_who_waits_too_long_for_a_login_is_told(local_account: ServiceAccount, clock: Time) -> None:
    done = threading.Event()

    def slow() -> Answer:
        done.wait(5)
        return token("one")

    transport = Scripted(slow)
    access = Access(local_account, transport=transport, clock=clock)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(access.token, budget(clock))
        while not transport.sent:
            time.sleep(0.001)
        with pytest.raises(UnreachableError) as found:
            access.token(budget(clock, 0.05))
        done.set()
        first.result()

    assert (found.value.code, found.value.safe_to_retry) == ("login.time", True)


def test_a_token_is_not_used_after_its_end(local_account: ServiceAccount, clock: Time) -> None:
    transport = Scripted(lambda: token("one"), lambda: token("two"))
    access = Access(local_account, transport=transport, clock=clock)

    access.token(budget(clock))
    clock.now += 3600

    assert access.token(budget(clock)).value == "two"


def test_a_token_of_a_minute_is_not_renewed_at_each_call(server: Google, make_client: MakeClient) -> None:
    server.lifetime = 60
    server.held["loyaltyObject", ID] = {"id": ID}
    client = make_client(per_second=3600)

    for _ in range(20):
        client.get(ID)

    assert server.logins() == 1


def test_what_is_signed_is_for_the_login_and_nothing_else(
    server: Google, make_client: MakeClient, throwaway: ThrowawayServiceAccount, clock: Time
) -> None:
    server.held["loyaltyObject", ID] = {"id": ID}
    make_client().get(ID)
    form = parse_qs(server.asked[0].body.decode())

    claims = jwt.decode(
        form["assertion"][0],
        throwaway.public_pem,
        algorithms=["RS256"],
        audience=f"{server.url}/token",
        options={"verify_exp": False, "verify_iat": False},
    )

    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assert claims["scope"] == "https://www.googleapis.com/auth/wallet_object.issuer"
    assert (claims["iat"], claims["exp"]) == (NOON, NOON + 3600)


def test_a_login_that_is_down_is_tried_again(server: Google, make_client: MakeClient, clock: Time) -> None:
    server.held["loyaltyObject", ID] = {"id": ID}
    refusals = [http(503), http(429, Retry_After="3")]
    server.refuses_login = lambda asked: refusals.pop(0) if refusals else None

    assert make_client(per_second=3600).get(ID)["id"] == ID
    assert 3.0 in clock.slept
