"""Passes of one outline are judged once; what differs from card to card never hides a fault."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cards import cafe

import walletcard as wc
from walletcard import apple, render, testing
from walletcard.apple._outline import example_of, outline_of

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
PROGRAM = cafe()
TOKEN = "a-token-of-some-length"


def made(number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    card = wc.join(PROGRAM, id=f"CK-{number}", member=f"Name {number}", at=AT)
    face = wc.face(PROGRAM, card, at=AT)
    pictures = dict(render.pictures(face, wallet="apple"))
    updates = apple.Updates(url="https://example.com/wallet", token=f"{TOKEN}-{number}")
    document = apple.pass_json(face, pictures=pictures, updates=updates)
    return {**document, "passTypeIdentifier": "pass.com.example", "teamIdentifier": "ABCDE12345"}, pictures


def test_cards_that_stand_alike_have_one_outline() -> None:
    assert outline_of(made(1)[0]) == outline_of(made(2)[0]) is not None


def test_an_outline_holds_nothing_of_a_card() -> None:
    document, _ = made(7)

    outline = repr(outline_of(document))

    assert "How it works" in outline
    assert not [own for own in ("Name 7", "CK-7", TOKEN) if own in outline]


def test_the_example_of_an_outline_has_that_outline() -> None:
    outline = outline_of(made(1)[0])

    assert outline is not None
    assert outline_of(example_of(outline)) == outline


def field(document: dict[str, Any], group: str = "headerFields") -> dict[Any, Any]:
    fields: list[dict[Any, Any]] = document["storeCard"][group]
    return fields[0]


FAULTS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "another version": ("number.range", lambda d: d.update(formatVersion=2)),
    "true for 1": ("json.type", lambda d: d.update(formatVersion=True)),
    "an empty number": ("json.empty", lambda d: d.update(serialNumber=" ")),
    "a short token": ("link.token", lambda d: d.update(authenticationToken="short")),
    "a wrong colour": ("color.invalid", lambda d: d.update(labelColor="red")),
    "no message": ("json.empty", lambda d: d["barcodes"][0].update(message="")),
    "a lost letter": (
        "barcode.message",
        lambda d: d["barcodes"][0].update(message="שלום", messageEncoding="iso-8859-1"),
    ),
    "a key twice": ("field.duplicate", lambda d: field(d).update(key=field(d, "secondaryFields")["key"])),
    "no value": ("field.value", lambda d: field(d).pop("value")),
    "a style of dates beside a text": ("field.date-style", lambda d: field(d).update(dateStyle="PKDateStyleShort")),
    "two codes in a change": ("field.change", lambda d: field(d).update(changeMessage="%@ %@")),
    "a number as a key": ("json.value", lambda d: field(d).update({1: "one"})),
    "no fields": ("json.type", lambda d: d["storeCard"].update(headerFields="x")),
    "no groups": ("json.type", lambda d: d.update(storeCard=0)),
    "half a letter": ("json.value", lambda d: field(d).update(value="\ud800")),
    "an unknown key": ("json.unknown", lambda d: d.update(logotext="x")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_after_passes_without_one(name: str) -> None:
    code, spoil = FAULTS[name]
    document, pictures = made(3)
    assert apple.lint(document, files=pictures) == ()
    spoilt = copy.deepcopy(document)
    spoil(spoilt)

    first, again = (apple.lint(spoilt, files=pictures) for _ in range(2))

    assert code in {one.code for one in first}
    assert first == again


def test_a_missing_picture_is_found_after_passes_with_all() -> None:
    document, pictures = made(4)
    assert apple.lint(document, files=pictures) == ()
    codes = [one.code for one in apple.lint(document, files={"strip.png": pictures["strip.png"]})]

    assert "image.icon-missing" in codes


def test_another_signer_is_another_judgement() -> None:
    document, pictures = made(5)
    assert apple.lint(document, files=pictures) == ()

    issues = apple.lint(document, files=pictures, identity=testing.throwaway_identity(at=AT))

    assert "id.mismatch" in {one.code for one in issues}
