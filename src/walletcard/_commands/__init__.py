"""The commands of ``walletcard``, one module each, loaded when it is asked for."""

from typing import Final

COMMANDS: Final = {
    "demo": "make a cafe's stamp card: pass, link, page and picture, signed by throw-away identities",
    "check": "judge passes: can they be read, are they authentic, would a phone show them",
    "preview": "draw a pass or a face as both wallets would show it, as a page for a browser",
    "identity": "say what a pass certificate is for, how long still, and what keeps it from signing",
    "link": "explain a save link: its form, its length, what it holds; its signature is never shown",
    "strip": "draw the stamp picture of a card, as an iPhone or Google shows it",
}
"""Each command's name and what it is for; its module has the name with an underscore before it."""
