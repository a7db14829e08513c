"""The catalogue of bad inputs (images, barcodes, dates and places, keys, pass.json), row by row.

Each row is one thing that a user really does; what comes back names the place and what to do about it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat, pkcs12
from cryptography.hazmat.primitives.serialization.pkcs12 import PBES
from cryptography.x509.oid import ExtendedKeyUsageOID
from PIL import Image
from tests.apple import chain, faces
from tests.apple.conftest import png
from tests.apple.test_rules import base, fields, groups

import walletcard as wc
from walletcard import apple, render
from walletcard.__main__ import main
from walletcard.errors import (
    InvalidCardError,
    InvalidDocumentError,
    Issue,
    KeyMaterialError,
    RenderError,
    WalletCardError,
)
from walletcard.model import Picture, Place
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


def fitted(content: Any) -> Act:
    return lambda: render.fit(content, slot="strip", where="strip")


def crushed() -> bytes:
    """What Xcode makes of a PNG in an app: a chunk of its own before the header."""
    return png(9, 9).replace(b"\0\0\0\rIHDR", b"\0\0\0\4CgBI\x50\0\x20\2\x2b\xd5\xb3\x7f\0\0\0\rIHDR", 1)


def animated() -> bytes:
    frames = [Image.new("L", (375, 144), shade) for shade in (0, 255)]
    file = io.BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


def ends(at: Any, **more: Any) -> Act:
    names: dict[str, Any] = {"issuer": "A", "title": "B", "description": "C", "locale": "en-GB", "expires": at, **more}
    return lambda: wc.Face(id="CK-1", design=wc.Design(background="#3B2418"), **names)


def at(latitude: float, longitude: float) -> Act:
    return lambda: Place(latitude=latitude, longitude=longitude)


def checked(text: str) -> Act:
    """Judge a pass.json as the command does: a document of the user's own, as a text."""

    def act() -> object:
        with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as out:
            path = Path(folder, "pass.json")
            path.write_text(text, encoding="utf-8")
            assert main(["check", str(path), "--json"]) == 1
        issues = (Issue(**one) for one in json.loads(out.getvalue())["issues"])
        return tuple(one for one in issues if one.severity == "error")

    return act


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


def no_old_ciphers() -> object:
    """Open a .p12 where the system has switched off what it was encrypted with."""
    with mock.patch.object(pkcs12, "load_pkcs12", side_effect=UnsupportedAlgorithm("RC2-40-CBC")):
        return p12()()


def public_key() -> bytes:
    return chain.key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def place(**given: Any) -> Act:
    return judged(locations=[{"latitude": 51.4, "longitude": -2.4} | given])


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
UID = "F8F589E9-C07E-58B0-AEAB-A36BE4D48FAC"

# Numbers that the catalogue leaves out.
NOT_IN_THE_CATALOGUE = {
    44, 48, 52, 56, 60, 64, 65, 68, 72, 76, 80, 84, 88, 92, 96,
    116, 120, 124, 128, 132, 135, 136, 140, 144, 148, 152, 156, 157, 160, 164, 168,
}  # fmt: skip

NO_FILES: tuple[Any, ...] = ({}, None, 5)

