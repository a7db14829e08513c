"""K1 to K3 and F6: what is issued is verified, and nothing else is; one spelling; nothing secret is shown."""

import base64
import copy
import dataclasses
import hashlib
import hmac
import pickle
import random
import re
import secrets
import string
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from walletcard.errors import (
    ExpiredTokenError,
    ForgedTokenError,
    InvalidCardError,
    KeyMaterialError,
    MalformedTokenError,
    TokenError,
    UnknownKeyError,
    WrongKindError,
    WrongProgramError,
)
from walletcard.tokens import KeyRing, Kind, Token, issue, new_code, verify

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
MINUTES = timedelta(minutes=5)
KEY = hashlib.sha256(b"a test").digest()
OLD_KEY = hashlib.sha256(b"an older test").digest()
RING = KeyRing({"2026": KEY}, signing="2026")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
ID_LETTERS = string.ascii_letters + string.digits + "_-"
NONCE = "00112233aabbccdd"


def member(**changes: Any) -> str:
    return issue("member", **{"keys": RING, "program": "copper-kettle", "card": "CK-7F3A29", **changes})


def stamp(**changes: Any) -> str:
    given = {"keys": RING, "program": "copper-kettle", "valid_for": MINUTES, "nonce": NONCE, "at": NOW}
    return issue("stamp", **{**given, **changes})


def voucher(**changes: Any) -> str:
    given = {"card": "CK-7F3A29", "voucher": "till-4711.1", "valid_for": MINUTES, "nonce": NONCE, "at": NOW}
    return issue("voucher", **{"keys": RING, "program": "copper-kettle", **given, **changes})


def join(**changes: Any) -> str:
    return issue("join", **{"keys": RING, "program": "copper-kettle", "source": "poster", **changes})


def check(text: Any, **changes: Any) -> Token:
    return verify(text, **{"keys": RING, "at": NOW, **changes})


ONE_OF_EACH = (member(), stamp(), stamp(card="CK-7F3A29"), voucher(), join())
MAKERS: dict[Kind, Callable[..., str]] = {"member": member, "stamp": stamp, "voucher": voucher, "join": join}


def issues_of(error: pytest.ExceptionInfo[InvalidCardError]) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in error.value.issues]


# What goes in comes out


def test_member_round_trip() -> None:
    assert check(member(), program="copper-kettle", kind="member") == Token(
        kind="member", program="copper-kettle", key="2026", card="CK-7F3A29"
    )


def test_stamp_round_trip() -> None:
    assert check(stamp(), program="copper-kettle", kind="stamp") == Token(
        kind="stamp", program="copper-kettle", key="2026", expires=NOW + MINUTES, nonce=NONCE
    )


def test_a_stamp_may_be_for_one_card_only() -> None:
    assert check(stamp(card="CK-7F3A29")).card == "CK-7F3A29"


@pytest.mark.parametrize("name", ["till-4711.1", "till-4711.9999", "shortened"])
def test_voucher_round_trip(name: str) -> None:
    assert check(voucher(voucher=name), program="copper-kettle", kind="voucher") == Token(
        kind="voucher",
        program="copper-kettle",
        key="2026",
        card="CK-7F3A29",
        voucher=name,
        expires=NOW + MINUTES,
        nonce=NONCE,
    )


def test_join_round_trip() -> None:
    assert check(join(), program="copper-kettle", kind="join") == Token(
        kind="join", program="copper-kettle", key="2026", source="poster"
    )


ids = st.text(ID_LETTERS, min_size=1, max_size=12).filter(lambda text: not text.startswith("tier-"))


@given(program=ids, card=ids, key=st.text(ID_LETTERS, min_size=1, max_size=8), secret=st.binary(min_size=8))
def test_k2_any_member_comes_back_from_one_canonical_spelling(program: str, card: str, key: str, secret: bytes) -> None:
    ring = KeyRing({key: hashlib.sha256(secret).digest()}, signing=key)

    text = issue("member", keys=ring, program=program, card=card)

    assert verify(text, keys=ring, program=program, kind="member") == Token(
        kind="member", program=program, key=key, card=card
    )
    assert re.fullmatch(r"W[A-Z2-7]{27,95}", text)
    assert base64.b32encode(base64.b32decode(text + "=" * (-len(text) % 8))).decode().rstrip("=") == text


