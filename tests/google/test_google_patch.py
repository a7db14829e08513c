from dataclasses import replace
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidCardError, InvalidDocumentError
from walletcard.model import Balance, Design, Face, Field, Money, Notice, Picture, StripSpec

ISSUER = "3388000000012345678"


def with_balance(face: Face, balance: Balance, **changes: Any) -> Face:
    return replace(face, balances=(balance, *face.balances[1:]), **changes)


@pytest.fixture
def seven(cafe: Face) -> Face:
    """The café's card one stamp later."""
    fields = tuple(replace(one, value="7 of 9") if one.key == "stamps" else one for one in cafe.fields)
    return with_balance(cafe, Balance(label="Stamps", text="7 of 9"), fields=fields, announces="stamps")


@pytest.fixture
def silver(cafe: Face) -> Face:
    return replace(cafe, tier="silver", fields=(Field.front("tier", "Level", "Silver"), *cafe.fields))


def test_a_stamp_is_the_balance_and_a_wish_to_be_heard(cafe: Face, seven: Face) -> None:
    body = google.patch(seven, since=cafe, issuer_id=ISSUER)

    assert body == {
        "loyaltyPoints": {"label": "Stamps", "balance": {"string": "7 of 9"}},
        "notifyPreference": "NOTIFY_ON_UPDATE",
    }
    assert google.lint("LoyaltyObject", body, partial=True) == ()


def test_nothing_changed_is_nothing_to_send(cafe: Face) -> None:
    assert google.patch(cafe, since=cafe, issuer_id=ISSUER) == {}
    assert google.patch(replace(cafe, announces="stamps"), since=cafe, issuer_id=ISSUER) == {}


def test_what_is_sent_brings_the_old_card_up_to_date(cafe: Face, seven: Face) -> None:
    now = replace(seven, member=None, barcode=None, state="complete")

    body = google.patch(now, since=cafe, issuer_id=ISSUER)

    def applied(old: Any, new: Any) -> Any:
        if not isinstance(new, dict):
            return new
        kept = {key: value for key, value in (old if isinstance(old, dict) else {}).items() if key not in new}
        return kept | {key: applied((old or {}).get(key), value) for key, value in new.items() if value is not None}

    body.pop("notifyPreference")
    before = google.resources(cafe, issuer_id=ISSUER).object
    assert applied(before, body) == google.resources(now, issuer_id=ISSUER).object
    assert body["barcode"] is None


@pytest.mark.parametrize("announces", [None, "notice"])
def test_a_correction_is_not_heard(cafe: Face, seven: Face, announces: str | None) -> None:
    body = google.patch(replace(seven, announces=announces), since=cafe, issuer_id=ISSUER)

    assert "notifyPreference" not in body
    assert "loyaltyPoints" in body


def test_a_change_that_google_does_not_announce_asks_for_no_notice(cafe: Face) -> None:
    now = replace(cafe, fields=(Field.back("note", "Note", "new"),), announces="note")

    body = google.patch(now, since=cafe, issuer_id=ISSUER)

    assert [module["id"] for module in body["textModulesData"]] == ["note"]
    assert "notifyPreference" not in body


def test_a_notice_is_a_message_that_is_heard_by_itself(cafe: Face) -> None:
    notice = Notice(id="ready:1", key="reward_ready", text="Ready: Free coffee")

    body = google.patch(replace(cafe, notices=(notice,), announces="notice"), since=cafe, issuer_id=ISSUER)

    assert body.keys() == {"messages"}
    assert body["messages"][0]["messageType"] == "TEXT_AND_NOTIFY"


def test_another_kind_of_balance_takes_the_old_one_away(cafe: Face) -> None:
    now = with_balance(cafe, Balance(label="Stamps", text="7", amount=7))

    body = google.patch(now, since=cafe, issuer_id=ISSUER)

    assert body["loyaltyPoints"] == {"label": "Stamps", "balance": {"string": None, "int": 7}}
    assert google.lint("LoyaltyObject", body, partial=True) == ()


