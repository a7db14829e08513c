"""What a call to Google came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from walletcard.errors import InvalidCardError, Issue, UnknownResultError, WalletCardError
from walletcard.model._typed import Typed, check_types

Action = Literal["inserted", "patched", "sent", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Typed):
    """A class or an object is at Google as it should be.

    Attributes:
        kind: Such as ``LoyaltyObject``.
        id: Google's, such as ``3388000000012345678.club.CK-1``.
        action: What that took: ``inserted``, ``patched``, ``sent`` (a message), or ``unchanged``, which is nothing.
        document: What Google answered; it may hold more, and other values, than its own document knows. Empty when
            nothing was asked.
    """

    kind: str
    id: str
    action: Action
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome(Typed):
    """What one of many came to: ``stored``, or ``error``.

    Attributes:
        id: Whose it is.
        stored: What is at Google now.
        error: Why not.
    """

    id: str
    stored: Stored | None = None
    error: WalletCardError | None = None

    def __post_init__(self) -> None:
        check_types(self)
        if (self.stored is None) is (self.error is None):
            what = "neither stored nor error" if self.stored is None else "both stored and error"
            issue = Issue(code="value.type", where="batch_outcome", message=what, hint="give one of the two")
            raise InvalidCardError.from_issues([issue])

    @property
    def status(self) -> Literal["stored", "failed", "unknown"]:
        """``unknown`` when a change was sent and its answer was lost: try that item again, which looks first."""
        if self.error is None:
            return "stored"
        return "unknown" if isinstance(self.error, UnknownResultError) else "failed"

    def require(self) -> Stored:
        """Return what is stored.

        Raises:
            WalletCardError: Nothing is; the item's own error.
        """
        if self.error is not None:
            raise self.error
        assert self.stored is not None  # noqa: S101  # One of the two is there.
        return self.stored

    @classmethod
    def of(cls, resource_id: str, result: Stored | WalletCardError) -> Self:
        """Return the outcome that holds either."""
        if isinstance(result, Stored):
            return cls(id=resource_id, stored=result)
        return cls(id=resource_id, error=result)
