"""Throw-away identities and accounts, so that everything runs without an account anywhere."""

from walletcard.testing._apple import ThrowawayIdentity, throwaway_identity
from walletcard.testing._google import ThrowawayServiceAccount, throwaway_service_account

__all__ = ["ThrowawayIdentity", "ThrowawayServiceAccount", "throwaway_identity", "throwaway_service_account"]
