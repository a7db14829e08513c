"""Every kind of card that is made by hand, as Google's class and object."""

import json
from dataclasses import replace
from typing import Any

import jwt
import pytest
from tests import kinds
from tests.google.discovery import faults

from walletcard import google
from walletcard.google import ServiceAccount
from walletcard.model import Field, Link, Occasion
from walletcard.testing._google import ThrowawayServiceAccount

ISSUER = "3388000000012345678"
TYPES = {"gift": "GiftCard", "offer": "Offer", "generic": "Generic", "event": "EventTicket"}


def made(kind: str, **changes: Any) -> google.Resources:
    return google.resources(kinds.KINDS[kind](**changes), issuer_id=ISSUER)


def rows(found: google.Resources) -> list[list[list[str]]]:
    template = found.class_["classTemplateInfo"]["cardTemplateOverride"]["cardRowTemplateInfos"]
    places = ("item", "startItem", "middleItem", "endItem")
    inner = [next(iter(row.values())) for row in template]
    return [
        [[one["fieldPath"] for one in row[place]["firstValue"]["fields"]] for place in places if place in row]
        for row in inner
    ]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_clean_against_googles_whole_document(kind: str, schemas: Any) -> None:
    found = made(kind)

    for part, name in ((found.class_, f"{TYPES[kind]}Class"), (found.object, f"{TYPES[kind]}Object")):
        assert list(faults(part, schemas[name], schemas, name)) == []
        assert [one for one in google.lint(name, part) if one.severity == "error"] == []


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_fits_into_a_link_that_a_jwt_library_verifies(
    kind: str, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: Any
) -> None:
    link = google.save_link(kinds.KINDS[kind](), account=account, issuer_id=ISSUER, at=at)
    name = TYPES[kind][0].lower() + TYPES[kind][1:]

    claims = jwt.decode(
        link.url.rsplit("/", 1)[1],
        throwaway.public_pem,
        algorithms=["RS256"],
        audience="google",
        options={"verify_iat": False},
    )

    assert link.length <= 1_800
    assert [len(claims["payload"][f"{name}{part}"]) for part in ("Classes", "Objects")] == [1, 1]


def test_an_offer_stands_on_its_class() -> None:
    found = made("offer")

    assert found.class_id == f"{ISSUER}.winter-2026"
    assert (found.class_["title"], found.class_["provider"]) == ("Winter offer", "Still Waters")
    assert found.class_["redemptionChannel"] == "INSTORE"
    assert found.class_["titleImage"]["sourceUri"]["uri"] == kinds.LOGO
    assert rows(found) == [
        [["object.textModulesData['title']"]],
        [["object.textModulesData['member']"], ["object.textModulesData['valid_until']"]],
    ]
    assert found.object["textModulesData"][0] == {"id": "title", "header": "Winter offer", "body": "20 % off"}


def test_an_offers_title_is_said_once() -> None:
    assert [one["id"] for one in made("offer", value=None).object["textModulesData"]] == [
        "terms",
        "member",
        "valid_until",
    ]


def test_a_plain_card_has_its_look_on_the_object() -> None:
    found = made("generic")

    assert set(found.class_) == {"id", "classTemplateInfo", "multipleDevicesAndHoldersAllowedStatus"}
    assert found.object["cardTitle"]["defaultValue"] == {"language": "ru", "value": "Тихий час"}
    assert found.object["header"]["defaultValue"]["value"] == "Золото"
    assert found.object["subheader"]["defaultValue"]["value"] == "Годовой абонемент"
    assert found.object["hexBackgroundColor"] == "#34495E"
    assert found.object["logo"]["sourceUri"]["uri"] == kinds.LOGO
    assert [one["id"] for one in found.object["textModulesData"]] == ["member", "valid_until"]


def test_a_plain_card_without_a_value_is_headed_by_its_title() -> None:
    found = made("generic", value=None).object

    assert found["header"]["defaultValue"]["value"] == "Годовой абонемент"
    assert "subheader" not in found
    bare = replace(kinds.generic(), fields=())
    assert google.resources(bare, issuer_id=ISSUER).object["header"]["defaultValue"]["value"] == "Годовой абонемент"


def test_a_plain_card_says_everything_once_and_loses_nothing() -> None:
    """The head takes the one field in large letters; a second one has a row like any other."""
    locker = Field.front("locker", "Locker", "17", slot="primary")
    title = Field.front("again", "Pass", "Годовой абонемент", slot="primary")

    found = made("generic", fields=(locker, title), member=None, expires=None)

    assert found.object["textModulesData"] == [
        {"id": "locker", "header": "Locker", "body": "17"},
        {"id": "again", "header": "Pass", "body": "Годовой абонемент"},
    ]
    assert rows(found) == [[["object.textModulesData['locker']"], ["object.textModulesData['again']"]]]
    alone = replace(kinds.generic(), fields=(locker,))
    found = google.resources(alone, issuer_id=ISSUER)
    assert found.object["header"]["defaultValue"]["value"] == "17"
    assert "textModulesData" not in found.object


