"""Documents for a wallet that somebody else wrote: ``pass.json``, Google's classes and objects, save links."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Any, Final

from fuzz._target import Target
from fuzz.targets._material import AT, compact, faces, png
from walletcard import apple, google, testing
from walletcard.apple._package import read_document
from walletcard.errors import InvalidCardError, Issue
from walletcard.google._resource_rules import CLASSES, OBJECTS

_KINDS: Final = (*CLASSES, *OBJECTS, "claims")
_HEADER: Final = b'{"alg":"RS256"}'
_ISSUER: Final = "3388000000012345678"


def lint_pass(data: bytes) -> Iterable[Issue] | None:
    """Lint a document that was read leniently; the first byte says whether files go with it."""
    found = read_document(data[1:])
    files = {"icon.png": png(2, 2), "en.lproj/pass.strings": b'"a"="b";'} if data[:1] == b"\1" else None
    return (*found.issues, *apple.lint(found.pass_json, files=files))


def lint_google(data: bytes) -> Iterable[Issue] | None:
    """Lint a document of the kind that the first byte says; its highest bit makes it the body of a PATCH."""
    mode = data[0] if data else 0
    try:
        body: Any = json.loads(data[1:])
    except (ValueError, RecursionError):
        return None
    return google.lint(_KINDS[(mode & 0x7F) % len(_KINDS)], body, partial=mode >= 0x80)


def read_link(data: bytes) -> Iterable[Issue] | None:
    """Read a link; with a first byte of 1 the rest is the claims of a well-made one."""
    mode, rest = data[:1], data[1:]
    text = rest.decode("utf-8", "replace") if mode != b"\1" else f"{_part(_HEADER)}.{_part(rest)}.AAAA"
    return google.read_link(text).issues


def _part(content: bytes) -> str:
    return urlsafe_b64encode(content).decode("ascii").rstrip("=")


def pass_seeds() -> Iterator[bytes]:
    """Make a document of every kind of face."""
    for number, face in enumerate(faces()):
        document = apple.pass_json(face)
        yield bytes([number % 2]) + compact(document)
    kinds = ("boardingPass", "coupon", "eventTicket", "generic", "storeCard")
    for kind in kinds:
        document = {
            "formatVersion": 1,
            "serialNumber": "1",
            "passTypeIdentifier": "pass.a.b",
            "teamIdentifier": "ABCDE12345",
            "organizationName": "A",
            "description": "B",
            kind: {
                "transitType": "PKTransitTypeAir",
                "primaryFields": [{"key": "a", "label": "A", "value": 1, "currencyCode": "GBP"}],
                "auxiliaryFields": [{"key": "b", "value": "2026-11-22T10:00Z", "dateStyle": "PKDateStyleNone"}],
                "backFields": [{"key": "c", "value": "x", "attributedValue": "<a href='https://a.b'>x</a>"}],
            },
            "barcodes": [{"format": "PKBarcodeFormatQR", "message": "A", "messageEncoding": "iso-8859-1"}],
            "locations": [{"latitude": 1.5, "longitude": 2, "relevantText": "x"}],
            "relevantDates": [{"startDate": "2026-11-22T10:00:00Z", "endDate": "2026-11-23T10:00:00Z"}],
            "backgroundColor": "rgb(1, 2, 3)",
            "semantics": {"seats": [{"seatRow": "1"}], "amountPaid": {"amount": "1", "currencyCode": "GBP"}},
            "nfc": {"message": "A", "encryptionPublicKey": "AAAA"},
            "userInfo": {"a": [1]},
            "webServiceURL": "https://example.com/",
            "authenticationToken": "0123456789abcdef",
            "preferredStyleSchemes": ["posterEventTicket"],
        }  # fmt: skip
        yield b"\1" + compact(document)


def google_seeds() -> Iterator[bytes]:
    """Make a class and an object of every kind of face, and the claims of a link."""
    for face in faces():
        try:
            made = google.resources(face, issuer_id=_ISSUER)
        except InvalidCardError:
            continue
        for part, document in (("Class", made.class_json), ("Object", made.object_json)):
            number = _KINDS.index(f"{made.kind[0].upper()}{made.kind[1:]}{part}")
            yield bytes([number]) + document
            yield bytes([number | 0x80]) + document
    yield bytes([len(_KINDS) - 1]) + _claims()


def link_seeds() -> Iterator[bytes]:
    """Make a link, and its claims."""
    link = google.save_link(faces()[0], account=testing.throwaway_service_account(), issuer_id=_ISSUER, at=AT)
    yield b"\0" + str(link.url).encode()
    yield b"\1" + _claims()


def _claims() -> bytes:
    link = google.save_link(faces()[0], account=testing.throwaway_service_account(), issuer_id=_ISSUER, at=AT)
    return compact(dict(google.read_link(link.url).claims))


PASS_JSON: Final = Target(name="pass_json", one=lint_pass, seeds=pass_seeds, shape="json", head=1, longest=8192)
GOOGLE: Final = Target(name="google", one=lint_google, seeds=google_seeds, shape="json", head=1, longest=8192)
LINK: Final = Target(name="link", one=read_link, seeds=link_seeds, shape="json", head=1, longest=4096)
