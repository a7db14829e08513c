"""The catalogue of bad inputs, sections A, B, F, O and P: each row with the code and words that a user is told.

The other sections have their tests beside what they are about; ``test_catalogue_rows.py`` counts them all.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cards import COFFEE, cafe
from tests.contract import doors
from tests.contract.doors import AT

import walletcard as wc
from walletcard import apple, model, render, tokens
from walletcard.errors import Issue, WalletCardError
from walletcard.tokens import KeyRing

Act = Callable[[], Any]
NAMES: dict[str, Any] = {
    "id": "CK-1", "issuer": "Kettle", "title": "Coffee", "description": "Stamp card", "locale": "en-GB",
    "design": wc.Design(background="#3B2418"),
}  # fmt: skip
STORED = cafe().to_json()
LOOP: dict[str, Any] = {}
LOOP["a"] = LOOP


def stamps(**changes: Any) -> Act:
    return lambda: wc.Stamps(**{"goal": 9, "reward": COFFEE, **changes})


def program(**changes: Any) -> Act:
    return lambda: cafe(**changes)


def face(**changes: Any) -> Act:
    return lambda: wc.Face(**{name: value for name, value in {**NAMES, **changes}.items() if value is not ...})


def stored(text: Any) -> Act:
    return lambda: wc.Program.from_json(text)


def colour(text: str) -> Act:
    return lambda: wc.Design(background=text)


def link(url: str) -> Act:
    return lambda: model.Link("Book", url)


def document(**keys: Any) -> Act:
    return lambda: apple.lint({"formatVersion": 1, "storeCard": {}, **keys})


def back(**field: Any) -> Act:
    return document(storeCard={"backFields": [{"key": "a", "value": 5, **field}]})


def built(**options: Any) -> bytes:
    card = face()()
    pictures = render.pictures(card, wallet="apple")
    return apple.build(card, identity=doors.identity(), pictures=pictures, at=AT, **options)


def kept(**values: Any) -> Act:
    return lambda: built(extra={"userInfo": values})


def of_ten(count: int) -> wc.Card:
    rules = model.CycleRules(since=1, goal=10, reward=COFFEE)
    return wc.Card(id="A", program="b", joined=AT, stamps=count, rules=(rules,))


def filled(count: int) -> model.StripSpec:
    plain: model.StripSpec = NAMES["design"].strip(direction="ltr")
    return replace(plain, mode="grid", cells=10, filled=count)


def fields(count: int) -> tuple[wc.Field, ...]:
    return tuple(wc.Field.front(f"f{number}", "A", "B") for number in range(count))


def german(**changes: Any) -> Act:
    return lambda: apple.check(face()(), translations=(face(locale="de", **changes)(),))


def drawn(**colours: Any) -> Act:
    return lambda: apple.check(face(design=wc.Design(background="#3B2418", **colours))())


def spoken(**words: str) -> Act:
    club = cafe(words=words)
    return lambda: wc.face(club, wc.join(club, id="A", at=AT), at=AT)


KEYS = KeyRing({"new": KeyRing.new_key()}, signing="new")
OLD = KeyRing({"old": KeyRing.new_key()}, signing="old")
MEMBER = tokens.issue("member", keys=KEYS, program="club", card="CK-1", at=AT)
JOIN = tokens.issue("join", keys=KEYS, program="club", source="poster", at=AT)
RETIRED = tokens.issue("member", keys=OLD, program="club", card="CK-1", at=AT)
JWT = "eyJhbGciOiJub25lIn0.eyJjYXJkIjoiQ0stMSJ9."


def scan(text: Any, *, kind: Any = "member", shop: str = "club") -> Act:
    return lambda: tokens.verify(text, keys=KEYS, program=shop, kind=kind, at=AT)


ROWS: list[tuple[str, str, Act]] = [
    # A: the card.
    ("B001", "stamps.goal: 0 is below 1; use 1 to 30", stamps(goal=0)),
    ("B002", "stamps.goal: -3 is below 1; use 1 to 30", stamps(goal=-3)),
    ("B003", "stamps.goal: 1000000 is over 30; use 1 to 30, or use points", stamps(goal=10**6)),
    ("B003", "stamps.goal: a huge number is over 30", stamps(goal=10**6_000)),
    ("B005", "stamps.goal: got True, need a whole number; give 1 to 30; use 1 if you meant", stamps(goal=True)),
    ("B006", "stamps.goal: got 10.5, need a whole number", stamps(goal=10.5)),
    ("B006", "stamps.goal: got 10.0, need a whole number", stamps(goal=10.0)),
    ("B007", "card.stamps: 11 is over 9; use 0 to 9", lambda: of_ten(11)),
    ("B007", "strip.filled: 11 is over 10; use 0 to 10", lambda: filled(11)),
    ("B009", "strip.filled: got nan, need a whole number", lambda: filled(float("nan"))),  # type: ignore[arg-type]
    ("B009", "strip.filled: got inf, need a whole number", lambda: filled(float("inf"))),  # type: ignore[arg-type]
    ("B010", "program.name: empty; give a text a customer will know", program(name="")),
    ("B010", "program.name: empty", program(name="   ")),
    ("B011", "program.name: missing; give a text", program(name=None)),
    ("B013", "program.name: 1000000 characters, over 64; shorten it", program(name="a" * 10**6)),
    ("B014", "program.name: holds half a character (U+D800) at position 4; read", program(name="Cafe\ud800")),
    ("B015", "program.rule_text: control character U+0000 at position 3", program(rule_text="Buy\0")),
    ("B017", 'Program(stampz): no such argument; did you mean "stamps"?', program(stampz=3)),
    ("B017", 'program.stampz: no such attribute; did you mean "stamps"?', stored(STORED.replace("stamps", "stampz"))),
    ("B018", "Face: issuer missing; give issuer=...", face(issuer=...)),
    ("B018", "face.issuer: empty", face(issuer="")),
    ("B018", "pass.json organizationName: missing; iOS needs it", document()),
    ("B019", "Face: description missing", face(description=...)),
    ("B019", "pass.json description: missing", document()),
    ("B021", 'face.id: "." is not allowed (position 0); use A-Z a-z 0-9 _ -', face(id="../../etc/passwd")),
    ("B022", "face.id: 300 characters, need 1 to 64", face(id="a" * 300)),
    ("B023", 'passes[1]: the same pass as passes[0], "loyalty.CK-1"', lambda: apple.bundle([built()] * 2)),
    ("B025", "pass.json storeCard.secondaryFields and auxiliaryFields: 12 fields, storeCard shows 4; move the others",
     lambda: apple.check(face(fields=fields(12))())),
    ("B026", "pass.json userInfo.a.a: contains itself; pass plain data", kept(**LOOP)),
    ("B026", "pass.json userInfo.a: contains itself", document(userInfo=LOOP)),
    ("B027", "pass.json userInfo.since: datetime cannot be stored; turn it into text first", kept(since=AT)),
    ("B027", "pass.json userInfo.since: Decimal cannot be stored", kept(since=Decimal(1))),
    ("B027", "pass.json userInfo.since: bytes cannot be stored", kept(since=b"a")),
    # B: colours, links, amounts.
    ("B029", 'design.background: "#12345" is not a colour; write #rrggbb', colour("#12345")),
    ("B030", 'design.background: a part of "rgb(300,0,0)" is over 255', colour("rgb(300,0,0)")),
    ("B031", 'design.background: "tomatoo" is not a colour', colour("tomatoo")),
    ("B033", "design.background: has transparency; wallets show solid colours", colour("#11223344")),
    ("B034", "design.foreground: #3B2419 on #3B2418 has contrast 1.00, need 4.5; the nearest that passes is #9A8E88",
     drawn(foreground="#3B2419")),
    ("B035", 'design.background: "rgb(1.5,2,3)" is not a colour', colour("rgb(1.5,2,3)")),
    ("B035", "design.background: ", colour("rgb(\uff11,2,3)")),
    ("B037", "link.url: not an https address", link("http://example.com")),
    ("B038", "link.url: holds a user name or password; remove it", link("https://user:word@example.com")),
    ("B039", "link.url: the address has no valid host; check the spelling", link(f"https://{'a' * 70}.com")),
    ("B039", "link.url: the address has no valid host", link("https://example.com:99999")),
    ("B041", "money.minor: got inf, need a whole number", lambda: wc.Money(1e400, "GBP")),  # type: ignore[arg-type]
    ("B041", "money.minor: got Decimal", lambda: wc.Money(Decimal("NaN"), "GBP")),  # type: ignore[arg-type]
    ("B041", "pass.json storeCard.backFields[0].value: inf is not a finite number", back(value=float("inf"))),
    ("B042", "pass.json storeCard.backFields[0]", back(currencyCode="GBP", dateStyle="PKDateStyleShort")),
    # F: languages and templates.
    ("B101", "program.name['../x']: \"../x\" is not a language code", program(name={"../x": "A"})),
    ("B101", 'program.locale: "en/../.." is not a language code', program(locale="en/../..")),
    ("B101", 'program.locale: "en.lproj" is not a language code', program(locale="en.lproj")),
    ("B101", 'program.locale: "" is not a language code', program(locale="")),
    ("B101", 'card.locale: "../x" is not', lambda: wc.join(cafe(), id="A", at=AT, locale="../x")),
    ("B102", "program.name['klingon']: \"klingon\" is not a language code", program(name={"klingon": "A"})),
    ("B103", 'words.rewrad_ready: no such phrase; did you mean "reward_ready"?', spoken(rewrad_ready="Yours")),
    ("B103", 'translations[0].fields: in de only: "f0"', german(fields=fields(1))),
    ("B106", "field a.change: needs %@ exactly once", lambda: wc.Field.front("a", "A", "B", change="Now %d stamps")),
    ("B106", "pass.json storeCard.backFields[0].changeMessage", back(changeMessage="Now %d stamps")),
    ("B107", "program.name['de']: got 5, need text; put it in quotes", program(name={"de": 5})),
    ("B107", "program.words['one_left']: got 5, need text", program(words={"one_left": 5})),
    ("B109", "program: begins with a byte order mark; save it", stored(codecs.BOM_UTF8 + STORED.encode())),
    ("B109", "program: not UTF-8 at byte 0", stored(STORED.encode("utf-16"))),
    ("B109", "program: not UTF-8 at byte 6", stored(STORED.encode()[:6] + b"\xff")),
    ("B110", 'program: key "id" is there twice', stored(STORED.replace('"id":', '"id": "a", "id":', 1))),
    ("B111", "program: 1e999 is not a number", stored('{"walletcard": 1e999}')),
    ("B111", "program: NaN is not a number", stored('{"walletcard": NaN}')),
    # O: scanned tokens.
    *(("B309", "scan: ", scan(text)) for text in ("", "A" * 10**7, "\0\1", "http://a.b", "WIFI:S:a;;", "400638133393")),
    ("B310", "scan: the code was altered or misread; scan it again", scan(f"{MEMBER[:-2]}{MEMBER[:-3:-1]}")),
    *(("B311", "scan: ", scan(text)) for text in (MEMBER + "=", " " + MEMBER, MEMBER.lower(), MEMBER + "\r\r")),
    ("B313", "scan: this is a join code, not a member code; scan the code on the customer's card", scan(JOIN)),
    ("B314", "scan: a code of another programme; it cannot be used here", scan(MEMBER, shop="other")),
    ("B315", "scan: an old code, its key is no longer listed; ask the customer to refresh", scan(RETIRED)),
    *(("B321", "scan: ", scan(text)) for text in (JWT, "." * 3, '{"alg":"none"}')),
    # P: names of files.
    *(("B325", "name: ", lambda name=name: apple.headers(name)) for name in ("a" * 300, "a\0b", "../a")),
]  # fmt: skip


def told(act: Act) -> list[Issue]:
    """Return what a user is told, by an error or by a judgement."""
    try:
        found = act()
    except WalletCardError as error:
        single = Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)
        return list(getattr(error, "issues", ()) or [single])
    return list(found) if isinstance(found, tuple) else []


@pytest.mark.parametrize(("row", "said", "act"), ROWS, ids=[f"{row}-{n}" for n, (row, _, _) in enumerate(ROWS)])
def test_row_of_the_catalogue(row: str, said: str, act: Act) -> None:
    issues = told(act)

    lines = [str(one) for one in issues]
    assert any(line.startswith(said) for line in lines), (row, lines)
    assert all(len(line) <= 240 and line.isprintable() for line in lines)
    assert all(one.code and one.hint for one in issues)


def test_b105_a_text_that_looks_like_a_table_of_texts_comes_back_as_it_was() -> None:
    evil = 'x"; "logoText" = "evil'
    first = face(fields=(wc.Field.back("a", "A", "B"),))()
    other = replace(first, locale="de", fields=(wc.Field.back("a", "A", evil),))
    pictures = render.pictures(first, wallet="apple")

    made = apple.build(first, identity=doors.identity(), pictures=pictures, at=AT, translations=(other,))

    table = apple.read(made).languages["de"]
    assert evil in table.values()
    assert "evil" not in table.values()
    assert "logoText" not in table


def test_b311_one_line_end_of_a_scanner_is_taken_off() -> None:
    assert {scan(MEMBER + end)().card for end in ("", "\r", "\n", "\r\n")} == {"CK-1"}


def test_b317_the_same_event_again_is_told_as_a_duplicate_and_changes_nothing() -> None:
    club, event = cafe(), wc.Event.visit(id="till-1", at=AT)
    card, first = wc.apply(club, wc.join(club, id="A", at=AT), event)

    again, second = wc.apply(club, card, event)

    assert (first.status, second.status, second.conflict) == ("applied", "duplicate", False)
    assert again == card


def test_b318_the_same_card_within_the_interval_is_told_when_it_may_come_again() -> None:
    club = cafe(limits=wc.Limits(min_interval_minutes=5))
    card, _ = wc.apply(club, wc.join(club, id="A", at=AT), wc.Event.visit(id="till-1", at=AT))

    same, outcome = wc.apply(club, card, wc.Event.visit(id="till-2", at=AT + timedelta(seconds=20)))

    assert (outcome.status, outcome.reason, outcome.retry_at) == ("refused", "cooldown", AT + timedelta(minutes=5))
    assert same == card


def test_f39_a_certificate_that_ends_at_midnight_signs_until_then() -> None:
    identity = doors.identity()
    pictures, ends = render.pictures(face()(), wallet="apple"), identity.not_after
    options: dict[str, Any] = {"identity": identity, "pictures": pictures}

    assert apple.build(face()(), at=ends - timedelta(seconds=1), **options)
    [error] = told(lambda: apple.build(face()(), at=ends + timedelta(seconds=1), **options))

    assert error.code == "key.expired"


def _events() -> Iterator[wc.Event]:
    yield wc.Event.visit(id="till-1", at=AT)


def test_events_may_come_from_a_generator() -> None:
    club = cafe()

    assert wc.replay(club, wc.join(club, id="A", at=AT), _events()).stamps == 1
