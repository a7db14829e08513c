"""Texts in, HTML out, escaped by construction: only what `element` made is markup, every other text is text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

_VOID: Final = frozenset({"img", "meta"})


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
    """Return a card's text: it finds the direction of its own inside, its place stays with what is around it."""
    return element("bdi", text)


def pair(label: str, value: str, **attributes: str | int | None) -> Markup:
    """Return a label and its value as an entry of a `listing`."""
    return element("div", element("dt", foreign(label) if label else None), element("dd", foreign(value)), **attributes)


def listing(pairs: Iterable[Markup], **attributes: str | int | None) -> Markup:
    """Return a ``dl`` of the pairs; nothing when there are none."""
    entries = list(pairs)
    return element("dl", entries, **attributes) if entries else Markup()
