from typing import Any

from walletcard.model import Picture
from walletcard.preview import _apple_card, _apple_fields


def document(**more: Any) -> dict[str, Any]:
    return {"description": "Card", "organizationName": "Shop", "storeCard": {}, **more}


def front(pictures: dict[str, Picture] | None = None, **more: Any) -> str:
    return _apple_card.front(document(**more), pictures or {}, lang="en", direction="ltr")


def test_a_card_with_nothing_on_it_is_still_a_card() -> None:
    assert 'class="card apple storeCard"' in front()


def test_colours_come_from_the_document() -> None:
    drawn = front(backgroundColor="rgb(1, 2, 3)", labelColor="#040506")

    assert 'style="--background: rgb(1, 2, 3); --foreground: rgb(255, 255, 255); --label: rgb(4, 5, 6)"' in drawn


def test_without_an_ink_the_one_that_can_be_read_is_taken() -> None:
    assert "--foreground: rgb(0, 0, 0); --label: rgb(0, 0, 0)" in front(backgroundColor="#FFEECC")


def test_a_colour_that_is_none_cannot_write_css() -> None:
    assert "evil" not in front(backgroundColor="red; background: url(evil)")


def test_a_field_keeps_its_alignment() -> None:
    row = {"secondaryFields": [{"key": "a", "label": "A", "value": 7, "textAlignment": "PKTextAlignmentRight"}]}

    assert '<div style="text-align: right"><dt><bdi>A</bdi></dt><dd><bdi>7</bdi></dd></div>' in front(storeCard=row)


def test_a_code_that_only_the_phone_draws_is_named() -> None:
    code = {"format": "PKBarcodeFormatNew", "message": "X", "messageEncoding": "utf-8", "altText": "below"}

    drawn = front(barcodes=[code])

    assert "PKBarcodeFormatNew: the phone draws this code" in drawn
    assert "<bdi>below</bdi>" in drawn


def test_a_voided_card_is_greyed() -> None:
    assert 'class="card apple storeCard voided"' in front(voided=True)


def test_a_change_message_holds_the_value_and_plain_percent_signs() -> None:
    field = {"key": "a", "value": "5", "changeMessage": "Now %@, 100%%"}

    said = _apple_fields.notices(document(storeCard={"headerFields": [field]}), None, "en-GB")

    assert list(said) == ["Now 5, 100%"]
