import copy
from collections.abc import Iterator
from typing import Any

import pytest
from tests.apple import chain, faces
from tests.apple.conftest import png

from walletcard.apple import Identity, lint, pass_json
from walletcard.apple import _rules as rules
from walletcard.errors import Issue
from walletcard.model import Picture

Document = dict[str, Any]

FIELD = "storeCard.headerFields[0]"


def document(**changed: object) -> Document:
    base = pass_json(faces.cafe()) | {"passTypeIdentifier": chain.PASS_TYPE, "teamIdentifier": chain.TEAM}
    return {key: value for key, value in (base | changed).items() if value is not ...}


def with_field(group: str = "headerFields", **field: object) -> Document:
    made = {"key": "one", "label": "One", "value": "1"} | field
    return document(storeCard={group: [{key: value for key, value in made.items() if value is not ...}]})


def with_barcode(**changed: object) -> Document:
    made = {"format": "PKBarcodeFormatQR", "message": "A", "messageEncoding": "utf-8"} | changed
    return document(barcodes=[{key: value for key, value in made.items() if value is not ...}])


def with_style(name: str, groups: object, **more: object) -> Document:
    return document(storeCard=..., **{name: groups}, **more)


def fields(count: int) -> list[Document]:
    return [{"key": f"k{number}", "value": number} for number in range(count)]


def seen(issues: tuple[Issue, ...]) -> list[tuple[str, str, str]]:
    for one in issues:
        assert len(str(one)) <= 240
        assert str(one).isprintable()
        assert one.hint
    return [(one.code, one.where.removeprefix("pass.json").strip(), one.severity) for one in issues]


def test_acceptance_cards_have_no_issue(identity: Identity) -> None:
    for face in (faces.cafe(), faces.spa()):
        assert lint(pass_json(face, identity=identity), identity=identity) == ()


def test_linting_changes_nothing() -> None:
    given = document(storeCard={"headerFields": [{"key": 1}]})
    before = copy.deepcopy(given)

    lint(given)

    assert given == before


GOOD: list[Document] = [
    document(),
    document(webServiceURL="https://cards.example.com:8443/wallet", authenticationToken="x" * 16),
    document(appLaunchURL="kettle://open", associatedStoreIdentifiers=[123456789]),
    document(expirationDate="2026-12-31T23:59Z"),
    document(expirationDate="2026-12-31T23:59:00+01:00"),
    document(foregroundColor="rgb(1,2,3)"),
    document(locations=[{"latitude": 51.4, "longitude": -2.4, "altitude": 10, "relevantText": "Near"}]),
    document(userInfo={"any": [1, None, {"deep": True}]}),
    document(voided=False, sharingProhibited=True),
    document(posterGeneric={"primaryFields": fields(4), "footerFields": [{"key": "f", "value": 1}]}),
    document(barcode={"format": "PKBarcodeFormatQR", "message": "A", "messageEncoding": "utf-8"}),
    with_field(changeMessage="100 %% more: %@"),
    with_field(value=0),
    with_field(value=12.5, currencyCode="GBP"),
    with_field(value=12, numberStyle="PKNumberStyleDecimal"),
    with_field(value="2026-12-31T23:59Z", dateStyle="PKDateStyleShort", timeStyle="PKDateStyleNone", isRelative=True),
    with_field("secondaryFields", textAlignment="PKTextAlignmentNatural"),
    with_field("backFields", attributedValue='<a href="https://example.com">x</a>', dataDetectorTypes=[]),
    with_field("backFields", dataDetectorTypes=["PKDataDetectorTypeLink"]),
    with_barcode(altText="1"),
    with_barcode(message="€", messageEncoding="utf-8"),
    with_barcode(message="é", messageEncoding="iso-8859-1"),
    with_style("coupon", {"primaryFields": fields(1)}),
    with_style("generic", {"secondaryFields": fields(4)}),
    with_style("generic", {"secondaryFields": fields(8)}, barcodes=...),
    with_style(
        "boardingPass", {"transitType": "PKTransitTypeTrain", "primaryFields": fields(2)}, groupingIdentifier="g"
    ),
    with_style("eventTicket", {"auxiliaryFields": [{"key": "a", "value": 1, "row": 1}]}, groupingIdentifier="g"),
]


