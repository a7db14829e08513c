"""A spa's stamp card in Hebrew: read from the right, with a reward on the way.

python examples/spa_hebrew.py [--out DIR]
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from _shared import options, write_card

import walletcard as wc
from walletcard.model import BackText, Milestone

JERUSALEM = ZoneInfo("Asia/Jerusalem")


def lotus(logo_url: str) -> wc.Program:
    """Return the programme: aromatherapy at the third visit, an upgrade at the sixth."""
    aroma = wc.Reward(id="aroma", kind="addon", title="תוספת ארומתרפיה", valid_days=90)
    upgrade = wc.Reward(
        id="upgrade75", kind="upgrade", title="שדרוג ל־75 דקות", in_sentence="לשדרוג ל־75 דקות", valid_days=90
    )
    design = wc.Design(
        background="#F4EFE6", foreground="#2E3B33", label="#56665B", disc="#4F7A63", glyph="#FFFFFF", ring="#78887D",
        mark="#A8632B", icon="leaf", logo_url=logo_url,
    )  # fmt: skip
    return wc.Program(
        id="lotus", name="לוטוס ספא", issuer="לוטוס ספא", locale="he", zone="Asia/Jerusalem",
        stamps=wc.Stamps(goal=6, reward=upgrade, milestones=(Milestone(at=3, reward=aroma),), unit="visits"),
        limits=wc.Limits(max_per_day=1),
        design=design,
        rule_text="בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות.",
        back=(
            BackText("איך זה עובד", "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. {rule}"),
            BackText("תנאים", "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים."),
            BackText("יצירת קשר", "רחוב הגפן 8, זכרון יעקב. טלפון 04-555-0142"),
        ),
        words={"one_left": "עוד ביקור אחד והשדרוג שלך מוכן."},
    )  # fmt: skip


def main() -> None:
    """Let four visits pass, then write the card for both wallets."""
    args = options("A spa's stamp card in Hebrew for both wallets.")
    spa = lotus(args.logo_url)

    def at(month: int, day: int) -> datetime:
        return datetime(2026, month, day, 10, tzinfo=JERUSALEM)

    card = wc.join(spa, id="LS-4K8P2M", member="נועה לוי", at=at(8, 2))
    year = [
        wc.Event.visit(id="visit-1", at=at(8, 2)),
        wc.Event.visit(id="visit-2", at=at(9, 6)),
        wc.Event.visit(id="visit-3", at=at(10, 11)),
        wc.Event.visit(id="visit-3b", at=at(10, 11)),
        wc.Event.redeem(id="oil-3", at=at(10, 11), reward="aroma"),
        wc.Event.visit(id="visit-4", at=at(11, 21)),
    ]
    for event in year:
        before = card
        card, outcome = wc.apply(spa, card, event)
        print(f"{event.at:%Y-%m-%d} {event.kind:7} {outcome.status:8} {outcome.text}")
    write_card(args, card, wc.face(spa, card, at=at(11, 21), since=before), at=at(11, 21))


if __name__ == "__main__":
    main()
