"""Signatures and manifests that are wrong in their structure, and what OpenSSL says of them.

A signature is taken apart into its tags and values, one to three things are changed (an algorithm, a version, a
length, an attribute, a certificate ...), and it is put together again. Half of the time the signed attributes are then
signed again, or the signer's certificate is issued again, so that what was changed is all that is wrong.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from tests.apple import chain, forge

from walletcard.apple._archive import archive, manifest

FILES: Final = forge.files()
OIDS: Final = tuple(
    bytes.fromhex(text)
    for text in (
        "2b0e03021a", "608648016503040201", "608648016503040202", "608648016503040203", "608648016503040204",  # SHA
        "2a864886f70d0205", "2a864886f70d010101", "2a864886f70d010105", "2a864886f70d01010b", "2a864886f70d01010a",
        "2a864886f70d01010c", "2a8648ce3d040302", "2a864886f70d010701", "2a864886f70d010702", "2a864886f70d010705",
        "2a864886f70d010903", "2a864886f70d010904", "2a864886f70d010905", "2a864886f70d01090f", "551d13", "551d25",
        "551d0f", "551d20", "551d1e", "551d36", "551d24", "2a864886f763640414", "2a03",
    )
)  # fmt: skip
VERSIONS: Final = (b"", b"\0", b"\1", b"\2", b"\3", b"\4", b"\5", b"\xff", b"\x7f", b"\0\1", b"\0\xff", b"\1\0\0\0\0")


@dataclass(slots=True)
class Node:
    """One tag with its value, or with the nodes inside it."""

    tag: int
    value: bytes = b""
    inside: list[Node] | None = None
    head: Callable[[int, int], bytes] | None = field(default=None, repr=False)  # A length in another spelling.

    def encoded(self) -> bytes:
        """Return tag, length and value."""
        body = self.value if self.inside is None else b"".join(one.encoded() for one in self.inside)
        return (self.head or _head)(self.tag, len(body)) + body + (b"\0\0" if self.head is _indefinite else b"")

    def all(self) -> Iterator[Node]:
        """Yield this and everything below."""
        yield self
        for one in self.inside or ():
            yield from one.all()


class Mutant(NamedTuple):
    """A pass that may be wrong, in the parts that OpenSSL takes."""

    told: str
    signature: bytes
    manifest: bytes

    def packed(self) -> bytes:
        return archive({**FILES, "manifest.json": self.manifest, "signature": self.signature})


def parsed(data: bytes) -> Node:
    """Return DER as nodes."""
    [node] = _nodes(data)
    return node


def mutant(chance: Random) -> Mutant:
    """Return one of the signature or, one time in six, of the manifest."""
    listed = manifest(FILES)
    if chance.random() < 1 / 6:
        return _of_manifest(chance, listed)
    whole = parsed(forge.signature(listed, leaf=LEAF))
    told = [_change(chance, whole) for _ in range(chance.choice((1, 1, 2, 3)))]
    again = chance.choice((None, None, signed_again, issued_again))
    if again is not None:
        try:
            again(whole)
        except (IndexError, StopIteration, TypeError, ValueError):
            told.append("too broken to sign")
        else:
            told.append(again.__name__.replace("_", " "))
    return Mutant(", ".join(told), whole.encoded(), listed)


def openssl(one: Mutant, folder: Path) -> bool:
    """Tell whether OpenSSL accepts a signature; chain and time are judged as `verify` judges them."""
    root = folder / "root.pem"
    if not root.exists():
        root.write_bytes(chain.pem(forge.authority()))
    (folder / "signature").write_bytes(one.signature)
    (folder / "manifest").write_bytes(one.manifest)
    command = "openssl cms -verify -inform DER -binary -purpose any -in signature -content manifest -CAfile root.pem"
    moment = ["-attime", str(int(chain.AT.timestamp())), "-out", "out"]
    done = subprocess.run([*command.split(), *moment], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


def _nodes(data: bytes) -> list[Node]:
    found, place = [], 0
    while place < len(data):
        tag, size, start = data[place], data[place + 1], place + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[place + 2 : start], "big")
        if start + size > len(data):
            raise ValueError(f"{size} bytes at {place} of {len(data)}")
        body = data[start : start + size]
        found.append(Node(tag, inside=_nodes(body)) if tag & 0x20 else Node(tag, body))
        place = start + size
    return found


def _head(tag: int, size: int) -> bytes:
    if size < 0x80:
        return bytes((tag, size))
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(raw))) + raw


def _long(tag: int, size: int) -> bytes:
    return bytes((tag, 0x84)) + size.to_bytes(4, "big")


def _indefinite(tag: int, size: int) -> bytes:
    return bytes((tag, 0x80))


def _change(chance: Random, whole: Node) -> str:
    nodes = list(whole.all())
    while True:
        node, change = chance.choice(nodes), chance.choice(CHANGES)
        if change(chance, node):
            return f"{change.__name__.strip('_').replace('_', ' ')} of tag {node.tag:#04x}"


def _another_object(chance: Random, node: Node) -> bool:
    if node.tag == 0x06:
        node.value = chance.choice(OIDS)
    return node.tag == 0x06


def _another_number(chance: Random, node: Node) -> bool:
    if node.tag == 0x02:
        node.value = chance.choice((*VERSIONS, b"\0" + node.value, b"\xff" + node.value, node.value[:-1]))
    return node.tag == 0x02


def _another_length(chance: Random, node: Node) -> bool:
    off = chance.choice((-2, -1, 1, 2, 127, 65_536))
    wrong: Callable[[int, int], bytes] = lambda tag, size: _head(tag, max(size + off, 0))  # noqa: E731
    node.head = chance.choice((_long, _indefinite, wrong))
    return True


def _another_tag(chance: Random, node: Node) -> bool:
    node.tag = chance.choice((node.tag ^ 0x20, node.tag ^ 0x80, node.tag ^ 1, 0x30, 0x31, 0xA0, 0xA1, 4, 5, 0x24))
    return True


def _lost_part(chance: Random, node: Node) -> bool:
    if node.inside:
        node.inside.pop(chance.randrange(len(node.inside)))
        return True
    return False


def _doubled_part(chance: Random, node: Node) -> bool:
    if node.inside:
        node.inside.insert(chance.randrange(len(node.inside) + 1), chance.choice(node.inside))
        return True
    return False


def _shuffled_parts(chance: Random, node: Node) -> bool:
    if node.inside and len(node.inside) > 1:
        chance.shuffle(node.inside)
        return True
    return False


def _foreign_part(chance: Random, node: Node) -> bool:
    if node.inside is None:
        return False
    made = Node(chance.choice((2, 3, 4, 5, 1, 0x80, 0x81)), chance.choice((b"", b"\0", b"\1", b"\xff", b"\0\0")))
    wrapped = Node(chance.choice((0x30, 0x31, 0xA0, 0xA1, 0xA2)), inside=[made])
    node.inside.insert(chance.randrange(len(node.inside) + 1), chance.choice((made, wrapped)))
    return True


def _other_bytes(chance: Random, node: Node) -> bool:
    if node.inside is not None or not node.value:
        return False
    place = chance.randrange(len(node.value))
    cut, more = node.value[:place], node.value + chance.randbytes(3)
    flipped = cut + bytes([node.value[place] ^ (1 << chance.randrange(8))]) + node.value[place + 1 :]
    node.value = chance.choice((cut, more, flipped, flipped, flipped, b""))
    return True


def _critical_extension(chance: Random, node: Node) -> bool:
    """Mark an extension of a certificate as critical, or no longer."""
    parts = node.inside or []
    if [one.tag for one in parts] == [6, 4]:
        parts.insert(1, Node(1, chance.choice((b"\xff", b"\1", b"\0"))))
        return True
    if [one.tag for one in parts] == [6, 1, 4]:
        del parts[1]
        return True
    return False


def _another_extension(chance: Random, node: Node) -> bool:
    """Give a certificate one more extension."""
    if node.tag != 0xA3 or not node.inside or not node.inside[0].inside:
        return False
    body = chance.choice(("3000", "0500", "030205a0", "03020780", "03020106", "3003020100", "30030101ff", "04020500"))
    value = Node(4, bytes.fromhex(body))
    critical = chance.choice(([], [Node(1, b"\xff")]))
    node.inside[0].inside.append(Node(0x30, inside=[Node(6, chance.choice(OIDS)), *critical, value]))
    return True


CHANGES: Final = (
    _another_object, _another_object, _another_number, _another_length, _another_tag, _lost_part, _doubled_part,
    _shuffled_parts, _foreign_part, _other_bytes, _other_bytes, _critical_extension, _another_extension,
    _another_extension,
)  # fmt: skip


def within(node: Node, *path: int) -> Node:
    for place in path:
        if node.inside is None:
            raise TypeError(f"{node.tag:#04x} holds nothing")
        node = node.inside[place]
    return node


def signed_again(whole: Node) -> None:
    """Sign the attributes as they are now."""
    signer = within(whole, 1, 0, -1, 0)
    attributes = next((one for one in signer.inside or () if one.tag == 0xA0), None)
    text = manifest(FILES) if attributes is None else b"\x31" + attributes.encoded()[1:]
    signer_value = next(one for one in reversed(signer.inside or []) if one.tag == 4)
    signer_value.value = chain.key().sign(text, padding.PKCS1v15(), hashes.SHA256())


def issued_again(whole: Node) -> None:
    """Let the authority sign the certificate of the signer as it is now."""
    for one in within(whole, 1, 0, 3).inside or ():
        body, made = within(one, 0), within(one, 2)
        if body.encoded() not in AUTHORITY:
            made.value = b"\0" + chain.key("middle").sign(body.encoded(), padding.PKCS1v15(), hashes.SHA256())


def _of_manifest(chance: Random, listed: bytes) -> Mutant:
    """Return a change of the manifest's text, one time in three with a signature of that text."""
    place, more = (
        chance.randrange(len(listed)),
        chance.choice((b" ", b",", b'"', b"\n", b"{}", b"\xef\xbb\xbf", b"/**/")),
    )
    text = chance.choice(
        (
            listed[:place] + more + listed[place:],
            listed[:place] + listed[place + 1 :],
            listed[:place] + bytes([chance.randrange(256)]) + listed[place + 1 :],
            listed.swapcase(), listed + more, more + listed, listed[::-1], b"", b"{}", listed + listed,
            listed.replace(b'"pass.json"', b'"pass.json":"' + b"0" * 40 + b'","pass.json"'),
        )
    )  # fmt: skip
    again = chance.random() < 1 / 3
    told = "manifest, signed again" if again else "manifest"
    return Mutant(told, forge.signature(text if again else listed, leaf=LEAF), text)


# The last bit of its signature is 0, so that to call it unused changes nothing: a second spelling.
LEAF: Final = next(one for one in iter(forge.leaf, None) if one.signature[-1] % 2 == 0)
AUTHORITY: Final = chain.der(forge.authority())
