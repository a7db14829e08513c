"""The stamp rule: a goal, a reward, and rewards on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from walletcard.errors import quoted
from walletcard.model._checks import Findings, as_tuple
from walletcard.model._earning import Earn, Expiry
from walletcard.model._reward import MAX_NAME, MAX_SENTENCE, Reward
from walletcard.model._strip import MAX_CELLS
from walletcard.model._text import Phrase, Text, check_placeholders, frozen_text

MAX_GOAL: Final = MAX_CELLS
UNITS: Final = ("sessions", "stamps", "visits")


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
        earn: Stamps for more than visits: rules with ``stamps=``, never for the metric ``visit``.
        expires: When the stamps of an open cycle end; ``None`` for never.
    """

    goal: int
    reward: Reward
    reward_cell: bool = False
    milestones: tuple[Milestone, ...] = ()
    join_stamps: int = 0
    rollover: bool = True
    unit: str | Unit = "stamps"
    earn: tuple[Earn, ...] = ()
    expires: Expiry | None = None

    def __post_init__(self) -> None:
        for name in ("milestones", "earn"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
        findings = Findings("stamps")
        findings.flag("reward_cell", self.reward_cell)
        findings.flag("rollover", self.rollover)
        if not isinstance(self.reward, Reward):
            findings.add("reward.type", "reward", f"got {quoted(self.reward)}, need a Reward", "pass Reward(...)")
        if not isinstance(self.unit, Unit):
            own = f"use {', '.join(UNITS)}, or a Unit(label=, left=) of your own"
            findings.choice("unit", self.unit, UNITS, code="stamps.unit", otherwise=own)
        hint = f"use 1 to {MAX_GOAL}"
        if type(self.goal) is int and self.goal > MAX_GOAL:
            hint += ", or use points for longer programmes"
        if findings.whole("goal", self.goal, 1, MAX_GOAL, code="stamps.goal", hint=hint):
            self._check_against_goal(findings)
        self._check_earning(findings)
        findings.finish()

    def _check_earning(self, findings: Findings) -> None:
        for place, rule in enumerate(self.earn if findings.entries("earn", self.earn, Earn) else ()):
            name = f"earn[{place}]"
            if not rule.stamps:
                findings.add("earn.gives", f"{name}.stamps", "gives no stamps", "put points into Points(earn=)")
            elif rule.metric == "visit":
                findings.add("earn.metric", f"{name}.metric", "a visit says its stamps itself", "use another metric")
        if self.expires is not None and not isinstance(self.expires, Expiry):
            findings.add("expiry.type", "expires", f"got {quoted(self.expires)}, need an Expiry", "pass Expiry(...)")

    def _check_against_goal(self, findings: Findings) -> None:
        findings.whole("join_stamps", self.join_stamps, 0, self.goal - 1, code="stamps.join")
        if self.reward_cell is True and self.goal == MAX_CELLS:
            hint = f"use a goal of {MAX_CELLS - 1}, or no reward_cell"
            findings.add("stamps.cells", "goal", f"goal {self.goal} and reward_cell make {self.cells} cells", hint)
        last = 0
        known = findings.entries("milestones", self.milestones, Milestone)
        for place, milestone in enumerate(self.milestones if known else ()):
            name = f"milestones[{place}]"
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
