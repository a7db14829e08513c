"""A loyalty programme: its rules, its words and its look; data, no code."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from walletcard.errors import Issue, quoted
from walletcard.model._advice import advice
from walletcard.model._around import Link, Place, check_around
from walletcard.model._checks import Findings, as_tuple, nearest, require
from walletcard.model._currency import check_currency, optional_amount
from walletcard.model._design import Design
from walletcard.model._earning import Points
from walletcard.model._hashed import Hashed, remembered
from walletcard.model._json import Stored
from walletcard.model._reward import MAX_NAME, MAX_SENTENCE, Reward
from walletcard.model._stamps import Stamps
from walletcard.model._standing import Gift, Membership, Referral, Tier, check_ladder
from walletcard.model._text import Text, Texts, check_placeholders, frozen_text, frozen_words

PLACEHOLDERS: Final = (
    "catalogue",
    "cycle",
    "expiring",
    "goal",
    "membership_to",
    "name",
    "next_expiry",
    "referral_code",
    "rule",
    "valid_to",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How often a card may earn. Grants, redemptions and reversals are not limited.

    Attributes:
        min_interval_minutes: Between two visits or purchases, by the time they happened; 0 for none.
        max_per_day: Visits and purchases in one local day; ``None`` for any number.
        min_purchase: The least amount paid that earns, in minor units; ``None`` for none.
    """

    min_interval_minutes: int = 0
    max_per_day: int | None = None
    min_purchase: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("limits")
        findings.whole("min_interval_minutes", self.min_interval_minutes, 0, 1_000_000)
        findings.optional_whole("max_per_day", self.max_per_day, 1, 10_000)
        optional_amount(findings, "min_purchase", self.min_purchase, 1, 10**12)
        findings.finish()


