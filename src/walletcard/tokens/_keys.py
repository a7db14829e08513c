"""The keys of an app in one place, where nothing shows them."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final, NoReturn, Self

from walletcard.errors import KeyMaterialError

KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,8}")
MAC_SIZE: Final = 12  # Bytes: 96 bits, beyond guessing; every byte more is a character of a card's id less.

_SIZE: Final = 32  # Bytes.
_DISTINCT: Final = 16  # 32 random bytes have about 30 different values and practically never fewer than 16.
_PURPOSE: Final = b"walletcard.tokens 1\0"  # A key that also signs other things signs no token by accident.


class KeyRing:
    """HMAC keys by short id: one signs, all verify.

    To change keys, add a new one and let it sign; take the old one out once the cards are refreshed. A ring does not
    change, may be shared between threads, cannot be pickled, and no text of it shows a key.

    >>> KeyRing({"2026": KeyRing.new_key()}, signing="2026")
    KeyRing(signing='2026', ids=('2026',))

    Args:
        keys: At least 32 random bytes each. The id, 1 to 8 of ``A-Z a-z 0-9 _ -``, can be read in every token.
        signing: The id of the key that signs.

    Raises:
        KeyMaterialError: A key is empty, short or typed, or the signing one is not there; ``code`` says which.
    """

    __slots__ = ("_states", "signing")

    signing: str
    _states: Mapping[str, hmac.HMAC]

    def __init__(self, keys: Mapping[str, bytes], *, signing: str) -> None:
        if not isinstance(keys, Mapping):
            hint = 'give a mapping such as {"2026": key}'
            raise unusable(code="key.type", where="keys", message=f"got {type(keys).__name__}", hint=hint)
        if not keys:
            raise unusable(code="key.empty", where="keys", message="holds no key")
        states = {_checked_id(name): _state(name, key) for name, key in keys.items()}
        if not isinstance(signing, str) or signing not in states:
            hint = f"name the newest of {', '.join(sorted(states)[:5])}"
            raise unusable(code="key.signing", where="signing", message="not the id of a key in the ring", hint=hint)
        object.__setattr__(self, "signing", signing)
        object.__setattr__(self, "_states", states)

    @staticmethod
    def new_key() -> bytes:
        """Return 32 random bytes for one key; keep them where the app keeps its passwords."""
        return secrets.token_bytes(_SIZE)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._states)

    def mac(self, key: str, content: bytes) -> bytes:
        """Return the first 12 bytes of HMAC-SHA256 over ``content`` with the key of that id.

        Raises:
            KeyMaterialError: The ring has no such key, or ``content`` is no bytes.
        """
        if not isinstance(key, str) or key not in self._states:
            hint = f"name one of {', '.join(sorted(self._states)[:5])}"
            raise unusable(code="key.unknown", where="key", message="not the id of a key in the ring", hint=hint)
        if not isinstance(content, (bytes, bytearray, memoryview)):
            raise unusable(code="key.content", where="content", message="not bytes", hint="encode it: text.encode()")
        state = self._states[key].copy()
        state.update(content)
        return state.digest()[:MAC_SIZE]

    def __repr__(self) -> str:
        return f"KeyRing(signing={self.signing!r}, ids={self.ids!r})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a KeyRing does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a KeyRing does not change: {name}")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "build it from the app's secrets in the other process"
        raise unusable(code="key.pickle", where="keys", message="a KeyRing is not pickled", hint=hint)


def unusable(*, code: str, where: str, message: str, hint: str = "make one with KeyRing.new_key()") -> KeyMaterialError:
    """Return the error of a key or a ring."""
    return KeyMaterialError(message, code=code, where=where, hint=hint)


def require_ring(keys: object) -> None:
    """Raise `KeyMaterialError` unless ``keys`` is a `KeyRing`."""
    if not isinstance(keys, KeyRing):
        message, hint = f"got {type(keys).__name__}, need a KeyRing", "build a KeyRing once, when the app starts"
        raise unusable(code="key.type", where="keys", message=message, hint=hint)


def _checked_id(name: object) -> str:
    if isinstance(name, str) and KEY_ID.fullmatch(name):
        return name
    # It is not shown: where id and key were swapped, it is the key.
    message, hint = "an id is not 1 to 8 of A-Z a-z 0-9 _ -", 'give each key an id such as "2026"'
    raise unusable(code="key.id", where="keys", message=message, hint=hint)


def _state(name: str, key: object) -> hmac.HMAC:
    where = f'keys["{name}"]'
    if not isinstance(key, bytes):
        hint = "decode hexadecimal or base64, or make one with KeyRing.new_key()"
        raise unusable(code="key.type", where=where, message=f"got {type(key).__name__}, need bytes", hint=hint)
    if not key:
        raise unusable(code="key.empty", where=where, message="empty")
    if _is_typed(key):
        hint = "decode hexadecimal or base64, or make one with KeyRing.new_key()"
        raise unusable(code="key.passphrase", where=where, message="text or a pattern, not random bytes", hint=hint)
    if len(key) < _SIZE:
        raise unusable(code="key.short", where=where, message=f"{len(key)} bytes, need {_SIZE}")
    return hmac.new(key, _PURPOSE, "sha256")


def _is_typed(key: bytes) -> bool:
    """Tell what random bytes never look like: text in any script, hexadecimal and base64 too, or a few values."""
    if len(key) >= _SIZE and len(set(key)) < _DISTINCT:
        return True
    try:
        return key.decode().strip().isprintable()
    except UnicodeDecodeError:
        return False
