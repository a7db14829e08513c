"""How often a file makes its reader hash a password: a number in it, which may be a thousand million."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from asn1crypto import keys, pem, pkcs12

from walletcard.errors import KeyMaterialError

MOST: Final = 2_000_000  # In one file; tools write 2,048 to 600,000 for each of its parts.
_OTHER: Final = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)  # There are no rounds, or it is no such file.


def require_few(content: bytes, *, where: str) -> None:
    """Raise `KeyMaterialError` when a .p12 file or a protected key asks for very many rounds."""
    try:
        count = sum(_of_p12(content) if where == "p12" else _of_key(content))
    except _OTHER:
        return
    if count > MOST:
        message, hint = f"asks for {count:_} rounds of its password, over {MOST:_}", "export it again"
        raise KeyMaterialError(message, code="key.rounds", where=where, hint=hint)


def _of_key(content: bytes) -> Iterator[int]:
    raw = pem.unarmor(content)[2] if pem.detect(content) else content
    yield from _rounds(keys.EncryptedPrivateKeyInfo.load(raw)["encryption_algorithm"])


def _of_p12(content: bytes) -> Iterator[int]:
    whole = pkcs12.Pfx.load(content)
    yield int(whole["mac_data"]["iterations"].native or 0)
    for part in whole.authenticated_safe:
        kind = part["content_type"].native
        if kind == "encrypted_data":
            yield from _rounds(part["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif kind == "data":
            for bag in pkcs12.SafeContents.load(part["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield from _rounds(bag["bag_value"]["encryption_algorithm"])


def _rounds(algorithm: Any) -> Iterator[int]:
    try:
        yield int(algorithm.kdf_iterations)
    except _OTHER:
        return
