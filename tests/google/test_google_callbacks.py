"""Callbacks: what is Google's, for this issuer and in time is taken; the rest is refused, each in its own words."""

from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.test_wrong_arguments import WRONG
from tests.google.callbacks import AT, CHAIN, HOUR, ISSUER, NOW, OTHER, VERSION, Chain, b64, compact, der, lv, message

from walletcard import google
from walletcard.errors import (
    CallbackError,
    CallbackKeysError,
    ExpiredCallbackError,
    ForgedCallbackError,
    InvalidCardError,
    InvalidDocumentError,
    MalformedCallbackError,
    WalletCardError,
    WrongIssuerError,
)
from walletcard.testing import throwaway_callbacks

BODY = CHAIN.body()


def refusal(body: Any, **changes: Any) -> CallbackError:
    """Return the error that a body is refused with."""
    with pytest.raises(CallbackError) as caught:
        CHAIN.verify(body, **changes)
    return caught.value


def test_the_hour_of_the_tests_is_the_one_they_say() -> None:
    assert int(AT.timestamp() * 1000) == NOW


def test_a_save_says_what_was_saved() -> None:
    event = CHAIN.verify(CHAIN.body())

    assert event == google.CallbackEvent(
        kind="save",
        class_id=f"{ISSUER}.club",
        object_id=f"{ISSUER}.CK-7F3A29",
        nonce="0d6f5bd4-6f4e-4f5e-9d3e-6a3c7f1b2a90",
        expires=AT + timedelta(hours=1),
        count=1,
    )
    assert event.expires.tzinfo is UTC


def test_what_an_event_says_does_not_change() -> None:
    event = CHAIN.verify(BODY)

    with pytest.raises(dataclasses.FrozenInstanceError):
        event.kind = "delete"  # type: ignore[misc]  # What is refused here.
    assert not hasattr(event, "__dict__")
    assert all(field.kw_only for field in dataclasses.fields(event))


def test_googles_del_is_a_delete() -> None:
    assert CHAIN.verify(CHAIN.body(message(eventType="del"))).kind == "delete"


@pytest.mark.parametrize("count", [None, "1", 1.5, True])
def test_a_count_that_is_none_is_no_reason_to_refuse(count: Any) -> None:
    assert CHAIN.verify(CHAIN.body(message(count=count))).count is None


def test_members_that_a_message_or_a_key_has_more_are_let_be() -> None:
    text = message(region={"code": ["GB", 1.5]})

    assert CHAIN.verify(CHAIN.body(text, signed_key=CHAIN.signed_key(purpose="sign"))).kind == "save"


def test_lengths_count_bytes_not_characters() -> None:
    assert CHAIN.verify(CHAIN.body('{"café":"☕",' + compact(message())[1:])).kind == "save"


@pytest.mark.parametrize("form", [bytes, bytearray, memoryview, lambda raw: raw.decode()])
def test_a_body_may_come_as_bytes_or_as_text(form: Any) -> None:
    assert CHAIN.verify(form(CHAIN.body())).kind == "save"


@pytest.mark.parametrize("form", [bytes, bytearray, memoryview, lambda raw: raw.decode(), json.loads])
def test_the_key_list_may_come_as_bytes_text_or_read(form: Any) -> None:
    assert CHAIN.verify(CHAIN.body(), keys=form(CHAIN.keys)).kind == "save"


def test_an_issuer_id_may_be_a_number() -> None:
    assert CHAIN.verify(CHAIN.body(), issuer_id=int(ISSUER)).kind == "save"


def test_blanks_and_escapes_of_the_body_say_nothing() -> None:
    envelope = CHAIN.envelope()
    spellings = (
        json.dumps(envelope, indent=2),
        json.dumps(envelope).replace("=", "\\u003d"),
        f" {compact(envelope)}\n",
    )

    assert {CHAIN.verify(one) for one in spellings} == {CHAIN.verify(CHAIN.body())}


