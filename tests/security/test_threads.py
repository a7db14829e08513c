"""Sixty-four threads share two identities, two accounts and two programmes, and nothing of one gets into the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, NamedTuple

import jwt
import pytest

import walletcard as wc
from walletcard import apple, testing, tokens
from walletcard.testing._apple import ThrowawayIdentity
from walletcard.testing._google import ThrowawayServiceAccount

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
THREADS = 64


class Shop(NamedTuple):
    """One business: its programme and its keys."""

    program: wc.Program
    identity: ThrowawayIdentity
    account: ThrowawayServiceAccount
    ring: tokens.KeyRing
    issuer_id: str


class Made(NamedTuple):
    """What one thread made for one member."""

    shop: int
    member: str
    stamps: int
    pkpass: bytes
    url: str
    code: str


def shop(name: str, colour: str, *, goal: int, locale: str, issuer_id: str) -> Shop:
    program = wc.Program(
        id=name.lower(), name=name, issuer=f"{name} Ltd", locale=locale, zone="Europe/London",
        stamps=wc.Stamps(goal=goal, reward=wc.Reward(id="free", title=f"Free at {name}")),
        design=wc.Design(background=colour, logo_url=f"https://example.com/{name.lower()}.png"),
    )  # fmt: skip
    return Shop(
        program=program,
        identity=testing.throwaway_identity(AT),
        account=testing.throwaway_service_account(),
        ring=tokens.KeyRing({"1": tokens.KeyRing.new_key()}, signing="1"),
        issuer_id=issuer_id,
    )


@pytest.fixture(scope="module")
def shops() -> tuple[Shop, Shop]:
    kettle = shop("Kettle", "#3B2418", goal=9, locale="en-GB", issuer_id="3388000000012345678")
    lotus = shop("Lotus", "#123C3A", goal=6, locale="ru", issuer_id="3399000000087654321")
    return kettle, lotus


@pytest.fixture(autouse=True)
def hurried() -> Iterator[None]:
    """Let Python change threads a hundred times as often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-5)
    yield
    sys.setswitchinterval(before)


def make(shops: tuple[Shop, Shop], number: int, start: Barrier) -> list[Made]:
    """Make a card at each shop, in an order of the thread's own, all threads at once."""
    start.wait(timeout=30)
    made = []
    for which in (number % 2, 1 - number % 2):
        one, member, stamps = shops[which], f"M-{number}", number % 5 + 1
        card = wc.join(one.program, id=member, member=f"Guest {number}", at=AT)
        for day in range(stamps):
            card, _ = wc.apply(one.program, card, wc.Event.visit(id=f"{number}-{day}", at=AT + timedelta(days=day)))
        code = tokens.issue("member", keys=one.ring, program=one.program.id, card=member)
        face = wc.face(one.program, card, at=AT + timedelta(days=6), code=code)
        url = wc.make_save_link(face, account=one.account, issuer_id=one.issuer_id, at=AT).url
        made.append(Made(which, member, stamps, wc.make_pkpass(face, identity=one.identity, at=AT), url, code))
    return made


def claims(link: str, account: ThrowawayServiceAccount) -> dict[str, Any]:
    token = link.rsplit("/", 1)[1]
    options: Any = {"verify_aud": False, "verify_iat": False, "verify_exp": False}
    found: dict[str, Any] = jwt.decode(token, account.public_pem, algorithms=["RS256"], options=options)
    return found


@pytest.fixture(scope="module")
def everything(shops: tuple[Shop, Shop]) -> list[Made]:
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        return [one for many in pool.map(lambda number: make(shops, number, start), range(THREADS)) for one in many]


def test_every_pass_is_its_own_shops(shops: tuple[Shop, Shop], everything: list[Made]) -> None:
    assert len(everything) == 2 * THREADS
    for one in everything:
        mine, other = shops[one.shop], shops[1 - one.shop]
        package = apple.read(one.pkpass)
        text, signature = str(package.pass_json), package.files["signature"]
        assert apple.verify(one.pkpass, roots=mine.identity.root_pem, at=AT).verdict == "authentic"
        assert mine.identity.certificate in signature
        assert other.identity.certificate not in signature
        assert package.pass_json["serialNumber"] == f"{mine.program.id}.{one.member}"
        assert str(mine.program.name) in text
        assert str(other.program.name) not in text
        assert package.pass_json["barcodes"][0]["message"] == one.code
        assert tokens.verify(one.code, keys=mine.ring).card == one.member


def test_every_link_is_its_own_shops(shops: tuple[Shop, Shop], everything: list[Made]) -> None:
    for one in everything:
        mine, other = shops[one.shop], shops[1 - one.shop]
        held = claims(one.url, mine.account)
        assert mine.issuer_id in str(held)
        assert other.issuer_id not in str(held)
        assert f".{one.member}" in str(held)
        with pytest.raises(jwt.InvalidSignatureError):
            claims(one.url, other.account)


def test_the_same_card_is_the_same_bytes_from_every_thread(shops: tuple[Shop, Shop], everything: list[Made]) -> None:
    start = Barrier(1)

    for one in everything[::16]:
        again = {made.shop: made for made in make(shops, int(one.member.split("-")[1]), start)}
        assert again[one.shop] == one


def test_a_crossing_would_be_seen(shops: tuple[Shop, Shop], everything: list[Made]) -> None:
    mixed = [made._replace(shop=1 - made.shop) for made in everything[:1]]

    with pytest.raises(jwt.InvalidSignatureError):
        test_every_link_is_its_own_shops(shops, mixed)
    with pytest.raises(AssertionError):
        test_every_pass_is_its_own_shops(shops, mixed + everything[1:])
