"""Photograph docs/images/stamp-card.png, the README's picture: three cards of the gallery, as `preview` draws them.

    python scripts/make_picture.py

Needs Chromium and the Noto fonts (Debian: chromium, fonts-noto-core).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image, ImageChops

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "examples")]

from _six_cards import members  # noqa: E402  # found by the line above

import walletcard as wc  # noqa: E402
from walletcard import preview  # noqa: E402

PICTURE: Final = ROOT / "docs" / "images" / "stamp-card.png"
SHOWN: Final = (
    ("cafe-en", 0, "Apple Wallet"),
    ("cafe-en", 1, "Google Wallet"),
    ("spa-he", 0, "Apple Wallet, in Hebrew"),
)
CARD: Final = re.compile(r"<article .*?</article>", re.DOTALL)
STYLE: Final = "<style>body > * { max-width: none; } .columns { gap: 28px; flex-wrap: nowrap; }</style>"
COLOURS: Final = 128
MARGIN: Final = 24


def page() -> str:
    """Return the fronts of the three cards in one page."""
    pages = {
        one.name: preview.html(wc.face(one.program, one.card, at=one.at), at=one.at)
        for one in members()
        if one.name in {name for name, _, _ in SHOWN}
    }
    cards = [f"<section><h2>{title}</h2>{CARD.findall(pages[name])[wallet]}</section>" for name, wallet, title in SHOWN]
    head, _, _ = pages[SHOWN[0][0]].partition("<body")
    return f'{head}{STYLE}<body><div class="columns">{"".join(cards)}</div></body>'


def photographed(content: str, folder: Path) -> Image.Image:
    """Return what a browser makes of the page, without the empty rest of the window."""
    browser = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    (folder / "page.html").write_text(content, encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1213,900")
    shot = folder / "shot.png"
    line = [browser, *options, f"--screenshot={shot}", (folder / "page.html").as_uri()]
    subprocess.run(line, check=True, capture_output=True)  # noqa: S603  # our own page
    whole = Image.open(shot).convert("RGB")
    empty = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    box = ImageChops.difference(whole, empty).getbbox()
    return whole.crop((0, 0, whole.width, box[3] + MARGIN)) if box else whole


def main() -> None:
    """Take the photograph, and say so."""
    with TemporaryDirectory() as folder:
        picture = photographed(page(), Path(folder)).quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}  {picture.width} x {picture.height}, {PICTURE.stat().st_size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
