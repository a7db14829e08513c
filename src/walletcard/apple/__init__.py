"""Apple Wallet: a face or a ``pass.json`` in, a signed ``.pkpass`` out, judged before a phone refuses it."""

from walletcard.apple._build import build, check, chunks, sign
from walletcard.apple._delivery import BUNDLE_MIME_TYPE, BUNDLE_SUFFIX, MIME_TYPE, SUFFIX, bundle, headers, unchanged
from walletcard.apple._identity import Identity, Signer
from walletcard.apple._lint import lint
from walletcard.apple._package import Package, read, read_bundle
from walletcard.apple._pass_json import pass_json
from walletcard.apple._updates import Updates
from walletcard.apple._verification import Verification
from walletcard.apple._verify import verify
from walletcard.model._entries import guard

__all__ = [
    "BUNDLE_MIME_TYPE",
    "BUNDLE_SUFFIX",
    "MIME_TYPE",
    "SUFFIX",
    "Identity",
    "Package",
    "Signer",
    "Updates",
    "Verification",
    "build",
    "bundle",
    "check",
    "chunks",
    "headers",
    "lint",
    "pass_json",
    "read",
    "read_bundle",
    "sign",
    "unchanged",
    "verify",
]

guard(globals(), __all__)
