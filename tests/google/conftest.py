import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from walletcard.google import ServiceAccount
from walletcard.model import Balance, Barcode, Design, Face, Field, Picture, StripSpec
from walletcard.testing._google import ThrowawayServiceAccount, throwaway_service_account

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f"
    "00038101803c0a4d0e0000000049454e44ae426082"
)


@pytest.fixture(scope="session")
def throwaway() -> ThrowawayServiceAccount:
    return throwaway_service_account()


@pytest.fixture(scope="session")
def account(throwaway: ThrowawayServiceAccount) -> ServiceAccount:
    return ServiceAccount.from_json(throwaway.to_json())


@pytest.fixture(scope="session")
def at() -> datetime:
    return datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def picture() -> Picture:
    return Picture(PIXEL)


@pytest.fixture(scope="session")
def cafe() -> Face:
    """The English café of the acceptance cards, by hand."""
    design = Design(
        background="#3B2418",
        foreground="#FFF6E9",
        label="#E2B98B",
        disc="#F2C179",
        glyph="#3B2418",
        ring="#A98467",
        mark="#FFF6E9",
        icon="cup",
        logo_url="https://example.com/kettle.png",
    )
    alt = "Stamp card: 6 of 9 stamps. 3 coffees to go for a free coffee."
    how = "Buy 9 coffees and the 10th is on us. Show this card when you pay."
    terms = "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days."
    return Face(
        id="CK-7F3A29",
        program="copper-kettle",
        issuer="Copper Kettle",
        title="Copper Kettle Coffee",
        description="Copper Kettle Coffee stamp card",
        locale="en-GB",
        design=design,
        member="Priya S.",
        fields=(
            Field(key="stamps", label="Stamps", value="6 of 9", slot="header", change="Stamp added: %@"),
            Field.front("next", "Next reward", "Free coffee"),
            Field.front("left", "To go", "3 coffees"),
            Field.front("member", "Member", "Priya S.", slot="auxiliary"),
            Field(key="how", label="How it works", value=how, slot="back", shared=True),
            Field.back("ready", "Rewards ready", "None yet"),
            Field(key="terms", label="Terms", value=terms, slot="back", shared=True),
            Field(key="find", label="Find us", value="12 Mill Lane, Bath.", slot="back", shared=True),
        ),
        balances=(Balance(label="Stamps", text="6 of 9"), Balance(label="Rewards", text="0", amount=0)),
        barcode=Barcode(message="CK-7F3A29", alt="CK-7F3A29"),
        strip=StripSpec(
            mode="grid", cells=10, filled=6, icon="cup", direction="ltr", colours=design.palette, reward_at=10, alt=alt
        ),
    )


@pytest.fixture(scope="session")
def spa() -> Face:
    """The Hebrew spa of the acceptance cards, by hand."""
    design = Design(
        background="#F4EFE6",
        foreground="#2E3B33",
        label="#56665B",
        disc="#4F7A63",
        glyph="#FFFFFF",
        ring="#78887D",
        mark="#A8632B",
        icon="leaf",
        logo_url="https://example.com/lotus.png",
    )
    how = "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות."
    terms = "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים."
    return Face(
        id="LS-4K8P2M",
        program="lotus-spa",
        issuer="לוטוס ספא",
        title="לוטוס ספא",
        description="כרטיס חותמות של לוטוס ספא",
        locale="he",
        design=design,
        member="נועה לוי",
        fields=(
            Field(key="stamps", label="ביקורים", value="4 מתוך 6", slot="header"),
            Field.front("next", "ההטבה הבאה", "שדרוג ל־75 דקות"),
            Field.front("left", "נותרו", "עוד שני ביקורים"),
            Field.front("member", "שם", "נועה לוי", slot="auxiliary"),
            Field(key="how", label="איך זה עובד", value=how, slot="back", shared=True),
            Field.back("ready", "הטבות מוכנות", "אין כרגע"),
            Field(key="terms", label="תנאים", value=terms, slot="back", shared=True),
        ),
        balances=(
            Balance(label="ביקורים", text="4 מתוך 6", short="4/6"),
            Balance(label="הטבות", text="0", amount=0),
        ),
        barcode=Barcode(message="LS-4K8P2M", alt="LS-4K8P2M"),
        strip=StripSpec(
            mode="grid",
            cells=6,
            filled=4,
            icon="leaf",
            direction="rtl",
            colours=design.palette,
            milestones=(3,),
            used=(3,),
            reward_at=6,
            alt="כרטיס חותמות: 4 מתוך 6. עוד שני ביקורים לשדרוג ל־75 דקות.",
        ),
    )


@pytest.fixture(scope="session")
def schemas() -> Mapping[str, Any]:
    client = pytest.importorskip("googleapiclient", reason="Google's document comes with google-api-python-client")
    path = Path(client.__file__).parent / "discovery_cache" / "documents" / "walletobjects.v1.json"
    found: Mapping[str, Any] = json.loads(path.read_bytes())["schemas"]
    return found
