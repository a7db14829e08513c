"""What the stamp picture shows, without a pixel: the seam between the card and the renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from walletcard.model._checks import Findings, as_tuple
from walletcard.model._color import Palette
from walletcard.model._hashed import Hashed, remembered
from walletcard.model._picture import Picture
from walletcard.model._typed import find_types

MAX_CELLS: Final = 30  # Past this, stamps no longer fit the strip at a readable size.
ICONS: Final = ("car", "cup", "drop", "gift", "hands", "heart", "leaf", "scissors", "star", "tick")
# What people call them, or what they sell; for a hint alone.
_CALLED: Final = {
    "car": "auto garage taxi vehicle wash",
    "cup": "cafe café coffee espresso mug tea",
    "drop": "fuel oil rain water",
    "gift": "box parcel present voucher",
    "hands": "hand massage spa therapy",
    "heart": "care health love pet",
    "leaf": "flower garden nature plant",
    "scissors": "barber hair haircut salon",
    "star": "favourite favorite point",
    "tick": "check checkmark done ok yes",
}
ICONS_MEANT: Final = {word: icon for icon, words in _CALLED.items() for word in words.split()}
ICON_MODES: Final = ("full", "mask")
LOOKS: Final = ("closed", "complete", "expired", "normal")
MODES: Final = ("bar", "countdown", "grid", "plain")

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StripSpec(Hashed):
    """The picture above the fields, as numbers and names.

    Attributes:
        mode: ``grid`` (a cell for each stamp), ``countdown`` (a cell for each use of a pack; filled ones are left),
            ``bar`` (a track from ``start`` to ``end``) or ``plain`` (background only).
        cells: Cells drawn, 1 to 30; the reward cell, if any, is one of them. 0 for a bar and when plain.
        filled: Stamps collected or uses left, 0 to ``cells``; the first cells in reading order.
        icon: The silhouette on a filled stamp, one of the built-in ones.
        direction: ``ltr`` fills from the left, ``rtl`` from the right; icons are not mirrored.
        colours: The card's resolved colours.
        milestones: Cells, counted from 1, where a reward waits on the way.
        used: Those of ``milestones`` whose reward was redeemed: drawn with a tick.
        reward_at: The cell of the final reward, drawn as a gift; ``None`` for none.
        lit: The final reward is ready: its cell shines.
        value: Of a bar: how far it is filled; past ``end`` it is full.
        start: Of a bar: its beginning.
        end: Of a bar: what it leads to, over ``start``.
        ticks: Of a bar: marks between the two.
        end_icon: Of a bar: the silhouette at its end, one of the built-in ones: a gift, or a star for a level.
        quiet: Of a bar: the leading 55 % stay empty, for a primary field that stands over them.
        look: ``normal``; ``complete`` (everything filled and lit), ``expired`` (grey and pale) or ``closed`` (the same,
            struck through).
        icon_picture: A silhouette of your own in the place of ``icon``.
        icon_mode: ``mask`` (only the picture's shape, in the card's colours) or ``full`` (the picture is the stamp).
        photo: Behind everything, under a veil of the background's colour.
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
    value: int = 0
    start: int = 0
    end: int = 0
    ticks: tuple[int, ...] = ()
    end_icon: str = "gift"
    quiet: bool = False
    look: str = "normal"
    icon_picture: Picture | None = None
    icon_mode: str = "mask"
    photo: Picture | None = None
    alt: str = ""

    __hash__ = remembered

    @property
    def leaves_room(self) -> bool:
        """Whether the leading part stays empty, so that a field may stand over it."""
        return self.mode == "plain" or (self.mode == "bar" and self.quiet)

    def __post_init__(self) -> None:
        findings = Findings("strip")
        for name in ("milestones", "used", "ticks"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
            if not findings.entries(name, getattr(self, name), int):
                findings.finish()
        findings.text("alt", self.alt, limit=1_000, empty=True)
        findings.choice("mode", self.mode, MODES, code="strip.mode")
        findings.choice("icon", self.icon, ICONS, code="icon.unknown", meant=ICONS_MEANT)
        findings.choice("end_icon", self.end_icon, ICONS, code="icon.unknown", meant=ICONS_MEANT)
        findings.choice("direction", self.direction, ("ltr", "rtl"), code="strip.direction")
        findings.choice("look", self.look, LOOKS, code="strip.look")
        findings.choice("icon_mode", self.icon_mode, ICON_MODES, code="icon.mode")
        for name in ("icon_picture", "photo"):
            if not isinstance(getattr(self, name), (Picture, type(None))):
                findings.add("image.invalid", name, "not a Picture", "pass Picture(png_bytes)")
        for name in ("lit", "quiet"):
            findings.flag(name, getattr(self, name))
        low = 0 if self.mode in ("bar", "plain") else 1
        if findings.whole("cells", self.cells, low, MAX_CELLS, code="strip.cells"):
            findings.whole("filled", self.filled, 0, self.cells, code="strip.filled")
            for name in ("milestones", "used"):
                for place, cell in enumerate(getattr(self, name)):
                    findings.whole(f"{name}[{place}]", cell, 1, self.cells, code="strip.cell")
            if self.reward_at is not None:
                findings.whole("reward_at", self.reward_at, 1, self.cells, code="strip.cell")
        if self.mode == "bar" and findings.whole("start", self.start, 0, 10**12):
            findings.whole("end", self.end, self.start + 1, 10**12, code="strip.bar")
            findings.whole("value", self.value, 0, 10**12, code="strip.bar")
        for cell in self.used:
            if cell not in self.milestones:
                findings.add("strip.cell", "used", f"cell {cell} is no milestone", "list it in milestones too")
        if not isinstance(self.colours, Palette):
            findings.add("strip.colours", "colours", "not a Palette", "pass design.palette")
        if not findings.issues:  # Those that the other modes leave unread.
            find_types(findings, self, "value", "start", "end", "ticks", "reward_at")
        findings.finish()
