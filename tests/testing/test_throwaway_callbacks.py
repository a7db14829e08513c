import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from walletcard import google, testing
from walletcard.errors import CallbackError, InvalidCardError, InvalidDocumentError

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
ISSUER = "3388000000012345678"
CARD: dict[str, Any] = {"class_id": f"{ISSUER}.club", "object_id": f"{ISSUER}.CK-1"}


def test_what_it_signs_is_taken_with_its_keys_and_no_others() -> None:
    google_side, other = testing.throwaway_callbacks(ISSUER, at=AT), testing.throwaway_callbacks(ISSUER, at=AT)
    body = google_side.body("delete", **CARD, nonce="n-1", at=AT)

    event = google.verify_callback(body, issuer_id=ISSUER, keys=google_side.keys, at=AT)

    assert (event.kind, event.class_id, event.object_id, event.nonce) == ("delete", *CARD.values(), "n-1")
    assert event.expires == AT + timedelta(hours=1)
    with pytest.raises(CallbackError):
        google.verify_callback(body, issuer_id=ISSUER, keys=other.keys, at=AT)


def test_it_works_without_a_clock_in_hand() -> None:
    google_side = testing.throwaway_callbacks(int(ISSUER))

    event = google.verify_callback(google_side.body("save", **CARD), issuer_id=ISSUER, keys=google_side.keys)

    assert event.kind == "save"


def test_a_nonce_is_new_unless_it_is_given() -> None:
    google_side = testing.throwaway_callbacks(ISSUER, at=AT)

    nonces = {
        google.verify_callback(
            google_side.body("save", **CARD, at=AT), issuer_id=ISSUER, keys=google_side.keys, at=AT
        ).nonce
        for _ in range(3)
    }

    assert len(nonces) == 3


def test_its_keys_last_a_week_and_an_event_an_hour() -> None:
    google_side = testing.throwaway_callbacks(ISSUER, at=AT)
    codes = []
    for later in (timedelta(hours=1), timedelta(days=7)):
        with pytest.raises(CallbackError) as caught:
            google.verify_callback(
                google_side.body("save", **CARD, at=AT), issuer_id=ISSUER, keys=google_side.keys, at=AT + later
            )
        codes.append(caught.value.code)

    assert codes == ["callback.expired", "keys.unusable"]


def test_it_is_spelt_as_google_spells_it_and_shows_no_key() -> None:
    google_side = testing.throwaway_callbacks(ISSUER, at=AT)
    body = google_side.body("save", **CARD, at=AT)

    assert b"=" not in body
    assert b" " not in body
    assert set(json.loads(body)) == {"signature", "intermediateSigningKey", "protocolVersion", "signedMessage"}
    assert repr(google_side) == f"ThrowawayCallbacks(issuer_id='{ISSUER}')"


@pytest.mark.parametrize("change", [{"kind": "del"}, {"kind": []}, {"class_id": b"1.a"}, {"nonce": 5}, {"at": "now"}])
def test_wrong_arguments_are_named(change: dict[str, Any]) -> None:
    google_side = testing.throwaway_callbacks(ISSUER, at=AT)

    with pytest.raises(InvalidCardError):
        google_side.body(**{"kind": "save", **CARD, "at": AT} | change)


def test_an_issuer_id_that_is_none_is_named() -> None:
    with pytest.raises(InvalidDocumentError):
        testing.throwaway_callbacks("club")
