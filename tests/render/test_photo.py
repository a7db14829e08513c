from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw
from tests.render.drawings import CAFE, SPA, bar, cells, face, grid, opened, photo, pixel, plain, png

from walletcard.errors import InvalidCardError, RenderError
from walletcard.model import Color, Design, Picture, StripSpec
from walletcard.render import artwork, hero, pictures, strip
from walletcard.render._layout import STRIP, Look
from walletcard.render._photo import veil
from walletcard.render._zones import zones

WHITE = Picture(png(Image.new("RGB", (400, 200), "#FFFFFF")))


def hidden(spec: StripSpec) -> float:
    """How much of the photo lies under the veil."""
    look = Look.of(spec)
    assert look.photo is not None
    return veil(look.photo, look.colours, zones(look, STRIP), STRIP, lenient=False)


def test_a_dark_photo_needs_no_veil_and_a_lighter_one_more() -> None:  # R19
    shades = [Picture(png(Image.new("RGB", (400, 200), shade))) for shade in ("#201510", "#706050", "#A0A0A0")]
    found = [hidden(grid(10, 6, photo=shade)) for shade in shades]

    assert found[0] == 0
    assert found == sorted(found)
    assert all(round(share * 20) == pytest.approx(share * 20) for share in found)


@pytest.mark.parametrize(
    "spec", [grid(10, 6, reward_at=10, photo=photo()), grid(30, 3, photo=photo()), bar(photo=photo())]
)
def test_around_every_cell_the_inks_keep_their_ratio(spec: StripSpec) -> None:  # R17, R19
    look = Look.of(spec)

    for box in cells(strip(replace(spec, photo=None), scale=1)):
        ground = Color(*pixel(opened(strip(spec, scale=1)), box.left - 3 if box.left > 3 else 0, box.top))
        for ink in (look.colours.disc, look.colours.ring, look.colours.mark):
            assert ink.contrast(ground) >= 2.8


def test_the_veil_does_not_change_while_stamps_are_collected() -> None:
    specs = [grid(10, filled, reward_at=10, lit=filled == 10, photo=photo()) for filled in range(11)]

    assert len({hidden(spec) for spec in specs}) == 1
    assert len({pixel(opened(strip(spec, scale=1)), 2, 2) for spec in specs}) == 1


def test_a_photo_that_nothing_can_be_read_on_is_refused_with_the_ratio() -> None:  # R19
    weak = replace(CAFE.palette, disc=Color.parse("#957555"), glyph=Color.parse("#1A0F08"))

    with pytest.raises(RenderError) as caught:
        strip(grid(10, 6, photo=WHITE, colours=weak))

    assert (caught.value.code, caught.value.where) == ("image.contrast", "design.photo")
    assert "70%" in str(caught.value)
    assert "need 3" in str(caught.value)
    assert strip(grid(10, 6, photo=WHITE, colours=weak), allow=("color.contrast",)).width == 1125


def test_rings_on_a_photo_are_as_strong_as_the_mark() -> None:
    image = opened(strip(grid(5, 0, photo=photo()), scale=3))
    near = [found for _, found in image.getcolors(100_000) or [] if isinstance(found, tuple)]

    assert min(sum(abs(a - b) for a, b in zip(one, CAFE.palette.mark.rgb, strict=True)) for one in near) <= 12


def test_a_photo_covers_everything_and_is_not_stretched() -> None:
    tall = Image.new("RGB", (375, 1440), "#101010")
    ImageDraw.Draw(tall).ellipse((137, 670, 237, 770), fill="#302020")
    image = opened(strip(plain(photo=Picture(png(tall))), scale=1))

    assert pixel(image, 0, 0) == pixel(image, 374, 143)
    across = [x for x in range(375) if pixel(image, x, 72) != pixel(image, 0, 0)]
    down = [y for y in range(144) if pixel(image, 187, y) != pixel(image, 0, 0)]
    assert abs(len(across) - len(down)) <= 2


def test_text_stands_on_a_photo_only_where_it_can_be_read() -> None:  # R7
    design = Design(background="#3B2418", photo=photo())
    palette = design.palette

    image = opened(strip(design.strip(direction="ltr"), scale=1))

    assert palette.label == palette.foreground
    for x in range(0, 206, 5):
        for y in range(0, 144, 5):
            assert palette.foreground.contrast(Color(*pixel(image, x, y))) >= 4.3


def test_see_through_photos_show_the_cards_colour() -> None:
    clear = Picture(png(Image.new("RGBA", (400, 200))))

    assert pixel(opened(strip(grid(5, 2, photo=clear), scale=1)), 2, 2) == CAFE.palette.background.rgb


def test_files_with_a_photo_stay_in_bounds() -> None:  # R25
    grain = Image.merge("RGB", [Image.effect_noise((1200, 600), 60)] * 3)
    noisy = Image.blend(opened(photo(1200, 600)), grain, 0.3)
    spec = grid(10, 6, photo=Picture(png(noisy)))

    for picture in (strip(spec), hero(spec), artwork(spec)):
        assert len(picture.png) <= 300_000


def test_a_face_with_a_photo_gets_all_its_pictures() -> None:
    design = replace(CAFE, photo=photo(), label=None)
    spec = replace(design.strip(direction="ltr"), mode="grid", cells=10, filled=4)

    assert len(pictures(face(design, strip=spec), wallet="apple")) == 6
    assert set(pictures(face(design, strip=spec), wallet="google")) == {"logo", "hero"}


@pytest.mark.parametrize("size", [(374, 144), (375, 143)])
def test_small_photos_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidCardError) as caught:
        Design(background="#3B2418", photo=png(Image.new("RGB", size)))

    assert caught.value.code == "image.small"


def test_a_damaged_photo_is_named() -> None:
    cut = Picture(png(Image.effect_noise((400, 200), 90))[:-3000])

    with pytest.raises(RenderError) as caught:
        strip(grid(5, 2, photo=cut, colours=SPA.palette))

    assert (caught.value.code, caught.value.where) == ("image.damaged", "design.photo")
