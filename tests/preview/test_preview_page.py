import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from tests import cards

from walletcard import apple, google, preview, render
from walletcard.errors import InvalidCardError
from walletcard.model import Design, Face, Field, Money
from walletcard.testing import throwaway_identity

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
Read = Callable[[str], Any]


def strings(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from strings(value)
    elif isinstance(document, (list, tuple)):
        for value in document:
            yield from strings(value)


@pytest.mark.parametrize("name", ["cafe", "spa"])
def test_every_string_of_the_pass_is_on_the_page(name: str, request: pytest.FixtureRequest) -> None:
    face: Face = request.getfixturevalue(name)

    page = unescape(preview.html(face, at=AT))

    assert [text for text in strings(apple.pass_json(face)) if json.dumps(text, ensure_ascii=False) not in page] == []


@pytest.mark.parametrize("name", ["cafe", "spa"])
def test_every_string_of_class_and_object_is_on_the_page(name: str, request: pytest.FixtureRequest) -> None:
    face: Face = request.getfixturevalue(name)
    pictures = render.pictures(face, wallet="google")
    made = google.resources(
        face,
        issuer_id="3388000000012345678",
        pictures=pictures,
        host=lambda picture: f"https://preview.invalid/{picture.key}.png",
    )

    page = unescape(preview.html(face, issuer_id="3388000000012345678", at=AT))

    wanted = [*strings(made.class_), *strings(made.object)]
    assert [text for text in wanted if json.dumps(text, ensure_ascii=False) not in page] == []


@pytest.mark.parametrize("name", ["cafe", "spa"])
def test_a_reader_sees_every_field_without_unfolding_anything(
    name: str, request: pytest.FixtureRequest, read: Read
) -> None:
    face: Face = request.getfixturevalue(name)

    seen = read(preview.html(face, at=AT)).texts

    shown = [text for one in face.fields for text in (one.front_label or one.label, one.value)]
    shown += [text for one in face.balances for text in (one.label, (len(one.text) > 7 and one.short) or one.text)]
    assert [text for text in (*shown, face.title, face.issuer, face.id) if text not in seen] == []


def test_nothing_is_loaded_and_no_script_runs(cafe: Face, read: Read) -> None:
    page = read(preview.html(cafe, previous=cafe, at=AT))

    addresses = [found[name] for _, found in page.tags for name in ("src", "href", "srcset", "data") if name in found]
    assert addresses
    assert all(address.startswith("data:image/png;base64,") for address in addresses)
    assert not {"script", "link", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]
    assert "url(" not in page.source
    assert "@import" not in page.source


def test_a_browser_is_told_to_load_and_run_nothing(cafe: Face, read: Read) -> None:
    for page in (preview.html(cafe, at=AT), preview.sheet(cards.cafe(), at=AT)):
        [policy] = [found for found in read(page).attributes("meta") if "http-equiv" in found]

        assert policy["http-equiv"] == "Content-Security-Policy"
        assert policy["content"] == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def test_the_page_is_well_formed_and_described(cafe: Face, read: Read) -> None:
    page = read(preview.html(cafe, at=AT))

    assert page.source.startswith("<!DOCTYPE html>\n<html lang=")
    assert page.balanced
    assert page.open == []
    assert {"charset": "utf-8"} in page.attributes("meta")
    assert "viewport" in [found.get("name") for found in page.attributes("meta")]
    assert "<title>Copper Kettle Coffee stamp card – preview</title>" in page.source
    assert len(page.attributes("h1")) == 1


def test_every_picture_has_a_text(cafe: Face, read: Read) -> None:
    page = read(preview.html(cafe, at=AT))

    alts = [found["alt"] for found in page.attributes("img")]
    assert "QR code: CK-7F3A29" in alts
    assert "Stamp card: 6 of 9 stamps. 3 coffees to go for a free coffee." in alts
    assert all(alts)


def test_foreign_text_is_escaped_everywhere(cafe: Face) -> None:
    evil = '<script>alert("1")</script>&\'</style>'
    fields = (*cafe.fields, Field.back("evil", evil, evil))
    face = replace(cafe, title=evil, issuer=evil, description=evil, member=evil, fields=fields)

    page = preview.html(face, at=AT)

    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;" in page


@pytest.mark.parametrize(("name", "lang", "direction"), [("cafe", "en-GB", "ltr"), ("spa", "he", "rtl")])
def test_each_card_has_its_own_language_and_direction(
    name: str, lang: str, direction: str, request: pytest.FixtureRequest, read: Read
) -> None:
    page = read(preview.html(request.getfixturevalue(name), at=AT))

    parts = [*page.attributes("article"), *page.attributes("dl", "back"), *page.attributes("p", "notice")]
    assert len(parts) == 5
    assert {(part["lang"], part["dir"]) for part in parts} == {(lang, direction)}


def test_a_direction_given_by_hand_is_kept(cafe: Face, read: Read) -> None:
    page = read(preview.html(replace(cafe, direction="rtl"), at=AT))

    assert {part["dir"] for part in page.attributes("article")} == {"rtl"}


def test_without_identity_the_page_says_that_phones_refuse_it(cafe: Face) -> None:
    page = preview.html(cafe, at=AT)

    assert "Not signed yet, so that phones would refuse it: make_pkpass signs." in page
    assert "passTypeIdentifier" not in page


def test_a_throwaway_identity_is_named(cafe: Face) -> None:
    page = preview.html(cafe, identity=throwaway_identity(at=AT), at=AT)

    assert "Phones refuse this card: it is signed with a throw-away key." in page
    assert "passTypeIdentifier" in page


def test_every_page_says_what_only_a_phone_knows(cafe: Face) -> None:
    for page in (preview.html(cafe, at=AT), preview.sheet(cards.cafe(), at=AT)):
        assert "Drawn by walletcard from the finished documents; never compared with a phone here." in page


def test_a_logo_behind_an_address_is_an_initial(cafe: Face, read: Read) -> None:
    page = read(preview.html(cafe, at=AT))

    (logo,) = page.attributes("span", "logo")
    assert logo["role"] == "img"
    assert logo["aria-label"] == "Logo at https://example.com/kettle.png"


def test_without_an_address_the_drawn_logo_stands_there(cafe: Face, read: Read) -> None:
    face = replace(cafe, design=replace(cafe.design, logo_url=None))

    page = read(preview.html(face, at=AT))

    assert len(page.attributes("img", "logo")) == 1
    assert "https://preview.invalid/" in page.source


def test_a_half_that_cannot_be_built_shows_its_issues(read: Read) -> None:
    face = Face(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        description="Still Waters gift voucher",
        locale="en-GB",
        kind="gift",
        design=Design(background="#4A2545"),
        fields=(Field.front("balance", "Balance", "£60.00", slot="header"),),
    )

    page = read(preview.html(face, issuer_id="not a number", at=AT))

    assert len(page.attributes("article", "apple")) == 1
    assert page.attributes("article", "google") == []
    assert "This card cannot be built." in page.texts
    assert "issuer.invalid" in page.texts


def test_colours_that_cannot_be_told_apart_are_told_in_both_places(cafe: Face, read: Read) -> None:
    face = replace(cafe, design=replace(cafe.design, foreground="#402A1E"))

    page = read(preview.html(face, at=AT))

    assert page.attributes("article") == []
    assert page.texts.count("color.contrast") >= 2
    assert "Card that cannot be built" in page.texts


def test_before_and_after_stand_side_by_side(cafe: Face, read: Read) -> None:
    earlier = replace(
        cafe, fields=tuple(replace(one, value="5 of 9") if one.key == "stamps" else one for one in cafe.fields)
    )

    page = read(preview.html(cafe, previous=earlier, at=AT))

    headings = [text for text in page.texts if text.startswith(("Apple Wallet", "Google Wallet"))]
    assert headings == ["Apple Wallet, before", "Apple Wallet, after", "Google Wallet, before", "Google Wallet, after"]
    assert page.texts.index("5 of 9") < page.texts.index("6 of 9")


def test_only_what_has_changed_is_announced(cafe: Face) -> None:
    same = preview.html(cafe, previous=cafe, at=AT)

    assert same.count("Stamp added: 6 of 9") == 1  # The earlier card's own; nothing changed on the later one.


def test_a_time_without_zone_is_refused(cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        preview.html(cafe, at=datetime(2026, 11, 21))  # noqa: DTZ001

    assert caught.value.code == "time.naive"


def test_the_same_card_gives_the_same_page(cafe: Face) -> None:
    assert preview.html(cafe, at=AT) == preview.html(cafe, at=AT)


def link_notes(page: str) -> list[str]:
    return [text for text in re.findall(r"<p class=.state.>([^<]*)</p>", unescape(page)) if "save link" in text]


def test_the_page_says_once_what_a_save_link_of_the_card_leaves_out(cafe: Face) -> None:
    told = (
        "A save link has no room for all of this: it leaves out its texts, the layout of its rows and its picture. "
        'For the card as drawn, put it to Google with google.Client, then make the link with form="id".'
    )

    assert link_notes(preview.html(cafe, at=AT)) == [told]
    assert link_notes(preview.html(cafe, previous=cafe, at=AT)) == [told]


@pytest.fixture
def bare(cafe: Face) -> Face:
    return replace(cafe, fields=(), shared=(), balances=cafe.balances[:1], strip=None)


def test_a_card_that_a_link_holds_whole_needs_no_word(bare: Face) -> None:
    assert link_notes(preview.html(bare, at=AT)) == []


def test_a_card_that_no_link_holds_is_said_to_be_one(bare: Face) -> None:
    long = replace(bare, design=replace(bare.design, logo_url=f"https://example.com/{'x' * 900}.png"))

    [told] = link_notes(preview.html(long, at=AT))

    assert told.startswith("No save link has room for this card. For the card as drawn, put it to Google")


def test_other_languages_count_for_the_link(bare: Face) -> None:
    others = [replace(bare, locale=tag, title="語" * 64, issuer="語" * 64) for tag in ("he", "ru", "fa")]

    [told] = link_notes(preview.html(bare, translations=others, at=AT))

    assert "its other languages" in told


def gift(locale: str) -> Face:
    return Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        locale=locale,
        description="Still Waters gift voucher",
        balance=Money(6000, "GBP"),
        design=Design(background="#4A2545", logo_url="https://example.com/still.png"),
    )


@pytest.mark.parametrize(("locale", "said"), [("he", True), ("en-GB", False), ("en", False)])
def test_labels_that_google_says_itself_are_named_beside_a_card_in_another_language(locale: str, said: bool) -> None:
    page = unescape(preview.html(gift(locale), at=AT))

    told = "English here, in the phone's language there, since Google says them itself: Balance, Card number."
    assert (told in page) is said


def test_a_card_whose_labels_are_its_own_has_no_such_word(spa: Face) -> None:
    assert "since Google says them itself" not in unescape(preview.html(spa, at=AT))
