"""The life of a card at Google, run as a reader runs it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from walletcard import google

ROOT = Path(__file__).parents[2]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / "google_update.py"), "--out", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("google_update")


@pytest.fixture(scope="module")
def told(folder: Path) -> str:
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_each_step_ends_as_it_should(told: str) -> None:
    ends = [line[2:].partition(":")[0] for line in told.splitlines() if line.startswith("= ")]

    assert ends == ["inserted", "patched", "unchanged", "patched", "sent", "unchanged"]
    assert told.endswith("At Google she is Priya Sharma.\n")


def test_every_body_is_printed_and_written(told: str, folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())

    assert names == [
        "01-post-loyaltyClass.json",
        "02-post-loyaltyObject.json",
        "03-patch-loyaltyObject.json",
        "04-patch-loyaltyObject.json",
        "05-post-loyaltyObject.json",
    ]
    assert all((folder / name).read_text(encoding="utf-8") in told for name in names)


def test_what_was_sent_is_what_google_takes(told: str, folder: Path) -> None:
    assert google.lint("LoyaltyClass", read(folder, "01-post-loyaltyClass.json")) == ()
    assert google.lint("LoyaltyObject", read(folder, "02-post-loyaltyObject.json")) == ()
    stamp = read(folder, "03-patch-loyaltyObject.json")
    assert stamp["notifyPreference"] == "NOTIFY_ON_UPDATE"
    assert google.lint("LoyaltyObject", stamp, partial=True) == ()


def test_no_log_in_is_printed(told: str) -> None:
    assert "assertion" not in told
    assert "tiny" not in told


def test_another_files_key_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    wrong = tmp_path / "key.json"
    wrong.write_text("{}")

    done = run(tmp_path, "--service-account", str(wrong))

    assert done.returncode != 0
    assert "service account" in done.stderr
