"""The face: what a card shows, and the invariants F that concern it. Acceptance cards 5.1 and 5.2, to the letter."""

from datetime import datetime

import pytest
from tests.cards import JERUSALEM, at, cafe, free_cafe, noa, priya, run, spa

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Notice


def shown(face: wc.Face, slot: str) -> dict[str, str]:
    return {field.front_label or field.label: field.value for field in face.in_slot(slot)}


def changes(face: wc.Face) -> dict[str, str]:
    return {field.key: field.change for field in face.fields if field.change is not None}


def visit(name: str, stamps: int = 1, hour: int = 10) -> wc.Event:
    return wc.Event.visit(id=name, at=at(hour), stamps=stamps)


def test_the_cafe_stands_as_in_acceptance_card_5_1() -> None:
    club = cafe()

    face = wc.face(club, priya(club, 6), at=at(10))

    assert (face.title, face.issuer, face.direction, face.description) == (
        "Copper Kettle Coffee",
        "Copper Kettle",
        "ltr",
        "Copper Kettle Coffee stamp card",
    )
    assert shown(face, "header") == {"STAMPS": "6 of 9"}
    assert shown(face, "primary") == {}
    assert shown(face, "secondary") == {"NEXT REWARD": "Free coffee", "TO GO": "3 coffees"}
    assert shown(face, "auxiliary") == {"MEMBER": "Priya S."}
    assert list(shown(face, "back").items()) == [
        ("How it works", "Buy 9 coffees and the 10th is on us. Show this card when you pay."),
        ("Rewards ready", "None yet"),
        ("Terms", "One stamp per barista-made drink. A free coffee is any size up to large and is valid for 60 days."),
        ("Find us", "12 Mill Lane, Bath. Mon-Fri 7-17, Sat 8-16."),
    ]
    assert changes(face) == {"stamps": "Stamp added: %@"}
    assert face.barcode == wc.Barcode(message="CK-7F3A29", alt="CK-7F3A29")
    assert face.alt == "Stamp card: 6 of 9 stamps. 3 coffees to go for a free coffee."
    assert face.balances == (
        wc.Balance(label="Stamps", text="6 of 9", short="6/9"),
        wc.Balance(label="Rewards", text="0", amount=0),
    )
    strip = face.strip
    assert strip is not None
    assert (strip.cells, strip.filled, strip.icon, strip.reward_at, strip.lit) == (10, 6, "cup", 10, False)


def test_the_spa_stands_as_in_acceptance_card_5_2() -> None:
    club = spa()

    face = wc.face(club, noa(club, 4), at=at(10, zone=JERUSALEM))

    assert (face.title, face.direction, face.description) == ("לוטוס ספא", "rtl", "כרטיס חותמות של לוטוס ספא")
    assert shown(face, "header") == {"ביקורים": "4 מתוך 6"}
    assert shown(face, "secondary") == {"ההטבה הבאה": "שדרוג ל־75 דקות", "נותרו": "עוד שני ביקורים"}
    assert shown(face, "auxiliary") == {"שם": "נועה לוי"}
    assert list(shown(face, "back").items()) == [
        (
            "איך זה עובד",
            "בסיום הטיפול הצוות סורק את הכרטיס ומוסיף חותמת. בביקור השלישי ארומתרפיה במתנה, ובשישי שדרוג ל־75 דקות.",
        ),
        ("הטבות מוכנות", "אין כרגע"),
        ("תנאים", "ההטבה בתוקף 90 יום ואינה ניתנת להמרה בכסף. אין כפל מבצעים."),
        ("יצירת קשר", "רחוב הגפן 8, זכרון יעקב. טלפון 04-555-0142"),
    ]
    assert changes(face) == {"stamps": "נוספה חותמת: %@"}
    assert face.alt == "כרטיס חותמות: 4 מתוך 6. עוד שני ביקורים לשדרוג ל־75 דקות."
    assert [(one.label, one.text, one.short, one.amount) for one in face.balances] == [
        ("ביקורים", "4 מתוך 6", "4/6", None),
        ("הטבות", "0", None, 0),
    ]
    strip = face.strip
    assert strip is not None
    assert (strip.cells, strip.filled, strip.icon, strip.milestones, strip.used, strip.reward_at, strip.direction) == (
        6,
        4,
        "leaf",
        (3,),
        (3,),
        6,
        "rtl",
    )


