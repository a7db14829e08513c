"""What a web app around walletcard does, without its framework: who joins, who is stamped, what a phone asks for.

Everything is kept in memory, to be read on one page. A real app keeps it in its database, and locks a card's row where
this takes a lock.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import stamp_card

import walletcard as wc
from walletcard import apple, google, testing, tokens
from walletcard.errors import TokenError

ISSUER_ID = "3388000000012345678"


class Reply(NamedTuple):
    """What the app answers, for any framework."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}


@dataclass
class Counter:
    """The café's counter."""

    url: str = "https://cards.example.com"
    program: wc.Program = field(default_factory=lambda: stamp_card.copper_kettle("https://example.com/kettle.png"))
    identity: apple.Identity = field(default_factory=testing.throwaway_identity)
    account: google.ServiceAccount = field(default_factory=testing.throwaway_service_account)
    keys: tokens.KeyRing = field(
        default_factory=lambda: tokens.KeyRing({"1": tokens.KeyRing.new_key()}, signing="1"), repr=False
    )
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    cards: dict[str, wc.Card] = field(default_factory=dict)
    shown: dict[str, wc.Card] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    modified: dict[str, datetime] = field(default_factory=dict)
    devices: dict[str, set[str]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    # The customer.

    def join(self, name: str, *, user_agent: str, at: datetime | None = None) -> Reply:
        """Make a card and send it to the wallet of the phone that asked."""
        at = at or datetime.now(UTC)
        card_id = tokens.new_code(prefix="CK-")
        try:
            card = wc.join(self.program, id=card_id, member=name or None, at=at)
        except wc.WalletCardError as error:
            return Reply(400, str(error).encode(), {"Content-Type": "text/plain; charset=utf-8"})
        with self.lock:
            self._keep(card, at)
        if "Android" in user_agent:
            link = wc.make_save_link(self._face(card, at), account=self.account, issuer_id=ISSUER_ID, at=at)
            return Reply(303, headers={"Location": link.url})
        return self._pass_of(card, at)

    # The till.

    def stamp(self, code: str, *, receipt: str, at: datetime | None = None) -> Reply:
        """Stamp the card whose code was scanned; the same receipt twice stamps once."""
        at = at or datetime.now(UTC)
        plain = {"Content-Type": "text/plain; charset=utf-8"}
        try:
            scanned = tokens.verify(code, keys=self.keys, program=self.program.id, kind="member", at=at)
            event = wc.Event.visit(id=receipt, at=at)
        except (TokenError, wc.WalletCardError) as error:
            return Reply(400, str(error).encode(), plain)
        with self.lock:
            card = self.cards.get(scanned.card or "")
            if card is None:
                return Reply(404, b"no such card", plain)
            card, outcome = wc.apply(self.program, card, event)
            if outcome.status == "applied":
                self._keep(card, at)
        # Here a real app pushes to the card's iPhones, and sends google.patch(...) for Android.
        return Reply(409 if outcome.status == "refused" else 200, outcome.text.encode(), plain)

    def code_of(self, card_id: str) -> str:
        """Return the code on a member's card."""
        return tokens.issue("member", keys=self.keys, program=self.program.id, card=card_id)

    # An iPhone: https://developer.apple.com/documentation/walletpasses/adding-a-web-service-to-update-passes

    def register(self, device: str, serial: str, authorization: str) -> Reply:
        """Remember a device that wants to hear of a pass."""
        if not self._lets_in(serial, authorization):
            return Reply(401)
        with self.lock:
            known = serial in self.devices.setdefault(device, set())
            self.devices[device].add(serial)
        return Reply(200 if known else 201)

    def unregister(self, device: str, serial: str, authorization: str) -> Reply:
        """Forget it."""
        if not self._lets_in(serial, authorization):
            return Reply(401)
        with self.lock:
            self.devices.get(device, set()).discard(serial)
        return Reply(200)

    def updated(self, device: str, since: str) -> tuple[list[str], str] | None:
        """Return the passes of a device that have changed since a tag, and the new tag; ``None`` for none."""
        last = int(since) if since.isascii() and since.isdigit() and len(since) < 20 else 0
        with self.lock:
            found = [one for one in sorted(self.devices.get(device, ())) if self.changed.get(one, 0) > last]
            return (found, str(max(self.changed[one] for one in found))) if found else None

    def latest(self, serial: str, authorization: str, *, since: str | None = None, at: datetime | None = None) -> Reply:
        """Return a pass as it is now, or say that the phone has it."""
        if not self._lets_in(serial, authorization):
            return Reply(401)
        card = self.cards[serial.partition(".")[2]]
        if apple.unchanged(since, modified=self.modified[card.id]):
            return Reply(304)
        return self._pass_of(card, at or datetime.now(UTC))

    def _lets_in(self, serial: str, authorization: str) -> bool:
        if serial.partition(".")[2] not in self.cards:
            return False
        wanted = f"ApplePass {self._updates(serial).token}"
        return hmac.compare_digest(wanted.encode(), authorization.encode())

    def _updates(self, serial: str) -> apple.Updates:
        return apple.Updates.derived(url=f"{self.url}/wallet", secret=self.secret, serial=serial)

    def _keep(self, card: wc.Card, at: datetime) -> None:
        if card.id in self.cards:
            self.shown[card.id] = self.cards[card.id]
            at = max(at, self.modified[card.id] + timedelta(seconds=1))  # HTTP knows whole seconds alone.
        self.cards[card.id], self.modified[card.id] = card, at
        self.changed[f"{self.program.id}.{card.id}"] = max(self.changed.values(), default=0) + 1

    def _face(self, card: wc.Card, at: datetime) -> wc.Face:
        return wc.face(self.program, card, at=at, since=self.shown.get(card.id), code=self.code_of(card.id))

    def _pass_of(self, card: wc.Card, at: datetime) -> Reply:
        face = self._face(card, at)
        made = wc.make_pkpass(face, identity=self.identity, updates=self._updates(face.serial), at=at)
        return Reply(200, made, apple.headers(card.id, modified=self.modified[card.id]))
