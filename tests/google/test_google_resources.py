import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidCardError, InvalidDocumentError
from walletcard.google._common import STATES
from walletcard.google._values import BARCODE_TYPES
from walletcard.model import Balance, Barcode, Design, Face, Field, Money, Notice, Picture

ISSUER = "3388000000012345678"


def codes(error: InvalidDocumentError | InvalidCardError) -> set[str]:
    return {issue.code for issue in error.issues}


def paths(made: google.Resources) -> list[list[str]]:
    """Return the rows of the front as field paths."""
    rows = made.class_["classTemplateInfo"]["cardTemplateOverride"]["cardRowTemplateInfos"]
    order = ("item", "startItem", "middleItem", "endItem")
    inner = [next(iter(row.values())) for row in rows]
    return [[row[name]["firstValue"]["fields"][0]["fieldPath"] for name in order if name in row] for row in inner]


def test_ids_are_issuer_programme_and_card(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    assert made.class_id == made.class_["id"] == made.object["classId"] == f"{ISSUER}.copper-kettle"
    assert made.object_id == made.object["id"] == f"{ISSUER}.copper-kettle.CK-7F3A29"


def test_the_english_cafe_says_what_the_acceptance_card_says(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    assert made.kind == "loyalty"
    assert made.class_["programName"] == "Copper Kettle Coffee"
    assert made.class_["issuerName"] == "Copper Kettle"
    assert made.class_["hexBackgroundColor"] == "#3B2418"
    assert made.class_["reviewStatus"] == "UNDER_REVIEW"
    assert made.class_["accountNameLabel"] == "Member"
    assert made.class_["multipleDevicesAndHoldersAllowedStatus"] == "ONE_USER_ALL_DEVICES"
    assert made.object["loyaltyPoints"] == {"label": "Stamps", "balance": {"string": "6 of 9"}}
    assert made.object["secondaryLoyaltyPoints"] == {"label": "Rewards", "balance": {"int": 0}}
    assert made.object["accountName"] == "Priya S."
    assert made.object["accountId"] == "CK-7F3A29"
    assert made.object["barcode"] == {"type": "QR_CODE", "value": "CK-7F3A29", "alternateText": "CK-7F3A29"}


def test_the_hebrew_spa_says_what_the_acceptance_card_says(spa: Face) -> None:
    made = google.resources(spa, issuer_id=ISSUER)

    assert made.class_["programName"] == made.class_["issuerName"] == "לוטוס ספא"
    assert made.object["loyaltyPoints"] == {"label": "ביקורים", "balance": {"string": "4/6"}}
    assert made.object["secondaryLoyaltyPoints"] == {"label": "הטבות", "balance": {"int": 0}}
    assert made.object["accountName"] == "נועה לוי"
    assert made.object["accountId"] == "LS-4K8P2M"


def test_the_front_shows_what_apples_front_shows(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    assert paths(made) == [
        ["object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance"],
        ["object.textModulesData['next']", "object.textModulesData['left']"],
        ["object.accountName"],
    ]


def test_static_texts_stand_on_the_class_and_changing_ones_on_the_object(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    assert [text["id"] for text in made.class_["textModulesData"]] == ["how", "terms", "find"]
    assert made.object["textModulesData"] == [
        {"id": "next", "header": "Next reward", "body": "Free coffee"},
        {"id": "left", "header": "To go", "body": "3 coffees"},
        {"id": "ready", "header": "Rewards ready", "body": "None yet"},
    ]


def test_a_shortened_balance_keeps_its_full_text_as_its_field(spa: Face) -> None:
    made = google.resources(spa, issuer_id=ISSUER)

    assert {"id": "stamps", "header": "ביקורים", "body": "4 מתוך 6"} in made.object["textModulesData"]
    assert "object.textModulesData['stamps']" not in [path for row in paths(made) for path in row]


def test_a_shortened_balance_without_a_field_gets_a_text_of_its_own(spa: Face) -> None:
    face = replace(spa, fields=(Field.back("balance-1", "x", "y"),))

    made = google.resources(face, issuer_id=ISSUER)

    assert {"id": "balance-1_", "header": "ביקורים", "body": "4 מתוך 6"} in made.object["textModulesData"]


def test_every_fact_of_the_face_is_somewhere(spa: Face) -> None:
    made = google.resources(spa, issuer_id=ISSUER)

    both = made.class_json.decode() + made.object_json.decode()
    assert all(field.value in both for field in spa.fields)
    assert all(field.label in both for field in spa.fields)


def test_a_member_field_with_another_text_than_the_member_stays(cafe: Face) -> None:
    face = replace(cafe, member=None)

    made = google.resources(face, issuer_id=ISSUER)

    assert "accountName" not in made.object
    assert {"id": "member", "header": "Member", "body": "Priya S."} in made.object["textModulesData"]


def test_more_fields_than_columns_go_on_in_the_next_row_and_never_past_the_third(cafe: Face) -> None:
    fields = tuple(Field.front(f"f{n}", f"L{n}", f"V{n}") for n in range(8))

    made = google.resources(replace(cafe, fields=fields), issuer_id=ISSUER)

    assert [len(row) for row in paths(made)] == [2, 3, 3]
    assert len(made.object["textModulesData"]) == 8


def test_a_shared_front_field_is_read_from_the_class(cafe: Face) -> None:
    shared = Field(key="perk", label="Perk", value="10 %", slot="secondary", shared=True)

    made = google.resources(replace(cafe, fields=(shared,)), issuer_id=ISSUER)

    assert paths(made)[1] == ["class.textModulesData['perk']"]


def test_a_face_without_front_has_googles_own_layout(cafe: Face) -> None:
    made = google.resources(replace(cafe, fields=(), balances=()), issuer_id=ISSUER)

    assert "classTemplateInfo" not in made.class_
    assert "textModulesData" not in made.object


@pytest.mark.parametrize(("state", "wire"), STATES.items())
def test_every_state_has_its_word(cafe: Face, state: str, wire: str) -> None:
    assert google.resources(replace(cafe, state=state), issuer_id=ISSUER).object["state"] == wire


def test_every_state_and_barcode_format_of_the_model_has_an_entry(cafe: Face) -> None:
    for state in ("active", "complete", "expired", "closed"):
        assert replace(cafe, state=state).state in STATES
    for form in ("aztec", "code128", "pdf417", "qr"):
        assert Barcode(message="A", format=form).format in BARCODE_TYPES


def test_utf8_is_named_for_a_qr_code_beyond_ascii_only(cafe: Face) -> None:
    hebrew = google.resources(replace(cafe, barcode=Barcode(message="נועה")), issuer_id=ISSUER)
    aztec = google.resources(replace(cafe, barcode=Barcode(message="נועה", format="aztec")), issuer_id=ISSUER)

    assert hebrew.object["barcode"]["renderEncoding"] == "UTF_8"
    assert "renderEncoding" not in aztec.object["barcode"]
    assert "renderEncoding" not in google.resources(cafe, issuer_id=ISSUER).object["barcode"]


def test_a_card_without_barcode_has_none(cafe: Face) -> None:
    assert "barcode" not in google.resources(replace(cafe, barcode=None), issuer_id=ISSUER).object


@pytest.mark.parametrize(
    ("amount", "micros"),
    [
        (Money(6000, "GBP"), "60000000"),
        (Money(500, "JPY"), "500000000"),
        (Money(1500, "KWD"), "1500000"),
        (Money(10_000, "CLF"), "1000000"),
        (Money(0, "ILS"), "0"),
    ],
)
def test_money_is_micros_of_the_main_unit_whatever_the_decimals(cafe: Face, amount: Money, micros: str) -> None:
    balance = Balance(label="Credit", text="as text", amount=amount)

    made = google.resources(replace(cafe, balances=(balance,)), issuer_id=ISSUER)

    assert made.object["loyaltyPoints"]["balance"] == {"money": {"micros": micros, "currencyCode": amount.currency}}


@pytest.mark.parametrize(
    ("balance", "wire"),
    [
        (Balance(label="P", text="1 280", amount=1280), {"int": 1280}),
        (Balance(label="P", text="1234567"), {"string": "1234567"}),
        (Balance(label="P", text="12345678", short="12/3"), {"string": "12/3"}),
        (Balance(label="P", text="12345678"), {"string": "12345678"}),
        (Balance(label="P", text="۳ از ۵", short="۳"), {"string": "۳ از ۵"}),
    ],
)
def test_a_balance_has_exactly_one_member(cafe: Face, balance: Balance, wire: dict[str, object]) -> None:
    made = google.resources(replace(cafe, balances=(balance,)), issuer_id=ISSUER)

    assert made.object["loyaltyPoints"]["balance"] == wire


def test_validity_carries_its_offset(cafe: Face) -> None:
    face = replace(cafe, valid_from=datetime(2026, 1, 1, tzinfo=UTC), expires=datetime(2027, 1, 1, tzinfo=UTC))

    made = google.resources(face, issuer_id=ISSUER)

    assert made.object["validTimeInterval"] == {
        "start": {"date": "2026-01-01T00:00:00+00:00"},
        "end": {"date": "2027-01-01T00:00:00+00:00"},
    }


@pytest.mark.parametrize(
    ("purpose", "announces", "kind"),
    [
        ("transactional", "notice", "TEXT_AND_NOTIFY"),
        ("promotional", "notice", "TEXT"),
        ("transactional", "stamps", "TEXT"),
        ("transactional", None, "TEXT"),
    ],
)
def test_only_a_transactional_notice_that_is_announced_notifies(
    cafe: Face, purpose: str, announces: str | None, kind: str
) -> None:
    notice = Notice(id="ready:till-9.1", key="reward_ready", text="Ready: Free coffee", purpose=purpose)

    made = google.resources(replace(cafe, notices=(notice,), announces=announces), issuer_id=ISSUER)

    assert made.object["messages"] == [
        {"id": "ready:till-9.1", "header": "Copper Kettle Coffee", "body": "Ready: Free coffee", "messageType": kind}
    ]


def test_the_hero_is_hosted_and_described_in_the_cards_language(spa: Face, picture: Picture) -> None:
    def host(one: Picture) -> str:
        return f"https://pics.example.com/{one.key}.png"

    made = google.resources(spa, issuer_id=ISSUER, pictures={"hero": picture, "logo": picture}, host=host)

    assert made.left_out == ()
    assert made.object["heroImage"] == {
        "sourceUri": {"uri": f"https://pics.example.com/{picture.key}.png"},
        "contentDescription": {"defaultValue": {"language": "he", "value": spa.alt}},
    }
    # The design names a logo, so the host is not asked for one.
    assert made.class_["programLogo"]["sourceUri"]["uri"] == "https://example.com/lotus.png"


def test_without_host_the_hero_is_named_as_left_out(cafe: Face, picture: Picture) -> None:
    assert google.resources(cafe, issuer_id=ISSUER).left_out == ("hero",)
    assert google.resources(cafe, issuer_id=ISSUER, pictures={"hero": picture}).left_out == ("hero",)
    assert google.resources(replace(cafe, strip=None), issuer_id=ISSUER).left_out == ()


def test_the_host_is_asked_for_the_logo_when_the_design_names_none(cafe: Face, picture: Picture) -> None:
    face = replace(cafe, design=Design(background="#3B2418"))

    made = google.resources(
        face, issuer_id=ISSUER, pictures={"logo": picture}, host=lambda _: "https://a.example/l.png"
    )

    assert made.class_["programLogo"] == {
        "sourceUri": {"uri": "https://a.example/l.png"},
        "contentDescription": {"defaultValue": {"language": "en-GB", "value": "Copper Kettle Coffee"}},
    }


def test_no_logo_at_all_is_one_error_that_says_where_to_mend_it(cafe: Face, picture: Picture) -> None:
    face = replace(cafe, design=Design(background="#3B2418"))

    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(face, issuer_id=ISSUER, pictures={"logo": picture})

    [issue] = caught.value.issues
    assert (issue.code, issue.where) == ("image.logo-missing", "design.logo_url")
    assert issue.hint == "give an https address there, or host=, which puts the logo on your site"
    [bare] = google.check(face, issuer_id=ISSUER)
    assert bare.hint == issue.hint + ', and pictures=render.pictures(face, wallet="google")'


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.com/a.png", "image.insecure"),
        ("data:image/png;base64,AAAA", "image.address"),
        ("https://localhost/a.png", "image.private"),
        ("https://192.168.1.5/a.png", "image.private"),
        ("https://example.com/a.svg", "image.invalid"),
        ("https://user:pw@example.com/a.png", "image.address"),
        ("https://[half", "image.address"),
        (None, "image.address"),
        (b"png", "image.address"),
    ],
)
def test_an_address_that_google_cannot_load_is_refused(cafe: Face, picture: Picture, address: Any, code: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(cafe, issuer_id=ISSUER, pictures={"hero": picture}, host=lambda _: address)

    assert codes(caught.value) == {code}
    assert "user:pw" not in str(caught.value)


def test_pictures_that_are_none_are_named(cafe: Face, picture: Picture) -> None:
    wrong: dict[str, Any] = {"strip@2x.png": picture, "hero": b"bytes"}

    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(cafe, issuer_id=ISSUER, pictures=wrong)

    assert codes(caught.value) == {"image.unknown", "image.invalid"}


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        (3.388e18, "issuer.float"),
        ("abc", "issuer.invalid"),
        ("-5", "issuer.invalid"),
        (-5, "issuer.invalid"),
        ("", "issuer.invalid"),
        (" 3388", "issuer.invalid"),
        ("٣٣٨٨", "issuer.invalid"),
        ("9223372036854775808", "issuer.invalid"),
        ("108234567890123456789", "issuer.client-id"),
        (None, "issuer.type"),
        (True, "issuer.type"),
    ],
)
def test_a_wrong_issuer_id_is_named(cafe: Face, issuer: Any, code: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(cafe, issuer_id=issuer)

    [issue] = caught.value.issues
    assert (issue.code, issue.where) == (code, "issuer_id")
    assert issue.hint
    assert len(str(issue)) <= 240


def test_an_issuer_id_may_be_a_whole_number(cafe: Face) -> None:
    assert google.resources(cafe, issuer_id=int(ISSUER)) == google.resources(cafe, issuer_id=ISSUER)
    assert google.resources(cafe, issuer_id="9223372036854775807").class_id.startswith("9223372036854775807.")


def test_a_float_is_told_that_it_lost_digits(cafe: Face) -> None:
    with pytest.raises(InvalidDocumentError, match="lost digits; write it as text"):
        google.resources(cafe, issuer_id=3.388e18)  # type: ignore[arg-type]  # The commonest mistake with such numbers.


def test_colours_that_cannot_be_told_apart_are_judged_and_may_be_overruled(cafe: Face) -> None:
    design = replace(cafe.design, foreground="#3B2419")
    face = replace(cafe, design=design)

    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(face, issuer_id=ISSUER)
    made = google.resources(face, issuer_id=ISSUER, allow=["color.contrast"])

    assert caught.value.code == "color.contrast"
    assert caught.value.where == "design.foreground"
    assert made.class_["hexBackgroundColor"] == "#3B2418"


def test_a_css_colour_becomes_hex(cafe: Face) -> None:
    design = Design(background="rgb(59, 36, 24)", logo_url="https://example.com/a.png")

    made = google.resources(replace(cafe, design=design), issuer_id=ISSUER)

    assert made.class_["hexBackgroundColor"] == "#3B2418"


def test_every_problem_is_told_at_once(cafe: Face) -> None:
    face = replace(cafe, design=Design(background="#3B2418", foreground="#3B2418"))

    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(face, issuer_id="12 34")

    assert codes(caught.value) >= {"color.contrast", "image.logo-missing", "issuer.invalid"}


def test_extra_is_merged_and_checked(cafe: Face) -> None:
    extra: dict[str, dict[str, Any]] = {
        "class": {"countryCode": "GB", "programLogo": {"contentDescription": None}},
        "object": {"smartTapRedemptionValue": "A1", "barcode": {"alternateText": "read me"}, "textModulesData": None},
    }

    made = google.resources(cafe, issuer_id=ISSUER, extra=extra)

    assert made.class_["countryCode"] == "GB"
    assert made.class_["programLogo"] == {"sourceUri": {"uri": "https://example.com/kettle.png"}}
    assert made.object["barcode"] == {"type": "QR_CODE", "value": "CK-7F3A29", "alternateText": "read me"}
    assert "textModulesData" not in made.object


def test_extra_does_not_reach_the_next_card(cafe: Face) -> None:
    google.resources(cafe, issuer_id=ISSUER, extra={"class": {"programLogo": {"contentDescription": None}}})

    made = google.resources(cafe, issuer_id=ISSUER)

    assert "contentDescription" in made.class_["programLogo"]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"object": {"hexBackgroundColor": "#fff"}}, "field.unknown"),
        ({"object": {"state": "ACTIV"}}, "field.value"),
        ({"object": {"classId": f"{ISSUER}.other"}}, "id.class"),
        ({"object": {"classId": "1.other"}}, "id.issuer"),
        ({"class": {"reviewStatus": "APPROVED"}}, "field.value"),
        ({"object": {"accountName": "\ud800"}}, "text.surrogate"),
        ({"objekt": {}}, "extra.invalid"),
        ({"object": "text"}, "extra.invalid"),
        (["object"], "extra.invalid"),
    ],
)
def test_extra_that_google_would_refuse_is_refused(cafe: Face, extra: Any, code: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(cafe, issuer_id=ISSUER, extra=extra)

    assert code in codes(caught.value)


def test_documents_that_cannot_be_json_are_an_error_of_ours(cafe: Face) -> None:
    itself: dict[str, Any] = {}
    itself["me"] = itself
    for value in (itself, object(), float("nan"), {1: 2, "a": 3}):
        with pytest.raises(InvalidDocumentError):
            google.resources(cafe, issuer_id=ISSUER, extra={"object": {"odd": value}}, allow=["field.unknown"])


def test_resources_are_a_value(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    made.class_["programName"] = "changed"
    made.object.clear()

    assert made == google.resources(cafe, issuer_id=ISSUER)
    assert made.class_["programName"] == "Copper Kettle Coffee"
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # Our own bytes.
    assert hash(made) == hash(google.resources(cafe, issuer_id=ISSUER))
    assert "Priya" not in repr(made)


def test_the_json_is_canonical(spa: Face) -> None:
    made = google.resources(spa, issuer_id=ISSUER)

    again = json.dumps(made.object, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert made.object_json == again


def test_what_is_no_face_is_refused() -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.resources({"id": "x"}, issuer_id=ISSUER)  # type: ignore[arg-type]  # What a beginner passes.

    assert caught.value.code == "face.type"


def test_check_finds_what_resources_would_refuse(cafe: Face) -> None:
    bare = replace(cafe, design=Design(background="#3B2418"))

    assert google.check(cafe) == ()
    assert google.check(cafe, issuer_id=ISSUER) == ()
    assert [issue.code for issue in google.check(bare, issuer_id="1 2")] == ["image.logo-missing", "issuer.invalid"]


def test_check_warns_of_texts_that_google_cuts(cafe: Face) -> None:
    face = replace(
        cafe,
        title="The Copper Kettle Coffee House",
        balances=(Balance(label="A long label", text="over seven"),),
        fields=(Field.back("long", "x" * 36, "y" * 501),),
    )

    issues = google.check(face)
    google.resources(face, issuer_id=ISSUER)

    assert {issue.severity for issue in issues} == {"warning"}
    assert {issue.where for issue in issues} == {
        "LoyaltyClass.programName",
        "LoyaltyObject.loyaltyPoints.label",
        "LoyaltyObject.loyaltyPoints.balance",
        "LoyaltyObject.textModulesData[0].header",
        "LoyaltyObject.textModulesData[0].body",
    }


def test_eleven_notices_are_too_many(cafe: Face) -> None:
    notices = tuple(Notice(id=f"n{n}", key="k", text="t") for n in range(11))

    [issue] = google.check(replace(cafe, notices=notices))

    assert (issue.code, issue.where) == ("count.limit", "LoyaltyObject.messages")
