from typing import Any

import pytest
from tests import cards

import walletcard as wc
from walletcard import preview, render
from walletcard.errors import InvalidCardError
from walletcard.words import languages

URL = "https://example.com/join/copper-kettle"


def test_it_holds_the_code_one_sentence_the_logo_and_both_names(read: Any) -> None:
    page = read(preview.poster(cards.cafe(), URL))

    assert "Copper Kettle Coffee" in page.texts
    assert "Scan the code to get your card on your phone." in page.texts
    assert ("Apple Wallet" in page.texts, "Google Wallet" in page.texts) == (True, True)
    logo, code = page.attributes("img")
    assert (logo["class"], code["alt"]) == ("logo", f"QR code: {URL}")
    assert code["src"] == render.qr(URL, correction="Q", module=12).data_url
    assert page.balanced


def test_it_speaks_the_programmes_language_and_keeps_the_wallets_names(read: Any) -> None:
    page = read(preview.poster(cards.spa(), URL))

    assert page.attributes("html") == [{"lang": "he", "dir": "rtl"}]
    assert "סורקים את הקוד, והכרטיס אצלכם בטלפון." in page.texts
    assert "Google Wallet" in page.texts


@pytest.mark.parametrize("locale", languages())
def test_another_language_can_be_asked_for(locale: str, read: Any) -> None:
    program = cards.cafe(name=dict.fromkeys(("en-GB", locale), "Kettle"))

    assert read(preview.poster(program, URL, locale=locale)).attributes("html")[0]["lang"] == locale


def test_a_programmes_own_sentence_stands_there() -> None:
    program = cards.cafe(words={"join_scan": "Point your camera here."})

    assert "Point your camera here." in preview.poster(program, URL)


@pytest.mark.parametrize(("size", "class_"), [("A6", "a6"), ("A5", "a5")])
def test_the_paper_has_its_size(size: Any, class_: str, read: Any) -> None:
    assert read(preview.poster(cards.cafe(), URL, size=size)).attributes("main")[0]["class"] == class_


def test_nothing_is_loaded_and_nothing_runs(read: Any) -> None:
    page = read(preview.poster(cards.cafe(), URL))

    assert not {"script", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert all(found["src"].startswith("data:image/png;base64,") for found in page.attributes("img"))
    assert "url(" not in page.source


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"join_url": "http://example.com"}, "link.insecure"),
        ({"join_url": None}, "link.invalid"),
        ({"size": "A4"}, "poster.size"),
        ({"locale": "not a tag"}, "locale.unknown"),
        ({"locale": "sw"}, "language.unknown"),
    ],
)
def test_what_cannot_be_printed_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        preview.poster(cards.cafe(), **{"join_url": URL, **change})

    assert caught.value.code == code


def test_foreign_text_is_escaped() -> None:
    program = cards.cafe(name="<script>&", design=wc.Design(background="#3B2418"))

    assert "<script" not in preview.poster(program, URL)
