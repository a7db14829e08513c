"""Cards made by hand: what each kind shows."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests import kinds

from walletcard.errors import InvalidCardError
from walletcard.model import Face, Field, Link, Money, Occasion, Place

AT = datetime(2027, 1, 14, 19, 30, tzinfo=UTC)


def shown(face: Face) -> list[tuple[str, str, str, str]]:
    return [(one.slot, one.key, one.label, one.value) for one in face.fields]


def test_an_offer_shows_its_worth_its_title_and_until_when() -> None:
    face = kinds.offer()

    assert (face.kind, face.program, face.serial) == ("offer", "winter-2026", "winter-2026.WIN-0042")
    assert shown(face) == [
        ("primary", "title", "Winter offer", "20 % off"),
        ("back", "terms", "Terms", "Any massage of an hour or more. One voucher a visit."),
        ("auxiliary", "member", "Member", "Priya S."),
        ("auxiliary", "valid_until", "Valid until", "31 Jan 2027"),
    ]
    assert face.fields[0].front_label == "WINTER OFFER"
    assert face.strip is not None
    assert face.alt == "Winter offer: 20 % off"
    assert face.barcode is not None
    assert (face.barcode.message, face.barcode.alt) == ("WIN-0042", "WIN-0042")


def test_an_offer_without_a_worth_shows_its_title_alone() -> None:
    face = kinds.offer(value=None, member=None, expires=None, code="ABC", alt="Ein Gutschein", fields=())

    assert shown(face) == [("primary", "title", "", "Winter offer")]
    assert face.alt == "Ein Gutschein"
    assert face.barcode is not None
    assert (face.barcode.message, face.barcode.alt) == ("ABC", "WIN-0042")
    assert kinds.offer(value=None).alt == "Winter offer"


def test_a_plain_card_shows_who_holds_it_and_draws_no_strip() -> None:
    face = kinds.generic()

    assert (face.kind, face.serial, face.strip) == ("generic", "generic.AP-77K2", None)
    assert shown(face) == [
        ("primary", "title", "Годовой абонемент", "Золото"),
        ("auxiliary", "member", "Клиент", "Анна К."),
        ("auxiliary", "valid_until", "Действует до", "15.03.2027"),
    ]


def test_a_ticket_shows_when_and_where_in_the_time_of_the_place() -> None:
    face = kinds.event()

    assert shown(face) == [
        ("primary", "title", "", "סדנת עיסוי לזוגות"),
        ("secondary", "when", "מתי", "14.01.2027, 19:30"),
        ("secondary", "doors", "פתיחת דלתות", "19:00"),
        ("auxiliary", "where", "איפה", "לוטוס ספא"),
        ("auxiliary", "member", "שם", "נועה לוי"),
        ("back", "address", "לוטוס ספא", "רחוב הגפן 12\nחיפה"),
    ]
    assert face.direction == "rtl"
    assert face.expires == face.occasion.ends if face.occasion else False
    assert face.strip is None


def test_a_ticket_can_say_less() -> None:
    face = kinds.event(occasion=Occasion(starts=AT), member=None, locale="fa")

    assert [key for _, key, *_ in shown(face)] == ["title", "when"]
    assert not any(
        one.isascii() and one.isdigit() for _, key, _, value in shown(face) if key == "when" for one in value
    )
    assert face.expires is None
    assert kinds.event(expires=AT).expires == AT


@pytest.mark.parametrize("language", ["en", "en-US", "he", "ru", "zh-Hans", "fa"])
@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_made_in_every_language_and_comes_back_from_json(kind: str, language: str) -> None:
    face = kinds.KINDS[kind](locale=language)

    assert Face.from_json(face.to_json()) == face
    assert face.locale == language


@pytest.mark.parametrize(
    ("made", "code", "where"),
    [
        (lambda: kinds.offer(locale="sv"), "language.unknown", "locale"),
        (lambda: kinds.offer(value=""), "text.empty", "face.value"),
        (lambda: kinds.offer(value=20), "text.type", "face.value"),
        (lambda: kinds.offer(title="x" * 65), "text.length", "face.title"),
        (lambda: kinds.offer(design="#123456"), "face.design", "face.design"),
        (lambda: kinds.offer(fields=(1,)), "list.entry", "face.fields[0]"),
        (lambda: kinds.offer(expires="tomorrow"), "time.type", "face.expires"),
        (lambda: kinds.offer(links=("https://example.com",)), "list.entry", "face.links[0]"),
        (lambda: kinds.offer(links=(kinds.BOOK,) * 11), "face.links", "face.links"),
        (lambda: kinds.offer(links=(Link({"en": "Book"}, kinds.BOOK.url),)), "text.type", "face.links[0].label"),
        (lambda: kinds.offer(places=(kinds.BATH,) * 11), "face.places", "face.places"),
        (
            lambda: kinds.offer(places=(Place(latitude=1, longitude=1, text={"en": "Hi"}),)),
            "text.type",
            "face.places[0].text",
        ),
        (lambda: kinds.event(occasion=AT), "face.occasion", "event.occasion"),
        (lambda: kinds.gift(balance=60), "gift.balance", "gift.balance"),
        (lambda: kinds.gift(value=Money(1, "GBP")), "gift.value", "gift.value"),
        (
            lambda: Face(
                id="a", issuer="b", title="c", description="d", locale="en", design=kinds.gift().design, kind="event"
            ),
            "face.occasion",
            "face.occasion",
        ),
    ],
)
def test_what_no_card_can_be_made_of_is_named(made: Any, code: str, where: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        made()

    assert [(one.code, one.where) for one in caught.value.issues] == [(code, where)]


# What surrounds a card.


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/book?a=1", "https://example.com/book?a=1"),
        ("tel:+44-1225-550179", "+44-1225-550179"),
        ("mailto:hello@example.com?subject=Hi", "hello@example.com"),
        ("mailto:%D7%A9@example.com", "ש@example.com"),
    ],
)
def test_a_link_is_shown_as_a_person_reads_it(url: str, shown: str) -> None:
    assert Link("Book", url).shown == shown


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.com", "link.insecure"),
        ("ftp://example.com", "link.insecure"),
        ("javascript:alert(1)", "link.insecure"),
        ("https://user:word@example.com", "link.credentials"),
        ("https://example.com:port/", "link.invalid"),
        ("https://", "link.invalid"),
        ("https://exam ple.com", "link.invalid"),
        ("tel:", "link.invalid"),
        ("tel:call me", "link.invalid"),
        ("tel:+1(2", "link.invalid"),
        ("mailto:nobody", "link.invalid"),
        ("mailto:@example.com", "link.invalid"),
        ("mailto:a b@example.com", "link.invalid"),
        ("", "text.empty"),
        ("https://example.com/" + "a" * 2_000, "text.length"),
    ],
)
def test_b037_b038_b039_a_link_that_leads_nowhere_is_named(url: str, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Link("Book", url)

    assert [(one.code, one.where) for one in caught.value.issues] == [(code, "link.url")]
    assert "user:word" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"latitude": 91}, "place.latitude"),
        ({"latitude": -90.01}, "place.latitude"),
        ({"longitude": 180.5}, "place.longitude"),
        ({"longitude": float("nan")}, "place.longitude"),
        ({"latitude": float("inf")}, "place.latitude"),
        ({"latitude": "51.3"}, "place.latitude"),
        ({"latitude": True}, "place.latitude"),
    ],
)
def test_b097_a_place_off_the_map_is_named(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Place(**{"latitude": 51.4, "longitude": -2.4, **changes})

    assert [(one.code, one.where) for one in caught.value.issues] == [("place.degrees", where)]


def test_the_poles_and_the_date_line_are_places() -> None:
    assert Place(latitude=-90, longitude=180).longitude == 180.0
    assert Place(latitude=90, longitude=-180).latitude == 90.0


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"starts": AT.replace(tzinfo=None)}, "time.naive", "occasion.starts"),
        ({"starts": None}, "time.type", "occasion.starts"),
        ({"ends": AT}, "time.order", "occasion.ends"),
        ({"doors": AT + timedelta(minutes=1)}, "time.order", "occasion.doors"),
        ({"doors": AT - timedelta(days=2)}, "time.order", "occasion.doors"),
        ({"address": "12 Mill Lane"}, "occasion.venue", "occasion.venue"),
        ({"venue": "\x07"}, "text.control", "occasion.venue"),
    ],
)
def test_an_occasion_that_cannot_be_is_named(changes: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Occasion(**{"starts": AT, **changes})

    assert [(one.code, one.where) for one in caught.value.issues] == [(code, where)]


def test_an_occasion_can_begin_as_doors_open() -> None:
    assert Occasion(starts=AT, doors=AT).doors == AT


def test_a_field_can_be_given_its_own_upper_case_label() -> None:
    own = Field(key="for", label="For", value="Emma", slot="secondary", front_label="ΓΙΑ")

    assert kinds.gift(fields=(own,)).in_slot("secondary")[0].front_label == "ΓΙΑ"


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_fields_that_can_be_gone_through_only_once_all_stand_on_the_card(kind: str) -> None:
    own = (Field.back("one", "One", "1"), Field.back("two", "Two", "2"))

    face = kinds.KINDS[kind](fields=(one for one in own))

    assert [one for one in face.fields if one in own] == list(own)


@pytest.mark.parametrize(
    ("midnight", "last"),
    [
        (datetime(2026, 4, 24, 1, tzinfo=ZoneInfo("Africa/Cairo")), "23 Apr 2026"),  # At midnight clocks go to one.
        (datetime(2026, 4, 25, tzinfo=ZoneInfo("Africa/Cairo")), "24 Apr 2026"),
        (datetime(2026, 4, 25, 0, 1, tzinfo=ZoneInfo("Africa/Cairo")), "25 Apr 2026"),
    ],
)
def test_the_first_instant_of_a_day_ends_the_day_before_even_where_clocks_skip_midnight(
    midnight: datetime, last: str
) -> None:
    face = kinds.offer(expires=midnight)

    assert ("auxiliary", "valid_until", "Valid until", last) in shown(face)
