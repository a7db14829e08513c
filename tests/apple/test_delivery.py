import io
import json
import zipfile
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from tests.apple import chain, faces

from walletcard import apple
from walletcard.apple import Identity
from walletcard.errors import InvalidCardError, InvalidDocumentError
from walletcard.model import Picture

Pictures = dict[str, Picture]


@pytest.fixture(scope="module")
def passes(identity: Identity, pictures: Pictures) -> list[bytes]:
    return [
        apple.build(face, identity=identity, pictures=pictures, at=chain.AT) for face in (faces.cafe(), faces.spa())
    ]


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return held.getvalue()


def serial(number: int) -> bytes:
    named = json.dumps({"passTypeIdentifier": "pass.a", "serialNumber": f"{number}"}).encode()
    return zipped(pass_json=named, manifest_json=b"{}", signature=b"x")


def broken() -> bytes:
    """Return an archive whose deflated pass.json is damaged."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("pass.json", b'{"a": 1}' * 50, zipfile.ZIP_DEFLATED)
        archive.writestr("manifest.json", b"{}")
        archive.writestr("signature", b"x")
    start = held.getvalue().index(b"pass.json") + len(b"pass.json")
    return held.getvalue()[:start] + b"\xff" * 8 + held.getvalue()[start + 8 :]


def refused(given: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocumentError) as caught:
        apple.bundle(given)
    assert all(one.hint for one in caught.value.issues)
    return [(one.code, one.where) for one in caught.value.issues]


def test_bundle_holds_the_very_bytes_in_their_order(passes: list[bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(apple.bundle(passes))) as made:
        assert made.testzip() is None
        assert [made.read(name) for name in sorted(made.namelist())] == passes
        assert all(name.endswith(".pkpass") for name in made.namelist())


def test_same_passes_give_the_same_bytes(passes: list[bytes]) -> None:
    assert apple.bundle(passes) == apple.bundle(iter(passes))
    assert apple.bundle(passes) != apple.bundle(passes[::-1])


def test_ten_passes_fit_and_keep_their_order() -> None:
    given = [serial(number) for number in range(10)]

    with zipfile.ZipFile(io.BytesIO(apple.bundle(given))) as made:
        assert [made.read(name) for name in sorted(made.namelist())] == given


def test_eleven_passes_are_too_many() -> None:
    assert refused([serial(number) for number in range(11)]) == [("bundle.count", "passes")]


def test_bundle_of_nothing() -> None:
    assert refused([]) == [("bundle.count", "passes")]


def test_bundle_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("walletcard.apple._delivery.MAX_BUNDLE", 100)

    assert ("bundle.size", "passes") in refused([serial(1)])


def test_same_pass_twice(passes: list[bytes]) -> None:
    assert refused([*passes, passes[0]]) == [("bundle.duplicate", "passes[2]")]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no zip", b"PK\x03\x04", zipped(pass_json=b"{}"), zipped(icon_png=b"x"),
        zipped(pass_json=b"{", manifest_json=b"", signature=b""),
        zipped(pass_json=b"[]", manifest_json=b"", signature=b""),
        zipped(pass_json=b" " * 1_000_001, manifest_json=b"", signature=b""), serial(1)[:-30], serial(1)[40:],
        broken(),
    ],
)  # fmt: skip
def test_what_is_no_pass_is_named_by_its_place(content: bytes) -> None:
    assert refused([serial(7), content]) == [("bundle.pass", "passes[1]")]


@pytest.mark.parametrize("given", [None, 5, b"PK", "card.pkpass", ["card.pkpass"], [None], [5]])
def test_what_is_no_list_of_passes(given: Any) -> None:
    assert [code for code, _ in refused(given)] == ["bundle.type"]


def test_chunks_are_the_pass_in_pieces(identity: Identity, pictures: Pictures, passes: list[bytes]) -> None:
    pieces = apple.chunks(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT)

    assert b"".join(pieces) == passes[0]
    assert any(piece is pictures["strip@3x.png"].png for piece in pieces)


def test_chunks_are_refused_before_the_first_piece(identity: Identity) -> None:
    with pytest.raises(InvalidDocumentError):
        apple.chunks(faces.cafe(), identity=identity, at=chain.AT)


@pytest.mark.parametrize(
    ("name", "kind", "disposition"),
    [
        ("card", apple.MIME_TYPE, 'attachment; filename="card.pkpass"'),
        ("card.pkpass", apple.MIME_TYPE, 'attachment; filename="card.pkpass"'),
        ("all.pkpasses", apple.BUNDLE_MIME_TYPE, 'attachment; filename="all.pkpasses"'),
        ("é.pkpass", apple.MIME_TYPE, "attachment; filename=\"_.pkpass\"; filename*=UTF-8''%C3%A9.pkpass"),
    ],
)
def test_headers_of_an_answer(name: str, kind: str, disposition: str) -> None:
    assert apple.headers(name) == {"Content-Type": kind, "Content-Disposition": disposition}


CHANGED = datetime(2026, 11, 21, 12, 30, 15, 900_000, tzinfo=timezone(timedelta(hours=2)))


def test_a_phone_that_has_the_newest_pass_gets_no_other() -> None:
    said = apple.headers("card", modified=CHANGED)["Last-Modified"]

    assert said == "Sat, 21 Nov 2026 10:30:15 GMT"
    assert apple.unchanged(said, modified=CHANGED)
    assert not apple.unchanged(said, modified=CHANGED + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("since", "has_it"),
    [
        ("Sat, 21 Nov 2026 10:30:16 GMT", True),
        ("Sat, 21 Nov 2026 10:30:14 GMT", False),
        ("Sat, 21 Nov 2026 12:30:15 +0200", True),
        ("Sat, 21 Nov 2026 10:30:15 -0000", True),  # Says that no zone is known; HTTP's is UTC.
        (None, False),
        ("", False),
        ("yesterday", False),
        ("Sat, 99 Nov 2026 10:30:15 GMT", False),
        ("Sat, 21 Nov 99999999999 10:30:15 GMT", False),
        ("9" * 1_000_000, False),
    ],
)
def test_what_a_phone_says_that_it_has(since: str | None, has_it: bool) -> None:
    assert apple.unchanged(since, modified=CHANGED) is has_it


def test_moment_of_a_change_needs_its_zone_and_a_header_is_text() -> None:
    for call in (apple.headers, apple.unchanged):
        with pytest.raises(InvalidCardError) as caught:
            call("card", modified=datetime(2026, 11, 21))  # noqa: DTZ001
        assert (caught.value.code, caught.value.where) == ("time.naive", "modified")
    wrong: Any = b"Sat, 21 Nov 2026 10:30:15 GMT"
    with pytest.raises(InvalidDocumentError) as refusal:
        apple.unchanged(wrong, modified=CHANGED)
    assert (refusal.value.code, refusal.value.where) == ("http.date", "since")


def test_types_are_apples() -> None:
    assert apple.MIME_TYPE == "application/vnd.apple.pkpass"
    assert apple.BUNDLE_MIME_TYPE == "application/vnd.apple.pkpasses"
    assert (apple.SUFFIX, apple.BUNDLE_SUFFIX) == (".pkpass", ".pkpasses")


@pytest.mark.parametrize(
    "name", ["", "a\r\nSet-Cookie: b", 'a"b', "../card", "a\\b", ".", "x" * 101, "\u202e", None, 5, b"a"]
)
def test_name_that_would_break_a_header(name: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        apple.headers(name)
    assert caught.value.code == "file.name"
