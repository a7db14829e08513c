"""The bench measures what part 7 of the design names, judges it as it says, and finds the flaws of others."""

import json
import sys
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from bench import __main__ as command
from bench import growth, links, memory, passes, pictures, rules, startup, threads
from bench._effort import Effort
from bench._material import Material
from bench._peer import Peer, PeerFailed
from bench._readme import BEGIN, END, block, measured_on, replaced, summary, write
from bench._results import Result, Target, as_json, duration, table
from bench._rounds import RAW, Turns, take_turns
from bench.peers import FASTER, _started

from walletcard import apple

TINY = Effort(rounds=1, turn=0.001, passes=20, cards=(2, 4), lots=(2, 4), events=(20, 40), starts=1)
# Part 7 of the design: what is asked for, by a word of its line.
ASKED = {
    "prepared document, bytes": 0.80,
    "prepared document, chunks": 0.90,
    "Card to bytes": 0.55,
    "two threads": 1.7,
    "save link": 0.85,
    "three scales, first time": 30,
    "three scales, again": 50,
    "all strips": 300,
    "bytes of a flat strip": 16,
    "import walletcard": 60,
    "third-party": 0,
    "50 lots": 100,
    "memory: growth": 2,
}


@pytest.fixture(scope="module")
def measured() -> list[Result]:
    sections = (startup, memory, passes, threads, links, pictures, rules, growth)
    return [one for section in sections for one in section.results(TINY)]


def test_every_target_of_part_7_is_measured(measured: list[Result]) -> None:
    held = [(one.name, one.target.limit) for one in measured if one.target is not None]

    for word, limit in ASKED.items():
        assert [found for name, found in held if word in name] == [limit], word
    assert len(held) == len(ASKED)


def test_every_speed_is_told_as_a_share_of_signing(measured: list[Result]) -> None:
    assert all(one.ratio is not None and one.ratio > 0 for one in measured if one.unit in ("/s", "µs"))
    assert next(one for one in measured if RAW in one.name).ratio == 1.0


def test_the_json_is_a_list_with_six_keys_each(measured: list[Result]) -> None:
    told = json.loads(as_json(measured))

    assert {tuple(one) for one in told} == {("name", "value", "unit", "ratio", "target", "holds")}
    assert all((one["target"] is None) == (one["holds"] is None) for one in told)
    assert len({one["name"] for one in told}) == len(told)


def test_what_loads_no_third_party_package_says_so(measured: list[Result]) -> None:
    assert next(one for one in measured if "third-party" in one.name).value == 0


@pytest.mark.parametrize(
    ("measured", "target", "holds", "missed"),
    [
        (0.80, Target(0.80, of="ratio", at_least=True), True, False),
        (0.75, Target(0.80, of="ratio", at_least=True), False, False),
        (0.71, Target(0.80, of="ratio", at_least=True), False, True),
        (30.0, Target(30), True, False),
        (32.0, Target(30), False, False),
        (34.0, Target(30), False, True),
    ],
)
def test_a_target_is_missed_by_more_than_a_tenth(measured: float, target: Target, holds: bool, missed: bool) -> None:
    one = Result("it", measured, "ms", measured, target)

    assert (one.holds, one.missed) == (holds, missed)
    assert one.cells[-1] == ("yes" if holds else "no" if missed else "nearly")


def test_a_target_in_microseconds_is_not_met_by_milliseconds() -> None:
    slow = duration("it", seconds=0.002, share=0.1, target=Target(50))

    assert slow.value == pytest.approx(2_000)
    assert (slow.unit, slow.holds) == ("µs", False)
    assert duration("it", seconds=0.002, share=0.1).cells[1] == "2 ms"


def test_no_target_holds_nothing() -> None:
    one = Result("it", 1.0, "s")

    assert (one.holds, one.missed, one.cells[-2:]) == (None, False, ("", ""))


@pytest.mark.parametrize(
    ("seconds", "options", "status"),
    [(0.9, ["--no-peers"], 0), (1.05, ["--no-peers"], 0), (1.2, ["--no-peers"], 1), (1.2, ["--quick"], 0)],
)
def test_the_command_fails_when_a_target_is_missed_and_the_quick_one_only_tells(
    seconds: float,
    options: list[str],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "SECTIONS", (lambda effort: [Result("it", seconds, "s", None, Target(1.0))],))
    monkeypatch.setattr(sys, "argv", ["bench", "--json", str(tmp_path / "made.json"), *options])

    assert command.main() == status

    told = capsys.readouterr().out
    assert ("missed by more than a tenth: it" in told) == (seconds > 1.1)
    assert json.loads((tmp_path / "made.json").read_text())[0]["value"] == seconds


def test_ratios_are_taken_round_by_round() -> None:
    # The machine is three times as slow in the second round: the share is the same in each.
    turns = Turns({RAW: (1.0, 3.0, 1.0), "job": (2.0, 6.0, 2.0)})

    assert turns.share("job") == 0.5
    assert turns.seconds("job") == 2.0


def test_jobs_take_turns_and_each_is_asked_first_in_turn() -> None:
    order: list[str] = []

    def job(name: str) -> None:
        order.append(name)
        time.sleep(0.001)

    take_turns({"a": lambda: job("a"), "b": lambda: job("b")}, rounds=2, turn=0.0005, clock=time.perf_counter)

    assert order == ["a", "b", "a", "b", "b", "a"]


