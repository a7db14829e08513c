"""``walletcard strip``, ``--version`` and what the commands say of themselves."""

from pathlib import Path

import pytest

from walletcard.__main__ import main
from walletcard.model import Picture


def test_the_picture_is_the_one_that_the_library_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made" / "strip.png"
    asked = ["--cells", "10", "--filled", "4", "--milestone", "5", "--reward", "10", "--icon", "cup", "--scale", "2"]

    assert main(["strip", *asked, "--out", str(out)]) == 0

    picture = Picture(out.read_bytes())
    assert (picture.width, picture.height) == (750, 288)
    assert capsys.readouterr().out.strip().endswith(f"750x288 px, {len(picture.png):,} bytes")


def test_the_picture_for_google_and_from_the_right(tmp_path: Path) -> None:
    left, right = tmp_path / "ltr.png", tmp_path / "rtl.png"

    for path, more in ((left, []), (right, ["--rtl"])):
        assert main(["strip", "--google", "--filled", "3", *more, "--out", str(path)]) == 0

    assert (Picture(left.read_bytes()).width, Picture(left.read_bytes()).height) == (1032, 336)
    assert left.read_bytes() != right.read_bytes()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--cells", "31"], "31 is over 30"),
        (["--filled", "11"], "11 is over 10"),
        (["--icon", "cups"], 'did you mean "cup"?'),
        (["--background", "tomatoo"], "design.background"),
        (["--milestone", "12"], "strip.milestones[0]"),
    ],
)
def test_what_cannot_be_drawn_is_named(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["strip", *asked, "--out", str(tmp_path / "a.png")]) == 1

    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.png").exists()


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("walletcard 0.")


@pytest.mark.parametrize("command", ["check", "demo", "identity", "link", "preview", "strip"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith(f"usage: walletcard {command}")
    assert len(said.splitlines()) > 4
