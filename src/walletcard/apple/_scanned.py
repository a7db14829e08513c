"""What is held to a reader, judged: barcodes and NFC."""

from __future__ import annotations

import base64
import binascii
import codecs
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from walletcard.apple import _rules as rules
from walletcard.apple._notes import OBJECT, Notes
from walletcard.errors import Severity, quoted
from walletcard.model._slow_keys import names_diffie_hellman
from walletcard.model._symbols import flaw

_OURS: Final = {theirs: ours for ours, theirs in rules.BARCODES.items()}
_COMPRESSED: Final = 59  # Bytes of a P-256 SubjectPublicKeyInfo whose point is compressed.


def lint_scanned(notes: Notes, document: Mapping[str, Any]) -> None:
    """Judge ``barcodes``, ``barcode`` and ``nfc``, their types aside."""
    old, new = document.get("barcode"), document.get("barcodes")
    if isinstance(new, (list, tuple)):
        for number, entry in enumerate(new):
            _encoding(notes, entry, f"barcodes[{number}]", "warning")
        _newest(notes, new)
    if old is not None and isinstance(old, OBJECT):
        _encoding(notes, old, "barcode", "error")
        kind = old.get("format")
        if isinstance(kind, str) and kind in rules.BARCODE_FORMATS - rules.OLD_BARCODE_FORMATS:
            notes.add("barcode.old", "barcode.format", "not for the old key", "use barcodes, a list")
        elif "barcodes" not in document:
            notes.add("barcode.old", "barcode", "the old form", "use barcodes, a list: iOS 9 and later", "warning")
    nfc = document.get("nfc")
    if nfc is not None and isinstance(nfc, OBJECT):
        _nfc(notes, nfc, document)


def _encoding(notes: Notes, entry: object, place: str, severity: Severity) -> None:
    if not isinstance(entry, OBJECT):
        return
    message, charset, kind = (entry.get(key) for key in ("message", "messageEncoding", "format"))
    if not isinstance(message, str):
        return
    if isinstance(kind, str) and (found := flaw(_OURS.get(kind, ""), message)):
        notes.add(found.code, f"{place}.message", found.message, found.hint, "warning")
    if not isinstance(charset, str) or not charset.strip():
        return
    try:
        known = codecs.lookup(charset).name
    except (LookupError, ValueError):  # The second for a name with half a character in it.
        hint = "use iso-8859-1 or utf-8"
        notes.add("barcode.encoding", f"{place}.messageEncoding", f"{quoted(charset)} is unknown", hint, severity)
        return
    try:
        message.encode(known)
    except UnicodeEncodeError as error:
        lost = f"{quoted(message[error.start])} (position {error.start}) is not in {quoted(charset)}"
        notes.add("barcode.message", f"{place}.message", lost, "use messageEncoding utf-8", severity)
    except (LookupError, ValueError):  # What Python calls a codec and is none of texts, such as base64.
        hint = "use iso-8859-1 or utf-8"
        notes.add("barcode.encoding", f"{place}.messageEncoding", f"{quoted(charset)} is no encoding", hint, severity)


def _newest(notes: Notes, entries: list[Any] | tuple[Any, ...]) -> None:
    """Judge codes of iOS 27: phones before it show the first other one, or none."""
    kinds = [entry.get("format") for entry in entries if isinstance(entry, OBJECT)]
    newest = [isinstance(kind, str) and kind in rules.NEWEST_BARCODES for kind in kinds]
    if newest and all(newest):
        message = f"phones before iOS {rules.NEWEST_SYSTEM} show no code"
        hint = "add a second code that your till reads, such as PKBarcodeFormatQR or PKBarcodeFormatCode128"
        notes.add("barcode.newest", "barcodes", message, hint, "warning")
    elif newest and any(newest[1:]) and not newest[0]:
        message = f"never shown: iOS {rules.NEWEST_SYSTEM} takes the first code too"
        notes.add("barcode.order", "barcodes", message, "put the newest format first", "note")


def _nfc(notes: Notes, nfc: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    place, key = "nfc.encryptionPublicKey", nfc.get("encryptionPublicKey")
    if "encryptionPublicKey" not in nfc:
        hint = "add the reader's P-256 key, Base64 of its compressed form"
        notes.add("nfc.key", place, "missing; Apple's page requires it", hint, "warning")
    elif isinstance(key, str):
        _nfc_key(notes, place, key)
    if nfc.get("requiresAuthentication") is True and document.get("sharingProhibited") is not True:
        hint = "set sharingProhibited too"
        notes.add("nfc.sharing", "nfc.requiresAuthentication", "the pass can still be shared", hint, "note")


def _nfc_key(notes: Notes, place: str, key: str) -> None:
    if "-----BEGIN" in key or any(letter.isspace() for letter in key):
        message = "holds line breaks or PEM lines"
        notes.add("nfc.key", place, message, "give the Base64 between them, on one line")
        return
    try:
        der = base64.b64decode(key, validate=True)
        found = None if names_diffie_hellman(der) else load_der_public_key(der)
    except (binascii.Error, ValueError, TypeError, InternalError, UnsupportedAlgorithm):
        hint = "openssl ec -pubout -conv_form compressed -outform DER | base64 -w0"
        notes.add("nfc.key", place, "not the Base64 of a public key", hint)
        return
    if not isinstance(found, ec.EllipticCurvePublicKey) or not isinstance(found.curve, ec.SECP256R1):
        notes.add("nfc.key", place, "not a P-256 key", "make one: openssl ecparam -name prime256v1 -genkey")
    elif len(der) != _COMPRESSED:
        hint = "convert it: openssl ec -pubin -pubout -conv_form compressed"
        notes.add("nfc.key-form", place, "not compressed; nobody has seen it accepted", hint, "warning")
