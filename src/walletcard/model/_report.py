"""What a programme has brought: an owner's numbers, each with the formula it can be recomputed by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from walletcard.model._table import html_table
from walletcard.model._typed import Typed

REPORT_DAYS: Final = 30  # "Lately" and "soon", in local days: active, come again, come back.


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Typed):
    """The numbers of a programme at a moment.

    The words that the formulas use:

    * An event *counts* when it was applied and no event up to ``at`` has reversed it. What was refused, delivered
      twice or happens after ``at`` does not.
    * A *day* is a local day of the programme, *today* the one of ``at``.
    * A *visit* is a day on which a member has a ``visit`` or ``purchase`` that counts: two coffees on one day are one
      visit.
    * With ``launched`` everything is counted from that day on; visits before it are for ``gap_before`` alone.
    * A member's *gap* is the average number of days from one visit to the next: (day of the last visit - day of the
      first) / (visits - 1). Who came once has none.

    ``None`` is not 0: the number is not known, or the programme has no such thing. Amounts are in minor units.

    Attributes:
        program: The programme's id.
        at: The moment, by the programme's clocks.
        launched: What parts before from after; ``None`` when everything is after.
        members: Cards joined up to ``at``, closed ones among them.
        active: Members whose last visit was less than 30 days before today, and whose card is not closed.
        visits: Visits of all members.
        followed: Visits that can be judged: 30 days were over before today.
        repeated: Those of ``followed`` after which the same member came again within 30 days.
        gap: The average of the members' gaps, each member weighing the same; ``None`` when nobody came twice.
        compared: Members who have a gap before ``launched`` and one after it.
        gap_before: The average of the gaps of the ``compared`` before ``launched``; ``None`` when there are none.
        gap_after: The same after it: of the same people, so that newcomers do not blur the comparison.
        cycles: Finished cycles that stand; ``None`` without stamps.
        finishers: Members with at least one of them; ``None`` without stamps.
        redemptions: ``redeem`` events that count and give a reward: each use of a voucher, each reward taken from the
            catalogue, each payment in points. Not the uses of a pack, nor payments from a gift voucher: those were
            paid for.
        reward_cost: The sum of `Reward.cost` over ``redemptions``; ``None`` when ``uncosted`` is not 0.
        uncosted: Those of ``redemptions`` whose cost is not known: the reward has none, or points were spent on no
            reward at all.
        points_usable: Points on the cards that are not closed and can be spent today; ``None`` without points.
        points_owed: Points that reversals took back after they were spent, to be taken from the next earned; ``None``
            without points.
        comeback_notices: Notices of ``notices`` whose id begins with ``comeback:``, each once for a card.
        comebacks: Those of them followed by a visit or purchase that counts: later than the notice, by its 30th day,
            and before the card's next comeback notice, so that a return is put down to one notice alone.
        friends: Members brought by a friend whose first paid event counts (over the cap of the month, too), and
            friends named by a ``refer`` that counts whose own cards are not among the members; ``None`` without
            referral.
        revenue: The sum of ``amount`` over the visits and purchases that count; ``None`` when ``priced`` is 0.
        priced: Visits and purchases, as events, that count and have an amount above 0.
        unpriced: The others: free, or nobody told the price.
    """

    program: str
    at: datetime
    launched: datetime | None = None
    members: int = 0
    active: int = 0
    visits: int = 0
    followed: int = 0
    repeated: int = 0
    gap: float | None = None
    compared: int = 0
    gap_before: float | None = None
    gap_after: float | None = None
    cycles: int | None = None
    finishers: int | None = None
    redemptions: int = 0
    reward_cost: int | None = None
    uncosted: int = 0
    points_usable: int | None = None
    points_owed: int | None = None
    comeback_notices: int = 0
    comebacks: int = 0
    friends: int | None = None
    revenue: int | None = None
    priced: int = 0
    unpriced: int = 0

    @property
    def active_share(self) -> float | None:
        """``active / members``, 0 to 1; ``None`` without members."""
        return _ratio(self.active, self.members)

    @property
    def repeat_share(self) -> float | None:
        """``repeated / followed``, 0 to 1; ``None`` while no visit can be judged."""
        return _ratio(self.repeated, self.followed)

    @property
    def finish_share(self) -> float | None:
        """``finishers / members``, 0 to 1; ``None`` without members or stamps."""
        return _ratio(self.finishers, self.members)

    @property
    def return_per_cost(self) -> float | None:
        """``revenue / reward_cost``; ``None`` where either is not known, or nothing was spent.

        All revenue of the members stands in it, also what they would have paid without any programme.
        """
        return _ratio(self.revenue, self.reward_cost)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return the report as lines to read: what, and how much.

        ``-`` is not known; what the programme does not have is left out.
        """
        soon = f"within {REPORT_DAYS} days"
        cost = _whole(self.reward_cost) + _without(self.uncosted, "cost")
        revenue = _whole(self.revenue) + _without(self.unpriced, "price")
        has_stamps, has_points = self.cycles is not None, self.points_usable is not None
        rows = (
            (True, "programme", self.program),
            (True, "at", f"{self.at:%Y-%m-%d %H:%M}"),
            (self.launched is not None, "since", f"{self.launched:%Y-%m-%d}" if self.launched else ""),
            (True, "members", _whole(self.members)),
            (True, f"active in the last {REPORT_DAYS} days", _part(self.active, self.active_share)),
            (True, "visits", _whole(self.visits)),
            (True, f"came again {soon}", _of(self.repeated, self.followed, self.repeat_share)),
            (True, "days between visits", _decimal(self.gap)),
            (self.launched is not None, f"of {self.compared:,} members, before", _decimal(self.gap_before)),
            (self.launched is not None, "of the same, since", _decimal(self.gap_after)),
            (has_stamps, "cycles finished", _whole(self.cycles)),
            (has_stamps, "members who finished one", _part(self.finishers, self.finish_share)),
            (True, "redemptions", _whole(self.redemptions)),
            (True, "their cost, minor units", cost),
            (has_points, "points usable", _whole(self.points_usable)),
            (has_points, "points owed", _whole(self.points_owed)),
            (True, "comeback notices", _whole(self.comeback_notices)),
            (True, f"came back {soon}", _whole(self.comebacks)),
            (self.friends is not None, "friends brought", _whole(self.friends)),
            (True, "revenue, minor units", revenue),
            (True, "revenue per unit of reward cost", _decimal(self.return_per_cost)),
        )
        return tuple((what, value) for shown, what, value in rows if shown)

    def __str__(self) -> str:
        rows = self.rows()
        width = max(len(what) for what, _ in rows)
        return "\n".join(f"{what:<{width}}  {value}" for what, value in rows)

    def _repr_html_(self) -> str:
        return html_table(dict(self.rows()))


def _ratio(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole


def _whole(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"


def _decimal(number: float | None) -> str:
    return "-" if number is None else f"{number:,.1f}"


def _part(number: int | None, share: float | None) -> str:
    return _whole(number) if share is None else f"{_whole(number)} ({share:.0%})"


def _of(part: int, whole: int, share: float | None) -> str:
    return "-" if share is None else f"{part:,} of {whole:,} ({share:.0%})"


def _without(count: int, what: str) -> str:
    return f" ({count:,} without a {what})" if count else ""
