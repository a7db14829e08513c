"""Every sample, put before one reader: what it showed, and what of that is not what the pass says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import zxingcpp
from PIL import Image
from tests.readers import compare
from tests.readers.programs import gnome_shows, kde_program, kde_reads
from tests.readers.samples import HEBREW, Sample

LOOKS: Final = 25
BETWEEN: Final = 0.2  # Seconds.
CARD: Final = 30_000  # Pixels of its colour at least: a quarter of the card in the window.


class Seen(NamedTuple):
    """One pass and a reader.

    Attributes:
        sample: The pass.
        told: What the reader made of it.
        differing: What it shows otherwise than the pass says: by name, what is shown and what is said.
        screen: A photograph, where there is a window.
        codes: What a scanner reads off the photograph.
    """

    sample: Sample
    told: dict[str, Any]
    differing: dict[str, tuple[Any, Any]]
    screen: Image.Image | None = None
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.sample.name} {self.sample.language}"

    @property
    def wanted(self) -> tuple[str, ...]:
        """The message of the code that the pass says."""
        return tuple(one["message"] for one in compare.expected(self.sample.document())["barcodes"])

    @property
    def painted(self) -> bool:
        """The card stands in the window in its own colour."""
        if self.screen is None:
            return False
        colour = tuple(compare.expected(self.sample.document())["backgroundColor"])
        counted = self.screen.convert("RGB").getcolors(maxcolors=self.screen.width * self.screen.height) or ()
        return any(count >= CARD for count, shade in counted if shade == colour)


def kde(samples: Sequence[Sample], folder: Path) -> list[Seen]:
    """Return what KDE's library reads."""
    program = kde_program(folder)
    found = []
    for one in samples:
        [told] = kde_reads(program, [one.put(folder)], language=one.language)
        shown = compare.of_kde(told) if told["read"] else told
        found.append(Seen(one, told, _differing(one, shown, compare.KDE_UNTRANSLATED)))
    return found


def gnome(samples: Sequence[Sample], folder: Path) -> Iterator[Seen]:
    """Yield what GNOME Passes shows: a window from the left, then one from the right."""
    for language in ("en", "he"):
        home = folder / language
        home.mkdir()
        own = [one for one in samples if (one.language == "he") == (language == "he")]
        files = [one.put(folder) for one in own]
        for one, (told, photograph) in zip(own, gnome_shows(files, language=language, folder=home), strict=True):
            shown = compare.of_gnome(told) if told["read"] else told
            differing = _differing(one, shown, compare.GNOME_UNTRANSLATED)
            yield _looked_at(Seen(one, told, differing), photograph)


def _looked_at(seen: Seen, photograph: Callable[[], Image.Image]) -> Seen:
    """Look at the screen until the pass is there, or patience ends: a window is painted when it is painted."""
    for _ in range(LOOKS):
        time.sleep(BETWEEN)
        screen = photograph()
        found = seen._replace(screen=screen, codes=tuple(code.text for code in zxingcpp.read_barcodes(screen)))
        if found.codes == found.wanted and found.painted:
            break
    return found


def wrong(seen: Iterable[Seen]) -> dict[str, Any]:
    """Return by name what is not as the pass says."""
    return {one.name: one.differing for one in seen if one.differing}


def _differing(one: Sample, shown: dict[str, Any], untranslated: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    left = untranslated if one.name == HEBREW else ()
    return compare.differing(shown, compare.expected(one.document()), untranslated=left)
