"""``python -m walletcard preview`` and ``demo``: the files they make, what they say, the exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests import cards
from tests.apple import forge

import walletcard as wc
from walletcard import apple, preview
from walletcard.__main__ import main
from walletcard.model import Face

AT = "2026-11-21T10:00Z"
MOMENT = cards.at(10)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cafe() -> Face:
    program = cards.cafe()
    return wc.face(program, cards.priya(program, stamps=6), at=MOMENT)


def test_a_face_becomes_the_page_that_the_library_makes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "priya.json").write_text(cafe().to_json(), encoding="utf-8")

    assert main(["preview", "priya.json", "--at", AT]) == 0

    assert (folder / "priya.html").read_text(encoding="utf-8") == preview.html(cafe(), at=MOMENT)
    assert capsys.readouterr().out.startswith("priya.html  ")


def test_a_pass_becomes_a_page_where_it_is_asked_for(folder: Path) -> None:
    (folder / "card.pkpass").write_bytes(forge.packed(leaf=forge.leaf()))

    assert main(["preview", "card.pkpass", "--out", "new/folder/page.html", "--at", AT]) == 0

    assert "Apple Wallet" in (folder / "new/folder/page.html").read_text(encoding="utf-8")
    assert not (folder / "card.html").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b"<!DOCTYPE html>", "not a pass"),
        (b"{", "not JSON"),
        (b'{"loyaltyPoints": {}}', "not written by walletcard"),
        (cards.cafe().to_json().encode(), "need a face"),
    ],
)
def test_what_cannot_be_drawn_ends_with_1_and_a_line(
    content: bytes | None, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / "card").write_bytes(content)

    assert main(["preview", "card"]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    assert line.startswith("error: ")
    assert told in line
    assert not (folder / "card.html").exists()


def test_a_pass_json_alone_is_drawn_and_its_pictures_are_said_to_be_missing(folder: Path) -> None:
    document = apple.pass_json(cafe())
    (folder / "pass.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(document).encode())

    assert main(["preview", "pass.json", "--at", AT]) == 0

    page = (folder / "pass.html").read_text(encoding="utf-8")
    assert "This is a pass.json alone, not a pass: its pictures and other languages are missing here" in page
    assert "Copper Kettle" in page
    assert "Google" not in page.split("<footer>")[0].split("</style>")[1]


def test_a_face_as_bytes_is_told_how_it_is_read() -> None:
    with pytest.raises(wc.WalletCardError, match=r"read it with Face.from_json\(...\)"):
        preview.html(cafe().to_json().encode())


def test_a_folder_is_named_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "."]) == 1
    assert "is a folder" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "face.json").write_text(cafe().to_json(), encoding="utf-8")

    assert main(["preview", "face.json", "--out", "face.json/page.html"]) == 1
    assert main(["demo", "--out", "face.json"]) == 1

    assert capsys.readouterr().err.count("cannot be written") == 2


def test_the_file_itself_is_never_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "face.html").write_text(cafe().to_json(), encoding="utf-8")

    assert main(["preview", "face.html"]) == 1

    assert "is the file to draw" in capsys.readouterr().err
    assert json.loads((folder / "face.html").read_text(encoding="utf-8"))["kind"] == "face"


@pytest.mark.parametrize(
    "options", [["preview"], ["preview", "a", "b"], ["preview", "a", "--at", "noon"], ["demo", "a"]]
)
def test_wrong_usage_ends_with_2(options: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(options)

    assert caught.value.code == 2


def test_the_demo_makes_a_card_for_both_wallets_and_says_that_phones_refuse_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--out", "cards", "--at", AT]) == 0

    made = {path.name: path.read_bytes() for path in (folder / "cards").iterdir()}
    assert set(made) == {"card.pkpass", "save-link.txt", "preview.html", "strip@3x.png", "throwaway-root.pem"}
    found = apple.verify(made["card.pkpass"], at=MOMENT)
    assert (found.signature, found.verdict) == ("ok", "untrusted")
    assert apple.verify(made["card.pkpass"], roots=made["throwaway-root.pem"], at=MOMENT).verdict == "authentic"
    assert made["save-link.txt"].startswith(b"https://pay.google.com/gp/v/save/")
    assert "Apple Wallet, before" in made["preview.html"].decode()
    assert wc.Picture(made["strip@3x.png"]).width == 1125
    said = capsys.readouterr().out
    assert "throw-away identities" in said
    assert "phones refuse both" in said
    assert f"Open {Path('cards') / 'preview.html'} to see the card." in said


def test_the_demo_runs_as_a_module(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "walletcard", "demo"], capture_output=True, check=True)

    assert done.stderr == b""
    assert (folder / "demo" / "card.pkpass").exists()
    assert b"private" not in done.stdout.lower()


def test_a_pass_of_the_demo_can_be_previewed(folder: Path) -> None:
    main(["demo", "--at", AT])

    assert main(["preview", "demo/card.pkpass", "--at", AT]) == 0

    assert "Corner Cafe" in (folder / "card.html").read_text(encoding="utf-8")
