"""An app that uses walletcard as its users do. Never run: type checkers read it, and must agree with every line.

Where a line says that it is wrong, a type checker must say so too: an ignore that is not needed is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, assert_type

import walletcard as wc
from walletcard import apple, google, loyalty, preview, render, testing, tokens, words
from walletcard.errors import InvalidDocumentError, TokenError, UnknownResultError
from walletcard.model import BackText, Milestone, Notice, Report, StripSpec, Unit


class Vault:
    """A signer of the app's own."""

    def sign(self, data: bytes, /) -> bytes:
        return data


class Wires:
    """A transport of the app's own."""

    def send(self, request: google.Request, *, timeout: float) -> google.Answer:
        return google.Answer(status=200, body=request.body or b"")


def programme() -> wc.Program:
    reward = wc.Reward(id="coffee", title="Free coffee", valid_days=60)
    return wc.Program(
        id="kettle",
        name="Copper Kettle",
        issuer="Copper Kettle",
        locale="en-GB",
        zone="Europe/London",
        stamps=wc.Stamps(
            goal=9, reward=reward, unit=Unit(label="Stamps", left={"one": "{n} coffee", "other": "{n} coffees"}),
            milestones=(Milestone(at=5, reward=wc.Reward(id="cake", title="A cake")),),
        ),
        limits=wc.Limits(min_interval_minutes=10),
        back=(BackText("Terms", "One stamp a drink."),),
        design=wc.Design(background="#3B2418", icon="cup", logo_url="https://example.com/logo.png"),
    )  # fmt: skip


def at_the_till(club: wc.Program, card: wc.Card, scanned: str, keys: tokens.KeyRing) -> wc.Card:
    try:
        token = tokens.verify(scanned, keys=keys, program=club.id, kind="member")
    except TokenError as error:
        assert_type(error.code, str)
        return card
    assert_type(token.card, str | None)
    after, outcome = wc.apply(club, card, wc.Event.visit(id="till-1", at=datetime.now(UTC), amount=380))
    assert_type(after, wc.Card)
    assert_type(outcome, wc.Outcome)
    assert_type(outcome.text, str)
    return after


def both_wallets(club: wc.Program, card: wc.Card, before: wc.Card) -> Iterator[bytes]:
    now = datetime.now(UTC)
    face = wc.face(club, card, at=now, since=before, locale="he")
    assert_type(face, wc.Face)
    identity = apple.Identity.from_p12(b"...", password="...", intermediate=b"...")
    held = apple.Identity.from_signer(Vault(), certificate=b"...", intermediate=b"...")
    assert_type(identity, apple.Identity)
    yield wc.make_pkpass(face, identity=identity, at=now)
    yield apple.build(face, identity=held, pictures=render.pictures(face, wallet="apple"))
    yield apple.sign({"formatVersion": 1}, {"icon.png": b"..."}, identity=testing.throwaway_identity())
    account = google.ServiceAccount.from_json(b"...")
    link = wc.make_save_link(face, account=account, issuer_id="3388000000012345678")
    assert_type(link, google.SaveLink)
    assert_type(link.left_out, tuple[str, ...])
    yield link.url.encode()
    yield preview.html(face, identity=identity).encode()
    if face.strip is not None:
        assert_type(face.strip, StripSpec)
        assert_type(render.strip(face.strip, scale=3), wc.Picture)


def to_google(face: wc.Face, account: google.ServiceAccount) -> google.Stored | None:
    client = google.Client(account, issuer_id="3388000000012345678", transport=Wires())
    card = google.resources(face, issuer_id="3388000000012345678")
    assert_type(card.object, dict[str, Any])
    for outcome in client.put_all([card]):
        assert_type(outcome, google.BatchOutcome)
    try:
        return client.patch_card(replace(face, title="New"), since=face)
    except UnknownResultError as error:
        assert_type(error.retry_after, float | None)
    except InvalidDocumentError as error:
        assert_type(error.issues, tuple[wc.Issue, ...])
    return None


def judged(data: bytes) -> Mapping[str, str]:
    found = apple.verify(data, roots=b"...")
    if found.verdict == "authentic":
        return found.properties
    return {issue.code: issue.hint for issue in apple.read(data).issues}


def owner(club: wc.Program, card: wc.Card, events: list[wc.Event]) -> Report:
    soon = loyalty.due(club, card, at=datetime.now(UTC) + timedelta(days=30))
    assert_type(soon, tuple[Notice, ...])
    assert_type(words.phrase_book("fa").number(3), str)
    return wc.measure(club, [(wc.replay(club, card, events), events)])


def mistakes(club: wc.Program, card: wc.Card) -> None:
    wc.face(club, card, at="2026-11-22")  # type: ignore[arg-type]  # not a text
    wc.Stamps(goal=9)  # type: ignore[call-arg]  # no reward
    wc.Design(background="#000", icon=5)  # type: ignore[arg-type]  # not a number
    wc.Money(5, "GBP").minor = 6  # type: ignore[misc]  # values do not change
    tokens.issue("membr", keys=tokens.KeyRing({}, signing="1"), program="a")  # type: ignore[arg-type]  # no such kind
    apple.Identity.from_signer(b"key", certificate=b"", intermediate=b"")  # type: ignore[arg-type]  # bytes do not sign
