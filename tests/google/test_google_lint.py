import copy
from collections.abc import Iterator
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidDocumentError, Issue, KeyMaterialError
from walletcard.google._types import types
from walletcard.google._walk import walked
from walletcard.model import Face
from walletcard.testing import throwaway_service_account

ISSUER = "3388000000012345678"
HTTPS = {"sourceUri": {"uri": "https://example.com/a.png"}}
CLASS: dict[str, Any] = {
    "id": f"{ISSUER}.club",
    "issuerName": "Copper Kettle",
    "programName": "Kettle Club",
    "programLogo": HTTPS,
    "reviewStatus": "UNDER_REVIEW",
}
OBJECT: dict[str, Any] = {"id": f"{ISSUER}.club.1", "classId": f"{ISSUER}.club", "state": "ACTIVE"}
CLAIMS: dict[str, Any] = {
    "iss": "a@b.iam.gserviceaccount.com",
    "aud": "google",
    "typ": "savetowallet",
    "iat": 1,
    "origins": [],
    "payload": {"loyaltyClasses": [CLASS], "loyaltyObjects": [OBJECT]},
}


def found(issues: tuple[Issue, ...]) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.where, issue.severity) for issue in issues]


def rows(*values: Any) -> dict[str, Any]:
    return {"classTemplateInfo": {"cardTemplateOverride": {"cardRowTemplateInfos": list(values)}}}


def one_item(path: Any) -> dict[str, Any]:
    return {"oneItem": {"item": {"firstValue": {"fields": [{"fieldPath": path}]}}}}


def test_the_smallest_documents_are_good() -> None:
    assert google.lint("LoyaltyClass", CLASS) == ()
    assert google.lint("LoyaltyObject", OBJECT) == ()
    assert google.lint("claims", CLAIMS) == ()


@pytest.mark.parametrize("name", CLASS)
def test_each_required_key_of_a_class_is_missed(name: str) -> None:
    body = {key: value for key, value in CLASS.items() if key != name}

    assert ("field.missing", f"LoyaltyClass.{name}", "error") in found(google.lint("LoyaltyClass", body))


@pytest.mark.parametrize("name", OBJECT)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_required_key_of_an_object_needs_a_value(name: str, value: Any) -> None:
    assert ("field.missing", f"LoyaltyObject.{name}") in [
        one[:2] for one in found(google.lint("LoyaltyObject", OBJECT | {name: value}))
    ]


