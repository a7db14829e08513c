"""``demo``: nothing in; a cafe's stamp card for both wallets out, signed by identities that were made on the spot."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import walletcard as wc
from walletcard import preview, render, testing
from walletcard._clock import utc_now
from walletcard._commands._shell import GOOD, complain, moment, say, shown, written
from walletcard.errors import WalletCardError

_ISSUER: Final = "3388000000000000000"
_LOGO: Final = "https://example.com/logo.png"
_TOLD: Final = """
Made with throw-away identities: the pass is truly signed and the link well formed, and phones refuse both.
Open {page} to see the card. To check the pass: walletcard check {card} --roots {root}
For cards that phones take, bring your own identity and account: see the README."""


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument("--out", type=Path, default=Path("demo"), metavar="DIR", help="the folder; demo by default")
    command.add_argument("--at", type=moment, metavar="TIME", help="as if it were then, such as 2026-12-31T12:00Z")
    command.set_defaults(run=_demo)


def _demo(given: argparse.Namespace) -> int:
    try:
        for name, content in _files(utc_now() if given.at is None else given.at).items():
            path = written(given.out / name, content)
            say(f"{shown(str(path))}  {len(content):,} bytes")
    except WalletCardError as error:
        return complain(error)
    named = {"page": "preview.html", "card": "card.pkpass", "root": "throwaway-root.pem"}
    say(_TOLD.format(**{key: shown(str(given.out / name)) for key, name in named.items()}))
    return GOOD


def _files(at: datetime) -> Mapping[str, bytes]:
    """Return the files by name."""
    before, face = _cards(at)
    identity, account = testing.throwaway_identity(at=at), testing.throwaway_service_account()
    link = wc.make_save_link(face, account=account, issuer_id=_ISSUER, at=at)
    page = preview.html(face, previous=before, identity=identity, issuer_id=_ISSUER, at=at)
    files = {
        "card.pkpass": wc.make_pkpass(face, identity=identity, at=at),
        "throwaway-root.pem": identity.root_pem,
        "save-link.txt": f"{link.url}\n".encode(),
        "preview.html": page.encode(),
    }
    if face.strip is not None:
        files["strip@3x.png"] = render.strip(face.strip, scale=3).png
    return files


def _cards(at: datetime) -> tuple[wc.Face, wc.Face]:
    """Return a member's card before and after a visit."""
    coffee = wc.Reward(id="coffee", title="Free coffee", in_sentence="for a free coffee", valid_days=60)
    club = wc.Program(
        id="corner-cafe",
        name="Corner Cafe",
        issuer="Corner Cafe",
        locale="en-GB",
        zone="Europe/London",
        stamps=wc.Stamps(goal=9, reward=coffee, reward_cell=True),
        rule_text="Buy 9 coffees and the 10th is on us.",
        design=wc.Design(background="#3B2418", icon="cup", logo_url=_LOGO),
    )
    joined = at - timedelta(days=30)
    card = wc.join(club, id="CC-7F3A29", member="Sam", at=joined)
    before = wc.replay(club, card, [wc.Event.grant(id="paper-card", at=joined, stamps=5)])
    after, _ = wc.apply(club, before, wc.Event.visit(id="till-1", at=at))
    return wc.face(club, before, at=at), wc.face(club, after, at=at, since=before)
