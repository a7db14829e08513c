"""A zone that is none names the one that is meant, and a name of the vocabulary says where it is."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.cards import cafe

import walletcard as wc


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Europe/Lodnon", 'did you mean "Europe/London"?'),
        ("europe/paris", 'did you mean "Europe/Paris"?'),
        (ZoneInfo("Asia/Jerusalem"), 'write zone="Asia/Jerusalem"'),
        ("../../etc/passwd", "use a name such as Europe/London; a computer without the tz database needs"),
        (5, "use a name such as Europe/London; a computer without the tz database needs"),
    ],
)
def test_a_zone_that_is_none_names_the_one_that_is_meant(zone: Any, hint: str) -> None:
    with pytest.raises(wc.WalletCardError) as caught:
        cafe(zone=zone)

    assert (caught.value.code, caught.value.where) == ("zone.unknown", "program.zone")
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(("name", "said"), [("Milestone", "it is in walletcard.model"), ("Milestones", "no attribute")])
def test_a_name_that_the_top_level_has_not_says_where_it_is(name: str, said: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(wc, name)

    assert said in str(caught.value)
    assert str(caught.value).endswith("model") is (name == "Milestone")
