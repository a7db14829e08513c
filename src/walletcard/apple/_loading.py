"""The bytes a user has in, certificates and keys out: DER or PEM, told apart by looking.

What was handed over is named when it is not what belongs there. No message holds a byte of a key or a password.
"""

from __future__ import annotations

import base64
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, NamedTuple

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    pkcs12,
)

from walletcard.apple._certificates import public_key_of
from walletcard.apple._passwords import locked, p12_password, secret_of
from walletcard.apple._rounds import require_few_of_key, require_few_of_p12
from walletcard.errors import KeyMaterialError, quoted
from walletcard.model._slow_keys import MAX_BITS, is_too_large, names_diffie_hellman

_MAX_FILE: Final = 5_000_000  # Bytes: thousands of certificates.
# What lies between holds no five dashes, so that each byte is looked at once, whatever the file.
_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----")
_LABELS: Final = {
    "CERTIFICATE": "a certificate",
    "X509 CERTIFICATE": "a certificate",
    "PRIVATE KEY": "a private key",
    "RSA PRIVATE KEY": "a private key",
    "EC PRIVATE KEY": "a private key",
    "DSA PRIVATE KEY": "a private key",
    "OPENSSH PRIVATE KEY": "a private key",
    "ENCRYPTED PRIVATE KEY": "a private key",
    "PUBLIC KEY": "a public key",
    "RSA PUBLIC KEY": "a public key",
    "CERTIFICATE REQUEST": "a certificate request",
    "NEW CERTIFICATE REQUEST": "a certificate request",
    "PKCS7": "a PKCS#7 bundle",
}
ALONE: Final = "file"  # Where there is one file, no two can be swapped.
_CERTIFICATE, _PRIVATE_KEY, _P12 = "a certificate", "a private key", "a .p12 file"
_INSTEAD: Final = {
    (_PRIVATE_KEY, _CERTIFICATE): "the two files may be swapped",
    (_CERTIFICATE, _PRIVATE_KEY): "the two files may be swapped",
    ("a public key", _PRIVATE_KEY): "pass the private one",
    ("a certificate request", _CERTIFICATE): "upload it at developer.apple.com and pass the certificate you get",
    (_P12, _PRIVATE_KEY): "use from_p12()",
    (_P12, _CERTIFICATE): "use from_p12()",
}
# What reading a broken one raises depends on where it breaks.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    KeyError,  # cryptography before 50, of a name whose text has a tag that it does not know.
    OverflowError,
    InternalError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_LEGACY_HINT: Final = "run once: openssl pkcs12 -legacy -in pass.p12 -nodes -out pass.pem, then use from_pem()"
_QUIET: Final = threading.Lock()  # The filters of warnings are the whole process's: one thread at a time changes them.