@pytest.mark.parametrize(
    ("changes", "code", "where", "severity"),
    [
        ({"loyaltyPoint": {}}, "field.unknown", "loyaltyPoint", "error"),
        ({"account_id": "x"}, "field.unknown", "account_id", "error"),
        ({"hexBackgroundColor": "#fff"}, "field.unknown", "hexBackgroundColor", "error"),
        ({"accountId": 5}, "field.type", "accountId", "error"),
        ({"accountId": None}, "field.type", "accountId", "error"),
        ({"messages": {}}, "field.type", "messages", "error"),
        ({"messages": ["x"]}, "field.type", "messages[0]", "error"),
        ({"barcode": "x"}, "field.type", "barcode", "error"),
        ({"disableExpirationNotification": "true"}, "field.type", "disableExpirationNotification", "error"),
        ({"groupingInfo": {"sortIndex": "1"}}, "field.type", "groupingInfo.sortIndex", "error"),
        ({"groupingInfo": {"sortIndex": 2**31}}, "number.range", "groupingInfo.sortIndex", "error"),
        ({"state": "ACTIV"}, "field.value", "state", "error"),
        ({"state": "active"}, "field.deprecated", "state", "warning"),
        ({"kind": "walletobjects#loyaltyObject"}, "field.deprecated", "kind", "warning"),
        ({"infoModuleData": {}}, "field.deprecated", "infoModuleData", "warning"),
        ({"hasUsers": True}, "field.output-only", "hasUsers", "error"),
        ({"id": "no-issuer"}, "id.shape", "id", "error"),
        ({"id": f"{ISSUER}.a b"}, "id.characters", "id", "error"),
        ({"id": f"{ISSUER}.é"}, "id.characters", "id", "error"),
        ({"id": "108234567890123456789.a"}, "issuer.client-id", "id", "error"),
        ({"id": "9223372036854775808.a"}, "issuer.invalid", "id", "error"),
        ({"id": "1.a"}, "id.issuer", "id", "error"),
        ({"id": 5}, "id.type", "id", "error"),
        ({"linkedObjectIds": [OBJECT["id"]]}, "id.self", "linkedObjectIds", "error"),
        ({"linkedObjectIds": ["1.a"] * 51}, "count.limit", "linkedObjectIds", "error"),
        ({"messages": [{}] * 11}, "count.limit", "messages", "error"),
        ({"textModulesData": [{}] * 11}, "count.shown", "textModulesData", "warning"),
        ({"textModulesData": [{"id": "a.b"}]}, "id.characters", "textModulesData[0].id", "error"),
        ({"textModulesData": [{"id": "a"}, {"id": "a"}]}, "id.duplicate", "textModulesData[1].id", "error"),
        ({"textModulesData": [{"header": "x" * 36}]}, "text.length", "textModulesData[0].header", "warning"),
        ({"accountName": "x" * 21}, "text.length", "accountName", "warning"),
        ({"loyaltyPoints": {"label": "x"}}, "field.missing", "loyaltyPoints.balance", "error"),
        ({"loyaltyPoints": {"balance": {}}}, "balance.kinds", "loyaltyPoints.balance", "error"),
        ({"loyaltyPoints": {"balance": {"int": 1, "string": "1"}}}, "balance.kinds", "loyaltyPoints.balance", "error"),
        ({"loyaltyPoints": {"balance": {"int": True}}}, "field.type", "loyaltyPoints.balance.int", "error"),
        (
            {"loyaltyPoints": {"balance": {"double": float("nan")}}},
            "number.range",
            "loyaltyPoints.balance.double",
            "error",
        ),
        ({"loyaltyPoints": {"balance": {"string": "12345678"}}}, "text.length", "loyaltyPoints.balance", "warning"),
        (
            {"loyaltyPoints": {"balance": {"money": {"micros": "1.5", "currencyCode": "GBP"}}}},
            "field.type",
            "loyaltyPoints.balance.money.micros",
            "error",
        ),
        (
            {"loyaltyPoints": {"balance": {"money": {"micros": 5, "currencyCode": "GBP"}}}},
            "field.type",
            "loyaltyPoints.balance.money.micros",
            "warning",
        ),
        (
            {"loyaltyPoints": {"balance": {"money": {"micros": "5", "currencyCode": "gbp"}}}},
            "money.currency",
            "loyaltyPoints.balance.money.currencyCode",
            "error",
        ),
        ({"heroImage": {}}, "image.source", "heroImage", "error"),
        ({"heroImage": b"png"}, "field.type", "heroImage", "error"),
        (
            {"heroImage": {"sourceUri": {"uri": "http://x.de/a.png"}}},
            "image.insecure",
            "heroImage.sourceUri.uri",
            "error",
        ),
        (
            {"heroImage": HTTPS | {"contentDescription": {}}},
            "field.missing",
            "heroImage.contentDescription.defaultValue",
            "error",
        ),
        (
            {"heroImage": HTTPS | {"contentDescription": {"defaultValue": {"language": "en", "value": ""}}}},
            "field.missing",
            "heroImage.contentDescription.defaultValue.value",
            "error",
        ),
        (
            {"heroImage": HTTPS | {"contentDescription": {"defaultValue": {"language": "en_GB", "value": "x"}}}},
            "locale.unknown",
            "heroImage.contentDescription.defaultValue.language",
            "error",
        ),
        ({"barcode": {"value": "x"}}, "field.missing", "barcode.type", "error"),
        ({"barcode": {"type": "EAN_13", "value": "12"}}, "barcode.message", "barcode.value", "error"),
        ({"barcode": {"type": "QR_CODE", "value": "é"}}, "barcode.encoding", "barcode.value", "warning"),
        (
            {"barcode": {"type": "AZTEC", "value": "x", "renderEncoding": "UTF_8"}},
            "barcode.encoding",
            "barcode.renderEncoding",
            "error",
        ),
        ({"barcode": {"type": "TEXT_ONLY", "alternateText": "x"}}, "barcode.alt", "barcode.alternateText", "error"),
        (
            {"linksModuleData": {"uris": [{"uri": "example.com"}]}},
            "link.scheme",
            "linksModuleData.uris[0].uri",
            "error",
        ),
        ({"validTimeInterval": {"start": {"date": "soon"}}}, "time.invalid", "validTimeInterval.start.date", "error"),
        ({"validTimeInterval": {"end": "2026"}}, "field.type", "validTimeInterval.end", "error"),
        (
            {"validTimeInterval": {"start": {"date": "2026-01-01T00:00:00Z"}, "end": {"date": "2027-01-01T00:00:00"}}},
            "time.offset",
            "validTimeInterval",
            "error",
        ),
        (
            {"validTimeInterval": {"start": {"date": "2026-01-01T00:00:00Z"}, "end": {"date": "2025-01-01T00:00:00Z"}}},
            "time.order",
            "validTimeInterval.end",
            "error",
        ),
        (
            {"merchantLocations": [{"latitude": 91, "longitude": 0}]},
            "number.range",
            "merchantLocations[0].latitude",
            "error",
        ),
        (
            {"valueAddedModuleData": [{"uri": "https://x.de"}]},
            "field.missing",
            "valueAddedModuleData[0].header",
            "error",
        ),
        ({"accountName": "\udc00"}, "text.surrogate", "", "error"),
    ],
)
def test_an_object_is_judged(changes: dict[str, Any], code: str, where: str, severity: str) -> None:
    place = f"LoyaltyObject.{where}" if where else "LoyaltyObject"

    assert (code, place, severity) in found(google.lint("LoyaltyObject", OBJECT | changes))


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"hexBackgroundColor": "rgb(1, 2, 3)"}, "color.invalid", "hexBackgroundColor"),
        ({"reviewStatus": "APPROVED"}, "field.value", "reviewStatus"),
        ({"callbackOptions": {"url": "http://x.de"}}, "link.insecure", "callbackOptions.url"),
        ({"review": {"comments": "x"}}, "field.output-only", "review"),
        (rows(), "template.rows", "classTemplateInfo.cardTemplateOverride.cardRowTemplateInfos"),
        (
            rows(*[one_item("object.accountName")] * 4),
            "template.rows",
            "classTemplateInfo.cardTemplateOverride.cardRowTemplateInfos",
        ),
        (rows({}), "template.row", "classTemplateInfo.cardTemplateOverride.cardRowTemplateInfos[0]"),
        (
            rows({"oneItem": {"item": {}}}),
            "template.item",
            "classTemplateInfo.cardTemplateOverride.cardRowTemplateInfos[0].oneItem.item",
        ),
    ],
)
def test_a_class_is_judged(changes: dict[str, Any], code: str, where: str) -> None:
    assert (code, f"LoyaltyClass.{where}", "error") in found(google.lint("LoyaltyClass", CLASS | changes))


