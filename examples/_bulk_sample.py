"""A made-up members' file, the same for the same size."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from _bulk import COLUMNS

_FIRST = ("Priya", "Emma", "Tom", "Aoife", "Zofia", "Kwame", "Mei", "נועה", "Анна", "José", "Chloé", "小明")
_LAST = ("S.", "Baker", "Osei", "Nowak", "לוי", "Иванова", "Müller", "王", "Ng", "O'Brien")
_LOCALES = ("", "", "", "", "he", "ru", "zh-Hans", "fa")


def write_sample(path: Path, count: int) -> None:
    """Write so many members."""
    chance = random.Random(count)  # noqa: S311  # Names, not secrets.
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for number in range(count):
            name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            rows.writerow((f"CK-{number:07}", name, chance.randrange(9), chance.choice(_LOCALES)))
