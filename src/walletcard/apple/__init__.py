"""Apple Wallet: a face or a ``pass.json`` in, a signed ``.pkpass`` out, judged before a phone refuses it."""

from walletcard.apple._build import build, check, sign
from walletcard.apple._identity import Identity, Signer
from walletcard.apple._lint import lint
from walletcard.apple._pass_json import pass_json

__all__ = ["Identity", "Signer", "build", "check", "lint", "pass_json", "sign"]
