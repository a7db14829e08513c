from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from tests.apple import chain, faces

from walletcard.apple import Identity, check, pass_json
from walletcard.apple._pass_json import _GROUPS, STYLES
from walletcard.apple._rules import BARCODES
from walletcard.errors import InvalidCardError
from walletcard.model import Barcode, Design, Face, Field, Notice, Picture, _face, _field


def shown(fields: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {one["label"]: one["value"] for one in fields}


def test_cafe_card_reads_as_the_acceptance_card(identity: Identity) -> None:
    made = pass_json(faces.cafe(), identity=identity)
    card = made.pop("storeCard")

    assert made == {
        "formatVersion": 1,
        "passTypeIdentifier": chain.PASS_TYPE,
        "teamIdentifier": chain.TEAM,
        "serialNumber": "copper-kettle.CK-7F3A29",
        "organizationName": "Copper Kettle",
        "description": "Copper Kettle Coffee stamp card",
        "logoText": "Copper Kettle Coffee",
        "backgroundColor": "rgb(59, 36, 24)",
        "foregroundColor": "rgb(255, 246, 233)",
        "labelColor": "rgb(226, 185, 139)",
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": "CK-7F3A29",
                "messageEncoding": "iso-8859-1",
                "altText": "CK-7F3A29",
            }
        ],
        "sharingProhibited": True,
    }
    assert list(card) == ["headerFields", "secondaryFields", "auxiliaryFields", "backFields"]
    assert card["headerFields"] == [
        {"key": "stamps", "label": "STAMPS", "value": "6 of 9", "changeMessage": "Stamp added: %@"}
    ]
    assert shown(card["secondaryFields"]) == {"NEXT REWARD": "Free coffee", "TO GO": "3 coffees"}
    assert shown(card["auxiliaryFields"]) == {"MEMBER": "Priya S."}
    assert list(shown(card["backFields"])) == ["How it works", "Rewards ready", "Terms", "Find us"]


def test_spa_card_reads_as_the_acceptance_card() -> None:
    made = pass_json(faces.spa())
    card = made["storeCard"]

    assert made["description"] == "כרטיס חותמות של לוטוס ספא"
    assert shown(card["headerFields"]) == {"ביקורים": "4 מתוך 6"}
    assert shown(card["secondaryFields"]) == {"ההטבה הבאה": "שדרוג ל־75 דקות", "נותרו": "עוד שני ביקורים"}
    assert shown(card["auxiliaryFields"]) == {"שם": "נועה לוי"}
    assert card["headerFields"][0]["changeMessage"] == "נוספה חותמת: %@"
    assert made["backgroundColor"] == "rgb(244, 239, 230)"


def test_ids_are_left_out_without_an_identity() -> None:
    assert not {"passTypeIdentifier", "teamIdentifier"} & set(pass_json(faces.cafe()))


def test_gift_card_is_a_store_card_that_may_be_shared() -> None:
    made = pass_json(replace(faces.cafe(), kind="gift"))

    assert "storeCard" in made
    assert "sharingProhibited" not in made


def test_card_without_a_member_may_be_shared() -> None:
    assert "sharingProhibited" not in pass_json(replace(faces.cafe(), member=None))


def test_kind_without_a_style_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(STYLES, "gift")

    with pytest.raises(InvalidCardError) as caught:
        pass_json(replace(faces.cafe(), kind="gift"))

    assert caught.value.code == "kind.unsupported"


def test_front_label_stands_on_the_front_only() -> None:
    back = Field(key="back", label="Back", front_label="BACK", value="1", slot="back")
    plain = Field(key="plain", label="Plain", value="1", slot="header")

    card = pass_json(replace(faces.cafe(), fields=(back, plain)))["storeCard"]

    assert shown(card["backFields"]) == {"Back": "1"}
    assert shown(card["headerFields"]) == {"Plain": "1"}


def test_fields_carry_no_flag_and_no_format() -> None:
    card = pass_json(faces.cafe())["storeCard"]

    keys = {key for group in card.values() for field in group for key in field}

    assert keys == {"key", "label", "value", "changeMessage"}


def test_logo_takes_the_place_of_the_name(pictures: dict[str, Picture]) -> None:
    logo = pictures["icon.png"]
    given = replace(faces.cafe(), design=Design(background="#3B2418", logo=logo))

    assert "logoText" not in pass_json(given)
    assert "logoText" not in pass_json(faces.cafe(), pictures={"logo@2x.png": logo})
    assert "logoText" in pass_json(faces.cafe(), pictures={"icon.png": logo})


