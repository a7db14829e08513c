"""What surrounds a card: where a tap leads, where it is used, when and where it admits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote

from walletcard.errors import quoted
from walletcard.model._checks import Findings, fixed
from walletcard.model._design import MAX_URL, check_https
from walletcard.model._reward import MAX_NAME
from walletcard.model._text import Text, frozen_text

MAX_PLACES: Final = 10  # Apple uses ten, Google refuses the eleventh.
MAX_LINKS: Final = 10  # Google shows ten.
_OTHER_SCHEMES: Final = ("mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a tap on the back of the card leads.

    Attributes:
        label: What is there: "Book a table".
        url: An address that starts with ``https://``, ``tel:`` or ``mailto:``.
        shared: The same on every card of the programme: Google keeps it once, on the class.
    """

    label: Text
    url: str
    shared: bool = False

    def __post_init__(self) -> None:
        findings = Findings("link")
        object.__setattr__(self, "label", frozen_text(findings, "label", self.label, limit=MAX_NAME))
        findings.flag("shared", self.shared)
        if findings.text("url", self.url, limit=MAX_URL):
            _check_address(findings, self.url)
        findings.finish()

    @property
    def shown(self) -> str:
        """The address as a person reads it: a telephone number and a mail address without what stands before."""
        for scheme in _OTHER_SCHEMES:
            if self.url.startswith(scheme):
                return unquote(self.url.removeprefix(scheme).split("?", 1)[0])
        return self.url


def _check_address(findings: Findings, url: str) -> None:
    if not url.startswith(_OTHER_SCHEMES):
        check_https(findings, "url", url)
        return
    target = url.split(":", 1)[1].split("?", 1)[0]
    if url.startswith("tel:"):
        good = sum(one.isdigit() for one in target) >= 3 and all(one in "+0123456789-.()*#" for one in target)
    else:
        name, _, host = target.partition("@")
        good = bool(name and host) and not any(one.isspace() for one in target)
    if not good:
        hint = "write tel:+441225550179" if url.startswith("tel:") else "write mailto:hello@example.com"
        findings.add("link.invalid", "url", "nobody can be reached there", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the card is used: near it an iPhone offers the card on the lock screen.

    Attributes:
        latitude: Degrees, -90 to 90; south is negative.
        longitude: Degrees, -180 to 180; west is negative.
        text: What the lock screen says there: "Your stamps are waiting".
        shared: The same on every card of the programme.
    """

    latitude: float
    longitude: float
    text: Text | None = None
    shared: bool = False

    def __post_init__(self) -> None:
        findings = Findings("place")
        for name, limit in (("latitude", 90), ("longitude", 180)):
            self._check_degrees(findings, name, limit)
        if self.text is not None:
            object.__setattr__(self, "text", frozen_text(findings, "text", self.text, limit=MAX_NAME))
        findings.flag("shared", self.shared)
        findings.finish()

    def _check_degrees(self, findings: Findings, name: str, limit: int) -> None:
        value = getattr(self, name)
        if type(value) not in (int, float):
            findings.add("place.degrees", name, f"got {quoted(value)}, need a number", "give degrees, such as 51.3781")
        elif isinstance(value, float) and not math.isfinite(value):
            findings.add("place.degrees", name, "not a finite number", "give degrees, such as 51.3781")
        elif abs(value) > limit:
            hint = "latitude and longitude may be swapped"
            findings.add("place.degrees", name, f"{quoted(value)} is outside -{limit} to {limit}", hint)
        else:
            object.__setattr__(self, name, float(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When and where a ticket admits.

    Attributes:
        starts: Aware, in the zone of the place: the card says that time.
        ends: Aware; ``None`` when it is not known.
        doors: From when one may come in; aware, ``None`` for no such time.
        venue: The place's name.
        address: Its address; lines are divided by line breaks.
    """

    starts: datetime
    ends: datetime | None = None
    doors: datetime | None = None
    venue: str | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        findings = Findings("occasion")
        given = [name for name in ("starts", "ends", "doors") if name == "starts" or getattr(self, name) is not None]
        valid = [findings.moment(name, getattr(self, name)) for name in given]
        if all(valid):
            for name in given:
                object.__setattr__(self, name, fixed(getattr(self, name)))
            self._check_order(findings)
        if self.venue is not None:
            findings.text("venue", self.venue, limit=MAX_NAME)
        if self.address is not None:
            findings.text("address", self.address, limit=400, lines=True)
            if self.venue is None:
                findings.add("occasion.venue", "venue", "an address without a name", "name the place: venue=...")
        findings.finish()

    def _check_order(self, findings: Findings) -> None:
        if self.ends is not None and self.ends <= self.starts:
            findings.add("time.order", "ends", "not after starts", "swap the two")
        if self.doors is not None and not timedelta() <= self.starts - self.doors <= timedelta(days=1):
            findings.add("time.order", "doors", "not within the day before starts", "check the time")


def check_around(findings: Findings, links: tuple[Link, ...], places: tuple[Place, ...]) -> bool:
    """Check that there are not more links and places than wallets use; return whether they are links and places."""
    every = True
    for name, value, kind, most in (("links", links, Link, MAX_LINKS), ("places", places, Place, MAX_PLACES)):
        if not findings.entries(name, value, kind):
            every = False
        elif len(value) > most:
            findings.add(f"face.{name}", name, f"{len(value)}, and wallets use {most}", f"keep the {most} best")
    return every
