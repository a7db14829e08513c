"""Both pipelines on one screen: a face becomes a signed pass, a face becomes a save link."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from walletcard.model import Face, Picture
from walletcard.model._entries import guard

if TYPE_CHECKING:
    from walletcard import apple, google


def make_pkpass(
    face: Face,
    *,
    identity: apple.Identity,
    translations: Sequence[Face] = (),
    at: datetime | None = None,
    updates: apple.Updates | None = None,
    allow: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the card as the bytes of a signed ``.pkpass``, checked before it is signed.

    Args:
        face: What the card shows.
        identity: Your Pass Type ID certificate, its key, and Apple's intermediate.
        translations: The same card in other languages, as faces with the same fields: the phone's language decides.
        at: The signing time; ``None`` is now. The same face, key and time give the same bytes.
        updates: Where the phone asks for the newest pass; without them the pass stays as it is.
        allow: Codes of issues to overrule, such as ``color.contrast``.
        extra: Keys of Apple's pass.json to merge into the document before it is checked.

    Raises:
        InvalidDocumentError: An iPhone would refuse the pass; ``issues`` says every reason.
        KeyMaterialError: The certificate is not valid at ``at``.
        SigningError: The signer failed.
    """
    from walletcard import apple, render

    pictures = render.pictures(face, wallet="apple", allow=allow)
    return apple.build(
        face,
        identity=identity,
        pictures=pictures,
        translations=translations,
        at=at,
        updates=updates,
        allow=allow,
        extra=extra,
    )


def make_save_link(
    face: Face,
    *,
    account: google.ServiceAccount,
    issuer_id: str | int,
    host: Callable[[Picture], str] | None = None,
    form: str = "auto",
    origins: Sequence[str] = (),
    translations: Sequence[Face] = (),
    at: datetime | None = None,
    allow: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
) -> google.SaveLink:
    """Return a link that puts the card into the reader's Google Wallet.

    Args:
        face: What the card shows.
        account: The service account that signs.
        issuer_id: Your issuer's number in the Google Wallet console.
        host: Puts a picture where Google can load it and returns its https address; without it, or without the room,
            the link carries no stamp picture (``left_out`` says so).
        form: ``auto``, ``whole``, ``compact``, ``object`` (the class exists at Google) or ``id`` (both exist); see
            `google.save_link`.
        origins: Sites that show Google's JavaScript button; none are needed for a plain link.
        translations: The same card in other languages, as faces with the same fields: the phone's language decides.
        at: The time of issue; ``None`` is now.
        allow: Codes of issues to overrule.
        extra: Keys to merge into ``class`` and ``object`` before they are checked.

    Raises:
        InvalidDocumentError: Google would refuse the card, or no form of it fits into a link.
    """
    from walletcard import google, render

    return google.save_link(
        face,
        account=account,
        issuer_id=issuer_id,
        pictures=render.pictures(face, wallet="google", allow=allow),
        host=host,
        form=form,
        origins=origins,
        translations=translations,
        at=at,
        allow=allow,
        extra=extra,
    )


guard(globals(), ("make_pkpass", "make_save_link"))
