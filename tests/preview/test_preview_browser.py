"""The pages in a real browser: all six acceptance cards and one of every other kind, on a phone and a desk, by day
and by night. What is measured is measured inside the page; the codes are read off the screenshot.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import zxingcpp
from _six_cards import members
from PIL import Image
from tests import cards
from tests.preview import documents

import walletcard as wc
from walletcard import preview
from walletcard.model import Barcode, Design, Face, Field, Occasion
from walletcard.preview._page import page

pytestmark = pytest.mark.browser

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)
HARNESS = (Path(__file__).parent / "harness.js").read_text(encoding="utf-8")
SCHEMES = {"dark": 0, "light": 1}
DEVICES = {"phone": (390, 2300), "desk": (1200, 900)}
"""The width of each, and how much of a page is photographed: both cards."""
WIDEST = 4_800  # Pixels of a window that holds frames side by side.
TRIES = 3


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on the PATH")
    return found


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a browser made of several pages.

    Attributes:
        frames: What was measured in each page, by its name.
        codes: Every code that a reader finds on the photograph of each, as often as it stands there.
    """

    frames: dict[str, Any]
    codes: dict[str, list[str]]


def read_codes(shot: Path, count: int, across: int, width: int, height: int) -> Iterator[list[str]]:
    """Yield what a barcode reader finds in each frame of the photograph."""
    with Image.open(shot) as image:
        for number in range(count):
            left, top = number % across * width, number // across * height
            frame = image.convert("L").crop((left, top, left + width, top + height))
            yield [code.text for code in zxingcpp.read_barcodes(frame)]


