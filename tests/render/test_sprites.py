from __future__ import annotations

from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageOps
from tests.render.drawings import CAFE

from walletcard.model._strip import ICONS
from walletcard.render._inks import LEVELS, Ink, colourised
from walletcard.render._layout import State
from walletcard.render._paths import SILHOUETTES, outlines
from walletcard.render._sprites import RECIPES, sprite

SMALLEST = 86  # Pixels at 3x of one cell among thirty.


def coverage(state: State, icon: str = "cup", size: int = SMALLEST) -> Image.Image:
    """Where a cell differs from what it lies on, whatever the colours: 255 or 0."""
    return sprite(state, icon, size, 5).point([0] + [255] * 255)


def ink(image: Image.Image, wanted: Ink) -> Image.Image:
    first, last = wanted * LEVELS + 1, (wanted + 1) * LEVELS
    return image.point([255 if first <= number <= last else 0 for number in range(256)])


def difference(one: Image.Image, other: Image.Image) -> float:
    changed = ImageChops.difference(one, other).point([0] + [255] * 255)
    return changed.histogram()[255] / (one.width * one.height)


def test_every_icon_of_the_model_has_a_silhouette() -> None:  # R14
    assert set(SILHOUETTES) == set(ICONS)


def test_every_state_has_a_recipe() -> None:
    assert set(RECIPES) == set(State)


@pytest.mark.parametrize("icon", ICONS)
def test_silhouettes_stay_in_their_square_and_fill_it(icon: str) -> None:  # R14
    reach = [
        (value - shape.width / 2, value + shape.width / 2)
        for shape in SILHOUETTES[icon]
        if not shape.cut
        for line in outlines(shape.path)
        for point in line
        for value in point
    ]

    assert min(low for low, _ in reach) >= 0
    assert max(high for _, high in reach) <= 100
    assert max(high for _, high in reach) - min(low for low, _ in reach) >= 85


@pytest.mark.parametrize("icon", ICONS)
@pytest.mark.parametrize("size", [28, 57, 86, 168])
def test_the_icon_takes_at_most_sixty_per_cent_of_the_disc(icon: str, size: int) -> None:  # R5
    box = ink(sprite(State.STAMPED, icon, size, 5), Ink.GLYPH).getbbox()

    assert box is not None
    assert max(box[2] - box[0], box[3] - box[1]) <= 0.6 * size + 1
    assert min(box[:2]) >= 0.2 * size - 1
    assert max(box[2:]) <= 0.8 * size + 1


@pytest.mark.parametrize("icon", ICONS)
def test_icons_are_heavy_enough_for_the_smallest_cell(icon: str) -> None:  # R14
    inked = ink(sprite(State.STAMPED, icon, SMALLEST, 5), Ink.GLYPH).histogram()[255]

    assert 0.07 < inked / SMALLEST**2 < 0.30


def test_icons_are_told_apart_at_the_smallest_cell() -> None:  # R14
    for one, other in combinations(ICONS, 2):
        assert difference(*(ink(sprite(State.STAMPED, icon, SMALLEST, 5), Ink.GLYPH) for icon in (one, other))) > 0.04


@pytest.mark.parametrize("size", [27, 55, 86, 163])
def test_empty_is_a_ring_with_the_background_inside(size: int) -> None:  # R8
    cell = sprite(State.EMPTY, "cup", size, 5)

    assert cell.getpixel((size // 2, size // 2)) == 0
    assert cell.getpixel((size // 2, 2)) == (Ink.RING + 1) * LEVELS
    assert cell.getpixel((0, 0)) == 0


def test_a_stamp_is_a_solid_disc_with_the_icon_on_it() -> None:  # R8
    cell = sprite(State.STAMPED, "tick", 100, 6)

    assert cell.getpixel((50, 8)) == (Ink.DISC + 1) * LEVELS
    assert ink(cell, Ink.GLYPH).getbbox() is not None


@pytest.mark.parametrize("icon", ICONS)
def test_states_differ_in_shape_whatever_the_colours(icon: str) -> None:  # R8, R9, R10
    outlined = {State.EMPTY, State.MILESTONE, State.REWARD, State.SPENT}
    for one, other in combinations(State, 2):
        if (one in outlined) != (other in outlined):
            assert difference(coverage(one, icon), coverage(other, icon)) > 0.2
        else:
            shapes = [
                ImageChops.subtract(
                    coverage(state, icon), ink(sprite(state, icon, SMALLEST, 5), RECIPES[state].glyph_ink)
                )
                if state not in outlined
                else coverage(state, icon)
                for state in (one, other)
            ]
            assert difference(*shapes) > 0.02, (one, other)


def test_stamps_are_round_and_rewards_have_the_edge_of_a_seal() -> None:  # R9, R10
    stamps = {State.EMPTY, State.STAMPED, State.SPENT}
    for state in State:
        # Between two lobes, 15 degrees off the top, a seal is cut in where a disc is full.
        number = sprite(state, "cup", 200, 12).getpixel((126, 6))
        assert (number != 0) == (state in stamps), state


def test_a_milestone_carries_a_smaller_gift_than_the_reward() -> None:  # R9
    def gift(state: State) -> int:
        middle = coverage(state, size=160).crop((30, 60, 130, 100)).getbbox()
        assert middle is not None
        return middle[2] - middle[0]

    assert gift(State.MILESTONE) < 0.85 * gift(State.REWARD)


def test_round_and_scalloped_edges_are_symmetric() -> None:
    for state in (State.EMPTY, State.MILESTONE):
        edge = sprite(state, "cup", 101, 6).copy()
        edge.paste(0, (25, 25, 76, 76))
        assert difference(*(picture.point([0] * 12 + [255] * 244) for picture in (edge, ImageOps.mirror(edge)))) < 0.01


def test_sprites_hold_no_colour_so_two_palettes_share_them() -> None:
    cell = sprite(State.STAMPED, "cup", 60, 4)

    coloured = colourised(cell, CAFE.palette)

    assert cell.mode == "L"
    assert coloured.convert("RGB").getpixel((30, 3)) == CAFE.palette.disc.rgb
    assert sprite(State.STAMPED, "cup", 60, 4) is cell
