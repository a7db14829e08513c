"""A café's stamp card, "buy 9, the 10th is on us": one day at the till, then the card for both wallets.

python examples/stamp_card.py [--out DIR]
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from _shared import options, write_card

import walletcard as wc
from walletcard.model import BackText, Unit

LONDON = ZoneInfo("Europe/London")


def copper_kettle(logo_url: str) -> wc.Program:
    """Return the programme: its rules, its words and its look."""
    coffee = wc.Reward(id="coffee", title="Free coffee", in_sentence="for a free coffee", valid_days=60)
    terms = "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days."
    design = wc.Design(
        background="#3B2418", foreground="#FFF6E9", label="#E2B98B", disc="#F2C179", glyph="#3B2418", ring="#A98467",
        mark="#FFF6E9", icon="cup", logo_url=logo_url,
    )  # fmt: skip
    return wc.Program(
        id="copper-kettle", name="Copper Kettle Coffee", issuer="Copper Kettle", locale="en-GB", zone="Europe/London",
        stamps=wc.Stamps(
            goal=9, reward=coffee, reward_cell=True,
            unit=Unit(label="Stamps", left={"one": "{n} coffee", "other": "{n} coffees"}),
        ),
        limits=wc.Limits(min_interval_minutes=10, max_per_day=4),
        design=design,
        rule_text="Buy 9 coffees and the 10th is on us.",
        back=(
            BackText("How it works", "{rule} Show this card when you pay."),
            BackText("Terms", terms),
            BackText("Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16."),
        ),
        words={"one_left": "One coffee to go, then the next is on us."},
    )  # fmt: skip


def main() -> None:
    """Stamp a card through a day, then write it for both wallets."""
    args = options("A café's stamp card for both wallets.")
    club = copper_kettle(args.logo_url)

    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 11, 21, hour, minute, tzinfo=LONDON)

    card = wc.join(club, id="CK-7F3A29", member="Priya S.", at=at(8))
    day = [
        ("08:00 her paper card comes over", wc.Event.grant(id="paper-card", at=at(8), stamps=8, reason="paper card")),
        ("10:00 a coffee", wc.Event.visit(id="till-4711", at=at(10))),
        ("10:00 the same, sent twice", wc.Event.visit(id="till-4711", at=at(10))),
        ("10:04 another till, too soon", wc.Event.visit(id="till-4712", at=at(10, 4))),
        ("10:30 a round for the table", wc.Event.visit(id="till-4713", at=at(10, 30), stamps=3)),
        ("12:00 the free one", wc.Event.redeem(id="till-4720", at=at(12))),
        ("16:00 a round for the table", wc.Event.visit(id="till-4738", at=at(16), stamps=3)),
    ]
    for what, event in day:
        before = card
        card, outcome = wc.apply(club, card, event)
        print(f"{what:32} {outcome.status:10} {outcome.text}")
    write_card(args, card, wc.face(club, card, at=at(16), since=before), at=at(16))


if __name__ == "__main__":
    main()
