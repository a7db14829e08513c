"""Every kind of card as a pass: its style, its pictures, its signature."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests import kinds
from tests.apple.conftest import png

import walletcard as wc
from walletcard import apple, render, testing
from walletcard.apple import Identity
from walletcard.model import Place

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
STYLES = {"gift": "storeCard", "offer": "coupon", "generic": "generic", "event": "eventTicket"}


@pytest.fixture(scope="module")
def signer() -> testing.ThrowawayIdentity:
    return testing.throwaway_identity(at=AT)


def pass_of(kind: str, **changes: Any) -> dict[str, Any]:
    return apple.pass_json(kinds.KINDS[kind](**changes))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_has_its_style_and_nothing_to_complain_of(kind: str) -> None:
    face = kinds.KINDS[kind]()
    pictures = render.pictures(face, wallet="apple")

    assert STYLES[kind] in apple.pass_json(face)
    assert apple.check(face, pictures=pictures, at=AT) == ()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second opinion")
@pytest.mark.parametrize("kind", kinds.KINDS)
def test_openssl_verifies_every_kind(kind: str, signer: testing.ThrowawayIdentity, tmp_path: Path) -> None:
    package = apple.read(wc.make_pkpass(kinds.KINDS[kind](), identity=signer, at=AT))
    for name, content in (*package.files.items(), ("root.pem", signer.root_pem)):
        (tmp_path / name).write_bytes(content)

    command = "openssl cms -verify -inform DER -binary -content manifest.json -in signature -CAfile root.pem"
    ran = subprocess.run([*command.split(), "-purpose", "any"], cwd=tmp_path, capture_output=True)

    assert ran.returncode == 0, ran.stderr


def test_beside_the_icon_stands_who_gives_the_card_where_the_title_is_large() -> None:
    assert [pass_of(kind)["logoText"] for kind in kinds.KINDS] == [
        "Gift voucher",
        "Still Waters",
        "Тихий час",
        "לוטוס ספא",
    ]


def test_links_stand_on_the_back_as_a_person_reads_them() -> None:
    back = pass_of("gift")["storeCard"]["backFields"]

    assert [one for one in back if one["key"].startswith("link")] == [
        {"key": "link", "label": "Book", "value": "https://example.com/book"},
        {"key": "link_2", "label": "Call us", "value": "+441225550179"},
    ]


def test_a_link_takes_a_key_that_no_field_has() -> None:
    own = wc.Field.back("link", "Link", "ours")

    keys = [one["key"] for one in pass_of("gift", fields=(own,))["storeCard"]["backFields"]]

    assert keys == ["link", "link_2", "link_3"]


def test_places_say_what_the_lock_screen_says() -> None:
    bare = Place(latitude=1.5, longitude=2)

    assert pass_of("gift", places=(kinds.BATH, bare))["locations"] == [
        {"latitude": 51.3781, "longitude": -2.3597, "relevantText": "Your voucher is waiting."},
        {"latitude": 1.5, "longitude": 2.0},
    ]
    assert "locations" not in pass_of("generic")


def test_a_ticket_is_offered_when_the_event_begins() -> None:
    document = pass_of("event")

    assert document["relevantDates"] == [
        {"date": "2027-01-14T19:30:00+02:00", "relevantDate": "2027-01-14T19:30:00+02:00"}
    ]
    assert document["semantics"] == {
        "eventName": "סדנת עיסוי לזוגות",
        "eventType": "PKEventTypeGeneric",
        "eventStartDate": "2027-01-14T19:30:00+02:00",
        "eventEndDate": "2027-01-14T22:00:00+02:00",
        "venueName": "לוטוס ספא",
    }
    assert document["expirationDate"] == "2027-01-14T22:00:00+02:00"


def test_a_card_with_a_name_on_it_is_not_for_passing_on_and_a_coupon_is() -> None:
    assert [kind for kind in kinds.KINDS if "sharingProhibited" in pass_of(kind)] == ["generic"]
    assert "sharingProhibited" not in pass_of("generic", member=None)


def pictured(kind: str, **pictures: bytes) -> wc.Face:
    face = kinds.KINDS[kind]()
    return replace(face, design=replace(face.design, **pictures))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("gift", {"icon", "strip"}),
        ("offer", {"icon", "strip"}),
        ("generic", {"icon", "thumbnail"}),
        ("event", {"icon", "thumbnail", "background"}),
    ],
)
def test_a_pass_holds_the_pictures_that_its_style_shows(kind: str, names: set[str]) -> None:
    face = pictured(kind, thumbnail=png(200, 300), background_picture=png(600, 880))

    files = render.pictures(face, wallet="apple")

    assert {name.split(".")[0].split("@")[0] for name in files} == names
    assert len(files) == 3 * len(names)
    assert apple.check(face, pictures=files, at=AT) == ()


def test_pictures_are_scaled_and_never_stretched() -> None:
    files = render.pictures(
        pictured("event", thumbnail=png(200, 300), background_picture=png(1029, 1509)), wallet="apple"
    )

    sizes = {name: (one.width, one.height) for name, one in files.items() if not name.startswith("icon")}

    assert sizes == {
        "thumbnail.png": (60, 90),
        "thumbnail@2x.png": (120, 180),
        "thumbnail@3x.png": (180, 270),
        "background.png": (343, 503),
        "background@2x.png": (686, 1006),
        "background@3x.png": (1029, 1509),
    }


def test_a_picture_of_a_few_pixels_is_refused_with_the_size_to_give() -> None:
    with pytest.raises(wc.WalletCardError) as caught:
        render.pictures(pictured("event", thumbnail=png(20, 20)), wallet="apple")

    assert (caught.value.code, caught.value.where) == ("image.small", "design.thumbnail")
    assert "270x270" in str(caught.value)


def test_a_strip_that_no_iphone_shows_is_a_warning_and_not_in_the_pass() -> None:
    face = kinds.generic()
    face = replace(face, strip=face.design.strip(direction="ltr"))

    files = render.pictures(face, wallet="apple")

    assert not [name for name in files if name.startswith("strip")]
    assert [(one.code, one.severity) for one in apple.check(face, pictures=files, at=AT)] == [
        ("strip.unseen", "warning")
    ]


def test_two_languages_of_a_ticket(identity: Identity) -> None:
    hebrew = kinds.event()
    english = kinds.event(
        locale="en", title="Couples' massage", issuer="Lotus Spa", description="Ticket", member="Noa Levi"
    )
    files = render.pictures(hebrew, wallet="apple")

    made = apple.read(apple.build(hebrew, identity=identity, pictures=files, translations=(english,), at=AT))

    large = json.loads(made.files["pass.json"])["eventTicket"]["primaryFields"][0]["value"]
    assert {language: texts.get(large) for language, texts in made.languages.items()} == {
        "en": "Couples' massage",
        "he": "סדנת עיסוי לזוגות",
    }
