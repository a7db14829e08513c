"""A value's attributes held against its own annotations: whatever is of another type is named, all of it at once."""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from walletcard.errors import quoted
from walletcard.model._checks import Findings


class Typed:
    """A dataclass whose attributes are what it says they are: for values that have no other rule of their own."""

    __slots__ = ()

    def __post_init__(self) -> None:
        check_types(self)


def check_types(value: Any) -> None:
    """Raise `InvalidCardError` unless every attribute of a dataclass is of its type.

    A bool is no number, NaN is none, a moment carries its zone, and half a character is no text.
    """
    kind: Any = type(value)
    attributes, tests = _tests(kind)
    for test, found in zip(tests, attributes(value), strict=True):
        if not test(found):
            break
    else:
        return  # Nearly always.
    findings = Findings(_spelled(kind.__name__))
    find_types(findings, value)
    findings.finish()


def find_types(findings: Findings, value: Any, *names: str) -> None:
    """Note every attribute of a dataclass, or of ``names``, that is not of its type."""
    kind: Any = type(value)
    wanted = _wanted(kind)
    for name in names or wanted:
        want, found = wanted[name], getattr(value, name)
        if not want.fits(found):
            findings.add("value.type", name, f"got {_shown(found, want)}, need {want.need}", f"pass {want.need}")


class _Want(NamedTuple):
    """What an annotation asks for.

    Attributes:
        fits: Tells whether a value is that.
        need: The same in words.
        words: It is one of a few words.
    """

    fits: Callable[[Any], bool]
    need: str
    words: bool = False


def _shown(found: object, want: _Want) -> str:
    """Return what was given. A text is shown where a word belongs, and nowhere else: it may be a secret."""
    if not isinstance(found, str) or want.words:
        return quoted(found)
    return "a text" if _is_text(found) else "half a character"


@cache
def _wanted(kind: Any) -> dict[str, _Want]:
    hints = typing.get_type_hints(kind)
    return {one.name: _want(hints[one.name]) for one in dataclasses.fields(kind)}


@cache
def _tests(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[Callable[[Any], bool], ...]]:
    """Return what gives all attributes of a value at once, and a test for each: this runs for every lot of a card."""
    wanted = _wanted(kind)
    get = attrgetter(*wanted)
    return (get if len(wanted) > 1 else lambda value: (get(value),)), tuple(one.fits for one in wanted.values())


def _want(hint: Any) -> _Want:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in (types.UnionType, typing.Union):
        return _any_of([_want(one) for one in inner])
    if origin is typing.Literal:
        return _Want(lambda value: type(value) is str and value in inner, f"one of {', '.join(inner)}", True)
    if origin is tuple:
        return _all_of(inner[0]) if inner[-1] is Ellipsis else _each_of([_want(one) for one in inner])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*(_FOREIGN if one is str else _want(one) for one in inner))
    kind: type = origin or hint
    need = "an error of the library" if issubclass(kind, Exception) else f"{kind.__name__}(...)"
    return _Want(lambda value: isinstance(value, kind), need)


def _any_of(wants: list[_Want]) -> _Want:
    tests = [one.fits for one in wants]
    needs = " or ".join(one.need for one in wants)
    if len(tests) == 2 and wants[1] is _NONE:  # Most of them, on the way of every event.
        test = tests[0]
        return _Want(lambda value: value is None or test(value), needs)
    return _Want(lambda value: any(test(value) for test in tests), needs)


def _all_of(hint: Any) -> _Want:
    """Return what a tuple of any length must hold: thousands of parts on a card, which are judged by their type."""
    want = _want(hint)
    need = f"a tuple of {want.need}"
    if isinstance(hint, type) and hint not in _PLAIN:
        kinds = frozenset((hint,))
        return _Want(
            lambda value: type(value) is tuple and (kinds.issuperset(map(type, value)) or all(map(want.fits, value))),
            need,
        )
    return _Want(lambda value: type(value) is tuple and all(map(want.fits, value)), need)


def _each_of(wants: list[_Want]) -> _Want:
    def fits(value: Any) -> bool:
        same = isinstance(value, tuple) and len(value) == len(wants)
        return same and all(want.fits(one) for want, one in zip(wants, value, strict=True))

    return _Want(fits, f"({', '.join(one.need for one in wants)})")


def _mapping(key: _Want, entry: _Want) -> _Want:
    def fits(value: Any) -> bool:
        return isinstance(value, Mapping) and all(key.fits(k) and entry.fits(one) for k, one in value.items())

    return _Want(fits, f"a mapping of {key.need} to {entry.need}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and type(value) is not bool and -_MOST < value < _MOST


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (type(value) is float and math.isfinite(value))


def _is_text(value: Any) -> bool:
    """Tell what can be written as UTF-8: half a character cannot."""
    if not isinstance(value, str):
        return False
    return value.isascii() or value.isprintable() or not any("\ud800" <= one <= "\udfff" for one in value)


def _spelled(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


_MOST = 2**63  # Over all that a card counts. Python does not write out the largest numbers, so no text could show one.
_NONE = _Want(lambda value: value is None, "None")
_FOREIGN = _Want(lambda value: isinstance(value, str), "text")  # In a document of somebody else's, however spelt.
_PLAIN: dict[Any, _Want] = {
    Any: _Want(lambda _value: True, "anything"),
    bool: _Want(lambda value: type(value) is bool, "True or False"),
    bytes: _Want(lambda value: isinstance(value, bytes), "bytes"),
    date: _Want(lambda value: isinstance(value, date) and not isinstance(value, datetime), "a date"),
    datetime: _Want(lambda value: isinstance(value, datetime) and value.utcoffset() is not None, "an aware datetime"),
    float: _Want(_is_number, "a finite number"),
    int: _Want(_is_whole, "a whole number under 2**63"),
    str: _Want(_is_text, "text"),
    type(None): _NONE,
}
