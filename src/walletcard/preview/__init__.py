"""The finished documents as a page to look at, before a phone does."""

from walletcard.model._entries import guard
from walletcard.preview._page import html
from walletcard.preview._poster import poster
from walletcard.preview._sheet import sheet

__all__ = ["html", "poster", "sheet"]

guard(globals(), __all__)
