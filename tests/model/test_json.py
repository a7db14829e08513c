"""JSON: exact both ways, strict about everything else, and readable by later versions."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cards import COFFEE, at, cafe, noa, priya, run, spa

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Entry, Expiry, Lot
from walletcard.model._whole import check_whole

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
FIXTURES = Path(__file__).parent / "json-1"


def card() -> wc.Card:
    club = cafe()
    visits = [wc.Event.visit(id=f"till-{n}", at=at(10 + n), stamps=4) for n in range(3)]
    return run(club, priya(club), *visits, wc.Event.redeem(id="till-9", at=at(18)))[0]


def program() -> wc.Program:
    return cafe(
        name={"en-GB": "Copper Kettle Coffee", "he": "הקומקום"},
        design=wc.Design(background="#3B2418", icon="cup", logo=PIXEL),
        words={"none_yet": {"en": "Soon", "he": "בקרוב"}, "ready_count": {"one": "{n} here", "other": "{n} here"}},
    )


def event() -> wc.Event:
    return wc.Event.grant(id="gift-1", at=at(10), stamps=2, reward=COFFEE, reason="birthday")


def face() -> wc.Face:
    club = spa()
    return wc.face(club, noa(club), at=at(12))


STORED: dict[str, Callable[[], wc.Card | wc.Program | wc.Event | wc.Face]] = {
    "card": card,
    "program": program,
    "event": event,
    "face": face,
}


@pytest.mark.parametrize("kind", STORED)
def test_a_value_comes_back_equal_and_says_what_it_is(kind: str) -> None:
    value = STORED[kind]()

    text = value.to_json()

    assert type(value).from_json(text) == value
    assert type(value).from_json(text.encode()).to_json() == text
    assert json.loads(text).keys() == {"walletcard", "kind", kind}
    assert (json.loads(text)["walletcard"], json.loads(text)["kind"]) == (1, kind)


@pytest.mark.parametrize("kind", STORED)
def test_what_version_1_wrote_is_read_for_ever(kind: str) -> None:
    text = (FIXTURES / f"{kind}.json").read_text(encoding="utf-8")

    assert type(STORED[kind]()).from_json(text) == STORED[kind]()


def test_f7_the_same_card_gives_byte_equal_face_json() -> None:
    assert face().to_json() == face().to_json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", "not written by walletcard"),
        ('{"walletcard": 2, "kind": "event", "event": {}}', "version 2"),
        ('{"walletcard": true, "kind": "event", "event": {}}', "version True"),
        ('{"walletcard": 1, "kind": "card", "card": {}}', 'holds "card"'),
        ('{"walletcard": 1, "kind": "event", "event": {}}', "missing"),
        ('{"walletcard": 1, "kind": "event", "event": []}', "need an object"),
        ('{"walletcard": 1, "walletcard": 1, "kind": "event", "event": {}}', "twice"),
        ('{"walletcard": 1, "kind": "event", "event": {"id": "a", "stamps": NaN}}', "NaN is not a number"),
        ('{"walletcard": 1, "kind": "event", "event": {"id": "a", "stamps": 1.0}}', "not a whole number"),
        ('{"walletcard": 1, "kind": "event", "event": {"kind": "visit", "id": 3}}', "got 3"),
        ('{"walletcard": 1, "kind": "event", "event": {"kind": "visit", "id": "a", "at": "noon"}}', 'got "noon"'),
        ("[" * 100_000, "not plain JSON"),
        (b"\xff", "not UTF-8 at byte 0"),
    ],
)
def test_anything_else_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.Event.from_json(text)

    assert said in str(refused.value)
    assert refused.value.code == "json.invalid"


def test_an_unknown_attribute_is_refused_and_the_nearest_named() -> None:
    text = event().to_json().replace('"stamps"', '"stampz"')

    with pytest.raises(InvalidCardError) as refused:
        wc.Event.from_json(text)

    assert (refused.value.where, refused.value.hint) == ("event.stampz", 'did you mean "stamps"?')


def test_a_rule_of_the_model_holds_for_what_is_read() -> None:
    text = event().to_json().replace('"stamps": 2', '"stamps": -2')

    with pytest.raises(InvalidCardError) as refused:
        wc.Event.from_json(text)

    assert refused.value.where == "event.stamps"


@pytest.mark.parametrize("name", ["cycle_from", "last_stamp"])
def test_the_time_of_a_stamp_without_a_zone_is_refused_when_a_card_is_read(name: str) -> None:
    club = cafe(stamps={"expires": Expiry(kind="idle", days=30)})
    stored = json.loads(run(club, priya(club), wc.Event.visit(id="till-1", at=at(10)))[0].to_json())
    stored["card"][name] = "2026-11-21T10:00:00"

    with pytest.raises(InvalidCardError) as refused:
        wc.Card.from_json(json.dumps(stored))

    assert (refused.value.code, refused.value.where) == ("value.type", f"card.{name}")


def test_reading_a_card_looks_at_each_lot_and_voucher_once_however_many_events_there_are() -> None:
    entries = tuple(Entry(id=f"e{n}", at=at(10), kind="purchase", digest="0", lots=1) for n in range(200))
    lots = tuple(_CountedLot(id=f"e{n}.1", points=1, left=1, earned=at(10)) for n in range(200))
    _CountedLot.asked = 0

    check_whole(replace(priya(cafe()), entries=entries, lots=lots))

    assert _CountedLot.asked < 4 * len(lots)


class _CountedLot(Lot):
    """A lot that counts how often its id is asked for."""

    asked = 0

    def __getattribute__(self, name: str) -> object:
        if name == "id":
            _CountedLot.asked += 1
        return super().__getattribute__(name)
