"""What counts as a failure when a reader is fuzzed, and how documents are changed on the way."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fuzz import _judge
from fuzz._judge import Failure, judge
from fuzz._target import Target
from fuzz._trees import changed, words_of

from walletcard.errors import InvalidCardError, Issue

DOCUMENT = b'{"id": "a", "stamps": {"goal": 9}, "back": [{"label": "Terms"}, 1, null]}'


def issue(message: str) -> Issue:
    return Issue(code="id.empty", where="card.id", message=message, hint="give one")


def judged(one: Callable[[bytes], Any]) -> Failure | None:
    return judge(Target(name="any", one=one, seeds=tuple), b"x")


def raising(error: BaseException) -> Callable[[bytes], None]:
    def one(_: bytes) -> None:
        raise error

    return one


def test_an_error_of_ours_is_an_answer() -> None:
    assert judged(raising(InvalidCardError.from_issues([issue("empty")]))) is None


def test_issues_that_come_back_are_an_answer() -> None:
    assert judged(lambda _: (issue("empty"),)) is None


def test_a_foreign_exception_is_a_failure_that_names_its_place() -> None:
    found = judged(raising(KeyError("x")))

    assert found is not None
    assert (found.kind, found.what.split(":")[0]) == ("exception", "KeyError at test_fuzz_judge.py")


def test_memory_that_runs_out_is_a_failure() -> None:
    assert judged(raising(MemoryError())) == Failure("memory", "over 512 MiB")


def test_a_long_run_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_judge, "MAX_SECONDS", 0.001)

    found = judged(lambda _: sum(range(1_000_000)) and None)

    assert found is not None
    assert found.kind == "time"


@pytest.mark.parametrize("message", ["x" * 241, "a\nb", "a\0b"])
def test_a_message_that_breaks_the_rules_is_a_failure(message: str) -> None:
    found = judged(raising(InvalidCardError("a", code="id.empty", where="card.id", hint=message)))

    assert found is not None
    assert found.kind == "message"


def test_a_document_is_changed_the_same_way_by_the_same_number() -> None:
    words = tuple(sorted(words_of(DOCUMENT)))
    made = [changed(DOCUMENT, words, seed) for seed in range(50)]

    assert made == [changed(DOCUMENT, words, seed) for seed in range(50)]
    assert len(set(made)) > 40
    assert all(json.loads((one or b"").decode("utf-8", "surrogatepass")) is not ... for one in made)


def test_what_is_no_document_is_not_changed() -> None:
    assert changed(b"{", (), 1) is None
