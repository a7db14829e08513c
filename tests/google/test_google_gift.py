import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import jwt
import pytest

from walletcard import google
from walletcard.google import ServiceAccount, _values
from walletcard.model import Balance, Design, Face, Field, Money, Picture
from walletcard.model._currency import CURRENCIES
from walletcard.testing._google import ThrowawayServiceAccount
from walletcard.words import phrase_book

ISSUER = "3388000000012345678"


@pytest.fixture
def voucher() -> Face:
    """The gift voucher of the acceptance cards, by hand."""
    return Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        description="Still Waters gift voucher",
        locale="en-GB",
        design=Design(background="#4A2545", icon="gift", logo_url="https://example.com/still.png"),
        balance=Money(6000, "GBP"),
        fields=(Field.front("for", "For", "Emma"), Field.back("message", "Message", "Happy birthday, Emma.")),
        expires=datetime(2027, 11, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_both_wallets_mean_the_same_amount_by_a_number(currency: str) -> None:
    amount = Money(1_234_567, currency)

    told = google_amount(_values.money(amount))

    digits = "".join(one for one in phrase_book("en").money(amount) if one.isdecimal() or one == ".")
    assert told == Decimal(digits.strip("."))


def google_amount(money: dict[str, str]) -> Decimal:
    return Decimal(money["micros"]) / 1_000_000


def test_a_gift_voucher_says_what_the_acceptance_card_says(voucher: Face) -> None:
    made = google.resources(voucher, issuer_id=ISSUER)

    assert made.kind == "giftCard"
    assert made.class_["merchantName"] == made.class_["issuerName"] == "Still Waters"
    assert made.class_["allowBarcodeRedemption"] is True
    assert made.class_["hexBackgroundColor"] == "#4A2545"
    assert made.object["cardNumber"] == "SW-8H2K4V"
    assert made.object["balance"] == {"micros": "60000000", "currencyCode": "GBP"}
    assert made.object["validTimeInterval"] == {"end": {"date": "2027-11-22T00:00:00+00:00"}}
    assert (made.object["classId"], made.object["id"]) == (f"{ISSUER}.gift", f"{ISSUER}.gift.SW-8H2K4V")


def test_the_balance_stands_in_googles_header_and_the_rest_in_rows(voucher: Face) -> None:
    made = google.resources(voucher, issuer_id=ISSUER)

    assert [module["id"] for module in made.object["textModulesData"]] == ["value", "for", "message", "valid_until"]
    assert "object.balance" not in json.dumps(made.class_["classTemplateInfo"])


@pytest.mark.parametrize(
    ("minor", "micros", "state"), [(1500, "15000000", "ACTIVE"), (0, "0", "COMPLETED"), (6000, "60000000", "ACTIVE")]
)
def test_a_voucher_is_used_up_bit_by_bit(voucher: Face, minor: int, micros: str, state: str) -> None:
    face = Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        description="Gift voucher",
        locale="en-GB",
        design=voucher.design,
        balance=Money(minor, "GBP"),
        value=Money(6000, "GBP"),
    )

    made = google.resources(face, issuer_id=ISSUER)

    assert (made.object["balance"]["micros"], made.object["state"]) == (micros, state)


def test_google_asks_no_logo_of_a_gift_card(voucher: Face) -> None:
    face = replace(voucher, design=Design(background="#4A2545"))

    made = google.resources(face, issuer_id=ISSUER)

    assert "programLogo" not in made.class_
    assert google.check(face, issuer_id=ISSUER) == ()


def test_what_is_no_money_is_told_as_text(voucher: Face) -> None:
    face = replace(voucher, balances=(Balance(label="Massages", text="3 left"),), fields=())

    made = google.resources(face, issuer_id=ISSUER)

    assert "balance" not in made.object
    assert made.object["textModulesData"] == [{"id": "balance-1", "header": "Massages", "body": "3 left"}]


@pytest.mark.parametrize("form", ["whole", "compact", "object", "id"])
def test_a_gift_voucher_has_a_link(
    voucher: Face,
    account: ServiceAccount,
    throwaway: ThrowawayServiceAccount,
    at: datetime,
    picture: Picture,
    form: str,
) -> None:
    made = google.resources(voucher, issuer_id=ISSUER)
    small = replace(voucher, fields=())

    link = google.save_link(small, account=account, issuer_id=ISSUER, at=at, form=form)

    options: Any = {"verify_iat": False}
    token = link.url.rpartition("/")[2]
    claims = jwt.decode(token, throwaway.public_pem, algorithms=["RS256"], audience="google", options=options)
    assert google.lint("claims", claims) == ()
    assert claims["payload"].keys() <= {"giftCardClasses", "giftCardObjects"}
    assert claims["payload"]["giftCardObjects"][0]["id"] == made.object_id
    assert ("giftCardClasses" in claims["payload"]) == (form in ("whole", "compact"))
