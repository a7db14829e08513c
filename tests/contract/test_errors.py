"""One root, errors that survive pickling, and messages of one line."""

import inspect
import pickle
from datetime import date

import pytest

from walletcard import errors
from walletcard.errors import InvalidCardError, InvalidDocumentError, Issue, KeyMaterialError, WalletCardError, quoted

TREE = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]
PUBLIC = [cls for cls in TREE if not cls.__name__.startswith("_")]


@pytest.mark.parametrize("cls", TREE)
def test_every_error_has_the_one_root(cls: type[Exception]) -> None:
    assert issubclass(cls, WalletCardError)


@pytest.mark.parametrize("cls", PUBLIC)
def test_every_public_error_is_drawn_in_the_tree(cls: type[Exception]) -> None:
    assert cls.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("cls", PUBLIC)
def test_errors_survive_pickling(cls: type[WalletCardError]) -> None:
    error = cls("is wrong", code="a.b", where="here", hint="mend it")

    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes

    assert type(again) is cls
    assert (str(again), again.code, again.where, again.hint) == ("here: is wrong; mend it", "a.b", "here", "mend it")


@pytest.mark.parametrize("cls", [InvalidCardError, InvalidDocumentError])
def test_issues_survive_pickling(cls: type[InvalidCardError] | type[InvalidDocumentError]) -> None:
    found = [Issue(code="a.b", where=f"field {n}", message="is wrong", hint="mend it") for n in range(3)]
    error = cls.from_issues(found)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert again.issues == tuple(found)
    assert str(again) == str(error)
    assert isinstance(error, ValueError)


def test_an_issue_is_one_line() -> None:
    assert str(Issue(code="a.b", where="stamps.goal", message="0 is below 1", hint="use 1 to 30")) == (
        "stamps.goal: 0 is below 1; use 1 to 30"
    )
    assert str(Issue(code="a.b", where="", message="so it is")) == "so it is"


def test_many_issues_make_one_line_of_at_most_240_characters() -> None:
    issues = [Issue(code="a.b", where=f"place {n}", message="m" * 60, hint="h" * 20) for n in range(20)]

    line = str(InvalidCardError.from_issues(issues))

    assert len(line) <= 240
    assert line.endswith("more in .issues")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", '"a"'),
        ("a\nb", '"a\\nb"'),
        ("x" * 100, '"' + "x" * 57 + '…"'),
        (b"secret", "6 bytes"),
        (True, "True"),
        (None, "None"),
        (1.5, "1.5"),
        pytest.param(10**5_000, "a huge number", id="huge"),
        ([1], "list"),
        ({}, "dict"),
        ("\ud800", '"\\ud800"'),
    ],
)
def test_foreign_values_are_escaped_and_cut(value: object, shown: str) -> None:
    assert quoted(value) == shown
    assert len(quoted(value)) <= 60
    assert quoted(value).isprintable()


def test_an_expired_certificate_is_worded_once() -> None:
    error = KeyMaterialError.expired(where="certificate", subject="Pass", on=date(2026, 10, 22), hint="renew it")

    assert str(error) == 'certificate: "Pass" expired on 2026-10-22; renew it'
