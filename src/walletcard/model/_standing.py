"""Tiers, referral, membership and gift cards: what a member is, beside what a member has."""

from __future__ import annotations

from dataclasses import dataclass

from walletcard.errors import InvalidCardError, quoted
from walletcard.model._checks import Findings, require_whole
from walletcard.model._color import Color
from walletcard.model._currency import check_currency, optional_amount
from walletcard.model._earning import check_life
from walletcard.model._reward import MAX_NAME, MAX_SENTENCE, Reward
from walletcard.model._text import Text, frozen_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A level with benefits and a look. Thresholds are inclusive; either measure qualifies.

    Attributes:
        id: Stable name.
        name: As the card shows it; Google shows 7 characters for sure.
        min_sessions: Visits that reach it; ``None`` when visits do not count.
        min_spend: Amount paid that reaches it, in minor units; ``None`` when it does not count.
        discount: Standing discount in per cent, 0 to 100; shown, never applied.
        benefits: In words.
        background: The card's colour at this level; the design's own when absent.
        to_label: How "to this level" is said where the language bends the name: "До золота".
        monthly: A reward for every calendar month at this level.
    """

    id: str
    name: Text
    min_sessions: int | None = None
    min_spend: int | None = None
    discount: int = 0
    benefits: tuple[Text, ...] = ()
    background: Color | str | None = None
    to_label: Text | None = None
    monthly: Reward | None = None

    def __post_init__(self) -> None:
        findings = Findings("tier")
        findings.identifier("id", self.id)
        object.__setattr__(self, "name", frozen_text(findings, "name", self.name, limit=MAX_NAME))
        findings.optional_whole("min_sessions", self.min_sessions, 0, 10**6)
        optional_amount(findings, "min_spend", self.min_spend, 0, 10**12)
        findings.whole("discount", self.discount, 0, 100)
        object.__setattr__(self, "benefits", _benefits(findings, self.benefits))
        if self.to_label is not None:
            object.__setattr__(self, "to_label", frozen_text(findings, "to_label", self.to_label, limit=MAX_NAME))
        if self.background is not None:
            try:
                object.__setattr__(self, "background", Color.parse(self.background, where="tier.background"))
            except InvalidCardError as error:
                findings.issues.extend(error.issues)
        if self.monthly is not None and not isinstance(self.monthly, Reward):
            findings.add("reward.type", "monthly", f"got {quoted(self.monthly)}, need a Reward", "pass Reward(...)")
        findings.finish()

    def reached_by(self, sessions: int, spend: int) -> bool:
        """Tell whether a count or a sum qualifies."""
        require_whole(sessions, "sessions")
        require_whole(spend, "spend")
        if self.min_sessions is None and self.min_spend is None:
            return True
        by_sessions = self.min_sessions is not None and sessions >= self.min_sessions
        return by_sessions or (self.min_spend is not None and spend >= self.min_spend)


def check_ladder(findings: Findings, tiers: tuple[Tier, ...]) -> None:
    """Check that tiers go up: each measure strictly, and the first is there from the start."""
    seen: set[str] = set()
    last = {"min_sessions": -1, "min_spend": -1}
    for place, tier in enumerate(tiers):
        name = f"tiers[{place}]"
        if tier.id in seen:
            findings.add("tier.duplicate", f"{name}.id", f"{quoted(tier.id)} twice", "give each its own id")
        seen.add(tier.id)
        if place == 0 and not tier.reached_by(0, 0):
            hint = 'put a tier before it, such as Tier(id="base", name="Base", min_sessions=0)'
            findings.add("tier.first", name, "nobody starts there", hint)
        if place and tier.min_sessions is None and tier.min_spend is None:
            findings.add("tier.threshold", name, "no threshold", "give min_sessions or min_spend")
        for measure, before in last.items():
            value = getattr(tier, measure)
            if value is not None and value <= before:
                message = f"{value} does not come after {before}"
                findings.add("tier.order", f"{name}.{measure}", message, "thresholds go up strictly")
            last[measure] = before if value is None else max(before, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What both sides get when a friend makes the first paid visit.

    Attributes:
        referrer: Points, or a `Reward`; 0 for nothing.
        newcomer: Points, or a `Reward`; 0 for nothing.
        cap_per_month: Friends that pay the referrer in one local calendar month; ``None`` for any number.
        valid_days: Life of the points; ``None`` for ever.
        valid_months: The same in calendar months.
    """

    referrer: int | Reward
    newcomer: int | Reward
    cap_per_month: int | None = None
    valid_days: int | None = None
    valid_months: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("referral")
        for name in ("referrer", "newcomer"):
            if not isinstance(getattr(self, name), Reward):
                findings.whole(name, getattr(self, name), 0, 10**6)
        findings.optional_whole("cap_per_month", self.cap_per_month, 1, 10_000)
        check_life(findings, self.valid_months, self.valid_days)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A paid time of validity that switches benefits on. Sold and prolonged by `Event.renew`.

    Attributes:
        title: "Annual pass".
        months: Calendar months that one purchase adds.
        discount: In per cent while it holds; shown, never applied.
        benefits: In words.
        min_visits_per_month: Benefits hold only after a month with so many visits (the first month always holds);
            ``None`` for no condition.
    """

    title: Text
    months: int
    discount: int = 0
    benefits: tuple[Text, ...] = ()
    min_visits_per_month: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("membership")
        object.__setattr__(self, "title", frozen_text(findings, "title", self.title, limit=MAX_NAME))
        findings.whole("months", self.months, 1, 1_200)
        findings.whole("discount", self.discount, 0, 100)
        object.__setattr__(self, "benefits", _benefits(findings, self.benefits))
        findings.optional_whole("min_visits_per_month", self.min_visits_per_month, 1, 1_000)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A programme of gift vouchers: each card holds money, loaded by `Event.grant` and spent by `Event.redeem`.

    Attributes:
        title: Of the large number, which stays what was loaded when a part is spent: "Gift voucher".
        currency: ISO 4217.
        valid_months: Life after the last load, in calendar months; ``None`` for ever.
    """

    title: Text
    currency: str
    valid_months: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("gift")
        object.__setattr__(self, "title", frozen_text(findings, "title", self.title, limit=MAX_NAME))
        check_currency(findings, self.currency)
        findings.optional_whole("valid_months", self.valid_months, 1, 1_200)
        findings.finish()


def _benefits(findings: Findings, benefits: object) -> tuple[Text, ...]:
    if isinstance(benefits, str) or not isinstance(benefits, (tuple, list)):
        findings.add("benefits.type", "benefits", f"got {quoted(benefits)}, need a tuple", 'pass ("a text", ...)')
        return ()
    frozen = (frozen_text(findings, f"benefits[{n}]", one, limit=MAX_SENTENCE) for n, one in enumerate(benefits))
    return tuple(frozen)
