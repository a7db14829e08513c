"""JPEGs that are small on the disk and costly to unpack are told from those that people have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from walletcard import render
from walletcard.errors import WalletCardError
from walletcard.render._jpeg import MAX_KEPT, Effort, effort

SCAN = b"\xff\xda"
FILL = b"\xff"


def jpeg(width: int, height: int, *, mode: str = "RGB", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, "JPEG", **options)
    return file.getvalue()


def again(content: bytes, times: int) -> bytes:
    """Return a JPEG whose last scan is there so many times more; a pass over the picture each."""
    last = content[content.rindex(SCAN) : -2]
    return content[:-2] + last * times + content[-2:]


def fitted(content: bytes) -> str:
    try:
        return f"{render.fit(content, slot='logo').width}"
    except WalletCardError as error:
        return f"{type(error).__name__} {error}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (jpeg(40, 30), Effort(1, 0)),
        (jpeg(40, 30, mode="L"), Effort(1, 0)),
        (jpeg(40, 30, progressive=True, subsampling=0), Effort(10, 40 * 30 * 2 * 3)),
        (jpeg(40, 30, progressive=True, subsampling=1), Effort(10, 40 * 30 * 2 * 2)),
        (jpeg(40, 30, progressive=True, subsampling=2), Effort(10, 40 * 30 * 3)),
        (jpeg(40, 30, progressive=True, mode="L"), Effort(6, 40 * 30 * 2)),
        (jpeg(40, 30, progressive=True, mode="CMYK", subsampling=0), Effort(18, 40 * 30 * 2 * 4)),
        (again(jpeg(40, 30, subsampling=0), 1), Effort(2, 40 * 30 * 2 * 3)),
    ],
)
def test_the_effort_follows_from_the_headers(content: bytes, expected: Effort) -> None:
    assert effort(content) == expected


def test_a_progressive_picture_of_one_pass_keeps_as_much() -> None:
    content = jpeg(40, 30, progressive=True, subsampling=0)
    first = content.index(SCAN)

    found = effort(content[: content.index(SCAN, first + 2)])

    assert found == Effort(1, 40 * 30 * 2 * 3)


def test_a_preview_within_the_headers_is_no_pass() -> None:
    within = jpeg(8, 8)
    part = b"\xff\xe1" + (len(within) + 2).to_bytes(2) + within
    content = jpeg(40, 30)

    assert effort(content[:2] + part + content[2:]) == Effort(1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xc2\x00\x08\x08\x00\x09\x00\x09\x00\xff\xda\0\0"]
)
def test_what_ends_early_takes_nothing(content: bytes) -> None:
    found = effort(content)

    assert found is not None
    assert found.kept == 0


@pytest.mark.parametrize(
    "between",
    [
        b"\xff\xfe\x00\x02",
        b"\xff\xe1\x00\x08Exif\0\0",
        b"\xff\xdd\x00\x04\x00\x01",
        FILL,
        b"\x00",
        b"\xff\xf0",
        b"\xff\xd0",
    ],
)
def test_very_much_ahead_of_the_first_pass_is_refused(between: bytes) -> None:
    content = jpeg(40, 30)
    places = [*parts(content)]
    head, rest = content[: places[1]], content[places[1] :]

    assert effort(head + between * (10_000 - len(places) - 1) + rest) is not None
    assert effort(head + between * (10_000 - len(places)) + rest) is None
    assert fitted(head + between * 10_000 + rest) == (
        "RenderError picture: the JPEG has very many parts; save it again as a plain JPEG"
    )


def parts(content: bytes) -> Iterator[int]:
    place = 2
    while content[place : place + 2] != SCAN:
        yield place
        place += 2 + int.from_bytes(content[place + 2 : place + 4])


def test_a_pass_too_many_is_refused() -> None:
    content = jpeg(40, 30, mode="L", progressive=True)

    assert fitted(again(content, 44)) == fitted(content)
    assert fitted(again(content, 45)) == (
        "RenderError picture: the JPEG has very many parts; save it again as a plain JPEG"
    )


def test_what_fills_the_memory_is_refused_and_what_cameras_write_is_not() -> None:
    camera = jpeg(4_000, 4_000, progressive=True, subsampling=2, quality=30)
    finest = jpeg(4_000, 4_000, progressive=True, subsampling=0, quality=30)

    assert effort(camera) == Effort(10, MAX_KEPT)
    assert not fitted(camera).startswith("R")
    assert fitted(finest) == (
        "InvalidCardError picture: a progressive JPEG that takes 96 MB to unpack; "
        "make it smaller: a phone shows no more than 1125 pixels across"
    )
    assert not fitted(jpeg(4_000, 4_000, subsampling=0, quality=30)).startswith("I")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (jpeg(4_001, 4_000, quality=10), "InvalidCardError picture: 4001x4000 px, over 16 megapixels"),
        (None, "InvalidCardError picture: 2001x2000 px, over 4 megapixels"),
    ],
    ids=["jpeg", "webp"],
)
def test_what_is_too_large_is_not_called_damaged(content: bytes | None, said: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (2001, 2000)).save(file, "WEBP")

    assert fitted(content or file.getvalue()).startswith(said)
