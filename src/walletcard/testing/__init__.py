"""Throw-away identities and accounts, so that everything runs without an account anywhere."""

from walletcard.model._entries import guard
from walletcard.testing._apple import ThrowawayIdentity, throwaway_identity
from walletcard.testing._callbacks import ThrowawayCallbacks, throwaway_callbacks
from walletcard.testing._google import ThrowawayServiceAccount, throwaway_service_account

__all__ = [
    "ThrowawayCallbacks",
    "ThrowawayIdentity",
    "ThrowawayServiceAccount",
    "throwaway_callbacks",
    "throwaway_identity",
    "throwaway_service_account",
]

guard(globals(), __all__)
