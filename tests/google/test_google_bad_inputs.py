"""Bad input, sections J (ids, objects, links) and K (the service account's file): one test a row."""

import json
from dataclasses import replace
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidCardError, InvalidDocumentError, KeyMaterialError, WalletCardError
from walletcard.google import ServiceAccount
from walletcard.model import Design, Face
from walletcard.testing._google import ThrowawayServiceAccount

ISSUER = "3388000000012345678"
OBJECT: dict[str, Any] = {"id": f"{ISSUER}.club.1", "classId": f"{ISSUER}.club", "state": "ACTIVE"}


def one_line(error: WalletCardError) -> str:
    """Return the message, which is one printable line of a log."""
    text = str(error)
    assert len(text) <= 240
    assert text.isprintable()
    return text


def refused(face: Face, **arguments: Any) -> str:
    """Return what is said of a card that Google would refuse."""
    with pytest.raises(InvalidDocumentError) as caught:
        google.resources(face, **{"issuer_id": ISSUER} | arguments)
    return one_line(caught.value)


@pytest.mark.parametrize(
    ("suffix", "said"), [("a b", '" "'), ("a/b", '"/"'), ("é", '"é"'), ("a\N{HOT BEVERAGE}", '"\N{HOT BEVERAGE}"')]
)
def test_b213_an_id_of_other_characters(suffix: str, said: str) -> None:
    [issue] = google.lint("LoyaltyObject", OBJECT | {"id": f"{ISSUER}.{suffix}"})

    assert said in issue.message
    assert "(position " in issue.message
    assert issue.hint == 'use letters, digits, ".", "_" or "-"'


@pytest.mark.parametrize(
    ("issuer", "said"),
    [("abc", "digits only"), (-5, "digits only"), (3.388e18, "lost digits; write it as text, such as")],
)
def test_b214_an_issuer_id_that_is_none(cafe: Face, issuer: Any, said: str) -> None:
    text = refused(cafe, issuer_id=issuer)

    assert text.startswith("issuer_id: ")
    assert said in text


def test_b215_an_object_of_another_issuer_than_its_class() -> None:
    [issue] = google.lint("LoyaltyObject", OBJECT | {"id": "3399.club.1"})

    assert issue.code == "id.issuer"
    assert str(issue) == f'LoyaltyObject.id: issuer "3399" differs from the class\'s "{ISSUER}"; use one issuer'


@pytest.mark.parametrize("name", ["a b", "a.b", "tier-gold"])
def test_b217_no_two_customers_can_meet_in_one_id(cafe: Face, name: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        replace(cafe, id=name)

    assert "id" in one_line(caught.value)
    ids = {google.resources(replace(cafe, id=one), issuer_id=ISSUER).object_id for one in ("a-b", "a_b", "A_B")}
    assert len(ids) == 3


def test_b218_a_css_colour_is_written_as_google_wants_it(cafe: Face) -> None:
    design = replace(cafe.design, background="rgb(59, 36, 24)")

    assert google.resources(replace(cafe, design=design), issuer_id=ISSUER).class_["hexBackgroundColor"] == "#3B2418"


def test_b219_an_image_given_as_bytes(cafe: Face) -> None:
    text = refused(cafe, extra={"class": {"programLogo": b"\x89PNG"}})

    assert text.startswith("LoyaltyClass.programLogo: ")
    assert "Google loads pictures by address" in text
    assert "https" in text


def test_b221_a_link_that_is_too_long(cafe: Face, account: ServiceAccount) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, form="whole")

    text = one_line(caught.value)
    assert text.startswith("save link: over 1800 characters in every form allowed (whole ")


def test_b222_a_link_that_would_show_a_secret(cafe: Face, account: ServiceAccount) -> None:
    parameters = [{"key": "3132333435363738", "valueLength": 8}]
    details = {"periodMillis": "30000", "algorithm": "TOTP_SHA1", "parameters": parameters}
    code = {"type": "QR_CODE", "valuePattern": "{totp_value_0}", "totpDetails": details}

    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, extra={"object": {"rotatingBarcode": code}})

    expected = 'would show the rotating-code secret; insert the object first and link by id (form="id")'
    assert one_line(caught.value) == f"save link: {expected}"


@pytest.mark.parametrize(
    ("origin", "said"),
    [("https://x.de/a", "has a path; give just https://x.de"), ("http://x.de", "not https"), ("*", "not a domain")],
)
def test_b223_origins_that_are_none(cafe: Face, account: ServiceAccount, origin: str, said: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, origins=[origin])

    assert one_line(caught.value).startswith(f'origins[0]: "{origin}" ')
    assert said in str(caught.value)