def test_any_of_several_roots_and_signatures_is_enough() -> None:
    stranger = Chain()
    envelope = CHAIN.envelope()
    foreign = stranger.envelope(signed_key=CHAIN.signed_key())["intermediateSigningKey"]["signatures"]
    envelope["intermediateSigningKey"]["signatures"] = foreign + envelope["intermediateSigningKey"]["signatures"]
    keys = {"keys": [Chain().listed(), CHAIN.listed(), Chain().listed(protocolVersion="ECv1")]}

    assert CHAIN.verify(compact(envelope), keys=keys).kind == "save"


def test_a_signature_that_nobody_needs_is_spelt_rightly_all_the_same() -> None:
    envelope = CHAIN.envelope()
    envelope["intermediateSigningKey"]["signatures"].append("not base64")

    assert refusal(compact(envelope)).where == "callback.intermediateSigningKey.signatures[1]"


def test_an_event_is_good_until_its_very_millisecond() -> None:
    body = CHAIN.body(message(expTimeMillis=NOW + 1))

    assert CHAIN.verify(body).kind == "save"
    assert refusal(body, at=AT + timedelta(milliseconds=1)).code == "callback.expired"
    assert refusal(body, at=AT + timedelta(seconds=1)).code == "callback.expired"


def test_a_year_10000_is_no_moment_and_the_last_one_before_it_is() -> None:
    last = 253_402_300_799_999

    assert CHAIN.verify(CHAIN.body(message(expTimeMillis=last))).expires.year == 9999
    assert refusal(CHAIN.body(message(expTimeMillis=last + 1))).code == "callback.expiry"
    assert CHAIN.verify(CHAIN.body(), keys={"keys": [CHAIN.listed(keyExpiration=str(last))]}).kind == "save"
    assert refusal(CHAIN.body(), keys={"keys": [CHAIN.listed(keyExpiration=str(last + 1))]}).code == "keys.unusable"


def test_without_a_moment_it_is_judged_now() -> None:
    google_like = throwaway_callbacks(ISSUER)
    ids: dict[str, Any] = {"class_id": f"{ISSUER}.club", "object_id": f"{ISSUER}.club.A-1"}
    fresh, old = google_like.body("save", **ids), google_like.body("save", **ids, at=datetime(2020, 1, 1, tzinfo=UTC))

    assert google.verify_callback(fresh, issuer_id=ISSUER, keys=google_like.keys).kind == "save"
    with pytest.raises(ExpiredCallbackError):
        google.verify_callback(old, issuer_id=ISSUER, keys=google_like.keys)


def test_another_zone_is_the_same_moment() -> None:
    east = datetime.fromisoformat("2026-11-21T12:00:00+02:00")

    assert CHAIN.verify(CHAIN.body(message(expTimeMillis=NOW + 1)), at=east).kind == "save"
    assert refusal(CHAIN.body(message(expTimeMillis=NOW)), at=east).code == "callback.expired"


def test_expired_and_replayed_are_told_apart() -> None:
    body = CHAIN.body()
    seen: dict[str, datetime] = {}

    first, again = CHAIN.verify(body), CHAIN.verify(body, at=AT + timedelta(minutes=59))
    seen[first.nonce] = first.expires

    assert again.nonce in seen
    assert isinstance(refusal(body, at=AT + timedelta(minutes=60)), ExpiredCallbackError)


def test_the_issuer_is_the_apps_setting_never_the_messages() -> None:
    body = CHAIN.body(message(classId=f"{OTHER}.club", objectId=f"{OTHER}.a"), recipient=OTHER)

    assert CHAIN.verify(body, issuer_id=OTHER).class_id == f"{OTHER}.club"
    assert isinstance(refusal(body), WrongIssuerError)


