"""What earns, and how long it lasts: rules over stamps and points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from walletcard.errors import quoted
from walletcard.model._checks import Findings, as_tuple, require_whole
from walletcard.model._reward import MAX_NAME, Reward
from walletcard.model._text import Text, frozen_text

_METRIC: Final = re.compile(r"[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9._-]{1,64})?")


def check_metric(findings: Findings, name: str, value: object) -> None:
    """Check the name of something that is measured: ``visit``, ``amount``, ``km``, ``item:acupuncture``."""
    if not isinstance(value, str) or not _METRIC.fullmatch(value):
        hint = "use a name such as visit, amount, km or item:acupuncture"
        findings.add("earn.metric", name, f"{quoted(value)} is no metric", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earn:
    """An earn rule: a quantity into points or stamps, whole numbers throughout, rounded down.

    Gives ``quantity // per * points`` (or ``stamps``), or ``quantity * percent // (100 * per)`` points.

    Attributes:
        metric: What is measured: ``visit`` (1 each), ``amount`` (paid, in minor units), ``item:<name>`` (pieces), or
            any name that `Event.earn` reports, such as ``km``.
        per: How much of it earns once.
        points: Points each time.
        stamps: Stamps each time; in `Stamps` only, and never for ``visit``.
        percent: Per cent of the quantity, as points.
        bonus_percent: On top, per cent of what the rule gives; in the same lot.
        valid_months: Life of the points in calendar months, through the end of the last local day; ``None`` for ever.
        valid_days: The same in days.
    """

    metric: str
    per: int = 1
    points: int = 0
    stamps: int = 0
    percent: int = 0
    bonus_percent: int = 0
    valid_months: int | None = None
    valid_days: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("earn")
        check_metric(findings, "metric", self.metric)
        findings.whole("per", self.per, 1, 10**9)
        for name in ("points", "stamps"):
            findings.whole(name, getattr(self, name), 0, 10**6)
        for name in ("percent", "bonus_percent"):
            findings.whole(name, getattr(self, name), 0, 1_000)
        check_life(findings, self.valid_months, self.valid_days)
        if not findings.issues:
            gives = [name for name in ("points", "stamps", "percent") if getattr(self, name)]
            if len(gives) != 1:
                named = " and ".join(gives) or "nothing"
                findings.add("earn.gives", "", f"gives {named}", "give one of points, stamps and percent")
        findings.finish()

    def gives(self, quantity: int) -> int:
        """Return what a quantity earns, the bonus included."""
        require_whole(quantity, "quantity")
        base = quantity * self.percent // (100 * self.per) if self.percent else quantity // self.per * self._each
        return base + base * self.bonus_percent // 100

    @property
    def _each(self) -> int:
        return self.points or self.stamps


def check_life(findings: Findings, months: object, days: object) -> None:
    """Check a life in months or days, not both."""
    findings.optional_whole("valid_months", months, 1, 1_200)
    findings.optional_whole("valid_days", days, 1, 36_500)
    if months is not None and days is not None:
        findings.add("earn.life", "valid_days", "a life in months and in days", "keep one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """Points that end by inactivity; only together with a notice in advance.

    Attributes:
        days: Without a visit or purchase; then all points that are older than that are gone.
        notice_days: How long before that the member is told, 1 to ``days - 1``.
    """

    days: int
    notice_days: int

    def __post_init__(self) -> None:
        findings = Findings("lapse")
        if findings.whole("days", self.days, 2, 36_500):
            findings.whole("notice_days", self.notice_days, 1, self.days - 1, code="lapse.notice")
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """When the stamps of an open cycle end; issued vouchers never do by it.

    Attributes:
        kind: ``cycle`` (days after the cycle's first stamp) or ``idle`` (days after its last).
        days: 1 or more; through the end of the last local day.
    """

    kind: str
    days: int

    def __post_init__(self) -> None:
        findings = Findings("expires")
        findings.choice("kind", self.kind, ("cycle", "idle"), code="expiry.kind")
        findings.whole("days", self.days, 1, 36_500)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The rule of a points card.

    Attributes:
        earn: What earns; every rule that fits an event makes a lot of its own.
        catalogue: What points buy: rewards with a price in ``points``.
        label: Over the balance; the language's own word when absent.
        lapse: Loss by inactivity; ``None`` for none.
    """

    earn: tuple[Earn, ...]
    catalogue: tuple[Reward, ...] = ()
    label: Text | None = None
    lapse: Lapse | None = None

    def __post_init__(self) -> None:
        for name in ("earn", "catalogue"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
        findings = Findings("points")
        for place, rule in enumerate(self.earn if findings.entries("earn", self.earn, Earn) else ()):
            if rule.stamps:
                findings.add("earn.gives", f"earn[{place}].stamps", "stamps are no points", "put it into Stamps(earn=)")
        seen: set[str] = set()
        known = findings.entries("catalogue", self.catalogue, Reward)
        for place, reward in enumerate(self.catalogue if known else ()):
            name = f"catalogue[{place}]"
            if reward.points is None:
                findings.add("reward.price", f"{name}.points", "no price", "give points=")
            elif reward.id in seen:
                findings.add("reward.duplicate", f"{name}.id", f"{quoted(reward.id)} twice", "give each its own id")
            else:
                seen.add(reward.id)
        if self.label is not None:
            object.__setattr__(self, "label", frozen_text(findings, "label", self.label, limit=MAX_NAME))
        if self.lapse is not None and not isinstance(self.lapse, Lapse):
            findings.add("lapse.type", "lapse", f"got {quoted(self.lapse)}, need a Lapse", "pass Lapse(...)")
        findings.finish()

    def affordable(self, balance: int) -> tuple[Reward, ...]:
        """Return what a balance can buy, the cheapest first."""
        require_whole(balance, "balance")
        priced = sorted(self.catalogue, key=lambda one: one.points or 0)
        return tuple(one for one in priced if (one.points or 0) <= balance)
