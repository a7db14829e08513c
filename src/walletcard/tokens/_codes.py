"""Random codes that people can read to each other."""

from __future__ import annotations

import secrets
from typing import Final

from walletcard.model._checks import Findings
from walletcard.model._ids import check_card_id

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # No 0 and O, no 1 and I.


def new_code(length: int = 8, *, prefix: str = "") -> str:
    """Return a random code, fit for a card's id: no ``0``, ``O``, ``1`` or ``I`` to mix up.

    Eight characters are 40 random bits, too few to be sure: draw again when the app has a card of that id.

    Args:
        length: Random characters, 6 to 8.
        prefix: Stands before them as it is, such as ``CK-``.

    Raises:
        InvalidCardError: Another length, or a prefix that cannot begin a card's id.
    """
    findings = Findings("code")
    findings.whole("length", length, 6, 8)
    if not isinstance(prefix, str):
        findings.identifier("prefix", prefix)
    findings.finish()
    code = prefix + "".join(secrets.choice(_LETTERS) for _ in range(length))
    check_card_id(findings, "prefix", code)
    findings.finish()
    return code
