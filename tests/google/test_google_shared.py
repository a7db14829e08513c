"""A class belongs to all cards of a programme: no card's state or language changes it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from _six_cards import members
from tests import businesses, cards

import walletcard as wc
from walletcard import google
from walletcard.model import BackText, Link, Membership, Place

ISSUER = "3388000000012345678"


def bilingual(**changes: Any) -> wc.Program:
    return cards.cafe(
        name={"en": "Copper Kettle Coffee", "he": "קפה קופר קטל"},
        issuer={"en": "Copper Kettle", "he": "קופר קטל"},
        back=(BackText({"en": "Terms", "he": "תנאים"}, {"en": "One a visit.", "he": "אחת לביקור."}),),
        rule_text=None,
        words={},
        stamps={"reward": wc.Reward(id="c", title={"en": "Free coffee", "he": "קפה חינם"}), "unit": "stamps"},
        **changes,
    )


def class_of(program: wc.Program, card: wc.Card, at: Any, **changes: Any) -> dict[str, Any]:
    return google.resources(wc.face(program, card, at=at, **changes), issuer_id=ISSUER).class_


def through_a_card(program: wc.Program, card: wc.Card, start: Any) -> list[dict[str, Any]]:
    found = [class_of(program, card, start)]
    for number in range(12):
        at = start + timedelta(hours=number)
        card, _ = wc.apply(program, card, wc.Event.visit(id=f"v{number}", at=at, amount=50_000))
        found.append(class_of(program, card, at))
    return found


def test_a_stamp_cards_class_stays_the_same_from_the_first_stamp_to_the_reward() -> None:
    classes = through_a_card(cards.free_cafe(), cards.priya(cards.free_cafe()), cards.at(8))

    assert [one for one in classes if one != classes[0]] == []


def test_a_points_cards_class_stays_the_same_whatever_it_buys() -> None:
    club = businesses.studio(points={"earn": (wc.Earn(metric="visit", points=150, valid_months=3),)})

    classes = through_a_card(club, businesses.chen(club), businesses.beijing(6, 1))

    assert [one for one in classes if one != classes[0]] == []


@pytest.mark.parametrize("member", list(members()), ids=lambda one: one.name)
def test_a_new_card_and_an_old_one_share_their_class(member: Any) -> None:
    new = wc.join(member.program, id="NEW-1", at=member.at, locale=member.card.locale)
    old, fresh = (class_of(member.program, one, member.at) for one in (member.card, new))

    if member.program.tiers:  # Each level has a class of its own.
        assert old["id"] != fresh["id"]
        assert old["classTemplateInfo"] == fresh["classTemplateInfo"]
    else:
        assert old == fresh


def test_a_cards_language_does_not_change_the_class() -> None:
    program = bilingual()
    english = wc.join(program, id="A", at=cards.at(9))
    hebrew = wc.join(program, id="B", at=cards.at(9), locale="he")

    made = [class_of(program, one, cards.at(10)) for one in (english, hebrew)]

    assert made[0] == made[1]
    assert (made[0]["programName"], made[0]["issuerName"]) == ("Copper Kettle Coffee", "Copper Kettle")
    assert made[0]["localizedProgramName"]["translatedValues"] == [{"language": "he", "value": "קפה קופר קטל"}]
    assert made[0]["textModulesData"][0]["localizedBody"]["translatedValues"] == [
        {"language": "he", "value": "אחת לביקור."}
    ]
    assert made[0]["localizedAccountNameLabel"]["translatedValues"] == [{"language": "he", "value": "שם"}]


def test_translations_change_the_object_and_not_the_class() -> None:
    program = bilingual()
    card = wc.join(program, id="A", at=cards.at(9), member="Priya")
    english, hebrew = (wc.face(program, card, at=cards.at(10), locale=one) for one in ("en-GB", "he"))

    alone = google.resources(english, issuer_id=ISSUER)
    both = google.resources(english, issuer_id=ISSUER, translations=(hebrew,))

    assert alone.class_ == both.class_
    assert alone.object != both.object


def test_a_text_that_all_cards_share_stands_on_the_class_alone_in_any_language() -> None:
    program = bilingual()
    hebrew = wc.join(program, id="B", at=cards.at(9), locale="he")

    made = google.resources(wc.face(program, hebrew, at=cards.at(10)), issuer_id=ISSUER)

    assert "אחת לביקור." not in made.object_json.decode()


def test_a_level_names_itself_in_every_language_of_the_programme() -> None:
    tiers = (
        wc.Tier(id="base", name={"en": "Base", "he": "בסיס"}, min_sessions=0),
        wc.Tier(id="g", name="Gold", min_sessions=2),
    )
    program = bilingual(tiers=tiers)
    made = class_of(program, wc.join(program, id="B", at=cards.at(9), locale="he"), cards.at(10))

    assert made["rewardsTier"] == "Base"
    assert made["localizedRewardsTier"]["translatedValues"] == [{"language": "he", "value": "בסיס"}]


def test_a_language_that_lacks_a_text_is_not_on_the_class() -> None:
    program = bilingual(description={"en": "Stamp card", "ru": "Карта"})

    assert "ru" not in json.dumps(class_of(program, wc.join(program, id="A", at=cards.at(9)), cards.at(10)))


def test_where_nobody_speaks_the_programmes_language_each_card_speaks_for_itself() -> None:
    program = replace(cards.cafe(words={}), locale="sv")
    card = wc.join(program, id="A", at=cards.at(9), locale="en-GB")

    face = wc.face(program, card, at=cards.at(10))

    assert face.shared == ()
    assert class_of(program, card, cards.at(10))["programName"] == "Copper Kettle Coffee"


def test_links_and_places_of_a_programme_are_on_every_card() -> None:
    book = Link({"en": "Book", "he": "להזמנה"}, "https://example.com/book")
    bath = Place(latitude=51.38, longitude=-2.36, text={"en": "Coffee?", "he": "קפה?"})
    program = bilingual(links=(book,), places=(bath,))

    face = wc.face(program, wc.join(program, id="B", at=cards.at(9), locale="he"), at=cards.at(10))
    made = google.resources(face, issuer_id=ISSUER)

    assert [(one.label, one.url, one.shared) for one in face.links] == [("להזמנה", "https://example.com/book", True)]
    assert [(one.text, one.latitude, one.shared) for one in face.places] == [("קפה?", 51.38, True)]
    assert made.class_["linksModuleData"]["uris"][0]["description"] == "Book"
    assert "linksModuleData" not in made.object
    assert wc.Program.from_json(program.to_json()) == program
    assert wc.Face.from_json(face.to_json()) == face


def test_what_finds_no_place_of_its_own_stands_in_for_what_is_not_there() -> None:
    tiers = (wc.Tier(id="a", name="A", min_sessions=0), wc.Tier(id="b", name="B", min_sessions=2, discount=5))
    club = businesses.studio(
        stamps=wc.Stamps(goal=5, reward=wc.Reward(id="r", title="礼")),
        tiers=tiers,
        pack=wc.Reward(id="p", title="套餐", uses=10),
        membership=Membership(title="年卡", months=12),
    )
    card = wc.join(club, id="A", at=businesses.beijing(6, 1), member="陈静")

    rows = wc.face(club, card, at=businesses.beijing(6, 1)).shared[0].rows

    assert rows == (
        (("reward", "discount", "to_item"), ("left", "to_tier", "pack"), ("tier", "affordable")),
        (("waiting",), ("member",), ("membership",)),
    )


def test_a_gift_voucher_has_a_place_for_each_of_its_fields() -> None:
    voucher = next(one for one in members() if one.name == "gift-en")

    rows = wc.face(voucher.program, voucher.card, at=voucher.at).shared[0].rows

    assert rows == ((("value",), ("member",), ("sender",)), (("valid_until",),))


@pytest.mark.parametrize("member", list(members()), ids=lambda one: one.name)
def test_every_acceptance_card_fits_into_a_link_in_one_language_and_in_two(member: Any, account: Any, at: Any) -> None:
    other = "he" if member.card.locale in (None, "en-GB") and member.program.locale == "en-GB" else "en"
    face, second = (wc.face(member.program, member.card, at=member.at, locale=one) for one in (None, other))

    links = [
        google.save_link(face, account=account, issuer_id=ISSUER, at=at, translations=one) for one in ((), (second,))
    ]

    assert all(one.length <= 1_800 for one in links)
    for link, faces in zip(links, ((), (second,)), strict=True):
        claims = google.read_link(link.url).claims
        assert [one for one in google.lint("claims", claims) if one.severity == "error"] == []
        assert ("translations" in link.left_out) <= bool(faces)


def test_a_brace_that_is_written_out_is_no_placeholder() -> None:
    program = cards.cafe(back=(BackText("How", "Collect {{goal}} stamps."),))
    face = wc.face(program, wc.join(program, id="A", at=cards.at(9)), at=cards.at(10))

    assert [(one.value, one.shared) for one in face.in_slot("back") if one.key == "back_1"] == [
        ("Collect {goal} stamps.", True)
    ]
