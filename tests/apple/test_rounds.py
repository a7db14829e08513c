"""What a key file may make its reader work for a password, wherever the number stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from asn1crypto import algos, core
from tests.apple import locks, slow

from walletcard.apple import _loading as loading
from walletcard.apple._rounds import MOST, require_few_of_key, require_few_of_p12
from walletcard.errors import KeyMaterialError

MUCH = 10**9
BEYOND = 10**5_000  # More digits than Python makes a text of.

WAYS: dict[str, Callable[[int], bytes]] = {
    "checksum": lambda rounds: locks.p12(mac=locks.checksum(rounds)),
    "checksum of RFC 9579": lambda rounds: locks.p12(mac=locks.pbmac1(locks.pbkdf2(rounds - 1))),
    "encrypted part": lambda rounds: locks.p12(locks.encrypted(locks.lock(locks.pbkdf2(rounds)))),
    "encrypted part, old": lambda rounds: locks.p12(locks.encrypted(locks.old_lock(rounds))),
    "key": lambda rounds: locks.p12(locks.plain(locks.key_bag(locks.lock(locks.pbkdf2(rounds))))),
    "key, old": lambda rounds: locks.p12(locks.plain(locks.key_bag(locks.old_lock(rounds)))),
    "key, older": lambda rounds: locks.p12(locks.plain(locks.key_bag(locks.old_lock(rounds, "pbes1_md5_des")))),
    "second part": lambda rounds: locks.p12(
        locks.encrypted(locks.old_lock(1)), locks.plain(locks.key_bag(locks.old_lock(rounds - 1)))
    ),
    "second key": lambda rounds: locks.p12(
        locks.plain(locks.key_bag(locks.old_lock(1)), locks.key_bag(locks.old_lock(rounds - 1)))
    ),
    "bag within a bag": lambda rounds: locks.p12(locks.plain(locks.bag_of(locks.key_bag(locks.old_lock(rounds))))),
}


def refused(check: Callable[[], object]) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as caught:
        check()
    return caught.value


@pytest.mark.parametrize("way", WAYS)
def test_rounds_are_counted_wherever_they_stand(way: str) -> None:
    require_few_of_p12(WAYS[way](MOST))

    error = refused(lambda: require_few_of_p12(WAYS[way](MOST + 1)))

    assert (error.code, error.where) == ("key.rounds", "p12")
    assert str(error) == (
        "p12: asks for the work of more than 2_000_000 rounds of its password; "
        "export it again with fewer, such as -iter 100000 of openssl"
    )


@pytest.mark.parametrize("rounds", [MUCH, BEYOND], ids=["much", "beyond"])
@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_asks_for_years_is_refused_before_it_is_tried(way: str, rounds: int) -> None:
    error = refused(lambda: loading.from_p12(WAYS[way](rounds), password="p"))

    assert error.code == "key.rounds"


def test_all_that_a_file_asks_for_is_added_up() -> None:
    third = MOST // 3
    parts = locks.encrypted(locks.old_lock(third)), locks.plain(locks.key_bag(locks.lock(locks.pbkdf2(third))))
    require_few_of_p12(locks.p12(*parts, mac=locks.checksum(MOST - 2 * third)))

    error = refused(lambda: require_few_of_p12(locks.p12(*parts, mac=locks.checksum(MOST - 2 * third + 1))))

    assert error.code == "key.rounds"


def test_a_number_below_nothing_makes_up_for_no_other() -> None:
    content = locks.p12(locks.plain(locks.key_bag(locks.old_lock(-MUCH))), mac=locks.checksum(MUCH))

    assert refused(lambda: require_few_of_p12(content)).code == "key.rounds"


@pytest.mark.parametrize(
    ("cost", "size", "parallel", "few"),
    [
        (2**14, 8, 1, True),  # What OpenSSL writes.
        (2**15, 8, 1, True),
        (2**16, 8, 1, False),
        (2**20, 8, 1, False),
        (2**14, 8, 4, False),
        (2**14, 32, 1, False),
        (2, 1, MOST // 8, True),
        (2, 1, MOST // 8 + 1, False),
        pytest.param(BEYOND, BEYOND, BEYOND, False, id="beyond"),
        (-MUCH, -MUCH, 1, True),  # Nobody opens that.
    ],
)
def test_scrypt_counts_with_its_memory_and_its_lanes(cost: int, size: int, parallel: int, few: bool) -> None:
    lock = locks.lock(locks.scrypt(cost, size, parallel))
    key: bytes = locks.key(lock).dump()
    checks: tuple[Callable[[], object], ...] = (
        lambda: require_few_of_p12(locks.p12(locks.plain(locks.key_bag(lock)))),
        lambda: require_few_of_p12(locks.p12(locks.encrypted(lock))),
        lambda: require_few_of_key(key, where="key"),
    )

    for check in checks:
        if few:
            check()
        else:
            assert refused(check).code == "key.rounds"


@pytest.mark.parametrize("armoured", [True, False])
def test_a_protected_key_is_counted_too(armoured: bool) -> None:
    def content(rounds: int) -> bytes:
        made: bytes = locks.key(locks.lock(locks.pbkdf2(rounds))).dump()
        return slow.pem("ENCRYPTED PRIVATE KEY", made) if armoured else made

    require_few_of_key(content(MOST), where="key")
    error = refused(lambda: loading.private_keys(content(MOST + 1), password="p", where="key"))

    assert (error.code, error.where) == ("key.rounds", "key")


def test_a_key_that_nobody_protected_asks_for_nothing() -> None:
    require_few_of_key(b"\x30\x03\x02\x01\x00", where="key")
    require_few_of_key(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", where="key")


def test_a_lock_that_nobody_knows_asks_for_nothing() -> None:
    other = algos.EncryptionAlgorithm({"algorithm": "1.2.3.4", "parameters": core.Integer(MUCH)})

    require_few_of_p12(locks.p12(locks.plain(locks.key_bag(other)), locks.encrypted(other)))


def nested(depth: int) -> bytes:
    bag = locks.key_bag(locks.old_lock(1))
    for _ in range(depth):
        bag = locks.bag_of(bag)
    return locks.p12(locks.plain(bag))


def test_what_cannot_be_counted_is_refused() -> None:
    strange = locks.lock(algos.KdfAlgorithm({"algorithm": "1.2.3.4", "parameters": core.Null()}))
    broken = locks.lock(algos.KdfAlgorithm({"algorithm": locks.SCRYPT, "parameters": core.Integer(5)}))
    bag = locks.key_bag(locks.old_lock(1))
    require_few_of_p12(nested(7))
    require_few_of_p12(locks.p12(*[locks.plain(bag)] * 1_000))
    require_few_of_p12(locks.p12(locks.plain(*[bag] * 1_000)))

    for content in (
        nested(8),
        locks.p12(*[locks.plain(bag)] * 1_001),
        locks.p12(locks.plain(*[bag] * 1_001)),
        locks.p12(locks.encrypted(strange)),
        locks.p12(locks.plain(locks.key_bag(broken))),
        locks.p12(locks.encrypted(locks.old_lock(1)))[:-40],
    ):
        error = refused(lambda content=content: require_few_of_p12(content))  # type: ignore[misc]
        assert str(error) == "p12: a damaged .p12 file; export it again from Keychain Access"
        assert (error.code, error.where) == ("key.format", "p12")
