"""What a card looks like: colours, an icon, and the pictures a business brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import urlsplit

from walletcard.errors import InvalidCardError
from walletcard.model._checks import Findings
from walletcard.model._color import Color, Palette
from walletcard.model._picture import Picture
from walletcard.model._strip import ICONS

_INKS: Final = ("foreground", "label", "disc", "glyph", "ring", "mark")
_PICTURES: Final = ("app_icon", "logo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The look of a card. One colour is enough: readable inks are made from it.

    A colour is ``#rrggbb``, ``#rgb``, ``rgb(r, g, b)`` or a `Color`. Colours that cannot be told apart are allowed
    here and judged when something is built (``color.contrast``).

    Attributes:
        background: The card and the strip.
        foreground: Values; made from the background when absent, as are the following.
        label: Labels.
        disc: A filled stamp.
        glyph: The icon on a filled stamp.
        ring: The outline of an empty stamp.
        mark: The outline of a milestone and of the reward.
        icon: The silhouette on a stamp: cup, gift, leaf, star or tick.
        app_icon: PNG; the small square picture in notices, at best 114x114 px. Drawn from the design when absent
            (Apple refuses a pass without one).
        logo: PNG; the picture at the top of an Apple pass, at best 480x150 px. Without it the name stands there.
        logo_url: An https address of a square picture, at best 660x660 px; Google loads it, and requires it.
    """

    background: Color | str
    foreground: Color | str | None = None
    label: Color | str | None = None
    disc: Color | str | None = None
    glyph: Color | str | None = None
    ring: Color | str | None = None
    mark: Color | str | None = None
    icon: str = "star"
    app_icon: Picture | bytes | None = None
    logo: Picture | bytes | None = None
    logo_url: str | None = None

    def __post_init__(self) -> None:
        findings = Findings("design")
        for name in ("background", *_INKS):
            self._accept(findings, name, Color, lambda value, where: Color.parse(value, where=where))
        for name in _PICTURES:
            self._accept(findings, name, Picture, lambda value, where: Picture(value, where=where))
        findings.choice("icon", self.icon, ICONS, code="icon.unknown")
        if self.logo_url is not None:
            check_https(findings, "logo_url", self.logo_url)
        if self.background is None:
            findings.add("color.invalid", "background", "missing", "write #rrggbb, such as #3B2418")
        findings.finish()

    def _accept(self, findings: Findings, name: str, kind: type, read: object) -> None:
        value = getattr(self, name)
        if value is None or isinstance(value, kind):
            return
        try:
            object.__setattr__(self, name, read(value, f"design.{name}"))  # type: ignore[operator]
        except InvalidCardError as error:
            findings.issues.extend(error.issues)

    @property
    def palette(self) -> Palette:
        """Every colour resolved: the given ones, and readable ones for the rest."""
        given = {name: getattr(self, name) for name in _INKS if getattr(self, name) is not None}
        return replace(Palette.from_background(Color.parse(self.background)), **given)

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures the user gave: ``app_icon`` and ``logo``, those that are there."""
        found = {name: getattr(self, name) for name in _PICTURES}
        return {name: picture for name, picture in found.items() if picture is not None}

    def with_background(self, background: Color | str) -> Self:
        """Return the design on another background, with inks made for it."""
        none: dict[str, Any] = dict.fromkeys(_INKS)
        return replace(self, background=background, **none)


def check_https(findings: Findings, name: str, value: object) -> bool:
    """Check for an https address with a host and without a user name."""
    if not isinstance(value, str):
        findings.add("link.invalid", name, "not a text", "give an https address")
        return False
    try:
        parts = urlsplit(value)
        host, secure, named = parts.hostname, parts.scheme == "https", parts.username is not None
        _ = parts.port
    except ValueError:
        host, secure, named = None, True, False
    if not secure:
        findings.add("link.insecure", name, "not an https address", "wallets load nothing else: use https://")
    elif named:
        findings.add("link.credentials", name, "holds a user name or password", "remove it")
    elif not host or any(character.isspace() for character in value):
        findings.add("link.invalid", name, "the address has no valid host", "check the spelling")
    else:
        return True
    return False
