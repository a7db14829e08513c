"""Faces in, Google Wallet classes, objects and save links out; what Google calls back in, events out.

`Client` keeps them at Google. `HttpTransport`, which it uses, is loaded when it is first needed.
"""

from typing import TYPE_CHECKING, Any

from walletcard.google._callback import CALLBACK_KEYS_URL, CallbackEvent, verify_callback
from walletcard.google._client import Client
from walletcard.google._http import Answer, Request, Transport
from walletcard.google._lint import lint
from walletcard.google._outcomes import BatchOutcome, Stored
from walletcard.google._patch import Move, move, patch
from walletcard.google._places import merchant_locations
from walletcard.google._read_link import Held, LinkContent, read_link
from walletcard.google._resources import Resources, check, resources
from walletcard.google._save_link import Insert, SaveLink, insert_of, save_link, save_link_of
from walletcard.google._service_account import ServiceAccount
from walletcard.model._entries import guard

if TYPE_CHECKING:
    from walletcard.google._transport import HttpTransport

__all__ = [
    "CALLBACK_KEYS_URL",
    "Answer",
    "BatchOutcome",
    "CallbackEvent",
    "Client",
    "Held",
    "HttpTransport",
    "Insert",
    "LinkContent",
    "Move",
    "Request",
    "Resources",
    "SaveLink",
    "ServiceAccount",
    "Stored",
    "Transport",
    "check",
    "insert_of",
    "lint",
    "merchant_locations",
    "move",
    "patch",
    "read_link",
    "resources",
    "save_link",
    "save_link_of",
    "verify_callback",
]


def __getattr__(name: str) -> Any:
    """Load the one name that brings ``requests`` along, which nobody needs who only makes links."""
    if name != "HttpTransport":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from walletcard.google._transport import HttpTransport

    return HttpTransport


guard(globals(), __all__)
