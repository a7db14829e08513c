"""The checks under each of the six acceptance cards, and their messages: what a day at each business does to them."""

import json
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from _six_cards import Member, members

import walletcard as wc
from walletcard import apple, google
from walletcard.model import Reminders

EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))
MEMBERS = {member.name: member for member in members()}
ISSUER = "3388000000012345678"


class Day:
    """One member's card through some events, seen as people see it."""

    def __init__(self, name: str, **program: Any) -> None:
        member: Member = MEMBERS[name]
        self.name, self.card, self.at = name, member.card, member.at
        self.program = replace(member.program, **program) if program else member.program
        self.before = member.card
        self.said: list[str] = []

    def after(self, event: wc.Event) -> wc.Outcome:
        self.before, self.at = self.card, max(self.at, event.at)
        self.card, outcome = wc.apply(self.program, self.card, event)
        self.said += [notice.text for notice in outcome.notices]
        return outcome

    def visit(self, name: str, *, hours: float = 0, **given: Any) -> wc.Outcome:
        return self.after(wc.Event.visit(id=name, at=self.moment(hours), **given))

    def moment(self, hours: float) -> datetime:
        return MEMBERS[self.name].at + timedelta(hours=hours)

    def face(self, *, compared: bool = False) -> wc.Face:
        return wc.face(self.program, self.card, at=self.at, since=self.before if compared else None)

    def apple(self, group: str = "header") -> dict[str, str]:
        fields = apple.pass_json(self.face())["storeCard"].get(f"{group}Fields", [])
        return {field["label"]: field["value"] for field in fields}

    def google(self) -> Any:
        return google.resources(self.face(), issuer_id=ISSUER).object

    def changes(self) -> list[str]:
        groups = apple.pass_json(self.face(compared=True))["storeCard"].values()
        return [
            field["changeMessage"].replace("%@", field["value"])
            for fields in groups
            for field in fields
            if "changeMessage" in field
        ]


def messages(name: str) -> dict[str, str]:
    found: dict[str, str] = EXPECTED[name]["messages"]
    return found


# 5.1 The English café


def test_5_1_a_coffee_counts_once_and_not_twice_within_ten_minutes() -> None:
    day = Day("cafe-en")

    assert day.visit("new-1").stamps == 7
    assert day.changes() == [messages("cafe-en")["stamp"]]
    again, soon = day.visit("new-1"), day.visit("new-2", hours=4 / 60)

    assert (again.status, again.stamps) == ("duplicate", 7)
    assert (soon.reason, soon.retry_at) == ("cooldown", day.moment(10 / 60))
    assert day.apple() == {"STAMPS": "7 of 9"}


def test_5_1_three_on_seven_finish_the_card_and_begin_the_next() -> None:
    day = Day("cafe-en")
    day.visit("new-1")

    outcome = day.visit("new-2", hours=1, stamps=3)

    assert (len(outcome.issued), day.card.cycle) == (1, 2)
    assert day.apple() == {"STAMPS": "1 of 9"}
    assert day.google()["secondaryLoyaltyPoints"] == {"label": "Rewards", "balance": {"int": 1}}
    assert day.changes() == [messages("cafe-en")["ready"]]


def test_5_1_a_full_card_waits_with_its_gift_cell_lit() -> None:
    day = Day("cafe-en")

    day.visit("new-1", stamps=3)

    strip = day.face().strip
    assert strip is not None
    assert (day.card.stamps, strip.filled, strip.cells, strip.reward_at, strip.lit) == (0, 10, 10, 10, True)
    assert day.apple() == {"STAMPS": "9 of 9"}
    assert day.apple("secondary") == {"READY": "Free coffee"}


def test_5_1_every_message_in_its_moment() -> None:
    day = Day("cafe-en")

    for hour in range(3):
        day.visit(f"new-{hour}", hours=hour)
    day.after(wc.Event.redeem(id="free", at=day.moment(4)))

    assert [text for text in day.said if text in messages("cafe-en").values()] == list(messages("cafe-en").values())


# 5.2 The Hebrew spa


def test_5_2_the_first_stamp_is_the_rightmost() -> None:
    strip = Day("spa-he").face().strip

    assert strip is not None
    assert (strip.direction, strip.milestones, strip.used, strip.reward_at) == ("rtl", (3,), (3,), 6)


