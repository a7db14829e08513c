"""Whatever is handed to a client, what comes back is an answer or an error of the library."""

from typing import Any

import pytest
from tests.google.live.conftest import ISSUER
from tests.google.live.server import Google

from walletcard.errors import InvalidCardError, WalletCardError
from walletcard.google import Client
from walletcard.model import Face

WRONG: tuple[Any, ...] = (
    None, True, 5, -1, 1.5, float("nan"), "", "text", "\ud800", b"", b"\xff", [], ["a"], {}, {"a": 1}, {1: 2},
    {"id": 5}, {"id": f"{ISSUER}.a", "state": ["ACTIVE"]}, (None,), object(), print,
)  # fmt: skip
ID = f"{ISSUER}.club.a"
CALLS: dict[str, Any] = {
    "put": lambda client, wrong: client.put(wrong),
    "put_class": lambda client, wrong: client.put_class(wrong),
    "put_class kind": lambda client, wrong: client.put_class({}, kind=wrong),
    "put_object": lambda client, wrong: client.put_object(wrong),
    "put_object allow": lambda client, wrong: client.put_object({"id": "a"}, allow=wrong),
    "put_all": lambda client, wrong: list(client.put_all(wrong)),
    "put_all one": lambda client, wrong: list(client.put_all([wrong])),
    "patch_card": lambda client, wrong: client.patch_card(wrong, body={"state": "EXPIRED"}),
    "patch_card body": lambda client, wrong: client.patch_card(ID, body=wrong),
    "patch_all": lambda client, wrong: list(client.patch_all(wrong)),
    "patch_all body": lambda client, wrong: list(client.patch_all({ID: wrong})),
    "move": lambda client, wrong: client.move(wrong),
    "add_message": lambda client, wrong: client.add_message(wrong, id="a", header="b", body="c"),
    "add_message id": lambda client, wrong: client.add_message(ID, id=wrong, header="b", body="c"),
    "add_message body": lambda client, wrong: client.add_message(ID, id="a", header="b", body=wrong),
    "expire": lambda client, wrong: client.expire(wrong),
    "get": lambda client, wrong: client.get(wrong),
    "get kind": lambda client, wrong: client.get(ID, kind=wrong),
    "objects": lambda client, wrong: list(client.objects(wrong)),
    "objects page": lambda client, wrong: list(client.objects(ID, page_size=wrong)),
    "classes": lambda client, wrong: list(client.classes(issuer_id=wrong)),
    "insert_link": lambda client, wrong: client.insert_link(wrong),
}


def refusal(call: Any, *arguments: Any, **named: Any) -> WalletCardError | None:
    try:
        call(*arguments, **named)
    except WalletCardError as error:
        return error
    return None


@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_argument_is_named(server: Google, client: Client, call: str) -> None:
    found = [error for wrong in WRONG if (error := refusal(CALLS[call], client, wrong)) is not None]

    assert len(found) >= len(WRONG) // 2
    assert all(error.code for error in found)
    assert all(len(str(error)) <= 240 and " at 0x" not in str(error) for error in found)


def test_a_wrong_argument_beside_a_face_is_named(client: Client, cafe: Face) -> None:
    for wrong in WRONG:
        for arguments in ({"since": wrong}, {"since": cafe, "translations": wrong}, {"since": cafe, "extra": wrong}):
            error = refusal(client.patch_card, cafe, **arguments)
            assert error is None or error.code


def test_a_face_and_a_body_do_not_go_together(server: Google, client: Client, cafe: Face) -> None:
    for arguments in ({"since": cafe, "body": {}}, {}):
        with pytest.raises(InvalidCardError):
            client.patch_card(cafe, **arguments)  # type: ignore[arg-type]
    with pytest.raises(InvalidCardError):
        client.patch_card(ID, since=cafe, body={"state": "EXPIRED"})
    assert server.asked == []
