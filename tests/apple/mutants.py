"""A pass of ours, and every pass that differs from it in one byte: of its signature, of its manifest, of the whole.

A few hundred are a test; ``scripts/try_mutants.py`` tries all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from tests.apple import chain, forge

from walletcard import apple, testing
from walletcard.apple._archive import archive
from walletcard.errors import WalletCardError

AT = chain.AT


class Subject(NamedTuple):
    """What is changed.

    Attributes:
        original: The bytes of which one is changed.
        whole: Turns these bytes, changed, into a pass.
        root: The authority that is trusted.
    """

    original: bytes
    whole: Callable[[bytes], bytes]
    root: bytes


def subjects() -> dict[str, Subject]:
    """Return the three parts of a small pass, made by `apple.sign` with a throw-away identity."""
    identity = testing.throwaway_identity(AT)
    document = {key: value for key, value in forge.DOCUMENT.items() if "Identifier" not in key}
    made = apple.sign(document, {"icon.png": forge.files()["icon.png"]}, identity=identity, at=AT)
    files = dict(apple.read(made).files)

    def with_part(name: str) -> Callable[[bytes], bytes]:
        return lambda part: archive({**files, name: part})

    return {
        "signature": Subject(files["signature"], with_part("signature"), identity.root_pem),
        "manifest": Subject(files["manifest.json"], with_part("manifest.json"), identity.root_pem),
        "archive": Subject(made, bytes, identity.root_pem),
    }


def mutants(original: bytes, first: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield every single-byte substitution with its place, from one byte on: 255 for each."""
    for place, old in enumerate(original[first:], first):
        yield from ((place, _with(original, place, value)) for value in range(256) if value != old)


def sampled(original: bytes, count: int, chance: Random) -> Iterator[tuple[int, bytes]]:
    """Yield some of them."""
    for place in (chance.randrange(len(original)) for _ in range(count)):
        yield place, _with(original, place, original[place] ^ chance.randrange(1, 256))


def outcome(subject: Subject, mutant: bytes) -> str:
    """Return how ``verify(strict=True)`` judges a mutant: ``refused: ...``, ``accepted: ...`` or ``broke: ...``.

    Strict promises one encoding, so a mutant that is authentic at all is a failure. Two are told apart: one that
    says the same (files, signer, signing time) in other bytes, and the worse one that says something else.
    """
    try:
        found = apple.verify(subject.whole(mutant), roots=subject.root, at=AT, strict=True)
    except WalletCardError as error:
        return f"broke: {error.code}"
    except Exception as error:  # Whatever gets out is what is looked for.
        return f"broke: {type(error).__name__}"
    if found.verdict != "authentic":
        reason = next(one.code for one in found.issues if one.severity == "error")
        return f"refused: {found.verdict}, {reason}"
    own = apple.verify(subject.whole(subject.original), roots=subject.root, at=AT, strict=True)
    same = own.package is not None and found.package is not None and own.package.files == found.package.files
    alike = same and (own.signer, own.signed_at) == (found.signer, found.signed_at)
    return "accepted: the same in other bytes" if alike else "accepted: something else"


def _with(original: bytes, place: int, value: int) -> bytes:
    return original[:place] + bytes((value,)) + original[place + 1 :]
