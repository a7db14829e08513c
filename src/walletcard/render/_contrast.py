"""Colours are judged where something is drawn; the caller may overrule."""

from __future__ import annotations

from collections.abc import Collection

from walletcard.errors import InvalidCardError, allowed_codes
from walletcard.model import Design, Palette, StripSpec
from walletcard.model._extra import contrast_issues


def require_contrast(colours: Palette | Design, strip: StripSpec | None, *, allow: Collection[str]) -> None:
    """Raise `InvalidCardError` with every pair that cannot be told apart, unless ``color.contrast`` is allowed."""
    if "color.contrast" not in allowed_codes(allow) and (issues := contrast_issues(colours, strip)):
        raise InvalidCardError.from_issues(issues)
