"""What can be obtained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from walletcard.model._checks import Findings
from walletcard.model._currency import optional_amount
from walletcard.model._text import Text, frozen_text

REWARD_KINDS: Final = ("addon", "amount", "credit", "item", "minutes", "percent", "perk", "product", "upgrade")
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
        points: Its price in the catalogue. One with ``valid_days`` becomes a voucher to use later, any other is
            handed over at once.
        cost: What it costs the business, in minor units; for `walletcard.measure` alone.
    """

    id: str
    title: Text
    kind: str = "item"
    value: int | None = None
    in_sentence: Text | None = None
    valid_days: int | None = None
    uses: int | None = 1
    stackable: bool = False
    points: int | None = None
    cost: int | None = None

    def __post_init__(self) -> None:
        findings = Findings("reward")
        findings.identifier("id", self.id)
        object.__setattr__(self, "title", frozen_text(findings, "title", self.title, limit=MAX_NAME))
        findings.choice("kind", self.kind, REWARD_KINDS, code="reward.kind")
        if self.kind in ("amount", "credit"):
            optional_amount(findings, "value", self.value, 1, 10**12)
        else:
            findings.optional_whole("value", self.value, 1, 100 if self.kind == "percent" else 10**12)
        if self.in_sentence is not None:
            sentence = frozen_text(findings, "in_sentence", self.in_sentence, limit=MAX_SENTENCE)
            object.__setattr__(self, "in_sentence", sentence)
        findings.optional_whole("valid_days", self.valid_days, 1, 36_500)
        findings.optional_whole("uses", self.uses, 1, 1_000)
        findings.flag("stackable", self.stackable)
        findings.optional_whole("points", self.points, 1, 10**9)
        optional_amount(findings, "cost", self.cost, 0, 10**12)
        findings.finish()
