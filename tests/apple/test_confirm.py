"""What was just made is looked at before it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from tests.apple import chain, faces, forge

from walletcard import apple
from walletcard.apple import Identity
from walletcard.apple._archive import pack
from walletcard.apple._confirm import confirm
from walletcard.errors import SigningError
from walletcard.model import Picture

AT = chain.AT


class Miscalculating:
    """A key in memory whose answers are wrong in one bit."""

    def sign(self, data: bytes, /) -> bytes:
        right = chain.key().sign(data, padding.PKCS1v15(), hashes.SHA256())
        return right[:-1] + bytes([right[-1] ^ 1])


class Counting:
    """A public key that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def verify(self, *given: object) -> None:
        self.asked += 1


class Hardware:
    def sign(self, data: bytes, /) -> bytes:
        return chain.key().sign(data, padding.PKCS1v15(), hashes.SHA256())


def own(**parts: Any) -> Identity:
    """Return an identity of its own, some parts of it replaced."""
    made = Identity.from_pem(
        certificate=chain.der(chain.leaf()),
        key=chain.key_bytes(chain.key()),
        intermediate=chain.der(chain.authority()),
    )
    for name, part in parts.items():
        object.__setattr__(made, name, part)
    return made


def verbs(identity: Identity, pictures: dict[str, Picture]) -> dict[str, Callable[..., Any]]:
    given: dict[str, Any] = {"identity": identity, "at": AT}
    icon = {"icon.png": pictures["icon.png"]}
    return {
        "build": lambda **more: apple.build(faces.cafe(), pictures=pictures, **given, **more),
        "chunks": lambda **more: apple.chunks(faces.cafe(), pictures=pictures, **given, **more),
        "sign": lambda **more: apple.sign(forge.DOCUMENT, icon, **given, **more),
    }


@pytest.mark.parametrize("verb", ["build", "chunks", "sign"])
def test_a_wrong_signature_leaves_by_no_verb_unless_told_so(verb: str, pictures: dict[str, Picture]) -> None:
    made = verbs(own(_signer=Miscalculating()), pictures)[verb]

    with pytest.raises(SigningError) as caught:
        made()

    assert (caught.value.code, caught.value.where) == ("signing.unfit", "signature")
    assert made(verify=False)


@pytest.mark.parametrize("verb", ["build", "chunks", "sign"])
def test_looking_changes_nothing(verb: str, pictures: dict[str, Picture]) -> None:
    made = verbs(own(), pictures)[verb]

    assert made() == made(verify=True) == made(verify=False)


def test_every_signature_is_verified_once(pictures: dict[str, Picture]) -> None:
    here, elsewhere = Counting(), Counting()
    outside = Identity.from_signer(
        Hardware(), certificate=chain.der(chain.leaf()), intermediate=chain.der(chain.authority())
    )
    object.__setattr__(outside, "_public", elsewhere)

    verbs(own(_public=here), pictures)["build"]()
    verbs(outside, pictures)["build"]()  # This signer's answer was verified when it came.

    assert (here.asked, elsewhere.asked) == (1, 0)


FILES: dict[str, bytes | Picture] = {"icon.png": Picture(forge.files()["icon.png"]), "pass.json": b'{"a": 1}'}
PLACES = ("icon.png", "manifest.json", "pass.json", "signature")  # In the order of the archive.


def changed(pieces: tuple[bytes, ...], name: str, body: bytes) -> list[bytes]:
    place = 2 * PLACES.index(name) + 1
    return [*pieces[:place], body, *pieces[place + 1 :]]


def refused(pieces: list[bytes], identity: Identity) -> str:
    with pytest.raises(SigningError) as caught:
        confirm(pieces, FILES, identity=identity, at=AT)
    assert caught.value.code == "signing.unfit"
    assert caught.value.hint
    return caught.value.where


def test_whatever_part_does_not_fit_is_named(identity: Identity) -> None:
    pieces = pack(FILES, sign=lambda listed: identity.signature(listed, at=AT))
    listed, signature = pieces[3], pieces[7]

    confirm(pieces, FILES, identity=identity, at=AT)

    for name in ("icon.png", "pass.json"):
        assert refused(changed(pieces, name, b"else"), identity) == f'"{name}"'
    for other in (b"", b"{", b"[]", b"{}", listed.replace(b"pass.json", b"pass.jsoN"), listed.replace(b"a", b"b")):
        assert refused(changed(pieces, "manifest.json", other), identity) == "manifest.json"
    for place in (0, 5, len(signature) // 2, len(signature) - 300, len(signature) - 1):
        other = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert refused(changed(pieces, "signature", other), identity) == "signature"
    for other in (b"", signature[:-1], signature + b"\0", identity.signature(b"{}", at=AT)):
        assert refused(changed(pieces, "signature", other), identity) == "signature"
    late = identity.signature(listed, at=forge.later(seconds=1))
    assert refused(changed(pieces, "signature", late), identity) == "signature"


def test_a_file_too_many_is_named(identity: Identity) -> None:
    more = {**FILES, "logo.png": b"x"}
    pieces = pack(more, sign=lambda listed: identity.signature(listed, at=AT))

    assert refused(list(pieces), identity) == "manifest.json"
    unlisted = [*pieces[2:4], *pack(FILES, sign=lambda listed: identity.signature(listed, at=AT))]
    assert refused(unlisted, identity) == "manifest.json"
