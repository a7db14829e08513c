"""What happens to a card: pure functions over the model."""

from walletcard.loyalty._face import face
from walletcard.loyalty._verbs import apply, join, replay, settle

__all__ = ["apply", "face", "join", "replay", "settle"]
