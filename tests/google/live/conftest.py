from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.google.live.server import Google

from walletcard import google
from walletcard.google import Client, Resources, ServiceAccount
from walletcard.model import Face
from walletcard.testing._google import ThrowawayServiceAccount

ISSUER = "3388000000012345678"
NOON = 1_795_255_200.0  # 2026-11-21 10:00 UTC, as the server's Date says.


class Time:
    """A clock that stands still but when somebody sleeps, and remembers each sleep."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Google]:
    found = Google()
    yield found
    found.close()


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def local_account(throwaway: ThrowawayServiceAccount, server: Google) -> ServiceAccount:
    return ServiceAccount(client_email=throwaway.client_email, token_uri=f"{server.url}/token", key=throwaway._key)


MakeClient = Callable[..., Client]


@pytest.fixture
def make_client(local_account: ServiceAccount, server: Google, clock: Time) -> MakeClient:
    def make(**changes: Any) -> Client:
        settings: dict[str, Any] = {
            "issuer_id": ISSUER, "host": server.url, "clock": clock, "sleep": clock.sleep, "timeout": 20
        }  # fmt: skip
        return Client(local_account, **(settings | changes))

    return make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()


@pytest.fixture
def card(cafe: Face) -> Resources:
    return google.resources(cafe, issuer_id=ISSUER)


@pytest.fixture
def at_google(server: Google, client: Client, card: Resources) -> Resources:
    """The card, at Google already, with nothing counted so far."""
    client.put(card)
    server.effects.clear()
    server.asked.clear()
    return card
