"""Ids and a key in, signed text for a barcode out; and back, checked before anything of it is believed.

`issue` a token, `verify` what a scanner sent, keep the keys in a `KeyRing`; `new_code` draws a card's id that people
can read to each other. Standard library only. What was used already is not remembered here: storing the nonces of
one-time tokens until they expire is the app's part.
"""

from walletcard.model._entries import guard
from walletcard.tokens._codes import new_code
from walletcard.tokens._issue import issue
from walletcard.tokens._keys import KeyRing
from walletcard.tokens._token import Kind, Token
from walletcard.tokens._verify import verify

__all__ = ["KeyRing", "Kind", "Token", "issue", "new_code", "verify"]

guard(globals(), __all__)
