"""The six acceptance cards, to the letter: every shown string on Apple's front and back and in Google's documents."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from _six_cards import Member, members

import walletcard as wc
from walletcard import apple, google, render
from walletcard.model import Money

EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))
MEMBERS = {member.name: member for member in members()}
ISSUER = "3388000000012345678"


def face(name: str) -> wc.Face:
    member: Member = MEMBERS[name]
    return wc.face(member.program, member.card, at=member.at)


def shown(document: dict[str, Any], group: str) -> dict[str, str]:
    return {field["label"]: field["value"] for field in document["storeCard"].get(f"{group}Fields", [])}


def test_all_six_are_here() -> None:
    assert list(MEMBERS) == list(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_apple_shows_it_as_written(name: str) -> None:
    expected = EXPECTED[name]["apple"]

    document = apple.pass_json(face(name))

    assert document["description"] == expected["description"]
    for group in ("header", "primary", "secondary", "auxiliary", "back"):
        assert list(shown(document, group).items()) == list(expected[group].items()), group
    changes = {
        field["key"]: field["changeMessage"]
        for fields in document["storeCard"].values()
        for field in fields
        if "changeMessage" in field
    }
    assert changes == expected["change"]


@pytest.mark.parametrize("name", EXPECTED)
def test_apple_wears_the_colours(name: str) -> None:
    expected = EXPECTED[name]["colours"]

    document = apple.pass_json(face(name))

    for key, colour in (("backgroundColor", "bg"), ("foregroundColor", "fg"), ("labelColor", "label")):
        assert document[key] == wc.Color.parse(expected[colour]).css
    palette = face(name).colours
    assert [getattr(palette, ink).hex for ink in ("disc", "glyph", "ring", "mark")] == [
        expected[ink] for ink in ("disc", "glyph", "ring", "mark")
    ]
    assert palette.problems() == []


@pytest.mark.parametrize("name", EXPECTED)
def test_the_picture_says_what_it_shows(name: str) -> None:
    expected, spec = EXPECTED[name]["strip"], face(name).strip

    assert spec is not None
    assert spec.alt == EXPECTED[name]["image_alt"]
    assert spec.direction == expected["dir"]
    if "cells" in expected:
        assert (spec.mode, spec.cells, spec.filled, spec.icon, spec.reward_at) == (
            "grid",
            expected["cells"],
            expected["filled"],
            expected["icon"],
            expected["reward_at"],
        )
        assert list(spec.milestones) == expected.get("milestones", [])
    else:
        assert spec.mode == expected["mode"]
    if spec.mode == "bar":
        assert (spec.value, spec.start, spec.end) == (expected["value"], expected["from"], expected["to"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_number_under_the_code(name: str) -> None:
    barcode = face(name).barcode

    assert barcode is not None
    assert (barcode.alt, barcode.message) == (EXPECTED[name]["alt"], EXPECTED[name]["alt"])


@pytest.mark.parametrize("name", EXPECTED)
def test_a_face_survives_json(name: str) -> None:
    assert wc.Face.from_json(face(name).to_json()) == face(name)


def test_the_balances_are_googles() -> None:
    for name, expected in EXPECTED.items():
        found = face(name).balances
        for balance, key in zip(found, ("loyaltyPoints", "secondaryLoyaltyPoints"), strict=False):
            if key not in expected["google"]:
                continue
            wanted = expected["google"][key]
            assert balance.label == wanted["label"], name
            if "int" in wanted["balance"]:
                assert balance.amount == wanted["balance"]["int"], name
            else:
                assert wanted["balance"]["string"] in (balance.text, balance.short), name
    assert face("gift-en").balances[0].amount == Money(6000, "GBP")


def test_no_ascii_digit_on_the_persian_face() -> None:
    found = face("carwash-fa")
    texts = [text for field in found.fields for text in (field.label, field.value)]
    texts += [
        found.alt,
        found.description,
        found.title,
        *(text for one in found.balances for text in (one.text, one.label)),
    ]

    assert not [text for text in texts if any(one.isascii() and one.isdigit() for one in text)]
    assert any(unicodedata.name(one).startswith("EXTENDED ARABIC-INDIC DIGIT") for text in texts for one in text)


@pytest.mark.parametrize("name", EXPECTED)
def test_google_shows_it_as_written(name: str) -> None:
    expected = EXPECTED[name]["google"]

    made = google.resources(
        face(name),
        issuer_id=ISSUER,
        pictures=render.pictures(face(name), wallet="google"),
        host=lambda picture: f"https://example.com/{picture.key}.png",
    )

    assert made.kind == expected["type"]
    for key in ("programName", "merchantName", "issuerName", "rewardsTier", "rewardsTierLabel"):
        assert made.class_.get(key) == expected.get(key), key
    for key in ("loyaltyPoints", "secondaryLoyaltyPoints", "accountName", "accountId", "cardNumber", "balance"):
        assert made.object.get(key) == expected.get(key), key
    assert made.class_["id"].endswith(
        f".tier-{expected['class']}" if "class" in expected else f".{MEMBERS[name].program.id}"
    )
    assert made.object["heroImage"]["contentDescription"]["defaultValue"]["value"] == EXPECTED[name]["image_alt"]
