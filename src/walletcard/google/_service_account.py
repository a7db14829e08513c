"""A service account's JSON file in, a signer out. The key is parsed once, kept, and never shown.

https://developers.google.com/identity/protocols/oauth2/service-account
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final, NoReturn, Self
from urllib.parse import urlsplit

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt import PyJWS, PyJWTError

from walletcard.errors import KeyMaterialError, SecretStaysError, SigningError, quoted, wrong_type
from walletcard.model._checks import require_whole
from walletcard.model._slow_keys import is_too_large, names_diffie_hellman

WHERE: Final = "service account"
_MAX_FILE: Final = 100_000  # Bytes.
_MIN_BITS: Final = 2048
_AGAIN: Final = "download the key file again, under IAM & Admin > Service accounts > Keys"
_EMAIL: Final = re.compile(r"[^@\s]{1,100}@(?:[a-z0-9-]+\.)*gserviceaccount\.com")
_TOKEN_HOSTS: Final = ("googleapis.com", "accounts.google.com")
_NOT_PRIVATE: Final = (
    ("BEGIN CERTIFICATE", "key.certificate", "holds a certificate, not a private key"),
    ("PUBLIC KEY", "key.public", "holds a public key"),
    ("ENCRYPTED", "key.encrypted", "key is password protected"),
)
_MAX_SHOWN: Final = 100
_SHOWN: Final = re.compile(r"[a-z_]+|[^@\s]*@[^@\s]*|https?://\S*")
_HEADER_LENGTH: Final = 36  # {"alg":"RS256","typ":"JWT"} in base64.
_JWS: Final = PyJWS(algorithms=["RS256"])


class ServiceAccount:
    """The identity that signs save links: an address and its private key. Made by `from_json`.

    It does not change, is not pickled, and no text of it shows the key.

    Attributes:
        client_email: Who signs; invite this address in the Google Pay & Wallet Console.
        token_uri: Where Google hands out access tokens.
    """

    THROWAWAY_DOMAIN: ClassVar[str] = "walletcard-throwaway.iam.gserviceaccount.com"

    __slots__ = ("_key", "client_email", "token_uri")

    client_email: str
    token_uri: str
    _key: RSAPrivateKey

    def __init__(self, *, client_email: str, token_uri: str, key: RSAPrivateKey) -> None:
        for name, value, kind in (
            ("client_email", client_email, str),
            ("token_uri", token_uri, str),
            ("key", key, RSAPrivateKey),
        ):
            if not isinstance(value, kind) or (isinstance(value, str) and not value.isprintable()):
                hint = "use ServiceAccount.from_json"
                raise wrong_type(
                    value, need=kind.__name__, where=name, code="key.type", hint=hint, error=KeyMaterialError
                )
        for name, value in (("client_email", client_email), ("token_uri", token_uri), ("_key", key)):
            object.__setattr__(self, name, value)

    @classmethod
    def from_json(cls, data: bytes | str | Mapping[str, Any], *, token_uri: str | None = None) -> Self:
        """Read the key file that the Google Cloud console gave.

        Args:
            data: The file's content, or what ``json.loads`` made of it. Line breaks of the key that arrived as a
                backslash and an n, as in an environment variable, are repaired.
            token_uri: Replaces the file's; for a proxy or a test server. The file's own must be Google's.

        Raises:
            KeyMaterialError: It is another kind of file, is incomplete, or its key cannot be used.
        """
        content = _object(data)
        _check_kind(content)
        return cls(
            client_email=_email(content),
            token_uri=_token_uri(content) if token_uri is None else _address(token_uri),
            key=_private_key(content),
        )

    @property
    def throwaway(self) -> bool:
        """Whether it was made on the spot for tests; Google does not know such an account."""
        return self.client_email.endswith(f"@{self.THROWAWAY_DOMAIN}")

    def sign(self, payload: bytes) -> str:
        """Return the compact JWS of ``payload``: RS256, without ``kid``, which would cost 66 characters.

        Raises:
            SigningError: The key refused.
        """
        try:
            return _JWS.encode(payload, self._key, algorithm="RS256")
        except (PyJWTError, UnsupportedAlgorithm, ValueError, TypeError) as error:
            hint = "check the installed cryptography package"
            raise SigningError("the key did not sign", code="signing.failed", where=WHERE, hint=hint) from error

    def signed_length(self, size: int) -> int:
        """Return how many characters `sign` would return for so many bytes, without signing."""
        require_whole(size, "size")
        return token_length(size, key_bits=self._key.key_size)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a ServiceAccount does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a ServiceAccount does not change: {name}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(client_email={self.client_email!r}, throwaway={self.throwaway})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "send the key file itself over a safe way, and read it with from_json there"
        raise SecretStaysError.pickled("a ServiceAccount", where=WHERE, hint=hint)


def token_length(size: int, *, key_bits: int) -> int:
    """Return how many characters a token has that holds so many bytes and is signed by such a key."""
    return _HEADER_LENGTH + 2 + _base64_length(size) + _base64_length((key_bits + 7) // 8)


def _base64_length(count: int) -> int:
    return (count * 4 + 2) // 3


def _object(data: object) -> Mapping[str, Any]:
    if isinstance(data, (str, bytes, bytearray, memoryview)) and len(data) > _MAX_FILE:
        raise _refuse("account.json", f"{len(data):_} bytes, a key file has about 2_400", _AGAIN)
    if isinstance(data, (bytes, bytearray, memoryview)):
        try:
            data = bytes(data).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise _refuse("account.json", "is not UTF-8 text", _AGAIN) from None
    if isinstance(data, str):
        data = _parsed(data)
    if isinstance(data, Mapping):
        return data
    what = {list: "a list", type(None): "None"}.get(type(data), quoted(data))
    raise _refuse("account.json", f"expected an object, got {what}", "pass the bytes of the whole file")


def _parsed(text: str) -> object:
    if not text.strip():
        raise _refuse("account.json", "empty", "pass the bytes of the whole file")
    try:
        found: object = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        if len(text) < 1_000 and "{" not in text and "-----" not in text:
            hint = "open the file and pass its bytes"
            raise _refuse("account.json", "got a text that is not JSON; a path, perhaps", hint) from None
        raise _refuse("account.json", f"is not JSON (line {error.lineno})", _AGAIN) from None
    except (ValueError, RecursionError):
        raise _refuse("account.json", "is not JSON that can be read", _AGAIN) from None
    return found


def _check_kind(content: Mapping[str, Any]) -> None:
    make = "create a service account key"
    if "web" in content or "installed" in content:
        raise _refuse("account.kind", "this is an OAuth client file", make)
    kind = content.get("type")
    if kind == "service_account":
        return
    if kind in ("authorized_user", "external_account", "external_account_authorized_user"):
        raise _refuse("account.kind", f"this is a user log-in file ({quoted(kind)})", make)
    if kind is None:
        raise _refuse("account.kind", '"type" is missing', f"{make} and pass the whole file")
    raise _refuse("account.kind", f"type is {_named(kind)}, need service_account", make)


def _email(content: Mapping[str, Any]) -> str:
    email = _text(content, "client_email")
    if not _EMAIL.fullmatch(email):
        raise _refuse("account.email", f"client_email {_named(email)} is not a service account's", "check the file")
    return email


def _token_uri(content: Mapping[str, Any]) -> str:
    address = _text(content, "token_uri")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    google = any(host == one or host.endswith(f".{one}") for one in _TOKEN_HOSTS)
    if google and parts.scheme == "https" and parts.username is None and port in (None, 443):
        return address
    hint = "refuse the file, or pass token_uri= in code"
    raise _refuse("account.token-uri", f"token_uri {_named(address)} is not Google's", hint)


def _address(token_uri: object) -> str:
    """Check what the caller's own code gave: any http address, for it may be a test server."""
    try:
        parts = urlsplit(token_uri) if isinstance(token_uri, str) else None
        good = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        hint = "pass an address, such as https://oauth2.googleapis.com/token"
        # A text is not shown: it may hold a password.
        raise wrong_type(
            token_uri, need="an address", where="token_uri", code="account.token-uri", hint=hint, error=KeyMaterialError
        )
    return str(token_uri)


