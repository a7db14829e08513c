"""The finished documents as a page to look at, before a phone does."""

from walletcard.preview._page import html

__all__ = ["html"]
