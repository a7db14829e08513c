"""Hostile large inputs for every public door that takes bytes, texts or collections, and what each costs.

    python -m tests.contract.large

Each input is made in a process of its own, which may then take 64 MiB more; the answer is an error of the library or a
result. Printed as JSON: by name, the seconds of processor time and how it ended.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import struct
import sys
import time
import zlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from asn1crypto import keys as asn1_keys
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat, pkcs12
from cryptography.x509 import load_der_x509_certificate
from tests.apple import forge, locks, slow
from tests.cards import COFFEE, cafe
from tests.contract import doors

import walletcard as wc
from walletcard import apple, google, model, preview, render, testing, tokens, words
from walletcard.errors import WalletCardError

call: Any = partial
LIMIT: Final = 64 * 1024 * 1024
SECONDS: Final = 1.0
AT, ISSUER = doors.AT, doors.ISSUER
MANY, MORE, WIDE = 100_000, 1_000_000, 3_000_000
LONG = "a" * 5_000_000
Act = Any  # A call without arguments.
CASES: dict[str, Callable[[], Act]] = {}
"""By name: what makes the input, and returns the call."""


def case(make: Callable[[], Act]) -> Callable[[], Act]:
    CASES[make.__name__.replace("_", " ")] = make
    return make


def each(name: str, **inputs: Callable[[], Act]) -> None:
    for what, make in inputs.items():
        CASES[f"{name}: {what.replace('_', ' ')}"] = make


def deep(levels: int = MANY) -> Any:
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


def doc(**keys: Any) -> dict[str, Any]:
    return {"formatVersion": 1, "storeCard": {}, **keys}


def linted(content: Any) -> Act:
    return call(apple.lint, content)


def judged(body: Any, kind: str = "LoyaltyObject") -> Act:
    return call(google.lint, kind, body)


FIELD = {"key": "a", "value": "b"}
each(
    "apple.lint",
    deep=lambda: linted(doc(userInfo=deep())),
    markup=lambda: linted(doc(storeCard={"backFields": [{**FIELD, "attributedValue": "<b" * MORE}]})),
    key_exchange=lambda: linted(
        doc(nfc={"message": "a", "encryptionPublicKey": base64.b64encode(slow.dh_public()).decode("ascii")})
    ),
    unknown_keys=lambda: linted(doc(**{f"storeCart{n}": n for n in range(MANY)})),
    fields=lambda: linted(doc(storeCard={"backFields": [FIELD] * MANY})),
    wrong_fields=lambda: linted(doc(storeCard={"backFields": [5] * MANY})),
    long_text=lambda: linted(doc(description=LONG, storeCard={"backFields": [{"key": "a", "value": LONG}]})),
    long_key=lambda: linted(doc(**{LONG: 1})),
    numbers=lambda: linted(doc(userInfo=[0.5] * MORE)),
    wide=lambda: linted(doc(userInfo=[[]] * MORE)),
    digits=lambda: linted(doc(maxDistance=10**MORE)),
    files=lambda: call(apple.lint, doc(), files={f"{n}.png": b"" for n in range(MANY)}),
    languages=lambda: call(apple.lint, doc(), files={f"a{n}.lproj/pass.strings": b"" for n in range(MANY)}),
    strings=lambda: call(apple.lint, doc(), files={"en.lproj/pass.strings": b'"a"="b";' * MANY}),
    dates=lambda: linted(doc(expirationDate=LONG, relevantDates=[{"date": LONG}])),
    colour=lambda: linted(doc(backgroundColor="rgb(" + "1" * 10**7)),
)
each(
    "google.lint",
    deep=lambda: judged({"a": deep()}),
    unknown_keys=lambda: judged({f"statf{n}": n for n in range(MANY)}),
    modules=lambda: judged({"textModulesData": [{"id": "a", "header": "b", "body": "c"}] * MANY}),
    wrong_modules=lambda: judged({"textModulesData": [5] * MANY}),
    long_text=lambda: judged({"id": LONG, "accountName": LONG, "state": LONG}),
    digits=lambda: judged({"loyaltyPoints": {"balance": {"int": 10**MORE}}}),
    kind=lambda: judged({}, LONG),
    claims=lambda: judged({"payload": {"loyaltyObjects": [{"id": "a"}] * MANY}, "origins": ["a"] * MANY}, "claims"),
)


KEY_FILE = {
    "type": "service_account",
    "client_email": "a@b.iam.gserviceaccount.com",
    "token_uri": "https://oauth2.googleapis.com/token",
}


def account_of(key: bytes) -> Act:
    return call(google.ServiceAccount.from_json, {**KEY_FILE, "private_key": key.decode("ascii")})


def handed(answer: bytes) -> Act:
    class Sends:
        def send(self, request: google.Request, *, timeout: float) -> google.Answer:
            login = request.url.endswith("/token")
            return google.Answer(status=200, body=b'{"access_token": "t", "expires_in": 3600}' if login else answer)

    waits: Any = lambda _seconds: None  # noqa: E731
    client = google.Client(doors.account(), transport=Sends(), issuer_id=ISSUER, sleep=waits, clock=AT.timestamp)
    return call(client.get, f"{ISSUER}.club.CK-1")


def called_back(body: Any = b"{}", keys: Any = b"{}") -> Act:
    return call(google.verify_callback, body, issuer_id=ISSUER, keys=keys, at=AT)


def link_of(claims: bytes) -> Act:
    token = b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in (b'{"alg":"RS256"}', claims, b"x"))
    return call(google.read_link, token)


each(
    "google.Client",
    large_answer=lambda: handed(b'{"a": "' + b"a" * 1_900_000 + b'"}'),
    deep_answer=lambda: handed(b"[" * 2_000_000),
    wide_answer=lambda: handed(b'{"a": [' + b"[]," * 600_000 + b"5]}"),
    digits=lambda: handed(b'{"a": ' + b"9" * 1_900_000 + b"}"),
)
each(
    "google.verify_callback",
    long=lambda: called_back(b" " * 60_000_000),
    deep=lambda: called_back(b'{"a":' * MORE),
    wide=lambda: called_back(b"[" + b"[]," * WIDE),
    text=lambda: called_back("[" * WIDE),
    digits=lambda: called_back(b'{"a":' + b"9" * WIDE),
    keys=lambda: called_back(keys=b'{"keys": [' + b"{}," * MORE + b"{}]}"),
    read_keys=lambda: called_back(doors.doors()["google.verify_callback"][1]["body"], {"keys": [{}] * MORE}),
)
each(
    "google.read_link",
    long=lambda: call(google.read_link, LONG),
    deep=lambda: link_of(b"[" * 70_000),
    wide=lambda: link_of(b'{"payload":{"loyaltyObjects":[' + b"{}," * 20_000 + b"{}]}}"),
)
each(
    "google",
    cards=lambda: call(google.save_link_of, [doors.resources()] * 2_000, account=doors.account(), at=AT),
    origins=lambda: call(
        google.save_link_of, doors.resources(), account=doors.account(), at=AT, origins=["https://a.b"] * MANY
    ),
    extra=lambda: call(google.resources, doors.face(), issuer_id=ISSUER, extra={"object": {"a": deep()}}),
    issuer=lambda: call(google.resources, doors.face(), issuer_id="1" * 10**7),
    button=lambda: call(google.SaveLink(url="https://a.b", form="id", length=1).button, LONG),
    account=lambda: call(google.ServiceAccount.from_json, b'{"a":' * MORE),
    account_wide=lambda: call(google.ServiceAccount.from_json, b"[" + b"[]," * WIDE),
    account_primes=lambda: account_of(slow.pem("RSA PRIVATE KEY", slow.rsa_private())),
    account_key_exchange=lambda: account_of(slow.pem("PRIVATE KEY", slow.dh_private())),
    account_key=lambda: call(google.ServiceAccount.from_json, {**KEY_FILE, "private_key": LONG}),
)


def inside(kind: str, content: str) -> str:
    return f'{{"walletcard": 1, "kind": "{kind}", "{kind}": {content}}}'


def stored(cls: Any) -> None:
    kind = cls.__name__.lower()
    each(
        f"{cls.__name__}.from_json",
        deep=lambda: call(cls.from_json, inside(kind, "[" * WIDE)),
        wide=lambda: call(cls.from_json, inside(kind, "[" + "[]," * WIDE + "5]")),
        objects=lambda: call(cls.from_json, inside(kind, "[" + "{}," * WIDE + "5]")),
        just_under=lambda: call(cls.from_json, inside(kind, "[" + "{}," * 149_000 + "5]")),
        digits=lambda: call(cls.from_json, inside(kind, f'{{"id": {"9" * MORE}}}')),
        keys=lambda: call(cls.from_json, inside(kind, "{" + ",".join(f'"{n}":0' for n in range(MORE)) + "}")),
        long_name=lambda: call(cls.from_json, inside(kind, '{"' + LONG + '": 5}')),
        long_text=lambda: call(cls.from_json, inside(kind, '{"id": "' + "a" * 23_000_000 + '"}').encode()),
        bytes=lambda: call(cls.from_json, b"\xff" * 60_000_000),
    )


for cls in (wc.Card, wc.Event, wc.Face, wc.Program):
    stored(cls)
PARTS = {
    "entries": '{"id": "%d", "at": "2026-11-21T10:00:00+00:00", "kind": "visit", "digest": "a", "vouchers": 1}',
    "vouchers": '{"id": "%d.1", "reward": {"id": "a", "title": "A"}, "valid_from": "2026-11-21T10:00:00+00:00"}',
    "lots": '{"id": "%d.1", "points": 1, "left": 1, "earned": "2026-11-21T10:00:00+00:00"}',
}


@case
def Card_from_json_parts() -> Act:  # noqa: N802
    parts = [f'"{name}": [{",".join(text % n for n in range(4_000))}]' for name, text in PARTS.items()]
    names = '"id": "A", "program": "b", "joined": "2026-11-21T10:00:00+00:00"'
    return call(wc.Card.from_json, inside("card", f"{{{names}, {', '.join(parts)}}}"))


def face(**changes: Any) -> Act:
    given, kind = doors.doors()["model.Face"][1], wc.Face
    return call(kind, **{**given, **changes})


def program(**changes: Any) -> Act:
    return call(cafe, **changes)


NOTICE, MILESTONE = model.Notice(id="a", key="b", text="c"), model.Milestone(at=3, reward=COFFEE)
PRICED = wc.Reward(id="a", title="A", points=1)


def fields(count: int) -> tuple[wc.Field, ...]:
    return (wc.Field.back("a", "A", "B"),) * count


each(
    "model",
    fields=lambda: face(fields=fields(MANY)),
    notices=lambda: face(notices=(NOTICE,) * MANY),
    links=lambda: face(links=(model.Link("A", "https://a.b"),) * MANY),
    wrong_entries=lambda: face(fields=(5,) * MANY),
    long_texts=lambda: face(id=LONG, locale=LONG, title=LONG, kind=LONG, state=LONG, announces=LONG),
    names=lambda: program(name={f"a{n}": "b" for n in range(MANY)}),
    words=lambda: program(words={f"one_lef{n}": "b" for n in range(MANY)}),
    zone=lambda: program(zone=LONG),
    tiers=lambda: program(tiers=(model.Tier(id="a", name="A", min_sessions=0),) * MANY),
    catalogue=lambda: call(
        model.Points,
        earn=(model.Earn(metric="a", points=1),),
        catalogue=(PRICED,) * MANY,
    ),
    milestones=lambda: call(wc.Stamps, goal=9, reward=COFFEE, milestones=(MILESTONE,) * MANY),
    items=lambda: call(wc.Event.visit, id="a", at=AT, items=("a",) * MANY),
    colour=lambda: call(wc.Color.parse, "rgb(" + " " * 10**7),
    design=lambda: call(wc.Design, background="#123", icon=LONG, logo_url="https://" + LONG),
    money=lambda: call(wc.Money, 10**MORE, LONG),
    barcode=lambda: call(wc.Barcode, message=LONG, format=LONG, encoding=LONG),
    marks=lambda: call(
        model.StripSpec, **{**doors.doors()["model.StripSpec"][1], "milestones": (1,) * 30_000, "used": (1,) * 30_000}
    ),
    argument=lambda: call(cafe, **{LONG: 1}),
    picture=lambda: call(wc.Picture, b"\x89PNG\r\n\x1a\n" + b"\0" * 60_000_000),
    picture_text=lambda: call(wc.Picture, LONG),
)


def events(count: int) -> list[wc.Event]:
    return [wc.Event.visit(id=f"e{n}", at=AT + timedelta(minutes=n)) for n in range(count)]


each(
    "loyalty",
    doubles=lambda: call(wc.replay, cafe(), doors.fresh(), [wc.Event.visit(id="a", at=AT)] * 50_000),
    notices=lambda: call(wc.face, cafe(), doors.card(), at=AT, notices=(NOTICE,) * MANY),
    locale=lambda: call(wc.face, cafe(), doors.card(), at=AT, locale=LONG),
    code=lambda: call(wc.face, cafe(), doors.card(), at=AT, code=LONG),
    join=lambda: call(wc.join, cafe(), id=LONG, at=AT, member=LONG, locale=LONG),
    unknown_words=lambda: call(wc.face, cafe(words={f"one_lef{n}": "b" for n in range(10_000)}), doors.fresh(), at=AT),
    wrong_members=lambda: call(wc.measure, cafe(), [5] * MANY, at=AT),
)
each(
    "words",
    locale=lambda: call(words.phrase_book, LONG),
    locale_parts=lambda: call(words.phrase_book, "-".join(["a"] * MORE)),
    phrases=lambda: call(words.phrase_book, "en", {f"one_lef{n}": "b" for n in range(10_000)}),
    long_phrase=lambda: call(words.phrase_book, "en", {"one_left": "{" * 10**7, LONG: "a"}),
    say=lambda: call(words.phrase_book("en").say, LONG),
    listed=lambda: call(words.phrase_book("en").listed, ("a",) * MORE),
    number=lambda: call(words.phrase_book("en").number, 10**MORE),
    upper=lambda: call(words.phrase_book("en").upper, LONG),
)
RING = tokens.KeyRing({"a": tokens.KeyRing.new_key()}, signing="a")
each(
    "tokens",
    verify=lambda: call(tokens.verify, LONG, keys=RING),
    verify_odd=lambda: call(tokens.verify, "\udc80" * 10**7, keys=RING),
    issue=lambda: call(tokens.issue, LONG, keys=RING, program=LONG, card=LONG, nonce=LONG),
    mac=lambda: call(RING.mac, LONG, b"a"),
    code=lambda: call(tokens.new_code, 10**MORE, prefix=LONG),
    ring=lambda: call(tokens.KeyRing, {f"k{n}": bytes(range(32)) for n in range(30_000)}, signing=LONG),
)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *before: bytes, **options: Any) -> bytes:
    rows, interlaced, kind = options.get("rows"), options.get("interlaced", False), options.get("kind", 6)
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, interlaced)
    depth = {0: 1, 2: 3, 6: 4}[kind]
    data = zlib.compress(b"\0" * (height * (width * depth + 1)) if rows is None else rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(before) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BLOWN = zlib.compress(b"\0" * 60_000_000, 9)


def fitted(content: bytes, slot: str = "logo") -> Act:
    return call(render.fit, content, slot=slot)


def jpeg(size: tuple[int, int], **options: Any) -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise((size[0] // 4, size[1] // 4), 90).resize(size).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def many_scans(content: bytes, most: int = 1_000_000) -> bytes:
    """Return a JPEG whose last scan is there thousands of times: each is worked out again."""
    begin = content.rindex(b"\xff\xda")
    times = min(most, (4_900_000 - len(content)) // (len(content) - begin))
    return content[:-2] + content[begin:-2] * times + b"\xff\xd9"


def plain_jpeg(size: tuple[int, int], **options: Any) -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", size).save(file, "JPEG", progressive=True, quality=50, **options)
    return file.getvalue()


def before_jpeg(parts: bytes) -> bytes:
    content = plain_jpeg((9, 9))
    return content[:2] + parts + content[2:]


each(
    "render.fit",
    large_bitmap=lambda: fitted(png(2_000, 2_000)),
    interlaced=lambda: fitted(png(2_000, 2_000, interlaced=True)),
    lengthy=lambda: fitted(png(4_000_000, 1, kind=0)),
    tall=lambda: fitted(png(1, 4_000_000, kind=0)),
    text=lambda: fitted(png(9, 9, chunk(b"zTXt", b"a\0\0" + BLOWN))),
    texts=lambda: fitted(png(9, 9, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 1_000_000, 9))] * 60)),
    itext=lambda: fitted(png(9, 9, chunk(b"iTXt", b"a\0\1\0\0\0" + BLOWN))),
    profile=lambda: fitted(png(9, 9, chunk(b"iCCP", b"a\0\0" + BLOWN))),
    chunks=lambda: fitted(png(9, 9, chunk(b"aaAa", b"") * 400_000)),
    texts_many=lambda: fitted(png(9, 9, chunk(b"tEXt", b"a\0b") * 300_000)),
    too_much=lambda: fitted(png(9, 9, rows=b"\0" * 60_000_000)),
    jpeg=lambda: fitted(jpeg((2_000, 2_000), quality=60)),
    jpeg_scans=lambda: fitted(many_scans(jpeg((1_900, 1_900), quality=5, progressive=True))),
    jpeg_scans_of_nothing=lambda: fitted(many_scans(plain_jpeg((4_000, 4_000), subsampling=2))),
    jpeg_most_scans=lambda: fitted(many_scans(plain_jpeg((4_000, 4_000), subsampling=2), 40)),
    jpeg_in_full=lambda: fitted(plain_jpeg((4_000, 4_000), subsampling=0)),
    jpeg_marks=lambda: fitted(before_jpeg(b"\xff\xfe\0\2" * 1_200_000)),
    jpeg_filled=lambda: fitted(before_jpeg(b"\xff" * 4_900_000)),
    profiles=lambda: fitted(png(9, 9, *[chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 1_048_566, 9))] * 4_000)),
    size=lambda: fitted(b"\x89PNG\r\n\x1a\n" + b"\0" * 60_000_000),
    dimensions=lambda: fitted(png(30_000, 30_000, rows=b"")),
)
each(
    "render",
    qr=lambda: call(render.qr, LONG),
    qr_module=lambda: call(render.qr, "a" * 2_000, module=10**9),
    barcode_module=lambda: call(render.barcode, wc.Barcode(message="A", format="code128"), module=10**9),
    photo=lambda: (
        lambda: render.strip(wc.Design(background="#123", photo=png(2_000, 2_000)).strip(direction="ltr"), scale=3)
    ),
)


def certificate() -> bytes:
    return load_der_x509_certificate(doors.identity().certificate).public_bytes(Encoding.PEM)


def from_pem(**changes: Any) -> Act:
    return call(apple.Identity.from_pem, **{**doors.doors()["apple.Identity.from_pem"][1], **changes})


def p12(**rounds: int) -> bytes:
    """Return a .p12 that asks for so many rounds of its password, for its checksum or its key."""
    whole = asn1_pkcs12.Pfx.load(doors.identity().p12("p"))
    if "mac" in rounds:
        whole["mac_data"]["iterations"] = rounds["mac"]
    made: bytes = whole.dump(force=True)
    if "key" in rounds:
        lock = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(rounds["key"]).hmac_hash(SHA256())
        lock = lock.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        leaf = load_der_x509_certificate(doors.identity().certificate)
        made = pkcs12.serialize_key_and_certificates(b"a", doors.identity()._key, leaf, None, lock.build(b"p"))
    return made


def key_of(rounds: int) -> bytes:
    """Return a protected key that asks for so many rounds: the number in it is written over."""
    key = doors.identity()._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"p"))
    whole = asn1_keys.EncryptedPrivateKeyInfo.load(key)
    whole["encryption_algorithm"]["parameters"]["key_derivation_func"]["parameters"]["iteration_count"] = rounds
    made: bytes = whole.dump(force=True)
    return made


def opened(content: bytes, password: str | None = None) -> Act:
    secret = "p" if password is None else password
    return call(apple.Identity.from_p12, content, password=secret, intermediate=doors.identity().intermediate)


each(
    "apple.Identity",
    long=lambda: call(apple.Identity.from_p12, b"\x30" + b"\0" * 60_000_000, password="p", intermediate=b"a"),
    nested=lambda: call(apple.Identity.from_p12, b"\x30\x80" * MORE, password="p", intermediate=b"a"),
    checksum_rounds=lambda: opened(p12(mac=10**9)),
    checksum_hashed=lambda: opened(locks.p12(mac=locks.pbmac1(locks.pbkdf2(10**9)))),
    checksum_missing=lambda: opened(locks.p12(locks.plain(locks.key_bag(locks.old_lock(10**9))))),
    memory=lambda: opened(locks.p12(locks.encrypted(locks.lock(locks.scrypt(2**22, 8, 1))))),
    lanes=lambda: opened(locks.p12(locks.plain(locks.key_bag(locks.lock(locks.scrypt(2**14, 8, 10_000)))))),
    pem_memory=lambda: from_pem(key=locks.key(locks.lock(locks.scrypt(2**22, 8, 1))).dump(), password="p"),
    most_memory=lambda: from_pem(key=locks.key(locks.lock(locks.scrypt(2**15, 8, 1))).dump(), password="p"),
    parts=lambda: opened(locks.p12(*[locks.plain()] * 100_000)),
    bags=lambda: opened(locks.p12(locks.plain(*[locks.bag_of()] * 100_000))),
    no_password=lambda: opened(p12(mac=1_900_000), ""),
    key_rounds=lambda: opened(p12(key=2_000_000)),
    pem_rounds=lambda: from_pem(key=key_of(10**9), password="p"),
    key_exchange=lambda: from_pem(key=slow.dh_private()),
    key_exchange_certificate=lambda: from_pem(certificate=slow.dh_certificate(slow.X942)),
    key_exchange_public=lambda: from_pem(intermediate=slow.dh_public()),
    primes=lambda: from_pem(key=slow.rsa_private()),
    password=lambda: opened(p12(), LONG),
    certificates=lambda: from_pem(certificate=certificate() * 3_000),
    intermediates=lambda: from_pem(intermediate=doors.identity().intermediate_pem * 3_000),
    keys=lambda: from_pem(key=doors.doors()["apple.Identity.from_pem"][1]["key"] * 2_000),
    key=lambda: from_pem(key="-----BEGIN PRIVATE KEY-----\n" + "A" * 30_000_000),
    begins=lambda: from_pem(key="-----BEGIN PRIVATE KEY-----\n" * 300_000),
    certificate=lambda: from_pem(certificate=b"-----BEGIN CERTIFICATE-----\n" * 300_000),
    roots=lambda: call(apple.verify, b"", roots=doors.identity().root_pem * 3_000),
)


@cache
def entries(count: int, name: Callable[[int], bytes] = lambda n: b"%d.png" % n) -> bytes:
    """Return an archive of so many empty files."""
    local, directory = bytearray(), bytearray()
    for number in range(count):
        called = name(number)
        tail = struct.pack("<HHIIIH", 0, 0x21, 0, 0, 0, len(called))
        directory += b"PK\x01\x02" + struct.pack("<HHHH", 20, 20, 0x800, 0) + tail
        directory += struct.pack("<HHHHII", 0, 0, 0, 0, 0, len(local)) + called
        local += b"PK\x03\x04" + struct.pack("<HHH", 20, 0x800, 0) + tail + b"\0\0" + called
    counted = min(count, 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, counted, counted, len(directory), len(local), 0)
    return bytes(local + directory + b"PK\x05\x06" + end)


def archives(verb: Any) -> None:
    each(
        f"{verb.__module__.split('.')[1]}.{verb.__name__}",
        entries=lambda: call(verb, entries(MANY)),
        long_names=lambda: call(verb, entries(250, lambda n: b"%d" % n + b"a" * 65_000)),
        zeros=lambda: call(verb, b"PK\x03\x04" + b"\0" * 60_000_000),
        ends=lambda: call(verb, b"PK\x05\x06" * WIDE),
    )


for verb in (apple.read, apple.read_bundle, apple.verify, preview.html):
    archives(verb)
each(
    "apple.verify",
    key_exchange=lambda: call(apple.verify, forge.packed(issuer=slow.dh_certificate()), at=AT),
    roots_of_it=lambda: call(apple.verify, forge.packed(), roots=slow.dh_certificate(), at=AT),
)
SIGNED: dict[str, Any] = {"identity": doors.identity(), "at": AT}
each(
    "apple",
    sign_deep=lambda: call(apple.sign, doc(userInfo=deep()), {}, **SIGNED),
    sign_files=lambda: call(apple.sign, doc(), {f"{n}.png": b"" for n in range(MANY)}, **SIGNED),
    bundle=lambda: call(apple.bundle, [b"PK"] * MANY),
    headers=lambda: call(apple.headers, LONG),
    updates=lambda: call(apple.Updates, url="https://a.b/" + LONG, token=LONG, serial=LONG),
    extra=lambda: call(apple.build, doors.face(), identity=doors.identity(), at=AT, extra={"userInfo": deep()}),
    allow=lambda: call(apple.check, doors.face(), allow=["a"] * MORE),
)
each(
    "preview",
    poster=lambda: call(preview.poster, cafe(), "https://a.b/" + LONG),
    issuer=lambda: call(preview.html, doors.face(), issuer_id=LONG, at=AT),
)
each(
    "testing",
    callbacks=lambda: call(testing.throwaway_callbacks, LONG),
    password=lambda: call(doors.identity().p12, LONG),
)


def size() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def spent(act: Act) -> tuple[float, str]:
    """Return the processor time of a call and how it ended, in a process that may grow by `LIMIT`."""
    resource.setrlimit(resource.RLIMIT_AS, (size() + LIMIT, resource.RLIM_INFINITY))
    before = time.process_time()
    try:
        act()
        ended = "a result"
    except WalletCardError as error:
        ended = error.code
    except BaseException as error:
        ended = f"! {type(error).__name__}"
    return time.process_time() - before, ended


def measured(name: str) -> tuple[float, str]:
    """Return `spent` of one case, its input made where it is measured; on a busy machine the better of two."""
    found = spent_apart(lambda: None, make=CASES[name])
    return found if found[0] < SECONDS else min(found, spent_apart(lambda: None, make=CASES[name]))


def spent_apart(act: Act, *, make: Callable[[], Act] | None = None) -> tuple[float, str]:
    """Return `spent` of a call in a child of its own, which is ended after ten seconds."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        found = (0.0, "! not made")
        try:
            act = act if make is None else make()
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 12, resource.RLIM_INFINITY))
            found = spent(act)
        finally:
            os.write(writes, json.dumps(found).encode())
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        text = told.read()
    os.waitpid(child, 0)
    return tuple(json.loads(text)) if text else (12.0, "! killed")


def main(names: list[str]) -> None:
    for call, given in doors.doors().values():
        del call, given  # Made once, before any child.
    apple.verify(doors.doors()["apple.verify"][1]["data"], at=AT)  # What is loaded once is loaded now.
    render.fit(png(9, 9), slot="logo")
    print(json.dumps({name: measured(name) for name in names or CASES}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
