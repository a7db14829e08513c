"""What `measure` is asked, checked: everything that is wrong with it is reported at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.loyalty._days import local_day
from walletcard.model import Card, Event, Program
from walletcard.model._checks import Findings, as_tuple, fixed

COMEBACK: Final = "comeback:"  # How the ids of those notices of `due` begin.


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that a report is about.

    Attributes:
        at: Its end, by the programme's clocks.
        launched: What parts before from after, by the same; ``None`` when everything is after.
        tz: The programme's.
    """

    at: datetime
    launched: datetime | None
    tz: ZoneInfo

    @property
    def today(self) -> date:
        return self.at.date()

    def after(self, moment: datetime) -> bool:
        """Tell whether a moment is on or after the day of the launch."""
        return self.launched is None or local_day(moment, self.tz) >= self.launched.date()


class Member(NamedTuple):
    """A card and its events."""

    card: Card
    events: tuple[Event, ...]


class Asked(NamedTuple):
    """What is measured: the time, who had joined by its end, and when each card's comeback notices were sent."""

    span: Span
    members: list[Member]
    comebacks: dict[str, list[datetime]]


def checked(program: Program, members: object, at: object, notices: object, launched: object) -> Asked:
    """Return what `measure` was asked, or raise `InvalidCardError` with everything that is wrong with it."""
    issues: list[Issue] = []
    span = _span(issues, program, at, launched)
    found = _members(issues, program, members, span)
    sent = _notices(issues, notices, {member.card.id for member in found}, complete=not issues)
    if issues or span is None:
        raise InvalidCardError.from_issues(issues)
    joined = [member for member in found if member.card.joined <= span.at]
    return Asked(span, joined, _comebacks(sent, span))


def _span(issues: list[Issue], program: Program, at: object, launched: object) -> Span | None:
    end = _moment(issues, program, "at", at)
    start = None if launched is None else _moment(issues, program, "launched", launched)
    if end is not None and start is not None and start > end:
        message = f"{start:%Y-%m-%d %H:%M} is later than at"
        issues.append(Issue(code="time.order", where="launched", message=message, hint="give a moment that has been"))
    return None if end is None else Span(at=end, launched=start, tz=program.tz)


def _moment(issues: list[Issue], program: Program, where: str, value: object) -> datetime | None:
    findings = Findings(where)
    findings.moment("", value)
    issues.extend(findings.issues)
    return fixed(value.astimezone(program.tz)) if isinstance(value, datetime) and not findings.issues else None


def _members(issues: list[Issue], program: Program, members: object, span: Span | None) -> list[Member]:
    pairs = as_tuple(members)
    if not isinstance(pairs, tuple):
        message, hint = f"got {quoted(members)}, need pairs of a card and its events", "pass [(card, events), ...]"
        issues.append(Issue(code="list.type", where="members", message=message, hint=hint))
        return []
    found = [_member(issues, program, f"members[{place}]", pair, span) for place, pair in enumerate(pairs)]
    seen: set[str] = set()
    for place, member in enumerate(found):
        if member is not None and member.card.id in seen:
            where, message = f"members[{place}]", f"card {quoted(member.card.id)} twice"
            issues.append(Issue(code="member.twice", where=where, message=message, hint="join its events in one pair"))
        if member is not None:
            seen.add(member.card.id)
    return [member for member in found if member is not None]


def _member(issues: list[Issue], program: Program, where: str, pair: object, span: Span | None) -> Member | None:
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        message, hint = f"got {quoted(pair)}, need a card and its events", "pass (card, events)"
        issues.append(Issue(code="member.type", where=where, message=message, hint=hint))
        return None
    card, events = pair[0], as_tuple(pair[1])
    findings = Findings(where)
    if not isinstance(card, Card):
        findings.add("value.type", "card", f"got {quoted(card)}, need Card", "pass the Card that join() returned")
    elif card.program != program.id:
        message = f"{quoted(card.id)} belongs to {quoted(card.program)}, not to {quoted(program.id)}"
        findings.add("program.mismatch", "card", message, "pass the programme that the card was joined to")
    elif span is not None:
        _check_known(findings, card, span.at)
    findings.entries("events", events, Event)
    issues.extend(findings.issues)
    return None if findings.issues else Member(card, events)


def _check_known(findings: Findings, card: Card, at: datetime) -> None:
    """Check that the card knows nothing of what comes after the report: it cannot be taken out again."""
    latest = max((entry.at for entry in card.entries), default=at)
    if latest > at:
        message = f"{quoted(card.id)} holds an event of {latest:%Y-%m-%d %H:%M}, later than at"
        findings.add("card.later", "card", message, "pass the card as join() made it, with its events")


def _notices(
    issues: list[Issue], notices: object, cards: set[str], *, complete: bool
) -> list[tuple[str, str, datetime]]:
    triples = as_tuple(notices)
    if not isinstance(triples, tuple):
        message, hint = f"got {quoted(notices)}, need triples", "pass [(card id, notice id, time), ...]"
        issues.append(Issue(code="list.type", where="notices", message=message, hint=hint))
        return []
    found: list[tuple[str, str, datetime]] = []
    for place, triple in enumerate(triples):
        findings = Findings(f"notices[{place}]")
        if not isinstance(triple, (tuple, list)) or len(triple) != 3:
            message, hint = f"got {quoted(triple)}, need three values", "pass (card id, notice id, time)"
            findings.add("notice.type", "", message, hint)
        else:
            card, notice, moment = triple
            right = findings.text("card", card, limit=64)
            if right and complete and card not in cards:  # Where a member was refused, its notices are not to blame.
                findings.add("notice.card", "card", f"{quoted(card)} is no member's", "pass its card among the members")
            findings.text("notice", notice, limit=200)
            findings.moment("time", moment)
            if not findings.issues:
                found.append((card, notice, fixed(moment)))
        issues.extend(findings.issues)
    return found


def _comebacks(sent: list[tuple[str, str, datetime]], span: Span) -> dict[str, list[datetime]]:
    """Return when each card's comeback notices were sent, in order; one told twice counts once, when it was first."""
    first: dict[tuple[str, str], datetime] = {}
    for card, notice, moment in sent:
        if notice.startswith(COMEBACK) and moment <= span.at and span.after(moment):
            first[card, notice] = min(moment, first.get((card, notice), moment))
    found: dict[str, list[datetime]] = {}
    for (card, _), moment in sorted(first.items(), key=lambda one: one[1]):
        found.setdefault(card, []).append(moment)
    return found
