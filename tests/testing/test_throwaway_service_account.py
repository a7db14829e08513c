import json

import jwt

from walletcard import testing
from walletcard.google import ServiceAccount


def test_it_cannot_be_mistaken_for_a_real_account() -> None:
    account = testing.throwaway_service_account()

    assert account.throwaway is True
    assert account.client_email.endswith("@walletcard-throwaway.iam.gserviceaccount.com")
    assert "throwaway=True" in repr(account)


def test_its_file_reads_back_as_the_same_account() -> None:
    account = testing.throwaway_service_account()

    again = ServiceAccount.from_json(account.to_json())

    assert isinstance(account, ServiceAccount)
    assert again.client_email == account.client_email
    assert again.token_uri == account.token_uri
    assert again.sign(b"{}") == account.sign(b"{}")


def test_its_public_key_verifies_what_it_signed() -> None:
    account = testing.throwaway_service_account()

    token = account.sign(b'{"a":1}')

    assert jwt.decode(token, account.public_pem, algorithms=["RS256"]) == {"a": 1}


def test_each_is_another() -> None:
    one, two = testing.throwaway_service_account(), testing.throwaway_service_account()

    assert one.public_pem != two.public_pem
    assert json.loads(one.to_json())["type"] == "service_account"
