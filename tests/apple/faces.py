"""The first two acceptance cards as faces made by hand."""

from walletcard.model import Barcode, Design, Face, Field, Palette, StripSpec

CAFE_COLOURS = Design(
    background="#3B2418", foreground="#FFF6E9", label="#E2B98B", disc="#F2C179", glyph="#3B2418", ring="#A98467",
    mark="#FFF6E9", icon="cup",
)  # fmt: skip
SPA_COLOURS = Design(
    background="#F4EFE6", foreground="#2E3B33", label="#56665B", disc="#4F7A63", glyph="#FFFFFF", ring="#78887D",
    mark="#A8632B", icon="leaf",
)  # fmt: skip


def grid(colours: Palette, *, cells: int, filled: int) -> StripSpec:
    return StripSpec(mode="grid", cells=cells, filled=filled, icon="cup", direction="ltr", colours=colours)


def front(key: str, label: str, value: str, slot: str, change: str | None = None) -> Field:
    return Field(key=key, label=label.capitalize(), front_label=label, value=value, slot=slot, change=change)


def cafe() -> Face:
    return Face(
        id="CK-7F3A29", issuer="Copper Kettle", title="Copper Kettle Coffee", locale="en-GB", program="copper-kettle",
        description="Copper Kettle Coffee stamp card", member="Priya S.", design=CAFE_COLOURS,
        strip=grid(CAFE_COLOURS.palette, cells=10, filled=6),
        barcode=Barcode(message="CK-7F3A29", alt="CK-7F3A29"),
        fields=(
            front("stamps", "STAMPS", "6 of 9", "header", "Stamp added: %@"),
            front("next_reward", "NEXT REWARD", "Free coffee", "secondary"),
            front("left", "TO GO", "3 coffees", "secondary"),
            front("member", "MEMBER", "Priya S.", "auxiliary"),
            Field.back("rule", "How it works", "Buy 9 coffees and the 10th is on us. Show this card when you pay."),
            Field.back("ready", "Rewards ready", "None yet"),
            Field.back("terms", "Terms", "One stamp per barista-made drink."),
            Field.back("find", "Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16."),
        ),
    )  # fmt: skip


def spa() -> Face:
    return Face(
        id="LS-4K8P2M", issuer="לוטוס ספא", title="לוטוס ספא", locale="he", program="lotus",
        description="כרטיס חותמות של לוטוס ספא", member="נועה לוי", design=SPA_COLOURS,
        strip=grid(SPA_COLOURS.palette, cells=6, filled=4),
        barcode=Barcode(message="LS-4K8P2M", alt="LS-4K8P2M"),
        fields=(
            front("stamps", "ביקורים", "4 מתוך 6", "header", "נוספה חותמת: %@"),
            front("next_reward", "ההטבה הבאה", "שדרוג ל־75 דקות", "secondary"),
            front("left", "נותרו", "עוד שני ביקורים", "secondary"),
            front("member", "שם", "נועה לוי", "auxiliary"),
            Field.back("ready", "הטבות מוכנות", "אין כרגע"),
        ),
    )  # fmt: skip
