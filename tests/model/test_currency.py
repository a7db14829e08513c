"""Currencies: those of ISO 4217, and what people write in their place."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from babel.core import Locale
from babel.numbers import get_currency_precision, get_territory_currencies, list_currencies

import walletcard as wc
from walletcard.model._currency import CURRENCIES, decimals

# CLDR changes its mind about these between its releases; stored amounts must not change what they mean.
UNSETTLED = {"COP", "HUF", "IDR", "RSD"}


def test_every_currency_in_use_anywhere_is_one() -> None:
    places = Locale("en").territories

    assert {one for place in places for one in get_territory_currencies(str(place))} - CURRENCIES == set()


def test_those_that_are_none_are_no_money() -> None:
    assert {"XXX", "XTS"}.isdisjoint(CURRENCIES)
    assert {"XXX", "XTS"} < set(list_currencies())


@pytest.mark.parametrize("code", ["GBP", "ILS", "RUB", "CNY", "IRR", "AED", "EUR", "JPY", "KWD"])
def test_money_of_the_businesses_is_money(code: str) -> None:
    assert wc.Money(1, code).currency == code


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("NIS", 'use "ILS"'),
        ("RMB", 'use "CNY"'),
        ("gbp", 'use "GBP"'),
        ("GBO", 'did you mean "GB'),
        ("XXX", ""),
        ("pounds", "use ISO 4217, such as GBP"),
        (5, "use ISO 4217, such as GBP"),
        (None, "use ISO 4217, such as GBP"),
        ("", "use ISO 4217, such as GBP"),
    ],
)
def test_what_is_none_names_the_one_that_is_meant(code: Any, hint: str) -> None:
    with pytest.raises(wc.WalletCardError) as caught:
        wc.Money(1, code)

    assert (caught.value.code, caught.value.where) == ("money.currency", "money.currency")
    assert caught.value.hint.startswith(hint)


def test_the_decimals_are_those_of_cldr() -> None:
    settled = CURRENCIES - UNSETTLED

    assert {code: get_currency_precision(code) for code in settled} == {code: decimals(code) for code in settled}


@pytest.mark.parametrize(("code", "places"), [("COP", 2), ("HUF", 2), ("IDR", 2), ("RSD", 0)])
def test_the_decimals_of_a_stored_amount_stay_whatever_cldr_says_next(code: str, places: int) -> None:
    assert decimals(code) == places


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: wc.Money(60.0, "GBP"), "got 60.0, need a whole number; give minor units: 6000 for 60.00 GBP"),  # type: ignore[arg-type]
        (lambda: wc.Money(Decimal("0.07"), "EUR"), "give minor units: 7 for 0.07 EUR"),  # type: ignore[arg-type]
        (lambda: wc.Money(60.0, "JPY"), "JPY has no smaller unit: give 60"),  # type: ignore[arg-type]
        (lambda: wc.Money(1.5, "KWD"), "give minor units: 1500 for 1.500 KWD"),  # type: ignore[arg-type]
        (lambda: wc.Money(1.5, "pounds"), "give minor units, such as 150 pence for 1.50"),  # type: ignore[arg-type]
        (lambda: wc.Event.visit(id="a", at=NOON, amount=25.5), "such as 2550 pence for 25.50"),  # type: ignore[arg-type]
        (lambda: wc.Event.purchase(id="a", at=NOON, amount=Decimal(25)), "such as 2500 pence for 25.00"),  # type: ignore[arg-type]
        (lambda: wc.Event.grant(id="a", at=NOON, money=60.0), "such as 6000 pence for 60.00"),  # type: ignore[arg-type]
        (lambda: wc.Event.redeem(id="a", at=NOON, amount=4.2), "such as 420 pence for 4.20"),  # type: ignore[arg-type]
        (lambda: wc.Limits(min_purchase=5.0), "such as 500 pence for 5.00"),  # type: ignore[arg-type]
        (lambda: wc.Tier(id="a", name="A", min_spend=99.5), "such as 9950 pence for 99.50"),  # type: ignore[arg-type]
        (lambda: wc.Reward(id="a", title="A", cost=1.2), "such as 120 pence for 1.20"),  # type: ignore[arg-type]
        (lambda: wc.Reward(id="a", title="A", kind="credit", value=5.0), "such as 500 pence for 5.00"),  # type: ignore[arg-type]
        (lambda: wc.Reward(id="a", title="A", kind="percent", value=5.0), "give 1 to 100"),  # type: ignore[arg-type]
        (lambda: wc.Money(float("nan"), "GBP"), "got nan, need a whole number; give 0 to"),  # type: ignore[arg-type]
        (lambda: wc.Money(Decimal("sNaN"), "GBP"), "need a whole number; give 0 to"),  # type: ignore[arg-type]
        (lambda: wc.Money(-1.0, "GBP"), "got -1.0, need a whole number; give 0 to"),  # type: ignore[arg-type]
        (lambda: wc.Money(1e300, "GBP"), "need a whole number; give 0 to"),  # type: ignore[arg-type]
        (lambda: wc.Money(60.0, []), "such as 6000 pence for 60.00"),  # type: ignore[arg-type]
    ],
)
def test_an_amount_with_a_point_is_told_what_it_is_in_minor_units(make: Callable[[], object], told: str) -> None:
    with pytest.raises(wc.WalletCardError) as caught:
        make()

    assert caught.value.code == "number.type"
    assert told in str(caught.value)
