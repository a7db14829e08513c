"""Events that take back what another did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import takewhile
from typing import Final

from walletcard.loyalty._activity import EARNING
from walletcard.loyalty._books import Books
from walletcard.loyalty._days import longer
from walletcard.loyalty._facts import Facts, refused
from walletcard.model import Entry, Event, Voucher

_FINAL: Final = frozenset({"close", "reverse"})


def reverse(books: Books, event: Event) -> Facts:
    """Take an earlier event back, or say why it cannot be."""
    target = books.entries.get(event.event or "")
    if target is None:
        return refused("unknown_event")
    if target.kind in _FINAL:
        return refused("not_reversible")
    if target.reversed_by is not None:
        return refused("already_reversed")
    facts = _UNDO.get(target.kind, _take_back)(books, target)
    if facts.status == "refused":
        return facts
    books.entries[target.id] = replace(target, reversed_by=event.id)
    books.remember(event, event_id=target.id)
    if target.id == books.qualified_by:
        books.qualified_by = None
    books.line.times(books.moments() if books.line.can_expire else [])
    return facts


def _take_back(books: Books, target: Entry) -> Facts:
    """Take back what a visit, purchase, earning, grant or referral gave."""
    if target.money > books.balance:
        return refused("already_spent")
    if target.was_until:
        books.balance, books.loaded = books.balance - target.money, books.loaded - target.money
        loads = [one.was_until[0].until for one in _others(books, target) if one.kind == "grant" and one.was_until]
        books.balance_to = reduce(longer, loads, None)
    if target.kind in EARNING:
        books.activity().remove(target)
    revoked = books.vouchers.revoke(books.vouchers.given_by(target.id, target.vouchers), rest=True)
    revoked += books.line.take_back(target.stamps + target.repaid, books.vouchers.earned_by(target.id, target.vouchers))
    gone = books.lots.take_back(f"{target.id}.{n}" for n in range(1, target.lots + 1))
    if target.held is not None:
        # The newest that still stands, whatever the order in which they are taken back.
        books.held = next((one.held for one in reversed(_others(books, target)) if one.held is not None), None)
    referral = (target.friend, target.id) if target.kind in EARNING and target.friend else None
    return Facts(
        stamps=-target.stamps,
        points=-gone,
        money=-target.money,
        revoked=revoked,
        referral_reversed=referral,
    )


def _others(books: Books, target: Entry) -> list[Entry]:
    """Return the entries that stand beside one that is being taken back."""
    return [one for one in books.entries.values() if one.reversed_by is None and one.id != target.id]


def _give_back(books: Books, target: Entry) -> Facts:
    """Take back a redemption: points to their lots, money to the balance, the voucher to the member."""
    if target.money:
        books.balance -= target.money
        return Facts(money=-target.money)
    if not target.taken:
        returned = books.vouchers.give_back(target.voucher or "")
        return Facts(redeemed=returned, revoked=_no_longer_earned(books, returned))
    bought = books.vouchers.get(f"{target.id}.1")
    if bought is not None and bought.used > (1 if target.voucher else 0):
        return refused("already_spent")
    revoked: tuple[Voucher, ...] = ()
    if bought is not None:
        revoked = (books.vouchers.put(replace(bought, used=0, state="revoked")),)
    books.lots.restore(target.taken)
    return Facts(points=sum(one.points for one in target.taken), revoked=revoked)


def _no_longer_earned(books: Books, returned: Voucher) -> tuple[Voucher, ...]:
    """Revoke what was kept only because it was used: its giver was taken back, or the stamps under it are gone."""
    giver = books.entries.get(returned.id.rpartition(".")[0])
    taken_back = giver is not None and giver.reversed_by is not None
    if returned.cycle is None:
        return books.vouchers.revoke([returned] if taken_back else [], rest=True)
    # Where stamps can expire, those under a voucher that was fairly earned may have.
    return books.line.pay([returned] if taken_back or not books.line.can_expire else [])


def _unrenew(books: Books, target: Entry) -> Facts:
    if any(_newer(books, target)):
        return refused("not_reversible")
    books.membership = target.was_member
    return Facts()


def _unextend(books: Books, target: Entry) -> Facts:
    extended = {one.id for one in target.was_until}
    if any(one.id in extended for newer in _newer(books, target) for one in newer.was_until):
        return refused("not_reversible")
    for one in target.was_until:
        kind, _, name = one.id.partition(":")
        lot, voucher = books.lots.get(name), books.vouchers.get(name)
        if kind == "lot" and lot is not None:
            books.lots.extend(lot, one.until)
        elif kind == "voucher" and voucher is not None:
            books.vouchers.put(replace(voucher, valid_to=one.until))
    return Facts()


def _newer(books: Books, target: Entry) -> Iterator[Entry]:
    """Yield the events of the same kind that were applied later and stand."""
    later = takewhile(lambda one: one.id != target.id, reversed(books.entries.values()))
    return (one for one in later if one.kind == target.kind and one.reversed_by is None)


_UNDO: Final[Mapping[str, Callable[[Books, Entry], Facts]]] = {
    "extend": _unextend,
    "redeem": _give_back,
    "renew": _unrenew,
}
