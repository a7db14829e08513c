"""The notebook runs as it is, and what is committed in it is what it makes."""

from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "first_card.ipynb"


def outputs(notebook: Any) -> list[dict[str, str]]:
    """Return what each cell of code shows, by kind; a cell that shows nothing has an empty entry."""
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [{kind: text for one in cell.outputs for kind, text in one.get("data", {}).items()} for cell in codes]


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.filterwarnings("default")  # A kernel's own.
def test_it_runs_and_shows_what_is_committed() -> None:
    committed, made = read(), read()
    for cell in made.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []

    nbclient.NotebookClient(made, timeout=60, kernel_name="python3").execute()

    was, now = outputs(committed), outputs(made)
    assert [set(one) for one in now] == [set(one) for one in was]
    tables = [(one["text/html"], other["text/html"]) for one, other in zip(was, now, strict=True)
              if one.get("text/html", "").startswith("<table>")]  # fmt: skip
    assert len(tables) == 5
    assert all(one == other for one, other in tables)


def test_every_value_of_it_shows_itself() -> None:
    card, outcome, later, face, picture, _, verification, report = outputs(read())

    assert "CK-7F3A29" in card["text/html"]
    assert "Stamp added: 4 of 9." in outcome["text/html"]
    assert "4 / 9" in later["text/html"]
    assert face["text/html"].startswith("<iframe srcdoc=")
    assert picture["image/png"]
    assert "<td>authentic</td>" in verification["text/html"]
    assert "members" in report["text/html"]


def test_nothing_secret_is_committed() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")

    assert "PRIVATE KEY" not in text
    assert "/home/" not in text
    assert "authenticationToken" not in text