@given(
    program=ids,
    card=ids,
    number=st.none() | st.integers(0, 9999),
    nonce=st.binary(min_size=8, max_size=8),
    seconds=st.integers(1, 1827 * 86_400),
    at=st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_k2_any_voucher_comes_back(
    program: str, card: str, number: int | None, nonce: bytes, seconds: int, at: datetime
) -> None:
    name = "v" if number is None else f"v.{number}"
    life = timedelta(seconds=seconds)

    text = voucher(program=program, card=card, voucher=name, nonce=nonce.hex(), valid_for=life, at=at)

    assert len(text) <= 96
    token = verify(text, keys=RING, at=at)
    assert (token.program, token.card, token.voucher, token.nonce) == (program, card, name, nonce.hex())
    assert token.expires == (at + life).replace(microsecond=0)


def test_what_a_token_says_does_not_change() -> None:
    token = check(member())

    with pytest.raises(dataclasses.FrozenInstanceError):
        token.card = "CK-2"  # type: ignore[misc]  # what is refused here
    assert not hasattr(token, "__dict__")
    assert all(field.kw_only for field in dataclasses.fields(token))


# K1: six failures, each its own


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "W",
        "CK-7F3A29",
        "https://example.com/WAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "WIFI:T:WPA;S:shop;P:secret-password;;",
        "4006381333931",
        "\x00\x01binary",
        "A" * 40,
        "9f86d081884c7d659a2feaa0c55ad015",
        "W" * 10_000_000,
        " " * 10_000_000,
        "W" * 129,
        "W" * 23,
        "שלום",
        "W" + "\u0661" * 40,
    ],
    ids=lambda text: f"{text[:12]!a}-{len(text)}",
)
def test_k1_what_is_no_token_is_malformed(text: str) -> None:
    with pytest.raises(MalformedTokenError) as error:
        check(text)

    assert (error.value.code, error.value.where) == ("token.malformed", "scan")
    assert error.value.message == ("not a code of this programme" if text else "empty")
    assert error.value.hint == "scan the code on the customer's card"


@pytest.mark.parametrize("text", [None, 4006381333931, b"WAAA", ["W"]], ids=repr)
def test_k1_what_is_no_text_is_malformed(text: object) -> None:
    with pytest.raises(MalformedTokenError) as error:
        check(text)

    assert str(error.value) == f"scan: got {type(text).__name__}, need text; decode it as ASCII"


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("member", "scan the code on the customer's card"),
        ("stamp", "scan the shop's stamp code"),
        ("voucher", "scan the voucher's code"),
        ("join", "scan the code for joining"),
    ],
)
def test_a_malformed_scan_says_what_to_scan_instead(kind: Kind, hint: str) -> None:
    with pytest.raises(MalformedTokenError) as error:
        check("https://example.com", kind=kind)

    assert error.value.hint == hint


@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_k1_one_changed_letter_is_forged(text: str) -> None:
    half = len(text) // 2
    changed = text[:half] + ("A" if text[half] != "A" else "B") + text[half + 1 :]

    with pytest.raises(ForgedTokenError) as error:
        check(changed)

    assert str(error.value) == "scan: the code was altered or misread; scan it again"
    assert error.value.code == "token.forged"


def test_k1_another_key_of_the_same_name_is_forged() -> None:
    with pytest.raises(ForgedTokenError):
        check(member(keys=KeyRing({"2026": OLD_KEY}, signing="2026")))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "=",
        lambda text: text + "A",
        lambda text: text[:-1],
        lambda text: text + " ",
        lambda text: " " + text,
        lambda text: "\n" + text,
        lambda text: text + "\n\n",
        lambda text: text + "\n\r",
        lambda text: text + "\r\r\n",
        lambda text: text[:20] + "\n" + text[20:],
        lambda text: text[:20] + " " + text[20:],
        lambda text: text.lower(),
        lambda text: text[:-1] + text[-1].lower() + "x",
        lambda text: text[0].lower() + text[1:],
    ],
)
def test_k2_any_other_spelling_is_forged(spoil: Callable[[str], str]) -> None:
    with pytest.raises(ForgedTokenError):
        check(spoil(member()))


def test_k2_no_padding() -> None:
    text = member(card="CK-7F3A")
    padding = "=" * (-len(text) % 8)
    assert padding

    with pytest.raises(ForgedTokenError):
        check(text + padding)


@pytest.mark.parametrize("card", ["CK-7F3A", "CK-7F3A2", "CK-7F3A29BC", "CK-7F3A29BCDE"])
def test_k2_the_unused_bits_of_the_last_letter_are_zero(card: str) -> None:
    text = member(card=card)
    padding = "=" * (-len(text) % 8)
    others = [text[:-1] + letter for letter in LETTERS if letter != text[-1]]
    assert any(base64.b32decode(other + padding) == base64.b32decode(text + padding) for other in others)

    for other in others:
        with pytest.raises(ForgedTokenError):
            check(other)


@pytest.mark.parametrize("end", ["", "\r", "\n", "\r\n"])
@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_one_line_end_of_a_scanner_is_ignored(text: str, end: str) -> None:
    assert check(text + end) == check(text)


def test_a_look_alike_of_up_to_128_characters_is_forged_and_beyond_malformed() -> None:
    for length in (24, 128):
        with pytest.raises(ForgedTokenError):
            check("W" + "A" * (length - 1))


def test_k1_an_expired_token_says_since_when() -> None:
    text = stamp()
    assert check(text, at=NOW + MINUTES - timedelta(microseconds=1)).kind == "stamp"

    with pytest.raises(ExpiredTokenError) as error:
        check(text, at=NOW + MINUTES)

    assert str(error.value) == "scan: the code expired at 2026-11-21 10:05:00 UTC; ask for a fresh one"
    assert error.value.code == "token.expired"


def test_k1_the_wrong_kind_names_both() -> None:
    with pytest.raises(WrongKindError) as error:
        check(join(), kind="member")

    assert str(error.value) == "scan: this is a join code, not a member code; scan the code on the customer's card"
    assert error.value.code == "token.kind"


@pytest.mark.parametrize("wanted", MAKERS)
@pytest.mark.parametrize("found", MAKERS)
def test_k1_every_kind_is_taken_only_as_itself(found: Kind, wanted: Kind) -> None:
    text = MAKERS[found]()

    if found == wanted:
        assert check(text, kind=wanted).kind == found
    else:
        with pytest.raises(WrongKindError):
            check(text, kind=wanted)


