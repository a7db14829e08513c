import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from walletcard import preview
from walletcard.model import Barcode, Face, Field

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
# Every text that a reader sees must lie inside the viewport and inside the card or panel that holds it.
MEASURE = """<script>
const found = {width: innerWidth, scroll: document.documentElement.scrollWidth, texts: 0, outside: []};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, range = document.createRange();
  if (!node.textContent.trim() || !node.parentElement.checkVisibility()) continue;
  range.selectNodeContents(node);
  const box = (node.parentElement.closest(".card, .back, .issues, .notice") || document.body).getBoundingClientRect();
  for (const one of range.getClientRects()) {
    found.texts += 1;
    const inside = one.left >= box.left && one.right <= box.right + 1 && one.top >= box.top && one.bottom <= box.bottom;
    if (!inside || one.left < 0 || one.right > innerWidth + 1) found.outside.push(node.textContent);
  }
}
parent.document.querySelector("pre").textContent = JSON.stringify(found);
</script></body>"""
# A window of the browser is never narrower than 500 pixels, a frame is.
FRAME = (
    """<!DOCTYPE html><pre></pre><iframe style="border: 0; width: {width}px; height: 900px" srcdoc="{page}"></iframe>"""
)


@pytest.fixture
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on the PATH")
    return found


def run(browser: str, folder: Path, page: str, *, width: int, height: int, option: str) -> bytes:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    size = f"--window-size={width},{height}"
    command = [browser, *OPTIONS, f"--user-data-dir={folder / 'profile'}", size, option, file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def codes(browser: str, folder: Path, page: str, width: int) -> set[str]:
    shot = folder / "shot.png"
    run(browser, folder, page, width=width, height=2800, option=f"--screenshot={shot}")
    with Image.open(shot) as image:
        return {code.text for code in zxingcpp.read_barcodes(image.convert("RGB"))}


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("name", ["cafe", "spa"])
def test_the_codes_can_be_scanned_off_the_screen(
    name: str, width: int, request: pytest.FixtureRequest, browser: str, tmp_path: Path
) -> None:
    face: Face = request.getfixturevalue(name)

    assert codes(browser, tmp_path, preview.html(face, at=AT), width) == {face.id}


def test_a_long_code_in_another_script_can_be_scanned(cafe: Face, browser: str, tmp_path: Path) -> None:
    message = "נועה " + "token.0123456789" * 10

    page = preview.html(replace(cafe, barcode=Barcode(message=message)), at=AT)

    assert codes(browser, tmp_path, page, 1200) == {message}


def test_a_notebook_shows_the_code_in_its_frame(cafe: Face, browser: str, tmp_path: Path) -> None:
    assert codes(browser, tmp_path, f"<!DOCTYPE html>{cafe._repr_html_()}", 1200) == {cafe.id}


def wordy(face: Face) -> Face:
    """Return the face with more text than any front has room for."""
    more = [Field.front(f"more{n}", "An unusually long label", "Werbegeschenk-Sonderprämie " * 2) for n in range(2)]
    return replace(face, fields=(*face.fields, *more, Field.back("word", "Word", "x" * 300)))


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("wording", ["plain", "wordy"])
@pytest.mark.parametrize("name", ["cafe", "spa"])
def test_no_text_is_cut_off_or_runs_over(
    name: str, wording: str, width: int, request: pytest.FixtureRequest, browser: str, tmp_path: Path
) -> None:
    face: Face = request.getfixturevalue(name)
    page = preview.html(wordy(face) if wording == "wordy" else face, previous=face, at=AT)

    frame = FRAME.format(width=width, page=escape(page.replace("</body>", MEASURE)))
    dom = run(browser, tmp_path, frame, width=1300, height=1000, option="--dump-dom").decode()

    found = json.loads(unescape(dom.partition("<pre>")[2].partition("</pre>")[0]))
    assert found["width"] == width
    assert found["scroll"] <= width
    assert found["texts"] > 50
    assert found["outside"] == []
