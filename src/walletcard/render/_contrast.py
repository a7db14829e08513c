"""Colours are judged where something is drawn; the caller may overrule."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from walletcard.errors import InvalidCardError, Issue
from walletcard.model import Palette


def require_contrast(colours: Palette, *, allow: Collection[str]) -> None:
    """Raise `InvalidCardError` with every pair that cannot be told apart, unless ``color.contrast`` is allowed."""
    if "color.contrast" not in allow and (issues := _problems(colours)):
        raise InvalidCardError.from_issues(issues)


@lru_cache(maxsize=1024)
def _problems(colours: Palette) -> tuple[Issue, ...]:
    return tuple(colours.problems())
