"""What asn1crypto reads without a word, and other readers of a signature refuse.

Found by holding it against OpenSSL: parts too many at the end of a sequence, more than one thing in a wrapping, names
and numbers in a second spelling. Certificates are left out: another reader, a strict one, reads those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from asn1crypto import cms, core, parser, x509

USED: Final = ("content_type", "message_digest", "signing_time")  # The attributes that are looked into at all.
_MORE: Final = "holds more than a signature has"
_SPELLED: Final = "spells a name or a number in a second way"


def overlooked(whole: cms.ContentInfo) -> str:
    """Return the first thing that should not be there; empty when there is none."""
    return next(_found(whole), "" if _wraps_one(whole) else _MORE)


def _found(value: Any) -> Iterator[str]:
    if isinstance(value, core.Choice):
        value = value.chosen
    if isinstance(value, x509.Certificate):
        return
    if isinstance(value, (core.Sequence, core.Set, core.SequenceOf, core.SetOf)):
        parts = [value[place] for place in range(len(value))]
        if len(parts) > len(getattr(value, "_fields", parts)):
            yield _MORE
        if isinstance(value, cms.CMSAttribute) and value["type"].native not in USED:
            parts = parts[:1]
        for one in parts:
            yield from _found(one)
    elif isinstance(value, (core.ObjectIdentifier, core.Integer, core.Null)) and not _is_shortest(value):
        yield _SPELLED


def _wraps_one(whole: cms.ContentInfo) -> bool:
    """Tell whether nothing stands beside the signed data in its wrapping."""
    body: bytes = whole.contents
    inside: bytes = parser.parse(body[parser.peek(body) :])[4]
    return bool(parser.peek(inside) == len(inside))


def _is_shortest(value: core.Primitive) -> bool:
    """Tell whether a name or a number is in its one spelling, which BER demands too."""
    content: bytes = value.contents
    if isinstance(value, core.Null) or not content:
        return isinstance(value, core.Null) and not content
    if isinstance(value, core.ObjectIdentifier):
        starts = zip(b"\0" + content, content, strict=False)
        return content[-1] < 0x80 and not any(before < 0x80 and first == 0x80 for before, first in starts)
    return len(content) == 1 or not (content[0] in (0, 0xFF) and (content[0] ^ content[1]) < 0x80)
