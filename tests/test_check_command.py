"""``python -m walletcard check``: the report, the lines of JSON, the exit status."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.apple import chain, forge
from tests.apple.forge import Member, zipped

from walletcard.__main__ import main

KEYS = ["file", "kind", "readable", "style", "properties", "verdict", "issues"]
PROPERTIES = ["archive", "manifest", "digest", "signature", "signing_time", "chain", "purpose", "ids", "current"]
AT = ("--at", "2026-11-21T10:00Z")


@pytest.fixture
def root(tmp_path: Path) -> str:
    path = tmp_path / "root.pem"
    path.write_bytes(chain.pem(forge.authority()))
    return str(path)


@pytest.fixture
def card(tmp_path: Path) -> str:
    return saved(tmp_path, "card.pkpass", forge.packed(leaf=forge.leaf()))


def saved(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for one in found:
        assert list(one) == KEYS
        assert list(one["properties"]) == PROPERTIES
        assert set(one["properties"].values()) <= {"ok", "fails", "absent", "unknown"}
        for issue in one["issues"]:
            assert list(issue) == ["code", "where", "message", "hint", "severity"]
            assert issue["severity"] in ("error", "warning", "note")
    return found


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_an_authentic_pass_ends_with_0(
    card: str, root: str, strict: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", card, "--roots", root, "--json", *strict, *AT]) == 0

    [said] = lines(capsys)
    assert (said["file"], said["kind"], said["readable"], said["style"]) == (card, "pkpass", True, "storeCard")
    assert (said["verdict"], set(said["properties"].values())) == ("authentic", {"ok"})


def test_a_report_for_a_person_names_every_property(card: str, root: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", card, "--roots", root, *AT]) == 0

    said = capsys.readouterr().out
    assert said.startswith(f"{card}: authentic (storeCard)\n  signed by")
    for name in PROPERTIES:
        assert f"\n  {name.replace('_', ' '):<13} ok\n" in said


def test_one_bad_file_among_good_ones_ends_with_1(
    card: str, root: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = saved(tmp_path, "page.pkpass", b"<!DOCTYPE html>")
    files = [card, page, str(tmp_path / "nowhere.pkpass"), str(tmp_path)]

    assert main(["check", *files, "--roots", root, "--json", *AT]) == 1

    said = lines(capsys)
    assert [one["verdict"] for one in said] == ["authentic", "unreadable", "unreadable", "unreadable"]
    assert [one["issues"][0]["code"] for one in said[1:]] == ["zip.format", "file.missing", "file.folder"]
    assert not any(one["readable"] for one in said[1:])


def test_a_bundle_is_as_good_as_its_worst_pass(root: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bare = forge.packed(leaf=forge.leaf()), zipped(Member("pass.json", forge.files()["pass.json"]))
    bundle = saved(tmp_path, "two.pkpasses", zipped(Member("a.pkpass", good), Member("b.pkpass", bare)))
    fine = saved(tmp_path, "one.pkpasses", zipped(Member("a.pkpass", good)))

    assert main(["check", fine, "--roots", root, "--json", *AT]) == 0
    assert main(["check", bundle, "--roots", root, "--json", *AT]) == 1

    first, second = lines(capsys)
    assert (first["kind"], first["verdict"]) == ("pkpasses", "authentic")
    assert (second["kind"], second["verdict"]) == ("pkpasses", "unsigned")
    assert any(issue["where"].startswith('"b.pkpass" ') for issue in second["issues"])
    main(["check", bundle, "--roots", root, *AT])
    assert "a bundle of 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (forge.files()["pass.json"], 0),
        (forge.files(serialNumber=5)["pass.json"], 1),
        (forge.files()["pass.json"].replace(b"}}", b"},}"), 1),
        (b"{", 1),
        (b"[]", 1),
    ],
)
def test_a_bare_document_is_linted(
    text: bytes, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, "pass.json", text)

    assert main(["check", path, "--json"]) == status

    [said] = lines(capsys)
    assert said["kind"] == "pass.json"
    assert any(issue["severity"] == "error" for issue in said["issues"]) is bool(status)
    main(["check", path])
    assert capsys.readouterr().out.startswith(path)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["check"],
        ["check", "a.pkpass", "--at", "tomorrow"],
        ["check", "a.pkpass", "--at", "2026-11-21T10:00"],
        ["check", "a.pkpass", "--at", "1970-01-01T00:00Z"],
        ["check", "a.pkpass", "--roots", "nowhere.pem"],
        ["check", "a.pkpass", "--intermediates", __file__],
        ["check", "a.pkpass", "--wrong"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_line(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(options)

    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err.splitlines()[-1]


def test_it_runs_as_a_module_and_shows_what_the_terminal_can(tmp_path: Path) -> None:
    path = saved(tmp_path, "é\u202e.pkpass", b"no")

    done = subprocess.run(
        [sys.executable, "-m", "walletcard", "check", path],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": "src", "PYTHONUTF8": "1"},
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == b""
    assert b"unreadable" in done.stdout


@pytest.mark.parametrize("name", ["38db7c19e887", "f44ffb35a9e6", "863465802357"])
def test_real_passes_through_the_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data, known = forge.SHARED / "passes" / f"{name}.pkpass", forge.SHARED / "certs" / "WWDR-G4.pem"
    forge.shared("passes", f"{name}.pkpass")

    status = main(["check", str(data), "--json", "--intermediates", str(known), *AT])

    [said] = lines(capsys)
    assert (said["verdict"] == "authentic") is (name == "38db7c19e887")
    assert status == int(name != "38db7c19e887")
    if name == "863465802357":
        found = {issue["code"] for issue in said["issues"]}
        assert {"image.icon-missing", "id.mismatch", "chain.foreign"} <= found
    if name == "f44ffb35a9e6":
        assert any("messageEncoding" in issue["where"] for issue in said["issues"])
