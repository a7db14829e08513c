"""The codes beside QR, read back off their pictures."""

import io

import pytest
import zxingcpp
from PIL import Image

import walletcard as wc
from walletcard import render
from walletcard.errors import RenderError


@pytest.mark.parametrize("symbology", ["aztec", "code128", "pdf417", "qr"])
@pytest.mark.parametrize("module", [2, 3, 5])
def test_a_scanner_reads_the_message_off_every_code(symbology: str, module: int) -> None:
    picture = render.barcode(wc.Barcode(message="CK-7F3A29", format=symbology), module=module)

    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.png)).convert("L"))

    assert found.text == "CK-7F3A29"
    assert symbology in str(found.format).lower().replace(" ", "").replace("_", "")


@pytest.mark.parametrize("symbology", ["aztec", "pdf417"])
def test_any_script_comes_back(symbology: str) -> None:
    picture = render.barcode(wc.Barcode(message="שלום €", format=symbology))

    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.png)).convert("L"))

    assert found.text == "שלום €"


def test_the_same_code_is_the_same_picture() -> None:
    code = wc.Barcode(message="A", format="aztec")

    assert render.barcode(code) is render.barcode(code)
    assert render.barcode(code).key != render.barcode(code, module=5).key


def test_a_size_that_is_none_is_refused() -> None:
    with pytest.raises(RenderError) as refused:
        render.barcode(wc.Barcode(message="A", format="aztec"), module=0)

    assert refused.value.code == "barcode.module"
