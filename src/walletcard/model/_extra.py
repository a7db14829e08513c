"""What every room that takes a face does with it: ask for one, judge the colours it shows, lay keys over it.

The colours of a stamp are judged where shapes are drawn; a card without them shows text alone. A user's own keys
(``extra=``) are merged into a wallet's document before that is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from os import PathLike
from typing import Any, Final

from walletcard.errors import InvalidDocumentError, Issue, quoted, wrong_type
from walletcard.model._checks import instead
from walletcard.model._color import Palette
from walletcard.model._design import Design
from walletcard.model._face import Face
from walletcard.model._strip import StripSpec

_TEXT_INKS: Final = (".foreground", ".label")
_DEEPEST: Final = 32  # Levels that are looked through; what goes deeper is no document, and refused when written.


def require_face(value: object, *, where: str = "face", need: str = "a Face", path: str = "") -> Face:
    """Return ``value`` if it is a face; raise `InvalidCardError` (``face.type``) if not.

    Args:
        value: The argument.
        where: Its name.
        need: What belongs there.
        path: What to do with a text that is a path, where files are of use.
    """
    if isinstance(value, Face):
        return value
    meant = path if isinstance(value, (str, PathLike)) else ""
    hint = instead(value, Face) or meant or "make one with walletcard.face() or Face(...)"
    raise wrong_type(value, need=need, where=where, code="face.type", hint=hint)


def contrast_issues(colours: Palette | Design, strip: StripSpec | None) -> tuple[Issue, ...]:
    """Return ``color.contrast`` for what a card with this picture shows: text, and shapes unless it is plain."""
    return _judged(colours, strip is not None and strip.mode != "plain")


@lru_cache(maxsize=1024)
def _judged(colours: Palette | Design, shapes: bool) -> tuple[Issue, ...]:
    palette = colours.palette if isinstance(colours, Design) else colours
    return tuple(one for one in palette.problems() if shapes or one.where.endswith(_TEXT_INKS))


def merged(document: Mapping[str, Any], extra: object, *, where: str = "extra") -> dict[str, Any]:
    """Return ``document`` with ``extra`` laid over it: dicts are joined, the rest replaces, ``None`` takes a key away.

    Raises:
        InvalidDocumentError: ``extra`` is no dict, or one of its keys is no text (``extra.invalid``).
    """
    if extra is None:
        return dict(document)
    if not isinstance(extra, Mapping):
        raise _refuse([(where, f"got {quoted(extra)}, need a dict of keys")])
    if wrong := list(_wrong_keys(extra, where, ())):
        raise _refuse(wrong)
    return _laid_over(document, extra)


def _laid_over(document: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(document)
    for key, value in extra.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(made.get(key), Mapping):
            made[key] = _laid_over(made[key], value)
        else:
            made[key] = value
    return made


def _wrong_keys(value: object, place: str, above: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """Yield the keys that JSON would turn into another: it writes 1 as "1" without a word."""
    if id(value) in above or len(above) > _DEEPEST:
        return
    above = (*above, id(value))
    if isinstance(value, Mapping):
        for key, entry in value.items():
            if isinstance(key, str):
                yield from _wrong_keys(entry, f"{place}.{key[:60]}", above)
            else:
                yield place, f"the key {quoted(key)} is not text"
    elif isinstance(value, (list, tuple)):
        for number, entry in enumerate(value):
            yield from _wrong_keys(entry, f"{place}[{number}]", above)


def _refuse(found: list[tuple[str, str]]) -> InvalidDocumentError:
    hint = 'pass the platform\'s own keys as text, such as {"userInfo": {"shop": 7}}'
    issues = [Issue(code="extra.invalid", where=where, message=message, hint=hint) for where, message in found]
    return InvalidDocumentError.from_issues(issues)
