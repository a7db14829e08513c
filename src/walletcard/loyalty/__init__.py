"""What happens to a card, and what it brought: pure functions over the model."""

from walletcard.loyalty._due import due
from walletcard.loyalty._face import face
from walletcard.loyalty._measure import measure
from walletcard.loyalty._verbs import apply, join, replay, settle
from walletcard.model._entries import guard

__all__ = ["apply", "due", "face", "join", "measure", "replay", "settle"]

guard(globals(), __all__)
