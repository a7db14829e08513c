"""Anybody's pass as a page: the twelve real ones, and some made on the spot."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.apple import forge
from tests.apple.test_languages import faces

import walletcard as wc
from walletcard import apple, preview, render
from walletcard.errors import InvalidCardError, PassReadError
from walletcard.model import Face
from walletcard.testing import throwaway_identity

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
REAL = (
    "12395c8c7ef5", "24890b65bb63", "38db7c19e887", "395731a03260", "4378973eed7b", "768c91f371a5", "863465802357",
    "87bdecf72125", "9510e274c1f7", "a410690888d9", "e6c2462942fe", "f44ffb35a9e6",
)  # fmt: skip


def pkpass(face: Face) -> bytes:
    return wc.make_pkpass(face, identity=throwaway_identity(at=AT), at=AT)


@pytest.mark.parametrize("name", REAL)
def test_each_real_pass_shows_front_and_back(name: str, read: Any) -> None:
    data = forge.shared("passes", f"{name}.pkpass")
    held = apple.read(data)

    page = read(preview.html(data, at=AT))

    assert page.balanced
    assert page.open == []
    assert len(page.attributes("article", "apple")) == 1
    groups = held.pass_json.get(held.style, {}) if held.style else {}
    labels = [
        field["label"] for name, many in groups.items() if name.endswith("Fields") for field in many if "label" in field
    ]
    assert [label for label in labels if label not in page.texts] == []
    assert all((found["src"] or "").startswith("data:image/png;base64,") for found in page.attributes("img"))
    assert "Google Wallet" not in page.texts


def test_the_verdict_is_said_at_the_top(cafe: Face) -> None:
    data = pkpass(cafe)

    assert "Phones may refuse this pass: nothing that is known here vouches" in preview.html(data, at=AT)
    changed = forge.zipped(
        *(
            forge.Member(path, b"{}" if path == "manifest.json" else body)
            for path, body in apple.read(data).files.items()
        )
    )
    assert "Phones refuse this pass: it was changed after it was signed." in preview.html(changed, at=AT)
    bare = forge.zipped(forge.Member("pass.json", apple.read(data).files["pass.json"]))
    assert "Phones refuse this pass: it is not signed." in preview.html(bare, at=AT)


def test_what_was_signed_looks_as_the_face_did(cafe: Face, read: Any) -> None:
    from_face, from_pass = (read(preview.html(one, at=AT)).texts for one in (cafe, pkpass(cafe)))

    shown = [one.value for one in cafe.fields]
    assert all(value in from_face and value in from_pass for value in shown)


def test_every_language_of_a_pass_is_shown() -> None:
    english, hebrew = faces()
    data = apple.build(
        english, identity=throwaway_identity(at=AT), translations=(hebrew,), at=AT,
        pictures=render.pictures(english, wallet="apple"),
    )  # fmt: skip

    page = preview.html(data, at=AT)

    there = page.split(">Apple Wallet, phone in he<", 1)[1].split("</section>", 1)[0]
    assert "קפה חינם" in there
    assert 'dir="rtl"' in there
    assert "Free coffee" in page.split(">Apple Wallet, phone in en<", 1)[1].split("</section>", 1)[0]


def test_a_pass_in_no_language_is_laid_out_the_way_its_letters_run(cafe: Face, spa: Face, read: Any) -> None:
    for face, direction in ((cafe, "ltr"), (spa, "rtl")):
        page = read(preview.html(pkpass(face), at=AT))

        assert {(part["lang"], part["dir"]) for part in page.attributes("article")} == {("und", direction)}


def test_two_passes_stand_side_by_side_and_the_later_announces_what_changed(cafe: Face, read: Any) -> None:
    data = pkpass(cafe)

    page = read(preview.html(data, previous=data, at=AT))

    assert [text for text in page.texts if text.startswith("Apple Wallet")] == [
        "Apple Wallet, before",
        "Apple Wallet, after",
    ]
    assert page.texts.count("Stamp added: 6 of 9") == 1


def test_bytes_that_are_no_pass_are_refused() -> None:
    with pytest.raises(PassReadError):
        preview.html(b"<!DOCTYPE html>", at=AT)
    with pytest.raises(PassReadError):
        preview.html(b"", previous=b"", at=AT)


def test_a_pass_takes_no_translations(cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        preview.html(pkpass(cafe), translations=(cafe,), at=AT)

    assert caught.value.code == "translations.pass"


def test_a_picture_at_the_top_hides_the_one_of_a_language() -> None:
    top, own = render.qr("top"), render.qr("own")
    document = forge.files()["pass.json"].replace(b'"storeCard": {', b'"logoText": "Name", "storeCard": {', 1)
    names = forge.Member("en.lproj/pass.strings", '"Name" = "Kettle";'.encode("utf-16"))
    files = [forge.Member("pass.json", document), names, forge.Member("en.lproj/logo.png", own.png)]

    alone = preview.html(forge.zipped(*files), at=AT)
    both = preview.html(forge.zipped(*files, forge.Member("logo.png", top.png)), at=AT)

    assert "<bdi>Kettle</bdi>" in alone
    assert own.data_url in alone
    assert own.data_url not in both
    assert top.data_url in both


def test_what_a_place_says_stands_on_the_lock_screen(read: Any) -> None:
    place = {"latitude": 51.4, "longitude": -2.4, "relevantText": "Your coffee is near"}
    data = forge.zipped(forge.Member("pass.json", forge.files(locations=[place])["pass.json"]))

    assert "Your coffee is near" in read(preview.html(data, at=AT)).texts


def test_a_pass_that_does_not_say_what_it_is_is_drawn_all_the_same(read: Any) -> None:
    data = forge.zipped(forge.Member("pass.json", b'{"coupon": {}}'))

    page = read(preview.html(data, at=AT))

    assert "Card without a description" in page.texts
    assert len(page.attributes("article", "coupon")) == 1


def test_what_both_judges_find_is_told_once() -> None:
    data = forge.zipped(forge.Member("pass.json", b'{"coupon": {}}'))

    assert preview.html(data, at=AT).count("pass.json passTypeIdentifier: missing") == 1


@pytest.mark.parametrize("half", ["\\ud800", "\\udc00"])
def test_half_a_letter_of_a_stranger_ends_no_page(half: str) -> None:
    document = f'{{"description": "a{half}", "coupon": {{"backFields": [{{"key": "a", "value": "b{half}"}}]}}}}'

    page = preview.html(forge.zipped(forge.Member("pass.json", document.encode())), at=AT)

    assert "<bdi>b?</bdi>" in page
    assert page.encode("utf-8")


def test_what_opens_a_door_is_not_on_the_page() -> None:
    wifi = [{"ssid": "Kettle", "password": "milk-and-sugar"}]
    document = forge.files(authenticationToken="0123456789abcdef", semantics={"wifiAccess": wifi})["pass.json"]

    page = preview.html(forge.zipped(forge.Member("pass.json", document)), at=AT)

    assert "authenticationToken" in page
    assert "Kettle" in page
    assert "0123456789abcdef" not in page
    assert "milk-and-sugar" not in page
