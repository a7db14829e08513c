"""Every key of one full document of each type, spoilt in every way: each fault found, with its path."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from tests.google.full_documents import KINDS, OUTPUT_ONLY, full

from walletcard import google
from walletcard.errors import Issue
from walletcard.google._types import Type, types

Step = str | int
Path = tuple[Step, ...]
OTHER_TYPES: list[Any] = ["text", 7, 1.5, True, None, [], {}]


def places(type_: Type, body: Any, path: Path = (), seen: set[str] | None = None) -> Iterator[tuple[Type, Path]]:
    """Yield every key of a document, with the type that it stands in; those of a nested type once."""
    seen = set() if seen is None else seen
    for key, value in body.items():
        yield type_, (*path, key)
        of = type_.entries[key].of
        if of is None or of.name in seen:
            continue
        seen.add(of.name)
        many = isinstance(value, list)
        yield from places(of, value[0] if many else value, (*path, key, 0) if many else (*path, key), seen)


def shown(kind: str, path: Path) -> str:
    """Return a path as messages write it; a long one loses its middle."""
    return kind + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def parent_of(body: Any, path: Path) -> Any:
    for step in path[:-1]:
        body = body[step]
    return body


def spoilt(body: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(body)
    parent_of(changed, path)[path[-1]] = value
    return changed


def is_at(issue: Issue, place: str) -> bool:
    """Tell whether an issue names the place, or its end when the middle of a long path was cut."""
    if "…" in issue.where:
        root, _, end = issue.where.partition(".…")
        return place.startswith(root) and (place.endswith(end) or end.rpartition(".")[0] in place)
    return issue.where == place or issue.where.startswith((f"{place}.", f"{place}["))


def errors(kind: str, body: Any, **options: Any) -> list[Issue]:
    return [issue for issue in google.lint(kind, body, **options) if issue.severity == "error"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_document_is_good(kind: str) -> None:
    body = full(kind)
    sent = {key for key, entry in types()[kind].entries.items() if not entry.deprecated} - OUTPUT_ONLY

    assert google.lint(kind, body) == ()
    assert google.lint(kind, body, partial=True) == ()
    assert len(sent - body.keys()) <= len(types()[kind].exclusive)


@pytest.mark.parametrize("kind", KINDS)
def test_every_wrong_type_is_found_at_its_place(kind: str) -> None:
    body = full(kind)

    missed = []
    for type_, path in places(types()[kind], body):
        entry = type_.entries[str(path[-1])]
        good: dict[str, tuple[type, ...]] = {
            "string": (str,), "enum": (str,), "int64": (str, int), "boolean": (bool,), "int32": (int,),
            "double": (int, float), "object": (dict,),
        }  # fmt: skip
        for value in OTHER_TYPES:
            fits = (list,) if entry.many else good[entry.kind]
            if isinstance(value, fits) and not (isinstance(value, bool) and bool not in fits):
                continue
            if not any(is_at(issue, shown(kind, path)) for issue in errors(kind, spoilt(body, path, value))):
                missed.append((shown(kind, path), value))
    assert missed == []


WEIRD: list[Any] = [
    object(),
    b"bytes",
    {1: 2},
    [[]],
    [{}],
    [None],
    "\ud800",
    "\n\x00",
    float("nan"),
    10**400,
    -1,
    "x" * 9_999,
]


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_raises_and_every_message_is_one_printable_line(kind: str, partial: bool) -> None:
    body = full(kind)

    for _, path in places(types()[kind], body):
        for value in WEIRD:
            for issue in google.lint(kind, spoilt(body, path, value), partial=partial):
                assert len(str(issue)) <= 240
                assert str(issue).isprintable()


@pytest.mark.parametrize("kind", KINDS)
def test_every_renamed_key_is_found_and_its_name_given(kind: str) -> None:
    body = full(kind)

    for _, path in places(types()[kind], body):
        changed = copy.deepcopy(body)
        inner = parent_of(changed, path)
        inner[f"{path[-1]}x"] = inner.pop(path[-1])

        found = [issue for issue in google.lint(kind, changed) if issue.code == "field.unknown"]
        assert [is_at(issue, f"{shown(kind, path)}x") for issue in found] == [True]
        assert found[0].hint == f'did you mean "{path[-1]}"?'


@pytest.mark.parametrize("kind", KINDS)
def test_every_unknown_enum_value_is_found_at_its_place(kind: str) -> None:
    body = full(kind)

    for type_, path in places(types()[kind], body):
        entry = type_.entries[str(path[-1])]
        if entry.kind == "enum":
            value = ["NO_SUCH"] if entry.many else "NO_SUCH"
            found = [issue for issue in errors(kind, spoilt(body, path, value)) if issue.code == "field.value"]
            assert any(is_at(issue, shown(kind, path)) for issue in found), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_required_key_is_missed_at_its_place(kind: str) -> None:
    body = full(kind)

    for type_, path in places(types()[kind], body):
        if path[-1] not in type_.required:
            continue
        changed = copy.deepcopy(body)
        del parent_of(changed, path)[path[-1]]
        found = [issue for issue in errors(kind, changed) if issue.code == "field.missing"]
        assert any(is_at(issue, shown(kind, path)) for issue in found), path


@pytest.mark.parametrize("kind", KINDS)
def test_a_patch_may_be_silent_about_every_key_and_clear_what_is_not_required(kind: str) -> None:
    body = full(kind)

    for key, value in body.items():
        assert errors(kind, {key: value}, partial=True) == []
        cleared = errors(kind, {key: None}, partial=True)
        assert [issue.where for issue in cleared] == ([f"{kind}.{key}"] if key in types()[kind].required else [])


@pytest.mark.parametrize("kind", KINDS)
def test_what_only_google_sets_is_refused(kind: str) -> None:
    for key in OUTPUT_ONLY & types()[kind].entries.keys():
        found = {issue.code for issue in errors(kind, full(kind) | {key: {} if key != "hasUsers" else True})}
        assert "field.output-only" in found


@pytest.mark.parametrize("kind", KINDS)
def test_every_old_key_is_a_warning(kind: str) -> None:
    for key, entry in types()[kind].entries.items():
        if entry.deprecated:
            found = [issue for issue in google.lint(kind, full(kind) | {key: None}) if issue.where == f"{kind}.{key}"]
            assert "field.deprecated" in {issue.code for issue in found}, key


@pytest.mark.parametrize(
    ("kind", "changes", "code", "where"),
    [
        ("EventTicketClass", {"seatLabel": "SEAT"}, "field.exclusive", ".seatLabel"),
        ("EventTicketClass", {"eventId": "x" * 65}, "text.length", ".eventId"),
        (
            "EventTicketClass",
            {"dateTime": {"start": "2026-01-02T10:00", "end": "2026-01-01T10:00"}},
            "time.order",
            ".dateTime.end",
        ),
        ("EventTicketClass", {"dateTime": {"start": "tomorrow"}}, "time.invalid", ".dateTime.start"),
        ("EventTicketClass", {"countryCode": "GBR"}, "field.value", ".countryCode"),
        ("FlightClass", {"localBoardingDateTime": "2026-01-01T10:00:00Z"}, "time.offset", ".localBoardingDateTime"),
        (
            "FlightClass",
            {"flightHeader": {"carrier": {}, "flightNumber": "1"}},
            "field.missing",
            ".flightHeader.carrier",
        ),
        (
            "FlightClass",
            {"flightHeader": {"carrier": {"carrierIataCode": "LX", "carrierIcaoCode": "SWR"}, "flightNumber": "1"}},
            "field.exclusive",
            ".flightHeader.carrier",
        ),
        (
            "FlightClass",
            {"flightHeader": {"carrier": {"carrierIataCode": "LX"}, "flightNumber": "LX1"}},
            "field.value",
            ".flightHeader.flightNumber",
        ),
        (
            "FlightClass",
            {"flightHeader": {"carrier": {"carrierIataCode": "LXX"}, "flightNumber": "1"}},
            "field.value",
            ".flightHeader.carrier.carrierIataCode",
        ),
        ("GenericObject", {"notifyPreference": "NOTIFY_ON_UPDATE"}, "field.unknown", ".notifyPreference"),
        (
            "GenericObject",
            {"cardTitle": {"defaultValue": {"language": "en", "value": ""}}},
            "field.missing",
            ".cardTitle.defaultValue.value",
        ),
        (
            "GiftCardClass",
            {"merchantName": {"defaultValue": {"language": "en", "value": "x"}}},
            "field.type",
            ".merchantName",
        ),
        ("GiftCardObject", {"balance": {"micros": 60.5, "currencyCode": "GBP"}}, "field.type", ".balance.micros"),
        (
            "GiftCardObject",
            {"balanceUpdateTime": {"date": "2026-01-01T10:00:00"}},
            "time.offset",
            ".balanceUpdateTime.date",
        ),
        (
            "GiftCardObject",
            {"barcode": {"type": "EAN_13", "value": "4006381333932"}},
            "barcode.check-digit",
            ".barcode.value",
        ),
        ("LoyaltyObject", {"barcode": {"type": "CODE_39", "value": "abc"}}, "barcode.message", ".barcode.value"),
        ("LoyaltyObject", {"barcode": {"type": "CODABAR", "value": "x1"}}, "barcode.message", ".barcode.value"),
        ("LoyaltyObject", {"barcode": {"type": "CODE_128", "value": "é"}}, "barcode.message", ".barcode.value"),
        ("LoyaltyObject", {"smartTapRedemptionValue": "é"}, "nfc.message", ".smartTapRedemptionValue"),
        ("LoyaltyObject", {"linkedObjectIds": ["a b"]}, "id.characters", ".linkedObjectIds[0]"),
        (
            "LoyaltyObject",
            {"saveRestrictions": {"restrictToEmailSha256": "A" * 64}},
            "field.value",
            ".saveRestrictions.restrictToEmailSha256",
        ),
        (
            "LoyaltyObject",
            {
                "rotatingBarcode": {
                    "type": "AZTEC",
                    "valuePattern": "x",
                    "totpDetails": {"periodMillis": "1", "algorithm": "TOTP_SHA1", "parameters": []},
                }
            },
            "barcode.rotating",
            ".rotatingBarcode.type",
        ),
        (
            "LoyaltyObject",
            {
                "rotatingBarcode": {
                    "type": "QR_CODE",
                    "valuePattern": "{totp_value_1}",
                    "totpDetails": {
                        "periodMillis": "1",
                        "algorithm": "TOTP_SHA1",
                        "parameters": [{"key": "31", "valueLength": 8}],
                    },
                }
            },
            "barcode.rotating",
            ".rotatingBarcode.valuePattern",
        ),
        (
            "LoyaltyObject",
            {
                "rotatingBarcode": {
                    "type": "QR_CODE",
                    "valuePattern": "{totp_value_0}",
                    "totpDetails": {
                        "periodMillis": "1",
                        "algorithm": "TOTP_SHA1",
                        "parameters": [{"key": "secret!", "valueLength": 11}],
                    },
                }
            },
            "number.range",
            ".rotatingBarcode.totpDetails.parameters[0].valueLength",
        ),
        (
            "LoyaltyObject",
            {"appLinkData": {"webAppLinkInfo": {"appTarget": {"targetUri": {"uri": "https://x.de"}}}}},
            "field.missing",
            ".appLinkData.webAppLinkInfo.appTarget.targetUri.description",
        ),
        ("OfferClass", {"redemptionChannel": "SHOP"}, "field.value", ".redemptionChannel"),
        (
            "TransitObject",
            {"ticketLegs": [{"originName": {"defaultValue": {"language": "en", "value": "A"}}}]},
            "field.exclusive",
            "",
        ),
    ],
)
def test_what_goes_together_is_judged(kind: str, changes: dict[str, Any], code: str, where: str) -> None:
    found = [(issue.code, issue.where) for issue in google.lint(kind, full(kind) | changes)]

    assert any(one == code and place.startswith(f"{kind}{where}") for one, place in found), found


@pytest.mark.parametrize(
    ("leg", "where"),
    [
        ({}, "departureDateTime"),
        ({"departureDateTime": "2026-01-01T10:00"}, "originName"),
        ({"departureDateTime": "2026-01-01T10:00", "originStationCode": "A"}, "destinationName"),
        ({"departureDateTime": "soon", "originStationCode": "A", "destinationStationCode": "B"}, "departureDateTime"),
    ],
)
def test_a_leg_says_when_and_whence(leg: dict[str, Any], where: str) -> None:
    body = full("TransitObject") | {"ticketLeg": leg}
    del body["validTimeInterval"]

    assert f"TransitObject.ticketLeg.{where}" in {issue.where for issue in errors("TransitObject", body)}


def test_the_secret_of_a_rotating_code_is_never_quoted() -> None:
    parameters = [{"key": "not-hex-secret", "valueLength": 6}]
    details = {"periodMillis": "30000", "algorithm": "TOTP_SHA1", "parameters": parameters}
    code = {"type": "QR_CODE", "valuePattern": "{totp_value_0}", "totpDetails": details}

    found = errors("LoyaltyObject", full("LoyaltyObject") | {"rotatingBarcode": code})

    assert [issue.where.rpartition(".")[2] for issue in found] == ["key"]
    assert "not-hex-secret" not in str(found)


def test_a_language_twice_is_a_warning() -> None:
    english = {"language": "en", "value": "Title"}
    body = full("GenericObject") | {"header": {"defaultValue": english, "translatedValues": [english]}}

    [issue] = google.lint("GenericObject", body)

    assert (issue.code, issue.severity) == ("locale.duplicate", "warning")
