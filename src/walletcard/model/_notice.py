"""A text for a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from walletcard.model._checks import Findings

PURPOSES: Final = ("transactional", "promotional")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A ready text for a person, in the card's language. Sending it once is the app's job.

    Attributes:
        id: The same for the same occasion, so that an app can tell what it has sent, such as ``ready:till-9.1``.
        key: The phrase it was made from, such as ``reward_ready``.
        text: What to say.
        purpose: ``transactional`` (it answers something the person did) or ``promotional``. Only the first kind is
            announced on the lock screen.
    """

    id: str
    key: str
    text: str
    purpose: str = "transactional"

    def __post_init__(self) -> None:
        findings = Findings("notice")
        findings.text("id", self.id, limit=200)
        findings.text("key", self.key, limit=64)
        findings.text("text", self.text, limit=4_000, lines=True)
        findings.choice("purpose", self.purpose, PURPOSES, code="notice.purpose")
        findings.finish()