def test_a_ticket_says_when_and_where() -> None:
    found = made("event")

    assert found.class_["eventName"]["defaultValue"] == {"language": "he", "value": "סדנת עיסוי לזוגות"}
    assert found.class_["dateTime"] == {
        "start": "2027-01-14T19:30:00+02:00",
        "end": "2027-01-14T22:00:00+02:00",
        "doorsOpen": "2027-01-14T19:00:00+02:00",
    }
    assert found.class_["venue"]["address"]["defaultValue"]["value"] == "רחוב הגפן 12\nחיפה"
    assert (found.object["ticketNumber"], found.object["ticketHolderName"]) == ("WS-118", "נועה לוי")
    assert "address" not in [one["id"] for one in found.object["textModulesData"]]
    assert [["object.textModulesData['where']"], ["object.ticketHolderName"]] in rows(found)


def test_a_ticket_without_an_address_names_the_venue_in_a_text() -> None:
    starts = kinds.event().occasion
    assert starts is not None

    found = made("event", occasion=Occasion(starts=starts.starts, venue="לוטוס ספא"), member=None)

    assert "venue" not in found.class_
    assert "ticketHolderName" not in found.object
    assert {"id": "where", "header": "איפה", "body": "לוטוס ספא"} in found.object["textModulesData"]


@pytest.mark.parametrize(("shared", "holder"), [(True, "class_"), (False, "object")])
def test_links_stand_on_the_class_when_all_cards_share_them(shared: bool, holder: str) -> None:
    link = Link("Book", "https://example.com/book", shared=shared)

    found = made("offer", links=(link,))

    assert getattr(found, holder)["linksModuleData"] == {
        "uris": [{"id": "link_1", "uri": "https://example.com/book", "description": "Book"}]
    }
    assert [("linksModuleData" in part) for part in (found.class_, found.object)] == [shared, not shared]


def test_a_link_is_said_in_two_languages() -> None:
    book = kinds.BOOK
    other = kinds.offer(locale="he", links=(Link("להזמנה", book.url),))

    found = google.resources(kinds.offer(), issuer_id=ISSUER, translations=(other,))

    assert found.object["linksModuleData"]["uris"][0]["localizedDescription"]["translatedValues"] == [
        {"language": "he", "value": "להזמנה"}
    ]


def test_places_wait_until_google_has_let_the_business_in() -> None:
    face = kinds.offer()
    extra = {"class": {"merchantLocations": google.merchant_locations(face)}}

    without, with_ = (google.resources(face, issuer_id=ISSUER, extra=one) for one in (None, extra))

    assert without.left_out == ("hero", "places")
    assert "merchantLocations" not in without.class_
    assert with_.class_["merchantLocations"] == [{"latitude": 51.3781, "longitude": -2.3597}]
    assert with_.left_out == ("hero",)
    assert google.lint("OfferClass", with_.class_) == ()


def test_a_link_says_that_places_stayed_behind(account: ServiceAccount, at: Any) -> None:
    assert "places" in google.save_link(kinds.offer(), account=account, issuer_id=ISSUER, at=at).left_out


def test_cards_in_the_same_state_differ_by_what_surrounds_them() -> None:
    first, second = made("offer"), made("offer", links=(Link("Call", "tel:+441225550179"),))

    assert "example.com/book" in json.dumps(first.object)
    assert "tel:+441225550179" in json.dumps(second.object)


def test_a_generic_card_never_asks_to_notify() -> None:
    before = kinds.generic()
    now = replace(before, fields=(*before.fields, Field.front("visits", "Визиты", "3")), announces="visits")

    assert "notifyPreference" not in google.patch(now, since=before, issuer_id=ISSUER)


def test_a_long_ticket_leaves_its_venue_at_home_last(account: ServiceAccount, at: Any) -> None:
    link = google.save_link(kinds.event(links=(kinds.BOOK,)), account=account, issuer_id=ISSUER, at=at)

    assert link.form == "compact"
    assert link.left_out == ("text modules", "template", "descriptions", "links", "venue")


def test_an_address_is_dropped_only_where_the_class_says_it() -> None:
    ticket = kinds.event()
    plain = replace(ticket, kind="generic", strip=None)

    found = google.resources(plain, issuer_id=ISSUER)

    assert "address" in [one["id"] for one in found.object["textModulesData"]]