@pytest.mark.parametrize("given", GOOD, ids=range(len(GOOD)))
def test_good_document_has_no_issue(given: Document) -> None:
    assert lint(given) == ()


BAD: list[tuple[Document, str, str, str]] = [
    # Keys of the top level.
    (document(formatVersion=...), "json.required", "formatVersion", "error"),
    (document(formatVersion="1"), "json.type", "formatVersion", "error"),
    (document(formatVersion=True), "json.type", "formatVersion", "error"),
    (document(formatVersion=2), "number.range", "formatVersion", "error"),
    (document(serialNumber=7), "json.type", "serialNumber", "error"),
    (document(serialNumber=...), "json.required", "serialNumber", "error"),
    (document(serialNumber=" "), "json.empty", "serialNumber", "error"),
    (document(organizationName=...), "json.required", "organizationName", "error"),
    (document(organizationName=""), "json.empty", "organizationName", "error"),
    (document(description=...), "json.required", "description", "error"),
    (document(description=None), "json.type", "description", "error"),
    (document(passTypeIdentifier=...), "id.missing", "passTypeIdentifier", "warning"),
    (document(teamIdentifier=...), "id.missing", "teamIdentifier", "warning"),
    (document(passTypeIdentifier="com.example"), "id.pass-type", "passTypeIdentifier", "warning"),
    (document(teamIdentifier="abc"), "id.team", "teamIdentifier", "warning"),
    (document(logotext="x"), "json.unknown", "logotext", "warning"),
    (document(voided="true"), "json.type", "voided", "error"),
    (document(voided=1), "json.type", "voided", "error"),
    (document(sharingProhibited="yes"), "json.type", "sharingProhibited", "error"),
    (document(userInfo="text"), "json.type", "userInfo", "error"),
    (document(maxDistance="100"), "json.type", "maxDistance", "error"),
    (document(maxDistance=-1), "number.range", "maxDistance", "error"),
    (document(associatedStoreIdentifiers=["1"]), "json.type", "associatedStoreIdentifiers", "error"),
    (document(preferredStyleSchemes=[1]), "json.type", "preferredStyleSchemes", "error"),
    # Colours, dates, links.
    (document(backgroundColor="rgb(255-255-255)"), "color.invalid", "backgroundColor", "error"),
    (document(labelColor="rgb(256, 0, 0)"), "color.invalid", "labelColor", "error"),
    (document(foregroundColor="#12345"), "color.invalid", "foregroundColor", "error"),
    (document(expirationDate="2026-12-31"), "time.format", "expirationDate", "error"),
    (document(expirationDate="2026-12-31T10:00:00"), "time.format", "expirationDate", "error"),
    (document(expirationDate="2026-12-31T10:00:00-7:00"), "time.format", "expirationDate", "error"),
    (document(expirationDate="2026-02-30T10:00Z"), "time.format", "expirationDate", "error"),
    (document(expirationDate=5), "time.format", "expirationDate", "error"),
    (document(expirationDate="2026-12-31T10:00:00.5Z"), "time.fraction", "expirationDate", "warning"),
    (document(sellURL="https: //x.de"), "link.invalid", "sellURL", "error"),
    (document(sellURL="example"), "link.invalid", "sellURL", "error"),
    (document(webServiceURL="http://x.de", authenticationToken="x" * 16), "link.insecure", "webServiceURL", "error"),
    (document(webServiceURL="https://x.de?a", authenticationToken="x" * 16), "link.insecure", "webServiceURL", "error"),
    (document(webServiceURL="https://x.de"), "link.token", "authenticationToken", "error"),
    (document(webServiceURL="https://x.de", authenticationToken="short"), "link.token", "authenticationToken", "error"),
    (document(appLaunchURL="kettle://open"), "link.app", "appLaunchURL", "error"),
    # Places and NFC.
    (document(locations=[{"latitude": 91, "longitude": 0}]), "number.range", "locations[0].latitude", "error"),
    (document(locations=[{"latitude": 1}]), "json.required", "locations[0].longitude", "error"),
    (document(locations=[1]), "json.type", "locations", "error"),
    (document(locations=[{"latitude": 1, "longitude": 1}] * 11), "json.length", "locations", "warning"),
    (document(beacons=[{"proximityUUID": "x", "major": 70000}]), "number.range", "beacons[0].major", "warning"),
    (document(beacons=[{}]), "json.required", "beacons[0].proximityUUID", "warning"),
    (document(nfc={"message": "é" * 33}), "json.length", "nfc.message", "warning"),
    (document(nfc={}), "json.required", "nfc.message", "error"),
    # Styles.
    (document(storeCard=...), "style.missing", "", "error"),
    (with_style("posterGeneric", {}), "style.missing", "", "error"),
    (document(coupon={}), "style.several", "coupon", "error"),
    (document(storeCard=[]), "json.type", "storeCard", "error"),
    (document(groupingIdentifier="x"), "style.key", "groupingIdentifier", "warning"),
    (with_style("boardingPass", {}), "style.transit-type", "boardingPass.transitType", "error"),
    (with_style("boardingPass", {"transitType": "bus"}), "style.transit-type", "boardingPass.transitType", "error"),
    (document(storeCard={"transitType": "PKTransitTypeBus"}), "style.transit-type", "storeCard.transitType", "warning"),
    (document(storeCard={"headerField": []}), "json.unknown", "storeCard.headerField", "warning"),
    (document(storeCard={"footerFields": []}), "field.group", "storeCard.footerFields", "warning"),
    (document(storeCard={"headerFields": {}}), "json.type", "storeCard.headerFields", "error"),
    (document(storeCard={"headerFields": ["x"]}), "json.type", FIELD, "error"),
    (document(storeCard={"headerFields": fields(4)}), "field.count", "storeCard.headerFields", "warning"),
    (document(storeCard={"primaryFields": fields(2)}), "field.count", "storeCard.primaryFields", "warning"),
    (
        document(storeCard={"secondaryFields": fields(4), "auxiliaryFields": [{"key": "a", "value": 1}]}),
        "field.count", "storeCard.secondaryFields and auxiliaryFields", "warning",
    ),
    # Fields.
    (with_field(key=...), "field.key", f"{FIELD}.key", "error"),
    (with_field(key=5), "json.type", f"{FIELD}.key", "error"),
    (with_field(key=""), "json.empty", f"{FIELD}.key", "error"),
    (with_field(value=None), "field.value", f"{FIELD}.value", "error"),
    (with_field(value=["x"]), "field.value", f"{FIELD}.value", "error"),
    (with_field(label=5), "json.type", f"{FIELD}.label", "error"),
    (with_field(lable="x"), "json.unknown", f"{FIELD}.lable", "warning"),
    (with_field(changeMessage="Changed"), "field.change", f"{FIELD}.changeMessage", "warning"),
    (with_field(changeMessage="%@ and %@"), "field.change", f"{FIELD}.changeMessage", "warning"),
    (with_field(changeMessage="%@ %d"), "field.change", f"{FIELD}.changeMessage", "warning"),
    (with_field(textAlignment="left"), "enum.unknown", f"{FIELD}.textAlignment", "error"),
    (with_field(value=1, numberStyle="Decimal"), "enum.unknown", f"{FIELD}.numberStyle", "error"),
    (with_field(value=1, currencyCode="gbp"), "field.currency", f"{FIELD}.currencyCode", "warning"),
    (with_field(row=1), "field.row", f"{FIELD}.row", "warning"),
    (
        with_style("eventTicket", {"auxiliaryFields": [{"key": "a", "value": 1, "row": 2}]}),
        "number.range", "eventTicket.auxiliaryFields[0].row", "error",
    ),
    (
        with_field("backFields", textAlignment="PKTextAlignmentLeft"),
        "field.alignment", "storeCard.backFields[0].textAlignment", "warning",
    ),
    (
        with_field("backFields", dataDetectorTypes=["PKDataDetectorTypeMail"]),
        "enum.unknown", "storeCard.backFields[0].dataDetectorTypes", "error",
    ),
    # Barcodes: a bad entry is dropped, the old key refuses.
    (document(barcodes={}), "json.type", "barcodes", "error"),
    (document(barcodes=["x"]), "json.type", "barcodes", "error"),
    (with_barcode(format="qr"), "enum.unknown", "barcodes[0].format", "warning"),
    (with_barcode(format=...), "json.required", "barcodes[0].format", "warning"),
    (with_barcode(message=...), "json.required", "barcodes[0].message", "warning"),
    (with_barcode(message=""), "json.empty", "barcodes[0].message", "warning"),
    (with_barcode(message=5), "json.type", "barcodes[0].message", "warning"),
    (with_barcode(messageEncoding=...), "json.required", "barcodes[0].messageEncoding", "warning"),
    (with_barcode(messageEncoding="utf8mb4"), "barcode.encoding", "barcodes[0].messageEncoding", "warning"),
    (with_barcode(message="100€", messageEncoding="iso-8859-1"), "barcode.message", "barcodes[0].message", "warning"),
    (document(barcode={"format": "x"}, barcodes=...), "barcode.old", "barcode", "warning"),
    (
        document(barcode={"format": "PKBarcodeFormatCode128", "message": "A", "messageEncoding": "utf-8"}),
        "barcode.old", "barcode.format", "error",
    ),
    (
        document(barcode={"format": "PKBarcodeFormatQR", "message": "€", "messageEncoding": "iso-8859-1"}),
        "barcode.message", "barcode.message", "error",
    ),
    # What JSON cannot hold.
    (document(userInfo={"a": float("nan")}), "json.value", "userInfo.a", "error"),
    (document(userInfo={"a": {1, 2}}), "json.value", "userInfo.a", "error"),
    (document(userInfo={"a": ["x", b"y"]}), "json.value", "userInfo.a[1]", "error"),
    (document(logoText="\ud800"), "json.value", "logoText", "error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code", "where", "severity"), BAD, ids=[f"{n}-{one[1]}" for n, one in enumerate(BAD)]
)
def test_bad_document_is_told_where_and_how_bad(given: Document, code: str, where: str, severity: str) -> None:
    assert (code, where, severity) in seen(lint(given))