def test_checks_of_5_1() -> None:
    club = cafe()
    six = priya(club, 6)

    seven, first = run(club, six, visit("a"))
    _, again = run(club, seven, visit("a"))
    _, soon = run(club, seven, wc.Event.visit(id="b", at=at(10, 4)))
    ten, third = run(club, seven, visit("c", 3, hour=11))
    full, _ = run(club, priya(club, 8), visit("d"))

    assert (seven.stamps, again.status) == (7, "duplicate")
    assert (soon.reason, soon.retry_at) == ("cooldown", at(10, 10))
    assert (len(third.issued), ten.stamps, ten.cycle) == (1, 1, 2)
    face = wc.face(club, ten, at=at(11))
    assert (shown(face, "header"), face.balances[1].amount) == ({"STAMPS": "1 of 9"}, 1)
    strip = wc.face(club, full, at=at(11)).strip
    assert strip is not None
    assert (strip.filled, strip.cells, strip.lit) == (10, 10, True)
    assert first.text == "Stamp added: 7 of 9."


def test_messages_of_5_1() -> None:
    club = cafe()

    texts = []
    card = priya(club, 6)
    for event in (visit("a"), visit("b", hour=11), visit("c", hour=12), wc.Event.redeem(id="d", at=at(13))):
        card, outcome = run(club, card, event)
        texts.append([notice.text for notice in outcome.notices])

    assert texts == [
        ["Stamp added: 7 of 9"],
        ["Stamp added: 8 of 9", "One coffee to go, then the next is on us."],
        ["Ready for you: Free coffee"],
        ["Reward used. A new card has started."],
    ]


def test_checks_of_5_2() -> None:
    club = spa()
    two = noa(club, 2)

    def on(day: int, name: str, stamps: int = 1) -> wc.Event:
        return wc.Event.visit(id=name, at=at(9, day=day, zone=JERUSALEM), stamps=stamps)

    jumped, outcome = run(club, two, on(5, "jump", 2))
    _, twice = run(club, jumped, wc.Event.visit(id="twice", at=at(18, day=5, zone=JERUSALEM)))
    five, last = run(club, jumped, on(6, "fifth"))
    values = {field.key: field.value for field in wc.face(club, five, at=at(9, day=6)).fields}

    assert [voucher.reward.id for voucher in outcome.issued] == ["aroma"]
    assert twice.reason == "daily_limit"
    assert values["left"] == "עוד ביקור אחד"
    assert [notice.text for notice in last.notices] == ["נוספה חותמת: 5 מתוך 6", "עוד ביקור אחד והשדרוג שלך מוכן."]
    _, ready = run(club, five, on(7, "sixth"))
    assert [notice.text for notice in ready.notices] == ["מוכן למימוש: שדרוג ל־75 דקות"]


def test_f1_every_fact_of_the_picture_is_in_a_field() -> None:
    club = cafe()
    for stamps in range(9):
        face = wc.face(club, priya(club, stamps), at=at(10))
        values = " ".join(field.value for field in face.fields)
        assert f"{stamps} of 9" in values
        assert f"{stamps} of 9" in face.alt


def test_f2_the_stamp_announces_itself() -> None:
    club = cafe()
    before = priya(club, 5)
    after, _ = run(club, before, visit("a"))

    face = wc.face(club, after, at=at(10), since=before)

    assert (face.announces, changes(face)) == ("stamps", {"stamps": "Stamp added: %@"})


def test_f2_a_reward_goes_before_the_stamps_that_earned_it() -> None:
    club = cafe()
    before = priya(club, 8)
    after, _ = run(club, before, visit("a", 3))

    face = wc.face(club, after, at=at(10), since=before)

    assert (face.announces, changes(face)) == ("ready", {"ready": "Ready for you: %@"})
    assert shown(face, "back")["Rewards ready"] == "Free coffee"


