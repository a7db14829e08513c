from typing import Any

import pytest

from walletcard.preview import _google_card
from walletcard.preview._google_values import Shown, item, shown

CLASS = {
    "issuerName": "Shop",
    "programName": "Club",
    "programLogo": {"sourceUri": {"uri": "https://example.com/logo.png"}},
    "accountIdLabel": "Card",
    "rewardsTier": "Gold",
    "rewardsTierLabel": "Tier",
    "textModulesData": [{"id": "terms", "header": "Terms", "body": "None"}],
}
OBJECT = {
    "state": "ACTIVE",
    "accountId": "A-1",
    "loyaltyPoints": {"label": "Stamps", "balance": {"string": "3/9"}},
    "secondaryLoyaltyPoints": {"label": "Saved", "balance": {"money": {"micros": "1500000", "currencyCode": "GBP"}}},
    "textModulesData": [{"id": "reward", "header": "Reward", "body": "Coffee"}],
}
DOCUMENTS: dict[str, dict[str, Any]] = {"class": CLASS, "object": OBJECT}


def one(path: str) -> dict[str, Any]:
    return {"fields": [{"fieldPath": path}]}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("object.loyaltyPoints.balance", Shown("Stamps", "3/9")),
        ("object.secondaryLoyaltyPoints.balance", Shown("Saved", "£1.50")),
        ("object.accountId", Shown("Card", "A-1")),
        ("class.rewardsTier", Shown("Tier", "Gold")),
        ("class.textModulesData['terms']", Shown("Terms", "None")),
        ("object.textModulesData['reward']", Shown("Reward", "Coffee")),
        ("object.textModulesData['other']", None),
        ("object.accountName", None),
    ],
)
def test_a_field_reference_brings_its_label(path: str, wanted: Shown | None) -> None:
    assert shown(DOCUMENTS, path) == wanted


def test_a_count_of_nothing_is_a_value() -> None:
    documents = {"class": {}, "object": {"loyaltyPoints": {"label": "Rewards", "balance": {"int": 0}}}}

    assert shown(documents, "object.loyaltyPoints.balance") == Shown("Rewards", "0")


def test_two_values_of_one_item_are_joined() -> None:
    both = {"firstValue": one("object.accountId"), "secondValue": one("class.rewardsTier")}

    assert item(DOCUMENTS, both) == Shown("Card / Tier", "A-1 / Gold")


def test_the_first_reference_that_holds_something_wins() -> None:
    selector = {"fields": [{"fieldPath": "object.accountName"}, {"fieldPath": "object.accountId"}]}

    assert item(DOCUMENTS, {"firstValue": selector}) == Shown("Card", "A-1")


def test_without_a_template_both_balances_are_on_the_front() -> None:
    drawn = _google_card.front(DOCUMENTS, {}, lang="en", direction="ltr")

    assert "3/9" in drawn
    assert "£1.50" in drawn
    assert "Coffee" not in drawn


def test_a_template_chooses_the_rows() -> None:
    rows = [{"oneItem": {"item": {"firstValue": one("object.textModulesData['reward']")}}}]
    template = {"cardTemplateOverride": {"cardRowTemplateInfos": rows}}

    drawn = _google_card.front(
        {**DOCUMENTS, "class": {**CLASS, "classTemplateInfo": template}}, {}, lang="en", direction="ltr"
    )

    assert "Coffee" in drawn
    assert "3/9" not in drawn


def test_details_hold_messages_modules_account_and_links() -> None:
    more = {
        "messages": [{"header": "News", "body": "Open"}],
        "linksModuleData": {"uris": [{"uri": "tel:1", "description": "Call"}]},
    }

    drawn = _google_card.details({**DOCUMENTS, "object": {**OBJECT, **more}}, lang="en", direction="ltr")

    order = ["Open", "Coffee", "None", "A-1", "Gold", "tel:1"]
    assert sorted(order, key=drawn.index) == order


def test_details_can_be_overridden() -> None:
    template = {"detailsTemplateOverride": {"detailsItemInfos": [{"item": {"firstValue": one("object.accountId")}}]}}

    drawn = _google_card.details(
        {**DOCUMENTS, "class": {**CLASS, "classTemplateInfo": template}}, lang="en", direction="ltr"
    )

    assert "A-1" in drawn
    assert "Coffee" not in drawn


@pytest.mark.parametrize(("ground", "ink"), [("#3B2418", "rgb(255, 255, 255)"), ("#F4EFE6", "rgb(32, 33, 36)")])
def test_the_ink_is_the_one_that_reads_better(ground: str, ink: str) -> None:
    documents = {**DOCUMENTS, "class": {**CLASS, "hexBackgroundColor": ground}}

    assert f"--foreground: {ink}" in _google_card.front(documents, {}, lang="en", direction="ltr")
