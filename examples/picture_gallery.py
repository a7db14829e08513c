"""Every picture the renderer draws, on one page: layouts, states, icons, palettes, photo, both directions.

python examples/picture_gallery.py [--out DIR]
"""

import argparse
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from walletcard import Color, Design, Picture, render
from walletcard.model import Palette, StripSpec

CAFE = Design(background="#3B2418", disc="#F2C179", ring="#A98467", mark="#FFF6E9", icon="cup")
ICONS = ("car", "cup", "drop", "gift", "hands", "heart", "leaf", "scissors", "star", "tick")
BASE = replace(CAFE.strip(direction="ltr"), mode="grid", cells=10, filled=6, reward_at=10)
BAR = replace(BASE, mode="bar", cells=0, filled=0, reward_at=None, start=500, end=600, ticks=(520, 580))


def png(image: Image.Image) -> Picture:
    """Return a drawing as a picture; yours come from files."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return Picture(file.getvalue())


def photo() -> Picture:
    """Return something like an evening sky behind a hill."""
    sky = ImageOps.colorize(Image.linear_gradient("L").resize((1125, 432)), "#22304F", "#E58A4E", "#8A4A6B")
    ImageDraw.Draw(sky).ellipse((300, 250, 1600, 1200), fill="#2B2A35")
    return png(sky)


def doughnut() -> Picture:
    """Return an icon of one's own: a coloured picture on a transparent ground."""
    image = Image.new("RGBA", (336, 336))
    draw = ImageDraw.Draw(image)
    for inset, colour in ((8, "#D9984A"), (26, "#F06AA8"), (118, "#D9984A"), (130, "#0000")):
        draw.ellipse((inset, inset, 335 - inset, 335 - inset), fill=colour)
    return png(image)


def sections() -> Iterator[tuple[str, list[StripSpec]]]:
    """Yield what stands on the page."""
    yield "Layouts, 1 to 30", [replace(BASE, cells=n, filled=n // 2, reward_at=n) for n in range(1, 31)]
    way = replace(BASE, milestones=(3, 7))
    used, ready = replace(way, used=(3,)), replace(way, used=(3, 7), filled=10, lit=True)
    states = [replace(used, look=look) for look in ("normal", "complete", "expired", "closed")]
    packs = [replace(BASE, mode="countdown", reward_at=None, filled=n) for n in (10, 7, 0)]
    yield "States: ahead, reached, used, ready; complete, expired, closed; a pack", [way, ready, *states, *packs]
    bars = [replace(BAR, value=value) for value in (500, 530, 560, 597, 600)]
    plain = replace(BASE, mode="plain", cells=0, filled=0, reward_at=None)
    yield "Bars and plain", [*bars, replace(BAR, value=560, quiet=True), replace(BAR, value=560, look="closed"), plain]
    yield "Icons", [replace(BASE, icon=icon) for icon in ICONS]
    yield "Icons in the smallest cell", [replace(BASE, icon=i, cells=30, filled=20, reward_at=30) for i in ICONS]
    five = [palette for brand in ("#1B6CA8", "#E2483E") for palette in Palette.variants(Color.parse(brand)).values()]
    yield "Five palettes from two brand colours", [replace(used, colours=one, icon="hands") for one in five[:5]]
    seen = replace(CAFE, photo=photo()).strip(direction="ltr")
    yield (
        "A photo behind",
        [replace(one, photo=seen.photo, colours=seen.colours) for one in (used, replace(BAR, value=560), plain)],
    )
    yield (
        "An icon of one's own: its shape, itself",
        [replace(used, icon_picture=doughnut(), icon_mode=m) for m in ("mask", "full")],
    )
    yield (
        "Right to left",
        [replace(one, direction="rtl", icon="leaf") for one in (used, *states[2:], packs[1], bars[2], plain)],
    )


def page() -> str:
    """Return the page."""
    parts = ["<!doctype html><meta charset=utf-8><title>Pictures</title><style>img{width:375px;margin:4px}"
             ".tall{width:240px}body{font:16px sans-serif;margin:16px}</style>"]  # fmt: skip
    found = list(sections())
    for title, specs in found:
        parts += [f"<h2>{title}</h2>", *(f'<img src="{render.strip(spec).data_url}" alt="">' for spec in specs)]
    some = [found[1][1][0], found[0][1][29], found[2][1][2], found[6][1][0]]
    parts += ["<h2>Google's hero</h2>", *(f'<img src="{render.hero(spec).data_url}" alt="">' for spec in some)]
    parts += [
        "<h2>Artwork</h2>",
        *(f'<img class="tall" src="{render.artwork(spec).data_url}" alt="">' for spec in some),
    ]
    return "".join(parts)


def main() -> None:
    """Write the page, and say where."""
    parser = argparse.ArgumentParser(description="Every picture on one page.")
    parser.add_argument("--out", type=Path, default=Path("out/pictures"), help="folder for the page")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    path = out / "pictures.html"
    path.write_text(page(), encoding="utf-8")
    print(f"{path}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
