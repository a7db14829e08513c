"""Every public entry of the library, guarded: a wrong call is answered in our own words, and no error shows values.

A misspelt, missing or unnamed argument ends in an error that names the right one; what an entry was handed is kept out
of the frames that any error leaves through.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from types import FunctionType
from typing import Any, Final

from walletcard.errors import Issue, WrongArgumentError, quoted
from walletcard.model._checks import nearest
from walletcard.model._discreet import forget

# What other libraries call the same.
_OTHER_NAMES: Final = {
    **dict.fromkeys(("color", "colour", "colors", "colours", "bg"), "background"),
    "fg": "foreground",
    **dict.fromkeys(("lang", "language"), "locale"),
    **dict.fromkeys(("tz", "timezone", "time_zone"), "zone"),
    **dict.fromkeys(("time", "when", "date", "now"), "at"),
    **dict.fromkeys(("user", "customer", "holder"), "member"),
}


def guard(room: dict[str, Any], names: Iterable[str], *, values: bool = False) -> None:
    """Let the public functions and classes of a room say what is wrong with a call, and show what they got to nobody.

    Args:
        room: Its ``globals()``.
        names: Those that users call.
        values: They are values that are asked a thousand times a card: methods with no argument to name stay bare.
    """
    for name in names:
        value = room.get(name)  # None where it is loaded later.
        if isinstance(value, type):
            _guard_class(value, bare=values)
        elif isinstance(value, FunctionType):
            guarded = _guarded(value, name)
            guarded.__module__ = room["__name__"]  # Where pickle finds it again.
            room[name] = guarded


def _guard_class(kind: type, *, bare: bool) -> None:
    own: dict[str, Any] = dict(vars(kind))
    for name, value in own.items():
        if name == "__init__" and isinstance(value, FunctionType):
            setattr(kind, name, _guarded(value, kind.__name__))
        elif name.startswith("_"):
            continue
        elif isinstance(value, classmethod):
            setattr(kind, name, classmethod(_guarded(value.__func__, f"{kind.__name__}.{name}")))
        elif isinstance(value, FunctionType) and not (bare and not value.__code__.co_kwonlyargcount):
            setattr(kind, name, _guarded(value, f"{kind.__name__}.{name}"))


def _guarded(call: Callable[..., Any], name: str) -> Callable[..., Any]:
    @wraps(call)
    def guarded(*values: Any, **given: Any) -> Any:
        handled = sys.exception()
        try:
            return call(*values, **given)
        except BaseException as error:
            issues = _issues(call, name, values, given) if _refused(error) else []
            if not issues:
                forget(error, until=handled)
                raise
        finally:
            del values, given, handled  # A frame that an error leaves through shows its values, and these may be keys.
        raise WrongArgumentError.from_issues(issues)

    return guarded


def _refused(error: BaseException) -> bool:
    """Tell whether the call itself was refused: inside the function there would be one more frame."""
    return isinstance(error, TypeError) and error.__traceback__ is not None and error.__traceback__.tb_next is None


def _issues(call: Callable[..., Any], name: str, values: tuple[Any, ...], given: Mapping[str, Any]) -> list[Issue]:
    """Return what is wrong with a call that Python refused."""
    taken = inspect.signature(call).parameters
    unnamed = [one.name for one in taken.values() if one.kind is not one.KEYWORD_ONLY]
    own = [one for one in taken if one not in ("self", "cls")]
    issues = []

    def add(code: str, where: str, message: str, hint: str) -> None:
        issues.append(Issue(code=code, where=where, message=message, hint=hint))

    for key in (one for one in given if one not in own):
        hint = _meant(key, own) or (f"it takes {_listed(own)}" if own else "it takes none")
        add("argument.unknown", f"{name}({_shown(key)})", "no such argument", hint)
    if len(values) > len(unnamed):
        rest = [one for one in own if one not in unnamed and one not in given]
        hint = f"name them, such as {rest[0]}=..." if rest else "leave the rest out"
        add("argument.unnamed", name, f"{len(values) - len(unnamed)} without a name", hint)
    for key in (one for one in given if one in unnamed[: len(values)]):
        add("argument.twice", f"{name}({key})", "given twice", "give it once")
    known = {*unnamed[: len(values)], *given}
    lacking = [key for key, one in taken.items() if one.default is one.empty and key not in known and _single(one)]
    if lacking and not any(one.code == "argument.unnamed" for one in issues):
        hint = f"give {', '.join(f'{one}=...' for one in lacking[:6])}"
        add("argument.missing", name, f"{_listed(lacking)} missing", hint)
    return issues


def _meant(key: str, own: list[str]) -> str:
    """Return a question for the argument that is meant: by its other name, else by its spelling; empty for none."""
    name = _OTHER_NAMES.get(key.casefold())
    return f'did you mean "{name}"?' if name in own else nearest(key, own)


def _single(one: inspect.Parameter) -> bool:
    return one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)


def _shown(key: str) -> str:
    return key if key.isidentifier() and len(key) <= 40 else quoted(key)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(names[:6]) + more