def test_f2_redeemed_reversed_and_expired_announce_nothing() -> None:
    club = free_cafe()
    ready, _ = run(club, priya(club, 8), visit("a", 3))
    redeemed, _ = run(club, ready, wc.Event.redeem(id="b", at=at(11)))
    reversed_, _ = run(club, ready, wc.Event.reverse(id="c", at=at(11), event="a"))
    given_back, _ = run(club, redeemed, wc.Event.reverse(id="d", at=at(11), event="b"))
    later = at(10).replace(year=2028)

    faces = [
        wc.face(club, redeemed, at=at(11), since=ready),
        wc.face(club, reversed_, at=at(11), since=ready),
        wc.face(club, given_back, at=at(11), since=redeemed),
        wc.face(club, ready, at=later, since=ready),
    ]

    assert [(face.announces, changes(face)) for face in faces] == [(None, {})] * 4


def test_f2_without_since_every_phrase_that_is_true_is_carried() -> None:
    club = free_cafe()
    ready, _ = run(club, priya(club, 8), visit("a", 3))

    assert changes(wc.face(club, ready, at=at(11))) == {"stamps": "Stamp added: %@", "ready": "Ready for you: %@"}
    assert changes(wc.face(club, priya(club), at=at(11))) == {}


def test_f2_ready_is_the_second_back_field_and_the_library_adds_how_it_works() -> None:
    bare = cafe(back=())
    silent = cafe(back=(), rule_text=None)

    assert list(shown(wc.face(bare, priya(bare), at=at(10)), "back")) == ["How it works", "Rewards ready"]
    assert list(shown(wc.face(silent, priya(silent), at=at(10)), "back")) == ["Rewards ready"]


def test_f3_a_promotional_notice_is_not_announced() -> None:
    club = cafe()
    card = priya(club, 3)
    promo = Notice(id="birthday:2026", key="birthday", text="Happy birthday!", purpose="promotional")
    news = Notice(id="news:1", key="news", text="Your table is ready.")

    assert wc.face(club, card, at=at(10), since=card, notices=[promo]).announces is None
    assert wc.face(club, card, at=at(10), since=card, notices=[promo, news]).announces == "notice"
    assert wc.face(club, card, at=at(10), notices=[promo]).notices == (promo,)


def test_f5_keys_and_serial_stay_through_a_life() -> None:
    club = free_cafe()
    card = priya(club)
    serials: set[str] = set()
    keys: set[str] = set()
    for number in range(12):
        face = wc.face(club, card, at=at(10))
        serials.add(face.serial)
        keys.update(field.key for field in face.fields)
        card, _ = run(club, card, visit(f"v{number}"))

    assert serials == {"copper-kettle.CK-7F3A29"}
    assert keys == {"stamps", "reward", "left", "waiting", "member", "back_1", "ready", "back_2", "back_3"}


def test_f6_no_personal_data_but_the_display_name() -> None:
    club = cafe()
    face = wc.face(club, priya(club, 3), at=at(10))

    assert face.to_json().count("Priya") == 2  # the member, and the field that shows it


def test_f7_the_same_card_gives_byte_equal_faces() -> None:
    club = cafe()
    card = priya(club, 3)

    assert wc.face(club, card, at=at(10)).to_json() == wc.face(club, card, at=at(10)).to_json()


def test_the_front_row_never_holds_more_than_four() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a", 4))

    face = wc.face(club, card, at=at(11))

    assert [field.key for field in (*face.in_slot("secondary"), *face.in_slot("auxiliary"))] == [
        "reward",
        "left",
        "waiting",
        "member",
    ]


def test_the_code_goes_into_the_barcode_and_the_id_under_it() -> None:
    club = cafe()

    face = wc.face(club, priya(club), at=at(10), code="SIGNED-TOKEN")

    assert face.barcode == wc.Barcode(message="SIGNED-TOKEN", alt="CK-7F3A29")