def test_the_hero_goes_along_only_when_the_picture_is_another(cafe: Face, seven: Face, picture: Picture) -> None:
    def host(one: Picture) -> str:
        return f"https://p.example/{one.key}.png"

    assert isinstance(cafe.strip, StripSpec)
    redrawn = replace(seven, strip=replace(cafe.strip, filled=7))

    same = google.patch(seven, since=cafe, issuer_id=ISSUER, pictures={"hero": picture}, host=host)
    other = google.patch(redrawn, since=cafe, issuer_id=ISSUER, pictures={"hero": picture}, host=host)

    assert "heroImage" not in same
    assert other["heroImage"]["sourceUri"]["uri"].startswith("https://p.example/")


def test_the_card_before_may_be_its_resources(cafe: Face, seven: Face) -> None:
    before = google.resources(cafe, issuer_id=ISSUER)

    assert google.patch(seven, since=before, issuer_id=ISSUER) == google.patch(seven, since=cafe, issuer_id=ISSUER)


def test_two_languages_are_compared_by_resources(cafe: Face, seven: Face) -> None:
    def hebrew(face: Face) -> Face:
        return replace(face, locale="he", title="קפה")

    before = google.resources(cafe, issuer_id=ISSUER, translations=(hebrew(cafe),))

    body = google.patch(seven, since=before, issuer_id=ISSUER, translations=(hebrew(seven),))

    assert body.keys() == {"loyaltyPoints", "notifyPreference"}


def test_a_gift_voucher_that_is_used(cafe: Face) -> None:
    def voucher(minor: int) -> Face:
        return Face.gift(
            id="SW-1", issuer="Still Waters", title="Gift voucher", description="Gift voucher", locale="en-GB",
            design=Design(background="#4A2545"), balance=Money(minor, "GBP"), value=Money(6000, "GBP"),
        )  # fmt: skip

    body = google.patch(replace(voucher(0), announces="balance"), since=voucher(1500), issuer_id=ISSUER)

    assert body["balance"] == {"micros": "0", "currencyCode": "GBP"}
    assert (body["state"], body["notifyPreference"]) == ("COMPLETED", "NOTIFY_ON_UPDATE")


def test_a_risen_card_goes_to_its_new_class(silver: Face) -> None:
    fields = (Field.front("tier", "Level", "Gold"), *silver.fields[1:])
    gold = replace(silver, tier="gold", fields=fields, announces="tier")

    body = google.patch(gold, since=silver, issuer_id=ISSUER)

    assert body == {"classId": f"{ISSUER}.copper-kettle.tier-gold", "notifyPreference": "NOTIFY_ON_UPDATE"}


def test_plan_b_is_a_new_object_and_the_old_one_put_away(silver: Face) -> None:
    gold = replace(silver, tier="gold", fields=(Field.front("tier", "Level", "Gold"), *silver.fields[1:]))

    plan = google.move(gold, issuer_id=ISSUER)
    again = google.move(silver, issuer_id=ISSUER, old_id=plan.insert.object_id)

    assert plan.insert.object_id == f"{ISSUER}.copper-kettle.CK-7F3A29.tier-gold"
    assert plan.insert.class_id == f"{ISSUER}.copper-kettle.tier-gold"
    assert plan.retired_id == f"{ISSUER}.copper-kettle.CK-7F3A29"
    assert plan.retire == {"state": "INACTIVE", "groupingInfo": plan.insert.object["groupingInfo"]}
    assert google.lint("LoyaltyObject", plan.retire, partial=True) == ()
    assert again.retired_id == plan.insert.object_id


def test_a_card_without_levels_does_not_move(cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.move(cafe, issuer_id=ISSUER)

    assert caught.value.code == "card.tier"


def test_another_card_is_no_card_before(cafe: Face, spa: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.patch(cafe, since=spa, issuer_id=ISSUER)

    assert (caught.value.code, caught.value.where) == ("card.mismatch", "since")


@pytest.mark.parametrize("wrong", [None, {}, "CK-7F3A29"])
def test_what_is_no_face_is_refused(cafe: Face, wrong: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.patch(cafe, since=wrong, issuer_id=ISSUER)

    assert caught.value.code == "face.type"


def test_what_google_would_refuse_is_not_sent(cafe: Face, seven: Face) -> None:
    with pytest.raises(InvalidDocumentError):
        google.patch(seven, since=cafe, issuer_id=ISSUER, extra={"object": {"state": "ACTIV"}})
