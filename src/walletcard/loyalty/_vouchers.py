"""The vouchers of one card, open for change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from walletcard.loyalty._days import last_day, local_day
from walletcard.model import Program, Reward, Voucher

_SPENT: Final = {"expired": "voucher_expired", "redeemed": "already_redeemed", "revoked": "voucher_revoked"}


class VoucherBook:
    """Vouchers by their ids, in the order they were issued."""

    def __init__(self, program: Program, vouchers: Iterable[Voucher]) -> None:
        self._tz = program.tz
        self._all = {voucher.id: voucher for voucher in vouchers}

    def __iter__(self) -> Iterator[Voucher]:
        return iter(self._all.values())

    def get(self, voucher_id: str) -> Voucher | None:
        """Return a voucher by its id."""
        return self._all.get(voucher_id)

    def issue(
        self,
        event_id: str,
        reward: Reward,
        at: datetime,
        origin: str,
        *,
        cycle: int | None = None,
        position: int | None = None,
    ) -> Voucher:
        """Issue the next voucher of an event, on the reward's terms of today."""
        last = last_day(local_day(at, self._tz), months=None, days=reward.valid_days)
        number = self.issued_by(event_id) + 1
        return self.put(
            Voucher(
                id=f"{event_id}.{number}",
                reward=reward,
                valid_from=at,
                valid_to=last,
                origin=origin,
                cycle=cycle,
                position=position,
            )
        )

    def issued_by(self, event_id: str) -> int:
        """Count the vouchers that an event issued."""
        count = 0
        while f"{event_id}.{count + 1}" in self._all:
            count += 1
        return count

    def put(self, voucher: Voucher) -> Voucher:
        """Add a voucher, or put its new state in its old place."""
        self._all[voucher.id] = voucher
        return voucher

    def drop(self, voucher_id: str) -> None:
        """Forget a voucher that was only offered."""
        del self._all[voucher_id]

    def use(self, voucher: Voucher) -> Voucher:
        """Count one use; the last one redeems it."""
        used = replace(voucher, used=voucher.used + 1)
        return self.put(replace(used, state="redeemed") if used.uses_left == 0 else used)

    def give_back(self, voucher_id: str) -> Voucher:
        """Take one use back: the voucher is issued again, with its old window."""
        voucher = self._all[voucher_id]
        return self.put(replace(voucher, used=voucher.used - 1, state="issued"))

    def chosen(self, at: datetime, *, reward: str | None = None) -> Voucher | str:
        """Return the ready voucher that expires first, of one reward or of any; or the reason why there is none."""
        wanted = [one for one in self if reward in (None, one.reward.id)]
        ready = [one for one in wanted if self.unusable(one, at) is None]
        if ready:
            return min(ready, key=lambda one: (one.valid_to or date.max, one.valid_from, one.id))
        if reward is None or not wanted:
            return "no_voucher"
        return self.unusable(wanted[-1], at) or "no_voucher"

    def unusable(self, voucher: Voucher, at: datetime) -> str | None:
        """Return why a voucher cannot be used at a moment. Its window is judged here; settle writes its end."""
        if voucher.state != "issued":
            return _SPENT[voucher.state]
        if at < voucher.valid_from:
            return "voucher_not_yet"
        return "voucher_expired" if voucher.expired_on(local_day(at, self._tz)) else None

    def given_by(self, event_id: str, count: int) -> Iterator[Voucher]:
        """Yield, newest first, the vouchers that an event gave outright, not by stamps."""
        return (one for one in self._of(event_id, count) if one.cycle is None)

    def earned_by(self, event_id: str, count: int) -> Iterator[Voucher]:
        """Yield, newest first, the vouchers that an event's stamps reached."""
        return (one for one in self._of(event_id, count) if one.cycle is not None)

    def _of(self, event_id: str, count: int) -> Iterator[Voucher]:
        return (self._all[f"{event_id}.{number}"] for number in range(count, 0, -1))

    def revoke(self, vouchers: Iterable[Voucher], *, rest: bool = False) -> tuple[Voucher, ...]:
        """Revoke those that were never used; with ``rest`` also what is left of those that were used in part."""
        lost = [one for one in vouchers if not one.used or (rest and one.state == "issued")]
        return tuple(self.put(replace(one, state="revoked")) for one in lost)

    def expire(self, day: date) -> tuple[Voucher, ...]:
        """Write the end of every voucher whose last day lies before ``day``."""
        over = [one for one in self if one.state == "issued" and one.expired_on(day)]
        return tuple(self.put(replace(one, state="expired")) for one in over)
