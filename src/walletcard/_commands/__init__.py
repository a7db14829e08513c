"""The commands of ``python -m walletcard``, one module each."""

from walletcard._commands._check import add_check
from walletcard._commands._demo import add_demo
from walletcard._commands._google import add_link
from walletcard._commands._identity import add_identity
from walletcard._commands._preview import add_preview
from walletcard._commands._strip import add_strip

__all__ = ["add_check", "add_demo", "add_identity", "add_link", "add_preview", "add_strip"]
