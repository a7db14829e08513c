"""Pictures in, the addresses that Google will load them from out. Google takes no bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from walletcard.errors import Issue, quoted, wrong_type
from walletcard.google._found import Problem
from walletcard.model import Face, Picture

Host = Callable[[Picture], str]
_NAMES: Final = ("hero", "logo")
_HTTPS: Final = "give a public https address"


class Addresses(NamedTuple):
    """Where the two pictures of a card are; ``None`` for one that has no address."""

    logo: str | None
    hero: str | None
    issues: tuple[Issue, ...]


def addresses(face: Face, *, pictures: Mapping[str, Picture] | None, host: Host | None, needs_logo: bool) -> Addresses:
    """Ask ``host`` for the hero, and for the logo when the design names none."""
    given, issues = _known({} if pictures is None else pictures)
    logo = face.design.logo_url
    if logo is None and host is not None and "logo" in given:
        logo = _hosted(host, "logo", given["logo"], issues)
    hero = _hosted(host, "hero", given["hero"], issues) if host is not None and "hero" in given else None
    if logo is None and needs_logo and not issues:
        ours = "" if "logo" in given else ', and pictures=render.pictures(face, wallet="google")'
        hint = f"give an https address there, or host=, which puts the logo on your site{ours}"
        message = "no logo, and Google requires one"
        issues.append(Issue(code="image.logo-missing", where="design.logo_url", message=message, hint=hint))
    return Addresses(logo, hero, tuple(issues))


def address_problem(address: object) -> Problem | None:
    """Return why Google cannot load a picture from there; ``None`` when nothing speaks against it."""
    if not isinstance(address, str):
        return Problem("image.address", f"got {quoted(address)}, need an address", _HTTPS)
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or any(character.isspace() for character in address):
        return Problem("image.address", "not an address", _HTTPS)  # Not shown: it may hold a password.
    if parts.scheme != "https":
        return Problem("image.insecure", "not an https address", _HTTPS)
    if parts.username is not None:
        return Problem("image.address", "holds a user name or password", "remove it")
    if _is_private(host):
        return Problem("image.private", f"Google cannot reach {quoted(host)}", _HTTPS)
    if parts.path.lower().endswith(".svg"):
        return Problem("image.invalid", "Google does not show SVG", "export it as PNG")
    return None


def require_sources(pictures: object, host: object) -> None:
    """Raise `InvalidCardError` unless both are ``None``, or pictures by name and something to call."""
    if not isinstance(pictures, (Mapping, type(None))):
        hint = 'pass those of render.pictures(face, wallet="google")'
        raise wrong_type(pictures, need="a dict", where="pictures", code="image.invalid", hint=hint)
    if host is not None and not callable(host):
        hint = "pass one that takes a Picture and returns its https address"
        raise wrong_type(host, need="a function", where="host", code="host.type", hint=hint)


def _known(pictures: Mapping[str, Picture]) -> tuple[dict[str, Picture], list[Issue]]:
    found, issues = {}, []
    for name, picture in pictures.items():
        where = f"pictures[{quoted(name)}]"
        if name not in _NAMES:
            hint = 'pass those of render.pictures(face, wallet="google")'
            issues.append(Issue(code="image.unknown", where=where, message="Google has hero and logo only", hint=hint))
        elif isinstance(picture, Picture):
            found[name] = picture
        else:
            message = f"got {quoted(picture)}, need a Picture"
            issues.append(Issue(code="image.invalid", where=where, message=message, hint="wrap it: Picture(png)"))
    return found, issues


def _hosted(host: Host, name: str, picture: Picture, issues: list[Issue]) -> str | None:
    address = host(picture)
    problem = address_problem(address)
    if problem is None:
        return address
    issues.append(problem.at(f"host({name})"))
    return None


# https://www.rfc-editor.org/rfc/rfc6761 and RFC 1918, as far as they turn up in addresses of pictures.
_PRIVATE_NAMES: Final = ("localhost", ".localhost", ".local", ".internal", ".lan")
_PRIVATE_NUMBERS: Final = ("127.", "10.", "192.168.", "169.254.", "0.")


def _is_private(host: str) -> bool:
    if host.endswith(_PRIVATE_NAMES) or ":" in host:
        return host.endswith(_PRIVATE_NAMES) or host in ("::1", "::") or host.startswith(("fc", "fd", "fe80"))
    return host.replace(".", "").isdigit() and host.startswith(_PRIVATE_NUMBERS)
