"""A face in, what a notebook shows for it out; whatever is wrong with the card is shown, never raised."""

from __future__ import annotations

from walletcard.errors import WalletCardError
from walletcard.model import Face
from walletcard.preview._markup import element
from walletcard.preview._page import html

_HEIGHT = 860  # Pixels: both cards whole, side by side; their backs are a scroll away.


def face_html(face: Face) -> str:
    """Return the preview of ``face`` in a frame of its own, so that neither page styles the other."""
    try:
        page = html(face)
    except WalletCardError as error:
        return element("p", str(error))
    return element(
        "iframe",
        srcdoc=page,
        title=f"Preview: {face.description}",
        sandbox="allow-same-origin",  # No scripts. Of another origin, the frame is blank on Chromium screenshots.
        style=f"width: 100%; height: {_HEIGHT}px; border: 0",
    )
