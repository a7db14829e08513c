"""``docs/architecture.md`` is true of the source: who imports whom, and where each outside package lives."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "walletcard"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
UPWARDS = {("model", "preview"), ("model", "words")}
"""The lazy imports that go up: a face shows itself, a gift writes its money, a programme asks for its language."""


def table(heading: str) -> dict[str, set[str]]:
    """Return the two-column table under a heading: what stands left, what may stand right."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    found: dict[str, set[str]] = {}
    for left, right in rows:
        for name in left.split(","):
            found[name.strip(" `")] = {part.strip(" `") for part in right.split(",")}
    return found


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            if module == "walletcard":
                yield from (f"walletcard.{alias.name}" for alias in node.names)
            else:
                yield module


MODULES = sorted(SOURCE.rglob("*.py"))
ALLOWED = table("Who may import whom")
HOMES = table("Homes of third-party packages")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    room = room_of(path)
    allowed = ALLOWED[room]
    for name in imports(path):
        if not name.startswith("walletcard"):
            continue
        other = ([*name.split("."), "__init__"])[1]
        fine = other == room or "everything" in allowed or other in allowed or (room, other) in UPWARDS
        assert fine, f"{path.relative_to(SOURCE)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_an_outside_package_is_imported_in_its_homes_only(path: Path) -> None:
    for name in imports(path):
        package = name.split(".")[0]
        if package != "walletcard" and package not in sys.stdlib_module_names:
            home = {room_of(path), str(path.relative_to(SOURCE))}
            assert home & HOMES[package], f"{path.relative_to(SOURCE)} imports {name}"


def test_every_room_is_drawn() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__"}

    assert rooms == set(table("Rooms"))
    assert rooms | {"__init__"} <= set(ALLOWED)


def test_only_the_model_imports_upwards() -> None:
    for room, other in UPWARDS:
        assert other not in ALLOWED[room]


def test_importing_walletcard_loads_no_outside_package() -> None:
    code = "import walletcard, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not set(loaded) & set(HOMES)
    assert "walletcard" in loaded


def test_no_module_reads_the_clock_but_the_clock() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if path.name != "_clock.py":
            assert ".now(" not in text, path
            assert "time.time(" not in text, path


def test_the_library_opens_no_file() -> None:
    for path in MODULES:
        names = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not names & {"open", "print", "input", "eval", "exec"} or room_of(path) == "_commands", path
