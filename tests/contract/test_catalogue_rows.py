"""Every row of the catalogue of bad inputs is named by a test, where the catalogue lies beside the repository."""

from pathlib import Path

import pytest
from scripts import count_rows

CATALOGUE = Path(__file__).parents[2].parent / "shared" / "spec" / "bad-inputs.md"


def test_every_row_is_named_by_a_test_or_is_not_the_librarys() -> None:
    if not CATALOGUE.is_file():
        pytest.skip("the catalogue is not beside the repository")

    counted = count_rows.count(CATALOGUE.read_text(encoding="utf-8"))

    assert len(counted.rows) > 200
    assert counted.missing == ()


def test_a_row_counts_where_a_test_names_it_and_nowhere_else(tmp_path: Path) -> None:
    other = next(iter(count_rows.NOT_OURS))
    catalogue = "".join(f"| {row} | something |\n" for row in ("B901", "B902", "B903", "F91", other))
    (tmp_path / "test_some.py").write_text("def test_b901_named(): ...  # noqa: B902\nROWS = ['F91', '#B903AA']\n")

    counted = count_rows.count(catalogue, tmp_path)

    assert (set(counted.named), counted.not_ours, counted.missing) == ({"B901", "F91"}, (other,), ("B902", "B903"))
    assert count_rows.report(counted).startswith("5 rows, 2 named by a test, 1 not the library's, 2 missing\n")
