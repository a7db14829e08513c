"""Loyalty cards on people's phones.

Define a `Program` once; `join` a member; `apply` what happens; take the card's `face` at any moment; and turn it into
a signed Apple pass (`make_pkpass`) or a Google Wallet link (`make_save_link`). Each name is loaded when it is first
used, and no third-party package before it is needed; so are the rooms ``apple``, ``google``, ``render``, ``preview``,
``tokens`` and ``testing``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from walletcard._recipes import make_pkpass, make_save_link
    from walletcard.errors import Issue, WalletCardError
    from walletcard.loyalty import apply, due, face, join, measure, replay, settle
    from walletcard.model import (
        Balance,
        Barcode,
        Card,
        Color,
        Design,
        Earn,
        Event,
        Face,
        Field,
        Limits,
        Money,
        Outcome,
        Picture,
        Points,
        Program,
        Referral,
        Reward,
        Stamps,
        Tier,
    )

__all__ = [
    "Balance",
    "Barcode",
    "Card",
    "Color",
    "Design",
    "Earn",
    "Event",
    "Face",
    "Field",
    "Issue",
    "Limits",
    "Money",
    "Outcome",
    "Picture",
    "Points",
    "Program",
    "Referral",
    "Reward",
    "Stamps",
    "Tier",
    "WalletCardError",
    "apply",
    "due",
    "face",
    "join",
    "make_pkpass",
    "make_save_link",
    "measure",
    "replay",
    "settle",
]

_HOMES = {
    "_recipes": ("make_pkpass", "make_save_link"),
    "errors": ("Issue", "WalletCardError"),
    "loyalty": ("apply", "due", "face", "join", "measure", "replay", "settle"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{_where(name)}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF.get(name, 'model')}"), name)
    globals()[name] = value
    return value


def _where(name: str) -> str:
    """Return where a name is that the small top level does not have."""
    if name.startswith("_"):
        return ""
    model = import_module(f"{__name__}.model")
    return f"; it is in {model.__name__}" if name in model.__all__ else ""


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
