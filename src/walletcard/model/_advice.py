"""What a valid programme will make its owner regret later: advice, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from walletcard.errors import Issue, Severity, quoted
from walletcard.model._reward import Reward
from walletcard.model._stamps import Unit

if TYPE_CHECKING:
    from walletcard.model._program import Program

MAX_RULE: Final = 90  # Characters of a rule that is still one sentence on a counter.
NEAR: Final = 0.75  # Of two names: "visits" and "visit" are, "count" and "amount" are not.
SHORT_NOTICE: Final = 14  # Days; fewer, and most members lose their points between two visits.


def advice(program: Program, previous: Program | None) -> Iterator[Issue]:
    """Yield what will hurt later, the gravest first; against ``previous``, also what a change does to live cards."""
    found = [issue for look in _LOOKS for issue in look(program)]
    if previous is not None:
        found += _changed(program, previous)
    return iter(sorted(found, key=lambda issue: issue.severity == "note"))


def _issue(severity: Severity, code: str, where: str, message: str, hint: str = "") -> Issue:
    return Issue(code=code, where=where, message=message, hint=hint, severity=severity)


# Google shows so many characters for sure (developers.google.com/wallet/reference/rest/v1/loyaltyclass).
_ROOM: Final[tuple[tuple[str, int, Callable[[Program], Any]], ...]] = (
    ("name", 20, lambda program: program.name),
    ("issuer", 20, lambda program: program.issuer),
    ("points.label", 9, lambda program: program.points and program.points.label),
    ("stamps.unit.label", 9, lambda program: program.stamps and _own_label(program.stamps.unit)),
)


def _own_label(unit: object) -> Any:
    return unit.label if isinstance(unit, Unit) else None


def _lengths(program: Program) -> Iterator[Issue]:
    texts = [(where, limit, read(program)) for where, limit, read in _ROOM]
    texts += [(f"tiers[{place}].name", 7, tier.name) for place, tier in enumerate(program.tiers)]
    for where, limit, text in texts:
        for place, entry in _entries(where, text):
            if len(entry) > limit:
                message = f"{len(entry)} characters; Google shows {limit} for sure"
                yield _issue("warning", "text.cut", place, message, "shorten it, the rest may be cut off")
    for place, entry in _entries("rule_text", program.rule_text):
        if len(entry) > MAX_RULE:
            message = f"{len(entry)} characters, over {MAX_RULE}"
            yield _issue("note", "text.rule", place, message, "say it in one sentence, put the rest into back=")


def _entries(where: str, text: Any) -> Iterator[tuple[str, str]]:
    """Yield a text in each of its languages, with its place."""
    if isinstance(text, Mapping):
        yield from ((f"{where}[{tag!r}]", entry) for tag, entry in text.items())
    elif text is not None:
        yield where, text


def _language(program: Program) -> Iterator[Issue]:
    """Yield what keeps everybody from joining who has no language of their own."""
    from walletcard.words._speak import unspoken  # Upwards, and lazily: only words know which languages there are.

    yield from (replace(issue, severity="warning") for issue in unspoken(program, program.locale))


def _stamps(program: Program) -> Iterator[Issue]:
    stamps = program.stamps
    if stamps is None:
        return
    for place, milestone in enumerate(stamps.milestones):
        where = f"stamps.milestones[{place}].at"
        if milestone.at == stamps.goal:
            message = f"{milestone.at} is the goal: two rewards at once"
            yield _issue("warning", "milestone.goal", where, message, "make it earlier, or part of the reward")
        if milestone.at <= stamps.join_stamps:
            message = f"{milestone.at} is reached by joining"
            yield _issue("warning", "milestone.join", where, message, "put it past join_stamps, or use welcome=")
    limits = program.limits
    if (limits.min_interval_minutes, limits.max_per_day, limits.min_purchase) == (0, None, None):
        hint = "give limits=Limits(max_per_day=1), or what fits"
        yield _issue("note", "limits.none", "limits", "any number of stamps in any time", hint)
    for where, reward in _stamp_rewards(program):
        if reward.in_sentence is None:
            hint = 'give in_sentence="for a free coffee", as it stands after "3 coffees to go"'
            yield _issue("note", "reward.sentence", f"{where}.in_sentence", "missing: sentences name the title", hint)


def _stamp_rewards(program: Program) -> Iterator[tuple[str, Reward]]:
    stamps = program.stamps
    if stamps is not None:
        yield "stamps.reward", stamps.reward
        yield from ((f"stamps.milestones[{place}].reward", one.reward) for place, one in enumerate(stamps.milestones))


def _rewards(program: Program) -> Iterator[Issue]:
    referral = program.referral
    sides = (("referrer", referral.referrer), ("newcomer", referral.newcomer)) if referral else ()
    given = [*_stamp_rewards(program), ("welcome", program.welcome)]
    given += [(f"referral.{name}", side) for name, side in sides if isinstance(side, Reward)]
    for where, reward in given:
        if reward is not None and reward.valid_days is None:
            hint = "give valid_days=60, or what fits"
            yield _issue("note", "reward.forever", f"{where}.valid_days", "its vouchers never end", hint)
    known: dict[str, Reward] = {}
    for reward in program.rewards():
        if known.setdefault(reward.id, reward) != reward:
            message = f"two rewards are called {quoted(reward.id)}"
            hint = "give each its own id: a till that names it means the first"
            yield _issue("warning", "reward.twice", f"reward {reward.id}", message, hint)


def _points(program: Program) -> Iterator[Issue]:
    points = program.points
    if points is None:
        return
    for place, rule in enumerate(points.earn):
        if (rule.valid_months, rule.valid_days, points.lapse) == (None, None, None):
            hint = "give valid_months=12, or lapse="
            yield _issue("note", "points.forever", f"points.earn[{place}]", "its points never end", hint)
    if points.lapse is not None and points.lapse.notice_days < SHORT_NOTICE:
        message = f"{points.lapse.notice_days} days before all points are gone"
        yield _issue("warning", "lapse.short", "points.lapse.notice_days", message, f"give {SHORT_NOTICE} or more")


def _metrics(program: Program) -> Iterator[Issue]:
    """Yield rules whose metric is nearly one that visits and purchases feed: nothing but `Event.earn` feeds it."""
    rules = [
        (f"points.earn[{place}]", rule) for place, rule in enumerate(program.points.earn if program.points else ())
    ]
    rules += [
        (f"stamps.earn[{place}]", rule) for place, rule in enumerate(program.stamps.earn if program.stamps else ())
    ]
    for where, rule in rules:
        name, _, item = rule.metric.partition(":")
        if rule.metric in ("visit", "amount") or (name == "item" and item):
            continue
        for near in get_close_matches(name.lower(), ("visit", "amount", "item"), n=1, cutoff=NEAR):
            message = f"no visit or purchase feeds {quoted(rule.metric)}, only Event.earn does"
            meant = f"item:{item or '...'}" if near == "item" else near
            hint = f'did you mean "{meant}"?'
            if near == "visit" and where.startswith("stamps"):
                hint = "leave the rule out: a visit brings its stamps itself"
            yield _issue("note", "earn.near", f"{where}.metric", message, hint)


def _tiers(program: Program) -> Iterator[Issue]:
    for place, tier in enumerate(program.tiers):
        where, above = f"tiers[{place}]", program.tiers[place + 1 :]
        sooner = next((one for one in above if one.reached_by(0, 0)), None)
        if sooner is not None:
            message = f"nobody ever has it: everybody starts in {quoted(sooner.id)}"
            yield _issue("warning", "tier.never", where, message, f"give {sooner.id} a threshold above 0")
            continue
        for one in above if place else ():
            for measure in ("min_sessions", "min_spend"):
                if getattr(one, measure) is not None and getattr(tier, measure) is None:
                    message = f"{quoted(one.id)} can come first: it counts {measure}, this does not"
                    yield _issue("note", "tier.skipped", where, message, f"give {tier.id} {measure} too")


def _referral(program: Program) -> Iterator[Issue]:
    referral = program.referral
    if referral is None:
        return
    if referral.referrer == 0 and referral.newcomer == 0:
        yield _issue("warning", "referral.nothing", "referral", "neither side gets anything", "give one a reward")
    if referral.cap_per_month is None:
        message = "one member may bring any number of friends a month"
        yield _issue("note", "referral.cap", "referral.cap_per_month", message, "give cap_per_month=10, or what fits")


def _limits(program: Program) -> Iterator[Issue]:
    if program.limits.min_purchase is not None:
        message, hint = "a visit that says no amount is refused", "give Event.visit(amount=) at every till"
        yield _issue("note", "limits.amount", "limits.min_purchase", message, hint)


def _logo(program: Program) -> Iterator[Issue]:
    if program.design.logo_url is None:
        hint = "give an https address, or host= to make_save_link; an Apple pass needs none"
        yield _issue("note", "logo.google", "design.logo_url", "missing: Google requires a logo", hint)


_LOOKS: Final[tuple[Callable[[Program], Iterable[Issue]], ...]] = (
    _language,
    _lengths,
    _stamps,
    _rewards,
    _points,
    _metrics,
    _tiers,
    _referral,
    _limits,
    _logo,
)

# What a change does to the cards that are out there: where, how grave, and what to know.
_CHANGES: Final[tuple[tuple[str, Severity, str], ...]] = (
    ("id", "warning", "every card of the old id is refused: an id never changes"),
    ("zone", "warning", "days, limits and last days move with it, on live cards too"),
    ("stamps.goal", "note", "open cycles keep the old one until they are full"),
    ("stamps.milestones", "note", "open cycles keep the old ones until they are full"),
    ("stamps.reward", "note", "open cycles and issued vouchers keep the old one"),
    ("stamps.rollover", "note", "open cycles keep the old rule until they are full"),
    ("stamps.expires", "note", "open cycles keep the old rule until they are full"),
    ("points.earn", "note", "points already earned keep their life"),
    ("points.lapse", "warning", "it holds for points already earned too: tell members first"),
    ("tier_window_months", "warning", "members may lose their level at the next settlement"),
    ("gift.currency", "warning", "balances keep their number and change their worth: make a new programme"),
)
_PARTS: Final = {
    "stamps": "stamps on live cards stay, and nothing adds to them or shows them",
    "points": "points on live cards stay, and nothing can spend them",
    "gift": "money on live cards stays, and nothing can spend it",
    "membership": "memberships that run can no longer be prolonged",
}


def _changed(program: Program, previous: Program) -> Iterator[Issue]:
    for where, severity, message in _CHANGES:
        part, _, name = where.rpartition(".")
        before, now = (getattr(one, part) if part else one for one in (previous, program))
        if before is not None and now is not None and getattr(before, name) != getattr(now, name):
            yield _issue(severity, "program.changed", where, f"changed: {message}")
    for part, message in _PARTS.items():
        if getattr(previous, part) is not None and getattr(program, part) is None:
            yield _issue(
                "warning", "program.removed", part, f"removed: {message}", "keep it until the last card is settled"
            )
    for tier in previous.tiers:
        if program.tier(tier.id) is None:
            message = f"{quoted(tier.id)} removed: its members start at the first level again"
            yield _issue("warning", "program.removed", "tiers", message, "keep the id and change the rest")