# Section 3.5: what is only logged on the back refuses the pass on the front.
GRADED = [
    ({"value": ...}, "field.value", "value"),
    ({"isRelative": False}, "field.date-style", "isRelative"),
    ({"ignoresTimeZone": False}, "field.date-style", "ignoresTimeZone"),
    ({"dateStyle": "PKDateStyleNone"}, "field.date-style", "dateStyle"),
    ({"timeStyle": "PKDateStyleNone", "value": 5}, "field.date-style", "timeStyle"),
    ({"value": "10", "currencyCode": "USD"}, "field.number-style", "currencyCode"),
    ({"value": "10", "numberStyle": "PKNumberStyleDecimal"}, "field.number-style", "numberStyle"),
    ({"value": 1, "numberStyle": "PKNumberStyleDecimal", "currencyCode": "USD"}, "field.two-styles", "currencyCode"),
    ({"value": 1, "currencyCode": "USD", "isRelative": True}, "field.two-styles", "currencyCode"),
]


@pytest.mark.parametrize(("group", "severity"), [("headerFields", "error"), ("backFields", "warning")])
@pytest.mark.parametrize(("field", "code", "key"), GRADED)
def test_field_rules_are_graded_as_ios_does(field: Document, code: str, key: str, group: str, severity: str) -> None:
    assert (code, f"storeCard.{group}[0].{key}", severity) in seen(lint(with_field(group, **field)))


