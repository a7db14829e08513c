"""What a card looks like: colours, an icon, and the pictures a business brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Self
from urllib.parse import urlsplit

from walletcard.errors import InvalidCardError
from walletcard.model._checks import Findings
from walletcard.model._color import VARIANTS, Color, Palette
from walletcard.model._hashed import Hashed, remembered
from walletcard.model._picture import Picture
from walletcard.model._strip import ICON_MODES, ICONS, ICONS_MEANT, Direction, StripSpec

_INKS: Final = ("foreground", "label", "disc", "glyph", "ring", "mark")
_PICTURES: Final = ("app_icon", "logo", "thumbnail", "background_picture")
_MATERIAL: Final = ("icon_picture", "photo")  # Drawn with, never handed on.
_ICON_SIDE: Final = 168  # Pixels: the largest cell at three a point.
_ICON_BYTES: Final = 500_000
_PHOTO_SIZE: Final = (375, 144)  # Pixels, at least: the strip at one a point.
MAX_URL: Final = 2_000  # Characters of an address.


@dataclass(frozen=True, slots=True, kw_only=True)
class Design(Hashed):
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
        icon: The silhouette on a stamp: car, cup, drop, gift, hands, heart, leaf, scissors, star or tick.
        thumbnail: PNG, at best 270x270 px; beside the text of a plain card or an event ticket on an iPhone.
        background_picture: PNG, at best 1029x1509 px; behind an event ticket, where an iPhone blurs it.
        icon_picture: PNG with a transparent ground, at least 168x168 px; your own silhouette in the place of ``icon``.
        icon_mode: ``mask`` takes only the picture's shape and gives it the card's colours; with ``full`` the picture
            itself is the stamp.
        photo: PNG, at best 1125x432 px; behind the stamps, under a veil of ``background`` that keeps them readable.
            ``render.fit`` makes one of a JPEG.
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
    icon_picture: Picture | bytes | None = None
    icon_mode: str = "mask"
    photo: Picture | bytes | None = None
    thumbnail: Picture | bytes | None = None
    background_picture: Picture | bytes | None = None

    __hash__ = remembered

    def __post_init__(self) -> None:
        findings = Findings("design")
        for name in ("background", *_INKS):
            self._accept(findings, name, Color, lambda value, where: Color.parse(value, where=where))
        for name in (*_PICTURES, *_MATERIAL):
            self._accept(findings, name, Picture, lambda value, where: Picture(value, where=where))
        findings.choice("icon", self.icon, ICONS, code="icon.unknown", meant=ICONS_MEANT)
        findings.choice("icon_mode", self.icon_mode, ICON_MODES, code="icon.mode")
        self._check_material(findings)
        if self.logo_url is not None:
            check_https(findings, "logo_url", self.logo_url)
        if self.background is None:
            findings.add("color.invalid", "background", "missing", "write #rrggbb, such as #3B2418")
        findings.finish()

    def _accept(self, findings: Findings, name: str, kind: type, read: Callable[[Any, str], object]) -> None:
        value = getattr(self, name)
        if value is None or isinstance(value, kind):
            return
        try:
            object.__setattr__(self, name, read(value, f"design.{name}"))
        except InvalidCardError as error:
            findings.issues.extend(error.issues)

    def _check_material(self, findings: Findings) -> None:
        icon, photo = self.icon_picture, self.photo
        if isinstance(icon, Picture):
            if min(icon.width, icon.height) < _ICON_SIDE:
                message = f"{icon.width}x{icon.height} px is too small"
                findings.add("image.small", "icon_picture", message, f"give at least {_ICON_SIDE}x{_ICON_SIDE}")
            if len(icon.png) > _ICON_BYTES:
                findings.add(
                    "image.large", "icon_picture", f"{len(icon.png):_} bytes, over {_ICON_BYTES:_}", "shrink it"
                )
        if isinstance(photo, Picture) and (photo.width < _PHOTO_SIZE[0] or photo.height < _PHOTO_SIZE[1]):
            message = f"{photo.width}x{photo.height} px is too small"
            findings.add("image.small", "photo", message, "give at least 375x144, at best 1125x432")

    def strip(self, *, direction: Direction) -> StripSpec:
        """Return the plain picture of this design; `dataclasses.replace` makes it a grid, a pack or a bar."""
        plain = _plain(self)
        return plain if direction == plain.direction else replace(plain, direction=direction)

    def variant(self, name: str) -> Self:
        """Return the design in other colours, all made from its background: ``dark``, ``light`` or ``tinted``.

        Raises:
            InvalidCardError: There is no such variant.
        """
        findings = Findings("variant")
        findings.choice("name", name, VARIANTS, code="palette.unknown")
        findings.finish()
        palette = Palette.variants(Color.parse(self.background))[name]
        colours: dict[str, Any] = {ink: getattr(palette, ink) for ink in ("background", *_INKS)}
        return replace(self, **colours)

    @property
    def palette(self) -> Palette:
        """Every colour resolved: the given ones, and readable ones for the rest."""
        return _palette(self)

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """Those of ``app_icon``, ``logo``, ``thumbnail`` and ``background_picture`` that the user gave."""
        found = {name: getattr(self, name) for name in _PICTURES}
        return {name: picture for name, picture in found.items() if picture is not None}

    def with_background(self, background: Color | str) -> Self:
        """Return the design on another background, with inks made for it."""
        none: dict[str, Any] = dict.fromkeys(_INKS)
        return replace(self, background=background, **none)


@lru_cache(maxsize=256)
def _palette(design: Design) -> Palette:
    given = {name: getattr(design, name) for name in _INKS if getattr(design, name) is not None}
    palette = replace(Palette.from_background(Color.parse(design.background)), **given)
    if design.photo is not None and design.label is None:  # On a photo only strong text can be read.
        return replace(palette, label=palette.foreground)
    return palette


@lru_cache(maxsize=256)
def _plain(design: Design) -> StripSpec:
    icon, photo = design.icon_picture, design.photo
    return StripSpec(
        mode="plain",
        cells=0,
        filled=0,
        icon=design.icon,
        direction="ltr",
        colours=design.palette,
        icon_picture=icon if isinstance(icon, Picture) else None,
        icon_mode=design.icon_mode,
        photo=photo if isinstance(photo, Picture) else None,
    )


def _is_host(host: str | None) -> bool:
    """Tell what can be a host: https://www.rfc-editor.org/rfc/rfc1035 part 2.3.4 limits its length."""
    return bool(host) and len(host or "") <= 253 and all(len(label) <= 63 for label in (host or "").split("."))


def check_https(findings: Findings, name: str, value: object) -> bool:
    """Check for an https address with a host and without a user name, in characters that can be written."""
    if not isinstance(value, str):
        findings.add("link.invalid", name, "not a text", "give an https address")
        return False
    if not findings.text(name, value, limit=MAX_URL, empty=True):
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
    elif not _is_host(host) or any(character.isspace() for character in value):
        findings.add("link.invalid", name, "the address has no valid host", "check the spelling")
    else:
        return True
    return False
