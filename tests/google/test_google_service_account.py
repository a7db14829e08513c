import copy
import json
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from walletcard.errors import KeyMaterialError, SecretStaysError
from walletcard.google import ServiceAccount
from walletcard.testing._google import ThrowawayServiceAccount

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
PLAIN = serialization.NoEncryption()


def secret_lines(throwaway: ThrowawayServiceAccount) -> list[str]:
    """Return the lines of the private key, none of which may be seen anywhere."""
    return [line for line in json.loads(throwaway.to_json())["private_key"].splitlines() if "-----" not in line]


@pytest.fixture
def content(throwaway: ThrowawayServiceAccount) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(throwaway.to_json())
    return found


def test_the_file_is_read_as_bytes_text_or_mapping(throwaway: ThrowawayServiceAccount) -> None:
    text = throwaway.to_json()

    for data in (text, text.encode(), b"\xef\xbb\xbf" + text.encode(), "\ufeff" + text, json.loads(text)):
        account = ServiceAccount.from_json(data)
        assert account.client_email == throwaway.client_email
        assert account.token_uri == "https://oauth2.googleapis.com/token"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", "\ufeff"])
def test_a_byte_order_mark_is_no_part_of_the_file(throwaway: ThrowawayServiceAccount, mark: bytes | str) -> None:
    text = throwaway.to_json()
    data = mark + text if isinstance(mark, str) else mark + text.encode()

    assert ServiceAccount.from_json(data).client_email == throwaway.client_email


def test_an_account_knows_whether_it_is_a_throwaway(content: dict[str, Any]) -> None:
    real = ServiceAccount.from_json(content | {"client_email": "wallet@my-shop.iam.gserviceaccount.com"})

    assert real.throwaway is False
    assert ServiceAccount.from_json(content).throwaway is True


@pytest.mark.parametrize(
    "email",
    [
        "my-shop@appspot.gserviceaccount.com",
        "12-compute@developer.gserviceaccount.com",
        "a@b.example.com.iam.gserviceaccount.com",
    ],
)
def test_every_kind_of_service_account_address_is_known(content: dict[str, Any], email: str) -> None:
    assert ServiceAccount.from_json(content | {"client_email": email}).client_email == email


def test_line_breaks_that_came_as_two_characters_are_repaired(
    content: dict[str, Any], throwaway: ThrowawayServiceAccount
) -> None:
    account = ServiceAccount.from_json(content | {"private_key": content["private_key"].replace("\n", "\\n")})

    assert account.sign(b"{}") == throwaway.sign(b"{}")


def test_the_key_is_parsed_once(account: ServiceAccount, throwaway: ThrowawayServiceAccount) -> None:
    assert [account.sign(b"{}") for _ in range(3)] == [throwaway.sign(b"{}")] * 3


def test_the_length_is_known_before_signing(account: ServiceAccount) -> None:
    for size in range(6):
        payload = b"x" * size
        assert account.signed_length(len(payload)) == len(account.sign(payload))


def refused(data: Any, **arguments: Any) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as caught:
        ServiceAccount.from_json(data, **arguments)
    assert caught.value.hint
    assert len(str(caught.value)) <= 240
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "account.json"),
        ([], "account.json"),
        (5, "account.json"),
        (b"", "account.json"),
        ("  ", "account.json"),
        ("sa.json", "account.json"),
        (b"\xff\xfe{", "account.json"),
        ("{", "account.json"),
        ("[1]", "account.json"),
        ("[" * 100_000, "account.json"),
        ("1" * 5_000, "account.json"),
        ({}, "account.kind"),
        ({"type": 5}, "account.kind"),
        ({"type": "authorized_user"}, "account.kind"),
        ({"type": "external_account"}, "account.kind"),
        ({"web": {"client_id": "x"}}, "account.kind"),
        ({"installed": {}}, "account.kind"),
    ],
)
def test_another_file_is_named_as_what_it_is(data: Any, code: str) -> None:
    error = refused(data)

    assert (error.code, error.where) == (code, "service account")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "expected an object, got a list"),
        (None, "expected an object, got None"),
        ("sa.json", "a path, perhaps"),
        ({"web": {}}, "this is an OAuth client file; create a service account key"),
        ({"type": "authorized_user"}, 'this is a user log-in file ("authorized_user")'),
    ],
)
def test_the_words_say_what_was_given(data: Any, words: str) -> None:
    assert words in str(refused(data))


