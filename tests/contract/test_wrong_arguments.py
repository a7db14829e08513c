"""Whatever is handed to a public verb, what comes back is an answer or an error of the library: never a lower one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import walletcard as wc
from walletcard import apple, google, model, preview, render, testing
from walletcard.errors import InvalidCardError, InvalidDocumentError, KeyMaterialError, WalletCardError
from walletcard.words import phrase_book

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
DEEP: list[Any] = []
for _ in range(50_000):
    DEEP = [DEEP]
HUGE = 10**5_000  # More digits than Python writes out, and more than a float holds.
HUGE_NUMBERS = {
    "formatVersion": HUGE, "maxDistance": HUGE, "locations": [{"latitude": HUGE, "longitude": HUGE}],
    "loyaltyPoints": {"balance": {"int": HUGE, "double": HUGE}}, "merchantLocations": [{"latitude": HUGE}],
    "storeCard": {"backFields": [{"key": "a", "value": HUGE, "row": HUGE, "numberStyle": "PKNumberStyleDecimal"}]},
}  # fmt: skip
WRONG: tuple[Any, ...] = (
    HUGE_NUMBERS, {"object": HUGE_NUMBERS, "class": HUGE_NUMBERS},
    HUGE, DEEP, {"a": DEEP}, {"object": {"a": DEEP}},
    None, True, 5, -1, 1.5, float("nan"), "", "text", "p\0w", "\ud800", b"", b"\xff\xfe", [], ["a"], {}, {"a": 1},
    {1: 2}, {"a": {1: 2}}, {"class": 5}, {"object": {1: 2}}, {"icon.png": 5}, (None,), ([],), {5: b""}, object(), print,
)  # fmt: skip
REFUSED: tuple[Any, ...] = (None, {"id": "CK-1"}, "CK-1", b"CK-1", 5, [])


@cache
def identity() -> Any:
    return testing.throwaway_identity(AT)


@cache
def account() -> google.ServiceAccount:
    return testing.throwaway_service_account()


def face() -> wc.Face:
    design = wc.Design(background="#3B2418", logo_url="https://example.com/logo.png")
    strip = model.StripSpec(mode="grid", cells=10, filled=4, icon="cup", direction="ltr", colours=design.palette)
    names: dict[str, Any] = {
        "issuer": "Copper Kettle",
        "title": "Coffee",
        "description": "Stamp card",
        "locale": "en-GB",
    }
    return wc.Face(id="CK-1", design=design, strip=strip, fields=(wc.Field.back("a", "A", "B"),), **names)


def program() -> wc.Program:
    stamps = wc.Stamps(goal=2, reward=wc.Reward(id="coffee", title="Coffee"))
    names: dict[str, Any] = {"id": "kettle", "name": "Kettle", "issuer": "Kettle", "locale": "en-GB"}
    return wc.Program(**names, zone="Europe/London", stamps=stamps, design=face().design)


def calls() -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
    """Every verb with arguments that are right."""
    document = {"formatVersion": 1, "storeCard": {}, "userInfo": {"a": [1]}}
    card = {"face": face()}
    shop, member = program(), wc.join(program(), id="CK-1", at=AT)
    hand: dict[str, Any] = {
        "id": "CK-1",
        "issuer": "Kettle",
        "title": "Card",
        "description": "A card",
        "locale": "en-GB",
        "design": face().design,
        "program": "club",
        "fields": (),
        "expires": None,
        "code": None,
        "notices": (),
        "links": (),
        "places": (),
    }
    both: dict[str, Any] = {"at": AT, "allow": (), "extra": None}
    sends: dict[str, Any] = {"pictures": None, "host": None, "extra": None, "allow": (), "issuer_id": "3388000000000"}
    return {
        "make_pkpass": (wc.make_pkpass, {**card, **both, "identity": identity()}),
        "make_save_link": (wc.make_save_link, {
            **card, **both, "account": account(), "issuer_id": 5, "host": None, "form": "auto", "origins": ()
        }),
        "apple.build": (apple.build, {**card, **both, "identity": identity(), "pictures": {}}),
        "apple.check": (apple.check, {**card, **both, "identity": identity(), "pictures": {}}),
        "apple.sign": (apple.sign, {
            "pass_json": document, "files": {}, "identity": identity(), "at": AT, "allow": (), "verify": True
        }),
        "apple.lint": (apple.lint, {"pass_json": document, "files": {}, "identity": identity()}),
        "apple.pass_json": (apple.pass_json, {**card, "identity": identity(), "pictures": {}}),
        "apple.read": (apple.read, {"data": b"PK"}),
        "apple.read_bundle": (apple.read_bundle, {"data": b"PK"}),
        "apple.verify": (apple.verify, {
            "data": b"PK", "roots": identity().root_pem, "intermediates": (), "at": AT, "strict": True
        }),
        "Identity.problems": (identity().problems, {"at": AT}),
        "Identity.signature": (identity().signature, {"content": b"text", "at": AT}),
        "Identity.from_p12": (apple.Identity.from_p12, {
            "data": identity().p12("p"), "password": "p", "intermediate": identity().intermediate
        }),
        "Identity.from_pem": (apple.Identity.from_pem, {
            "certificate": identity().certificate, "key": b"", "password": None,
            "intermediate": identity().intermediate,
        }),
        "Identity.from_signer": (apple.Identity.from_signer, {
            "signer": identity(), "certificate": identity().certificate, "intermediate": identity().intermediate
        }),
        "google.resources": (google.resources, {**card, **sends}),
        "google.check": (google.check, {**card, **sends}),
        "google.save_link": (google.save_link, {
            **card, **sends, "account": account(), "form": "auto", "at": AT, "origins": ()
        }),
        "google.lint": (google.lint, {"kind": "LoyaltyObject", "body": {"id": "1.a"}}),
        "google.lint-claims": (google.lint, {"kind": "claims", "body": {"iat": 1}}),
        "ServiceAccount.from_json": (google.ServiceAccount.from_json, {"data": "{}", "token_uri": None}),
        "render.pictures": (render.pictures, {**card, "wallet": "apple", "allow": ()}),
        "render.strip": (render.strip, {"spec": face().strip, "scale": 1, "allow": ()}),
        "render.hero": (render.hero, {"spec": face().strip, "allow": ()}),
        "render.qr": (render.qr, {
            "message": "CK-1", "encoding": "utf-8", "correction": "M", "module": 1, "dark": "#000", "light": "#fff"
        }),
        "preview.html": (preview.html, {
            **card, "previous": None, "identity": None, "issuer_id": None, "at": AT
        }),
        "preview.sheet": (preview.sheet, {"program": program(), "locale": None, "at": AT}),
        "preview.poster": (preview.poster, {
            "program": program(), "join_url": "https://example.com/join", "size": "A6", "locale": None
        }),
        "Face.gift": (wc.Face.gift, {**hand, "balance": wc.Money(1, "GBP"), "value": None, "alt": None}),
        "Face.offer": (wc.Face.offer, {**hand, "value": None, "member": None, "alt": None, "valid_from": None}),
        "Face.generic": (wc.Face.generic, {**hand, "value": None, "member": None, "valid_from": None}),
        "Face.event": (wc.Face.event, {**hand, "occasion": model.Occasion(starts=AT), "member": None}),
        "join": (wc.join, {
            "program": shop, "id": "CK-1", "at": AT, "member": None, "locale": None, "sender": None, "message": None,
            "referral_code": None, "referred_by": None,
        }),
        "apply": (wc.apply, {"program": shop, "card": member, "event": wc.Event.visit(id="v", at=AT)}),
        "replay": (wc.replay, {"program": shop, "card": member, "events": ()}),
        "settle": (wc.settle, {"program": shop, "card": member, "at": AT}),
        "due": (wc.due, {"program": shop, "card": member, "at": AT, "birthday": None}),
        "face": (wc.face, {
            "program": shop, "card": member, "at": AT, "since": None, "locale": None, "code": None, "notices": ()
        }),
        "measure": (wc.measure, {
            "program": shop, "members": [(member, ())], "at": AT, "notices": (), "launched": None
        }),
        "phrase_book": (phrase_book, {"locale": "en", "words": None, "home": None}),
        "google.move": (google.move, {"face": replace(face(), tier="gold"), **sends, "old_id": None}),
        "render.barcode": (render.barcode, {"code": wc.Barcode(message="CK-1"), "module": 1}),
        "apple.bundle": (apple.bundle, {"passes": ()}),
        "apple.headers": (apple.headers, {"name": "card.pkpass"}),
        "throwaway_identity": (testing.throwaway_identity, {"at": AT}),
        "ThrowawayIdentity.p12": (identity().p12, {"password": "p"}),
    }  # fmt: skip


def values() -> tuple[Any, ...]:
    """One of every value that a user writes by hand."""
    reward, strip, member = wc.Reward(id="tea", title="Tea"), face().strip, wc.join(program(), id="CK-1", at=AT)
    return (
        reward, strip, member, face(), face().design, program(), program().stamps, face().fields[0],
        wc.Points(earn=(wc.Earn(metric="amount", points=1),)), wc.Earn(metric="amount", points=1),
        wc.Tier(id="gold", name="Gold"), wc.Referral(referrer=1, newcomer=reward), wc.Limits(), wc.Money(1, "GBP"),
        wc.Event.visit(id="v", at=AT), wc.Balance(label="Points", text="1"), wc.Barcode(message="CK-1"),
        wc.Color(1, 2, 3), model.BackText("Terms", "{rule}"), model.Expiry(kind="idle", days=2),
        model.Gift(title="Gift", currency="GBP"), model.Lapse(days=5, notice_days=2), model.Reminders(),
        model.Link("Book", "https://example.com"), model.Membership(title="Year", months=12),
        model.Milestone(at=1, reward=reward), model.Notice(id="n", key="k", text="t"), model.Occasion(starts=AT),
        model.Place(latitude=1, longitude=2), model.Unit(label="Cups", left="{n}"),
        model.Shared(locale="en", issuer="Kettle", title="Card", rows=((("a",),),)),
    )  # fmt: skip


CALLS = calls() | {
    type(one).__name__: (type(one), {part.name: getattr(one, part.name) for part in fields(one)}) for one in values()
}


def answer(verb: Callable[..., Any], given: dict[str, Any]) -> WalletCardError | None:
    """Return the error that a call ends in; anything that is none of ours goes on."""
    try:
        verb(**given)
    except WalletCardError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for name, (_, given) in CALLS.items() for argument in given]
)
def test_no_error_of_a_lower_layer_gets_out(name: str, argument: str) -> None:
    verb, given = CALLS[name]
    for wrong in WRONG:
        error = answer(verb, {**given, argument: wrong})

        if error is not None:
            assert error.code, (wrong, error)
            assert error.where, (wrong, error)
            assert error.hint, (wrong, error)
            assert len(str(error)) <= 240
            assert str(error).isprintable()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        pytest.param(name, wrong, id=f"{name}-{type(wrong).__name__}")
        for name, (_, given) in CALLS.items()
        for wrong in REFUSED
        if "face" in given and not (name == "preview.html" and isinstance(wrong, bytes))  # There they are a pass.
    ],
)
def test_what_is_no_face_is_refused_alike_everywhere(name: str, wrong: Any) -> None:
    verb, given = CALLS[name]

    with pytest.raises(InvalidCardError) as caught:
        verb(**{**given, "face": wrong})

    assert (caught.value.code, caught.value.where) == ("face.type", "face")


def test_a_text_or_a_tuple_in_the_place_of_a_value_leads_to_the_value() -> None:
    club: Any = program()
    card: Any = wc.join(club, id="CK-1", at=AT)
    event: Any = wc.Event.visit(id="till-1", at=AT)
    path: Any = "card.pkpass"
    both: Any = wc.apply(club, card, event)
    text: Any = face().to_json()
    told: dict[str, Callable[[], object]] = {
        "take it out of the tuple, as in card, outcome = wc.apply(...)": lambda: wc.face(club, both, at=AT),
        "read it with Card.from_json(...)": lambda: wc.apply(club, card.to_json(), event),
        "read it with Program.from_json(...)": lambda: wc.join(club.to_json().encode(), id="A-1", at=AT),
        "pass an Event": lambda: wc.apply(club, card, path),
        "read it with Face.from_json(...)": lambda: apple.pass_json(text),
        "open the file and pass its bytes": lambda: preview.html(path),
    }

    for hint, call in told.items():
        with pytest.raises(InvalidCardError) as caught:
            call()
        assert caught.value.issues[0].hint == hint


@pytest.mark.parametrize("wrong", ["pass.p12", Path("pass.p12"), b"\x30\x82"])
def test_a_file_in_the_place_of_an_identity_leads_to_one(wrong: Any) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        wc.make_pkpass(face(), identity=wrong)

    assert caught.value.hint == "pass Identity.from_p12(data, password=...), with the bytes of the file as data"


@pytest.mark.parametrize("wrong", REFUSED[1:], ids=lambda wrong: type(wrong).__name__)
@pytest.mark.parametrize("name", [name for name, (_, given) in CALLS.items() if "identity" in given])
def test_what_is_no_identity_is_refused_alike_everywhere(name: str, wrong: Any) -> None:
    verb, given = CALLS[name]

    with pytest.raises(KeyMaterialError) as caught:
        verb(**{**given, "identity": wrong})

    assert (caught.value.code, caught.value.where) == ("key.missing", "identity")


@pytest.mark.parametrize("wrong", [None, 5, (5,), b"color.contrast"])
@pytest.mark.parametrize("name", [name for name, (_, given) in CALLS.items() if "allow" in given])
def test_what_are_no_codes_is_refused_alike_everywhere(name: str, wrong: Any) -> None:
    verb, given = CALLS[name]

    with pytest.raises(InvalidCardError) as caught:
        verb(**{**given, "allow": wrong})

    assert (caught.value.code, caught.value.where) == ("allow.type", "allow")


@pytest.mark.parametrize("wrong", [5, "text", ["a"], {1: 2}, {"a": {1: 2}}, {"object": {1: 2}}, {"class": [{2: 3}]}])
@pytest.mark.parametrize("name", [name for name, (_, given) in CALLS.items() if "extra" in given])
def test_extra_keys_that_are_no_text_are_refused_and_never_written(name: str, wrong: Any) -> None:
    verb, given = CALLS[name]

    with pytest.raises(InvalidDocumentError) as caught:
        verb(**{**given, "extra": wrong})

    assert caught.value.code == "extra.invalid"
    assert caught.value.where.startswith("extra")
