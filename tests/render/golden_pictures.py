"""The golden pictures: how each kind of picture looked when somebody last looked at it.

``python -m tests.render.golden_pictures`` in the project's folder draws them anew: look at what changed, raise
``VERSION`` in ``render/_key.py`` if anything did, and keep both in one commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.render.drawings import CAFE, SPA, bar, grid, own_icon, photo, plain

from walletcard.model import Color, Palette, Picture, StripSpec
from walletcard.model._strip import ICONS
from walletcard.render import artwork, hero, qr, strip

FOLDER = Path(__file__).parent / "golden"


def specs() -> Iterator[tuple[str, StripSpec]]:
    """Yield what is drawn as a small strip, by name."""
    way = grid(10, 6, reward_at=10, milestones=(3, 7), used=(3,))
    yield "grid", way
    yield "grid-rtl", replace(way, direction="rtl", colours=SPA.palette, icon="leaf")
    yield "lit", grid(6, 6, reward_at=6, lit=True)
    yield "thirty", grid(30, 17, reward_at=30)
    yield "countdown", grid(10, 7, mode="countdown", icon="hands")
    yield "bar", bar()
    yield "bar-rtl-quiet", bar(direction="rtl", quiet=True)
    yield "bar-star", bar(ticks=(), end_icon="star")
    yield "bar-star-rtl", bar(600, ticks=(), end_icon="star", direction="rtl", colours=SPA.palette, icon="leaf")
    yield "plain", plain()
    yield "expired", replace(way, look="expired")
    yield "closed", replace(way, look="closed")
    yield "photo", grid(10, 6, reward_at=10, photo=photo())
    yield "icon-mask", grid(5, 3, icon_picture=own_icon())
    yield "icon-full", grid(5, 3, icon_picture=own_icon(), icon_mode="full")
    for icon in ICONS:
        yield f"icon-{icon}", grid(4, 3, icon=icon, reward_at=4)
    for name, palette in Palette.variants(Color.parse("#1B6CA8")).items():
        yield f"palette-{name}", replace(way, colours=palette, icon="drop")


def drawings() -> Iterator[tuple[str, Callable[[], Picture]]]:
    """Yield every golden picture by name, and how it is drawn."""
    for name, spec in specs():
        yield name, partial(strip, spec, scale=1)
    yield "sharp", partial(strip, grid(5, 3, reward_at=5, colours=CAFE.palette), scale=3)
    yield "hero", partial(hero, grid(8, 3, reward_at=8))
    yield "artwork", partial(artwork, grid(10, 6, reward_at=10), scale=1)
    yield "qr", partial(qr, "CK-7F3A29", module=4)


def main() -> None:
    """Draw them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name, draw in drawings():
        (FOLDER / f"{name}.png").write_bytes(draw().png)


if __name__ == "__main__":
    main()
