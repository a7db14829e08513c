"""``link``: a save link in, what it holds out."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Final

from walletcard import google
from walletcard._commands._shell import BAD, GOOD, complain, in_shell, listed, read_bytes, say
from walletcard.errors import WalletCardError, quoted
from walletcard.google._forms import MAX_LENGTH

_LACKS: Final = {"text modules": "texts", "template": "layout of the rows", "hero": "picture"}
_WHOLE: Final = '  a card that has more: put it to Google with google.Client, then make the link with form="id"'


def arguments(link: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    link.add_argument("file", metavar="FILE", help="a text file that holds the address or its token")
    link.add_argument("--json", action="store_true", help="one JSON object")
    link.set_defaults(run=_link)


def _link(given: argparse.Namespace) -> int:
    try:
        found = google.read_link(read_bytes(given.file))
    except WalletCardError as error:
        return complain(error)
    said = {
        "form": found.form,
        "length": found.length,
        "account": found.account,
        "issued_at": None if found.issued_at is None else found.issued_at.isoformat(),
        "origins": list(found.origins),
        "holds": [{"type": one.type, "id": one.id} for one in found.holds],
        "lacks": list(found.lacks),
    }
    good = all(one.severity != "error" for one in found.issues)
    if given.json:
        say(json.dumps({**said, "issues": [asdict(in_shell(one)) for one in found.issues]}))
        return GOOD if good else BAD
    when = f" on {found.issued_at:%Y-%m-%d %H:%M} UTC" if found.issued_at else ""
    lines = [
        f"{found.form} save link, {found.length} characters of {MAX_LENGTH}",
        f"  says it was signed by {found.account}{when}",
    ]
    lines += [f"  may be shown on {quoted(one)}" for one in found.origins]
    lines += [f"  holds {one.type} {quoted(one.id)}" for one in found.holds]
    if found.lacks:
        lines += [f"  holds no {', no '.join(_LACKS[one] for one in found.lacks)}", _WHOLE]
    say("\n".join((*lines, *listed(found.issues))))
    return GOOD if good else BAD
