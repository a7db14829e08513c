"""Whether the parts of a stored card fit together: what comes from a database may have been cut or written by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from walletcard.errors import quoted
from walletcard.model._checks import Findings
from walletcard.model._event import EVENT_KINDS
from walletcard.model._reward import Reward
from walletcard.model._stamps import MAX_GOAL

if TYPE_CHECKING:
    from walletcard.model._card import Card, Entry, Voucher

VOUCHER_STATES: Final = ("expired", "issued", "redeemed", "revoked")
LOT_STATES: Final = ("expired", "open", "void")
ORIGINS: Final = ("catalogue", "goal", "grant", "milestone", "monthly", "referral", "welcome")
_MOST: Final = 10**12


def check_whole(card: Card) -> None:
    """Raise `InvalidCardError` with everything that does not fit together."""
    findings = Findings("card")
    _check_rules(findings, card)
    for name in ("vouchers", "lots", "entries"):
        _check_ids(findings, name, (one.id for one in getattr(card, name)))
    if not findings.issues:
        for place, voucher in enumerate(card.vouchers):
            _check_voucher(findings, f"vouchers[{place}]", voucher, card)
        for place, lot in enumerate(card.lots):
            name = f"lots[{place}]"
            findings.choice(f"{name}.state", lot.state, LOT_STATES, code="lot.state")
            findings.moment(f"{name}.earned", lot.earned)
            if findings.whole(f"{name}.points", lot.points, 0, _MOST):
                findings.whole(f"{name}.left", lot.left, 0, lot.points)
        vouchers, lots = {one.id for one in card.vouchers}, {one.id for one in card.lots}
        for place, entry in enumerate(card.entries):
            _check_entry(findings, f"entries[{place}]", entry, vouchers, lots)
    findings.finish()


def _check_rules(findings: Findings, card: Card) -> None:
    last = 0
    for place, rules in enumerate(card.rules):
        name = f"rules[{place}]"
        findings.whole(f"{name}.goal", rules.goal, 1, MAX_GOAL, code="stamps.goal")
        low, high = (1, 1) if place == 0 else (last + 1, max(card.cycle, last + 1))
        if findings.whole(f"{name}.since", rules.since, low, high, code="card.rules"):
            last = rules.since
        if not isinstance(rules.reward, Reward):
            findings.add("reward.type", f"{name}.reward", "no reward", "pass what to_json() returned")


def _check_ids(findings: Findings, name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            findings.add("card.twice", f"{name}[{place}].id", f"{quoted(one)} twice", "pass what to_json() returned")
        seen.add(one)


def _check_voucher(findings: Findings, name: str, voucher: Voucher, card: Card) -> None:
    findings.choice(f"{name}.state", voucher.state, VOUCHER_STATES, code="voucher.state")
    findings.choice(f"{name}.origin", voucher.origin, ORIGINS, code="voucher.origin")
    findings.moment(f"{name}.valid_from", voucher.valid_from)
    most = _MOST if voucher.reward.uses is None else voucher.reward.uses
    findings.whole(f"{name}.used", voucher.used, 0, most)
    earned = voucher.origin in ("goal", "milestone")
    if earned != (voucher.cycle is not None) or earned != (voucher.position is not None):
        hint = "pass what to_json() returned"
        findings.add("voucher.place", f"{name}.cycle", "cycle and position go with goal and milestone", hint)
    elif voucher.cycle is not None:
        # A revoked or used one may stand in a cycle that a reversal has undone.
        latest = _MOST if voucher.state == "revoked" or voucher.used else card.cycle
        findings.whole(f"{name}.cycle", voucher.cycle, 1, latest)
        findings.whole(f"{name}.position", voucher.position, 1, MAX_GOAL)


def _check_entry(findings: Findings, name: str, entry: Entry, vouchers: Collection[str], lots: Collection[str]) -> None:
    findings.choice(f"{name}.kind", entry.kind, EVENT_KINDS, code="event.kind")
    findings.moment(f"{name}.at", entry.at)
    for attribute in ("stamps", "repaid", "amount", "lots", "vouchers"):
        findings.whole(f"{name}.{attribute}", getattr(entry, attribute), 0, _MOST)
    findings.whole(f"{name}.money", entry.money, -_MOST, _MOST)
    missing = next(_missing(entry, vouchers, lots), None)
    if missing is not None:
        hint = "pass what to_json() returned"
        findings.add("card.missing", name, f"names {quoted(missing)}, which the card does not have", hint)
    if entry.kind == "redeem" and not (entry.voucher or entry.taken or entry.money):
        findings.add("card.missing", name, "redeemed nothing", "pass what to_json() returned")


def _missing(entry: Entry, vouchers: Collection[str], lots: Collection[str]) -> Iterator[str]:
    """Yield the vouchers and lots that an entry names and the card does not have."""
    yield from (one for n in range(1, entry.vouchers + 1) if (one := f"{entry.id}.{n}") not in vouchers)
    if entry.voucher and entry.voucher not in vouchers:
        yield entry.voucher
    yield from (one for n in range(1, entry.lots + 1) if (one := f"{entry.id}.{n}") not in lots)
    yield from (one.lot for one in entry.taken if one.lot not in lots)
