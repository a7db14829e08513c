"""Keys that keep a reader busy for half a minute and more, if he tests them: Diffie-Hellman, and RSA of huge primes."""

from __future__ import annotations

import base64
import math

from asn1crypto import core, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from tests.apple import chain

PRIME = 2**9689 - 1  # Mersenne's: proven, so that every round of a test is run.
DH = "1.2.840.113549.1.3.1"
X942 = "1.2.840.10046.2.1"


class _Numbers(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types.
    _child_spec = core.Integer


class _Named(core.Sequence):  # type: ignore[misc]
    _fields = [("name", core.ObjectIdentifier), ("parameters", core.Any)]  # noqa: RUF012  # asn1crypto's way.


class _Public(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", _Named), ("key", core.OctetBitString)]  # noqa: RUF012


class _Private(core.Sequence):  # type: ignore[misc]
    _fields = [("version", core.Integer), ("algorithm", _Named), ("key", core.OctetString)]  # noqa: RUF012


def _named(name: str) -> _Named:
    numbers = [PRIME, 2] if name == DH else [PRIME, 2, 3]
    return _Named({"name": name, "parameters": _Numbers(numbers)})


def dh_public(name: str = DH) -> bytes:
    made: bytes = _Public({"algorithm": _named(name), "key": core.Integer(12345).dump()}).dump()
    return made


def dh_private(name: str = DH) -> bytes:
    made: bytes = _Private({"version": 0, "algorithm": _named(name), "key": core.Integer(12345).dump()}).dump()
    return made


def dh_certificate(name: str = DH) -> bytes:
    """Return a certificate for such a key, truly signed."""
    like = x509.Certificate.load(chain.der(chain.leaf()))
    parts = like["tbs_certificate"]
    kept = [dh_public(name) if field == "subject_public_key_info" else parts[field].dump() for field in parts]
    body = core.Sequence(contents=b"".join(kept)).dump()
    signature = chain.key("middle").sign(body, padding.PKCS1v15(), hashes.SHA256())
    whole = body, like["signature_algorithm"].dump(), core.OctetBitString(signature).dump()
    return bytes(core.Sequence(contents=b"".join(whole)).dump())


def rsa_private(first: int = 1_000_003, second: int = PRIME) -> bytes:
    """Return an RSA key whose numbers fit each other."""
    order = (first - 1) * (second - 1)
    exponent = next(one for one in (65537, 257, 17, 13, 11, 7, 5) if math.gcd(one, order) == 1)
    secret = pow(exponent, -1, order)
    numbers = {
        "version": 0,
        "modulus": first * second,
        "public_exponent": exponent,
        "private_exponent": secret,
        "prime1": first,
        "prime2": second,
        "exponent1": secret % (first - 1),
        "exponent2": secret % (second - 1),
        "coefficient": pow(second, -1, first),
    }
    return bytes(keys.RSAPrivateKey(numbers).dump())


def pem(label: str, der: bytes, *headers: str) -> bytes:
    lines = base64.encodebytes(der).decode("ascii").strip()
    head = "".join(f"{one}\n" for one in headers) + "\n" * bool(headers)
    return f"-----BEGIN {label}-----\n{head}{lines}\n-----END {label}-----\n".encode("ascii")
