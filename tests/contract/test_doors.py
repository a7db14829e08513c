"""At every public door: what is wrong is refused with an error of the library, and never kept."""

from __future__ import annotations

import collections.abc
import dataclasses
import inspect
import math
import types
import typing
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.contract import doors

from walletcard.errors import UnreachableError, WalletCardError, WrongArgumentError

DEEP: list[Any] = []
for _ in range(50_000):
    DEEP = [DEEP]
HUGE = 10**5_000  # More digits than Python writes out, and more than a float holds.
WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 5, 1.5, float("nan"), float("inf"), HUGE, 1j, Decimal("NaN"),
    "", " ", "text", "a" * 100_000, "p\0w", "\ud800", b"", b"\xff\xfe", bytearray(b"x"),
    [], ["a"], ["\ud800"], DEEP, {}, {"a": 1}, {1: 2}, {"\ud800": "\ud800"}, {"a": DEEP}, (), (None,), ([],), (5, "a"),
    {5},
    object(), print, int, Path("/x"), datetime(2026, 11, 21), date(2026, 11, 21), timedelta(5),  # noqa: DTZ001
)  # fmt: skip
CALLED = {"clock", "host", "sleep"}
"""Functions of the user's: what they raise is the user's own, and goes through."""

LABELS = {"where"}
"""Names a place in messages about something else, and is read only there."""

FREE: dict[str, str] = {
    "apple.unchanged(since)": "a header as it came; what is no date counts as none",
    "apple.lint": "says what is wrong as issues",
    "google.check": "says what is wrong as issues",
    "google.lint(body)": "says what is wrong as issues",
    "google.HttpTransport(ca_file)": "the name of a file may hold any bytes",
    "model.Program.tier(tier_id)": "no tier has that name, however it is spelt",
    "preview.html(issuer_id)": "a half that cannot be built shows its issues",
    "words.PhraseBook.moment(at)": "local already, so it needs no zone",
    "words.PhraseBook.upper(text)": "half a character stays what it was",
}
"""Doors that take more than their annotation says, with the reason; one argument, or all of them."""

CASES = [
    pytest.param(name, argument, id=f"{name}-{argument}")
    for name, (_, given) in doors.doors().items()
    for argument in given
]


def test_every_public_callable_has_a_door_and_every_door_is_public() -> None:
    assert {name for name, _ in doors.public()} == set(doors.doors())


@pytest.mark.parametrize("name", doors.doors())
def test_every_argument_has_a_value_that_is_right(name: str) -> None:
    call, given = doors.doors()[name]

    assert set(doors.arguments(call)) - {"self"} == set(given)
    try:
        call(**given)
    except UnreachableError:
        assert name == "google.HttpTransport.send"
    except WrongArgumentError:
        assert name in ("apple.Identity", "testing.ThrowawayIdentity")  # Made by their class methods.


@pytest.mark.parametrize(("name", "argument"), CASES)
def test_what_is_wrong_is_refused_by_name_and_never_kept(name: str, argument: str) -> None:
    call, given = doors.doors()[name]
    wanted = annotation(call, argument)
    for wrong in WRONG:
        if (argument in CALLED and callable(wrong)) or (name == "walletcard.Issue" and isinstance(wrong, str)):
            continue
        error, result = outcome(call, {**given, argument: wrong})
        if error is not None:
            assert is_said_well(error), (wrong, str(error))
            continue
        taken = argument in LABELS or bool({name, f"{name}({argument})"} & set(FREE)) or close(wanted, wrong)
        assert taken, f"{name}({argument}={type(wrong).__name__}) is taken"
        for one in result if isinstance(result, (list, tuple)) else (result,):
            assert [*flaws(one)] == [], type(wrong)


@pytest.mark.parametrize("name", FREE)
def test_what_is_free_is_a_door(name: str) -> None:
    bare, _, argument = name.rstrip(")").partition("(")

    assert not argument or argument in doors.doors()[bare][1]


def outcome(call: Callable[..., Any], given: Mapping[str, Any]) -> tuple[WalletCardError | None, Any]:
    """Return the library's error or the result of a call; an error of anybody else's goes on, a warning too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = call(**given)
            return None, list(result) if isinstance(result, Iterator) else result
    except WalletCardError as error:
        return error, None


def is_said_well(error: WalletCardError) -> bool:
    line = str(error)
    return bool(error.code and error.where and error.hint) and len(line) <= 240 and line.isprintable()


def annotation(call: Callable[..., Any], argument: str) -> Any:
    """Return the type that a callable asks for."""
    plain: Any = getattr(call, "__init__") if inspect.isclass(call) else call  # noqa: B009  # mypy refuses the name.
    found = typing.get_type_hints(inspect.unwrap(getattr(plain, "__func__", plain)), localns=doors.ROOMS)
    return found.get(argument, Any)


def close(hint: Any, value: Any) -> bool:
    """Tell whether a value is of a type, or a list or generator where a tuple is asked for: those are taken over."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return any(close(one, value) for one in inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping)
    if origin is tuple or (isinstance(origin, type) and issubclass(origin, Iterable)):
        return isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray, Mapping))
    if origin is collections.abc.Callable:
        return callable(value)
    return isinstance(value, (bytes, bytearray)) if hint is bytes else fits(hint, value)


def fits(hint: Any, value: Any) -> bool:
    """Tell whether a value is of a type, by rules written down apart from the library's own."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return any(fits(one, value) for one in inner)
    if origin is typing.Literal:
        return type(value) is str and value in inner
    if origin is tuple:
        if type(value) is not tuple or inner[-1] is not Ellipsis:
            return type(value) is tuple and len(value) == len(inner) and all(map(fits, inner, value))
        return all(fits(inner[0], one) for one in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(isinstance(one, str) for one in value)
    exact: dict[Any, Callable[[Any], bool]] = {
        bool: lambda one: type(one) is bool,
        date: lambda one: isinstance(one, date) and not isinstance(one, datetime),
        datetime: lambda one: isinstance(one, datetime) and one.utcoffset() is not None,
        float: lambda one: type(one) in (int, float) and (type(one) is int or math.isfinite(one)),
        int: lambda one: type(one) is int,
        str: lambda one: isinstance(one, str) and one.encode(errors="replace") == one.encode(errors="backslashreplace"),
    }
    if hint in exact:
        return exact[hint](value)
    return not isinstance(hint, type) or getattr(hint, "_is_protocol", False) or isinstance(value, hint)


def flaws(value: Any) -> Iterator[str]:
    """Yield what is wrong inside a value that was made."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return
    hints = typing.get_type_hints(type(value))
    for one in dataclasses.fields(value):
        found = getattr(value, one.name)
        if not fits(hints[one.name], found):
            yield f"{type(value).__name__}.{one.name} is {type(found).__name__}"
        documents = isinstance(found, Collection) and not isinstance(found, str)
        if not documents:
            repr(found)
    if hasattr(value, "to_json"):
        value.to_json().encode()
