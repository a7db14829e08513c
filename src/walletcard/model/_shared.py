"""What every card of a programme says alike, whatever state or language one of them is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from walletcard.errors import quoted
from walletcard.model._around import Link, Place
from walletcard.model._checks import Findings, as_tuple
from walletcard.model._field import Field

Row = tuple[tuple[str, ...], ...]
"""Up to three places side by side, each the keys of the fields that can stand there, the first that is there first."""

_MAX_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The texts and the layout that all cards of a programme share, in one language.

    Google keeps them on a class, which belongs to all cards: it must not change with the one card at hand.

    Attributes:
        locale: The language.
        issuer: Who gives the cards out.
        title: The programme's name.
        fields: Those that are the same on every card.
        links: Alike.
        places: Alike.
        rows: The front below the balances: which fields can stand where, in any state of a card.
        member_label: The label over the holder's name.
        tier: The label and the name of the level that the card has; ``None`` without levels.
    """

    locale: str
    issuer: str
    title: str
    fields: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    rows: tuple[Row, ...] = ()
    member_label: str | None = None
    tier: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        findings = Findings("shared")
        findings.locale("locale", self.locale)
        for name in ("issuer", "title"):
            findings.text(name, getattr(self, name), limit=64)
        for name, kind in (("fields", Field), ("links", Link), ("places", Place)):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
            findings.entries(name, getattr(self, name), kind)
        if self.member_label is not None:
            findings.text("member_label", self.member_label, limit=200, empty=True)
        self._check_tier(findings)
        if findings.entries("rows", self.rows, tuple):
            for number, row in enumerate(self.rows):
                _check_row(findings, f"rows[{number}]", row)
        findings.finish()

    def _check_tier(self, findings: Findings) -> None:
        if self.tier is None:
            return
        if not (isinstance(self.tier, tuple) and len(self.tier) == 2):
            findings.add("shared.tier", "tier", f"got {quoted(self.tier)}, need two texts", "pass (label, name)")
            return
        for text in self.tier:
            findings.text("tier", text, limit=200)


def _check_row(findings: Findings, name: str, row: Row) -> None:
    if not 1 <= len(row) <= _MAX_COLUMNS:
        hint = f"give 1 to {_MAX_COLUMNS}, the rest in another"
        findings.add("shared.rows", name, f"{len(row)} places side by side", hint)
    if findings.entries(name, row, tuple):
        for key in (key for keys in row for key in keys):
            findings.identifier(name, key)