class _Part(NamedTuple):
    """One thing found in what the user gave: what it is, and its bytes with or without PEM armour."""

    kind: str
    content: bytes
    armoured: bool


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to ourselves what the layer below warns of: files in BER and long names are in use, and it reads them."""
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def as_bytes(value: object, *, where: str) -> bytes:
    """Return the bytes of a file that a user handed over; PEM may also be text.

    Raises:
        KeyMaterialError: It is something else, most often a path.
    """
    if isinstance(value, (str, bytes, bytearray, memoryview)) and len(value) > _MAX_FILE:
        message, hint = f"{len(value):_} bytes, over {_MAX_FILE:_}", "pass one key or some certificates"
        raise KeyMaterialError(message, code="key.format", where=where, hint=hint)
    if isinstance(value, str):
        if "-----BEGIN " in value:
            return value.encode("utf-8", "replace")
        message, hint = "got a text that is no PEM", "this looks like a path: open the file and pass its bytes"
        raise KeyMaterialError(message, code="key.format", where=where, hint=hint)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise KeyMaterialError(f"got {quoted(value)}", code="key.format", where=where, hint="pass the file's bytes")


def certificates(value: object, *, where: str) -> list[x509.Certificate]:
    """Return every certificate in ``value``; at least one."""
    parts = _parts(as_bytes(value, where=where), where)
    found = [_certificate(part, where) for part in parts if part.kind == _CERTIFICATE]
    if not found:
        raise _instead(parts, _CERTIFICATE, where)
    return found


def private_keys(value: object, *, password: object, where: str) -> list[PrivateKeyTypes]:
    """Return the private key in ``value``, alone in a list; of several, nobody knows which is meant."""
    secret = secret_of(password)
    parts = _parts(as_bytes(value, where=where), where)
    found = [part for part in parts if part.kind == _PRIVATE_KEY]
    if not found:
        raise _instead(parts, _PRIVATE_KEY, where)
    if len(found) > 1:
        raise several_keys(len(found), where)
    return [_private_key(part, secret, where) for part in found]


def several_keys(count: int, where: str) -> KeyMaterialError:
    """Return the error for more keys than one: which of them belongs to the certificate is for the user to say."""
    hint = "keep the one that belongs to the certificate"
    return KeyMaterialError(f"holds {count} private keys", code="key.several", where=where, hint=hint)


def from_p12(value: object, *, password: object) -> tuple[PrivateKeyTypes, list[x509.Certificate]]:
    """Return the key of a .p12 file and all its certificates; at least one."""
    secret, content = p12_password(password), as_bytes(value, where="p12")
    if b"-----BEGIN " in content:
        raise KeyMaterialError("is a PEM file", code="key.format", where="p12", hint="use from_pem()")
    if not is_p12(content):
        message, hint = f"not a .p12 file ({len(content)} bytes)", "export it again from Keychain Access"
        raise KeyMaterialError(message, code="key.format", where="p12", hint=hint)
    require_few_of_p12(content)
    opened = _opened(content, secret)
    enclosed = (opened.cert, *opened.additional_certs)
    held = [_whole(partial(getattr, one, "certificate"), where="p12") for one in enclosed if one is not None]
    if opened.key is None:
        hint = "in Keychain Access select the certificate together with the key under it, and export again"
        raise KeyMaterialError("holds no private key", code="key.missing", where="p12", hint=hint)
    if not held:
        raise KeyMaterialError(
            "holds no certificate", code="key.missing", where="p12", hint="export key and certificate"
        )
    return opened.key, held


def _opened(content: bytes, secret: bytes | None) -> pkcs12.PKCS12KeyAndCertificates:
    # No password and an empty one are two encodings of "none": OpenSSL tries both.
    try:
        with _quietly():
            return pkcs12.load_pkcs12(content, secret)
    except UnsupportedAlgorithm:
        message = "uses an encryption that this OpenSSL has switched off"
        raise KeyMaterialError(message, code="key.legacy", where="p12", hint=_LEGACY_HINT) from None
    except _UNREADABLE:  # A wrong password and a damaged file are the same error below.
        raise locked("p12", secret, hint="re-type it, or export the file again") from None


def _parts(content: bytes, where: str) -> list[_Part]:
    # An environment variable often holds the two characters \n, or a space, where a line should end.
    armoured = b"-----BEGIN " in content
    plain = content.replace(b"\\r", b"").replace(b"\\n", b"\n") if armoured else content
    if names_diffie_hellman(plain):
        raise _no_signer(where)
    if armoured:
        return _pem_parts(plain, where)
    require_few_of_key(content, where=where)  # To try whether it is a key, older readers hash the lack of a password.
    kind = _der_kind(content)
    if kind is None:
        shown = "empty" if not content else f"neither DER nor PEM ({len(content)} bytes)"
        raise KeyMaterialError(shown, code="key.format", where=where, hint="copy or export the file again")
    return [_Part(kind, content, armoured=False)]


def _pem_parts(plain: bytes, where: str) -> list[_Part]:
    parts = []
    for label, body in _BLOCK.findall(plain):
        name = label.decode("ascii")
        part = _Part(_LABELS.get(name, f"a block {quoted(name)}"), _armoured(label, body), armoured=True)
        if part.kind == _PRIVATE_KEY:
            require_few_of_key(part.content, where=where)
        parts.append(part)
    if len(parts) != plain.count(b"-----BEGIN "):
        message, hint = "a PEM file that ends early", "copy it again, from -----BEGIN to -----END"
        raise KeyMaterialError(message, code="key.format", where=where, hint=hint)
    return parts


def _armoured(label: bytes, body: bytes) -> bytes:
    """Return one block with its lines in order; a block with headers (an old encrypted key) as it is."""
    text = body.strip() if b":" in body else b"\n".join(re.findall(rb".{1,64}", b"".join(body.split())))
    return b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, text, label)


def _der(part: _Part) -> bytes:
    if not part.armoured:
        return part.content
    return base64.b64decode(b"".join(part.content.split(b"\n")[1:-2]), validate=True)


def _certificate(part: _Part, where: str) -> x509.Certificate:
    return _whole(lambda: x509.load_der_x509_certificate(_der(part)), where=where)


def _whole(read: Callable[[], x509.Certificate], *, where: str) -> x509.Certificate:
    """Read every part of a certificate now: the layer below does so when a part is asked for, and raises there.

    A serial number below one, which RFC 5280 forbids, is a broken one: the layer below is about to refuse it, too.
    """
    try:
        with _quietly():
            found = read()
            if names_diffie_hellman(found.tbs_certificate_bytes):
                raise _no_signer(where)
            _ = found.subject, found.issuer, found.extensions
            _ = found.not_valid_before_utc, found.not_valid_after_utc, public_key_of(found)
            sound = found.serial_number > 0
    except _UNREADABLE:
        sound = False
    if not sound:
        hint = "download it again from developer.apple.com"
        raise KeyMaterialError("a damaged certificate", code="key.format", where=where, hint=hint)
    return found


def _no_signer(where: str) -> KeyMaterialError:
    hint = "pass the RSA key and its Pass Type ID certificate"
    return KeyMaterialError("is of Diffie-Hellman, which signs nothing", code="key.kind", where=where, hint=hint)


def _private_key(part: _Part, secret: bytes | None, where: str) -> PrivateKeyTypes:
    try:
        return _tested(_read_key(part, secret or None), where)
    except TypeError:
        # Either a password is missing, or one was given for an open key; the second harms nobody.
        if not secret:
            raise locked(where, None) from None
        return _private_key(part, None, where)
    except UnsupportedAlgorithm:
        hint = "make a 2048-bit RSA key"
        raise KeyMaterialError("a key of an unknown kind", code="key.kind", where=where, hint=hint) from None
    except (ValueError, InternalError):
        if secret and _is_encrypted(part):
            raise locked(where, secret) from None
        if part.content.startswith(b"-----BEGIN OPENSSH "):
            message, hint = "a key in OpenSSH's own form", "turn it into PEM: ssh-keygen -p -m PEM -f KEY"
        else:
            message, hint = "a damaged private key", "export the key again"
        raise KeyMaterialError(message, code="key.format", where=where, hint=hint) from None


def _read_key(part: _Part, secret: bytes | None) -> PrivateKeyTypes:
    """Read a key without a test of its primes, which takes minutes where they are huge."""
    load = load_pem_private_key if part.armoured else load_der_private_key
    return load(part.content, secret, unsafe_skip_rsa_key_validation=True)


def _tested(key: PrivateKeyTypes, where: str) -> PrivateKeyTypes:
    """Return a key whose numbers fit each other."""
    if not isinstance(key, rsa.RSAPrivateKey):
        return key
    numbers = key.private_numbers()
    if is_too_large(numbers.public_numbers.n, numbers.p, numbers.q):
        message, hint = f"RSA {key.key_size} bits is too large", f"make a key of 2048 bits, or up to {MAX_BITS}"
        raise KeyMaterialError(message, code="key.large", where=where, hint=hint)
    return numbers.private_key()


def _is_encrypted(part: _Part) -> bool:
    """Tell a protected key from an open one without its password."""
    if part.armoured and b"ENCRYPTED" in part.content:
        return True
    try:
        _read_key(part, None)
    except TypeError:
        return True
    except (ValueError, InternalError, UnsupportedAlgorithm):
        pass
    return False


def is_p12(content: bytes) -> bool:
    """Tell a .p12 file, whatever its password."""
    try:
        pfx = asn1_pkcs12.Pfx.load(content)
        return pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native in ("data", "signed_data")
    except (ValueError, TypeError, KeyError):
        return False


def _der_kind(content: bytes) -> str | None:
    readers = (
        (_CERTIFICATE, x509.load_der_x509_certificate),
        ("a public key", load_der_public_key),
        ("a certificate request", x509.load_der_x509_csr),
    )
    for kind, read in readers:
        try:
            with _quietly():
                read(content)
        except _UNREADABLE:
            continue
        return kind
    try:
        _read_key(_Part(_PRIVATE_KEY, content, armoured=False), None)
    except TypeError:  # Protected by a password, and so a key.
        return _PRIVATE_KEY
    except (ValueError, InternalError, UnsupportedAlgorithm):
        return _P12 if is_p12(content) else None
    return _PRIVATE_KEY


def _instead(parts: list[_Part], wanted: str, where: str) -> KeyMaterialError:
    kind = parts[0].kind
    hint = _INSTEAD.get((kind, wanted), f"pass {wanted}")
    if where == ALONE and kind == _PRIVATE_KEY:
        hint = "give the certificate, and this file as its key="
    return KeyMaterialError(f"is {kind}, not {wanted}", code="key.kind", where=where, hint=hint)