def test_the_exponent_is_that_of_the_last_step() -> None:
    assert growth.exponent({10: 5.0, 100: 1.0, 1_000: 100.0}) == pytest.approx(2.0)
    assert growth.exponent({10: 1.0, 100: 10.0}) == pytest.approx(1.0)


def test_the_table_stands_between_the_marks_and_nothing_else_changes(measured: list[Result]) -> None:
    page = f"# Page\n{BEGIN}\nyesterday\n{END}\nrest\n"
    made = replaced(page, block(measured, ["peer: no network"], head=measured_on(date(2026, 11, 21))))

    assert made.startswith(f"# Page\n{BEGIN}\nMeasured on 21 November 2026 with Python ")
    assert made.endswith(f"Not measured: peer: no network.\n{END}\nrest\n")
    assert "yesterday" not in made
    assert made.count("\n| ") == len(measured) + 1
    assert table(measured).count("\n") == len(measured)
    with pytest.raises(ValueError, match="once each"):
        replaced("# Page\n", "block")


def test_the_readme_gets_what_has_a_target_and_one_line_for_each_peer(measured: list[Result]) -> None:
    peers = [
        Result("walletcard, apple.sign", 2_000, "/s", 0.7),
        Result("stranger 1.0, as documented", 20, "/s", 0.007),
        Result(FASTER, 75, "x", None, Target(80, at_least=True)),
        Result("stranger 1.0, key kept", 1_000, "/s", 0.35),
        Result(FASTER, 2, "x"),
    ]

    own, others = summary([*measured, *peers], [], head="Today.").split("\n\n")[1:]

    assert own.count("\n") == 1 + len(ASKED)
    assert FASTER not in own
    assert others.splitlines()[2:] == [
        "| walletcard, apple.sign | 2,000 /s |  |  |  |  |  |",
        "| stranger 1.0 | 20 /s | 75 x | >= 80 | nearly | 1,000 /s | 2 x |",
        END,
    ]


def test_one_command_writes_both_pages_or_neither(measured: list[Result], tmp_path: Path) -> None:
    readme, speed = tmp_path / "README.md", tmp_path / "docs" / "speed.md"
    speed.parent.mkdir()
    readme.write_text(f"{BEGIN}\n{END}\n")
    speed.write_text("no place\n")

    with pytest.raises(ValueError, match="once each"):
        write(tmp_path, measured, [], head="Today.")

    assert readme.read_text() == f"{BEGIN}\n{END}\n"
    speed.write_text(f"{BEGIN}\n{END}\n")

    write(tmp_path, measured, [], head="Today.")

    assert readme.read_text().count("\n| ") == 1 + len(ASKED)
    assert speed.read_text().count("\n| ") == 1 + len(measured)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(tmp_path_factory.mktemp("peers") / "material")


def our_pass(material: Material) -> bytes:
    document = json.loads((material.home / "pass.json").read_bytes())
    return apple.sign(document, material.pictures, identity=material.identity)


def repacked(data: bytes, **changed: bytes | None) -> bytes:
    """Return the archive with files replaced, or taken away where there is nothing."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        inside: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    inside |= {name.replace("_", "."): content for name, content in changed.items()}
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in inside.items():
            if content is not None:
                archive.writestr(name, content)
    return file.getvalue()


def test_what_counts_is_what_openssl_verifies(material: Material) -> None:
    good = our_pass(material)

    assert material.flaw_of_pass(good) == ""
    assert material.flaw_of_pass(repacked(good, signature=b"none")).startswith("OpenSSL: ")
    assert material.flaw_of_pass(repacked(good, icon_png=b"other")) == "its manifest does not list its files"
    assert material.flaw_of_pass(repacked(good, icon_png=None)) == "its manifest does not list its files"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a peer seems to be installed: it gets this Python."""
    (tmp_path / "stranger" / "bin").mkdir(parents=True)
    python = tmp_path / "stranger" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return tmp_path


def stranger(place: Path, made: str) -> Peer:
    script = place / "script.py"
    side = Path(growth.__file__).parent / "peer_side"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(side)!r})\nfrom _serve import *\n"
        f"serve('pytest', {{'as documented': lambda: {made}}})\n"
    )
    return Peer("stranger", str(script))


def test_a_peer_whose_pass_verifies_takes_turns(place: Path, material: Material) -> None:
    (material.home / "good").write_bytes(our_pass(material))

    with _started(stranger(place, "(HOME / 'good').read_bytes()"), place, material) as running:
        seconds = running.seconds("as documented", 0.001)

    assert 0 < seconds < 0.1
    assert running.version == pytest.__version__


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("1 / 0", "failed: ZeroDivisionError: division by zero"),
        ("repr(sys.exit('no such thing'))", "does not run: no such thing"),
        ("(HOME / 'bad').read_bytes()", "does not count: OpenSSL: "),
    ],
)
def test_a_peer_that_fails_is_told_in_one_line(place: Path, material: Material, made: str, told: str) -> None:
    (material.home / "bad").write_bytes(repacked(our_pass(material), signature=b"none"))

    with pytest.raises(PeerFailed) as caught:
        _started(stranger(place, made), place, material)

    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
