"""What each verb does when nothing goes wrong."""

from dataclasses import replace
from typing import Any

import pytest
from tests.google.live.conftest import ISSUER, MakeClient
from tests.google.live.server import Fault, Google, http, says

from walletcard import google
from walletcard.errors import BadReplyError, InvalidCardError, InvalidDocumentError, KeyMaterialError, RejectedError
from walletcard.google import Client, Resources, ServiceAccount
from walletcard.model import Balance, Face


def with_stamps(face: Face, count: int) -> Face:
    balance = Balance(label="Stamps", text=f"{count} of 9")
    return replace(face, balances=(balance, *face.balances[1:]), announces="stamps")


def object_of(server: Google, card: Resources) -> dict[str, Any]:
    return server.held["loyaltyObject", card.object_id]


def test_a_card_is_put_class_first(server: Google, client: Client, card: Resources) -> None:
    stored = client.put(card)

    assert (stored.action, stored.kind, stored.id) == ("inserted", "LoyaltyObject", card.object_id)
    assert server.calls() == [
        f"GET loyaltyClass/{card.class_id}", "POST loyaltyClass",
        f"GET loyaltyObject/{card.object_id}", "POST loyaltyObject",
    ]  # fmt: skip
    assert object_of(server, card) == card.object
    assert server.effects["insert"] == 2


def test_putting_it_again_changes_nothing_and_leaves_the_class_alone(
    server: Google, client: Client, at_google: Resources
) -> None:
    stored = client.put(at_google)

    assert stored.action == "unchanged"
    assert server.calls() == [f"GET loyaltyObject/{at_google.object_id}"]


def test_an_approved_class_is_no_difference(server: Google, client: Client, at_google: Resources) -> None:
    assert server.held["loyaltyClass", at_google.class_id]["reviewStatus"] == "APPROVED"

    assert client.put_class(at_google).action == "unchanged"


def test_a_class_that_changes_is_handed_in_for_review_again(
    server: Google, client: Client, at_google: Resources
) -> None:
    stored = client.put_class({**at_google.class_, "programName": "New name"}, kind="LoyaltyClass")

    assert stored.action == "patched"
    assert server.asked[-1].json == {"programName": "New name", "reviewStatus": "UNDER_REVIEW"}


def test_what_a_part_has_lost_is_taken_away(server: Google, client: Client, at_google: Resources) -> None:
    changed = at_google.object
    changed["loyaltyPoints"] = {"balance": {"int": 7}}

    client.put_object(changed)

    assert object_of(server, at_google)["loyaltyPoints"] == {"balance": {"int": 7}}


def test_what_google_holds_beyond_stays(server: Google, client: Client, at_google: Resources) -> None:
    object_of(server, at_google)["linkedObjectIds"] = [f"{ISSUER}.other"]

    assert client.put(at_google).action == "unchanged"
    assert object_of(server, at_google)["linkedObjectIds"] == [f"{ISSUER}.other"]


def test_putting_without_updating_refuses_another_content(server: Google, client: Client, at_google: Resources) -> None:
    with pytest.raises(RejectedError) as found:
        client.put_object({**at_google.object, "state": "EXPIRED"}, update=False)

    assert found.value.code == "google.conflict"
    assert server.effects["patch"] == 0
    assert client.put_object(at_google, update=False).action == "unchanged"


def test_a_stamp_is_one_patch(server: Google, client: Client, cafe: Face, at_google: Resources) -> None:
    seven = with_stamps(cafe, 7)

    stored = client.patch_card(seven, since=cafe)

    assert (stored.action, stored.id) == ("patched", at_google.object_id)
    assert server.calls() == [f"PATCH loyaltyObject/{at_google.object_id}"]
    assert server.asked[-1].json == google.patch(seven, since=cafe, issuer_id=ISSUER)
    assert object_of(server, at_google)["loyaltyPoints"]["balance"] == {"string": "7 of 9"}


def test_a_stamp_since_resources_needs_no_issuer(make_client: MakeClient, cafe: Face, at_google: Resources) -> None:
    client = make_client(issuer_id=None)

    assert client.patch_card(with_stamps(cafe, 7), since=at_google).action == "patched"
    with pytest.raises(InvalidCardError) as found:
        client.patch_card(with_stamps(cafe, 7), since=cafe)
    assert found.value.where == "issuer_id"


