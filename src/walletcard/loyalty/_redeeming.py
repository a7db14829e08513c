"""Events that redeem: a voucher, the catalogue, points, money."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from walletcard.loyalty._books import Books
from walletcard.loyalty._days import local_day
from walletcard.loyalty._facts import Facts, refused
from walletcard.model import Event, Reward, Voucher


def redeem(books: Books, event: Event) -> Facts:
    """Take the use of what the event means."""
    if event.amount is not None:
        return _pay(books, event)
    if event.points:
        return _spend(books, event, event.points, None)
    found = _meant(books, event)
    if isinstance(found, Reward):
        return _spend(books, event, found.points or 0, found)
    if found == "no_voucher" and event.reward is None and books.program.gift is not None:
        return _pay(books, event)
    if isinstance(found, str):
        return refused(found)
    used = books.vouchers.use(found)
    books.remember(event, voucher=used.id)
    return Facts(redeemed=used)


def _meant(books: Books, event: Event) -> Voucher | Reward | str:
    """Return the voucher or the catalogue's reward that an event means, or the reason why there is none."""
    if event.voucher is not None:
        voucher = books.vouchers.get(event.voucher)
        return "unknown_voucher" if voucher is None else books.vouchers.unusable(voucher, event.at) or voucher
    if not isinstance(event.reward, str):
        return books.vouchers.chosen(event.at)
    found = books.vouchers.chosen(event.at, reward=event.reward)
    if isinstance(found, Voucher):
        return found
    catalogue = books.program.points.catalogue if books.program.points else ()
    priced = next((one for one in catalogue if one.id == event.reward), None)
    if priced is not None:
        return priced
    return "unknown_reward" if found == "no_voucher" and books.reward(event.reward) is None else found


def _spend(books: Books, event: Event, points: int, reward: Reward | None) -> Facts:
    """Take points; what they bought is handed over at once, or becomes a voucher where it has a life."""
    if books.program.points is None:
        return refused("no_points")
    taken = books.lots.spend(points, local_day(event.at, books.tz), lapsed=books.lapsed(event.at))
    if taken is None:
        return refused("insufficient")
    facts = Facts(points=-points)
    kept: dict[str, Any] = {}
    if reward is not None:
        voucher = books.vouchers.issue(event.id, reward, event.at, "catalogue")
        kept["vouchers"] = 1
        if reward.valid_days is None:
            voucher = books.vouchers.use(voucher)
            kept["voucher"] = voucher.id
            facts = replace(facts, redeemed=voucher)
        else:
            facts = replace(facts, issued=(voucher,))
    books.remember(event, taken=taken, **kept)
    return facts


def _pay(books: Books, event: Event) -> Facts:
    amount = event.amount
    if books.program.gift is None:
        return refused("no_balance")
    if books.balance_to is not None and local_day(event.at, books.tz) > books.balance_to:
        return refused("card_expired")
    if amount is None:
        return refused("no_amount")
    if amount > books.balance:
        return refused("insufficient")
    books.balance -= amount
    books.remember(event, money=-amount)
    return Facts(money=-amount)
