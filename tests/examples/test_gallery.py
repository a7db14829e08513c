"""The gallery, run as a reader runs it: six cards, each for both wallets, each verified by OpenSSL."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("cafe-en", "spa-he", "massage-ru", "therapy-zh", "carwash-fa", "gift-en")
ENDINGS = ("pkpass", "pass.json", "google.json", "html", "strip@3x.png")
EXPECTED = json.loads((ROOT / "tests" / "acceptance" / "cards.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gallery")
    command = [sys.executable, str(ROOT / "examples" / "gallery.py"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_every_file_of_every_card_is_there(gallery: Path) -> None:
    expected = {f"{name}.{ending}" for name in NAMES for ending in ENDINGS} | {"throwaway-root.pem"}

    assert {path.name for path in gallery.iterdir()} == expected


@pytest.mark.parametrize("name", NAMES)
def test_openssl_verifies_it(gallery: Path, name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(gallery / f"{name}.pkpass") as archive:
        archive.extractall(tmp_path)

    done = subprocess.run(
        ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-content", "manifest.json", "-in", "signature",
         "-CAfile", str(gallery / "throwaway-root.pem"), "-purpose", "any"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_the_written_documents_are_those_of_the_acceptance_card(gallery: Path, name: str) -> None:
    document = json.loads((gallery / f"{name}.pass.json").read_text(encoding="utf-8"))
    google = json.loads((gallery / f"{name}.google.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(gallery / f"{name}.pkpass") as archive:
        signed = json.loads(archive.read("pass.json"))

    assert signed == document
    assert google.keys() == {"class", "object"}
    for group in ("header", "primary", "secondary", "auxiliary", "back"):
        fields = document["storeCard"].get(f"{group}Fields", [])
        assert {field["label"]: field["value"] for field in fields} == EXPECTED[name]["apple"][group]
    texts = json.dumps(google, ensure_ascii=False)
    assert EXPECTED[name]["image_alt"] in texts
    assert EXPECTED[name]["alt"] in texts