def test_nothing_to_tell_is_nothing_sent(server: Google, client: Client, cafe: Face, at_google: Resources) -> None:
    assert client.patch_card(cafe, since=cafe).action == "unchanged"
    assert server.calls() == []


def test_a_stamp_of_a_card_that_nobody_saved_yet_puts_it_there(server: Google, client: Client, cafe: Face) -> None:
    seven = with_stamps(cafe, 7)

    stored = client.patch_card(seven, since=cafe)

    assert stored.action == "inserted"
    now = google.resources(seven, issuer_id=ISSUER)
    assert object_of(server, now) == now.object
    assert ("loyaltyClass", now.class_id) in server.held


def test_a_rise_to_another_level_brings_its_class_first(
    server: Google, client: Client, cafe: Face, at_google: Resources
) -> None:
    client.patch_card(replace(cafe, tier="silver"), since=cafe)

    assert server.calls()[:2] == [
        f"GET loyaltyClass/{at_google.class_id}.tier-silver", "POST loyaltyClass"
    ]  # fmt: skip
    assert object_of(server, at_google)["classId"] == f"{at_google.class_id}.tier-silver"


def test_a_body_is_sent_as_it_is(server: Google, client: Client, at_google: Resources) -> None:
    client.patch_card(at_google.object_id, body={"accountName": "Priya"})

    assert server.asked[-1].json == {"accountName": "Priya"}
    assert object_of(server, at_google)["accountName"] == "Priya"


def test_an_expired_card_stays_and_is_expired(server: Google, client: Client, at_google: Resources) -> None:
    client.expire(at_google)

    assert object_of(server, at_google)["state"] == "EXPIRED"


def test_a_message_is_sent_once(server: Google, client: Client, at_google: Resources) -> None:
    said: dict[str, Any] = {"id": "birthday:2026", "header": "Happy birthday", "body": "A coffee is on us."}

    first = client.add_message(at_google, **said)
    second = client.add_message(at_google, **said)

    assert (first.action, second.action) == ("sent", "unchanged")
    assert server.effects["message"] == 1
    assert object_of(server, at_google)["messages"] == [{**said, "messageType": "TEXT_AND_NOTIFY"}]


def test_a_silent_message_to_a_whole_class(server: Google, client: Client, at_google: Resources) -> None:
    client.add_message(
        at_google.class_id, kind="LoyaltyClass", id="news", header="News", body="Open on Sunday.", notify=False
    )

    assert server.held["loyaltyClass", at_google.class_id]["messages"][0]["messageType"] == "TEXT"


def test_a_moved_card_has_a_new_object_and_the_old_one_is_away(
    server: Google, client: Client, cafe: Face, at_google: Resources
) -> None:
    move = google.move(replace(cafe, tier="silver"), issuer_id=ISSUER)

    assert client.move(move).id == move.insert.object_id
    assert object_of(server, at_google)["state"] == "INACTIVE"
    assert client.move(replace(move, retired_id=f"{ISSUER}.never.was")).action == "unchanged"


def test_what_google_knows_and_nobody_else_is_returned(server: Google, client: Client, at_google: Resources) -> None:
    object_of(server, at_google).update(state="SLEEPING", shape={"of": ["things"]})

    found = client.get(at_google)

    assert (found["state"], found["shape"]) == ("SLEEPING", {"of": ["things"]})
    assert client.get(at_google.class_id, kind="LoyaltyClass")["id"] == at_google.class_id


def test_a_list_comes_page_by_page_as_it_is_needed(server: Google, client: Client, at_google: Resources) -> None:
    for number in range(4):
        server.held["loyaltyObject", f"{ISSUER}.{number}"] = {"id": f"{ISSUER}.{number}"}

    pages = client.objects(at_google, page_size=2)
    first = next(pages)

    assert len(server.calls()) == 1
    assert len({one["id"] for one in [first, *pages]}) == 5
    assert server.calls()[1] == f"GET loyaltyObject?classId={at_google.class_id}&maxResults=2&token=2"
    assert [one["id"] for one in client.classes()] == [at_google.class_id]


