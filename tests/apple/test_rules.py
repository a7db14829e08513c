"""Every rule of the lint with a document that keeps it and one that breaks it.

The rows of the tables make their own pairs; what joins several keys stands below, pair by pair.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.apple import chain, faces
from tests.apple.conftest import png

from walletcard.apple import _rules as rules
from walletcard.apple import lint, pass_json
from walletcard.apple._rule import Rule, Table
from walletcard.apple._schemes import SCHEMES
from walletcard.apple._semantics import TAGS
from walletcard.errors import Issue

Document = dict[str, Any]
DATE = "2026-12-31T23:59:00Z"
TEXTS = {"": "x", "amount": "12.50", "currency": "GBP", "digest": "a" * 64, "zone": "Europe/London",
         "uuid": "F8F589E9-C07E-58B0-AEAB-A36BE4D48FAC", "secure": "https://example.com"}  # fmt: skip
MISSPELT = {"amount": ("12,50", "semantic.amount"), "currency": ("pounds", "field.currency"),
            "digest": ("abc", "image.digest"), "zone": ("Europe", "time.zone"), "uuid": ("xyz", "beacon.uuid"),
            "secure": ("http://example.com", "link.insecure")}  # fmt: skip
WRONG = {
    "text": (5, "json.type"), "number": ("1", "json.type"), "flag": ("true", "json.type"),
    "object": ("x", "json.type"), "color": ("rgb(255-255-255)", "color.invalid"), "date": ("tomorrow", "time.format"),
    "link": ("no link", "link.invalid"), "https": ("http://example.com", "link.insecure"),
    "scalar": ([], "json.type"), "value": (None, "field.value"), "numbers": (["1"], "json.type"),
    "texts": ([1], "json.type"), "objects": ([1], "json.type"),
}  # fmt: skip


# The rows of the tables.


def good(rule: Rule) -> Any:
    if rule.entry is not None:
        one = minimal(rule.entry)
        return one if rule.kind == "object" else [one]
    member = min(rule.members, default=None)
    plain: dict[str, Any] = {
        "text": member or TEXTS[rule.form], "number": rule.low if rule.low is not None else 1, "flag": True,
        "object": {}, "color": "rgb(1, 2, 3)", "date": DATE, "link": "https://example.com",
        "https": "https://example.com", "scalar": "x", "value": "x", "numbers": [1], "texts": [member or "x"],
        "objects": [{}],
    }  # fmt: skip
    return plain[rule.kind]


def minimal(table: Table) -> Document:
    return {key: good(table[key]) for key in table.required}


def broken(rule: Rule) -> Iterator[tuple[Any, str]]:
    yield WRONG[rule.kind]
    if rule.filled:
        yield " ", "json.empty"
    if rule.members:
        yield ("?" if rule.kind == "text" else ["?"]), "enum.unknown"
    if rule.low is not None:
        yield rule.low - 1, "number.range"
    if rule.high is not None:
        yield rule.high + 1, "number.range"
    if rule.form:
        yield MISSPELT[rule.form]
    if rule.most is not None:
        yield (
            ("é" * rule.most if rule.kind == "text" else [minimal(rule.entry or TAGS)] * (rule.most + 1)),
            "json.length",
        )
    if rule.kind == "date" and not rule.fractions:
        yield "2026-12-31T23:59:00.5Z", "time.fraction"
    if rule.kind == "color":
        yield "#fff", "color.hex"
    if rule.required:
        yield ..., "json.required"


class Row(NamedTuple):
    """One aspect of one row: where it stands, a right and a wrong value, and a document around either."""

    place: str
    code: str
    right: Document
    wrong: Document


def base(style: str = "storeCard", /, **more: Any) -> Document:
    made = pass_json(faces.cafe()) | {"passTypeIdentifier": chain.PASS_TYPE, "teamIdentifier": chain.TEAM}
    groups = {"transitType": "PKTransitTypeAir"} if style == "boardingPass" else {}
    del made["storeCard"]
    return {key: value for key, value in {**made, style: groups, **more}.items() if value is not ...}


def top(key: str, rule: Rule) -> Callable[[Any], Document]:
    style = min(rule.styles - {"posterGeneric"}, default="storeCard")
    more: Document = {}
    if rule.scheme:
        style = SCHEMES[rule.scheme].style
        more = {"preferredStyleSchemes": [rule.scheme, style]}
    if key == "appLaunchURL":
        more["associatedStoreIdentifiers"] = [1]
    if key == "webServiceURL":
        more["authenticationToken"] = "t" * 16
    return lambda value: base(style, **{**more, key: value})


def around(table: Table, key: str, rule: Rule, make: Callable[[Document], Document]) -> Callable[[Any], Document]:
    rest = minimal(table)
    if key in rules.DATE_KEYS:
        rest["value"] = DATE
    if key in rules.NUMBER_KEYS:
        rest["value"] = 1

    def placed(value: Any) -> Document:
        return make({name: one for name, one in {**rest, key: value}.items() if one is not ...})

    return placed


def rows(
    table: Table, place: str, make: Callable[[str, Rule], Callable[[Any], Document]], seen: set[int]
) -> Iterator[Row]:
    if id(table) in seen:
        return
    seen.add(id(table))
    for key, rule in table.items():
        build = make(key, rule)
        for value, code in broken(rule):
            if code == "json.required" and (not place and key in rules.OWN_IDS):
                code = "id.missing"
            if table is rules.FIELD and code == "json.required":
                code = f"field.{key}"
            if table is rules.FIELD and key == "value" and value is None:
                code = "field.value"
            yield Row(place + key, code, build(good(rule)), build(value))
        if rule.entry is not None:
            entry, many = rule.entry, rule.kind == "objects"

            def inside(name: str, one: Rule, *, build: Any = build, entry: Table = entry, many: bool = many) -> Any:
                return around(entry, name, one, lambda made: build([made] if many else made))

            yield from rows(entry, f"{place}{key}{'[0]' if many else ''}.", inside, seen)


def in_field(key: str, rule: Rule) -> Callable[[Any], Document]:
    return around(rules.FIELD, key, rule, lambda made: base("eventTicket", eventTicket={"auxiliaryFields": [made]}))


SEEN: set[int] = set()
ROWS = [
    *rows(rules.FIELD, "eventTicket.auxiliaryFields[0].", in_field, SEEN),
    *rows(rules.TOP_LEVEL, "", top, SEEN),
]
# What other rules say about a value that its own row takes.
ELSEWHERE = {
    "barcode.encoding", "barcode.message", "barcode.newest", "barcode.old", "field.back-only",
    "field.change", "id.pass-type", "id.team", "json.old", "link.token", "nfc.key", "place.distance",
    "place.missing", "relevant.both", "relevant.dates", "scheme.order", "scheme.unknown", "semantic.style",
}  # fmt: skip


def codes(issues: tuple[Issue, ...], where: str) -> set[str]:
    return {one.code for one in issues if one.where.removeprefix("pass.json").strip() == where}


@pytest.mark.parametrize("row", ROWS, ids=[f"{one.place}-{one.code}" for one in ROWS])
def test_row_of_a_table(row: Row) -> None:
    kept, refused = lint(row.right), lint(row.wrong)

    assert codes(kept, row.place) <= ELSEWHERE
    assert row.code in codes(refused, row.place)
    assert all(len(str(one)) <= 240 and one.hint for one in refused)


def test_every_table_names_its_page() -> None:
    tables = [value for value in vars(rules).values() if isinstance(value, (Table, rules.Style))]

    assert all(one.page.startswith("https://") for one in [*tables, *rules.STYLES.values(), *SCHEMES.values(), TAGS])


@pytest.mark.parametrize("key", sorted({*rules.TOP_LEVEL.instead, *TAGS.instead}))
def test_key_that_is_often_met_and_wrong_has_its_hint(key: str) -> None:
    place = {key: 1} if key in rules.TOP_LEVEL.instead else {"semantics": {key: 1}}

    (issue,) = lint(base(**place))

    assert (issue.code, issue.severity) == ("json.unknown", "warning")
    assert issue.hint in {rules.TOP_LEVEL.instead.get(key), TAGS.instead.get(key)}


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_nearest_tag_is_named(tag: str) -> None:
    (issue,) = lint(base(semantics={tag + "x": 1}))

    assert issue.hint.startswith("did you mean")


@pytest.mark.parametrize("key", sorted(rules.TOP_LEVEL.conditional))
def test_key_that_counts_only_beside_something(key: str) -> None:
    rule = rules.TOP_LEVEL[key]
    wanted = {bool(rule.styles): "style.key", bool(rule.scheme): "scheme.key", bool(rule.old): "json.old"}[True]
    kept = top(key, rule)(good(rule)) if not rule.old else base()

    assert wanted in codes(lint(base("generic", **{key: good(rule)})), key)
    assert wanted not in codes(lint(kept), key)


@pytest.mark.parametrize("tag", sorted(TAGS.conditional))
def test_tag_of_another_style_is_noted(tag: str) -> None:
    tags, place = {"semantics": {tag: good(TAGS[tag])}}, f"semantics.{tag}"

    assert "semantic.style" in codes(lint(base("coupon", **tags)), place)
    assert not codes(lint(base(min(TAGS[tag].styles), **tags)), place)


# What joins several keys: code, place, severity, a document that breaks it, and one that keeps it.

Given = tuple[Document, Mapping[str, Any] | None]


def nfc_key(curve: ec.EllipticCurve | None = None, *, compressed: bool = True) -> str:
    public = ec.generate_private_key(curve or ec.SECP256R1()).public_key()
    if not compressed or curve:
        return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    head = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    return base64.b64encode(head + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)).decode()


KEY = nfc_key()
ICONS = {f"icon{suffix}.png": png(38 * scale, 38 * scale) for suffix, scale in (("", 1), ("@2x", 2), ("@3x", 3))}
PLACE = [{"latitude": 51.4, "longitude": -2.4}]
TOKEN: Document = {"webServiceURL": "https://example.com", "authenticationToken": "t" * 16}
POSTER_TAGS: Document = dict.fromkeys(("eventName", "venueName", "venueRegionName", "venueRoom"), "x") | {
    "eventStartDate": DATE
}
POSTER_NFC = {"message": "x", "encryptionPublicKey": KEY, "requiresAuthentication": False}
FLIGHT: Document = {
    "airlineCode": "EX", "flightNumber": 815, "originalDepartureDate": DATE, "originalBoardingDate": DATE,
    "originalArrivalDate": DATE, "departureLocationTimeZone": "Europe/London", "departureAirportCode": "SFO",
    "destinationAirportCode": "LHR", "passengerName": {"givenName": "Priya"}, "departureCityName": "A",
    "destinationCityName": "B", "destinationLocationTimeZone": "Europe/London", "seats": [{"seatRow": "5"}],
}  # fmt: skip


def code(form: str, message: str, **more: Any) -> Document:
    second = {"format": "PKBarcodeFormatQR", "message": "A", "messageEncoding": "utf-8"}
    first = {"format": f"PKBarcodeFormat{form}", "message": message, "messageEncoding": "utf-8"} | more
    return base(barcodes=[first, second])


def nfc(**more: Any) -> Document:
    kept = {"message": "x", "encryptionPublicKey": KEY} | more
    return base(nfc={key: value for key, value in kept.items() if value is not ...}, sharingProhibited=True)


def poster(tags: Mapping[str, Any] | None = None, /, **more: Any) -> Document:
    semantics = {**POSTER_TAGS, **(tags or {})}
    return base("eventTicket", **{
        "preferredStyleSchemes": ["posterEventTicket", "eventTicket"], "nfc": POSTER_NFC,
        "semantics": {key: value for key, value in semantics.items() if value is not ...}, **more,
    })  # fmt: skip


def flight(**more: Any) -> Document:
    tags = {key: value for key, value in (FLIGHT | more).items() if value is not ...}
    return base("boardingPass", preferredStyleSchemes=["semanticBoardingPass", "boardingPass"], semantics=tags)


def groups(style: str, **made: Any) -> Document:
    return base(style, **{style: made})


def fields(count: int, **more: Any) -> list[Document]:
    return [{"key": f"k{number}", "value": "x", **more} for number in range(count)]


def one(style: str = "storeCard", group: str = "backFields", /, **more: Any) -> Document:
    return groups(style, **{group: [{"key": "a", "value": "x", **more}]})


def upcoming(*entries: Document) -> Document:
    whole = [{"identifier": "a", "name": "A", "type": "event", **entry} for entry in entries]
    return poster(upcomingPassInformation=whole)


def form(**more: Any) -> bytes:
    kept = {"description": "Join", "requiredPersonalizationFields": ["PKPassPersonalizationFieldName"]} | more
    return json.dumps({key: value for key, value in kept.items() if value is not ...}).encode()


def enrolment(content: bytes | None = None, document: Document | None = None, logo: bool = True) -> Given:
    files: dict[str, Any] = {**ICONS, "personalization.json": form() if content is None else content}
    if logo:
        files["personalizationLogo@2x.png"] = png(300, 80)
    return document or {**nfc(), **TOKEN}, files


def moving(still: bytes) -> bytes:
    """Put the chunk of an animation behind the header of a PNG."""
    return still[:33] + b"\0\0\0\x08acTL" + bytes(12) + still[33:]


def named(document: Document | None = None, /, *, given: Mapping[str, Any]) -> Given:
    return document or base(), {**ICONS, **given}


STRINGS = b'"A" = "B";'
SCHEMES_KEY = "preferredStyleSchemes"
FIELD_PLACE = "storeCard.backFields[0]"
LOGOS = {"artwork@2x.png": png(716, 896), "primaryLogo@2x.png": png(252, 60)}

JOINED: list[tuple[str, str, str, Document | Given, Document | Given]] = [
    # Barcodes.
    *(
        ("barcode.message", "barcodes[0].message", "warning", code(form_, wrong), code(form_, right))
        for form_, wrong, right in (
            ("EAN13", "400638133393X", "4006381333931"),
            ("EAN13", "40063813339310", "4006381333931"),
            ("I2of5", "12A4", "1234"),
            ("I2of5", "123", "0123"),
            ("Codabar", "A12E", "A12B"),
            ("Codabar", "A12", "12"),
            ("Code39", "abc", "ABC"),
            ("Code39", "A_B", "A-B"),
            ("Code128", "é", "e"),
        )
    ),
    (
        "barcode.check-digit",
        "barcodes[0].message",
        "warning",
        code("EAN13", "4006381333932"),
        code("EAN13", "4006381333931"),
    ),
    (
        "barcode.check-digit",
        "barcodes[0].message",
        "warning",
        code("EAN13", "400638133393"),
        code("EAN13", "4006381333931"),
    ),
    *(
        ("barcode.length", "barcodes[0].message", "warning", code(form_, long), code(form_, "12"))
        for form_, long in (
            ("Code128", "x" * 49),
            ("Code39", "X" * 31),
            ("Codabar", "1" * 31),
            ("I2of5", "1" * 32),
        )
    ),
    (
        "barcode.encoding",
        "barcodes[0].messageEncoding",
        "warning",
        code("QR", "A", messageEncoding="utf8mb4"),
        code("QR", "A"),
    ),
    (
        "barcode.message",
        "barcodes[0].message",
        "warning",
        code("QR", "€", messageEncoding="iso-8859-1"),
        code("QR", "€"),
    ),
    ("barcode.newest", "barcodes", "warning", base(barcodes=[code("Code39", "A")["barcodes"][0]]), code("Code39", "A")),
    ("barcode.order", "barcodes", "note", base(barcodes=code("Code39", "A")["barcodes"][::-1]), code("Code39", "A")),
    ("barcode.old", "barcode", "warning", base(barcodes=..., barcode=code("QR", "A")["barcodes"][0]), code("QR", "A")),
    (
        "barcode.old",
        "barcode.format",
        "error",
        base(barcode=code("Code128", "A")["barcodes"][0]),
        base(barcode=code("QR", "A")["barcodes"][0]),
    ),
    # NFC.
    ("nfc.key", "nfc.encryptionPublicKey", "warning", nfc(encryptionPublicKey=...), nfc()),
    ("nfc.key", "nfc.encryptionPublicKey", "error", nfc(encryptionPublicKey="no key"), nfc()),
    ("nfc.key", "nfc.encryptionPublicKey", "error", nfc(encryptionPublicKey="bm8ga2V5"), nfc()),
    ("nfc.key", "nfc.encryptionPublicKey", "error", nfc(encryptionPublicKey=KEY[:40] + "\n" + KEY[40:]), nfc()),
    ("nfc.key", "nfc.encryptionPublicKey", "error", nfc(encryptionPublicKey=f"-----BEGIN PUBLIC KEY-----{KEY}"), nfc()),
    ("nfc.key", "nfc.encryptionPublicKey", "error", nfc(encryptionPublicKey=nfc_key(ec.SECP384R1())), nfc()),
    ("nfc.key-form", "nfc.encryptionPublicKey", "warning", nfc(encryptionPublicKey=nfc_key(compressed=False)), nfc()),
    (
        "nfc.sharing",
        "nfc.requiresAuthentication",
        "note",
        {**nfc(requiresAuthentication=True), "sharingProhibited": False},
        nfc(requiresAuthentication=True),
    ),
    # Places and times.
    *(
        ("place.missing", "locations", "warning", base(**{key: value}), base(**{key: value}, locations=PLACE))
        for key, value in (
            ("relevantDate", DATE),
            ("relevantDates", [{"date": DATE, "relevantDate": DATE}]),
            ("beacons", [{"proximityUUID": TEXTS["uuid"]}]),
        )
    ),
    ("place.distance", "maxDistance", "note", base(maxDistance=5), base(maxDistance=5, locations=PLACE)),
    (
        "beacon.count",
        "beacons",
        "warning",
        base(beacons=[{"proximityUUID": f"F8F589E9-C07E-58B0-AEAB-A36BE4D48F{n:02}"} for n in range(11)]),
        base(beacons=[{"proximityUUID": TEXTS["uuid"], "major": n} for n in range(11)]),
    ),
    *(
        (
            "relevant." + name,
            "relevantDates[0]" + end,
            level,
            base("generic", relevantDates=[wrong]),
            base("generic", relevantDates=[right]),
        )
        for name, end, level, wrong, right in (
            ("dates", "", "warning", {}, {"date": DATE, "relevantDate": DATE}),
            ("dates", "", "warning", {"startDate": DATE}, {"startDate": DATE, "endDate": "2027-01-01T10:00Z"}),
            (
                "dates",
                "",
                "warning",
                {"date": DATE, "startDate": DATE, "endDate": DATE},
                {"date": DATE, "relevantDate": DATE},
            ),
            ("both", ".relevantDate", "note", {"date": DATE}, {"date": DATE, "relevantDate": DATE}),
            ("both", ".date", "note", {"relevantDate": DATE}, {"date": DATE, "relevantDate": DATE}),
            (
                "both",
                "",
                "note",
                {"date": DATE, "relevantDate": "2027-01-01T10:00Z"},
                {"date": DATE, "relevantDate": DATE},
            ),
            (
                "order",
                ".endDate",
                "warning",
                {"startDate": DATE, "endDate": DATE},
                {"startDate": DATE, "endDate": "2027-01-01T10:00Z"},
            ),
            (
                "length",
                ".endDate",
                "warning",
                {"startDate": DATE, "endDate": "2027-01-02T10:00Z"},
                {"startDate": DATE, "endDate": "2027-01-01T10:00Z"},
            ),
        )
    ),
    # Links.
    ("link.token", "authenticationToken", "error", base(webServiceURL="https://example.com"), base(**TOKEN)),
    ("link.token", "authenticationToken", "error", base(**TOKEN | {"authenticationToken": "short"}), base(**TOKEN)),
    (
        "link.app",
        "appLaunchURL",
        "error",
        base(appLaunchURL="kettle://"),
        base(appLaunchURL="kettle://", associatedStoreIdentifiers=[1]),
    ),
    # Ids.
    ("id.pass-type", "passTypeIdentifier", "warning", base(passTypeIdentifier="com.x"), base()),
    ("id.team", "teamIdentifier", "warning", base(teamIdentifier="abc"), base()),
    # Styles and their groups.
    ("style.missing", "", "error", base("posterGeneric"), base(posterGeneric={})),
    ("style.several", "generic", "error", base(generic={}), base()),
    ("style.transit-type", "boardingPass.transitType", "error", groups("boardingPass"), base("boardingPass")),
    (
        "style.transit-type",
        "storeCard.transitType",
        "warning",
        groups("storeCard", transitType="PKTransitTypeAir"),
        base(),
    ),
    *(
        (
            "field.group",
            f"{style}.{group}",
            "warning",
            groups(style, **{group: fields(1)}),
            groups(style, backFields=fields(1)),
        )
        for style, rest in rules.STYLES.items()
        if style not in ("posterGeneric", "boardingPass")
        for group in (*rules.FRONT_GROUPS, *rules.BACK_GROUPS)
        if group not in rest.groups
    ),
    *(
        (
            "field.group",
            f"posterGeneric.{group}",
            "warning",
            base(posterGeneric={group: fields(1)}),
            base(posterGeneric={"footerFields": fields(1)}),
        )
        for group in ("secondaryFields", "auxiliaryFields")
    ),
    *(
        (
            "field.count",
            f"{style}.{joined.replace('+', ' and ')}",
            "warning",
            groups(style, **{joined.split("+")[0]: fields(most + 1)}) | {"barcodes": []},
            groups(style, **{joined.split("+")[0]: fields(most)}) | {"barcodes": []},
        )
        for style, rest in rules.STYLES.items()
        if style != "posterGeneric"
        for joined, most in rest.most.items()
    ),
    *(
        (
            "field.count",
            f"posterGeneric.{group}",
            "warning",
            base(posterGeneric={group: fields(most + 1)}),
            base(posterGeneric={group: fields(most)}),
        )
        for group, most in rules.STYLES["posterGeneric"].most.items()
    ),
    (
        "field.count",
        "generic.secondaryFields and auxiliaryFields",
        "warning",
        groups("generic", secondaryFields=fields(5)),
        groups("generic", secondaryFields=fields(4)),
    ),
    *(
        (
            "field.count",
            "eventTicket.auxiliaryFields",
            "warning",
            groups("eventTicket", auxiliaryFields=fields(5, row=row)),
            groups("eventTicket", auxiliaryFields=fields(4, row=row)),
        )
        for row in (0, 1)
    ),
    # Fields.
    (
        "field.duplicate",
        "storeCard.backFields[1].key",
        "warning",
        groups("storeCard", backFields=fields(1) * 2),
        groups("storeCard", backFields=fields(2)),
    ),
    *(
        ("field.date-style", f"{FIELD_PLACE}.{key}", "warning", one(**{key: value}), one(**{key: value}, value=DATE))
        for key, value in (
            ("dateStyle", "PKDateStyleShort"),
            ("timeStyle", "PKDateStyleShort"),
            ("isRelative", False),
            ("ignoresTimeZone", False),
        )
    ),
    *(
        ("field.number-style", f"{FIELD_PLACE}.{key}", "warning", one(**{key: value}), one(**{key: value}, value=1))
        for key, value in (("numberStyle", "PKNumberStyleDecimal"), ("currencyCode", "GBP"))
    ),
    (
        "field.two-styles",
        f"{FIELD_PLACE}.currencyCode",
        "warning",
        one(value=1, currencyCode="GBP", numberStyle="PKNumberStyleDecimal"),
        one(value=1, currencyCode="GBP"),
    ),
    (
        "field.two-styles",
        f"{FIELD_PLACE}.currencyCode",
        "warning",
        one(value=DATE, currencyCode="GBP", dateStyle="PKDateStyleShort"),
        one(value=1, currencyCode="GBP"),
    ),
    *(
        (
            "field.change",
            f"{FIELD_PLACE}.changeMessage",
            "warning",
            one(changeMessage=text),
            one(changeMessage="100 %%: %@"),
        )
        for text in ("new", "%@ %@", "%@ %d", "100 %: %@")
    ),
    (
        "field.alignment",
        f"{FIELD_PLACE}.textAlignment",
        "warning",
        one(textAlignment="PKTextAlignmentLeft"),
        one("storeCard", "secondaryFields", textAlignment="PKTextAlignmentLeft"),
    ),
    ("field.row", f"{FIELD_PLACE}.row", "warning", one(row=1), one("eventTicket", "auxiliaryFields", row=1)),
    (
        "field.back-only",
        "storeCard.headerFields[0].attributedValue",
        "note",
        one("storeCard", "headerFields", attributedValue="x"),
        one(attributedValue="x"),
    ),
    (
        "field.back-only",
        "storeCard.headerFields[0].dataDetectorTypes",
        "note",
        one("storeCard", "headerFields", dataDetectorTypes=[]),
        one(dataDetectorTypes=[]),
    ),
    (
        "field.markup",
        f"{FIELD_PLACE}.attributedValue",
        "warning",
        one(attributedValue="<b>x</b>"),
        one(attributedValue="<a href='https://example.com'>x</a> 1 < 2"),
    ),
    # Newer faces.
    (
        "scheme.unknown",
        f"{SCHEMES_KEY}[0]",
        "warning",
        poster(preferredStyleSchemes=["posterTicket", "eventTicket"]),
        poster(),
    ),
    (
        "scheme.order",
        SCHEMES_KEY,
        "warning",
        poster(preferredStyleSchemes=["eventTicket", "posterEventTicket"]),
        poster(),
    ),
    ("scheme.style", SCHEMES_KEY, "warning", flight() | {SCHEMES_KEY: ["posterEventTicket", "eventTicket"]}, poster()),
    *(
        ("scheme.tag", f"semantics.{tag}", "warning", poster({tag: ...}), poster())
        for tag in SCHEMES["posterEventTicket"].tags
    ),
    *(
        (
            "scheme.tag",
            f"semantics.{tag}",
            "warning",
            poster({"eventType": event}),
            poster({"eventType": event, tag: ["x"] if tag == "performerNames" else "x"}),
        )
        for event, tags in SCHEMES["posterEventTicket"].by_event.items()
        for tag in tags
    ),
    (
        "scheme.advised",
        "semantics.eventStartDate",
        "note",
        poster({"eventStartDate": ...}),
        poster({"eventStartDate": ..., "eventStartDateInfo": {"date": DATE}}),
    ),
    ("scheme.nfc", "nfc", "warning", poster(nfc=...), poster()),
    (
        "scheme.authentication",
        "nfc.requiresAuthentication",
        "note",
        poster(nfc={"message": "x", "encryptionPublicKey": KEY}),
        poster(),
    ),
    (
        "scheme.image",
        SCHEMES_KEY,
        "warning",
        (poster(), ICONS),
        named(poster(), given={"artwork@3x.png": png(1074, 1344)}),
    ),
    *(
        ("scheme.tag", f"semantics.{tag}", "warning", flight(**{tag: ...}), flight())
        for tag in SCHEMES["semanticBoardingPass"].tags
    ),
    *(
        ("scheme.advised", f"semantics.{tag}", "note", flight(**{tag: ...}), flight())
        for tag in SCHEMES["semanticBoardingPass"].advised
    ),
    ("scheme.actions", "featuredActions", "warning", poster(featuredActions=[]), base(featuredActions=[])),
    (
        "upcoming.duplicate",
        "upcomingPassInformation[1].identifier",
        "error",
        upcoming({}, {}),
        upcoming({}, {"identifier": "b"}),
    ),
    *(
        (
            "color.automatic",
            key,
            "note",
            poster(useAutomaticColors=True, **{key: "rgb(1, 2, 3)"}),
            poster(useAutomaticColors=True, foregroundColor=..., labelColor=...),
        )
        for key in ("foregroundColor", "labelColor")
    ),
    *(
        (
            "image.poster",
            "posterGeneric",
            "warning",
            named(
                base(posterGeneric={}), given={name: body for name, body in LOGOS.items() if not name.startswith(slot)}
            ),
            named(base(posterGeneric={}), given=LOGOS),
        )
        for slot in rules.POSTER_IMAGES
    ),
    # Files.
    ("image.icon-missing", 'files["icon.png"]', "error", (base(), {}), (base(), ICONS)),
    ("image.density", 'files["icon@3x.png"]', "warning", (base(), {"icon.png": ICONS["icon.png"]}), (base(), ICONS)),
    ("image.not-png", 'files["icon.png"]', "error", named(given={"icon.png": b"GIF89a"}), (base(), ICONS)),
    (
        "image.not-png",
        'files["logo.png"]',
        "warning",
        named(given={"logo.png": b"GIF89a"}),
        named(given={"logo.png": png(160, 50)}),
    ),
    (
        "image.slot",
        'files["thumbnail.png"]',
        "warning",
        named(given={"thumbnail.png": png(90, 90)}),
        named(base("generic"), given={"thumbnail.png": png(90, 90)}),
    ),
    *(
        (
            "image.size",
            f'files["{slot}@2x.png"]',
            "note",
            named(base(style), given={f"{slot}@2x.png": png(size.width * 2 + 1, size.height * 2)}),
            named(base(style), given={f"{slot}@2x.png": png(size.width * 2, size.height * 2)}),
        )
        for slot, style, size in (
            ("icon", "storeCard", rules.SIZES["icon"]),
            ("logo", "coupon", rules.SIZES["logo"]),
            *(("strip", style, size) for style, size in rules.STRIPS.items() if style),
            ("thumbnail", "generic", rules.SIZES["thumbnail"]),
            ("footer", "boardingPass", rules.SIZES["footer"]),
            *(
                (slot, "eventTicket", rules.SIZES[slot])
                for slot in ("background", "artwork", "primaryLogo", "secondaryLogo")
            ),
            ("personalizationLogo", "storeCard", rules.SIZES["personalizationLogo"]),
        )
    ),
    *(
        (
            "image.small",
            f'files["{slot}.png"]',
            "warning",
            named(given={f"{slot}.png": png(1, 1)}),
            named(given={f"{slot}.png": png(rules.SIZES[slot].width, rules.SIZES[slot].height)}),
        )
        for slot in ("icon", "logo")
    ),
    (
        "image.animated",
        'files["logo.png"]',
        "warning",
        named(given={"logo.png": moving(png(160, 50))}),
        named(given={"logo.png": png(160, 50)}),
    ),
    ("image.logo-missing", 'files["logo.png"]', "warning", (base(logoText=...), ICONS), (base(), ICONS)),
    (
        "image.together",
        'files["strip.png"]',
        "note",
        named(base("eventTicket"), given={"strip.png": png(375, 98), "background.png": png(343, 503)}),
        named(base("eventTicket"), given={"strip.png": png(375, 98)}),
    ),
    (
        "image.shadowed",
        'files["en.lproj/logo.png"]',
        "warning",
        named(given={"en.lproj/logo.png": png(160, 50), "logo.png": png(160, 50)}),
        named(given={"en.lproj/logo.png": png(160, 50)}),
    ),
    (
        "image.language",
        'files["de.lproj/logo@2x.png"]',
        "warning",
        named(
            given={
                "en.lproj/logo@2x.png": png(160, 50),
                "de.lproj/pass.strings": STRINGS,
                "en.lproj/pass.strings": STRINGS,
            }
        ),
        named(given={"en.lproj/logo@2x.png": png(160, 50), "de.lproj/logo@2x.png": png(160, 50)}),
    ),
    (
        "strings.keys",
        'files["de.lproj/pass.strings"]',
        "warning",
        named(given={"en.lproj/pass.strings": STRINGS, "de.lproj/pass.strings": b""}),
        named(given={"en.lproj/pass.strings": STRINGS, "de.lproj/pass.strings": STRINGS}),
    ),
    (
        "strings.syntax",
        'files["en.lproj/pass.strings"] line 1',
        "warning",
        named(given={"en.lproj/pass.strings": b"A = B"}),
        named(given={"en.lproj/pass.strings": STRINGS}),
    ),
    (
        "strings.encoding",
        'files["en.lproj/pass.strings"]',
        "warning",
        named(given={"en.lproj/pass.strings": b"\xff"}),
        named(given={"en.lproj/pass.strings": STRINGS}),
    ),
    (
        "strings.folder",
        'files["pass.strings"]',
        "warning",
        named(given={"pass.strings": STRINGS}),
        named(given={"en.lproj/pass.strings": STRINGS}),
    ),
    (
        "strings.language",
        'files["english.lproj"]',
        "warning",
        named(given={"english.lproj/pass.strings": STRINGS}),
        named(given={"zh-Hans.lproj/pass.strings": STRINGS}),
    ),
    ("file.unknown", 'files["icn.png"]', "warning", named(given={"icn.png": png(1, 1)}), (base(), ICONS)),
    *(
        ("file.name", f"files[{json.dumps(name)}]", "error", named(given={name: b""}), (base(), ICONS))
        for name in ("../icon.png", ".DS_Store", "MyPass/icon.png")
    ),
    *(
        ("file.reserved", f'files["{name}"]', "error", named(given={name: b""}), (base(), ICONS))
        for name in sorted(rules.WRITTEN_FILES)
    ),
    (
        "file.type",
        'files["logo.png"]',
        "error",
        named(given={"logo.png": "art/logo.png"}),
        named(given={"logo.png": png(160, 50)}),
    ),
    # Enrolment.
    ("personalization.json", 'files["personalization.json"]', "error", enrolment(b"{"), enrolment()),
    (
        "personalization.needs",
        'files["personalization.json"]',
        "warning",
        enrolment(document=base(**TOKEN)),
        enrolment(),
    ),
    ("personalization.needs", 'files["personalization.json"]', "warning", enrolment(document=nfc()), enrolment()),
    ("personalization.needs", 'files["personalization.json"]', "warning", enrolment(logo=False), enrolment()),
    *(
        (
            name,
            f"personalization.json {key}",
            "error" if name != "json.unknown" else "warning",
            enrolment(form(**{key: value})),
            enrolment(),
        )
        for name, key, value in (
            ("json.required", "description", ...),
            ("json.empty", "description", ""),
            ("json.type", "description", 5),
            ("json.required", "requiredPersonalizationFields", ...),
            ("json.empty", "requiredPersonalizationFields", []),
            ("json.type", "requiredPersonalizationFields", "x"),
            ("enum.unknown", "requiredPersonalizationFields", ["Name"]),
            ("json.type", "termsAndConditions", 5),
            ("json.unknown", "term", "x"),
        )
    ),
]


def judged(given: Document | Given) -> set[tuple[str, str, str]]:
    document, beside = given if isinstance(given, tuple) else (given, None)
    issues = lint(document, files=beside)
    for issue in issues:
        assert len(str(issue)) <= 240, issue
        assert issue.hint
    return {(issue.code, issue.where.removeprefix("pass.json").strip(), issue.severity) for issue in issues}


@pytest.mark.parametrize(
    ("name", "place", "severity", "wrong", "right"), JOINED, ids=[f"{n}-{case[0]}" for n, case in enumerate(JOINED)]
)
def test_rule_that_joins_keys(
    name: str, place: str, severity: str, wrong: Document | Given, right: Document | Given
) -> None:
    assert (name, place, severity) in judged(wrong)
    assert (name, place) not in {found[:2] for found in judged(right)}


LINTING = ("_lint", "_fields", "_files", "_folders", "_kinds", "_newer", "_personalization", "_relevance", "_scanned")
IN_TEST_LINT = {"document.type", "id.mismatch", "json.value", "nfc.certificate"}


def test_no_rule_is_without_its_pair() -> None:
    room = Path(rules.__file__).parent
    source = "".join((room / f"{name}.py").read_text(encoding="utf-8") for name in LINTING)
    known = set(re.findall(r'(?:add\(\s*|_note\(|Spelling\([^"]*|Shape\([^"]*)"([a-z]+[.][a-z-]+)"', source))

    tried = {row.code for row in ROWS} | {case[0] for case in JOINED} | IN_TEST_LINT
    tried |= {"style.key", "scheme.key", "json.old", "semantic.style", "json.unknown", "file.count"}

    assert known - tried == set()
