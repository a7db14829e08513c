from __future__ import annotations

from typing import Any

import pytest
import zxingcpp
from tests.render.drawings import opened, pixel

from walletcard.errors import InvalidCardError, RenderError, WalletCardError
from walletcard.model import Color, Picture
from walletcard.render import qr


def scanned(picture: Picture) -> zxingcpp.Barcode:
    (found,) = zxingcpp.read_barcodes(opened(picture))
    return found


@pytest.mark.parametrize("message", ["CK-7F3A29", "1234567890", "https://example.com/?a=b", "x" * 600])
def test_a_scanner_reads_the_message_back(message: str) -> None:
    assert scanned(qr(message)).text == message


@pytest.mark.parametrize("message", ["Zoë", "נועה-4", "کارت ۳", "积分"])
def test_utf_8_puts_these_very_bytes_into_the_symbol(message: str) -> None:
    assert scanned(qr(message)).bytes == message.encode()


def test_latin_1_puts_one_byte_a_letter_into_the_symbol() -> None:
    found = scanned(qr("Zoë Müller", encoding="iso-8859-1"))

    assert found.bytes == "Zoë Müller".encode("latin-1")
    assert found.text == "Zoë Müller"


@pytest.mark.parametrize("correction", ["L", "M", "Q", "H"])
def test_more_correction_is_a_larger_code_that_reads_the_same(correction: str) -> None:
    picture = qr("CK-7F3A29" * 5, correction=correction)  # type: ignore[arg-type]  # a parameter, not a literal

    assert scanned(picture).ec_level == correction
    assert scanned(picture).text == "CK-7F3A29" * 5


def test_the_quiet_zone_is_four_whole_modules() -> None:
    image = opened(qr("CK-7F3A29", module=5))

    assert image.width % 5 == 0
    assert all(pixel(image, x, 20) == (255, 255, 255) for x in range(20))
    assert pixel(image, 20, 20) == (0, 0, 0)
    assert {color for _, color in image.getcolors() or []} == {(0, 0, 0), (255, 255, 255)}


def test_brand_colours_are_read_too() -> None:
    picture = qr("CK-7F3A29", dark=Color.parse("#3B2418"), light=Color.parse("#FFF6E9"))

    assert scanned(picture).text == "CK-7F3A29"


@pytest.mark.parametrize(("dark", "light"), [("#FFFFFF", "#000000"), ("#888888", "#FFFFFF"), ("#000000", "#000000")])
def test_colours_that_scanners_miss_are_refused(dark: str, light: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        qr("CK-7F3A29", dark=Color.parse(dark), light=Color.parse(light))

    assert caught.value.code == "color.contrast"


@pytest.mark.parametrize("message", ["", None, b"CK", "a\nb", "x" * 1001])
def test_messages_no_card_may_carry_are_refused(message: object) -> None:
    with pytest.raises(InvalidCardError):
        qr(message)  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize(("message", "encoding"), [("נועה", "iso-8859-1"), ("CK", "utf8mb4")])
def test_encodings_that_do_not_fit_are_refused(message: str, encoding: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        qr(message, encoding=encoding)

    assert caught.value.code.startswith("barcode.")


def test_a_message_too_long_for_one_code_names_its_bytes() -> None:
    with pytest.raises(RenderError) as caught:
        qr("积" * 1000, correction="H")

    assert caught.value.code == "barcode.length"
    assert "3000 bytes" in caught.value.message


@pytest.mark.parametrize(
    "more", [{"correction": "X"}, {"module": 0}, {"module": 41}, {"module": 1.5}, {"correction": []}]
)
def test_other_settings_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(WalletCardError):
        qr("CK", **more)  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize("dark", ["#036", "#003366", "rgb(0, 51, 102)", Color(0, 51, 102)])
def test_a_colour_may_be_spelt_like_everywhere(dark: Color | str) -> None:
    assert qr("CK", dark=dark, light="#fff") is qr("CK", dark=Color(0, 51, 102))


@pytest.mark.parametrize("more", [{"dark": "navy"}, {"light": None}, {"dark": 5}])
def test_what_is_no_colour_is_refused(more: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        qr("CK", **more)

    assert caught.value.where == f"qr.{next(iter(more))}"


def test_the_same_code_is_the_same_picture() -> None:
    assert qr("CK-7F3A29") is qr("CK-7F3A29")
    assert qr("CK-7F3A29").key != qr("CK-7F3A30").key
