"""A card that comes out of its books is as sound as one that is built: numbers beyond the limits are still refused."""

from datetime import UTC, datetime, timedelta

import pytest

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Gift

START = datetime(2026, 11, 21, 10, tzinfo=UTC)
GIFTS = wc.Program(
    id="gifts", name="Gifts", issuer="Gifts", locale="en-GB", zone="Europe/London",
    gift=Gift(title="Gift voucher", currency="GBP"), design=wc.Design(background="#3B2418"),
)  # fmt: skip


def load(card: wc.Card, number: int, money: int) -> wc.Card:
    at = START + timedelta(minutes=number)
    return wc.apply(GIFTS, card, wc.Event.grant(id=f"load-{number}", at=at, money=money))[0]


def test_a_card_after_an_event_equals_the_one_built_of_its_parts() -> None:
    before = wc.join(GIFTS, id="G-1", at=START, member="Emma", message="Happy birthday")

    after = load(before, 1, 6_000)

    assert (after.balance, after.loaded, after.member, after.message) == (6_000, 6_000, "Emma", "Happy birthday")
    assert wc.Card.from_json(after.to_json()) == after
    assert hash(wc.Card.from_json(after.to_json())) == hash(after)


def test_money_beyond_what_a_card_can_hold_is_refused() -> None:
    full = load(wc.join(GIFTS, id="G-1", at=START), 1, 10**12)

    with pytest.raises(InvalidCardError) as caught:
        load(full, 2, 1)

    assert [issue.where for issue in caught.value.issues] == ["card.balance", "card.loaded"]


def test_a_settlement_that_ends_nothing_returns_the_same_card() -> None:
    card = load(wc.join(GIFTS, id="G-1", at=START), 1, 500)

    assert wc.settle(GIFTS, card, at=START + timedelta(days=400))[0] is card
