"""Passes of every shape, right ones and each wrong one, laid out by hand."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.apple import chain
from tests.apple.conftest import png

from walletcard.apple._archive import archive, manifest
from walletcard.apple._cms import Layout

DOCUMENT: dict[str, Any] = {
    "formatVersion": 1,
    "passTypeIdentifier": chain.PASS_TYPE,
    "teamIdentifier": chain.TEAM,
    "serialNumber": "CK-1",
    "organizationName": "Copper Kettle",
    "description": "Stamp card",
    "storeCard": {"primaryFields": [{"key": "left", "label": "To go", "value": 3}]},
}
SHARED = Path(__file__).parents[2].parent / "shared"


def shared(*parts: str) -> bytes:
    """Return a file of the folder beside the repository, or skip."""
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"the folder of real passes is not beside the repository: no {'/'.join(parts)}")
    return path.read_bytes()


def files(**changed: Any) -> dict[str, bytes]:
    return {"pass.json": json.dumps({**DOCUMENT, **changed}).encode(), "icon.png": png(38, 38)}


def signature(
    listed: bytes,
    *,
    leaf: x509.Certificate | None = None,
    issuer: x509.Certificate | bytes | None = None,
    key: rsa.RSAPrivateKey | None = None,
    at: datetime = chain.AT,
) -> bytes:
    """Return what an identity would make, of certificates that no identity would take."""
    own = key or chain.key()
    layout = Layout(
        certificate=chain.der(leaf or chain.leaf()),
        intermediate=issuer if isinstance(issuer, bytes) else chain.der(issuer or authority()),
        signature_size=own.key_size // 8,
    )
    digest = hashlib.sha256(listed).digest()
    return layout.fill(digest=digest, at=at, sign=lambda data: own.sign(data, padding.PKCS1v15(), hashes.SHA256()))


def packed(content: Mapping[str, bytes] | None = None, **options: Any) -> bytes:
    """Return a pass of some files."""
    inside = files() if content is None else dict(content)
    listed = manifest(inside)
    return archive({**inside, "manifest.json": listed, "signature": signature(listed, **options)})


_AUTHORITY: list[x509.Certificate] = []


def authority() -> x509.Certificate:
    """Return the one authority that tests trust."""
    if not _AUTHORITY:
        _AUTHORITY.append(chain.authority(organization="A test, not Apple"))
    return _AUTHORITY[0]


def leaf(**options: Any) -> x509.Certificate:
    return chain.leaf(issuer=authority(), **options)


def signed_again(data: bytes, *, without: tuple[str, ...]) -> bytes:
    """Return a signature without some of its attributes, signed again; without any when all are named."""
    whole = cms.ContentInfo.load(data)
    signer = whole["content"]["signer_infos"][0]
    kept = [one for one in signer["signed_attrs"] if one["type"].native not in without]
    signer["signed_attrs"] = cms.CMSAttributes(kept)
    signed = signer["signed_attrs"].dump()
    signer["signature"] = chain.key().sign(b"\x31" + signed[1:], padding.PKCS1v15(), hashes.SHA256())
    return bytes(whole.dump(force=True))


def without_attributes(data: bytes, listed: bytes) -> bytes:
    whole = cms.ContentInfo.load(data)
    signer = whole["content"]["signer_infos"][0]
    fields = {name: signer[name] for name in ("version", "sid", "digest_algorithm", "signature_algorithm")}
    made = chain.key().sign(listed, padding.PKCS1v15(), hashes.SHA256())
    whole["content"]["signer_infos"] = [cms.SignerInfo({**fields, "signature": core.OctetString(made)})]
    return bytes(whole.dump(force=True))


def later(**by: int) -> datetime:
    return chain.AT + timedelta(**by)


class Member:
    """One file of an archive whose every header can lie."""

    def __init__(self, name: str | bytes, body: bytes = b"", *, method: int = 0, **lies: Any) -> None:
        self.name = name if isinstance(name, bytes) else name.encode("utf-8")
        self.body, self.method, self.lies = body, method, lies
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.stream: bytes = packer.compress(body) + packer.flush() if method == 8 else body

    def of(self, name: str, value: Any) -> Any:
        return self.lies.get(name, value)


def zipped(*members: Member, front: bytes = b"", behind: bytes = b"", **lies: Any) -> bytes:
    """Return an archive; ``lies`` go into the end of its directory."""
    out, directory = front, b""
    for one in members:
        place = len(out)
        shared = (one.method, 0, 0x21, zlib.crc32(one.body), len(one.stream), len(one.body))
        flags = one.of("flags", 0x0800)
        local_name: bytes = one.of("local_name", one.name)
        out += struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, flags, *shared, len(local_name), 0) + local_name
        out += one.stream
        told = (one.of("method", one.method), 0, 0x21, one.of("crc", zlib.crc32(one.body)))
        sizes = (one.of("packed", len(one.stream)), one.of("size", len(one.body)))
        mode = one.of("mode", 0o100644) << 16
        offset = one.of("offset", place)
        extra: bytes = one.of("extra", b"")
        head = (b"PK\x01\x02", 0x0314, 20, flags, *told, *sizes, len(one.name), len(extra), 0, 0, 0, mode, offset)
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", *head) + one.name + extra
    count = lies.get("entries", len(members))
    end = (b"PK\x05\x06", 0, 0, count, count, lies.get("directory", len(directory)), lies.get("start", len(out)), 0)
    before_end: bytes = lies.get("before_end", b"")
    return out + directory + before_end + struct.pack("<4sHHHHIIH", *end) + behind
