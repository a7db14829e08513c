"""Every style of Apple's and every type of Google's, from documents written by hand."""

from typing import Any

import pytest
from tests.preview import documents

from walletcard import render
from walletcard.preview import _apple_card, _apple_fields, _google_card
from walletcard.preview._page import page


def front(style: str, **more: Any) -> str:
    half = documents.moment(style).apple
    return _apple_card.front({**half.documents["pass.json"], **more}, half.pictures, lang="en-GB", direction="ltr")


def google(kind: str, changes: dict[str, Any] | None = None) -> str:
    pair = documents.GOOGLE[kind]
    return _google_card.front(
        {"class": pair["class"], "object": {**pair["object"], **(changes or {})}}, {}, lang="en-GB", direction="ltr"
    )


def ordered(drawn: str, *texts: str) -> bool:
    places = [drawn.index(f">{text}<") for text in texts]
    return places == sorted(places)


@pytest.mark.parametrize("style", documents.APPLE)
def test_every_front_field_of_every_style_is_drawn_once(style: str) -> None:
    drawn = front(style)

    assert f'class="card apple {style}' in drawn
    for field in _apple_fields.fields(documents.APPLE[style], *_apple_fields.FRONT):
        assert drawn.count(f"<dt><bdi>{field['label']}</bdi></dt>") == 1, field


def test_a_boarding_pass_has_its_way_between_two_places_and_auxiliary_above_secondary() -> None:
    assert ordered(front("boardingPass"), "ZRH", "→", "MIL", "LEAVES", "PASSENGER")


def test_the_second_row_of_a_ticket_stands_by_itself() -> None:
    assert front("eventTicket").count('class="row"') == 3


def test_a_ticket_has_a_picture_behind_it_or_a_strip_and_never_both() -> None:
    both = {**documents.moment("eventTicket").apple.pictures, "strip.png": documents.picture(375, 98)}

    drawn = _apple_card.front(documents.APPLE["eventTicket"], both, lang="en-GB", direction="ltr")

    assert 'class="behind"' in front("eventTicket")
    assert 'class="behind"' not in drawn
    assert "aspect-ratio: 375 / 98" in drawn


@pytest.mark.parametrize("style", ["storeCard", "coupon", "boardingPass"])
def test_a_style_without_a_thumbnail_draws_none(style: str) -> None:
    pictures = {"thumbnail.png": documents.picture(90, 90)}

    drawn = _apple_card.front(documents.APPLE[style], pictures, lang="en-GB", direction="ltr")

    assert "thumbnail" in front("generic")
    assert "thumbnail" not in drawn


def test_a_generic_pass_has_one_row_over_a_square_code_and_two_over_bars() -> None:
    bars = [{"format": "PKBarcodeFormatPDF417", "message": "1", "messageEncoding": "utf-8"}]

    assert front("generic").count('class="row"') == 1
    assert front("generic", barcodes=bars).count('class="row"') == 2


def test_the_code_of_an_old_pass_is_drawn() -> None:
    old = {"format": "PKBarcodeFormatQR", "message": "old", "messageEncoding": "iso-8859-1"}

    assert 'alt="QR code: old"' in front("coupon", barcodes=None, barcode=old)


@pytest.mark.parametrize("encoding", ["utf-8", "ISO-8859-1"])
def test_the_code_holds_its_message_in_its_own_encoding(encoding: str) -> None:
    code = {"format": "PKBarcodeFormatQR", "message": "café", "messageEncoding": encoding}
    drawn = [render.qr("café", encoding=encoding.lower(), module=module).data_url for module in range(2, 10)]

    assert any(one in front("coupon", barcodes=[code]) for one in drawn)


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"value": 12.5, "currencyCode": "GBP"}, "£12.50"),
        ({"value": 1280, "numberStyle": "PKNumberStyleDecimal"}, "1,280"),
        ({"value": 0.15, "numberStyle": "PKNumberStylePercent"}, "15%"),
        ({"value": 12, "currencyCode": "nothing"}, "12 nothing"),
        ({"value": 10**400}, "a number too large to show"),
        ({"value": "2026-12-31T18:00Z", "dateStyle": "PKDateStyleLong"}, "31 December 2026"),
        ({"value": "2026-12-31T18:00Z", "timeStyle": "PKDateStyleShort"}, "18:00"),
        ({"value": "2026-12-31T18:00Z", "isRelative": True}, "31 Dec 2026"),
        ({"value": "2026-12-31T18:00Z"}, "2026-12-31T18:00Z"),
        ({"value": "soon", "dateStyle": "PKDateStyleLong"}, "soon"),
        ({"value": {"a": 1}}, ""),
        ({}, ""),
    ],
)
def test_what_a_document_leaves_to_the_phone_is_written_out(more: dict[str, Any], wanted: str) -> None:
    assert _apple_fields.value({"key": "a", **more}, "en-GB") == wanted


