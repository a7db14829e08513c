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


# What each wrong structure is called. The first half is what a damaged or meddled-with file gets, the second what a
# tool gets that makes signatures of another kind.
ALTERED = "the pass was changed after signing: do not trust this copy"
MAINTAINED = "ask its maker to sign it with a maintained tool"
SIGNED_DATA, DATA, SHA256, SHA512 = (
    bytes.fromhex(text)
    for text in ("2a864886f70d010702", "2a864886f70d010701", "608648016503040201", "608648016503040203")
)
SHA1, MD5 = bytes.fromhex("2b0e03021a"), bytes.fromhex("2a864886f70d0205")
RSA, RSA_SHA512, RSA_PSS = (bytes.fromhex(f"2a864886f70d0101{last}") for last in ("01", "0d", "0a"))


def digest_of_the_signer(whole: Node) -> Node:
    return within(signer(whole), 2, 0)


def scheme_of_the_signer(whole: Node) -> Node:
    return within(signer(whole), 4, 0)


def listed_digest(whole: Node) -> Node:
    return within(whole, 1, 0, 1, 0, 0)


def setting(find: Callable[[Node], Node], value: bytes) -> Callable[[Node], None]:
    def change(whole: Node) -> None:
        find(whole).value = value

    return change


def attribute(whole: Node, number: int) -> Node:
    """Return the kind, the time or the digest: DER sorts them by their length."""
    return within(signer(whole), 3, number)


def kind_of_another_document(whole: Node) -> None:
    within(attribute(whole, 0), 1, 0).value = SIGNED_DATA
    signed_again(whole)


def a_time_that_is_none(whole: Node) -> None:
    values = within(attribute(whole, 1), 1)
    values.inside = [Node(4, b"now")]
    signed_again(whole)


def two_times(whole: Node) -> None:
    values = within(attribute(whole, 1), 1)
    values.inside = inside(values) * 2
    signed_again(whole)


def the_time_twice(whole: Node) -> None:
    inside(within(signer(whole), 3)).append(attribute(whole, 1))
    signed_again(whole)


def another_document(whole: Node) -> None:
    within(whole, 0).value = DATA


def a_document_of_another_kind(whole: Node) -> None:
    within(whole, 1, 0, 2, 0).value = SIGNED_DATA


def many_certificates(whole: Node, count: int = 15) -> None:
    for number in range(count):
        inside(within(whole, 1, 0, 3)).append(parsed(chain.der(chain.leaf(issuer=forge.authority(), uid=f"p{number}"))))


def an_unsigned_time_that_is_none(whole: Node) -> None:
    values = Node(0x31, inside=[Node(0x17, b"in the morning")])
    made = Node(0x30, inside=[Node(6, bytes.fromhex("2a864886f70d010905")), values])
    inside(signer(whole)).append(Node(0xA1, inside=[made]))


def another_serial(whole: Node) -> None:
    within(signer(whole), 1, 1).value = b"\1"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (another_signer, f"signers has 2 signers, a pass has one; {MAINTAINED}"),
        (no_signer, f"signers has 0 signers, a pass has one; {MAINTAINED}"),
        (attached, "attached holds a document of its own; sign the manifest detached"),
        (a_document_of_another_kind, "attached holds a document of its own; sign the manifest detached"),
        (unused_bits_of_the_certificate, f"certificate one of its certificates is malformed; {ALTERED}"),
        (unused_bits_of_the_key, f"certificate one of its certificates is malformed; {ALTERED}"),
        (no_leaf, f"certificate the certificate of its signer is not enclosed; {MAINTAINED}"),
        (another_serial, f"certificate the certificate of its signer is not enclosed; {MAINTAINED}"),
        (parameters_too_many, f"format holds more than a signature has; {ALTERED}"),
        (more_in_the_wrapping, f"format holds more than a signature has; {ALTERED}"),
        (a_name_of_padding, f"format spells a name or a number in a second way; {ALTERED}"),
        (a_version_of_two_bytes, f"format spells a name or a number in a second way; {ALTERED}"),
        (a_version_of_the_future, f"format is of a version that nobody knows; {ALTERED}"),
        (
            setting(lambda whole: within(whole, 1, 0, 0), b"\x09"),
            f"format is of a version that nobody knows; {ALTERED}",
        ),
        (another_document, f'format holds "data", not a signature; {MAINTAINED}'),
        (
            setting(lambda whole: within(whole, 1, 0, 0), b""),
            f"format spells a name or a number in a second way; {ALTERED}",
        ),
        (an_unsigned_time_that_is_none, f"format not a signature, or damaged; {ALTERED}"),
        (setting(digest_of_the_signer, MD5), f'algorithm digest "md5" is not one of a pass; {MAINTAINED}'),
        (setting(scheme_of_the_signer, RSA_PSS), f'algorithm made with "rsassa_pss", not RSA; {MAINTAINED}'),
        (setting(scheme_of_the_signer, RSA_SHA512), f"algorithm names two different digests; {ALTERED}"),
        (setting(listed_digest, SHA1), f"algorithm lists other digests than it uses; {ALTERED}"),
        (setting(listed_digest, MD5), f"algorithm lists other digests than it uses; {ALTERED}"),
        (kind_of_another_document, f"attribute signs something other than plain data; {ALTERED}"),
        (a_time_that_is_none, f"format not a signature, or damaged; {ALTERED}"),
        (two_times, f'attribute says "signing_time" 2 times, not once; {ALTERED}'),
        (the_time_twice, f'attribute says "signing_time" twice; {ALTERED}'),
        (many_certificates, f"certificates holds 17 certificates, over 16; {MAINTAINED}"),
    ],
)
def test_a_wrong_structure_is_named_with_what_to_do(change: Callable[[Node], None], line: str) -> None:
    whole = parsed(forge.signature(MANIFEST, leaf=structured.LEAF))

    change(whole)

    found = judged(whole)
    assert found.verdict == "altered"
    assert [f"{one.code.removeprefix('signature.')} {one}" for one in found.issues] == [
        line.replace(" ", " signature: ", 1)
    ]


def test_sixteen_certificates_may_be_enclosed() -> None:
    whole = parsed(forge.signature(MANIFEST, leaf=structured.LEAF))

    many_certificates(whole, 14)

    assert judged(whole).verdict == "authentic"