def test_each_failure_has_a_type_a_code_and_a_reply_of_its_own() -> None:
    lost = CHAIN.envelope()
    lost["signature"] = CHAIN.envelope("{}")["signature"]
    found = [
        refusal(b"{"),
        refusal(compact(CHAIN.envelope() | {"protocolVersion": "ECv1"})),
        refusal(CHAIN.body(), keys=None),
        refusal(CHAIN.body(), keys={"keys": [CHAIN.listed(keyExpiration=str(NOW))]}),
        refusal(Chain().body()),
        refusal(CHAIN.body(sender="Google")),
        refusal(CHAIN.body(signed_key=CHAIN.signed_key(keyExpiration=str(NOW)))),
        refusal(compact(lost)),
        refusal(CHAIN.body(recipient=OTHER)),
        refusal(CHAIN.body(message(classId=f"{OTHER}.a", objectId=f"{OTHER}.b"), recipient=OTHER)),
        refusal(CHAIN.body(message(objectId=f"{OTHER}.a"))),
        refusal(CHAIN.body(message(expTimeMillis=NOW))),
    ]

    assert [(type(one), one.code, one.reply, one.retryable) for one in found] == [
        (MalformedCallbackError, "callback.json", 400, False),
        (MalformedCallbackError, "callback.protocol", 400, False),
        (CallbackKeysError, "keys.missing", 503, True),
        (CallbackKeysError, "keys.unusable", 503, True),
        (ForgedCallbackError, "callback.root", 401, False),
        (ForgedCallbackError, "callback.sender", 401, False),
        (ExpiredCallbackError, "callback.key-expired", 401, False),
        (ForgedCallbackError, "callback.signature", 401, False),
        (ForgedCallbackError, "callback.signature", 401, False),
        (WrongIssuerError, "callback.recipient", 401, False),
        (WrongIssuerError, "callback.issuer", 401, False),
        (ExpiredCallbackError, "callback.expired", 401, False),
    ]


def test_what_is_wrong_in_several_ways_is_named_by_the_first() -> None:
    late, foreign = {"expTimeMillis": NOW}, {"objectId": f"{OTHER}.a"}
    stranger = Chain()

    assert refusal(b"{", keys=None).code == "callback.json"
    assert refusal(stranger.body(message(**late)), keys=b"").code == "keys.missing"
    assert refusal(stranger.body(message(**late, **foreign))).code == "callback.root"
    assert refusal(CHAIN.body(message(**late, **foreign))).code == "callback.issuer"


def test_a_message_is_read_only_after_its_signature() -> None:
    unsigned = CHAIN.envelope() | {"signedMessage": "{"}

    assert refusal(compact(unsigned)).code == "callback.signature"
    assert refusal(CHAIN.body("{")).code == "callback.json"


@pytest.mark.parametrize("class_id", [f"{OTHER}.club", 5, None, [], "club", f"{ISSUER}.club", "\ud800.a", "9" * 5_000])
def test_what_an_unsigned_message_claims_is_not_believed(class_id: Any) -> None:
    unsigned = CHAIN.envelope() | {"signedMessage": compact(message(classId=class_id, count=2))}

    assert refusal(compact(unsigned)).code == "callback.signature"


