"""Loyalty cards on people's phones.

Define a `Program` once; `join` a member; `apply` what happens; take the card's `face` at any moment; and turn it into
a signed Apple pass (`make_pkpass`) or a Google Wallet link (`make_save_link`). Importing this loads no third-party
package; the rooms ``apple``, ``google``, ``render``, ``preview`` and ``testing`` are imported when they are needed.
"""

from walletcard._recipes import make_pkpass, make_save_link
from walletcard.errors import Issue, WalletCardError
from walletcard.loyalty import apply, face, join, replay, settle
from walletcard.model import (
    Balance,
    Barcode,
    Card,
    Color,
    Design,
    Event,
    Face,
    Field,
    Limits,
    Money,
    Outcome,
    Picture,
    Program,
    Reward,
    Stamps,
)

__all__ = [
    "Balance",
    "Barcode",
    "Card",
    "Color",
    "Design",
    "Event",
    "Face",
    "Field",
    "Issue",
    "Limits",
    "Money",
    "Outcome",
    "Picture",
    "Program",
    "Reward",
    "Stamps",
    "WalletCardError",
    "apply",
    "face",
    "join",
    "make_pkpass",
    "make_save_link",
    "replay",
    "settle",
]