def test_5_2_jumping_over_the_milestone_gives_its_reward_once() -> None:
    day = Day("spa-he")
    start = wc.join(day.program, id="LS-NEW", at=day.moment(-1))
    two, _ = wc.apply(day.program, start, wc.Event.grant(id="paper", at=day.moment(-1), stamps=2))

    four, outcome = wc.apply(day.program, two, wc.Event.visit(id="v", at=day.moment(0), stamps=2))

    assert (four.stamps, [voucher.reward.id for voucher in outcome.issued]) == (4, ["aroma"])


def test_5_2_one_scan_a_day_and_the_forms_of_one_and_two() -> None:
    day = Day("spa-he")
    assert day.apple("secondary")["נותרו"] == "עוד שני ביקורים"

    day.visit("fifth")
    assert day.apple("secondary")["נותרו"] == "עוד ביקור אחד"
    assert day.changes() == [messages("spa-he")["stamp"]]
    assert day.visit("again", hours=8).reason == "daily_limit"
    day.visit("sixth", hours=24)

    assert day.changes() == [messages("spa-he")["ready"]]
    assert day.said == [messages("spa-he")[key] for key in ("stamp", "one_left", "ready")]


def test_5_2_birthday_and_come_back_are_promotional_so_no_change_message() -> None:
    words = {
        **dict(MEMBERS["spa-he"].program.words),
        "birthday": "יום הולדת שמח, {given}! מחכה לך קרם גוף לבנדר במתנה. בתוקף 30 יום.",
        "comeback": "התגעגענו. הכרטיס שלך שמור אצלנו: {left} לשדרוג.",
    }
    day = Day("spa-he", words=words, reminders=Reminders(comeback_days=(60,)))
    moment = day.moment(24 * 50)  # 10 January, 69 days after the last visit.

    due = wc.due(day.program, day.card, at=moment, birthday=(1, 10))

    assert [notice.text for notice in due] == [messages("spa-he")[key] for key in ("birthday", "winback_60")]
    assert {notice.purpose for notice in due} == {"promotional"}
    face = wc.face(day.program, day.card, at=moment, since=day.card, notices=due)
    fields = [field for group in apple.pass_json(face)["storeCard"].values() for field in group]
    assert face.announces is None
    assert not [field for field in fields if "changeMessage" in field]
    assert {messages("spa-he")["birthday"], messages("spa-he")["winback_60"]} <= {
        line for field in fields for line in field["value"].splitlines()
    }
    sent = google.resources(face, issuer_id=ISSUER).object["messages"]
    assert [one["body"] for one in sent] == [notice.text for notice in due]
    assert {one["messageType"] for one in sent} == {"TEXT"}


# 5.3 The Russian massage


def test_5_3_the_friends_points_are_spent_first_for_they_expire_first() -> None:
    day = Day("massage-ru")

    day.after(wc.Event.redeem(id="oils-2", at=day.moment(1), points=600))

    assert [(lot.source, lot.left) for lot in day.card.lots] == [("pass_price", 680), ("referral", 0)]
    assert day.apple() == {"БАЛЛЫ": "680"}


def test_5_3_three_more_sessions_make_gold_in_one_announcement() -> None:
    day = Day("massage-ru")
    before = google.resources(day.face(), issuer_id=ISSUER).class_["id"]

    for number in range(3):
        day.visit(f"more-{number}", hours=24 * number, amount=400_000)

    assert day.face().tier == "gold"
    # The fifteenth session brought points, a level and the level's gift of the month: one of them announces itself.
    assert day.changes() == ["Вас ждёт награда: 30 минут массажа в подарок"]
    assert messages("massage-ru")["tier_up"] in day.said
    assert google.resources(day.face(), issuer_id=ISSUER).class_["id"] == before.replace("silver", "gold")
    assert day.face().design.background == wc.Color.parse("#6E5200")


def test_5_3_points_move_too_but_only_the_level_announces_itself() -> None:
    tiers = MEMBERS["massage-ru"].program.tiers
    day = Day("massage-ru", tiers=tuple(replace(tier, monthly=None) for tier in tiers))
    for number in range(3):
        day.visit(f"more-{number}", hours=24 * number, amount=400_000)

    assert day.card.points_on(day.at.date()) == 1_280 + 3 * 40
    assert day.changes() == [messages("massage-ru")["tier_up"]]


def test_5_3_a_paid_session_announces_the_balance() -> None:
    day = Day("massage-ru")

    day.visit("more", amount=400_000)

    assert day.changes() == [messages("massage-ru")["points"]]


