"""The two stamp card examples, run as a reader runs them, and what they wrote judged by tools that are not ours."""

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest

import walletcard as wc
from walletcard import testing

ROOT = Path(__file__).parents[2]
NAMES = ("stamp_card", "spa_hebrew")
FILES = {
    "card.json",
    "card.pkpass",
    "preview.html",
    "save-link.txt",
    "strip@3x.png",
    "throwaway-google-public.pem",
    "throwaway-root.pem",
}


@dataclass(frozen=True)
class Run:
    """What one example printed and wrote."""

    folder: Path
    printed: str

    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.folder / "card.pkpass") as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def pass_json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.members()["pass.json"])
        return found

    def token(self) -> str:
        url = (self.folder / "save-link.txt").read_text().strip()
        assert url.startswith("https://pay.google.com/gp/v/save/")
        return url.removeprefix("https://pay.google.com/gp/v/save/")


def run(name: str, folder: Path, *options: str) -> Run:
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py"), "--out", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return Run(folder, done.stdout)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    return {name: run(name, tmp_path_factory.mktemp(name)) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_written_and_named(runs: dict[str, Run], name: str) -> None:
    made = runs[name]

    assert {path.name for path in made.folder.iterdir()} == FILES
    assert all(file in made.printed for file in FILES)
    assert "phones refuse it" in made.printed


