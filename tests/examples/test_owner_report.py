"""The owner's report, run as a reader runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def printed() -> str:
    command = [sys.executable, str(ROOT / "examples" / "owner_report.py")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.fixture(scope="module")
def told() -> str:
    return printed()


def test_the_story_is_the_same_on_every_run(told: str) -> None:
    assert printed() == told


def test_every_line_of_the_table_has_a_number(told: str) -> None:
    table, _, _ = told.partition("\n\n")
    rows = dict(line.split("  ", 1) for line in table.splitlines())

    assert rows["members"].strip() == "40"
    assert rows["friends brought"].strip() == "4"
    assert "-" not in {value.strip() for value in rows.values()}


def test_the_last_sentence_is_honest(told: str) -> None:
    _, _, sentence = told.partition("\n\n")

    assert "does not prove" in sentence
    assert sentence.count(".\n") == 1