@pytest.mark.parametrize("tier", ["base", "silver", "gold", "platinum"])
def test_5_3_every_palette_passes_contrast(tier: str) -> None:
    program = MEMBERS["massage-ru"].program
    design = program.design.with_background(next(one.background for one in program.tiers if one.id == tier) or "")

    assert design.strip(direction="ltr").colours.problems() == []


def test_5_3_joining_issues_the_welcome_voucher_once() -> None:
    program = MEMBERS["massage-ru"].program

    card = wc.join(program, id="TC-NEW", at=MEMBERS["massage-ru"].at)

    assert [(one.reward.value, one.reward.kind, one.uses_left) for one in card.vouchers] == [(5, "percent", 1)]
    assert [one.origin for one in MEMBERS["massage-ru"].card.vouchers].count("welcome") == 1


def test_5_3_the_eleventh_friend_in_november_pays_the_friend_only() -> None:
    day = Day("massage-ru")  # One friend has come in November already.
    outcomes = [
        day.after(wc.Event.refer(id=f"friend-{n}", at=day.moment(n), friend=f"TC-F{n}", event="first"))
        for n in range(2, 12)
    ]
    friend = wc.join(day.program, id="TC-F11", at=day.moment(0), referred_by=day.card.id)
    friend, first = wc.apply(day.program, friend, wc.Event.visit(id="first", at=day.moment(11), amount=300_000))

    assert [one.earned for one in outcomes[:9]] == [500] * 9
    assert (outcomes[9].status, outcomes[9].reason) == ("refused", "referral_cap")
    assert day.said == [messages("massage-ru")["referral"]] * 9
    assert first.referral == (day.card.id, "first")
    assert first.earned == 500 + 30


def test_5_3_cancelling_the_friends_first_session_takes_both_back() -> None:
    day = Day("massage-ru")
    friend = wc.join(day.program, id="TC-F2", at=day.moment(0), referred_by=day.card.id)
    friend, first = wc.apply(day.program, friend, wc.Event.visit(id="first", at=day.moment(1), amount=300_000))
    day.after(wc.Event.refer(id="friend-2", at=day.moment(1), friend="TC-F2", event="first"))
    assert (first.balance, day.card.points_on(day.at.date())) == (530, 1_780)

    friend, cancelled = wc.apply(day.program, friend, wc.Event.reverse(id="x", at=day.moment(2), event="first"))
    day.after(wc.Event.reverse(id="x-2", at=day.moment(2), event="friend-2"))

    assert (cancelled.balance, cancelled.referral_reversed) == (0, (day.card.id, "first"))
    assert day.card.points_on(day.at.date()) == 1_280


def test_5_3_the_thirty_first_session_is_platinum_and_nothing_is_above() -> None:
    day = Day("massage-ru")
    for number in range(13, 31):
        day.visit(f"session-{number}", hours=24 * number)
    assert day.apple("secondary")["ДО «ПЛАТИНА»"] == "1 сеанс"

    day.visit("session-31", hours=24 * 40)

    assert day.face().tier == "platinum"
    assert not [label for label in day.apple("secondary") if label.startswith("ДО ")]


@pytest.mark.parametrize(("more", "left"), [(-2, "5 сеансов"), (0, "3 сеанса"), (2, "1 сеанс")])
def test_5_3_the_forms_of_the_session(more: int, left: str) -> None:
    day = Day("massage-ru")
    for number in range(more):
        day.visit(f"more-{number}", hours=24 * number)
    for number in range(-more):
        day.after(wc.Event.reverse(id=f"x-{number}", at=day.moment(number), event=f"session-{number}"))

    assert day.apple("secondary")["ДО ЗОЛОТА"] == left


def test_5_3_groups_and_per_cent_use_a_no_break_space() -> None:
    day = Day("massage-ru")

    assert day.apple()["БАЛЛЫ"] == "1\u00a0280"
    assert day.apple("secondary")["СКИДКА"] == "10\u00a0%"


def test_5_3_the_end_of_the_friends_points_is_announced_a_month_before() -> None:
    day = Day("massage-ru")

    due = [notice.text for notice in wc.due(day.program, day.card, at=day.moment(24 * 20)) if notice.key == "expiring"]

    assert due == [messages("massage-ru")["expiring"]]


# 5.4 The Chinese studio


def test_5_4_the_pack_is_one_lot_of_1200() -> None:
    assert next((lot.id, lot.points) for lot in MEMBERS["therapy-zh"].card.lots) == ("pack.1", 1_200)