@pytest.mark.parametrize(
    ("message", "encoding", "expected"),
    [
        ("CK-1", "utf-8", "iso-8859-1"),
        ("CK-1", "iso-8859-1", "iso-8859-1"),
        ("Käse", "latin-1", "iso-8859-1"),
        ("Käse", "UTF8", "utf-8"),
        ("סטאר", "utf-8", "utf-8"),
    ],
)
def test_barcode_names_the_narrowest_safe_encoding(message: str, encoding: str, expected: str) -> None:
    made = pass_json(replace(faces.cafe(), barcode=Barcode(message=message, encoding=encoding)))

    assert made["barcodes"][0]["messageEncoding"] == expected
    assert "altText" not in made["barcodes"][0]


def test_card_without_a_barcode() -> None:
    assert "barcodes" not in pass_json(replace(faces.cafe(), barcode=None))


def test_expiry_is_a_date_with_its_offset_and_whole_seconds() -> None:
    expires = datetime(2027, 11, 22, 0, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))

    made = pass_json(replace(faces.cafe(), expires=expires))

    assert made["expirationDate"] == "2027-11-22T00:00:00+01:00"


@pytest.mark.parametrize(
    ("state", "voided"), [("active", None), ("complete", True), ("closed", True), ("expired", None)]
)
def test_state_of_a_card_with_a_past_date(state: str, voided: bool | None) -> None:
    expires = datetime(2026, 11, 1, tzinfo=UTC)

    made = pass_json(replace(faces.cafe(), state=state, expires=expires))

    assert made.get("voided") is voided
    assert made["expirationDate"] == "2026-11-01T00:00:00+00:00"


def test_expired_card_without_a_date_is_voided() -> None:
    assert pass_json(replace(faces.cafe(), state="expired"))["voided"] is True


def notice(number: int, purpose: str = "transactional") -> Notice:
    return Notice(id=f"n{number}", key="one_left", text=f"Text {number}", purpose=purpose)


def back_of(face: Face) -> list[dict[str, Any]]:
    return [one for one in pass_json(face)["storeCard"]["backFields"] if one["key"].startswith("notice")]


def test_notices_follow_the_back_fields_under_stable_keys() -> None:
    face = replace(faces.cafe(), notices=(notice(1), notice(2)))

    assert back_of(face) == [
        {"key": "notice", "label": "Copper Kettle Coffee", "value": "Text 1"},
        {"key": "notice_2", "label": "Copper Kettle Coffee", "value": "Text 2"},
    ]


def test_only_the_first_transactional_notice_is_announced() -> None:
    face = replace(faces.cafe(), notices=(notice(1, "promotional"), notice(2), notice(3)), announces="notice")

    assert [one.get("changeMessage") for one in back_of(face)] == [None, "%@", None]


@pytest.mark.parametrize(
    ("words", "table"),
    [(_field.SLOTS, _GROUPS), (_field.BARCODE_FORMATS, BARCODES), (_face.KINDS, STYLES)],
    ids=["slots", "barcodes", "kinds"],
)
def test_every_word_of_the_model_has_its_platform_word(words: tuple[str, ...], table: dict[str, str]) -> None:
    assert set(table) == set(words)


def test_notices_take_keys_that_no_field_has() -> None:
    own = (Field.back("notice", "Notice", "Closed on Monday"), Field.back("notice_3", "Notice", "Open on Sunday"))
    face = replace(faces.cafe(), fields=own, notices=(notice(1), notice(2), notice(3)))

    fields = pass_json(face)["storeCard"]["backFields"]

    assert [one["key"] for one in fields] == ["notice", "notice_3", "notice_2", "notice_4", "notice_5"]
    assert not [one for one in check(face, at=chain.AT) if one.code == "field.duplicate"]


@pytest.mark.parametrize(
    ("kind", "message", "word"),
    [
        ("code39", "CK-7F3A29", "PKBarcodeFormatCode39"),
        ("codabar", "A123B", "PKBarcodeFormatCodabar"),
        ("ean13", "4006381333931", "PKBarcodeFormatEAN13"),
        ("i2of5", "1234", "PKBarcodeFormatI2of5"),
    ],
)
def test_code_of_ios_27_is_written_alone_and_told_about(kind: str, message: str, word: str) -> None:
    face = replace(faces.cafe(), barcode=Barcode(message=message, format=kind))

    assert [one["format"] for one in pass_json(face)["barcodes"]] == [word]
    assert [(one.code, one.severity) for one in check(face, at=chain.AT)] == [("barcode.newest", "warning")]


def test_second_code_of_the_users_own_comes_through_extra() -> None:
    face = replace(faces.cafe(), barcode=Barcode(message="4006381333931", format="ean13"))
    first = pass_json(face)["barcodes"][0]
    second = {"format": "PKBarcodeFormatQR", "message": "4006381333931", "messageEncoding": "iso-8859-1"}

    assert check(face, at=chain.AT, extra={"barcodes": [first, second]}) == ()
