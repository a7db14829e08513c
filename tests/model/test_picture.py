"""A picture: its bytes, its size, and what it remembers."""

import copy
import hashlib
import pickle
import zlib

import pytest
from tests.model.test_json import PIXEL

import walletcard as wc
from walletcard.errors import InvalidCardError


def test_a_picture_knows_its_size_and_hashes() -> None:
    picture = wc.Picture(PIXEL)

    assert (picture.width, picture.height) == (1, 1)
    assert picture.sha1 == hashlib.sha1(PIXEL).hexdigest()  # noqa: S324  # Apple's manifest is SHA-1
    assert picture.crc32 == zlib.crc32(PIXEL)
    assert picture.key == hashlib.sha256(PIXEL).hexdigest()[:16]


def test_equal_bytes_are_equal_pictures() -> None:
    assert wc.Picture(PIXEL) == wc.Picture(PIXEL)
    assert len({wc.Picture(PIXEL), wc.Picture(PIXEL)}) == 1
    assert wc.Picture(PIXEL) != PIXEL


def test_a_picture_survives_pickle_and_copy() -> None:
    picture = wc.Picture(PIXEL, key="drawn")

    assert pickle.loads(pickle.dumps(picture)) == picture  # noqa: S301  # our own bytes
    assert pickle.loads(pickle.dumps(picture)).key == "drawn"  # noqa: S301
    assert copy.deepcopy(picture) == picture


def test_a_picture_knows_whether_it_moves() -> None:
    moving = PIXEL[:33] + b"\0\0\0\x08acTL" + bytes(12) + PIXEL[33:]

    assert [wc.Picture(one).animated for one in (PIXEL, moving, PIXEL + b"acTL")] == [False, True, False]
    assert pickle.loads(pickle.dumps(wc.Picture(moving))).animated  # noqa: S301


def test_a_picture_does_not_change() -> None:
    with pytest.raises(AttributeError):
        wc.Picture(PIXEL).width = 2


def test_a_picture_shows_itself_in_a_notebook() -> None:
    picture = wc.Picture(PIXEL)

    assert picture._repr_png_() == PIXEL
    assert "data:image/png;base64," in picture._repr_html_()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (PIXEL[:20], "ends early"),
        (b"\xff\xd8\xff\xe0", "is a JPEG"),
        (b"GIF89a", "is a GIF"),
        (b"<svg xmlns=''/>", "is an SVG"),
        (b"%PDF-1.7", "is a PDF"),
        (b"II*\0\x08\0", "is a TIFF"),
        (b"MM\0*\0\0", "is a TIFF"),
        (b"BM\x36\0", "is a BMP"),
        (b"8BPS\0\1", "is a PSD"),
        (b"%!PS-Adobe", "is an EPS"),
        (b"\0\0\1\0\1\0", "is an ICO"),
        (b"\0\0\0\x18ftypheic", "is a HEIC, an AVIF or a film"),
        (b"abc", "is not a picture"),
        (PIXEL[:16] + bytes(4) + PIXEL[20:], "0x1 px"),
        (PIXEL[:16] + (20_000).to_bytes(4) * 2 + PIXEL[24:], "over 4 megapixels"),
        (PIXEL + bytes(5_000_000), "over 5_000_000"),
        ("logo.png", "need the picture's bytes"),
        (None, "need the picture's bytes"),
    ],
)
def test_what_is_not_a_png_is_named_for_what_it_is(data: object, said: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Picture(data, where="design.logo")  # type: ignore[arg-type]  # on purpose

    assert said in refused.value.message
    assert (refused.value.code, refused.value.where) == ("image.invalid", "design.logo")
    assert refused.value.hint