def test_k1_another_programme_is_refused() -> None:
    with pytest.raises(WrongProgramError) as error:
        check(member(), program="copper-kettl")

    assert str(error.value) == "scan: a code of another programme; it cannot be used here: ask for this shop's card"
    assert error.value.code == "token.program"


def test_k1_a_key_that_is_not_listed_is_unknown() -> None:
    retired = member(keys=KeyRing({"2025": OLD_KEY}, signing="2025"))

    with pytest.raises(UnknownKeyError) as error:
        check(retired)

    assert str(error.value) == "scan: an old code, its key is no longer listed; ask the customer to refresh the card"
    assert error.value.code == "token.key"


def test_k1_six_distinct_failures() -> None:
    six = {ExpiredTokenError, ForgedTokenError, MalformedTokenError, UnknownKeyError, WrongKindError, WrongProgramError}

    assert len(six) == 6
    assert all(cls.__mro__[1] is TokenError for cls in six)


def test_what_is_wrong_in_many_ways_is_refused_for_the_first() -> None:
    everything: dict[str, Any] = {"program": "other", "kind": "join", "at": NOW + MINUTES}
    text = stamp()

    with pytest.raises(UnknownKeyError):
        check(text, keys=KeyRing({"2027": KEY}, signing="2027"), **everything)
    with pytest.raises(ForgedTokenError):
        check(text, keys=KeyRing({"2026": OLD_KEY}, signing="2026"), **everything)
    with pytest.raises(WrongProgramError):
        check(text, **everything)
    with pytest.raises(WrongKindError):
        check(text, **{**everything, "program": "copper-kettle"})
    with pytest.raises(ExpiredTokenError):
        check(text, at=NOW + MINUTES)


# Made with the right key, yet never issued


def signed(body: bytes, *, purpose: bytes = b"walletcard.tokens 1\0", key: bytes = KEY) -> str:
    """Write the published layout by hand: the reader's own idea of it."""
    raw = body + hmac.new(key, purpose + body, "sha256").digest()[:12]
    return base64.b32encode(raw).decode().rstrip("=")


def packed(text: str) -> bytes:
    digits = "." + string.ascii_uppercase + string.ascii_lowercase + string.digits + "_-"
    number: int = sum(digits.index(letter) * 65**place for place, letter in enumerate(reversed(text)))
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def test_the_layout_is_the_documented_one() -> None:
    time = int((NOW + MINUTES).timestamp()).to_bytes(4, "big") + bytes.fromhex(NONCE)

    assert member() == signed(b"\xb1" + packed("2026.copper-kettle.CK-7F3A29"))
    assert stamp() == signed(b"\xb2" + time + packed("2026.copper-kettle."))
    assert voucher() == signed(b"\xb3" + time + packed("2026.copper-kettle.CK-7F3A29.till-4711.1"))
    assert join() == signed(b"\xb4" + packed("2026.copper-kettle.poster"))


@given(program=ids, card=ids)
def test_k2_ids_take_as_few_bytes_as_they_can(program: str, card: str) -> None:
    assert member(program=program, card=card) == signed(b"\xb1" + packed(f"2026.{program}.{card}"))


def test_k2_even_a_signed_token_is_refused_past_96_characters() -> None:
    longest = signed(b"\xb1" + packed("2026.p." + "-" * 55))
    longer = signed(b"\xb1" + packed("2026.p." + "-" * 56))
    assert (len(longest), len(longer)) == (96, 98)

    assert check(longest).program == "p"
    with pytest.raises(ForgedTokenError):
        check(longer)


def test_a_token_of_this_version_is_read_for_ever() -> None:
    assert check("WEAVGZ5L6TU25MLIFBA5GYYVYWSZ3PAWZKP2MUOAGTS5O3QDXVOAQBVD") == check(member())
    assert check("WNVQC3GMAAISEM5KXPGN2AMYZ22BSS4KGGMT436L2FJ7Y7QGM7RDSVHCN6LUYBPV2BMOVGV7JZY4VWJJHYIRYW6O2U") == check(
        voucher()
    )


def test_the_key_signs_tokens_apart_from_anything_else() -> None:
    with pytest.raises(ForgedTokenError):
        check(signed(b"\xb1" + packed("2026.copper-kettle.CK-7F3A29"), purpose=b""))


@pytest.mark.parametrize("number", [0, 5, 6, 7])
def test_a_kind_of_the_future_is_refused(number: int) -> None:
    with pytest.raises(ForgedTokenError):
        check(signed(bytes([0xB0 | number]) + packed("2026.copper-kettle.CK-7F3A29")))


@pytest.mark.parametrize(
    "body",
    [
        b"\xb1" + bytes(1) + packed("2026"),
        b"\xb1" + packed("2026.copper-kettle"),
        b"\xb3" + bytes(12) + packed("2026.copper-kettle.CK-7F3A29"),
    ],
)
def test_a_layout_of_the_future_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedTokenError) as error:
        check(signed(body))

    assert str(error.value) == "scan: a code of another version; update walletcard"


