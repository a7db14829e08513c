"""What the commands write is there whole or not at all, whatever happens to the disk; the faults F30 to F43."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from walletcard import render
from walletcard.__main__ import main
from walletcard.model import Design

SPEC = Design(background="#3B2418").strip(direction="ltr")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def child(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def left(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


@pytest.mark.parametrize("place", ["file/strip.png", "folder", "a" * 300 + ".png", "a\0b.png"])
def test_b322_b325_a_place_that_is_none_is_named(folder: Path, capsys: pytest.CaptureFixture[str], place: str) -> None:
    (folder / "file").write_bytes(b"old")
    (folder / "folder").mkdir()

    assert main(["strip", "--out", place]) == 1

    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert "cannot be written" in said
    assert "name another place with --out" in said
    assert sorted(one.name for one in folder.iterdir()) == ["file", "folder"]


def test_b322_a_folder_that_is_not_there_is_made(folder: Path) -> None:
    assert main(["strip", "--out", "new/folder/strip.png"]) == 0

    assert (folder / "new/folder/strip.png").is_file()


def test_what_is_no_file_is_written_to_and_not_replaced(folder: Path) -> None:
    os.symlink("real.png", folder / "link.png")

    assert main(["strip", "--out", "link.png"]) == 0
    assert main(["strip", "--out", os.devnull]) == 0

    assert (folder / "link.png").is_symlink()
    assert (folder / "real.png").is_file()
    assert not Path(os.devnull).is_file()


FULL = """
import resource, signal, sys
from walletcard.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
sys.exit(main(["strip", "--out", "strip.png"]))
"""


def test_b323_f30_a_full_disk_leaves_the_old_file(folder: Path) -> None:
    pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    (folder / "strip.png").write_bytes(b"old")

    done = child(FULL)

    assert done.returncode == 1, done.stderr
    assert "cannot be written (File too large)" in done.stderr
    assert left(folder) == {"strip.png": b"old"}


def test_f31_a_disk_that_does_not_keep_what_it_took_leaves_the_old_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails)
    (folder / "strip.png").write_bytes(b"old")

    assert main(["strip", "--out", "strip.png"]) == 1

    assert "Input/output error" in capsys.readouterr().err
    assert left(folder) == {"strip.png": b"old"}


KILLED = """
import os, signal
from walletcard._commands import _shell
_shell.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from walletcard.__main__ import main
main(["strip", "--out", "strip.png"])
"""


def test_f32_who_is_killed_before_the_last_step_leaves_the_old_file(folder: Path) -> None:
    (folder / "strip.png").write_bytes(b"old")

    assert child(KILLED).returncode == -signal.SIGKILL

    stray = [name for name in left(folder) if name != "strip.png"]
    assert (folder / "strip.png").read_bytes() == b"old"
    assert [name.startswith(".walletcard-") and name.endswith(".tmp") for name in stray] == [True]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_f43_a_file_is_its_owners_alone_whatever_the_umask(folder: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        assert main(["strip", "--out", "strip.png"]) == 0
    finally:
        os.umask(before)

    assert (folder / "strip.png").stat().st_mode & 0o777 == 0o600


def test_f36_memory_that_runs_out_is_told_as_that_and_leaves_everything_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spec = Design(background="#3B2419").strip(direction="ltr")

    def runs_out(*_arguments: object, **_more: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("PIL.Image.Image.save", runs_out)
        with pytest.raises(MemoryError):
            render.strip(spec)

    assert render.strip(spec).width == 1125


def test_f41_without_a_database_of_zones_the_zone_is_named_and_utc_works() -> None:
    code = """
import sys
sys.modules["tzdata"] = None
import walletcard as wc
rules = {"stamps": wc.Stamps(goal=9, reward=wc.Reward(id="coffee", title="Coffee"))}
rules |= {"id": "a", "name": "A", "issuer": "A", "locale": "en", "design": wc.Design(background="#3B2418")}
print(wc.Program(zone="UTC", **rules).zone)
try:
    wc.Program(zone="Asia/Jerusalem", **rules)
except wc.WalletCardError as error:
    print(error)
"""

    done = child(code, PYTHONTZPATH="")

    assert done.stdout.startswith('UTC\nprogram.zone: "Asia/Jerusalem" is not a time zone of this computer'), (
        done.stderr
    )
    assert "tzdata" in done.stdout


def test_f42_a_process_without_output_makes_cards_all_the_same(folder: Path) -> None:
    code = """
import os, sys
os.close(1), os.close(2)
from walletcard import render
from walletcard.model import Design
picture = render.strip(Design(background="#3B2418").strip(direction="ltr"))
open("made.png", "wb").write(picture.png)
os._exit(0)
"""

    assert child(code).returncode == 0

    assert (folder / "made.png").read_bytes() == render.strip(SPEC).png