@dataclass(frozen=True, slots=True)
class BackText:
    """A text on the back of the card.

    Attributes:
        label: "Terms".
        text: May hold ``{rule}`` (the programme in one sentence), ``{name}``, ``{goal}``, ``{cycle}``,
            ``{catalogue}`` (what points buy), ``{expiring}`` (the points that end first, with their day),
            ``{next_expiry}`` (that day), ``{membership_to}``, ``{referral_code}`` and ``{valid_to}`` (of a gift
            voucher); a brace is written ``{{`` or ``}}``.
    """

    label: Text
    text: Text

    def __post_init__(self) -> None:
        findings = Findings("back")
        object.__setattr__(self, "label", frozen_text(findings, "label", self.label, limit=MAX_NAME))
        object.__setattr__(self, "text", frozen_text(findings, "text", self.text, limit=4_000, lines=True))
        check_placeholders(findings, "text", self.text, PLACEHOLDERS)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When `walletcard.due` reminds.

    Attributes:
        comeback_days: Days without a visit, in ascending order.
        points_months: Calendar months before points end; 0 for never.
        voucher_days: Days before a voucher ends; 0 for never.
    """

    comeback_days: tuple[int, ...] = (30, 60)
    points_months: int = 1
    voucher_days: int = 7

    def __post_init__(self) -> None:
        object.__setattr__(self, "comeback_days", as_tuple(self.comeback_days))
        findings = Findings("reminders")
        if not findings.entries("comeback_days", self.comeback_days, int):
            findings.finish()
        findings.whole("points_months", self.points_months, 0, 120)
        findings.whole("voucher_days", self.voucher_days, 0, 3_650)
        valid = [findings.whole(f"comeback_days[{n}]", day, 1, 3_650) for n, day in enumerate(self.comeback_days)]
        if all(valid) and list(self.comeback_days) != sorted(set(self.comeback_days)):
            findings.add("reminders.order", "comeback_days", "not in ascending order", "list each once, going up")
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Stored, Hashed):
    """A loyalty programme.

    A text is a ``str``, or a mapping of one for each language.

    Attributes:
        id: ``[A-Za-z0-9_-]{1,64}``; part of every card's id in a wallet, so it never changes.
        name: What the customer knows it by; 20 characters are sure to be seen.
        issuer: The business, as the title of a notice.
        locale: The language of cards that have none of their own, such as ``en-GB``: one of
            `walletcard.words.languages`, or one that ``words`` brings. `check` says what is missing; without it nobody
            can join.
        zone: The time zone in which days are counted, such as ``Europe/London``.
        design: The look.
        description: One phrase for a screen reader; made from the name when absent.
        stamps: The stamp rule.
        points: The points rule.
        tiers: Levels, going up; the first is where everybody starts.
        tier_window_months: Only the visits and amounts of so many months count for a tier; ``None`` for all.
        referral: What both sides get when a friend comes.
        membership: A paid time of validity.
        pack: Prepaid uses, counted down: a `Reward` with ``uses``.
        gift: Makes every card a gift voucher that holds money.
        welcome: A reward for joining.
        limits: How often a card may earn.
        rule_text: The programme in one sentence.
        back: Texts for the back of the card.
        links: Where taps on the back lead; ten at most.
        places: Where an iPhone offers the card on the lock screen; ten at most.
        currency: Of every amount, ISO 4217; without it a card says no amounts.
        reminders: When `walletcard.due` reminds.
        words: Phrases of the catalogue in the programme's own words: ``{"none_yet": "Soon!"}``. All of them bring a
            language that walletcard does not speak.
    """

    id: str
    name: Text
    issuer: Text
    locale: str
    zone: str
    design: Design
    description: Text | None = None
    stamps: Stamps | None = None
    points: Points | None = None
    tiers: tuple[Tier, ...] = ()
    tier_window_months: int | None = None
    referral: Referral | None = None
    membership: Membership | None = None
    pack: Reward | None = None
    gift: Gift | None = None
    welcome: Reward | None = None
    limits: Limits = Limits()
    currency: str | None = None
    reminders: Reminders = Reminders()
    rule_text: Text | None = None
    back: tuple[BackText, ...] = ()
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    words: Mapping[str, Any] = Texts()

    __hash__ = remembered

    def __post_init__(self) -> None:
        for name in ("back", "links", "places", "tiers"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
        findings = Findings("program")
        findings.identifier("id", self.id)
        findings.locale("locale", self.locale)
        for name, limit in (("name", MAX_NAME), ("issuer", MAX_NAME)):
            object.__setattr__(self, name, frozen_text(findings, name, getattr(self, name), limit=limit))
        for name in ("description", "rule_text"):
            if getattr(self, name) is not None:
                text = frozen_text(findings, name, getattr(self, name), limit=MAX_SENTENCE)
                object.__setattr__(self, name, text)
        self._check_zone(findings)
        self._check_parts(findings)
        object.__setattr__(self, "words", frozen_words(findings, "words", self.words, limit=MAX_SENTENCE))
        findings.finish()

    def _check_zone(self, findings: Findings) -> None:
        try:
            zone_of(self.zone)
        except (LookupError, ValueError, TypeError, OSError):
            message = f"{quoted(self.zone)} is not a time zone of this computer"
            hint = "use a name such as Europe/London; a computer without the tz database needs the package tzdata"
            if isinstance(self.zone, ZoneInfo):
                message, hint = "got a ZoneInfo, need its name", f"write zone={quoted(self.zone.key)}"
            elif isinstance(self.zone, str):
                hint = nearest(self.zone, available_timezones()) or hint
            findings.add("zone.unknown", "zone", message, hint)

    def _check_parts(self, findings: Findings) -> None:
        for name, kind in _PARTS.items():
            value = getattr(self, name)
            if not isinstance(value, kind) and not (value is None and name not in _ALWAYS):
                message = f"got {quoted(value)}, need {kind.__name__}"
                findings.add("program.part", name, message, f"pass {kind.__name__}(...)")
        findings.entries("back", self.back, BackText)
        check_around(findings, self.links, self.places)
        if findings.entries("tiers", self.tiers, Tier):
            check_ladder(findings, self.tiers)
        if self.currency is not None:
            check_currency(findings, self.currency)
        findings.optional_whole("tier_window_months", self.tier_window_months, 1, 1_200)
        self._check_rules(findings)

    def _check_rules(self, findings: Findings) -> None:
        rules = (self.stamps, self.points, self.membership, self.pack, self.gift)
        if not self.tiers and all(rule is None for rule in rules):
            findings.add("program.empty", "stamps", "nothing to collect", "pass stamps=Stamps(goal=, reward=)")
        if self.gift is not None and (self.tiers or any(rule is not None for rule in rules[:-1])):
            hint = "make the gift voucher a programme of its own"
            findings.add("program.gift", "gift", "money beside stamps, points or tiers", hint)
        sides = (self.referral.referrer, self.referral.newcomer) if isinstance(self.referral, Referral) else ()
        if self.points is None and any(isinstance(side, int) and side for side in sides):
            findings.add("referral.points", "referral", "points, but the programme has none", "give a Reward instead")
        if isinstance(self.pack, Reward) and (self.pack.uses is None or self.pack.uses < 2):
            findings.add("pack.uses", "pack.uses", f"{self.pack.uses} is no pack", "give uses=10, or how many it holds")

    def check(self, *, previous: Program | None = None) -> tuple[Issue, ...]:
        """Return what will hurt later, the gravest first: warnings and notes, for a programme that is valid.

        Args:
            previous: The programme as live cards know it; then also what the change does to them.
        """
        if previous is not None:
            require(previous, Program, "previous")
        return tuple(advice(self, previous))

    def rewards(self) -> tuple[Reward, ...]:
        """Return every reward that the programme names."""
        stamps, points, referral = self.stamps, self.points, self.referral
        named = [
            *((stamps.reward, *(one.reward for one in stamps.milestones)) if stamps else ()),
            *(points.catalogue if points else ()),
            *(tier.monthly for tier in self.tiers),
            *((referral.referrer, referral.newcomer) if referral else ()),
            self.pack,
            self.welcome,
        ]
        return tuple(one for one in named if isinstance(one, Reward))

    def tier(self, tier_id: str | None) -> Tier | None:
        """Return a tier by its id; ``None`` for one that the programme does not have."""
        if tier_id is not None:
            require(tier_id, str, "tier_id")
        return next((one for one in self.tiers if one.id == tier_id), None)

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which days are counted."""
        return zone_of(self.zone)


_PARTS: Final[Mapping[str, type]] = {
    "design": Design,
    "stamps": Stamps,
    "points": Points,
    "referral": Referral,
    "membership": Membership,
    "pack": Reward,
    "gift": Gift,
    "welcome": Reward,
    "limits": Limits,
    "reminders": Reminders,
}
_ALWAYS: Final = frozenset({"design", "limits", "reminders"})


# A TZif file of one type without any change: https://www.rfc-editor.org/rfc/rfc9636
_UTC: Final = b"TZif" + bytes(16) + struct.pack(">6I", 0, 0, 0, 0, 1, 4) + struct.pack(">iBB", 0, 0, 0) + b"UTC\0"


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; ``UTC`` also where a computer has no database of zones."""
    if not isinstance(name, str) or not name or name.startswith(("/", ".")):
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if name != "UTC":
            raise
        return ZoneInfo.from_file(io.BytesIO(_UTC), key=name)
