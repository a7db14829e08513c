"""What a client is made with, judged."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from walletcard.errors import InvalidDocumentError, KeyMaterialError, wrong_type
from walletcard.google._ids import issuer_problem
from walletcard.google._service_account import ServiceAccount

_LOCAL: Final = ("127.0.0.1", "::1", "localhost")
_LONGEST: Final = 3_600


def require_account(account: object) -> None:
    """Refuse what is no service account.

    Raises:
        KeyMaterialError: It is something else.
    """
    if not isinstance(account, ServiceAccount):
        need, code, hint = "a ServiceAccount", "account.type", "pass ServiceAccount.from_json(...)"
        raise wrong_type(account, need=need, where="account", code=code, hint=hint, error=KeyMaterialError)


def require_issuer(issuer_id: object) -> None:
    """Refuse what is no issuer id.

    Raises:
        InvalidDocumentError: It is something else.
    """
    if problem := issuer_problem(issuer_id):
        raise InvalidDocumentError.from_issues([problem.at("issuer_id")])


def require_number(name: str, value: object) -> None:
    """Refuse what is no number above 0.

    Raises:
        InvalidCardError: It is something else.
    """
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
    if not 0 < number <= _LONGEST:  # NaN is not.
        hint = f"use 0.1 to {_LONGEST}"
        raise wrong_type(value, need="a number above 0", where=name, code="client.number", hint=hint)


def require_callable(name: str, value: object) -> None:
    """Refuse what is neither ``None`` nor can be called.

    Raises:
        InvalidCardError: It is something else.
    """
    if value is not None and not callable(value):
        hint = "pass a function, or leave it out"
        raise wrong_type(value, need="a function", where=name, code="client.function", hint=hint)


def require_transport(value: object) -> None:
    """Refuse what is neither ``None`` nor can send.

    Raises:
        InvalidCardError: It is something else.
    """
    if value is not None and (isinstance(value, type) or not callable(getattr(value, "send", None))):
        hint = "pass HttpTransport(), or an object with send(request, timeout=...)"
        raise wrong_type(value, need="a Transport", where="transport", code="client.transport", hint=hint)


def address(host: object) -> str:
    """Return where Google is: a secure address, or a server on this machine.

    Raises:
        InvalidCardError: It is something else.
    """
    try:
        parts = urlsplit(host) if isinstance(host, str) else None
        good = parts is not None and bool(parts.hostname) and parts.username is None
        good = good and parts is not None and (parts.scheme == "https" or parts.hostname in _LOCAL)
    except ValueError:
        good = False
    if not good:
        hint = "use https, or http to 127.0.0.1 in a test"
        raise wrong_type(host, need="an address", where="host", code="client.host", hint=hint)
    return str(host).rstrip("/")
