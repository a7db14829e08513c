"""Every page of the guide: its Python runs from top to bottom, its links lead somewhere, its commands exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
COMMANDS = ("check", "demo", "identity", "link", "preview", "strip")


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT / "docs"))


@pytest.mark.parametrize("page", [one for one in PAGES if blocks(one)], ids=name)
def test_every_python_block_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks build on each other from the top, as a reader runs them; what a page claims, it asserts."""
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}

    for place, block in enumerate(blocks(page)):
        exec(compile(block, f"{name(page)} block {place + 1}", "exec"), space)  # noqa: S102  # our own page

    assert space
    assert {one.name for one in tmp_path.iterdir()} <= {
        "preview.html"
    }  # The library writes no file; a reader keeps the page.


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"python -m walletcard (?!COMMAND)([a-z]+)", page.read_text(encoding="utf-8"))

    assert set(named) <= set(COMMANDS)
