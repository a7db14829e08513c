"""What cards of one state share is made once: the same documents come out as when each is made by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from _six_cards import members

import walletcard as wc
from walletcard import google
from walletcard.errors import InvalidDocumentError
from walletcard.google import _states
from walletcard.model import Balance, Barcode, Design, Face, Field, Money, Picture

ISSUER = "3388000000012345678"
DAY = datetime(2026, 11, 21, 10, tzinfo=UTC)


def variants(face: Face) -> Iterator[Face]:
    """Yield the card with one thing changed at a time, everything that a face has."""
    yield face
    yield replace(face, id="OTHER-1")
    yield replace(face, member="Someone Else")
    yield replace(face, member=None)
    others = tuple(one for one in face.fields if one.key not in ("member", "tier"))
    for name in ("Emma", "Olga"):
        yield replace(face, member=name, fields=(*others, Field.front("member", "For", name)))
    yield replace(face, member="Olga", fields=(Field.back("member", "For", "Olga"),))
    yield replace(face, member="Olga", fields=(Field.back("member", "Für", "Olga"),))
    yield replace(face, member="Olga", fields=(Field.front("member", "For", "Someone"),))
    yield replace(face, barcode=Barcode(message="another", alt="A"))
    yield replace(face, barcode=None)
    yield replace(face, expires=DAY)
    yield replace(face, expires=DAY.astimezone(timezone(timedelta(hours=2))))
    yield replace(face, valid_from=DAY)
    yield replace(face, title="Another")
    yield replace(face, issuer="Another")
    yield replace(face, locale="de")
    yield replace(face, program="another")
    yield replace(face, tier="gold")
    yield replace(face, tier="gold", fields=(Field.front("tier", "Level", "Gold"), *others))
    yield replace(face, state="closed")
    yield replace(face, strip=None)
    yield replace(face, design=Design(background="#003B2F", logo_url="https://example.com/a.png"))
    yield replace(face, design=Design(background="#003B2F", logo_url="https://example.com/b.png"))
    yield replace(face, fields=())
    yield replace(face, fields=(Field.back("a", "A", "1"),))
    yield replace(face, fields=(Field.back("a", "A", "2"),))
    yield replace(face, fields=(Field.back("a", "B", "2"),))
    yield replace(face, fields=(Field.back("b", "B", "2"),))
    yield replace(face, fields=(Field.front("b", "B", "2"),))
    yield replace(face, fields=(replace(Field.back("b", "B", "2"), shared=True),))
    yield replace(face, balances=())
    yield replace(face, balances=(Balance(label="B", text="1", amount=1),))
    yield replace(face, balances=(Balance(label="B", text="1"),))
    yield replace(face, balances=(Balance(label="B", text="£1", amount=Money(100, "GBP")),))
    yield replace(face, balances=(Balance(label="B", text="£1", amount=Money(100, "EUR")),))


def all_faces(cafe: Face, spa: Face) -> list[Face]:
    six = [wc.face(one.program, one.card, at=one.at) for one in members()]
    return [variant for face in (cafe, spa, *six) for variant in variants(face)]


def made(face: Face) -> google.Resources:
    return google.resources(face, issuer_id=ISSUER)


def test_a_card_after_others_is_the_card_by_itself(cafe: Face, spa: Face) -> None:
    faces = all_faces(cafe, spa)

    alone = []
    for face in faces:
        _states._states.clear()
        alone.append(made(face))
    _states._states.clear()

    assert [made(face) for face in faces] == alone
    assert [made(face) for face in reversed(faces)] == alone[::-1]


@pytest.mark.parametrize("form", ["auto", "whole", "compact", "object", "id"])
def test_a_link_after_others_is_the_link_by_itself(
    form: str, cafe: Face, spa: Face, account: google.ServiceAccount
) -> None:
    six = [wc.face(one.program, one.card, at=one.at) for one in members()]
    faces = [
        variant
        for face in (cafe, spa, *six)
        for bare in (replace(face, fields=()),)
        for variant in (
            face,
            replace(face, id="A1", member="100 %s Ä"),
            replace(face, barcode=None),
            bare,
            replace(bare, member=None),
            replace(face, expires=DAY),
            replace(face, valid_from=DAY, expires=DAY + timedelta(days=1)),
            face,
        )
    ]

    def link(face: Face) -> object:
        try:
            return google.save_link(face, account=account, issuer_id=ISSUER, form=form, at=DAY)
        except InvalidDocumentError as error:
            return error.issues

    alone = []
    for face in faces:
        _states._states.clear()
        alone.append(link(face))
    _states._states.clear()

    assert [link(face) for face in faces + faces] == alone + alone


def test_a_code_that_no_till_can_read_is_refused_after_a_good_one(cafe: Face) -> None:
    good, bad = (replace(cafe, barcode=Barcode(message=digits, format="i2of5")) for digits in ("0" * 14, "0" * 12))

    for _ in range(2):
        made(good)
        with pytest.raises(InvalidDocumentError) as caught:
            made(bad)
        assert [issue.code for issue in caught.value.issues] == ["barcode.message"]


def test_two_looks_of_one_programme_do_not_mix(cafe: Face) -> None:
    other = replace(cafe, design=Design(background="#003B2F", logo_url="https://example.com/kettle.png"))

    colours = [made(face).class_["hexBackgroundColor"] for face in (cafe, other, cafe, other)]

    assert colours[0] == colours[2] != colours[1] == colours[3] == "#003B2F"


def test_the_hero_is_part_of_the_state(cafe: Face, picture: Picture) -> None:
    def hero(address: str, alt: str) -> object:
        assert cafe.strip is not None
        face = replace(cafe, strip=replace(cafe.strip, alt=alt))
        made = google.resources(face, issuer_id=ISSUER, pictures={"hero": picture}, host=lambda _: address)
        image = made.object["heroImage"]
        return image["sourceUri"]["uri"], image["contentDescription"]["defaultValue"]["value"]

    seen = [hero(f"https://p.example/{n}.png", alt) for n in (1, 2, 1) for alt in ("one", "two")]

    assert seen == [(f"https://p.example/{n}.png", alt) for n in (1, 2, 1) for alt in ("one", "two")]


def test_the_host_is_asked_once_a_card(cafe: Face, picture: Picture) -> None:
    asked = []

    def host(one: Picture) -> str:
        asked.append(one)
        return "https://p.example/a.png"

    for number in range(3):
        google.resources(replace(cafe, id=f"A{number}"), issuer_id=ISSUER, pictures={"hero": picture}, host=host)

    assert len(asked) == 3


def test_a_fault_is_told_every_time(cafe: Face) -> None:
    face = replace(cafe, design=Design(background="#3B2418"))
    told = []
    for _ in range(3):
        with pytest.raises(InvalidDocumentError) as caught:
            google.resources(face, issuer_id=ISSUER)
        told.append(caught.value.issues)

    assert told[0] == told[1] == told[2]
    assert google.check(face, issuer_id=ISSUER) == told[0]


def test_check_warns_every_time(cafe: Face) -> None:
    face = replace(cafe, title="The Copper Kettle Coffee House")
    google.resources(face, issuer_id=ISSUER)

    assert [len(google.check(face, issuer_id=ISSUER)) for _ in range(3)] == [1, 1, 1]


def test_what_is_kept_has_an_end_and_holds_no_card(cafe: Face, account: google.ServiceAccount) -> None:
    for number in range(600):
        face = replace(cafe, fields=(Field.back("a", "A", str(number)),), id=f"SECRET-{number}", member="Secret Name")
        google.resources(face, issuer_id=ISSUER)
        if number % 100 == 0:
            google.save_link(replace(face, id="SECRET-X"), account=account, issuer_id=ISSUER, at=DAY)

    assert len(_states._states) <= 256
    assert "SECRET" not in repr(
        [(key, state.mould.pieces, state.mould.casts, state.made.own.body) for key, state in _states._states.items()]
    )
    assert "Secret Name" not in repr([state.made.own.body for state in _states._states.values()])
