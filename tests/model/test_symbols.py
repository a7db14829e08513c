import pytest

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model._symbols import check_digit

GOOD = [
    ("ean13", "4006381333931"), ("ean13", "9780201379624"), ("ean13", "0000000000000"), ("i2of5", "15400141288763"),
    ("i2of5", "12"), ("codabar", "A1234B"), ("codabar", "31117013206375"), ("codabar", "C$12.50D"),
    ("code39", "CK-7F3A29"), ("code39", "A B.$/+%-9"), ("code128", "CK-7f3a29~"), ("code128", "x" * 48),
]  # fmt: skip
BAD = [
    ("ean13", "4006381333932", "barcode.check-digit"), ("ean13", "400638133393", "barcode.check-digit"),
    ("ean13", "CK-7F3A29", "barcode.message"), ("ean13", "40063813339311", "barcode.message"),
    ("ean13", "٤٠٠٦٣٨١٣٣٣٩٣١", "barcode.message"), ("i2of5", "123", "barcode.message"),
    ("i2of5", "12A4", "barcode.message"), ("i2of5", "1" * 32, "barcode.length"), ("codabar", "A12E", "barcode.message"),
    ("codabar", "A12", "barcode.message"), ("codabar", "a12b", "barcode.message"),
    ("codabar", "1" * 31, "barcode.length"),
    ("code39", "ck-7f", "barcode.message"), ("code39", "CK_7F", "barcode.message"),
    ("code39", "A" * 31, "barcode.length"),
    ("code128", "é", "barcode.message"), ("code128", "x" * 49, "barcode.length"), ("qr-code", "A", "barcode.format"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "message"), GOOD)
def test_code_that_a_scanner_reads(kind: str, message: str) -> None:
    assert wc.Barcode(message=message, format=kind).message == message


@pytest.mark.parametrize(("kind", "message", "code"), BAD)
def test_code_that_no_scanner_reads(kind: str, message: str, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        wc.Barcode(message=message, format=kind)
    assert [one.code for one in caught.value.issues] == [code]
    assert caught.value.issues[0].hint
    assert len(str(caught.value)) <= 240


def test_missing_check_digit_is_told() -> None:
    with pytest.raises(InvalidCardError) as caught:
        wc.Barcode(message="400638133393", format="ean13")
    assert caught.value.issues[0].hint == "append 1"


@pytest.mark.parametrize(("digits", "last"), [("400638133393", "1"), ("978020137962", "4"), ("1540014128876", "3")])
def test_check_digit(digits: str, last: str) -> None:
    assert check_digit(digits) == last
