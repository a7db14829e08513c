"""Bad input, section M (callback bodies): one test a row, the reply first and then what the operator's log says."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.google.callbacks import AT, CHAIN, HOUR, ISSUER, NOW, OTHER, Chain, b64, compact, der, message

from walletcard.errors import CallbackError


def said(body: Any, **changes: Any) -> tuple[int, str]:
    """Return the reply, and the log line: one printable line."""
    with pytest.raises(CallbackError) as caught:
        CHAIN.verify(body, **changes)
    text = str(caught.value)
    assert len(text) <= 240
    assert text.isprintable()
    return caught.value.reply, text


def changed(**parts: Any) -> bytes:
    """Return a body whose envelope was changed after signing; ``None`` takes a member away."""
    envelope = CHAIN.envelope() | parts
    return compact({name: value for name, value in envelope.items() if value is not None}).encode()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"save", "not JSON at character 0"),
        (b"[]", "a list, not an object"),
        (b"null", "null, not an object"),
        (b"{} {}", "not JSON at character 3"),
        (b"\xef\xbb\xbf{}", "not JSON at character 0"),
    ],
)
def test_b267_a_body_that_is_no_object(body: bytes, what: str) -> None:
    reply = f"callback: {what}; if this repeats, check what rewrites bodies in front of the app"

    assert said(body) == (400, reply)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"[" * 50_000 + b"]" * 50_000, "100_000 bytes, over 64_000"),
        (b"[" * 32_000 + b"]" * 32_000, "nested too deeply"),
        (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "nested too deeply"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "nested too deeply"),
        (b'{"a":' + b"[" * 99 + b"]" * 99 + b"}", 'key "protocolVersion" is missing'),
        (b'{"a":["' + b"[" * 500 + b'\\"{"' + b",[]" * 500 + b"]}", 'key "protocolVersion" is missing'),
        (b'{"a":' + b"1" * 5_000 + b"}", "holds a number of thousands of digits"),
        (b'{"a":"\xff"}', "not UTF-8 at byte 6"),
        (b'{"a":NaN}', "NaN is not a number"),
        (b'{"a":-Infinity}', "-Infinity is not a number"),
        (b'{"a":1e999}', "1e999 is not a number"),
        (b'{"a":1,"a":1}', 'key "a" is there twice'),
        (b'{"a":1 "b"}', "not JSON at character 7"),
        (b'{"a":"\n"}', "not JSON at character 6"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_b269_a_body_that_is_not_plain_json(body: bytes, what: str) -> None:
    reply, line = said(body)

    assert reply == 400
    assert line.startswith(f"callback: {what}; ")


def test_b269_half_a_character_is_none() -> None:
    hint = "if this repeats, check what rewrites bodies in front of the app"

    assert said(changed(signedMessage="\ud800")) == (400, f"callback.signedMessage: holds half a character; {hint}")


@pytest.mark.parametrize("name", ["signature", "signedMessage", "intermediateSigningKey", "protocolVersion"])
def test_b270_a_missing_key(name: str) -> None:
    line = f'callback: key "{name}" is missing; pass the untouched request body'

    assert said(changed(**{name: None})) == (400, line)


@pytest.mark.parametrize("name", ["signedKey", "signatures"])
def test_b270_a_missing_key_of_the_signing_key(name: str) -> None:
    key = CHAIN.envelope()["intermediateSigningKey"]
    del key[name]

    line = f'callback.intermediateSigningKey: key "{name}" is missing; pass the untouched request body'
    assert said(changed(intermediateSigningKey=key)) == (400, line)


def test_b270_an_extra_key() -> None:
    line = 'key "extra" is not one of the protocol; upgrade walletcard if Google has changed the format'
    key = CHAIN.envelope()["intermediateSigningKey"] | {"extra": 1}

    assert said(changed(extra=1)) == (400, f"callback: {line}")
    assert said(changed(intermediateSigningKey=key)) == (400, f"callback.intermediateSigningKey: {line}")


@pytest.mark.parametrize(("protocol", "shown"), [(2, "2"), ("ECv1", '"ECv1"'), ("ECv2", '"ECv2"'), ([], "list")])
def test_b271_another_protocol(protocol: Any, shown: str) -> None:
    hint = "upgrade walletcard if Google has changed it"
    line = f"callback.protocolVersion: {shown}, only ECv2SigningOnly is accepted; {hint}"

    assert said(changed(protocolVersion=protocol)) == (400, line)
    assert said(compact({"protocolVersion": protocol, "signature": "", "signedMessage": ""})) == (400, line)


@pytest.mark.parametrize(
    ("value", "shown"), [(message(), "an object"), (["a"], "a list of 1"), (5, "5"), (True, "True")], ids=str
)
def test_b273_a_message_that_was_parsed(value: Any, shown: str) -> None:
    line = f"callback.signedMessage: is {shown}, must stay text; do not parse it before verify_callback"

    assert said(changed(signedMessage=value)) == (400, line)


def test_b273_a_body_that_was_parsed() -> None:
    line = "callback: got dict, need the bytes of the request body; pass the untouched request body"

    assert said(CHAIN.envelope()) == (400, line)


def test_b274_a_message_that_was_written_again() -> None:
    text = CHAIN.envelope()["signedMessage"]
    hint = "pass the raw body, not re-encoded JSON; else treat it as forged"
    for other in (json.dumps(json.loads(text)), text.replace("-", "\\u002d", 1), text + " "):
        assert json.loads(other) == json.loads(text)
        assert said(changed(signedMessage=other)) == (401, f"callback.signature: does not fit the message; {hint}")


def test_b274_a_key_that_was_written_again() -> None:
    key = CHAIN.envelope()["intermediateSigningKey"]
    again = key | {"signedKey": compact(json.loads(key["signedKey"]))}
    hint = "pass the raw body, not re-encoded JSON, and fetch Google's keys again"
    line = f"callback.intermediateSigningKey.signedKey: not signed by any of Google's keys; {hint}"

    assert again != key
    assert said(changed(intermediateSigningKey=again)) == (401, line)


def test_b275_an_intermediate_key_that_has_expired() -> None:
    line = "expired at 2026-11-21 09:00:00 UTC; check this computer's clock"
    body = CHAIN.body(signed_key=CHAIN.signed_key(keyExpiration=str(NOW - HOUR)))

    assert said(body) == (401, f"callback.intermediateSigningKey.signedKey.keyExpiration: {line}")


@pytest.mark.parametrize(
    ("expiry", "what"),
    [
        ("never", '"never" is not a moment in milliseconds'),
        (1.5, "1.5 is not a moment in milliseconds"),
        (True, "True is not a moment in milliseconds"),
        ("-5", '"-5" is not a moment in milliseconds'),
        ("٣", '"٣" is not a moment in milliseconds'),
        ("9" * 30, f'"{"9" * 30}" is not a moment in milliseconds'),
        (None, "missing"),
    ],
)
def test_b275_an_intermediate_key_whose_expiry_is_none(expiry: Any, what: str) -> None:
    hint = "treat it as forged, or upgrade walletcard if Google has changed the format"
    body = CHAIN.body(signed_key=CHAIN.signed_key(keyExpiration=expiry))

    assert said(body) == (401, f"callback.intermediateSigningKey.signedKey.keyExpiration: {what}; {hint}")


def off_the_curve() -> bytes:
    """Return a P-256 key with one bit of its point turned."""
    raw = der(CHAIN.middle)
    return raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    "value",
    [
        b64(der(ec.generate_private_key(ec.SECP384R1()))),
        b64(der(ec.generate_private_key(ec.SECP256K1()))),
        b64(der(rsa.generate_private_key(public_exponent=65537, key_size=2048))),
        b64(off_the_curve()),
        b64(der(CHAIN.middle) + b"\0"),
        "not base64",
        5,
        None,
    ],
    ids=["P-384", "secp256k1", "RSA", "not on the curve", "a byte too many", "no base64", "a number", "missing"],
)
def test_b277_an_intermediate_key_of_another_kind(value: Any) -> None:
    line = "callback.intermediateSigningKey.signedKey.keyValue: not a key on P-256; treat it as forged"

    assert said(CHAIN.body(signed_key=CHAIN.signed_key(keyValue=value))) == (401, line)


def test_b278_signed_for_another_issuer() -> None:
    body = CHAIN.body(message(classId=f"{OTHER}.club", objectId=f"{OTHER}.a"), recipient=OTHER)
    line = f'callback.signature: of issuer "{OTHER}", not "{ISSUER}"; check issuer_id in your settings'

    assert said(body) == (401, line)


def test_b279_signed_by_the_sender_of_payments() -> None:
    where, hint = "callback.intermediateSigningKey.signedKey", "check where the callback comes from, and sender="
    line = f'{where}: signed by "Google", not by the Wallet sender "GooglePayPasses"; {hint}'

    assert said(CHAIN.body(sender="Google")) == (401, line)


def test_b281_a_message_that_has_expired() -> None:
    line = "expired at 2026-11-21 09:55:00 UTC; check this computer's clock, else it is a replay"
    body = CHAIN.body(message(expTimeMillis=NOW - 300_000))

    assert said(body) == (401, f"callback.signedMessage.expTimeMillis: {line}")


@pytest.mark.parametrize(
    ("expiry", "shown"), [(str(NOW + HOUR), f'"{NOW + HOUR}" is not'), (1e15, "1000000000000000.0 is not")]
)
def test_b281_a_message_whose_expiry_is_no_whole_number(expiry: Any, shown: str) -> None:
    hint = "treat it as forged, or upgrade walletcard if Google has changed the format"
    line = f"callback.signedMessage.expTimeMillis: {shown} a moment in milliseconds; {hint}"

    assert said(CHAIN.body(message(expTimeMillis=expiry))) == (401, line)


@pytest.mark.parametrize("expiry", [None, 10**30, 10**4000, -1, True, [], {}], ids=lambda one: type(one).__name__)
def test_b281_a_message_whose_expiry_is_no_moment(expiry: Any) -> None:
    reply, line = said(CHAIN.body(message(expTimeMillis=expiry)))

    assert reply == 401
    assert line.startswith("callback.signedMessage.expTimeMillis: ")


def test_b282_a_nonce_that_was_seen_is_the_apps_to_drop() -> None:
    body = CHAIN.body()

    assert CHAIN.verify(body) == CHAIN.verify(body)
    assert CHAIN.verify(CHAIN.body()).nonce == CHAIN.verify(body).nonce  # Signed anew, it is the same event.
    assert CHAIN.verify(CHAIN.body(message(nonce="another"))).nonce == "another"


@pytest.mark.parametrize(
    ("nonce", "what"),
    [
        (None, "missing"),
        (5, "not a text of 1 to 128 characters"),
        ("", "not a text of 1 to 128 characters"),
        ("x" * 129, "not a text of 1 to 128 characters"),
        ("a\nb", "not a text of 1 to 128 characters"),
        ("\ud800", "not a text of 1 to 128 characters"),
    ],
)
def test_b283_a_nonce_that_is_none(nonce: Any, what: str) -> None:
    line = f"callback.signedMessage.nonce: {what}; upgrade walletcard if Google has changed the format"

    assert said(CHAIN.body(message(nonce=nonce))) == (400, line)


def test_b283_a_nonce_of_a_megabyte() -> None:
    reply, line = said(CHAIN.body(message(nonce="x" * 1_000_000)))

    assert reply == 400
    assert "bytes, over 64_000" in line


@pytest.mark.parametrize("name", ["classId", "objectId"])
def test_b285_a_card_of_another_issuer(name: str) -> None:
    hint = "check the callback address of that class"
    line = f'callback.signedMessage.{name}: of issuer "{OTHER}", not "{ISSUER}"; {hint}'

    assert said(CHAIN.body(message(**{name: f"{OTHER}.x"}))) == (401, line)


@pytest.mark.parametrize("name", ["classId", "objectId"])
@pytest.mark.parametrize("value", [None, 5, "", "club", ISSUER, f"{ISSUER}.", f"{ISSUER}.a b", f"0{ISSUER}.a", "²5.a"])
def test_b285_a_card_without_an_id(name: str, value: Any) -> None:
    reply, line = said(CHAIN.body(message(**{name: value})))

    assert reply == 400
    assert line.startswith(f"callback.signedMessage.{name}: ")


@pytest.mark.parametrize("keys", [None, b"", ""])
def test_b286_no_key_list_yet(keys: Any) -> None:
    line = "Google's keys: not loaded yet; allow outgoing https to pay.google.com; Google sends the callback again"

    assert said(CHAIN.body(), keys=keys) == (503, line)


@pytest.mark.parametrize(("hours", "reply"), [(0, None), (23, None), (25, 503)])
def test_f17_an_old_list_serves_until_its_keys_end_and_then_google_is_told_to_come_again(
    hours: int, reply: int | None
) -> None:
    ends = str(NOW + 48 * HOUR)
    text = message(expTimeMillis=NOW + (hours + 1) * HOUR)
    body = CHAIN.body(text, signed_key=CHAIN.signed_key(keyExpiration=ends))
    at = AT + timedelta(hours=hours)

    if reply is None:
        assert CHAIN.verify(body, at=at).kind == "save"
    else:
        assert said(body, at=at)[0] == reply


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ([CHAIN.listed(protocolVersion="ECv2")], "none usable for ECv2SigningOnly: 1 of another protocol"),
        ([CHAIN.listed(protocolVersion=None)], "none usable for ECv2SigningOnly: 1 of another protocol"),
        ([CHAIN.listed(keyExpiration=str(NOW))] * 2, "none usable for ECv2SigningOnly: 2 expired"),
        ([CHAIN.listed(keyExpiration=None)], "none usable for ECv2SigningOnly: 1 without expiry"),
        ([CHAIN.listed(keyExpiration="soon")], "none usable for ECv2SigningOnly: 1 without expiry"),
        ([CHAIN.listed(keyValue="AAAA")], "none usable for ECv2SigningOnly: 1 not on P-256"),
        ([], "none usable for ECv2SigningOnly: the list is empty"),
        (
            [Chain().listed(keyExpiration="0"), CHAIN.listed(keyExpiration=None), None],
            "none usable for ECv2SigningOnly: 1 expired, 1 not a key, 1 without expiry",
        ),
        ({}, '"keys" is not a list'),
    ],
)
def test_b287_a_key_list_without_a_usable_key(keys: Any, what: str) -> None:
    hint = "fetch them again, check for a proxy in between, and keep the old ones until then"

    assert said(CHAIN.body(), keys={"keys": keys}) == (503, f"Google's keys: {what}; {hint}")


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        (b"<html>", "not JSON at character 0"),
        (b"[]", "a list, not an object"),
        (b" " * 10_000_000, "10_000_000 bytes, over 256_000"),
        (b'{"keys":[],"keys":[]}', 'key "keys" is there twice'),
        (5, "got 5, need the document from https://pay.google.com/gp/m/issuer/keys"),
    ],
)
def test_b287_a_key_list_that_is_none(keys: Any, what: str) -> None:
    reply, line = said(CHAIN.body(), keys=keys)

    assert reply == 503
    assert line.startswith(f"Google's keys: {what}; ")


def test_signatures_are_a_short_list() -> None:
    envelope = CHAIN.envelope()
    key = envelope["intermediateSigningKey"]
    one = key["signatures"][0]
    wrong: tuple[Any, ...] = ([], [one] * 9, one, None, {}, [None], [[one]])
    for bad in wrong:
        reply, line = said(changed(intermediateSigningKey=key | {"signatures": bad}))

        assert reply == 400
        assert line.startswith("callback.intermediateSigningKey.signatures")
    assert CHAIN.verify(changed(intermediateSigningKey=key | {"signatures": [b64(b64decode(one))] * 8}), at=AT)


@pytest.mark.parametrize("kind", ["saved", "", "SAVE", 5, None])
def test_an_event_of_an_unknown_kind(kind: Any) -> None:
    reply, line = said(CHAIN.body(message(eventType=kind)))

    assert reply == 400
    assert line.startswith("callback.signedMessage.eventType: ")


UNTOUCHED = "pass the untouched request body"
TOO_LONG = b"{" + b" " * 64_000


def with_key(**parts: Any) -> bytes:
    return changed(intermediateSigningKey=CHAIN.envelope()["intermediateSigningKey"] | parts)


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (5, "type", f"callback: got 5, need the bytes of the request body; {UNTOUCHED}"),
        (TOO_LONG, "size", "callback: 64_001 bytes, over 64_000; not from Google, nothing to do"),
        (
            b"true",
            "json",
            "callback: true or false, not an object; if this repeats, check what rewrites bodies in front of the app",
        ),
        (
            b'"save"',
            "json",
            "callback: a text, not an object; if this repeats, check what rewrites bodies in front of the app",
        ),
        (
            b"1.5",
            "json",
            "callback: a number, not an object; if this repeats, check what rewrites bodies in front of the app",
        ),
        (changed(signature=None), "member", f'callback: key "signature" is missing; {UNTOUCHED}'),
        (
            changed(extra=1),
            "member",
            'callback: key "extra" is not one of the protocol; upgrade walletcard if Google has changed the format',
        ),
        (
            changed(intermediateSigningKey="{}"),
            "member",
            f"callback.intermediateSigningKey: is a text, not an object; {UNTOUCHED}",
        ),
        (
            with_key(signatures=[]),
            "member",
            "callback.intermediateSigningKey.signatures: is a list of 0, not a list of 1 to 8 signatures; "
            + UNTOUCHED,
        ),
        (
            with_key(signatures="AAAA"),
            "member",
            "callback.intermediateSigningKey.signatures: is a text, not a list of 1 to 8 signatures; " + UNTOUCHED,
        ),
        (
            with_key(signatures=["AAAA", "A=AA"]),
            "member",
            f"callback.intermediateSigningKey.signatures[1]: is a text, not base64 of a signature; {UNTOUCHED}",
        ),
        (changed(signature=""), "member", f"callback.signature: is empty, not base64 of a signature; {UNTOUCHED}"),
        (
            with_key(signedKey={}),
            "member",
            "callback.intermediateSigningKey.signedKey: is an object, must stay text; "
            "do not parse it before verify_callback",
        ),
        (
            changed(signedMessage="\ud800"),
            "member",
            "callback.signedMessage: holds half a character; "
            "if this repeats, check what rewrites bodies in front of the app",
        ),
    ],
)  # fmt: skip
def test_a_body_that_is_no_callback_is_named_part_by_part(body: Any, code: str, line: str) -> None:
    with pytest.raises(CallbackError) as caught:
        CHAIN.verify(body)

    assert (caught.value.code, str(caught.value)) == (f"callback.{code}", line)


NONE = "none usable for ECv2SigningOnly"
FETCH = "fetch them again, check for a proxy in between, and keep the old ones until then"


@pytest.mark.parametrize(
    ("keys", "code", "line"),
    [
        (5, "type", "got 5, need the document from https://pay.google.com/gp/m/issuer/keys; pass its bytes"),
        (b" " * 256_001, "size", f"256_001 bytes, over 256_000; {FETCH}"),
        (b"<html>", "json", f"not JSON at character 0; {FETCH}"),
        ({"keys": {}}, "shape", f'"keys" is not a list; {FETCH}'),
        ({}, "shape", f'"keys" is not a list; {FETCH}'),
        ({"keys": [CHAIN.listed(keyExpiration=-1)]}, "unusable", f"{NONE}: 1 without expiry; {FETCH}"),
        ({"keys": [CHAIN.listed(keyExpiration=0)]}, "unusable", f"{NONE}: 1 expired; {FETCH}"),
    ],
)  # fmt: skip
def test_b287_a_key_list_that_cannot_be_used_says_why(keys: Any, code: str, line: str) -> None:
    with pytest.raises(CallbackError) as caught:
        CHAIN.verify(CHAIN.body(), keys=keys)

    assert (caught.value.code, str(caught.value)) == (f"keys.{code}", f"Google's keys: {line}")


def test_a_key_list_of_the_largest_size_is_read() -> None:
    assert CHAIN.verify(CHAIN.body(), keys=CHAIN.keys.ljust(256_000)).kind == "save"