def look(
    browser: str,
    folder: Path,
    pages: dict[str, str],
    *,
    device: str,
    scheme: str = "light",
    codes: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Look:
    """Open all pages at once, each in a frame of its own, measure them and photograph the upper part of each.

    A large window is at times photographed half painted: while a page has not its ``codes``, it is done again.
    """
    width, height = DEVICES[device]
    frames = "".join(f'<iframe id="{name}" srcdoc="{escape(one)}"></iframe>' for name, one in pages.items())
    style = f"body{{margin:0;display:flex;flex-wrap:wrap}}iframe{{border:0;width:{width}px;height:{height}px}}"
    file, shot = folder / "page.html", folder / "shot.png"
    file.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><style>{style}</style><body>{frames}<pre hidden></pre>'
        f"<script>{HARNESS}</script></body>",
        encoding="utf-8",
    )
    across = min(len(pages), WIDEST // width)
    command = [
        browser,
        *OPTIONS,
        f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={max(500, across * width)},{height * -(-len(pages) // across)}",
        f"--screenshot={shot}",
        "--dump-dom",
        file.as_uri(),
    ]
    for _ in range(TRIES):
        dom = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
        found = dict(zip(pages, read_codes(shot, len(pages), across, width, height), strict=True))
        if all(found[name] == [*wanted] for name, wanted in codes.items()):
            break
    measured = json.loads(unescape(dom.partition('<pre hidden="">')[2].partition("</pre>")[0]))
    return Look(frames={one["name"]: one for one in measured}, codes=found)


def assert_sound(found: dict[str, Any], *, device: str, scheme: str = "light", texts: int = 20) -> None:
    width, _ = DEVICES[device]
    assert found["width"] == width
    assert found["scroll"] <= width
    assert found["dark"] is (scheme == "dark")
    assert found["texts"] >= texts
    for fault in ("outside", "covered", "parted", "faint", "wrong", "requests", "broken"):
        assert found[fault] == [], fault


@cache
def six() -> dict[str, tuple[Face, str]]:
    """Return the acceptance cards and their pages."""
    found = {one.name: (wc.face(one.program, one.card, at=one.at), one.at) for one in members()}
    return {name: (face, preview.html(face, at=at)) for name, (face, at) in found.items()}


def kinds() -> Iterator[tuple[str, str]]:
    """Yield one page of every style and type, from documents written by hand, and of every other kind of face."""
    for style in documents.APPLE:
        yield style, page(documents.moment(style))
    for face in one_offs():
        yield f"face-{face.kind}", preview.html(face, at=AT)


def one_offs() -> Iterator[Face]:
    """Yield an offer, a plain card and a ticket, made by hand, with pictures."""
    pictures: dict[str, Any] = {
        "thumbnail": documents.picture(270, 270),
        "background_picture": documents.picture(343, 503),
    }
    design = replace(Design(background="#23404A", icon="leaf", logo_url="https://example.com/logo.png"), **pictures)
    names: dict[str, Any] = {"issuer": "Still Waters", "locale": "en-GB", "design": design, "member": "Emma"}
    yield Face.offer(
        id=documents.CODE, title="Off any massage", description="Coupon", program="spring", value="20%", **names
    )
    yield Face.generic(id=documents.CODE, title="Members' club", description="Membership", value="Gold", **names)
    evening = Occasion(starts=AT, venue="Mill Lane Hall", address="12 Mill Lane, Bath")
    yield Face.event(
        id=documents.CODE, title="A Quiet Evening", description="Ticket", program="quiet", occasion=evening, **names
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
def test_every_kind_of_card_is_whole_readable_and_scannable(
    device: str, scheme: str, browser: str, tmp_path: Path
) -> None:
    pages = {name: one for name, (_, one) in six().items()} | dict(kinds())
    ids = {name: face.id for name, (face, _) in six().items()}
    codes = {name: [ids.get(name, documents.CODE)] * 2 for name in pages}  # In both wallets.

    found = look(browser, tmp_path, pages, device=device, scheme=scheme, codes=codes)

    assert list(found.frames) == list(pages)
    for name in pages:
        assert_sound(found.frames[name], device=device, scheme=scheme)
    assert found.codes == codes


@pytest.mark.parametrize(("device", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_the_sheet_and_the_posters_are_whole_and_readable(
    device: str, scheme: str, browser: str, tmp_path: Path
) -> None:
    url = "https://example.com/join/copper-kettle"
    pages = {f"poster-{one.name}": preview.poster(one.program, url) for one in members()}
    pages |= {"sheet": preview.sheet(cards.cafe(), at=AT), "sheet-rtl": preview.sheet(cards.spa(), at=AT)}
    if device == "desk":
        pages["poster-a5"] = preview.poster(cards.cafe(), url, size="A5")
    codes = {name: [url] for name in pages if name.startswith("poster")}

    found = look(browser, tmp_path, pages, device=device, scheme=scheme, codes=codes)

    for name in pages:
        assert_sound(found.frames[name], device=device, scheme=scheme, texts=4)
    assert codes.items() <= found.codes.items()


def wordy(face: Face) -> Face:
    """Return the face with more text than any front has room for."""
    more = [Field.front(f"more{n}", "An unusually long label", "Werbegeschenk-Sonderprämie " * 2) for n in range(2)]
    return replace(face, fields=(*face.fields, *more, Field.back("word", "Word", "x" * 300)))


@pytest.mark.parametrize("device", DEVICES)
def test_no_text_is_cut_off_or_runs_over(device: str, cafe: Face, spa: Face, browser: str, tmp_path: Path) -> None:
    pages = {
        f"{name}-{wording}": preview.html(shown, previous=face, at=AT)
        for name, face in (("cafe", cafe), ("spa", spa))
        for wording, shown in (("plain", face), ("wordy", wordy(face)))
    }

    found = look(browser, tmp_path, pages, device=device)

    for name in pages:
        assert_sound(found.frames[name], device=device, texts=50)


def test_a_long_code_in_another_script_can_be_scanned(cafe: Face, browser: str, tmp_path: Path) -> None:
    message = "נועה " + "token.0123456789" * 10

    long = preview.html(replace(cafe, barcode=Barcode(message=message)), at=AT)

    assert (
        look(browser, tmp_path, {"long": long}, device="desk", codes={"long": [message] * 2}).codes["long"]
        == [message] * 2
    )


def test_a_notebook_shows_the_code_in_its_frame(cafe: Face, browser: str, tmp_path: Path) -> None:
    cell = f"<!DOCTYPE html>{cafe._repr_html_()}"

    assert (
        look(browser, tmp_path, {"cell": cell}, device="desk", codes={"cell": [cafe.id] * 2}).codes["cell"]
        == [cafe.id] * 2
    )


def test_a_request_and_a_fault_would_be_seen(browser: str, tmp_path: Path) -> None:
    """The measure itself: a page that does all that a preview must not."""
    bad = (
        '<!DOCTYPE html><body style="background:#fff"><img src="http://127.0.0.1:9/a.png" alt="lost">'
        '<div class="card" dir="rtl" lang="he" style="width:100px;height:20px;position:relative">'
        '<p class="name" style="color:#ccc;white-space:nowrap;width:50px">a text that is far too long</p></div>'
        '<div style="position:relative;height:40px"><p style="margin:0">under</p>'
        '<p style="position:absolute;inset:0;margin:0;background:#fff">over it</p></div>'
    )

    found = look(browser, tmp_path, {"bad": bad}, device="phone").frames["bad"]

    assert found["outside"]
    assert found["covered"] == ["under"]
    assert [one[:4] for one in found["faint"]] == ["1.61"]
    assert found["requests"] == ["http://127.0.0.1:9/a.png"]
    assert found["broken"] == ["lost"]