@pytest.mark.parametrize("text", [".copper-kettle.card", "much-too-long.copper-kettle.card", "no-dots"])
def test_what_cannot_be_a_key_id_is_forged_not_unknown(text: str) -> None:
    with pytest.raises(ForgedTokenError):
        check(signed(b"\xb1" + packed(text).rjust(10, b"\0")) if text != "no-dots" else signed(b"\xb1" + bytes(30)))


def test_no_field_is_believed_before_the_signature() -> None:
    late = signed(b"\xb2" + bytes(12) + packed("2026.other."), key=OLD_KEY)

    with pytest.raises(ForgedTokenError):
        check(late, program="copper-kettle", kind="member")


def test_every_byte_of_the_signature_counts() -> None:
    text = member()
    raw = base64.b32decode(text + "=" * (-len(text) % 8))

    for place in range(len(raw)):
        for bit in range(8):
            other = bytearray(raw)
            other[place] ^= 1 << bit
            with pytest.raises(TokenError):
                check(base64.b32encode(bytes(other)).decode().rstrip("="))


# Neighbours and noise: samples here, all of them with scripts/try_tokens.py


def single_edits(text: str, letters: str) -> Iterator[str]:
    for place in range(len(text) + 1):
        yield from (text[:place] + letter + text[place:] for letter in letters)
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
        yield from (text[:place] + letter + text[place + 1 :] for letter in letters)


@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_every_neighbour_within_one_edit_is_refused(text: str) -> None:
    for other in set(single_edits(text, LETTERS + "0189=awz -.\t\u0130")) - {text}:
        with pytest.raises(TokenError):
            check(other)


@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_a_sample_of_the_neighbours_within_two_edits_is_refused(text: str) -> None:
    draw = random.Random(4)  # noqa: S311
    for first in draw.sample(sorted(set(single_edits(text, LETTERS))), 30):
        for second in draw.sample(sorted(set(single_edits(first, LETTERS))), 30):
            if second != text:
                with pytest.raises(TokenError):
                    check(second)


@given(st.text(max_size=140) | st.text(LETTERS, min_size=20, max_size=100).map(lambda text: "W" + text))
def test_random_text_is_refused(text: str) -> None:
    with pytest.raises(TokenError):
        check(text)


@given(st.binary(min_size=1, max_size=60))
def test_random_bytes_after_a_right_start_are_refused(noise: bytes) -> None:
    for number in (1, 2, 3, 4):
        with pytest.raises(TokenError):
            check(base64.b32encode(bytes([0xB0 | number]) + noise).decode().rstrip("="))


# Keys


def test_old_keys_are_accepted_while_they_are_listed() -> None:
    before = member(keys=KeyRing({"2025": OLD_KEY}, signing="2025"))
    both = KeyRing({"2025": OLD_KEY, "2026": KEY}, signing="2026")

    assert check(before, keys=both).key == "2025"
    assert check(member(keys=both), keys=both).key == "2026"
    assert member(keys=both) == member()
    with pytest.raises(UnknownKeyError):
        check(before, keys=RING)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (b"", "key.empty"),
        (hashlib.sha256(b"8").digest()[:8], "key.short"),
        (hashlib.sha256(b"31").digest()[:31], "key.short"),
        (b"password123", "key.passphrase"),
        (b"correct horse battery staple, correct horse", "key.passphrase"),
        (b"correct horse battery staple, correct horse\r\n", "key.passphrase"),
        ("סיסמה ארוכה מאוד בעברית לכרטיסים".encode(), "key.passphrase"),
        (KEY.hex().encode(), "key.passphrase"),
        (base64.b64encode(KEY), "key.passphrase"),
        (bytes(32), "key.passphrase"),
        (b"\xff" * 64, "key.passphrase"),
        (bytes(range(0xF0, 0xFF)) * 4, "key.passphrase"),
        ("password123", "key.type"),
        (bytearray(KEY), "key.type"),
        (None, "key.type"),
    ],
    ids=repr,
)
def test_weak_keys_are_refused(key: Any, code: str) -> None:
    with pytest.raises(KeyMaterialError) as error:
        KeyRing({"2026": key}, signing="2026")

    assert error.value.code == code
    assert error.value.where == 'keys["2026"]'
    assert "KeyRing.new_key()" in error.value.hint


def test_weak_keys_are_worded() -> None:
    def said(key: Any) -> str:
        with pytest.raises(KeyMaterialError) as error:
            KeyRing({"2026": key}, signing="2026")
        return str(error.value)

    assert said(KEY[:8]) == 'keys["2026"]: 8 bytes, need 32; make one with KeyRing.new_key()'
    assert said(b"") == 'keys["2026"]: empty; make one with KeyRing.new_key()'
    assert said("x") == (
        'keys["2026"]: got str, need bytes; decode hexadecimal or base64, or make one with KeyRing.new_key()'
    )
    assert said(b"x" * 40) == (
        'keys["2026"]: text or a pattern, not random bytes; decode hexadecimal or base64, or make one with '
        "KeyRing.new_key()"
    )


def test_a_key_of_few_values_is_random_enough_from_sixteen_on() -> None:
    KeyRing({"a": bytes(range(0xF0, 0x100)) * 2}, signing="a")