def test_another_language_than_the_cards_own() -> None:
    club = cafe(
        name={"en": "Copper Kettle Coffee", "he": "הקומקום"},
        issuer={"en": "Copper Kettle", "he": "הקומקום"},
        rule_text=None,
        back=(BackText({"en": "Find us", "he": "איפה אנחנו"}, {"en": "Mill Lane", "he": "רחוב הטחנה"}),),
        stamps={"unit": "stamps", "reward": wc.Reward(id="coffee", title={"en": "Free coffee", "he": "קפה חינם"})},
    )

    face = wc.face(club, priya(club, 7), at=at(10), locale="he")

    assert (face.direction, face.title) == ("rtl", "הקומקום")
    assert shown(face, "secondary") == {"ההטבה הבאה": "קפה חינם", "נותרו": "עוד שתי חותמות"}
    assert face.alt == "כרטיס חותמות: 7 מתוך 9. עוד שתי חותמות. ההטבה הבאה: קפה חינם."


def test_static_texts_are_shared_only_in_the_programmes_language() -> None:
    club = cafe(back=(BackText("Cycle", "Card number {cycle}"), BackText("Terms", "Fine print")), rule_text=None)

    shared = {field.key: field.shared for field in wc.face(club, priya(club), at=at(10)).fields}

    assert {key for key, value in shared.items() if value} == {"back_2"}


def test_a_missing_language_is_named() -> None:
    club = cafe()
    club = cafe(stamps={"unit": "stamps", "reward": wc.Reward(id="coffee", title={"en": "Free coffee"})})

    with pytest.raises(InvalidCardError) as refused:
        wc.face(club, priya(club), at=at(10), locale="he")

    assert (refused.value.code, refused.value.where) == ("text.missing", "reward coffee.title")


def test_since_another_card_is_an_error() -> None:
    club = cafe()

    with pytest.raises(InvalidCardError) as refused:
        wc.face(club, priya(club), at=at(10), since=wc.join(club, id="CK-OTHER", at=at(8)))

    assert refused.value.code == "card.mismatch"


def test_a_time_without_zone_is_an_error() -> None:
    club = cafe()

    with pytest.raises(InvalidCardError) as refused:
        wc.face(club, priya(club), at=datetime(2026, 11, 21, 10))  # noqa: DTZ001  # on purpose

    assert (refused.value.code, refused.value.where) == ("time.naive", "at")


def test_thirty_cells_at_most_whatever_the_open_cycle_began_with() -> None:
    old = free_cafe(stamps={"goal": 30, "reward_cell": False})
    new = free_cafe(stamps={"goal": 9, "reward_cell": True})

    strip = wc.face(new, priya(old, 3), at=at(10)).strip

    assert strip is not None
    assert strip.cells == 30


def test_a_gift_voucher_by_hand() -> None:
    face = wc.Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        locale="en-GB",
        description="Still Waters gift voucher",
        balance=wc.Money(1500, "GBP"),
        value=wc.Money(6000, "GBP"),
        fields=(wc.Field.front("for", "For", "Emma"), wc.Field.back("message", "Message", "Happy birthday")),
        expires=datetime(2027, 11, 22, tzinfo=at(9).tzinfo),
        design=wc.Design(background="#4A2545"),
    )

    assert shown(face, "header") == {"BALANCE": "£15.00"}
    assert shown(face, "primary") == {"GIFT VOUCHER": "£60"}
    assert shown(face, "secondary") == {"FOR": "Emma"}
    assert shown(face, "auxiliary") == {"VALID UNTIL": "21 Nov 2027"}
    assert shown(face, "back") == {"Message": "Happy birthday"}
    assert changes(face) == {"balance": "Voucher balance: %@"}
    assert (face.kind, face.program, face.state, face.alt) == ("gift", "gift", "active", "Gift voucher: £15.00.")


def test_an_empty_gift_voucher_is_complete() -> None:
    face = wc.Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        locale="en-GB",
        description="Still Waters gift voucher",
        balance=wc.Money(0, "GBP"),
        design=wc.Design(background="#4A2545"),
    )

    assert (face.state, shown(face, "header")) == ("complete", {"BALANCE": "£0.00"})