@pytest.mark.parametrize("value", [float("nan"), "\ud800"])
def test_b225_what_json_has_no_form_for(cafe: Face, account: ServiceAccount, value: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, extra={"object": {"accountName": value}})

    one_line(caught.value)


def test_b226_an_unknown_state() -> None:
    [issue] = google.lint("LoyaltyObject", OBJECT | {"state": "ACTIV"})

    assert str(issue) == ('LoyaltyObject.state: "ACTIV" is unknown; use ACTIVE, COMPLETED, EXPIRED, INACTIVE')


def test_b229_a_public_key(throwaway: ThrowawayServiceAccount) -> None:
    file = json.loads(throwaway.to_json()) | {"private_key": throwaway.public_pem.decode()}

    assert said_of(file) == "service account: holds a public key; use the JSON key file as downloaded"


@pytest.mark.parametrize(
    "key", ["-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n", None]
)
def test_b230_a_key_with_a_password_or_none(throwaway: ThrowawayServiceAccount, key: str | None) -> None:
    text = said_of(json.loads(throwaway.to_json()) | {"private_key": key})

    assert text.startswith("service account: ")
    assert ("password protected" if key else "missing") in text


def said_of(file: Any) -> str:
    """Return what is said of a key file."""
    with pytest.raises(KeyMaterialError) as caught:
        ServiceAccount.from_json(file)
    return one_line(caught.value)


@pytest.mark.parametrize("data", ["sa.json", "/etc/keys", b"", ""])
def test_b231_a_path_or_nothing(data: Any) -> None:
    assert "bytes" in said_of(data)


@pytest.mark.parametrize(("data", "said"), [([], "got a list"), (None, "got None"), (b"[]", "got a list")])
def test_b233_no_object(data: Any, said: str) -> None:
    assert f"expected an object, {said}" in said_of(data)


@pytest.mark.parametrize("kind", ["authorized_user", "external_account"])
def test_b234_a_log_in_file(throwaway: ThrowawayServiceAccount, kind: str) -> None:
    text = said_of(json.loads(throwaway.to_json()) | {"type": kind})

    assert text == f'service account: this is a user log-in file ("{kind}"); create a service account key'


@pytest.mark.parametrize("name", ["web", "installed"])
def test_b235_an_oauth_client_file(name: str) -> None:
    assert said_of({name: {}}) == "service account: this is an OAuth client file; create a service account key"


@pytest.mark.parametrize("name", ["client_email", "private_key", "token_uri"])
def test_b237_an_entry_is_missing(throwaway: ThrowawayServiceAccount, name: str) -> None:
    file = {key: value for key, value in json.loads(throwaway.to_json()).items() if key != name}

    text = said_of(file)
    assert f"{name}" in text
    assert "is missing" in text


@pytest.mark.parametrize("key", ["REDACTED", "\\\\n".join(["-----BEGIN PRIVATE KEY-----", "AAAA", ""])])
def test_b238_no_key_at_all(throwaway: ThrowawayServiceAccount, key: str) -> None:
    text = said_of(json.loads(throwaway.to_json()) | {"private_key": key})

    assert text == "service account: private_key is not a key; keep the file unchanged (line breaks as \\n once)"


@pytest.mark.parametrize("key", [None, 5, ["secret"]])
def test_b239_a_key_that_is_no_text(throwaway: ThrowawayServiceAccount, key: Any) -> None:
    text = said_of(json.loads(throwaway.to_json()) | {"private_key": key})

    assert "private_key is missing" in text
    assert "secret" not in text


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/", "https://oauth2.googleapis.com.evil.example/", "https://a@googleapis.com/"]
)
def test_b241_a_token_address_that_is_not_googles(throwaway: ThrowawayServiceAccount, address: str) -> None:
    file = json.loads(throwaway.to_json()) | {"token_uri": address}

    assert "is not Google's; refuse the file, or pass token_uri= in code" in said_of(file)
    assert ServiceAccount.from_json(file, token_uri="https://proxy.example/token").token_uri.startswith("https://proxy")


def test_b242_an_address_that_is_no_service_account(throwaway: ThrowawayServiceAccount) -> None:
    text = said_of(json.loads(throwaway.to_json()) | {"client_email": "a@b.c"})

    assert text == 'service account: client_email "a@b.c" is not a service account\'s; check the file'


def test_a_design_without_logo_is_told_where_to_mend_it(cafe: Face) -> None:
    assert refused(replace(cafe, design=Design(background="#3B2418"))).startswith("design.logo_url: ")
