from dataclasses import replace
from html import unescape

import pytest

from walletcard import preview
from walletcard.errors import RenderError
from walletcard.model import Design, Face
from walletcard.preview import _notebook


def test_a_face_shows_its_preview_in_a_frame(cafe: Face) -> None:
    shown = cafe._repr_html_()

    assert shown.startswith("<iframe srcdoc=")
    assert preview.html(cafe) in unescape(shown)
    assert 'sandbox="allow-same-origin"' in shown


def test_a_face_without_anything_to_show_does_not_raise(cafe: Face) -> None:
    empty = replace(cafe, fields=(), balances=(), barcode=None, strip=None, design=Design(background="#fff"))

    assert "<iframe" in empty._repr_html_()


def test_an_error_becomes_its_message(cafe: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(face: Face) -> str:
        raise RenderError("<nothing> can be drawn", hint="try another face")

    monkeypatch.setattr(_notebook, "html", broken)

    assert _notebook.face_html(cafe) == "<p>&lt;nothing&gt; can be drawn; try another face</p>"
