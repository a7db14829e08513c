"""Every input that once brought the library down, and every one that fuzzing begins with, is read without a failure."""

import pytest
from fuzz import targets
from fuzz._corpus import CORPUS, crashes
from fuzz._judge import judge
from fuzz._target import Target

from walletcard.errors import WalletCardError


def taken(target: Target, data: bytes) -> bool:
    try:
        target.one(data)
    except WalletCardError:
        return False
    return True


@pytest.mark.parametrize("target", targets.ALL.values(), ids=targets.ALL)
def test_every_kept_input_is_read_or_refused_in_our_words(target: Target) -> None:
    kept = (*(CORPUS / target.name).glob("*"), *crashes(target))
    judged = {path.name: judge(target, path.read_bytes()) for path in kept}

    assert {name: failure for name, failure in judged.items() if failure} == {}


@pytest.mark.parametrize("target", targets.ALL.values(), ids=targets.ALL)
def test_fuzzing_begins_with_inputs_that_are_taken(target: Target) -> None:
    assert any(taken(target, data) for data in target.seeds())