Change = Callable[[Mapping[str, Any]], Any]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("client_email", None, "account.field"),
        ("client_email", "", "account.field"),
        ("client_email", 5, "account.field"),
        ("client_email", "a@b.c", "account.email"),
        ("client_email", "a@gserviceaccount.com.evil.example", "account.email"),
        ("client_email", "a@evilgserviceaccount.com", "account.email"),
        ("token_uri", None, "account.field"),
        ("token_uri", "http://169.254.169.254/", "account.token-uri"),
        ("token_uri", "http://oauth2.googleapis.com/token", "account.token-uri"),
        ("token_uri", "https://evilgoogleapis.com/token", "account.token-uri"),
        ("token_uri", "https://oauth2.googleapis.com@evil.example/", "account.token-uri"),
        ("token_uri", "https://x@oauth2.googleapis.com/", "account.token-uri"),
        ("token_uri", "https://oauth2.googleapis.com:8443/", "account.token-uri"),
        ("token_uri", "https://[half", "account.token-uri"),
        ("private_key", None, "key.missing"),
        ("private_key", 5, "key.missing"),
        ("private_key", "", "key.missing"),
        ("private_key", "REDACTED", "key.invalid"),
        ("private_key", "ключ", "key.invalid"),
        ("private_key", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "key.certificate"),
    ],
)
def test_a_wrong_entry_is_named(content: dict[str, Any], name: str, value: object, code: str) -> None:
    assert refused(content | {name: value}).code == code


@pytest.mark.parametrize("name", ["client_email", "token_uri", "private_key", "type"])
def test_a_missing_entry_is_named(content: dict[str, Any], name: str) -> None:
    del content[name]

    assert f"{name}" in str(refused(content))


def test_line_breaks_escaped_twice_are_refused(content: dict[str, Any]) -> None:
    error = refused(content | {"private_key": content["private_key"].replace("\n", "\\\\n")})

    assert error.code == "key.invalid"


def test_a_public_key_is_named(content: dict[str, Any], throwaway: ThrowawayServiceAccount) -> None:
    assert refused(content | {"private_key": throwaway.public_pem.decode()}).code == "key.public"


def test_an_encrypted_key_is_named(content: dict[str, Any]) -> None:
    key = serialization.load_pem_private_key(content["private_key"].encode(), None)
    for form in (PKCS8, serialization.PrivateFormat.TraditionalOpenSSL):
        locked = key.private_bytes(PEM, form, serialization.BestAvailableEncryption(b"secret"))
        assert refused(content | {"private_key": locked.decode()}).code == "key.encrypted"


def test_another_kind_of_key_and_a_short_one_are_named(content: dict[str, Any]) -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).private_bytes(PEM, PKCS8, PLAIN).decode()
    short = rsa.generate_private_key(65537, 1024).private_bytes(PEM, PKCS8, PLAIN).decode()  # noqa: S505  # Refused is what it must be.

    assert refused(content | {"private_key": curve}).code == "key.kind"
    assert refused(content | {"private_key": short}).code == "key.size"


def test_the_callers_own_token_address_replaces_the_files(content: dict[str, Any]) -> None:
    account = ServiceAccount.from_json(content | {"token_uri": "http://x"}, token_uri="http://127.0.0.1:9/token")

    assert account.token_uri == "http://127.0.0.1:9/token"
    for wrong in ("", "file:///etc/passwd", 5, "https://"):
        error = refused(content, token_uri=wrong)
        assert (error.code, error.where) == ("account.token-uri", "token_uri")


def test_no_text_of_an_account_shows_its_key(throwaway: ThrowawayServiceAccount, account: ServiceAccount) -> None:
    secrets = secret_lines(throwaway)

    for one in (account, throwaway):
        shown = f"{one!r} {one}"
        assert one.client_email in shown
        assert not any(line in shown for line in secrets)
        assert not hasattr(one, "__dict__")


def test_an_account_is_not_pickled(account: ServiceAccount) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(SecretStaysError) as caught:
            pickle.dumps(account, protocol)
        assert caught.value.code == "key.pickle"


def test_a_copy_is_the_account_itself_and_nothing_changes_it(account: ServiceAccount) -> None:
    assert copy.copy(account) is account
    assert copy.deepcopy([account])[0] is account
    with pytest.raises(AttributeError):
        account.client_email = "other"
    with pytest.raises(AttributeError):
        del account._key


def test_a_damaged_file_never_shows_its_key(throwaway: ThrowawayServiceAccount) -> None:
    text, secrets = throwaway.to_json(), secret_lines(throwaway)
    cuts = [text[:at] for at in range(0, len(text), 97)]
    swaps = [text.replace(f'"{name}"', '"renamed"') for name in json.loads(text)]
    moved = [
        json.dumps(json.loads(text) | {name: json.loads(text)["private_key"]})
        for name in ("type", "client_email", "token_uri")
    ]

    errors = [error for error in map(failure, (*cuts, *swaps, *moved)) if error is not None]

    assert len(errors) > len(cuts)
    for error in errors:
        seen = f"{error!r} {error} {error.__dict__} {error.__cause__}"
        assert not any(line[:16] in seen for line in secrets)
        assert pickle.loads(pickle.dumps(error)).code == error.code  # noqa: S301  # Our own bytes.


def failure(damaged: str) -> KeyMaterialError | None:
    try:
        ServiceAccount.from_json(damaged)
    except KeyMaterialError as error:
        return error
    return None
