"""The error of a pass that cannot be read, or only at a risk."""

from __future__ import annotations

from typing import Final, NoReturn

from walletcard.errors import PassReadError

AGAIN: Final = "fetch the file again"
_REFUSE: Final = "do not use the file; ask its maker for a new copy"


def refuse(code: str, where: str, message: str, hint: str = _REFUSE) -> NoReturn:
    """Raise `PassReadError`."""
    raise PassReadError(message, code=code, where=where, hint=hint)
