"""What a value refuses: one typed error with code, place and mend, for everything that is wrong at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests.cards import COFFEE, at, cafe

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Milestone, Notice, StripSpec, Unit

BROWN = wc.Design(background="#3B2418")


def stamps(**values: Any) -> wc.Stamps:
    return wc.Stamps(**{"goal": 9, "reward": COFFEE, **values})


def hand_made(**values: Any) -> wc.Face:
    plain: dict[str, Any] = {
        "id": "A1",
        "issuer": "Kettle",
        "title": "Kettle club",
        "description": "Card",
        "locale": "en-GB",
        "design": BROWN,
    }
    return wc.Face(**{**plain, **values})


def strip(**values: Any) -> StripSpec:
    plain: dict[str, Any] = {
        "mode": "grid",
        "cells": 5,
        "filled": 1,
        "icon": "cup",
        "direction": "ltr",
        "colours": BROWN.palette,
    }
    return StripSpec(**{**plain, **values})


REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (lambda: stamps(goal=0), "stamps.goal", "stamps.goal"),
    (lambda: stamps(goal=-3), "stamps.goal", "stamps.goal"),
    (lambda: stamps(goal=31), "stamps.goal", "stamps.goal"),
    (lambda: stamps(goal=True), "number.type", "stamps.goal"),
    (lambda: stamps(goal=10.0), "number.type", "stamps.goal"),
    (lambda: stamps(goal="9"), "number.type", "stamps.goal"),
    (lambda: stamps(goal=30, reward_cell=True), "stamps.cells", "stamps.goal"),
    (lambda: stamps(reward="coffee"), "reward.type", "stamps.reward"),
    (lambda: stamps(join_stamps=9), "stamps.join", "stamps.join_stamps"),
    (lambda: stamps(unit="visit"), "stamps.unit", "stamps.unit"),
    (lambda: stamps(milestones=(Milestone(at=10, reward=COFFEE),)), "milestone.unreachable", "stamps.milestones[0].at"),
    (lambda: stamps(milestones=[Milestone(at=2, reward=COFFEE)] * 2), "milestone.order", "stamps.milestones[1].at"),
    (lambda: stamps(milestones=(3,)), "list.entry", "stamps.milestones[0]"),
    (lambda: wc.Reward(id="free coffee", title="x"), "id.characters", "reward.id"),
    (lambda: wc.Reward(id="a", title=" "), "text.empty", "reward.title"),
    (lambda: wc.Reward(id="a", title="x", kind="gratis"), "reward.kind", "reward.kind"),
    (lambda: wc.Reward(id="a", title="x", kind="percent", value=101), "number.range", "reward.value"),
    (lambda: wc.Reward(id="a", title="x", valid_days=0), "number.range", "reward.valid_days"),
    (lambda: wc.Reward(id="a", title={"english": "x"}), "locale.unknown", "reward.title['english']"),
    (lambda: wc.Reward(id="a", title={}), "text.empty", "reward.title"),
    (lambda: Unit(label="x", left={"one": "{n} x"}), "text.plural", "unit.left"),
    (lambda: Unit(label="x", left="{count} x"), "text.placeholder", "unit.left"),
    (lambda: BackText("Terms", "{rulle}"), "text.placeholder", "back.text"),
    (lambda: BackText("Terms", "a } b"), "text.brace", "back.text"),
    (lambda: BackText("Terms", "{rule!r}"), "text.placeholder", "back.text"),
    (lambda: wc.Limits(max_per_day=0), "number.range", "limits.max_per_day"),
    (lambda: wc.Limits(min_interval_minutes=None), "number.type", "limits.min_interval_minutes"),  # type: ignore[arg-type]
    (lambda: cafe(id="../../etc/passwd"), "id.characters", "program.id"),
    (lambda: cafe(id="a" * 65), "id.length", "program.id"),
    (lambda: cafe(name="\ud800"), "text.surrogate", "program.name"),
    (lambda: cafe(name="a\0b"), "text.control", "program.name"),
    (lambda: cafe(name="x" * 10**6), "text.length", "program.name"),
    (lambda: cafe(name=None), "text.empty", "program.name"),
    (lambda: cafe(locale="english"), "locale.unknown", "program.locale"),
    (lambda: cafe(zone="Europe"), "zone.unknown", "program.zone"),
    (lambda: cafe(zone="../../etc/passwd"), "zone.unknown", "program.zone"),
    (lambda: cafe(zone=""), "zone.unknown", "program.zone"),
    (lambda: cafe(design="#3B2418"), "program.part", "program.design"),
    (
        lambda: wc.Program(id="a", name="x", issuer="x", locale="en", zone="UTC", design=BROWN),
        "program.empty",
        "program.stamps",
    ),
    (lambda: cafe(back=("text",)), "list.entry", "program.back[0]"),
    (lambda: cafe(words=["x"]), "words.type", "program.words"),
    (lambda: wc.Design(background="#12345"), "color.invalid", "design.background"),
    (lambda: wc.Design(background="rgb(300,0,0)"), "color.invalid", "design.background"),
    (lambda: wc.Design(background="#11223344"), "color.invalid", "design.background"),
    (lambda: wc.Design(background="rgb(1.5,2,3)"), "color.invalid", "design.background"),
    (lambda: wc.Design(background=None), "color.invalid", "design.background"),  # type: ignore[arg-type]
    (lambda: wc.Design(background="#000", icon="cups"), "icon.unknown", "design.icon"),
    (lambda: wc.Design(background="#000", logo=b""), "image.invalid", "design.logo"),
    (lambda: wc.Design(background="#000", logo="art/logo.png"), "image.invalid", "design.logo"),  # type: ignore[arg-type]
    (lambda: wc.Design(background="#000", logo=b"<svg/>"), "image.invalid", "design.logo"),
    (lambda: wc.Design(background="#000", logo_url="http://a.example/x.png"), "link.insecure", "design.logo_url"),
    (lambda: wc.Design(background="#000", logo_url="https://u:p@a.example/"), "link.credentials", "design.logo_url"),
    (lambda: wc.Design(background="#000", logo_url="https://"), "link.invalid", "design.logo_url"),
    (lambda: wc.Design(background="#000", logo_url="https://a.example:x/"), "link.invalid", "design.logo_url"),
    (lambda: wc.Money(-1, "GBP"), "number.range", "money.minor"),
    (lambda: wc.Money(1, "gbp"), "money.currency", "money.currency"),
    (lambda: wc.Money(1.5, "GBP"), "number.type", "money.minor"),  # type: ignore[arg-type]
    (lambda: wc.Field.front("a b", "x", "y"), "id.characters", "field.key"),
    (lambda: wc.Field.front("a", "x", "y", slot="front"), "field.slot", "field a.slot"),
    (lambda: wc.Field.front("a", "x", "y", change="New!"), "field.change", "field a.change"),
    (lambda: wc.Field.front("a", "x", "y", change="%@ %d"), "field.change", "field a.change"),
    (lambda: wc.Field.front("a", "x", "y", change="%@ %@"), "field.change", "field a.change"),
    (lambda: wc.Balance(label="", text="1"), "text.empty", "balance.label"),
    (lambda: wc.Balance(label="a", text="1", amount=2**31), "number.range", "balance.amount"),
    (lambda: wc.Barcode(message=""), "text.empty", "barcode.message"),
    (lambda: wc.Barcode(message="a\n"), "text.control", "barcode.message"),
    (lambda: wc.Barcode(message=b"a"), "text.type", "barcode.message"),  # type: ignore[arg-type]
    (lambda: wc.Barcode(message="a", format="qr-code"), "barcode.format", "barcode.format"),
    (lambda: wc.Barcode(message="a", encoding="utf8mb4"), "barcode.encoding", "barcode.encoding"),
    (lambda: wc.Barcode(message="100€", encoding="iso-8859-1"), "barcode.message", "barcode.message"),
    (lambda: wc.Barcode(message="é", format="code128"), "barcode.message", "barcode.message"),
    (lambda: hand_made(id="tier-gold"), "id.reserved", "face.id"),
    (lambda: hand_made(kind="ticket"), "kind.unsupported", "face.kind"),
    (lambda: hand_made(state="done"), "face.state", "face.state"),
    (lambda: hand_made(expires=datetime(2027, 1, 1)), "time.naive", "face.expires"),  # noqa: DTZ001
    (lambda: hand_made(expires=date(2027, 1, 1)), "time.type", "face.expires"),
    (lambda: hand_made(expires=at(9), valid_from=at(10)), "time.order", "face.expires"),
    (lambda: hand_made(fields=(wc.Field.back("a", "x", "y"),) * 2), "field.duplicate", "face.fields"),
    (lambda: hand_made(announces="stamps"), "face.announces", "face.announces"),
    (lambda: hand_made(balances=(wc.Balance(label="a", text="1"),) * 3), "face.balances", "face.balances"),
    (lambda: hand_made(direction="up"), "face.direction", "face.direction"),
    (lambda: hand_made(design=None), "face.design", "face.design"),
    (lambda: strip(cells=31), "strip.cells", "strip.cells"),
    (lambda: strip(filled=6), "strip.filled", "strip.filled"),
    (lambda: strip(reward_at=6), "strip.cell", "strip.reward_at"),
    (lambda: strip(milestones=(6,)), "strip.cell", "strip.milestones[0]"),
    (lambda: strip(used=(1,)), "strip.cell", "strip.used"),
    (lambda: strip(icon="rocket"), "icon.unknown", "strip.icon"),
    (lambda: strip(mode="ring"), "strip.mode", "strip.mode"),
    (lambda: Notice(id="a", key="b", text="c", purpose="advert"), "notice.purpose", "notice.purpose"),
    (lambda: wc.Event.visit(id="a", at=datetime(2026, 1, 1)), "time.naive", "event.at"),  # noqa: DTZ001
    (lambda: wc.Event.visit(id="a", at="today"), "time.type", "event.at"),  # type: ignore[arg-type]
    (lambda: wc.Event.visit(id="a", at=at(9).replace(year=1970)), "time.range", "event.at"),
    (lambda: wc.Event.visit(id="a/b", at=at(9)), "id.characters", "event.id"),
    (lambda: wc.Event.visit(id=7, at=at(9)), "id.type", "event.id"),  # type: ignore[arg-type]
    (lambda: wc.Event.visit(id="join", at=at(9)), "id.reserved", "event.id"),
    (lambda: wc.Event.grant(id="a", at=at(9), reward=3), "reward.type", "event.reward"),  # type: ignore[arg-type]
    (lambda: wc.join(cafe(), id="tier-1", at=at(9)), "id.reserved", "card.id"),
    (lambda: wc.join(cafe(), id="C1", at=at(9), member="x" * 65), "text.length", "card.member"),
    (lambda: wc.join(cafe(), id="C1", at=at(9), locale="eo"), "language.unknown", "locale"),
    (lambda: wc.join(cafe(), id="C1", at=datetime(2026, 1, 1)), "time.naive", "at"),  # noqa: DTZ001
]


@pytest.mark.parametrize(("make", "code", "where"), REFUSED, ids=[f"{c}-{w}" for _, c, w in REFUSED])
def test_a_wrong_value_is_refused_with_code_place_and_mend(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        make()

    issue = refused.value.issues[0]
    assert (issue.code, issue.where) == (code, where)
    assert issue.hint
    assert str(issue).isprintable()
    assert len(str(issue)) <= 240


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Design(background="red", icon="mug", logo_url="http://x.example")

    assert [issue.code for issue in refused.value.issues] == ["color.invalid", "icon.unknown", "link.insecure"]
    assert str(refused.value).count(" | ") == 2


def test_a_near_word_is_named() -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Design(background="#000", icon="cups")

    assert refused.value.hint == 'did you mean "cup"?'


def test_every_problem_of_a_long_list_is_counted_in_one_line() -> None:
    places = tuple(Milestone(at=20, reward=COFFEE) for _ in range(9))

    with pytest.raises(InvalidCardError) as refused:
        stamps(milestones=places)

    assert len(str(refused.value)) <= 240
    assert str(refused.value).endswith(" more in .issues")


def test_values_do_not_change() -> None:
    with pytest.raises(AttributeError):
        COFFEE.title = "Tea"  # type: ignore[misc]


def test_values_are_hashable() -> None:
    club = cafe(name={"en-GB": "Kettle", "he": "קומקום"}, words={"none_yet": {"en": "Soon"}})

    assert hash(club) == hash(wc.Program.from_json(club.to_json()))


def test_a_hand_made_face_takes_its_direction_from_its_language() -> None:
    assert hand_made(locale="he").direction == "rtl"
    assert hand_made().direction == "ltr"
    assert hand_made().program == "loyalty"
    assert hand_made().serial == "loyalty.A1"