@pytest.mark.parametrize("name", ["", "123456789", "a.b", "a b", "ä", 2026, None, KEY], ids=repr)
def test_key_ids_are_short_and_plain(name: Any) -> None:
    with pytest.raises(KeyMaterialError) as error:
        KeyRing({name: KEY}, signing=name)

    assert str(error.value) == 'keys: an id is not 1 to 8 of A-Z a-z 0-9 _ -; give each key an id such as "2026"'
    assert error.value.code == "key.id"


@pytest.mark.parametrize("signing", ["2027", "", None, KEY, ["2026"]], ids=repr)
def test_the_signing_key_is_one_of_the_ring(signing: Any) -> None:
    with pytest.raises(KeyMaterialError) as error:
        KeyRing({"2026": KEY, "2025": OLD_KEY}, signing=signing)

    assert str(error.value) == "signing: not the id of a key in the ring; name the newest of 2025, 2026"
    assert error.value.code == "key.signing"


def test_the_hint_of_the_signing_key_names_five() -> None:
    with pytest.raises(KeyMaterialError) as error:
        KeyRing({str(number): KEY for number in range(9)}, signing="x")

    assert error.value.hint == "name the newest of 0, 1, 2, 3, 4"


def test_a_ring_holds_keys() -> None:
    with pytest.raises(KeyMaterialError) as error:
        KeyRing({}, signing="2026")
    assert str(error.value) == "keys: holds no key; make one with KeyRing.new_key()"
    assert error.value.code == "key.empty"

    with pytest.raises(KeyMaterialError) as error:
        KeyRing(cast(Any, [KEY]), signing="2026")
    assert str(error.value) == 'keys: got list; give a mapping such as {"2026": key}'
    assert error.value.code == "key.type"


def test_any_mapping_will_do_and_later_changes_of_it_do_not_matter() -> None:
    keys = {"2026": KEY}
    ring = KeyRing(MappingProxyType(keys), signing="2026")
    keys["2027"] = OLD_KEY

    assert ring.ids == ("2026",)
    assert member(keys=ring) == member()


def test_new_keys_are_random_and_good() -> None:
    one, two = KeyRing.new_key(), KeyRing.new_key()

    assert len(one) == len(two) == 32
    assert one != two
    assert KeyRing({"a": one, "b": two}, signing="b").ids == ("a", "b")


@pytest.mark.parametrize("key", ["2027", "", None, 2026, ["2026"]])
def test_a_ring_makes_no_code_with_a_key_that_it_does_not_have(key: Any) -> None:
    ring = KeyRing({str(number): KEY for number in range(9)}, signing="0")

    with pytest.raises(KeyMaterialError) as caught:
        ring.mac(key, b"content")

    assert (caught.value.code, caught.value.where) == ("key.unknown", "key")
    assert str(caught.value) == "key: not the id of a key in the ring; name one of 0, 1, 2, 3, 4"


@pytest.mark.parametrize("content", ["text", None, 5])
def test_a_ring_makes_a_code_of_bytes_alone(content: Any) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        RING.mac("2026", content)

    assert caught.value.code == "key.content"
    assert str(caught.value) == "content: not bytes; encode it: text.encode()"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_code_is_the_beginning_of_an_hmac(kind: Callable[[bytes], Any]) -> None:
    expected = hmac.new(KEY, b"walletcard.tokens 1\0" + b"content", "sha256").digest()[:12]

    assert RING.mac("2026", kind(b"content")) == expected


def test_a_ring_shows_no_key() -> None:
    for shown in (repr(RING), str(RING), f"{RING}", repr(vars(type(RING))), repr([RING])):
        assert KEY.hex() not in shown
        assert repr(KEY)[2:-1] not in shown
    assert repr(RING) == "KeyRing(signing='2026', ids=('2026',))"
    assert not hasattr(RING, "__dict__")
    for name in RING.__slots__:
        assert KEY not in repr(getattr(RING, name)).encode("latin-1", "ignore")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_ring_is_not_pickled(protocol: int) -> None:
    with pytest.raises(KeyMaterialError) as error:
        pickle.dumps(RING, protocol)

    assert error.value.code == "key.pickle"
    assert str(error.value) == ("keys: a KeyRing is not pickled; build it from the app's secrets in the other process")


def test_copies_of_a_ring_are_the_ring() -> None:
    assert copy.copy(RING) is RING
    assert copy.deepcopy({"ring": RING})["ring"] is RING


def test_a_ring_does_not_change() -> None:
    with pytest.raises(AttributeError, match=r"^a KeyRing does not change: signing$"):
        RING.signing = "2025"
    with pytest.raises(AttributeError, match=r"^a KeyRing does not change: signing$"):
        del RING.signing
    with pytest.raises(AttributeError):
        cast(Any, RING).more = 1


@pytest.mark.parametrize("ring", [None, KEY, {"2026": KEY}, "2026"])
def test_verbs_need_a_ring(ring: Any) -> None:
    for act in (lambda: member(keys=ring), lambda: check(member(), keys=ring)):
        with pytest.raises(KeyMaterialError) as error:
            act()
        assert error.value.code == "key.type"
        assert str(error.value) == (
            f"keys: got {type(ring).__name__}, need a KeyRing; build a KeyRing once, when the app starts"
        )


# K2: length and letters


LIMITS = [("member", 96, 62 - 4 - 2), ("stamp", 96, 46 - 4 - 2), ("voucher", 96, 46 - 4 - 3), ("join", 96, 62 - 4 - 2)]