def test_the_day_at_the_till_is_told(runs: dict[str, Run]) -> None:
    told = [line[32:].split(maxsplit=1) for line in runs["stamp_card"].printed.splitlines()[:7]]

    assert told == [
        ["applied", "8 stamps added: 8 of 9."],
        ["applied", "Stamp added: 9 of 9. Ready: Free coffee."],
        ["duplicate", "Already done: 9 of 9."],
        ["refused", "Too soon: again from 10:10."],
        ["applied", "3 stamps added: 3 of 9."],
        ["applied", "Redeemed: Free coffee."],
        ["applied", "3 stamps added: 6 of 9."],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_openssl_verifies_the_signature(runs: dict[str, Run], name: str, tmp_path: Path) -> None:
    members = runs[name].members()
    for file in ("manifest.json", "signature"):
        (tmp_path / file).write_bytes(members[file])
    root = runs[name].folder / "throwaway-root.pem"

    done = subprocess.run(
        ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-content", "manifest.json", "-in", "signature",
         "-CAfile", str(root), "-purpose", "any"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    shown = subprocess.run(
        ["openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", "signature"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout == members["manifest.json"]
    assert "signingTime" in shown
    assert "Pass Type ID: pass." in shown
    assert shown.count("not Apple") >= 2
    assert "Worldwide Developer Relations" in shown


@pytest.mark.parametrize("name", NAMES)
def test_the_archive_holds_what_the_manifest_says(runs: dict[str, Run], name: str) -> None:
    data = (runs[name].folder / "card.pkpass").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    members = runs[name].members()
    manifest = json.loads(members["manifest.json"])

    assert names == sorted(names)
    assert not any(file.endswith("/") or "/" in file for file in names)
    assert manifest.keys() == members.keys() - {"manifest.json", "signature"}
    for file, digest in manifest.items():
        assert hashlib.sha1(members[file]).hexdigest() == digest  # noqa: S324  # Apple's manifest is SHA-1
    for size in ("", "@2x", "@3x"):
        assert {f"icon{size}.png", f"strip{size}.png"} <= members.keys()


def test_the_pass_shows_acceptance_card_5_1(runs: dict[str, Run]) -> None:
    document = runs["stamp_card"].pass_json()
    card = document["storeCard"]

    assert document["description"] == "Copper Kettle Coffee stamp card"
    assert document["organizationName"] == "Copper Kettle"
    assert document["logoText"] == "Copper Kettle Coffee"
    assert document["serialNumber"] == "copper-kettle.CK-7F3A29"
    assert document["backgroundColor"] == "rgb(59, 36, 24)"
    assert document["barcodes"][0]["message"] == document["barcodes"][0]["altText"] == "CK-7F3A29"
    assert shown(card["headerFields"]) == [("STAMPS", "6 of 9")]
    assert not card.get("primaryFields")
    assert shown(card["secondaryFields"]) == [("NEXT REWARD", "Free coffee"), ("TO GO", "3 coffees")]
    assert shown(card["auxiliaryFields"]) == [("MEMBER", "Priya S.")]
    assert shown(card["backFields"]) == [
        ("How it works", "Buy 9 coffees and the 10th is on us. Show this card when you pay."),
        ("Rewards ready", "None yet"),
        ("Terms", "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days."),
        ("Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16."),
    ]
    assert changes(card) == {"stamps": "Stamp added: %@"}


def test_the_pass_shows_acceptance_card_5_2(runs: dict[str, Run]) -> None:
    document = runs["spa_hebrew"].pass_json()
    card = document["storeCard"]

    assert document["description"] == "כרטיס חותמות של לוטוס ספא"
    assert shown(card["headerFields"]) == [("ביקורים", "4 מתוך 6")]
    assert not card.get("primaryFields")
    assert shown(card["secondaryFields"]) == [("ההטבה הבאה", "שדרוג ל־75 דקות"), ("נותרו", "עוד שני ביקורים")]
    assert shown(card["auxiliaryFields"]) == [("שם", "נועה לוי")]
    assert shown(card["backFields"]) == [
        (
            "איך זה עובד",
            "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות.",
        ),
        ("הטבות מוכנות", "אין כרגע"),
        ("תנאים", "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים."),
        ("יצירת קשר", "רחוב הגפן 8, זכרון יעקב. טלפון 04-555-0142"),
    ]
    assert changes(card) == {"stamps": "נוספה חותמת: %@"}


def shown(fields: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(field["label"], field["value"]) for field in fields]


def changes(card: dict[str, Any]) -> dict[str, str]:
    fields = (field for group in card.values() for field in group)
    return {field["key"]: field["changeMessage"] for field in fields if "changeMessage" in field}


def test_the_card_is_stored_and_its_cycle_is_the_second(runs: dict[str, Run]) -> None:
    card = wc.Card.from_json((runs["stamp_card"].folder / "card.json").read_bytes())

    assert (card.stamps, card.cycle, [voucher.state for voucher in card.vouchers]) == (6, 2, ["redeemed"])


@pytest.mark.parametrize("name", NAMES)
def test_a_jwt_library_and_openssl_verify_the_link(runs: dict[str, Run], name: str, tmp_path: Path) -> None:
    token, public = runs[name].token(), runs[name].folder / "throwaway-google-public.pem"
    signed, _, signature = token.rpartition(".")
    (tmp_path / "signature").write_bytes(base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)))

    claims = jwt.decode(
        token, public.read_bytes(), algorithms=["RS256"], audience="google", options={"verify_iat": False}
    )
    done = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", str(public), "-signature", str(tmp_path / "signature")],
        input=signed.encode(), capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert len(token) <= 1800
    assert (claims["typ"], claims["origins"]) == ("savetowallet", [])
    assert claims["payload"].keys() == {"loyaltyClasses", "loyaltyObjects"}
    assert "form compact" in runs[name].printed


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_apples_strip_at_3x(runs: dict[str, Run], name: str) -> None:
    picture = wc.Picture((runs[name].folder / "strip@3x.png").read_bytes())

    assert (picture.width, picture.height) == (1125, 432)
    assert picture.png == runs[name].members()["strip@3x.png"]


def test_with_real_files_the_same_example_signs_with_them(tmp_path: Path) -> None:
    identity = testing.throwaway_identity(at=datetime.now(UTC))
    account = testing.throwaway_service_account()
    given = {
        "pass.p12": identity.p12("kettle"),
        "password.txt": b"kettle\n",
        "wwdr.pem": identity.intermediate_pem,
        "key.json": account.to_json().encode(),
    }
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)

    made = run(
        "stamp_card", tmp_path / "out", "--p12", str(tmp_path / "pass.p12"),
        "--password-file", str(tmp_path / "password.txt"), "--wwdr", str(tmp_path / "wwdr.pem"),
        "--service-account", str(tmp_path / "key.json"), "--issuer-id", "3388000000099999999",
        "--logo-url", "https://example.org/kettle.png",
    )  # fmt: skip

    assert {path.name for path in made.folder.iterdir()} == {name for name in FILES if "throwaway" not in name}
    assert "phones refuse it" not in made.printed
    assert "kettle\n" not in made.printed.splitlines()
    claims = jwt.decode(made.token(), options={"verify_signature": False})
    assert claims["payload"]["loyaltyObjects"][0]["id"] == "3388000000099999999.copper-kettle.CK-7F3A29"
    assert claims["payload"]["loyaltyClasses"][0]["programLogo"]["sourceUri"]["uri"] == "https://example.org/kettle.png"


def test_openssl_is_here() -> None:
    assert shutil.which("openssl")
