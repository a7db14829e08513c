"""What is handed in wrongly, and what can be judged before it is built."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from walletcard import google
from walletcard.errors import InvalidCardError
from walletcard.model import Face

ISSUER = "3388000000012345678"


def test_times_are_whole_seconds(cafe: Face) -> None:
    first = datetime(2026, 11, 21, 10, 0, 0, 123_456, tzinfo=UTC)
    face = replace(cafe, valid_from=first, expires=first + timedelta(days=1))

    made = google.resources(face, issuer_id=ISSUER)

    assert made.object["validTimeInterval"] == {
        "start": {"date": "2026-11-21T10:00:00+00:00"},
        "end": {"date": "2026-11-22T10:00:00+00:00"},
    }


def test_check_foresees_what_a_build_with_extra_keys_would_refuse(cafe: Face) -> None:
    extra = {"object": {"state": "SLEEPING"}, "class": {"hexBackgroundColor": "brown"}}

    foreseen = google.check(cafe, issuer_id=ISSUER, extra=extra)

    assert {(one.code, one.where) for one in foreseen} == {
        ("color.invalid", "LoyaltyClass.hexBackgroundColor"),
        ("field.value", "LoyaltyObject.state"),
    }
    assert google.check(cafe, issuer_id=ISSUER, extra=extra, allow=("color.invalid", "field.value")) == ()
    assert [one.code for one in google.check(cafe, extra=extra, allow="field.value")] == ["color.invalid"]


@pytest.mark.parametrize("plain", [False, True])
def test_stamps_that_are_not_drawn_are_not_judged(cafe: Face, plain: bool) -> None:
    faint = replace(cafe.design, disc="#3F281C", ring="#3F281C", mark="#3F281C")
    strip = replace(cafe.strip, mode="plain", cells=0, filled=0, reward_at=None) if cafe.strip and plain else None
    quiet, drawn = (replace(cafe, design=faint, strip=one) for one in (strip, cafe.strip))

    assert "color.contrast" not in {one.code for one in google.check(quiet)}
    assert "color.contrast" in {one.code for one in google.check(drawn)}
    assert "color.contrast" in {
        one.code for one in google.check(replace(quiet, design=replace(faint, label="#3F281C")))
    }


@pytest.mark.parametrize("wrong", ["x", 5, {}])
def test_a_host_that_cannot_be_called_is_refused(cafe: Face, wrong: Any) -> None:
    for verb in (google.resources, google.check):
        with pytest.raises(InvalidCardError) as caught:
            verb(cafe, issuer_id=ISSUER, host=wrong)
        assert (caught.value.code, caught.value.where) == ("host.type", "host")


@pytest.mark.parametrize("wrong", [5, ["a"], "hero.png", ()])
def test_pictures_that_are_no_mapping_are_refused(cafe: Face, wrong: Any) -> None:
    for verb in (google.resources, google.check):
        with pytest.raises(InvalidCardError) as caught:
            verb(cafe, issuer_id=ISSUER, pictures=wrong)
        assert (caught.value.code, caught.value.where) == ("image.invalid", "pictures")
