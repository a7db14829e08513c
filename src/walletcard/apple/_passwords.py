"""A password in, the bytes that open a key out; and what is said of one that does not. None is ever shown."""

from __future__ import annotations

from walletcard.errors import KeyMaterialError


def secret_of(password: object) -> bytes | None:
    """Return a password as bytes, a text in UTF-8; ``None`` for none.

    Raises:
        KeyMaterialError: It is neither text nor bytes.
    """
    if isinstance(password, str):
        try:
            return password.encode("utf-8")
        except UnicodeEncodeError:
            raise _no_password("holds half a character", "read it as UTF-8 again") from None
    if password is None or isinstance(password, bytes):
        return password
    raise _no_password(f"got {type(password).__name__}", "pass text or bytes")


def p12_password(password: object) -> bytes | None:
    """Return a password as a .p12 file can hold it: text, in UTF-8, and no NUL, at which the layer below panics.

    Raises:
        KeyMaterialError: It can be nobody's password of such a file; it is not shown.
    """
    secret = secret_of(password)
    try:
        text = (secret or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise _no_password("is not UTF-8", "pass it as text") from None
    if "\0" in text:
        raise _no_password("holds a NUL character", "remove it")
    return secret


def _no_password(message: str, hint: str) -> KeyMaterialError:
    return KeyMaterialError(message, code="key.password", where="password", hint=hint)


def locked(where: str, secret: bytes | None, *, hint: str = "re-type it") -> KeyMaterialError:
    """Return the error for what a password does not open, or the lack of one."""
    if not secret:
        return KeyMaterialError("is protected by a password", code="key.password", where=where, hint="give password=")
    if secret.endswith((b"\n", b"\r")):
        hint = "the password ends with a line break, as a file's text does: take it off"
    return KeyMaterialError("the password does not open it", code="key.password", where=where, hint=hint)