ROWS: list[tuple[str, str, Act]] = [
    # C: images.
    ("B043", "image.not-png", beside("logo.png", b"")),
    *(
        ("B045", "image.not-png", beside("logo.png", content))
        for content in (
            SVG,
            b"\xef\xbb\xbf" + SVG,
            b"\n  " + SVG,
            b"<?xml version='1.0'?>" + SVG,
            b"\x1f\x8b\x08 an SVGZ",
        )
    ),
    *(("B045", "image.invalid", given) for given in (picture(SVG), fitted(SVG))),
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
    ("B047", "image.damaged", fitted(png(38, 38)[:60])),
    ("B049", "image.not-png", beside("logo.png", png(0, 10))),
    ("B050", "image.not-png", beside("logo.png", huge(20_000, 20_000))),
    ("B051", "image.not-png", beside("logo.png", huge(10_000, 10_000))),
    *(("B050-B051", "image.invalid", fitted(huge(side, side))) for side in (20_000, 10_000)),
    ("B053", "image.not-png", beside("logo.png", png(9, 9) + b"\0" * 5_000_000)),
    ("B054", "file.type", beside("logo.png", "art/logo.png")),
    ("B054", "image.invalid", picture("art/logo.png")),
    ("B055", "image.invalid", picture("art")),
    ("B057", "image.invalid", picture("https://example.com/logo.png")),
    ("B058", "image.not-png", beside("logo.png", b"\xff\xd8\xff\xe0 a JPEG in CMYK")),
    ("B059", "image.animated", beside("strip.png", animated())),
    ("B059", "image.animated", beside("strip.png", Picture(animated()))),
    ("B059", "image.animated", fitted(animated())),
    ("B061", "image.small", beside("logo.png", png(1, 1))),
    ("B062", "image.icon-missing", lambda: apple.lint(base(), files={})),
    *(("B063", "file.name", beside(name, png(9, 9))) for name in ("../icon.png", "icon.png\0.txt", "a\\b.png")),
    ("B063", "file.unknown", beside("CON", png(9, 9))),
    ("B066", "file.type", beside("logo.png", object())),
    ("B066", "image.invalid", picture(object())),
    *(("CgBI", "image.invalid", given) for given in (picture(crushed()), fitted(crushed()))),
    ("CgBI", "image.not-png", beside("icon.png", crushed())),
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
    ("B083", "time.type", ends("tomorrow")),
    ("B085", "time.type", ends("2026-02-30")),
    ("B086", "time.gap", ends(datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")))),
    ("B085", "time.format", judged(expirationDate="2026-02-30T10:00Z")),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": "../../etc/passwd"}})),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": ""}})),
    ("B089", "time.zone", judged(semantics={"eventStartDateInfo": {"timeZone": "Europe"}})),
    ("B090", "time.format", judged(expirationDate=1_767_225_600_000)),
    ("B091", "time.format", judged(expirationDate=-(10**18))),
    ("B090", "time.type", ends(1_767_225_600_000)),
    ("B090", "time.range", ends(datetime(2101, 1, 1, tzinfo=UTC))),
    ("B091", "time.type", ends(-(10**18))),
    ("B091", "time.range", ends(datetime(1, 1, 1, tzinfo=UTC))),
    ("B093", "time.offset", ends(datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32))))),
    ("B093", "time.format", judged(expirationDate="1900-01-01T00:00:00+00:19:32")),
    ("B094", "time.fraction", judged(expirationDate="2026-12-31T23:59:00.000001Z")),
    (
        "B095",
        "relevant.order",
        judged(relevantDates=[{"startDate": "2026-02-01T00:00Z", "endDate": "2026-01-01T00:00Z"}]),
    ),
    ("B095", "time.order", ends(AT, valid_from=AT + timedelta(days=1))),
    *(
        ("B097", "place.degrees", at(latitude, longitude))
        for latitude, longitude in ((91, 0), (0, 181), (float("nan"), 0), (151.2, -33.9))
    ),
    ("B097", "number.range", place(latitude=91)),
    ("B097", "number.range", place(longitude=181)),
    ("B097", "json.type", place(latitude=float("nan"))),
    ("B098", "face.places", ends(AT, places=[Place(latitude=51.4, longitude=-2.4)] * 11)),
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
    ("B123", "key.legacy", no_old_ciphers),
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
    *(
        ("B167", code, checked(text))
        for code, text in {
            "json.duplicate": '{"serialNumber": "A",\n "serialNumber": "B"}',
            "json.lenient": '{"voided": false,\n "userInfo": {},\n}',
            "json.number": '{"userInfo": {"a": NaN}}',
            "json.syntax": '{"voided": false\n "userInfo": {}}',
        }.items()
    ),
    ("B167", "json.lenient", checked('{"voided": false} // no longer')),
    ("B167", "document.type", lambda: apple.lint('{"formatVersion": 1,}')),  # type: ignore[arg-type]  # a text
    ("B167", "json.value", judged(userInfo={"a": float("nan")})),
    ("B169", "json.type", judged(voided="true")),
    ("B170", "json.type", judged(sharingProhibited="yes")),
    ("B170", "time.format", judged(expirationDate=5)),
]


# What is raised, by the part of the catalogue; what is judged raises nothing.
RAISED: dict[range, tuple[type[WalletCardError], ...]] = {
    range(43, 67): (InvalidCardError, RenderError),
    range(67, 77): (InvalidCardError,),
    range(77, 82): (KeyMaterialError,),
    range(82, 100): (InvalidCardError,),
    range(114, 131): (KeyMaterialError,),
    range(131, 132): (InvalidDocumentError,),
    range(133, 151): (KeyMaterialError,),
    range(151, 171): (),
}


def part_of(row: str) -> tuple[type[WalletCardError], ...]:
    number = 43 if row == "CgBI" else int(row[1:4])
    return next(errors for numbers, errors in RAISED.items() if number in numbers)


def told(act: Act) -> tuple[WalletCardError | None, list[Issue]]:
    """Return what a user is told: the error, if there is one, and the issues of it or of a judgement."""
    try:
        found = act()
    except WalletCardError as error:
        single = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
        return error, list(getattr(error, "issues", ()) or [single])
    return None, list(found) if isinstance(found, tuple) else []


@pytest.mark.parametrize(
    ("row", "code", "act"), ROWS, ids=[f"{row}-{code}-{n}" for n, (row, code, _) in enumerate(ROWS)]
)
def test_row_of_the_catalogue(row: str, code: str, act: Act) -> None:
    error, issues = told(act)

    assert code in {one.code for one in issues}
    assert error is None or isinstance(error, part_of(row))
    for one in issues:
        assert one.where
        assert one.hint
        assert len(str(one)) <= 240
        assert str(one).isprintable()


