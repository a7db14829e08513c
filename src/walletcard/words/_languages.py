"""The languages that walletcard speaks: one data file each, found by a language tag."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CATALOGUE: Final = "en"  # The file that lists every phrase and its placeholders; its words are English's alone.

_SCRIPT: Final = re.compile(r"[A-Z][a-z]{3}")
_REGION: Final = re.compile(r"[A-Z]{2}|[0-9]{3}")

# Regions that write a language in another script than its file does: Chinese in traditional characters.
_SCRIPTS: Final = {"zh-HK": "Hant", "zh-MO": "Hant", "zh-TW": "Hant"}


@cache
def _folder() -> Traversable:
    from importlib.resources import files  # A quarter of the time that importing walletcard would take.

    return files("walletcard.words").joinpath("languages")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that walletcard speaks."""
    found = (one.name for one in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in found if name.endswith(".json")))


@cache
def language(name: str) -> Mapping[str, Any]:
    """Return the content of a language's file."""
    data: Mapping[str, Any] = json.loads(_folder().joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1024)
def spoken(locale: str) -> str | None:
    """Return the file that speaks ``locale``: ``zh-Hans`` of ``zh-CN``; none for another script, such as ``zh-TW``."""
    tongue, *rest = locale.split("-")
    script = next((part for part in rest if _SCRIPT.fullmatch(part)), _SCRIPTS.get(f"{tongue}-{region_of(locale)}"))
    for name in languages():
        if name.split("-")[0] == tongue and script in (None, language(name)["script"]):
            return name
    return None


def region_of(locale: str) -> str:
    """Return the region of a language tag: ``GB`` of ``en-GB``; empty when it names none."""
    return next((part for part in locale.split("-")[1:] if _REGION.fullmatch(part)), "")


@lru_cache(maxsize=1024)
def tags_of(locale: str) -> tuple[str, ...]:
    """Return the tags under which a text for ``locale`` may stand, nearest first."""
    parts = locale.split("-")
    tags: Iterable[str | None] = (*("-".join(parts[:end]) for end in range(len(parts), 0, -1)), spoken(locale))
    return tuple(dict.fromkeys(tag for tag in tags if tag is not None))


def tag_shown(locale: str) -> str:
    """Return a tag for an error: ``zh-TW (zh-Hant)`` where the region implies a script."""
    script = _SCRIPTS.get(locale)
    return f"{locale} ({locale.split('-')[0]}-{script})" if script else locale
