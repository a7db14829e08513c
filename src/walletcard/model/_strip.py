"""What the stamp picture shows, without a pixel: the seam between the card and the renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from walletcard.model._checks import Findings, as_tuple
from walletcard.model._color import Palette

MAX_CELLS: Final = 30  # Past this, stamps no longer fit the strip at a readable size.
ICONS: Final = ("cup", "gift", "leaf", "star", "tick")
MODES: Final = ("grid", "plain")

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StripSpec:
    """The picture above the fields, as numbers and names.

    Attributes:
        mode: ``grid`` (a cell for each stamp) or ``plain`` (background only; no cells).
        cells: Cells drawn, 1 to 30; the reward cell, if any, is one of them. 0 when plain.
        filled: Stamps collected, 0 to ``cells``; the first cells in reading order.
        icon: The silhouette on a filled stamp, one of the built-in ones.
        direction: ``ltr`` fills from the left, ``rtl`` from the right; icons are not mirrored.
        colours: The card's resolved colours.
        milestones: Cells, counted from 1, where a reward waits on the way.
        used: Those of ``milestones`` whose reward was redeemed: drawn with a tick.
        reward_at: The cell of the final reward, drawn as a gift; ``None`` for none.
        lit: The final reward is ready: its cell shines.
        alt: What a screen reader says, in the card's language.
    """

    mode: str
    cells: int
    filled: int
    icon: str
    direction: Direction
    colours: Palette
    milestones: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    reward_at: int | None = None
    lit: bool = False
    alt: str = ""

    def __post_init__(self) -> None:
        findings = Findings("strip")
        for name in ("milestones", "used"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
            if not findings.entries(name, getattr(self, name), int):
                findings.finish()
        findings.text("alt", self.alt, limit=1_000, empty=True)
        findings.choice("mode", self.mode, MODES, code="strip.mode")
        findings.choice("icon", self.icon, ICONS, code="icon.unknown")
        findings.choice("direction", self.direction, ("ltr", "rtl"), code="strip.direction")
        findings.flag("lit", self.lit)
        low = 0 if self.mode == "plain" else 1
        if findings.whole("cells", self.cells, low, MAX_CELLS, code="strip.cells"):
            findings.whole("filled", self.filled, 0, self.cells, code="strip.filled")
            for name in ("milestones", "used"):
                for place, cell in enumerate(getattr(self, name)):
                    findings.whole(f"{name}[{place}]", cell, 1, self.cells, code="strip.cell")
            if self.reward_at is not None:
                findings.whole("reward_at", self.reward_at, 1, self.cells, code="strip.cell")
        for cell in self.used:
            if cell not in self.milestones:
                findings.add("strip.cell", "used", f"cell {cell} is no milestone", "list it in milestones too")
        if not isinstance(self.colours, Palette):
            findings.add("strip.colours", "colours", "not a Palette", "pass design.palette")
        findings.finish()