# The place in the user's own data, and words that say what to do, where a row is about them.
SAID = [
    (beside("logo.png", SVG), 'files["logo.png"]: is an SVG or a web page; wallets show bitmaps: export it as PNG'),
    (picture(crushed()), "logo: is a PNG that Xcode has crushed (CgBI); take the original, or: xcrun pngcrush "
     "-revert-iphone-optimizations in.png out.png"),
    (bar(message="A", format="qr-code"), 'barcode.format: "qr-code" is unknown; did you mean "qr"?'),
    (ends(1_767_225_600_000), "face.expires: got 1767225600000, need a datetime; looks like milliseconds: divide by "
     "1000 and use datetime.fromtimestamp(seconds, tz=...)"),
    (ends(1_767_225_600), "face.expires: got 1767225600, need a datetime; use datetime.fromtimestamp(seconds, tz=...)"),
    (ends("tomorrow"), 'face.expires: got "tomorrow", need a datetime; parse it: datetime.fromisoformat, with a time '
     "zone"),
    (ends(datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))), 'face.expires: 02:30 on 2026-03-29 does '
     'not exist in "Europe/Berlin": the clocks skip it; use 03:30'),
    (at(91, 0), "place.latitude: 91 is outside -90 to 90; latitude and longitude may be swapped"),
    (pem(key=chain.pem(chain.leaf())), "key: is a certificate, not a private key; the two files may be swapped"),
    (judged(formatVersion="1"), 'pass.json formatVersion: "1" is not a number; write digits, without quotes'),
    (checked('{"voided": false,\n "userInfo": {},\n}'), "pass.json line 2: holds comments or a comma too many; remove "
     "them: strict readers refuse it"),
    (checked('{"serialNumber": "A",\n "serialNumber": "B"}'), 'pass.json: "serialNumber" is there twice; the last one '
     "counts; keep one"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "line"), SAID)
def test_words_of_a_row(act: Act, line: str) -> None:
    assert line in [str(one) for one in told(act)[1]]


def test_every_row_of_its_five_parts_is_here() -> None:
    """The rows by number; F, between E and G, is about languages and has tests of its own."""
    listed = (*range(43, 100), *range(114, 171))
    named = {int(row[1:4]) for row, _, _ in ROWS if row != "CgBI"} | {87, 94, 117, 145, 146}

    assert NOT_IN_THE_CATALOGUE.isdisjoint(named)
    assert set(listed) - NOT_IN_THE_CATALOGUE <= named


# Rows that are accepted, and asserted to be.


def test_b117_password_is_text() -> None:
    assert p12("right")()
    assert p12(b"right")()


def test_b145_der_and_pem_are_told_apart() -> None:
    assert pem(certificate=chain.der(chain.leaf()), key=chain.key_bytes(chain.key(), encoding=Encoding.DER))()


def test_b146_line_breaks_of_an_environment_variable() -> None:
    assert pem(key=chain.key_bytes(chain.key()).replace(b"\n", b"\\n"))()


@pytest.mark.parametrize(("fold", "offset"), [(0, "+02:00"), (1, "+01:00")])
def test_b087_of_an_hour_that_happens_twice_fold_picks_one_and_the_pass_says_which(fold: int, offset: str) -> None:
    """A datetime without ``fold`` is the first of the two, as Python has it: no time that exists is refused."""
    face: Any = ends(datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold))()

    assert apple.pass_json(face)["expirationDate"] == f"2026-10-25T02:30:00{offset}"


def test_b058_jpeg_of_a_printer_is_converted() -> None:
    file = io.BytesIO()
    Image.new("CMYK", (375, 144), (0, 255, 255, 0)).save(file, "JPEG")

    red, green, blue, *_ = Image.open(io.BytesIO(render.fit(file.getvalue(), slot="strip").png)).getpixel((9, 9))  # type: ignore[misc]

    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("mode", ["I;16", "P", "LA"])
def test_b059_deep_and_indexed_pictures_are_converted(mode: str) -> None:
    image = Image.new(mode, (375, 144), 40_000 if mode == "I;16" else 0)
    if mode == "P":
        image.info["transparency"] = 0
    file = io.BytesIO()
    image.save(file, "PNG")

    made = Image.open(io.BytesIO(render.fit(file.getvalue(), slot="logo").png))

    assert made.mode == ("RGB" if mode == "I;16" else "RGBA")


def test_b123_old_encryption_is_read() -> None:
    old = PrivateFormat.PKCS12.encryption_builder().key_cert_algorithm(PBES.PBESv1SHA1And3KeyTripleDESCBC)
    locked = old.hmac_hash(SHA1()).build(b"right")  # noqa: S303  # as Keychain Access did
    made = pkcs12.serialize_key_and_certificates(b"Pass Type ID", chain.key(), chain.leaf(), None, locked)

    assert p12("right", content=made)()


def test_b094_microseconds_are_cut() -> None:
    made = wc.Face(
        id="CK-1", issuer="A", title="B", description="C", locale="en-GB", design=wc.Design(background="#3B2418"),
        expires=datetime(2026, 12, 31, 23, 59, 0, 5, tzinfo=UTC),
    )  # fmt: skip

    assert "." not in apple.pass_json(made)["expirationDate"]
