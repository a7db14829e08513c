import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.apple import chain

from walletcard.__main__ import main
from walletcard.apple import Identity
from walletcard.apple._describing import examined

SECRET = "hunter2-Kettle"


def p12(**more: Any) -> bytes:
    return chain.p12(of=chain.key(), certificate=chain.leaf(**more), password=SECRET.encode())


def run(tmp_path: Path, content: bytes, *more: str, password: str | None = SECRET, ending: bytes = b"\n") -> list[str]:
    (tmp_path / "pass.p12").write_bytes(content)
    (tmp_path / "word").write_bytes(f"{password}".encode() + ending)
    word = ["--password-file", str(tmp_path / "word")] if password is not None else []
    return ["identity", str(tmp_path / "pass.p12"), *word, "--at", chain.AT.isoformat(), *more]


def test_description_says_it_all(identity: Identity) -> None:
    assert identity.describe(chain.AT) == (
        'pass.test.card of team ABCDE12345 ("Test Shop"), until 2027-11-21 (365 days left), issued by G4, without NFC, '
        "needs AppleWWDRCAG4.cer"
    )


@pytest.mark.parametrize(
    ("days", "said"), [(364, "(1 day left)"), (365, "(0 days left)"), (366, "expired on 2027-11-21")]
)
def test_description_counts_the_days(identity: Identity, days: int, said: str) -> None:
    assert said in identity.describe(chain.AT + timedelta(days=days))


def test_description_tells_nfc() -> None:
    made = Identity.from_pem(
        certificate=chain.der(chain.leaf(nfc=True)),
        key=chain.key_bytes(chain.key()),
        intermediate=chain.der(chain.authority()),
    )

    assert ", with NFC, " in made.describe(chain.AT)


def test_command_describes_a_p12(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(run(tmp_path, p12()))

    said = capsys.readouterr().out
    assert status == 0
    assert "pass.test.card of team ABCDE12345" in said
    assert "365 days left" in said
    assert SECRET not in said


def test_command_speaks_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(run(tmp_path, p12(nfc=True), "--json")) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["pass_type"] == "pass.test.card"
    assert found["nfc"] is True
    assert found["needs"] == "AppleWWDRCAG4.cer"
    assert found["days_left"] == 365
    assert found["issues"] == []


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b"\n\n", b"\nof the shop's pass\n"])
def test_the_password_is_the_first_line_of_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: bytes
) -> None:
    assert main(run(tmp_path, p12(), ending=ending)) == 0
    assert "pass.test.card of team" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "password", "code"),
    [
        (p12(), "wrong", "key.password"),
        (p12(), None, "key.password"),
        (p12(purposes=()), SECRET, "key.purpose"),
        (p12(last=chain.AT - timedelta(days=1)), SECRET, "key.expired"),
        (p12(unit=None), SECRET, "key.ids"),
        (p12(last=chain.AT + timedelta(days=5)), SECRET, "key.expires-soon"),
        (chain.der(chain.leaf()), None, "key.missing"),
        (chain.pem(chain.leaf()), None, "key.missing"),
        (chain.pem(chain.leaf()) + chain.key_bytes(chain.key("other")), None, "key.mismatch"),
        (chain.pem(chain.leaf()) + chain.key_bytes(chain.key()) * 2, None, "key.several"),
        (chain.pem(chain.leaf()) + chain.key_bytes(chain.key()) + chain.pem(chain.authority(unit="G3")), None,
         "key.intermediate"),
        (chain.der(chain.authority()), None, "key.ca"),
        (chain.key_bytes(chain.key()), None, "key.kind"),
        (b"", None, "key.format"),
    ],
)  # fmt: skip
def test_command_says_what_keeps_it_from_signing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, password: str | None, code: str
) -> None:
    status = main(run(tmp_path, content, "--json", password=password))

    issues = json.loads(capsys.readouterr().out)["issues"]
    assert code in {one["code"] for one in issues}
    assert all(one["hint"] for one in issues)
    assert status == (1 if any(one["severity"] == "error" for one in issues) else 0)


def of_two(tmp_path: Path, certificate: bytes, key: bytes, *more: str) -> list[str]:
    (tmp_path / "pass.cer").write_bytes(certificate)
    (tmp_path / "pass.key").write_bytes(key)
    return [
        "identity", str(tmp_path / "pass.cer"), "--key", str(tmp_path / "pass.key"), "--at", chain.AT.isoformat(), *more
    ]  # fmt: skip