@pytest.mark.parametrize(("kind", "most", "share"), LIMITS)
@pytest.mark.parametrize("letter", ["-", "A"])
def test_k2_at_most_96_characters(kind: Kind, most: int, share: int, letter: str) -> None:
    fills = {"member": "card", "stamp": "card", "voucher": "voucher", "join": "source"}[kind]
    rest = 10 + (9 if kind == "voucher" else 0)

    text = MAKERS[kind](**{"program": letter * 10, fills: letter * (share - rest)})

    assert len(text) <= most
    assert check(text).program == letter * 10
    with pytest.raises(InvalidCardError) as error:
        MAKERS[kind](**{"program": letter * 10, fills: letter * (share - rest + 1)})
    assert error.value.code == "token.length"


def test_k2_a_card_id_that_is_too_long_is_told_the_limit() -> None:
    with pytest.raises(InvalidCardError) as error:
        member(card="C" * 64)

    assert str(error.value) == (
        "token.card: 64 characters, over 43; shorten one: program and card share 56 characters of a member token "
        "with the key 2026"
    )
    member(card="C" * 43)
    with pytest.raises(InvalidCardError, match="44 characters, over 43"):
        member(card="C" * 44)


def test_k2_the_longest_id_is_named_and_of_two_the_later() -> None:
    def where(**changes: Any) -> str:
        with pytest.raises(InvalidCardError) as error:
            voucher(**changes)
        return error.value.where

    assert where(program="p" * 64) == "token.program"
    assert where(card="c" * 40) == "token.card"
    assert where(voucher="v" * 40) == "token.voucher"
    assert where(program="x" * 20, card="x" * 20, voucher="v") == "token.card"


def test_k2_a_limit_is_never_below_zero() -> None:
    with pytest.raises(InvalidCardError, match="64 characters, over 0;"):
        member(program="p" * 64, card="c" * 64)


def test_k2_a_uuid_fits_a_member_token() -> None:
    assert len(member(card="123e4567-e89b-12d3-a456-426614174000")) <= 96


@pytest.mark.parametrize("text", [*ONE_OF_EACH, member(card="-" * 43)])
def test_k2_a_token_fits_a_qr_of_version_5_m_in_alphanumeric_mode(text: str) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text, optimize=0)
    code.make(fit=True)

    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert code.data_list[0].mode == qrcode.util.MODE_ALPHA_NUM
    assert code.version <= 5
    assert text.isascii()


@given(st.lists(st.tuples(ids, ids), min_size=2, max_size=2, unique=True))
def test_k2_two_members_never_share_a_text(pairs: list[tuple[str, str]]) -> None:
    one, two = (member(program=program, card=card) for program, card in pairs)

    assert one != two


# K3 and F6


def test_k3_a_token_is_verified_as_often_as_it_is_shown() -> None:
    text = stamp()

    assert check(text) == check(text)
    assert check(text).nonce == NONCE


def test_k3_nonces_are_random_by_default_and_static_tokens_have_none() -> None:
    nonces = {check(stamp(nonce=None)).nonce for _ in range(100)} | {check(voucher(nonce=None)).nonce for _ in range(9)}

    assert len(nonces) == 109
    assert all(re.fullmatch("[0-9a-f]{16}", nonce or "") for nonce in nonces)
    assert member() == member(at=NOW)
    assert join() == join(at=NOW + MINUTES)


def test_f6_a_token_has_no_place_for_a_person() -> None:
    assert [field.name for field in dataclasses.fields(Token)] == [
        "kind",
        "program",
        "key",
        "card",
        "voucher",
        "source",
        "expires",
        "nonce",
    ]
    with pytest.raises(InvalidCardError):
        member(card="priya@example.com")


