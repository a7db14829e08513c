"""Phrases, numbers, dates and money as final text in a language; one data file a language."""

from walletcard.model._entries import guard
from walletcard.words._book import PhraseBook, UnitWords, phrase_book
from walletcard.words._languages import languages

__all__ = ["PhraseBook", "UnitWords", "languages", "phrase_book"]

guard(globals(), __all__, values=True)