@pytest.mark.parametrize(("group", "severity"), [("secondaryFields", "error"), ("backFields", "warning")])
def test_key_may_not_repeat_in_any_group(group: str, severity: str) -> None:
    one = {"key": "same", "value": 1}

    issues = lint(document(storeCard={"headerFields": [one], group: [one]}))

    assert seen(issues) == [("field.duplicate", f"storeCard.{group}[0].key", severity)]
    assert FIELD in issues[0].message


def test_key_may_repeat_in_another_style() -> None:
    one = [{"key": "same", "value": 1}]

    assert lint(document(storeCard={"headerFields": one}, posterGeneric={"headerFields": one})) == ()


def test_strange_keys_make_no_strange_line() -> None:
    long, odd = "x" * 5_000, "a\n\u202e"
    given = document(**{long: 1, odd: 2}, userInfo={long: {long: {long: {1}}}}, storeCard={long: 1, odd: [], 5: []})

    issues = seen(lint(given))

    assert {code for code, _, _ in issues} == {"json.unknown", "json.value"}
    assert [code for code, _, _ in issues].count("json.value") == 2  # The set, and the key that is a number.
    assert len(issues) == 7


def test_nearest_known_key_is_named() -> None:
    assert lint(document(logotext="x"))[0].hint == 'did you mean "logoText"?'
    assert lint(document(storecard={}))[0].hint == 'did you mean "storeCard"?'


