"""The language folders of a pass, judged: what a reader of one language sees and of another does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from walletcard.apple._notes import Notes
from walletcard.apple._strings import read
from walletcard.errors import InvalidDocumentError, quoted

# https://developer.apple.com/documentation/walletpasses/creating-the-source-for-a-pass
STRINGS: Final = "pass.strings"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SHOWN: Final = 3  # Keys named in one message.


def lint_folders(here: Notes, found: Mapping[str, Mapping[str, object]], top: Iterable[str]) -> None:
    """Judge the folders against each other.

    Args:
        here: Where to write.
        found: By language, the files of its folder.
        top: The names of the files outside the folders.
    """
    if STRINGS in top:
        hint = f"put it into a language folder, such as en.lproj/{STRINGS}"
        here.add("strings.folder", f"[{quoted(STRINGS)}]", "phones read it in language folders only", hint, "warning")
    for language in found:
        if not _LANGUAGE.fullmatch(language):
            hint = "write en, en-GB or zh-Hans"
            place = f"[{quoted(language + '.lproj')}]"
            here.add("strings.language", place, "no language that phones look for", hint, "warning")
    _same_keys(here, found)
    _same_pictures(here, found, set(top))


def _same_keys(here: Notes, found: Mapping[str, Mapping[str, object]]) -> None:
    tables: dict[str, set[str]] = {}
    for language, files in found.items():
        content = files.get(STRINGS)
        if not isinstance(content, (bytes, bytearray)):
            continue
        place = f"[{quoted(f'{language}.lproj/{STRINGS}')}]"
        try:
            tables[place] = set(read(bytes(content), where=place))
        except InvalidDocumentError as error:
            one = error.issues[0]
            line = one.where.removeprefix(place).strip()
            here.add(one.code, f"{place} {line}".strip(), f"{one.message}; nothing is translated", one.hint, "warning")
    every: set[str] = set().union(*tables.values())
    for place, keys in tables.items():
        if missing := sorted(every - keys):
            named = ", ".join(map(quoted, missing[:_SHOWN])) + (" and more" if len(missing) > _SHOWN else "")
            hint = "give every language the same keys"
            here.add("strings.keys", place, f"lacks {named}", hint, "warning")


def _same_pictures(here: Notes, found: Mapping[str, Mapping[str, object]], top: set[str]) -> None:
    pictures = {language: {name for name in files if name.endswith(".png")} for language, files in found.items()}
    every: set[str] = set().union(*pictures.values())
    for language, own in pictures.items():
        for name in sorted(every - own - top):
            place = f"[{quoted(f'{language}.lproj/{name}')}]"
            hint = "give every language the same pictures in the same densities"
            here.add("image.language", place, "missing; another language has it", hint, "warning")
