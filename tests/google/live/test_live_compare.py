"""What Google holds against what is wanted: only a difference is one."""

from typing import Any

import pytest

from walletcard.google._compare import changes

SAME: list[tuple[Any, Any]] = [
    ("a", "a"),
    (5, 5),
    ("5", 5),
    (None, None),
    (None, []),
    (None, {}),
    (None, False),
    (None, ""),
    (["a"], ["a"]),
    ({"kind": "walletobjects#image", "uri": "x"}, {"uri": "x"}),
    ({"uri": "x", "alt": None, "more": []}, {"uri": "x"}),
    ([{"kind": "walletobjects#x", "id": "a"}], [{"id": "a"}]),
]
OTHER: list[tuple[Any, Any, Any]] = [
    ("a", "b", "b"),
    (None, "a", "a"),
    ("a", None, None),
    ("a", "", ""),
    (True, False, False),
    (1, True, True),
    (["a"], ["a", "b"], ["a", "b"]),
    (["a", "b"], ["b", "a"], ["b", "a"]),
    (["a"], [], []),
    ("a", ["a"], ["a"]),
    ("a", {"b": 1}, {"b": 1}),
    ({"string": "6"}, {"int": 7}, {"string": None, "int": 7}),
    ({"kind": "walletobjects#x", "a": {"b": 1, "c": 2}}, {"a": {"b": 1}}, {"a": {"c": None, "b": 1}}),
]


@pytest.mark.parametrize(("held", "wanted"), SAME)
def test_what_says_the_same_is_no_difference(held: Any, wanted: Any) -> None:
    assert changes({"id": "1.a", "key": held}, {"id": "1.a", "key": wanted}) == {}


@pytest.mark.parametrize(("held", "wanted", "told"), OTHER)
def test_what_differs_is_told_whole(held: Any, wanted: Any, told: Any) -> None:
    assert changes({"id": "1.a", "key": held, "more": 1}, {"id": "1.a", "key": wanted}) == {"key": told}


@pytest.mark.parametrize("held", ["APPROVED", "approved", "UNDER_REVIEW", "underReview"])
def test_a_review_status_is_told_only_with_another_change(held: str) -> None:
    wanted = {"reviewStatus": "UNDER_REVIEW", "programName": "New"}

    assert changes({"reviewStatus": held, "programName": "New"}, wanted) == {}
    assert changes({"reviewStatus": held, "programName": "Old"}, wanted) == wanted


def test_a_class_that_leaves_its_draft_is_a_change() -> None:
    assert changes({"reviewStatus": "DRAFT"}, {"reviewStatus": "UNDER_REVIEW"}) == {"reviewStatus": "UNDER_REVIEW"}
