"""A loyalty programme: its rules, its words and its look; data, no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from walletcard.errors import quoted
from walletcard.model._checks import Findings
from walletcard.model._design import Design
from walletcard.model._json import Stored
from walletcard.model._strip import MAX_CELLS
from walletcard.model._text import Phrase, Text, Texts, check_placeholders, frozen_text

MAX_GOAL: Final = MAX_CELLS
REWARD_KINDS: Final = ("addon", "amount", "credit", "item", "minutes", "percent", "perk", "product", "upgrade")
UNITS: Final = ("sessions", "stamps", "visits")
PLACEHOLDERS: Final = ("cycle", "goal", "name", "rule")
MAX_NAME: Final = 64
MAX_SENTENCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """What can be obtained.

    Attributes:
        id: Stable name, ``[A-Za-z0-9_-]{1,64}``.
        title: As the card shows it: "Free coffee".
        kind: item, addon, upgrade, product, credit, percent, amount, minutes or perk.
        value: Per cent (1 to 100), minor currency units, or minutes, where the kind is a number.
        in_sentence: How the title stands at the end of "3 coffees to go ...": "for a free coffee".
        valid_days: Days it can be used after the day it is issued, through the end of the last local day; ``None``
            for ever.
        uses: How often; ``None`` any number of times.
        stackable: Whether the till may combine it with other offers; carried, never applied.
    """

    id: str
    title: Text
    kind: str = "item"
    value: int | None = None
    in_sentence: Text | None = None
    valid_days: int | None = None
    uses: int | None = 1
    stackable: bool = False

    def __post_init__(self) -> None:
        findings = Findings("reward")
        findings.identifier("id", self.id)
        object.__setattr__(self, "title", frozen_text(findings, "title", self.title, limit=MAX_NAME))
        findings.choice("kind", self.kind, REWARD_KINDS, code="reward.kind")
        findings.optional_whole("value", self.value, 1, 100 if self.kind == "percent" else 10**12)
        if self.in_sentence is not None:
            sentence = frozen_text(findings, "in_sentence", self.in_sentence, limit=MAX_SENTENCE)
            object.__setattr__(self, "in_sentence", sentence)
        findings.optional_whole("valid_days", self.valid_days, 1, 36_500)
        findings.optional_whole("uses", self.uses, 1, 1_000)
        findings.flag("stackable", self.stackable)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is counted, when it is not stamps, visits or sessions.

    Attributes:
        label: Over the count: "Stamps".
        left: What remains, with its plural forms: ``{"one": "{n} coffee", "other": "{n} coffees"}``.
    """

    label: Text
    left: Phrase

    def __post_init__(self) -> None:
        findings = Findings("unit")
        object.__setattr__(self, "label", frozen_text(findings, "label", self.label, limit=MAX_NAME))
        object.__setattr__(self, "left", frozen_text(findings, "left", self.left, limit=MAX_SENTENCE, plural=True))
        check_placeholders(findings, "left", self.left, ("n",))
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A reward on the way, which takes no stamps and does not end the cycle.

    Attributes:
        at: The stamp that earns it, 1 to the goal.
        reward: What it earns.
    """

    at: int
    reward: Reward

    def __post_init__(self) -> None:
        findings = Findings("milestone")
        findings.whole("at", self.at, 1, MAX_GOAL)
        if not isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", f"got {quoted(self.reward)}, need a Reward", "pass Reward(...)")
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """The rule of a stamp card.

    Attributes:
        goal: Stamps to earn for the reward, 1 to 30.
        reward: What they earn.
        reward_cell: Draw one cell more, for the reward itself ("buy 9, the 10th is on us"); 30 cells at most.
        milestones: Rewards on the way, in ascending order.
        join_stamps: Given once, on joining; fewer than the goal.
        rollover: Stamps over the goal count in the next cycle; without it they are dropped.
        unit: What is counted: ``"stamps"``, ``"visits"``, ``"sessions"`` or a `Unit`.
    """

    goal: int
    reward: Reward
    reward_cell: bool = False
    milestones: tuple[Milestone, ...] = ()
    join_stamps: int = 0
    rollover: bool = True
    unit: str | Unit = "stamps"

    def __post_init__(self) -> None:
        object.__setattr__(self, "milestones", tuple(self.milestones))
        findings = Findings("stamps")
        findings.flag("reward_cell", self.reward_cell)
        findings.flag("rollover", self.rollover)
        if not isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", f"got {quoted(self.reward)}, need a Reward", "pass Reward(...)")
        if not isinstance(self.unit, Unit):
            findings.choice("unit", self.unit, UNITS, code="stamps.unit")
        long = "use points for longer programmes" if type(self.goal) is int and self.goal > MAX_GOAL else ""
        hint = f"use 1 to {MAX_GOAL}" + (f", or {long}" if long else "")
        if findings.whole("goal", self.goal, 1, MAX_GOAL, code="stamps.goal", hint=hint):
            self._check_against_goal(findings)
        findings.finish()

    def _check_against_goal(self, findings: Findings) -> None:
        findings.whole("join_stamps", self.join_stamps, 0, self.goal - 1, code="stamps.join")
        if self.reward_cell is True and self.goal == MAX_CELLS:
            hint = f"use a goal of {MAX_CELLS - 1}, or no reward_cell"
            findings.add("stamps.cells", "goal", f"goal {self.goal} and reward_cell make {self.cells} cells", hint)
        last = 0
        for place, milestone in enumerate(self.milestones):
            name = f"milestones[{place}]"
            if not isinstance(milestone, Milestone):
                hint = "pass Milestone(at=, reward=)"
                findings.add("milestone.type", name, f"got {quoted(milestone)}, need a Milestone", hint)
                continue
            if milestone.at > self.goal:
                message = f"{milestone.at} is past the goal {self.goal}"
                findings.add("milestone.unreachable", f"{name}.at", message, f"use 1 to {self.goal}")
            if milestone.at <= last:
                message = f"{milestone.at} does not come after {last}"
                findings.add("milestone.order", f"{name}.at", message, "list them in ascending order, each once")
            last = milestone.at

    @property
    def cells(self) -> int:
        """Cells drawn: the goal, and one more for a reward cell."""
        return self.goal + (1 if self.reward_cell else 0)


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
        findings.optional_whole("min_purchase", self.min_purchase, 1, 10**12)
        findings.finish()


@dataclass(frozen=True, slots=True)
class BackText:
    """A text on the back of the card.

    Attributes:
        label: "Terms".
        text: May hold ``{rule}``, ``{goal}``, ``{cycle}`` and ``{name}``; a brace is written ``{{`` or ``}}``.
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
class Program(Stored):
    """A loyalty programme.

    A text is a ``str``, or a mapping of one for each language.

    Attributes:
        id: ``[A-Za-z0-9_-]{1,64}``; part of every card's id in a wallet, so it never changes.
        name: What the customer knows it by; 20 characters are sure to be seen.
        issuer: The business, as the title of a notice.
        locale: The language of cards that have none of their own, such as ``en-GB``.
        zone: The time zone in which days are counted, such as ``Europe/London``.
        design: The look.
        description: One phrase for a screen reader; made from the name when absent.
        stamps: The stamp rule.
        limits: How often a card may earn.
        rule_text: The programme in one sentence.
        back: Texts for the back of the card.
        words: Phrases of the catalogue in the programme's own words: ``{"none_yet": "Soon!"}``.
    """

    id: str
    name: Text
    issuer: Text
    locale: str
    zone: str
    design: Design
    description: Text | None = None
    stamps: Stamps | None = None
    limits: Limits = Limits()
    rule_text: Text | None = None
    back: tuple[BackText, ...] = ()
    words: Mapping[str, Any] = Texts()

    def __post_init__(self) -> None:
        object.__setattr__(self, "back", tuple(self.back))
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
        self._freeze_words(findings)
        findings.finish()

    def _check_zone(self, findings: Findings) -> None:
        try:
            zone_of(self.zone)
        except (LookupError, ValueError, TypeError, OSError):
            message = f"{quoted(self.zone)} is not a time zone of this computer"
            hint = "use a name such as Europe/London; a computer without the tz database needs the package tzdata"
            findings.add("zone.unknown", "zone", message, hint)

    def _check_parts(self, findings: Findings) -> None:
        parts: tuple[tuple[str, type], ...] = (("design", Design), ("stamps", Stamps), ("limits", Limits))
        for name, kind in parts:
            value = getattr(self, name)
            if not isinstance(value, kind) and not (name == "stamps" and value is None):
                message = f"got {quoted(value)}, need {kind.__name__}"
                findings.add("program.part", name, message, f"pass {kind.__name__}(...)")
        if self.stamps is None:
            findings.add("program.empty", "stamps", "nothing to collect", "pass stamps=Stamps(goal=, reward=)")
        for place, text in enumerate(self.back):
            if not isinstance(text, BackText):
                message, hint = f"got {quoted(text)}, need a BackText", "pass BackText(label, text)"
                findings.add("back.type", f"back[{place}]", message, hint)

    def _freeze_words(self, findings: Findings) -> None:
        if not isinstance(self.words, Mapping):
            findings.add("words.type", "words", f"got {quoted(self.words)}, need a mapping", 'pass {"key": "phrase"}')
            return
        frozen = {
            key: frozen_text(findings, f"words[{key!r}]", phrase, limit=MAX_SENTENCE, plural=True)
            for key, phrase in self.words.items()
        }
        object.__setattr__(self, "words", Texts(frozen))

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which days are counted."""
        return zone_of(self.zone)


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    if not isinstance(name, str) or not name or name.startswith(("/", ".")):
        raise ValueError(name)
    return ZoneInfo(name)
