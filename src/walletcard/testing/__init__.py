"""Throw-away identities and accounts, so that everything runs without an account anywhere."""

from walletcard.testing._apple import throwaway_identity
from walletcard.testing._google import throwaway_service_account

__all__ = ["throwaway_identity", "throwaway_service_account"]
