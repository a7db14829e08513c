"""The points of one card, open for change: lots, each with its own life, spent in the order they expire."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from walletcard.model import Lot, Taken

_Key = tuple[date, datetime, str]


class LotBook:
    """Lots by their ids; first to expire, first out."""

    def __init__(self, lots: Iterable[Lot], owed: int) -> None:
        self._all = {lot.id: lot for lot in lots}
        self._sorted: list[_Key] | None = None  # The open ones, once somebody asks: an earning never does.
        self.owed = owed

    def __iter__(self) -> Iterator[Lot]:
        return iter(self._all.values())

    def get(self, lot_id: str) -> Lot | None:
        """Return a lot by its id."""
        return self._all.get(lot_id)

    def left(self, day: date, *, lapsed: datetime | None = None) -> int:
        """Return the points that can be spent on a local day, from lots that were not earned before ``lapsed``."""
        return sum(
            [
                one.left
                for one in self._all.values()
                if one.state == "open"
                and (one.expires is None or day <= one.expires)
                and (lapsed is None or one.earned >= lapsed)
            ]
        )

    @property
    def _order(self) -> list[_Key]:
        if self._sorted is None:
            self._sorted = sorted(_key(lot) for lot in self._all.values() if _open(lot))
        return self._sorted

    def _in_order(self, day: date) -> Iterator[Lot]:
        """Yield the open lots that do not end before a local day, the first to end first."""
        order = self._order
        for place in range(self._start(day), len(order)):
            yield self._all[order[place][2]]

    def _start(self, day: date) -> int:
        return bisect_left(self._order, day, key=lambda key: key[0])

    def _put(self, lot: Lot) -> None:
        """Add a lot or put its new state in its old place, and keep the order."""
        if self._sorted is not None:
            before = self._all.get(lot.id)
            if before is not None and _open(before):
                self._sorted.pop(bisect_left(self._sorted, _key(before)))
            if _open(lot):
                insort(self._sorted, _key(lot))
        self._all[lot.id] = lot

    def earn(self, lot_id: str, points: int, at: datetime, *, expires: date | None, source: str) -> int:
        """Add a lot, after what is owed; return the points that went to the debt."""
        repaid = min(self.owed, points)
        self.owed -= repaid
        left = points - repaid
        self._put(Lot(id=lot_id, points=points, left=left, repaid=repaid, earned=at, expires=expires, source=source))
        return repaid

    def take_back(self, lot_ids: Iterable[str]) -> int:
        """Void the lots of a reversed earning; return the points that are gone.

        What of them was spent, or had paid a debt, is owed.
        """
        gone = 0
        for lot_id in lot_ids:
            lot = self._all[lot_id]
            gone += lot.left if lot.state == "open" else 0
            self.owed += lot.points - lot.left
            self._put(replace(lot, state="void"))
        return gone

    def spend(self, points: int, day: date, *, lapsed: datetime | None = None) -> tuple[Taken, ...] | None:
        """Take points from the lots that expire first, of those not earned before ``lapsed``; ``None``: not enough."""
        taken: list[Taken] = []
        missing = points
        for lot in self._in_order(day):
            if lapsed is not None and lot.earned < lapsed:
                continue
            part = min(lot.left, missing)
            taken.append(Taken(lot=lot.id, points=part))
            missing -= part
            if not missing:
                break
        if missing:
            return None
        for one in taken:
            lot = self._all[one.lot]
            self._put(replace(lot, left=lot.left - one.points))
        return tuple(taken)

    def restore(self, taken: Iterable[Taken]) -> None:
        """Give spent points back to their lots, with their old life.

        Where a lot's earning was reversed meanwhile, its points pay the debt that this left; what later earnings have
        paid of it already goes back to their lots.
        """
        for one in taken:
            lot = self._all[one.lot]
            self._put(replace(lot, left=lot.left + one.points))
            if lot.state == "void":
                paid = min(self.owed, one.points)
                self.owed -= paid
                self._unpay(one.points - paid)

    def _unpay(self, points: int) -> None:
        """Take payments of a debt back, the newest first: the debt is no more."""
        for lot in tuple(reversed(self._all.values())):
            part = min(lot.repaid, points) if lot.state != "void" else 0
            if part:
                points -= part
                self._put(replace(lot, repaid=lot.repaid - part, left=lot.left + part))

    def expire(self, day: date) -> int:
        """Write the end of every lot whose last day lies before ``day``; return the points lost."""
        return self._end([self._all[key[2]] for key in self._order[: self._start(day)]])

    def lapse(self, lapsed: datetime | None) -> int:
        """Write the end of every open lot earned before a moment: nothing happened for too long after it."""
        if lapsed is None:
            return 0
        # Spent ones too: what a reversal gives back to them has ended with the rest.
        return self._end([lot for lot in self._all.values() if lot.state == "open" and lot.earned < lapsed])

    def _end(self, lots: list[Lot]) -> int:
        for lot in lots:
            self._put(replace(lot, state="expired"))
        return sum(lot.left for lot in lots)

    def extend(self, lot: Lot, until: date | None) -> None:
        """Give a lot another last day."""
        self._put(replace(lot, expires=until))


def _open(lot: Lot) -> bool:
    return lot.state == "open" and lot.left > 0


def _key(lot: Lot) -> _Key:
    return lot.expires or date.max, lot.earned, lot.id
