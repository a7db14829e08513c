"""The catalogue of bad inputs (images, barcodes, dates and places, keys, pass.json), row by row.

Each row is one thing that a user really does; what comes back names the place and what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.apple import chain, faces
from tests.apple.conftest import png
from tests.apple.test_rules import base, fields, groups

import walletcard as wc
from walletcard import apple
from walletcard.errors import Issue, WalletCardError
from walletcard.model import Picture
from walletcard.tokens import KeyRing

ICONS = {f"icon{suffix}.png": png(38 * scale, 38 * scale) for suffix, scale in (("", 1), ("@2x", 2), ("@3x", 3))}
AT = chain.AT
Act = Callable[[], object]


def huge(width: int, height: int) -> bytes:
    head = png(1, 1)
    return head[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + head[24:]


def beside(name: str, content: Any) -> Act:
    return lambda: apple.lint(base(), files={**ICONS, name: content})


def picture(content: Any) -> Act:
    return lambda: Picture(content, where="logo")


def bar(**given: Any) -> Act:
    return lambda: wc.Barcode(**given)


def ends(at: Any) -> Act:
    names: dict[str, Any] = {"issuer": "A", "title": "B", "description": "C", "locale": "en-GB"}
    return lambda: wc.Face(id="CK-1", design=wc.Design(background="#3B2418"), expires=at, **names)


def judged(**keys: Any) -> Act:
    return lambda: apple.lint(base(**keys))


def p12(password: Any = b"right", content: bytes | None = None, **parts: Any) -> Act:
    made = chain.p12(**{"of": chain.key(), "certificate": chain.leaf(), "password": b"right", **parts})
    above = chain.der(chain.authority())
    return lambda: apple.Identity.from_p12(made if content is None else content, password=password, intermediate=above)


def pem(**parts: Any) -> Act:
    whole = {"certificate": chain.pem(chain.leaf()), "key": chain.key_bytes(chain.key()), "password": None,
             "intermediate": chain.der(chain.authority())} | parts  # fmt: skip
    return lambda: apple.Identity.from_pem(**whole)


def dated(at: datetime, **parts: Any) -> Act:
    def act() -> object:
        identity: Any = pem(**parts)()
        return apple.build(faces.cafe(), identity=identity, pictures=ICONS, at=at)

    return act


def named_another() -> object:
    identity: Any = pem()()
    return apple.sign({**base(), "passTypeIdentifier": "pass.com.a"}, ICONS, identity=identity, at=AT)


def public_key() -> bytes:
    return chain.key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def place(**given: Any) -> Act:
    return judged(locations=[{"latitude": 51.4, "longitude": -2.4} | given])


LOGO, ICON = 'files["logo.png"]', 'files["icon.png"]'
UID = "F8F589E9-C07E-58B0-AEAB-A36BE4D48FAC"

NO_FILES: tuple[Any, ...] = ({}, None, 5)

ROWS: list[tuple[str, str, Act]] = [
    # C: images.
    ("B043", "image.not-png", beside("logo.png", b"")),
    ("B045", "image.not-png", beside("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")),
    *(
        ("B046", "image.not-png", beside("logo.png", head + b"\0" * 40))
        for head in (
            b"GIF89a",
            b"BM",
            b"II*\0",
            b"MM\0*",
            b"RIFF\0\0\0\0WEBP",
            b"\0\0\1\0",
            b"8BPS",
            b"%!PS",
            b"%PDF",
        )
    ),
    ("B047", "image.not-png", beside("icon.png", png(38, 38)[:30])),
    ("B049", "image.not-png", beside("logo.png", png(0, 10))),
    ("B050", "image.not-png", beside("logo.png", huge(20_000, 20_000))),
    ("B051", "image.not-png", beside("logo.png", huge(10_000, 10_000))),
    ("B053", "image.not-png", beside("logo.png", png(9, 9) + b"\0" * 5_000_000)),
    ("B054", "file.type", beside("logo.png", "art/logo.png")),
    ("B054", "image.invalid", picture("art/logo.png")),
    ("B055", "image.invalid", picture("art")),
    ("B057", "image.invalid", picture("https://example.com/logo.png")),
    ("B058", "image.not-png", beside("logo.png", b"\xff\xd8\xff\xe0 a JPEG in CMYK")),
    ("B061", "image.small", beside("logo.png", png(1, 1))),
    ("B062", "image.icon-missing", lambda: apple.lint(base(), files={})),
    *(("B063", "file.name", beside(name, png(9, 9))) for name in ("../icon.png", "icon.png\0.txt", "a\\b.png")),
    ("B063", "file.unknown", beside("CON", png(9, 9))),
    ("B066", "file.type", beside("logo.png", object())),
    ("B066", "image.invalid", picture(object())),
    # D: barcodes.
    ("B067", "text.empty", bar(message="")),
    ("B069", "barcode.message", bar(message="é", format="code128")),
    ("B070", "barcode.length", bar(message="x" * 200, format="code128")),
    ("B071", "barcode.format", bar(message="A", format="qr-code")),
    ("B073", "barcode.encoding", bar(message="A", encoding="utf8mb4")),
    ("B074", "text.type", bar(message=b"A")),
    ("B075", "text.control", bar(message="CK-7F3A2\n")),
    ("B077", "key.short", lambda: KeyRing({"k1": bytes(range(8))}, signing="k1")),
    ("B078", "key.empty", lambda: KeyRing({"k1": b""}, signing="k1")),
    ("B079", "key.passphrase", lambda: KeyRing({"k1": b"password123" * 3}, signing="k1")),
    ("B081", "key.signing", lambda: KeyRing({"k1": KeyRing.new_key()}, signing="k2")),
    # E: dates and places.
    ("B082", "time.naive", ends(datetime(2026, 12, 31, 23, 59))),  # noqa: DTZ001
    ("B083", "time.format", judged(expirationDate="tomorrow")),
    ("B085", "time.format", judged(expirationDate="2026-02-30T10:00Z")),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": "../../etc/passwd"}})),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": ""}})),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": "Europe"}})),
    ("B090", "time.format", judged(expirationDate=1_767_225_600_000)),
    ("B091", "time.format", judged(expirationDate=-(10**18))),
    ("B093", "time.format", judged(expirationDate="1900-01-01T00:00:00+00:19:32")),
    ("B094", "time.fraction", judged(expirationDate="2026-12-31T23:59:00.000001Z")),
    (
        "B095",
        "relevant.order",
        judged(relevantDates=[{"startDate": "2026-02-01T00:00Z", "endDate": "2026-01-01T00:00Z"}]),
    ),
    ("B097", "number.range", place(latitude=91)),
    ("B097", "number.range", place(longitude=181)),
    ("B097", "json.type", place(latitude=float("nan"))),
    ("B098", "json.length", judged(locations=[{"latitude": 51.4, "longitude": -2.4}] * 11)),
    ("B099", "beacon.uuid", judged(beacons=[{"proximityUUID": "xyz"}])),
    ("B099", "number.range", judged(beacons=[{"proximityUUID": UID, "major": 70_000}])),
    # G: keys and certificates.
    ("B114", "key.password", p12("wrong")),
    ("B115", "key.password", p12(None)),
    *(("B118", "key.format", p12(content=content)) for content in (b"", b"garbage", b"\x30\x82")),
    ("B119", "key.format", p12(content=chain.pem(chain.leaf()))),
    ("B121", "key.missing", p12(of=None)),
    ("B122", "key.missing", p12(certificate=None)),
    ("B125", "key.mismatch", pem(key=chain.key_bytes(chain.key("other")))),
    ("B126", "key.expired", dated(AT + timedelta(days=366))),
    ("B127", "key.not-yet-valid", dated(AT - timedelta(days=31))),
    ("B129", "key.ca", pem(certificate=chain.pem(chain.authority()), key=chain.key_bytes(chain.key("middle")))),
    (
        "B130",
        "key.purpose",
        pem(
            certificate=chain.pem(
                chain.leaf(
                    purposes=(ExtendedKeyUsageOID.CODE_SIGNING,),
                    common="Apple Development: Priya",
                )
            )
        ),
    ),
    ("B131", "id.mismatch", named_another),
    ("B133", "key.intermediate", pem(intermediate=chain.der(chain.authority(unit="G3")))),
    ("B134", "key.expired", dated(AT, intermediate=chain.der(chain.authority(last=AT - timedelta(days=1))))),
    ("B137", "key.kind", pem(key=chain.key_bytes(ed25519.Ed25519PrivateKey.generate()))),
    (
        "B138",
        "key.weak",
        pem(
            key=chain.key_bytes(chain.key("weak", 1024)),
            certificate=chain.pem(chain.leaf(subject_key=chain.key("weak", 1024))),
        ),
    ),
    ("B139", "key.password", pem(key=chain.key_bytes(chain.key(), password=b"right"))),
    ("B141", "key.password", pem(key=chain.key_bytes(chain.key(), password=b"right"), password="wrong")),
    ("B142", "key.kind", pem(key=chain.pem(chain.leaf()))),
    ("B143", "key.kind", pem(key=public_key())),
    ("B147", "key.several", pem(key=chain.key_bytes(chain.key()) + chain.key_bytes(chain.key("other")))),
    ("B149", "key.format", pem(key="keys/pass.pem")),
    *(("B150", "key.format", pem(key=value)) for value in NO_FILES),
    # H: pass.json.
    ("B151", "json.required", judged(formatVersion=...)),
    ("B151", "json.type", judged(formatVersion="1")),
    ("B151", "number.range", judged(formatVersion=2)),
    ("B153", "id.pass-type", judged(passTypeIdentifier="com.x")),
    ("B154", "id.team", judged(teamIdentifier="abc")),
    ("B155", "link.token", judged(webServiceURL="https://example.com")),
    *(
        ("B158", "link.insecure", judged(webServiceURL=url, authenticationToken="t" * 16))
        for url in (
            "http://example.com",
            "http://localhost:8000",
            "https://example.com?a=1",
        )
    ),
    (
        "B159",
        "barcode.old",
        judged(barcodes=..., barcode={"format": "PKBarcodeFormatQR", "message": "A", "messageEncoding": "utf-8"}),
    ),
    ("B161", "style.key", judged(groupingIdentifier="a")),
    ("B162", "link.app", judged(appLaunchURL="kettle://open")),
    ("B163", "json.type", judged(associatedStoreIdentifiers=["1"])),
    ("B165", "style.transit-type", lambda: apple.lint(groups("boardingPass"))),
    ("B166", "field.key", lambda: apple.lint(groups("storeCard", primaryFields=[{"value": 1}]))),
    ("B166", "field.value", lambda: apple.lint(groups("storeCard", primaryFields=[{"key": "a"}]))),
    ("B167", "field.duplicate", lambda: apple.lint(groups("storeCard", headerFields=fields(1) * 2))),
    ("B167", "json.value", judged(userInfo={"a": float("nan")})),
    ("B169", "json.type", judged(voided="true")),
    ("B170", "json.type", judged(sharingProhibited="yes")),
    ("B170", "time.format", judged(expirationDate=5)),
]


def told(act: Act) -> list[Issue]:
    """Return what a user is told: the issues of a judgement, or those of the error."""
    try:
        found = act()
    except WalletCardError as error:
        single = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
        return list(getattr(error, "issues", ()) or [single])
    return list(found) if isinstance(found, tuple) else []


@pytest.mark.parametrize(
    ("row", "code", "act"), ROWS, ids=[f"{row}-{code}-{n}" for n, (row, code, _) in enumerate(ROWS)]
)
def test_row_of_the_catalogue(row: str, code: str, act: Act) -> None:
    issues = told(act)

    assert code in {one.code for one in issues}
    for one in issues:
        assert one.where
        assert one.hint
        assert len(str(one)) <= 240
        assert str(one).isprintable()


# Rows that are accepted, and asserted to be.


def test_b117_password_is_text() -> None:
    assert p12("right")()
    assert p12(b"right")()


def test_b145_der_and_pem_are_told_apart() -> None:
    assert pem(certificate=chain.der(chain.leaf()), key=chain.key_bytes(chain.key(), encoding=Encoding.DER))()


def test_b146_line_breaks_of_an_environment_variable() -> None:
    assert pem(key=chain.key_bytes(chain.key()).replace(b"\n", b"\\n"))()


def test_b087_hour_that_happens_twice_is_written_with_its_offset() -> None:
    first = wc.Face(
        id="CK-1", issuer="A", title="B", description="C", locale="en-GB", design=wc.Design(background="#3B2418"),
        expires=datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    )  # fmt: skip

    assert apple.pass_json(first)["expirationDate"].endswith(("+02:00", "Z", "+00:00"))


def test_b094_microseconds_are_cut() -> None:
    made = wc.Face(
        id="CK-1", issuer="A", title="B", description="C", locale="en-GB", design=wc.Design(background="#3B2418"),
        expires=datetime(2026, 12, 31, 23, 59, 0, 5, tzinfo=UTC),
    )  # fmt: skip

    assert "." not in apple.pass_json(made)["expirationDate"]
