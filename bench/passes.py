"""From a card to the bytes of its pass: each stage alone, and the whole way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import walletcard as wc
from bench._effort import Effort
from bench._results import Result, Target, duration, speed
from bench._rounds import RAW, Job, Turns, take_turns
from bench._subject import AT, CLUB, Prepared, each, new_identity, prepared, raw_signing
from walletcard import apple, render
from walletcard.apple._archive import chunks as archive_chunks
from walletcard.apple._archive import manifest, pack
from walletcard.apple._document import to_bytes

SPEEDS = {  # In the order of the table; part 7 names four of them.
    "sign and archive a prepared document, bytes": Target(0.80, of="ratio", at_least=True),
    "sign and archive a prepared document, chunks": Target(0.90, of="ratio", at_least=True),
    "apple.sign, a prepared document, linted": None,
    "apple.sign, its own check off": None,
    "apple.build, a face": None,
    "apple.build, its own check off": None,
    "apple.chunks, a face, its own check off": None,
    "Card to bytes, the whole way": None,
    "Card to chunks, the whole way": None,
    "Card to bytes, its own check off": Target(0.55, of="ratio", at_least=True),
    "one pass, identity kept": None,
    "one pass, identity loaded each time": None,
    "apple.verify, one pass": None,
}
STAGES = ("face", "pictures", "pass.json", "lint and JSON", "CMS without RSA", "manifest and archive")


def results(effort: Effort) -> list[Result]:
    """Measure."""
    turns = take_turns({RAW: raw_signing(), **_jobs(), **_stages()}, rounds=effort.rounds, turn=effort.turn)
    return [*_speeds(turns), *_shares(turns)]


def _speeds(turns: Turns) -> Iterator[Result]:
    yield speed(f"{RAW}: the limit", seconds=turns.seconds(RAW), share=1.0)
    for name, target in SPEEDS.items():
        if name in turns.spent:
            yield speed(name, seconds=turns.seconds(name), share=turns.share(name), target=target)


def _shares(turns: Turns) -> Iterator[Result]:
    for name in STAGES:
        yield duration(f"  stage: {name}", seconds=turns.seconds(name), share=turns.share(name))


def _jobs() -> dict[str, Job]:
    identity = new_identity()
    members = prepared(identity)
    following = each(members)
    contents = {id(one): to_bytes(one.document) for one in members}
    p12, intermediate = identity.p12("secret"), identity.intermediate_pem

    def pieces() -> tuple[bytes, ...]:
        one = following()
        files: dict[str, bytes | wc.Picture] = {"pass.json": contents[id(one)], **one.pictures}
        return pack(files, sign=partial(identity.signature, at=AT))

    def signed(*, verify: bool = True) -> bytes:
        one = following()
        return apple.sign(one.document, one.pictures, identity=identity, at=AT, verify=verify)

    def built(*, verify: bool = True) -> bytes:
        one = following()
        return apple.build(one.face, pictures=one.pictures, identity=identity, at=AT, verify=verify)

    def in_chunks(*, verify: bool = True) -> tuple[bytes, ...]:
        one = following()
        return apple.chunks(one.face, pictures=one.pictures, identity=identity, at=AT, verify=verify)

    def whole(*, verify: bool = True) -> tuple[bytes, ...]:
        face = wc.face(CLUB, following().card, at=AT)
        pictures = render.pictures(face, wallet="apple")
        return apple.chunks(face, pictures=pictures, identity=identity, at=AT, verify=verify)

    finished = wc.make_pkpass(members[0].face, identity=identity, at=AT)

    def cold() -> bytes:
        loaded = apple.Identity.from_p12(p12, password="secret", intermediate=intermediate)  # noqa: S106
        return wc.make_pkpass(members[0].face, identity=loaded, at=AT)

    jobs: dict[str, Job] = {
        "sign and archive a prepared document, bytes": lambda: b"".join(pieces()),
        "sign and archive a prepared document, chunks": pieces,
        "apple.sign, a prepared document, linted": signed,
        "apple.build, a face": built,
        "Card to bytes, the whole way": lambda: b"".join(whole()),
        "Card to chunks, the whole way": whole,
        "one pass, identity kept": lambda: wc.make_pkpass(members[0].face, identity=identity, at=AT),
        "one pass, identity loaded each time": cold,
        "apple.verify, one pass": lambda: apple.verify(finished, roots=identity.root_pem, at=AT, strict=True),
        "apple.sign, its own check off": lambda: signed(verify=False),
        "apple.build, its own check off": lambda: built(verify=False),
        "apple.chunks, a face, its own check off": lambda: in_chunks(verify=False),
        "Card to bytes, its own check off": lambda: b"".join(whole(verify=False)),
    }
    return jobs


class _NoKey:
    """Answers at once, so that what is left is the work around the signature."""

    def sign(self, data: bytes, /) -> bytes:
        return bytes(256)


def _stages() -> dict[str, Job]:
    identity = new_identity()
    following = each(prepared(identity))
    listed = manifest(_files(following()))
    layout, digest, no_key = identity._layout, bytes(32), _NoKey()

    def lint() -> object:
        one = following()
        return apple.lint(one.document, files=one.pictures, identity=identity)

    return {
        "face": lambda: wc.face(CLUB, following().card, at=AT),
        "pictures": lambda: render.pictures(following().face, wallet="apple"),
        "pass.json": lambda: _document(following(), identity),
        "lint and JSON": lint,
        "CMS without RSA": lambda: layout.fill(digest=digest, at=AT, sign=no_key.sign),
        "manifest and archive": lambda: archive_chunks(
            {**(files := _files(following())), "manifest.json": manifest(files), "signature": listed}
        ),
    }


def _files(one: Prepared) -> dict[str, bytes | wc.Picture]:
    return {"pass.json": b"{}" * 1_000, **one.pictures}


def _document(one: Prepared, identity: apple.Identity) -> object:
    return apple.pass_json(one.face, identity=identity, pictures=one.pictures)