@pytest.mark.parametrize(
    "path",
    [
        "object.loyaltyPoints.balance",
        "object.loyaltyPoints.balance.string",
        "object.accountName",
        "class.programName",
        "object.textModulesData['next']",
        "class.textModulesData['terms']",
        "object.validTimeInterval.end",
        "object.linksModuleData.uris['shop']",
    ],
)
def test_paths_that_lead_somewhere_are_good(path: str) -> None:
    assert google.lint("LoyaltyClass", CLASS | rows(one_item(path))) == ()


@pytest.mark.parametrize(
    "path",
    [
        "loyaltyPoints.balance",
        "object.",
        "object.accountName.",
        "object.loyaltyPoint.balance",
        "object.accountName.x",
        "object.programName",
        'object.textModulesData["next"]',
        "object.textModulesData[0]",
        "object.textModulesData['a.b']",
        "object.textModulesData['a'].body",
        "object.accountName['a']",
        "object.textModulesData['a",
        "",
        None,
        5,
    ],
)
def test_paths_that_lead_nowhere_are_named(path: Any) -> None:
    assert [issue.code for issue in google.lint("LoyaltyClass", CLASS | rows(one_item(path)))][-1:] == ["template.path"]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (OBJECT | {"loyaltyPoint": {}}, 'did you mean "loyaltyPoints"?'),
        (OBJECT | {"account_id": "x"}, 'did you mean "accountId"?'),
        (OBJECT | {"state": "ACTIV"}, "use ACTIVE, COMPLETED, EXPIRED, INACTIVE"),
        (OBJECT | {"state": "active"}, "write ACTIVE"),
        (OBJECT | {"barcode": {"type": "QRCODE"}}, 'did you mean "QR_CODE"?'),
    ],
)
def test_the_nearest_known_name_is_given(body: dict[str, Any], hint: str) -> None:
    assert hint in [issue.hint for issue in google.lint("LoyaltyObject", body)]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"aud": ["google"]}, "field.value", "claims.aud"),
        ({"typ": "JWT"}, "field.value", "claims.typ"),
        ({"iat": "1"}, "field.type", "claims.iat"),
        ({"iat": True}, "field.type", "claims.iat"),
        ({"iss": "me@example.com"}, "field.value", "claims.iss"),
        ({"origins": ["https://x.de/a"]}, "origins.invalid", "claims.origins[0]"),
        ({"exp": 5}, "field.unknown", "claims.exp"),
        ({"payload": {}}, "field.missing", "claims.payload"),
        ({"payload": []}, "field.type", "claims.payload"),
        ({"payload": {"loyaltyObject": [OBJECT]}}, "field.unknown", "claims.payload.loyaltyObject"),
        ({"payload": {"loyaltyObjects": OBJECT}}, "field.type", "claims.payload.loyaltyObjects"),
        ({"payload": {"loyaltyObjects": [{"id": "x"}]}}, "id.shape", "claims.payload.loyaltyObjects[0].id"),
        (
            {"payload": {"loyaltyObjects": [OBJECT | {"state": "x"}]}},
            "field.value",
            "claims.payload.loyaltyObjects[0].state",
        ),
        ({"payload": {"offerObjects": [{"id": "1.a", "x": 1}]}}, "field.unknown", "claims.payload.offerObjects[0].x"),
    ],
)
def test_claims_are_judged(changes: dict[str, Any], code: str, where: str) -> None:
    assert (code, where) in [one[:2] for one in found(google.lint("claims", CLAIMS | changes))]


