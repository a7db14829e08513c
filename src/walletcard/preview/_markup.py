"""Texts in, HTML out, escaped by construction: only what `element` made is markup, every other text is text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

_VOID: Final = frozenset({"img", "meta"})
# A browser may break a line after its hyphens, as no reader would.
_DAY: Final = re.compile("(?<![0-9A-Za-z-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9A-Za-z-])")


class Markup(str):
    """HTML that `element` made; never made from a text that came from outside."""

    __slots__ = ()


Child = Iterable[str] | str | None  # A Markup stands as it is, a plain text is escaped, None is nothing.


def element(tag: str, /, *children: Child, **attributes: str | int | None) -> Markup:
    """Return one element.

    Args:
        tag: Its name.
        children: What is in it, in order.
        attributes: ``class_`` is ``class``, ``aria_label`` is ``aria-label``; ``None`` leaves one out.

    >>> element("p", "Fish & chips", class_="dish")
    '<p class="dish">Fish &amp; chips</p>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{joined(*children)}</{tag}>")


def joined(*children: Child) -> Markup:
    """Return several pieces as one."""
    return Markup("".join(map(_written, children)))


def _written(child: Child) -> str:
    if child is None or isinstance(child, Markup):
        return child or ""
    return escape(child) if isinstance(child, str) else joined(*child)


def foreign(text: str) -> Markup:
    """Return a card's text: it finds the direction of its own inside, its place stays with what is around it.

    A day such as 2027-02-10 stays on one line wherever a line has room for it.
    """
    parts = _DAY.split(text)  # Every second one is a day.
    return element("bdi", *(element("span", part, class_="day") if n % 2 else part for n, part in enumerate(parts)))


def pair(label: str, value: str, **attributes: str | int | None) -> Markup:
    """Return a label and its value as an entry of a `listing`."""
    return element("div", element("dt", foreign(label) if label else None), element("dd", foreign(value)), **attributes)


def listing(pairs: Iterable[Markup], **attributes: str | int | None) -> Markup:
    """Return a ``dl`` of the pairs; nothing when there are none."""
    entries = list(pairs)
    return element("dl", entries, **attributes) if entries else Markup()
