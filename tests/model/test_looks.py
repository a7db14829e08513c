"""What a picture can look like, before anything is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletcard.errors import InvalidCardError
from walletcard.model import Color, Design, Palette
from walletcard.model._strip import ICONS, ICONS_MEANT

parts = st.integers(0, 255)


@given(st.builds(Color, parts, parts, parts))
def test_any_brand_colour_makes_three_readable_palettes(brand: Color) -> None:  # R17, R18, R20
    palettes = Palette.variants(brand)

    assert list(palettes) == ["dark", "light", "tinted"]
    assert all(palette.problems() == [] for palette in palettes.values())
    assert palettes["tinted"].background == brand
    assert palettes["dark"].background.luminance <= brand.luminance <= palettes["light"].background.luminance


def test_a_brand_colour_stands_on_the_stamp_or_in_it() -> None:
    for brand in ("#1B6CA8", "#F5C518", "#3B2418"):
        for name in ("dark", "light"):
            palette = Palette.variants(brand)[name]
            assert Color.parse(brand) in (palette.disc, palette.glyph)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"look": "void"}, "strip.look"),
        ({"look": None}, "strip.look"),
        ({"icon_mode": "colour"}, "icon.mode"),
        ({"icon_picture": b"bytes"}, "image.invalid"),
        ({"photo": "photo.jpg"}, "image.invalid"),
        ({"quiet": 1}, "flag.type"),
    ],
)
def test_a_picture_spec_says_what_is_wrong(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        replace(Design(background="#3B2418").strip(direction="ltr"), **changes)

    assert caught.value.code == code


def test_an_unknown_icon_mode_is_refused_by_the_design() -> None:
    with pytest.raises(InvalidCardError) as caught:
        Design(background="#3B2418", icon_mode="mask ")

    assert (caught.value.code, caught.value.issues[0].where) == ("icon.mode", "design.icon_mode")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("coffee", 'did you mean "cup"?'),
        ("Hair", 'did you mean "scissors"?'),
        ("flower", 'did you mean "leaf"?'),
        ("cars", 'did you mean "car"?'),
        ("rocket", "use car, cup, drop, gift, hands, heart, leaf, scissors, star, tick"),
        (5, "use car, cup, drop, gift, hands, heart, leaf, scissors, star, tick"),
    ],
)
def test_an_icon_by_what_people_call_it_leads_to_ours(word: Any, hint: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Design(background="#3B2418", icon=word)

    assert (caught.value.code, caught.value.hint) == ("icon.unknown", hint)


def test_every_word_for_an_icon_leads_to_one_that_is_there() -> None:
    assert set(ICONS_MEANT.values()) <= set(ICONS)
    assert not set(ICONS_MEANT) & set(ICONS)