def test_the_classes_of_a_link_are_those_of_its_objects() -> None:
    stray = CLAIMS | {"payload": {"loyaltyClasses": [CLASS], "loyaltyObjects": [OBJECT | {"classId": f"{ISSUER}.x"}]}}
    gift = {key: CLASS[key] for key in ("id", "issuerName", "reviewStatus")}
    voucher = OBJECT | {"cardNumber": "1", "barcode": {"type": "QR_CODE", "value": "1"}}
    hidden = CLAIMS | {"payload": {"giftCardClasses": [gift], "giftCardObjects": [voucher]}}

    assert found(google.lint("claims", stray)) == [("id.class", "claims.payload.loyaltyObjects[0].classId", "warning")]
    assert found(google.lint("claims", hidden)) == [
        ("barcode.hidden", "claims.payload.giftCardObjects[0].barcode", "warning")
    ]


def test_objects_that_google_has_may_be_named_by_id() -> None:
    for one in ({"id": OBJECT["id"]}, {"id": OBJECT["id"], "classId": CLASS["id"]}):
        assert google.lint("claims", CLAIMS | {"payload": {"loyaltyObjects": [one]}}) == ()


@pytest.mark.parametrize("kind", ["LoyaltyClass", "LoyaltyObject", "claims"])
@pytest.mark.parametrize("body", [None, [], "text", 5, b"{}"])
def test_what_is_no_document_is_an_issue(kind: str, body: Any) -> None:
    assert ("field.type", kind, "error") in found(google.lint(kind, body))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.lint("loyaltyClass", CLASS)

    assert caught.value.hint == 'did you mean "LoyaltyClass"?'


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def put(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def test_no_fault_anywhere_raises_and_every_message_is_one_printable_line(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)
    odd: list[Any] = [
        None,
        0,
        True,
        1.5,
        float("inf"),
        "",
        "\x00\n" * 99,
        "\ud800",
        [],
        [None],
        {},
        {"x": {}},
        {7: 7},
        b"",
        object(),
    ]

    claims = CLAIMS | {"payload": {"loyaltyClasses": [made.class_], "loyaltyObjects": [made.object]}}
    for kind, body in (("LoyaltyClass", made.class_), ("LoyaltyObject", made.object), ("claims", claims)):
        for path in places(body):
            for value in odd:
                for issue in google.lint(kind, put(body, path, value)):
                    assert issue.message
                    assert str(issue).isprintable(), issue
                    assert len(str(issue)) <= 240, issue


def test_a_wrong_type_anywhere_is_found(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER)

    for kind, body in (("LoyaltyClass", made.class_), ("LoyaltyObject", made.object)):
        for path in places(body):
            assert any(issue.severity == "error" for issue in google.lint(kind, put(body, path, object()))), path


@pytest.mark.parametrize(
    "odd", [[], {}, [[]], {"a": []}, None, True, 5, -1.5, 10**5_000, float("nan"), "", "\ud800"], ids=lambda _: ""
)
def test_any_value_under_any_key_is_judged(odd: object) -> None:
    for name, kind in types().items():
        for key in kind.entries:
            for value in (odd, [odd]):
                assert isinstance(walked(name, {key: value}, where=name), tuple)


@pytest.mark.parametrize("address", ["ftp://kettle:s3cret@example.com/a.png", "https://kettle:s3cret@"])
def test_an_address_that_may_hold_a_password_is_not_repeated(address: str) -> None:
    link, image = {"linksModuleData": {"uris": [{"uri": address}]}}, {"heroImage": {"sourceUri": {"uri": address}}}

    issues = google.lint("LoyaltyObject", {"id": "1.a", "classId": "1.b", "state": "ACTIVE", **link, **image})
    with pytest.raises(KeyMaterialError) as refused:
        google.ServiceAccount.from_json(throwaway_service_account().to_json(), token_uri=address)

    assert issues
    assert "s3cret" not in str([*map(str, issues), refused.value])