def test_5_4_a_redemption_takes_the_february_lot_and_its_reversal_restores_it() -> None:
    day = Day("therapy-zh")

    day.after(wc.Event.redeem(id="head", at=day.moment(1), reward="head-massage"))
    assert [lot.left for lot in day.card.lots] == [100, 60, 100]
    day.after(wc.Event.reverse(id="x", at=day.moment(2), event="head"))

    assert [lot.left for lot in day.card.lots] == [400, 60, 100]
    assert day.apple() == {"积分": "560"}


def test_5_4_one_notice_a_month_before_with_what_is_left_then() -> None:
    day = Day("therapy-zh")
    eve, morning = (datetime(2027, 1, day_, 9, tzinfo=day.program.tz) for day_ in (9, 10))

    def expiring(card: wc.Card, at: datetime) -> list[tuple[str, str]]:
        return [(one.id, one.text) for one in wc.due(day.program, card, at=at) if one.key == "expiring"]

    assert expiring(day.card, eve) == []
    assert expiring(day.card, morning) == [("points:2027-02-10", messages("therapy-zh")["expiring"])]
    day.after(wc.Event.redeem(id="head", at=day.moment(1), reward="head-massage"))
    assert expiring(day.card, morning) == [("points:2027-02-10", "2027-02-10到期:100分")]


def test_5_4_after_its_last_day_the_lot_is_gone() -> None:
    day = Day("therapy-zh")

    for hour, balance in ((23, "560"), (24, "160")):
        day.at = datetime(2027, 2, 10, tzinfo=day.program.tz) + timedelta(hours=hour)
        assert day.apple() == {"积分": balance}


def test_5_4_acupuncture_makes_760_and_five_items_affordable() -> None:
    day = Day("therapy-zh")

    outcome = day.visit("acupuncture", items=("acupuncture",))

    assert outcome.text == messages("therapy-zh")["staff"]
    assert day.google()["secondaryLoyaltyPoints"]["balance"] == {"string": "5项"}
    assert day.changes() == [messages("therapy-zh")["points"]]


# 5.5 The Persian car wash


def digits(document: Any, *, data: frozenset[str]) -> list[str]:
    """Return every shown text with an ASCII digit, or a slash between digits; ``data`` are keys of what is no text."""
    if isinstance(document, dict):
        return [found for key, value in document.items() if key not in data for found in digits(value, data=data)]
    if isinstance(document, list):
        return [found for value in document for found in digits(value, data=data)]
    if not isinstance(document, str):
        return []
    numbers = [one.isdigit() for one in document]
    slashed = any(one == "/" and 0 < n < len(numbers) - 1 and numbers[n - 1] and numbers[n + 1]
                  for n, one in enumerate(document))  # fmt: skip
    return [document] if slashed or any(one.isascii() and one.isdigit() for one in document) else []


def persian(day: Day) -> list[str]:
    front = apple.pass_json(day.face())
    back = google.resources(day.face(), issuer_id=ISSUER)
    shown = {key: front[key] for key in ("storeCard", "description", "organizationName")}
    body = {key: back.object[key] for key in ("loyaltyPoints", "secondaryLoyaltyPoints", "accountName")}
    modules = {"modules": [*back.object.get("textModulesData", []), *back.class_.get("textModulesData", [])]}
    data = frozenset({"key", "id", "textAlignment"})
    return digits([shown, body, modules, day.face().alt], data=data)


def test_5_5_all_digits_are_persian_at_every_count_and_none_stands_beside_a_slash() -> None:
    day = Day("carwash-fa")
    for hour in range(3):
        assert persian(day) == []
        day.visit(f"wash-x{hour}", hours=2 * hour)
    assert persian(day) == []
    texts = " ".join(field.value for field in day.face().fields)
    assert {unicodedata.name(one)[:21] for one in texts if one.isdigit()} == {"EXTENDED ARABIC-INDIC"}


def test_5_5_code_token_and_dates_in_data_stay_ascii() -> None:
    day = Day("carwash-fa")
    document = apple.pass_json(day.face())

    assert document["barcodes"][0]["message"].isascii()
    assert document["serialNumber"].isascii()
    assert day.google()["id"].isascii()
    assert day.card.to_json().count("2026-") > 0


def test_5_5_five_cells_from_the_right_with_the_gift_at_the_far_left() -> None:
    strip = Day("carwash-fa").face().strip

    assert strip is not None
    assert (strip.direction, strip.cells, strip.filled, strip.reward_at) == ("rtl", 5, 3, 5)


