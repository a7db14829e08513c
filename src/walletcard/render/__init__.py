"""What a card shows, as numbers, in; the pictures its wallet needs, out. No text, no fonts, no dates."""

from walletcard.model._entries import guard
from walletcard.render._barcode import barcode
from walletcard.render._fit import fit
from walletcard.render._pictures import pictures
from walletcard.render._qr import qr
from walletcard.render._strip import artwork, hero, strip

__all__ = ["artwork", "barcode", "fit", "hero", "pictures", "qr", "strip"]

guard(globals(), __all__)
