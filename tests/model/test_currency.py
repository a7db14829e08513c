"""Currencies: those of ISO 4217, and what people write in their place."""

from typing import Any

import pytest
from babel.numbers import list_currencies

import walletcard as wc
from walletcard.model._currency import CURRENCIES


def test_every_currency_that_babel_knows_is_one_but_for_none_and_a_test() -> None:
    assert set(list_currencies()) - CURRENCIES <= {"XXX", "XTS"}


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
