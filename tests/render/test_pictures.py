from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageDraw
from tests.render.drawings import CAFE, face, grid, opened, pixel, plain, png, share_of

from walletcard.errors import InvalidCardError, RenderError
from walletcard.model import Color, Design, Picture, StripSpec
from walletcard.render import hero, pictures, strip
from walletcard.render._pictures import Wallet


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


# Where each pass begins and how far it steps, across and down: https://www.w3.org/TR/png-3/#8Interlace
ADAM7 = [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)]


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


@pytest.mark.parametrize("wallet", ["apple", "google"])
@pytest.mark.parametrize(("name", "size"), [("logo", (1, 1)), ("logo", (39, 12)), ("app_icon", (28, 28))])
def test_a_picture_of_a_few_pixels_is_refused(name: str, size: tuple[int, int], wallet: Wallet) -> None:
    given: dict[str, Any] = {name: with_ring(*size)}
    design = replace(CAFE, **given)

    with pytest.raises(RenderError) as caught:
        pictures(face(design), wallet=wallet)

    assert (caught.value.code, caught.value.where) == ("image.small", f"design.{name}")
    assert "480x150" in caught.value.hint or "114x114" in caught.value.hint
    assert pictures(face(design), wallet=wallet, allow="image.small")


@pytest.mark.parametrize(("name", "size"), [("logo", (40, 13)), ("logo", (20, 50)), ("app_icon", (29, 29))])
def test_a_picture_that_is_just_large_enough_is_taken(name: str, size: tuple[int, int]) -> None:
    given: dict[str, Any] = {name: with_ring(*size)}

    assert pictures(face(replace(CAFE, **given)), wallet="apple")


def test_an_animated_picture_is_refused() -> None:
    file, frames = io.BytesIO(), [Image.new("RGB", (64, 64), shade) for shade in ("red", "green", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in file.getvalue()

    with pytest.raises(RenderError) as caught:
        pictures(face(replace(CAFE, logo=file.getvalue())), wallet="apple")

    assert (caught.value.code, caught.value.where) == ("image.animated", "design.logo")
    assert "still" in caught.value.hint


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize(("depth", "kind", "width"), [(8, 2, 64), (1, 0, 61), (16, 6, 64), (8, 4, 33), (4, 3, 47)])
def test_rows_that_are_missing_although_the_data_ends_properly(
    depth: int, kind: int, width: int, interlaced: int
) -> None:
    passes = ADAM7 if interlaced else [(0, 1, 0, 1)]
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    rows = b"".join(
        b"\0" * (1 + (-(-(width - left) // across) * bits + 7) // 8) * -(-(64 - top) // down)
        for left, across, top, down in passes
    )
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 64, depth, kind, 0, 0, interlaced))
    palette = chunk(b"PLTE", bytes(48)) if kind == 3 else b""

    def drawn(pixels: bytes) -> object:
        packed = zlib.compress(pixels)
        parts = chunk(b"IDAT", packed[:5]) + chunk(b"IDAT", b"") + chunk(b"IDAT", packed[5:])
        file = b"\x89PNG\r\n\x1a\n" + header + palette + parts + chunk(b"IEND", b"")
        return pictures(face(replace(CAFE, logo=file)), wallet="google")

    assert drawn(rows)
    assert drawn(rows + b"surplus")
    for cut in (rows[: len(rows) * 10 // 64], rows[:-1]):
        with pytest.raises(RenderError) as caught:
            drawn(cut)
        assert caught.value.code == "image.damaged"


def test_keys_of_given_pictures_follow_their_source() -> None:
    one, two = (pictures(face(replace(CAFE, logo=with_ring(width, 100))), wallet="google") for width in (300, 301))

    assert one["logo"].key != two["logo"].key


def test_contrast_is_judged_with_and_without_a_strip_and_may_be_overruled() -> None:  # R17
    pale = Design(background="#FFFFFF", disc="#EEEEEE", icon="star")
    weak = face(pale, strip=grid(10, 6, colours=pale.palette))

    grey = Design(background="#FFFFFF", label="#EEEEEE", icon="star")

    for shown in (face(grey), weak):
        with pytest.raises(InvalidCardError) as caught:
            pictures(shown, wallet="apple")
        assert caught.value.code == "color.contrast"
    assert len(pictures(weak, wallet="apple", allow=("color.contrast",))) == 6
    assert len(pictures(weak, wallet="apple", allow="color.contrast")) == 6


@pytest.mark.parametrize("wallet", ["apple", "google"])
@pytest.mark.parametrize("strip", [None, plain(colours=replace(CAFE.palette, disc=Color(62, 40, 28)))])
def test_stamps_that_are_not_drawn_are_not_judged(wallet: Wallet, strip: StripSpec | None) -> None:
    faint = replace(CAFE, disc="#3F281C", ring="#3F281C", mark="#3F281C")

    assert pictures(face(faint, strip=strip), wallet=wallet)
    with pytest.raises(InvalidCardError) as caught:
        pictures(face(faint, strip=grid(10, 6)), wallet=wallet)
    assert {one.where for one in caught.value.issues} == {f"design.{ink}" for ink in ("disc", "glyph", "ring", "mark")}


def test_an_unknown_wallet_is_named() -> None:
    with pytest.raises(RenderError) as caught:
        pictures(face(), wallet="samsung")  # type: ignore[arg-type]  # the mistake

    assert caught.value.code == "wallet.unknown"


def test_the_strip_is_the_one_that_strip_draws() -> None:
    spec = grid(10, 6, colours=replace(CAFE.palette, mark=Color(255, 255, 255)))

    assert pictures(face(strip=spec), wallet="apple")["strip@2x.png"] is strip(spec, scale=2)