@pytest.mark.parametrize("issuer", ["club", "", None, 3.388e18])
def test_an_issuer_id_that_is_none_is_named(issuer: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        CHAIN.verify(BODY, issuer_id=issuer)

    assert caught.value.where == "issuer_id"


@pytest.mark.parametrize(
    ("change", "code", "what"),
    [
        ({"eventType": None}, "event", "missing"),
        ({"eventType": "saved"}, "event", '"saved" is unknown'),
        ({"eventType": []}, "event", "list is unknown"),
        ({"classId": None}, "id", "missing"),
        ({"objectId": "club"}, "id", "not the id of a class or an object"),
        ({"nonce": None}, "nonce", "missing"),
        ({"expTimeMillis": None}, "expiry", "missing"),
    ],
)
def test_a_signed_message_that_lacks_something_says_what(change: dict[str, Any], code: str, what: str) -> None:
    error = refusal(CHAIN.body(message(**change)))

    assert (error.code, error.where, error.message) == (
        f"callback.{code}",
        f"callback.signedMessage.{next(iter(change))}",
        what,
    )


@pytest.mark.parametrize("length", [1, 128])
def test_a_nonce_has_1_to_128_characters(length: int) -> None:
    assert CHAIN.verify(CHAIN.body(message(nonce="x" * length))).nonce == "x" * length


def test_a_key_is_read_only_after_its_signature() -> None:
    envelope = CHAIN.envelope()
    envelope["intermediateSigningKey"]["signedKey"] = "{"

    assert refusal(compact(envelope)).code == "callback.root"
    assert refusal(CHAIN.body(signed_key="{")).code == "callback.json"


def test_the_sender_is_a_setting() -> None:
    body = CHAIN.body(sender="GoogleWalletPasses")

    assert CHAIN.verify(body, sender="GoogleWalletPasses").kind == "save"
    assert refusal(body).code == "callback.sender"


def test_a_sender_of_64_characters_may_sign() -> None:
    assert CHAIN.verify(CHAIN.body(sender="x" * 64), sender="x" * 64).kind == "save"


@pytest.mark.parametrize("bad", ["", None, 5, "a\nb", "x" * 65])
def test_a_sender_is_a_short_text(bad: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        CHAIN.verify(CHAIN.body(), sender=bad)

    assert caught.value.where == "verify_callback.sender"


def test_a_signature_in_another_encoding_than_der_is_refused() -> None:
    envelope = CHAIN.envelope()
    raw = b64decode(envelope["signature"])
    for other in (raw + b"\0", raw[:-1], b"\x30\x81" + raw[1:], b"\0" * 64):
        envelope["signature"] = b64(other)

        assert refusal(compact(envelope)).code == "callback.signature"


@pytest.mark.parametrize("name", ["signature", "signatures", "keyValue"])
def test_base64_has_one_spelling(name: str) -> None:
    envelope = CHAIN.envelope()
    key = envelope["intermediateSigningKey"]
    good = {"signature": envelope["signature"], "signatures": key["signatures"][0], "keyValue": b64(der(CHAIN.middle))}
    for bad in (good[name] + "=", good[name].rstrip("=") + "A===", good[name] + "\n", "-_-_", "", " " + good[name]):
        if name == "keyValue":
            assert refusal(CHAIN.body(signed_key=CHAIN.signed_key(keyValue=bad))).code == "callback.key"
            continue
        wrong = key | {"signatures": [bad]} if name == "signatures" else key
        body = envelope | {"intermediateSigningKey": wrong} | ({"signature": bad} if name == "signature" else {})

        assert refusal(compact(body)).code == "callback.member"


def test_no_message_shows_a_whole_id() -> None:
    object_id, nonce = f"{OTHER}.Priya-Sharma-1987", "nonce-of-priya"
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"classId": f"{OTHER}.b"},
        {"objectId": f"{ISSUER}.Priya-Sharma/1987"},
        {"eventType": "saved"},
        {"expTimeMillis": 1},
        {"nonce": nonce * 20},
    )
    bodies: list[Any] = [CHAIN.body(message(objectId=object_id, nonce=nonce) | change) for change in changes]
    bodies += [object_id, f'"{object_id}"', f'["{object_id}"]', f'{{"protocolVersion":["{object_id}"]}}']
    bodies += [compact(CHAIN.envelope() | {name: [object_id]}) for name in ("signature", "signedMessage")]
    bodies += [compact(CHAIN.envelope() | {"signature": object_id})]
    for body in bodies:
        text = str(refusal(body))

        assert "Priya" not in text
        assert "priya" not in text


def test_errors_survive_pickling_with_their_reply() -> None:
    error = refusal(CHAIN.body(), keys=None)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes

    assert (type(again), again.reply, again.retryable, str(again)) == (type(error), 503, True, str(error))


def test_openssl_agrees_on_both_signatures(tmp_path: Path) -> None:
    """What we did not write verifies the bytes that we say are signed."""
    envelope = CHAIN.envelope()
    key = envelope["intermediateSigningKey"]
    steps = (
        (CHAIN.root, lv("GooglePayPasses", VERSION, key["signedKey"]), key["signatures"][0]),
        (CHAIN.middle, lv("GooglePayPasses", ISSUER, VERSION, envelope["signedMessage"]), envelope["signature"]),
    )
    assert CHAIN.verify(compact(envelope)).kind == "save"
    for signer, content, signature in steps:
        assert openssl_verifies(tmp_path, der(signer), content, b64decode(signature))
        assert not openssl_verifies(tmp_path, der(signer), content + b"\0", b64decode(signature))