@pytest.mark.parametrize("wrong", [None, 5, "text", [], {"a": 1}, [5], [None], [{"key": ["a"], "value": []}]])
@pytest.mark.parametrize("place", ["storeCard", "primaryFields", "barcodes", "barcode", "backgroundColor", "locations"])
def test_a_document_of_any_shape_is_drawn(place: str, wrong: Any) -> None:
    document = {"storeCard": {place: wrong}, place: wrong} if place == "primaryFields" else {place: wrong}

    drawn = _apple_card.front(document, {}, lang="und", direction="ltr")

    assert "card apple" in drawn
    assert list(_apple_fields.notices(document, document, "und")) == []
    assert _apple_fields.near(document) == []


def test_the_text_of_a_link_stands_on_the_back() -> None:
    drawn = _apple_card.back(documents.APPLE["coupon"], lang="en-GB", direction="ltr")

    assert "<bdi>One per person.</bdi>" in drawn


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("loyalty", ("Still Waters", "Quiet Club", "Points", "1280")),
        ("giftCard", ("Still Waters Spa", "Balance", "£60.00")),
        ("offer", ("Still Waters", "20% off any massage", "Valid until", "31 Dec 2026, 18:00")),
        ("generic", ("Still Waters", "Member", "Priya Subramaniam")),
        ("eventTicket", ("An Evening of Quiet", "Mill Lane Hall", "21 Nov 2026, 19:30", "Gate", "B", "Row", "F")),
    ],
)
def test_each_type_has_its_own_places_on_the_front(kind: str, texts: tuple[str, ...]) -> None:
    assert ordered(google(kind), *texts)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("giftCard", ("Card number", "6006 4711", "PIN", "9021")),
        ("offer", ("Fine print", "One per person.")),
        ("eventTicket", ("Ticket holder", "Confirmation code", "Q7H2", "Face value", "£60.00", "Address")),
    ],
)
def test_each_type_has_its_own_details(kind: str, texts: tuple[str, ...]) -> None:
    drawn = _google_card.details(documents.GOOGLE[kind], lang="en-GB", direction="ltr")

    assert all(f">{text}<" in drawn for text in texts)


def test_a_generic_card_takes_its_colour_from_the_object() -> None:
    assert "--background: rgb(74, 37, 69)" in google("generic")


def test_a_gift_cards_code_is_hidden_where_its_class_does_not_allow_it() -> None:
    pair = documents.GOOGLE["giftCard"]
    closed = {**pair["class"], "allowBarcodeRedemption": False}

    drawn = _google_card.front({**pair, "class": closed}, {}, lang="en-GB", direction="ltr")

    assert documents.CODE in google("giftCard")
    assert documents.CODE not in drawn


def test_a_picture_behind_an_address_is_named_and_not_loaded() -> None:
    drawn = google("offer")

    assert "The phone loads a picture: https://example.com/hero.png" in drawn
    assert '<img src="https' not in drawn


def test_a_text_may_stand_in_the_place_of_a_code() -> None:
    assert "<figcaption><bdi>Show your card</bdi>" in google(
        "generic", {"barcode": {"alternateText": "Show your card"}}
    )


def test_what_a_picture_cannot_say_is_said_under_the_card() -> None:
    assert "The phone writes some dates and numbers of this pass itself" in page(documents.moment("coupon"))
    assert "The phone writes some dates" not in page(documents.moment("generic"))
    assert "an arrow stands for it" in page(documents.moment("boardingPass"))
