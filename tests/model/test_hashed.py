"""A hash that is remembered is the hash of the value, and of this process alone."""

import copy
import pickle
from dataclasses import fields, replace

from tests.cards import cafe


def test_equal_values_have_equal_hashes() -> None:
    first, second = cafe(), cafe()

    assert first == second
    assert hash(first) == hash(second) == hash(copy.deepcopy(first)) == hash(first)
    assert hash(first.design) == hash(tuple(getattr(second.design, one.name) for one in fields(second.design)))


def test_a_changed_value_has_a_hash_of_its_own() -> None:
    design = cafe().design
    hash(design)

    assert hash(replace(design, icon="leaf")) != hash(design)


def test_a_hash_is_not_stored() -> None:
    program = cafe()
    hash(program)

    read = pickle.loads(pickle.dumps(program))  # noqa: S301

    assert not hasattr(read, "_hash")
    assert hash(read) == hash(program)
