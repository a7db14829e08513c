"""Files with keys. What they begin with is made anew for each run: nothing of it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.apple import locks, slow

from fuzz._target import Target
from walletcard import google, testing
from walletcard.apple import Identity

_PASSWORDS: Final = (None, "", "fuzz", "שלום")


def p12(data: bytes) -> None:
    """Load a .p12; the first byte chooses the password."""
    password = _PASSWORDS[(data[0] if data else 0) % len(_PASSWORDS)]
    Identity.from_p12(data[1:], password=password, intermediate=_middle())


def pem(data: bytes) -> None:
    """Load certificate, key or intermediate, or the first two from one file: the first byte says which the rest is."""
    mode, rest = data[:1], data[1:]
    if mode == b"\2":
        Identity.from_signer(_Mute(), certificate=_leaf(), intermediate=rest)
        return
    certificate, key = (rest if mode in known else _leaf() for known in (b"\0\3", b"\1\3"))
    Identity.from_pem(certificate=certificate, key=key, password=_PASSWORDS[2], intermediate=_middle())


def account(data: bytes) -> None:
    """Load a service account's file."""
    google.ServiceAccount.from_json(data)


class _Mute:
    """Stands in for a key that lives elsewhere; nothing is signed here."""

    def sign(self, data: bytes, /) -> bytes:
        return data


@cache
def _identity() -> testing.ThrowawayIdentity:
    return testing.throwaway_identity()


@cache
def _middle() -> bytes:
    return _identity().intermediate_pem


@cache
def _leaf() -> bytes:
    return x509.load_der_x509_certificate(_identity().certificate).public_bytes(Encoding.PEM)


def p12_seeds() -> Iterator[bytes]:
    """Make a file without a password, one with, and some that name their work in other ways."""
    yield b"\0" + _identity().p12()
    yield b"\2" + _identity().p12("fuzz")
    for lock in _locks():
        yield b"\2" + locks.p12(locks.encrypted(lock), locks.plain(locks.bag_of(locks.key_bag(lock))))
    yield b"\2" + locks.p12(mac=locks.pbmac1(locks.pbkdf2(1)))


def pem_seeds() -> Iterator[bytes]:
    """Make certificates and keys in both forms."""
    key = _identity()._key
    kinds = (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL)
    texts = [key.private_bytes(Encoding.PEM, kind, NoEncryption()) for kind in kinds]
    yield b"\0" + _identity().certificate
    yield b"\0" + _identity().root_pem
    yield from (b"\1" + text for text in texts)
    yield b"\1" + key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    yield b"\2" + _identity().intermediate
    yield b"\3" + _leaf() + texts[0]
    yield from (b"\1" + locks.key(lock).dump() for lock in _locks())
    yield from (b"\1" + slow.dh_private(), b"\0" + slow.dh_certificate(), b"\1" + slow.rsa_private(7, 2**127 - 1))


def _locks() -> Iterator[Any]:
    yield from (locks.lock(locks.pbkdf2(1)), locks.lock(locks.scrypt(2, 1, 1)), locks.old_lock(1))


def account_seeds() -> Iterator[bytes]:
    """Make a file, and one whose key lost its line breaks."""
    content = json.loads(testing.throwaway_service_account().to_json())
    yield json.dumps(content).encode()
    yield json.dumps({**content, "private_key": content["private_key"].replace("\n", "\\n")}).encode()


P12: Final = Target(name="p12", one=p12, seeds=p12_seeds, shape="der", head=1, longest=6000, secret=True)
PEM: Final = Target(name="pem", one=pem, seeds=pem_seeds, shape="der", head=1, longest=8000, secret=True)
ACCOUNT: Final = Target(name="account", one=account, seeds=account_seeds, shape="json", longest=6000, secret=True)
