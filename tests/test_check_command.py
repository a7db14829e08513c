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


def test_a_hint_names_the_options_of_the_shell(card: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", card, *AT]) == 1
    assert "give --roots if this is your own test authority" in capsys.readouterr().out

    assert main(["check", card, "--json", *AT]) == 1
    [said] = lines(capsys)
    assert any("--roots" in one["hint"] for one in said["issues"])
    assert not any("roots=" in one["hint"] for one in said["issues"])


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
        assert f"\n  {name.replace('_', ' '):<13} ok       " in said


def test_what_to_do_is_said_in_the_words_of_the_command_line(card: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", card, *AT]) == 1

    said = capsys.readouterr().out
    assert "give --roots if this is your own test authority" in said
    assert "roots=" not in said


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


def real(name: str) -> list[str]:
    """Return the arguments that judge a real pass with Apple's certificates."""
    known = [forge.SHARED / "certs" / f"WWDR-{one}.pem" for one in ("2008", "G1-2013", "G4")]
    forge.shared("passes", f"{name}.pkpass")
    given = [part for path in known for part in ("--intermediates", str(path))]
    return ["check", str(forge.SHARED / "passes" / f"{name}.pkpass"), *given, *AT]


AUTHENTIC = dict.fromkeys(PROPERTIES, "ok")
OLD = {**AUTHENTIC, "current": "fails"}
UNSIGNED = dict.fromkeys(("digest", "signature", "signing_time", "chain", "ids"), "absent")
UNTIMED = {"digest": "absent", "signing_time": "absent", "chain": "fails"}
# By name: style, verdict, properties, every error, and what else is known of it.
REAL: dict[str, tuple[str | None, str, dict[str, str], set[str], set[str]]] = {
    "87bdecf72125": ("boardingPass", "authentic", OLD, set(), {"json.lenient"}),
    "9510e274c1f7": ("coupon", "authentic", OLD, set(), set()),
    "a410690888d9": ("eventTicket", "authentic", OLD, set(), set()),
    "768c91f371a5": ("generic", "altered", {**OLD, "manifest": "fails"}, {"manifest.changed"}, set()),
    "24890b65bb63": ("coupon", "authentic", OLD, set(), set()),
    "12395c8c7ef5": ("coupon", "authentic", OLD, set(), set()),
    "38db7c19e887": ("coupon", "authentic", OLD, set(), {"chain.enclosed"}),
    "395731a03260": ("storeCard", "authentic", OLD, set(), {"chain.enclosed"}),
    "4378973eed7b": ("storeCard", "authentic", AUTHENTIC, set(), set()),
    "863465802357": (
        None, "untrusted", {**OLD, "chain": "fails", "purpose": "fails", "ids": "fails"},
        {"chain.foreign", "chain.expired", "chain.purpose", "id.mismatch", "style.missing", "image.icon-missing"},
        set(),
    ),
    "e6c2462942fe": (
        "storeCard", "untrusted", {**OLD, **UNTIMED},
        {"signature.time", "chain.expired", "link.insecure"}, {"chain.enclosed"},
    ),
    "f44ffb35a9e6": (
        "generic", "unsigned", {**AUTHENTIC, **UNSIGNED, "purpose": "unknown", "current": "unknown"},
        {"signature.missing", "id.missing", "json.required"}, {"json.required"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_passes_through_the_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    style, verdict, properties, errors, others = REAL[name]

    status = main([*real(name), "--json"])

    [said] = lines(capsys)
    assert status == int(verdict != "authentic")
    assert (said["kind"], said["readable"], said["style"]) == ("pkpass", True, style)
    assert (said["verdict"], said["properties"]) == (verdict, properties)
    assert {one["code"] for one in said["issues"] if one["severity"] == "error"} == errors
    assert {one["code"] for one in said["issues"] if one["severity"] != "error"} >= others
    if name == "f44ffb35a9e6":
        assert any("messageEncoding" in one["where"] for one in said["issues"])


@pytest.mark.parametrize("name", REAL)
def test_the_report_of_a_real_pass_can_be_read_by_a_person(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    style, verdict, properties, _, _ = REAL[name]

    main(real(name))

    first, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith(f"{name}.pkpass: {verdict}" + (f" ({style})" if style else ""))
    told = [line for line in rest if line.startswith("  ") and ":" not in line.split()[0]]
    for one, state in properties.items():
        assert sum(line.startswith(f"  {one.replace('_', ' '):<13} {state:<8} ") for line in told) == 1
    ranks = [line.split()[0] for line in rest if line.split()[0] in ("error:", "warning:", "note:")]
    assert ranks == sorted(ranks, key=("error:", "warning:", "note:").index)
    assert len(set(rest)) == len(rest)
    assert all(line.isprintable() and len(line) <= 260 for line in rest)