@pytest.mark.parametrize("given", [None, [], "pass.json", b"{}", 5])
def test_what_is_no_document(given: object) -> None:
    assert seen(lint(given)) == [("document.type", "", "error")]  # type: ignore[arg-type]


def test_document_that_contains_itself() -> None:
    given = document()
    given["userInfo"] = {"me": given}

    assert "json.value" in {one.code for one in lint(given)}


def test_document_that_is_nested_without_end() -> None:
    deep: Document = {}
    for _ in range(50_000):
        deep = {"a": deep}

    assert "json.value" in {one.code for one in lint(document(userInfo=deep))}


def test_every_problem_is_reported_at_once() -> None:
    issues = lint({"formatVersion": "1", "voided": 0, "storeCard": {"headerFields": [{}]}})

    assert {one.code for one in issues} >= {"json.type", "json.required", "id.missing", "field.key", "field.value"}


def test_token_is_never_shown() -> None:
    shown = " ".join(map(str, lint(document(authenticationToken=918273645, webServiceURL="http://a:hunter2@x.de"))))

    assert "918273645" not in shown
    assert "hunter2" not in shown


# Against the certificate.


def test_ids_of_another_certificate(identity: Identity) -> None:
    issues = lint(document(passTypeIdentifier="pass.other", teamIdentifier="ZZZZZ00000"), identity=identity)

    assert seen(issues) == [
        ("id.mismatch", "passTypeIdentifier", "error"),
        ("id.mismatch", "teamIdentifier", "error"),
    ]
    assert chain.PASS_TYPE in issues[0].message


def test_missing_ids_are_no_issue_when_the_signer_is_known(identity: Identity) -> None:
    assert lint(pass_json(faces.cafe()), identity=identity) == ()


def test_nfc_needs_its_certificate(identity: Identity) -> None:
    assert ("nfc.certificate", "nfc", "warning") in seen(lint(document(nfc={"message": "x"}), identity=identity))


# Files.


def test_good_files_have_no_issue(pictures: dict[str, Picture]) -> None:
    plain = {name: picture.png for name, picture in pictures.items()}

    assert lint(document(), files=pictures) == ()
    assert lint(document(), files=plain) == ()
    assert lint(document(), files={**plain, "en.lproj/pass.strings": b"", "zh-Hans.lproj/pass.strings": b""}) == ()


def test_missing_icon() -> None:
    issues = lint(document(), files={})

    assert seen(issues) == [("image.icon-missing", 'files["icon.png"]', "error")]


def test_icon_in_a_language_folder_does_not_count(pictures: dict[str, Picture]) -> None:
    issues = lint(document(), files={"en.lproj/icon.png": pictures["icon.png"]})

    assert "image.icon-missing" in {one.code for one in issues}


@pytest.mark.parametrize("only", ["icon.png", "icon@2x.png", "icon@3x.png"])
def test_one_density_of_the_icon_is_enough_for_a_phone(pictures: dict[str, Picture], only: str) -> None:
    issues = lint(document(), files={only: pictures[only]})

    assert {(one.code, one.severity) for one in issues} == {("image.density", "warning")}


