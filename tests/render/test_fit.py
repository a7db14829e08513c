from __future__ import annotations

import io
import struct
import time
import zlib

import pytest
from PIL import Image, ImageDraw
from tests.render.drawings import opened, pixel, png

from walletcard.errors import InvalidCardError, RenderError, WalletCardError
from walletcard.model import Picture
from walletcard.render import fit
from walletcard.render._fit import SLOTS


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def disc(width: int, height: int, mode: str = "RGBA") -> Image.Image:
    """A red disc in the middle of a wider picture, to see whether it stays one."""
    image = Image.new(mode, (width, height), 0 if mode == "RGBA" else "white")
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    ImageDraw.Draw(image).ellipse((left, top, left + side - 1, top + side - 1), fill="red")
    return image


def red_box(picture: Picture) -> tuple[int, int]:
    image = Image.open(io.BytesIO(picture.png)).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    box = Image.alpha_composite(white, image).getchannel("G").point([255] * 100 + [0] * 156).getbbox()
    assert box is not None
    return box[2] - box[0], box[3] - box[1]


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_one_logo_fits_every_place_and_density_unstretched(slot: str, scale: int) -> None:
    place = SLOTS[slot]
    times = scale if place.scaled else 1

    picture = fit(png(disc(900, 300)), slot=slot, scale=scale)

    width, height = red_box(picture)
    assert abs(width - height) <= 2
    if place.framed:
        assert (picture.width, picture.height) == (place.width * times, place.height * times)
    else:
        assert picture.width <= place.width * times
        assert picture.height <= place.height * times


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_every_usual_kind_becomes_a_png(kind: str) -> None:
    picture = fit(saved(disc(600, 200, "RGB"), kind), slot="logo", scale=2)

    assert picture.png.startswith(b"\x89PNG")
    assert (picture.width, picture.height) == (300, 100)
    red, green, blue = pixel(opened(picture), 150, 50)
    assert (red > 240, green < 15, blue < 15) == (True, True, True)


def test_see_through_logos_stay_so_where_apple_allows_it() -> None:
    for data in (png(disc(600, 200)), saved(disc(600, 200), "WEBP", lossless=True)):
        logo = Image.open(io.BytesIO(fit(data, slot="logo").png))
        icon = Image.open(io.BytesIO(fit(data, slot="icon", background="#3B2418").png))
        assert logo.mode == "RGBA"
        assert (icon.mode, icon.getpixel((0, 0))) == ("RGB", (59, 36, 24))


