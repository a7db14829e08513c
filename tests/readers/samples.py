"""The passes that other programs are asked to read: every style, two languages, from the right, several in one file."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from _six_cards import members
from tests import kinds

import walletcard as wc
from walletcard import apple, render, testing
from walletcard.model import Barcode

AT: Final = datetime(2026, 11, 21, 10, tzinfo=UTC)
HEBREW: Final = "couples-he-en"
VERIFY: Final = "openssl cms -verify -inform DER -binary -content manifest.json -in signature -CAfile root.pem"

_CODES: Final = {
    "gift": Barcode(message="SW-8H2K4V", alt="SW-8H2K4V"),
    "offer": Barcode(message="WIN-0042", alt="WIN-0042", format="aztec"),
    "generic": Barcode(message="AP-77K2", alt="AP-77K2", format="pdf417"),
    "event": Barcode(message="WS-118"),
}
_FERRY: Final[dict[str, Any]] = {
    "formatVersion": 1,
    "serialNumber": "ferry-20260714-17A",
    "organizationName": "Inselfähre",
    "description": "Überfahrt nach Juist",
    "logoText": "Inselfähre",
    "backgroundColor": "rgb(10, 61, 98)",
    "foregroundColor": "rgb(255, 255, 255)",
    "labelColor": "rgb(160, 205, 235)",
    "expirationDate": "2027-07-14T23:59:00Z",
    "barcodes": [
        {"format": "PKBarcodeFormatQR", "message": "FÄHRE-17A", "messageEncoding": "utf-8", "altText": "17A"},
    ],
    "boardingPass": {
        "transitType": "PKTransitTypeBoat",
        "headerFields": [{"key": "deck", "label": "DECK", "value": "2"}],
        "primaryFields": [
            {"key": "from", "label": "NORDDEICH", "value": "NDD"},
            {"key": "to", "label": "JUIST", "value": "JUI"},
        ],
        "auxiliaryFields": [{"key": "sails", "label": "ABFAHRT", "value": "14. Juli, 9:30"}],
        "secondaryFields": [{"key": "who", "label": "FAHRGAST", "value": "Jürgen Groß"}],
        "backFields": [{"key": "terms", "label": "Hinweis", "value": "Bitte 20 Minuten vorher da sein."}],
    },
}  # fmt: skip


class Sample(NamedTuple):
    """One pass as a file.

    Attributes:
        name: The file's name without its ending.
        content: The file.
        language: What the person reads who opens it.
    """

    name: str
    content: bytes
    language: str

    def document(self) -> dict[str, Any]:
        """Return its pass.json as this person should see it: every text in their language."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as opened:
            document = json.loads(opened.read("pass.json"))
        shown: dict[str, Any] = _spoken(document, apple.read(self.content).languages.get(self.language, {}))
        return shown

    def put(self, folder: Path) -> Path:
        """Write it into a folder, and return where it is."""
        path = folder / f"{self.name}-{self.language}.pkpass"
        path.write_bytes(self.content)
        return path


def samples(identity: testing.ThrowawayIdentity) -> list[Sample]:
    """Return one pass of each kind."""
    made = []
    for name, program, card, at in members():
        face = wc.face(program, card, at=at)
        made.append(Sample(name, wc.make_pkpass(face, identity=identity, at=AT), program.locale[:2]))
    for kind, make in kinds.KINDS.items():
        face = replace(make(), barcode=_CODES[kind])
        made.append(Sample(kind, wc.make_pkpass(face, identity=identity, at=AT), face.locale[:2]))
    both = _in_two_languages(identity)
    made += [Sample(HEBREW, both, "he"), Sample(HEBREW, both, "en")]
    return [*made, Sample("ferry", _ferry(identity), "de")]


def bundled(made: list[Sample]) -> tuple[bytes, list[Sample]]:
    """Return three passes as one file, and each as it lies in there."""
    chosen = made[:3]
    whole = apple.bundle([one.content for one in chosen])
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        inside = [opened.read(name) for name in sorted(opened.namelist())]
    return whole, [
        Sample(f"bundle-{one.name}", content, one.language) for one, content in zip(chosen, inside, strict=True)
    ]


def verified(content: bytes, root: bytes, folder: Path) -> str:
    """Return what OpenSSL says against a pass; nothing when it is content."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in ("manifest.json", "signature"):
            (folder / name).write_bytes(opened.read(name))
    (folder / "root.pem").write_bytes(root)
    ran = subprocess.run([*VERIFY.split(), "-purpose", "any"], cwd=folder, capture_output=True, check=False)
    return "" if ran.returncode == 0 else ran.stderr.decode(errors="replace")


def _in_two_languages(identity: testing.ThrowawayIdentity) -> bytes:
    hebrew = kinds.event(id="WS-119")
    english = kinds.event(
        id="WS-119",
        locale="en",
        title="Couples' massage",
        issuer="Lotus Spa",
        description="Ticket to a couples' massage workshop",
        member="Noa Levi",
    )
    return wc.make_pkpass(hebrew, identity=identity, translations=(english,), at=AT)


def _ferry(identity: testing.ThrowawayIdentity) -> bytes:
    files = {name: one for name, one in render.pictures(kinds.gift(), wallet="apple").items() if "icon" in name}
    return apple.sign(_FERRY, files, identity=identity, at=AT)


def _spoken(value: Any, texts: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spoken(one, texts) for key, one in value.items()}
    if isinstance(value, list):
        return [_spoken(one, texts) for one in value]
    return texts.get(value, value) if isinstance(value, str) else value
