"""The page of pictures is written and holds every kind."""

import sys
from pathlib import Path

import picture_gallery
import pytest


def test_the_page_holds_every_layout_and_every_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["picture_gallery.py", "--out", str(tmp_path)])

    picture_gallery.main()

    page = (tmp_path / "pictures.html").read_text(encoding="utf-8")
    titles = [part.split("</h2>")[0] for part in page.split("<h2>")[1:]]
    assert "pictures.html" in capsys.readouterr().out
    assert titles[0] == "Layouts, 1 to 30"
    assert page.split("</h2>")[1].count("<img") == 30
    assert titles[-2:] == ["Google's hero", "Artwork"]
    assert "http" not in page
