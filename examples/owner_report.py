"""What a stamp card brought: a café asks after its first half year.

python examples/owner_report.py

The forty members are made up by the simple rules below, so the numbers are the same on every run.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import Referral

LONDON = ZoneInfo("Europe/London")
LAUNCH, END = date(2026, 1, 5), date(2026, 6, 30)
COFFEE = wc.Reward(id="coffee", title="Free coffee", valid_days=60, cost=95)  # Beans, milk, cup: pence.
CAKE = wc.Reward(id="cake", title="Slice of cake", valid_days=60, cost=140)
CLUB = wc.Program(
    id="copper-kettle", name="Copper Kettle Coffee", issuer="Copper Kettle", locale="en-GB", zone="Europe/London",
    stamps=wc.Stamps(goal=9, reward=COFFEE, reward_cell=True),
    referral=Referral(referrer=CAKE, newcomer=0),
    design=wc.Design(background="#3B2418", icon="cup"),
)  # fmt: skip


@dataclass
class Regular:
    """A member as the café's own till and database know them."""

    number: int
    card: wc.Card
    events: list[wc.Event] = field(default_factory=list)
    notices: list[tuple[str, str, datetime]] = field(default_factory=list)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)


def days_of(number: int) -> list[date]:
    """Return when somebody comes: every 4 to 14 days; with a card many come sooner, and one in eight drifts away."""
    usual = 4 + number * 7 % 11
    days = [LAUNCH - timedelta(weeks=13) + timedelta(days=number % 7)]
    if number >= 30:  # Ten newcomers, who had never been here before.
        days = [LAUNCH + timedelta(days=3 * number - 80)]
    while days[-1] <= END:
        sooner = (0, 1, 2, -1)[number % 4] if days[-1] >= LAUNCH else 0
        away = 50 if number % 8 == 5 and len(days) == 20 else 0
        days.append(days[-1] + timedelta(days=usual - sooner + away))
        if away and number % 16 == 5:  # Half of those who drift are never seen again.
            return days[:-1]
    return days[:-1]


def regular(number: int) -> Regular:
    """Live through somebody's months: history, joining, visits, rewards, and a notice after 30 days of absence."""
    days = days_of(number)
    first = next(day for day in days if day >= LAUNCH)
    friend = f"CK-{number - 30}" if number >= 36 else None
    made = Regular(number, wc.join(CLUB, id=f"CK-{number}", at=noon(first), referred_by=friend))
    card, ready = made.card, 0
    for day, following in zip(days, [*days[1:], END + timedelta(days=1)], strict=True):
        visit = wc.Event.visit(id=f"till-{number}-{day}", at=noon(day), amount=320 + 45 * (number % 5))
        made.events.append(visit)
        if day < LAUNCH:
            continue
        if ready:
            made.events.append(wc.Event.redeem(id=f"free-{number}-{day}", at=noon(day)))
            card, _ = wc.apply(CLUB, card, made.events[-1])
            ready -= 1
        card, outcome = wc.apply(CLUB, card, visit)
        ready += len(outcome.issued)
        if (following - day).days > 30:
            sent = noon(day + timedelta(days=30))
            made.notices += [(card.id, notice.id, sent) for notice in wc.due(CLUB, card, at=sent)]
    return made


def main() -> None:
    """Print the owner's report, and what it does not say."""
    members = [regular(number) for number in range(40)]
    for newcomer in members[36:]:
        paid = newcomer.events[0]
        thanks = wc.Event.refer(id=f"thanks-{newcomer.number}", at=paid.at, friend=newcomer.card.id, event=paid.id)
        members[newcomer.number - 30].events.append(thanks)
    report = wc.measure(
        CLUB,
        [(member.card, member.events) for member in members],
        at=noon(END),
        notices=[notice for member in members for notice in member.notices],
        launched=noon(LAUNCH),
    )
    print(report)
    print()
    print(
        f"The same {report.compared} people came every {report.gap_after:.1f} days since the launch and every "
        f"{report.gap_before:.1f} before: that came with the card but does not prove that the card did it, for spring "
        "or a new menu would look the same, and the revenue holds what they would have paid anyway."
    )


if __name__ == "__main__":
    main()
