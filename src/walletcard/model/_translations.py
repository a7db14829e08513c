"""A card's face in other languages: what every wallet demands of ``translations=`` before it joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model._extra import require_face
from walletcard.model._face import Face

_SAME: Final = ("kind", "program", "tier", "id")
_SHOWN: Final = 3


def require_translations(face: Face, translations: object) -> tuple[Face, ...]:
    """Return the other faces when each is the same card with the same fields, in a language of its own.

    Raises:
        InvalidCardError: One is no face (``face.type``), another card (``translations.card``), in a language that is
            there already (``translations.language``), or has not the same fields (``translations.fields``).
    """
    if translations == ():
        return ()
    if isinstance(translations, (Face, str, bytes, Mapping)) or not isinstance(translations, Iterable):
        hint = "put the faces into a tuple: translations=(other,)"
        message = f"got {quoted(translations)}, need faces"
        issue = Issue(code="translations.type", where="translations", message=message, hint=hint)
        raise InvalidCardError.from_issues([issue])
    others = tuple(require_face(one, where=f"translations[{n}]") for n, one in enumerate(translations))
    issues = [issue for n, one in enumerate(others) for issue in _issues(face, others[:n], one, f"translations[{n}]")]
    if issues:
        raise InvalidCardError.from_issues(issues)
    return others


def _issues(face: Face, before: tuple[Face, ...], other: Face, where: str) -> Iterator[Issue]:
    for name in _SAME:
        own, theirs = getattr(face, name), getattr(other, name)
        if own != theirs:
            message = f"is another card: its {name} is {quoted(theirs)}, not {quoted(own)}"
            hint = "pass the same card's face in another language"
            yield Issue(code="translations.card", where=where, message=message, hint=hint)
    if other.locale in (face.locale, *(one.locale for one in before)):
        message, hint = f"{quoted(other.locale)} is there already", "pass one face for each language"
        yield Issue(code="translations.language", where=where, message=message, hint=hint)
    yield from _field_issues(face, other, where)


def _field_issues(face: Face, other: Face, where: str) -> Iterator[Issue]:
    own, theirs = ({one.key: one.slot for one in which.fields} for which in (face, other))
    both = own.keys() & theirs.keys()
    differing = (
        (f"missing in {other.locale}", [key for key in own if key not in both]),
        (f"in {other.locale} only", [key for key in theirs if key not in both]),
        (f"in another slot in {other.locale}", [key for key in own if key in both and own[key] != theirs[key]]),
    )
    for what, keys in differing:
        if keys:
            named = ", ".join(map(quoted, keys[:_SHOWN])) + (" ..." if len(keys) > _SHOWN else "")
            hint = "make both faces from the same card at the same moment, with the same keys"
            yield Issue(code="translations.fields", where=f"{where}.fields", message=f"{what}: {named}", hint=hint)
    if len(face.balances) != len(other.balances):
        message = f"{len(other.balances)} balances, and {face.locale} has {len(face.balances)}"
        yield Issue(code="translations.fields", where=f"{where}.balances", message=message, hint="give both the same")
