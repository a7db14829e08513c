"""Keys that nobody can sign a pass with, and that take their reader minutes, are refused before they are read.

None of these tests measures time: a key that is read after all keeps the suite waiting for half a minute. The table
of large inputs, in `tests.contract.large`, holds the seconds.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.apple import chain, forge, locks, slow

from walletcard import apple, google, testing
from walletcard.errors import KeyMaterialError
from walletcard.google._callback_keys import p256_key
from walletcard.model._slow_keys import MAX_BITS, is_too_large, names_diffie_hellman

OF_DH = "is of Diffie-Hellman, which signs nothing; pass the RSA key and its Pass Type ID certificate"
NAMES = pytest.mark.parametrize("name", [slow.DH, slow.X942])


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KeyMaterialError) as caught:
        act()
    return f"{caught.value.code} {caught.value}"


def from_pem(**given: bytes) -> Callable[[], apple.Identity]:
    good = {
        "certificate": chain.der(chain.leaf()),
        "key": chain.key_bytes(chain.key()),
        "intermediate": chain.der(chain.authority()),
    }
    return lambda: apple.Identity.from_pem(**{**good, **given})


@NAMES
@pytest.mark.parametrize("place", ["certificate", "key", "intermediate"])
def test_diffie_hellman_is_named_wherever_it_is_handed_over(name: str, place: str) -> None:
    for content in (
        slow.dh_certificate(name),
        slow.dh_public(name),
        slow.dh_private(name),
        slow.pem("PRIVATE KEY", slow.dh_private(name)),
        slow.pem("CERTIFICATE", slow.dh_certificate(name)).replace(b"\n", b"\\n"),
        slow.pem("PRIVATE KEY", slow.dh_private(name), "X-Y: z"),
        chain.pem(chain.leaf()) + slow.pem("PRIVATE KEY", slow.dh_private(name)),
    ):
        assert refused(from_pem(**{place: content})) == f"key.kind {place}: {OF_DH}"


def test_a_certificate_of_diffie_hellman_in_a_p12_is_named() -> None:
    key = locks.open_bag(chain.key_bytes(chain.key(), encoding=Encoding.DER))
    own, other = (locks.certificate_bag(one) for one in (chain.der(chain.leaf()), slow.dh_certificate()))
    intermediate = chain.der(chain.authority())
    assert apple.Identity.from_p12(locks.p12(locks.plain(key, own)), intermediate=intermediate)

    content = locks.p12(locks.plain(key, own, other))

    assert refused(lambda: apple.Identity.from_p12(content, intermediate=intermediate)) == f"key.kind p12: {OF_DH}"


@NAMES
def test_a_pass_that_encloses_diffie_hellman_is_not_kept_waiting_for(name: str) -> None:
    content = forge.packed(issuer=slow.dh_certificate(name))

    found = apple.verify(content, at=chain.AT)

    assert found.signature == "fails"
    assert [one.code for one in found.issues] == ["signature.certificate"]


@NAMES
def test_an_nfc_key_of_diffie_hellman_is_none_of_p256(name: str) -> None:
    key = base64.b64encode(slow.dh_public(name)).decode("ascii")

    found = apple.lint({**forge.DOCUMENT, "nfc": {"message": "a", "encryptionPublicKey": key}})

    assert "nfc.encryptionPublicKey: not a P-256 key" in " ".join(map(str, found))


@NAMES
def test_a_callbacks_key_of_diffie_hellman_is_none_of_p256(name: str) -> None:
    assert p256_key(base64.b64encode(slow.dh_public(name)).decode("ascii")) is None


def account(key: bytes) -> Callable[[], google.ServiceAccount]:
    content = json.loads(testing.throwaway_service_account().to_json())
    return lambda: google.ServiceAccount.from_json({**content, "private_key": key.decode("ascii")})


@NAMES
def test_a_service_account_of_diffie_hellman_is_named(name: str) -> None:
    said = refused(account(slow.pem("PRIVATE KEY", slow.dh_private(name))))

    assert said.startswith("key.kind service account: private_key is not an RSA key")


SMALL = 1_000_003


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SMALL, slow.PRIME),
        (SMALL, 2**4423 - 1),
        (SMALL, 2**3217 - 1),
        (2**3217 - 1, SMALL),
        (2**2203 - 1, 2**1279 - 1),
    ],
)
def test_an_rsa_key_that_takes_long_to_test_is_too_large(first: int, second: int) -> None:
    der, bits = slow.rsa_private(first, second), (first * second).bit_length()
    large = f"RSA {bits} bits is too large; make a key of 2048 bits, or up to 4096"

    assert refused(from_pem(key=der)) == f"key.large key: {large}"
    assert refused(from_pem(key=slow.pem("RSA PRIVATE KEY", der))) == f"key.large key: {large}"
    assert refused(account(slow.pem("RSA PRIVATE KEY", der))) == (
        f"key.large service account: private_key has {bits} bits, which is too large; "
        "make a new key in the Google Cloud console"
    )


def test_how_large_is_too_large() -> None:
    half = 2**2048 - 1

    assert MAX_BITS == 4096
    assert not is_too_large(2**4096 - 1, half, half)
    assert is_too_large(2**4096, half, half)
    assert is_too_large(2**4096 - 1, half, half + 1)
    assert is_too_large(2**4096 - 1, half + 1, half)


def test_a_key_of_4096_bits_is_taken() -> None:
    own = chain.key("large", 4096)
    key = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    made = from_pem(key=key, certificate=chain.der(chain.leaf(subject_key=own)))()

    assert made.pass_type == chain.PASS_TYPE
    assert account(key)().signed_length(1) > 0


@pytest.mark.parametrize(
    ("first", "second"), [(2**1279 - 1, 2**1279 - 3), (2**1279 - 3, 2**1279 - 1)], ids=["second", "first"]
)
def test_an_rsa_key_whose_prime_is_none_is_damaged(first: int, second: int) -> None:
    der = slow.rsa_private(first, second)

    assert refused(from_pem(key=der)) == "key.format key: a damaged private key; export the key again"
    assert refused(account(slow.pem("RSA PRIVATE KEY", der))).startswith("key.invalid service account: ")


@NAMES
@pytest.mark.parametrize("before", range(4))
def test_a_name_is_found_at_every_place_in_base64(name: str, before: int) -> None:
    content = b"\xff" * before + slow.dh_private(name)

    assert names_diffie_hellman(slow.pem("PRIVATE KEY", content))
    assert names_diffie_hellman(content)


def test_other_keys_name_nothing_of_it() -> None:
    for content in (
        chain.der(chain.leaf()),
        chain.pem(chain.leaf()),
        chain.key_bytes(chain.key()),
        slow.rsa_private(),
        slow.pem("RSA PRIVATE KEY", slow.rsa_private()),
        b"",
    ):
        assert not names_diffie_hellman(content)


def test_a_key_in_the_form_of_openssh_is_told_how_to_become_pem() -> None:
    key = chain.key().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())

    assert refused(from_pem(key=key)) == (
        "key.format key: a key in OpenSSH's own form; turn it into PEM: ssh-keygen -p -m PEM -f KEY"
    )
