"""What things are: frozen values on the standard library alone."""

from walletcard.model._card import Card, CycleRules, Entry, Voucher
from walletcard.model._color import Color, Palette
from walletcard.model._design import Design
from walletcard.model._event import Event
from walletcard.model._face import Balance, Barcode, Face, Field, Money
from walletcard.model._notice import Notice
from walletcard.model._outcome import Outcome
from walletcard.model._picture import Picture
from walletcard.model._program import BackText, Limits, Milestone, Program, Reward, Stamps, Unit
from walletcard.model._strip import StripSpec

__all__ = [
    "BackText",
    "Balance",
    "Barcode",
    "Card",
    "Color",
    "CycleRules",
    "Design",
    "Entry",
    "Event",
    "Face",
    "Field",
    "Limits",
    "Milestone",
    "Money",
    "Notice",
    "Outcome",
    "Palette",
    "Picture",
    "Program",
    "Reward",
    "Stamps",
    "StripSpec",
    "Unit",
    "Voucher",
]
