"""Colours: parsing, contrast, and readable inks for any background.

The ratios are those of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): text needs 4.5 against what is
behind it, a shape needs 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.model._typed import Typed

TEXT_CONTRAST: Final = 4.5
SHAPE_CONTRAST: Final = 3.0
VARIANTS: Final = ("dark", "light", "tinted")

_HEX: Final = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_RGB: Final = re.compile(r"rgb\( *([0-9]{1,3}) *, *([0-9]{1,3}) *, *([0-9]{1,3}) *\)")
_STEPS: Final = 64  # Steps on the way to black or white when looking for a passing colour.


@dataclass(frozen=True, slots=True)
class Color:
    """One opaque sRGB colour.

    Attributes:
        red: 0 to 255.
        green: 0 to 255.
        blue: 0 to 255.

    >>> Color.parse("#3B2418").css
    'rgb(59, 36, 24)'
    """

    red: int
    green: int
    blue: int

    def __post_init__(self) -> None:
        for name in ("red", "green", "blue"):
            value = getattr(self, name)
            if type(value) is not int or not 0 <= value <= 255:
                raise _refuse("color", f"{name} is {quoted(value)}", "each part is a whole number from 0 to 255")

    @classmethod
    def parse(cls, value: Color | str, *, where: str = "color") -> Color:
        """Read ``#rrggbb``, ``#rgb`` or ``rgb(r, g, b)``; a `Color` comes back as it is.

        Raises:
            InvalidCardError: It is none of these; ``where`` names the place in the caller's data.
        """
        if isinstance(value, Color):
            return value
        if isinstance(value, str):
            if _HEX.fullmatch(value):
                digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
                return cls(*bytes.fromhex(digits))
            if found := _RGB.fullmatch(value):
                parts = [int(part) for part in found.groups()]
                if max(parts) > 255:
                    raise _refuse(where, f"a part of {quoted(value)} is over 255", "each part is 0 to 255")
                return cls(*parts)
            if re.fullmatch(r"#([0-9A-Fa-f]{8}|[0-9A-Fa-f]{4})", value):
                raise _refuse(where, "has transparency", "wallets show solid colours: drop the alpha digits")
        raise _refuse(where, f"{quoted(value)} is not a colour", "write #rrggbb, such as #3B2418")

    @property
    def hex(self) -> str:
        """The colour as ``#RRGGBB``."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def css(self) -> str:
        """The colour as ``rgb(r, g, b)``, the spelling of Apple's pass.json."""
        return f"rgb({self.red}, {self.green}, {self.blue})"

    @property
    def rgb(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue

    @property
    def grey(self) -> Color:
        """The colour without its hue, as a black-and-white photo shows it."""
        part = round(0.299 * self.red + 0.587 * self.green + 0.114 * self.blue)
        return Color(part, part, part)

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white)."""
        parts = (part / 255 for part in self.rgb)
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Color) -> float:
        """Return the contrast ratio to ``other``, 1 to 21."""
        _require_color(other, "other")
        light, dark = sorted((self.luminance, other.luminance), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    def mixed(self, other: Color, share: float) -> Color:
        """Return this colour with ``share`` (0 to 1) of ``other`` in it."""
        _require_color(other, "other")
        _require_number(share, "share", 0, 1)
        return Color(*(round(a + (b - a) * share) for a, b in zip(self.rgb, other.rgb, strict=True)))

    def readable_on(self, background: Color, ratio: float) -> Color:
        """Return the colour nearest to this one that reaches ``ratio`` (1 to 21) on ``background``.

        It is this one where that does; where none reaches it, it is black or white.
        """
        _require_color(background, "background")
        _require_number(ratio, "ratio", 1, 21)
        if self.contrast(background) >= ratio:
            return self
        end = BLACK if BLACK.contrast(background) > WHITE.contrast(background) else WHITE
        steps = (self.mixed(end, step / _STEPS) for step in range(1, _STEPS + 1))
        return next((color for color in steps if color.contrast(background) >= ratio), end)


BLACK: Final = Color(0, 0, 0)
WHITE: Final = Color(255, 255, 255)


def _require_color(value: object, where: str) -> None:
    if not isinstance(value, Color):
        raise _refuse(where, f"got {quoted(value)}, need a Color", 'pass Color.parse("#3B2418")')


def _require_number(value: object, where: str, low: int, high: int) -> None:
    if type(value) not in (int, float) or not low <= value <= high:  # type: ignore[operator]  # NaN is not within.
        raise _refuse(where, f"got {quoted(value)}, need a number", f"use {low} to {high}")


def _refuse(where: str, message: str, hint: str) -> InvalidCardError:
    return InvalidCardError.from_issues([Issue(code="color.invalid", where=where, message=message, hint=hint)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette(Typed):
    """The seven colours of one card, each resolved.

    Attributes:
        background: The card and the strip behind everything.
        foreground: Values: text on the background.
        label: Labels: text on the background.
        disc: A filled stamp.
        glyph: The icon on a filled stamp.
        ring: The outline of an empty stamp.
        mark: The outline of a milestone and of the reward.
    """

    background: Color
    foreground: Color
    label: Color
    disc: Color
    glyph: Color
    ring: Color
    mark: Color

    @classmethod
    def from_background(cls, background: Color) -> Self:
        """Return readable inks for any background: one brand colour is enough for a card."""
        _require_color(background, "background")
        dark = BLACK.contrast(background) > WHITE.contrast(background)
        ink = background.mixed(BLACK if dark else WHITE, 0.94).readable_on(background, 7.0)
        disc = background.mixed(ink, 0.80).readable_on(background, TEXT_CONTRAST)
        return cls(
            background=background,
            foreground=ink,
            label=background.mixed(ink, 0.72).readable_on(background, TEXT_CONTRAST),
            disc=disc,
            glyph=background.readable_on(disc, SHAPE_CONTRAST),
            ring=background.mixed(ink, 0.50).readable_on(background, SHAPE_CONTRAST),
            mark=ink,
        )

    @classmethod
    def variants(cls, brand: Color | str) -> Mapping[str, Self]:
        """Return three readable palettes of one brand colour.

        ``tinted`` is a card of the brand colour itself; on ``dark`` and ``light`` the brand colour is the stamps'.
        """
        brand = Color.parse(brand, where="brand")
        dark = cls._around(brand, ground=brand.mixed(BLACK, 0.80), ink=WHITE)
        light = cls._around(brand, ground=brand.mixed(WHITE, 0.90), ink=BLACK)
        return {"dark": dark, "light": light, "tinted": cls.from_background(brand)}

    @classmethod
    def _around(cls, brand: Color, *, ground: Color, ink: Color) -> Self:
        text = brand.mixed(ink, 0.84).readable_on(ground, 7.0)
        # A brand colour too close to the ground is not bent until it passes: it moves onto the stamp, as the icon.
        near = brand.contrast(ground) < SHAPE_CONTRAST
        disc = text if near else brand
        return cls(
            background=ground,
            foreground=text,
            label=brand.mixed(ink, 0.45).readable_on(ground, TEXT_CONTRAST),
            disc=disc,
            glyph=(brand if near else ground).readable_on(disc, SHAPE_CONTRAST),
            ring=ground.mixed(disc, 0.70).readable_on(ground, SHAPE_CONTRAST),
            mark=text,
        )

    def problems(self, where: str = "design") -> list[Issue]:
        """Return an issue ``color.contrast`` for each pair that cannot be told apart, with the nearest passing one."""
        found = []
        for name, behind, ratio in _PAIRS:
            ink, ground = getattr(self, name), getattr(self, behind)
            measured = ink.contrast(ground)
            if measured < ratio:
                better = ink.readable_on(ground, ratio)
                message = f"{ink.hex} on {ground.hex} has contrast {_floor2(measured)}, need {ratio:g}"
                hint = f"the nearest that passes is {better.hex}"
                found.append(Issue(code="color.contrast", where=f"{where}.{name}", message=message, hint=hint))
        return found


def _floor2(ratio: float) -> str:
    """Two decimals, rounded down: 4.498 must not read as the 4.50 it misses."""
    return f"{int(ratio * 100) / 100:.2f}"


_PAIRS: Final = (
    ("foreground", "background", TEXT_CONTRAST),
    ("label", "background", TEXT_CONTRAST),
    ("disc", "background", SHAPE_CONTRAST),
    ("glyph", "disc", SHAPE_CONTRAST),
    ("ring", "background", SHAPE_CONTRAST),
    ("mark", "background", SHAPE_CONTRAST),
)
