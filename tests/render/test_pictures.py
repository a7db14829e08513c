from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw
from tests.render.drawings import CAFE, face, grid, opened, pixel, png, share_of

from walletcard.errors import InvalidCardError, RenderError
from walletcard.model import Color, Design, Picture
from walletcard.render import hero, pictures, strip


def with_ring(width: int, height: int) -> bytes:
    """A transparent picture with a red circle, to see whether it stays one."""
    image = Image.new("RGBA", (width, height))
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    ImageDraw.Draw(image).ellipse((left, top, left + side - 1, top + side - 1), fill=(255, 0, 0, 255))
    return png(image)


def red_box(image: Image.Image) -> tuple[int, int, int, int]:
    found = image.convert("RGB").getchannel("R").point([0] * 200 + [255] * 56).getbbox()
    assert found is not None
    return found


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_apple_gets_an_icon_and_a_strip_at_three_densities() -> None:
    found = pictures(face(strip=grid(10, 6)), wallet="apple")

    assert {name: (picture.width, picture.height) for name, picture in found.items()} == {
        "icon.png": (38, 38),
        "icon@2x.png": (76, 76),
        "icon@3x.png": (114, 114),
        "strip.png": (375, 144),
        "strip@2x.png": (750, 288),
        "strip@3x.png": (1125, 432),
    }


def test_apple_gets_a_logo_when_there_is_one_and_no_strip_when_there_is_none() -> None:
    found = pictures(face(replace(CAFE, logo=with_ring(640, 200))), wallet="apple")

    assert {name: (found[name].width, found[name].height) for name in found if not name.startswith("icon")} == {
        "logo.png": (160, 50),
        "logo@2x.png": (320, 100),
        "logo@3x.png": (480, 150),
    }


def test_google_gets_a_square_logo_and_a_hero() -> None:
    found = pictures(face(strip=grid(10, 6)), wallet="google")

    assert set(found) == {"logo", "hero"}
    assert (found["logo"].width, found["logo"].height) == (660, 660)
    assert found["hero"] is hero(grid(10, 6))
    assert set(pictures(face(), wallet="google")) == {"logo"}


def test_drawn_icons_are_a_stamp_on_the_cards_colour() -> None:
    for name, picture in pictures(face(), wallet="apple").items():
        image = opened(picture)
        assert pixel(image, 0, 0) == CAFE.palette.background.rgb, name
        assert share_of(image, CAFE.palette.disc) > 0.2
        assert share_of(image, CAFE.palette.glyph) > 0.3


def test_a_drawn_google_logo_keeps_its_margin() -> None:
    logo = opened(pictures(face(), wallet="google")["logo"])
    margin = round(660 * 0.15)

    assert share_of(logo.crop((0, 0, 660, margin)), CAFE.palette.background) == 1
    assert pixel(logo, 330, margin + 4) == CAFE.palette.disc.rgb


@pytest.mark.parametrize("size", [(500, 100), (100, 500), (40, 40), (1000, 1000), (3000, 1)])
def test_logos_are_fitted_and_never_stretched(size: tuple[int, int]) -> None:
    logo = pictures(face(replace(CAFE, logo=with_ring(*size))), wallet="apple")["logo@3x.png"]

    assert logo.width == 480 or logo.height == 150
    assert logo.width <= 480
    assert logo.height <= 150
    assert logo.width / logo.height == pytest.approx(size[0] / size[1], rel=0.05) or min(logo.width, logo.height) == 1


def test_a_circle_stays_a_circle_in_the_middle_of_googles_logo() -> None:
    left, top, right, bottom = red_box(
        opened(pictures(face(replace(CAFE, logo=with_ring(500, 100))), wallet="google")["logo"])
    )

    assert abs((right - left) - (bottom - top)) <= 1
    assert abs(left + right - 660) <= 2
    assert abs(top + bottom - 660) <= 2


def test_a_given_logo_keeps_its_transparency_for_apple_and_loses_it_for_google() -> None:
    shown = face(replace(CAFE, logo=with_ring(500, 100)))

    apple = Image.open(io.BytesIO(pictures(shown, wallet="apple")["logo.png"].png))
    google = Image.open(io.BytesIO(pictures(shown, wallet="google")["logo"].png))

    assert apple.mode == "RGBA"
    assert apple.getpixel((0, 0)) == (0, 0, 0, 0)
    assert google.mode == "RGB"
    assert google.getpixel((0, 0)) == CAFE.palette.background.rgb


