import json
from dataclasses import replace

import pytest

from walletcard import google
from walletcard.model import Face, Field

ISSUER = "3388000000012345678"


@pytest.fixture
def silver(cafe: Face) -> Face:
    return replace(cafe, tier="silver", fields=(Field.front("tier", "Level", "Silver"), *cafe.fields))


def test_each_level_has_a_class_of_its_own(silver: Face) -> None:
    made = google.resources(silver, issuer_id=ISSUER)

    assert made.class_id == made.class_["id"] == made.object["classId"] == f"{ISSUER}.copper-kettle.tier-silver"
    assert made.object_id == f"{ISSUER}.copper-kettle.CK-7F3A29"
    assert (made.class_["rewardsTierLabel"], made.class_["rewardsTier"]) == ("Level", "Silver")


def test_a_level_in_the_rows_is_no_text_module(silver: Face) -> None:
    made = google.resources(silver, issuer_id=ISSUER)

    assert "class.rewardsTier" in json.dumps(made.class_["classTemplateInfo"])
    assert "Silver" not in made.object_json.decode()
    assert google.lint("LoyaltyClass", made.class_) == ()


def test_a_level_that_found_no_room_on_the_front_still_names_the_class(silver: Face) -> None:
    face = replace(silver, fields=(Field.back("tier", "Level", "Silver"),))

    made = google.resources(face, issuer_id=ISSUER)

    assert made.class_["rewardsTier"] == "Silver"
    assert "class.rewardsTier" not in json.dumps(made.class_["classTemplateInfo"])


def test_a_tier_field_of_a_card_without_levels_is_a_text_like_any_other(silver: Face) -> None:
    made = google.resources(replace(silver, tier=None), issuer_id=ISSUER)

    assert "rewardsTier" not in made.class_
    assert {"id": "tier", "header": "Level", "body": "Silver"} in made.object["textModulesData"]
    assert made.class_id == f"{ISSUER}.copper-kettle"