# What `issue` refuses


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: issue(cast(Any, "members"), keys=RING, program="p"), [("kind.unknown", "token.kind")]),
        (lambda: issue(cast(Any, ["member"]), keys=RING, program="p"), [("kind.unknown", "token.kind")]),
        (lambda: member(card=None), [("token.missing", "token.card")]),
        (lambda: member(card=""), [("id.length", "token.card")]),
        (lambda: member(card="a.b"), [("id.characters", "token.card")]),
        (lambda: member(card="tier-gold"), [("id.reserved", "token.card")]),
        (lambda: member(card=7), [("id.type", "token.card")]),
        (lambda: member(program=None), [("id.type", "token.program")]),
        (lambda: member(program="a.b"), [("id.characters", "token.program")]),
        (lambda: member(voucher="v"), [("token.extra", "token.voucher")]),
        (lambda: member(source="poster"), [("token.extra", "token.source")]),
        (lambda: member(valid_for=MINUTES), [("token.extra", "token.valid_for")]),
        (lambda: member(nonce=NONCE), [("token.extra", "token.nonce")]),
        (lambda: join(card="c"), [("token.extra", "token.card")]),
        (lambda: join(source=None), [("token.missing", "token.source")]),
        (lambda: join(source="a poster"), [("id.characters", "token.source")]),
        (lambda: join(source="tier-list"), []),
        (lambda: voucher(card=None), [("token.missing", "token.card")]),
        (lambda: voucher(voucher=None), [("token.missing", "token.voucher")]),
        (lambda: voucher(voucher=""), [("token.voucher", "token.voucher")]),
        (lambda: voucher(voucher=".1"), [("token.voucher", "token.voucher")]),
        (lambda: voucher(voucher="a.b"), [("token.voucher", "token.voucher")]),
        (lambda: voucher(voucher="a.1.1"), [("token.voucher", "token.voucher")]),
        (lambda: voucher(voucher="a.12345"), [("token.voucher", "token.voucher")]),
        (lambda: voucher(voucher=1), [("token.voucher", "token.voucher")]),
        (lambda: stamp(source="poster"), [("token.extra", "token.source")]),
        (lambda: stamp(valid_for=None), [("token.missing", "token.valid_for")]),
        (lambda: stamp(valid_for=300), [("token.life", "token.valid_for")]),
        (lambda: stamp(valid_for=timedelta(0)), [("token.life", "token.valid_for")]),
        (lambda: stamp(valid_for=timedelta(microseconds=999_999)), [("token.life", "token.valid_for")]),
        (lambda: stamp(valid_for=timedelta(days=1827, microseconds=1)), [("token.life", "token.valid_for")]),
        (lambda: stamp(nonce="00112233AABBCCDD"), [("token.nonce", "token.nonce")]),
        (lambda: stamp(nonce="00112233aabbccd"), [("token.nonce", "token.nonce")]),
        (lambda: stamp(nonce=b"00112233aabbccdd"), [("token.nonce", "token.nonce")]),
        (lambda: stamp(nonce=""), [("token.nonce", "token.nonce")]),
        (lambda: stamp(at=datetime(2026, 11, 21)), [("time.naive", "token.at")]),  # noqa: DTZ001
        (lambda: stamp(at="now"), [("time.type", "token.at")]),
        (lambda: member(at="now"), [("time.type", "token.at")]),
        (
            lambda: stamp(program="", card="", valid_for=None, nonce="x", at=1),
            [
                ("id.length", "token.program"),
                ("id.length", "token.card"),
                ("token.missing", "token.valid_for"),
                ("token.nonce", "token.nonce"),
                ("time.type", "token.at"),
            ],
        ),
    ],
)
def test_everything_wrong_with_a_token_to_be_is_told_at_once(
    make: Callable[[], str], found: list[tuple[str, str]]
) -> None:
    if not found:
        assert make()
        return
    with pytest.raises(InvalidCardError) as error:
        make()

    assert issues_of(error) == found


def test_the_room_for_a_voucher_is_told_only_where_it_is_known() -> None:
    def hint(**changes: Any) -> str:
        with pytest.raises(InvalidCardError) as error:
            voucher(voucher="a:b", **changes)
        return error.value.issues[-1].hint

    assert hint().startswith("use at most 17 characters of A-Z ")
    assert hint(card="c" * 25).startswith("use at most 1 characters of A-Z ")
    assert hint(card="c" * 26).startswith("use A-Z ")
    assert hint(program="a b").startswith("use A-Z ")
    assert voucher(voucher="a-b.9999"), "what the hint allows goes in"


def test_what_issue_refuses_is_worded() -> None:
    def said(**changes: Any) -> str:
        with pytest.raises(InvalidCardError) as error:
            voucher(**changes)
        return str(error.value)

    assert said(card=None) == "token.card: missing; a voucher token needs it"
    ids = "use at most 17 characters of A-Z a-z 0-9 _ -, with one number at the end (.1) if any, or keep such an id"
    ids += " for it"
    assert said(voucher="shop:4711.1") == f'token.voucher: "shop:4711.1" cannot be put in a token; {ids}'
    assert said(voucher="a.b.1") == f'token.voucher: "a.b.1" cannot be put in a token; {ids}'
    assert said(voucher=1) == "token.voucher: got 1, need text; give Voucher.id"
    assert said(voucher="v" * 18) == (
        "token.voucher: 18 characters, over 17; shorten one, or keep a short id for the voucher: "
        "program and card and voucher share 39 characters of a voucher token with the key 2026"
    )
    assert said(source="poster") == "token.source: a voucher token has none; leave it out"
    life = "give 1 second to 5 years, such as timedelta(minutes=5)"
    assert said(valid_for=None) == f"token.valid_for: missing; {life}"
    assert said(valid_for=300) == f"token.valid_for: got 300, need a timedelta; {life}"
    assert said(valid_for=-MINUTES) == f"token.valid_for: -1 day, 23:55:00 is out of range; {life}"
    assert said(nonce="x") == (
        "token.nonce: not 16 hexadecimal digits in lower case; leave it out, or use secrets.token_hex(8)"
    )


def test_a_life_is_a_second_to_five_years() -> None:
    for life in (timedelta(seconds=1), timedelta(days=1827)):
        assert check(stamp(valid_for=life)).expires == NOW + life


def test_a_life_ends_in_this_century_and_a_bit() -> None:
    last = datetime(2099, 12, 31, 23, 59, 59, tzinfo=ZoneInfo("Etc/GMT+12"))

    text = stamp(at=last, valid_for=timedelta(days=1827))

    assert check(text, at=last).expires == last + timedelta(days=1827)


def test_the_end_is_cut_to_the_second() -> None:
    token = check(stamp(at=NOW.replace(microsecond=999_999), valid_for=timedelta(seconds=1.5)))

    assert token.expires == NOW + timedelta(seconds=2)


