"""What the seeds are made of: a small card of our own, a signed pass of it, and the certificate that vouches for it.

The private keys of the pass are gone: ``python -m fuzz.seeds`` made them, signed once and forgot them.
"""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from walletcard import (
    Card,
    Design,
    Earn,
    Event,
    Face,
    Field,
    Money,
    Picture,
    Points,
    Program,
    Reward,
    Stamps,
    apply,
    face,
    join,
)
from walletcard.model import BackText, Gift, Link, Membership, Milestone, Occasion, Place, Tier

FOLDER: Final = Path(__file__).parents[1] / "material"
AT: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""
    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG, its checksum right."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def stamp_card() -> Program:
    """Return a stamp card with most of what one can have."""
    coffee = Reward(id="coffee", title="Free coffee", valid_days=60)
    cake = Reward(id="cake", kind="addon", title="Cake", valid_days=30)
    return Program(
        id="kettle",
        name="Kettle",
        issuer="Kettle",
        locale="en-GB",
        zone="Europe/London",
        stamps=Stamps(goal=9, reward=coffee, milestones=(Milestone(at=3, reward=cake),), unit="visits"),
        design=Design(background="#3B2418", icon="cup", logo_url="https://example.com/a.png"),
        back=(BackText("Terms", "One stamp a drink."),),
    )


def points_card() -> Program:
    """Return a card of points and levels."""
    earn = (Earn(metric="amount", per=100, points=1, valid_months=12),)
    return Program(
        id="points",
        name="Points",
        issuer="Points",
        locale="ru",
        zone="Europe/Moscow",
        points=Points(earn=earn, catalogue=(Reward(id="cup", title="Cup", points=100),)),
        tiers=(Tier(id="base", name="Base", min_sessions=0), Tier(id="gold", name="Gold", min_sessions=5, discount=10)),
        membership=Membership(title="Year", months=12, discount=10),
        design=Design(background="#34495E", app_icon=Picture(png(29, 29)), logo_url="https://example.com/a.png"),
    )


def gift_card() -> Program:
    """Return a gift voucher."""
    gift = Gift(title="Gift", currency="GBP", valid_months=12)
    design = Design(background="#4A2545", icon="gift")
    return Program(
        id="gift", name="Gift", issuer="Gift", locale="en-GB", zone="Europe/London", gift=gift, design=design
    )


def events() -> tuple[Event, ...]:
    """Return a few things that happen."""
    return (
        Event.visit(id="v1", at=AT, amount=450),
        Event.purchase(id="p1", at=AT, amount=12_000, items=("tea",)),
        Event.grant(id="g1", at=AT, stamps=3),
        Event.earn(id="e1", at=AT, metric="amount", quantity=500),
        Event.redeem(id="cup", at=AT),
    )


def member(program: Program, *happened: Event) -> Card:
    """Return a card after some events."""
    card = join(program, id="CK-7F3A29", member="Priya S.", at=datetime(2026, 11, 20, tzinfo=UTC))
    for one in happened:
        card, _ = apply(program, card, one)
    return card


@cache
def faces() -> tuple[Face, ...]:
    """Return faces of several kinds."""
    stamps, points = stamp_card(), points_card()
    design = Design(background="#123C3A", icon="leaf", logo_url="https://example.com/logo.png")
    shared: dict[str, Any] = {"issuer": "Still Waters", "locale": "en-GB", "design": design, "description": "A card"}
    starts = datetime(2027, 1, 14, 19, 30, tzinfo=UTC)
    return (
        face(stamps, member(stamps, *events()[:3]), at=AT),
        face(points, member(points, *events()[:2]), at=AT),
        Face.gift(
            id="G1",
            title="Gift",
            balance=Money(6000, "GBP"),
            fields=(Field.front("for", "For", "Emma"), Field.back("m", "Message", "Happy birthday")),
            links=(Link("Book", "https://example.com/book"),),
            places=(Place(latitude=51.3, longitude=-2.3, text="Waiting."),),
            **shared,
        ),
        Face.event(
            id="E1",
            title="Workshop",
            program="couples",
            occasion=Occasion(starts=starts, ends=starts.replace(hour=22), venue="Hall", address="1 Road\nBath"),
            **shared,
        ),
        Face.generic(id="N1", title="Year", value="Gold", expires=starts, **shared),
    )


@cache
def pass_files() -> dict[str, bytes]:
    """Return the files of the signed pass."""
    with zipfile.ZipFile(FOLDER / "signed.pkpass") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def compact(value: object) -> bytes:
    """Return JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def zipped(files: dict[str, bytes], *, deflate: bool = True) -> bytes:
    """Return an archive as a stranger would make it."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", compresslevel=1) as one:
        warnings.simplefilter("ignore")  # Names that come twice are wanted here.
        for name, content in files.items():
            one.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED)
    return made.getvalue()
