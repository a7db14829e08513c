"""The bulk example, run as an owner runs it: whole files, exactly what is missing, bad rows by their line."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from _bulk import UNFINISHED, Problem, Roll, clean, write_whole
from _bulk_options import job
from _bulk_progress import Progress
from _bulk_sample import write_sample
from _bulk_threads import in_threads
from bench.kills import command, passes, survive

from walletcard import apple

MEMBERS = 60


def run(members: Path, out: Path, *, keys: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(members, out, keys=keys), capture_output=True, encoding="utf-8", check=False)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, with its members beside it."""
    folder = tmp_path_factory.mktemp("bulk")
    write_sample(folder / "members.csv", MEMBERS)
    done = run(folder / "members.csv", folder / "out")
    assert done.returncode == 0, done.stderr
    assert f"made {MEMBERS}, already there 0, bad rows 0" in done.stdout
    return folder


def test_every_member_gets_a_pass_that_verifies(calm: Path) -> None:
    root = (calm / "out" / "throwaway" / "root.pem").read_bytes()

    seen = [apple.verify(data, roots=root, strict=True) for data in passes(calm / "out").values()]

    assert len(seen) == MEMBERS
    assert {one.signature for one in seen} == {"ok"}
    assert {one.chain for one in seen} == {"ok"}


def test_a_second_run_makes_exactly_what_is_missing(calm: Path) -> None:
    out = calm / "out"
    before = passes(out)
    written = {name: (out / name).stat().st_mtime_ns for name in before}
    lost = sorted(before)[10:13]
    for name in lost:
        (out / name).unlink()

    done = run(calm / "members.csv", out)

    assert f"made 3, already there {MEMBERS - 3}, bad rows 0" in done.stdout
    assert passes(out) == before
    assert [name for name in sorted(before) if (out / name).stat().st_mtime_ns != written[name]] == lost


def test_bad_rows_are_told_by_their_line_and_the_rest_goes_on(tmp_path: Path, calm: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_bytes(
        b"id,name,stamps,locale\nCK-1,Ann,3,\nCK-2,Bob,three,\nCK-1,Ann,3,\n../etc,Eve,1,\nCK-3,\n"
        b"CK-4,Zo\xe9,1,\nCK-5,Tom,1,xx\n\nCK-6,,0,he\n"
    )

    done = run(members, tmp_path / "out", keys=calm / "out" / "throwaway")

    assert done.returncode == 1
    assert "made 2, already there 0, bad rows 6" in done.stdout
    told = dict(line.removeprefix("line ").split(": ", 1) for line in done.stderr.splitlines() if "line" in line[:4])
    assert told["3"] == "stamps: 'three' is not a whole number"
    assert told["4"] == "id: 'CK-1' is on line 2 already"
    assert told["5"].startswith("card.id:")
    assert told["6"] == "2 columns, need 4"
    assert told["7"].startswith("card.member: holds half a character")
    assert told["8"].startswith("locale: no phrases for xx")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["CK-1.pkpass", "CK-6.pkpass"]


def test_f33_kill_9_tears_no_pass_and_the_next_run_completes(tmp_path: Path) -> None:
    assert "2 kills" in survive(tmp_path, members=60, times=2, seed=11)


def _listening() -> None:
    """Hear Ctrl-C again: whoever is started in the background of a shell is deaf to it, and so are its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_leaves_no_half_file(tmp_path: Path, calm: Path) -> None:
    members, out = tmp_path / "members.csv", tmp_path / "out"
    write_sample(members, 3_000)
    process = subprocess.Popen(
        command(members, out, keys=calm / "out" / "throwaway"), stderr=subprocess.PIPE, text=True, preexec_fn=_listening
    )
    while not (out.exists() and any(out.glob("*.pkpass"))):
        assert process.poll() is None
        time.sleep(0.002)

    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=20)[1]

    assert process.returncode == 130
    assert "the same command makes the rest" in told
    assert "Traceback" not in told
    assert {path.suffix for path in out.iterdir()} == {".pkpass"}
    assert 0 < len(passes(out)) < 3_000


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--at", "2026-11-21T16:00:00"], "needs a zone"),
        (["--workers", "0"], "--workers: give 1 or more"),
        (["--p12", "pass.p12"], "--p12 and --wwdr go together"),
        (["--at", "2001-01-01T00:00:00+00:00"], "is valid from 2026-11-20"),
    ],
)
def test_what_would_fail_at_every_row_is_refused_at_once(
    tmp_path: Path,
    calm: Path,
    options: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keys = None if "--p12" in options else calm / "out" / "throwaway"
    monkeypatch.setattr(sys, "argv", [*command(calm / "members.csv", tmp_path, keys=keys)[1:], *options])

    with pytest.raises(SystemExit) as caught:
        job("about")

    assert caught.value.code == 2
    assert told in capsys.readouterr().err.splitlines()[-1]


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,id\n")

    with pytest.raises(ValueError, match="begins with 'name,id', not with 'id,name,stamps,locale'"):
        Roll(tmp_path / "members.csv")


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(tmp_path / "one.pkpass", pieces())

    assert not list(tmp_path.iterdir())


def test_while_it_is_written_nobody_who_looks_for_passes_finds_it(tmp_path: Path) -> None:
    seen: list[list[Path]] = []

    def pieces() -> Iterator[bytes]:
        yield b"first"
        seen.append([*tmp_path.iterdir()])
        yield b"second"

    write_whole(tmp_path / "one.pkpass", pieces())

    (unfinished,) = seen[0]
    assert unfinished.suffix != ".pkpass"
    assert (tmp_path / "one.pkpass").read_bytes() == b"firstsecond"
    assert len([*tmp_path.iterdir()]) == 1


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}0000-CK-1").write_bytes(b"half")
    (tmp_path / f"{UNFINISHED}key").mkdir()

    clean(tmp_path)

    assert not [*tmp_path.iterdir()]


def test_an_error_in_one_thread_stops_all() -> None:
    done: list[int] = []

    def work(row: int) -> None:
        if row == 5:
            raise OSError("disk full")
        done.append(row)
        time.sleep(0.001)

    with pytest.raises(OSError, match="disk full"):
        in_threads(range(100_000), work, workers=2)

    assert len(done) < 1_000


def test_a_terminal_shows_a_bar_and_a_log_a_line_for_each_percent() -> None:
    terminal, log = Terminal(), io.StringIO()
    for stream in (terminal, log):
        with Progress(1_000, stream=stream) as progress:
            for number in range(999):
                progress.step(number % 2 == 0)
            progress.step(Problem(7, "bad"))

    lines = log.getvalue().splitlines()
    assert len(lines) == 101
    assert lines[-2:] == ["line 7: bad", lines[-1]]
    assert lines[-1].startswith("100 %  1,000 of 1,000")
    assert "[##############################] 1,000 of 1,000" in terminal.getvalue()
    assert progress.summary(1.0).startswith("made 500, already there 499, bad rows 1")


def test_the_sample_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_sample(tmp_path / name, 50)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert Roll(tmp_path / "one").count == 50