def authority(tmp_path: Path, **more: Any) -> list[str]:
    (tmp_path / "wwdr.cer").write_bytes(chain.der(chain.authority(**more)))
    return ["--intermediate", str(tmp_path / "wwdr.cer")]


def test_command_takes_certificate_and_key_from_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = of_two(tmp_path, chain.der(chain.leaf()), chain.key_bytes(chain.key()))

    assert main([*given, *authority(tmp_path)]) == 0

    [line] = capsys.readouterr().out.splitlines()
    assert "pass.cer: pass.test.card of team ABCDE12345" in line


@pytest.mark.parametrize(
    ("certificate", "key", "code", "hint"),
    [
        (chain.leaf(), chain.key_bytes(chain.key("other")), "key.mismatch", "the key that made the signing request"),
        (chain.leaf(), chain.pem(chain.leaf()), "key.kind", "the two files may be swapped"),
        (chain.leaf(), p12(), "key.kind", "give it alone"),
    ],
)
def test_what_two_files_have_against_each_other_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], certificate: Any, key: bytes, code: str, hint: str
) -> None:
    assert main(of_two(tmp_path, chain.der(certificate), key, "--json")) == 1

    [issue] = json.loads(capsys.readouterr().out)["issues"]
    assert issue["code"] == code
    assert hint in issue["hint"]


@pytest.mark.parametrize(("unit", "fits"), [("G4", True), ("G3", False)])
def test_a_certificate_alone_is_held_against_the_intermediate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, fits: bool
) -> None:
    given = run(tmp_path, chain.pem(chain.leaf()), *authority(tmp_path, unit=unit), password=None)

    assert main(given) == (0 if fits else 1)

    said = capsys.readouterr().out
    assert "no private key in this file; signing needs it too: export both, or give the key's file with --key" in said
    assert ("this is G3" in said) is not fits
    assert "swapped" not in said


def test_a_key_alone_is_told_what_goes_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(run(tmp_path, chain.key_bytes(chain.key()), *authority(tmp_path), password=None)) == 1

    said = capsys.readouterr().out
    assert "is a private key, not a certificate; give the certificate, and this file with --key" in said


def test_an_intermediate_alone_says_what_it_is_and_what_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(run(tmp_path, chain.pem(chain.authority()), *authority(tmp_path), password=None)) == 1

    first, *rest = capsys.readouterr().out.splitlines()
    assert "the authority's certificate G4" in first
    assert first.endswith("it goes beside a pass certificate, and signs none")
    assert "of team" not in first
    [line] = rest
    assert line.endswith('pass the "Pass Type ID" certificate here, this one with --intermediate')


def test_a_certificate_that_names_nobody_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(run(tmp_path, p12(unit=None))) == 1
    assert "pass.test.card of team unknown" in capsys.readouterr().out


def test_command_on_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identity", str(tmp_path / "none.p12")]) == 1
    assert "no such file" in capsys.readouterr().out


def test_whole_chain_in_one_pem_is_fine() -> None:
    content = chain.pem(chain.authority()) + chain.pem(chain.leaf()) + chain.key_bytes(chain.key())

    found, issues = examined(content, password=None, at=chain.AT)

    assert (found["pass_type"], issues) == (chain.PASS_TYPE, ())


WHOLE = chain.pem(chain.leaf()) + chain.key_bytes(chain.key())
LEAVES = [pytest.param(chain.der(chain.leaf()), None, id="cer"), pytest.param(chain.pem(chain.leaf()), None, id="pem"),
          pytest.param(WHOLE, None, id="pem with key"), pytest.param(p12(), SECRET, id="p12")]  # fmt: skip


@pytest.mark.parametrize(("content", "password"), LEAVES)
@pytest.mark.parametrize(
    ("intermediate", "codes"),
    [
        (chain.authority(), set()),
        (chain.authority(unit="G3"), {"key.intermediate"}),
        (chain.authority(last=chain.AT - timedelta(days=1)), {"key.expired"}),
        (None, {"key.format"}),
    ],
    ids=["fits", "another", "expired", "no certificate"],
)
def test_command_says_whether_the_intermediate_fits(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    password: str | None,
    intermediate: Any,
    codes: set[str],
) -> None:
    (tmp_path / "above.cer").write_bytes(b"none" if intermediate is None else chain.der(intermediate))

    status = main(run(tmp_path, content, "--json", "--intermediate", str(tmp_path / "above.cer"), password=password))

    issues = json.loads(capsys.readouterr().out)["issues"]
    assert {(one["code"], one["where"]) for one in issues if one["where"] != "key"} == {
        (code, "intermediate") for code in codes
    }
    assert status == (1 if codes else 0)
