"""What a scanner sends: any text, and any bytes that were signed with the right key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Final

from fuzz._target import Target
from fuzz.targets._material import AT
from walletcard.tokens import KeyRing, _wire, issue, verify


def one(data: bytes) -> None:
    """Verify a text; with a first byte of 1 the rest is what a token says, and its signature is right."""
    mode, rest = data[:1], data[1:]
    text = rest.decode("utf-8", "replace")
    if mode == b"\1":
        text = _wire.spell(rest + _ring().mac("k", rest))
    elif mode == b"\2":
        body = _wire.head("member") + _wire.pack("".join(one for one in "k." + text if one in _wire._DIGITS))
        text = _wire.spell(body + _ring().mac("k", body))
    found = verify(text, keys=_ring(), at=AT)
    if text.rstrip("\r\n") != text.strip() or found.key != "k":
        raise AssertionError("not as it was issued")


@cache
def _ring() -> KeyRing:
    return KeyRing({"k": sha256(b"fuzz").digest()}, signing="k")


def seeds() -> Iterator[bytes]:
    """Issue one of each kind."""
    life = timedelta(days=1)
    made = (
        issue("member", keys=_ring(), program="kettle", card="CK-7F3A29", at=AT),
        issue("join", keys=_ring(), program="kettle", source="poster", at=AT),
        issue("stamp", keys=_ring(), program="kettle", valid_for=life, nonce="0" * 16, at=AT),
        issue("voucher", keys=_ring(), program="k", card="C", voucher="v.1", valid_for=life, nonce="1" * 16, at=AT),
    )
    for text in made:
        yield b"\0" + text.encode("ascii")
        raw = _wire.unspell(text) or b""
        yield b"\1" + raw[:-12]
    yield b"\2kettle.CK-7F3A29"


TOKEN: Final = Target(name="token", one=one, seeds=seeds, head=1, longest=160)