def test_a_jpeg_of_a_printer_is_converted() -> None:  # B058
    picture = fit(saved(Image.new("CMYK", (400, 200), (0, 255, 255, 0)), "JPEG"), slot="logo")

    red, green, blue = pixel(opened(picture), 5, 5)
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize(("turn", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1)), (2, (1, 0))])
def test_a_photo_stands_as_the_camera_was_held(turn: int, corner: tuple[int, int]) -> None:
    image = Image.new("RGB", (800, 800), "white")
    image.paste("red", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = turn

    picture = fit(saved(image, "JPEG", exif=exif), slot="photo")

    at = [side * (picture.width - 20) + 10 * (1 - side) for side in corner]
    assert pixel(opened(picture), at[0], at[1])[1] < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_png_is_read(mode: str) -> None:  # B059
    assert fit(png(Image.new(mode, (400, 200))), slot="logo", scale=1).width == 100


def test_sixteen_bit_colour_and_palettes_with_alpha_are_converted() -> None:  # B059
    header = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    rows = b"".join(b"\0" + struct.pack(">HHH", 0x8000, 0, 0) * 4 for _ in range(4))
    deep = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    flat = Image.new("P", (64, 64))
    flat.putpalette(bytes((0, 0, 0, 255, 0, 0)))
    flat.info["transparency"] = 0

    assert pixel(opened(fit(deep, slot="logo")), 5, 5) == (128, 0, 0)
    assert Image.open(io.BytesIO(fit(png(flat), slot="logo").png)).mode == "RGBA"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (400, 200), colour) for colour in ("red", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animations_are_refused(kind: str) -> None:  # B059
    with pytest.raises(RenderError) as caught:
        fit(animation(kind), slot="logo")

    assert caught.value.code == "image.animated"


def test_two_pictures_in_one_jpeg_are_one() -> None:
    stereo = saved(disc(400, 200, "RGB"), "MPO", save_all=True, append_images=[disc(400, 200, "RGB")])

    assert fit(stereo, slot="logo", scale=1).width == 100


BOMB = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
OTHERS = {
    "empty": b"",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "gif": saved(Image.new("L", (40, 40)), "GIF"),
    "bmp": saved(Image.new("L", (40, 40)), "BMP"),
    "tiff": saved(Image.new("L", (40, 40)), "TIFF"),
    "ico": saved(Image.new("L", (40, 40)), "ICO"),
    "psd": b"8BPS\0\x01" + b"\0" * 40,
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "pdf": b"%PDF-1.7\n",
    "text": "https://example.com/logo.png",
    "path": "art/logo.png",
    "none": None,
    "list": [[0, 0], [0, 0]],
    "no width": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 10, 8, 2, 0, 0, 0)),
    "png bomb": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", BOMB) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)),
    "heavy": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", BOMB) + b"\0" * 5_000_001,
    "heavy jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 5_000_001,
    "jpeg bomb": saved(Image.new("L", (8, 8)), "JPEG").replace(b"\0\x08\0\x08\x01", b"\xff\xdc\xff\xdc\x01"),
    "webp bomb": b"RIFF\x1e\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\xff\xff\0\xff\xff\0",
    "webp cut": b"RIFF\x1e\0\0\0WEBPVP8X",
    "png with a jpeg's name": saved(Image.new("L", (40, 40)), "JPEG")[:30],
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_picture_is_refused_quickly_and_by_name(name: str) -> None:  # B043 to B066
    began = time.process_time()

    with pytest.raises(WalletCardError) as caught:
        fit(OTHERS[name], slot="logo", where="shop.logo")  # type: ignore[arg-type]  # the mistakes

    assert isinstance(caught.value, InvalidCardError | RenderError)
    assert "shop.logo" in str(caught.value)
    assert caught.value.code in ("image.invalid", "image.damaged")
    assert ";" in str(caught.value), "says what to do"
    assert time.process_time() - began < 1


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_files_that_end_early_are_damaged(kind: str, share: float) -> None:  # B047
    whole = saved(Image.effect_noise((300, 300), 90).convert("RGB"), kind)

    with pytest.raises(WalletCardError) as caught:
        fit(whole[: int(len(whole) * share)], slot="logo")

    assert caught.value.code in ("image.damaged", "image.invalid")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_no_flipped_byte_brings_anything_but_our_own_errors(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = saved(disc(60, 40, "RGB"), kind, exif=exif)
    for place in range(0, len(whole), 3):
        for value in (0, 255, whole[place] ^ 1):
            broken = whole[:place] + bytes((value,)) + whole[place + 1 :]
            try:
                fit(broken, slot="logo", scale=1)
            except WalletCardError:
                continue


def test_a_phones_photo_is_read_at_a_fraction_of_its_size() -> None:
    phone = saved(Image.new("RGB", (4000, 3000), "#504060"), "JPEG")

    picture = fit(phone, slot="photo")

    assert (picture.width, picture.height) == (1125, 844)


def test_small_photos_are_not_enlarged() -> None:
    assert fit(saved(disc(400, 200, "RGB"), "JPEG"), slot="photo").width == 400


@pytest.mark.parametrize(
    ("slot", "scale", "code"), [("banner", 3, "image.slot"), (None, 3, "image.slot"), ("logo", 4, "image.scale")]
)
def test_unknown_places_and_scales_are_named(slot: str, scale: int, code: str) -> None:
    with pytest.raises(RenderError) as caught:
        fit(png(disc(60, 40)), slot=slot, scale=scale)

    assert caught.value.code == code


def test_the_same_source_gives_the_same_picture_and_key() -> None:
    data = png(disc(60, 40))

    assert fit(data, slot="logo") is fit(bytes(data), slot="logo")
    assert fit(data, slot="logo").key != fit(data, slot="icon").key
    assert fit(data, slot="icon").key != fit(data, slot="icon", background="#000000").key