def openssl_verifies(folder: Path, key: bytes, content: bytes, signature: bytes) -> bool:
    for name, raw in (("key.der", key), ("content", content), ("signature", signature)):
        (folder / name).write_bytes(raw)
    command = ["openssl", "dgst", "-sha256", "-verify", "key.der", "-keyform", "DER", "-signature", "signature"]
    run = subprocess.run([*command, "content"], cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode == 0 and run.stdout.strip() == "Verified OK"


@pytest.mark.parametrize("argument", ["body", "issuer_id", "keys", "at", "sender"])
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: type(wrong).__name__)
def test_whatever_an_argument_is_no_lower_error_gets_out(argument: str, wrong: Any) -> None:
    right: dict[str, Any] = {"body": BODY, "issuer_id": ISSUER, "keys": CHAIN.keys, "at": AT}
    if argument == "at" and wrong is None:
        return  # The present.

    with pytest.raises(WalletCardError) as caught:
        google.verify_callback(**right | {argument: wrong})

    error = caught.value
    assert all((error.code, error.where, error.hint))
    assert len(str(error)) <= 240
    assert str(error).isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()) | st.text(st.characters()))
def test_random_bodies_are_refused_and_nothing_else_happens(body: bytes | str) -> None:
    assert refusal(body).reply == 400


@given(
    st.sampled_from(["protocolVersion", "signature", "intermediateSigningKey", "signedMessage", "signedKey", "x"]), JSON
)
def test_random_parts_are_refused_and_nothing_else_happens(name: str, value: Any) -> None:
    envelope = CHAIN.envelope()
    place = envelope["intermediateSigningKey"] if name == "signedKey" else envelope
    place[name] = value

    assert refusal(json.dumps(envelope)).reply in (400, 401)


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from([*message(), "x"]), JSON))
def test_random_signed_messages_are_taken_or_refused(changes: dict[str, Any]) -> None:
    changed = message() | changes
    wrong = [name for name in changes if name not in ("count", "x") and changes[name] != message()[name]]

    if not wrong:
        assert CHAIN.verify(CHAIN.body(changed)).object_id == changed["objectId"]
    elif set(wrong) != {"nonce"}:  # A random text may be a nonce.
        assert refusal(CHAIN.body(changed)).reply in (400, 401)


@given(st.binary(max_size=200) | JSON)
def test_random_key_lists_are_refused(keys: Any) -> None:
    for document in (keys, {"keys": keys}, {"keys": [keys]}, {"keys": [CHAIN.listed(keyValue=keys)]}):
        assert isinstance(refusal(BODY, keys=document), CallbackKeysError)


def test_a_key_that_expires_now_is_left_out_and_the_others_stay() -> None:
    old = CHAIN.listed(keyExpiration=str(NOW))

    assert CHAIN.verify(CHAIN.body(), keys={"keys": [old, CHAIN.listed()]}).kind == "save"
    assert refusal(CHAIN.body(), keys={"keys": [old, Chain().listed()]}).code == "callback.root"
    assert CHAIN.verify(CHAIN.body(), keys={"keys": [CHAIN.listed(keyExpiration=NOW + HOUR)]}).kind == "save"


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=lambda order: "".join(map(str, order)))
def test_f15_in_whatever_order_events_come_and_however_often_the_last_one_holds(order: tuple[int, ...]) -> None:
    kinds: list[Literal["save", "delete"]] = ["save", "delete", "save", "delete"]
    google_like = throwaway_callbacks(ISSUER, at=AT)
    ids = {"class_id": f"{ISSUER}.club", "object_id": f"{ISSUER}.club.A-1"}
    moments = [AT + timedelta(minutes=number) for number in range(4)]
    bodies = [google_like.body(kind, at=at, **ids) for kind, at in zip(kinds, moments, strict=True)]

    seen: set[str] = set()
    latest: dict[str, google.CallbackEvent] = {}
    for number in (*order, *order):  # Each comes twice.
        event = google.verify_callback(bodies[number], issuer_id=ISSUER, keys=google_like.keys, at=moments[-1])
        if event.nonce in seen:
            continue
        seen.add(event.nonce)
        known = latest.get(event.object_id)
        latest[event.object_id] = event if known is None or event.expires > known.expires else known

    assert len(seen) == 4
    assert latest[ids["object_id"]].kind == "delete"
