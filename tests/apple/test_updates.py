import copy
import json
import pickle
import zipfile
from io import BytesIO
from typing import Any

import pytest
from tests.apple import chain, faces

import walletcard as wc
from walletcard.apple import Identity, Updates, build, check, pass_json
from walletcard.errors import InvalidCardError, KeyMaterialError, SecretStaysError
from walletcard.model import Picture

URL = "https://cards.example.com/wallet"
SECRET = bytes(range(32))


def document(pkpass: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zipfile.ZipFile(BytesIO(pkpass)).read("pass.json"))
    return found


def test_pass_without_updates_names_no_service() -> None:
    assert not {"webServiceURL", "authenticationToken"} & set(pass_json(faces.cafe()))


def test_updates_become_the_two_keys_of_the_pass(identity: Identity, pictures: dict[str, Picture]) -> None:
    updates = Updates(url=URL, token="t" * 16)

    made = document(build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT, updates=updates))

    assert (made["webServiceURL"], made["authenticationToken"]) == (URL, "t" * 16)
    assert check(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT, updates=updates) == ()


def test_recipe_passes_updates_on(identity: Identity) -> None:
    updates = Updates.derived(url=URL, secret=SECRET, serial=faces.cafe().serial)

    made = document(wc.make_pkpass(faces.cafe(), identity=identity, at=chain.AT, updates=updates))

    assert made["authenticationToken"] == updates.token


def test_derived_token_needs_no_store() -> None:
    one = Updates.derived(url=URL, secret=SECRET, serial="club.1")
    again = Updates.derived(url=URL, secret=SECRET, serial="club.1")
    other = Updates.derived(url=URL, secret=SECRET, serial="club.2")
    renewed = Updates.derived(url=URL, secret=SECRET[::-1], serial="club.1")

    assert one == again
    assert len({one.token, other.token, renewed.token}) == 3
    assert len(one.token) >= 32
    assert one.token.replace("-", "").replace("_", "").isalnum()


def test_derived_token_never_changes_between_versions() -> None:
    made = Updates.derived(url=URL, secret=SECRET, serial="club.1")

    assert made.token == "oO8HYEfLs7aOtF1G90Q40_939HdLlArHT_3t__Lz2ns"


def test_token_of_another_pass_is_refused() -> None:
    updates = Updates.derived(url=URL, secret=SECRET, serial="club.1")

    with pytest.raises(InvalidCardError) as caught:
        pass_json(faces.cafe(), updates=updates)
    assert caught.value.code == "link.serial"


@pytest.mark.parametrize("value", ["https://x.de", {"url": URL}, 5, True])
def test_what_is_no_updates(value: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        pass_json(faces.cafe(), updates=value)
    assert caught.value.code == "link.updates"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://cards.example.com", "link.insecure"),
        ("https://", "link.insecure"),
        ("https: //cards.example.com", "link.insecure"),
        ("https://cards.example.com?a=1", "link.insecure"),
        ("https://cards.example.com#a", "link.insecure"),
        ("https://kärtchen.example.com", "link.insecure"),
        ("cards.example.com", "link.insecure"),
        ("", "link.insecure"),
        (None, "link.insecure"),
        (5, "link.insecure"),
        ("https://me:hunter2@cards.example.com", "link.user"),
        ("https://cards.example.com/v1", "link.version"),
        ("https://cards.example.com/wallet/v1/", "link.version"),
    ],
)
def test_bad_address_is_refused_and_not_shown(url: Any, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Updates(url=url, token="t" * 16)
    assert [one.code for one in caught.value.issues] == [code]
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("url", [URL, URL + "/", "https://cards.example.com:8443", "https://10.0.0.5/v10"])
def test_good_address(url: str) -> None:
    assert Updates(url=url, token="t" * 16).url == url


@pytest.mark.parametrize(
    "token", ["short", "t" * 15, "with a space in it", "pässword-of-umlauts", "", None, 5, b"t" * 16]
)
def test_bad_token_is_refused_and_not_shown(token: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Updates(url=URL, token=token)
    assert [one.code for one in caught.value.issues] == ["link.token"]
    assert not token or str(token) not in str(caught.value)


def test_both_problems_are_reported_at_once() -> None:
    with pytest.raises(InvalidCardError) as caught:
        Updates(url="x", token="x")
    assert [one.code for one in caught.value.issues] == ["link.insecure", "link.token"]


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        (b"", "key.short"),
        (b"x" * 31, "key.short"),
        (b"x" * 32, "key.passphrase"),
        ("s" * 40, "key.type"),
        (None, "key.type"),
    ],
)
def test_weak_secret_is_refused(secret: Any, code: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        Updates.derived(url=URL, secret=secret, serial="club.1")
    assert caught.value.code == code


@pytest.mark.parametrize("serial", ["", " ", None, 5])
def test_token_is_not_derived_without_a_serial(serial: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Updates.derived(url=URL, secret=SECRET, serial=serial)
    assert caught.value.code == "link.serial"


def test_token_is_in_no_repr_and_no_pickle() -> None:
    made = Updates.derived(url=URL, secret=SECRET, serial="club.1")

    assert made.token not in repr(made)
    assert copy.deepcopy(made) is made
    assert copy.copy(made) is made
    with pytest.raises(SecretStaysError):
        pickle.dumps(made)
