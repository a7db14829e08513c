"""The same afternoon in two frameworks: join, stamp, the phone asks again."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from _counter import Counter

from walletcard import apple

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)"
ANDROID = "Mozilla/5.0 (Linux; Android 17)"


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: Mapping[str, str]
    json: Callable[[], Any]


Call = Callable[..., Answer]


def in_flask(counter: Counter) -> Call:
    pytest.importorskip("flask", reason="the Flask example needs flask")
    from web_flask import create_app

    client = create_app(counter).test_client()

    def call(method: str, path: str, *, data: Mapping[str, str] | None = None, **headers: str) -> Answer:
        found = client.open(path, method=method, data=data, headers=headers)
        return Answer(found.status_code, found.data, dict(found.headers), found.get_json)

    return call


def in_fastapi(counter: Counter) -> Call:
    pytest.importorskip("fastapi", reason="the FastAPI example needs fastapi")
    pytest.importorskip("httpx2", reason="FastAPI's test client needs httpx2")
    from fastapi.testclient import TestClient
    from web_fastapi import create_app

    client = TestClient(create_app(counter), follow_redirects=False)

    def call(method: str, path: str, *, data: Mapping[str, str] | None = None, **headers: str) -> Answer:
        found = client.request(method, path, data=data, headers=headers)
        return Answer(found.status_code, found.content, found.headers, found.json)

    return call


@pytest.fixture(params=[in_flask, in_fastapi], ids=["flask", "fastapi"])
def shop(request: pytest.FixtureRequest) -> tuple[Counter, Call]:
    counter = Counter()
    return counter, request.param(counter)


def agent(name: str) -> dict[str, str]:
    return {"User-Agent": name}


def test_an_iphone_gets_a_pass_and_an_android_phone_a_link(shop: tuple[Counter, Call]) -> None:
    counter, call = shop

    page, iphone, android = (
        call("GET", "/"),
        call("POST", "/join", data={"name": "Priya"}, **agent(IPHONE)),
        call("POST", "/join", data={"name": "Noa"}, **agent(ANDROID)),
    )

    assert b'action="/join"' in page.body
    assert (iphone.status, iphone.headers["Content-Type"]) == (200, apple.MIME_TYPE)
    assert apple.read(iphone.body).style == "storeCard"
    assert (android.status, android.headers["Location"][:33]) == (303, "https://pay.google.com/gp/v/save/")
    assert [one.member for one in counter.cards.values()] == ["Priya", "Noa"]


def test_a_name_that_no_card_can_show_is_refused_in_words(shop: tuple[Counter, Call]) -> None:
    answer = shop[1]("POST", "/join", data={"name": "x" * 65}, **agent(IPHONE))

    assert answer.status == 400
    assert b"65 characters, over 64" in answer.body


def test_the_till_stamps_once_for_each_receipt(shop: tuple[Counter, Call]) -> None:
    counter, call = shop
    call("POST", "/join", data={"name": "Priya"}, **agent(IPHONE))
    [card_id] = counter.cards
    scan = {"code": counter.code_of(card_id), "receipt": "till-1"}

    first, again, soon, forged = (
        call("POST", "/till/stamp", data=scan),
        call("POST", "/till/stamp", data=scan),
        call("POST", "/till/stamp", data=scan | {"receipt": "till-2"}),
        call(
            "POST",
            "/till/stamp",
            data=scan | {"code": scan["code"][:-1] + ("B" if scan["code"].endswith("A") else "A")},
        ),
    )

    assert (first.status, first.body) == (200, b"Stamp added: 1 of 9.")
    assert (again.status, soon.status, forged.status) == (200, 409, 400)
    assert counter.cards[card_id].stamps == 1


def test_an_iphone_hears_of_the_stamp_and_fetches_the_new_pass(shop: tuple[Counter, Call]) -> None:
    counter, call = shop
    made = apple.read(call("POST", "/join", data={"name": "Priya"}, **agent(IPHONE)).body).pass_json
    serial, key = made["serialNumber"], {"Authorization": f"ApplePass {made['authenticationToken']}"}
    device = f"/wallet/v1/devices/D1/registrations/{made['passTypeIdentifier']}"

    assert [call("POST", f"{device}/{serial}", **key).status for _ in range(2)] == [201, 200]
    before = call("GET", device).json()
    call("POST", "/till/stamp", data={"code": counter.code_of(serial.split(".")[1]), "receipt": "till-1"})
    after = call("GET", f"{device}?passesUpdatedSince={before['lastUpdated']}").json()
    newest = apple.read(call("GET", f"/wallet/v1/passes/x/{serial}", **key).body).pass_json

    assert before["serialNumbers"] == after["serialNumbers"] == [serial]
    for rubbish in ("²", "-1", "9" * 5_000, "soon"):
        assert call("GET", f"{device}?passesUpdatedSince={rubbish}").json()["serialNumbers"] == [serial]
    assert newest["storeCard"]["headerFields"][0]["value"] == "1 of 9"
    assert call("GET", f"{device}?passesUpdatedSince={after['lastUpdated']}").status == 204
    assert call("DELETE", f"{device}/{serial}", **key).status == 200
    assert call("GET", device).status == 204
    assert call("POST", "/wallet/v1/log", data={}).status == 200


def test_a_phone_that_has_the_newest_pass_is_told_so(shop: tuple[Counter, Call]) -> None:
    counter, call = shop
    made = apple.read(call("POST", "/join", data={"name": "Priya"}, **agent(IPHONE)).body).pass_json
    serial, key = made["serialNumber"], {"Authorization": f"ApplePass {made['authenticationToken']}"}
    place = f"/wallet/v1/passes/x/{serial}"
    said = {"If-Modified-Since": call("GET", place, **key).headers["Last-Modified"]}

    known = call("GET", place, **key, **said)
    call("POST", "/till/stamp", data={"code": counter.code_of(serial.split(".")[1]), "receipt": "till-1"})
    newer, asked = call("GET", place, **key, **said), call("HEAD", place, **key)

    assert (known.status, known.body) == (304, b"")
    assert (newer.status, newer.headers["Last-Modified"] != said["If-Modified-Since"]) == (200, True)
    assert (asked.status, asked.body, asked.headers["Last-Modified"]) == (200, b"", newer.headers["Last-Modified"])


def test_without_its_token_nobody_sees_a_pass(shop: tuple[Counter, Call]) -> None:
    counter, call = shop
    call("POST", "/join", data={"name": "Priya"}, **agent(IPHONE))
    serial = f"{counter.program.id}.{next(iter(counter.cards))}"

    for key in ({}, {"Authorization": "ApplePass wrong"}):
        assert call("GET", f"/wallet/v1/passes/x/{serial}", **key).status == 401
        assert call("POST", f"/wallet/v1/devices/D1/registrations/x/{serial}", **key).status == 401
        assert call("DELETE", f"/wallet/v1/devices/D1/registrations/x/{serial}", **key).status == 401
    assert call("GET", "/wallet/v1/passes/x/copper-kettle.none").status == 401
