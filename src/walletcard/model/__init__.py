"""What things are: frozen values on the standard library alone."""

from walletcard.model._around import Link, Occasion, Place
from walletcard.model._card import Card, CycleRules, Ended, Entry, HeldTier, Lot, Period, Taken, Voucher
from walletcard.model._checks import require_moment
from walletcard.model._color import Color, Palette
from walletcard.model._design import Design
from walletcard.model._earning import Earn, Expiry, Lapse, Points
from walletcard.model._entries import guard as _guard
from walletcard.model._event import Event
from walletcard.model._face import Face
from walletcard.model._field import Balance, Barcode, Field, Money
from walletcard.model._notice import Notice
from walletcard.model._outcome import Outcome
from walletcard.model._picture import Picture
from walletcard.model._program import BackText, Limits, Program, Reminders
from walletcard.model._report import Report
from walletcard.model._reward import Reward
from walletcard.model._shared import Shared
from walletcard.model._stamps import Milestone, Stamps, Unit
from walletcard.model._standing import Gift, Membership, Referral, Tier
from walletcard.model._strip import StripSpec

__all__ = [
    "BackText",
    "Balance",
    "Barcode",
    "Card",
    "Color",
    "CycleRules",
    "Design",
    "Earn",
    "Ended",
    "Entry",
    "Event",
    "Expiry",
    "Face",
    "Field",
    "Gift",
    "HeldTier",
    "Lapse",
    "Limits",
    "Link",
    "Lot",
    "Membership",
    "Milestone",
    "Money",
    "Notice",
    "Occasion",
    "Outcome",
    "Palette",
    "Period",
    "Picture",
    "Place",
    "Points",
    "Program",
    "Referral",
    "Reminders",
    "Report",
    "Reward",
    "Shared",
    "Stamps",
    "StripSpec",
    "Taken",
    "Tier",
    "Unit",
    "Voucher",
    "require_moment",
]

_guard(globals(), __all__, values=True)
