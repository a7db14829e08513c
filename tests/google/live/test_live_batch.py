"""Many cards at once: each with an outcome of its own, and none twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.google.live.conftest import ISSUER, MakeClient, Time
from tests.google.live.server import LOST, Fault, Google, http, says

from walletcard import google
from walletcard.errors import InvalidCardError, RejectedError, UnknownResultError
from walletcard.google import Answer, BatchOutcome, Client, Request, Resources
from walletcard.google._batch import joined, parts
from walletcard.model import Face


def cards(face: Face, count: int) -> list[Resources]:
    return [google.resources(replace(face, id=f"CK-{number}"), issuer_id=ISSUER) for number in range(count)]


def test_each_card_has_its_outcome_in_the_order_given(server: Google, client: Client, cafe: Face) -> None:
    many = cards(cafe, 25)

    outcomes = list(client.put_all(many))

    assert [one.id for one in outcomes] == [card.object_id for card in many]
    assert {one.status for one in outcomes} == {"stored"}
    assert {one.require().action for one in outcomes} == {"inserted"}
    assert server.effects["insert"] == 26
    assert [server.held["loyaltyObject", card.object_id] for card in many] == [card.object for card in many]
    assert server.calls() == [
        f"GET loyaltyClass/{many[0].class_id}", "POST loyaltyClass", *["POST /batch"] * 4
    ]  # fmt: skip


def test_cards_are_taken_as_their_turn_comes(server: Google, client: Client, cafe: Face) -> None:
    taken = 0

    def endless() -> Iterator[Resources]:
        nonlocal taken
        for card in cards(cafe, 1) * 1_000:
            taken += 1
            yield card

    next(client.put_all(endless()))

    assert taken == 20


def test_a_card_that_is_refused_does_not_stop_the_others(server: Google, client: Client, cafe: Face) -> None:
    many = cards(cafe, 3)
    server.held["offerObject", many[1].object_id] = {}

    outcomes = list(client.put_all(many))

    assert [one.status for one in outcomes] == ["stored", "failed", "stored"]
    with pytest.raises(RejectedError) as found:
        outcomes[1].require()
    assert found.value.code == "google.conflict"


def test_f13_parts_that_are_missing_are_asked_for_again(server: Google, client: Client, cafe: Face) -> None:
    many = cards(cafe, 6)
    server.forgets_parts = lambda batch, part: batch <= 2 and part % 2 == 0

    outcomes = list(client.put_all(many))

    assert {one.status for one in outcomes} == {"stored"}
    assert server.effects["insert"] == 7


def test_f13_parts_that_took_effect_and_are_missing_are_looked_for(server: Google, client: Client, cafe: Face) -> None:
    many = cards(cafe, 6)
    lost: Any = "lost"
    server.forgets_parts = lambda batch, part: lost if batch == 2 and part % 2 == 0 else False

    outcomes = list(client.put_all(many))

    assert {one.require().action for one in outcomes} == {"inserted"}
    assert server.effects["insert"] == 7
    assert server.effects["patch"] == 0


def test_f13_a_batch_whose_answer_is_lost_is_looked_for(server: Google, client: Client, cafe: Face) -> None:
    server.faults.extend([None, None, None, LOST])

    outcomes = list(client.put_all(cards(cafe, 5)))

    assert {one.require().action for one in outcomes} == {"inserted"}
    assert server.effects["insert"] == 6


def test_f13_an_answer_that_is_no_batch_leaves_nothing_known(server: Google, client: Client, cafe: Face) -> None:
    bodies = {card.object_id: {"state": "EXPIRED"} for card in cards(cafe, 2)}
    server.script = lambda asked: Fault(does=False, raw=http(200, {})) if asked.path == "/batch" else None

    outcomes = list(client.patch_all(bodies))

    assert {one.status for one in outcomes} == {"unknown"}
    assert all(isinstance(one.error, UnknownResultError) for one in outcomes)


def test_f08_a_token_that_ends_in_the_middle_of_a_batch_costs_one_login(
    server: Google, client: Client, cafe: Face
) -> None:
    many = cards(cafe, 40)
    waiting = client.put_all(many)
    next(waiting)
    server.effects.clear()
    server.good_tokens.clear()

    assert {one.status for one in waiting} == {"stored"}
    assert server.logins() == 1
    assert len([key for key in server.held if key[0] == "loyaltyObject"]) == 40


def test_f07_a_batch_pauses_as_a_whole_and_goes_on(server: Google, client: Client, clock: Time, cafe: Face) -> None:
    server.faults.extend([None, None, says(429, Retry_After="20")])
    start = clock.now

    assert {one.status for one in client.put_all(cards(cafe, 25))} == {"stored"}
    assert 20 < clock.now - start < 30


def test_f07_after_a_long_wait_is_told_the_rest_is_not_sent(server: Google, client: Client, cafe: Face) -> None:
    server.faults.extend([None, None, says(429, Retry_After="86400")])

    outcomes = list(client.put_all(cards(cafe, 45)))

    assert {one.status for one in outcomes} == {"failed"}
    assert {getattr(one.error, "code", "") for one in outcomes} == {"google.rate"}
    assert len(server.calls()) == 3


def test_a_class_that_is_refused_fails_its_cards_alone(server: Google, client: Client, cafe: Face) -> None:
    other = google.resources(replace(cafe, program="tea"), issuer_id=ISSUER)
    server.held["offerClass", other.class_id] = {"id": other.class_id}

    outcomes = list(client.put_all([*cards(cafe, 2), other]))

    assert [one.status for one in outcomes] == ["stored", "stored", "failed"]


def test_the_parts_of_a_batch_count_one_by_one(make_client: MakeClient, clock: Time, cafe: Face) -> None:
    client, start = make_client(), clock.now

    list(client.put_all(cards(cafe, 100)))

    assert clock.now - start == pytest.approx((2 + 200 - 20) / 20)  # The last twenty need not wait for others.


def test_what_is_no_card_ends_the_batch_after_those_before_it(server: Google, client: Client, cafe: Face) -> None:
    wrong: Any = cafe
    told: list[BatchOutcome] = []

    with pytest.raises(InvalidCardError):
        told.extend(client.put_all([*cards(cafe, 2), wrong]))

    assert server.effects["insert"] == 3


def test_stamps_of_many_cards(server: Google, client: Client, cafe: Face) -> None:
    many = cards(cafe, 3)
    list(client.put_all(many))

    outcomes = list(client.patch_all({card.object_id: {"state": "COMPLETED"} for card in many}))

    assert [one.require().action for one in outcomes] == ["patched"] * 3
    assert {server.held["loyaltyObject", card.object_id]["state"] for card in many} == {"COMPLETED"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("", b""),
        ("multipart/mixed; boundary=b", b""),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-ID: <response-part-x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-ID: <response-part-1>\r\n\r\nrubbish\r\n--b--"),
        ("multipart/mixed; boundary=b", b"--b" * 10_000),
        ("multipart/mixed; boundary=\xff", b"--\xff"),
        ("multipart/mixed", b"--b\r\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_a_batch_is_not_there(kind: str, body: bytes) -> None:
    assert parts(Answer(status=200, headers={"Content-Type": kind}, body=body)) == {}


def test_of_two_answers_with_one_number_the_first_holds() -> None:
    part = b"--b\r\nContent-ID: <response-part-0>\r\n\r\nHTTP/1.1 %s OK\r\nA: b\r\n\r\n{}\r\n"
    answer = Answer(
        status=200,
        headers={"Content-Type": 'multipart/mixed; boundary="b"'},
        body=b"preamble\r\n" + part % b"200" + part % b"404" + b"--b--",
    )

    found = parts(answer)

    assert {number: (one.status, dict(one.headers), one.body) for number, one in found.items()} == {
        0: (200, {"a": "b"}, b"{}")
    }


def test_a_batch_carries_each_request_whole() -> None:
    request = Request(method="POST", url="/x", headers={"A": "b"}, body=b'{"a": "\xc3\xa9"}')

    made = joined([request, Request(method="GET", url="/y")])

    assert made.body is not None
    assert b'POST /x HTTP/1.1\r\nA: b\r\nContent-Length: 11\r\n\r\n{"a": "\xc3\xa9"}\r\n' in made.body
    assert made.body.count(b"Content-Type: application/http") == 2
