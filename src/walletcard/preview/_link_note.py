"""Google's class and object in, a sentence out: what of this card a save link has no room for, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from walletcard.google import Resources
from walletcard.google._room import unsigned

_CALLED: Final = {
    "text modules": "its texts",
    "template": "the layout of its rows",
    "hero": "its picture",
    "descriptions": "what its pictures say to screen readers",
    "translations": "its other languages",
    "links": "its links",
    "venue": "its venue",
}
_WHOLE: Final = 'For the card as drawn, put it to Google with google.Client, then make the link with form="id".'


def link_note(made: Resources) -> str:
    """Return the sentence; empty where a link has room for the whole card."""
    form = unsigned(made)
    if form is None:
        return f"No save link has room for this card. {_WHOLE}"
    gone = [_CALLED[name] for name in form.left_out if name in _CALLED]
    return f"A save link has no room for all of this: it leaves out {_listed(gone)}. {_WHOLE}" if gone else ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join(one for one in (", ".join(names[:-1]), names[-1]) if one)
