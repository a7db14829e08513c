"""What a file makes its reader work for a password: numbers in it, each of which may be a thousand million.

Counted in rounds of hashing. What stands inside an encrypted part cannot be counted before that part is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from asn1crypto import algos, core, keys, pem, pkcs12

from walletcard.errors import KeyMaterialError

MOST: Final = 2_000_000  # In one file; tools write 2,048 to 600,000 for each of its parts.
_MOST_PARTS: Final = 1_000  # Of a .p12, and in each of them: certificates, keys.
_DEEPEST: Final = 8  # Bags within bags; no tool writes a second.
_PBMAC1: Final = "1.2.840.113549.1.5.14"
_SCRYPT: Final = "1.3.6.1.4.1.11591.4.11"
_SCRYPT_STEP: Final = 4  # Measured: a step of scrypt takes as long as two to three rounds. It also holds the memory.
# What reading a broken structure raises depends on where it breaks.
_BROKEN: Final = (ValueError, TypeError, KeyError, AttributeError)


class _Scrypt(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types.
    """The parameters of scrypt: https://www.rfc-editor.org/rfc/rfc7914#section-7.1."""

    _fields: Final = [
        ("salt", core.OctetString),
        ("cost", core.Integer),
        ("block_size", core.Integer),
        ("parallelization", core.Integer),
        ("key_length", core.Integer, {"optional": True}),
    ]


def require_few_of_p12(content: bytes) -> None:
    """Raise `KeyMaterialError` when a .p12 file asks for very much work, or when nobody can say how much."""
    try:
        count = sum(_of_p12(pkcs12.Pfx.load(content)))
    except _BROKEN:
        hint = "export it again from Keychain Access"
        raise KeyMaterialError("a damaged .p12 file", code="key.format", where="p12", hint=hint) from None
    _require_few(count, where="p12")


def require_few_of_key(content: bytes, *, where: str) -> None:
    """Raise `KeyMaterialError` when a protected key, DER or PEM, asks for very much work."""
    try:
        raw = pem.unarmor(content)[2] if pem.detect(content) else content
        count = sum(_of_lock(keys.EncryptedPrivateKeyInfo.load(raw)["encryption_algorithm"]))
    except _BROKEN:  # It is an open key, or of the old form, which asks for one round.
        return
    _require_few(count, where=where)


def _require_few(count: int, *, where: str) -> None:
    if count > MOST:
        message = f"asks for the work of more than {MOST:_} rounds of its password"
        hint = "export it again with fewer, such as -iter 100000 of openssl"
        raise KeyMaterialError(message, code="key.rounds", where=where, hint=hint)


def _of_p12(whole: Any) -> Iterator[int]:
    checked = whole["mac_data"]
    if isinstance(checked, pkcs12.MacData):
        yield _number(checked["iterations"])
        kind = checked["mac"]["digest_algorithm"]
        if kind["algorithm"].dotted == _PBMAC1:  # https://www.rfc-editor.org/rfc/rfc9579
            yield _of_stretching(kind["parameters"].parse(algos.Pbmac1Params)["key_derivation_func"])
    for part in _few(whole.authenticated_safe):
        if part["content_type"].native == "encrypted_data":
            yield from _of_lock(part["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif part["content_type"].native == "data":
            yield from _of_bags(pkcs12.SafeContents.load(part["content"].native), _DEEPEST)


def _of_bags(bags: Any, left: int) -> Iterator[int]:
    if not left:
        raise ValueError("bags within bags")
    for bag in _few(bags):
        if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
            yield from _of_lock(bag["bag_value"]["encryption_algorithm"])
        elif bag["bag_id"].native == "safe_contents":
            yield from _of_bags(bag["bag_value"], left - 1)


def _few(parts: Any) -> Any:
    if len(parts) > _MOST_PARTS:
        raise ValueError("very many parts")
    return parts


def _of_lock(algorithm: Any) -> Iterator[int]:
    """Yield what a lock asks for; nothing for one without a password, and for one that nobody opens."""
    name, parameters = algorithm["algorithm"].native, algorithm["parameters"]
    if name == "pbes2":
        yield _of_stretching(parameters["key_derivation_func"])
    elif name.startswith(("pbes1_", "pkcs12_")):
        yield _number(parameters["iterations"])


def _of_stretching(algorithm: Any) -> int:
    if algorithm["algorithm"].dotted != _SCRYPT:
        return _number(algorithm["parameters"]["iteration_count"])
    given = algorithm["parameters"].parse(_Scrypt)
    cost, size, parallel = (_number(given[name]) for name in ("cost", "block_size", "parallelization"))
    return _SCRYPT_STEP * cost * size * parallel


def _number(value: Any) -> int:
    """Return a number, cut where it is too much anyway; none may be negative and make up for another."""
    return min(max(int(value.native), 0), MOST + 1)
