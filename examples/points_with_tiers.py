"""A mobile massage service: points, levels, an annual pass, and a friend. A year, told at the door.

python examples/points_with_tiers.py
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import walletcard as wc
from walletcard.model import Earn, Membership, Points, Referral, Tier

MOSCOW = ZoneInfo("Europe/Moscow")


def quiet_hour() -> wc.Program:
    """Return the programme: a point for 100 roubles, four levels, 500 for each side of a friendship."""
    half_hour = wc.Reward(id="half-hour", kind="minutes", value=30, title="30 минут массажа")
    return wc.Program(
        id="quiet-hour", name="Тихий час", issuer="Тихий час", locale="ru", zone="Europe/Moscow",
        points=Points(
            earn=(
                Earn(metric="amount", per=100_00, points=1, valid_months=12),
                Earn(metric="pass_price", per=100, percent=10, valid_months=12),  # Cashback, in whole roubles.
            ),
            catalogue=(wc.Reward(id="oil", title="Масло в подарок", points=500),),
        ),
        tiers=(
            Tier(id="base", name="База", min_sessions=0),
            Tier(id="silver", name="Серебро", min_sessions=5, discount=10),
            Tier(id="gold", name="Золото", min_sessions=15, discount=15, to_label="До золота", monthly=half_hour),
            Tier(id="platinum", name="Платина", min_sessions=31, discount=20),
        ),
        welcome=wc.Reward(id="welcome", kind="percent", value=5, title="Скидка 5 %", valid_days=60),
        referral=Referral(referrer=500, newcomer=500, cap_per_month=10, valid_days=60),
        membership=Membership(title="Годовой абонемент", months=12, discount=10),
        design=wc.Design(background="#34495E", icon="leaf", logo_url="https://example.com/quiet.png"),
    )  # fmt: skip


def main() -> None:
    """Let Anna come five times, buy a pass, and bring Boris; then Boris cancels."""
    club = quiet_hour()

    def at(month: int, day: int) -> datetime:
        return datetime(2026, month, day, 10, tzinfo=MOSCOW)

    def happens(what: str, card: wc.Card, event: wc.Event) -> tuple[wc.Card, wc.Outcome]:
        card, outcome = wc.apply(club, card, event)
        print(f"{event.at:%d.%m}  {what:33} {outcome.text}")
        return card, outcome

    anna = wc.join(club, id="TC-9W4H6R", member="Анна К.", at=at(3, 1))
    anna, _ = happens("first session, 5 % off", anna, wc.Event.redeem(id="hello", at=at(3, 2), reward="welcome"))
    for number in range(1, 6):
        visit = wc.Event.visit(id=f"session-{number}", at=at(3 + number, 2), amount=3_000_00)
        anna, _ = happens(f"session {number}, 3,000 roubles", anna, visit)
    anna, _ = happens("an annual pass", anna, wc.Event.renew(id="pass", at=at(9, 1)))
    cashback = wc.Event.earn(id="pass-paid", at=at(9, 1), metric="pass_price", quantity=3_600_000)
    anna, _ = happens("10 % of its price come back", anna, cashback)

    boris = wc.join(club, id="TC-3K8Q1Z", member="Борис", at=at(9, 10), referred_by=anna.id)
    first = wc.Event.visit(id="boris-1", at=at(9, 12), amount=3_000_00)
    boris, outcome = happens("Boris' first paid session", boris, first)
    if outcome.referral is not None:
        _, event_id = outcome.referral  # Whose card, and for what.
        refer = wc.Event.refer(id="friend-1", at=at(9, 12), friend=boris.id, event=event_id)
        anna, _ = happens("so Anna is thanked", anna, refer)
    anna, _ = happens("oil for 500 points", anna, wc.Event.redeem(id="oil", at=at(9, 15), reward="oil"))
    cancelled = wc.Event.reverse(id="cancelled", at=at(9, 16), event=first.id)
    boris, outcome = happens("Boris' session is cancelled", boris, cancelled)
    if outcome.referral_reversed is not None:
        undo = wc.Event.reverse(id="x-friend-1", at=at(9, 16), event="friend-1")
        anna, _ = happens("and Anna's bonus with it", anna, undo)
    points, pass_until = anna.points_on(at(9, 16).date()), anna.membership.last if anna.membership else "never"
    print(f"Anna: level {anna.tier}, {points} points, {anna.owed_points} owed, pass until {pass_until}")


if __name__ == "__main__":
    main()
