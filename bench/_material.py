"""The same pass for every peer: keys, pictures and documents as files; and OpenSSL as the judge of what they make."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

import walletcard as wc
from bench._subject import AT, CLUB, member
from walletcard import apple, google, render, testing

ISSUER = "3388000000012345678"


class Material:
    """What all make their pass from.

    Attributes:
        home: The folder.
        identity: Who signs, in our own turns.
        account: Who signs links.
        face: The card.
        pictures: What goes with its pass.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.identity = testing.throwaway_identity(at=AT)
        self.account = testing.throwaway_service_account()
        self.face = wc.face(CLUB, member(6), at=AT)
        self.pictures = pictures = dict(render.pictures(self.face, wallet="apple"))
        document = apple.pass_json(self.face, identity=self.identity, pictures=pictures)
        made = google.resources(self.face, issuer_id=ISSUER)
        files = {
            **_pems(self.identity),
            "pass.json": _bytes(document),
            "google.json": self.account.to_json().encode(),
            "google-class.json": made.class_json,
            "google-object.json": made.object_json,
            "google-public.pem": self.account.public_pem,
            **{f"pictures/{name}": picture.png for name, picture in pictures.items()},
        }
        (home / "pictures").mkdir(parents=True)
        for name, content in files.items():
            (home / name).write_bytes(content)

    def flaw_of_pass(self, data: bytes) -> str:
        """Return why a pass does not count; nothing when OpenSSL and the manifest agree with it."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
        listed = json.loads(inside["manifest.json"])
        rest = {name: content for name, content in inside.items() if name not in ("manifest.json", "signature")}
        hashed = {name: hashlib.sha1(content, usedforsecurity=False).hexdigest() for name, content in rest.items()}
        if listed != hashed:
            return "its manifest does not list its files"
        missing = {path.name for path in (self.home / "pictures").iterdir()} - rest.keys()
        if missing:
            return f"pictures are missing: {sorted(missing)}"
        return self._openssl_cms(inside)

    def _openssl_cms(self, inside: dict[str, bytes]) -> str:
        for name in ("manifest.json", "signature"):
            (self.home / name).write_bytes(inside[name])
        line = (
            "openssl cms -verify -binary -inform DER -content manifest.json -in signature -CAfile root.pem -purpose any"
        )
        done = _run(line, self.home)
        if done.returncode or done.stdout != inside["manifest.json"]:
            return f"OpenSSL: {_last_line(done.stderr) or 'signs something else than the manifest'}"
        return ""

    def flaw_of_link(self, data: bytes) -> str:
        """Return why a save link does not count."""
        signed, _, signature = data.decode().rpartition("/")[2].rpartition(".")
        (self.home / "link-signature").write_bytes(base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)))
        (self.home / "link-signed").write_bytes(signed.encode())
        line = "openssl dgst -sha256 -verify google-public.pem -signature link-signature link-signed"
        done = _run(line, self.home)
        return f"OpenSSL: {_last_line(done.stderr)}" if done.returncode else ""


def _bytes(document: object) -> bytes:
    return json.dumps(document).encode()


def _run(line: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(line.split(), cwd=home, capture_output=True, check=False)  # noqa: S603  # our own words


def _last_line(told: bytes) -> str:
    return (told.decode(errors="replace").strip().splitlines() or [""])[-1][:160]


def _pems(identity: testing.ThrowawayIdentity) -> dict[str, bytes]:
    """Return key and certificates as the peers want them; the key without a password, which spares them its work."""
    key, leaf, _ = pkcs12.load_key_and_certificates(identity.p12(), None)
    assert key is not None  # noqa: S101
    assert isinstance(leaf, x509.Certificate)  # noqa: S101
    form, unlocked = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    return {
        "key.pem": key.private_bytes(serialization.Encoding.PEM, form, unlocked),
        "certificate.pem": leaf.public_bytes(serialization.Encoding.PEM),
        "wwdr.pem": identity.intermediate_pem,
        "root.pem": identity.root_pem,
    }