def _named(value: object) -> str:
    """Return a wrong entry fit for a message; unless it is short and plain it may be the key, in a wrong place."""
    plain = isinstance(value, str) and len(value) <= _MAX_SHOWN and _SHOWN.fullmatch(value)
    return quoted(value) if plain else "a text" if isinstance(value, str) else quoted(value)


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if isinstance(value, str) and value.strip():
        return value
    missing = value is None or value == ""
    raise _refuse("account.field", f'"{name}" is {"missing" if missing else "not a text"}', _AGAIN)


def _private_key(content: Mapping[str, Any]) -> RSAPrivateKey:
    pem = content.get("private_key")
    if not isinstance(pem, str) or not pem.strip():
        raise _refuse("key.missing", "private_key is missing", _AGAIN)
    # An environment variable or a .env file often delivers the line breaks as two characters.
    repaired = pem.replace("\\r", "").replace("\\n", "\n")
    for mark, code, message in _NOT_PRIVATE:
        if mark in repaired:
            raise _refuse(code, message, "use the JSON key file as downloaded")
    try:
        armoured = repaired.encode("ascii")
        # Its size comes before the test of its primes, which takes minutes where they are huge.
        slow = names_diffie_hellman(armoured)
        key = None if slow else load_pem_private_key(armoured, password=None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(key, RSAPrivateKey):
            raise _refuse("key.kind", "private_key is not an RSA key", _AGAIN)
        return _tested(key)
    except (ValueError, TypeError, InternalError, UnsupportedAlgorithm):
        # Not chained: what cryptography says about a key may quote it.
        hint = "keep the file unchanged (line breaks as \\n once)"
        raise _refuse("key.invalid", "private_key is not a key", hint) from None


def _tested(key: RSAPrivateKey) -> RSAPrivateKey:
    """Return a key of a size that is in use, and whose numbers fit each other."""
    make = "make a new key in the Google Cloud console"
    if key.key_size < _MIN_BITS:
        raise _refuse("key.size", f"private_key has {key.key_size} bits, under {_MIN_BITS}", make)
    numbers = key.private_numbers()
    if is_too_large(numbers.public_numbers.n, numbers.p, numbers.q):
        raise _refuse("key.large", f"private_key has {key.key_size} bits, which is too large", make)
    return numbers.private_key()


def _refuse(code: str, message: str, hint: str) -> KeyMaterialError:
    return KeyMaterialError(message, code=code, where=WHERE, hint=hint)
