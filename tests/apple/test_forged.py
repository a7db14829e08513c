"""Signatures that are wrong in one part of their structure, and samples of the two long searches for more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.apple import chain, forge, mutants, structured
from tests.apple.structured import Node, issued_again, parsed, signed_again, within

from walletcard import apple
from walletcard.apple._archive import archive, manifest

MANIFEST = manifest(structured.FILES)
SEED = 20_261_121


def judged(whole: Node) -> apple.Verification:
    made = archive({**structured.FILES, "manifest.json": MANIFEST, "signature": whole.encoded()})
    return apple.verify(made, roots=chain.pem(forge.authority()), at=chain.AT)


def codes(found: apple.Verification) -> set[str]:
    return {one.code for one in found.issues if one.severity == "error"}


def inside(node: Node) -> list[Node]:
    assert node.inside is not None
    return node.inside


def leaf(whole: Node) -> Node:
    return next(one for one in inside(within(whole, 1, 0, 3)) if one.encoded() != structured.AUTHORITY)


def signer(whole: Node) -> Node:
    return within(whole, 1, 0, 4, 0)


def another_signer(whole: Node) -> None:
    inside(within(whole, 1, 0, 4)).append(signer(parsed(forge.signature(b"{}", leaf=structured.LEAF))))


def no_signer(whole: Node) -> None:
    inside(within(whole, 1, 0, 4)).clear()


def attached(whole: Node, content: bytes = MANIFEST) -> None:
    inside(within(whole, 1, 0, 2)).append(Node(0xA0, inside=[Node(4, content)]))


def attached_and_empty(whole: Node) -> None:
    attached(whole, b"")


def unused_bits(bits: Node, count: int) -> None:
    """Call the last bits unused; they are 0 then, as DER demands."""
    assert (bits.tag, bits.value[0]) == (3, 0)
    bits.value = bytes([count]) + bits.value[1:-1] + bytes([bits.value[-1] >> count << count])


def unused_bits_of_the_certificate(whole: Node) -> None:
    unused_bits(within(leaf(whole), 2), 1)


def unused_bits_of_the_authority(whole: Node) -> None:
    other = next(one for one in inside(within(whole, 1, 0, 3)) if one.encoded() == structured.AUTHORITY)
    unused_bits(within(other, 2), 7)


def unused_bits_of_the_key(whole: Node) -> None:
    unused_bits(within(leaf(whole), 0, 6, 1), 1)
    issued_again(whole)  # Nothing else is wrong then.


def no_leaf(whole: Node) -> None:
    inside(within(whole, 1, 0, 3)).remove(leaf(whole))


def parameters_too_many(whole: Node) -> None:
    inside(within(signer(whole), 4)).append(Node(5))


def more_in_an_attribute(whole: Node) -> None:
    inside(within(signer(whole), 3, 0)).append(Node(5))
    signed_again(whole)


def more_in_the_wrapping(whole: Node) -> None:
    inside(within(whole, 1)).append(Node(3, b"\0"))


def a_name_that_does_not_end(whole: Node) -> None:
    within(whole, 0).value += b"\xb7"


def a_name_of_padding(whole: Node) -> None:
    one = within(whole, 0)
    one.value = one.value[:-1] + b"\x80" + one.value[-1:]


def a_version_of_two_bytes(whole: Node) -> None:
    within(whole, 1, 0, 0).value = b"\0\1"


def a_version_of_the_future(whole: Node) -> None:
    within(signer(whole), 0).value = b"\1\0\0\0\0"


def a_critical_key_id(whole: Node) -> None:
    extensions = next(one for one in inside(within(leaf(whole), 0)) if one.tag == 0xA3)
    inside(inside(within(extensions, 0))[-1]).insert(1, Node(1, b"\xff"))
    issued_again(whole)


def a_condition_nobody_knows(whole: Node) -> None:
    made = Node(0x30, inside=[Node(6, b"\x2a\x03"), Node(1, b"\xff"), Node(4, b"\5\0")])
    extensions = next(one for one in inside(within(leaf(whole), 0)) if one.tag == 0xA3)
    inside(within(extensions, 0)).append(made)
    issued_again(whole)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (another_signer, "signature.signers"),
        (no_signer, "signature.signers"),
        (attached, "signature.attached"),
        (attached_and_empty, "signature.attached"),
        (unused_bits_of_the_certificate, "signature.certificate"),
        (unused_bits_of_the_authority, "signature.certificate"),
        (unused_bits_of_the_key, "signature.certificate"),
        (no_leaf, "signature.certificate"),
        (parameters_too_many, "signature.format"),
        (more_in_an_attribute, "signature.format"),
        (more_in_the_wrapping, "signature.format"),
        (a_name_that_does_not_end, "signature.format"),
        (a_name_of_padding, "signature.format"),
        (a_version_of_two_bytes, "signature.format"),
        (a_version_of_the_future, "signature.format"),
        (a_critical_key_id, "chain.critical"),
        (a_condition_nobody_knows, "chain.critical"),
    ],
)
def test_a_wrong_structure_is_refused_for_what_it_is(change: Callable[[Node], None], code: str) -> None:
    whole = parsed(forge.signature(MANIFEST, leaf=structured.LEAF))
    assert judged(whole).verdict == "authentic"

    change(whole)

    found = judged(whole)
    assert (found.verdict, codes(found)) == ("untrusted" if code.startswith("chain.") else "altered", {code})


@pytest.mark.parametrize("name", ["signature", "manifest", "archive"])
def test_a_pass_of_which_one_byte_was_changed_is_never_accepted(name: str) -> None:
    subject, chance = mutants.subjects()[name], Random(SEED)  # noqa: S311  # A sample; scripts/try_mutants.py is all.
    whole = apple.verify(subject.whole(subject.original), roots=subject.root, at=mutants.AT, strict=True)
    assert whole.verdict == "authentic"

    for place, mutant in mutants.sampled(subject.original, 200, chance):
        said = mutants.outcome(subject, mutant)
        assert said.startswith("refused"), (place, mutant[place], said)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second opinion")
def test_what_openssl_refuses_is_never_authentic(tmp_path: Path) -> None:
    accepted = 0
    for number in range(80):
        one = structured.mutant(Random(f"{SEED}:{number}"))  # noqa: S311  # A sample; scripts/try_openssl.py is more.
        found = apple.verify(one.packed(), roots=chain.pem(forge.authority()), at=chain.AT)
        said = structured.openssl(one, tmp_path)
        accepted += said
        assert said or found.verdict != "authentic", (number, one.told)
    assert accepted  # Else OpenSSL refused all of them for a reason of its own.