def test_a_life_does_not_stretch_when_clocks_are_put_back() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Europe/London"))  # Two hours later it is 01:30 GMT.

    token = check(stamp(at=before, valid_for=timedelta(hours=2)), at=before)

    assert token.expires == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_present_is_the_default() -> None:
    text = issue("stamp", keys=RING, program="copper-kettle", valid_for=timedelta(minutes=10))

    assert verify(text, keys=RING).expires is not None
    with pytest.raises(ExpiredTokenError):
        verify(stamp(at=datetime(2020, 1, 1, tzinfo=UTC)), keys=RING)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"program": ""}, [("id.length", "verify.program")]),
        ({"program": 5}, [("id.type", "verify.program")]),
        ({"kind": "members"}, [("kind.unknown", "verify.kind")]),
        ({"kind": ""}, [("kind.unknown", "verify.kind")]),
        ({"at": datetime(2026, 1, 1)}, [("time.naive", "verify.at")]),  # noqa: DTZ001
        ({"at": 5, "kind": 1}, [("kind.unknown", "verify.kind"), ("time.type", "verify.at")]),
    ],
)
def test_verify_refuses_wrong_questions(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidCardError) as error:
        check(member(), **changes)

    assert issues_of(error) == found


# Nothing is shown


def test_no_refusal_shows_the_token_or_the_key() -> None:
    text = stamp()
    refused: list[Callable[[], object]] = [
        lambda: check(text + "="),
        lambda: check(text + "!"),
        lambda: check(text.lower()),
        lambda: check(text, keys=KeyRing({"2026": OLD_KEY}, signing="2026")),
        lambda: check(text, keys=KeyRing({"2025": OLD_KEY}, signing="2025")),
        lambda: check(text, program="other"),
        lambda: check(text, kind="member"),
        lambda: check(text, at=NOW + MINUTES),
        lambda: check(text.encode()),
    ]
    for act in refused:
        with pytest.raises(TokenError) as error:
            act()
        shown = "".join(traceback.format_exception(error.value)).lower()
        assert text[5:20].lower() not in shown
        assert KEY.hex() not in shown
        assert len(str(error.value)) <= 240
        assert type(pickle.loads(pickle.dumps(error.value))) is type(error.value)  # noqa: S301


def test_a_refusal_chains_no_lower_error() -> None:
    with pytest.raises(ForgedTokenError) as error:
        check(member() + "A")

    assert error.value.__cause__ is None
    assert error.value.__context__ is None


def test_tokens_need_the_standard_library_only() -> None:
    code = (
        "import walletcard.tokens, sys; print(*sorted({name.split('.')[0] for name in sys.modules"
        " if name.split('.')[0] not in sys.stdlib_module_names}))"
    )

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {"cryptography", "jwt", "PIL", "qrcode", "requests", "babel", "asn1crypto"} & set(loaded)


# Human codes


@pytest.mark.parametrize("length", [6, 7, 8])
def test_k2_a_human_code_has_six_to_eight_characters_and_none_to_mix_up(length: int) -> None:
    codes = [new_code(length) for _ in range(500)]

    assert {len(code) for code in codes} == {length}
    assert set("".join(codes)) == set("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    assert len(set(codes)) == 500


def test_a_human_code_has_eight_characters_and_a_prefix_as_it_is_given() -> None:
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", new_code())
    assert re.fullmatch(r"CK-[A-HJ-NP-Z2-9]{6}", new_code(6, prefix="CK-"))
    assert check(member(card=new_code(6, prefix="CK-"))).card


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"length": 5}, [("number.range", "code.length")]),
        ({"length": 9}, [("number.range", "code.length")]),
        ({"length": "8"}, [("number.type", "code.length")]),
        ({"length": True, "prefix": 3}, [("number.type", "code.length"), ("id.type", "code.prefix")]),
        ({"prefix": None}, [("id.type", "code.prefix")]),
        ({"prefix": "CK "}, [("id.characters", "code.prefix")]),
        ({"prefix": "tier-"}, [("id.reserved", "code.prefix")]),
        ({"prefix": "x" * 57}, [("id.length", "code.prefix")]),
    ],
)
def test_human_codes_are_fit_for_card_ids(arguments: dict[str, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidCardError) as error:
        new_code(**arguments)

    assert issues_of(error) == found


def test_a_prefix_may_fill_a_card_id() -> None:
    assert len(new_code(8, prefix="x" * 56)) == 64


def test_randomness_comes_from_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "choice", lambda letters: letters[-1])
    monkeypatch.setattr(secrets, "token_hex", lambda size: "0f" * size)
    monkeypatch.setattr(secrets, "token_bytes", lambda size: bytes(range(size)))

    assert new_code() == "99999999"
    assert check(stamp(nonce=None)).nonce == "0f" * 8
    assert KeyRing.new_key() == bytes(range(32))


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[int, int]] = []
    right = hmac.compare_digest

    def spy(one: bytes, two: bytes) -> bool:
        compared.append((len(one), len(two)))
        return right(one, two)

    monkeypatch.setattr(hmac, "compare_digest", spy)
    check(member())
    with pytest.raises(ForgedTokenError):
        check(member(), keys=KeyRing({"2026": OLD_KEY}, signing="2026"))

    assert compared == [(12, 12), (12, 12)]
