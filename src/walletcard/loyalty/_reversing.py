"""Events that take back what another did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from walletcard.loyalty._activity import EARNING
from walletcard.loyalty._books import Books
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
    if target.kind in EARNING and target.friend is not None:
        books.qualified = None
    books.line.times(entry.at for entry, _ in books.counting(books.line.stamps))
    return facts


def _take_back(books: Books, target: Entry) -> Facts:
    """Take back what a visit, purchase, earning, grant or referral gave."""
    if target.money > books.balance:
        return refused("already_spent")
    if target.money:
        books.balance, books.loaded = books.balance - target.money, books.loaded - target.money
        books.balance_to = target.was_until[0].until
    if target.kind in EARNING:
        books.activity().remove(target)
    revoked = books.vouchers.revoke(books.vouchers.given_by(target.id, target.vouchers))
    revoked += books.line.take_back(target.stamps + target.repaid)
    gone = books.lots.take_back(f"{target.id}.{n}" for n in range(1, target.lots + 1))
    if target.held is not None and target.held == books.held:
        books.held = target.was_held
    referral = (target.friend, target.id) if target.kind in EARNING and target.friend else None
    return Facts(
        stamps=-target.stamps,
        points=-gone,
        money=-target.money,
        revoked=revoked,
        referral_reversed=referral,
    )


def _give_back(books: Books, target: Entry) -> Facts:
    """Take back a redemption: points to their lots, money to the balance, the voucher to the member."""
    if target.money:
        books.balance -= target.money
        return Facts(money=-target.money)
    if not target.taken:
        returned = books.vouchers.give_back(target.voucher or "")
        gone = books.vouchers.revoke([returned]) if _giver_reversed(books, returned) else ()
        return Facts(redeemed=returned, revoked=(*gone, *books.line.pay()))
    bought = books.vouchers.get(f"{target.id}.1")
    if bought is not None and bought.used > (1 if target.voucher else 0):
        return refused("already_spent")
    revoked: tuple[Voucher, ...] = ()
    if bought is not None:
        revoked = (books.vouchers.put(replace(bought, used=0, state="revoked")),)
    books.lots.restore(target.taken)
    return Facts(points=sum(one.points for one in target.taken), revoked=revoked)


def _giver_reversed(books: Books, voucher: Voucher) -> bool:
    """Tell whether the event that gave a voucher outright was itself taken back."""
    giver = books.entries.get(voucher.id.rpartition(".")[0])
    return voucher.cycle is None and giver is not None and giver.reversed_by is not None


def _unrenew(books: Books, target: Entry) -> Facts:
    if _newer(books, "renew", target):
        return refused("not_reversible")
    books.membership = target.was_member
    return Facts()


def _unextend(books: Books, target: Entry) -> Facts:
    if _newer(books, "extend", target):
        return refused("not_reversible")
    for one in target.was_until:
        kind, _, name = one.id.partition(":")
        lot, voucher = books.lots.get(name), books.vouchers.get(name)
        if kind == "lot" and lot is not None:
            books.lots.extend(lot, one.until)
        elif kind == "voucher" and voucher is not None:
            books.vouchers.put(replace(voucher, valid_to=one.until))
    return Facts()


def _newer(books: Books, kind: str, target: Entry) -> bool:
    """Tell whether a later event of the same kind stands on this one."""
    after = False
    for entry in books.entries.values():
        if after and entry.kind == kind and entry.reversed_by is None:
            return True
        after = after or entry.id == target.id
    return False


_UNDO: Final[Mapping[str, Callable[[Books, Entry], Facts]]] = {
    "extend": _unextend,
    "redeem": _give_back,
    "renew": _unrenew,
}
