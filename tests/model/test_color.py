"""Colours: R17 and R18 of the renderer's contract, where they concern the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import walletcard as wc
from walletcard.model import Palette

parts = st.integers(0, 255)
colors = st.builds(wc.Color, parts, parts, parts)


@pytest.mark.parametrize("text", ["#3B2418", "#3b2418", "rgb(59, 36, 24)", "rgb(59,36,24)"])
def test_a_colour_is_read_from_every_spelling(text: str) -> None:
    assert wc.Color.parse(text) == wc.Color(59, 36, 24)


def test_three_digits_are_doubled() -> None:
    assert wc.Color.parse("#fa0") == wc.Color(255, 170, 0)


def test_contrast_is_that_of_wcag() -> None:
    black, white = wc.Color(0, 0, 0), wc.Color(255, 255, 255)

    assert black.contrast(white) == pytest.approx(21)
    assert wc.Color.parse("#777777").contrast(white) == pytest.approx(4.48, abs=0.005)


@given(colors)
def test_r18_one_colour_makes_readable_inks(background: wc.Color) -> None:
    assert Palette.from_background(background).problems() == []


@given(colors, colors, st.sampled_from([3.0, 4.5]))
def test_r17_the_nearest_passing_colour_passes(ink: wc.Color, background: wc.Color, ratio: float) -> None:
    assert ink.readable_on(background, ratio).contrast(background) >= ratio


def test_r17_a_failing_pair_names_its_ratio_and_the_mend() -> None:
    design = wc.Design(background="#F4EFE6", foreground="#FFFFFF")

    (issue,) = design.palette.problems()

    assert (issue.code, issue.where) == ("color.contrast", "design.foreground")
    assert issue.message == "#FFFFFF on #F4EFE6 has contrast 1.14, need 4.5"
    better = wc.Color.parse(issue.hint.rpartition(" ")[2])
    assert better.contrast(wc.Color.parse("#F4EFE6")) >= 4.5


@pytest.mark.parametrize(
    "colours",
    [
        ("#3B2418", "#FFF6E9", "#E2B98B", "#F2C179", "#3B2418", "#A98467", "#FFF6E9"),
        ("#F4EFE6", "#2E3B33", "#56665B", "#4F7A63", "#FFFFFF", "#78887D", "#A8632B"),
        ("#55606B", "#FFFFFF", "#E3E8EC", "#E3E8EC", "#55606B", "#B9C3CC", "#FFFFFF"),
        ("#1F4E4A", "#FFFFFF", "#BFE3D9", "#F0C66B", "#1F4E4A", "#86B5AB", "#FFFFFF"),
        ("#0B3C5D", "#FFFFFF", "#A9D6F5", "#4FC3F7", "#0B3C5D", "#7FA9C4", "#FFD166"),
        ("#4A2545", "#FFF7F2", "#E8C7DC", "#E8C7DC", "#4A2545", "#B58CA8", "#FFF7F2"),
    ],
)
def test_the_palettes_of_the_acceptance_cards_pass(colours: tuple[str, ...]) -> None:
    names = ("background", "foreground", "label", "disc", "glyph", "ring", "mark")

    assert Palette(**dict(zip(names, map(wc.Color.parse, colours), strict=True))).problems() == []


def test_given_colours_stay_as_they_are() -> None:
    palette = wc.Design(background="#3B2418", disc=wc.Color(242, 193, 121)).palette

    assert palette.disc.hex == "#F2C179"
    assert palette.glyph.hex == "#3B2418"
