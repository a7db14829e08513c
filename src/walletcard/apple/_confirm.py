"""A pass that was just made, looked at once more before it is handed over.

A key that miscalculates, or a library that was replaced in part, makes a pass that only a phone would refuse; one
wrong RSA signature can even give its key away. What is looked at are the very pieces that leave: the files as they
stand in the archive are those that were given, the manifest lists their hashes and nothing else, the signature holds
the digest of that manifest and the time, and verifies with the public key of the certificate. A picture is hashed
once in its life, so its hash is taken from it; certificates are judged where an identity is made. `verify` judges all
of a pass, a stranger's too, and takes many times as long.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NoReturn

from walletcard.apple._archive import Content
from walletcard.apple._identity import Identity, is_signed
from walletcard.errors import SigningError, quoted
from walletcard.model import Picture

_LOCAL_HEADER: Final = 30  # Bytes before the name.


def confirm(pieces: Sequence[bytes], files: Mapping[str, Content], *, identity: Identity, at: datetime) -> None:
    """Look at the pieces of an archive of ``files``.

    Args:
        pieces: What `pack` returned.
        files: What it was given.
        identity: Who signed.
        at: The signing time.

    Raises:
        SigningError: They do not fit each other.
    """
    inside = {head[_LOCAL_HEADER:].decode(): body for head, body in zip(pieces[:-2:2], pieces[1:-2:2], strict=True)}
    listed, signature = inside.pop("manifest.json", b""), inside.pop("signature", b"")
    for name, content in files.items():
        if inside.get(name) != (content.png if isinstance(content, Picture) else content):
            _refuse(quoted(name), "is not what was given")
    hashed = {name: one.sha1 if isinstance(one, Picture) else _sha1(one) for name, one in files.items()}
    if inside.keys() != hashed.keys() or _table(listed) != hashed:
        _refuse("manifest.json", "does not list these files")
    if not is_signed(identity, listed, signature, at=at):
        _refuse("signature", "does not fit the manifest and the certificate")


def _table(listed: bytes) -> object:
    try:
        return json.loads(listed)
    except ValueError:
        return None


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _refuse(where: str, message: str) -> NoReturn:
    hint = "sign again; if it comes back, look for a replaced library or a faulty computer"
    raise SigningError(f"{message}, although just made", code="signing.unfit", where=where, hint=hint)