def test_a_list_that_leads_in_a_circle_ends(server: Google, client: Client, at_google: Resources) -> None:
    page = http(200, {"resources": [{"id": "1.a"}], "pagination": {"nextPageToken": "again"}})
    server.script = lambda asked: Fault(does=False, raw=page)

    with pytest.raises(BadReplyError) as found:
        list(client.objects(at_google))
    assert found.value.code == "reply.page"


def test_a_link_of_any_length_is_googles_own(server: Google, client: Client, card: Resources) -> None:
    link = client.insert_link(card)

    assert link.url == "https://pay.google.com/gp/v/save/abc.def.ghi"
    assert link.length == len("abc.def.ghi")
    assert "abc.def" not in repr(link)
    assert server.asked[-1].json.keys() == {"jwt"}


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda client: client.put_object({"id": f"{ISSUER}.a"}), "field.missing"),
        (lambda client: client.put_class({"id": "1.a", "reviewStatus": "APPROVED"}), "field.missing"),
        (lambda client: client.patch_card(f"{ISSUER}.a", body={"reviewStatus": "APPROVED"}), "field.unknown"),
        (lambda client: client.patch_card(f"{ISSUER}.a", body={"state": "GONE"}), "field.value"),
        (lambda client: client.patch_card("no id", body={}), "id.characters"),
        (lambda client: client.patch_card(f"{ISSUER}.a"), "field.type"),
        (lambda client: client.get("no dot"), "id.characters"),
        (lambda client: client.get(f"{ISSUER}.a", kind="LoyalObject"), "kind.unknown"),
        (lambda client: client.add_message(f"{ISSUER}.a", id="", header="a", body="b"), "field.missing"),
        (lambda client: client.classes(issuer_id="109876543210987654321"), "issuer.client-id"),
        (lambda client: client.objects(None), "id.type"),
        (lambda client: client.patch_all({f"{ISSUER}.a": {}, f"{ISSUER}.b": {"x": 1}}), "field.unknown"),
    ],
)
def test_what_google_would_refuse_is_not_sent(server: Google, client: Client, call: Any, code: str) -> None:
    with pytest.raises(InvalidDocumentError) as found:
        call(client)

    assert code in {issue.code for issue in found.value.issues}
    assert server.asked == []


def test_what_is_overruled_is_sent(server: Google, client: Client, at_google: Resources) -> None:
    client.patch_card(at_google.object_id, body={"state": "DREAMING"}, allow=["field.value"])

    assert object_of(server, at_google)["state"] == "DREAMING"


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout": 0}, {"timeout": float("nan")}, {"timeout": True}, {"per_second": "20"}, {"per_second": -1},
        {"host": "http://walletobjects.googleapis.com"}, {"host": "https://user@example.com"}, {"host": 5},
        {"host": "http://[::"},
    ],
)  # fmt: skip
def test_a_client_that_could_not_work_is_not_made(make_client: MakeClient, settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidCardError) as found:
        make_client(**settings)

    assert found.value.where == next(iter(settings))


def test_a_client_needs_an_account_and_a_real_issuer(local_account: ServiceAccount) -> None:
    wrong: Any = {"type": "service_account"}
    with pytest.raises(KeyMaterialError):
        Client(wrong)
    with pytest.raises(InvalidDocumentError):
        Client(local_account, issuer_id="109876543210987654321")


def test_a_stamp_needs_the_card_before_it(client: Client, cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as found:
        client.patch_card(cafe)

    assert found.value.where == "since"


def test_a_card_must_be_resources(client: Client, cafe: Face) -> None:
    wrong: Any = cafe
    with pytest.raises(InvalidCardError) as found:
        client.put(wrong)

    assert found.value.code == "cards.type"


def test_a_hundred_stamps_a_second_are_twenty(make_client: MakeClient, clock: Any, at_google: Resources) -> None:
    client, start = make_client(), clock.now

    for _ in range(100):
        client.get(at_google)

    assert 4.8 < clock.now - start < 5.1


def test_a_lost_class_says_so(server: Google, client: Client, card: Resources) -> None:
    server.faults.append(None)
    server.faults.append(says(404, "classNotFound", "Class not found"))

    with pytest.raises(RejectedError) as found:
        client.put_object(card)

    assert (found.value.status, found.value.reason, found.value.code) == (404, "classNotFound", "google.missing")