def test_5_5_the_fourth_wash_brings_the_free_one_which_adds_no_stamp() -> None:
    day = Day("carwash-fa")

    fourth = day.visit("fourth")
    strip = day.face().strip
    assert len(fourth.issued) == 1
    assert strip is not None
    assert (strip.filled, strip.cells, strip.lit) == (5, 5, True)
    assert day.apple() == {"شست‌وشو": "۴ از ۴"}
    free = day.after(wc.Event.redeem(id="free-2", at=day.moment(2)))

    assert (free.status, free.stamps, day.card.stamps) == ("applied", 0, 0)
    assert day.apple() == {"شست‌وشو": "۰ از ۴"}
    assert {messages("carwash-fa")[key] for key in ("ready", "redeemed")} <= set(day.said)


def test_5_5_the_lit_card_stays_until_the_next_wash() -> None:
    day = Day("carwash-fa")
    day.visit("fourth")

    day.visit("fifth", hours=5)

    assert day.apple() == {"شست‌وشو": "۱ از ۴"}
    assert day.google()["secondaryLoyaltyPoints"]["balance"] == {"string": "۱"}


def test_5_5_the_message_of_the_last_wash() -> None:
    program = MEMBERS["carwash-fa"].program
    card = wc.join(program, id="BR-NEW", at=MEMBERS["carwash-fa"].at)
    said = []
    for hour in range(3):
        visit = wc.Event.visit(id=f"w{hour}", at=MEMBERS["carwash-fa"].at + timedelta(hours=2 * hour))
        card, outcome = wc.apply(program, card, visit)
        said += [notice.text for notice in outcome.notices]

    assert said[-1] == messages("carwash-fa")["one_left"]
    assert "مهر جدید ثبت شد: ۳ از ۴" in said


# 5.6 The English gift voucher


def test_5_6_a_part_is_paid_and_the_front_keeps_what_it_was() -> None:
    day = Day("gift-en")

    day.after(wc.Event.redeem(id="one", at=day.moment(1), amount=4_500))

    assert (day.card.balance, day.apple(), day.apple("primary")) == (
        1_500,
        {"BALANCE": "£15.00"},
        {"GIFT VOUCHER": "£60"},
    )
    assert day.google()["balance"] == {"micros": "15000000", "currencyCode": "GBP"}
    assert day.changes() == [messages("gift-en")["used"]]


def test_5_6_more_than_is_left_is_refused_and_the_rest_completes_it() -> None:
    day = Day("gift-en")
    day.after(wc.Event.redeem(id="one", at=day.moment(1), amount=4_500))

    assert day.after(wc.Event.redeem(id="two", at=day.moment(2), amount=2_000)).reason == "insufficient"
    day.after(wc.Event.redeem(id="three", at=day.moment(3), amount=1_500))

    assert (day.face().state, apple.pass_json(day.face())["voided"]) == ("complete", True)
    assert day.google()["state"] == "COMPLETED"
    assert day.changes() == [messages("gift-en")["empty"]]


def test_5_6_its_end_is_announced_with_what_is_left() -> None:
    day = Day("gift-en")
    day.after(wc.Event.redeem(id="one", at=day.moment(1), amount=4_500))

    due = wc.due(day.program, day.card, at=datetime(2027, 10, 21, 9, tzinfo=day.program.tz))

    assert [notice.text for notice in due] == [messages("gift-en")["expiring"]]


def test_5_6_its_one_card_with_a_primary_field_keeps_the_left_half_calm() -> None:
    strip = Day("gift-en").face().strip

    assert strip is not None
    assert strip.mode == "plain"


# All six


@pytest.mark.parametrize("name", EXPECTED)
def test_every_palette_passes_the_contrast_rules(name: str) -> None:
    palette = Day(name).face().colours
    background = palette.background

    assert min(background.contrast(ink) for ink in (palette.foreground, palette.label)) >= 4.5
    assert min(background.contrast(ink) for ink in (palette.disc, palette.ring, palette.mark)) >= 3
    assert palette.glyph.contrast(palette.disc) >= 3


@pytest.mark.parametrize("name", EXPECTED)
def test_googles_texts_keep_the_lengths_it_recommends(name: str) -> None:
    assert google.check(Day(name).face(), issuer_id=ISSUER, host=lambda one: f"https://p.example/{one.key}.png") == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_no_price_paid_and_no_address_of_a_person_is_in_the_documents(name: str) -> None:
    day = Day(name)
    documents = json.dumps([apple.pass_json(day.face()), day.google()], ensure_ascii=False)

    assert "@" not in documents.replace("%@", "")
    assert "360000" not in documents.replace("_", "")