@pytest.mark.parametrize(
    ("name", "content", "code", "severity"),
    [
        ("icon.png", b"\xff\xd8\xff jpeg", "image.not-png", "error"),
        ("icon.png", b"", "image.not-png", "error"),
        ("logo.png", b"GIF8", "image.not-png", "warning"),
        ("icon.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image.not-png", "error"),
        ("icon.png", png(38, 38)[:30], "image.not-png", "error"),
        ("icon.png", png(0, 0), "image.not-png", "error"),
        ("logo.png", png(160, 0), "image.not-png", "warning"),
        ("thumbnail.png", None, "image.slot", "warning"),
        ("background@2x.png", None, "image.slot", "warning"),
        ("icn.png", None, "file.unknown", "warning"),
        ("Icon.png", None, "file.unknown", "warning"),
        ("icon@4x.png", None, "file.unknown", "warning"),
        ("../icon.png", None, "file.name", "error"),
        ("/icon.png", None, "file.name", "error"),
        ("a\\b.png", None, "file.name", "error"),
        ("icon.png\0.txt", None, "file.name", "error"),
        (".DS_Store", None, "file.name", "error"),
        ("__MACOSX/icon.png", None, "file.name", "error"),
        ("MyPass/icon.png", None, "file.name", "error"),
        ("", None, "file.name", "error"),
        ("é.png", None, "file.name", "error"),
        ("x" * 500, None, "file.name", "error"),
        (5, None, "file.name", "error"),
        ("pass.json", b"{}", "file.reserved", "error"),
        ("manifest.json", b"{}", "file.reserved", "error"),
        ("signature", b"{}", "file.reserved", "error"),
        ("logo.png", "art/logo.png", "file.type", "error"),
        ("logo.png", 5, "file.type", "error"),
        ("en.lproj/strip.png", None, "image.shadowed", "warning"),
        ("en.lproj/icon.png", None, "image.shadowed", "warning"),
    ],
)
def test_bad_file_is_named(pictures: dict[str, Picture], name: str, content: object, code: str, severity: str) -> None:
    given = pictures["icon.png"] if content is None else content

    issues = lint(document(), files={**pictures, name: given})  # type: ignore[dict-item]

    assert (code, severity) in {(one.code, one.severity) for one in issues}
    assert all(len(str(one)) <= 240 and str(one).isprintable() for one in issues)


def test_a_picture_that_is_none_says_what_it_is() -> None:
    found = {one.where: one.message for one in lint(document(), files={"icon.png": png(0, 7), "logo.png": b"GIF89a"})}

    assert found['files["icon.png"]'] == "0x7 px"
    assert found['files["logo.png"]'] == "is a GIF"


def test_files_that_are_no_mapping() -> None:
    assert seen(lint(document(), files=["icon.png"])) == [("file.type", "files", "error")]  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", [[], {}, [[]], {"a": []}, None, True, 5, -1.5, "", "x"])
def test_any_value_under_any_key_is_judged(odd: object) -> None:
    for changes in everywhere(odd):
        assert isinstance(lint(document(**changes), files={"icon.png": b""}), tuple)


def everywhere(odd: object) -> Iterator[Document]:
    """Yield a value under every key that a table knows, and in every group of fields."""
    for key in (*rules.TOP_LEVEL, *rules.STYLES):
        inside = rules.TOP_LEVEL[key].entry if key in rules.TOP_LEVEL else None
        yield {key: odd}
        yield {key: [odd]}
        yield {key: [{name: odd} for name in inside or ()]}
        for name in inside or ():
            yield {key: {name: odd}}
    for style in rules.STYLES:
        yield from ({style: {group: odd}} for group in (*rules.FRONT_GROUPS, *rules.BACK_GROUPS, "transitType"))
        for group in rules.FRONT_GROUPS:
            yield {style: {group: [{"key": "a", "value": 1, name: odd} for name in rules.FIELD]}}


def test_issues_come_in_the_order_of_the_document() -> None:
    given = (
        "upgradeURL",
        "suppressStripShine",
        "sellURL",
        "eventLogoText",
        "relevantDate",
        "bagPolicyURL",
        "trackBagsURL",
    )
    changes = dict.fromkeys(given, "https://example.com/") | {"suppressStripShine": True, "eventLogoText": "A"}
    changes["relevantDate"] = "2026-11-21T10:00:00Z"

    told = [one.where.removeprefix("pass.json ") for one in lint(document(**changes)) if one.code != "place.missing"]

    assert list(dict.fromkeys(told)) == list(given)
