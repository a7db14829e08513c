"""A misspelt, missing or unnamed argument is named with the right one, at every public entry."""

import inspect
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests import kinds

import walletcard as wc
from walletcard import apple, google, loyalty, model, preview, render, testing, tokens, words
from walletcard.errors import InvalidCardError, WrongArgumentError

ROOMS = (apple, google, loyalty, model, preview, render, testing, tokens, words)


def entries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every function, class and public method that a user can call."""
    for room in ROOMS:
        for name in room.__all__:
            value = getattr(room, name)
            label = f"{room.__name__.rsplit('.', 1)[-1]}.{name}"
            if inspect.isfunction(value) or inspect.isclass(value):
                yield label, value
            for method, plain in vars(value).items() if inspect.isclass(value) else ():
                code = getattr(getattr(plain, "__wrapped__", plain), "__code__", None)
                bare = room in (model, words) and code is not None and not code.co_kwonlyargcount
                by_name = isinstance(plain, classmethod) or (code is not None and not bare)
                if not method.startswith("_") and by_name:
                    yield f"{label}.{method}", getattr(value, method)
    for name in ("make_pkpass", "make_save_link"):
        yield name, getattr(wc, name)


def wanted(call: Callable[..., Any]) -> list[str]:
    try:
        found = inspect.signature(call).parameters.values()
    except ValueError:
        return []
    return [
        one.name for one in found if one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD) and one.name != "self"
    ]


ENTRIES = {name: call for name, call in entries() if wanted(call) and not getattr(call, "_is_protocol", False)}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_misspelt_argument_names_the_nearest(name: str) -> None:
    right = max(wanted(ENTRIES[name]), key=len)

    with pytest.raises(WrongArgumentError) as caught:
        ENTRIES[name](**{f"{right}_": 1})

    [unknown] = [one for one in caught.value.issues if one.code == "argument.unknown"]
    assert unknown.hint == f'did you mean "{right}"?'
    assert unknown.where.endswith(f"({right}_)")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: wc.Stamps(goal=9), "Stamps: reward missing; give reward=..."),  # type: ignore[call-arg]
        (lambda: wc.Stamps(9, 2), "Stamps: 2 without a name; name them, such as goal=..."),  # type: ignore[call-arg, arg-type]
        (lambda: wc.Money(5, minor=5), "Money(minor): given twice; give it once | Money: currency missing"),  # type: ignore[call-arg, misc]
        (lambda: wc.Event.visit(id="a"), "Event.visit: at missing; give at=..."),  # type: ignore[call-arg]
        (lambda: apple.lint(), "lint: pass_json missing; give pass_json=..."),  # type: ignore[call-arg]
        (lambda: google.read_link("a", "b"), "read_link: 1 without a name; leave the rest out"),  # type: ignore[call-arg]
        (lambda: wc.Money(5, "GBP", zzz=1), "Money(zzz): no such argument; it takes minor, currency"),  # type: ignore[call-arg]
        (
            lambda: wc.Money(5, "GBP", **{"a b": 1}),
            'Money("a b"): no such argument; it takes minor, currency',
        ),
        (
            lambda: wc.Face(),  # type: ignore[call-arg]
            "Face: id, issuer, title, description, locale, design missing; give id=..., issuer=..., title=...",
        ),
    ],
)
def test_each_way_of_calling_wrongly_is_named(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(WrongArgumentError) as caught:
        call()

    assert said in str(caught.value)
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, InvalidCardError)
    assert caught.value.__cause__ is None


def test_a_type_error_from_inside_is_not_taken_for_a_typo() -> None:
    def host(_picture: object) -> str:
        raise TypeError("of the user's own")

    face = kinds.gift()
    pictures = render.pictures(face, wallet="google")

    with pytest.raises(TypeError, match="of the user's own"):
        google.resources(face, issuer_id="3388000000000000000", pictures=pictures, host=host)


@pytest.mark.parametrize("call", [wc.face, wc.make_pkpass, apple.build, google.lint, render.strip, wc.Stamps])
def test_public_names_can_be_sent_to_other_processes_and_keep_their_signature(call: Callable[..., Any]) -> None:
    assert pickle.loads(pickle.dumps(call)) is call  # noqa: S301
    assert inspect.signature(call).parameters
    assert call.__doc__


@pytest.mark.parametrize(
    ("call", "given", "right"),
    [
        (wc.Design, "colour", "background"),
        (wc.Design, "bg", "background"),
        (wc.Program, "lang", "locale"),
        (wc.Program, "timezone", "zone"),
        (wc.join, "customer", "member"),
        (wc.settle, "when", "at"),
    ],
)
def test_what_others_call_it_leads_to_our_name(call: Callable[..., Any], given: str, right: str) -> None:
    with pytest.raises(WrongArgumentError) as caught:
        call(**{given: "x"})

    assert [one.hint for one in caught.value.issues if one.code == "argument.unknown"] == [f'did you mean "{right}"?']