def test_a_given_app_icon_is_fitted_into_the_square() -> None:
    icon = pictures(face(replace(CAFE, app_icon=with_ring(200, 100))), wallet="apple")["icon@3x.png"]

    left, top, right, bottom = red_box(opened(icon))

    assert (icon.width, icon.height) == (114, 114)
    assert abs((right - left) - 57) <= 2
    assert abs((bottom - top) - 57) <= 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    source = Image.new(mode, (64, 64))
    buffer = io.BytesIO()
    source.save(buffer, "PNG")

    found = pictures(face(replace(CAFE, logo=buffer.getvalue())), wallet="google")

    assert found["logo"].width == 660


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    grey = png(Image.new("I;16", (64, 64), 0x8000))

    logo = opened(pictures(face(replace(CAFE, logo=grey)), wallet="google")["logo"])

    assert pixel(logo, 330, 330) == (128, 128, 128)


@pytest.mark.parametrize("cut", [40, 60, -2000, -30])
def test_a_picture_that_ends_early_is_damaged(cut: int) -> None:
    noise = Image.effect_noise((120, 120), 90)
    design = replace(CAFE, app_icon=png(noise)[:cut])

    with pytest.raises(RenderError) as caught:
        pictures(face(design), wallet="apple")

    assert caught.value.code == "image.damaged"
    assert caught.value.where == "design.app_icon"
    assert caught.value.hint
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    "body",
    [
        chunk(b"IDAT", b"not deflate"),
        chunk(b"IDAT", zlib.compress(b"")),
        chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 40_000_000)) + chunk(b"IDAT", b""),
        chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 40_000_000)) + chunk(b"IDAT", zlib.compress(b"")),
        b"\xff\xff\xff\xffIDAT",
    ],
)
def test_hostile_files_are_damaged_and_cost_little(body: bytes) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 900, 900, 8, 2, 0, 0, 0))
    hostile = Picture(b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b""))

    with pytest.raises(RenderError) as caught:
        pictures(face(replace(CAFE, logo=hostile)), wallet="google")

    assert caught.value.code == "image.damaged"


def test_cards_of_one_programme_share_their_pictures() -> None:
    design = replace(CAFE, logo=with_ring(300, 100))
    one, other = (face(replace(design), id=name, strip=grid(10, 6, alt=name)) for name in ("CK-1", "CK-2"))

    for wallet in ("apple", "google"):
        first = pictures(one, wallet=wallet)
        again = pictures(other, wallet=wallet)
        assert all(again[name] is picture for name, picture in first.items())


def test_a_caller_may_change_the_mapping_without_harm() -> None:
    dict(pictures(face(), wallet="google")).clear()
    found = pictures(face(), wallet="google")
    assert isinstance(found, dict)

    found.clear()

    assert set(pictures(face(), wallet="google")) == {"logo"}


def test_keys_of_given_pictures_follow_their_source() -> None:
    one, two = (pictures(face(replace(CAFE, logo=with_ring(width, 100))), wallet="google") for width in (300, 301))

    assert one["logo"].key != two["logo"].key


def test_contrast_is_judged_with_and_without_a_strip_and_may_be_overruled() -> None:  # R17
    pale = Design(background="#FFFFFF", disc="#EEEEEE", icon="star")
    weak = face(pale, strip=grid(10, 6, colours=pale.palette))

    for shown in (face(pale), weak):
        with pytest.raises(InvalidCardError) as caught:
            pictures(shown, wallet="apple")
        assert caught.value.code == "color.contrast"
    assert len(pictures(weak, wallet="apple", allow=("color.contrast",))) == 6


def test_an_unknown_wallet_is_named() -> None:
    with pytest.raises(RenderError) as caught:
        pictures(face(), wallet="samsung")  # type: ignore[arg-type]  # the mistake

    assert caught.value.code == "wallet.unknown"


def test_the_strip_is_the_one_that_strip_draws() -> None:
    spec = grid(10, 6, colours=replace(CAFE.palette, mark=Color(255, 255, 255)))

    assert pictures(face(strip=spec), wallet="apple")["strip@2x.png"] is strip(spec, scale=2)
